//! Where a mention stands.

use crate::text::offsets::CodePoints;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a mention stands, in both units, and the text found there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First code point, 0-based.
    pub start: u64,
    /// One past the last code point.
    pub end: u64,
    /// First byte, 0-based.
    pub byte_start: u64,
    /// One past the last byte.
    pub byte_end: u64,
    /// Exactly the slice of the decoded text.
    pub text: String,
}

impl Span {
    /// The span of `text[start..end]`, whose map is `points`. `None` when the
    /// bytes are out of bounds or inside a character.
    pub fn new(text: &str, points: &CodePoints, start: usize, end: usize) -> Option<Self> {
        Some(Self {
            start: points.at(start) as u64,
            end: points.at(end) as u64,
            byte_start: start as u64,
            byte_end: end as u64,
            text: text.get(start..end)?.to_owned(),
        })
    }
}
