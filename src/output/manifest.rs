//! What a run was and did, so that its output can be trusted later.

use super::Layout;
use crate::{kinds::ModelInfo, record::SCHEMA};
use serde::Serialize;
use std::{collections::BTreeMap, time::Duration};

/// Contents of `manifest.json`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Manifest {
    /// Version of glane.
    pub version: &'static str,
    /// Git commit it was built from, where that is known.
    pub commit: Option<&'static str>,
    /// Command line after the name of the program.
    pub arguments: Vec<String>,
    /// Model that tagged entities.
    pub model: ModelInfo,
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What one line holds.
    pub layout: &'static Layout,
    /// Worker threads.
    pub threads: usize,
    /// Files in the order they were read.
    pub inputs: Vec<InputRead>,
    /// Counts.
    pub counts: Counts,
    /// Speed.
    pub rates: Rates,
    /// UTC, RFC 3339.
    pub started: String,
    /// UTC, RFC 3339.
    pub ended: String,
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
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct InputRead {
    /// As given on the command line.
    pub source: String,
    /// Bytes read, as they lie on disk.
    pub bytes: u64,
    /// SHA-256 of those bytes; of a file that was read to its end, the file's.
    pub sha256: String,
    /// Articles in it.
    pub rows: u64,
    /// Whether it was read to its end.
    pub complete: bool,
}

/// Articles by status, mentions by kind.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// By [`crate::record::Status`].
    pub articles: BTreeMap<&'static str, u64>,
    /// `entities.PER` and so on, `money`, `dates`, `percents`.
    pub mentions: BTreeMap<String, u64>,
    /// Articles whose id had come before.
    pub repeated_ids: u64,
}

/// Speed on the wall clock.
#[derive(Debug, Clone, Copy, Serialize)]
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
    /// Describes a run that ended now.
    pub fn new(
        model: ModelInfo,
        layout: &'static Layout,
        threads: usize,
        started: jiff::Timestamp,
        run: Run,
    ) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            commit: option_env!("GLANE_COMMIT"),
            arguments: std::env::args_os()
                .skip(1)
                .map(|a| a.to_string_lossy().into_owned())
                .collect(),
            model,
            schema: SCHEMA,
            layout,
            threads,
            inputs: run.inputs,
            counts: run.counts,
            rates: run.rates,
            started: seconds(started),
            ended: seconds(jiff::Timestamp::now()),
        }
    }
}

fn seconds(at: jiff::Timestamp) -> String {
    format!("{at:.0}")
}
