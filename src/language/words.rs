//! Evidence for short texts: small words, endings and letters of French and
//! of the languages it is taken for.

use super::Detected;
use crate::french::relations::{language_endings, language_letters, language_words};
use aho_corasick::AhoCorasick;
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
    words: HashMap<&'static str, u16>,
    /// By their last byte, longest first.
    endings: Vec<Vec<(&'static str, u16)>>,
    /// `None` never happens: the table is fixed and small.
    groups: Option<AhoCorasick>,
    letters: Vec<u16>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let words = language_words::ROWS.iter();
    let mut endings = vec![Vec::new(); 256];
    for row in &language_endings::ROWS {
        if let Some(last) = row.form.bytes().last() {
            endings[usize::from(last)].push((row.form, columns!(row)));
        }
    }
    for group in &mut endings {
        group.sort_by_key(|(e, _)| std::cmp::Reverse(e.len()));
    }
    Tables {
        words: words.map(|row| (row.form, columns!(row))).collect(),
        endings,
        groups: AhoCorasick::new(language_letters::ROWS.iter().map(|row| row.form)).ok(),
        letters: language_letters::ROWS
            .iter()
            .map(|row| columns!(row))
            .collect(),
    }
});

fn add(scores: &mut [f64; 11], columns: u16, weight: f64) {
    let share = weight / f64::from(columns.count_ones());
    for (i, score) in scores.iter_mut().enumerate() {
        if columns & (1 << i) != 0 {
            *score += share;
        }
    }
}

/// Judges a text by its small words, endings and letters.
pub(super) fn detect(text: &str) -> Detected {
    let mut scores = [0f64; 11];
    let mut words = [0usize; 11];
    let tables = &*TABLES;
    // Names speak the language of their bearer: of words in capitals only the
    // small ones count (« The », « LE »).
    let mut lower = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let Some(first) = word.chars().next() else {
            continue;
        };
        let from = lower.len();
        for c in word.chars() {
            match c.is_ascii() {
                true => lower.push(c.to_ascii_lowercase()),
                false => lower.extend(c.to_lowercase()),
            }
        }
        if let Some(&columns) = tables.words.get(&lower[from..]) {
            add(&mut scores, columns, WORD_WEIGHT);
            for (i, count) in words.iter_mut().enumerate() {
                // What French has too proves no other language.
                let own = i == FRA || columns & (1 << FRA) == 0;
                *count += usize::from(own && columns & (1 << i) != 0);
            }
        } else if first.is_uppercase() {
            lower.truncate(from);
            continue;
        } else if lower.len() - from >= 4 {
            let word = &lower[from..];
            let longest = word.bytes().last().and_then(|last| {
                let group = &tables.endings[usize::from(last)];
                group.iter().find(|(e, _)| word.ends_with(e))
            });
            if let Some((_, columns)) = longest {
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
