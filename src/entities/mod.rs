//! Named entities: the tagger trait, the embedded engine, and what a whole
//! article adds to its sentences.

pub mod accurate;
pub mod bert;
pub mod compact;
pub mod encoder;
pub mod engines;
pub mod float;
pub mod key;
pub mod names;

pub use crate::kinds::ModelInfo;
use crate::{kinds::Label, text::Analysis};

/// A named entity; `start..end` are bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Its type.
    pub label: Label,
    /// Calibrated marginal probability.
    pub score: f32,
    /// Canonical form inside the article.
    pub name: String,
}

/// Why an article could not be tagged, in one sentence. It costs that article
/// alone: its record has the status `error`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TagError(pub String);

/// Something that finds the named entities of an article.
pub trait Tagger: Send + Sync {
    /// Tags one article: mentions sorted by `start`, none overlapping, spans
    /// in bytes on character borders. `analysis` must be of the same `text`.
    ///
    /// # Errors
    /// When what runs the model refuses this article (out of memory, say).
    /// The embedded engine never does.
    fn tag(&self, text: &str, analysis: &Analysis) -> Result<Vec<Mention>, TagError>;

    /// The model behind it.
    fn model(&self) -> ModelInfo;
}
