//! Which tokens are read at all: most words of an article are so plainly outside of every
//! name that the field need not be asked.
//!
//! A linear score of the words from two before a token to two behind it, each word's part
//! in it kept with the word: below zero, and with no token above it near by, the token is
//! passed over. It is fitted on what the field itself says of raw text
//! ([`train::skim`](crate::train::skim)), so that nearly nothing that the field would name
//! is missed: the first stage of a cascade (Viola and Jones, 2001).

use super::{features::REACH, table::Table, word::Attributes};
use crate::text::Analysis;

/// Places that a word is seen from: two before to two behind.
pub const PLACES: usize = 2 * REACH as usize + 1;

/// What a word, or an attribute of it, adds to the score of the tokens around it, by
/// place: the first is that of a token two behind it, which sees it two before.
pub type Parts = [i16; PLACES];

/// Bytes of a record of the table.
pub const RECORD: usize = 2 * PLACES;

/// The attribute of what lies beyond either end of a sentence.
pub const BEYOND: u64 = 0x6265_796f_6e64;

/// So many tokens between two that are read are read with them: inside « ministère de
/// la Justice » there is no plain word.
pub const GAP: u32 = 2;

/// A stretch goes on, to either side, over tokens whose score is not below this by more: what
/// stands inside « Mort d'un commis voyageur » is plainer than what begins it.
pub const SLACK: i32 = 768;

/// No bias is greater, of either sign, in the units of [`Parts`]: with five parts beside it a
/// score keeps to its range. The embedded model's is 311.
pub const MOST: i32 = 1 << 16;

/// A score of each token.
#[derive(Debug, Clone)]
pub struct Skim<'m> {
    /// Of a token whose words say nothing.
    pub bias: i32,
    /// What lies beyond the ends of a sentence says.
    beyond: Parts,
    table: Table<'m>,
}

impl<'m> Skim<'m> {
    /// Over a table of attributes; `None` when its records have another size, or the bias is
    /// none that fitting makes.
    pub fn new(bias: i32, table: Table<'m>) -> Option<Self> {
        let fits = (-MOST..=MOST).contains(&bias) && table.holds(RECORD);
        fits.then(|| Self {
            bias,
            beyond: table.get(BEYOND).map_or([0; PLACES], parts),
            table,
        })
    }

    /// What a word says.
    pub fn word(&self, attributes: &Attributes) -> Parts {
        let mut sums = [0i32; PLACES];
        for a in attributes.all() {
            if let Some(record) = self.table.get(a) {
                for (sum, x) in sums.iter_mut().zip(parts(record)) {
                    *sum += i32::from(x);
                }
            }
        }
        sums.map(|x| x.clamp(i16::MIN.into(), i16::MAX.into()) as i16)
    }

    /// The score of token `i` of a sentence whose words say `parts`.
    #[inline]
    pub fn score<'p>(
        &self,
        ids: &[u32],
        parts: impl Fn(u32) -> Option<&'p Parts>,
        i: usize,
    ) -> i32 {
        let mut score = self.bias;
        for place in 0..PLACES {
            let id = (i + place)
                .checked_sub(REACH as usize)
                .and_then(|j| ids.get(j));
            let part = id.map_or(Some(&self.beyond), |id| parts(*id));
            score += part.map_or(0, |part| i32::from(part[place]));
        }
        score
    }

    /// Adds the stretches of a sentence that are to be read; `from` is the number of its
    /// first token. `scores` is room.
    pub fn stretches<'p>(
        &self,
        ids: &[u32],
        parts: impl Fn(u32) -> Option<&'p Parts> + Copy,
        from: u32,
        scores: &mut Vec<i32>,
        out: &mut Stretches,
    ) {
        scores.clear();
        scores.extend((0..ids.len()).map(|i| self.score(ids, parts, i)));
        let before = out.list.len();
        let mut i = 0;
        while i < ids.len() {
            if scores[i] <= 0 {
                i += 1;
                continue;
            }
            let goes_on = |score: &&i32| **score > -SLACK;
            let start = i - scores[..i].iter().rev().take_while(goes_on).count();
            let end = i + scores[i..].iter().take_while(goes_on).count();
            let (start, end) = (from + start as u32, from + end as u32);
            match out.list[before..].last_mut() {
                Some(last) if start <= last.end + GAP => {
                    out.read += end - last.end;
                    last.end = end;
                }
                _ => out.push(start, end),
            }
            i = (end - from) as usize;
        }
    }
}

fn parts(record: &[u8]) -> Parts {
    let pairs = record.as_chunks::<2>().0;
    std::array::from_fn(|place| pairs.get(place).map_or(0, |x| i16::from_le_bytes(*x)))
}

/// Tokens in a row, inside one sentence, that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First token of the article.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// How many tokens are read before it.
    pub at: u32,
}

impl Stretch {
    /// Its tokens, as numbers in the article.
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Its tokens, as numbers among those that are read.
    pub fn read(&self) -> std::ops::Range<usize> {
        let at = self.at as usize;
        at..at + (self.end - self.start) as usize
    }
}

/// What is read of an article, in order.
#[derive(Debug, Default)]
pub struct Stretches {
    list: Vec<Stretch>,
    read: u32,
}

impl Stretches {
    /// Every sentence as a whole.
    pub fn whole(analysis: &Analysis) -> Self {
        let mut out = Self::default();
        analysis
            .sentences
            .iter()
            .for_each(|s| out.push(s.start, s.end));
        out
    }

    /// Starts anew.
    pub fn clear(&mut self) {
        self.list.clear();
        self.read = 0;
    }

    /// Adds one behind the others.
    pub fn push(&mut self, start: u32, end: u32) {
        let at = self.read;
        self.list.push(Stretch { start, end, at });
        self.read += end - start;
    }

    /// All of them.
    pub fn list(&self) -> &[Stretch] {
        &self.list
    }

    /// How many tokens are read.
    pub fn read(&self) -> usize {
        self.read as usize
    }

    /// Where a token is among those that are read, if it is.
    pub fn find(&self, token: usize) -> Option<usize> {
        let after = self.list.partition_point(|s| s.end as usize <= token);
        let s = self.list.get(after)?;
        let into = token.checked_sub(s.start as usize)?;
        Some(s.at as usize + into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::compact::{hash, table};

    /// A score in which an attribute says what it is given.
    fn table(entries: &[(u64, Parts)]) -> Vec<u8> {
        let le = |p: &Parts| p.iter().flat_map(|x| x.to_le_bytes()).collect();
        let mut records = entries.iter().map(|(a, p)| (*a, le(p))).collect();
        let mut out = Vec::new();
        table::write(&mut records, RECORD, &mut out);
        out
    }

    fn far(attribute: u64) -> Attributes {
        Attributes {
            far: vec![attribute],
            ..Attributes::default()
        }
    }

    /// What is read of a sentence of plain words (0), names (1) and words that may go on with
    /// one (2): a name is read, and what stands before it.
    fn read(ids: &[u32]) -> Vec<(u32, u32)> {
        let bytes = table(&[
            (hash::text("nom"), [0, 0, 2000, 2000, 0]),
            (hash::text("suite"), [0, 0, 100, 0, 0]),
        ]);
        let (table, _) = Table::read(&bytes).unwrap();
        let skim = Skim::new(-5 - SLACK, table).unwrap();
        let parts = ["mot", "nom", "suite"].map(|w| skim.word(&far(hash::text(w))));
        assert_eq!(parts[1], [0, 0, 2000, 2000, 0]);
        let mut out = Stretches::default();
        skim.stretches(
            ids,
            |id| parts.get(id as usize),
            100,
            &mut Vec::new(),
            &mut out,
        );
        let in_order = out.list().iter().map(Stretch::read);
        assert!(in_order.flatten().eq(0..out.read()));
        for (i, token) in out.list().iter().flat_map(Stretch::tokens).enumerate() {
            assert_eq!(out.find(token), Some(i));
        }
        out.list().iter().map(|s| (s.start, s.end)).collect()
    }

    #[test]
    fn a_gap_between_two_that_are_read_is_read() {
        assert_eq!(read(&[0, 0, 0]), []);
        assert_eq!(read(&[0, 0, 0, 1, 0]), [(102, 104)]);
        // Two between them, and three.
        assert_eq!(read(&[1, 0, 0, 0, 1]), [(100, 105)]);
        assert_eq!(read(&[1, 0, 0, 0, 0, 1, 0]), [(100, 101), (104, 106)]);
        assert_eq!(read(&[]), []);
    }

    #[test]
    fn a_stretch_goes_on_over_what_is_less_plain() {
        assert_eq!(read(&[2, 2, 2]), []);
        assert_eq!(read(&[0, 2, 2, 1, 2, 2, 0]), [(101, 106)]);
        assert_eq!(read(&[1, 2, 0, 0, 0, 0, 2, 2, 1]), [(100, 102), (106, 109)]);
        // What goes on with two of them belongs to one stretch.
        assert_eq!(read(&[0, 1, 2, 2, 2, 2, 1, 2]), [(100, 108)]);
    }

    #[test]
    fn what_is_not_read_has_no_number() {
        let mut s = Stretches::default();
        s.push(3, 5);
        s.push(8, 9);
        let found: Vec<_> = (2..10).map(|i| s.find(i)).collect();
        let (a, b, c) = (Some(0), Some(1), Some(2));
        assert_eq!(found, [None, a, b, None, None, None, c, None]);
    }

    #[test]
    fn the_ends_of_a_sentence_speak() {
        let bytes = table(&[(BEYOND, [0, 9, 0, 0, 0])]);
        let (table, _) = Table::read(&bytes).unwrap();
        let skim = Skim::new(-5, table).unwrap();
        let score = |i| skim.score(&[0, 0], |_| Some(&[0; PLACES]), i);
        assert_eq!((score(0), score(1)), (4, -5));
    }

    #[test]
    fn records_of_another_size_are_refused() {
        let mut bytes = Vec::new();
        table::write(&mut vec![(5, vec![1, 2])], 2, &mut bytes);
        assert!(Skim::new(0, Table::read(&bytes).unwrap().0).is_none());
    }

    #[test]
    fn a_bias_that_leaves_the_range_of_scores_is_refused() {
        let bytes = table(&[(BEYOND, [i16::MAX; PLACES])]);
        let skim = |bias| Skim::new(bias, Table::read(&bytes).unwrap().0);
        assert!(skim(MOST).is_some() && skim(-MOST).is_some());
        for bias in [MOST + 1, -MOST - 1, i32::MAX, i32::MIN] {
            assert!(skim(bias).is_none(), "{bias}");
        }
    }

    #[test]
    fn sums_keep_to_their_range() {
        let entries: Vec<(u64, Parts)> = (1..=3).map(|a| (a << 40, [i16::MAX; PLACES])).collect();
        let bytes = table(&entries);
        let skim = Skim::new(0, Table::read(&bytes).unwrap().0).unwrap();
        let all = Attributes {
            own: entries.iter().map(|(a, _)| *a).collect(),
            ..Attributes::default()
        };
        assert_eq!(skim.word(&all), [i16::MAX; PLACES]);
    }
}
