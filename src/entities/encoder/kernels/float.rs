//! Functions of `f32` that give the same bits on every machine: products, sums,
//! quotients and roots alone, in a fixed order.

/// Lanes of the sums: sixteen partial sums, added in pairs at the end, so that
/// vectors of 4, 8 and 16 numbers add alike.
pub const LANES: usize = 16;

/// Adding and subtracting it rounds to the nearest whole number, ties to even,
/// for numbers below 2²² in size.
pub const ROUND: f32 = 12_582_912.0;

/// e to the power of `x`, within 2 units in the last place from −87 to 88;
/// what lies outside counts as the border (the polynomial is Cephes' `expf`).
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = if x > -87.0 { x } else { -87.0 };
    let x = if x < 88.0 { x } else { 88.0 };
    let z = x * std::f32::consts::LOG2_E + ROUND;
    let n = z - ROUND;
    // ln 2 in two parts, the first of which is exact times any n.
    let r = x - n * 0.693_359_4 - n * -2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let y = p * r * r + r + 1.0;
    let power = z.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    y * f32::from_bits(power)
}

/// The error function, within 1.5e-7 (Abramowitz and Stegun, 1964, 7.1.26).
#[inline(always)]
pub fn erf(x: f32) -> f32 {
    let a = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * a);
    let mut p = 1.061_405_4;
    p = p * t - 1.453_152;
    p = p * t + 1.421_413_7;
    p = p * t - 0.284_496_74;
    p = p * t + 0.254_829_6;
    (1.0 - p * t * exp(-(a * a))).copysign(x)
}

/// The Gaussian error linear unit (Hendrycks and Gimpel, 2016), in its exact form.
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The natural logarithm of a normal positive number, within 2e-7 of it (the
/// polynomial is Cephes' `logf`).
#[inline(always)]
pub fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    // A fraction from √½ to √2 and its exponent.
    let shifted = bits.wrapping_sub(std::f32::consts::FRAC_1_SQRT_2.to_bits());
    let exponent = (shifted as i32) >> 23;
    let fraction = f32::from_bits(bits.wrapping_sub((exponent as u32) << 23)) - 1.0;
    let square = fraction * fraction;
    let mut p = 7.037_684e-2;
    for c in [
        -0.115_146_1,
        0.116_769_984,
        -0.124_201_41,
        0.142_493_23,
        -0.166_680_57,
        0.200_007_15,
        -0.249_999_94,
        0.333_333_3,
    ] {
        p = p * fraction + c;
    }
    let e = exponent as f32;
    let y = fraction * square * p + e * -2.121_944_4e-4 - 0.5 * square;
    fraction + y + e * 0.693_359_4
}

/// Folds `f` of every number of `x`, whose length is a multiple of [`LANES`].
#[inline(always)]
pub fn fold(x: &[f32], start: f32, f: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [start; LANES];
    for chunk in x.chunks_exact(LANES) {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = f(*lane, *x);
        }
    }
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = f(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

/// The sum of `x`, whose length is a multiple of [`LANES`].
#[inline(always)]
pub fn sum(x: &[f32]) -> f32 {
    fold(x, 0.0, |a, b| a + b)
}

/// The sum of the squares of `x`, whose length is a multiple of [`LANES`].
#[inline(always)]
pub fn squares(x: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    for chunk in x.chunks_exact(LANES) {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += x * x;
        }
    }
    sum(&lanes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_the_exact_functions() {
        for i in -8700..8800 {
            let x = i as f32 / 100.0;
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error < 2.5e-7, "{x}: {error}");
        }
        assert_eq!(exp(-1e9), exp(-87.0));
        assert_eq!(exp(f32::NAN), exp(-87.0));
        // Values of the error function from the tables of the same book.
        for (x, value) in [
            (0.0, 0.0),
            (0.5, 0.520_499_9),
            (1.0, 0.842_700_8),
            (2.0, 0.995_322_3),
        ] {
            assert!((erf(x) - value).abs() < 3e-7);
            assert!((erf(-x) + value).abs() < 3e-7);
        }
        for x in [1e-6, 0.003, 0.5, 0.7072, 1.0, 1.5, 17.0, 1e9] {
            let exact = f64::from(x).ln();
            assert!(
                (f64::from(ln(x)) - exact).abs() < 2e-7 * exact.abs().max(1.0),
                "{x}"
            );
        }
        assert!((gelu(1.0) - 0.841_344_7).abs() < 1e-6);
        assert!(gelu(-12.0).abs() < 1e-5);
    }

    #[test]
    fn sums_of_lanes() {
        let x: Vec<f32> = (0..48).map(|i| i as f32).collect();
        assert_eq!(sum(&x), 1128.0);
        assert_eq!(fold(&x, f32::MIN, f32::max), 47.0);
    }
}
