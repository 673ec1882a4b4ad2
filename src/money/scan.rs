//! Many words in one pass, where hardly a byte begins one.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, Match, MatchKind, StartKind};

/// Bits of the filter.
const BITS: usize = 1 << 16;

/// Looks for words from left to right, the longest at each place, none overlapping.
///
/// An automaton over a whole text waits for the second-level cache at every byte. So it is
/// asked only where three bytes begin a word, or one that begins a word of one or two.
pub struct Scan {
    automaton: AhoCorasick,
    /// A bit for each hash of three bytes.
    begins: Box<[u64; BITS / 64]>,
    /// Whether a word of one or two bytes begins with a byte.
    short: [bool; 256],
}

fn place(three: [u8; 3]) -> (usize, u64) {
    let x = u32::from_le_bytes([three[0], three[1], three[2], 0]).wrapping_mul(0x9e37_79b1);
    let bit = (x >> 16) as usize % BITS;
    (bit / 64, 1 << (bit % 64))
}

impl Scan {
    /// A scan for words; `None` when the automaton cannot be built.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str> + Clone) -> Option<Self> {
        let mut begins = Box::new([0; BITS / 64]);
        let mut short = [false; 256];
        for word in words.clone() {
            match *word.as_bytes() {
                [a, b, c, ..] => {
                    let (at, bit) = place([a, b, c]);
                    begins[at] |= bit;
                }
                [a, ..] => short[usize::from(a)] = true,
                [] => {}
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(words)
            .ok()?;
        Some(Self {
            automaton,
            begins,
            short,
        })
    }

    /// All words of a text, in order.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Match> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            let bytes = text.as_bytes();
            while at < bytes.len() {
                let long = match bytes.get(at..at + 3) {
                    Some(&[a, b, c]) => {
                        let (at, bit) = place([a, b, c]);
                        self.begins[at] & bit != 0
                    }
                    _ => false,
                };
                if long || self.short[usize::from(bytes[at])] {
                    let here = Input::new(text).range(at..).anchored(Anchored::Yes);
                    if let Some(found) = self.automaton.find(here) {
                        at = found.end().max(at + 1);
                        return Some(found);
                    }
                }
                at += 1;
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_one_pass_of_the_automaton_finds() {
        let words = ["euro", "euros", "%", "€", "$", "US$", "yen", "k€", "ro"];
        let plain = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words)
            .unwrap();
        let scan = Scan::new(words).unwrap();
        for text in [
            "",
            "€",
            "10 %",
            "12 euros, 3 US$ et 4 k€",
            "eurosyen",
            "euroeuros",
            "pro",
            "aro ro",
            "é%é",
            "US",
            "k",
            "eur",
        ] {
            let found = |m: Match| (m.start(), m.end(), m.pattern());
            let all: Vec<_> = scan.find_iter(text).map(found).collect();
            let wanted: Vec<_> = plain.find_iter(text).map(found).collect();
            assert_eq!(all, wanted, "{text}");
        }
    }
}
