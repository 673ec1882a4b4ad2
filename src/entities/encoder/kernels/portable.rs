//! The version for every processor.

use super::{
    products::{BLOCK, Products, Tile},
    vector::Plain,
};

pub struct Portable;

impl Products for Portable {
    type Vector = Plain;

    #[inline(always)]
    fn bytes<const M: usize>(tile: Tile<'_, u8>, out: &mut [[i32; BLOCK]; M]) {
        sums(tile, out, |a, w| i32::from(a) * i32::from(w as i8));
    }

    #[inline(always)]
    fn words<const M: usize, const N: usize>(tile: Tile<'_, i16>, out: &mut [[i32; N]; M]) {
        sums(tile, out, |a, w| i32::from(a) * i32::from(w));
    }
}

#[inline(always)]
fn sums<T: Copy, const M: usize, const N: usize>(
    tile: Tile<'_, T>,
    out: &mut [[i32; N]; M],
    product: impl Fn(T, T) -> i32,
) {
    let together = Tile::<T>::TOGETHER;
    for (m, out) in out.iter_mut().enumerate() {
        *out = [0; N];
        let row = &tile.rows[m * tile.stride..m * tile.stride + tile.depth];
        let blocks = tile.weights.chunks_exact(together * N);
        for (some, block) in row.chunks_exact(together).zip(blocks) {
            for (o, w) in out.iter_mut().zip(block.chunks_exact(together)) {
                *o += some
                    .iter()
                    .zip(w)
                    .map(|(a, w)| product(*a, *w))
                    .sum::<i32>();
            }
        }
    }
}
