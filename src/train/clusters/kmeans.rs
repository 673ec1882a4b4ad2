//! Spherical k-means: vectors of length one, grouped by the cosine.

use super::skipgram::Random;
use rayon::prelude::*;

/// Scales every row to length one.
pub fn normalise(vectors: &mut [f32], dim: usize) {
    for row in vectors.chunks_mut(dim) {
        let norm = row.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
        row.iter_mut().for_each(|x| *x /= norm);
    }
}

/// Gives each row of `vectors` its cluster, numbered from 0 to `k - 1`.
pub fn kmeans(vectors: &[f32], dim: usize, k: usize, rounds: usize, seed: u64) -> Vec<u16> {
    let n = vectors.len() / dim;
    let k = k.min(n.max(1));
    let mut random = Random::new(seed ^ k as u64);
    let mut centres: Vec<f32> = (0..k)
        .flat_map(|_| {
            let i = random.below(n.max(1)) * dim;
            vectors[i..(i + dim).min(vectors.len())].to_vec()
        })
        .collect();
    let mut cluster = vec![0u16; n];
    for _ in 0..rounds {
        // Centres as columns: the inner loop runs over them, side by side.
        let mut columns = vec![0f32; dim * k];
        for (c, row) in centres.chunks(dim).enumerate() {
            for (d, x) in row.iter().enumerate() {
                columns[d * k + c] = *x;
            }
        }
        cluster = vectors
            .par_chunks(dim)
            .map_init(
                || vec![0f32; k],
                |dots, v| {
                    dots.fill(0.0);
                    for (x, column) in v.iter().zip(columns.chunks(k)) {
                        for (s, c) in dots.iter_mut().zip(column) {
                            *s += x * c;
                        }
                    }
                    let mut best = 0;
                    for (i, s) in dots.iter().enumerate() {
                        if *s > dots[best] {
                            best = i;
                        }
                    }
                    best as u16
                },
            )
            .collect();
        centres.fill(0.0);
        let mut size = vec![0usize; k];
        for (v, c) in vectors.chunks(dim).zip(&cluster) {
            let c = *c as usize;
            size[c] += 1;
            for (a, b) in centres[c * dim..].iter_mut().zip(v) {
                *a += b;
            }
        }
        for (c, size) in size.iter().enumerate() {
            if *size == 0 {
                let i = random.below(n.max(1)) * dim;
                centres[c * dim..(c + 1) * dim].copy_from_slice(&vectors[i..i + dim]);
            }
        }
        normalise(&mut centres, dim);
    }
    cluster
}
