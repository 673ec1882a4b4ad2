//! From text to record: one [`Extractor`], and the batch run around it.

mod agree;
pub mod batch;
mod extract;
mod ordered;
mod stages;
pub mod tally;

pub use extract::{Extractor, ExtractorBuilder};
pub use stages::{Stage, Times};
