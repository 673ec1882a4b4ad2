//! Where a mention stands.

use crate::{
    kinds::{Field, Zone},
    text::offsets::CodePoints,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Where a mention stands, in both units, and the text found there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Span {
    /// First code point of the field, 0-based.
    pub start: u64,
    /// One past the last code point.
    pub end: u64,
    /// First byte of the field, 0-based.
    pub byte_start: u64,
    /// One past the last byte.
    pub byte_end: u64,
    /// Exactly the slice of the decoded field.
    pub text: String,
    /// The field to which the offsets refer.
    pub field: Field,
    /// Number of the sentence of the field in which it begins, 0-based.
    pub sentence: u64,
    /// What the text is where it begins: null in the article itself and in titles.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// The sentence, or those that it reaches over, as they stand in the field, of a
    /// long one 4,096 bytes on either side: only there when asked for (`--context`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub context: Option<String>,
}

impl Span {
    /// The span of these bytes of a field, whose text and map are `text` and
    /// `points`, in its sentence number `sentence`. `None` when the bytes are
    /// out of bounds or inside a character.
    pub fn new(
        (field, bytes): (Field, Range<usize>),
        text: &str,
        points: &CodePoints,
        sentence: u64,
    ) -> Option<Self> {
        Some(Self {
            start: points.at(bytes.start) as u64,
            end: points.at(bytes.end) as u64,
            byte_start: bytes.start as u64,
            byte_end: bytes.end as u64,
            text: text.get(bytes)?.to_owned(),
            field,
            sentence,
            zone: None,
            context: None,
        })
    }
}
