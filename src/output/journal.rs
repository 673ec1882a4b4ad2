//! What a run is about to do and has done, so that an interrupted one can go
//! on: a line for its plan, then a line for each part that is complete.
//!
//! A line is written, and synced, only when what it speaks of is on the disk under
//! its own name. A torn last line is one that was not written.

use super::{Counts, OutputError, Written, files};
use crate::kinds::ModelInfo;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

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
        layout: &super::Layout,
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
        let names: std::collections::BTreeSet<_> = names.collect();
        for name in names {
            let value = |plan: &Self| match plan.options.get(name) {
                None => "not given".to_owned(),
                Some(values) => format!("`{}`", values.join(",")),
            };
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
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    schema: String,
    journal: u32,
    started: String,
    plan: Plan,
}

/// Version of the journal's own form.
const FORM: u32 = 1;

/// The journal of a run, open and locked.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// When the run was begun: UTC, RFC 3339.
    pub started: String,
    /// The plan, where one was written.
    pub plan: Option<Plan>,
    /// Complete parts, from the first.
    pub marks: Vec<Mark>,
    /// Bytes up to the end of the first line and of each mark.
    ends: Vec<u64>,
}

impl Journal {
    /// Opens the journal at `path`, perhaps anew, and locks it.
    pub fn open(path: &Path) -> Result<Self, OutputError> {
        let mut file = files::lock(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(OutputError::io(path))?;
        let mut journal = Self {
            path: path.to_owned(),
            file,
            started: String::new(),
            plan: None,
            marks: Vec::new(),
            ends: Vec::new(),
        };
        let mut end = 0;
        for line in text.split_inclusive(|b| *b == b'\n') {
            end += line.len() as u64;
            if !line.ends_with(b"\n") {
                break;
            }
            if journal.plan.is_none() {
                let Ok(head) = serde_json::from_slice::<Head>(line) else {
                    break;
                };
                journal.started = head.started;
                journal.plan = Some(head.plan);
            } else {
                match serde_json::from_slice::<Mark>(line) {
                    Ok(mark) if mark.part == journal.marks.len() as u64 => journal.marks.push(mark),
                    _ => break,
                }
            }
            journal.ends.push(end);
        }
        Ok(journal)
    }

    /// Begins a run: whatever was there is gone.
    pub fn begin(&mut self, plan: &Plan) -> Result<(), OutputError> {
        self.started = super::manifest::now();
        self.marks.clear();
        self.ends.clear();
        let head = Head {
            schema: crate::record::SCHEMA.to_owned(),
            journal: FORM,
            started: self.started.clone(),
            plan: plan.clone(),
        };
        self.cut(0)?;
        self.line(&head)
    }

    /// Keeps the first `parts` marks: the others are to be made again.
    pub fn keep(&mut self, parts: usize) -> Result<(), OutputError> {
        self.marks.truncate(parts);
        self.ends.truncate(parts + 1);
        self.cut(self.ends.last().copied().unwrap_or_default())
    }

    /// Marks a part as complete.
    pub fn mark(&mut self, mark: Mark) -> Result<(), OutputError> {
        self.line(&mark)?;
        self.marks.push(mark);
        Ok(())
    }

    /// Ends it: the manifest now says all.
    pub fn remove(&self) -> Result<(), OutputError> {
        files::remove(&self.path)
    }

    /// Whether its lines are those of a run.
    pub fn is_empty(&self) -> bool {
        self.plan.is_none()
    }

    fn cut(&mut self, at: u64) -> Result<(), OutputError> {
        self.file
            .set_len(at)
            .and_then(|()| self.file.seek(SeekFrom::Start(at)))
            .map(drop)
            .map_err(OutputError::io(&self.path))
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), OutputError> {
        let written = serde_json::to_vec(value)
            .map_err(io::Error::from)
            .and_then(|mut line| {
                line.push(b'\n');
                self.file.write_all(&line)?;
                self.file.sync_all()
            })
            .and_then(|()| files::sync_folder(files::folder(&self.path)));
        written.map_err(OutputError::io(&self.path))
    }
}
