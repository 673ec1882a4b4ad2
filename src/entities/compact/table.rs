//! Hash tables as they lie in the model file: read in place, never built.
//!
//! Records of one size, sorted by bucket; a bucket is the top bits of the key,
//! and 16 further bits, the tag, tell the records of a bucket apart. A key that
//! is not there meets a record of its bucket with the same tag once in some
//! ten thousand times: the price of not storing keys, paid in training as well
//! as in use since both go by this table in the end.
//!
//! Tags lie apart from the records: most keys that are asked for are not there,
//! and bounds and tags fit the second-level cache where records do not.

use super::hash;

/// A table inside a model file.
#[derive(Debug, Clone, Copy)]
pub struct Table<'m> {
    /// End of each bucket in records, as u32, after a leading 0.
    ends: &'m [u8],
    /// One tag a record, and [`AT_ONCE`] more, so that many can be read from any.
    tags: &'m [u8],
    records: &'m [u8],
    /// Bytes of a record.
    size: usize,
    bits: u32,
}

/// Bytes of a tag.
const TAG: usize = 2;

/// Tags compared at once: 199 of 200 buckets have no more.
const AT_ONCE: usize = 8;

/// The lowest bit of each of [`AT_ONCE`] tags.
const ONES: u128 = u128::MAX / 0xffff;

fn bucket(key: u64, bits: u32) -> usize {
    (key >> (64 - bits)) as usize
}

/// What tells apart the records of a bucket.
pub(super) fn tag(key: u64) -> u16 {
    hash::mix(key, 0x7a67) as u16
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
        if !(1..=24).contains(&bits) || !(1..=256).contains(&size) {
            return None;
        }
        let rest = bytes.get(12..)?;
        let (ends, rest) = rest.split_at_checked(4 * ((1usize << bits) + 1))?;
        let (tags, rest) = rest.split_at_checked(TAG * count.checked_add(AT_ONCE)?)?;
        let (records, rest) = rest.split_at_checked(count.checked_mul(size)?)?;
        Some((
            Self {
                ends,
                tags,
                records,
                size,
                bits,
            },
            rest,
        ))
    }

    /// The number of the record under a key, and whether there is one; without
    /// a branch on what is found, so that many look-ups wait for memory at once.
    #[inline]
    fn find(&self, key: u64) -> (u32, bool) {
        let at = 4 * bucket(key, self.bits);
        let Some(bounds) = self.ends.get(at..at + 8) else {
            return (0, false);
        };
        let from = u32::from_le_bytes([bounds[0], bounds[1], bounds[2], bounds[3]]);
        let to = u32::from_le_bytes([bounds[4], bounds[5], bounds[6], bounds[7]]);
        let tag = tag(key);
        let (there, mut found) = self.among(tag, from, to);
        let mut number = from + there;
        if to - from > AT_ONCE as u32 && !found {
            for from in (from + AT_ONCE as u32..to).step_by(AT_ONCE) {
                let (there, here) = self.among(tag, from, to);
                (number, found) = (from + there, here);
                if found {
                    break;
                }
            }
        }
        (number, found)
    }

    /// The first of the next [`AT_ONCE`] tags before `to` that is `tag`.
    #[inline]
    fn among(&self, tag: u16, from: u32, to: u32) -> (u32, bool) {
        let at = TAG * from as usize;
        let Some(Ok(tags)) = self.tags.get(at..at + TAG * AT_ONCE).map(TryInto::try_into) else {
            return (0, false);
        };
        let x = u128::from_le_bytes(tags) ^ (ONES * u128::from(tag));
        // The lowest bit set is the highest one of the first tag that is zero.
        let zero = x.wrapping_sub(ONES) & !x & (ONES << 15);
        let there = zero.trailing_zeros() / 16;
        (there, zero != 0 && from + there < to)
    }

    /// The record of a number that [`find`](Self::find) gave.
    #[inline]
    fn record(&self, number: u32) -> Option<&'m [u8]> {
        let at = number as usize * self.size;
        self.records.get(at..at + self.size)
    }

    /// The record under a key.
    #[inline]
    pub fn get(&self, key: u64) -> Option<&'m [u8]> {
        let (number, found) = self.find(key);
        if found { self.record(number) } else { None }
    }

    /// Whether records have `record` bytes, and every bucket lies among them,
    /// behind the one before.
    pub fn holds(&self, record: usize) -> bool {
        let ends = (0..=1usize << self.bits).map(|b| u32_at(self.ends, b));
        self.size == record
            && ends.clone().is_sorted()
            && ends.clone().next() == Some(Some(0))
            && u32_at(self.ends, 1 << self.bits) == Some(self.len())
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
    out.extend((size as u32).to_le_bytes());
    out.extend((entries.len() as u32).to_le_bytes());
    let mut ends = vec![0u32; (1 << bits) + 1];
    for (key, _) in entries.iter() {
        ends[bucket(*key, bits) + 1] += 1;
    }
    for b in 1..ends.len() {
        ends[b] += ends[b - 1];
    }
    ends.iter().for_each(|e| out.extend(e.to_le_bytes()));
    for (key, _) in entries.iter() {
        out.extend(tag(*key).to_le_bytes());
    }
    out.extend([0; TAG * AT_ONCE]);
    for (_, record) in entries.iter() {
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
    fn finds_what_stands_in_a_long_bucket() {
        // All in one of two buckets.
        let mut entries: Vec<_> = (0..40u64)
            .map(|i| (hash::mix(3, i) >> 1, vec![i as u8]))
            .collect();
        let wanted = entries.clone();
        let mut bytes = Vec::new();
        write(&mut entries, 1, &mut bytes);
        let (table, _) = Table::read(&bytes).unwrap();
        for (key, record) in wanted {
            assert_eq!(table.get(key), Some(&record[..]));
        }
        assert!(table.get(u64::MAX).is_none());
    }

    #[test]
    fn bounds_that_lie_hold_nothing() {
        let mut good = Vec::new();
        write(&mut vec![(5, vec![1, 2]), (6, vec![3, 4])], 2, &mut good);
        assert!(Table::read(&good).unwrap().0.holds(2));
        assert!(!Table::read(&good).unwrap().0.holds(4));
        for (at, byte) in [(12, 9), (16, 9), (20, 1)] {
            let mut bad = good.clone();
            bad[at] = byte;
            assert!(!Table::read(&bad).unwrap().0.holds(2), "{at}");
        }
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
