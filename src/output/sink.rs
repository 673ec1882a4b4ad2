//! Files that are whole or not there: records go to `….partial` in the same
//! folder, which is flushed and renamed at the end, and locked meanwhile
//! against a second run into the same place. The lock is the system's and goes
//! with the process, so that nothing is left behind by one that was killed.

use super::{Layout, Manifest};
use crate::article::Compression;
use flate2::write::GzEncoder;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Why nothing can be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A finished run is there already.
    #[error("{0} exists: choose another place with -o, or replace it with --force")]
    Exists(PathBuf),
    /// Another run writes there.
    #[error("{0} is being written by another run: wait for it, or choose another place with -o")]
    Busy(PathBuf),
    /// A file stands where a folder is wanted.
    #[error("{0} is a file: give a folder, or a name that ends in .jsonl, .jsonl.gz or .jsonl.zst")]
    NotAFolder(PathBuf),
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

impl OutputError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// Where a run writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Standard output, without a manifest.
    Stdout,
    /// A file of records and, beside it, the manifest.
    Files {
        /// The records.
        records: PathBuf,
        /// The manifest.
        manifest: PathBuf,
        /// How the records are compressed.
        compression: Compression,
    },
}

impl Destination {
    /// Reads `-o`: `-` is standard output, a name that ends in `.jsonl` or
    /// `.ndjson` (and perhaps `.gz` or `.zst`) is a file, all else a folder.
    pub fn from_arg(out: &Path, layout: Layout) -> Self {
        if out == Path::new("-") {
            return Self::Stdout;
        }
        let name = out
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let lower = name.to_ascii_lowercase();
        let (plain, compression) = if let Some(plain) = lower.strip_suffix(".gz") {
            (plain, Compression::Gzip)
        } else if let Some(plain) = lower.strip_suffix(".zst") {
            (plain, Compression::Zstd)
        } else {
            (lower.as_str(), Compression::None)
        };
        if plain.ends_with(".jsonl") || plain.ends_with(".ndjson") {
            Self::Files {
                records: out.to_owned(),
                manifest: out.with_file_name(format!("{name}.manifest.json")),
                compression,
            }
        } else {
            Self::Files {
                records: out.join(layout.file_name()),
                manifest: out.join("manifest.json"),
                compression: Compression::None,
            }
        }
    }

    /// Makes ready to write; refuses to replace a finished run unless `force`.
    pub fn open(&self, force: bool) -> Result<Sink, OutputError> {
        let Self::Files {
            records,
            manifest,
            compression,
        } = self
        else {
            return Ok(Sink {
                writer: Writer::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())),
                files: None,
            });
        };
        let free = || match [records, manifest].into_iter().find(|p| p.exists()) {
            Some(old) if !force => Err(OutputError::Exists(old.clone())),
            _ => Ok(()),
        };
        free()?;
        let folder = match records.parent() {
            Some(p) if !p.as_os_str().is_empty() => p,
            _ => Path::new("."),
        };
        if folder.is_file() {
            return Err(OutputError::NotAFolder(folder.to_owned()));
        }
        fs::create_dir_all(folder).map_err(OutputError::io(folder))?;
        let partial = with_suffix(records, ".partial");
        let file = lock(&partial)?;
        // The run that held the lock until now may have finished here.
        if let Err(e) = free() {
            let _ = fs::remove_file(&partial);
            return Err(e);
        }
        let file = BufWriter::with_capacity(BUFFER, file);
        let writer = match compression {
            Compression::None => Writer::Plain(file),
            Compression::Gzip => Writer::Gzip(GzEncoder::new(file, flate2::Compression::default())),
            Compression::Zstd => {
                Writer::Zstd(zstd::Encoder::new(file, 3).map_err(OutputError::io(&partial))?)
            }
        };
        Ok(Sink {
            writer,
            files: Some(Files {
                partial,
                records: records.clone(),
                manifest: manifest.clone(),
            }),
        })
    }
}

/// Opens `path` for this run alone, empty.
fn lock(path: &Path) -> Result<File, OutputError> {
    loop {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(OutputError::io(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy(path.to_owned())),
            // A file system without locks is used as it is.
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(OutputError::io(path)(e)),
        }
        // Between the two calls the other run may have given the file its name:
        // then these are its records.
        if is_at(&file, path) {
            file.set_len(0).map_err(OutputError::io(path))?;
            return Ok(file);
        }
    }
}

/// Whether the open file is still the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// Whether the open file is still the one at `path`: elsewhere an open file is
/// not renamed.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

const BUFFER: usize = 1 << 17;

enum Writer {
    Stdout(BufWriter<io::Stdout>),
    Plain(BufWriter<File>),
    Gzip(GzEncoder<BufWriter<File>>),
    Zstd(zstd::Encoder<'static, BufWriter<File>>),
}

struct Files {
    partial: PathBuf,
    records: PathBuf,
    manifest: PathBuf,
}

/// An open destination. Dropped without [`Sink::commit`], it leaves the
/// `.partial` file behind.
pub struct Sink {
    writer: Writer,
    files: Option<Files>,
}

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::Stdout(w) => w.write(buf),
            Writer::Plain(w) => w.write(buf),
            Writer::Gzip(w) => w.write(buf),
            Writer::Zstd(w) => w.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Stdout(w) => w.flush(),
            Writer::Plain(w) => w.flush(),
            Writer::Gzip(w) => w.flush(),
            Writer::Zstd(w) => w.flush(),
        }
    }
}

impl Sink {
    /// The file that is being written, until [`Self::commit`].
    pub fn partial(&self) -> Option<&Path> {
        self.files.as_ref().map(|f| f.partial.as_path())
    }

    /// Ends the file where it is, readable, under its `.partial` name.
    pub fn abandon(self) -> Result<Option<PathBuf>, OutputError> {
        let Some(files) = self.files else {
            return Ok(None);
        };
        finish(self.writer).map_err(OutputError::io(&files.partial))?;
        Ok(Some(files.partial))
    }

    /// Ends the file, gives it its name, and writes the manifest beside it.
    /// Returns the name.
    pub fn commit(self, manifest: &Manifest) -> Result<Option<PathBuf>, OutputError> {
        let Some(files) = self.files else {
            finish(self.writer).map_err(OutputError::io(Path::new("standard output")))?;
            return Ok(None);
        };
        finish(self.writer).map_err(OutputError::io(&files.partial))?;
        let temporary = with_suffix(&files.manifest, ".partial");
        let mut text = serde_json::to_vec_pretty(manifest)
            .map_err(io::Error::from)
            .map_err(OutputError::io(&temporary))?;
        text.push(b'\n');
        fs::write(&temporary, text).map_err(OutputError::io(&temporary))?;
        // Never new records beside an old manifest: the old one goes first.
        if files.manifest.exists() {
            fs::remove_file(&files.manifest).map_err(OutputError::io(&files.manifest))?;
        }
        fs::rename(&files.partial, &files.records).map_err(OutputError::io(&files.records))?;
        fs::rename(&temporary, &files.manifest).map_err(OutputError::io(&files.manifest))?;
        Ok(Some(files.records))
    }
}

fn finish(writer: Writer) -> io::Result<()> {
    let file = match writer {
        Writer::Stdout(mut w) => return w.flush(),
        Writer::Plain(w) => w,
        Writer::Gzip(w) => w.finish()?,
        Writer::Zstd(w) => w.finish()?,
    };
    file.into_inner()
        .map_err(io::IntoInnerError::into_error)?
        .sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations() {
        let files = |r: &str, m: &str, compression| Destination::Files {
            records: r.into(),
            manifest: m.into(),
            compression,
        };
        for (arg, layout, expected) in [
            ("-", Layout::Articles, Destination::Stdout),
            (
                "out",
                Layout::Articles,
                files("out/records.jsonl", "out/manifest.json", Compression::None),
            ),
            (
                "out/",
                Layout::Mentions,
                files("out/mentions.jsonl", "out/manifest.json", Compression::None),
            ),
            (
                "a/b.jsonl.zst",
                Layout::Articles,
                files(
                    "a/b.jsonl.zst",
                    "a/b.jsonl.zst.manifest.json",
                    Compression::Zstd,
                ),
            ),
            (
                "b.NDJSON.gz",
                Layout::Articles,
                files(
                    "b.NDJSON.gz",
                    "b.NDJSON.gz.manifest.json",
                    Compression::Gzip,
                ),
            ),
        ] {
            assert_eq!(
                Destination::from_arg(Path::new(arg), layout),
                expected,
                "{arg}"
            );
        }
    }
}
