//! What an input format is: a name, extensions, and a way to cut a file into
//! raw articles.
//!
//! Formats are declared in [`super::formats`], one file each. All that lists
//! them (the flag `--format`, the walk through folders, messages, the table in
//! the README) reads the declarations.

use super::{Article, Fields, Unreadable, fields::Used, options::Options, stream::Stream};
use std::{collections::BTreeMap, fmt, fs::File, io, sync::Arc};

/// An input format, declared once.
#[non_exhaustive]
pub struct Container {
    /// Name, the value of `--format`.
    pub name: &'static str,
    /// Other names that `--format` takes.
    pub aliases: &'static [&'static str],
    /// Extensions of file names in lower case, without their full stop.
    pub extensions: &'static [&'static str],
    /// What a file holds, in a few words.
    pub holds: &'static str,
    /// One article or many: a file of one has its id and perhaps its date from
    /// its name, its title from its first lines.
    pub articles: Articles,
    /// Whether a stream that no name describes is of this format, by its first
    /// bytes (8 KB, decompressed).
    pub sniff: fn(&[u8]) -> bool,
    /// Opens a file.
    pub open: Open,
}

/// How many articles a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Articles {
    /// The file is an article.
    One,
    /// Each row, line or record is one.
    Many,
}

/// What a format reads from.
#[derive(Clone, Copy)]
pub enum Open {
    /// A stream from its first byte to its last, decompressed.
    Stream(fn(Stream, &Options) -> io::Result<Opened>),
    /// A stream as it lies in its file: its records are compressed one by one, and a
    /// damaged one must not cost those behind it.
    Packed(fn(Stream, &Options) -> io::Result<Opened>),
    /// A regular file, not compressed as a whole, in any order.
    File(fn(File, &Options) -> io::Result<Opened>),
}

/// An opened file.
pub struct Opened {
    /// Cuts it.
    pub cut: Box<dyn Cut>,
    /// Remark that holds for every article in it.
    pub warning: Option<String>,
}

/// Cuts one file into raw articles. Called by the reader's thread, so it does
/// no more than find where they end. An article beyond
/// [`Options::max_article_bytes`] is an [`Unreadable`] that holds none of it.
pub trait Cut: Send {
    /// The next raw article.
    ///
    /// # Errors
    /// When the file cannot be read further.
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>>;

    /// 1-based row of what [`Self::next`] gave last; `None` in a file that is
    /// one article.
    fn row(&self) -> Option<u64>;

    /// The file inside this one that [`Self::next`] took its last article from; `None`
    /// in a file that holds articles and no files.
    fn member(&self) -> Option<Arc<Member>> {
        None
    }

    /// What was met so far and is no article, by its kind, and how often.
    fn left_aside(&self) -> BTreeMap<String, u64> {
        BTreeMap::new()
    }
}

/// A file inside a file.
#[derive(Debug)]
pub struct Member {
    /// Its path inside the other, with `/` between folders, which leads nowhere else.
    pub name: String,
    /// Its format.
    pub format: &'static Container,
    /// Remark that holds for every article in it.
    pub warning: Option<String>,
}

/// A raw article: any thread can decode and parse it.
pub trait Body: Send + fmt::Debug {
    /// Size in bytes.
    fn len(&self) -> usize;

    /// Whether it holds no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its bytes as they lie in the file, decompressed, where it has them.
    fn raw(&self) -> Option<&[u8]> {
        None
    }

    /// Names of the fields that it has, dotted where they lie in objects; empty
    /// where it has none.
    fn fields(&self) -> Vec<String> {
        Vec::new()
    }

    /// Fills `article` in, and notes in `used` which fields it was taken from.
    ///
    /// # Errors
    /// What is wrong with the article, for its `error` record.
    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable>;
}

/// An article known to be unreadable when it was cut.
impl Body for Unreadable {
    fn len(&self) -> usize {
        0
    }

    fn read(self: Box<Self>, _: &Fields, _: &mut Article, _: &mut Used) -> Result<(), Unreadable> {
        Err(*self)
    }
}

impl Container {
    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.extensions
            .iter()
            .any(|e| e.eq_ignore_ascii_case(extension))
    }
}

impl PartialEq for Container {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Container {}

impl fmt::Debug for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
