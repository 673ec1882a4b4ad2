//! One line of text cut into words, figures and punctuation.
//!
//! A line break ends a line: no expression reaches across it.

use super::lexicon::{
    self, Feast, Key, Meal, Meaning, Number, PartNoun, Season, UnitNoun, Vague, Weekday, Word,
};
use crate::fold::{fold_char, is_apostrophe};
use crate::french::sets::dates::token as sets;

/// A word, a run of figures or a punctuation mark; `start..end` are bytes of
/// the whole text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    /// Class in the lexicon.
    pub word: Word,
    /// What it stands for.
    pub meaning: Meaning,
    /// How many figures a run of figures has.
    pub len: u8,
    /// White space stands before it.
    pub gap: bool,
    /// First letter is a capital.
    pub cap: bool,
    /// Holds an accented letter.
    pub accent: bool,
    /// An apostrophe follows and belongs to the token (« l' », « jusqu' »).
    pub elided: bool,
}

/// What a token stands for, where it stands for that.
impl Token {
    /// The value of figures or of a numeral, 0 for what is none.
    #[inline]
    pub fn value(&self) -> u32 {
        match self.meaning {
            Meaning::Value(n) => n,
            _ => 0,
        }
    }

    /// A punctuation mark.
    #[inline]
    pub fn mark(&self) -> Option<char> {
        match self.meaning {
            Meaning::Mark(c) if self.word == Word::Punct => Some(c),
            _ => None,
        }
    }

    /// A plural of an adjective or a weekday.
    pub fn plural(&self) -> bool {
        matches!(
            self.meaning,
            Meaning::Number(Number::Plural) | Meaning::Weekday(_, Number::Plural)
        )
    }

    /// A month, January is 1.
    #[inline]
    pub fn month(&self) -> Option<u8> {
        match self.meaning {
            Meaning::Month(x) => Some(x),
            _ => None,
        }
    }

    /// A season.
    #[inline]
    pub fn season(&self) -> Option<Season> {
        match self.meaning {
            Meaning::Season(x) => Some(x),
            _ => None,
        }
    }

    /// A unit of time.
    #[inline]
    pub fn unit(&self) -> Option<UnitNoun> {
        match self.meaning {
            Meaning::Unit(x) => Some(x),
            _ => None,
        }
    }

    /// How often, of an adverb.
    #[inline]
    pub fn every(&self) -> Option<UnitNoun> {
        match self.meaning {
            Meaning::Every(x) => Some(x),
            _ => None,
        }
    }

    /// A part of the day.
    #[inline]
    pub fn part(&self) -> Option<PartNoun> {
        match self.meaning {
            Meaning::Part(x) => Some(x),
            _ => None,
        }
    }

    /// A feast that has a name of its own.
    #[inline]
    pub fn feast(&self) -> Option<Feast> {
        match self.meaning {
            Meaning::Feast(x) => Some(x),
            _ => None,
        }
    }

    /// A meal.
    #[inline]
    pub fn meal(&self) -> Option<Meal> {
        match self.meaning {
            Meaning::Meal(x) => Some(x),
            _ => None,
        }
    }

    /// A side of the document creation time.
    #[inline]
    pub fn vague(&self) -> Option<Vague> {
        match self.meaning {
            Meaning::Vague(x) => Some(x),
            _ => None,
        }
    }

    /// What « am », « pm » add to an hour.
    #[inline]
    pub fn hours(&self) -> Option<u8> {
        match self.meaning {
            Meaning::Hours(x) => Some(x),
            _ => None,
        }
    }

    /// A weekday, whole, abbreviated or in the plural.
    #[inline]
    pub fn weekday(&self) -> Option<Weekday> {
        match self.meaning {
            Meaning::Weekday(day, _) => Some(day),
            _ => None,
        }
    }

    /// Days from a reference day: « hier » is −1.
    #[inline]
    pub fn days(&self) -> Option<i64> {
        match self.meaning {
            Meaning::Days(n) => Some(i64::from(n)),
            _ => None,
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2000}'
            ..='\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{3000}'
    )
}

const fn fold_latin1() -> [u8; 64] {
    // U+00C0..=U+00FF; 0 where the letter folds to several or none.
    *b"aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y"
}

/// U+00C0–U+00FF without accent.
static LATIN1: [u8; 64] = fold_latin1();

struct WordScan {
    end: usize,
    key: Option<Key>,
    accent: bool,
}

/// Reads the letters that start at `i`.
#[inline]
fn scan_word(text: &str, mut i: usize) -> WordScan {
    let bytes = text.as_bytes();
    let mut key: Key = 0;
    let mut len = 0u32;
    let mut accent = false;
    let mut known = true;
    while i < bytes.len() {
        let b = bytes[i];
        if b.is_ascii_alphabetic() {
            key = key << 8 | Key::from(b | 0x20);
            len += 1;
            i += 1;
        } else if b == 0xC3 && i + 1 < bytes.len() {
            let low = (bytes[i + 1] & 0x3F) as usize;
            if low == 0x17 || low == 0x37 {
                break;
            }
            let folded = LATIN1[low];
            if folded == 0 {
                known = false;
            }
            key = key << 8 | Key::from(folded);
            accent = true;
            len += 1;
            i += 2;
        } else if b < 0x80 {
            break;
        } else {
            let Some(c) = text[i..].chars().next() else {
                break;
            };
            if !c.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&c) {
                break;
            }
            if is_apostrophe(c) {
                break;
            }
            match fold_char(c) {
                Some(folded) => {
                    accent = true;
                    for f in folded.bytes() {
                        key = key << 8 | Key::from(f);
                        len += 1;
                    }
                }
                None => known = false,
            }
            i += c.len_utf8();
        }
    }
    WordScan {
        end: i,
        key: (known && len <= 16).then_some(key),
        accent,
    }
}

fn ends_address(b: u8) -> bool {
    b == b' '
        || b == b'\t'
        || b == b'\n'
        || b == b'\r'
        || b >= 0x80
        || matches!(b, b'"' | b'<' | b'>')
}

/// Cuts `text[from..to]` into `out`, which is cleared first. Tokens that touch
/// a span of `blocked` (sorted), a URL, an e-mail address, a handle or a
/// hashtag are marked [`Word::Blocked`].
pub(super) fn tokenize(
    text: &str,
    from: usize,
    to: usize,
    blocked: &[(usize, usize)],
    out: &mut Vec<Token>,
) {
    out.clear();
    let text = &text[..to];
    let bytes = text.as_bytes();
    let mut i = from;
    let mut gap = false;
    // Tokens before this one are marked with whatever is glued to them.
    let mut marked = 0;
    let mut block = blocked.partition_point(|(_, e)| *e <= from);
    while i < to {
        let b = bytes[i];
        let start = i;
        let mut token = Token {
            start: start as u32,
            end: 0,
            word: Word::Other,
            meaning: Meaning::None,
            len: 0,
            gap,
            cap: false,
            accent: false,
            elided: false,
        };
        if b.is_ascii_digit() {
            let mut n: u64 = 0;
            while i < to && bytes[i].is_ascii_digit() {
                n = (n * 10 + u64::from(bytes[i] - b'0')).min(u64::from(u32::MAX));
                i += 1;
            }
            token.word = Word::Figures;
            token.meaning = Meaning::Value(n as u32);
            token.len = (i - start).min(255) as u8;
        } else if b == b' ' || b == b'\t' || b == b'\r' {
            gap = true;
            i += 1;
            continue;
        } else if b.is_ascii_alphabetic() || b >= 0x80 {
            let c = if b < 0x80 {
                b as char
            } else {
                text[i..].chars().next().unwrap_or('\u{fffd}')
            };
            if is_space(c) {
                gap = true;
                i += c.len_utf8();
                continue;
            }
            if c.is_alphabetic() && !is_apostrophe(c) {
                let scan = scan_word(text, i);
                i = scan.end;
                token.cap = b.is_ascii_uppercase() || (b >= 0x80 && c.is_uppercase());
                token.accent = scan.accent;
                if let Some(k) = scan.key {
                    (token.word, token.meaning) = lexicon::look_up(k);
                    // « dès » and « des » fold alike.
                    if token.word == Word::Des && token.accent {
                        token.word = Word::Des2;
                    }
                }
                let next = if i < to { bytes[i] } else { b' ' };
                // The straight and the curly apostrophe lead with these bytes.
                if next == b'\'' || next >= 0xC2 {
                    elide(text, &mut i, &mut token);
                } else if next == b'.' && scan.end - start > 2 && is_domain(text, i) {
                    i = address_end(bytes, i);
                    token.word = Word::Blocked;
                }
            } else {
                i += c.len_utf8();
                token.word = Word::Punct;
                token.meaning = Meaning::Mark(match c {
                    '‐' | '‑' => '-',
                    '«' | '»' | '“' | '”' | '„' => '"',
                    c if is_apostrophe(c) => '\'',
                    c => c,
                });
            }
        } else {
            i += 1;
            token.word = Word::Punct;
            token.meaning = Meaning::Mark(char::from(b));
            let next = if i < to { bytes[i] } else { b' ' };
            let url = b == b':' && next == b'/' && i + 1 < to && bytes[i + 1] == b'/';
            let handle = (b == b'@' || b == b'#') && (next.is_ascii_alphanumeric() || next >= 0xC3);
            if url || handle {
                // What is glued before (`https`, the user of an address) goes too.
                let mut glued = !gap;
                for last in out[marked..].iter_mut().rev() {
                    if !glued {
                        break;
                    }
                    last.word = Word::Blocked;
                    glued = !last.gap;
                }
                marked = out.len();
                i = if b == b'#' {
                    scan_tag(text, i)
                } else {
                    address_end(bytes, i)
                };
                token.word = Word::Blocked;
            }
        }
        token.end = i as u32;
        while block < blocked.len() && blocked[block].1 <= start {
            block += 1;
        }
        if block < blocked.len() && blocked[block].0 < i {
            token.word = Word::Blocked;
        }
        gap = false;
        out.push(token);
    }
}

/// Takes a following apostrophe into the token; « aujourd'hui » is one word.
fn elide(text: &str, i: &mut usize, token: &mut Token) {
    let Some(c) = text[*i..].chars().next() else {
        return;
    };
    if !is_apostrophe(c) {
        return;
    }
    let after = *i + c.len_utf8();
    let letter = text[after..]
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '«');
    if let Some(end) = sets::JOINED.begins(&text[token.start as usize..]) {
        let word = token.start as usize..token.start as usize + end;
        *i = word.end;
        if let Some(k) = lexicon::key(&text[word]) {
            (token.word, token.meaning) = lexicon::look_up(k);
        }
    } else if letter || text.as_bytes().get(after).is_some_and(u8::is_ascii_digit) {
        *i = after;
        token.elided = true;
    }
}

/// A full stop and a top-level domain at `i`.
fn is_domain(text: &str, i: usize) -> bool {
    let rest = &text[i + 1..];
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    sets::DOMAINS.contains(&rest[..end]) && rest[end..].bytes().next().is_none_or(|b| b < 0x80)
}

fn address_end(bytes: &[u8], mut i: usize) -> usize {
    while i < bytes.len() && !ends_address(bytes[i]) {
        i += 1;
    }
    // Closing punctuation belongs to the sentence.
    while i > 0 && matches!(bytes[i - 1], b'.' | b',' | b';' | b')' | b']') {
        i -= 1;
    }
    i
}

fn scan_tag(text: &str, mut i: usize) -> usize {
    while let Some(c) = text[i..].chars().next() {
        if !c.is_alphanumeric() && c != '_' {
            break;
        }
        i += c.len_utf8();
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, Word)> {
        let mut out = Vec::new();
        tokenize(text, 0, text.len(), &[], &mut out);
        out.iter()
            .map(|t| (&text[t.start as usize..t.end as usize], t.word))
            .collect()
    }

    #[test]
    fn cuts_words_figures_and_marks() {
        assert_eq!(
            cut("l’an 2024, aujourd'hui"),
            [
                ("l’", Word::L),
                ("an", Word::Unit),
                ("2024", Word::Figures),
                (",", Word::Punct),
                ("aujourd'hui", Word::Deictic)
            ]
        );
        // Every apostrophe, and the soft hyphen with which sites break the word.
        for text in [
            "Aujourd’hui",
            "aujourd‘hui",
            "AUJOURDʼHUI",
            "aujourd'\u{ad}hui",
        ] {
            assert_eq!(cut(text), [(text, Word::Deictic)], "{text}");
        }
        assert_eq!(cut("16h30")[1], ("h", Word::Unit));
        assert_eq!(cut("16\u{202f}h\u{a0}30").len(), 3);
    }

    #[test]
    fn addresses_are_blocked_whole() {
        for text in [
            "https://x.fr/2024/05/01/a",
            "a.b@c-2024.org",
            "@Euro2024",
            "#14juillet",
            "www.20minutes.fr",
        ] {
            assert!(cut(text).iter().any(|(_, w)| *w == Word::Blocked), "{text}");
            assert!(
                cut(text)
                    .iter()
                    .all(|(_, w)| !matches!(w, Word::Figures | Word::Month))
                    || text.starts_with("www"),
                "{text}"
            );
        }
        assert_eq!(cut("(voir https://x.fr/2024).").last().unwrap().0, ".");
    }
}
