//! What a run was and did, so that its output can be trusted later.

use super::Layout;
use crate::{
    entities::ModelInfo,
    pipeline::{
        batch::{InputRead, Outcome},
        tally::{LABELS, Tally},
    },
    record::SCHEMA,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Contents of `manifest.json`.
#[derive(Debug, Clone, Serialize)]
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
    pub layout: Layout,
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

/// Articles by status, mentions by kind.
#[derive(Debug, Clone, Serialize)]
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
pub struct Rates {
    /// Duration of the run in seconds.
    pub seconds: f64,
    /// Articles a second.
    pub articles_per_second: f64,
    /// Bytes of decoded text a second.
    pub text_bytes_per_second: f64,
}

impl Counts {
    /// Counts of a run.
    pub fn new(tally: &Tally, repeated_ids: u64) -> Self {
        let entities = LABELS.iter().zip(tally.entities).map(|(label, n)| {
            let name = format!("{label:?}").to_uppercase();
            (format!("entities.{name}"), n)
        });
        Self {
            articles: BTreeMap::from([
                ("ok", tally.ok),
                ("skipped_language", tally.skipped_language),
                ("skipped_empty", tally.skipped_empty),
                ("error", tally.error),
            ]),
            mentions: entities
                .chain([
                    ("money".to_owned(), tally.money),
                    ("dates".to_owned(), tally.dates),
                    ("percents".to_owned(), tally.percents),
                ])
                .collect(),
            repeated_ids,
        }
    }
}

impl Rates {
    /// Rates of a run.
    pub fn new(outcome: &Outcome) -> Self {
        let seconds = outcome.elapsed.as_secs_f64();
        let per = |n: u64| {
            if seconds > 0.0 {
                (n as f64 / seconds).round()
            } else {
                0.0
            }
        };
        Self {
            seconds: (seconds * 1e3).round() / 1e3,
            articles_per_second: per(outcome.tally.articles()),
            text_bytes_per_second: per(outcome.tally.text_bytes),
        }
    }
}

impl Manifest {
    /// Describes a run that ended now.
    pub fn new(
        outcome: &Outcome,
        model: ModelInfo,
        layout: Layout,
        threads: usize,
        started: jiff::Timestamp,
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
            inputs: outcome.inputs.clone(),
            counts: Counts::new(&outcome.tally, outcome.ids.repeated),
            rates: Rates::new(outcome),
            started: seconds(started),
            ended: seconds(jiff::Timestamp::now()),
        }
    }
}

fn seconds(at: jiff::Timestamp) -> String {
    format!("{at:.0}")
}
