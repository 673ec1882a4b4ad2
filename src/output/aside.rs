//! The list of failed articles beside the records, so that they can be mended and
//! run again.

use super::{
    OutputError, Written,
    files::{self, PARTIAL, with_suffix},
};
use crate::record::Record;
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// One line of `errors.jsonl`: an article that has status `error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorRow {
    /// See [`Record::id`].
    pub id: String,
    /// See [`Record::uid`].
    pub uid: String,
    /// See [`Record::source`].
    pub source: Option<String>,
    /// See [`Record::row`].
    pub row: Option<u64>,
    /// Whether all rows of the source from this one on failed with it: the file is torn.
    #[serde(default)]
    pub rest: bool,
    /// See [`crate::record::Failure::stage`].
    pub stage: String,
    /// See [`crate::record::Failure::message`].
    pub message: String,
}

impl ErrorRow {
    /// The row of a record; `None` where it did not fail. Whether it speaks of the rest
    /// of its file too, the record does not say.
    pub fn of(record: &Record) -> Option<Self> {
        let failure = record.error.as_ref()?;
        Some(Self {
            id: record.id.clone(),
            uid: record.uid.clone(),
            source: record.source.clone(),
            row: record.row,
            rest: false,
            stage: failure.stage.clone(),
            message: failure.message.clone(),
        })
    }

    /// Whether it is the row of a record, which knows nothing of [`Self::rest`].
    pub fn is_of(&self, record: &Self) -> bool {
        let rest = self.rest;
        Self {
            rest,
            ..record.clone()
        } == *self
    }
}

/// A file that grows with the run, and is as long as the last mark says when the
/// run is resumed.
#[derive(Debug)]
pub(super) struct Aside {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    bytes: u64,
    synced: u64,
}

impl Aside {
    /// Bytes that are there of an interrupted run.
    pub fn there(path: &Path) -> u64 {
        std::fs::metadata(with_suffix(path, PARTIAL)).map_or(0, |m| m.len())
    }

    /// Takes its name back from a list that a run had given it before it was killed,
    /// just before its manifest.
    pub fn take_back(&self) -> Result<(), OutputError> {
        let partial = with_suffix(&self.path, PARTIAL);
        match self.path.is_file() && !partial.exists() {
            true => files::rename(&self.path, &partial),
            false => Ok(()),
        }
    }

    /// The same of this one.
    pub fn bytes_there(&self) -> u64 {
        Self::there(&self.path)
    }

    /// The file that will be `path`, of which nothing is known yet.
    pub fn open_nothing(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            file: None,
            bytes: 0,
            synced: 0,
        }
    }

    /// The file that will be `path`, of which the first `bytes` are kept.
    pub fn open(path: &Path, bytes: u64) -> Result<Self, OutputError> {
        let partial = with_suffix(path, PARTIAL);
        let mut aside = Self {
            path: path.to_owned(),
            file: None,
            bytes,
            synced: bytes,
        };
        if bytes == 0 {
            files::remove(&partial)?;
        } else {
            let cut = aside
                .create()
                .and_then(|file| file.get_ref().set_len(bytes));
            cut.map_err(OutputError::io(&partial))?;
        }
        Ok(aside)
    }

    fn create(&mut self) -> io::Result<&mut BufWriter<File>> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(with_suffix(&self.path, PARTIAL))?;
        file.seek(SeekFrom::Start(self.bytes))?;
        Ok(self.file.insert(BufWriter::new(file)))
    }

    /// The rows of the list of errors that are kept, one by one.
    pub fn rows(&self) -> io::Result<impl Iterator<Item = io::Result<ErrorRow>> + use<>> {
        let kept: Box<dyn Read> = match self.synced {
            0 => Box::new(io::empty()),
            bytes => Box::new(File::open(with_suffix(&self.path, PARTIAL))?.take(bytes)),
        };
        let rows = serde_json::Deserializer::from_reader(BufReader::new(kept)).into_iter();
        Ok(rows.map(|row| row.map_err(io::Error::from)))
    }

    /// Appends bytes.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.create()?,
        };
        file.write_all(bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Puts it on the disk; how long it is.
    pub fn sync(&mut self) -> Result<u64, OutputError> {
        if let Some(file) = &mut self.file
            && self.synced != self.bytes
        {
            let synced = file.flush().and_then(|()| file.get_ref().sync_all());
            synced.map_err(OutputError::io(&self.path))?;
            self.synced = self.bytes;
        }
        Ok(self.bytes)
    }

    /// Gives it its name; `None` where nothing was written. A file of that name is
    /// replaced only where `replace` says so.
    pub fn publish(mut self, replace: bool) -> Result<Option<Written>, OutputError> {
        self.sync()?;
        if self.bytes == 0 {
            return Ok(None);
        }
        self.file = None;
        let partial = with_suffix(&self.path, PARTIAL);
        match replace {
            true => files::rename(&partial, &self.path)?,
            false => files::publish(&partial, &self.path)?,
        }
        let written = Written::of(&self.path).map_err(OutputError::io(&self.path))?;
        Ok(Some(written))
    }
}
