//! Amounts of money and percentages, found and normalised.

use crate::{article::Published, record::Modifier, record::PercentUnit};
use rust_decimal::Decimal;

/// What the amounts of one article are read with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context {
    /// Publication date: « francs » were French before 2002.
    pub published: Option<Published>,
    /// Whether amounts in cryptocurrencies are mentions (currency null).
    pub crypto: bool,
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
pub fn find(_text: &str, _context: &Context) -> Found {
    Found::default()
}
