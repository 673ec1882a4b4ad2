//! What the versions differ in: sums of products of whole numbers.

/// Outputs of one tile of `Products::bytes`, and the unit in which matrices
/// are packed.
pub const BLOCK: usize = 64;

/// Rows of one tile.
pub const TILE: usize = 6;

/// Sums of products of whole numbers.
pub trait Products {
    /// `out[m][n] = Σ a[m · stride + k] · w[n, k]`, `a` unsigned, `w` signed
    /// and packed `[k / 4][64][4]`; `depth` a multiple of 4.
    fn bytes<const M: usize>(
        a: &[u8],
        stride: usize,
        depth: usize,
        w: &[u8],
        out: &mut [[i32; BLOCK]; M],
    );

    /// The same for words of 16 bits, `w` packed `[k / 2][N][2]`; `depth` even,
    /// `N` a multiple of 16. No sum may leave 32 bits.
    fn words<const M: usize, const N: usize>(
        a: &[i16],
        stride: usize,
        depth: usize,
        w: &[i16],
        out: &mut [[i32; N]; M],
    );
}
