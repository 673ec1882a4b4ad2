//! What the files of a run are called.

use super::{
    Layout, Plan,
    files::{self, PARTIAL},
    formats,
    place::SPILL,
};
use crate::compression;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What the files of a run are called.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Names {
    /// The records, where all are in one file.
    pub records: PathBuf,
    /// The manifest, which says that the run is complete.
    pub manifest: PathBuf,
    /// The list of failed articles.
    pub errors: PathBuf,
    /// The journal, which is there while the run is not complete.
    pub journal: PathBuf,
    /// Files beside the records, where the layout has several.
    pub beside: Vec<PathBuf>,
    /// Whether a folder was asked for, which has room for parts.
    pub folder: bool,
    /// What stands behind the stem of the records: `.jsonl.zst`.
    ending: String,
}

/// Name of the manifest in a folder; with a full stop before it, what it has behind
/// the name of the records where they are one file. So the two others.
pub const MANIFEST: &str = "manifest.json";
/// Name of the list of failed articles.
pub const ERRORS: &str = "errors.jsonl";
/// Name of the journal.
pub const JOURNAL: &str = "journal.jsonl";

/// The stem of part `n`, counted from 0.
pub(super) fn part_stem(n: u64) -> String {
    format!("{PART}{n:0DIGITS$}")
}

/// What the stem of a part begins with.
pub(crate) const PART: &str = "part-";
/// The least digits of its number.
const DIGITS: usize = 5;

impl Names {
    pub(super) fn of_folder(folder: &Path, layout: &Layout, ending: String) -> Self {
        Self {
            records: folder.join(format!("{}{ending}", layout.stem)),
            beside: layout
                .beside
                .iter()
                .map(|stem| folder.join(format!("{stem}{ending}")))
                .collect(),
            manifest: folder.join(MANIFEST),
            errors: folder.join(ERRORS),
            journal: folder.join(JOURNAL),
            folder: true,
            ending,
        }
    }

    pub(super) fn of_file(records: &Path) -> Self {
        let beside = |name| files::with_suffix(records, &format!(".{name}"));
        Self {
            records: records.to_owned(),
            beside: Vec::new(),
            manifest: beside(MANIFEST),
            errors: beside(ERRORS),
            journal: beside(JOURNAL),
            folder: false,
            ending: String::new(),
        }
    }

    /// The records of part `n` of a folder, counted from 0.
    pub(super) fn part(&self, n: usize) -> PathBuf {
        self.beside(&format!("{}{}", part_stem(n as u64), self.ending))
    }

    /// The name of the records in a folder of another layout.
    pub(super) fn of_layout(&self, layout: &Layout) -> String {
        format!("{}{}", layout.stem, self.ending)
    }

    /// A file beside the manifest.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.manifest.with_file_name(name)
    }

    /// Whether a run at this place may give a file this name, whatever its layout and
    /// compression, also while it is being written.
    pub(super) fn has(&self, name: &str) -> bool {
        let whole = name.strip_suffix(PARTIAL).unwrap_or(name);
        [&self.records, &self.manifest, &self.errors, &self.journal]
            .iter()
            .any(|path| files::name(path) == whole)
            || self.folder && stem_of_records(whole).is_some()
            // What is counted, while it is being counted.
            || self.folder && whole != name && whole.starts_with(SPILL)
    }

    /// Whether this run, in parts or not, will give a file this name: records or list
    /// of errors.
    pub(super) fn writes(&self, name: &str, parts: bool) -> bool {
        name == files::name(&self.errors)
            || match parts {
                true => stem_of_records(name)
                    .is_some_and(|stem| is_part(stem) && name[stem.len()..] == self.ending),
                false => {
                    let mut ours = std::iter::once(&self.records).chain(&self.beside);
                    ours.any(|path| name == files::name(path))
                }
            }
    }

    /// Whether this is the name of part `n` of the run of `plan`, under any
    /// compression.
    pub(super) fn is_part_of(&self, name: &str, plan: &Plan, n: usize) -> bool {
        if !self.folder {
            return name == files::name(&self.records);
        }
        let Some(stem) = stem_of_records(name) else {
            return false;
        };
        match plan.shard_bytes {
            Some(_) => stem == part_stem(n as u64),
            None => Layout::named(&plan.layout).is_some_and(|layout| is_of(layout, stem)),
        }
    }

    /// Names of what is there and could be of a run at this place, sorted.
    pub(super) fn there(&self) -> io::Result<Vec<String>> {
        let mut out = Vec::new();
        if self.folder {
            for entry in fs::read_dir(files::folder(&self.manifest))? {
                let entry = entry?;
                let name = entry.file_name();
                if let Some(name) = name.to_str()
                    && self.has(name)
                    && !entry.file_type()?.is_dir()
                {
                    out.push(name.to_owned());
                }
            }
        } else {
            // Its folder may hold a million other files.
            for path in [&self.records, &self.manifest, &self.errors, &self.journal] {
                for path in [path.clone(), files::with_suffix(path, PARTIAL)] {
                    if fs::symlink_metadata(&path).is_ok_and(|m| !m.is_dir()) {
                        out.push(files::name(&path));
                    }
                }
            }
        }
        out.sort_unstable();
        Ok(out)
    }
}

/// The stem of a name of records in a folder: `records` or `part-00012`.
fn stem_of_records(name: &str) -> Option<&str> {
    let (stem, _) = name.split_once('.')?;
    let ending = &name[stem.len()..];
    let known = formats::ALL.iter().any(|format| {
        let plain = format!(".{}", format.extensions[0]);
        let mut packed = compression::ALL.iter();
        ending == plain
            || format.compressed && packed.any(|c| ending == format!("{plain}.{}", c.extension))
    });
    let ours = is_part(stem) || Layout::ALL.iter().any(|layout| is_of(layout, stem));
    (known && ours).then_some(stem)
}

/// Whether it is the stem of a file of a layout.
fn is_of(layout: &Layout, stem: &str) -> bool {
    layout.stem == stem || layout.beside.contains(&stem)
}

/// Whether it is the stem of a part.
fn is_part(stem: &str) -> bool {
    stem.strip_prefix(PART)
        .is_some_and(|n| n.len() >= DIGITS && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::layout::ARTICLES;

    #[test]
    fn names_that_a_run_gives() {
        let folder = Names::of_folder(Path::new("o"), &ARTICLES, ".jsonl".to_owned());
        for name in [
            "manifest.json",
            "journal.jsonl",
            "errors.jsonl",
            "errors.jsonl.partial",
            "records.jsonl",
            "mentions.jsonl.zst",
            "part-00000.jsonl.gz.partial",
            "part-123456.jsonl",
            "articles.csv",
            "entities.csv.gz.partial",
            "part-00001.csv",
            "spill-names-00002.partial",
        ] {
            assert!(folder.has(name), "{name}");
        }
        for name in [
            "part-1.jsonl",
            "part-0000x.jsonl",
            "part-00001.ods",
            "spill-names-00002",
            "records.mine.jsonl",
            "d.jsonl",
            "part-00001",
        ] {
            assert!(!folder.has(name), "{name}");
        }
        assert!(folder.writes("part-00007.jsonl", true));
        assert!(!folder.writes("part-00007.jsonl.gz", true));
        assert!(!folder.writes("part-00007.jsonl", false));
        assert!(folder.writes("records.jsonl", false));
        let file = Names::of_file(Path::new("o/x.jsonl"));
        assert!(file.has("x.jsonl.journal.jsonl") && file.has("x.jsonl.partial"));
        assert!(!file.has("records.jsonl") && !file.has("part-00000.jsonl"));
    }
}
