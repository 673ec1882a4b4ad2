//! Comparing what is found with what people annotated.

pub mod dates;
pub mod gold;
pub mod money;
mod score;
pub mod suite_dates;

pub use score::Score;
