//! Attention, in whole numbers: queries and keys are words of 14 bits with one scale a
//! row and head, attention weights words of 15 bits, values words with one scale a
//! channel, so that sums stay inside 32 bits.

// What calls instructions is a function, not a closure: no closure can be made to be
// compiled with the features of the stage that it stands in.

use super::{
    products::{Products, TILE, Tile},
    vector::{Sixteen, Vector, Whole},
};
use crate::entities::float::{LANES, ROUND};

/// Work space of `attend`.
#[derive(Debug, Default)]
pub struct Attention {
    queries: Vec<i16>,
    query_scales: Vec<f32>,
    keys: Vec<i16>,
    key_scales: Vec<f32>,
    values: Vec<i16>,
    scores: Vec<f32>,
    weights: Vec<i16>,
}

/// Steps of a query's or key's greatest number: 32 products of two of them
/// stay inside 32 bits.
const STEPS: f32 = 8191.0;

/// Numbers a head; queries and keys of more would leave 32 bits.
pub const HEAD: usize = 32;

/// Keys of one tile.
const KEYS: usize = 32;

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

/// A head's numbers of one piece.
#[inline(always)]
fn halves<V: Vector>(row: &[f32]) -> [V; 2] {
    let halves: &[Sixteen] = row.as_chunks().0;
    [V::load(&halves[0]), V::load(&halves[1])]
}

/// The queries (0), keys (1) or values (2) of a head, of one piece.
#[inline(always)]
fn part(qkv: &[f32], width: usize, which: usize, head: usize, piece: usize) -> &[f32] {
    let start = (3 * piece + which) * width + head * HEAD;
    &qkv[start..start + HEAD]
}

/// The nearest whole numbers of steps.
#[inline(always)]
fn words<V: Vector>(x: V, inverse: V) -> V::Whole {
    x.mul(inverse).add(V::splat(ROUND)).whole()
}

/// Words of a query or key, and what a step of them is worth.
#[inline(always)]
fn to_words<V: Vector>(row: &[f32], out: &mut [i16]) -> f32 {
    let [a, b] = halves::<V>(row);
    let most = a.abs().or_greater(b.abs()).greatest();
    let (scale, inverse) = steps(most, STEPS);
    let inverse = V::splat(inverse);
    let out = out.as_chunks_mut::<LANES>().0;
    words(a, inverse).to_words(&mut out[0]);
    words(b, inverse).to_words(&mut out[1]);
    scale
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
    // Keys in blocks, values in pairs.
    let padded = pieces.next_multiple_of(KEYS);
    s.queries.resize(pieces * HEAD, 0);
    s.query_scales.resize(pieces, 0.0);
    s.keys.clear();
    s.keys.resize(padded * HEAD, 0);
    s.key_scales.clear();
    s.key_scales.resize(padded, 0.0);
    s.values.resize(padded * HEAD, 0);
    s.scores.resize(TILE * padded, 0.0);
    s.weights.resize(TILE * padded, 0);
    let softening = 1.0 / (HEAD as f32).sqrt();
    for head in 0..heads {
        let mut most = [P::Vector::splat(0.0); 2];
        for p in 0..pieces {
            let query = &mut s.queries[p * HEAD..(p + 1) * HEAD];
            let row = part(qkv, width, 0, head, p);
            s.query_scales[p] = to_words::<P::Vector>(row, query) * softening;
            let mut key = [0i16; HEAD];
            s.key_scales[p] = to_words::<P::Vector>(part(qkv, width, 1, head, p), &mut key);
            let block = &mut s.keys[(p / KEYS) * KEYS * HEAD..(p / KEYS + 1) * KEYS * HEAD];
            let pairs = block.as_chunks_mut::<2>().0;
            for (i, two) in key.as_chunks::<2>().0.iter().enumerate() {
                pairs[i * KEYS + p % KEYS] = *two;
            }
            let value = halves::<P::Vector>(part(qkv, width, 2, head, p));
            for half in 0..2 {
                most[half] = most[half].or_greater(value[half].abs());
            }
        }
        let mut inverse = [[0f32; LANES]; 2];
        let mut value_scales = [[0f32; LANES]; 2];
        for half in 0..2 {
            let mut greatest = [0f32; LANES];
            most[half].store(&mut greatest);
            for i in 0..LANES {
                (value_scales[half][i], inverse[half][i]) = steps(greatest[i], levels);
            }
        }
        for two in 0..pieces.div_ceil(2) {
            let row = &mut s.values[two * 2 * HEAD..(two + 1) * 2 * HEAD];
            let pairs = row.as_chunks_mut::<2>().0.as_chunks_mut::<LANES>().0;
            let first = halves::<P::Vector>(part(qkv, width, 2, head, 2 * two));
            // What pads has no weight.
            let second =
                halves::<P::Vector>(part(qkv, width, 2, head, (2 * two + 1).min(pieces - 1)));
            for half in 0..2 {
                let inverse = P::Vector::load(&inverse[half]);
                let first = words(first[half], inverse);
                first.to_pairs(words(second[half], inverse), &mut pairs[half]);
            }
        }
        let mut task = Rows {
            pieces,
            padded,
            row: 0,
            column: head * HEAD,
            width,
            value_scales: &value_scales,
        };
        while task.row < pieces {
            match pieces - task.row {
                1 => rows::<P, 1>(s, &task, out),
                2 => rows::<P, 2>(s, &task, out),
                3 => rows::<P, 3>(s, &task, out),
                4 => rows::<P, 4>(s, &task, out),
                5 => rows::<P, 5>(s, &task, out),
                _ => rows::<P, TILE>(s, &task, out),
            }
            task.row += TILE;
        }
    }
}

/// Some queries of one head.
struct Rows<'a> {
    pieces: usize,
    padded: usize,
    /// The first query.
    row: usize,
    /// Where the head stands in the output.
    column: usize,
    width: usize,
    value_scales: &'a [Sixteen; 2],
}

/// Attention of `M` queries of one head.
#[inline(always)]
fn rows<P: Products, const M: usize>(s: &mut Attention, task: &Rows<'_>, out: &mut [f32]) {
    let Rows {
        pieces,
        padded,
        row,
        ..
    } = *task;
    for block in 0..padded / KEYS {
        let mut products = [[0i32; KEYS]; M];
        let tile = Tile {
            rows: &s.queries[row * HEAD..],
            stride: HEAD,
            depth: HEAD,
            weights: &s.keys[block * KEYS * HEAD..],
        };
        P::words(tile, &mut products);
        let scales = s.key_scales[block * KEYS..(block + 1) * KEYS].as_chunks().0;
        for (m, products) in products.iter().enumerate() {
            let scale = P::Vector::splat(s.query_scales[row + m]);
            let start = m * padded + block * KEYS;
            let scores = s.scores[start..start + KEYS].as_chunks_mut().0;
            let products = products.as_chunks().0;
            for i in 0..KEYS / LANES {
                P::Vector::of_whole(&products[i])
                    .mul(scale.mul(P::Vector::load(&scales[i])))
                    .store(&mut scores[i]);
            }
        }
    }
    let mut totals = [0i32; M];
    for (m, whole) in totals.iter_mut().enumerate() {
        let scores = &mut s.scores[m * padded..(m + 1) * padded];
        // What pads is no piece.
        scores[pieces..].fill(f32::MIN);
        let mut most = P::Vector::splat(f32::MIN);
        for x in scores.as_chunks().0 {
            most = most.or_greater(P::Vector::load(x));
        }
        let most = P::Vector::splat(most.greatest());
        let weights = &mut s.weights[m * padded..(m + 1) * padded];
        let weights = weights.as_chunks_mut().0;
        let mut total = <P::Vector as Vector>::Whole::zero();
        for (i, x) in scores.as_chunks().0.iter().enumerate() {
            let share = P::Vector::load(x).sub(most).exp();
            let weight = words(share, P::Vector::splat(WHOLE));
            weight.to_words(&mut weights[i]);
            total = total.add(weight);
        }
        *whole = total.total();
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
        let start = (row + m) * task.width + task.column;
        let out = out[start..start + HEAD].as_chunks_mut().0;
        let share = P::Vector::splat(1.0 / totals[m] as f32);
        for (half, sums) in sums.as_chunks().0.iter().enumerate() {
            let scales = P::Vector::load(&task.value_scales[half]);
            P::Vector::of_whole(sums)
                .mul(scales.mul(share))
                .store(&mut out[half]);
        }
    }
}
