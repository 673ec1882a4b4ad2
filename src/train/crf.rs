//! Fitting the weights of a conditional random field.

use super::lbfgs;
use crate::entities::compact::{
    crf::{self, Field, LABELS, Row, Space, Transitions, forward_backward},
    hash,
};
use rayon::prelude::*;
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Lists of numbers, end to end.
#[derive(Default)]
pub struct Lists {
    numbers: Vec<u32>,
    ends: Vec<u32>,
}

impl Lists {
    /// Adds a list.
    pub fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.numbers.extend(list);
        self.ends.push(self.numbers.len() as u32);
    }

    /// List `i`.
    pub fn get(&self, i: usize) -> &[u32] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.numbers[from as usize..self.ends[i] as usize]
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no list.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many numbers they hold together.
    pub fn total(&self) -> usize {
        self.numbers.len()
    }
}

/// Sentences as attribute numbers and gold labels, end to end.
///
/// Most of a token's attributes are of one word at one distance. They form a
/// group, whose weights are summed once an iteration and whose gradient is
/// handed to its attributes once: a word that stands a thousand times costs its
/// many attributes once.
#[derive(Default)]
pub struct Dataset {
    /// Attributes of each group.
    pub groups: Lists,
    /// Groups of each token.
    pub shared: Lists,
    /// Attributes of each token that are of no group.
    pub own: Lists,
    /// Gold label of each token.
    pub labels: Vec<u8>,
    /// Where each sentence ends, in tokens.
    pub sentences: Vec<u32>,
    /// Weight of each sentence in the objective.
    pub weights: Vec<f32>,
}

impl Dataset {
    /// The weights of each group.
    fn group_rows(&self, rows: &[Row]) -> Vec<Row> {
        (0..self.groups.len())
            .into_par_iter()
            .map(|g| {
                let mut sum = [0f32; LABELS];
                for a in self.groups.get(g) {
                    plus(&mut sum, &rows[*a as usize]);
                }
                sum
            })
            .collect()
    }

    /// Tokens of sentence `s`.
    pub fn sentence(&self, s: usize) -> std::ops::Range<usize> {
        let from = if s == 0 { 0 } else { self.sentences[s - 1] };
        from as usize..self.sentences[s] as usize
    }
}

/// Numbers of attributes.
pub type Index = HashMap<u64, u32, BuildHasherDefault<Hashed>>;

/// A hasher of what is a hash already.
#[derive(Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash::bytes(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Weights: a row a known attribute, and the transitions.
#[derive(Clone, Default)]
pub struct Weights {
    /// Number of each attribute.
    pub index: Index,
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

fn plus(sum: &mut Row, row: &Row) {
    for (x, w) in sum.iter_mut().zip(row) {
        *x += w;
    }
}

/// Scores of the tokens of a sentence.
fn emissions(
    data: &Dataset,
    range: std::ops::Range<usize>,
    rows: &[Row],
    groups: &[Row],
    out: &mut Vec<Row>,
) {
    out.clear();
    for i in range {
        let mut e = [0f32; LABELS];
        for g in data.shared.get(i) {
            plus(&mut e, &groups[*g as usize]);
        }
        for a in data.own.get(i) {
            plus(&mut e, &rows[*a as usize]);
        }
        out.push(e);
    }
}

/// What one part of the data adds to the gradient.
struct Gradient {
    rows: Vec<Row>,
    groups: Vec<Row>,
    transitions: Transitions,
}

impl Gradient {
    fn new(attributes: usize, groups: usize) -> Self {
        Self {
            rows: vec![[0.0; LABELS]; attributes],
            groups: vec![[0.0; LABELS]; groups],
            transitions: [[0.0; LABELS]; LABELS],
        }
    }

    fn clear(&mut self) {
        self.rows.fill([0.0; LABELS]);
        self.groups.fill([0.0; LABELS]);
        self.transitions = [[0.0; LABELS]; LABELS];
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
    let mut gradients: Vec<Gradient> = (0..SHARDS)
        .map(|_| Gradient::new(attributes, data.groups.len()))
        .collect();
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
            let groups = data.group_rows(&rows);
            let field = Field::new(&transitions);
            let losses: Vec<f64> = gradients
                .par_iter_mut()
                .enumerate()
                .map(|(k, gradient)| {
                    gradient.clear();
                    let from = (k * shard).min(sentences);
                    let to = ((k + 1) * shard).min(sentences);
                    let mut space = Space::default();
                    let mut scores = Vec::new();
                    let mut loss = 0.0;
                    for i in from..to {
                        let w = data.weights[i];
                        if w == 0.0 {
                            continue;
                        }
                        let range = data.sentence(i);
                        emissions(data, range.clone(), &rows, &groups, &mut scores);
                        let of_one = sentence(
                            data,
                            range,
                            &scores,
                            &transitions,
                            &field,
                            w,
                            &mut space,
                            gradient,
                        );
                        loss += f64::from(w) * of_one;
                    }
                    loss
                })
                .collect();
            let (weights, pairs) = g.split_at_mut(attributes * LABELS);
            weights
                .par_chunks_mut(LABELS)
                .enumerate()
                .for_each(|(a, g)| {
                    for (y, g) in g.iter_mut().enumerate() {
                        *g = gradients.iter().map(|s| f64::from(s.rows[a][y])).sum();
                    }
                });
            for group in 0..data.groups.len() {
                let mut sum = [0f32; LABELS];
                for part in &gradients {
                    plus(&mut sum, &part.groups[group]);
                }
                for a in data.groups.get(group) {
                    let at = *a as usize * LABELS;
                    for (g, d) in weights[at..at + LABELS].iter_mut().zip(&sum) {
                        *g += f64::from(*d);
                    }
                }
            }
            for (i, g) in pairs.iter_mut().enumerate() {
                let (p, y) = (i / LABELS, i % LABELS);
                *g = gradients
                    .iter()
                    .map(|s| f64::from(s.transitions[p][y]))
                    .sum();
            }
            g.par_iter_mut().zip(x).for_each(|(g, x)| *g += s.l2 * x);
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
    field: &Field,
    weight: f32,
    space: &mut Space,
    gradient: &mut Gradient,
) -> f64 {
    forward_backward(emissions, field, space);
    let log_z = space.log_z(emissions);
    let mut score = 0f64;
    let mut prev: Option<usize> = None;
    for (k, i) in range.clone().enumerate() {
        let y = usize::from(data.labels[i]);
        score += f64::from(emissions[k][y]);
        let mut m = space.marginals(k);
        m[y] -= 1.0;
        m.iter_mut().for_each(|x| *x *= weight);
        for g in data.shared.get(i) {
            plus(&mut gradient.groups[*g as usize], &m);
        }
        for a in data.own.get(i) {
            plus(&mut gradient.rows[*a as usize], &m);
        }
        if let Some(p) = prev {
            score += f64::from(transitions[p][y]);
            gradient.transitions[p][y] -= weight;
            let after = space.after(k - 1);
            let before = space.before(k - 1);
            let from = before.iter().zip(&field.exp);
            for (sums, (before, exp)) in gradient.transitions.iter_mut().zip(from) {
                for (sum, (exp, after)) in sums.iter_mut().zip(exp.iter().zip(&after)) {
                    *sum += weight * before * exp * after;
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
    let field = Field::new(transitions);
    let groups = data.group_rows(rows);
    let mut space = Space::default();
    let (mut e, mut labels, mut marginals) = (Vec::new(), Vec::new(), Vec::new());
    for s in 0..data.sentences.len() {
        emissions(data, data.sentence(s), rows, &groups, &mut e);
        crf::viterbi(&e, &field, &mut space, &mut labels);
        forward_backward(&e, &field, &mut space);
        marginals.clear();
        marginals.extend((0..e.len()).map(|i| space.marginals(i)));
        each(&labels, &marginals);
    }
}
