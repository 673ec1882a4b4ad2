//! The texts that earlier runs have read: the first 16 bytes of the SHA-256 of
//! each, sorted, in one file. Among 100 million texts two share these with a
//! probability of 2 in 10²³.

use crate::output::{self, OutputError};
use sha2::{Digest, Sha256};
use std::{fs, fs::File, io, path::Path};

/// First bytes of the file.
const MAGIC: &[u8; 16] = b"glane seen 1\n\0\0\0";
const DIGEST: usize = 16;

/// A set of texts.
#[derive(Debug, Clone, Default)]
pub struct Seen(Vec<[u8; DIGEST]>);

/// Why the set cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeenError {
    /// It is not what this program writes.
    #[error(
        "{0} is no set of texts that glane has seen: give another file, or a name that is free"
    )]
    Other(String),
    /// The file system refused.
    #[error("{0}: {1}")]
    Io(String, io::Error),
    /// It cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// What stands for a text in the set.
pub(super) fn key(text: &str) -> [u8; DIGEST] {
    let mut key = [0; DIGEST];
    key.copy_from_slice(&Sha256::digest(text)[..DIGEST]);
    key
}

impl Seen {
    /// Reads the set; one that is not there is empty.
    ///
    /// # Errors
    /// When the file cannot be read, or is another kind of file.
    pub fn read(path: &Path) -> Result<Self, SeenError> {
        let shown = path.display().to_string();
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(SeenError::Io(shown, e)),
        };
        let keys = bytes.strip_prefix(MAGIC).filter(|k| k.len() % DIGEST == 0);
        let Some(keys) = keys else {
            return Err(SeenError::Other(shown));
        };
        let mut set: Vec<[u8; DIGEST]> = Vec::with_capacity(keys.len() / DIGEST);
        for chunk in keys.chunks_exact(DIGEST) {
            let mut key = [0; DIGEST];
            key.copy_from_slice(chunk);
            if set.last().is_some_and(|last| *last >= key) {
                return Err(SeenError::Other(shown));
            }
            set.push(key);
        }
        Ok(Self(set))
    }

    /// Reads the set that a run is to replace at its end; one that is not there is
    /// made, so that it is seen now whether it can be.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is another kind of file.
    pub fn open(path: &Path) -> Result<Self, SeenError> {
        Self::hold(path).map(|(_, seen)| seen)
    }

    /// Adds the texts of a run, also to what other runs have added meanwhile, and
    /// replaces the file as a whole; `before` hears the SHA-256 that it is to have.
    ///
    /// # Errors
    /// Those of [`Self::open`] and of `before`.
    pub fn join(
        path: &Path,
        keys: Vec<[u8; DIGEST]>,
        before: impl FnOnce(&str) -> Result<(), OutputError>,
    ) -> Result<Self, SeenError> {
        let (_held, mut seen) = Self::hold(path)?;
        seen.add(keys);
        before(&seen.sha256())?;
        output::write_whole(path, &seen.to_bytes())?;
        Ok(seen)
    }

    /// The set, and the lock on its file.
    fn hold(path: &Path) -> Result<(File, Self), SeenError> {
        let file = output::lock_in_turn(path)?;
        let length = file.metadata().map(|meta| meta.len());
        if length.map_err(|e| SeenError::Io(path.display().to_string(), e))? == 0 {
            output::write_whole(path, &Self::default().to_bytes())?;
            // The lock was on the file that is replaced.
            drop(file);
            return Self::hold(path);
        }
        let seen = Self::read(path)?;
        Ok((file, seen))
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        self.0.iter().for_each(|key| out.extend(key));
        out
    }

    /// SHA-256 of the set: what a run that leaves out its texts depends on.
    pub fn sha256(&self) -> String {
        crate::digest::hex(&Sha256::digest(self.to_bytes()))
    }

    /// Whether a text is in the set.
    pub fn has(&self, key: &[u8; DIGEST]) -> bool {
        self.0.binary_search(key).is_ok()
    }

    /// Adds texts.
    pub fn add(&mut self, mut keys: Vec<[u8; DIGEST]>) {
        self.0.append(&mut keys);
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// How many texts it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("seen");
        let mut seen = Seen::read(&path).unwrap();
        seen.add(vec![key("b"), key("a"), key("b")]);
        assert_eq!(seen.len(), 2);
        fs::write(&path, seen.to_bytes()).unwrap();
        let again = Seen::read(&path).unwrap();
        assert!(again.has(&key("a")) && again.has(&key("b")) && !again.has(&key("c")));
        // What another run has added meanwhile stays.
        let mine = Seen::open(&path).unwrap();
        Seen::join(&path, vec![key("theirs")], |_| Ok(())).unwrap();
        let mut told = String::new();
        let joined = Seen::join(&path, vec![key("mine")], |sha256| {
            told = sha256.to_owned();
            Ok(())
        });
        let joined = joined.unwrap();
        assert_eq!((mine.len(), joined.len()), (2, 4));
        assert_eq!(Seen::read(&path).unwrap().sha256(), told);
        assert!(Seen::open(&dir.path().join("no/such/set")).is_err());
        assert!(Seen::open(&dir.path().join("new")).unwrap().is_empty());
        for wrong in [&b""[..], b"{}", &seen.to_bytes()[..40]] {
            fs::write(&path, wrong).unwrap();
            assert!(Seen::read(&path).is_err());
        }
    }
}
