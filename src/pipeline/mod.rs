//! From text to record: one [`Extractor`], and the batch run around it.

mod agree;
pub mod batch;
mod extract;
mod finders;
mod ordered;
mod place;
mod stages;
pub mod tally;

pub use extract::{Explained, Extractor, ExtractorBuilder, unread};
pub use finders::Trace;
pub use place::Sentence;
pub use stages::{Stage, Times};
