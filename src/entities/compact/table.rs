//! Hash tables as they lie in the model file: read in place, never built.
//!
//! Records of one size, sorted by bucket; a bucket is the top bits of the key,
//! and 16 or 32 further bits, the tag, stand before each record. A key that is
//! not there meets a record of its bucket with the same tag once in some
//! ten thousand times: the price of not storing keys, paid in training as well
//! as in use since both go by this table in the end.

use super::hash;

/// A table inside a model file.
#[derive(Debug, Clone, Copy)]
pub struct Table<'m> {
    /// End of each bucket in records, as u32, after a leading 0.
    ends: &'m [u8],
    records: &'m [u8],
    /// Bytes of a record, tag included.
    size: usize,
    bits: u32,
}

/// Bytes of a tag.
pub const TAG: usize = 2;

fn bucket(key: u64, bits: u32) -> usize {
    (key >> (64 - bits)) as usize
}

fn tag(key: u64) -> [u8; TAG] {
    (hash::mix(key, 0x7a67) as u16).to_le_bytes()
}

fn u32_at(bytes: &[u8], i: usize) -> Option<usize> {
    let b = bytes.get(4 * i..4 * i + 4)?;
    Some(u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
}

impl<'m> Table<'m> {
    /// Finds a table at the start of `bytes`; gives it and what follows.
    pub fn read(bytes: &'m [u8]) -> Option<(Self, &'m [u8])> {
        let bits = u32_at(bytes, 0)? as u32;
        let size = u32_at(bytes, 1)?;
        let count = u32_at(bytes, 2)?;
        if !(1..=24).contains(&bits) || !(TAG..=256).contains(&size) {
            return None;
        }
        let ends_len = 4 * ((1usize << bits) + 1);
        let rest = bytes.get(12..)?;
        let ends = rest.get(..ends_len)?;
        let records_len = count.checked_mul(size)?;
        let records = rest.get(ends_len..)?.get(..records_len)?;
        Some((
            Self {
                ends,
                records,
                size,
                bits,
            },
            &rest[ends_len + records_len..],
        ))
    }

    /// The record under a key, without its tag.
    #[inline]
    pub fn get(&self, key: u64) -> Option<&'m [u8]> {
        let b = bucket(key, self.bits);
        let (from, to) = (u32_at(self.ends, b)?, u32_at(self.ends, b + 1)?);
        let tag = tag(key);
        let records = self.records.get(from * self.size..to * self.size)?;
        records
            .chunks_exact(self.size)
            .find(|r| r[..TAG] == tag)
            .map(|r| &r[TAG..])
    }

    /// Whether records have `record` bytes without their tag, and every bucket
    /// lies among them, behind the one before.
    pub fn holds(&self, record: usize) -> bool {
        let ends = (0..=1usize << self.bits).map(|b| u32_at(self.ends, b));
        self.size == record + TAG
            && ends.clone().is_sorted()
            && ends.clone().next() == Some(Some(0))
            && ends.last() == Some(Some(self.len()))
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len() / self.size
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// Writes a table of `entries` (key, record of `size` bytes without its tag).
/// Two entries of one bucket and tag cannot be told apart: the first in the
/// order of keys stays.
pub fn write(entries: &mut Vec<(u64, Vec<u8>)>, size: usize, out: &mut Vec<u8>) {
    entries.sort_by_key(|(k, _)| *k);
    // About three records a bucket.
    let bits = (entries.len().max(8) / 3).ilog2().clamp(1, 24);
    entries.dedup_by(|b, a| bucket(a.0, bits) == bucket(b.0, bits) && tag(a.0) == tag(b.0));
    out.extend((bits).to_le_bytes());
    out.extend(((size + TAG) as u32).to_le_bytes());
    out.extend((entries.len() as u32).to_le_bytes());
    let mut ends = vec![0u32; (1 << bits) + 1];
    for (key, _) in entries.iter() {
        ends[bucket(*key, bits) + 1] += 1;
    }
    for b in 1..ends.len() {
        ends[b] += ends[b - 1];
    }
    ends.iter().for_each(|e| out.extend(e.to_le_bytes()));
    for (key, record) in entries.iter() {
        out.extend(tag(*key));
        out.extend(&record[..size]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_written() {
        let key = |i: u64| hash::mix(1, i);
        let mut entries: Vec<_> = (0..1000u16)
            .map(|i| (key(u64::from(i)), i.to_le_bytes().to_vec()))
            .collect();
        let mut bytes = Vec::new();
        write(&mut entries, 2, &mut bytes);
        bytes.push(7);
        let (table, rest) = Table::read(&bytes).unwrap();
        assert_eq!(rest, [7]);
        let right = (0..1000u16)
            .filter(|i| table.get(key(u64::from(*i))) == Some(&i.to_le_bytes()[..]))
            .count();
        assert!(right >= 998, "{right}");
        let false_hits = (1000..101_000)
            .filter(|i| table.get(key(*i)).is_some())
            .count();
        assert!(false_hits < 40, "{false_hits}");
    }

    #[test]
    fn refuses_what_is_cut_short() {
        let mut bytes = Vec::new();
        write(&mut vec![(5, vec![1, 2])], 2, &mut bytes);
        for n in 0..bytes.len() {
            assert!(Table::read(&bytes[..n]).is_none(), "{n}");
        }
    }
}
