//! From text to record: one [`Extractor`], and the batch run around it.

mod agree;
pub mod batch;
mod extract;
mod ordered;
mod rooms;
mod stages;
pub mod tally;

pub use extract::{Extractor, ExtractorBuilder};
pub use rooms::ModelInfo;
pub use stages::{Stage, Times};
