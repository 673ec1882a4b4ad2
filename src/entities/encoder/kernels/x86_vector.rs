//! Sixteen numbers in registers of x86: one of AVX-512, or two of AVX2.
//!
//! As in [`x86`](super::x86), only stages compiled with these features use them.
#![allow(clippy::undocumented_unsafe_blocks)] // One note for all, above the macro.

use super::vector::{Sixteen, Vector, Whole};
use crate::entities::float::{LANES, ROUND};
use std::arch::x86_64::*;

/// AVX-512.
#[derive(Clone, Copy)]
pub struct Wide(__m512);

/// AVX-512.
#[derive(Clone, Copy)]
pub struct WideWhole(__m512i);

/// AVX2, the lower lanes first.
#[derive(Clone, Copy)]
pub struct Narrow(__m256, __m256);

/// AVX2, the lower lanes first.
#[derive(Clone, Copy)]
pub struct NarrowWhole(__m256i, __m256i);

// SAFETY of all blocks below: a value of these types is only made in a stage that is
// compiled with the features that the instructions need, and an `Isa` is only made where
// the processor has them; what is read or written through a pointer is an array of as
// many bytes.

/// The four lanes down to one, second half beside the first.
#[inline(always)]
unsafe fn four(x: __m128, f: impl Fn(__m128, __m128) -> __m128) -> f32 {
    unsafe {
        let two = f(x, _mm_movehl_ps(x, x));
        _mm_cvtss_f32(f(two, _mm_shuffle_ps::<1>(two, two)))
    }
}

#[inline(always)]
unsafe fn eight(x: __m256, f: impl Fn(__m128, __m128) -> __m128) -> f32 {
    unsafe {
        let half = f(_mm256_castps256_ps128(x), _mm256_extractf128_ps::<1>(x));
        four(half, f)
    }
}

#[inline(always)]
unsafe fn halves(x: __m512) -> (__m256, __m256) {
    unsafe { (_mm512_castps512_ps256(x), _mm512_extractf32x8_ps::<1>(x)) }
}

impl Vector for Wide {
    type Whole = WideWhole;

    #[inline(always)]
    fn load(x: &Sixteen) -> Self {
        Self(unsafe { _mm512_loadu_ps(x.as_ptr()) })
    }

    #[inline(always)]
    fn store(self, out: &mut Sixteen) {
        unsafe { _mm512_storeu_ps(out.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn splat(x: f32) -> Self {
        Self(unsafe { _mm512_set1_ps(x) })
    }

    #[inline(always)]
    fn of_whole(x: &[i32; LANES]) -> Self {
        Self(unsafe { _mm512_cvtepi32_ps(_mm512_loadu_si512(x.as_ptr().cast())) })
    }

    #[inline(always)]
    fn add(self, y: Self) -> Self {
        Self(unsafe { _mm512_add_ps(self.0, y.0) })
    }

    #[inline(always)]
    fn sub(self, y: Self) -> Self {
        Self(unsafe { _mm512_sub_ps(self.0, y.0) })
    }

    #[inline(always)]
    fn mul(self, y: Self) -> Self {
        Self(unsafe { _mm512_mul_ps(self.0, y.0) })
    }

    #[inline(always)]
    fn or_greater(self, y: Self) -> Self {
        // Where neither is greater the instruction gives its second operand.
        Self(unsafe { _mm512_max_ps(y.0, self.0) })
    }

    #[inline(always)]
    fn or_less(self, y: Self) -> Self {
        Self(unsafe { _mm512_min_ps(y.0, self.0) })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Self(unsafe { _mm512_abs_ps(self.0) })
    }

    #[inline(always)]
    fn power(self) -> Self {
        unsafe {
            let least = _mm512_set1_epi32(127_i32.wrapping_sub(ROUND.to_bits() as i32));
            let exponent = _mm512_add_epi32(_mm512_castps_si512(self.0), least);
            Self(_mm512_castsi512_ps(_mm512_slli_epi32::<23>(exponent)))
        }
    }

    #[inline(always)]
    fn to_bytes(self, out: &mut [u8; LANES]) {
        unsafe {
            let bytes = _mm512_cvtepi32_epi8(_mm512_castps_si512(self.0));
            _mm_storeu_si128(out.as_mut_ptr().cast(), bytes);
        }
    }

    #[inline(always)]
    fn whole(self) -> WideWhole {
        unsafe {
            let least = _mm512_set1_epi32(ROUND.to_bits() as i32);
            WideWhole(_mm512_sub_epi32(_mm512_castps_si512(self.0), least))
        }
    }

    #[inline(always)]
    fn sum(self) -> f32 {
        unsafe {
            let (low, high) = halves(self.0);
            eight(_mm256_add_ps(low, high), |x, y| _mm_add_ps(x, y))
        }
    }

    #[inline(always)]
    fn greatest(self) -> f32 {
        unsafe {
            let (low, high) = halves(self.0);
            eight(_mm256_max_ps(high, low), |x, y| _mm_max_ps(y, x))
        }
    }

    #[inline(always)]
    fn smallest(self) -> f32 {
        unsafe {
            let (low, high) = halves(self.0);
            eight(_mm256_min_ps(high, low), |x, y| _mm_min_ps(y, x))
        }
    }
}

impl Whole for WideWhole {
    #[inline(always)]
    fn zero() -> Self {
        Self(unsafe { _mm512_setzero_si512() })
    }

    #[inline(always)]
    fn add(self, y: Self) -> Self {
        Self(unsafe { _mm512_add_epi32(self.0, y.0) })
    }

    #[inline(always)]
    fn total(self) -> i32 {
        unsafe { _mm512_reduce_add_epi32(self.0) }
    }

    #[inline(always)]
    fn to_words(self, out: &mut [i16; LANES]) {
        unsafe {
            _mm256_storeu_si256(out.as_mut_ptr().cast(), _mm512_cvtepi32_epi16(self.0));
        }
    }

    #[inline(always)]
    fn to_pairs(self, y: Self, out: &mut [[i16; 2]; LANES]) {
        unsafe {
            let low = _mm512_and_si512(self.0, _mm512_set1_epi32(0xFFFF));
            let pairs = _mm512_or_si512(low, _mm512_slli_epi32::<16>(y.0));
            _mm512_storeu_si512(out.as_mut_ptr().cast(), pairs);
        }
    }
}

/// The same of both halves.
macro_rules! both {
    ($f:ident, $($x:expr),*) => {
        unsafe { Self($f($($x.0),*), $f($($x.1),*)) }
    };
}

impl Vector for Narrow {
    type Whole = NarrowWhole;

    #[inline(always)]
    fn load(x: &Sixteen) -> Self {
        unsafe {
            Self(
                _mm256_loadu_ps(x.as_ptr()),
                _mm256_loadu_ps(x.as_ptr().add(8)),
            )
        }
    }

    #[inline(always)]
    fn store(self, out: &mut Sixteen) {
        unsafe {
            _mm256_storeu_ps(out.as_mut_ptr(), self.0);
            _mm256_storeu_ps(out.as_mut_ptr().add(8), self.1);
        }
    }

    #[inline(always)]
    fn splat(x: f32) -> Self {
        let x = unsafe { _mm256_set1_ps(x) };
        Self(x, x)
    }

    #[inline(always)]
    fn of_whole(x: &[i32; LANES]) -> Self {
        unsafe {
            let low = _mm256_loadu_si256(x.as_ptr().cast());
            let high = _mm256_loadu_si256(x.as_ptr().add(8).cast());
            Self(_mm256_cvtepi32_ps(low), _mm256_cvtepi32_ps(high))
        }
    }

    #[inline(always)]
    fn add(self, y: Self) -> Self {
        both!(_mm256_add_ps, self, y)
    }

    #[inline(always)]
    fn sub(self, y: Self) -> Self {
        both!(_mm256_sub_ps, self, y)
    }

    #[inline(always)]
    fn mul(self, y: Self) -> Self {
        both!(_mm256_mul_ps, self, y)
    }

    #[inline(always)]
    fn or_greater(self, y: Self) -> Self {
        both!(_mm256_max_ps, y, self)
    }

    #[inline(always)]
    fn or_less(self, y: Self) -> Self {
        both!(_mm256_min_ps, y, self)
    }

    #[inline(always)]
    fn abs(self) -> Self {
        let sign = Self::splat(-0.0);
        both!(_mm256_andnot_ps, sign, self)
    }

    #[inline(always)]
    fn power(self) -> Self {
        unsafe {
            let least = _mm256_set1_epi32(127_i32.wrapping_sub(ROUND.to_bits() as i32));
            let low = _mm256_add_epi32(_mm256_castps_si256(self.0), least);
            let high = _mm256_add_epi32(_mm256_castps_si256(self.1), least);
            Self(
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(low)),
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(high)),
            )
        }
    }

    #[inline(always)]
    fn to_bytes(self, out: &mut [u8; LANES]) {
        unsafe {
            let mask = _mm256_set1_epi32(0xFF);
            let low = _mm256_and_si256(_mm256_castps_si256(self.0), mask);
            let high = _mm256_and_si256(_mm256_castps_si256(self.1), mask);
            // Packs work inside halves: 0-3 8-11 4-7 12-15.
            let words = _mm256_packus_epi32(low, high);
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(words);
            let bytes = _mm_packus_epi16(
                _mm256_castsi256_si128(words),
                _mm256_extracti128_si256::<1>(words),
            );
            _mm_storeu_si128(out.as_mut_ptr().cast(), bytes);
        }
    }

    #[inline(always)]
    fn whole(self) -> NarrowWhole {
        unsafe {
            let least = _mm256_set1_epi32(ROUND.to_bits() as i32);
            NarrowWhole(
                _mm256_sub_epi32(_mm256_castps_si256(self.0), least),
                _mm256_sub_epi32(_mm256_castps_si256(self.1), least),
            )
        }
    }

    #[inline(always)]
    fn sum(self) -> f32 {
        unsafe { eight(_mm256_add_ps(self.0, self.1), |x, y| _mm_add_ps(x, y)) }
    }

    #[inline(always)]
    fn greatest(self) -> f32 {
        unsafe { eight(_mm256_max_ps(self.1, self.0), |x, y| _mm_max_ps(y, x)) }
    }

    #[inline(always)]
    fn smallest(self) -> f32 {
        unsafe { eight(_mm256_min_ps(self.1, self.0), |x, y| _mm_min_ps(y, x)) }
    }
}

impl Whole for NarrowWhole {
    #[inline(always)]
    fn zero() -> Self {
        let zero = unsafe { _mm256_setzero_si256() };
        Self(zero, zero)
    }

    #[inline(always)]
    fn add(self, y: Self) -> Self {
        both!(_mm256_add_epi32, self, y)
    }

    #[inline(always)]
    fn total(self) -> i32 {
        let mut lanes = [0i32; 8];
        unsafe {
            let sum = _mm256_add_epi32(self.0, self.1);
            _mm256_storeu_si256(lanes.as_mut_ptr().cast(), sum);
        }
        lanes.iter().sum()
    }

    #[inline(always)]
    fn to_words(self, out: &mut [i16; LANES]) {
        unsafe {
            let mask = _mm256_set1_epi32(0xFFFF);
            let (low, high) = (
                _mm256_and_si256(self.0, mask),
                _mm256_and_si256(self.1, mask),
            );
            let words = _mm256_packus_epi32(low, high);
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(words);
            _mm256_storeu_si256(out.as_mut_ptr().cast(), words);
        }
    }

    #[inline(always)]
    fn to_pairs(self, y: Self, out: &mut [[i16; 2]; LANES]) {
        unsafe {
            let mask = _mm256_set1_epi32(0xFFFF);
            let (low, high) = (
                _mm256_and_si256(self.0, mask),
                _mm256_and_si256(self.1, mask),
            );
            let out = out.as_mut_ptr();
            let low = _mm256_or_si256(low, _mm256_slli_epi32::<16>(y.0));
            let high = _mm256_or_si256(high, _mm256_slli_epi32::<16>(y.1));
            _mm256_storeu_si256(out.cast(), low);
            _mm256_storeu_si256(out.add(8).cast(), high);
        }
    }
}
