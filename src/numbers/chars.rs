//! Character classes around a byte position.

use crate::fold::is_apostrophe;

/// Length in bytes of the blank at `i` that may stand inside or beside a
/// numeral: space, tab, no-break, narrow no-break, thin and figure spaces.
/// A line break is none. 0 when there is none.
pub fn space_at(bytes: &[u8], i: usize) -> usize {
    match bytes.get(i) {
        Some(b' ' | b'\t') => 1,
        Some(0xC2) if bytes.get(i + 1) == Some(&0xA0) => 2,
        Some(0xE2) => match bytes.get(i + 1..i + 3) {
            Some([0x80, 0xAF | 0x87..=0x8A]) => 3,
            _ => 0,
        },
        _ => 0,
    }
}

/// Blanks inside a line, as [`space_at`] has them, but the tab.
pub const BLANKS: [char; 7] = [
    ' ', '\u{a0}', '\u{202f}', '\u{2007}', '\u{2008}', '\u{2009}', '\u{200a}',
];

/// Length in bytes of the blank that ends at `i`, 0 when there is none.
pub fn space_before(bytes: &[u8], i: usize) -> usize {
    let before = |n: usize| i >= n && space_at(bytes, i - n) == n;
    (1..=3).find(|&n| before(n)).unwrap_or(0)
}

/// The position after at most two blanks.
pub fn skip_spaces(bytes: &[u8], mut i: usize) -> usize {
    for _ in 0..2 {
        i += space_at(bytes, i);
    }
    i
}

/// The position before at most two blanks.
pub fn skip_spaces_back(bytes: &[u8], mut i: usize) -> usize {
    for _ in 0..2 {
        i -= space_before(bytes, i);
    }
    i
}

/// Length of the apostrophe at `i` (`'`, `’`, `‘`, `ʼ`, `´`), 0 when there is
/// none. As [`crate::fold::is_apostrophe`], for those that French texts
/// have, on bytes.
pub fn apostrophe_at(bytes: &[u8], i: usize) -> usize {
    match bytes.get(i) {
        Some(b'\'') => 1,
        Some(0xC2) if bytes.get(i + 1) == Some(&0xB4) => 2,
        Some(0xCA) if bytes.get(i + 1) == Some(&0xBC) => 2,
        Some(0xE2) if matches!(bytes.get(i + 1..i + 3), Some([0x80, 0x98 | 0x99])) => 3,
        _ => 0,
    }
}

/// Length of the apostrophe that ends at `i`.
pub fn apostrophe_before(bytes: &[u8], i: usize) -> usize {
    [1, 2, 3]
        .into_iter()
        .find(|&n| i >= n && apostrophe_at(bytes, i - n) == n)
        .unwrap_or(0)
}

/// Length of the hyphen or dash at `i` (`-`, `‑`, `–`, `—`), 0 when none.
pub fn dash_at(bytes: &[u8], i: usize) -> usize {
    match bytes.get(i) {
        Some(b'-') => 1,
        Some(0xE2) if matches!(bytes.get(i + 1..i + 3), Some([0x80, 0x91..=0x94])) => 3,
        _ => 0,
    }
}

/// Length of the hyphen or dash that ends at `i`.
pub fn dash_before(bytes: &[u8], i: usize) -> usize {
    [1, 3]
        .into_iter()
        .find(|&n| i >= n && dash_at(bytes, i - n) == n)
        .unwrap_or(0)
}

/// `char::is_alphabetic`, without its search for what French is written with,
/// and the accents of decomposed text, which belong to their letter.
fn is_letter(c: char) -> bool {
    match c {
        '\u{300}'..='\u{36f}' => true,
        // A letter to Unicode, an apostrophe to those who type it.
        'ʼ' => false,
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{80}'..='\u{bf}' => matches!(c, 'ª' | 'µ' | 'º'),
        // Dashes, quotes, blanks.
        '\u{2000}'..='\u{206f}' => false,
        c => c.is_alphabetic(),
    }
}

/// Whether a letter ends at `i`.
pub fn letter_before(text: &str, i: usize) -> bool {
    match i.checked_sub(1).map(|j| text.as_bytes()[j]) {
        None => false,
        Some(b) if b < 0x80 => b.is_ascii_alphabetic(),
        Some(_) => text[..i].chars().next_back().is_some_and(is_letter),
    }
}

/// Whether a letter starts at `i`.
pub fn letter_at(text: &str, i: usize) -> bool {
    match text.as_bytes().get(i) {
        None => false,
        Some(b) if *b < 0x80 => b.is_ascii_alphabetic(),
        Some(_) => text[i..].chars().next().is_some_and(is_letter),
    }
}

/// The end of the run of letters that starts at `i`.
pub fn word_end(text: &str, mut i: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(&b) = bytes.get(i) {
        if b < 0x80 {
            if !b.is_ascii_alphabetic() {
                break;
            }
            i += 1;
        } else {
            match text[i..].chars().next() {
                Some(c) if is_letter(c) => i += c.len_utf8(),
                _ => break,
            }
        }
    }
    i
}

/// The start of the run of letters that ends at `i`.
pub fn word_start(text: &str, mut i: usize) -> usize {
    let bytes = text.as_bytes();
    while i > 0 {
        let b = bytes[i - 1];
        if b < 0x80 {
            if !b.is_ascii_alphabetic() {
                break;
            }
            i -= 1;
        } else {
            match text[..i].chars().next_back() {
                Some(c) if is_letter(c) => i -= c.len_utf8(),
                _ => break,
            }
        }
    }
    i
}

/// A word in lower case without accents, hyphens and apostrophes, at most 24
/// ASCII letters; longer words and words with other letters are empty.
#[derive(Clone, Copy)]
pub struct Folded {
    letters: [u8; 24],
    len: usize,
}

impl Folded {
    /// Folds `word`.
    pub fn new(word: &str) -> Self {
        let mut folded = Self {
            letters: [0; 24],
            len: 0,
        };
        for c in word.chars() {
            let (first, second) = match fold(c) {
                Some(pair) => pair,
                None => return Self { len: 0, ..folded },
            };
            for b in [first, second] {
                if b == 0 {
                    continue;
                }
                if folded.len == folded.letters.len() {
                    return Self { len: 0, ..folded };
                }
                folded.letters[folded.len] = b;
                folded.len += 1;
            }
        }
        folded
    }

    /// The folded letters.
    pub fn bytes(&self) -> &[u8] {
        &self.letters[..self.len]
    }

    /// The folded letters as a string.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}

fn fold(c: char) -> Option<(u8, u8)> {
    Some(match c {
        'a'..='z' => (c as u8, 0),
        'A'..='Z' => (c as u8 | 0x20, 0),
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'À' | 'Â' | 'Ä' | 'Á' => (b'a', 0),
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => (b'e', 0),
        'î' | 'ï' | 'í' | 'Î' | 'Ï' => (b'i', 0),
        'ô' | 'ö' | 'ó' | 'õ' | 'ø' | 'Ô' | 'Ö' => (b'o', 0),
        'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' => (b'u', 0),
        'ç' | 'Ç' | 'č' => (b'c', 0),
        'ñ' => (b'n', 0),
        'ł' => (b'l', 0),
        '-' | '\u{300}'..='\u{36f}' => (0, 0),
        c if is_apostrophe(c) => (0, 0),
        'œ' | 'Œ' => (b'o', b'e'),
        'æ' | 'Æ' => (b'a', b'e'),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            let accent = ('\u{300}'..='\u{36f}').contains(&c);
            let letter = c.is_alphabetic() && c != 'ʼ';
            assert_eq!(is_letter(c), accent || letter, "{c:?}");
        }
    }

    #[test]
    fn blanks_of_every_width() {
        for s in [" ", "\u{a0}", "\u{202f}", "\u{2009}", "\u{2007}"] {
            assert_eq!(space_at(s.as_bytes(), 0), s.len());
            assert_eq!(space_before(s.as_bytes(), s.len()), s.len());
        }
        for s in ["\n", "é", "–", "’", ""] {
            assert_eq!(space_at(s.as_bytes(), 0), 0);
            assert_eq!(space_before(s.as_bytes(), s.len()), 0);
        }
    }

    #[test]
    fn words_and_folding() {
        let t = "l’été, Œuvre";
        assert_eq!(word_start(t, 9), 4);
        assert_eq!(word_end(t, 4), 9);
        assert_eq!(Folded::new("Été").as_str(), "ete");
        assert_eq!(Folded::new("ŒUVRE").as_str(), "oeuvre");
        assert_eq!(Folded::new("日本").as_str(), "");
        assert_eq!(Folded::new("anticonstitutionnellement").as_str(), "");
    }
}
