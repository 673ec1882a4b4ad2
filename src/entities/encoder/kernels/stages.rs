//! The stages of a layer, generic over how products are summed.
//!
//! Weights are bytes with one scale an output. Rows of activations become
//! bytes from 0 to 255 between their least and greatest number, so that
//! `x ≈ least + scale · byte` and a linear map is
//! `Σ w x ≈ scale_w · (scale · Σ w byte + least · Σ w)`.

use super::{
    products::{BLOCK, Products, TILE, Tile},
    vector::{Sixteen, Vector},
};
use crate::entities::float::{LANES, ROUND};

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

impl Quantised {
    /// Room for `numbers` in rows of `width`.
    fn start(&mut self, numbers: usize, width: usize) {
        self.bytes.resize(numbers, 0);
        self.scales.resize(numbers / width, 0.0);
        self.least.resize(numbers / width, 0.0);
    }
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

/// A row by sixteens; widths are multiples of 16.
#[inline(always)]
fn sixteens(row: &[f32]) -> &[Sixteen] {
    row.as_chunks().0
}

/// Bytes between the least and the greatest number; what a step is worth, and the least.
#[inline(always)]
fn row_to_bytes<V: Vector>(row: &[f32], least: V, most: V, out: &mut [u8]) -> (f32, f32) {
    let (least, most) = (least.smallest(), most.greatest());
    let range = most - least;
    if range <= 0.0 {
        out.fill(0);
        return (0.0, least);
    }
    let (start, per_step, round) = (V::splat(least), V::splat(255.0 / range), V::splat(ROUND));
    let out = out.as_chunks_mut::<LANES>().0;
    for (out, x) in out.iter_mut().zip(sixteens(row)) {
        // The rounding leaves the whole number in the lowest bits.
        let steps = V::load(x).sub(start).mul(per_step);
        steps.add(round).to_bytes(out);
    }
    (range / 255.0, least)
}

#[inline(always)]
pub fn quantise<P: Products>(x: &[f32], width: usize, out: &mut Quantised) {
    out.start(x.len(), width);
    for i in 0..out.scales.len() {
        let row = &x[i * width..(i + 1) * width];
        let mut least = P::Vector::splat(f32::MAX);
        let mut most = P::Vector::splat(f32::MIN);
        for x in sixteens(row) {
            let x = P::Vector::load(x);
            least = least.or_less(x);
            most = most.or_greater(x);
        }
        let bytes = &mut out.bytes[i * width..(i + 1) * width];
        (out.scales[i], out.least[i]) = row_to_bytes(row, least, most, bytes);
    }
}

#[inline(always)]
pub fn gelu<P: Products>(x: &mut [f32], width: usize, out: &mut Quantised) {
    out.start(x.len(), width);
    for i in 0..out.scales.len() {
        let row = &mut x[i * width..(i + 1) * width];
        let mut least = P::Vector::splat(f32::MAX);
        let mut most = P::Vector::splat(f32::MIN);
        for x in row.as_chunks_mut().0 {
            let y = P::Vector::load(x).gelu();
            y.store(x);
            least = least.or_less(y);
            most = most.or_greater(y);
        }
        let bytes = &mut out.bytes[i * width..(i + 1) * width];
        (out.scales[i], out.least[i]) = row_to_bytes(row, least, most, bytes);
    }
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
        sixteens(&w.scales[columns.clone()]),
        sixteens(&w.sums[columns.clone()]),
        sixteens(&w.bias[columns.clone()]),
    );
    for (m, sums) in sums.iter().enumerate() {
        let step = P::Vector::splat(x.scales[row + m]);
        let least = P::Vector::splat(x.least[row + m]);
        let start = (row + m) * outputs + columns.start;
        let out = out[start..start + BLOCK].as_chunks_mut::<LANES>().0;
        let sums = sums.as_chunks::<LANES>().0;
        for i in 0..BLOCK / LANES {
            let least = least.mul(P::Vector::load(&totals[i]));
            P::Vector::load(&scales[i])
                .mul(step.mul(P::Vector::of_whole(&sums[i])).add(least))
                .add(P::Vector::load(&bias[i]))
                .store(&mut out[i]);
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
    let (gain, bias) = (sixteens(gain), sixteens(bias));
    for (x, y) in x.chunks_exact_mut(width).zip(y.chunks_exact(width)) {
        let (x, y) = (x.as_chunks_mut::<LANES>().0, sixteens(y));
        let mut total = P::Vector::splat(0.0);
        for i in 0..gain.len() {
            let sum = P::Vector::load(&x[i]).add(P::Vector::load(&y[i]));
            sum.store(&mut x[i]);
            total = total.add(sum);
        }
        let mean = P::Vector::splat(total.sum() / width as f32);
        let mut squares = P::Vector::splat(0.0);
        for x in x.iter_mut() {
            let from = P::Vector::load(x).sub(mean);
            from.store(x);
            squares = squares.add(from.mul(from));
        }
        let variance = squares.sum() / width as f32;
        let factor = P::Vector::splat(1.0 / (variance + epsilon).sqrt());
        for i in 0..gain.len() {
            P::Vector::load(&x[i])
                .mul(factor)
                .mul(P::Vector::load(&gain[i]))
                .add(P::Vector::load(&bias[i]))
                .store(&mut x[i]);
        }
    }
}
