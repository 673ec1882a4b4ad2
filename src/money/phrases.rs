//! Short phrases beside a mention, compared without case and accents.

use crate::fold::is_apostrophe;
use crate::french::WordSet;

/// The folded text around a position: at most 48 bytes of one line, lower
/// case, no accents, one blank where there are several, `'` for `’`.
#[derive(Clone, Copy)]
pub struct Window {
    bytes: [u8; 48],
    len: usize,
}

impl Window {
    /// The text that ends at byte `end`, blanks before `end` left out.
    pub fn before(text: &str, end: usize) -> Self {
        let mut w = Self {
            bytes: [0; 48],
            len: 0,
        };
        for c in text[..end].chars().rev() {
            if c == '\n' || w.len + 2 > w.bytes.len() {
                break;
            }
            w.push(c, true);
        }
        w.trim();
        let len = w.len;
        w.bytes[..len].reverse();
        w
    }

    /// The text that starts at byte `start`, blanks after `start` left out.
    pub fn after(text: &str, start: usize) -> Self {
        let mut w = Self {
            bytes: [0; 48],
            len: 0,
        };
        for c in text[start..].chars() {
            if c == '\n' || w.len + 2 > w.bytes.len() {
                break;
            }
            w.push(c, false);
        }
        w.trim();
        w
    }

    fn push(&mut self, c: char, reversed: bool) {
        let (a, b) = match c {
            'A'..='Z' => (c as u8 | 0x20, 0),
            c if c.is_whitespace() => (b' ', 0),
            '`' => (b'\'', 0),
            c if c.is_ascii() => (c as u8, 0),
            'à' | 'â' | 'À' | 'Â' => (b'a', 0),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => (b'e', 0),
            'î' | 'ï' | 'Î' => (b'i', 0),
            'ô' | 'Ô' => (b'o', 0),
            'ù' | 'û' | 'ü' => (b'u', 0),
            'ç' | 'Ç' => (b'c', 0),
            'œ' | 'Œ' => (b'o', b'e'),
            // An accent of decomposed text; its letter stands beside it.
            '\u{300}'..='\u{36f}' => return,
            c if is_apostrophe(c) => (b'\'', 0),
            '‑' => (b'-', 0),
            '≈' => (b'~', 0),
            _ => (b'?', 0),
        };
        // A run of blanks is one blank; none at the near end.
        if a == b' ' && (self.len == 0 || self.bytes[self.len - 1] == b' ') {
            return;
        }
        let pair = if reversed { [b, a] } else { [a, b] };
        for x in pair {
            if x != 0 {
                self.bytes[self.len] = x;
                self.len += 1;
            }
        }
    }

    fn trim(&mut self) {
        while self.len > 0 && self.bytes[self.len - 1] == b' ' {
            self.len -= 1;
        }
    }

    /// The window without its last `n` bytes and the blanks before them.
    pub fn shortened(mut self, n: usize) -> Self {
        self.len = self.len.saturating_sub(n);
        self.trim();
        self
    }

    /// The folded text.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Whether the window ends with `phrase` as whole words.
    pub fn ends_with(&self, phrase: &str) -> bool {
        // One byte settles nearly all comparisons.
        self.as_bytes().last() == phrase.as_bytes().last()
            && self
                .as_bytes()
                .strip_suffix(phrase.as_bytes())
                .is_some_and(|rest| !rest.last().is_some_and(u8::is_ascii_alphanumeric))
    }

    /// Whether the window starts with `phrase` as whole words.
    pub fn starts_with(&self, phrase: &str) -> bool {
        self.as_bytes().first() == phrase.as_bytes().first()
            && self
                .as_bytes()
                .strip_prefix(phrase.as_bytes())
                .is_some_and(|rest| {
                    !rest.first().is_some_and(u8::is_ascii_alphanumeric)
                        || phrase.ends_with(['\'', '/'])
                })
    }

    /// Whether the window ends with a phrase of `set`.
    pub fn ends_with_any(&self, set: &WordSet) -> bool {
        set.folded().iter().any(|p| self.ends_with(p))
    }

    /// Whether the window starts with a phrase of `set`.
    pub fn starts_with_any(&self, set: &WordSet) -> bool {
        set.folded().iter().any(|p| self.starts_with(p))
    }

    /// Whether a word of `set` occurs as a whole word.
    pub fn has_any(&self, set: &WordSet) -> bool {
        set.folded().iter().any(|w| self.has(w))
    }

    /// Whether a word of `set` occurs, be it inside another.
    pub fn has_part(&self, set: &WordSet) -> bool {
        let b = self.as_bytes();
        let inside = |w: &str| b.windows(w.len()).any(|part| part == w.as_bytes());
        set.folded().iter().any(|w| inside(w))
    }

    /// Whether `word` occurs as a whole word.
    pub fn has(&self, word: &str) -> bool {
        let b = self.as_bytes();
        let n = word.len();
        b.windows(n).enumerate().any(|(i, w)| {
            w[0] == word.as_bytes()[0]
                && w == word.as_bytes()
                && !i
                    .checked_sub(1)
                    .is_some_and(|j| b[j].is_ascii_alphanumeric())
                && !b.get(i + n).is_some_and(u8::is_ascii_alphanumeric)
        })
    }
}

/// The end of the phrase of `set` that the text at byte `at` spells; see
/// [`spelled_at`].
pub fn spelled_any(text: &str, at: usize, set: &WordSet) -> Option<usize> {
    set.folded().iter().find_map(|p| spelled_at(text, at, p))
}

/// The end of `phrase` (folded words, one mark or blank between) where the text at
/// byte `at` spells it; hyphens and apostrophes count as blanks.
pub fn spelled_at(text: &str, at: usize, phrase: &str) -> Option<usize> {
    use crate::numbers::chars::{Folded, apostrophe_at, dash_at, letter_at, skip_spaces, word_end};
    let b = text.as_bytes();
    let mut i = at;
    for (n, word) in phrase.split([' ', '\'', '-']).enumerate() {
        if n > 0 {
            let joint = apostrophe_at(b, i) + dash_at(b, i);
            let next = skip_spaces(b, i + joint);
            if next == i {
                return None;
            }
            i = next;
        }
        let end = word_end(text, i);
        if Folded::new(&text[i..end]).as_str() != word {
            return None;
        }
        i = end;
    }
    (!letter_at(text, i)).then_some(i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_fold_and_trim() {
        let text = "Il a payé jusqu’à\u{a0}12 € Environ, dit-il";
        let before = Window::before(text, text.find("12").unwrap());
        assert!(before.ends_with("jusqu'a"));
        assert!(!before.ends_with("qu'a"));
        let after = Window::after(text, text.find(" Env").unwrap());
        assert!(after.starts_with("environ"));
        assert!(after.has("dit"));
        assert!(!Window::after("a\nb", 1).has("b"));
    }

    #[test]
    fn phrases_over_hyphens() {
        let text = "des États-Unis";
        assert_eq!(spelled_at(text, 0, "des etats unis"), Some(text.len()));
        assert_eq!(spelled_at(text, 0, "des etats"), Some(10));
        assert_eq!(spelled_at("d'argent", 0, "d argent"), Some(8));
    }
}
