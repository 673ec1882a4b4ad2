//! glane turns French articles into structured data: named entities, amounts
//! of money, dates and percentages, one [`record::Record`] per article.
//!
//! ```
//! use glane::{Extractor, article::Article};
//!
//! let extractor = Extractor::builder().build()?;
//! let record = extractor.extract(&Article::from_text("1", "La mairie a payé 12 euros."));
//! println!("{}", serde_json::to_string(&record)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod article;
pub mod calendar;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compression;
pub mod dates;
mod digest;
pub mod entities;
pub mod eval;
pub mod exchange;
pub mod fold;
mod french;
pub mod kinds;
pub mod language;
pub mod money;
pub mod numbers;
pub mod output;
pub mod pipeline;
pub mod record;
mod rule;
pub mod table;
pub mod text;
pub mod train;
pub mod verify;
pub mod view;
pub mod zones;

pub use pipeline::{Extractor, ExtractorBuilder};
