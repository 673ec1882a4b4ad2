//! The encoder: a pre-trained BERT network with a head for names, in whole
//! numbers and without any library.
//!
//! ```text
//! text ─► pieces with bytes ─► windows ─► network ─► labels of pieces ─►
//! probabilities of our tokens
//! ```
//!
//! It reads windows, never the article: [`accurate`](super::accurate) joins it
//! with the tagger that does. `models/encoder-fr/README.md` says where the
//! weights come from.

pub mod file;
pub mod kernels;
pub mod network;
mod normal;
pub mod pack;
pub mod pieces;
mod plan;
#[cfg(test)]
mod tests;

pub use file::FileError;
pub use network::Row;

use super::{
    ModelInfo,
    bert::{windows::Window, words},
};
use crate::{digest::hex, text::Analysis};
use kernels::Isa;
use network::Space;
use pieces::Piece;
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// The default weights, part of the binary.
#[cfg(encoder_weights)]
const EMBEDDED: &[u8] = include_bytes!("../../../models/encoder-fr/encoder-fr.glane");

/// Pieces computed together: a layer's weights are read once for all of them.
const BATCH: usize = 256;

/// Why there is no encoder.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file itself.
    #[error("{path}: cannot read the encoder's weights: {source}", path = .path.display())]
    Io {
        /// Where it was looked for.
        path: PathBuf,
        /// Why it cannot be read.
        source: io::Error,
    },
    /// The content of a file.
    #[error("{path}: {source}", path = .path.display())]
    In {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: FileError,
    },
    /// The content of the embedded weights.
    #[error(transparent)]
    File(#[from] FileError),
    /// A program without weights.
    #[error(
        "this glane was built without the encoder's weights (38 MB): name their file with --encoder \
         (in Python `encoder=`), models/encoder-fr/encoder-fr.glane of the repository, or build \
         glane from the repository with the feature `encoder` (on by default)"
    )]
    NotEmbedded,
}

/// A pre-trained network that gives every token probabilities of its labels.
pub struct Encoder {
    weights: file::Weights<'static>,
    isa: Isa,
    info: ModelInfo,
    spaces: Mutex<Vec<Space>>,
}

/// The encoder over the embedded weights.
///
/// # Errors
/// When the program was built without them, or around damaged ones.
pub fn embedded() -> Result<Arc<Encoder>, LoadError> {
    embedded_on(Isa::best())
}

/// The same on a chosen version of the kernels.
///
/// # Errors
/// As [`embedded`].
pub fn embedded_on(isa: Isa) -> Result<Arc<Encoder>, LoadError> {
    #[cfg(encoder_weights)]
    return Ok(Arc::new(Encoder::new(EMBEDDED)?.with_kernels(isa)));
    #[cfg(not(encoder_weights))]
    {
        let _ = isa;
        Err(LoadError::NotEmbedded)
    }
}

/// The encoder over a file of weights.
///
/// # Errors
/// When the file cannot be read, or holds no weights for this version.
pub fn load(path: &Path) -> Result<Arc<Encoder>, LoadError> {
    // Read once and kept: an encoder lives as long as the program.
    let bytes: &'static [u8] = fs::read(path)
        .map_err(|source| LoadError::Io {
            path: path.to_owned(),
            source,
        })?
        .leak();
    let encoder = Encoder::new(bytes).map_err(|source| LoadError::In {
        path: path.to_owned(),
        source,
    })?;
    Ok(Arc::new(encoder))
}

impl Encoder {
    /// The encoder over weights.
    ///
    /// # Errors
    /// As [`file::read`].
    pub fn new(bytes: &'static [u8]) -> Result<Self, FileError> {
        let weights = file::read(bytes)?;
        Ok(Self {
            info: ModelInfo {
                name: weights.name.to_owned(),
                sha256: hex(&Sha256::digest(bytes)),
            },
            weights,
            isa: Isa::best(),
            spaces: Mutex::default(),
        })
    }

    /// The same on another version of the kernels.
    #[must_use]
    pub fn with_kernels(self, isa: Isa) -> Self {
        Self { isa, ..self }
    }

    /// The weights behind it.
    pub fn model(&self) -> ModelInfo {
        self.info.clone()
    }

    /// The pieces of a text.
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        self.weights.vocabulary.cut(text)
    }

    /// Probabilities of the labels of each token in the sentences that are
    /// `wanted`: those of the first piece that shares a byte with it. `None`
    /// where there is no piece (a soft hyphen, say), and in sentences that were
    /// not read.
    pub fn read(
        &self,
        text: &str,
        analysis: &Analysis,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<Option<Row>> {
        let pieces = self.pieces(text);
        let ends: Vec<u32> = pieces.iter().map(|p| p.end).collect();
        let starts: Vec<u32> = analysis
            .sentences
            .iter()
            .map(|s| analysis.tokens[s.start as usize].start)
            .collect();
        let windows = plan::windows(&ends, &starts, wanted, self.window());
        let rows = self.rows(&pieces, &windows);
        let spans: Vec<(u32, u32)> = pieces.iter().map(|p| (p.start, p.end)).collect();
        words::first_pieces(&spans, &analysis.tokens)
            .into_iter()
            .map(|piece| rows[piece?])
            .collect()
    }

    /// Pieces of text in the longest window.
    fn window(&self) -> usize {
        self.weights.network.sizes.positions - 2
    }

    /// Probabilities of the labels of each piece that a window owns.
    fn rows(&self, pieces: &[Piece], windows: &[Window]) -> Vec<Option<Row>> {
        let sizes = &self.weights.network.sizes;
        let pooled = self.spaces.lock().ok().and_then(|mut s| s.pop());
        let mut space = pooled.unwrap_or_default();
        let mut out = vec![None; pieces.len()];
        let mut ids: Vec<u32> = Vec::new();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut batch: Vec<&Window> = Vec::new();
        let mut left = windows.iter().peekable();
        while let Some(window) = left.next() {
            let start = ids.len();
            ids.push(sizes.first);
            ids.extend(pieces[window.pieces.clone()].iter().map(|p| p.id));
            ids.push(sizes.last);
            ranges.push(start..ids.len());
            batch.push(window);
            let full = left
                .peek()
                .is_none_or(|next| ids.len() + next.pieces.len() + 2 > BATCH);
            if !full {
                continue;
            }
            let logits = self
                .weights
                .network
                .run(self.isa, &ids, &ranges, &mut space);
            for (window, range) in batch.drain(..).zip(ranges.drain(..)) {
                for piece in window.owned.clone() {
                    let row = range.start + 1 + piece - window.pieces.start;
                    out[piece] = Some(network::softmax(&logits[row]));
                }
            }
            ids.clear();
        }
        if let Ok(mut spaces) = self.spaces.lock() {
            spaces.push(space);
        }
        out
    }
}
