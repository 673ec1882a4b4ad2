//! What an article is, and how it is read.
//!
//! [`inputs::collect`] turns what the user named into a list of [`Input`]s,
//! [`reader::Reader`] cuts each of them into raw [`reader::Item`]s without
//! holding the file in memory, and [`reader::Item::article`] (called by the
//! workers) decodes one of them.

pub(crate) mod bounds;
mod check;
mod container;
mod dateline;
pub mod decode;
mod field_date;
mod fields;
pub mod formats;
pub mod inputs;
mod item;
mod metadata;
mod old;
mod options;
mod pump;
pub mod reader;
mod rows;
mod stream;
mod title;
mod trouble;
mod written_date;

pub use crate::kinds::{ParsePublishedError, Published};
pub use check::{UnknownField, unknown_field};
pub use container::{Articles, Body, Container, Cut, Member, Open, Opened};
pub use dateline::dateline;
pub use field_date::read_date;
pub use fields::{Fields, Role};
pub use formats::UnknownFormat;
pub use inputs::Input;
pub use metadata::file_name_date;
pub use rows::Rows;
pub use stream::Stream;
pub use title::title;

use crate::kinds::{Meta, PublishedFrom, ZoneSpan};
use options::Options;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One article, decoded, with what its container said about it.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Article {
    /// The id of its record.
    pub id: String,
    /// The input as given on the command line.
    pub source: Option<String>,
    /// 1-based row in a many-article file.
    pub row: Option<u64>,
    /// Title from metadata, or the heading that the text begins with.
    pub title: Option<String>,
    /// Publication date and where it was found.
    pub published: Option<(Published, PublishedFrom)>,
    /// Fields of the row that were asked for.
    pub meta: Meta,
    /// The decoded text: all offsets refer to it.
    pub text: String,
    /// Parts of the text that are known not to be the article, in bytes on character
    /// borders, sorted, none overlapping; empty where the container does not say.
    /// What they leave is looked at by [`crate::zones::find`].
    pub zones: Vec<ZoneSpan>,
    /// Remarks made while reading.
    pub warnings: Vec<String>,
}

impl Article {
    /// An article whose title and publication date, unlike those of a record
    /// with fields, can only be read off its own first lines.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        let mut article = Self {
            id: id.into(),
            text: text.into(),
            ..Self::default()
        };
        article.look_inside();
        article
    }

    /// The title where it is to be read beside the text: unless the text
    /// begins with it.
    pub fn title_apart(&self) -> Option<&str> {
        self.title
            .as_deref()
            .filter(|t| !t.trim().is_empty() && !title::opens(&self.text, t))
    }

    /// Fills in the title and the publication date from the first lines where
    /// nothing better was known.
    fn look_inside(&mut self) {
        if self.published.is_none() {
            self.published = dateline(&self.text).map(|d| (d, PublishedFrom::Dateline));
        }
        if self.title.is_none() {
            self.title = title(&self.text).map(str::to_owned);
        }
    }
}

/// An article that could not be read: what its `error` record says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{stage}: {message}")]
#[non_exhaustive]
pub struct Unreadable {
    /// `read`, `decode` or `parse`.
    pub stage: &'static str,
    /// One sentence that says what is wrong.
    pub message: String,
}

impl Unreadable {
    fn new(stage: &'static str, message: impl ToString) -> Self {
        Self {
            stage,
            message: message.to_string(),
        }
    }

    /// What `work` gives. A panic inside is a bug of ours, and costs the article at
    /// hand rather than the run: it becomes a failure of `stage`. Whatever `work`
    /// writes to is then half written.
    pub(crate) fn guard<T>(stage: &'static str, work: impl FnOnce() -> T) -> Result<T, Self> {
        catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
            let message = "internal error; please report it with this article";
            Self::new(stage, message)
        })
    }
}
