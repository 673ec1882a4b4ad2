//! The texts that earlier runs have read: the first 16 bytes of the SHA-256 of
//! each, sorted, in one file. Among 100 million texts two share these with a
//! probability of 2 in 10²³.

use sha2::{Digest, Sha256};
use std::{fs, io, path::Path};

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
        for wrong in [&b""[..], b"{}", &seen.to_bytes()[..40]] {
            fs::write(&path, wrong).unwrap();
            assert!(Seen::read(&path).is_err());
        }
    }
}
