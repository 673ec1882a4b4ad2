//! The parts of a run, on the writer's thread: which chunk belongs to which, what
//! each has counted, and whether those that are complete already were made of the
//! articles that the inputs have now.

use super::{tally::Tally, work::Done};
use crate::{
    digest::hex,
    output::{Mark, PartDone, Target},
};
use sha2::{Digest, Sha256};
use std::io;

/// The parts of a run.
pub(super) struct Parts {
    /// Those that are complete already, from the first.
    kept: Vec<Mark>,
    /// Number of the part at hand.
    part: usize,
    articles: u64,
    input_bytes: u64,
    content: Sha256,
    tally: Tally,
    /// Repeated ids before this part.
    repeated_ids: u64,
    /// Articles of complete parts that were read over.
    pub kept_articles: u64,
}

impl Parts {
    pub fn new(kept: Vec<Mark>) -> Self {
        Self {
            kept,
            part: 0,
            articles: 0,
            input_bytes: 0,
            content: Sha256::new(),
            tally: Tally::default(),
            repeated_ids: 0,
            kept_articles: 0,
        }
    }

    /// How many parts are complete already.
    pub fn kept(&self) -> u64 {
        self.kept.len() as u64
    }

    /// Writes what a chunk gave; `total` gets the counts of parts that are complete
    /// already. `repeated_ids` is their number up to here.
    ///
    /// # Errors
    /// Those of the target, or that a part is not what it was.
    pub fn take(
        &mut self,
        done: Done,
        target: &mut dyn Target,
        total: &mut Tally,
        repeated_ids: u64,
    ) -> io::Result<()> {
        self.articles += done.articles;
        self.input_bytes += done.input_bytes;
        for article in &done.content {
            self.content.update(article);
        }
        self.tally.merge_counts(&done.tally);
        for error in &done.errors {
            target.failed(error)?;
        }
        target.rejected(&done.rejects)?;
        if let Some(part) = done.part {
            target.rows(part)?;
        }
        if !done.ends_part {
            return Ok(());
        }
        self.end_part(target, total, repeated_ids)
    }

    /// The input is at its end, and with it the last part.
    ///
    /// # Errors
    /// As those of [`Self::take`].
    pub fn end(
        &mut self,
        target: &mut dyn Target,
        total: &mut Tally,
        repeated_ids: u64,
    ) -> io::Result<()> {
        if self.articles > 0 || self.part == 0 {
            self.end_part(target, total, repeated_ids)?;
        }
        match self.part < self.kept.len() {
            true => Err(self.differs()),
            false => Ok(()),
        }
    }

    fn end_part(
        &mut self,
        target: &mut dyn Target,
        total: &mut Tally,
        repeated_ids: u64,
    ) -> io::Result<()> {
        let content = hex(&std::mem::take(&mut self.content).finalize());
        let tally = std::mem::take(&mut self.tally);
        let counts = tally.written(repeated_ids - self.repeated_ids);
        let done = PartDone::new(
            self.articles,
            self.input_bytes,
            tally.text_bytes,
            content,
            counts,
        );
        match self.kept.get(self.part) {
            None => target.end_part(done)?,
            Some(mark) if mark.content == done.content && mark.articles == done.articles => {
                self.kept_articles += done.articles;
                total.restore(&mark.counts, mark.text_bytes);
            }
            Some(_) => return Err(self.differs()),
        }
        self.part += 1;
        (self.articles, self.input_bytes) = (0, 0);
        self.repeated_ids = repeated_ids;
        Ok(())
    }

    fn differs(&self) -> io::Error {
        io::Error::other(format!(
            "part {} was made of other articles than the inputs have now: start anew with --force, \
             or choose another place with -o",
            self.part
        ))
    }
}
