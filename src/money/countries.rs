//! Countries by the words that name them: what a qualifier of a currency
//! (« dollars canadiens ») and a hint in the article (« à Ottawa ») point to.

use super::{currency::Country, scan::Scan};
use crate::french::relations::country_words;
use crate::french::sets::money::DEMONYM_ENDINGS;
use crate::french::types::CountryWord;
use crate::numbers::chars::{Folded, letter_at, letter_before, word_end};
use crate::text::decomposed;
use std::{collections::HashMap, sync::LazyLock};

/// What an adjective of the table may take behind it in the text, if anything.
fn endings() -> impl Iterator<Item = &'static str> {
    std::iter::once("").chain(DEMONYM_ENDINGS.words().iter().copied())
}

struct Index {
    scan: Scan,
    /// For each pattern: its country, and whether it is an adjective.
    patterns: Vec<(Country, bool)>,
    adjectives: HashMap<String, Country>,
}

static INDEX: LazyLock<Option<Index>> = LazyLock::new(|| {
    let mut words: Vec<String> = Vec::new();
    let mut patterns = Vec::new();
    let mut adjectives = HashMap::new();
    for row in &country_words::ROWS {
        let adjective = row.kind == CountryWord::Demonym;
        let mut push = |word: String| {
            if let Some(apart) = decomposed(&word) {
                words.push(apart);
                patterns.push((row.country, adjective));
            }
            words.push(word);
            patterns.push((row.country, adjective));
        };
        if adjective {
            let mut chars = row.word.chars();
            if let Some(first) = chars.next() {
                push(first.to_uppercase().chain(chars).collect());
            }
            push(row.word.to_owned());
            // The first row that claims an adjective keeps it.
            adjectives
                .entry(Folded::new(row.word).as_str().to_owned())
                .or_insert(row.country);
        } else {
            push(row.word.to_owned());
            // Headings are in capitals.
            let capitals = row.word.to_uppercase();
            if capitals != row.word && row.word.len() > 3 {
                push(capitals);
            }
        }
    }
    let scan = Scan::new(words.iter().map(String::as_str))?;
    Some(Index {
        scan,
        patterns,
        adjectives,
    })
});

/// A word that points to a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// First byte.
    pub at: usize,
    /// The country.
    pub country: Country,
}

/// All words of `text` that point to a country, in order.
pub fn hints(text: &str) -> Vec<Hint> {
    let Some(index) = INDEX.as_ref() else {
        return Vec::new();
    };
    index
        .scan
        .find_iter(text)
        .filter_map(|m| {
            let (country, is_adjective) = index.patterns[m.pattern().as_usize()];
            if letter_before(text, m.start()) {
                return None;
            }
            let rest = &text[m.end()..word_end(text, m.end())];
            let whole = if is_adjective {
                rest.is_empty() || DEMONYM_ENDINGS.contains(rest)
            } else {
                rest.is_empty()
            };
            whole.then_some(Hint {
                at: m.start(),
                country,
            })
        })
        .collect()
}

/// The country of the adjective that starts at byte `at`, and its end.
pub fn adjective_at(text: &str, at: usize) -> Option<(Country, usize)> {
    if !letter_at(text, at) {
        return None;
    }
    let b = text.as_bytes();
    let mut end = word_end(text, at);
    while b.get(end) == Some(&b'-') && letter_at(text, end + 1) {
        end = word_end(text, end + 1);
    }
    // No adjective of the table is longer.
    if end - at > 28 {
        return None;
    }
    let folded = Folded::new(&text[at..end]);
    let word = folded.as_str();
    let adjectives = &INDEX.as_ref()?.adjectives;
    endings()
        .find_map(|e| adjectives.get(word.strip_suffix(e)?))
        .map(|&country| (country, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_in_every_form() {
        for (text, country) in [
            ("canadiens", Country::CA),
            ("suédoises", Country::SE),
            ("suedoises", Country::SE),
            ("sud-coréens", Country::KR),
            ("néo-zélandais", Country::NZ),
            ("turques", Country::TR),
            ("lettonnes", Country::LV),
            ("koweïtiens", Country::KW),
        ] {
            assert_eq!(adjective_at(text, 0), Some((country, text.len())), "{text}");
        }
        assert_eq!(adjective_at("beaux", 0), None);
        assert_eq!(adjective_at("", 0), None);
    }

    #[test]
    fn hints_are_whole_words() {
        let found = hints("À Ottawa, les Suédoises et le Malinois du Mali");
        let codes: Vec<_> = found.iter().map(|h| h.country).collect();
        assert_eq!(codes, [Country::CA, Country::SE, Country::ML]);
    }
}
