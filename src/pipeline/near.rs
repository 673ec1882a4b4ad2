//! Which articles of a run nearly repeat an earlier one, in memory that does not grow
//! with the run.
//!
//! It is asked in the order of the input, by one thread. An article that repeats none is
//! remembered, with its sketch, until [`ARTICLES`] others have come. Those it is compared
//! with have all least hashes of a band in common (locality-sensitive hashing, Indyk and
//! Motwani 1998).

use super::minhash::{BANDS, Signature, Sketch};
use super::work::{Done, MayRepeat};
use crate::output::Encode;

/// Articles from this Jaccard index of their shingles on, as it is estimated, are near
/// duplicates. See docs/RELIABILITY.md for what they are in a dump.
const SAME: f64 = 0.8;

/// Articles that are remembered: 136 bytes each.
pub const ARTICLES: usize = 1 << 20;

/// Places of a bucket, one line of a processor's cache at most.
const BUCKET: usize = 8;

/// Entries of the hash table, of four bytes: one a band of each remembered article fills
/// three quarters of it.
const ENTRIES: usize = 1 << 24;

/// Bits of an entry that are the number of an article; the others, never all zero, are
/// of the hash of its band.
const NUMBER_BITS: u32 = ARTICLES.trailing_zeros();

/// An article that repeats none.
#[derive(Debug)]
struct Article {
    uid: u64,
    sketch: Sketch,
}

/// The articles that may be repeated.
#[derive(Debug)]
pub(super) struct Near {
    /// Buckets of entries, the oldest first in each; 0 where there is none. What an
    /// article has that was forgotten stays: it leads to another one, which is compared.
    table: Vec<u32>,
    /// A ring once it is full.
    articles: Vec<Article>,
    /// Articles remembered so far, the forgotten ones too.
    count: u64,
    /// At most so many are remembered.
    most: usize,
}

impl Near {
    /// Nothing is remembered yet.
    pub fn new() -> Self {
        Self::with_room(ARTICLES, ENTRIES)
    }

    fn with_room(most: usize, entries: usize) -> Self {
        Self {
            table: vec![0; entries],
            articles: Vec::new(),
            count: 0,
            most,
        }
    }

    /// Says of the records of a chunk, the next in order, what they repeat, counts those,
    /// and makes the part of them.
    pub fn mark(&mut self, done: &mut Done, encoder: &dyn Encode) {
        for MayRepeat {
            uid,
            signature,
            record,
        } in std::mem::take(&mut done.may_repeat)
        {
            let first = self.see(number(&uid), &signature);
            if let (Some(first), Some(record)) = (first, record) {
                done.records[record].duplicate_of = Some(format!("{first:016x}"));
                done.tally.near_duplicates += 1;
            }
        }
        let records = std::mem::take(&mut done.records);
        if !done.kept {
            done.part = Some(encoder.part(&records));
        }
    }

    /// Looks at the next article: the key of the first one that it nearly repeats, which
    /// itself repeats none.
    pub fn see(&mut self, uid: u64, signature: &Signature) -> Option<u64> {
        let mut first: Option<(u64, usize)> = None;
        for band in signature.bands {
            let (bucket, tag) = self.bucket(band);
            for entry in &self.table[bucket..bucket + BUCKET] {
                let number = (entry & (ARTICLES as u32 - 1)) as usize;
                if entry >> NUMBER_BITS != tag || first.is_some_and(|(_, f)| f == number) {
                    continue;
                }
                let Some(article) = self.articles.get(number) else {
                    continue;
                };
                let came = self.came(number);
                if first.is_none_or(|(f, _)| came < f)
                    && article.sketch.similarity(&signature.sketch) >= SAME
                {
                    first = Some((came, number));
                }
            }
        }
        match first {
            Some((_, number)) => Some(self.articles[number].uid),
            None => {
                self.remember(uid, signature);
                None
            }
        }
    }

    /// Articles that were forgotten for later ones.
    pub fn forgotten(&self) -> u64 {
        self.count - self.articles.len() as u64
    }

    /// The how-manieth article this number is, from 0.
    fn came(&self, number: usize) -> u64 {
        let most = self.most as u64;
        let lap = self.count / most * most + number as u64;
        if lap < self.count { lap } else { lap - most }
    }

    fn remember(&mut self, uid: u64, signature: &Signature) {
        let article = Article {
            uid,
            sketch: signature.sketch.clone(),
        };
        let number = (self.count % self.most as u64) as usize;
        match self.articles.get_mut(number) {
            Some(old) => *old = article,
            None => self.articles.push(article),
        }
        self.count += 1;
        for band in signature.bands {
            let (bucket, tag) = self.bucket(band);
            let bucket = &mut self.table[bucket..bucket + BUCKET];
            let entry = tag << NUMBER_BITS | number as u32;
            match bucket.iter_mut().find(|e| **e == 0) {
                Some(free) => *free = entry,
                None => {
                    bucket.rotate_left(1);
                    bucket[BUCKET - 1] = entry;
                }
            }
        }
    }

    /// Where the bucket of a band begins, and what tells its entries from others.
    fn bucket(&self, band: u64) -> (usize, u32) {
        let buckets = self.table.len() / BUCKET;
        let tags = (1 << (u32::BITS - NUMBER_BITS)) - 1;
        let tag = 1 + (band >> 40) as u32 % tags;
        (band as u32 as usize % buckets * BUCKET, tag)
    }
}

/// The number that a key (uid) is.
fn number(uid: &str) -> u64 {
    u64::from_str_radix(uid, 16).unwrap_or_default()
}

const _: () = assert!(BANDS * ARTICLES * 4 <= ENTRIES * 3);

#[cfg(test)]
mod tests {
    use super::*;

    fn near(most: usize) -> Near {
        Near::with_room(most, 1 << 10)
    }

    /// A text of 60 words, `changed` of them in the middle its own.
    fn text(subject: usize, changed: usize, version: usize) -> String {
        let words = (0..60).map(|i| match i {
            i if (30..30 + changed).contains(&i) => format!("v{version}x{i}"),
            i => format!("s{subject}x{i}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn see(near: &mut Near, uid: u64, text: &str) -> Option<u64> {
        near.see(uid, &Signature::of(text).unwrap())
    }

    #[test]
    fn what_nearly_repeats_an_article_names_the_first() {
        let mut near = near(100);
        assert_eq!(see(&mut near, 1, &text(1, 0, 0)), None);
        assert_eq!(see(&mut near, 2, &text(2, 0, 0)), None);
        // Of 57 shingles five are its own: 52 of 62.
        assert_eq!(see(&mut near, 3, &text(1, 2, 3)), Some(1));
        assert_eq!(see(&mut near, 4, &text(2, 0, 0)), Some(2));
        // Half of the shingles.
        assert_eq!(see(&mut near, 5, &text(1, 25, 5)), None);
        // As near to 3 as to 1, but 3 is no first one.
        assert_eq!(see(&mut near, 6, &text(1, 1, 6)), Some(1));
        assert_eq!(near.forgotten(), 0);
    }

    #[test]
    fn the_oldest_are_forgotten_and_memory_stays() {
        let mut near = near(8);
        for i in 0..50 {
            assert_eq!(see(&mut near, i, &text(i as usize, 0, 0)), None, "{i}");
        }
        assert_eq!((near.articles.len(), near.forgotten()), (8, 42));
        for i in 42..50 {
            assert_eq!(see(&mut near, 100, &text(i as usize, 0, 0)), Some(i));
        }
        // It came before those that are remembered, and is new again.
        assert_eq!(see(&mut near, 100, &text(41, 0, 0)), None);
        assert_eq!(see(&mut near, 101, &text(41, 0, 0)), Some(100));
    }

    #[test]
    fn of_several_the_first_is_named_also_behind_the_end_of_the_ring() {
        let mut near = near(4);
        for i in 0..3 {
            see(&mut near, i, &text(50 + i as usize, 0, 0));
        }
        // Two that are no duplicates of each other, and one between them.
        let version = |changed: std::ops::Range<usize>| {
            let word = |i| match changed.contains(&i) {
                true => format!("v{i}"),
                false => format!("s{i}"),
            };
            (0..200).map(word).collect::<Vec<_>>().join(" ")
        };
        let (a, between, b) = (version(20..32), version(0..0), version(120..132));
        let like = |x: &str, y: &str| {
            let of = |t| Signature::of(t).unwrap().sketch;
            of(x).similarity(&of(y)) >= SAME
        };
        assert!(!like(&a, &b), "help: choose texts further apart");
        assert!(like(&a, &between) && like(&b, &between), "help: nearer");
        assert_eq!(see(&mut near, 7, &a), None);
        assert_eq!(see(&mut near, 8, &b), None);
        assert_eq!(see(&mut near, 9, &between), Some(7));
    }
}
