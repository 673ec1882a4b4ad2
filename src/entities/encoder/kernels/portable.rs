//! The version for every processor.

use super::products::{BLOCK, Products};

pub struct Portable;

impl Products for Portable {
    #[inline(always)]
    fn bytes<const M: usize>(
        a: &[u8],
        stride: usize,
        depth: usize,
        w: &[u8],
        out: &mut [[i32; BLOCK]; M],
    ) {
        for (m, out) in out.iter_mut().enumerate() {
            *out = [0; BLOCK];
            let row = &a[m * stride..m * stride + depth];
            for (four, block) in row.chunks_exact(4).zip(w.chunks_exact(4 * BLOCK)) {
                for (o, w) in out.iter_mut().zip(block.chunks_exact(4)) {
                    for (a, w) in four.iter().zip(w) {
                        *o += i32::from(*a) * i32::from(*w as i8);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn words<const M: usize, const N: usize>(
        a: &[i16],
        stride: usize,
        depth: usize,
        w: &[i16],
        out: &mut [[i32; N]; M],
    ) {
        for (m, out) in out.iter_mut().enumerate() {
            *out = [0; N];
            let row = &a[m * stride..m * stride + depth];
            for (two, block) in row.chunks_exact(2).zip(w.chunks_exact(2 * N)) {
                for (o, w) in out.iter_mut().zip(block.chunks_exact(2)) {
                    *o += i32::from(two[0]) * i32::from(w[0]) + i32::from(two[1]) * i32::from(w[1]);
                }
            }
        }
    }
}
