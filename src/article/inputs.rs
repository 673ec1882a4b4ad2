//! From what the user named to a sorted list of files.

use super::{
    Container,
    formats::{
        name::{Name, take_apart},
        ours::is_ours,
    },
    trouble,
};
use crate::compression::Compression;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

/// One file (or stdin) that holds one article or many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is; `None` is stdin.
    pub path: Option<PathBuf>,
    /// As given on the command line, with `/` between folders; a byte that is no
    /// UTF-8 as `\xE9`, so that two names are never one.
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
    /// Those by their extension in lower case; empty for none.
    pub extensions: BTreeMap<String, usize>,
    /// Files of a folder that hold what glane has written.
    pub records: usize,
    /// Names of files and folders that are in the list already: links, or named
    /// twice.
    pub again: usize,
    /// Links in folders that were not followed, as asked.
    pub links: usize,
}

/// Whether links inside folders are followed; what is named outright always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Links {
    /// They are, and each real file is read once.
    #[default]
    Follow,
    /// They are left aside.
    Leave,
}

/// Lists the files behind `named`: files as they are, folders recursively and
/// sorted, `-` for stdin. Hidden files are skipped, and so is the folder
/// `exclude`, where this run writes. With `format` every file counts as that.
/// Each real file is listed once, under the name that comes first; in folders only
/// regular files are read.
pub fn collect(
    named: &[PathBuf],
    format: Option<&'static Container>,
    exclude: Option<&Path>,
    links: Links,
) -> Inputs {
    let mut walk = Walk {
        format,
        exclude: exclude.and_then(|p| p.canonicalize().ok()),
        links,
        seen: HashSet::new(),
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
    links: Links,
    /// Files and folders that were met, by their real paths.
    seen: HashSet<PathBuf>,
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
            Ok(meta) if meta.is_dir() => self.folder(path, "", true),
            Ok(meta) => {
                let name = path
                    .file_name()
                    .map_or_else(|| slashed(path), |n| shown(n).into_owned());
                let Name {
                    format,
                    compression,
                    ..
                } = take_apart(&name);
                if self.format.or(format).is_none() {
                    self.out.refused.push(Refused::UnknownFormat(slashed(path)));
                } else if self.format.is_none() && is_ours(path, &meta, format, compression) {
                    self.out.refused.push(Refused::Records(slashed(path)));
                } else if meta.is_file() && !self.is_new(path) {
                    self.out.again += 1;
                } else {
                    self.file(path, name.clone(), format, compression, meta.len());
                }
            }
            Err(e) => self.refuse(path, e),
        }
    }

    /// Whether a file or folder was not met before, under any name.
    fn is_new(&mut self, path: &Path) -> bool {
        // What has no real path is said when it is read.
        path.canonicalize().is_ok_and(|real| self.seen.insert(real))
    }

    /// Walks a folder, unless it was walked before: a link may lead back to it, and
    /// links that fan out would multiply what lies below.
    fn folder(&mut self, folder: &Path, prefix: &str, named: bool) {
        let real = match folder.canonicalize() {
            Ok(real) => real,
            Err(e) => return self.refuse(folder, e),
        };
        if self.exclude.as_ref() == Some(&real) && !named {
            return;
        }
        if !self.seen.insert(real.clone()) {
            self.out.again += 1;
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
        for name in names {
            let shown = shown(&name);
            if shown.starts_with('.') {
                continue;
            }
            let path = folder.join(&name);
            let relative = format!("{prefix}{shown}");
            let is_link = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_symlink());
            if is_link && self.links == Links::Leave {
                self.out.links += 1;
                continue;
            }
            match fs::metadata(&path) {
                Ok(meta) if meta.is_dir() => {
                    self.folder(&path, &format!("{relative}/"), false);
                }
                Ok(meta) => {
                    let Name {
                        format,
                        compression,
                        ..
                    } = take_apart(&relative);
                    if self.format.or(format).is_none() {
                        self.out.left_aside += 1;
                        *self.out.extensions.entry(extension(&relative)).or_default() += 1;
                    } else if !meta.is_file() {
                        // It may stall for ever, or have no end.
                        let what = "no regular file (a pipe, a device or a socket): name it \
                                    outright to read it, or leave it out";
                        self.refuse(&path, io::Error::other(what));
                    } else if self.format.is_none() && is_ours(&path, &meta, format, compression) {
                        self.out.records += 1;
                    } else if !(match is_link {
                        true => self.is_new(&path),
                        // Its folder is real, and walked once.
                        false => self.seen.insert(real.join(&name)),
                    }) {
                        self.out.again += 1;
                    } else {
                        self.file(&path, relative.clone(), format, compression, meta.len());
                    }
                }
                Err(e) => self.refuse(&path, e),
            }
        }
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
            source: trouble::explained(source),
        });
    }
}

/// The extension of a file name in lower case, without its full stop.
fn extension(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    extension.to_lowercase()
}

/// A name as text: bytes that are no UTF-8 as `\xE9`.
fn shown(name: &OsStr) -> Cow<'_, str> {
    match name.to_str() {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(escaped(name)),
    }
}

#[cfg(unix)]
fn escaped(name: &OsStr) -> String {
    use std::{fmt::Write, os::unix::ffi::OsStrExt};
    let mut out = String::new();
    for chunk in name.as_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

#[cfg(not(unix))]
fn escaped(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}

/// A path as text with `/` between folders, the same on every system.
fn slashed(path: &Path) -> String {
    let text = shown(path.as_os_str());
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
        let found = collect(&[dir.path().to_owned()], None, None, Links::Follow);
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
        let found = collect(
            &[pdf.clone(), dir.path().join("none.txt")],
            None,
            None,
            Links::Follow,
        );
        assert!(found.files.is_empty());
        assert!(matches!(found.refused[0], Refused::UnknownFormat(_)));
        assert!(matches!(found.refused[1], Refused::Io { .. }));
        let found = collect(&[pdf], Container::named("txt"), None, Links::Follow);
        assert_eq!(found.files[0].format, Container::named("txt"));
    }

    #[cfg(unix)]
    #[test]
    fn each_real_file_is_read_once() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let at = |p: &str| dir.path().join(p);
        fs::create_dir_all(at("a")).unwrap();
        fs::write(at("a/x.txt"), "x").unwrap();
        fs::write(at("z.txt"), "z").unwrap();
        symlink(dir.path(), at("loop")).unwrap();
        symlink("a", at("b")).unwrap();
        symlink("z.txt", at("c.txt")).unwrap();
        // Each of ten folders leads to all others: 10! ways.
        for i in 0..10 {
            fs::create_dir(at(&format!("fan{i}"))).unwrap();
            for j in 0..10 {
                symlink(at(&format!("fan{j}")), at(&format!("fan{i}/to{j}"))).unwrap();
            }
        }
        let names = |inputs: &Inputs| -> Vec<String> {
            inputs.files.iter().map(|f| f.relative.clone()).collect()
        };
        let named = [dir.path().to_owned(), at("a/x.txt")];
        let found = collect(&named, None, None, Links::Follow);
        assert_eq!(names(&found), ["a/x.txt", "c.txt"]);
        // b, z.txt, loop, x.txt by its name, and each link of the fans but the nine
        // by which a folder was reached first.
        assert_eq!(found.again, 4 + 100);
        let found = collect(&named[..1], None, None, Links::Leave);
        assert_eq!(names(&found), ["a/x.txt", "z.txt"]);
        assert_eq!((found.links, found.again), (3 + 100, 0));
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        for name in [&b"\xe9t\xe9.txt"[..], b"\xe8t\xe9.txt"] {
            fs::write(dir.path().join(OsStr::from_bytes(name)), "x").unwrap();
        }
        let found = collect(&[dir.path().to_owned()], None, None, Links::Follow);
        let stems: Vec<_> = found.files.iter().map(Input::stem).collect();
        assert_eq!(stems, ["\\xE8t\\xE9", "\\xE9t\\xE9"]);
        assert!(found.files[1].source.ends_with("/\\xE9t\\xE9.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn only_regular_files_of_a_folder_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("s.jsonl");
        let _kept = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let found = collect(&[dir.path().to_owned()], None, None, Links::Follow);
        assert!(found.files.is_empty());
        let said = found.refused[0].to_string();
        assert!(said.contains("s.jsonl: no regular file"), "{said}");
        // By its name it is what the user wants.
        let found = collect(&[socket], None, None, Links::Follow);
        assert_eq!(found.files.len(), 1);
    }
}
