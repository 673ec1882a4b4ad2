//! Which language an article is written in.
//!
//! `whatlang` compares trigrams with those of a language, which settles texts
//! of a hundred characters or more. Below that it takes every fifth French line
//! for something else, so short texts are decided by `words`, which knows the
//! small words and the letters of French and of its neighbours. What both saw
//! on real lines stands in `docs/LANGUAGE.md`.

mod codes;
mod gate;
mod words;

pub use codes::{UnknownLanguage, code, recognised};
pub use gate::plainly_other;

use crate::text::composed;
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
/// Excerpts that settle plain French, and bytes of each.
const FEW: (usize, usize) = (4, 120);
/// Excerpts that vote where those disagree: short ones, so that few of them
/// straddle a quotation.
const MANY: (usize, usize) = (40, 70);
/// The share of those that settles a language by itself.
const SETTLED: f64 = 0.8;
/// Excerpts that `whatlang` sees.
const LENGTHY: (usize, usize) = (4, 400);

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

/// Detects the language of a text. Long texts are judged by excerpts spread
/// over their whole length.
///
/// An article that is French in one excerpt of four is French: it may quote
/// English at length, the contrary is rare. Beside another Romance language,
/// which looks more like French, it takes half of the excerpts.
///
/// ```
/// let found = glane::language::detect("Le maire a inauguré la nouvelle gare samedi.");
/// assert_eq!(found.code, Some("fra"));
/// ```
pub fn detect(text: &str) -> Detected {
    let text = &*composed(text);
    if is_short(text) {
        return words::detect(text);
    }
    let is_french = |excerpt: &&str| words::detect(excerpt).code == Some("fra");
    let by_words = |share: f64| Detected {
        code: Some("fra"),
        confidence: Some(share),
    };
    // Plain French, by far the most common case, needs no second opinion.
    let (few, len) = FEW;
    if text.len() >= few * len && excerpts(text, few, len).iter().all(is_french) {
        return by_words(1.0);
    }
    let (most, len) = MANY;
    let many = excerpts(text, text.len().div_ceil(len).min(most), len);
    let votes: Vec<_> = many.iter().map(|e| words::detect(e).code).collect();
    let share = |code: &str| {
        let count = votes.iter().filter(|vote| **vote == Some(code)).count();
        (count, count as f64 / votes.len() as f64)
    };
    let settled = |(count, share): (usize, f64)| count >= few && share >= SETTLED;
    let (count, french) = share("fra");
    if settled((count, french)) {
        return by_words(french);
    }
    // Nor does another language in a long text, where next to nothing is French: what a
    // glance left open because of « ce », which is Romanian too.
    let known = NEIGHBOURS.iter().map(|language| language.code());
    let mut others = known.map(|code| (code, share(code)));
    if count < 2
        && text.len() >= gate::LONG
        && let Some((code, (_, share))) = others.find(|(_, share)| settled(*share))
    {
        return Detected {
            code: Some(code),
            confidence: Some(share),
        };
    }
    // Trigrams want longer stretches than votes do.
    let (most, len) = LENGTHY;
    let found = trigrams(&excerpts(text, text.len().div_ceil(len).min(most), len).join("\n"));
    // A line of Catalan can pass for French, a line of English hardly does.
    let romance = matches!(found.code, Some("cat" | "ita" | "por" | "ron" | "spa"));
    let enough = if romance { 0.5 } else { 0.25 };
    if found.code != Some("fra") && count >= 2 && french >= enough {
        return by_words(french);
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

/// `count` slices of about `len` bytes on character borders, spread evenly from
/// the first to the last byte.
fn excerpts(text: &str, count: usize, len: usize) -> Vec<&str> {
    let last = text.len().saturating_sub(len);
    (0..count)
        .map(|i| {
            let from = last * i / (count - 1).max(1);
            let from = border(text, from);
            &text[from..border(text, from + len)]
        })
        .collect()
}

/// The character border at or after `at`.
fn border(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests;
