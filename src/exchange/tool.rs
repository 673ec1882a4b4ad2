//! What a tool is, and how its files are read.

use super::{task::Task, unit::Unit};
use std::{fs, io, path::Path};

/// Why what a tool has written cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// A file or folder.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: String,
        /// The reason.
        source: io::Error,
    },
    /// What is in it.
    #[error("{at}: {problem}")]
    Content {
        /// The file, with line or task.
        at: String,
        /// One sentence.
        problem: String,
    },
}

impl ExchangeError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::Io { path, source }
    }

    pub(super) fn content(at: impl Into<String>, problem: impl ToString) -> Self {
        Self::Content {
            at: at.into(),
            problem: problem.to_string(),
        }
    }
}

/// One file to write: its name below the destination, empty for the destination
/// itself, and its bytes.
pub type File = (String, Vec<u8>);

/// An annotation tool.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tool {
    /// Its name, as it is asked for.
    pub name: &'static str,
    /// What it takes and gives, one phrase.
    pub about: &'static str,
    /// Extension of its one file, without full stop; `None` for a folder of files.
    pub extension: Option<&'static str>,
    /// In what it counts.
    pub unit: Unit,
    /// What is written for it.
    pub write: fn(&[Task]) -> Vec<File>,
    /// What it has written, by the path that was named.
    pub read: fn(&Path) -> Result<Vec<Task>, ExchangeError>,
}

/// The whole of a text file.
pub(super) fn text_of(path: &Path) -> Result<String, ExchangeError> {
    fs::read_to_string(path).map_err(ExchangeError::io(path))
}

/// The objects of a JSON Lines file, each with its place.
pub(super) fn objects(path: &Path) -> Result<Vec<(String, serde_json::Value)>, ExchangeError> {
    let text = text_of(path)?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty());
    lines
        .map(|(i, line)| {
            let at = format!("{}:{}", path.display(), i + 1);
            match serde_json::from_str(line) {
                Ok(object @ serde_json::Value::Object(_)) => Ok((at, object)),
                Ok(_) => Err(ExchangeError::content(at, "no JSON object on this line")),
                Err(e) => Err(ExchangeError::content(at, format!("no valid JSON: {e}"))),
            }
        })
        .collect()
}

/// One JSON value a line.
pub(super) fn lines(values: impl Iterator<Item = serde_json::Value>) -> Vec<File> {
    let mut out = String::new();
    for value in values {
        out.push_str(&value.to_string());
        out.push('\n');
    }
    vec![(String::new(), out.into_bytes())]
}
