//! The files of one run: its parts, each whole or not there, the journal that says
//! which are complete, the list of errors, and at the end the manifest.
//!
//! A part is written beside its place, synced, renamed, and marked last. So a run
//! that is killed at any moment leaves complete parts with their marks, and at most
//! one part that has no mark and is made again.

use super::{
    Destination, Encode, ErrorRow, Layout, Manifest, Mark, OutputError, Part, PartDone, Place,
    Plan, Sink, Target,
    files::{self, PARTIAL, with_suffix},
    formats,
    takeover::{Files, Former},
};
use crate::record::Failure;
use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// A run that can write.
pub struct Writer {
    layout: &'static Layout,
    destination: Destination,
    /// The part at hand, once there is something to write to it.
    sink: Option<Box<dyn Sink>>,
    encoder: Option<Box<dyn Encode>>,
    files: Option<Files>,
    /// When it was last seen that the part is still there.
    looked: Instant,
    said: Vec<String>,
}

/// What opening found.
pub enum Opened {
    /// A run that can write.
    Run(Box<Writer>),
    /// The run that was to be resumed is complete: its manifest.
    Complete(PathBuf),
}

impl Writer {
    /// Makes ready to write.
    ///
    /// # Errors
    /// When a run is there that `former` does not speak of or that is another one,
    /// another run writes there, or the file system refuses.
    pub fn open(
        destination: Destination,
        layout: &'static Layout,
        plan: &Plan,
        rejects: Option<&Path>,
        former: Former,
    ) -> Result<Opened, OutputError> {
        let mut writer = Self {
            layout,
            destination,
            sink: None,
            encoder: None,
            files: None,
            looked: Instant::now(),
            said: Vec::new(),
        };
        if let Destination::Files { names, .. } = &writer.destination {
            let names = names.clone();
            match Files::open(names, plan, rejects, former, &mut writer.said)? {
                Some(files) => writer.files = Some(files),
                None => return Ok(Opened::Complete(writer.destination.manifest())),
            }
        } else if rejects.is_some() {
            return Err(OutputError::NoRejects);
        } else if former == Former::Resume {
            return Err(OutputError::NoResume);
        }
        let sink = writer.next_sink()?;
        writer.encoder = Some(sink.encoder());
        writer.sink = Some(sink);
        Ok(Opened::Run(Box::new(writer)))
    }

    /// What a person should know of the run that was there, or of what is written, and
    /// was not told before.
    pub fn said(&mut self) -> Vec<String> {
        std::mem::take(&mut self.said)
    }

    /// When the run was begun (UTC, RFC 3339), also where it is resumed now.
    pub fn started(&self) -> Option<&str> {
        self.files.as_ref().map(|f| f.journal.started.as_str())
    }

    /// Whether it goes on from where another one stopped.
    pub fn resumed(&self) -> bool {
        self.files.as_ref().is_some_and(|f| f.resumed)
    }

    /// Complete parts.
    pub fn marks(&self) -> &[Mark] {
        self.files.as_ref().map_or(&[], |f| &f.journal.marks)
    }

    /// The file that is being written.
    pub fn partial(&self) -> Option<PathBuf> {
        let files = self.files.as_ref()?;
        Some(with_suffix(&files.part(), PARTIAL))
    }

    /// Ends the part at hand before its end, so that what is there can be read.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn interrupt(&mut self) -> Result<(), OutputError> {
        if let Some(sink) = self.sink.take() {
            sink.finish()?;
        }
        if let Some(files) = &mut self.files {
            files.errors.sync()?;
            if let Some(rejects) = &mut files.rejects {
                rejects.sync()?;
            }
        }
        Ok(())
    }

    /// Says that all parts are complete, and what the set of seen texts is about to
    /// become.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn closes(&mut self, seen: &str) -> Result<(), OutputError> {
        match &mut self.files {
            Some(files) => files.journal.closes(seen),
            None => Ok(()),
        }
    }

    /// Gives what is left its name and writes the manifest, to which the parts and
    /// the list of errors are added. Returns the place for people: the file or the
    /// folder.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(mut self, mut manifest: Manifest) -> Result<Option<PathBuf>, OutputError> {
        // A part that has no article is none.
        if let Some(sink) = self.sink.take() {
            sink.finish()?.discard()?;
        }
        let Some(mut files) = self.files else {
            return Ok(None);
        };
        // Where there was no part.
        files.clear_the_way()?;
        manifest.parts.clone_from(&files.journal.marks);
        manifest.errors = files.errors.publish(false)?;
        if let Some(rejects) = files.rejects {
            rejects.publish(files.replaces_rejects)?;
        }
        let text = serde_json::to_vec_pretty(&manifest)
            .map_err(io::Error::from)
            .map_err(OutputError::io(&files.names.manifest))?;
        files::write_whole(&files.names.manifest, &[&text[..], b"\n"].concat())?;
        files.journal.remove()?;
        let several = files.shard_bytes.is_some() || !files.names.beside.is_empty();
        Ok(Some(match several {
            true => files::folder(&files.names.manifest).to_owned(),
            false => files.names.records,
        }))
    }

    fn next_sink(&mut self) -> Result<Box<dyn Sink>, OutputError> {
        let (format, place) = match &self.destination {
            Destination::Stdout => (formats::ALL[0], Place::stdout()),
            Destination::Files {
                format,
                compression,
                ..
            } => {
                let part = self.files.as_ref().map(Files::part).unwrap_or_default();
                (*format, Place::files(&part, compression))
            }
        };
        let mut sink = (format.open)(place, self.layout)?;
        sink.header().map_err(OutputError::io(&self.place()))?;
        self.looked = Instant::now();
        Ok(sink)
    }

    /// Where the part at hand is written, for people.
    fn place(&self) -> PathBuf {
        self.partial().unwrap_or("standard output".into())
    }

    /// An error of what is being written, with its name.
    fn at(&self, error: io::Error) -> io::Error {
        OutputError::io(&self.place())(error).into()
    }

    fn publish(&mut self, done: PartDone) -> Result<(), OutputError> {
        let sink = match self.sink.take() {
            Some(sink) => sink,
            // Articles, but none with a record.
            None => self.next_sink()?,
        };
        let place = sink.finish()?;
        let Some(files) = &mut self.files else {
            return Ok(());
        };
        files.clear_the_way()?;
        let notes = place.notes().to_vec();
        self.said.extend(notes.iter().cloned());
        let written = place.publish()?;
        let errors_bytes = files.errors.sync()?;
        let rejects_bytes = match &mut files.rejects {
            Some(rejects) => rejects.sync()?,
            None => 0,
        };
        let part = files.journal.marks.len() as u64;
        files.journal.mark(Mark {
            part,
            files: written,
            articles: done.articles,
            input_bytes: done.input_bytes,
            text_bytes: done.text_bytes,
            content: done.content,
            counts: done.counts,
            errors_bytes,
            rejects_bytes,
            notes,
        })
    }
}

impl Target for Writer {
    fn encoder(&self) -> Box<dyn Encode> {
        match &self.sink {
            Some(sink) => sink.encoder(),
            None => unreachable!("a writer is opened with its first part"),
        }
    }

    fn shard_bytes(&self) -> Option<u64> {
        self.files.as_ref()?.shard_bytes
    }

    fn kept(&self) -> Vec<Mark> {
        self.marks().to_vec()
    }

    fn kept_failures(&self) -> io::Result<HashSet<String>> {
        let Some(files) = &self.files else {
            return Ok(HashSet::new());
        };
        let mut out = HashSet::new();
        for row in files.errors.rows()? {
            let row = row.map_err(OutputError::io(&files.names.errors))?;
            if row.stage == Failure::EXTRACT {
                out.insert(row.uid);
            }
        }
        Ok(out)
    }

    fn rows(&mut self, part: Part) -> io::Result<()> {
        let mut sink = match self.sink.take() {
            Some(sink) => sink,
            None => self.next_sink()?,
        };
        /// Between two looks whether the file is still there.
        const EVERY: Duration = Duration::from_secs(1);
        if self.looked.elapsed() > EVERY {
            self.looked = Instant::now();
            sink.place().look().map_err(|e| self.at(e))?;
        }
        sink.rows(part).map_err(|e| self.at(e))?;
        self.sink = Some(sink);
        Ok(())
    }

    fn failed(&mut self, failure: &ErrorRow) -> io::Result<()> {
        let Some(files) = &mut self.files else {
            return Ok(());
        };
        let mut line = serde_json::to_vec(failure)?;
        line.push(b'\n');
        let written = files.errors.write(&line);
        Ok(written.map_err(OutputError::io(&files.names.errors))?)
    }

    fn rejected(&mut self, rows: &[u8]) -> io::Result<()> {
        match self.files.as_mut().and_then(|f| f.rejects.as_mut()) {
            Some(rejects) if !rows.is_empty() => rejects.write(rows),
            _ => Ok(()),
        }
    }

    fn end_part(&mut self, done: PartDone) -> io::Result<()> {
        Ok(self.publish(done)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.sink.as_mut().map_or(Ok(()), |sink| sink.flush());
        flushed.map_err(|e| self.at(e))
    }
}
