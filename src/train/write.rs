//! From fitted weights to the model file: quantised, and calibrated on text
//! that the weights have not seen.

use super::{crf::Weights, data::Sources};
use crate::{
    entities::compact::{
        Compact, Model, ModelError,
        crf::{OUTSIDE, Row},
        hash,
        model::{self, CURVE, Parts},
        weights::{GREATEST, NAMED, WIDTH},
    },
    eval::{entities, gold::Doc},
    text::analyse,
};
use std::collections::HashMap;

/// Rows whose weights all stay below this are left out: a quarter of the table, and no dev
/// set changes by more than 0.1 (at 0.05, more than half, the annotated news lose 0.4).
const SMALLEST: f32 = 0.02;

/// Puts both passes, clusters and lists together. The curve is that of a model
/// whose marginals are taken at their word.
pub fn parts(name: &str, one: &Weights, two: &Weights, sources: &Sources) -> Parts {
    // A field knows differences only.
    let named = |row: &Row| {
        let (outside, named) = row.split_at(usize::from(OUTSIDE) + 1);
        let outside = outside[usize::from(OUTSIDE)];
        named.iter().map(|x| x - outside).collect::<Vec<_>>()
    };
    let largest = |w: &Weights| {
        let rows = w.rows.iter().flat_map(named);
        rows.fold(1e-3f32, |m, x| m.max(x.abs()))
    };
    let scales = [one, two].map(|w| largest(w) / GREATEST as f32);
    let mut weights: HashMap<u64, [i32; WIDTH]> = HashMap::new();
    for (pass, w) in [one, two].into_iter().enumerate() {
        for (attribute, i) in &w.index {
            let row = &w.rows[*i as usize];
            if row.iter().all(|x| x.abs() < SMALLEST) {
                continue;
            }
            let record = weights.entry(*attribute).or_insert([0; WIDTH]);
            for (q, x) in record[pass * NAMED..].iter_mut().zip(named(row)) {
                *q = (x / scales[pass]).round() as i32;
            }
        }
    }
    let mut clusters: Vec<_> = sources
        .clusters
        .iter()
        .map(|(word, c)| (hash::text(word), *c))
        .collect();
    clusters.sort_unstable();
    Parts {
        name: name.to_owned(),
        scales,
        transitions: [one.transitions, two.transitions],
        curve: identity(),
        weights: weights.into_iter().collect(),
        clusters,
        lexicon: sources.lexicon.entries(),
    }
}

/// A curve that takes marginals at their word.
pub fn identity() -> [f32; CURVE] {
    std::array::from_fn(|i| i as f32 / (CURVE - 1) as f32)
}

/// Fits the curve of a model file on one half of the documents (see
/// [`entities::calibrates`]): the other is left to measure it on. Gives the file
/// with its new curve.
///
/// # Errors
/// When the bytes are no model.
pub fn calibrate(bytes: &[u8], docs: &[&Doc]) -> Result<Vec<u8>, ModelError> {
    let plain: &'static [u8] = model::with_curve(bytes, &identity())?.leak();
    let tagger = Compact::new(Model::read(plain)?, String::new()).bare();
    let mut seen = Vec::new();
    for doc in docs.iter().filter(|d| entities::calibrates(d)) {
        seen.extend(entities::scored(
            doc,
            &tagger.tag(&doc.text, &analyse(&doc.text)),
        ));
    }
    if seen.is_empty() {
        return Ok(plain.to_vec());
    }
    model::with_curve(bytes, &curve(&mut seen))
}

/// Fits the calibration curve: for each mention of held-out text its marginal
/// and whether it was right. Bins of equal size, pooled until they rise
/// (isotonic regression, Ayer et al., 1955), read at the curve's points.
pub fn curve(seen: &mut [(f32, bool)]) -> [f32; CURVE] {
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Each block: sum of marginals, of right answers, and how many.
    let mut blocks: Vec<(f64, f64, f64)> = Vec::new();
    let size = (seen.len() / 30).max(20);
    for chunk in seen.chunks(size) {
        let m: f64 = chunk.iter().map(|c| f64::from(c.0)).sum();
        let r = chunk.iter().filter(|c| c.1).count() as f64;
        blocks.push((m, r, chunk.len() as f64));
        while let [.., a, b] = blocks[..]
            && a.1 / a.2 >= b.1 / b.2
        {
            blocks.truncate(blocks.len() - 2);
            blocks.push((a.0 + b.0, a.1 + b.1, a.2 + b.2));
        }
    }
    let points: Vec<(f64, f64)> = blocks.iter().map(|b| (b.0 / b.2, b.1 / b.2)).collect();
    std::array::from_fn(|i| {
        let x = i as f64 / (CURVE - 1) as f64;
        let after = points.partition_point(|p| p.0 < x);
        let y = match (after.checked_sub(1).map(|j| points[j]), points.get(after)) {
            (None, None) => x,
            (None, Some(b)) => b.1 * x / b.0.max(1e-9),
            (Some(a), None) => a.1,
            (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0).max(1e-9),
        };
        y.clamp(0.0, 1.0) as f32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_follows_what_was_right() {
        // Marginals that promise too much: right half as often as they say.
        let mut seen: Vec<(f32, bool)> = (0..20_000)
            .map(|i| {
                let m = (i % 100) as f32 / 100.0;
                (m, (i / 100) as f32 / 200.0 < m / 2.0)
            })
            .collect();
        let c = curve(&mut seen);
        for (i, y) in c.iter().enumerate() {
            let x = i as f32 / 20.0;
            // A bin is a thirtieth of the data; the ends are flat beyond the
            // middle of theirs.
            assert!((y - x / 2.0).abs() < 0.04, "{x}: {y}");
        }
    }
}
