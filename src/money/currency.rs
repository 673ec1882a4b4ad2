//! Currencies and what names them: nouns, fractions, codes, signs and the
//! letters beside signs, as the tables of `src/french/tables/relations` have
//! them. ISO 4217 codes, those in use and those of the past.

use crate::french::relations;
use crate::french::types::SpecialSign;
pub use crate::french::types::{
    Country, Currency, CurrencyNoun as Noun, Fraction, LetterPlace, Need, SharedSign, SignFigures,
    SignNeed, SignPlace,
};
pub use relations::currency_signs::Row as SignRow;
use std::sync::LazyLock;

/// A noun that names one or several currencies.
#[derive(Debug)]
pub struct Unit {
    /// The currency without any context, if one is meant by default.
    pub default: Option<Currency>,
    /// Company it needs.
    pub need: Need,
    /// Whether its singular is money with a capital as well: « Euro ».
    pub capital: bool,
    /// Whether a scale may be glued to it: « Meuros ».
    pub scaled: bool,
    /// Country and its currency of this name.
    pub by: Vec<(Country, Currency)>,
    /// Words after the noun that are no demonym, folded, longest first.
    pub phrases: Vec<(&'static str, Qualified)>,
}

/// What a qualifier tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualified {
    /// The currency.
    As(Currency),
    /// « francs CFA », which is two currencies.
    Cfa,
}

/// A noun for a fraction of a currency.
#[derive(Debug)]
pub struct FractionNoun {
    /// How many make one of the currency.
    pub per: u64,
    /// The currency, when the noun has only one.
    pub of: Option<Currency>,
    /// Currencies that have this fraction, the commonest first.
    pub parents: Vec<Currency>,
}

/// What a symbol or abbreviation stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// One currency.
    One(Currency),
    /// What the noun stands for.
    Noun(Noun),
    /// « FCFA », which is two currencies.
    Cfa,
    /// « ¥ » and « kr », by context, with a default or none.
    OneOf(SharedSign, Option<Currency>),
    /// « ¢ ».
    Cent,
}

/// In the order of [`Noun`].
static UNITS: LazyLock<Vec<Unit>> = LazyLock::new(|| {
    let unit = |row: &relations::currency_nouns::Row| {
        let by = relations::currency_countries::ROWS.iter();
        let phrases = relations::currency_phrases::ROWS.iter();
        let mut phrases: Vec<_> = phrases
            .filter(|p| p.noun == row.noun)
            .map(|p| (p.phrase, p.currency.map_or(Qualified::Cfa, Qualified::As)))
            .collect();
        phrases.sort_by_key(|(p, _)| std::cmp::Reverse(p.len()));
        Unit {
            default: row.default,
            need: row.need,
            capital: row.capital,
            scaled: row.scaled,
            by: by
                .filter(|b| b.noun == row.noun)
                .map(|b| (b.country, b.currency))
                .collect(),
            phrases,
        }
    };
    relations::currency_nouns::ROWS.iter().map(unit).collect()
});

/// In the order of [`Fraction`].
static FRACTIONS: LazyLock<Vec<FractionNoun>> = LazyLock::new(|| {
    let parents = |of: Fraction| {
        let all = relations::fraction_parents::ROWS.iter();
        all.filter(move |p| p.fraction == of).map(|p| p.currency)
    };
    relations::fractions::ROWS
        .iter()
        .map(|row| FractionNoun {
            per: row.per,
            of: row.currency,
            parents: parents(row.fraction).collect(),
        })
        .collect()
});

/// In the order of [`SharedSign`].
static SHARED: LazyLock<Vec<Vec<(Country, Currency)>>> = LazyLock::new(|| {
    let of = |sign| {
        let all = relations::sign_countries::ROWS.iter();
        all.filter(move |s| s.sign == sign)
            .map(|s| (s.country, s.currency))
    };
    SharedSign::VALUES.map(|s| of(s).collect()).into()
});

/// What a noun tells of its currency.
pub fn unit(noun: Noun) -> &'static Unit {
    &UNITS[noun as usize]
}

/// What a noun for a fraction tells of its currency.
pub fn fraction(fraction: Fraction) -> &'static FractionNoun {
    &FRACTIONS[fraction as usize]
}

/// Countries and their currencies that write this sign.
pub fn shared(sign: SharedSign) -> &'static [(Country, Currency)] {
    &SHARED[sign as usize]
}

/// What a row of the table of signs stands for; `None` for a row without a
/// meaning, which a test rules out.
pub fn sign(row: &SignRow) -> Option<Sign> {
    Some(match (row.special, row.shared, row.noun, row.currency) {
        (Some(SpecialSign::Cfa), ..) => Sign::Cfa,
        (Some(SpecialSign::Cent), ..) => Sign::Cent,
        (_, Some(shared), _, default) => Sign::OneOf(shared, default),
        (_, _, Some(noun), _) => Sign::Noun(noun),
        (_, _, _, code) => Sign::One(code?),
    })
}

/// Whether a code is a common word or acronym too.
pub fn is_acronym(code: Currency) -> bool {
    relations::currency_acronyms::ROWS
        .iter()
        .any(|r| r.currency == code)
}

/// Whether the code or sign of a currency tells which franc the article means.
pub fn tells_francs(code: Currency) -> bool {
    let mut rows = relations::franc_signs::ROWS.iter();
    rows.any(|r| r.currency == code)
}

/// The country of a currency, whose first two letters its code begins with.
pub fn home(code: Currency) -> Option<Country> {
    let letters = code.name().get(..2)?;
    Country::VALUES.into_iter().find(|c| c.name() == letters)
}

/// The currency that bore the name of `code` in `year`.
pub fn of_its_time(code: Currency, year: i16) -> Currency {
    relations::currency_successions::ROWS
        .iter()
        .find(|r| r.currency == code && i64::from(year) < r.until as i64)
        .map_or(code, |r| r.former)
}

/// The letters at `place` and the currency that they name.
pub fn letters(place: LetterPlace) -> impl Iterator<Item = (&'static str, Currency)> {
    relations::sign_letters::ROWS
        .iter()
        .filter(move |r| r.place == place)
        .map(|r| (r.letters, r.currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_three_capitals() {
        for code in Currency::VALUES {
            let name = code.name();
            assert!(
                name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase()),
                "{name}"
            );
        }
    }

    #[test]
    fn rows_stand_in_the_order_of_their_types() {
        for (noun, row) in Noun::VALUES.iter().zip(&relations::currency_nouns::ROWS) {
            assert_eq!(*noun, row.noun);
        }
        assert_eq!(UNITS.len(), Noun::VALUES.len());
        for (fraction, row) in Fraction::VALUES.iter().zip(&relations::fractions::ROWS) {
            assert_eq!(*fraction, row.fraction);
        }
        assert_eq!(FRACTIONS.len(), Fraction::VALUES.len());
    }

    #[test]
    fn every_noun_has_forms_and_every_sign_a_meaning() {
        for noun in Noun::VALUES {
            let forms = relations::currency_forms::ROWS.iter();
            assert!(forms.clone().any(|f| f.noun == noun), "{noun:?}");
        }
        for fraction in Fraction::VALUES {
            let forms = relations::fraction_forms::ROWS.iter();
            assert!(
                forms.clone().any(|f| f.fraction == fraction),
                "{fraction:?}"
            );
            assert!(!super::fraction(fraction).parents.is_empty());
        }
        for row in &relations::currency_signs::ROWS {
            assert!(sign(row).is_some(), "{}", row.form);
        }
        for sign in SharedSign::VALUES {
            assert!(shared(sign).len() > 1);
        }
    }

    #[test]
    fn names_of_their_time() {
        assert_eq!(of_its_time(Currency::TRY, 2004), Currency::TRL);
        assert_eq!(of_its_time(Currency::TRY, 2005), Currency::TRY);
        assert_eq!(of_its_time(Currency::EUR, 1990), Currency::EUR);
        assert_eq!(home(Currency::CDF), Some(Country::CD));
        assert_eq!(home(Currency::XOF), None);
    }
}
