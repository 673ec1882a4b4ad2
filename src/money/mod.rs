//! Amounts of money and percentages, found and normalised.
//!
//! One automaton runs over the text and stops at units (`anchors`): names,
//! codes and symbols of currencies, `%`, « point ». At each unit the numbers
//! on its left, or on its right where a unit may stand in front, are read by
//! hand-written scanners (`chain`, [`crate::numbers`]). Which currency a
//! shared name means is settled by its qualifier or by the article
//! (`context`).

mod amount;
mod anchors;
#[cfg(test)]
mod cases;
mod chain;
mod context;
mod countries;
mod crypto;
mod currency;
mod ellipsis;
mod fractions;
mod modifiers;
mod nouns;
mod parts;
mod per;
mod percent;
mod phrases;
mod rule;
mod rules;
mod scan;
mod signs;
mod unit;

pub use rules::reads;

use crate::{
    kinds::{Modifier, PercentUnit, Published},
    numbers::run::Starts,
    text::Analysis,
};
use chain::Numbers;
use context::Evidence;
use rule::Site;
use rust_decimal::Decimal;
use std::cell::OnceCell;

/// What the amounts of one article are read with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Publication date: « francs » were French before 2002.
    pub published: Option<Published>,
    /// Whether amounts in cryptocurrencies are mentions (currency null).
    pub crypto: bool,
    /// Tokens and sentences of the text; where the caller has none they are made as
    /// soon as a word such as « dollars » asks for them.
    pub analysis: Option<&'a Analysis>,
}

/// An exact amount or a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// One value.
    Exact(Decimal),
    /// Lower and upper end.
    Range(Decimal, Decimal),
}

/// An amount of money; `start..end` are bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The amount in units of `currency`.
    pub amount: Amount,
    /// ISO 4217 code.
    pub currency: Option<&'static str>,
    /// Modifier beside the span.
    pub modifier: Option<Modifier>,
    /// TIMEX3 duration that the amount is paid for.
    pub per: Option<&'static str>,
    /// Name of the rule that found it.
    pub rule: &'static str,
}

/// A percentage or a number of points; `start..end` are bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Percent {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The value in `unit`.
    pub value: Amount,
    /// Percent or points.
    pub unit: PercentUnit,
    /// Modifier beside the span.
    pub modifier: Option<Modifier>,
    /// Name of the rule that found it.
    pub rule: &'static str,
}

/// All that was found in one text, each list sorted and free of overlaps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Amounts.
    pub money: Vec<Money>,
    /// Percentages.
    pub percents: Vec<Percent>,
    /// Remarks for the record, such as `currency_ambiguous:francs CFA:XOF|XAF`.
    pub warnings: Vec<String>,
}

/// Finds amounts and percentages in `text`.
///
/// ```
/// use glane::money::{Amount, Context, find};
/// let found = find("Coût : environ 2,5 milliards d'euros.", &Context::default());
/// let m = &found.money[0];
/// assert_eq!(m.amount, Amount::Exact(2_500_000_000i64.into()));
/// assert_eq!(m.currency, Some("EUR"));
/// ```
pub fn find(text: &str, context: &Context) -> Found {
    let Some(anchors) = anchors::anchors() else {
        return Found::default();
    };
    let mut finder = Finder {
        text,
        context,
        evidence: Evidence::new(text, context),
        found: Found::default(),
        floor: 0,
        starts: Starts::default(),
        power: 0,
        rule: "",
        writes_points: OnceCell::new(),
    };
    for (start, end, anchor) in anchors.find(text) {
        if start < finder.floor {
            continue;
        }
        finder.read(Site { start, end, anchor });
    }
    finder.found
}

/// The state of one pass.
struct Finder<'t> {
    text: &'t str,
    context: &'t Context<'t>,
    evidence: Evidence<'t>,
    found: Found,
    /// End of the last mention: nothing before it is read again.
    floor: usize,
    /// Scratch for the starts of numerals.
    starts: Starts,
    /// Scale of the number of the last amount.
    power: u8,
    /// Name of the rule that reads, for the mention it makes.
    rule: &'static str,
    /// Whether the text writes shares with a decimal point, once it was asked.
    writes_points: OnceCell<bool>,
}

impl Finder<'_> {
    /// The numbers that end at the unit at byte `unit`, behind the last mention.
    fn numbers_before(&mut self, unit: usize) -> Option<Numbers> {
        chain::before(self.text, unit, self.floor, &mut self.starts)
    }
}

/// The signs of numbers, and whether they are a minus. U+2011 is the hyphen that
/// keeps a minus on the line of its number.
const SIGNS: [(char, bool); 6] = [
    ('+', false),
    ('±', false),
    ('-', true),
    ('−', true),
    ('–', true),
    ('\u{2011}', true),
];

/// Dashes between two mentions that are the ends of a range.
const RANGE_DASHES: [&str; 3] = ["-", "–", "\u{2011}"];

/// A range with its lower end first.
fn sorted(a: Decimal, b: Decimal) -> Amount {
    Amount::Range(a.min(b).normalize(), a.max(b).normalize())
}

/// A sign before a number.
struct Signed {
    /// First byte of the sign.
    at: usize,
    minus: bool,
    /// Whether a blank stands behind it.
    spaced: bool,
}

/// The sign of the number at `start`: free on its left and glued to the number, but
/// in « (+ 6 points) ».
fn sign_of(text: &str, start: usize, floor: usize) -> Option<Signed> {
    let before = &text[floor.min(start)..start];
    let near = before.trim_end_matches(crate::numbers::chars::BLANKS);
    let sign = near.chars().next_back()?;
    let (_, minus) = *SIGNS.iter().find(|(s, _)| *s == sign)?;
    let head = &near[..near.len() - sign.len_utf8()];
    let spaced = near.len() < before.len();
    let free = match head.chars().next_back() {
        Some('(') => true,
        _ if spaced => false,
        // Behind a mention, « 15 %-20 % », a dash joins.
        None => floor == 0,
        Some(c) => c.is_whitespace() || matches!(c, '[' | '«' | '"' | '“' | ':' | ';'),
    };
    free.then_some(Signed {
        at: floor.min(start) + head.len(),
        minus,
        spaced,
    })
}

/// The start of a number with its sign, and whether the sign is a minus. A plus with a
/// blank behind it stays outside: it adds nothing to the value.
fn signed_start(text: &str, start: usize, floor: usize) -> (usize, bool) {
    match sign_of(text, start, floor) {
        Some(sign) if sign.minus || !sign.spaced => (sign.at, sign.minus),
        _ => (start, false),
    }
}
