//! What a run is about to do and has done, so that an interrupted one can go
//! on: a line for its plan, then a line for each part that is complete.
//!
//! A line is written, and synced, only when what it speaks of is on the disk under
//! its own name. A torn last line is one that was not written.

use super::{
    Mark, OutputError, files,
    plan::{self, Plan},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

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
        self.started = plan::now();
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
