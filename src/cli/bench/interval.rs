//! Means of few measurements, and what they say about a ratio of two.

use serde::Serialize;

/// An estimate and its 95 % confidence interval.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Interval {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// Two-sided 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom.
const T: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
];

/// The quantile for so many degrees of freedom, rounded down to a row of [`T`], beyond it
/// the last: an interval is then a little too wide, never too narrow.
fn quantile(degrees: f64) -> f64 {
    // What is no number (no variance at all) becomes 1.
    let row = degrees.max(1.0) as usize;
    T[row.min(T.len()) - 1]
}

/// How many there are, their mean, and the variance of that mean.
fn moments(values: &[f64]) -> (f64, f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (n, mean, variance / n)
}

/// The mean of two values or more, by Student's t.
pub fn mean(values: &[f64]) -> Interval {
    let (n, mean, variance) = moments(values);
    let half = quantile(n - 1.0) * variance.sqrt();
    Interval {
        mean,
        low: mean - half,
        high: mean + half,
    }
}

/// How many times `then` is in `now`, two positive values or more each: the ratio of the
/// geometric means. The interval is that of a difference of two means of unlike
/// variances, taken of the logarithms and carried back (Welch, « The generalization of
/// ‘Student's’ problem when several different population variances are involved »,
/// Biometrika 34, 1947), with Satterthwaite's degrees of freedom (Biometrics Bulletin 2,
/// 1946). Logarithms, since what disturbs a measurement multiplies its time.
pub fn ratio(now: &[f64], then: &[f64]) -> Interval {
    let logarithms = |values: &[f64]| -> Vec<f64> { values.iter().map(|v| v.ln()).collect() };
    let (n, mean, variance) = moments(&logarithms(now));
    let (m, mean_then, variance_then) = moments(&logarithms(then));
    let sum = variance + variance_then;
    let degrees = sum.powi(2) / (variance.powi(2) / (n - 1.0) + variance_then.powi(2) / (m - 1.0));
    let half = quantile(degrees) * sum.sqrt();
    let difference = mean - mean_then;
    Interval {
        mean: difference.exp(),
        low: (difference - half).exp(),
        high: (difference + half).exp(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-9, "{found} {expected}");
    }

    #[test]
    fn mean_of_a_textbook_sample() {
        // Five values, mean 3, sample deviation √2.5: 2.776 · √(2.5 / 5).
        let i = mean(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        close(i.mean, 3.0);
        close(i.high, 3.0 + 2.776 * 0.5f64.sqrt());
        close(i.low, 3.0 - 2.776 * 0.5f64.sqrt());
    }

    #[test]
    fn ratio_of_alike_variances() {
        // Logarithms 0, 2 and -1, 1: means 1 and 0, variance 2 each, of the mean 1 each;
        // 2² / (1 + 1) = 2 degrees of freedom.
        let powers = |of: &[f64]| -> Vec<f64> { of.iter().map(|v| v.exp()).collect() };
        let i = ratio(&powers(&[0.0, 2.0]), &powers(&[-1.0, 1.0]));
        close(i.mean, 1f64.exp());
        close(i.low, (1.0 - 4.303 * 2f64.sqrt()).exp());
        close(i.high, (1.0 + 4.303 * 2f64.sqrt()).exp());
    }

    #[test]
    fn degrees_of_freedom_are_rounded_down() {
        // Variances of the means 1 (of two values) and 1 (of three, √3 apart): 2² / (1 + ½)
        // is 2.67 degrees.
        let r = 3f64.sqrt();
        let powers = |of: &[f64]| -> Vec<f64> { of.iter().map(|v| v.exp()).collect() };
        let i = ratio(&powers(&[0.0, 2.0]), &powers(&[-r, 0.0, r]));
        close(i.high, (1.0 + 4.303 * 2f64.sqrt()).exp());
    }

    #[test]
    fn without_variance_the_interval_is_a_point() {
        let i = ratio(&[6.0, 6.0], &[3.0, 3.0, 3.0]);
        close(i.mean, 2.0);
        close(i.low, 2.0);
        close(i.high, 2.0);
    }

    #[test]
    fn many_degrees_keep_the_last_quantile() {
        assert_eq!(quantile(1.0), 12.706);
        assert_eq!(quantile(30.9), 2.042);
        assert_eq!(quantile(1000.0), 2.042);
    }
}
