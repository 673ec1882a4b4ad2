//! What a run is about to do, and what it says of a part that it has done.

use super::{Layout, Written};
use crate::{kinds::ModelInfo, record::Status};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What decides the bytes that a run writes: a run is resumed only by one with the
/// same plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// Version of glane.
    pub version: String,
    /// Git commit it was built from, where that is known.
    pub commit: Option<String>,
    /// Model that tags entities.
    pub model: ModelInfo,
    /// Name of the layout.
    pub layout: String,
    /// Flags of the command line with their values, defaults included, without
    /// those that leave the records as they are.
    pub options: BTreeMap<String, Vec<String>>,
    /// Bytes of raw articles in a part; `None` when all go into one.
    pub shard_bytes: Option<u64>,
    /// Files in the order in which they are read.
    pub inputs: Vec<PlannedInput>,
}

/// Name of the option with the set of seen texts: in a plan its SHA-256, in a manifest
/// that of before the run and that of after it.
pub const SEEN: &str = "--seen";

/// An input as it was before the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlannedInput {
    /// As given on the command line.
    pub source: String,
    /// Size on the disk; `None` where that is not known (standard input).
    pub bytes: Option<u64>,
    /// When it was last written, UTC, RFC 3339.
    pub modified: Option<String>,
}

impl PlannedInput {
    /// What is known of an input.
    pub fn new(source: impl Into<String>, bytes: Option<u64>, modified: Option<String>) -> Self {
        Self {
            source: source.into(),
            bytes,
            modified,
        }
    }
}

impl Plan {
    /// The plan of this program.
    pub fn new(
        model: ModelInfo,
        layout: &Layout,
        options: BTreeMap<String, Vec<String>>,
        inputs: Vec<PlannedInput>,
    ) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: option_env!("GLANE_COMMIT").map(str::to_owned),
            model,
            layout: layout.name.to_owned(),
            options,
            shard_bytes: None,
            inputs,
        }
    }

    /// Notes what the set of seen texts is at the end of the run.
    pub fn has_seen(&mut self, sha256: &str) {
        let values = self.options.entry(SEEN.to_owned()).or_default();
        values.push(sha256.to_owned());
    }

    /// What in `now` is not as here, a phrase each; a few of the inputs.
    pub fn differences(&self, now: &Self) -> Vec<String> {
        /// Inputs named one by one.
        const NAMED: usize = 5;
        let mut out = Vec::new();
        let mut differ = |what: &str, was: String, is: String| {
            if was != is {
                out.push(format!("{what} was {was}, is {is}"));
            }
        };
        let commit = |plan: &Self| plan.commit.clone().unwrap_or_else(|| "unknown".to_owned());
        differ("glane's version", self.version.clone(), now.version.clone());
        differ("glane's commit", commit(self), commit(now));
        let model = |plan: &Self| format!("{} ({:.12})", plan.model.name, plan.model.sha256);
        differ("the model", model(self), model(now));
        let names = self.options.keys().chain(now.options.keys());
        let names: BTreeSet<_> = names.collect();
        for name in names {
            let value = |plan: &Self| match plan.options.get(name) {
                None => "not given".to_owned(),
                Some(values) => format!("`{}`", values.join(",")),
            };
            // The set is another one when the run has ended.
            if name == SEEN
                && let (Some(was), Some(is)) = (self.options.get(name), now.options.get(name))
                && is.iter().all(|sha256| was.contains(sha256))
            {
                continue;
            }
            differ(name, value(self), value(now));
        }
        let size = |plan: &Self| plan.shard_bytes.map_or("all".to_owned(), |n| n.to_string());
        differ("the size of a part", size(self), size(now));
        let (was, is): (BTreeMap<_, _>, BTreeMap<_, _>) = (
            self.inputs.iter().map(|i| (&i.source, i)).collect(),
            now.inputs.iter().map(|i| (&i.source, i)).collect(),
        );
        let mut inputs = Vec::new();
        for (source, old) in &was {
            match is.get(source) {
                None => inputs.push(format!("{source} is gone")),
                Some(new) if new.bytes != old.bytes => {
                    let bytes = |n: Option<u64>| n.map_or("unknown".to_owned(), |n| n.to_string());
                    inputs.push(format!(
                        "{source} had {} bytes, has {}",
                        bytes(old.bytes),
                        bytes(new.bytes)
                    ));
                }
                Some(new) if new.modified != old.modified => {
                    inputs.push(format!("{source} was written again"));
                }
                Some(_) => {}
            }
        }
        for source in is.keys().filter(|source| !was.contains_key(*source)) {
            inputs.push(format!("{source} is new"));
        }
        if inputs.is_empty() && self.inputs != now.inputs {
            inputs.push("the inputs come in another order".to_owned());
        }
        let more = inputs.len().saturating_sub(NAMED);
        inputs.truncate(NAMED);
        out.append(&mut inputs);
        if more > 0 {
            out.push(format!("and {more} more inputs"));
        }
        out
    }
}

/// A part that is complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mark {
    /// Its number, from 0.
    pub part: u64,
    /// Its files: the records, and what a format writes beside them.
    pub files: Vec<Written>,
    /// Articles read for it.
    pub articles: u64,
    /// Bytes of those articles as they lie in their files, decompressed.
    pub input_bytes: u64,
    /// Bytes of their decoded text.
    pub text_bytes: u64,
    /// SHA-256 over what the articles are, in order, see
    /// [`crate::output::Target::end_part`].
    pub content: String,
    /// Counts of this part.
    pub counts: Counts,
    /// Bytes of the list of errors up to the end of this part.
    #[serde(default)]
    pub errors_bytes: u64,
    /// The same of the raw rows of failed articles.
    #[serde(default)]
    pub rejects_bytes: u64,
    /// What its files leave out, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Articles by status, mentions by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// By [`crate::record::Status`].
    pub articles: BTreeMap<String, u64>,
    /// `entities.PER` and so on, `money`, `dates`, `percents`.
    pub mentions: BTreeMap<String, u64>,
    /// Articles whose id had come before.
    pub repeated_ids: u64,
    /// Articles left out, since their text was seen before (`--seen`).
    #[serde(default)]
    pub seen: u64,
    /// Articles that nearly repeat an earlier one (`--near-duplicates`).
    #[serde(default)]
    pub near_duplicates: u64,
}

impl Counts {
    /// These counts.
    pub fn new(
        articles: BTreeMap<String, u64>,
        mentions: BTreeMap<String, u64>,
        repeated_ids: u64,
        seen: u64,
        near_duplicates: u64,
    ) -> Self {
        Self {
            articles,
            mentions,
            repeated_ids,
            seen,
            near_duplicates,
        }
    }

    /// Articles of a status.
    pub fn of(&self, status: Status) -> u64 {
        self.articles.get(status.name()).copied().unwrap_or(0)
    }

    /// Adds the counts of another part.
    pub fn add(&mut self, other: &Self) {
        for (sum, part) in [
            (&mut self.articles, &other.articles),
            (&mut self.mentions, &other.mentions),
        ] {
            for (key, n) in part {
                *sum.entry(key.clone()).or_default() += n;
            }
        }
        self.repeated_ids += other.repeated_ids;
        self.seen += other.seen;
        self.near_duplicates += other.near_duplicates;
    }
}

/// The time, UTC, RFC 3339, to the microsecond: it tells two runs apart.
pub(super) fn now() -> String {
    format!("{:.6}", jiff::Timestamp::now())
}
