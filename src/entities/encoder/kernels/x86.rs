//! Versions for x86: AVX-512 with its instructions for neural networks (VNNI),
//! and AVX2.
//!
//! The functions are inlined into stages that are compiled with the features
//! they need; nothing else calls them, but for a test that asks the processor
//! first. Each checks the lengths of its slices before it reads through
//! pointers.

// Loops over constant ranges are unrolled, and what they index stays in
// registers; iterators over arrays put it on the stack (three times slower).
#![allow(clippy::needless_range_loop)]

use super::{
    products::{BLOCK, Products, Tile},
    x86_vector::{Narrow, Wide},
};
use std::arch::x86_64::*;

pub struct Avx512;

impl Products for Avx512 {
    type Vector = Wide;

    #[inline(always)]
    fn bytes<const M: usize>(tile: Tile<'_, u8>, out: &mut [[i32; BLOCK]; M]) {
        tile.check::<M, BLOCK>();
        // SAFETY: the lengths were checked above; a stage is only compiled
        // with this version where it enables AVX-512 VNNI.
        unsafe {
            let w = tile.weights.as_ptr();
            let mut sums = [[_mm512_setzero_si512(); 4]; M];
            for k in 0..tile.depth / 4 {
                let block = w.add(k * 4 * BLOCK);
                // By name, so that they stay in registers.
                let first = _mm512_loadu_si512(block.cast());
                let second = _mm512_loadu_si512(block.add(64).cast());
                let third = _mm512_loadu_si512(block.add(128).cast());
                let fourth = _mm512_loadu_si512(block.add(192).cast());
                for m in 0..M {
                    let four = _mm512_set1_epi32(tile.together(m, k));
                    sums[m][0] = _mm512_dpbusd_epi32(sums[m][0], four, first);
                    sums[m][1] = _mm512_dpbusd_epi32(sums[m][1], four, second);
                    sums[m][2] = _mm512_dpbusd_epi32(sums[m][2], four, third);
                    sums[m][3] = _mm512_dpbusd_epi32(sums[m][3], four, fourth);
                }
            }
            store(&sums, out);
        }
    }

    #[inline(always)]
    fn words<const M: usize, const N: usize>(tile: Tile<'_, i16>, out: &mut [[i32; N]; M]) {
        const { assert!(N.is_multiple_of(16) && N <= 64) };
        tile.check::<M, N>();
        // SAFETY: as above.
        unsafe {
            let w = tile.weights.as_ptr();
            let mut sums = [[_mm512_setzero_si512(); 4]; M];
            for k in 0..tile.depth / 2 {
                let block = w.add(k * 2 * N);
                for m in 0..M {
                    let two = _mm512_set1_epi32(tile.together(m, k));
                    for j in 0..N / 16 {
                        let column = _mm512_loadu_si512(block.add(32 * j).cast());
                        sums[m][j] = _mm512_dpwssd_epi32(sums[m][j], two, column);
                    }
                }
            }
            store(&sums, out);
        }
    }
}

/// # Safety
/// The processor has AVX-512; `N` is at most 64, a multiple of 16.
#[inline(always)]
unsafe fn store<const M: usize, const N: usize>(sums: &[[__m512i; 4]; M], out: &mut [[i32; N]; M]) {
    for m in 0..M {
        for j in 0..N / 16 {
            // SAFETY: `16 * j` is below `N`.
            unsafe { _mm512_storeu_si512(out[m].as_mut_ptr().add(16 * j).cast(), sums[m][j]) };
        }
    }
}

pub struct Avx2;

impl Products for Avx2 {
    type Vector = Narrow;

    #[inline(always)]
    fn bytes<const M: usize>(tile: Tile<'_, u8>, out: &mut [[i32; BLOCK]; M]) {
        tile.check::<M, BLOCK>();
        // SAFETY: the lengths were checked above; a stage is only compiled
        // with this version where it enables AVX2.
        unsafe {
            let w = tile.weights.as_ptr();
            // Eight outputs at a time. Bytes become words of 16 bits first:
            // sums of products of bytes in 16 bits would saturate.
            for j in 0..BLOCK / 8 {
                let mut low = [_mm256_setzero_si256(); M];
                let mut high = low;
                for k in 0..tile.depth / 4 {
                    let column = w.add(k * 4 * BLOCK + 32 * j);
                    let first = _mm256_cvtepi8_epi16(_mm_loadu_si128(column.cast()));
                    let second = _mm256_cvtepi8_epi16(_mm_loadu_si128(column.add(16).cast()));
                    for m in 0..M {
                        let four = _mm_set1_epi32(tile.together(m, k));
                        let four = _mm256_cvtepu8_epi16(four);
                        low[m] = _mm256_add_epi32(low[m], _mm256_madd_epi16(four, first));
                        high[m] = _mm256_add_epi32(high[m], _mm256_madd_epi16(four, second));
                    }
                }
                for m in 0..M {
                    // Pairs of neighbours are of one output.
                    let sums = _mm256_hadd_epi32(low[m], high[m]);
                    let sums = _mm256_permute4x64_epi64::<0b11_01_10_00>(sums);
                    _mm256_storeu_si256(out[m][8 * j..8 * j + 8].as_mut_ptr().cast(), sums);
                }
            }
        }
    }

    #[inline(always)]
    fn words<const M: usize, const N: usize>(tile: Tile<'_, i16>, out: &mut [[i32; N]; M]) {
        const { assert!(N.is_multiple_of(16)) };
        tile.check::<M, N>();
        // SAFETY: as above.
        unsafe {
            let w = tile.weights.as_ptr();
            for j in 0..N / 8 {
                let mut sums = [_mm256_setzero_si256(); M];
                for k in 0..tile.depth / 2 {
                    let column = _mm256_loadu_si256(w.add(k * 2 * N + 16 * j).cast());
                    for (m, sum) in sums.iter_mut().enumerate() {
                        let two = _mm256_set1_epi32(tile.together(m, k));
                        let product = _mm256_madd_epi16(two, column);
                        *sum = _mm256_add_epi32(*sum, product);
                    }
                }
                for (out, sum) in out.iter_mut().zip(sums) {
                    _mm256_storeu_si256(out[8 * j..8 * j + 8].as_mut_ptr().cast(), sum);
                }
            }
        }
    }
}
