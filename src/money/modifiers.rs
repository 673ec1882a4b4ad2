//! Words beside a mention that bound or blur its value.

use super::phrases::Window;
use crate::french::{WordSet, sets::money::modifiers as sets};
use crate::kinds::Modifier::{self, Approx, EqualOrLess, EqualOrMore, LessThan, MoreThan};
use crate::numbers::chars::{BLANKS, word_start};
use std::{collections::HashMap, sync::LazyLock};

/// Phrases that end right before the number.
static BEFORE: [(&WordSet, Modifier); 5] = [
    (&sets::BEFORE_APPROX, Approx),
    (&sets::BEFORE_LESS_THAN, LessThan),
    (&sets::BEFORE_MORE_THAN, MoreThan),
    (&sets::BEFORE_EQUAL_OR_LESS, EqualOrLess),
    (&sets::BEFORE_EQUAL_OR_MORE, EqualOrMore),
];

/// Phrases that start right after the mention.
static AFTER: [(&WordSet, Modifier); 3] = [
    (&sets::AFTER_APPROX, Approx),
    (&sets::AFTER_EQUAL_OR_LESS, EqualOrLess),
    (&sets::AFTER_EQUAL_OR_MORE, EqualOrMore),
];

/// A folded phrase and its modifier.
type Phrase = (&'static str, Modifier);

/// By the last byte of the phrase.
static BY_LAST: LazyLock<HashMap<u8, Vec<Phrase>>> =
    LazyLock::new(|| grouped(&BEFORE, |phrase| phrase.bytes().next_back()));

/// By the first byte of the phrase.
static BY_FIRST: LazyLock<HashMap<u8, Vec<Phrase>>> =
    LazyLock::new(|| grouped(&AFTER, |phrase| phrase.bytes().next()));

/// The phrases of all sets by one byte of them, longest first.
fn grouped(
    sets: &[(&'static WordSet, Modifier)],
    byte: fn(&str) -> Option<u8>,
) -> HashMap<u8, Vec<Phrase>> {
    let mut out: HashMap<u8, Vec<Phrase>> = HashMap::new();
    for (set, modifier) in sets {
        for phrase in set.folded() {
            let group = out.entry(byte(phrase).unwrap_or_default()).or_default();
            group.push((phrase, *modifier));
        }
    }
    for group in out.values_mut() {
        group.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    out
}

/// The modifier of the mention at bytes `start..end`, whose number is a round one by
/// nature where it is `approximate` (« une dizaine »).
pub fn of(text: &str, start: usize, end: usize, approximate: bool) -> Option<Modifier> {
    around(text, start, end).or(approximate.then_some(Approx))
}

/// The modifier that is said beside the mention at bytes `start..end`.
pub fn around(text: &str, start: usize, end: usize) -> Option<Modifier> {
    before(text, start).or_else(|| after(text, end))
}

fn before(text: &str, start: usize) -> Option<Modifier> {
    let mut window = Window::before(text, start);
    // « près d'un », « plus d'une dizaine »: the article is no part of it.
    for _ in 0..2 {
        let articles = sets::ARTICLES.folded().iter();
        let Some(article) = articles.copied().find(|a| window.ends_with(a)) else {
            break;
        };
        window = window.shortened(article.len());
    }
    let end = text[..start].trim_end().len();
    if sets::SINCE.contains(&text[word_start(text, end)..end]) {
        return Some(EqualOrMore);
    }
    let group = BY_LAST.get(window.as_bytes().last()?)?;
    let (_, modifier) = group.iter().find(|(phrase, _)| window.ends_with(phrase))?;
    Some(*modifier)
}

fn after(text: &str, end: usize) -> Option<Modifier> {
    if !text[end..].starts_with(BLANKS) && !text[end..].starts_with(',') {
        return None;
    }
    let skip = usize::from(text.as_bytes().get(end) == Some(&b','));
    let window = Window::after(text, end + skip);
    let group = BY_FIRST.get(window.as_bytes().first()?)?;
    let (_, modifier) = group.iter().find(|(phrase, m)| {
        // After a comma only what cannot begin the next clause.
        window.starts_with(phrase) && (skip == 0 || matches!(m, EqualOrLess | EqualOrMore))
    })?;
    Some(*modifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_and_after() {
        for (text, modifier) in [
            ("près de |12 €|", Some(Approx)),
            ("près d'un petit |12 €|", None),
            ("plus de |12 €|", Some(MoreThan)),
            ("pas plus de |12 €|", Some(EqualOrLess)),
            ("bien moins de |12 €|", Some(LessThan)),
            ("jusqu’à |12 €|", Some(EqualOrLess)),
            ("un minimum de |12 €|", Some(EqualOrMore)),
            ("de l’ordre de |12 €|", Some(Approx)),
            ("plus d’une |dizaine d'euros|", Some(MoreThan)),
            ("une |dizaine d'euros|", None),
            ("À peine |12 €|", Some(LessThan)),
            ("payé |12 €| environ", Some(Approx)),
            ("payé |12 €| au maximum", Some(EqualOrLess)),
            ("payé |12 €|, environ dix fois", None),
            ("dès |12 €|", Some(EqualOrMore)),
            ("des |12 €|", None),
            ("dessous |12 €|", None),
            ("le bus de |12 €|", None),
            ("un prix qui ne dépasse pas |12 €|", Some(EqualOrLess)),
            ("il ne devait pas dépasser les |12 €|", Some(EqualOrLess)),
            ("elle n’a jamais dépassé |12 €|", Some(EqualOrLess)),
            ("un loyer n’excédant pas |12 €|", Some(EqualOrLess)),
            ("un prix qui dépasse |12 €|", Some(MoreThan)),
            ("compter a minima |12 €|", Some(EqualOrMore)),
        ] {
            let start = text.find('|').unwrap();
            let plain = text.replace('|', "");
            let end = text.rfind('|').unwrap() - 1;
            assert_eq!(around(&plain, start, end), modifier, "{text}");
        }
    }
}
