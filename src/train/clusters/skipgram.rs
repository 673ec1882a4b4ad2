//! Skip-gram with negative sampling (Mikolov et al., 2013).

use super::vocabulary::{BREAK, Vocabulary};
use rayon::prelude::*;

/// How vectors are learnt.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Length of a vector.
    pub dim: usize,
    /// Largest distance between a word and its context.
    pub window: usize,
    /// Words drawn from noise for each word of context.
    pub negatives: usize,
    /// Passes over the text.
    pub epochs: usize,
    /// Words seen less often are left out.
    pub min_count: u64,
    /// Learning rate at the start; falls to nothing.
    pub rate: f32,
    /// Seed of everything random.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            dim: 64,
            window: 4,
            negatives: 5,
            epochs: 4,
            min_count: 5,
            rate: 0.05,
            seed: 1,
        }
    }
}

/// Text is learnt in blocks of this many words; each block is halved, both
/// halves start from the same vectors, and what they changed is added up. The
/// result does not depend on how many threads there are.
const BLOCK: usize = 200_000;
const SHARDS: usize = 2;

/// Words more frequent than this share of the text are thinned out.
const SUBSAMPLE: f64 = 1e-4;

/// A vector per word, row after row.
pub fn skipgram(vocabulary: &Vocabulary, text: &[u32], s: &Settings) -> Vec<f32> {
    let n = vocabulary.len();
    let counts: Vec<u64> = vocabulary.counts().collect();
    let total: u64 = counts.iter().sum();
    let keep: Vec<f32> = counts
        .iter()
        .map(|c| {
            let f = *c as f64 / total as f64;
            ((SUBSAMPLE / f).sqrt() + SUBSAMPLE / f).min(1.0) as f32
        })
        .collect();
    let noise = noise(&counts);
    let mut random = Random::new(s.seed);
    let mut input: Vec<f32> = (0..n * s.dim)
        .map(|_| (random.unit() - 0.5) / s.dim as f32)
        .collect();
    let mut output = vec![0f32; n * s.dim];
    let blocks = text.len().div_ceil(BLOCK).max(1) * s.epochs;
    for b in 0..blocks {
        let per_epoch = blocks / s.epochs;
        let at = (b % per_epoch) * BLOCK;
        let block = &text[at..(at + BLOCK).min(text.len())];
        let rate = s.rate * (1.0 - b as f32 / blocks as f32).max(1e-4);
        let half = block.len().div_ceil(SHARDS).max(1);
        let learnt: Vec<(Vec<f32>, Vec<f32>)> = block
            .par_chunks(half)
            .enumerate()
            .map(|(shard, part)| {
                let mut w = (input.clone(), output.clone());
                let seed = s.seed ^ ((b * SHARDS + shard) as u64 + 1).wrapping_mul(0x9e37_79b9);
                learn(part, &keep, &noise, s, rate, seed, &mut w);
                w
            })
            .collect();
        add_changes(&mut input, learnt.iter().map(|w| &w.0));
        add_changes(&mut output, learnt.iter().map(|w| &w.1));
        if b % 50 == 0 {
            eprintln!("block {b} of {blocks}");
        }
    }
    input
}

/// base += Σ (shard − base).
fn add_changes<'a>(base: &mut [f32], shards: impl Iterator<Item = &'a Vec<f32>>) {
    let shards: Vec<&Vec<f32>> = shards.collect();
    base.par_chunks_mut(1 << 16)
        .enumerate()
        .for_each(|(c, chunk)| {
            let from = c << 16;
            for (i, x) in chunk.iter_mut().enumerate() {
                let old = *x;
                for shard in &shards {
                    *x += shard[from + i] - old;
                }
            }
        });
}

fn learn(
    text: &[u32],
    keep: &[f32],
    noise: &[u32],
    s: &Settings,
    rate: f32,
    seed: u64,
    (input, output): &mut (Vec<f32>, Vec<f32>),
) {
    let mut random = Random::new(seed);
    let mut sentence: Vec<u32> = Vec::new();
    let mut change = vec![0f32; s.dim];
    for words in text.split(|w| *w == BREAK) {
        sentence.clear();
        sentence.extend(words.iter().filter(|w| random.unit() < keep[**w as usize]));
        for (i, word) in sentence.iter().enumerate() {
            let reach = 1 + random.below(s.window);
            let from = i.saturating_sub(reach);
            let to = (i + reach + 1).min(sentence.len());
            for (j, context) in sentence[from..to].iter().enumerate() {
                if from + j == i {
                    continue;
                }
                let row = *context as usize * s.dim;
                let v = &mut input[row..row + s.dim];
                change.fill(0.0);
                for k in 0..=s.negatives {
                    let (target, truth) = if k == 0 {
                        (*word, 1.0)
                    } else {
                        let drawn = noise[random.below(noise.len())];
                        if drawn == *word {
                            continue;
                        }
                        (drawn, 0.0)
                    };
                    let at = target as usize * s.dim;
                    let u = &mut output[at..at + s.dim];
                    let dot: f32 = u.iter().zip(v.iter()).map(|(a, b)| a * b).sum();
                    let g = rate * (truth - 1.0 / (1.0 + (-dot).exp()));
                    for ((c, u), v) in change.iter_mut().zip(u.iter_mut()).zip(v.iter()) {
                        *c += g * *u;
                        *u += g * *v;
                    }
                }
                for (v, c) in v.iter_mut().zip(&change) {
                    *v += c;
                }
            }
        }
    }
}

/// A table to draw words from, each as often as its count to the power ¾ says.
fn noise(counts: &[u64]) -> Vec<u32> {
    const SIZE: usize = 1 << 21;
    let total: f64 = counts.iter().map(|c| (*c as f64).powf(0.75)).sum();
    let mut out = Vec::with_capacity(SIZE);
    let mut sum = 0.0;
    for (i, c) in counts.iter().enumerate() {
        sum += (*c as f64).powf(0.75) / total;
        while (out.len() as f64) < sum * SIZE as f64 && out.len() < SIZE {
            out.push(i as u32);
        }
    }
    out
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, seeded, good enough to
/// draw samples.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        (((self.next() >> 32) * n as u64) >> 32) as usize
    }
}
