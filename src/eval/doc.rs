//! Annotated articles, however they were written.

use crate::{
    article::Article,
    kinds::{Published, PublishedFrom},
};
use std::io;

/// An annotated article. The text holds the lines after the header joined by
/// `\n`, without mark-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Doc {
    /// Identifier from the header.
    pub id: String,
    /// 0-based position in its file.
    pub index: usize,
    /// Document creation time.
    pub published: Option<Published>,
    /// Text without mark-up.
    pub text: String,
    /// Annotations in reading order, never nested.
    pub spans: Vec<GoldSpan>,
}

impl Doc {
    /// The article that the program is to read: the text, and the publication
    /// date of the header as metadata tell it.
    pub fn article(&self) -> Article {
        let mut article = Article::from_text(&self.id, &self.text);
        if let Some(date) = self.published {
            article.published = Some((date, PublishedFrom::Metadata));
        }
        article
    }
}

/// One annotation; `start..end` are bytes of [`Doc::text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// `PER`, `LOC`, `ORG`, `MISC`, `MONEY`, `DATE`, `TIME`, `DUR`, `SET`, `PCT`.
    pub tag: String,
    /// Attributes in order.
    pub attrs: Vec<(String, String)>,
}

impl GoldSpan {
    /// The value of an attribute.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs
            .iter()
            .find(|(k, _)| k == name)
            .map(|(_, v)| v.as_str())
    }
}

/// What to name instead of what is no text.
fn what_it_wants(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::InvalidData => ": annotated articles are text, .txt (marked up) or .bio",
        io::ErrorKind::IsADirectory => ": name the files in it",
        _ => "",
    }
}

/// Why a gold file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file itself.
    #[error("cannot read: {0}{remedy}", remedy = what_it_wants(.0))]
    Io(#[from] io::Error),
    /// A tag that is not closed, not opened, nested or padded.
    #[error("line {line}: {what}")]
    Markup {
        /// 1-based line.
        line: usize,
        /// What is wrong.
        what: String,
    },
}
