//! Percentages and percentage points.

use super::amount::{last_of, word_ends};
use super::chain::{self, Numbers};
use super::phrases::{Window, spelled_any};
use super::{Amount, Finder, Percent, modifiers};
use crate::french::{WordSet, sets::money::percent as sets};
use crate::kinds::PercentUnit;
use crate::numbers::chars::{skip_spaces, word_start};
use crate::numbers::quantity::Quantity;
use crate::numbers::{line_end, line_start};
use rust_decimal::Decimal;

impl Finder<'_> {
    /// Reads the percentage at `%` or « pour cent ».
    pub(super) fn at_percent(&mut self, start: usize, end: usize, word: bool) -> Option<()> {
        let text = self.text;
        let next = text.as_bytes().get(end);
        // `%20` and `100%25` belong to addresses and formats.
        if next.is_some_and(u8::is_ascii_alphanumeric) || word && !word_ends(text, end) {
            return None;
        }
        let numbers = chain::before(text, start, self.floor, &mut self.starts)?;
        let numbers = match numbers {
            Numbers::Range(low, high) if chain::is_change(text, low.start) => Numbers::One(high),
            numbers => numbers,
        };
        self.push_percent(
            numbers,
            end,
            PercentUnit::Percent,
            Decimal::ONE,
            if word { "pour_cent" } else { "sign" },
        )
    }

    /// Reads the percentage points at « point » or « points ».
    pub(super) fn at_point(&mut self, start: usize, end: usize) -> Option<()> {
        let text = self.text;
        if !word_ends(text, end) {
            return None;
        }
        if let Some(half) = half_point(text, start, self.floor) {
            let found = Percent {
                start: half,
                end,
                value: Amount::Exact(Decimal::new(5, 1)),
                unit: PercentUnit::Point,
                modifier: modifiers::around(text, half, end),
                rule: "half_point",
            };
            self.found.percents.push(found);
            self.floor = end;
            return Some(());
        }
        let numbers = chain::before(text, start, self.floor, &mut self.starts)?;
        let q = last_of(&numbers)?;
        let at = skip_spaces(text.as_bytes(), end);
        if let Some(stop) = spelled_any(text, at, &sets::OF_BASE) {
            return self.push_percent(
                numbers,
                stop,
                PercentUnit::Point,
                Decimal::ONE_HUNDRED,
                "basis_points",
            );
        }
        if let Some(stop) = spelled_any(text, at, &sets::OF_PERCENTAGE) {
            return self.push_percent(numbers, stop, PercentUnit::Point, Decimal::ONE, "point");
        }
        if !points_of_a_rate(text, &q, end) {
            return None;
        }
        // « deux points et demi »
        if let Numbers::One(q) = numbers
            && let Some(stop) = spelled_any(text, at, &sets::AND_A_HALF)
        {
            let halved = Numbers::One(Quantity {
                value: q.value + Decimal::new(5, 1),
                ..q
            });
            return self.push_percent(halved, stop, PercentUnit::Point, Decimal::ONE, "point");
        }
        self.push_percent(numbers, end, PercentUnit::Point, Decimal::ONE, "point")
    }

    fn push_percent(
        &mut self,
        numbers: Numbers,
        end: usize,
        unit: PercentUnit,
        divisor: Decimal,
        rule: &'static str,
    ) -> Option<()> {
        let value = |q: &Quantity| {
            // « 12.345 % »: no percentage is counted in thousands.
            let value = match q.figure {
                Some(f) if f.ambiguous && f.grouped && q.power == 0 => {
                    q.value / Decimal::ONE_THOUSAND
                }
                _ => q.value,
            };
            value.checked_div(divisor).map(|v| v.normalize())
        };
        let mut push = |start: usize, end: usize, value: Amount, approximate: bool| {
            let modifier = modifiers::around(self.text, start, end)
                .or(approximate.then_some(crate::kinds::Modifier::Approx));
            self.found.percents.push(Percent {
                start,
                end,
                value,
                unit,
                modifier,
                rule,
            });
        };
        match numbers {
            Numbers::One(q) => {
                let (start, negative) = super::signed_start(self.text, q.start, self.floor);
                let v = value(&q)?;
                push(
                    start,
                    end,
                    Amount::Exact(if negative { -v } else { v }),
                    q.approximate,
                );
            }
            Numbers::Range(low, high) => {
                push(
                    low.start,
                    end,
                    super::sorted(value(&low)?, value(&high)?),
                    false,
                );
            }
            Numbers::List(items) => {
                let count = items.iter().flatten().count();
                for (i, q) in items.iter().flatten().enumerate() {
                    let stop = if i + 1 == count { end } else { q.end };
                    push(q.start, stop, Amount::Exact(value(q)?), false);
                }
            }
        }
        self.floor = end;
        Some(())
    }
}

/// The start of « demi- » before « point », where a rate moved by it.
fn half_point(text: &str, point: usize, floor: usize) -> Option<usize> {
    let head = &text[floor.min(point)..point];
    let head = head.strip_suffix(['-', ' '])?;
    let word = word_start(head, head.len());
    if !sets::HALF.contains(&head[word..]) {
        return None;
    }
    let start = floor + word;
    let before = Window::before(text, start);
    let cue = before.ends_with_any(&sets::BY_ONE) || before.has_any(&sets::BEFORE);
    cue.then_some(start)
}

/// Whether bare points are points of a rate: decimals with a small whole part
/// nearly always are; counts only among words of rates, never in sport.
fn points_of_a_rate(text: &str, q: &Quantity, end: usize) -> bool {
    if q.power > 0 || q.value >= Decimal::from(60) || q.is_bare_scale || q.value.is_zero() {
        return false;
    }
    let before = Window::before(text, q.start);
    let after = Window::after(text, end);
    if before.has_any(&sets::GAMES)
        || after.has_any(&sets::GAMES)
        || before.ends_with_any(&sets::KNOWN)
    {
        return false;
    }
    let decimals = q.figure.is_some_and(|f| f.decimals > 0 && !f.grouped);
    if decimals {
        return true;
    }
    let cue_after = after.starts_with_any(&sets::AFTER);
    let cue_before = before.has_any(&sets::BEFORE);
    let near = &text[line_start(text, q.start, 350)..line_end(text, end, 250)];
    let on_line = |set: &WordSet| set.words().iter().any(|w| near.contains(w));
    let rate = near.contains('%') || on_line(&sets::RATES);
    // « grimpe à 40 points » is the level of an index.
    if !cue_after && (before.ends_with_any(&sets::LEVEL) || q.is_article) {
        return false;
    }
    !on_line(&sets::SPORT) && (rate && (cue_after || cue_before) || cue_after && cue_before)
}
