//! Comparing what is found with what people annotated.

pub mod dates;
pub mod gold;
pub mod money;
mod score;

pub use score::Score;
