//! From what the user named to a sorted list of files.

use super::{
    Container,
    name::{Name, take_apart},
    stream::Stream,
};
use crate::compression::Compression;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// One file (or stdin) that holds one article or many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is; `None` is stdin.
    pub path: Option<PathBuf>,
    /// As given on the command line, with `/` between folders.
    pub source: String,
    /// Path below the folder that was named, or the bare file name.
    pub relative: String,
    /// `None` where only the content can tell (stdin).
    pub format: Option<&'static Container>,
    /// `None` where only the content can tell (stdin).
    pub compression: Option<&'static Compression>,
    /// Size on disk in bytes, 0 when unknown.
    pub bytes: u64,
}

impl Input {
    /// [`Self::relative`] without the extensions that name a format.
    pub fn stem(&self) -> &str {
        take_apart(&self.relative).stem
    }
}

/// A file or folder that cannot be used, and why.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It cannot be opened or listed.
    #[error("{path}: {source}")]
    Io {
        /// As given on the command line.
        path: String,
        /// The reason.
        source: io::Error,
    },
    /// A file named outright has an extension that says nothing.
    #[error("{0}: unknown extension; say what it holds with --format {names}", names = Container::names("|"))]
    UnknownFormat(String),
    /// A file named outright holds what glane has written.
    #[error("{0}: records of glane, no articles; name the files that they were made from")]
    Records(String),
}

/// What [`collect`] found.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Files to read, in the order given, folders sorted by name.
    pub files: Vec<Input>,
    /// What could not be used.
    pub refused: Vec<Refused>,
    /// Files of a folder whose extension glane does not read.
    pub left_aside: usize,
    /// Files of a folder that hold what glane has written.
    pub records: usize,
}

/// Lists the files behind `named`: files as they are, folders recursively and
/// sorted, `-` for stdin. Hidden files are skipped, and so is the folder
/// `exclude`, where this run writes. With `format` every file counts as that.
pub fn collect(
    named: &[PathBuf],
    format: Option<&'static Container>,
    exclude: Option<&Path>,
) -> Inputs {
    let mut walk = Walk {
        format,
        exclude: exclude.and_then(|p| p.canonicalize().ok()),
        out: Inputs::default(),
    };
    for path in named {
        walk.named(path);
    }
    walk.out
}

struct Walk {
    format: Option<&'static Container>,
    exclude: Option<PathBuf>,
    out: Inputs,
}

impl Walk {
    fn named(&mut self, path: &Path) {
        if path == Path::new("-") {
            self.out.files.push(Input {
                path: None,
                source: "-".to_owned(),
                relative: "stdin".to_owned(),
                format: self.format,
                compression: None,
                bytes: 0,
            });
            return;
        }
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path, "", &mut Vec::new()),
            Ok(meta) => {
                let name = path
                    .file_name()
                    .map_or_else(|| slashed(path), |n| n.to_string_lossy().into_owned());
                let Name {
                    format,
                    compression,
                    ..
                } = take_apart(&name);
                if self.format.or(format).is_none() {
                    self.out.refused.push(Refused::UnknownFormat(slashed(path)));
                } else if self.format.is_none() && is_ours(path, &meta, format, compression) {
                    self.out.refused.push(Refused::Records(slashed(path)));
                } else {
                    self.file(path, name.clone(), format, compression, meta.len());
                }
            }
            Err(e) => self.refuse(path, e),
        }
    }

    /// `above` holds the canonical paths of the folders being walked: a link
    /// that leads back to one of them is not followed again.
    fn folder(&mut self, folder: &Path, prefix: &str, above: &mut Vec<PathBuf>) {
        let real = match folder.canonicalize() {
            Ok(real) => real,
            Err(e) => return self.refuse(folder, e),
        };
        if above.contains(&real) || (self.exclude.as_ref() == Some(&real) && !above.is_empty()) {
            return;
        }
        let mut names = Vec::new();
        match fs::read_dir(folder) {
            Ok(entries) => {
                for entry in entries {
                    match entry {
                        Ok(entry) => names.push(entry.file_name()),
                        Err(e) => self.refuse(folder, e),
                    }
                }
            }
            Err(e) => return self.refuse(folder, e),
        }
        names.sort();
        above.push(real);
        for name in names {
            let shown = name.to_string_lossy();
            if shown.starts_with('.') {
                continue;
            }
            let path = folder.join(&name);
            let relative = format!("{prefix}{shown}");
            match fs::metadata(&path) {
                Ok(meta) if meta.is_dir() => {
                    self.folder(&path, &format!("{relative}/"), above);
                }
                Ok(meta) => {
                    let Name {
                        format,
                        compression,
                        ..
                    } = take_apart(&relative);
                    if self.format.or(format).is_none() {
                        self.out.left_aside += 1;
                    } else if is_ours(&path, &meta, format, compression) {
                        self.out.records += 1;
                    } else {
                        self.file(&path, relative.clone(), format, compression, meta.len());
                    }
                }
                Err(e) => self.refuse(&path, e),
            }
        }
        above.pop();
    }

    fn file(
        &mut self,
        path: &Path,
        relative: String,
        format: Option<&'static Container>,
        compression: &'static Compression,
        bytes: u64,
    ) {
        self.out.files.push(Input {
            path: Some(path.to_owned()),
            source: slashed(path),
            relative,
            format: self.format.or(format),
            compression: Some(compression),
            bytes,
        });
    }

    fn refuse(&mut self, path: &Path, source: io::Error) {
        self.out.refused.push(Refused::Io {
            path: slashed(path),
            source,
        });
    }
}

/// Whether a file holds records, rows, errors, the journal or the manifest of an
/// earlier run.
fn is_ours(
    path: &Path,
    meta: &fs::Metadata,
    format: Option<&'static Container>,
    compression: &'static Compression,
) -> bool {
    if !meta.is_file() || !format.is_some_and(|f| f.name.starts_with("json")) {
        return false;
    }
    // What cannot be read is said when it is.
    let stream = fs::File::open(path)
        .and_then(|file| (compression.decode)(Box::new(io::BufReader::new(file))))
        .and_then(Stream::new);
    stream.is_ok_and(|stream| is_output(stream.head()))
}

/// The first bytes of what glane writes.
fn is_output(head: &[u8]) -> bool {
    let has = |part: &str| memchr::memmem::find(head, part.as_bytes()).is_some();
    head.starts_with(b"{\"schema\":\"glane/")
        || head.starts_with(b"{\n  \"schema\": \"glane/")
        || head.starts_with(b"{\"id\":") && has("\"uid\":") && has("\"stage\":")
        || head.starts_with(b"{\"id\":") && has("\"uid\":") && has("\"byte_start\":")
        || head.starts_with(b"{\n") && has("\"schema\": \"glane/") && has("\"counts\":")
}

/// A path as text with `/` between folders, the same on every system.
fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compression;

    #[test]
    fn folders_are_walked_sorted_and_hidden_files_left() {
        let dir = tempfile::tempdir().unwrap();
        let at = |p: &str| dir.path().join(p);
        fs::create_dir_all(at("b/c")).unwrap();
        for p in [
            "z.txt",
            "b/c/x.jsonl.gz",
            "b/a.md",
            ".secret.txt",
            "b/p.pdf",
        ] {
            fs::write(at(p), "x").unwrap();
        }
        let found = collect(&[dir.path().to_owned()], None, None);
        let names: Vec<_> = found.files.iter().map(|f| f.relative.as_str()).collect();
        assert_eq!(names, ["b/a.md", "b/c/x.jsonl.gz", "z.txt"]);
        assert_eq!(found.files[1].stem(), "b/c/x");
        assert_eq!(found.files[1].compression, Some(&compression::GZIP));
        assert_eq!(found.left_aside, 1);
        assert!(found.refused.is_empty());
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let pdf = dir.path().join("a.pdf");
        fs::write(&pdf, "x").unwrap();
        let found = collect(&[pdf.clone(), dir.path().join("none.txt")], None, None);
        assert!(found.files.is_empty());
        assert!(matches!(found.refused[0], Refused::UnknownFormat(_)));
        assert!(matches!(found.refused[1], Refused::Io { .. }));
        let found = collect(&[pdf], Container::named("txt"), None);
        assert_eq!(found.files[0].format, Container::named("txt"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_ends() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        let found = collect(&[dir.path().to_owned()], None, None);
        assert_eq!(found.files.len(), 1);
    }
}
