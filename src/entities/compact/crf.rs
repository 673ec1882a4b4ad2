//! A linear-chain conditional random field (Lafferty, McCallum and Pereira,
//! 2001) over BIO labels: decoding and marginals from emission scores.
//!
//! Emissions are rows of [`LABELS`] scores, one a token, in natural-log units.

use crate::kinds::Label;

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

/// The transitions with the forbidden ones closed.
pub fn closed(weights: &Transitions) -> Transitions {
    let mut t = *weights;
    for (p, row) in t.iter_mut().enumerate() {
        for (n, x) in row.iter_mut().enumerate() {
            if !allowed(p as u8, n as u8) {
                *x = NEVER;
            }
        }
    }
    t
}

/// Labels and room up to a whole number of vector registers: what is added to
/// or compared with all labels at once.
const LANES: usize = 12;

type Lanes<T> = [T; LANES];

fn lanes(row: &Row, rest: f32) -> Lanes<f32> {
    std::array::from_fn(|y| row.get(y).copied().unwrap_or(rest))
}

fn row(lanes: &Lanes<f32>) -> Row {
    std::array::from_fn(|y| lanes[y])
}

/// `[prev][next]` with room for vectors.
fn forward(t: &Transitions, rest: f32) -> [Lanes<f32>; LABELS] {
    std::array::from_fn(|p| lanes(&t[p], rest))
}

/// `[next][prev]` with room for vectors.
fn backward(t: &Transitions) -> [Lanes<f32>; LABELS] {
    std::array::from_fn(|y| lanes(&std::array::from_fn(|p| t[p][y]), 0.0))
}

/// Work space of the algorithms, kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct Space {
    back: Vec<[u8; LABELS]>,
    /// Forward variables, each row scaled to sum to one.
    pub alpha: Vec<Row>,
    /// Backward variables under the same scales.
    pub beta: Vec<Row>,
    /// exp(emission − largest of the row).
    pub emit: Vec<Row>,
    scale: Vec<f32>,
}

/// The best sequence of labels (Viterbi, 1967), written to `out`.
pub fn viterbi(emissions: &[Row], t: &Transitions, space: &mut Space, out: &mut Vec<u8>) {
    out.clear();
    let Some(first) = emissions.first() else {
        return;
    };
    let mut score = *first;
    for (y, s) in score.iter_mut().enumerate() {
        if !allowed(OUTSIDE, y as u8) {
            *s = NEVER;
        }
    }
    let t = forward(t, NEVER);
    space.back.clear();
    for row in &emissions[1..] {
        let mut next = [f32::MIN; LANES];
        let mut back = [0i32; LANES];
        for p in 0..LABELS {
            let from = score[p];
            for y in 0..LANES {
                let s = from + t[p][y];
                let better = s > next[y];
                next[y] = if better { s } else { next[y] };
                back[y] = if better { p as i32 } else { back[y] };
            }
        }
        for (y, (s, e)) in score.iter_mut().zip(row).enumerate() {
            *s = next[y] + e;
        }
        space.back.push(std::array::from_fn(|y| back[y] as u8));
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

/// Runs the forward and backward recursions. `exp` are the exponentials of
/// closed transitions.
pub fn forward_backward(emissions: &[Row], exp: &Transitions, space: &mut Space) {
    let n = emissions.len();
    let zero = [0f32; LABELS];
    space.alpha.clear();
    space.alpha.resize(n, zero);
    space.beta.clear();
    space.beta.resize(n, zero);
    space.emit.clear();
    space.scale.clear();
    for row in emissions {
        let top = top(row);
        let mut e = [0f32; LABELS];
        for (a, b) in e.iter_mut().zip(row) {
            *a = (b - top).exp();
        }
        space.emit.push(e);
    }
    let (onward, back) = (forward(exp, 0.0), backward(exp));
    let start: Row = std::array::from_fn(|y| f32::from(u8::from(allowed(OUTSIDE, y as u8))));
    for i in 0..n {
        let mut a = if i == 0 {
            lanes(&start, 0.0)
        } else {
            let prev = space.alpha[i - 1];
            let mut a = [0f32; LANES];
            for p in 0..LABELS {
                for y in 0..LANES {
                    a[y] += prev[p] * onward[p][y];
                }
            }
            a
        };
        let emit = lanes(&space.emit[i], 0.0);
        for (x, e) in a.iter_mut().zip(&emit) {
            *x *= e;
        }
        let sum: f32 = a[..LABELS].iter().sum();
        let sum = sum.max(f32::MIN_POSITIVE);
        for x in &mut a {
            *x /= sum;
        }
        space.scale.push(sum);
        space.alpha[i] = row(&a);
    }
    if n > 0 {
        space.beta[n - 1] = [1.0; LABELS];
    }
    for i in (0..n.saturating_sub(1)).rev() {
        let after = space.after(i);
        let mut b = [0f32; LANES];
        for y in 0..LABELS {
            for p in 0..LANES {
                b[p] += back[y][p] * after[y];
            }
        }
        space.beta[i] = row(&b);
    }
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
        let mut m = self.alpha[i];
        for (a, b) in m.iter_mut().zip(&self.beta[i]) {
            // What a model makes as good as impossible may be 0 × ∞: none of it.
            *a = (*a * b).max(0.0);
        }
        m
    }

    /// Probability of the transition from token `i` to `i + 1`, times what it
    /// is multiplied with: `alpha[p] · exp[p][y] · after(i)[y]`.
    pub fn after(&self, i: usize) -> Row {
        let mut a = self.beta[i + 1];
        for (b, e) in a.iter_mut().zip(&self.emit[i + 1]) {
            *b *= e / self.scale[i + 1];
        }
        a
    }

    /// Probability that tokens `start..end` are exactly one name of `label`,
    /// after [`forward_backward`].
    pub fn span(&self, start: usize, end: usize, label: Label, exp: &Transitions) -> f32 {
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

/// Exponentials of transitions.
pub fn exponentials(t: &Transitions) -> Transitions {
    let mut e = *t;
    e.iter_mut().flatten().for_each(|x| *x = x.exp());
    e
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
        let t = closed(&weights);
        let emissions: Vec<Row> = (0..4)
            .map(|_| std::array::from_fn(|_| 3.0 * noise(&mut seed)))
            .collect();
        let every = all(&emissions, &weights);
        let best = every.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        let z: f64 = every.iter().map(|(_, s)| s.exp()).sum();
        let mut space = Space::default();
        let mut labels = Vec::new();
        viterbi(&emissions, &t, &mut space, &mut labels);
        assert_eq!(labels, best.0);
        let exp = exponentials(&t);
        forward_backward(&emissions, &exp, &mut space);
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
            let got = space.span(start, end, Label::Org, &exp);
            assert!(
                (f64::from(got) - want).abs() < 1e-4,
                "{start}..{end}: {got} {want}"
            );
        }
    }
}
