//! Named entities: the tagger trait, the embedded engine, and what a whole
//! article adds to its sentences.

use crate::record::Label;

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
