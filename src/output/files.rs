//! Files that are whole or not there: what is written goes to `….partial` in
//! the same folder, is synced, and then renamed; the folder is synced too, so that
//! a name that was seen is there after a crash of the machine.

use super::OutputError;
use crate::digest::hex;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// Suffix of what is being written.
pub(crate) const PARTIAL: &str = ".partial";

/// A file of a run, as it lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Written {
    /// Its name, beside the manifest: no path.
    #[serde(deserialize_with = "plain_name")]
    pub file: String,
    /// Its size in bytes, compressed where it is compressed.
    pub bytes: u64,
    /// SHA-256 of those bytes in lower-case hex.
    pub sha256: String,
}

/// What stands behind the stem of a name: `.csv.gz`.
pub(super) fn ending(path: &Path) -> String {
    let name = name(path);
    name.find('.')
        .map_or(String::new(), |at| name[at..].to_owned())
}

/// Refuses what leads out of the folder: what a manifest or a journal names is removed
/// with `--force`.
fn plain_name<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = String::deserialize(from)?;
    match is_plain(&name) {
        true => Ok(name),
        false => Err(D::Error::custom(format!("{name}: no name of a file"))),
    }
}

/// Whether it is the name of a file in a folder, and not a path.
pub(super) fn is_plain(name: &str) -> bool {
    let mut components = Path::new(name).components();
    let first = components.next();
    matches!(first, Some(Component::Normal(n)) if n == name) && components.next().is_none()
}

impl Written {
    /// Reads a file to its end.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn of(path: &Path) -> io::Result<Self> {
        let (mut file, mut tap) = (File::open(path)?, Tap::default());
        let mut buffer = vec![0; 1 << 17];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => return Ok(tap.written(path)),
                Ok(n) => tap.update(&buffer[..n]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}

/// Size and digest of what went by.
#[derive(Debug, Clone, Default)]
pub(super) struct Tap {
    bytes: u64,
    sha256: Sha256,
}

impl Tap {
    fn update(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.sha256.update(bytes);
    }

    fn written(&self, path: &Path) -> Written {
        Written {
            file: name(path),
            bytes: self.bytes,
            sha256: hex(&self.sha256.clone().finalize()),
        }
    }
}

/// A file whose size and digest are kept while it is written.
pub(super) struct Digested {
    file: File,
    tap: Arc<Mutex<Tap>>,
}

/// The other end of a [`Digested`] file.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    file: Arc<File>,
    tap: Arc<Mutex<Tap>>,
}

impl Digested {
    /// Makes an empty file.
    pub fn create(path: &Path) -> io::Result<(Self, Handle)> {
        let file = File::create(path)?;
        let tap = Arc::default();
        let handle = Handle {
            file: Arc::new(file.try_clone()?),
            tap: Arc::clone(&tap),
        };
        Ok((Self { file, tap }, handle))
    }
}

impl Handle {
    /// Puts what was written on the disk.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Whether the file is still at `path`: a folder can be removed under a run.
    pub fn is_at(&self, path: &Path) -> bool {
        is_at(&self.file, path)
    }

    /// What was written, of the file that is to be called `path`.
    pub fn written(&self, path: &Path) -> Written {
        let tap = self.tap.lock().unwrap_or_else(PoisonError::into_inner);
        tap.written(path)
    }
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        let mut tap = self.tap.lock().unwrap_or_else(PoisonError::into_inner);
        tap.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a small file as a whole: it has its old contents or the new ones.
///
/// # Errors
/// Those of the file system.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let temporary = with_suffix(path, PARTIAL);
    let written = File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(OutputError::io(&temporary))?;
    rename(&temporary, path)
}

/// Gives a file its name, on the disk.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), OutputError> {
    fs::rename(from, to)
        .and_then(|()| sync_folder(folder(to)))
        .map_err(OutputError::io(to))
}

/// As [`rename`], but nothing is replaced.
pub(super) fn publish(from: &Path, to: &Path) -> Result<(), OutputError> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(OutputError::InTheWay(to.to_owned())),
        Err(_) => rename(from, to),
    }
}

/// Removes a file that may be there.
pub(super) fn remove(path: &Path) -> Result<(), OutputError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(OutputError::io(path)(e)),
        _ => Ok(()),
    }
}

/// Puts the names in a folder on the disk.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // A file system that has nothing to sync says so.
        Err(e)
            if matches!(
                e.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

/// Elsewhere a folder cannot be opened.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The folder that a file lies in.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p,
        _ => Path::new("."),
    }
}

/// The name of a file in its folder.
pub(super) fn name(path: &Path) -> String {
    path.file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// `path` with more behind its name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Opens `path` for this run alone, as it is. The lock is the system's and goes
/// with the process, so that nothing is left behind by one that was killed.
pub(super) fn lock(path: &Path) -> Result<File, OutputError> {
    locked(path, File::try_lock)
}

/// The same, when others that have it are done.
pub(crate) fn lock_in_turn(path: &Path) -> Result<File, OutputError> {
    locked(path, |file| file.lock().map_err(TryLockError::Error))
}

fn locked(path: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> Result<File, OutputError> {
    loop {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(OutputError::unwritable(path))?;
        match lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy(path.to_owned())),
            // A file system without locks is used as it is.
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(OutputError::io(path)(e)),
        }
        // Between the two calls the other run may have ended and removed it.
        if is_at(&file, path) {
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
