//! From text to record: one [`Extractor`], and the batch run around it.

mod agree;
pub mod batch;
mod cutter;
mod extract;
mod finders;
mod in_order;
mod job;
mod minhash;
pub mod near;
pub mod only;
mod ordered;
mod parts;
mod place;
pub mod seen;
mod stages;
mod take;
pub mod tally;
mod work;

pub use extract::{Explained, Extractor, ExtractorBuilder, known, unread};
pub use finders::Trace;
pub use in_order::InOrder;
pub use place::Sentence;
pub use stages::{Stage, Times};
