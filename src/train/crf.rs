//! Fitting the weights of a conditional random field.

use super::lbfgs;
use crate::entities::compact::crf::{
    self, LABELS, Row, Space, Transitions, closed, exponentials, forward_backward,
};
use rayon::prelude::*;
use std::collections::HashMap;

/// Sentences as attribute numbers and gold labels, end to end.
#[derive(Default)]
pub struct Dataset {
    /// Attribute numbers of all tokens.
    pub attributes: Vec<u32>,
    /// Where each token's attributes end.
    pub ends: Vec<u32>,
    /// Gold label of each token.
    pub labels: Vec<u8>,
    /// Where each sentence ends, in tokens.
    pub sentences: Vec<u32>,
    /// Weight of each sentence in the objective.
    pub weights: Vec<f32>,
}

impl Dataset {
    /// Attribute numbers of token `i`.
    pub fn of(&self, i: usize) -> &[u32] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.attributes[from as usize..self.ends[i] as usize]
    }

    /// Tokens of sentence `s`.
    pub fn sentence(&self, s: usize) -> std::ops::Range<usize> {
        let from = if s == 0 { 0 } else { self.sentences[s - 1] };
        from as usize..self.sentences[s] as usize
    }
}

/// Weights: a row a known attribute, and the transitions.
#[derive(Clone, Default)]
pub struct Weights {
    /// Number of each attribute.
    pub index: HashMap<u64, u32>,
    /// A row of label weights for each attribute.
    pub rows: Vec<Row>,
    /// Weights of label pairs.
    pub transitions: Transitions,
}

/// How weights are fitted.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Attributes seen on fewer tokens are left out.
    pub min_count: u32,
    /// Weight of half the squared L2 norm.
    pub l2: f64,
    /// Weight of the L1 norm.
    pub l1: f64,
    /// Iterations at most.
    pub iterations: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            min_count: 2,
            l2: 5.0,
            l1: 0.15,
            iterations: 60,
        }
    }
}

/// Gradients are summed over this many parts of the data, each by one thread
/// at a time: the result does not depend on how many threads there are.
const SHARDS: usize = 4;

fn unpack(x: &[f64]) -> (Vec<Row>, Transitions) {
    let n = x.len() / LABELS - LABELS;
    let rows = x[..n * LABELS]
        .par_chunks(LABELS)
        .map(|r| std::array::from_fn(|y| r[y] as f32))
        .collect();
    let t = &x[n * LABELS..];
    let transitions = std::array::from_fn(|p| std::array::from_fn(|y| t[p * LABELS + y] as f32));
    (rows, transitions)
}

/// Scores of the tokens of a sentence.
pub fn emissions(data: &Dataset, range: std::ops::Range<usize>, rows: &[Row], out: &mut Vec<Row>) {
    out.clear();
    for i in range {
        let mut e = [0f32; LABELS];
        for a in data.of(i) {
            for (x, w) in e.iter_mut().zip(&rows[*a as usize]) {
                *x += w;
            }
        }
        out.push(e);
    }
}

/// Fits weights for `attributes` many attributes. `seen` is called after each
/// iteration with its number and the objective; `false` stops.
pub fn fit(
    data: &Dataset,
    attributes: usize,
    s: &Settings,
    mut seen: impl FnMut(usize, f64, &dyn Fn() -> (Vec<Row>, Transitions)) -> bool,
) -> (Vec<Row>, Transitions) {
    let n = (attributes + LABELS) * LABELS;
    let sentences = data.sentences.len();
    let shard = sentences.div_ceil(SHARDS).max(1);
    let mut gradients: Vec<Vec<f32>> = vec![vec![0f32; n]; SHARDS];
    let mut x = vec![0f64; n];
    let settings = lbfgs::Settings {
        memory: 6,
        iterations: s.iterations,
        tolerance: 2e-4,
        l1: s.l1,
    };
    lbfgs::minimise(
        &mut x,
        &settings,
        |x, g| {
            let (rows, transitions) = unpack(x);
            let exp = exponentials(&closed(&transitions));
            let losses: Vec<f64> = gradients
                .par_iter_mut()
                .enumerate()
                .map(|(k, gradient)| {
                    gradient.fill(0.0);
                    let from = (k * shard).min(sentences);
                    let to = ((k + 1) * shard).min(sentences);
                    let mut space = Space::default();
                    let mut rows_of = Vec::new();
                    let mut loss = 0.0;
                    for i in from..to {
                        let range = data.sentence(i);
                        emissions(data, range.clone(), &rows, &mut rows_of);
                        let w = data.weights[i];
                        loss += f64::from(w)
                            * sentence(
                                data,
                                range,
                                &rows_of,
                                &transitions,
                                &exp,
                                w,
                                &mut space,
                                gradient,
                            );
                    }
                    loss
                })
                .collect();
            let shards: Vec<&Vec<f32>> = gradients.iter().collect();
            g.par_iter_mut().enumerate().for_each(|(i, g)| {
                *g = shards.iter().map(|s| f64::from(s[i])).sum::<f64>() + s.l2 * x[i];
            });
            let parts: Vec<f64> = x
                .par_chunks(1 << 15)
                .map(|c| c.iter().map(|v| v * v).sum::<f64>())
                .collect();
            losses.iter().sum::<f64>() + 0.5 * s.l2 * parts.iter().sum::<f64>()
        },
        |i, f, x| seen(i, f, &|| unpack(x)),
    );
    unpack(&x)
}

/// Adds one sentence's gradient; gives its negative log-likelihood.
#[allow(clippy::too_many_arguments)] // The innards of one loop.
fn sentence(
    data: &Dataset,
    range: std::ops::Range<usize>,
    emissions: &[Row],
    transitions: &Transitions,
    exp: &Transitions,
    weight: f32,
    space: &mut Space,
    gradient: &mut [f32],
) -> f64 {
    let log_z = forward_backward(emissions, exp, space);
    let mut score = 0f64;
    let base = gradient.len() - LABELS * LABELS;
    let mut prev: Option<usize> = None;
    for (k, i) in range.clone().enumerate() {
        let y = usize::from(data.labels[i]);
        score += f64::from(emissions[k][y]);
        let mut m = space.marginals(k);
        m[y] -= 1.0;
        m.iter_mut().for_each(|x| *x *= weight);
        for a in data.of(i) {
            let at = *a as usize * LABELS;
            for (g, d) in gradient[at..at + LABELS].iter_mut().zip(&m) {
                *g += d;
            }
        }
        if let Some(p) = prev {
            score += f64::from(transitions[p][y]);
            gradient[base + p * LABELS + y] -= weight;
            let after = space.after(k - 1);
            let alpha = space.alpha[k - 1];
            for p in 0..LABELS {
                for y in 0..LABELS {
                    gradient[base + p * LABELS + y] += weight * alpha[p] * exp[p][y] * after[y];
                }
            }
        }
        prev = Some(y);
    }
    log_z - score
}

/// Tags a dataset's sentences with given rows; calls `each(labels, marginals)`
/// for each sentence in order.
pub fn tag(
    data: &Dataset,
    rows: &[Row],
    transitions: &Transitions,
    mut each: impl FnMut(&[u8], &[Row]),
) {
    let t = closed(transitions);
    let exp = exponentials(&t);
    let mut space = Space::default();
    let (mut e, mut labels, mut marginals) = (Vec::new(), Vec::new(), Vec::new());
    for s in 0..data.sentences.len() {
        emissions(data, data.sentence(s), rows, &mut e);
        crf::viterbi(&e, &t, &mut space, &mut labels);
        forward_backward(&e, &exp, &mut space);
        marginals.clear();
        marginals.extend((0..e.len()).map(|i| space.marginals(i)));
        each(&labels, &marginals);
    }
}
