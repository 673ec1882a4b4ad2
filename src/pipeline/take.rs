//! Which of the articles of its inputs a run takes.

use super::only::Only;
use crate::article::{Articles, Input};
use crate::compression;
use std::str::FromStr;

/// Which articles are taken; by default all.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Take {
    /// Leaves out this many articles, the first of the files.
    pub skip: u64,
    /// Takes one slice of the inputs.
    pub slice: Option<Slice>,
    /// Takes only these articles.
    pub only: Option<Only>,
    /// Leaves out the articles whose texts these are.
    pub seen: Option<super::seen::Seen>,
}

/// The `index`-th (from 0) of `of` slices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    index: u64,
    of: u64,
}

impl FromStr for Slice {
    type Err = String;

    /// `2/3` is the second of three.
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let numbers =
            parts.and_then(|(i, n)| Some((i.parse::<u64>().ok()?, n.parse::<u64>().ok()?)));
        match numbers {
            Some((i, of)) if 1 <= i && i <= of => Ok(Self { index: i - 1, of }),
            _ => Err("write I/N, with I from 1 to N: 2/3 is the second of three".to_owned()),
        }
    }
}

/// How the inputs are cut into slices: the bytes of all files, one after another in
/// their order, in equal shares. A file that is cut by rows and not compressed is
/// shared out by the place of each row, any other belongs to the slice in which
/// it begins. So each article is in one slice, whatever machine asks.
#[derive(Debug)]
pub(super) struct Shares {
    slice: Slice,
    /// All bytes; an empty file counts for one.
    total: u64,
    /// Where the file at hand begins, and its weight.
    start: u64,
    weight: u64,
    /// Bytes of its rows so far.
    taken: u64,
    /// Whether the file at hand is shared out by rows.
    by_rows: bool,
}

/// Where an article lies, seen from the slice that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Inside,
    Behind,
}

fn weight(input: &Input) -> u64 {
    input.bytes.max(1)
}

impl Shares {
    pub fn new(slice: Slice, inputs: &[Input]) -> Self {
        Self {
            slice,
            total: inputs.iter().map(weight).sum(),
            start: 0,
            weight: 0,
            taken: 0,
            by_rows: false,
        }
    }

    /// Goes on to the next file: whether some of it may be taken.
    pub fn file(&mut self, input: &Input) -> bool {
        self.start += self.weight;
        self.weight = weight(input);
        self.taken = 0;
        self.by_rows = input.compression.is_none_or(|c| *c == compression::NONE)
            && input.format.is_some_and(|f| f.articles == Articles::Many);
        let last = match self.by_rows {
            true => self.start + self.weight - 1,
            false => self.start,
        };
        (self.slice_at(self.start)..=self.slice_at(last)).contains(&self.slice.index)
    }

    /// Goes on to the next row, of so many bytes.
    pub fn row(&mut self, bytes: u64) -> Side {
        let at = self.start + self.taken.min(self.weight - 1);
        if self.by_rows {
            self.taken += bytes;
        }
        let slice = self.slice_at(at);
        match slice.cmp(&self.slice.index) {
            std::cmp::Ordering::Less => Side::Before,
            std::cmp::Ordering::Equal => Side::Inside,
            std::cmp::Ordering::Greater => Side::Behind,
        }
    }

    /// Whether this slice is the one in which the file at hand begins.
    pub fn begins(&self) -> bool {
        self.slice_at(self.start) == self.slice.index
    }

    /// Whether this is the first slice, which has what cannot be used.
    pub fn is_first(&self) -> bool {
        self.slice.index == 0
    }

    fn slice_at(&self, place: u64) -> u64 {
        let share = u128::from(place) * u128::from(self.slice.of) / u128::from(self.total.max(1));
        u64::try_from(share).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Container;
    use proptest::prelude::*;

    proptest! {
        /// Every row is in one slice, and those of a slice follow each other.
        #[test]
        fn slices_share_everything(
            files in prop::collection::vec((0u64..300, any::<bool>()), 1..8),
            of in 1u64..6,
        ) {
            let inputs: Vec<Input> = files
                .iter()
                .map(|(bytes, rows)| Input {
                    path: None,
                    source: String::new(),
                    relative: String::new(),
                    format: Container::named(if *rows { "jsonl" } else { "txt" }),
                    compression: None,
                    bytes: *bytes,
                })
                .collect();
            let mut seen = Vec::new();
            for index in 0..of {
                let mut shares = Shares::new(Slice { index, of }, &inputs);
                for (i, input) in inputs.iter().enumerate() {
                    if !shares.file(input) {
                        continue;
                    }
                    let rows = if shares.by_rows { input.bytes.div_ceil(10) } else { 1 };
                    for row in 0..rows {
                        if shares.row(10) == Side::Inside {
                            seen.push((i, row));
                        }
                    }
                }
            }
            let all: Vec<_> = files
                .iter()
                .enumerate()
                .flat_map(|(i, (bytes, rows))| {
                    let rows = if *rows { bytes.div_ceil(10) } else { 1 };
                    (0..rows).map(move |row| (i, row))
                })
                .collect();
            prop_assert_eq!(seen, all);
        }
    }

    #[test]
    fn slices_are_written_from_1() {
        assert_eq!("2/3".parse(), Ok(Slice { index: 1, of: 3 }));
        for wrong in ["0/3", "4/3", "1", "a/b", "-1/2", "1/0"] {
            assert!(wrong.parse::<Slice>().is_err(), "{wrong}");
        }
    }
}
