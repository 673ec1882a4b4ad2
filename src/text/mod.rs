//! Tokens and sentences of French as byte spans over the decoded text.

pub mod offsets;

/// A token or a sentence: `start..end` are bytes on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}
