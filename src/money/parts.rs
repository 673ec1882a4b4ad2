//! What a number behind the unit adds: « 12€50 », « 5 euros 20 », « 2 euros et 50
//! centimes », « cinq roubles trente ».

use super::currency;
use super::phrases::Window;
use super::unit::UnitSpan;
use crate::french::relations::fraction_forms;
use crate::french::sets::money as sets;
use crate::numbers::chars::{letter_at, skip_spaces, space_at, word_end};
use crate::numbers::quantity::{self, Abbreviations, Quantity};
use crate::numbers::words;
use rust_decimal::Decimal;

/// What a number after the unit adds: « 12€50 », « 5 euros 20 », « et 50
/// centimes ». Its end, and the part of one unit.
pub fn part(text: &str, q: &Quantity, unit: &UnitSpan) -> Option<(usize, Decimal)> {
    if q.power > 0 || q.approximate || q.figure.is_some_and(|f| f.decimals > 0) {
        return None;
    }
    named_part(text, unit).or_else(|| bare_part(text, q, unit))
}

fn named_part(text: &str, unit: &UnitSpan) -> Option<(usize, Decimal)> {
    let b = text.as_bytes();
    let mut at = skip_spaces(b, unit.end);
    if at == unit.end {
        return None;
    }
    let et = word_end(text, at);
    if sets::AND.contains(&text[at..et]) && space_at(b, et) > 0 {
        at = skip_spaces(b, et);
    }
    let noun_at = |from: usize| {
        let start = skip_spaces(b, from);
        let end = word_end(text, start);
        let word = text[start..end].to_lowercase();
        let row = fraction_forms::ROWS.iter().find(|r| r.form == word)?;
        let fraction = currency::fraction(row.fraction);
        let fits = unit.code.is_none_or(|c| {
            fraction.parents.contains(&c) || fraction.of.is_none() && fraction.per == 100
        });
        (fits && start > from).then_some((end, fraction.per))
    };
    // « dix cents » is a count of cents here, not a thousand.
    let q = quantity::parse_at(text, at, Abbreviations::Before(at))?;
    let (q, end, per) = match noun_at(q.end) {
        Some((end, per)) => (q, end, per),
        None => {
            let stop = text[..q.end].rfind(' ').filter(|&s| s > at)?;
            let (end, per) = noun_at(stop)?;
            let shorter = words::parse_at(&text[..stop], at).filter(|w| w.end == stop)?;
            (
                Quantity {
                    value: shorter.value,
                    ..q
                },
                end,
                per,
            )
        }
    };
    let part = q.value.checked_div(per.into())?;
    (q.power == 0 && part < Decimal::ONE).then_some((end, part))
}

fn bare_part(text: &str, q: &Quantity, unit: &UnitSpan) -> Option<(usize, Decimal)> {
    let b = text.as_bytes();
    let at = skip_spaces(b, unit.end);
    let glued = at == unit.end;
    if b.get(at).is_some_and(u8::is_ascii_digit) {
        let end = at + 2;
        if q.figure.is_none()
            || !b.get(at + 1)?.is_ascii_digit()
            || b.get(end).is_some_and(u8::is_ascii_digit)
        {
            return None;
        }
        let decimal_follows = matches!(b.get(end), Some(b',' | b'.' | b'/'))
            && b.get(end + 1).is_some_and(u8::is_ascii_digit);
        if decimal_follows || letter_at(text, end) || !glued && !phrase_closes(text, end) {
            return None;
        }
        let cents: i64 = text[at..end].parse().ok()?;
        return Some((end, Decimal::new(cents, 2)));
    }
    if glued || q.figure.is_some() || q.is_article {
        return None;
    }
    let w = words::parse_at(text, at)?;
    let small = w.value >= Decimal::ONE && w.value < Decimal::ONE_HUNDRED && !w.is_article;
    (small && phrase_closes(text, w.end)).then(|| (w.end, w.value / Decimal::ONE_HUNDRED))
}

/// Whether nothing that the number could count follows.
fn phrase_closes(text: &str, end: usize) -> bool {
    let window = Window::after(text, end);
    let first = window.as_bytes().first();
    if first.is_none_or(|c| !c.is_ascii_alphanumeric()) {
        return !matches!(first, Some(b'%' | b'$' | b'/' | b'-'))
            && !text[skip_spaces(text.as_bytes(), end)..].starts_with(['€', '£', '°', '×']);
    }
    window.starts_with_any(&sets::CLAUSE_GOES_ON)
}
