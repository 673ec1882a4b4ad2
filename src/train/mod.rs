//! Making the embedded model: word clusters from raw text, weights from
//! annotated articles. Nothing here runs when articles are extracted.

pub mod clusters;
pub mod crf;
pub mod data;
pub mod harvest;
pub mod lbfgs;
pub mod lists;
pub mod model;
pub mod raw;
pub mod silver;
pub mod skim;
pub mod write;
