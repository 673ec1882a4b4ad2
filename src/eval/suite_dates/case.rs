//! A case and its file.

use crate::eval::suite::SuiteError;
use serde::Deserialize;
use std::{fs, path::Path};

/// One case.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    /// The text to read.
    pub text: String,
    /// The moment to resolve against.
    #[serde(default)]
    pub reference_time: Option<String>,
    /// `date`, `time`, `datetime`, `interval`, `duration` or `set`.
    pub kind: String,
    /// The words that must match; none where the source gives only a value.
    #[serde(default)]
    pub span: Option<String>,
    /// ISO value, in the shape of its source.
    #[serde(default)]
    pub value: Option<String>,
    /// Half-open bounds.
    #[serde(default)]
    pub bounds: Option<Bounds>,
    /// Suite that the case comes from.
    pub suite: String,
    /// `news`, `assistant` or `format`.
    pub register: String,
}

/// Half-open bounds; an end may be open.
#[derive(Debug, Clone, Deserialize)]
pub struct Bounds {
    /// First moment.
    #[serde(default)]
    pub start: Option<String>,
    /// The moment after the last.
    #[serde(default)]
    pub end_excl: Option<String>,
}

/// Reads a suite.
///
/// # Errors
/// When the file cannot be read or a line is no case.
pub fn read(path: &Path) -> Result<Vec<Case>, SuiteError> {
    fs::read_to_string(path)?
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(i, l)| {
            serde_json::from_str(l).map_err(|source| SuiteError::Case {
                line: i + 1,
                source,
            })
        })
        .collect()
}
