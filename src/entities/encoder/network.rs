//! The network: BERT (Devlin, Chang, Lee and Toutanova, 2019) with a linear map
//! to labels, over windows of pieces.
//!
//! Windows stand one after the other, without padding: every stage but
//! attention works row by row, and attention inside one window, so that a
//! window's labels do not depend on what is beside it.

use super::kernels::{self, Attention, Isa, Matrix, Quantised};
use crate::entities::float;
use std::ops::Range;

pub use super::kernels::HEAD;
pub use crate::entities::compact::crf::{LABELS, Row};

/// Sizes of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Numbers a piece between layers.
    pub width: usize,
    /// Numbers a piece inside a layer.
    pub inner: usize,
    /// Number of layers.
    pub layers: usize,
    /// Pieces in the vocabulary.
    pub pieces: usize,
    /// Pieces of the longest window, both marks included.
    pub positions: usize,
    /// The mark before a window.
    pub first: u32,
    /// The mark behind it.
    pub last: u32,
    /// What no piece holds.
    pub unknown: u32,
}

/// Gain and bias of a normalisation.
#[derive(Debug)]
pub struct Norm {
    /// Gain.
    pub gain: Vec<f32>,
    /// Bias.
    pub bias: Vec<f32>,
}

/// A linear map, see [`Matrix`].
#[derive(Debug)]
#[allow(missing_docs)] // As there.
pub struct Linear<'m> {
    pub inputs: usize,
    pub weights: &'m [u8],
    pub scales: Vec<f32>,
    pub sums: Vec<f32>,
    pub bias: Vec<f32>,
}

/// One layer, in the order of the computation.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Layer<'m> {
    pub qkv: Linear<'m>,
    pub output: Linear<'m>,
    pub first_norm: Norm,
    pub widen: Linear<'m>,
    pub narrow: Linear<'m>,
    pub second_norm: Norm,
}

/// All weights.
#[derive(Debug)]
pub struct Network<'m> {
    /// Sizes.
    pub sizes: Sizes,
    /// Added to variances.
    pub epsilon: f32,
    /// What a step is worth in each piece's embedding.
    pub piece_scales: Vec<f32>,
    /// Embeddings of pieces, signed bytes.
    pub pieces: &'m [u8],
    /// Embeddings of positions, with that of the first segment.
    pub positions: Vec<f32>,
    /// Behind the embeddings.
    pub norm: Norm,
    /// Layers.
    pub layers: Vec<Layer<'m>>,
    /// From a row to labels, one row a label.
    pub head: Vec<f32>,
    /// Its bias.
    pub head_bias: Vec<f32>,
}

/// Buffers that go from batch to batch.
#[derive(Debug, Default)]
pub struct Space {
    x: Vec<f32>,
    y: Vec<f32>,
    wide: Vec<f32>,
    bytes: Quantised,
    attention: Attention,
}

impl Linear<'_> {
    fn matrix(&self) -> Matrix<'_> {
        Matrix {
            inputs: self.inputs,
            weights: self.weights,
            scales: &self.scales,
            sums: &self.sums,
            bias: &self.bias,
        }
    }
}

impl Network<'_> {
    /// Steps of the greatest value: attention weights have 32,767, and a
    /// window's sum of products must stay inside 32 bits.
    fn levels(&self) -> f32 {
        let levels = i32::MAX as usize / (32_767 * self.sizes.positions.next_multiple_of(2));
        levels.min(8191) as f32
    }

    /// Logits of every piece of every window, marks included: `windows` are
    /// ranges of `ids`, one behind the other.
    pub fn run(&self, isa: Isa, ids: &[u32], windows: &[Range<usize>], s: &mut Space) -> Vec<Row> {
        let width = self.sizes.width;
        self.embed(isa, ids, windows, s);
        s.y.resize(ids.len() * width, 0.0);
        for layer in &self.layers {
            kernels::quantise(isa, &s.x, width, &mut s.bytes);
            kernels::dense(isa, &s.bytes, &layer.qkv.matrix(), &mut s.wide);
            for window in windows {
                kernels::attend(
                    isa,
                    &s.wide[window.start * 3 * width..window.end * 3 * width],
                    width / HEAD,
                    self.levels(),
                    &mut s.attention,
                    &mut s.y[window.start * width..window.end * width],
                );
            }
            kernels::quantise(isa, &s.y, width, &mut s.bytes);
            kernels::dense(isa, &s.bytes, &layer.output.matrix(), &mut s.y);
            self.add_and_norm(isa, &mut s.x, &s.y, &layer.first_norm);
            kernels::quantise(isa, &s.x, width, &mut s.bytes);
            kernels::dense(isa, &s.bytes, &layer.widen.matrix(), &mut s.wide);
            kernels::gelu(isa, &mut s.wide, self.sizes.inner, &mut s.bytes);
            kernels::dense(isa, &s.bytes, &layer.narrow.matrix(), &mut s.y);
            self.add_and_norm(isa, &mut s.x, &s.y, &layer.second_norm);
        }
        s.x.chunks_exact(width)
            .map(|row| {
                std::array::from_fn(|label| {
                    let weights = &self.head[label * width..(label + 1) * width];
                    float::product(row, weights) + self.head_bias[label]
                })
            })
            .collect()
    }

    fn add_and_norm(&self, isa: Isa, x: &mut [f32], y: &[f32], norm: &Norm) {
        kernels::add_and_norm(isa, x, y, &norm.gain, &norm.bias, self.epsilon);
    }

    fn embed(&self, isa: Isa, ids: &[u32], windows: &[Range<usize>], s: &mut Space) {
        let width = self.sizes.width;
        s.x.clear();
        s.x.resize(ids.len() * width, 0.0);
        s.y.resize(ids.len() * width, 0.0);
        for window in windows {
            for (position, i) in window.clone().enumerate() {
                let id = ids[i] as usize;
                let bytes = &self.pieces[id * width..(id + 1) * width];
                let scale = self.piece_scales[id];
                let out = &mut s.x[i * width..(i + 1) * width];
                for (x, byte) in out.iter_mut().zip(bytes) {
                    *x = scale * f32::from(*byte as i8);
                }
                s.y[i * width..(i + 1) * width]
                    .copy_from_slice(&self.positions[position * width..(position + 1) * width]);
            }
        }
        self.add_and_norm(isa, &mut s.x, &s.y, &self.norm);
    }
}

/// Probabilities from logits.
pub fn softmax(logits: &Row) -> Row {
    let most = logits
        .iter()
        .fold(f32::MIN, |a, b| if *b > a { *b } else { a });
    let mut out = logits.map(|x| float::exp(x - most));
    let total: f32 = out.iter().sum();
    for x in &mut out {
        *x /= total;
    }
    out
}
