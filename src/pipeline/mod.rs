//! From text to record: one [`Extractor`], and the batch run around it.

mod agree;
pub mod batch;
mod extract;
mod finders;
mod ordered;
mod stages;
pub mod tally;

pub use extract::{Explained, Extractor, ExtractorBuilder};
pub use finders::Trace;
pub use stages::{Stage, Times};
