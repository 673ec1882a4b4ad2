//! What is there when a run begins, and what becomes of it: it is left, gone on with,
//! or replaced.
//!
//! A run begins where no file has a name that it will give, but for those that it
//! replaces, which its journal lists. So what has such a name later is its own, and
//! what comes meanwhile is somebody's, and stays.

use super::{
    Layout, Manifest, Mark, Names, OutputError, Plan, Written,
    aside::Aside,
    files::{self, PARTIAL},
    formats,
    journal::Journal,
};
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
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

/// The files of a run, open.
pub(super) struct Files {
    pub names: Names,
    pub shard_bytes: Option<u64>,
    pub journal: Journal,
    pub errors: Aside,
    /// The raw rows of failed articles, where they are asked for.
    pub rejects: Option<Aside>,
    /// Whether a file may be where these are to be: it was there when the run began,
    /// which was told to replace it.
    pub replaces_rejects: bool,
    /// A finished run that goes when the first part of this one comes.
    old: Option<Old>,
    pub resumed: bool,
}

impl Files {
    /// `None` when the run is complete already: one that was to be resumed, or the same
    /// one, whose files are all there.
    pub fn open(
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
        // With a manifest the run is complete, or refused as another one.
        let new = former == Former::Keep && !names.manifest.exists();
        if let Some(path) = rejects.filter(|p| p.exists() && new) {
            return Err(OutputError::Exists(path.to_owned()));
        }
        let journal = Journal::open(&names.journal)?;
        let mut files = Self {
            errors: Aside::open_nothing(&names.errors),
            rejects: rejects.map(Aside::open_nothing),
            replaces_rejects: former != Former::Keep,
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
                if files.journal.made {
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

    /// The records of the next part.
    pub fn part(&self) -> PathBuf {
        match self.shard_bytes {
            Some(_) => self.names.part(self.journal.marks.len()),
            None => self.names.records.clone(),
        }
    }

    /// Removes what this run replaces, before its first part gets its name: never new
    /// records beside an old manifest, which goes first.
    pub fn clear_the_way(&mut self) -> Result<(), OutputError> {
        if self.old.take().is_some() {
            let manifest = &self.names.manifest;
            files::remove(manifest)?;
            files::sync_folder(files::folder(manifest)).map_err(OutputError::io(manifest))?;
        }
        for name in std::mem::take(&mut self.journal.replaces) {
            files::remove(&self.names.beside(&name))?;
        }
        Ok(())
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
        let there = self.names.there().map_err(OutputError::io(&place))?;
        let unfinished = self.unfinished(&there);
        if former == Former::Resume && (unfinished.is_some() || !self.journal.is_empty()) {
            let Some(planned) = &self.journal.plan else {
                return Err(OutputError::NoJournal(unfinished.unwrap_or(place)));
            };
            let mut planned = planned.clone();
            // A part that is made again needs the set as it was.
            if let Some(seen) = &self.journal.seen
                && self.whole_marks() == self.journal.marks.len()
            {
                planned.has_seen(seen);
            }
            let differences = planned.differences(plan);
            if !differences.is_empty() {
                return Err(OutputError::Differs { place, differences });
            }
            self.go_on(old, said)?;
            return Ok(true);
        }
        let mut in_the_way = there
            .iter()
            .filter(|name| self.names.writes(name, self.shard_bytes.is_some()));
        match former {
            Former::Keep | Former::Resume => {
                match old {
                    Some(old) if former == Former::Keep => {
                        let there = |name: &String| self.names.beside(name).is_file();
                        // What standard input gives is not known before it is read.
                        let known = plan.inputs.iter().all(|input| input.bytes.is_some());
                        let planned = old.plan.as_ref().filter(|_| known);
                        let Some(planned) = planned else {
                            return Err(OutputError::Exists(manifest));
                        };
                        let mut differences = planned.differences(plan);
                        let lost = old.files.iter().find(|name| !there(name));
                        differences.extend(lost.map(|name| format!("its {name} is gone")));
                        return match differences.is_empty() {
                            true => Ok(false),
                            false => Err(OutputError::Another {
                                manifest,
                                differences,
                            }),
                        };
                    }
                    Some(old) => {
                        let differences = match &old.plan {
                            Some(planned) => planned.differences(plan),
                            None => vec!["its manifest does not say how it was run".to_owned()],
                        };
                        return match differences.is_empty() {
                            true => Ok(false),
                            false => Err(OutputError::Differs { place, differences }),
                        };
                    }
                    None => {}
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
                if let Some(name) = in_the_way.next() {
                    return Err(OutputError::Exists(self.names.beside(name)));
                }
                self.replaces_rejects = false;
                self.journal.begin(plan, Vec::new())?;
            }
            Former::Replace => {
                let mut replaces: BTreeSet<String> = in_the_way.cloned().collect();
                if unfinished.is_some() {
                    said.push(format!(
                        "thrown away: an interrupted run in {} ({})",
                        place.display(),
                        self.done()
                    ));
                }
                let kept = old.as_ref().map_or(&[][..], |old| &old.files);
                if self.journal.marks.is_empty() {
                    replaces.extend(self.journal.replaces.drain(..));
                }
                self.forget(&there, kept, &mut replaces)?;
                if let Some(old) = &old {
                    said.push(format!(
                        "replaced when the first part of this run is complete: the run of {} in {}",
                        old.started,
                        place.display()
                    ));
                }
                let others: Vec<_> = replaces
                    .iter()
                    .filter(|name| !kept.contains(name))
                    .collect();
                if let Some(first) = others.first() {
                    let more = match others.len() - 1 {
                        0 => String::new(),
                        n => format!(" and {n} more"),
                    };
                    said.push(format!(
                        "replaced when the first part of this run is complete: {}{more}",
                        self.names.beside(first).display()
                    ));
                }
                replaces.extend(kept.iter().cloned());
                self.old = old;
                self.journal.begin(plan, replaces.into_iter().collect())?;
            }
        }
        Ok(true)
    }

    /// Goes on behind the parts that are as they were left.
    fn go_on(&mut self, old: Option<Old>, said: &mut Vec<String>) -> Result<(), OutputError> {
        self.resumed = true;
        self.old = old;
        if !self.journal.marks.is_empty() {
            // What it replaced went before its first part.
            self.journal.replaces.clear();
            self.errors.take_back()?;
            if let Some(rejects) = &self.rejects {
                rejects.take_back()?;
            }
        } else if let Some(old) = &self.old {
            let more = old
                .files
                .iter()
                .filter(|f| !self.journal.replaces.contains(f));
            let more: Vec<_> = more.cloned().collect();
            self.journal.replaces.extend(more);
        }
        let kept = self.whole_marks();
        if kept < self.journal.marks.len() {
            said.push(format!(
                "part {kept} of the interrupted run is not as it was left: it is made again, with all behind it"
            ));
        }
        // What is made again goes first, while the journal knows of it.
        let again = self.journal.marks[kept..].iter().flat_map(|m| &m.files);
        for name in again.map(|f| &f.file).chain(&self.journal.lost) {
            files::remove(&self.names.beside(name))?;
        }
        let old_is_there = self.old.is_some() && self.journal.marks.is_empty();
        self.journal.keep(kept)?;
        // A part that got its name, but no mark.
        if !old_is_there {
            files::remove(&self.part())?;
            for path in &self.names.beside {
                files::remove(path)?;
            }
        }
        Ok(())
    }

    /// What is there of a run without a manifest.
    fn unfinished(&self, there: &[String]) -> Option<PathBuf> {
        if !self.journal.marks.is_empty() {
            return Some(self.names.journal.clone());
        }
        let written = |p: &PathBuf| fs::metadata(p).is_ok_and(|m| m.len() > 0);
        let of_it = |name: &&String| {
            name.ends_with(PARTIAL)
                || self.journal.replaces.contains(name)
                || self
                    .journal
                    .plan
                    .as_ref()
                    .is_some_and(|plan| self.names.is_part_of(name, plan, 0))
        };
        let found = there.iter().filter(of_it);
        found.map(|name| self.names.beside(name)).find(written)
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

    /// Removes what an interrupted run has left, in whatever layout and compression,
    /// but not the files of the finished one (`kept`); nor are its files among those
    /// that are `replaced` later.
    fn forget(
        &self,
        there: &[String],
        kept: &[String],
        replaced: &mut BTreeSet<String>,
    ) -> Result<(), OutputError> {
        let marks = &self.journal.marks;
        let marked = marks.iter().flat_map(|m| &m.files).map(|f| &f.file);
        let marked: BTreeSet<_> = marked.chain(&self.journal.lost).collect();
        let next = |name: &str| {
            let plan = self.journal.plan.as_ref();
            plan.is_some_and(|plan| self.names.is_part_of(name, plan, marks.len()))
        };
        for name in there {
            let left = name.ends_with(PARTIAL) || marked.contains(name) || next(name);
            // A list of errors gets its name at the very end.
            let list = !marks.is_empty() && *name == files::name(&self.names.errors);
            if (left || list) && !kept.contains(name) {
                files::remove(&self.names.beside(name))?;
                replaced.remove(name);
            }
        }
        Ok(())
    }
}

/// A finished run that is to be replaced.
struct Old {
    started: String,
    plan: Option<Plan>,
    /// Names of its files beside the manifest.
    files: Vec<String>,
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
                let written = written.chain(&manifest.errors);
                files.extend(written.map(|file: &Written| file.file.clone()));
                plan = Some(manifest.plan());
                started = manifest.started;
            }
            // Of a version that did not list them, where their names are given.
            Err(_) if names.folder => {
                let layouts = Layout::ALL.iter();
                files.extend(layouts.map(|l| names.of_layout(l)));
            }
            Err(_) => {}
        }
        Ok(Some(Self {
            started,
            plan,
            files,
        }))
    }
}
