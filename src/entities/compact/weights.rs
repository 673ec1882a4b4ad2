//! The weights of attributes as they lie in the model file: one line of the cache for each
//! look-up.
//!
//! Attributes are addressed by 32 bits of their hash. A line holds up to three records with
//! their addresses; one that finds its line full lies in the next that is not, and the lines
//! that it was pushed over say so. A stranger meets a record with its address once in some
//! ten thousand times: the price of not storing keys, paid in training as well as in use.
//!
//! A record has a weight for each label but [`OUTSIDE`](super::crf::OUTSIDE), whose weight
//! all others are less: a field knows differences only. Weights are bytes, and the record
//! says how many bits they are shifted by, so that small ones are as exact as great ones.

use super::{crf::LABELS, table};

/// Labels but [`OUTSIDE`](super::crf::OUTSIDE).
pub const NAMED: usize = LABELS - 1;

/// Labels of both passes, one record a known attribute.
pub const WIDTH: usize = 2 * NAMED;

/// The greatest weight of a record, either sign.
pub const GREATEST: i32 = BYTE << MOST_SHIFT;

/// The greatest weight before it is shifted.
const BYTE: i32 = i8::MAX as i32;

const MOST_SHIFT: u32 = 9;

/// Bytes of a line: what memory is fetched by.
pub const LINE: usize = 64;

/// Records of a line.
const SLOTS: usize = 3;

/// Where the addresses and the flags of a line lie.
const KEYS: usize = SLOTS * WIDTH;
const FLAGS: usize = KEYS + 4 * SLOTS;

/// In the flags: a bit for each record that is there, one where something was pushed over
/// the line, and four bits for each shift of each record.
const USED: u32 = (1 << SLOTS) - 1;
const OVER: u32 = 1 << SLOTS;
const SHIFTS: u32 = 8;

/// A record lies in its line or in one of so many behind it.
const REACH: usize = 32;

/// Lines for so many records in ten: fuller ones push more over.
const FULL: usize = 6;

/// Bits of the hash of an attribute.
fn address(key: u64) -> u32 {
    ((key >> 48) as u32) << 16 | u32::from(table::tag(key))
}

fn shift(flags: u32, slot: usize, half: usize) -> u32 {
    flags >> (SHIFTS as usize + 4 * (2 * slot + half)) & 0xf
}

/// The weights of a model file.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'m> {
    lines: &'m [[u8; LINE]],
}

/// Where a record lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    line: u32,
    slot: u32,
}

fn word(line: &[u8; LINE], at: usize) -> u32 {
    u32::from_le_bytes([line[at], line[at + 1], line[at + 2], line[at + 3]])
}

impl<'m> Weights<'m> {
    /// The weights that `bytes` begin with, `count` lines, and what follows.
    pub fn read(bytes: &'m [u8], count: usize) -> Option<(Self, &'m [u8])> {
        let (lines, rest) = bytes.split_at_checked(count.checked_mul(LINE)?)?;
        let lines = lines.as_chunks().0;
        (!lines.is_empty()).then_some((Self { lines }, rest))
    }

    /// Whether no weight is greater than [`GREATEST`].
    pub fn fit(&self) -> bool {
        let shifts = |flags: u32| (0..2 * SLOTS).map(move |i| shift(flags, i / 2, i % 2));
        let flags = self.lines.iter().map(|line| word(line, FLAGS));
        flags.flat_map(shifts).all(|s| s <= MOST_SHIFT)
    }

    /// Asks memory for the line of an attribute, and says nothing of use.
    #[inline]
    pub fn touch(&self, attribute: u64) -> u8 {
        let home = home(address(attribute), self.lines.len());
        self.lines.get(home).map_or(0, |line| line[FLAGS])
    }

    /// Where the record of an attribute is, and whether there is one: without a branch on
    /// what is found in its own line, so that many look-ups wait for memory at once.
    #[inline]
    pub fn find(&self, attribute: u64) -> (Place, bool) {
        let address = address(attribute);
        let home = home(address, self.lines.len());
        let (place, here, over) = self.among(home, address);
        if over && !here {
            return self.behind(home, address);
        }
        (place, here)
    }

    /// Looks through the lines behind the first.
    #[cold]
    fn behind(&self, home: usize, address: u32) -> (Place, bool) {
        let mut at = home;
        for _ in 1..REACH {
            at = after(at, self.lines.len());
            let (place, here, over) = self.among(at, address);
            if here || !over {
                return (place, here);
            }
        }
        (Place::default(), false)
    }

    /// Which record of a line has an address, whether one has, and whether something was
    /// pushed over the line.
    #[inline]
    fn among(&self, at: usize, address: u32) -> (Place, bool, bool) {
        let Some(line) = self.lines.get(at) else {
            return (Place::default(), false, false);
        };
        let flags = word(line, FLAGS);
        let same = |slot: usize| u32::from(word(line, KEYS + 4 * slot) == address) << slot;
        let here = (same(0) | same(1) | same(2)) & flags & USED;
        let place = Place {
            line: at as u32,
            // The lowest bit of three; a file that somebody made may have one address twice.
            slot: u32::from(here & 1 == 0) * (1 + u32::from(here & 2 == 0)),
        };
        (place, here != 0, flags & OVER != 0)
    }

    /// Adds the weights of a record, those of the halves from number `FROM` on.
    #[inline]
    pub fn add<const FROM: usize, const N: usize>(&self, place: Place, sums: &mut [i32; N]) {
        let Some(line) = self.lines.get(place.line as usize) else {
            return;
        };
        let Some(record) = line.as_chunks::<WIDTH>().0.get(place.slot as usize) else {
            return;
        };
        let flags = word(line, FLAGS);
        let halves = record.as_chunks::<NAMED>().0;
        let sums = sums.as_chunks_mut::<NAMED>().0;
        for (half, (sums, weights)) in sums.iter_mut().zip(&halves[FROM..]).enumerate() {
            let shift = shift(flags, place.slot as usize, FROM + half);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += i32::from(*weight as i8) << shift;
            }
        }
    }
}

/// The line in which a record is looked for first.
fn home(address: u32, lines: usize) -> usize {
    // The product of two numbers of 32 bits, or there is no such file.
    ((u64::from(address) * lines as u64) >> 32) as usize
}

fn after(line: usize, lines: usize) -> usize {
    if line + 1 == lines { 0 } else { line + 1 }
}

/// The lines of `entries` (attribute, weights as [`GREATEST`] bounds them), in bytes. Of two
/// entries with one address the first in the order of attributes stays.
pub fn write(entries: &[(u64, [i32; WIDTH])]) -> Vec<u8> {
    let mut by_address: Vec<_> = entries.iter().map(|(k, w)| (address(*k), *k, w)).collect();
    by_address.sort_unstable_by_key(|(address, key, _)| (*address, *key));
    by_address.dedup_by_key(|(address, ..)| *address);
    let mut count = (10 * by_address.len()).div_ceil(FULL * SLOTS).max(1);
    loop {
        if let Some(lines) = placed(&by_address, count) {
            return lines.concat();
        }
        count += count / 8 + 1;
    }
}

/// The entries in so many lines; `None` where one lies out of [`REACH`].
fn placed(entries: &[(u32, u64, &[i32; WIDTH])], count: usize) -> Option<Vec<[u8; LINE]>> {
    let mut lines = vec![[0; LINE]; count];
    for (address, _, weights) in entries {
        let mut at = home(*address, count);
        let mut steps = 0;
        let slot = loop {
            let line = &mut lines[at];
            let used = (word(line, FLAGS) & USED).count_ones() as usize;
            if used < SLOTS {
                break used;
            }
            steps += 1;
            if steps == REACH.min(count) {
                return None;
            }
            line[FLAGS] |= OVER as u8;
            at = after(at, count);
        };
        put(&mut lines[at], slot, *address, weights);
    }
    Some(lines)
}

fn put(line: &mut [u8; LINE], slot: usize, address: u32, weights: &[i32; WIDTH]) {
    let mut flags = word(line, FLAGS) | 1 << slot;
    for (half, weights) in weights.as_chunks::<NAMED>().0.iter().enumerate() {
        let rounded = |x: i32, shift: u32| (x + (1 << shift >> 1)) >> shift;
        let fits = |shift: &u32| weights.iter().all(|x| rounded(*x, *shift).abs() <= BYTE);
        let shift = (0..MOST_SHIFT).find(fits).unwrap_or(MOST_SHIFT);
        flags |= shift << (SHIFTS as usize + 4 * (2 * slot + half));
        for (i, x) in weights.iter().enumerate() {
            let byte = rounded(*x, shift).clamp(-BYTE, BYTE) as i8;
            line[slot * WIDTH + half * NAMED + i] = byte as u8;
        }
    }
    line[KEYS + 4 * slot..][..4].copy_from_slice(&address.to_le_bytes());
    line[FLAGS..].copy_from_slice(&flags.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::{super::hash, *};

    /// How many records there are.
    fn records(weights: &Weights) -> usize {
        let used = |line: &[u8; LINE]| (word(line, FLAGS) & USED).count_ones() as usize;
        weights.lines.iter().map(used).sum()
    }

    fn key(i: u64) -> u64 {
        hash::mix(1, i)
    }

    fn sums(weights: &Weights, key: u64) -> [i32; WIDTH] {
        let mut sums = [0; WIDTH];
        let (place, there) = weights.find(key);
        if there {
            weights.add::<0, WIDTH>(place, &mut sums);
        }
        sums
    }

    #[test]
    fn gives_back_what_was_written() {
        let entries: Vec<_> = (0..5000)
            .map(|i| (key(i), [i as i32 % 127; WIDTH]))
            .collect();
        let bytes = write(&entries);
        assert!(Weights::read(&bytes, bytes.len() / LINE + 1).is_none());
        let (weights, rest) = Weights::read(&bytes, bytes.len() / LINE).unwrap();
        assert!(rest.is_empty() && weights.fit());
        assert_eq!(records(&weights), 5000);
        // Lines are as full as they are said to be.
        assert!(bytes.len() / LINE < 5000 * 10 / FULL / SLOTS + 2);
        for (key, wanted) in &entries {
            assert_eq!(sums(&weights, *key), *wanted);
        }
        let strangers = (5000..200_000).filter(|i| weights.find(key(*i)).1);
        assert!(strangers.count() < 10);
    }

    #[test]
    fn what_is_pushed_over_the_end_begins_anew() {
        // All in the last line, and in those behind it.
        let entries: Vec<_> = (0..8).map(|i| (u64::MAX << 48 | i, [1; WIDTH])).collect();
        let bytes = write(&entries);
        let (weights, _) = Weights::read(&bytes, bytes.len() / LINE).unwrap();
        assert!(entries.iter().all(|(k, w)| sums(&weights, *k) == *w));
    }

    #[test]
    fn weights_keep_seven_bits() {
        let mut record = [0; WIDTH];
        record[..4].copy_from_slice(&[GREATEST, -GREATEST, 1000, -3]);
        record[NAMED..NAMED + 4].copy_from_slice(&[300, -200, 3, -4]);
        let bytes = write(&[(7, record)]);
        let (weights, _) = Weights::read(&bytes, bytes.len() / LINE).unwrap();
        let got = sums(&weights, 7);
        // Steps of 512 beside the greatest, of four beside 300.
        assert_eq!(got[..4], [GREATEST, -GREATEST, 1024, 0]);
        assert_eq!(got[NAMED..NAMED + 4], [300, -200, 4, -4]);
        let mut second = [0; NAMED];
        weights.add::<1, NAMED>(weights.find(7).0, &mut second);
        assert_eq!(second, got[NAMED..]);
    }

    #[test]
    fn of_no_weights_nothing_is_found() {
        let bytes = write(&[]);
        let (weights, _) = Weights::read(&bytes, 1).unwrap();
        assert!(records(&weights) == 0 && !weights.find(0).1);
        assert!(Weights::read(&[], 0).is_none());
    }

    #[test]
    fn shifts_that_no_writing_makes_do_not_fit() {
        let mut bytes = write(&[(7, [1; WIDTH])]);
        bytes[FLAGS + 1] = 0xf0;
        assert!(!Weights::read(&bytes, 1).unwrap().0.fit());
    }

    #[test]
    fn of_one_address_twice_the_first_record_counts() {
        let mut bytes = write(&[(7, [1; WIDTH])]);
        for slot in 1..SLOTS {
            bytes.copy_within(KEYS..KEYS + 4, KEYS + 4 * slot);
        }
        bytes[FLAGS] |= USED as u8;
        let (weights, _) = Weights::read(&bytes, 1).unwrap();
        assert_eq!(sums(&weights, 7), [1; WIDTH]);
    }

    #[test]
    fn a_file_whose_lines_all_say_go_on_ends() {
        let mut line = [0u8; LINE];
        line[FLAGS] = OVER as u8;
        let bytes = line.repeat(3);
        assert!(!Weights::read(&bytes, 3).unwrap().0.find(9).1);
    }
}
