//! Hashing of words and features: 64 bits, the same on every machine, since
//! the model file is addressed by it.

use std::{collections::HashMap, hash::BuildHasherDefault};

/// A map whose keys are hashes already.
pub type Map<T> = HashMap<u64, T, BuildHasherDefault<Same>>;

/// Hashes a hash to itself.
#[derive(Debug, Default)]
pub struct Same(u64);

impl std::hash::Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = mix(self.0, self::bytes(bytes));
    }
    fn write_u64(&mut self, x: u64) {
        self.0 = x;
    }
}

const K: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes a value into a hash.
#[inline]
pub fn mix(h: u64, x: u64) -> u64 {
    let m = (h ^ x).wrapping_mul(K);
    m ^ (m >> 29)
}

/// Hashes bytes, eight at a time.
#[inline]
pub fn bytes(b: &[u8]) -> u64 {
    let mut h = b.len() as u64 ^ 0x51_7c_c1_b7_27_22_0a_95;
    let mut chunks = b.chunks_exact(8);
    for c in &mut chunks {
        let mut eight = [0u8; 8];
        eight.copy_from_slice(c);
        h = mix(h, u64::from_le_bytes(eight));
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut eight = [0u8; 8];
        eight[..rest.len()].copy_from_slice(rest);
        h = mix(h, u64::from_le_bytes(eight));
    }
    mix(h, 0xff)
}

/// Hashes a string.
#[inline]
pub fn text(s: &str) -> u64 {
    bytes(s.as_bytes())
}

/// Bits of [`Few`].
const BITS: usize = 1 << 13;

/// Hashes of which something is asked: of others it may be said that they are, with the
/// probability of their share of the bits.
#[derive(Debug)]
pub struct Few(Box<[u64; BITS / 64]>);

impl Default for Few {
    fn default() -> Self {
        Self(Box::new([0; BITS / 64]))
    }
}

impl Few {
    /// Asks nothing.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    fn place(hash: u64) -> (usize, u64) {
        let bit = hash as usize % BITS;
        (bit / 64, 1 << (bit % 64))
    }

    /// Asks of one more.
    pub fn add(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        self.0[word] |= bit;
    }

    /// Whether something may be asked of it.
    pub fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0[word] & bit != 0
    }
}
