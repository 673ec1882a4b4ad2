//! A linear-chain conditional random field (Lafferty, McCallum and Pereira,
//! 2001) over BIO labels: decoding and marginals from emission scores.
//!
//! Emissions are rows of [`LABELS`] scores, one a token, in natural-log units.

use crate::{entities::float, kinds::Label};

/// `O`, then `B` and `I` of each entity type.
pub const LABELS: usize = 9;

/// One score a label.
pub type Row = [f32; LABELS];

/// Outside every name.
pub const OUTSIDE: u8 = 0;

/// Entity types in the order of their labels.
pub const TYPES: [Label; 4] = [Label::Per, Label::Loc, Label::Org, Label::Misc];

/// The label that begins a name of `label`.
pub fn begin(label: Label) -> u8 {
    1 + 2 * label as u8
}

/// The label that goes on with a name of `label`.
pub fn inside(label: Label) -> u8 {
    2 + 2 * label as u8
}

/// The type of a label, `None` for [`OUTSIDE`].
pub fn kind(y: u8) -> Option<Label> {
    TYPES.get(usize::from(y).checked_sub(1)? / 2).copied()
}

/// Whether `y` begins a name.
pub fn begins(y: u8) -> bool {
    y % 2 == 1
}

/// Whether `next` may follow `prev`; at the start of a sentence `prev` is
/// [`OUTSIDE`].
pub fn allowed(prev: u8, next: u8) -> bool {
    next == OUTSIDE || begins(next) || (prev != OUTSIDE && kind(prev) == kind(next))
}

/// Scores of one label after another; `[prev][next]`.
pub type Transitions = [Row; LABELS];

/// Stands for minus infinity; sums of a few of them stay finite.
pub const NEVER: f32 = -1e30;

/// Labels and room up to a whole number of vector registers: what is added to
/// or compared with all labels at once.
const LANES: usize = 12;

/// One number a label, and room.
pub type Lanes = [f32; LANES];

fn lanes(row: &Row, rest: f32) -> Lanes {
    let mut lanes = [rest; LANES];
    lanes[..LABELS].copy_from_slice(row);
    lanes
}

fn row(lanes: &Lanes) -> Row {
    std::array::from_fn(|y| lanes[y])
}

/// Transitions in the forms that the algorithms want.
#[derive(Debug, Clone)]
pub struct Field {
    /// Exponentials of the transitions, 0 for those that are forbidden; `[prev][next]`.
    pub exp: [Lanes; LABELS],
    /// `[prev][next]`, forbidden ones closed.
    paths: [Lanes; LABELS],
    /// The exponentials again, `[next][prev]`.
    back: [Lanes; LABELS],
}

impl Field {
    /// Of transitions in natural-log units.
    pub fn new(weights: &Transitions) -> Self {
        let closed: Transitions = std::array::from_fn(|p| {
            std::array::from_fn(|n| match allowed(p as u8, n as u8) {
                true => weights[p][n],
                false => NEVER,
            })
        });
        let exp = closed.map(|row| lanes(&row.map(f32::exp), 0.0));
        Self {
            exp,
            paths: closed.map(|row| lanes(&row, NEVER)),
            back: std::array::from_fn(|n| lanes(&std::array::from_fn(|p| exp[p][n]), 0.0)),
        }
    }
}

/// Work space of the algorithms, kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct Space {
    back: Vec<[u8; LANES]>,
    /// Forward variables, each row scaled to sum to one.
    alpha: Vec<Lanes>,
    /// Backward variables under the same scales.
    beta: Vec<Lanes>,
    /// exp(emission − largest of the row).
    emit: Vec<Lanes>,
    scale: Vec<f32>,
}

/// The best sequence of labels (Viterbi, 1967), written to `out`.
pub fn viterbi(emissions: &[Row], field: &Field, space: &mut Space, out: &mut Vec<u8>) {
    out.clear();
    let Some((first, rest)) = emissions.split_first() else {
        return;
    };
    let mut score = *first;
    for (y, s) in score.iter_mut().enumerate() {
        if !allowed(OUTSIDE, y as u8) {
            *s = NEVER;
        }
    }
    space.back.clear();
    for row in rest {
        let mut next = [f32::MIN; LANES];
        let mut back = [0i32; LANES];
        for (p, (from, paths)) in score.iter().zip(&field.paths).enumerate() {
            for y in 0..LANES {
                let s = from + paths[y];
                let better = s > next[y];
                next[y] = if better { s } else { next[y] };
                back[y] = if better { p as i32 } else { back[y] };
            }
        }
        for (y, (s, e)) in score.iter_mut().zip(row).enumerate() {
            *s = next[y] + e;
        }
        space.back.push(back.map(|p| p as u8));
    }
    let mut y = 0;
    for (i, s) in score.iter().enumerate() {
        if *s > score[y] {
            y = i;
        }
    }
    out.push(y as u8);
    for back in space.back.iter().rev() {
        y = usize::from(back[y]);
        out.push(y as u8);
    }
    out.reverse();
}

/// Runs the forward and backward recursions.
pub fn forward_backward(emissions: &[Row], field: &Field, space: &mut Space) {
    space.emit.clear();
    space.scale.clear();
    space.alpha.clear();
    space.beta.clear();
    for row in emissions {
        let top = top(row);
        let mut e = lanes(row, top);
        for x in &mut e {
            *x = float::exp(*x - top);
        }
        space.emit.push(e);
    }
    let start: Row = std::array::from_fn(|y| f32::from(u8::from(allowed(OUTSIDE, y as u8))));
    let mut alpha = lanes(&start, 0.0);
    for (i, emit) in space.emit.iter().enumerate() {
        if i > 0 {
            let mut a = [0f32; LANES];
            for (from, onward) in alpha.iter().zip(&field.exp) {
                for (a, x) in a.iter_mut().zip(onward) {
                    *a += from * x;
                }
            }
            alpha = a;
        }
        for (x, e) in alpha.iter_mut().zip(emit) {
            *x *= e;
        }
        let sum: f32 = alpha[..LABELS].iter().sum();
        let sum = sum.max(f32::MIN_POSITIVE);
        let once = 1.0 / sum;
        for x in &mut alpha {
            *x *= once;
        }
        space.scale.push(sum);
        space.alpha.push(alpha);
    }
    let mut beta = lanes(&[1.0; LABELS], 0.0);
    space.beta.resize(emissions.len(), beta);
    for i in (0..emissions.len().saturating_sub(1)).rev() {
        let after = times(&beta, &space.emit[i + 1], space.scale[i + 1]);
        let mut b = [0f32; LANES];
        for (to, back) in after.iter().zip(&field.back) {
            for (b, x) in b.iter_mut().zip(back) {
                *b += x * to;
            }
        }
        beta = b;
        space.beta[i] = beta;
    }
}

/// Backward variables of a token, times its emission under its scale.
fn times(beta: &Lanes, emit: &Lanes, scale: f32) -> Lanes {
    let once = 1.0 / scale;
    std::array::from_fn(|y| beta[y] * emit[y] * once)
}

fn top(row: &Row) -> f32 {
    row.iter().copied().fold(f32::MIN, f32::max)
}

impl Space {
    /// The log of the partition function, after [`forward_backward`].
    pub fn log_z(&self, emissions: &[Row]) -> f64 {
        let tops = emissions.iter().map(|row| f64::from(top(row)));
        let scales = self.scale.iter().map(|s| f64::from(s.ln()));
        tops.chain(scales).sum()
    }

    /// Probability of each label of token `i`, after [`forward_backward`].
    pub fn marginals(&self, i: usize) -> Row {
        let mut m = row(&self.alpha[i]);
        for (a, b) in m.iter_mut().zip(&self.beta[i]) {
            // What a model makes as good as impossible may be 0 × ∞: none of it.
            *a = (*a * b).max(0.0);
        }
        m
    }

    /// Probability of the transition from token `i` to `i + 1`, times what it
    /// is multiplied with: `before(i)[p] · exp[p][y] · after(i)[y]`.
    pub fn after(&self, i: usize) -> Row {
        row(&times(
            &self.beta[i + 1],
            &self.emit[i + 1],
            self.scale[i + 1],
        ))
    }

    /// The other factor of that: the forward variables of token `i`.
    pub fn before(&self, i: usize) -> Row {
        row(&self.alpha[i])
    }

    /// Probability that tokens `start..end` are exactly one name of `label`,
    /// after [`forward_backward`].
    pub fn span(&self, start: usize, end: usize, label: Label, field: &Field) -> f32 {
        let exp = &field.exp;
        let (b, i) = (usize::from(begin(label)), usize::from(inside(label)));
        let mut p = self.alpha[start][b];
        let mut last = b;
        for k in start + 1..end {
            p *= exp[last][i] * self.emit[k][i] / self.scale[k];
            last = i;
        }
        if end == self.alpha.len() {
            return p.clamp(0.0, 1.0);
        }
        let after = self.after(end - 1);
        let goes_on = exp[last][i] * after[i];
        (p * (self.beta[end - 1][last] - goes_on)).clamp(0.0, 1.0)
    }
}

/// Calls `each(start, end, label)` for every name in a sequence of labels.
pub fn names(labels: &[u8], mut each: impl FnMut(usize, usize, Label)) {
    let mut i = 0;
    while i < labels.len() {
        let Some(label) = kind(labels[i]) else {
            i += 1;
            continue;
        };
        let mut end = i + 1;
        while end < labels.len() && labels[end] == inside(label) {
            end += 1;
        }
        each(i, end, label);
        i = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sequence of labels, its score: the recursions against brute force.
    fn all(emissions: &[Row], t: &Transitions) -> Vec<(Vec<u8>, f64)> {
        let mut out: Vec<(Vec<u8>, f64)> = vec![(vec![], 0.0)];
        for row in emissions {
            out = out
                .into_iter()
                .flat_map(|(ys, s)| {
                    (0..LABELS as u8).filter_map(move |y| {
                        let p = ys.last().copied();
                        if !allowed(p.unwrap_or(OUTSIDE), y) {
                            return None;
                        }
                        let t = p.map_or(0.0, |p| t[usize::from(p)][usize::from(y)]);
                        let mut ys = ys.clone();
                        ys.push(y);
                        Some((ys, s + f64::from(t) + f64::from(row[usize::from(y)])))
                    })
                })
                .collect();
        }
        out
    }

    fn noise(seed: &mut u32) -> f32 {
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*seed >> 8) as f32 / (1 << 23) as f32 - 1.0
    }

    #[test]
    fn agrees_with_brute_force() {
        let mut seed = 7;
        let mut weights = [[0f32; LABELS]; LABELS];
        weights
            .iter_mut()
            .flatten()
            .for_each(|x| *x = 2.0 * noise(&mut seed));
        let field = Field::new(&weights);
        let emissions: Vec<Row> = (0..4)
            .map(|_| std::array::from_fn(|_| 3.0 * noise(&mut seed)))
            .collect();
        let every = all(&emissions, &weights);
        let best = every.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        let z: f64 = every.iter().map(|(_, s)| s.exp()).sum();
        let mut space = Space::default();
        let mut labels = Vec::new();
        viterbi(&emissions, &field, &mut space, &mut labels);
        assert_eq!(labels, best.0);
        forward_backward(&emissions, &field, &mut space);
        let log_z = space.log_z(&emissions);
        assert!((log_z - z.ln()).abs() < 1e-4);
        let share = |f: &dyn Fn(&[u8]) -> bool| {
            every
                .iter()
                .filter(|(ys, _)| f(ys))
                .map(|(_, s)| s.exp())
                .sum::<f64>()
                / z
        };
        let m = space.marginals(2);
        for (y, got) in m.iter().enumerate() {
            let want = share(&|ys| usize::from(ys[2]) == y);
            assert!((f64::from(*got) - want).abs() < 1e-4);
        }
        for (start, end) in [(0, 1), (1, 3), (2, 4)] {
            let want = share(&|ys| {
                let mut found = false;
                names(ys, |s, e, l| found |= (s, e, l) == (start, end, Label::Org));
                found
            });
            let got = space.span(start, end, Label::Org, &field);
            assert!(
                (f64::from(got) - want).abs() < 1e-4,
                "{start}..{end}: {got} {want}"
            );
        }
    }
}
