//! Runs of numerals read from right to left, for callers that start from the
//! unit behind the number.

use super::chars::{
    Folded, apostrophe_before, dash_before, letter_before, skip_spaces_back, word_start,
};
use super::grammar;
use super::quantity::is_scale;
use crate::french::sets::numbers::INSIDE;

/// The byte at which the numerals that end at `end` may begin: the leftmost
/// start of an unbroken run of figures, numeral words, scales and the words
/// that join them (« et », « à », « ou », « de », commas, dashes). Never
/// before `floor`. The starts of the run's members go to `starts`, rightmost
/// first.
pub fn run_before(text: &str, end: usize, floor: usize, starts: &mut Starts) {
    let b = text.as_bytes();
    let mut at = end;
    starts.len = 0;
    // More members than any list of amounts has.
    for _ in 0..48 {
        let blank = skip_spaces_back(b, at);
        if blank <= floor {
            return;
        }
        let c = b[blank - 1];
        if c.is_ascii_digit() {
            let mut start = blank;
            while start > floor && b[start - 1].is_ascii_digit() {
                start -= 1;
            }
            // Figures glued to letters are names: A320, M6.
            if letter_before(text, start) && word_start(text, start) >= floor {
                return;
            }
            if !starts.push(start) {
                return;
            }
            at = start;
            // The separator of a group or of decimals.
            let sep = match (apostrophe_before(b, start), b.get(start.wrapping_sub(1))) {
                (n, _) if n > 0 => n,
                (_, Some(b'.' | b',')) => 1,
                _ => 0,
            };
            if sep > 0 && start - sep > floor && b[start - sep - 1].is_ascii_digit() {
                at = start - sep;
            }
        } else if c == b'/' {
            // « 12/8 € »: a list of figures.
            let figure = skip_spaces_back(b, blank - 1);
            if figure <= floor || !b[figure - 1].is_ascii_digit() {
                return;
            }
            at = blank - 1;
        } else if matches!(c, 0xBC..=0xBE) && blank >= 2 && b[blank - 2] == 0xC2 {
            // « ¼ », « ½ », « ¾ »
            if blank - 2 < floor || !starts.push(blank - 2) {
                return;
            }
            at = blank - 2;
        } else if matches!(c, b',' | b'.' | b'+') {
            // A comma joins a list; a point ends « Mio. ».
            if c != b',' && blank != end && c != b'.' {
                return;
            }
            at = blank - 1;
        } else if let n @ 1.. = dash_before(b, blank) {
            at = blank - n;
        } else if let n @ 1.. = apostrophe_before(b, blank) {
            at = blank - n;
            if !(at > floor && matches!(b[at - 1], b'd' | b'D')) {
                return;
            }
        } else {
            let start = word_start(text, blank).max(floor);
            if start == blank || blank - start > 14 || !text.is_char_boundary(start) {
                return;
            }
            let word = &text[start..blank];
            let folded = Folded::new(word);
            if grammar::numeral(folded.as_str()).is_some() {
                if !starts.push(start) {
                    return;
                }
            } else if !INSIDE.contains_folded(word) && !is_scale(word) {
                return;
            }
            at = start;
        }
        if at <= floor {
            return;
        }
    }
}

/// Starts of numerals, filled from right to left by [`run_before`].
#[derive(Debug, Default)]
pub struct Starts {
    at: [usize; 24],
    len: usize,
}

impl Starts {
    fn push(&mut self, at: usize) -> bool {
        if self.len == self.at.len() {
            return false;
        }
        self.at[self.len] = at;
        self.len += 1;
        true
    }

    /// The starts from left to right.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.at[..self.len].iter().rev().copied()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_where_numerals_end() {
        for (text, first) in [
            ("entre deux et trois millions ", "deux et trois millions "),
            ("en 2020 10 millions ", "2020 10 millions "),
            ("soit 1 234,5 ", "1 234,5 "),
            ("l'A320 12 ", "12 "),
            ("30, 40 ou 50 ", "30, 40 ou 50 "),
        ] {
            let mut starts = Starts::default();
            run_before(text, text.len(), 0, &mut starts);
            assert_eq!(&text[starts.iter().next().unwrap()..], first, "{text}");
        }
    }
}
