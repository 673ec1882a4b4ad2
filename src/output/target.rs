//! What a run writes to, as the run sees it.

use super::{Counts, Encode, ErrorRow, Mark, Part};
use std::{collections::HashSet, io};

/// What the run says of a part when it ends.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PartDone {
    /// Articles read for it.
    pub articles: u64,
    /// Bytes of those articles as they lie in their files, decompressed.
    pub input_bytes: u64,
    /// Bytes of their decoded text.
    pub text_bytes: u64,
    /// SHA-256 over the articles in order, in lower-case hex: over the SHA-256 of
    /// each, which is over id, source, row, title, publication date,
    /// kept fields, remarks and text.
    pub content: String,
    /// Its counts.
    pub counts: Counts,
}

impl PartDone {
    /// All of it.
    pub fn new(
        articles: u64,
        input_bytes: u64,
        text_bytes: u64,
        content: String,
        counts: Counts,
    ) -> Self {
        Self {
            articles,
            input_bytes,
            text_bytes,
            content,
            counts,
        }
    }
}

/// Takes what a run makes, in the order of the input.
pub trait Target: Send {
    /// What makes the parts of records, to be used by any thread.
    fn encoder(&self) -> Box<dyn Encode>;

    /// Bytes of raw articles after which a part ends; `None` where there is one.
    fn shard_bytes(&self) -> Option<u64> {
        None
    }

    /// Parts that are complete already, from the first: the run only reads over
    /// their articles.
    fn kept(&self) -> Vec<Mark> {
        Vec::new()
    }

    /// Keys (uids) of articles of those parts that could be read, but not extracted.
    ///
    /// # Errors
    /// Those of the file system, and that the list of errors is damaged.
    fn kept_failures(&self) -> io::Result<HashSet<String>> {
        Ok(HashSet::new())
    }

    /// Records of the part at hand.
    ///
    /// # Errors
    /// Those of the file system.
    fn rows(&mut self, part: Part) -> io::Result<()>;

    /// An article that failed; its record comes too.
    ///
    /// # Errors
    /// Those of the file system.
    fn failed(&mut self, _: &ErrorRow) -> io::Result<()> {
        Ok(())
    }

    /// Raw rows of articles that failed, each with its line feed.
    ///
    /// # Errors
    /// Those of the file system.
    fn rejected(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    /// The part at hand is at its end.
    ///
    /// # Errors
    /// Those of the file system.
    fn end_part(&mut self, _: PartDone) -> io::Result<()> {
        Ok(())
    }

    /// Passes on what a reader at the other end waits for.
    ///
    /// # Errors
    /// Those of the file system.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
