//! Fractions of a currency: « 50 centimes », « 2 euros et 50 centimes »,
//! « 12€50 », « 5 euros 20 », « cinq roubles trente ».

use super::anchors::{Anchor, Case};
use super::chain::{self, Numbers, members};
use super::currency::{self, Currency, Fraction, Sign};
use super::phrases::{Window, spelled_at};
use super::rule::{Rule, Site, Trigger};
use super::unit::{UnitSpan, abbreviation_ends, word_ends};
use super::{Amount, Finder};
use crate::french::relations::{currency_forms, fraction_of};
use crate::french::sets::money as sets;
use crate::numbers::chars::{skip_spaces, word_end};
use crate::numbers::quantity::{Quantity, after_de};
use crate::numbers::words;
use rust_decimal::Decimal;

/// See `reads`.
pub(super) static FRACTION: Rule = Rule {
    name: "fraction",
    rank: 2,
    reads: "a number before a fraction of a currency, or before « ¢ » and its like",
    at: &[Trigger::Fraction, Trigger::Symbol, Trigger::Abbreviation],
    read: |finder, site| match site.anchor {
        Anchor::Fraction(fraction, case) => finder.at_fraction(site, fraction, case),
        Anchor::Symbol(Sign::Cent) | Anchor::Abbreviation(_, Sign::Cent) => finder.at_cent(site),
        _ => None,
    },
    yes: &[
        "Il manque [50 centimes|0.5 EUR].",
        "Le café vaut [2 $ CAN|2 CAD], [75 ¢|0.75 CAD] de plus qu’hier.",
        "Au Canada, il vaut [2 $ CAN|2 CAD], le thé [75 cts|0.75 CAD].",
        "Le café vaut [75 cts|0.75 EUR].",
        "À Toronto, le bonbon vaut [75 cts|0.75 CAD].",
    ],
    no: &[
        "Il n’a pas un centime.",
        "Nous avons couru cinq cents mètres.",
    ],
};

impl Finder<'_> {
    /// Reads the amount at « ¢ », « cts ».
    fn at_cent(&mut self, Site { start, end, anchor }: Site) -> Option<()> {
        let text = self.text;
        if let Anchor::Abbreviation(row, _) = anchor
            && !abbreviation_ends(text, end, row)
        {
            return None;
        }
        let left_at = chain::swiss_start(text, start);
        let numbers = self.numbers_before(left_at)?;
        let q = numbers.last()?;
        // « 75 cts. » at the end of a sentence keeps its full stop out.
        let (fits, end) = match anchor {
            Anchor::Abbreviation(row, _) => (q.figure.is_some(), end - usize::from(row.full_stop)),
            _ => (!q.is_article, end),
        };
        let unit = UnitSpan {
            start: left_at,
            end,
            code: None,
        };
        fits.then_some(())?;
        // « 75 cts » are centimes, cents where the article counts in dollars.
        let fraction = match anchor {
            Anchor::Abbreviation(..) if !self.counts_in_dollars(left_at) => Fraction::Centime,
            _ => Fraction::Cent,
        };
        self.fraction_amount(numbers, unit, fraction)
    }

    /// Reads the amount at « centimes », « pence », « sous ».
    fn at_fraction(
        &mut self,
        Site { start, end, .. }: Site,
        fraction: Fraction,
        case: Case,
    ) -> Option<()> {
        let text = self.text;
        if case == Case::Title || !word_ends(text, end) {
            return None;
        }
        let numbers = self.numbers_before(start)?;
        let q = numbers.last()?;
        match fraction {
            // « cinq cents mètres » counts hundreds; « 50 cents » is money.
            Fraction::Cent
                if q.figure.is_none()
                    && !q.is_article
                    && !(q.value >= Decimal::from(20) || q.value == Decimal::TEN) =>
            {
                return None;
            }
            Fraction::Cent if text[start..end].len() == 4 && q.value != Decimal::ONE => {
                return None;
            }
            Fraction::Cent if numeral_follows(text, end) => return None,
            _ if q.is_article && is_denied(text, q.start) => return None,
            Fraction::Sou if !sous_are_money(text, &q, end) => return None,
            _ => {}
        }
        self.fraction_amount(
            numbers,
            UnitSpan {
                start,
                end,
                code: None,
            },
            fraction,
        )
    }

    /// Whether the last amount of the line, or a word near by, is of dollars.
    fn counts_in_dollars(&self, at: usize) -> bool {
        let last = self
            .found
            .money
            .last()
            .filter(|_| !self.breaks_line_since_last(at));
        let parents = &currency::fraction(Fraction::Cent).parents;
        match last.and_then(|m| m.currency) {
            Some(last) => last != Currency::EUR.name() && parents.iter().any(|c| c.name() == last),
            None => self.evidence.hints_at_dollars(at),
        }
    }

    /// Whether a line break stands between the last amount and byte `at`.
    fn breaks_line_since_last(&self, at: usize) -> bool {
        let last = self.found.money.last().map_or(0, |m| m.start);
        memchr::memchr(b'\n', &self.text.as_bytes()[last.min(at)..at]).is_some()
    }

    /// Adds an amount counted in a fraction.
    fn fraction_amount(
        &mut self,
        numbers: Numbers,
        mut unit: UnitSpan,
        fraction: Fraction,
    ) -> Option<()> {
        let text = self.text;
        let noun = currency::fraction(fraction);
        if let Some((code, end)) = of_currency(text, unit.end) {
            unit.code = Some(code);
            unit.end = end;
        } else {
            let last = self.found.money.last().and_then(|m| m.currency);
            let last = last.filter(|_| !self.breaks_line_since_last(unit.start));
            unit.code = noun
                .of
                .or_else(|| self.evidence.fraction(&noun.parents, unit.start, last));
        }
        let per = Decimal::from(noun.per);
        let part = |q: Quantity| q.value.checked_div(per);
        match numbers {
            Numbers::One(q) => {
                let amount = Amount::Exact(part(q)?);
                self.push(q.start, unit.end, amount, unit, q.approximate);
            }
            Numbers::Range(low, high) => {
                let amount = super::sorted(part(low)?, part(high)?);
                self.push(low.start, unit.end, amount, unit, high.approximate);
            }
            Numbers::List(items) => {
                for (q, end) in members(items, unit.end) {
                    let amount = Amount::Exact(part(q)?);
                    self.push(q.start, end, amount, unit, false);
                }
            }
        }
        Some(())
    }
}

/// « pas un centime », « sans un sou ».
fn is_denied(text: &str, start: usize) -> bool {
    Window::before(text, start).has_any(&sets::DENIAL)
}

/// « d'euro », « de franc suisse » after a fraction.
fn of_currency(text: &str, end: usize) -> Option<(Currency, usize)> {
    let at = after_de(text, skip_spaces(text.as_bytes(), end))?;
    let rows = fraction_of::ROWS.iter();
    rows.filter_map(|row| Some((row.currency, spelled_at(text, at, row.phrase)?)))
        .max_by_key(|(_, stop)| *stop)
}

fn numeral_follows(text: &str, end: usize) -> bool {
    let at = skip_spaces(text.as_bytes(), end);
    let word = &text[at..word_end(text, at)];
    words::word_at(text, at).is_some() || currency_forms::ROWS.iter().any(|r| r.form == word)
}

/// « vingt sous » closes its phrase; « 12 sous le seuil » goes on.
fn sous_are_money(text: &str, q: &Quantity, end: usize) -> bool {
    let window = Window::after(text, end);
    let closes = window
        .as_bytes()
        .first()
        .is_none_or(|c| matches!(c, b'.' | b',' | b';' | b')' | b'!' | b'?'));
    let goes_on = window.starts_with_any(&sets::SOU_GOES_ON);
    q.value > Decimal::ONE && q.value.fract().is_zero() && (closes || goes_on)
}
