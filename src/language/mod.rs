//! Which language an article is written in.
//!
//! `whatlang` compares trigrams with those of a language, which settles texts
//! of a hundred characters or more. Below that it takes every fifth French line
//! for something else, so short texts are decided by [`words`], which knows the
//! small words and the letters of French and of its neighbours. What both saw
//! on real lines stands in `docs/LANGUAGE.md`.

mod words;

use whatlang::{Detector, Lang};

/// A language and how sure of it we are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detected {
    /// ISO 639-3 code; `None` when nothing in the text tells.
    pub code: Option<&'static str>,
    /// 0 to 1; `None` with the code.
    pub confidence: Option<f64>,
}

impl Detected {
    const UNKNOWN: Self = Self {
        code: None,
        confidence: None,
    };
}

/// From this many characters on, trigrams decide.
const LONG: usize = 100;
/// Bytes of one of the excerpts that stand for a long text.
const EXCERPT: usize = 120;
/// Excerpts of a long text, spread evenly from its first to its last byte.
const EXCERPTS: usize = 12;

/// Languages written in Latin letters that a French archive may hold. Fewer
/// languages to confuse make `whatlang` right more often; a text in another
/// script is recognised by its script.
const NEIGHBOURS: &[Lang] = &[
    Lang::Fra,
    Lang::Eng,
    Lang::Spa,
    Lang::Ita,
    Lang::Por,
    Lang::Deu,
    Lang::Nld,
    Lang::Cat,
    Lang::Ron,
];

/// Detects the language of a text. Long texts are judged by excerpts from
/// their whole length.
///
/// An article that is French in one excerpt of four is French: it may quote
/// English at length, the contrary is rare.
///
/// ```
/// let found = glane::language::detect("Le maire a inauguré la nouvelle gare samedi.");
/// assert_eq!(found.code, Some("fra"));
/// ```
pub fn detect(text: &str) -> Detected {
    if is_short(text) {
        return words::detect(text);
    }
    let excerpts = excerpts(text);
    let french = |every: usize, from: usize| {
        let some = excerpts.iter().skip(from).step_by(every);
        some.filter(|e| words::detect(e).code == Some("fra"))
            .count()
    };
    let by_words = |share: f64| Detected {
        code: Some("fra"),
        confidence: Some(share),
    };
    // Plain French, by far the most common case, is seen in every other
    // excerpt and needs no second opinion.
    let half = french(2, 0);
    if excerpts.len() >= 6 && half == excerpts.len().div_ceil(2) {
        return by_words(1.0);
    }
    let count = half + french(2, 1);
    let share = count as f64 / excerpts.len() as f64;
    if excerpts.len() >= 4 && share >= 0.8 {
        return by_words(share);
    }
    let found = trigrams(&excerpts.join("\n"));
    if found.code != Some("fra") && count >= 2 && share >= 0.25 {
        return by_words(share);
    }
    found
}

/// `whatlang`'s own answer for a text.
pub fn trigrams(text: &str) -> Detected {
    let latin = Detector::with_allowlist(NEIGHBOURS.to_vec()).detect(text);
    match latin.or_else(|| whatlang::detect(text)) {
        Some(info) => Detected {
            code: Some(info.lang().code()),
            confidence: Some(info.confidence()),
        },
        None => Detected::UNKNOWN,
    }
}

fn is_short(text: &str) -> bool {
    text.trim().char_indices().nth(LONG).is_none()
}

/// Slices of `text` on character borders; the whole text when it is not much
/// longer than they would be.
fn excerpts(text: &str) -> Vec<&str> {
    if text.len() <= EXCERPT * EXCERPTS {
        // A short article still votes in parts, lest one quotation decide.
        let part = text.len().div_ceil(EXCERPT).max(1);
        return cut(text, part, text.len().div_ceil(part));
    }
    cut(text, EXCERPTS, EXCERPT)
}

/// `count` slices of about `len` bytes, spread evenly.
fn cut(text: &str, count: usize, len: usize) -> Vec<&str> {
    let last = text.len().saturating_sub(len);
    (0..count)
        .map(|i| {
            let from = if count > 1 { last * i / (count - 1) } else { 0 };
            let from = text.ceil_char_boundary(from);
            &text[from..text.floor_char_boundary(from + len).max(from)]
        })
        .collect()
}

#[cfg(test)]
mod tests;
