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

/// `f` of the first half of the lanes and the second, again and again down to one.
#[inline(always)]
pub fn halve(mut lanes: [f32; LANES], f: impl Fn(f32, f32) -> f32) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = f(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

/// The sum of the products of `x` and `y`, whose length is a multiple of [`LANES`].
pub fn product(x: &[f32], y: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    for (x, y) in x
        .as_chunks::<LANES>()
        .0
        .iter()
        .zip(y.as_chunks::<LANES>().0)
    {
        for i in 0..LANES {
            lanes[i] += x[i] * y[i];
        }
    }
    halve(lanes, |a, b| a + b)
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
        for x in [1e-6, 0.003, 0.5, 0.7072, 1.0, 1.5, 17.0, 1e9] {
            let exact = f64::from(x).ln();
            assert!(
                (f64::from(ln(x)) - exact).abs() < 2e-7 * exact.abs().max(1.0),
                "{x}"
            );
        }
    }

    #[test]
    fn products_of_lanes() {
        let x: Vec<f32> = (0..48).map(|i| i as f32).collect();
        assert_eq!(product(&x, &[1.0; 48]), 1128.0);
    }
}
