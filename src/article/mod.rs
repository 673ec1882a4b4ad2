//! What an article is, and how it is read.

mod published;

pub use published::{ParsePublishedError, Published};

use crate::record::PublishedFrom;

/// One article, decoded, with what its container said about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// See [`crate::record::Record::id`].
    pub id: String,
    /// The input as given on the command line.
    pub source: Option<String>,
    /// 1-based row in a many-article file.
    pub row: Option<u64>,
    /// Title from metadata.
    pub title: Option<String>,
    /// Publication date and where it was found.
    pub published: Option<(Published, PublishedFrom)>,
    /// The decoded text: all offsets refer to it.
    pub text: String,
    /// Remarks made while reading.
    pub warnings: Vec<String>,
}
