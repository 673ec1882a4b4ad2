//! The weight file, read where it lies.
//!
//! Layout (little-endian): magic, version, checksum of all that follows, name,
//! sizes, then the vocabulary, the embeddings, the layers and the head, in the
//! order of [`Network`]'s fields. Maps are packed as
//! [`Matrix`](super::kernels::Matrix) says, so that nothing is copied but what
//! is in `f32` (1 MB).

use super::{
    kernels::BLOCK,
    network::{HEAD, LABELS, Layer, Linear, Network, Norm, Sizes},
    pieces::Vocabulary,
};
use crate::entities::compact::hash;

/// First bytes of every weight file.
pub const MAGIC: &[u8; 8] = b"GLANEENC";

/// Version of the layout.
pub const VERSION: u32 = 1;

/// Why a weight file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Something else than weights.
    #[error("these are not the encoder's weights; make them with `glane model pack`")]
    Foreign,
    /// Weights of another time.
    #[error(
        "the encoder's weights have layout {found}, this glane reads layout {VERSION}; pack them again"
    )]
    Version {
        /// What the file says.
        found: u32,
    },
    /// Not what was written.
    #[error("the encoder's weights are damaged or cut short; copy the file again or pack it again")]
    Damaged,
    /// Sizes that the kernels do not do.
    #[error("the encoder's sizes do not fit: {0}")]
    Sizes(&'static str),
    /// A number that is none.
    #[error("the encoder's {0} hold a number that is not finite; the checkpoint is damaged")]
    NotFinite(&'static str),
    /// A number that no training makes.
    #[error(
        "the encoder's {0} hold a number that no training makes; take a file from whom you trust, or pack the checkpoint again"
    )]
    Huge(&'static str),
}

/// The greatest number of a file, either sign: with it the sums of twelve layers
/// stay finite in `f32`. The embedded weights' greatest is 20.4.
const GREATEST: f32 = 1000.0;

/// The greatest step of a byte in a map; the embedded weights' is 0.08.
const GREATEST_STEP: f32 = 1.0;

/// What was read.
#[derive(Debug)]
pub struct Weights<'m> {
    /// What the model is called.
    pub name: &'m str,
    /// Its pieces.
    pub vocabulary: Vocabulary<'m>,
    /// The network.
    pub network: Network<'m>,
}

/// What a file's body is made of, in order.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// A whole number.
    pub fn u32(&mut self, x: usize) {
        self.0.extend((x as u32).to_le_bytes());
    }

    /// Bytes, after their number.
    pub fn bytes(&mut self, x: &[u8]) {
        self.u32(x.len());
        self.0.extend(x);
    }

    /// Whole numbers, after their number.
    pub fn u32s(&mut self, x: &[u32]) {
        self.u32(x.len());
        x.iter().for_each(|x| self.0.extend(x.to_le_bytes()));
    }

    /// Numbers, after their number.
    pub fn f32s(&mut self, x: &[f32]) {
        self.u32(x.len());
        x.iter().for_each(|x| self.0.extend(x.to_le_bytes()));
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(hash::bytes(&self.0).to_le_bytes());
        out.extend(self.0);
        out
    }
}

struct Reader<'m>(&'m [u8]);

impl<'m> Reader<'m> {
    fn take(&mut self, n: usize) -> Result<&'m [u8], FileError> {
        let (a, b) = self.0.split_at_checked(n).ok_or(FileError::Damaged)?;
        self.0 = b;
        Ok(a)
    }

    fn u32(&mut self) -> Result<usize, FileError> {
        let mut four = [0; 4];
        four.copy_from_slice(self.take(4)?);
        Ok(u32::from_le_bytes(four) as usize)
    }

    fn bytes(&mut self) -> Result<&'m [u8], FileError> {
        let n = self.u32()?;
        self.take(n)
    }

    fn words(&mut self) -> Result<impl Iterator<Item = u32> + use<'m>, FileError> {
        let n = self.u32()?;
        let bytes = self.take(n.checked_mul(4).ok_or(FileError::Damaged)?)?;
        Ok(bytes
            .chunks_exact(4)
            .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])))
    }

    /// `count` finite numbers up to [`GREATEST`].
    fn f32s(&mut self, count: usize, what: &'static str) -> Result<Vec<f32>, FileError> {
        self.f32s_up_to(GREATEST, count, what)
    }

    /// `count` finite numbers up to `greatest`, either sign.
    fn f32s_up_to(
        &mut self,
        greatest: f32,
        count: usize,
        what: &'static str,
    ) -> Result<Vec<f32>, FileError> {
        let out: Vec<f32> = self.words()?.map(f32::from_bits).collect();
        if out.len() != count {
            return Err(FileError::Sizes(what));
        }
        if !out.iter().all(|x| x.is_finite()) {
            return Err(FileError::NotFinite(what));
        }
        if !out.iter().all(|x| x.abs() <= greatest) {
            return Err(FileError::Huge(what));
        }
        Ok(out)
    }

    fn norm(&mut self, width: usize) -> Result<Norm, FileError> {
        Ok(Norm {
            gain: self.f32s(width, "normalisation")?,
            bias: self.f32s(width, "normalisation")?,
        })
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Result<Linear<'m>, FileError> {
        let out = Linear {
            inputs,
            scales: self.f32s_up_to(GREATEST_STEP, outputs, "scales")?,
            // Of as many bytes as there are inputs.
            sums: self.f32s_up_to(128.0 * inputs as f32, outputs, "sums of weights")?,
            bias: self.f32s(outputs, "biases")?,
            weights: self.bytes()?,
        };
        if out.weights.len() != inputs * outputs {
            return Err(FileError::Sizes("weights"));
        }
        Ok(out)
    }
}

/// Reads weights where they lie.
///
/// # Errors
/// When `bytes` are no weights, of another layout, damaged, or of sizes that
/// the kernels do not do.
pub fn read(bytes: &[u8]) -> Result<Weights<'_>, FileError> {
    let mut r = Reader(bytes);
    if r.take(MAGIC.len()).ok() != Some(MAGIC) {
        return Err(FileError::Foreign);
    }
    let found = r.u32()? as u32;
    if found != VERSION {
        return Err(FileError::Version { found });
    }
    let sum = r.take(8)?;
    if hash::bytes(r.0).to_le_bytes() != sum {
        return Err(FileError::Damaged);
    }
    let name = std::str::from_utf8(r.bytes()?).map_err(|_| FileError::Damaged)?;
    let sizes = Sizes {
        width: r.u32()?,
        inner: r.u32()?,
        layers: r.u32()?,
        pieces: r.u32()?,
        positions: r.u32()?,
        first: r.u32()? as u32,
        last: r.u32()? as u32,
        unknown: r.u32()? as u32,
    };
    sizes.check()?;
    let ends = r.words()?.collect();
    let ids: Vec<u32> = r.words()?.collect();
    if ids.iter().any(|id| *id as usize >= sizes.pieces) {
        return Err(FileError::Sizes("numbers of pieces"));
    }
    let scores = r.f32s(ids.len(), "scores of pieces")?;
    let least = r.f32s(1, "scores of pieces")?[0];
    let vocabulary = Vocabulary::new(ends, r.bytes()?, ids, scores, sizes.unknown, least)
        .ok_or(FileError::Sizes("vocabulary"))?;
    let width = sizes.width;
    let epsilon = r.f32s(1, "normalisation")?[0];
    if epsilon <= 0.0 || epsilon > 1.0 {
        return Err(FileError::Huge("normalisation"));
    }
    let piece_scales = r.f32s(sizes.pieces, "embeddings")?;
    let pieces = r.bytes()?;
    if pieces.len() != sizes.pieces * width {
        return Err(FileError::Sizes("embeddings"));
    }
    let positions = r.f32s(sizes.positions * width, "positions")?;
    let norm = r.norm(width)?;
    let mut layers = Vec::new();
    for _ in 0..sizes.layers {
        layers.push(Layer {
            qkv: r.linear(width, 3 * width)?,
            output: r.linear(width, width)?,
            first_norm: r.norm(width)?,
            widen: r.linear(width, sizes.inner)?,
            narrow: r.linear(sizes.inner, width)?,
            second_norm: r.norm(width)?,
        });
    }
    let head = r.f32s(LABELS * width, "head")?;
    let head_bias = r.f32s(LABELS, "head")?;
    if !r.0.is_empty() {
        return Err(FileError::Damaged);
    }
    Ok(Weights {
        name,
        vocabulary,
        network: Network {
            sizes,
            epsilon,
            piece_scales,
            pieces,
            positions,
            norm,
            layers,
            head,
            head_bias,
        },
    })
}

impl Sizes {
    /// Whether the kernels do these sizes, without leaving 32 bits.
    fn check(&self) -> Result<(), FileError> {
        let blocks = |n: usize| n > 0 && n.is_multiple_of(BLOCK);
        if !blocks(self.width) || !blocks(self.inner) || !self.width.is_multiple_of(HEAD) {
            return Err(FileError::Sizes(
                "width and inner width must be multiples of 64",
            ));
        }
        if self.width.max(self.inner) > 32_768 || self.layers > 256 {
            return Err(FileError::Sizes("too wide or too deep"));
        }
        if !(8..=1024).contains(&self.positions) {
            return Err(FileError::Sizes("8 to 1024 positions"));
        }
        let most = self.first.max(self.last).max(self.unknown);
        if most as usize >= self.pieces || self.pieces > 1 << 24 {
            return Err(FileError::Sizes("numbers of pieces"));
        }
        Ok(())
    }
}
