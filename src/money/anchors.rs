//! The words and symbols at which amounts are looked for, found in one pass.

use super::codes::{self, Sign};
use super::names::{FRACTIONS, UNITS};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::{collections::HashMap, sync::LazyLock};

/// How a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// « euros ».
    Lower,
    /// « Euros », which may be a name of something else.
    Title,
    /// « EUROS ».
    Upper,
}

/// What stands at an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// A noun of [`UNITS`].
    Name(usize, Case),
    /// A noun of [`FRACTIONS`].
    Fraction(usize, Case),
    /// A code of ISO 4217.
    Code(&'static str),
    /// A symbol, which may stand on either side of the figures.
    Symbol(Sign),
    /// An abbreviation, which stands after the figures.
    Abbreviation(Sign),
    /// `%`.
    Percent,
    /// « pour cent ».
    PerCent,
    /// « point », « points ».
    Point,
    /// A unit of a cryptocurrency.
    Crypto,
}

/// Units of cryptocurrencies, reported only on demand.
const CRYPTO: [&str; 22] = [
    "bitcoin",
    "bitcoins",
    "Bitcoin",
    "Bitcoins",
    "BTC",
    "₿",
    "ether",
    "ethers",
    "Ether",
    "Ethers",
    "ETH",
    "XRP",
    "dogecoin",
    "dogecoins",
    "DOGE",
    "litecoin",
    "litecoins",
    "USDT",
    "USDC",
    "SOL",
    "BNB",
    "ADA",
];

/// The automaton and the anchor of each of its patterns.
pub struct Anchors {
    automaton: AhoCorasick,
    kinds: Vec<Anchor>,
}

static ANCHORS: LazyLock<Option<Anchors>> = LazyLock::new(build);

/// The anchors of the language; `None` only if the automaton could not be
/// built, which a test rules out.
pub fn anchors() -> Option<&'static Anchors> {
    ANCHORS.as_ref()
}

impl Anchors {
    /// Start, end and kind of every anchor, leftmost and longest first.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize, Anchor)> + 't {
        self.automaton
            .find_iter(text)
            .map(|m| (m.start(), m.end(), self.kinds[m.pattern().as_usize()]))
    }
}

fn build() -> Option<Anchors> {
    let mut patterns: Vec<(String, Anchor)> = Vec::new();
    let mut three_cases = |form: &str, kind: &dyn Fn(Case) -> Anchor| {
        let mut chars = form.chars();
        let title: String = chars
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(chars)
            .collect();
        patterns.push((form.to_owned(), kind(Case::Lower)));
        patterns.push((title, kind(Case::Title)));
        patterns.push((form.to_uppercase(), kind(Case::Upper)));
    };
    for (i, unit) in UNITS.iter().enumerate() {
        for form in unit.forms {
            three_cases(form, &|case| Anchor::Name(i, case));
        }
    }
    for (i, fraction) in FRACTIONS.iter().enumerate() {
        for form in fraction.forms {
            three_cases(form, &|case| Anchor::Fraction(i, case));
        }
    }
    for form in [
        "pour cent",
        "pour-cent",
        "pourcent",
        "pourcents",
        "pour\u{a0}cent",
    ] {
        three_cases(form, &|_| Anchor::PerCent);
    }
    for form in ["point", "points"] {
        three_cases(form, &|_| Anchor::Point);
    }
    for &code in codes::CODES {
        patterns.push((code.to_owned(), Anchor::Code(code)));
    }
    for &(symbol, sign) in codes::SYMBOLS {
        patterns.push((symbol.to_owned(), Anchor::Symbol(sign)));
    }
    for &(short, sign) in codes::ABBREVIATIONS {
        patterns.push((short.to_owned(), Anchor::Abbreviation(sign)));
    }
    for symbol in ["%", "％", "p. 100", "p.\u{a0}100"] {
        patterns.push((symbol.to_owned(), Anchor::Percent));
    }
    for unit in CRYPTO {
        patterns.push((unit.to_owned(), Anchor::Crypto));
    }
    // Two rows may share a form (« real »): the first keeps it.
    let mut seen = HashMap::new();
    patterns.retain(|(p, _)| seen.insert(p.clone(), ()).is_none());
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(patterns.iter().map(|(p, _)| p))
        .ok()?;
    Some(Anchors {
        automaton,
        kinds: patterns.into_iter().map(|(_, k)| k).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_longest() {
        let found: Vec<_> = anchors()
            .unwrap()
            .find("5 F CFA, 12 EUROS et 3 pour cent")
            .map(|(s, e, _)| (s, e))
            .collect();
        assert_eq!(found, [(2, 7), (12, 17), (23, 32)]);
    }
}
