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
    /// Names of files of an earlier run, which go when the first part is complete.
    #[serde(default)]
    replaces: Vec<String>,
    plan: Plan,
}

/// What a run says when its parts are complete, before the set of seen texts is
/// replaced: then it may be resumed with either.
#[derive(Serialize, Deserialize)]
struct Closing {
    seen: String,
}

/// Version of the journal's own form.
const FORM: u32 = 1;
/// What the first line begins with, torn or not.
const BEGINS: &[u8] = b"{\"schema\":\"glane/";

/// The journal of a run, open and locked.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// When the run was begun: UTC, RFC 3339.
    pub started: String,
    /// The plan, where one was written.
    pub plan: Option<Plan>,
    /// What the run replaces: names of files beside the manifest.
    pub replaces: Vec<String>,
    /// Complete parts, from the first.
    pub marks: Vec<Mark>,
    /// Files of marks that follow a damaged one: they are of the run, and made again.
    pub lost: Vec<String>,
    /// Whether nothing was in it when it was opened.
    pub made: bool,
    /// SHA-256 of the set of seen texts at the end of the run, once that was reached.
    pub seen: Option<String>,
    /// Bytes up to the end of the first line and of each mark.
    ends: Vec<u64>,
}

impl Journal {
    /// Opens the journal at `path`, perhaps anew, and locks it.
    ///
    /// # Errors
    /// When what is there is no journal, or of a version that had others: a file of
    /// somebody's, or a run that would be forgotten.
    pub fn open(path: &Path) -> Result<Self, OutputError> {
        let mut file = files::lock(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(OutputError::io(path))?;
        let mut journal = Self {
            path: path.to_owned(),
            file,
            started: String::new(),
            plan: None,
            replaces: Vec::new(),
            marks: Vec::new(),
            lost: Vec::new(),
            made: text.is_empty(),
            seen: None,
            ends: Vec::new(),
        };
        let mut lines = text
            .split_inclusive(|b| *b == b'\n')
            .filter(|line| line.ends_with(b"\n"));
        let Some(first) = lines.next() else {
            // Nothing, or a first line that was not written to its end.
            return match text.is_empty() || text.starts_with(BEGINS) {
                true => Ok(journal),
                false => Err(OutputError::NotAJournal(path.to_owned())),
            };
        };
        let head = serde_json::from_slice::<Head>(first).ok().filter(|head| {
            head.journal == FORM && head.replaces.iter().all(|name| files::is_plain(name))
        });
        let Some(head) = head else {
            return Err(OutputError::NotAJournal(path.to_owned()));
        };
        journal.started = head.started;
        journal.plan = Some(head.plan);
        journal.replaces = head.replaces;
        let mut end = first.len() as u64;
        journal.ends.push(end);
        let mut damaged = false;
        for line in lines {
            end += line.len() as u64;
            match serde_json::from_slice::<Mark>(line) {
                Ok(mark) if !damaged && mark.part == journal.marks.len() as u64 => {
                    journal.marks.push(mark);
                    journal.ends.push(end);
                }
                Ok(mark) => {
                    damaged = true;
                    journal.lost.extend(mark.files.into_iter().map(|f| f.file));
                }
                Err(_) => match serde_json::from_slice::<Closing>(line) {
                    Ok(closing) if !damaged => journal.seen = Some(closing.seen),
                    _ => damaged = true,
                },
            }
        }
        Ok(journal)
    }

    /// Begins a run that replaces files of these names: whatever was in it is gone.
    pub fn begin(&mut self, plan: &Plan, replaces: Vec<String>) -> Result<(), OutputError> {
        self.started = plan::now();
        self.marks.clear();
        self.ends.clear();
        let head = Head {
            schema: crate::record::SCHEMA.to_owned(),
            journal: FORM,
            started: self.started.clone(),
            replaces: replaces.clone(),
            plan: plan.clone(),
        };
        self.replaces = replaces;
        self.lost.clear();
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

    /// Says what the set of seen texts is about to become.
    pub fn closes(&mut self, seen: &str) -> Result<(), OutputError> {
        self.line(&Closing {
            seen: seen.to_owned(),
        })
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
