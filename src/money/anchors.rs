//! The words and symbols at which amounts are looked for, found in one pass.

use super::{
    currency::{Currency, Fraction, Noun, Sign, SignPlace, SignRow, sign},
    scan::Scan,
};
use crate::french::{relations, sets};
use crate::numbers::chars::BLANKS;
use crate::text::decomposed;
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
#[derive(Debug, Clone, Copy)]
pub enum Anchor {
    /// A noun that names currencies.
    Name(Noun, Case),
    /// A noun for a fraction of a currency.
    Fraction(Fraction, Case),
    /// A code of ISO 4217.
    Code(Currency),
    /// A symbol, which may stand on either side of the figures.
    Symbol(Sign),
    /// An abbreviation, which stands after the figures.
    Abbreviation(&'static SignRow, Sign),
    /// `%`.
    Percent,
    /// « pour cent ».
    PerCent,
    /// « point », « points ».
    Point,
    /// A unit of a cryptocurrency.
    Crypto,
}

impl Anchor {
    /// The noun that names currencies, and how it is written.
    pub fn name(self) -> Option<(Noun, Case)> {
        match self {
            Self::Name(noun, case) => Some((noun, case)),
            _ => None,
        }
    }

    /// The code of ISO 4217.
    pub fn code(self) -> Option<Currency> {
        match self {
            Self::Code(code) => Some(code),
            _ => None,
        }
    }

    /// The symbol.
    pub fn symbol(self) -> Option<Sign> {
        match self {
            Self::Symbol(sign) => Some(sign),
            _ => None,
        }
    }

    /// The abbreviation: its row, and what it stands for.
    pub fn abbreviation(self) -> Option<(&'static SignRow, Sign)> {
        match self {
            Self::Abbreviation(row, sign) => Some((row, sign)),
            _ => None,
        }
    }
}

/// The words and the anchor of each of its patterns.
pub struct Anchors {
    scan: Scan,
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
        self.scan
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
    for row in &relations::currency_forms::ROWS {
        three_cases(row.form, &|case| Anchor::Name(row.noun, case));
    }
    for row in &relations::fraction_forms::ROWS {
        three_cases(row.form, &|case| Anchor::Fraction(row.fraction, case));
    }
    for form in sets::money::percent::PER_CENT.words() {
        three_cases(form, &|_| Anchor::PerCent);
    }
    for form in sets::money::percent::POINT.words() {
        three_cases(form, &|_| Anchor::Point);
    }
    // In lower case only: « PT » and « PB » are other things.
    for set in [
        &sets::money::percent::POINT_SHORT,
        &sets::money::percent::BASIS_SHORT,
    ] {
        for form in set.words() {
            patterns.push(((*form).to_owned(), Anchor::Point));
        }
    }
    for code in Currency::VALUES {
        patterns.push((code.name().to_owned(), Anchor::Code(code)));
    }
    for row in &relations::currency_signs::ROWS {
        let Some(sign) = sign(row) else { continue };
        let anchor = match row.place {
            SignPlace::Either => Anchor::Symbol(sign),
            SignPlace::After | SignPlace::AfterOrLeading => Anchor::Abbreviation(row, sign),
        };
        patterns.push((row.form.to_owned(), anchor));
    }
    for symbol in sets::money::percent::SIGN.words() {
        patterns.push(((*symbol).to_owned(), Anchor::Percent));
    }
    for unit in sets::money::CRYPTOCURRENCY.words() {
        patterns.push(((*unit).to_owned(), Anchor::Crypto));
    }
    let wide: Vec<_> = patterns
        .iter()
        .filter(|(form, _)| form.contains(' '))
        .flat_map(|(form, anchor)| BLANKS[1..].iter().map(move |b| (form, b, *anchor)))
        .map(|(form, blank, anchor)| (form.replace(' ', blank.encode_utf8(&mut [0; 4])), anchor))
        .collect();
    patterns.extend(wide);
    let apart: Vec<_> = patterns
        .iter()
        .filter_map(|(form, anchor)| Some((decomposed(form)?, *anchor)))
        .collect();
    patterns.extend(apart);
    // « SOL » is a capital of « sol » and a cryptocurrency: the first keeps it.
    let mut seen = HashMap::new();
    patterns.retain(|(p, _)| seen.insert(p.clone(), ()).is_none());
    let scan = Scan::new(patterns.iter().map(|(p, _)| p.as_str()))?;
    Some(Anchors {
        scan,
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
