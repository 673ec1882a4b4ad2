//! Cuts the inputs into chunks, on the reader's thread, and keeps account of what
//! was read of each.

use super::{
    job::{Job, planned, refused_input},
    only::Only,
    take::{Shares, Side},
};
use crate::{
    article::{
        Input,
        inputs::Refused,
        reader::{Item, Reader},
    },
    output::{InputRead, PlannedInput},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64},
    },
};

/// Raw bytes after which a chunk is full.
const CHUNK_BYTES: u64 = 1 << 17;

/// Articles that a worker takes at once.
pub(super) struct Chunk {
    pub seq: u64,
    pub items: Vec<Item>,
    /// Raw bytes of the articles.
    pub bytes: u64,
    /// Whether the part of the run ends with it.
    pub ends_part: bool,
    /// Whether that part is complete already.
    pub kept: bool,
}

/// What the cutter says when it is done.
pub(super) struct Read {
    pub inputs: Vec<InputRead>,
    /// Whether the end, or the limit, was reached.
    pub complete: bool,
    /// Inputs that were not read as they are, of which no record tells, and how.
    pub changed: Vec<(String, String)>,
    /// Articles that were to be taken alone and did not come.
    pub left: Vec<String>,
    /// What inside the inputs is no article, by its kind, and how often.
    pub left_aside: BTreeMap<String, u64>,
}

/// Cuts the inputs into chunks.
pub(super) struct Cutter<'a> {
    job: &'a Job<'a>,
    waiting: std::vec::IntoIter<Input>,
    refused: std::slice::Iter<'a, Refused>,
    reader: Option<(Reader, InputRead)>,
    taken: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    /// Bytes after which a part ends, and how many parts are complete already.
    shard_bytes: Option<u64>,
    kept: u64,
    part: u64,
    part_bytes: u64,
    seq: u64,
    articles: u64,
    /// Articles still to be left out.
    skip: u64,
    /// Which share of the files is taken.
    shares: Option<Shares>,
    /// Which articles are taken, where not all are.
    only: Option<Only>,
    /// Whether a record tells why the file at hand breaks off.
    told: bool,
    read: Read,
}

impl<'a> Cutter<'a> {
    pub fn new(
        job: &'a Job,
        taken: Arc<AtomicU64>,
        stop: Arc<AtomicBool>,
        shard_bytes: Option<u64>,
        kept: u64,
    ) -> Self {
        Self {
            job,
            waiting: job.inputs.clone().into_iter(),
            refused: job.refused.iter(),
            reader: None,
            taken,
            stop,
            shard_bytes,
            kept,
            part: 0,
            part_bytes: 0,
            seq: 0,
            articles: 0,
            skip: job.take.skip,
            shares: job.take.slice.map(|slice| Shares::new(slice, &job.inputs)),
            only: job.take.only.clone(),
            told: false,
            read: Read {
                inputs: Vec::new(),
                complete: false,
                changed: Vec::new(),
                left: Vec::new(),
                left_aside: BTreeMap::new(),
            },
        }
    }

    /// The next chunk; `None` at the end, at the limit, and when `halt` says so.
    pub fn next(&mut self, halt: &dyn Fn() -> bool) -> Option<Chunk> {
        let (mut items, mut bytes) = (Vec::new(), 0);
        let mut ends_part = false;
        while items.len() < self.job.chunk.max(1) && bytes < CHUNK_BYTES && !ends_part && !halt() {
            if self.job.limit == Some(self.articles) {
                self.read.complete = true;
                break;
            }
            let Some(item) = self.item() else { break };
            // What was cut short by the halt is no article.
            if halt() {
                break;
            }
            self.articles += 1;
            bytes += item.len() as u64;
            self.part_bytes += item.len() as u64;
            ends_part = self.shard_bytes.is_some_and(|n| self.part_bytes >= n);
            items.push(item);
        }
        if items.is_empty() {
            self.close(false);
            return None;
        }
        let chunk = Chunk {
            seq: self.seq,
            items,
            bytes,
            ends_part,
            kept: self.part < self.kept,
        };
        self.seq += 1;
        if ends_part {
            self.part += 1;
            self.part_bytes = 0;
        }
        Some(chunk)
    }

    /// What was read; of inputs that were not reached, that they were not.
    pub fn end(mut self) -> Read {
        self.close(false);
        let left = self.waiting.map(|input| InputRead::new(planned(&input)));
        self.read.inputs.extend(left);
        self.read
    }

    fn item(&mut self) -> Option<Item> {
        for refused in self.refused.by_ref() {
            let (input, message) = refused_input(refused);
            let mut read = InputRead::new(PlannedInput::new(&input.source, None, None));
            let item = Item::unreadable(input, message.clone());
            let taken =
                self.shares.as_ref().is_none_or(Shares::is_first) && takes(&mut self.only, &item);
            read.problem = taken.then_some(message);
            self.read.inputs.push(read);
            if taken {
                return Some(item);
            }
        }
        loop {
            if let Some((reader, read)) = &mut self.reader {
                if let Some(item) = reader.next() {
                    let shares = self.shares.as_mut();
                    match shares.map_or(Side::Inside, |s| s.row(item.len() as u64)) {
                        Side::Inside => {}
                        // Another slice tells of it.
                        Side::Before => {
                            self.told = item.is_failure();
                            continue;
                        }
                        // Nothing of this file comes any more.
                        Side::Behind => {
                            self.told = item.is_failure();
                            self.close(false);
                            continue;
                        }
                    }
                    if !takes(&mut self.only, &item) {
                        continue;
                    }
                    if self.skip > 0 {
                        self.skip -= 1;
                        continue;
                    }
                    read.rows += 1;
                    self.told = item.is_failure();
                    return Some(item);
                }
                self.close(true);
            }
            let Some(input) = self.waiting.next() else {
                self.read.complete = true;
                // Another slice may have it.
                if let Some(only) = self.only.as_ref().filter(|_| self.shares.is_none()) {
                    self.read.left = only.left();
                }
                return None;
            };
            let mut read = InputRead::new(planned(&input));
            if let Some(shares) = &mut self.shares
                && !shares.file(&input)
            {
                self.read.inputs.push(read);
                continue;
            }
            let (taken, stop) = (Arc::clone(&self.taken), Arc::clone(&self.stop));
            match Reader::open(input.clone(), self.job.options, taken, stop) {
                Ok(reader) => self.reader = Some((reader, read)),
                Err(e) => {
                    let item = Item::unreadable(input, &e);
                    let begins = self.shares.as_ref().is_none_or(Shares::begins);
                    let taken = begins && takes(&mut self.only, &item);
                    read.problem = taken.then(|| e.to_string());
                    self.read.inputs.push(read);
                    if taken {
                        return Some(item);
                    }
                }
            }
        }
    }

    /// Notes what was read of the file at hand, to its end or not.
    fn close(&mut self, ended: bool) {
        let Some((reader, mut read)) = self.reader.take() else {
            return;
        };
        for (kind, n) in reader.left_aside() {
            *self.read.left_aside.entry(kind).or_default() += n;
        }
        let (bytes, sha256) = reader.tap().digest();
        (read.bytes, read.sha256) = (bytes, Some(sha256));
        read.problem = reader.failure().map(str::to_owned);
        if let Some(problem) = &read.problem
            && !std::mem::take(&mut self.told)
        {
            let untold = (read.source.clone(), problem.clone());
            self.read.changed.push(untold);
        }
        if ended && read.problem.is_none() {
            let now = planned(&reader.file().input);
            let changed = if now.bytes != read.size {
                let size = |n: Option<u64>| n.map_or("no".to_owned(), |n| n.to_string());
                Some(format!(
                    "it changed while it was read: it had {} bytes, now it has {}",
                    size(read.size),
                    size(now.bytes)
                ))
            } else if now.modified != read.modified {
                Some("it was written to while it was read".to_owned())
            } else if read.size.is_some_and(|size| size > bytes) {
                Some(format!(
                    "only {bytes} of its {} bytes were read",
                    read.size.unwrap_or_default()
                ))
            } else {
                None
            };
            if let Some(changed) = changed {
                self.read
                    .changed
                    .push((read.source.clone(), changed.clone()));
                read.problem = Some(changed);
            }
        }
        read.complete = ended && read.problem.is_none();
        self.read.inputs.push(read);
    }
}

/// Whether an article is taken, where only some are.
fn takes(only: &mut Option<Only>, item: &Item) -> bool {
    only.as_mut().is_none_or(|only| only.takes(item))
}
