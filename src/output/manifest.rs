//! What a run was and did, so that its output can be trusted later.

use super::{Counts, Mark, Plan, PlannedInput, Written, plan::now};
use crate::{kinds::ModelInfo, record::SCHEMA};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};

/// Contents of `manifest.json`. It is written last: where there is none, the run is
/// not complete.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of glane.
    pub version: String,
    /// Git commit it was built from, where that is known.
    pub commit: Option<String>,
    /// Command line after the name of the program.
    pub arguments: Vec<String>,
    /// See [`Plan::options`].
    pub options: BTreeMap<String, Vec<String>>,
    /// Model that tagged entities.
    pub model: ModelInfo,
    /// Name of the layout: what one line holds.
    pub layout: String,
    /// See [`Plan::shard_bytes`].
    pub shard_bytes: Option<u64>,
    /// Worker threads.
    pub threads: usize,
    /// Whether every input was read to its end and did not change meanwhile.
    pub complete: bool,
    /// Counts.
    pub counts: Counts,
    /// Speed of the command that ended the run.
    pub rates: Rates,
    /// When the run was begun: UTC, RFC 3339.
    pub started: String,
    /// When it was complete: UTC, RFC 3339.
    pub ended: String,
    /// Whether it was interrupted and resumed.
    pub resumed: bool,
    /// The records, part by part; one part where they are in one file.
    pub parts: Vec<Mark>,
    /// The list of failed articles; null when none failed.
    pub errors: Option<Written>,
    /// Files in the order in which they were read, first those that could not be.
    pub inputs: Vec<InputRead>,
}

/// What a run read and counted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Run {
    /// Files in the order they were read.
    pub inputs: Vec<InputRead>,
    /// Counts.
    pub counts: Counts,
    /// Speed.
    pub rates: Rates,
}

/// One input as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InputRead {
    /// As given on the command line.
    pub source: String,
    /// Size on the disk before it was read; null where that is not known.
    pub size: Option<u64>,
    /// When it had last been written, UTC, RFC 3339; null where that is not known.
    pub modified: Option<String>,
    /// Bytes read, as they lie on disk.
    pub bytes: u64,
    /// SHA-256 of those bytes; of a file that was read to its end, the file's. Null
    /// where nothing could be read.
    pub sha256: Option<String>,
    /// Articles in it.
    pub rows: u64,
    /// Whether it was read to its end and did not change meanwhile.
    pub complete: bool,
    /// Why not, where it is not because the run was told to read less.
    pub problem: Option<String>,
}

impl InputRead {
    /// An input of which nothing was read yet.
    pub fn new(planned: PlannedInput) -> Self {
        Self {
            source: planned.source,
            size: planned.bytes,
            modified: planned.modified,
            bytes: 0,
            sha256: None,
            rows: 0,
            complete: false,
            problem: None,
        }
    }
}

/// Speed on the wall clock.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rates {
    /// Duration of the run in seconds.
    pub seconds: f64,
    /// Articles a second.
    pub articles_per_second: f64,
    /// Bytes of decoded text a second.
    pub text_bytes_per_second: f64,
}

impl Rates {
    /// Rates of a run.
    pub fn new(elapsed: Duration, articles: u64, text_bytes: u64) -> Self {
        let seconds = elapsed.as_secs_f64();
        let per = |n: u64| {
            if seconds > 0.0 {
                (n as f64 / seconds).round()
            } else {
                0.0
            }
        };
        Self {
            seconds: (seconds * 1e3).round() / 1e3,
            articles_per_second: per(articles),
            text_bytes_per_second: per(text_bytes),
        }
    }
}

impl Manifest {
    /// Describes a run that was `started` (UTC, RFC 3339) and ended now. What files
    /// it has is added when it is written.
    pub fn new(plan: &Plan, threads: usize, started: &str, resumed: bool, run: Run) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            version: plan.version.clone(),
            commit: plan.commit.clone(),
            arguments: std::env::args_os()
                .skip(1)
                .map(|a| a.to_string_lossy().into_owned())
                .collect(),
            options: plan.options.clone(),
            model: plan.model.clone(),
            layout: plan.layout.clone(),
            shard_bytes: plan.shard_bytes,
            threads,
            complete: run.inputs.iter().all(|i| i.complete)
                && run.inputs.len() == plan.inputs.len(),
            counts: run.counts,
            rates: run.rates,
            started: started.to_owned(),
            ended: now(),
            resumed,
            parts: Vec::new(),
            errors: None,
            inputs: run.inputs,
        }
    }

    /// Inputs that were not read to their end, though nobody asked for less, and why.
    pub fn problems(&self) -> impl Iterator<Item = (&str, &str)> {
        let inputs = self.inputs.iter();
        inputs.filter_map(|i| Some((i.source.as_str(), i.problem.as_deref()?)))
    }

    /// The plan of the run.
    pub fn plan(&self) -> Plan {
        Plan {
            version: self.version.clone(),
            commit: self.commit.clone(),
            model: self.model.clone(),
            layout: self.layout.clone(),
            options: self.options.clone(),
            shard_bytes: self.shard_bytes,
            inputs: self
                .inputs
                .iter()
                .map(|i| PlannedInput::new(&i.source, i.size, i.modified.clone()))
                .collect(),
        }
    }
}
