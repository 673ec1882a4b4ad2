//! The files of one run: its parts, each whole or not there, the journal that says
//! which are complete, the list of errors, and at the end the manifest.
//!
//! A part is written beside its place, synced, renamed, and marked last. So a run
//! that is killed at any moment leaves complete parts with their marks, and at most
//! one part that has no mark and is made again.

use super::{
    Destination, Encode, ErrorRow, Layout, Manifest, Mark, OutputError, Part, PartDone, Place,
    Plan, Sink, Target, Written,
    aside::Aside,
    destination::Names,
    files::{self, PARTIAL, with_suffix},
    formats,
    journal::Journal,
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// What is to become of a run that is there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Former {
    /// Nothing: it is left as it is.
    #[default]
    Keep,
    /// It goes on where it stopped.
    Resume,
    /// It is replaced.
    Replace,
}

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

struct Files {
    names: Names,
    shard_bytes: Option<u64>,
    journal: Journal,
    errors: Aside,
    /// The raw rows of failed articles, where they are asked for.
    rejects: Option<Aside>,
    /// A finished run that goes when the first part of this one comes.
    old: Option<Old>,
    resumed: bool,
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
        }
        let sink = writer.next_sink()?;
        writer.encoder = Some(sink.encoder());
        writer.sink = Some(sink);
        Ok(Opened::Run(Box::new(writer)))
    }

    /// What a person should know of the run that was there.
    pub fn said(&self) -> &[String] {
        &self.said
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

    /// Gives what is left its name and writes the manifest, to which the parts and
    /// the list of errors are added. Returns the place for people: the file or the
    /// folder.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(mut self, mut manifest: Manifest) -> Result<Option<PathBuf>, OutputError> {
        // A part that has no article is none.
        if let Some(sink) = self.sink.take() {
            let place = sink.finish()?;
            if let Some(partial) = place.partial() {
                files::remove(&partial)?;
            }
        }
        let Some(files) = self.files else {
            return Ok(None);
        };
        manifest.parts.clone_from(&files.journal.marks);
        manifest.errors = files.errors.publish()?;
        if let Some(rejects) = files.rejects {
            rejects.publish()?;
        }
        let text = serde_json::to_vec_pretty(&manifest)
            .map_err(io::Error::from)
            .map_err(OutputError::io(&files.names.manifest))?;
        files::write_whole(&files.names.manifest, &[&text[..], b"\n"].concat())?;
        files.journal.remove()?;
        Ok(Some(match files.shard_bytes {
            Some(_) => files::folder(&files.names.manifest).to_owned(),
            None => files.names.records,
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
        sink.header().map_err(OutputError::io(
            &self.partial().unwrap_or("standard output".into()),
        ))?;
        self.looked = Instant::now();
        Ok(sink)
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
        // Never new records beside an old manifest.
        if let Some(old) = files.old.take() {
            old.remove()?;
        }
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

    fn rows(&mut self, part: Part) -> io::Result<()> {
        let mut sink = match self.sink.take() {
            Some(sink) => sink,
            None => self.next_sink().map_err(io::Error::from)?,
        };
        /// Between two looks whether the file is still there.
        const EVERY: Duration = Duration::from_secs(1);
        if self.looked.elapsed() > EVERY {
            self.looked = Instant::now();
            sink.place().look()?;
        }
        sink.rows(part)?;
        self.sink = Some(sink);
        Ok(())
    }

    fn failed(&mut self, failure: &ErrorRow) -> io::Result<()> {
        let Some(files) = &mut self.files else {
            return Ok(());
        };
        let mut line = serde_json::to_vec(failure)?;
        line.push(b'\n');
        files.errors.write(&line)
    }

    fn rejected(&mut self, rows: &[u8]) -> io::Result<()> {
        match self.files.as_mut().and_then(|f| f.rejects.as_mut()) {
            Some(rejects) if !rows.is_empty() => rejects.write(rows),
            _ => Ok(()),
        }
    }

    fn end_part(&mut self, done: PartDone) -> io::Result<()> {
        self.publish(done).map_err(io::Error::from)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Some(sink) => sink.flush(),
            None => Ok(()),
        }
    }
}

impl Files {
    /// `None` when the run that was to be resumed is complete.
    fn open(
        names: Names,
        plan: &Plan,
        rejects: Option<&Path>,
        former: Former,
        said: &mut Vec<String>,
    ) -> Result<Option<Self>, OutputError> {
        let folder = files::folder(&names.manifest).to_owned();
        if let Some(found) = folder.ancestors().find(|p| p.exists())
            && !found.is_dir()
        {
            return Err(OutputError::NotAFolder {
                path: found.to_owned(),
                endings: formats::endings(),
            });
        }
        let shard_bytes = plan.shard_bytes;
        fs::create_dir_all(&folder).map_err(OutputError::unwritable(&folder))?;
        for path in [
            &names.records,
            &names.manifest,
            &names.errors,
            &names.journal,
        ] {
            if path.exists() && !path.is_file() {
                return Err(OutputError::NotAFile(path.clone()));
            }
        }
        if let Some(path) = rejects.filter(|p| p.exists() && former == Former::Keep) {
            return Err(OutputError::Exists(path.to_owned()));
        }
        let journal = Journal::open(&names.journal)?;
        let mut files = Self {
            errors: Aside::open_nothing(&names.errors),
            rejects: rejects.map(Aside::open_nothing),
            names,
            shard_bytes,
            journal,
            old: None,
            resumed: false,
        };
        match files.take_over(plan, former, said) {
            Ok(true) => {}
            ended => {
                // What only this run has made goes with it.
                if files.journal.is_empty() {
                    files.journal.remove()?;
                }
                return ended.map(|_| None);
            }
        }
        let last = files.journal.marks.last();
        let (errors_bytes, rejects_bytes) =
            last.map_or((0, 0), |m| (m.errors_bytes, m.rejects_bytes));
        files.errors = Aside::open(&files.names.errors, errors_bytes)?;
        files.rejects = rejects
            .map(|path| Aside::open(path, rejects_bytes))
            .transpose()?;
        Ok(Some(files))
    }

    /// Looks at what is there, and begins or goes on; `false` when all is done.
    fn take_over(
        &mut self,
        plan: &Plan,
        former: Former,
        said: &mut Vec<String>,
    ) -> Result<bool, OutputError> {
        let manifest = self.names.manifest.clone();
        let old = Old::read(&self.names)?;
        let place = match self.names.folder {
            true => files::folder(&manifest).to_owned(),
            false => self.names.records.clone(),
        };
        // Killed between the manifest and the end.
        if let Some(old) = &old
            && old.started == self.journal.started
            && !self.journal.is_empty()
        {
            self.journal.remove()?;
            self.journal = Journal::open(&self.names.journal)?;
        }
        let unfinished = self.unfinished();
        match former {
            Former::Resume if unfinished.is_some() || !self.journal.is_empty() => {
                let Some(planned) = &self.journal.plan else {
                    return Err(OutputError::NoJournal(unfinished.unwrap_or(place)));
                };
                let differences = planned.differences(plan);
                if !differences.is_empty() {
                    return Err(OutputError::Differs { place, differences });
                }
                let kept = self.whole_marks();
                if kept < self.journal.marks.len() {
                    said.push(format!(
                        "part {kept} of the interrupted run is not as it was left: it is made again, with all behind it"
                    ));
                }
                self.journal.keep(kept)?;
                self.old = old;
                self.resumed = true;
                return Ok(true);
            }
            Former::Resume => {
                if let Some(old) = old {
                    let differences = match &old.plan {
                        Some(planned) => planned.differences(plan),
                        None => vec!["its manifest does not say how it was run".to_owned()],
                    };
                    return match differences.is_empty() {
                        true => Ok(false),
                        false => Err(OutputError::Differs { place, differences }),
                    };
                }
            }
            Former::Keep => {
                if old.is_some() {
                    return Err(OutputError::Exists(manifest));
                }
                if let Some(partial) = unfinished {
                    return Err(match self.journal.is_empty() {
                        true => OutputError::NoJournal(partial),
                        false => OutputError::Unfinished {
                            place,
                            done: self.done(),
                        },
                    });
                }
                let first = self.part();
                if first.exists() {
                    return Err(OutputError::Exists(first));
                }
            }
            Former::Replace => {
                if unfinished.is_some() {
                    said.push(format!(
                        "thrown away: an interrupted run in {} ({})",
                        place.display(),
                        self.done()
                    ));
                }
                if let Some(old) = &old {
                    said.push(format!(
                        "replaced when the first part of this run is complete: the run of {} in {}",
                        old.started,
                        place.display()
                    ));
                }
                self.forget()?;
                self.old = old;
            }
        }
        self.journal.begin(plan)?;
        Ok(true)
    }

    /// The records of the next part.
    fn part(&self) -> PathBuf {
        match self.shard_bytes {
            Some(_) => self.names.part(self.journal.marks.len()),
            None => self.names.records.clone(),
        }
    }

    /// What is there of a run without a manifest.
    fn unfinished(&self) -> Option<PathBuf> {
        if !self.journal.marks.is_empty() {
            return Some(self.names.journal.clone());
        }
        let written = |p: &PathBuf| fs::metadata(p).is_ok_and(|m| m.len() > 0);
        [self.names.part(0), self.names.records.clone()]
            .iter()
            .map(|p| with_suffix(p, PARTIAL))
            .find(written)
    }

    /// What is there, in words.
    fn done(&self) -> String {
        let marks = &self.journal.marks;
        let articles: u64 = marks.iter().map(|m| m.articles).sum();
        match marks.len() {
            0 => "its first part is not complete".to_owned(),
            1 => format!("1 part with {articles} articles is complete"),
            n => format!("{n} parts with {articles} articles are complete"),
        }
    }

    /// How many marks, from the first, speak of files that are there.
    fn whole_marks(&self) -> usize {
        let errors = Aside::there(&self.names.errors);
        let rejects = self.rejects.as_ref().map_or(0, Aside::bytes_there);
        let whole = |mark: &&Mark| {
            mark.errors_bytes <= errors
                && mark.rejects_bytes <= rejects
                && mark.files.iter().all(|file| {
                    let path = self.names.beside(&file.file);
                    fs::metadata(path).is_ok_and(|m| m.is_file() && m.len() == file.bytes)
                })
        };
        self.journal.marks.iter().take_while(whole).count()
    }

    /// Removes what an interrupted run has left.
    fn forget(&self) -> Result<(), OutputError> {
        files::remove(&with_suffix(&self.part(), PARTIAL))?;
        for file in self.journal.marks.iter().flat_map(|m| &m.files) {
            files::remove(&self.names.beside(&file.file))?;
        }
        Ok(())
    }
}

/// A finished run that is to be replaced.
struct Old {
    started: String,
    plan: Option<Plan>,
    files: Vec<PathBuf>,
    manifest: PathBuf,
}

impl Old {
    fn read(names: &Names) -> Result<Option<Self>, OutputError> {
        let text = match fs::read(&names.manifest) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(OutputError::io(&names.manifest)(e)),
        };
        let (mut files, mut plan, mut started) = (Vec::new(), None, String::new());
        match serde_json::from_slice::<Manifest>(&text) {
            Ok(manifest) => {
                let written = manifest.parts.iter().flat_map(|part| &part.files);
                files.extend(
                    written
                        .chain(&manifest.errors)
                        .map(|file: &Written| names.beside(&file.file)),
                );
                plan = Some(manifest.plan());
                started = manifest.started;
            }
            // Of a version that did not list them, where their names are given.
            Err(_) if names.folder => {
                let layouts = Layout::ALL.iter();
                files.extend(layouts.map(|l| names.beside(&names.of_layout(l))));
            }
            Err(_) => {}
        }
        Ok(Some(Self {
            started,
            plan,
            files,
            manifest: names.manifest.clone(),
        }))
    }

    /// The manifest goes first.
    fn remove(self) -> Result<(), OutputError> {
        files::remove(&self.manifest)?;
        files::sync_folder(files::folder(&self.manifest))
            .map_err(OutputError::io(&self.manifest))?;
        self.files.iter().try_for_each(|file| files::remove(file))
    }
}
