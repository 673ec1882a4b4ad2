//! Articles that are to be run again, by the list of those that failed.

use crate::{article::reader::Item, output::ErrorRow};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The articles that a run takes, and no others.
#[derive(Debug, Clone)]
pub struct Only {
    /// SHA-256 of the list.
    sha256: String,
    sources: BTreeMap<String, Wanted>,
}

/// What is wanted of one input and was not met yet.
#[derive(Debug, Clone, Default)]
struct Wanted {
    rows: BTreeSet<u64>,
    /// All rows from here on.
    rest: Option<Rest>,
}

#[derive(Debug, Clone, Copy)]
struct Rest {
    from: u64,
    met: bool,
}

impl Only {
    /// The articles of a list of errors: of a file that broke off all rows from there
    /// on, of one that could not be opened everything.
    ///
    /// # Errors
    /// When a line of `text` is no [`ErrorRow`].
    pub fn parse(text: &[u8]) -> serde_json::Result<Self> {
        let mut only = Self {
            sha256: crate::digest::hex(&Sha256::digest(text)),
            sources: BTreeMap::new(),
        };
        for failed in serde_json::Deserializer::from_slice(text).into_iter::<ErrorRow>() {
            let failed = failed?;
            let source = failed.source.unwrap_or_default();
            let wanted = only.sources.entry(source).or_default();
            match failed.row {
                Some(row) if !failed.rest => drop(wanted.rows.insert(row)),
                row => {
                    let from = row.unwrap_or(0);
                    let before = wanted.rest.map_or(from, |rest| rest.from);
                    let from = from.min(before);
                    wanted.rest = Some(Rest { from, met: false });
                }
            }
        }
        Ok(only)
    }

    /// SHA-256 of the list, in lower-case hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Whether an article is among those that are wanted, which then is met.
    pub(super) fn takes(&mut self, item: &Item) -> bool {
        let Some(wanted) = self.sources.get_mut(&item.file.input.source) else {
            return false;
        };
        let Some(row) = item.row else {
            // A file of one article, or one that cannot be opened now.
            *wanted = Wanted::default();
            return true;
        };
        if item.is_failure() {
            // What comes behind it cannot be had, which its record says.
            let behind = wanted.rows.split_off(&row);
            let rest = wanted.rest.take();
            return !behind.is_empty() || rest.is_some();
        }
        let of_rest = wanted.rest.as_mut().filter(|rest| row >= rest.from);
        let in_rest = of_rest.map(|rest| rest.met = true).is_some();
        wanted.rows.remove(&row) || in_rest
    }

    /// What was wanted and was not met.
    pub(super) fn left(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (source, wanted) in &self.sources {
            out.extend(wanted.rows.iter().map(|row| format!("{source}#{row}")));
            out.extend(
                wanted
                    .rest
                    .filter(|rest| !rest.met)
                    .map(|rest| match rest.from {
                        0 => source.clone(),
                        from => format!("{source} from row {from} on"),
                    }),
            );
        }
        out
    }
}
