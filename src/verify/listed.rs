//! The list of errors, read beside the records that failed.

use super::Report;
use crate::{article::bounds, output::ErrorRow};
use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

/// Bytes of a row that are read: its message is a sentence.
const ROW: usize = 1 << 20;

/// A list of errors, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Listed {
    path: PathBuf,
    rows: Option<BufReader<File>>,
    /// Rows of the list, and records that failed.
    listed: u64,
    failed: u64,
    /// What is wrong with it, the first of each.
    unreadable: Option<String>,
    differs: Option<String>,
}

impl Listed {
    /// The list at `path`.
    pub fn open(path: &Path) -> Self {
        let mut list = Self {
            path: path.to_owned(),
            ..Self::default()
        };
        match File::open(path) {
            Ok(file) => list.rows = Some(BufReader::new(file)),
            Err(e) => list.unreadable = Some(e.to_string()),
        }
        list
    }

    fn next(&mut self) -> Option<ErrorRow> {
        let rows = self.rows.as_mut()?;
        let row = bounds::line(rows, ROW).map_err(|e| e.to_string());
        let row = row.and_then(|line| match line.map(bounds::Kept::end) {
            None => Ok(None),
            Some(Err(bytes)) => Err(format!("row {} has {bytes} bytes", self.listed + 1)),
            Some(Ok(line)) => serde_json::from_slice(&line)
                .map(Some)
                .map_err(|e| e.to_string()),
        });
        match row {
            Ok(Some(row)) => {
                self.listed += 1;
                Some(row)
            }
            ended => {
                self.unreadable = ended.err();
                self.rows = None;
                None
            }
        }
    }

    /// The next record that failed.
    pub fn meet(&mut self, failed: &ErrorRow) {
        self.failed += 1;
        if let Some(row) = self.next()
            && !row.is_of(failed)
        {
            self.differs.get_or_insert(row.id);
        }
    }

    /// Tells what was wrong.
    pub fn end(mut self, report: &mut Report) {
        while self.next().is_some() {}
        if let Some(why) = self.unreadable {
            report.problem(format!("{}: {why}", self.path.display()));
        } else if self.listed != self.failed {
            report.problem(format!(
                "the list of errors has {} articles, the records {}",
                self.listed, self.failed
            ));
        } else if let Some(id) = self.differs {
            report.problem(format!(
                "the list of errors says of {id} what its record does not"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a list against the records `failed`.
    fn told(list: &str, failed: &[&str]) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("errors.jsonl");
        std::fs::write(&path, list).unwrap();
        let mut listed = Listed::open(&path);
        for row in failed {
            listed.meet(&serde_json::from_str(row).unwrap());
        }
        let mut report = Report::default();
        listed.end(&mut report);
        report.problems
    }

    #[test]
    fn rows_are_held_against_the_records_one_by_one_and_none_is_endless() {
        let row = |id: &str, rest: bool| {
            format!(
                r#"{{"id":"{id}","uid":"7","source":"a","row":1,"rest":{rest},"stage":"read","message":"m"}}"#
            )
        };
        let (a, torn, b) = (row("a", false), row("a", true), row("b", false));
        assert!(told(&format!("{torn}\n{b}\n"), &[&a, &b]).is_empty());
        let wrong = told(&format!("{b}\n"), &[&a]);
        assert!(wrong[0].contains("says of b what"), "{wrong:?}");
        let wrong = told(&format!("{a}\n{b}\n"), &[&a]);
        assert!(
            wrong[0].contains("has 2 articles, the records 1"),
            "{wrong:?}"
        );
        let wrong = told(&format!("{a}\n{}", "x".repeat(ROW + 1)), &[&a, &b]);
        assert!(wrong[0].contains("row 2 has 1048577 bytes"), "{wrong:?}");
        assert!(!told("{}\n", &[&a]).is_empty());
    }
}
