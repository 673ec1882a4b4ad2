//! The stages of a layer, generic over how products are summed.
//!
//! Weights are bytes with one scale an output. Rows of activations become
//! bytes from 0 to 255 between their least and greatest number, so that
//! `x ≈ least + scale · byte` and a linear map is
//! `Σ w x ≈ scale_w · (scale · Σ w byte + least · Σ w)`. Queries and keys are
//! words of 14 bits with one scale a row and head, attention weights words of
//! 15 bits, values words with one scale a channel: sums stay inside 32 bits.

use super::{
    float::{self, LANES, ROUND},
    products::{BLOCK, Products, TILE, Tile},
};

/// Rows of bytes.
#[derive(Debug, Default)]
pub struct Quantised {
    /// All rows, one after the other.
    pub bytes: Vec<u8>,
    /// What a step is worth in each row.
    pub scales: Vec<f32>,
    /// What 0 stands for in each row.
    pub least: Vec<f32>,
}

/// A linear map, in the layout of the weight file: blocks of [`BLOCK`] outputs,
/// inside each all inputs by fours: `[outputs / 64][inputs / 4][64][4]`.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'m> {
    /// Number of inputs, a multiple of 16.
    pub inputs: usize,
    /// Signed bytes.
    pub weights: &'m [u8],
    /// What a step is worth for each output.
    pub scales: &'m [f32],
    /// Sum of the bytes of each output.
    pub sums: &'m [f32],
    /// Added to each output.
    pub bias: &'m [f32],
}

/// A linear map made from `f32`.
#[derive(Debug, Clone)]
pub struct Packed {
    /// See [`Matrix`].
    pub inputs: usize,
    /// See [`Matrix`].
    pub weights: Vec<u8>,
    /// See [`Matrix`].
    pub scales: Vec<f32>,
    /// See [`Matrix`].
    pub sums: Vec<f32>,
    /// See [`Matrix`].
    pub bias: Vec<f32>,
}

impl Packed {
    /// Quantises `weights`, one row of `inputs` an output; outputs are a
    /// multiple of [`BLOCK`].
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len();
        let mut out = Self {
            inputs,
            weights: vec![0; weights.len()],
            scales: Vec::with_capacity(outputs),
            sums: Vec::with_capacity(outputs),
            bias: bias.to_vec(),
        };
        for (n, row) in weights.chunks_exact(inputs).enumerate() {
            let most = row.iter().fold(0f32, |m, x| m.max(x.abs()));
            let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
            let mut sum = 0i32;
            for (k, x) in row.iter().enumerate() {
                let byte = (x / scale).round_ties_even() as i8;
                sum += i32::from(byte);
                let block = (n / BLOCK) * BLOCK * inputs;
                out.weights[block + (k / 4) * 4 * BLOCK + (n % BLOCK) * 4 + k % 4] = byte as u8;
            }
            out.scales.push(scale);
            out.sums.push(sum as f32);
        }
        out
    }

    /// The map.
    pub fn matrix(&self) -> Matrix<'_> {
        Matrix {
            inputs: self.inputs,
            weights: &self.weights,
            scales: &self.scales,
            sums: &self.sums,
            bias: &self.bias,
        }
    }
}

#[inline(always)]
fn row_to_bytes(row: &[f32], out: &mut [u8]) -> (f32, f32) {
    let least = float::fold(row, f32::MAX, |a, b| if b < a { b } else { a });
    let most = float::fold(row, f32::MIN, |a, b| if b > a { b } else { a });
    let range = most - least;
    if range <= 0.0 {
        out.fill(0);
        return (0.0, least);
    }
    let per_step = 255.0 / range;
    for (byte, x) in out.iter_mut().zip(row) {
        // The rounding leaves the whole number in the lowest bits.
        *byte = ((x - least) * per_step + ROUND).to_bits() as u8;
    }
    (range / 255.0, least)
}

#[inline(always)]
pub fn quantise<P: Products>(x: &[f32], width: usize, out: &mut Quantised) {
    out.bytes.resize(x.len(), 0);
    out.scales.clear();
    out.least.clear();
    for (row, bytes) in x.chunks_exact(width).zip(out.bytes.chunks_exact_mut(width)) {
        let (scale, least) = row_to_bytes(row, bytes);
        out.scales.push(scale);
        out.least.push(least);
    }
}

#[inline(always)]
pub fn gelu<P: Products>(x: &mut [f32], width: usize, out: &mut Quantised) {
    for x in x.iter_mut() {
        *x = float::gelu(*x);
    }
    quantise::<P>(x, width, out);
}

#[inline(always)]
pub fn dense<P: Products>(x: &Quantised, w: &Matrix<'_>, out: &mut Vec<f32>) {
    let (rows, outputs) = (x.scales.len(), w.bias.len());
    out.resize(rows * outputs, 0.0);
    for block in 0..outputs / BLOCK {
        let mut row = 0;
        while row + TILE <= rows {
            tile::<P, TILE>(x, w, block, row, out);
            row += TILE;
        }
        match rows - row {
            5 => tile::<P, 5>(x, w, block, row, out),
            4 => tile::<P, 4>(x, w, block, row, out),
            3 => tile::<P, 3>(x, w, block, row, out),
            2 => tile::<P, 2>(x, w, block, row, out),
            1 => tile::<P, 1>(x, w, block, row, out),
            _ => {}
        }
    }
}

#[inline(always)]
fn tile<P: Products, const M: usize>(
    x: &Quantised,
    w: &Matrix<'_>,
    block: usize,
    row: usize,
    out: &mut [f32],
) {
    let (depth, outputs) = (w.inputs, w.bias.len());
    let mut sums = [[0i32; BLOCK]; M];
    let columns = block * BLOCK..(block + 1) * BLOCK;
    let tile = Tile {
        rows: &x.bytes[row * depth..],
        stride: depth,
        depth,
        weights: &w.weights[block * BLOCK * depth..],
    };
    P::bytes(tile, &mut sums);
    let (scales, totals, bias) = (
        &w.scales[columns.clone()],
        &w.sums[columns.clone()],
        &w.bias[columns.clone()],
    );
    for (m, sums) in sums.iter().enumerate() {
        let (step, least) = (x.scales[row + m], x.least[row + m]);
        let start = (row + m) * outputs + columns.start;
        let out = &mut out[start..start + BLOCK];
        for n in 0..BLOCK {
            out[n] = scales[n] * (step * sums[n] as f32 + least * totals[n]) + bias[n];
        }
    }
}

#[inline(always)]
pub fn add_and_norm<P: Products>(
    x: &mut [f32],
    y: &[f32],
    gain: &[f32],
    bias: &[f32],
    epsilon: f32,
) {
    let width = gain.len();
    for (x, y) in x.chunks_exact_mut(width).zip(y.chunks_exact(width)) {
        for (x, y) in x.iter_mut().zip(y) {
            *x += y;
        }
        let mean = float::sum(x) / width as f32;
        for x in x.iter_mut() {
            *x -= mean;
        }
        let variance = float::squares(x) / width as f32;
        let factor = 1.0 / (variance + epsilon).sqrt();
        for ((x, g), b) in x.iter_mut().zip(gain).zip(bias) {
            *x = *x * factor * g + b;
        }
    }
}

/// Work space of `attend`.
#[derive(Debug, Default)]
pub struct Attention {
    queries: Vec<i16>,
    query_scales: Vec<f32>,
    keys: Vec<i16>,
    key_scales: Vec<f32>,
    values: Vec<i16>,
    value_scales: Vec<f32>,
    scores: Vec<f32>,
    weights: Vec<i16>,
}

/// Steps of a query's or key's greatest number: 32 products of two of them
/// stay inside 32 bits.
const STEPS: f32 = 8191.0;

/// Numbers a head; queries and keys of more would leave 32 bits.
pub const HEAD: usize = 32;

/// Steps of the greatest attention weight.
const WHOLE: f32 = 32_767.0;

/// The scale of numbers up to `most`, and its inverse.
#[inline(always)]
fn steps(most: f32, levels: f32) -> (f32, f32) {
    if most > 0.0 {
        (most / levels, levels / most)
    } else {
        (0.0, 0.0)
    }
}

#[inline(always)]
fn to_word(x: f32) -> i16 {
    (x + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i16
}

#[inline(always)]
pub fn attend<P: Products>(
    qkv: &[f32],
    heads: usize,
    levels: f32,
    s: &mut Attention,
    out: &mut [f32],
) {
    let width = heads * HEAD;
    let pieces = out.len() / width;
    // Keys in blocks of 64, values in pairs.
    let padded = pieces.next_multiple_of(BLOCK);
    s.queries.resize(pieces * HEAD, 0);
    s.query_scales.resize(pieces, 0.0);
    s.keys.clear();
    s.keys.resize(padded * HEAD, 0);
    s.key_scales.clear();
    s.key_scales.resize(padded, 0.0);
    s.values.clear();
    s.values.resize(padded * HEAD, 0);
    s.value_scales.resize(HEAD, 0.0);
    s.scores.resize(TILE * padded, 0.0);
    s.weights.resize(TILE * padded, 0);
    let softening = 1.0 / (HEAD as f32).sqrt();
    for head in 0..heads {
        let part = |which: usize, piece: usize| -> &[f32] {
            let start = piece * 3 * width + which * width + head * HEAD;
            &qkv[start..start + HEAD]
        };
        let largest = |a: f32, b: f32| if b.abs() > a { b.abs() } else { a };
        let mut most = [0f32; HEAD];
        for p in 0..pieces {
            let q = part(0, p);
            let (scale, inverse) = steps(float::fold(q, 0.0, largest), STEPS);
            s.query_scales[p] = scale * softening;
            for (word, x) in s.queries[p * HEAD..(p + 1) * HEAD].iter_mut().zip(q) {
                *word = to_word(x * inverse);
            }
            let k = part(1, p);
            let (scale, inverse) = steps(float::fold(k, 0.0, largest), STEPS);
            s.key_scales[p] = scale;
            let block = (p / BLOCK) * BLOCK * HEAD + (p % BLOCK) * 2;
            for (i, two) in k.chunks_exact(2).enumerate() {
                let at = block + i * 2 * BLOCK;
                s.keys[at] = to_word(two[0] * inverse);
                s.keys[at + 1] = to_word(two[1] * inverse);
            }
            for (m, x) in most.iter_mut().zip(part(2, p)) {
                *m = largest(*m, *x);
            }
        }
        let mut inverse = [0f32; HEAD];
        for c in 0..HEAD {
            (s.value_scales[c], inverse[c]) = steps(most[c], levels);
        }
        for p in 0..pieces {
            let row = &mut s.values[(p / 2) * 2 * HEAD..(p / 2 + 1) * 2 * HEAD];
            for (c, x) in part(2, p).iter().enumerate() {
                row[2 * c + p % 2] = to_word(x * inverse[c]);
            }
        }
        let mut row = 0;
        while row + TILE <= pieces {
            rows::<P, TILE>(s, pieces, padded, row, head, width, out);
            row += TILE;
        }
        while row < pieces {
            rows::<P, 1>(s, pieces, padded, row, head, width, out);
            row += 1;
        }
    }
}

/// Attention of `M` queries of one head.
#[inline(always)]
fn rows<P: Products, const M: usize>(
    s: &mut Attention,
    pieces: usize,
    padded: usize,
    row: usize,
    head: usize,
    width: usize,
    out: &mut [f32],
) {
    let queries = &s.queries[row * HEAD..];
    for block in 0..padded / BLOCK {
        let mut products = [[0i32; BLOCK]; M];
        let tile = Tile {
            rows: queries,
            stride: HEAD,
            depth: HEAD,
            weights: &s.keys[block * BLOCK * HEAD..],
        };
        P::words(tile, &mut products);
        let scales = &s.key_scales[block * BLOCK..(block + 1) * BLOCK];
        for (m, products) in products.iter().enumerate() {
            let scale = s.query_scales[row + m];
            let start = m * padded + block * BLOCK;
            let scores = &mut s.scores[start..start + BLOCK];
            for n in 0..BLOCK {
                scores[n] = products[n] as f32 * (scale * scales[n]);
            }
        }
    }
    let mut totals = [0i32; M];
    for (m, total) in totals.iter_mut().enumerate() {
        let scores = &mut s.scores[m * padded..(m + 1) * padded];
        // What pads is no piece.
        scores[pieces..].fill(f32::MIN);
        let most = float::fold(scores, f32::MIN, |a, b| if b > a { b } else { a });
        let weights = &mut s.weights[m * padded..(m + 1) * padded];
        for (w, x) in weights.iter_mut().zip(scores.iter()) {
            *w = to_word(float::exp(x - most) * WHOLE);
        }
        for chunk in weights.chunks_exact(LANES) {
            *total += chunk.iter().map(|w| i32::from(*w)).sum::<i32>();
        }
    }
    let mut sums = [[0i32; HEAD]; M];
    let tile = Tile {
        rows: &s.weights,
        stride: padded,
        depth: pieces.next_multiple_of(2),
        weights: &s.values,
    };
    P::words(tile, &mut sums);
    for (m, sums) in sums.iter().enumerate() {
        let start = (row + m) * width + head * HEAD;
        let out = &mut out[start..start + HEAD];
        let share = 1.0 / totals[m] as f32;
        for c in 0..HEAD {
            out[c] = sums[c] as f32 * (s.value_scales[c] * share);
        }
    }
}
