//! Comparing what is found with what people annotated.
//!
//! Every layer is scored on the same [`Reading`]s: the records that the whole
//! [`Extractor`](crate::Extractor) makes of the annotated articles, so that a
//! figure says what a user gets. [`suite`] does so for public suites.

mod ages;
pub mod bio;
#[cfg(test)]
mod cases;
mod context;
pub mod dates;
mod doc;
pub mod entities;
mod escape;
pub mod gold;
pub mod json;
pub mod markup;
pub mod money;
mod reading;
mod score;
pub mod sheet;
pub mod suite;
pub mod suite_dates;
pub mod suite_money;

pub use reading::{Reading, read, unread};
pub use score::Score;
