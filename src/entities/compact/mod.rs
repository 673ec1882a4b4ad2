//! The embedded engine: a conditional random field over hashed features, in
//! two passes, the second of which sees the whole article.

mod consistency;
pub mod crf;
pub mod document;
pub mod features;
mod guide;
pub mod hash;
pub mod lexicon;
pub mod model;
pub mod reading;
pub mod skim;
pub mod table;
mod tagger;
mod truecase;
pub mod weights;
pub mod word;

pub use consistency::Span;
pub use model::{Model, ModelError};
pub use tagger::Compact;

use self::weights::LINE;
use crate::digest::hex;
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Bytes that begin on a border of a line of the cache, as the weights in them want it.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

/// The default model, part of the binary.
static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!(
    "../../../models/compact-fr/compact-fr.glane"
));

/// Why a model file could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file itself.
    #[error("{path}: cannot read the model: {source}", path = .path.display())]
    Io {
        /// Where it was looked for.
        path: PathBuf,
        /// Why it cannot be read.
        source: io::Error,
    },
    /// The content of a file.
    #[error("{path}: {source}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: ModelError,
    },
    /// The content of the embedded model.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// A tagger over the embedded model.
///
/// # Errors
/// When the binary was built around a damaged model file.
pub fn embedded() -> Result<Arc<Compact>, ModelError> {
    tagger(&EMBEDDED.0)
}

/// A tagger over a model file that `glane train` wrote.
///
/// # Errors
/// When the file cannot be read, or is no model for this version.
pub fn load(path: &Path) -> Result<Arc<Compact>, LoadError> {
    // Read once and kept: a tagger lives as long as the program.
    let bytes = aligned(path).map_err(|source| LoadError::Io {
        path: path.to_owned(),
        source,
    })?;
    tagger(bytes).map_err(|source| LoadError::File {
        path: path.to_owned(),
        source,
    })
}

/// The bytes of a file, on a border of a line.
fn aligned(path: &Path) -> io::Result<&'static [u8]> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len() as usize;
    let mut bytes: Vec<u8> = Vec::with_capacity(length + 2 * LINE);
    let before = bytes.as_ptr().align_offset(LINE).min(LINE);
    bytes.resize(before, 0);
    file.read_to_end(&mut bytes)?;
    Ok(&bytes.leak()[before..])
}

fn tagger(bytes: &'static [u8]) -> Result<Arc<Compact>, ModelError> {
    let model = Model::read(bytes)?;
    Ok(Arc::new(Compact::new(model, hex(&Sha256::digest(bytes)))))
}
