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
