//! What the versions differ in: sums of products of whole numbers, and their vectors.

use super::vector::Vector;

/// Outputs of one tile of `Products::bytes`, and the unit in which matrices
/// are packed.
pub const BLOCK: usize = 64;

/// Rows of one tile.
pub const TILE: usize = 6;

/// The numbers of one tile: rows `stride` apart, of which the first `depth` numbers
/// count, and packed weights.
#[derive(Clone, Copy)]
pub struct Tile<'a, T> {
    pub rows: &'a [T],
    pub stride: usize,
    pub depth: usize,
    pub weights: &'a [T],
}

impl<T> Tile<'_, T> {
    /// How many neighbours of a row stand together in the packed weights: as many as
    /// 32 bits hold.
    pub const TOGETHER: usize = 4 / size_of::<T>();

    /// # Panics
    /// When `M` rows or `N` outputs reach outside the slices.
    #[inline(always)]
    pub fn check<const M: usize, const N: usize>(&self) {
        assert!(self.depth.is_multiple_of(Self::TOGETHER));
        assert!(self.rows.len() >= (M - 1) * self.stride + self.depth);
        assert!(self.weights.len() >= N * self.depth);
    }

    /// The neighbours number `k` of row `m`, as 32 bits.
    ///
    /// # Safety
    /// `T` is a whole number, [`Self::check`] did not panic for more than `m` rows, and
    /// `k` is below `depth / TOGETHER`.
    #[inline(always)]
    pub unsafe fn together(&self, m: usize, k: usize) -> i32 {
        // SAFETY: by the caller's word the bytes lie inside `rows`.
        unsafe {
            let at = self.rows.as_ptr().add(m * self.stride + Self::TOGETHER * k);
            at.cast::<i32>().read_unaligned()
        }
    }
}

/// Sums of products of whole numbers.
pub trait Products {
    /// Sixteen numbers at a time.
    type Vector: Vector;

    /// `out[m][n] = Σ rows[m · stride + k] · weights[n, k]`, rows unsigned, weights
    /// signed and packed `[k / 4][64][4]`; `depth` a multiple of 4.
    fn bytes<const M: usize>(tile: Tile<'_, u8>, out: &mut [[i32; BLOCK]; M]);

    /// The same for words of 16 bits, weights packed `[k / 2][N][2]`; `depth` even,
    /// `N` a multiple of 16. No sum may leave 32 bits.
    fn words<const M: usize, const N: usize>(tile: Tile<'_, i16>, out: &mut [[i32; N]; M]);
}
