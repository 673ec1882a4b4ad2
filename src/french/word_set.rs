//! A set of words or phrases from a table, made for guards: most questions are
//! answered by the first letter, none allocates.

use crate::fold::fold_char;

/// Words that one guard asks for; a row may also be a phrase of several words,
/// one space between them.
#[derive(Debug)]
pub struct WordSet {
    /// As the table spells them, sorted by bytes.
    words: &'static [&'static str],
    /// Folded, sorted by bytes, each once.
    folded: &'static [&'static str],
    /// Bit `b & 63` for each first byte `b` of `words`.
    first: u64,
    /// The same of `folded`.
    first_folded: u64,
}

/// Bytes of the longest word or phrase; the generator refuses longer ones.
pub const LONGEST: usize = 64;

/// Bytes of one folded word on the stack.
struct Folded {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Folded {
    /// `None` when it is longer than any word of a set.
    fn new(word: &str) -> Option<Self> {
        let mut out = Self {
            bytes: [0; LONGEST],
            len: 0,
        };
        for c in word.chars() {
            let mut utf8 = [0; 4];
            match fold_char(c) {
                Some(folded) => out.push(folded.as_bytes())?,
                None => {
                    for lower in c.to_lowercase() {
                        out.push(lower.encode_utf8(&mut utf8).as_bytes())?;
                    }
                }
            }
        }
        Some(out)
    }

    fn push(&mut self, more: &[u8]) -> Option<()> {
        let end = self.len + more.len();
        self.bytes.get_mut(self.len..end)?.copy_from_slice(more);
        self.len = end;
        Some(())
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

fn bit(byte: Option<&u8>) -> u64 {
    byte.map_or(0, |b| 1 << (b & 63))
}

impl WordSet {
    /// What the generator writes; the slices are sorted.
    pub(super) const fn new(
        words: &'static [&'static str],
        folded: &'static [&'static str],
        first: u64,
        first_folded: u64,
    ) -> Self {
        Self {
            words,
            folded,
            first,
            first_folded,
        }
    }

    /// Whether `word` stands in the table, letter for letter.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.first & bit(word.as_bytes().first()) != 0 && self.words.binary_search(&word).is_ok()
    }

    /// Whether `word` stands in the table, whatever its case, accents,
    /// apostrophes and ligatures.
    #[inline]
    pub fn contains_folded(&self, word: &str) -> bool {
        self.may_hold(word) && self.find_folded(word)
    }

    /// Whether a word with this first letter may be in the set.
    #[inline]
    fn may_hold(&self, word: &str) -> bool {
        match word.as_bytes().first() {
            Some(b) if b.is_ascii_alphabetic() => {
                self.first_folded & bit(Some(&b.to_ascii_lowercase())) != 0
            }
            Some(b) if b.is_ascii() => self.first_folded & bit(Some(b)) != 0 || *b == b'`',
            Some(_) => true,
            None => false,
        }
    }

    fn find_folded(&self, word: &str) -> bool {
        Folded::new(word).is_some_and(|f| {
            self.folded
                .binary_search_by(|w| w.as_bytes().cmp(f.bytes()))
                .is_ok()
        })
    }

    /// Whether `word` ends with an ending of the set, letter for letter.
    #[inline]
    pub fn ends(&self, word: &str) -> bool {
        self.words.iter().any(|w| word.ends_with(w))
    }

    /// Whether `word` starts with a beginning of the set, letter for letter.
    pub fn starts(&self, word: &str) -> bool {
        self.first & bit(word.as_bytes().first()) != 0
            && self.words.iter().any(|w| word.starts_with(w))
    }

    /// The end in bytes of the longest word or phrase with which `text` begins,
    /// folded; blanks of any width stand between its words, and no letter or
    /// figure follows it, but behind an apostrophe.
    pub fn begins(&self, text: &str) -> Option<usize> {
        if !self.may_hold(text) {
            return None;
        }
        self.folded_from(text)
            .iter()
            .filter_map(|phrase| phrase_at(text, phrase))
            .max()
    }

    /// Those of the folded words that begin like `text`, by their first byte.
    fn folded_from(&self, text: &str) -> &'static [&'static str] {
        let first = text.chars().next();
        let folded = first.and_then(|c| match fold_char(c) {
            Some(folded) => folded.bytes().next(),
            None if c.is_ascii() => Some(c.to_ascii_lowercase() as u8),
            None => None,
        });
        // A mark that folds to nothing, or another alphabet.
        let Some(first) = folded else {
            return self.folded;
        };
        let byte = |word: &&str| word.bytes().next();
        let from = self.folded.partition_point(|w| byte(w) < Some(first));
        let to = self.folded.partition_point(|w| byte(w) <= Some(first));
        &self.folded[from..to]
    }

    /// The words folded, sorted by bytes, each once.
    pub fn folded(&self) -> &'static [&'static str] {
        self.folded
    }

    /// The words as the table spells them, sorted by bytes.
    pub fn words(&self) -> &'static [&'static str] {
        self.words
    }
}

/// The end in bytes of the folded `phrase` at the start of `text`.
fn phrase_at(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = phrase;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let folded = fold_char(c);
        if rest.is_empty() && folded != Some("") {
            return (phrase.ends_with('\'') || !c.is_alphanumeric()).then_some(at);
        }
        if c.is_whitespace() {
            rest = rest.strip_prefix(' ')?;
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        match folded {
            Some(folded) => rest = rest.strip_prefix(folded)?,
            None => {
                for lower in c.to_lowercase() {
                    rest = rest.strip_prefix(lower)?;
                }
            }
        }
    }
    rest.is_empty().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: WordSet = WordSet::new(
        &["aujourd'hui", "première", "un peu", "un peu plus", "à"],
        &["a", "aujourd'hui", "premiere", "un peu", "un peu plus"],
        1 << (b'a' & 63) | 1 << (b'p' & 63) | 1 << (b'u' & 63) | 1 << (0xC3 & 63),
        1 << (b'a' & 63) | 1 << (b'p' & 63) | 1 << (b'u' & 63),
    );

    #[test]
    fn exact_and_folded() {
        assert!(SET.contains("première") && !SET.contains("Première"));
        for word in [
            "PREMIERE",
            "première",
            "premie\u{300}re",
            "À",
            "aujourd’hui",
        ] {
            assert!(SET.contains_folded(word), "{word}");
        }
        for word in ["", "premier", "peu", "x", "`", &"a".repeat(LONGEST + 1)] {
            assert!(!SET.contains_folded(word), "{word}");
        }
    }

    #[test]
    fn phrases() {
        for (text, end) in [
            ("Un peu plus tard", Some(11)),
            ("un\u{a0}  peu partout", Some(9)),
            ("un peuple", None),
            ("un peu", Some(6)),
            ("premie\u{300}re", Some(10)),
            ("un", None),
        ] {
            assert_eq!(SET.begins(text), end, "{text}");
        }
    }
}
