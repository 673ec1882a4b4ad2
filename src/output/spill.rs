//! Counts by key, added up exactly in bounded memory: what does not fit goes to the
//! disk, sorted, and comes back in one merge.

use crate::table::Sum;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Bytes of counts that are kept in memory before they are written.
pub(super) const BUDGET: usize = 64 << 20;

/// Bytes of a key's places in the table, beside its own.
const ENTRY: usize = 64;

/// Counts that are being made.
pub(super) struct Spill<V> {
    /// What the files are called, but for their number.
    path: PathBuf,
    budget: usize,
    here: HashMap<String, V>,
    bytes: usize,
    runs: Vec<Run>,
}

/// A sorted file.
struct Run {
    path: PathBuf,
    file: File,
}

impl Drop for Run {
    fn drop(&mut self) {
        // Where an open file cannot be removed, now is the time.
        let _ = fs::remove_file(&self.path);
    }
}

impl<V: Sum + Serialize + DeserializeOwned + 'static> Spill<V> {
    /// Nothing yet; files are called `path` and a number, and are gone with it.
    pub fn new(path: &Path, budget: usize) -> Self {
        Self {
            path: path.to_owned(),
            budget,
            here: HashMap::new(),
            bytes: 0,
            runs: Vec::new(),
        }
    }

    /// Adds the counts of records that come behind all others.
    pub fn add(&mut self, key: String, later: V) -> io::Result<()> {
        match self.here.get_mut(&key) {
            Some(sum) => {
                let before = sum.bytes();
                sum.add(later);
                self.bytes = self.bytes.saturating_sub(before) + sum.bytes();
            }
            None => {
                self.bytes += ENTRY + key.len() + later.bytes();
                self.here.insert(key, later);
            }
        }
        match self.bytes > self.budget {
            true => self.write(),
            false => Ok(()),
        }
    }

    fn sorted(&mut self) -> Vec<(String, V)> {
        let mut all: Vec<_> = self.here.drain().collect();
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        self.bytes = 0;
        all
    }

    /// Writes what is in memory.
    fn write(&mut self) -> io::Result<()> {
        let all = self.sorted();
        let mut path = self.path.clone().into_os_string();
        path.push(format!("{:05}{}", self.runs.len(), super::PARTIAL));
        let path = PathBuf::from(path);
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)?;
        // An open file without a name is gone with the process.
        let _ = fs::remove_file(&path);
        let run = Run { path, file };
        let mut out = BufWriter::with_capacity(BUFFER, &run.file);
        for row in &all {
            serde_json::to_writer(&mut out, row)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        drop(out);
        self.runs.push(run);
        Ok(())
    }

    /// All counts, sorted by their keys.
    pub fn finish(mut self) -> io::Result<Merged<V>> {
        let here = self.sorted();
        let mut runs: Vec<Rows<V>> = Vec::new();
        for mut run in self.runs {
            run.file.seek(SeekFrom::Start(0))?;
            let rows = Lines {
                lines: BufReader::with_capacity(BUFFER, run.file.try_clone()?),
                line: Vec::new(),
                _run: run,
            };
            runs.push(Box::new(rows.map(|row| {
                row.and_then(|line| Ok(serde_json::from_slice(&line)?))
            })));
        }
        // Last, for it is of the records that came last.
        runs.push(Box::new(here.into_iter().map(Ok)));
        let mut merged = Merged {
            runs,
            heads: Vec::new(),
            next: BinaryHeap::new(),
        };
        for run in 0..merged.runs.len() {
            merged.heads.push(None);
            merged.advance(run)?;
        }
        Ok(merged)
    }
}

type Rows<V> = Box<dyn Iterator<Item = io::Result<(String, V)>>>;

/// The lines of a run.
struct Lines {
    lines: BufReader<File>,
    line: Vec<u8>,
    _run: Run,
}

impl Iterator for Lines {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.line.clear();
        match self.lines.read_until(b'\n', &mut self.line) {
            Ok(0) => None,
            Ok(_) => Some(Ok(std::mem::take(&mut self.line))),
            Err(e) => Some(Err(e)),
        }
    }
}

/// Counts in the order of their keys.
pub(super) struct Merged<V> {
    runs: Vec<Rows<V>>,
    /// The row at hand of each run.
    heads: Vec<Option<V>>,
    /// Its key, the least first; of the same key that of the earliest run.
    next: BinaryHeap<Reverse<(String, usize)>>,
}

impl<V: Sum> Merged<V> {
    fn advance(&mut self, run: usize) -> io::Result<()> {
        self.heads[run] = match self.runs[run].next().transpose()? {
            Some((key, row)) => {
                self.next.push(Reverse((key, run)));
                Some(row)
            }
            None => None,
        };
        Ok(())
    }

    fn row(&mut self) -> io::Result<Option<(String, V)>> {
        let Some(Reverse((key, run))) = self.next.pop() else {
            return Ok(None);
        };
        let mut sum = self.heads[run].take();
        self.advance(run)?;
        while self.next.peek().is_some_and(|next| next.0.0 == key)
            && let Some(Reverse((_, run))) = self.next.pop()
        {
            let later = self.heads[run].take();
            match (&mut sum, later) {
                (Some(sum), Some(later)) => sum.add(later),
                (sum, later) => *sum = later,
            }
            self.advance(run)?;
        }
        Ok(sum.map(|sum| (key, sum)))
    }
}

impl<V: Sum> Iterator for Merged<V> {
    type Item = io::Result<(String, V)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.row().transpose()
    }
}

const BUFFER: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// What came, in its order.
    #[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
    struct Came(Vec<u32>);

    impl Sum for Came {
        fn add(&mut self, mut later: Self) {
            self.0.append(&mut later.0);
        }

        fn bytes(&self) -> usize {
            4 * self.0.len()
        }
    }

    proptest! {
        #[test]
        fn a_little_memory_counts_what_much_does(keys in prop::collection::vec("[a-c]{0,2}", 0..200), budget in 0usize..2000) {
            let dir = tempfile::tempdir().unwrap();
            let mut spill = Spill::new(&dir.path().join("spill-"), budget);
            let mut expected: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for (i, key) in (0..).zip(&keys) {
                spill.add(key.clone(), Came(vec![i])).unwrap();
                expected.entry(key.clone()).or_default().push(i);
            }
            let found: Vec<_> = spill.finish().unwrap().map(|row| row.unwrap()).collect();
            let found: Vec<_> = found.into_iter().map(|(key, came)| (key, came.0)).collect();
            prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        }
    }
}
