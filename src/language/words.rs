//! Evidence for short texts: small words, endings and letters of French and
//! of the languages it is taken for.

use super::Detected;
use crate::french::relations::{language_endings, language_letters, language_words};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use foldhash::HashMap;
use std::sync::LazyLock;

/// Languages in the order of the columns below.
const CODES: [&str; 11] = [
    "fra", "eng", "spa", "ita", "por", "cat", "deu", "nld", "ron", "glg", "oci",
];
const FRA: usize = 0;

/// In a French archive a dropped article costs more than a kept one.
const FRENCH_PRIOR: f64 = 1.08;
const WORD_WEIGHT: f64 = 1.0;
const ENDING_WEIGHT: f64 = 0.45;
const LETTER_WEIGHT: f64 = 0.25;
/// Below so many characters (code points) a text is no sentence, and one small word
/// of another language no proof: « RN, LFI, LR : non ». What was measured is longer.
const TINY: usize = 20;
/// Small words of another language that make a tiny text one of its own.
const PROOF: usize = 2;
/// Times that one letter group counts: a name repeated is no more evidence.
const MOST_SEEN: u8 = 3;

/// The languages of a row as bits, in the order of [`CODES`].
macro_rules! columns {
    ($row:expr) => {{
        let row = $row;
        [
            row.fra, row.eng, row.spa, row.ita, row.por, row.cat, row.deu, row.nld, row.ron,
            row.glg, row.oci,
        ]
        .into_iter()
        .rev()
        .fold(0u16, |bits, speaks| bits << 1 | u16::from(speaks))
    }};
}

/// Small words, endings, and letter groups with the languages they speak for.
struct Tables {
    words: HashMap<&'static [u8], u16>,
    /// Bit by [`sketch`], whether a word that French has alone is known by it: most words
    /// of a text are asked no more.
    own: Vec<u64>,
    /// Bytes of the longest word.
    longest: usize,
    /// By [`tail`], longest first.
    endings: Vec<Vec<(&'static str, u16)>>,
    /// `None` never happens: the table is fixed and small.
    groups: Option<AhoCorasick>,
    letters: Vec<u16>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let words = language_words::ROWS.iter();
    let mut endings = vec![Vec::new(); TAILS];
    for row in &language_endings::ROWS {
        // One of a single byte may stand behind any other.
        for (before, group) in endings.iter_mut().enumerate() {
            let whole = row.form.len() > 1 && before == tail(row.form.as_bytes());
            let one = row.form.len() == 1 && before % SIDE == tail(row.form.as_bytes());
            if whole || one {
                group.push((row.form, columns!(row)));
            }
        }
    }
    for group in &mut endings {
        group.sort_by_key(|(e, _)| std::cmp::Reverse(e.len()));
    }
    let words: HashMap<_, _> = words
        .map(|row| (row.form.as_bytes(), columns!(row)))
        .collect();
    let mut own = vec![0; SIDE * TAILS / 64];
    for (word, columns) in &words {
        let bit = sketch(word);
        own[bit / 64] |= u64::from(*columns == 1 << FRA) << (bit % 64);
    }
    Tables {
        longest: words.keys().map(|word| word.len()).max().unwrap_or(0),
        words,
        own,
        endings,
        groups: AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .prefilter(false)
            .build(language_letters::ROWS.iter().map(|row| row.form))
            .ok(),
        letters: language_letters::ROWS
            .iter()
            .map(|row| columns!(row))
            .collect(),
    }
});

/// What the last two bytes of a word are known by, five bits of each.
fn tail(word: &[u8]) -> usize {
    let low = |b: &u8| usize::from(*b) % SIDE;
    match word {
        [.., before, last] => low(before) * SIDE + low(last),
        [last] => low(last),
        [] => 0,
    }
}
const SIDE: usize = 32;
const TAILS: usize = SIDE * SIDE;

/// What a word of its length and first two bytes is known by.
fn sketch(word: &[u8]) -> usize {
    let low = |b: Option<&u8>| b.map_or(0, |b| usize::from(*b) % SIDE);
    (word.len() % SIDE * SIDE + low(word.first())) * SIDE + low(word.get(1))
}

/// The places of the bits that are set, the lowest first.
fn bits(mut columns: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = columns.trailing_zeros() as usize;
        columns &= columns.checked_sub(1)?;
        Some(lowest)
    })
}

fn add(scores: &mut [f64; 11], columns: u16, weight: f64) {
    let share = weight / f64::from(columns.count_ones());
    for i in bits(columns) {
        scores[i] += share;
    }
}

/// `char::is_alphabetic`, without its tables for Latin letters.
fn is_letter(c: char) -> bool {
    match c {
        'À'..='ɏ' => !matches!(c, '×' | '÷'),
        c if c.is_ascii() => c.is_ascii_alphabetic(),
        c => c.is_alphabetic(),
    }
}

/// Appends a word in lower case.
fn push_lower(lower: &mut String, word: &str) {
    if word.is_ascii() {
        let from = lower.len();
        lower.push_str(word);
        lower[from..].make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            // Small letters already.
            'ß'..='ÿ' => lower.push(c),
            c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            c => lower.extend(c.to_lowercase()),
        }
    }
}

/// How many small words that French has alone stand between blanks; `most` of them are
/// enough. A blank belongs to one word.
pub(super) fn french_marks(text: &str, most: usize) -> usize {
    let tables = &*TABLES;
    let mut count = 0;
    let mut before = None;
    for blank in memchr::memchr_iter(b' ', text.as_bytes()) {
        let word = before.map(|start| &text.as_bytes()[start..blank]);
        before = Some(blank + 1);
        let Some(word) = word else { continue };
        let bit = sketch(word);
        if tables.own[bit / 64] >> (bit % 64) & 1 == 1
            && tables.words.get(word) == Some(&(1 << FRA))
        {
            before = None;
            count += 1;
            if count == most {
                break;
            }
        }
    }
    count
}

/// Judges a text by its small words, endings and letters.
pub(super) fn detect(text: &str) -> Detected {
    let mut scores = [0f64; 11];
    let mut words = [0usize; 11];
    let tables = &*TABLES;
    // Names speak the language of their bearer: of words in capitals only the
    // small ones count (« The », « LE »).
    let mut lower = String::with_capacity(text.len());
    for word in text.split(|c: char| !is_letter(c)) {
        let Some(first) = word.chars().next() else {
            continue;
        };
        let from = lower.len();
        push_lower(&mut lower, word);
        let known = (lower.len() - from <= tables.longest)
            .then(|| tables.words.get(&lower.as_bytes()[from..]));
        if let Some(&columns) = known.flatten() {
            add(&mut scores, columns, WORD_WEIGHT);
            // What French has too proves no other language.
            let proves = match columns & (1 << FRA) {
                0 => columns,
                french => french,
            };
            for i in bits(proves) {
                words[i] += 1;
            }
        } else if first.is_uppercase() {
            lower.truncate(from);
            continue;
        } else if lower.len() - from >= 4 {
            let word = &lower[from..];
            let mut group = tables.endings[tail(word.as_bytes())].iter();
            if let Some((_, columns)) = group.find(|(e, _)| word.ends_with(e)) {
                add(&mut scores, *columns, ENDING_WEIGHT);
            }
        }
        lower.push(' ');
    }
    let mut seen = vec![0u8; tables.letters.len()];
    for found in tables
        .groups
        .iter()
        .flat_map(|g| g.find_overlapping_iter(&lower))
    {
        let i = found.pattern().as_usize();
        if seen[i] < MOST_SEEN {
            seen[i] += 1;
            add(&mut scores, tables.letters[i], LETTER_WEIGHT);
        }
    }
    scores[FRA] *= FRENCH_PRIOR;
    let mut best = FRA;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    let total: f64 = scores.iter().sum();
    let tiny = text.trim().chars().nth(TINY - 1).is_none();
    if total > 0.0 && best != FRA && tiny && words[best] < PROOF {
        return Detected::UNKNOWN;
    }
    if total == 0.0 {
        return match super::trigrams(text) {
            // Another script speaks for itself.
            found if !text.chars().any(|c| c.is_ascii_alphabetic()) => found,
            _ => Detected::UNKNOWN,
        };
    }
    Detected {
        code: Some(CODES[best]),
        confidence: Some(scores[best] / total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            if c.is_alphabetic() {
                let (mut lower, word) = (String::new(), c.to_string());
                push_lower(&mut lower, &word);
                assert!(lower.chars().eq(c.to_lowercase()), "{c:?}");
            }
        }
    }

    #[test]
    fn marks_of_french_are_counted_as_words_between_blanks() {
        // « est », « dans », « du », « pour » are of French alone, « la » is not. A blank belongs
        // to one word, so that of two that stand side by side one counts.
        for (text, count) in [
            ("il est dans la halle du port", 2),
            ("pour dans du", 1),
            ("a dans du a", 1),
            ("a dans a du a", 2),
            ("dans la", 0),
            ("Dans la dans", 0),
            ("a  dans  b", 1),
            ("", 0),
        ] {
            assert_eq!(french_marks(text, usize::MAX), count, "{text}");
        }
        assert_eq!(french_marks("a dans a du a", 1), 1);
    }
}
