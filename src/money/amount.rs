//! What a unit and the numbers beside it mean together, and the mention that
//! it makes.

use super::chain::{LIST, Numbers, members};
use super::currency::{self, Currency, Noun, Qualified, Sign, shared, unit};
use super::phrases::Window;
use super::unit::UnitSpan;
use super::{Amount, Finder, Money, modifiers, parts, per};
use crate::french::sets::money as sets;
use crate::numbers::chars::BLANKS;
use crate::numbers::quantity::Quantity;
use rust_decimal::Decimal;

impl Finder<'_> {
    pub(super) fn code_of(&mut self, sign: Sign, at: usize, end: usize) -> Option<Currency> {
        match sign {
            Sign::One(code) => {
                if currency::tells_francs(code) {
                    let franc = Qualified::As(code);
                    self.evidence.remember(Noun::Franc, franc, at);
                }
                Some(code)
            }
            Sign::Cfa => {
                self.evidence.remember(Noun::Franc, Qualified::Cfa, at);
                self.cfa(at, end)
            }
            Sign::Noun(noun) => {
                let code = self.evidence.read(noun, at).code;
                if code.is_none() {
                    self.warn(&self.text[at..end], unit(noun).by.iter().map(|(_, c)| *c));
                }
                code
            }
            Sign::OneOf(sign, default) => {
                let choices = shared(sign);
                let code = self.evidence.one_of(choices, default, at).code;
                if code.is_none() {
                    self.warn(&self.text[at..end], choices.iter().map(|(_, c)| *c));
                }
                code
            }
            Sign::Cent => None,
        }
    }

    pub(super) fn cfa(&mut self, start: usize, end: usize) -> Option<Currency> {
        let code = self.evidence.cfa(start).code;
        if code.is_none() {
            self.warn(&self.text[start..end], super::context::CFA.into_iter());
        }
        code
    }

    /// Adds the amounts of numbers that stand before their unit.
    pub(super) fn finish(&mut self, numbers: Numbers, unit: UnitSpan) -> Option<()> {
        self.power = numbers.last().map_or(0, |q| q.power);
        match numbers {
            Numbers::One(q) => {
                let (start, negative) = super::signed_start(self.text, q.start, self.floor);
                let mut value = q.value;
                let mut end = unit.end;
                if let Some((stop, part)) = parts::part(self.text, &q, &unit) {
                    value = value.checked_add(part)?;
                    end = stop;
                }
                if negative {
                    value = -value;
                }
                let amount = self.joined_range(start, value, unit.code);
                let (start, amount) = amount.unwrap_or((start, Amount::Exact(value)));
                self.push(start, end, amount, unit, q.approximate);
            }
            Numbers::Range(low, high) => {
                let amount = super::sorted(low.value, high.value);
                self.push(low.start, unit.end, amount, unit, high.approximate);
            }
            Numbers::List(items) => self.finish_list(items, unit),
        }
        Some(())
    }

    fn finish_list(&mut self, items: [Option<Quantity>; LIST], unit: UnitSpan) {
        for (q, end) in members(items, unit.end) {
            self.push(q.start, end, Amount::Exact(q.value), unit, q.approximate);
        }
    }

    /// Adds the amounts of numbers that stand after their unit.
    pub(super) fn finish_front(
        &mut self,
        (numbers, end): (Numbers, usize),
        unit: UnitSpan,
    ) -> Option<()> {
        // « 1 USD$23 »: the code is the unit of the amount before it.
        if unit.start < self.floor {
            return None;
        }
        self.power = numbers.last().map_or(0, |q| q.power);
        let start = unit.start;
        let (start, negative) = super::signed_start(self.text, start, self.floor);
        let amount = match numbers {
            Numbers::One(q) if negative => Amount::Exact(-q.value),
            Numbers::One(q) => Amount::Exact(q.value),
            Numbers::Range(low, high) => Amount::Range(low.value, high.value),
            Numbers::List(_) => return None,
        };
        // `$12 US`, `$300M CAD`
        self.push(start, end, amount, unit, false);
        Some(())
    }

    /// « entre 10 euros et 20 euros » and « 10 € – 20 € » are one range: its
    /// start and ends, the mention before being taken back.
    fn joined_range(
        &mut self,
        start: usize,
        value: Decimal,
        code: Option<Currency>,
    ) -> Option<(usize, Amount)> {
        let last = self.found.money.last()?;
        let Amount::Exact(low) = last.amount else {
            return None;
        };
        if last.currency != code.map(Currency::name)
            || code.is_none()
            || low >= value
            || last.end > start
            || low.is_sign_negative()
        {
            return None;
        }
        let gap = self.text[last.end..start].trim_matches(BLANKS);
        let joined = match gap {
            dash if super::RANGE_DASHES.contains(&dash) => true,
            _ if sets::AND.contains(gap) => {
                Window::before(self.text, last.start).ends_with_any(&sets::BETWEEN)
            }
            _ => false,
        };
        if !joined {
            return None;
        }
        let first = self.found.money.pop()?;
        Some((first.start, Amount::Range(low, value)))
    }

    pub(super) fn push(
        &mut self,
        start: usize,
        end: usize,
        amount: Amount,
        unit: UnitSpan,
        approximate: bool,
    ) {
        let modifier = modifiers::of(self.text, start, end, approximate);
        let amount = match amount {
            Amount::Exact(v) => Amount::Exact(v.normalize()),
            Amount::Range(a, b) => Amount::Range(a.normalize(), b.normalize()),
        };
        let mut period = per::after(self.text, end);
        if period.is_none()
            && let Some(last) = self.found.money.last_mut()
            && last.end <= start
        {
            period = per::behind_bracket(self.text, last.end, start, end);
            last.per = last.per.or(period);
        }
        self.found.money.push(Money {
            start,
            end,
            amount,
            currency: unit.code.map(Currency::name),
            modifier,
            per: period,
            rule: self.rule,
        });
        self.floor = end;
    }

    pub(super) fn warn(&mut self, name: &str, candidates: impl Iterator<Item = Currency>) {
        if self.found.warnings.len() >= 16 {
            return;
        }
        let mut listed: Vec<&str> = candidates.map(Currency::name).collect();
        listed.sort_unstable();
        listed.dedup();
        let warning = format!(
            "currency_ambiguous:{}:{}",
            name.replace(BLANKS, " "),
            listed.join("|")
        );
        if !self.found.warnings.contains(&warning) {
            self.found.warnings.push(warning);
        }
    }
}
