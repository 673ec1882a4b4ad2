//! Files that are whole or not there: what is written goes to `….partial` in
//! the same folder, which is flushed and renamed at the end, and locked
//! meanwhile against a second run into the same place. The lock is the system's
//! and goes with the process, so that nothing is left behind by one that was
//! killed.

use super::Manifest;
use crate::compression::{self, Compression};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Why nothing can be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// A finished run is there already.
    #[error("{0} exists: choose another place with -o, or replace it with --force")]
    Exists(PathBuf),
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
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

impl OutputError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Unwritable { path, source }
    }
}

/// Where a sink writes: standard output, or files that get their names
/// together. Dropped without [`Place::commit`], it leaves its `.partial` files
/// behind.
#[derive(Debug)]
pub struct Place {
    files: Option<Files>,
}

#[derive(Debug)]
struct Files {
    /// The file that was asked for.
    main: PathBuf,
    compression: &'static Compression,
    manifest: PathBuf,
    force: bool,
    /// Names that were created, not yet given.
    created: Vec<PathBuf>,
}

impl Place {
    /// Standard output, without a manifest.
    pub fn stdout() -> Self {
        Self { files: None }
    }

    /// Makes ready to write `main`, and perhaps other files beside it. Refuses
    /// to replace a finished run unless `force`.
    ///
    /// # Errors
    /// When a finished run is there, or the folder cannot be made.
    pub fn files(
        main: &Path,
        manifest: &Path,
        compression: &'static Compression,
        force: bool,
    ) -> Result<Self, OutputError> {
        let files = Files {
            main: main.to_owned(),
            compression,
            manifest: manifest.to_owned(),
            force,
            created: Vec::new(),
        };
        files.free(main)?;
        let folder = folder(main);
        fs::create_dir_all(folder).map_err(OutputError::unwritable(folder))?;
        Ok(Self { files: Some(files) })
    }

    /// Opens what was asked for: standard output or the main file.
    ///
    /// # Errors
    /// When the file cannot be made, is there, or another run writes it.
    pub fn create_main(&mut self) -> Result<Output, OutputError> {
        match &mut self.files {
            None => Ok(Output {
                path: "standard output".into(),
                writer: Writer::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())),
            }),
            Some(files) => {
                let main = files.main.clone();
                files.create(&main)
            }
        }
    }

    /// Opens a file of this name beside the main one, under the same
    /// compression; `None` on standard output, where there is room for one.
    ///
    /// # Errors
    /// As [`Self::create_main`].
    pub fn create(&mut self, name: &str) -> Result<Option<Output>, OutputError> {
        let Some(files) = &mut self.files else {
            return Ok(None);
        };
        let path = files.main.with_file_name(name);
        files.create(&path).map(Some)
    }

    /// The main file while it is being written.
    pub fn partial(&self) -> Option<PathBuf> {
        let files = self.files.as_ref()?;
        Some(with_suffix(&files.main, PARTIAL))
    }

    /// Gives the files their names, and writes the manifest beside them.
    /// Returns the name of the main one.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn commit(self, manifest: &Manifest) -> Result<Option<PathBuf>, OutputError> {
        let Some(files) = self.files else {
            return Ok(None);
        };
        let temporary = with_suffix(&files.manifest, PARTIAL);
        let mut text = serde_json::to_vec_pretty(manifest)
            .map_err(io::Error::from)
            .map_err(OutputError::io(&temporary))?;
        text.push(b'\n');
        fs::write(&temporary, text).map_err(OutputError::io(&temporary))?;
        // Never new records beside an old manifest: the old one goes first.
        if files.manifest.exists() {
            fs::remove_file(&files.manifest).map_err(OutputError::io(&files.manifest))?;
        }
        for path in &files.created {
            fs::rename(with_suffix(path, PARTIAL), path).map_err(OutputError::io(path))?;
        }
        fs::rename(&temporary, &files.manifest).map_err(OutputError::io(&files.manifest))?;
        Ok(Some(files.main))
    }
}

impl Files {
    /// Refuses what a finished run left at `path`, and what no run leaves.
    fn free(&self, path: &Path) -> Result<(), OutputError> {
        if path.exists() && !path.is_file() {
            return Err(OutputError::NotAFile(path.to_owned()));
        }
        match [path, &self.manifest].into_iter().find(|p| p.exists()) {
            Some(old) if !self.force => Err(OutputError::Exists(old.to_owned())),
            _ => Ok(()),
        }
    }

    fn create(&mut self, path: &Path) -> Result<Output, OutputError> {
        let partial = with_suffix(path, PARTIAL);
        let file = lock(&partial)?;
        // The run that held the lock until now may have finished here.
        if let Err(e) = self.free(path) {
            let _ = fs::remove_file(&partial);
            return Err(e);
        }
        let file = BufWriter::with_capacity(BUFFER, file);
        let writer = (self.compression.encode)(file).map_err(OutputError::io(&partial))?;
        self.created.push(path.to_owned());
        Ok(Output {
            path: partial,
            writer: Writer::File(writer),
        })
    }
}

/// An open file, or standard output.
pub struct Output {
    path: PathBuf,
    writer: Writer,
}

enum Writer {
    Stdout(BufWriter<io::Stdout>),
    File(Box<dyn compression::Encoder>),
}

impl Output {
    /// Ends it, on the disk.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(self) -> Result<(), OutputError> {
        let Self { path, writer } = self;
        let ended = match writer {
            Writer::Stdout(mut out) => out.flush(),
            Writer::File(file) => file
                .finish()
                .and_then(|file| file.into_inner().map_err(io::IntoInnerError::into_error))
                .and_then(|file| file.sync_all()),
        };
        ended.map_err(OutputError::io(&path))
    }
}

impl Write for Output {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::Stdout(w) => w.write(buf),
            Writer::File(w) => w.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Stdout(w) => w.flush(),
            Writer::File(w) => w.flush(),
        }
    }
}

const BUFFER: usize = 1 << 17;
/// Suffix of what is being written.
const PARTIAL: &str = ".partial";

pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p,
        _ => Path::new("."),
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
            .map_err(OutputError::unwritable(path))?;
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
