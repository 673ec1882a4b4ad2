//! Why nothing can be written.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Why nothing can be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// A finished run is there already.
    #[error("{0} exists: choose another place with -o, or replace it with --force")]
    Exists(PathBuf),
    /// A finished run is there already, and another one.
    #[error("{manifest} exists, and is of another run: {}. Choose another place with -o, or replace it with --force", differences.join("; "))]
    Another {
        /// What it has left last.
        manifest: PathBuf,
        /// One phrase each.
        differences: Vec<String>,
    },
    /// An interrupted run is there.
    #[error(
        "{place} holds an interrupted run ({done}): go on with it with --resume, throw it away with --force, or choose another place with -o"
    )]
    Unfinished {
        /// Where.
        place: PathBuf,
        /// What of it is there.
        done: String,
    },
    /// An interrupted run is there that says nothing of itself.
    #[error(
        "{0} is what an interrupted run left, without its journal, so that it cannot be resumed: move it away to keep it, or throw it away with --force"
    )]
    NoJournal(PathBuf),
    /// What has the name of a journal is none that can be read.
    #[error(
        "{0} is no journal of a run that this version of glane can read: move it away to keep it, or choose another place with -o"
    )]
    NotAJournal(PathBuf),
    /// A file that is not of this run has the name that one of its files is to get.
    #[error("{0} is there already and is not of this run: move it away, and go on with --resume")]
    InTheWay(PathBuf),
    /// What was written to standard output is not known.
    #[error(
        "standard output cannot be resumed: start anew without --resume, or give a folder with -o"
    )]
    NoResume,
    /// What is to be resumed is another run.
    #[error("{place} cannot be resumed, since it is another run: {}. Run it as it was begun, start anew with --force, or choose another place with -o", differences.join("; "))]
    Differs {
        /// Where.
        place: PathBuf,
        /// One phrase each.
        differences: Vec<String>,
    },
    /// Another run writes there.
    #[error("{0} is being written by another run: wait for it, or choose another place with -o")]
    Busy(PathBuf),
    /// A file or a device stands where a folder is wanted.
    #[error(
        "{path} is no folder: give a folder, a name that ends in {endings}, or - for standard output"
    )]
    NotAFolder {
        /// What stands there.
        path: PathBuf,
        /// Endings of the names of files.
        endings: String,
    },
    /// A folder or a device stands where a file is wanted.
    #[error(
        "{0} is no ordinary file: choose another place with -o, or write to standard output with -o -"
    )]
    NotAFile(PathBuf),
    /// The file system lets nothing be made there.
    #[error("nothing can be written at {path}: {source}; choose another place with -o")]
    Unwritable {
        /// The file or folder that could not be made.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// What is to be written would replace what is to be read.
    #[error("{0} is an input of this run: choose another place with -o")]
    IsInput(PathBuf),
    /// Standard output is alone.
    #[error("--rejects needs a folder or a file for the records: give one with -o")]
    NoRejects,
    /// Only a folder has parts.
    #[error(
        "{flag} is for a folder, which has room for parts; {path} is one file: give a folder with -o"
    )]
    OneFile {
        /// The flag that was given.
        flag: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// The layout has several files.
    #[error(
        "--layout {layout} writes several files, which need a folder: give one with -o, such as -o month/"
    )]
    NeedsFolder {
        /// Its name.
        layout: &'static str,
    },
    /// The layout has no parts.
    #[error(
        "--layout tables cannot be cut with {flag}: what it counts is of the whole run. Leave {flag} out (the files are written as a stream, whatever the size of the input); or, to stop and go on, write `--as parquet` without --layout, which has parts, --resume and `glane merge`"
    )]
    NoParts {
        /// The flag that was given.
        flag: &'static str,
    },
    /// The format does not write the layout.
    #[error(
        "{format} does not hold the layout {layout}: {}",
        wants(layouts, formats)
    )]
    WrongLayout {
        /// Name of the format.
        format: &'static str,
        /// Name of the layout.
        layout: &'static str,
        /// Layouts that the format writes.
        layouts: Vec<&'static str>,
        /// Formats that write the layout.
        formats: Vec<&'static str>,
    },
    /// A name that says one format, beside a flag that says one.
    #[error(
        "--as {format} is for a folder; the name {path} says itself what it is written as: leave --as out, or give a folder"
    )]
    AsOfFile {
        /// Name of the format.
        format: &'static str,
        /// The name.
        path: PathBuf,
    },
    /// Files of the format are compressed inside.
    #[error("{format} is compressed inside already: leave --compress out")]
    CompressedInside {
        /// Name of the format.
        format: &'static str,
    },
    /// The name is that of a file of another kind.
    #[error(
        "{path} is no kind of file that glane writes: give a name that ends in {endings}, or a folder (with `/` at its end)"
    )]
    UnknownKind {
        /// The name.
        path: PathBuf,
        /// Endings of the names of files.
        endings: String,
    },
    /// The file system refused.
    #[error("{path}: {source}{}", remedy(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

/// What can be done about an error of the system, where that is not plain.
fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "; make room there, or write elsewhere, and run again"
        }
        _ => "",
    }
}

/// What can be written instead.
fn wants(layouts: &[&str], formats: &[&str]) -> String {
    let flags = |flag: &str, names: &[&str]| {
        let all: Vec<_> = names.iter().map(|name| format!("{flag} {name}")).collect();
        all.join(" or ")
    };
    let (layouts, formats) = (flags("--layout", layouts), flags("--as", formats));
    format!("choose {layouts}, or a folder with {formats}")
}

impl From<OutputError> for io::Error {
    /// Keeps the kind, by which a reader who has gone away is told from a loss.
    fn from(error: OutputError) -> Self {
        let kind = match &error {
            OutputError::Io { source, .. } | OutputError::Unwritable { source, .. } => {
                source.kind()
            }
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

impl OutputError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    pub(super) fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Unwritable { path, source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_about_a_full_disk_is_said() {
        let said = |kind: io::ErrorKind| OutputError::io(Path::new("out"))(kind.into()).to_string();
        assert!(
            said(io::ErrorKind::StorageFull)
                .ends_with("make room there, or write elsewhere, and run again")
        );
        assert!(!said(io::ErrorKind::BrokenPipe).contains("make room"));
    }
}
