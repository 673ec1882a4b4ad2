//! Minimising a smooth convex function plus an optional L1 norm: L-BFGS
//! (Liu and Nocedal, 1989) and its orthant-wise variant OWL-QN (Andrew and
//! Gao, 2007).

use rayon::prelude::*;

/// When to stop, and how much is remembered.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Pairs of past steps that stand for the curvature.
    pub memory: usize,
    /// Iterations at most.
    pub iterations: usize,
    /// Stop when the objective fell by less than this share over ten iterations.
    pub tolerance: f64,
    /// Weight of the L1 norm; 0 switches it off.
    pub l1: f64,
}

const CHUNK: usize = 1 << 15;

/// Sums in chunks of fixed size, so that the result does not depend on how
/// many threads there are.
fn sum(chunks: impl IndexedParallelIterator<Item = f64>) -> f64 {
    let parts: Vec<f64> = chunks.collect();
    parts.iter().sum()
}

/// Σ aᵢ bᵢ
fn product<A, B>(a: &[A], b: &[B]) -> f64
where
    A: Copy + Into<f64> + Sync,
    B: Copy + Into<f64> + Sync,
{
    sum(a.par_chunks(CHUNK).zip(b.par_chunks(CHUNK)).map(|(a, b)| {
        let pairs = a.iter().zip(b);
        pairs.map(|(x, y)| (*x).into() * (*y).into()).sum()
    }))
}

fn norm1(a: &[f64]) -> f64 {
    sum(a.par_chunks(CHUNK).map(|a| a.iter().map(|x| x.abs()).sum()))
}

/// a += k·b
fn add(a: &mut [f64], k: f64, b: &[f32]) {
    a.par_chunks_mut(CHUNK)
        .zip(b.par_chunks(CHUNK))
        .for_each(|(a, b)| {
            a.iter_mut()
                .zip(b)
                .for_each(|(x, y)| *x += k * f64::from(*y))
        });
}

/// The sub-gradient of least norm of f + l1·‖x‖₁.
fn pseudo_gradient(x: &[f64], g: &[f64], l1: f64, out: &mut [f64]) {
    out.par_iter_mut().enumerate().for_each(|(i, o)| {
        *o = if l1 == 0.0 {
            g[i]
        } else if x[i] > 0.0 {
            g[i] + l1
        } else if x[i] < 0.0 {
            g[i] - l1
        } else if g[i] + l1 < 0.0 {
            g[i] + l1
        } else if g[i] - l1 > 0.0 {
            g[i] - l1
        } else {
            0.0
        };
    });
}

/// Minimises from `x`. `value(x, g)` gives the smooth part and writes its
/// gradient to `g`. After each iteration `seen(iteration, objective, x)` may
/// stop by answering `false`.
pub fn minimise(
    x: &mut Vec<f64>,
    s: &Settings,
    mut value: impl FnMut(&[f64], &mut [f64]) -> f64,
    mut seen: impl FnMut(usize, f64, &[f64]) -> bool,
) {
    let n = x.len();
    let mut g = vec![0.0; n];
    let mut f = value(x, &mut g) + s.l1 * norm1(x);
    let mut pg = vec![0.0; n];
    pseudo_gradient(x, &g, s.l1, &mut pg);
    // Past steps only steer: single precision halves what is read of them.
    let mut steps: Vec<(Vec<f32>, Vec<f32>, f64)> = Vec::new();
    let mut past = vec![f];
    for iteration in 1..=s.iterations {
        let mut d: Vec<f64> = pg.par_iter().map(|v| -v).collect();
        let mut a = vec![0.0; steps.len()];
        for (k, (ds, dg, rho)) in steps.iter().enumerate().rev() {
            a[k] = rho * product(ds, &d);
            add(&mut d, -a[k], dg);
        }
        if let Some((_, dg, rho)) = steps.last() {
            let h = 1.0 / (rho * product(dg, dg));
            d.par_iter_mut().for_each(|v| *v *= h);
        }
        for (k, (ds, dg, rho)) in steps.iter().enumerate() {
            let b = rho * product(dg, &d);
            add(&mut d, a[k] - b, ds);
        }
        if s.l1 > 0.0 {
            // Only directions that go down for the pseudo-gradient.
            d.par_iter_mut().zip(&pg).for_each(|(d, p)| {
                if *d * *p >= 0.0 {
                    *d = 0.0;
                }
            });
        }
        let slope = product(&d, &pg);
        if slope > -1e-12 {
            return;
        }
        let mut step = if steps.is_empty() {
            1.0 / product(&pg, &pg).sqrt()
        } else {
            1.0
        };
        let mut new_g = vec![0.0; n];
        let (new_x, new_f) = loop {
            let mut candidate: Vec<f64> = x.par_iter().zip(&d).map(|(x, d)| x + step * d).collect();
            if s.l1 > 0.0 {
                // A weight that would change its sign stops at nothing.
                candidate.par_iter_mut().enumerate().for_each(|(i, c)| {
                    let orthant = if x[i] != 0.0 { x[i] } else { -pg[i] };
                    if *c * orthant <= 0.0 {
                        *c = 0.0;
                    }
                });
            }
            let new = value(&candidate, &mut new_g) + s.l1 * norm1(&candidate);
            if new <= f + 1e-4 * step * slope {
                break (candidate, new);
            }
            step *= 0.5;
            if step < 1e-12 {
                return;
            }
        };
        let change = |new: &[f64], old: &[f64]| -> Vec<f32> {
            let pairs = new.par_iter().zip(old);
            pairs.map(|(a, b)| (a - b) as f32).collect()
        };
        let (ds, dg) = (change(&new_x, x), change(&new_g, &g));
        let curvature = product(&ds, &dg);
        if curvature > 1e-12 {
            if steps.len() == s.memory {
                steps.remove(0);
            }
            steps.push((ds, dg, 1.0 / curvature));
        }
        *x = new_x;
        g = new_g;
        f = new_f;
        pseudo_gradient(x, &g, s.l1, &mut pg);
        past.push(f);
        if !seen(iteration, f, x) {
            return;
        }
        if past.len() > 10 {
            let before = past[past.len() - 11];
            if (before - f) / f.abs().max(1.0) < s.tolerance {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(l1: f64) -> Vec<f64> {
        // Σ aᵢ (xᵢ − cᵢ)², whose minimum with an L1 norm is known.
        let (a, c) = ([1.0, 4.0, 0.5], [3.0, -0.2, 0.1]);
        let mut x = vec![0.0; 3];
        let s = Settings {
            memory: 5,
            iterations: 100,
            tolerance: 0.0,
            l1,
        };
        minimise(
            &mut x,
            &s,
            |x, g| {
                let mut f = 0.0;
                for i in 0..3 {
                    let e = x[i] - c[i];
                    f += a[i] * e * e;
                    g[i] = 2.0 * a[i] * e;
                }
                f
            },
            |_, _, _| true,
        );
        x
    }

    #[test]
    fn finds_known_minima() {
        let near = |x: &[f64], y: [f64; 3]| x.iter().zip(y).all(|(a, b)| (a - b).abs() < 1e-4);
        assert!(near(&solve(0.0), [3.0, -0.2, 0.1]));
        // Soft thresholding: |c| − l1 / 2a, never below nothing.
        assert!(near(&solve(1.0), [2.5, -0.075, 0.0]));
    }
}
