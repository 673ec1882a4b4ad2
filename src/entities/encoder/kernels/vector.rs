//! Sixteen numbers at a time, with the arithmetic of [`float`](crate::entities::float).
//!
//! Left to itself the compiler keeps folds in memory and moves numbers one by one; with
//! vectors by name attention takes a third of the time, on the same bits.

use crate::entities::float::{self, LANES, ROUND};

/// Sixteen numbers.
pub type Sixteen = [f32; LANES];

/// Sixteen numbers in registers. Every operation is that of `f32`, lane by lane.
pub trait Vector: Copy {
    /// Sixteen whole numbers.
    type Whole: Whole;

    fn load(x: &Sixteen) -> Self;
    fn store(self, out: &mut Sixteen);
    fn splat(x: f32) -> Self;
    /// The nearest numbers, of whole ones.
    fn of_whole(x: &[i32; LANES]) -> Self;

    fn add(self, y: Self) -> Self;
    fn sub(self, y: Self) -> Self;
    fn mul(self, y: Self) -> Self;
    /// `y` where it is greater, else `self`.
    fn or_greater(self, y: Self) -> Self;
    /// `y` where it is less, else `self`.
    fn or_less(self, y: Self) -> Self;
    fn abs(self) -> Self;

    /// Two to the power of the whole number that adding [`ROUND`] left in the lowest bits.
    fn power(self) -> Self;
    /// That number's lowest byte.
    fn to_bytes(self, out: &mut [u8; LANES]);
    /// That number.
    fn whole(self) -> Self::Whole;

    /// The second half of the lanes beside the first, by pairs of `f`, down to one: the
    /// order of [`float::halve`](float::halve).
    fn sum(self) -> f32;
    fn greatest(self) -> f32;
    fn smallest(self) -> f32;

    /// As [`float::exp`](float::exp).
    #[inline(always)]
    fn exp(self) -> Self {
        let c = Self::splat;
        let x = c(-87.0).or_greater(self);
        let x = c(88.0).or_less(x);
        let z = x.mul(c(std::f32::consts::LOG2_E)).add(c(ROUND));
        let n = z.sub(c(ROUND));
        let r = x.sub(n.mul(c(0.693_359_4))).sub(n.mul(c(-2.121_944_4e-4)));
        let mut p = c(1.987_569_1e-4);
        p = p.mul(r).add(c(1.398_2e-3));
        p = p.mul(r).add(c(8.333_452e-3));
        p = p.mul(r).add(c(4.166_579_6e-2));
        p = p.mul(r).add(c(1.666_666_5e-1));
        p = p.mul(r).add(c(0.5));
        let y = p.mul(r).mul(r).add(r).add(c(1.0));
        y.mul(z.power())
    }

    /// The Gaussian error linear unit (Hendrycks and Gimpel, 2016), within 2e-4: a
    /// sixtieth of what a byte of a row's range of three is worth. erf(x / √2) is a
    /// polynomial between −4 and 4, fitted with the greatest error made small, and ±1 beyond.
    #[inline(always)]
    fn gelu(self) -> Self {
        let c = Self::splat;
        let z = c(-4.0).or_greater(self);
        let z = c(4.0).or_less(z);
        let square = z.mul(z);
        let mut p = c(4.517_641_7e-8);
        for factor in [
            -3.177_654_4e-6,
            9.552_778e-5,
            -1.624_375e-3,
            1.752_738_3e-2,
            -0.129_108_83,
            0.795_740_54,
        ] {
            p = p.mul(square).add(c(factor));
        }
        c(0.5).mul(self).mul(c(1.0).add(z.mul(p)))
    }
}

/// Sixteen whole numbers in registers.
pub trait Whole: Copy {
    fn zero() -> Self;
    fn add(self, y: Self) -> Self;
    fn total(self) -> i32;
    /// The lowest 16 bits of each.
    fn to_words(self, out: &mut [i16; LANES]);
    /// The lowest 16 bits of each of `self` and `y` by turns.
    fn to_pairs(self, y: Self, out: &mut [[i16; 2]; LANES]);
}

/// For every processor.
#[derive(Clone, Copy)]
pub struct Plain(Sixteen);

/// For every processor.
#[derive(Clone, Copy)]
pub struct PlainWhole([i32; LANES]);

impl Plain {
    #[inline(always)]
    fn with(self, y: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Self(std::array::from_fn(|i| f(self.0[i], y.0[i])))
    }
}

impl Vector for Plain {
    type Whole = PlainWhole;

    #[inline(always)]
    fn load(x: &Sixteen) -> Self {
        Self(*x)
    }

    #[inline(always)]
    fn store(self, out: &mut Sixteen) {
        *out = self.0;
    }

    #[inline(always)]
    fn splat(x: f32) -> Self {
        Self([x; LANES])
    }

    #[inline(always)]
    fn of_whole(x: &[i32; LANES]) -> Self {
        Self(x.map(|x| x as f32))
    }

    #[inline(always)]
    fn add(self, y: Self) -> Self {
        self.with(y, |x, y| x + y)
    }

    #[inline(always)]
    fn sub(self, y: Self) -> Self {
        self.with(y, |x, y| x - y)
    }

    #[inline(always)]
    fn mul(self, y: Self) -> Self {
        self.with(y, |x, y| x * y)
    }

    #[inline(always)]
    fn or_greater(self, y: Self) -> Self {
        self.with(y, |x, y| if y > x { y } else { x })
    }

    #[inline(always)]
    fn or_less(self, y: Self) -> Self {
        self.with(y, |x, y| if y < x { y } else { x })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Self(self.0.map(f32::abs))
    }

    #[inline(always)]
    fn power(self) -> Self {
        let least = ROUND.to_bits();
        Self(
            self.0
                .map(|x| f32::from_bits(x.to_bits().wrapping_sub(least).wrapping_add(127) << 23)),
        )
    }

    #[inline(always)]
    fn to_bytes(self, out: &mut [u8; LANES]) {
        *out = self.0.map(|x| x.to_bits() as u8);
    }

    #[inline(always)]
    fn whole(self) -> PlainWhole {
        PlainWhole(
            self.0
                .map(|x| x.to_bits().wrapping_sub(ROUND.to_bits()) as i32),
        )
    }

    #[inline(always)]
    fn sum(self) -> f32 {
        float::halve(self.0, |x, y| x + y)
    }

    #[inline(always)]
    fn greatest(self) -> f32 {
        float::halve(self.0, |x, y| if y > x { y } else { x })
    }

    #[inline(always)]
    fn smallest(self) -> f32 {
        float::halve(self.0, |x, y| if y < x { y } else { x })
    }
}

impl Whole for PlainWhole {
    #[inline(always)]
    fn zero() -> Self {
        Self([0; LANES])
    }

    #[inline(always)]
    fn add(self, y: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + y.0[i]))
    }

    #[inline(always)]
    fn total(self) -> i32 {
        self.0.iter().sum()
    }

    #[inline(always)]
    fn to_words(self, out: &mut [i16; LANES]) {
        *out = self.0.map(|x| x as i16);
    }

    #[inline(always)]
    fn to_pairs(self, y: Self, out: &mut [[i16; 2]; LANES]) {
        for ((out, x), y) in out.iter_mut().zip(self.0).zip(y.0) {
            *out = [x as i16, y as i16];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_exponential() {
        for i in -1000..1000 {
            let x: Sixteen = std::array::from_fn(|lane| i as f32 / 10.0 + lane as f32 / 160.0);
            let mut y = x;
            Plain::load(&x).exp().store(&mut y);
            assert_eq!(y, x.map(float::exp));
        }
    }

    #[test]
    fn near_the_exact_unit() {
        // Values of the normal distribution function from tables, times x.
        for (x, value) in [
            (0.0, 0.0),
            (0.5, 0.345_731),
            (1.0, 0.841_345),
            (2.0, 1.954_5),
            (3.0, 2.995_95),
            (4.5, 4.499_985),
            (30.0, 30.0),
        ] {
            let mut y = [0.0; LANES];
            Plain::splat(x).gelu().store(&mut y);
            assert!((y[0] - value).abs() < 2e-4, "{x}: {}", y[0]);
            Plain::splat(-x).gelu().store(&mut y);
            assert!((y[0] - (value - x)).abs() < 2e-4, "-{x}: {}", y[0]);
        }
    }
}
