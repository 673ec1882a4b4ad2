//! Amounts at a code, a symbol or an abbreviation, which may stand on either
//! side: « EUR 12m », « 12,50 $ CA », « Fr. 45.- », « 28 F ».

use super::amount::{UnitSpan, last_of};
use super::chain::{self, Numbers};
use super::currency::{
    self, Currency, Fraction, LetterPlace, Noun, Sign, SignFigures, SignNeed, SignPlace, SignRow,
};
use super::nouns::english_order;
use super::{Finder, fractions};
use crate::numbers::chars::{letter_at, letter_before, skip_spaces, word_start};
use crate::numbers::quantity::Quantity;
use rust_decimal::Decimal;

impl Finder<'_> {
    /// Reads the amount at a code of ISO 4217.
    pub(super) fn at_code(&mut self, start: usize, end: usize, code: Currency) -> Option<()> {
        let text = self.text;
        if letter_at(text, end) {
            return None;
        }
        let wordy = currency::is_acronym(code);
        let looks_like_money = |q: &Quantity| {
            !wordy
                || q.power > 0
                || q.value >= Decimal::ONE_THOUSAND
                || q.figure.is_some_and(|f| f.decimals == 2)
        };
        let unit = UnitSpan {
            start,
            end,
            code: Some(code),
            rule: "code",
        };
        let left_at = chain::swiss_start(text, start);
        let left = chain::before(text, left_at, self.floor, &mut self.starts)
            .filter(|n| last_of(n).is_some_and(|q| looks_like_money(&q) && !q.is_article));
        let right = self
            .in_front(start, end)
            .filter(|(n, _)| last_of(n).is_some_and(|q| looks_like_money(&q)));
        match (left, right) {
            (Some(l), Some(r)) if year_like(&l) => self.finish_front(r, unit),
            (Some(l), _) => self.finish(
                l,
                UnitSpan {
                    start: left_at,
                    ..unit
                },
            ),
            (None, Some(r)) => self.finish_front(r, unit),
            (None, None) => None,
        }
    }

    /// The numbers after a unit that stands in front, unless the unit is the
    /// tail of something else (`EUR/USD 1,08`).
    fn in_front(&self, start: usize, end: usize) -> Option<(Numbers, usize)> {
        let before = start.checked_sub(1).map(|i| self.text.as_bytes()[i]);
        if letter_before(self.text, start) || matches!(before, Some(b'/' | b'-' | b'0'..=b'9')) {
            return None;
        }
        chain::after(self.text, end, &self.text[start..end])
    }

    /// Reads the amount at a symbol, which may stand on either side.
    pub(super) fn at_symbol(&mut self, start: usize, end: usize, sign: Sign) -> Option<()> {
        let text = self.text;
        let b = text.as_bytes();
        let (start, end, named) = match sign {
            Sign::Noun(Noun::Dollar) => dollar(text, start, end),
            Sign::One(Currency::GBP) => pound(text, start, end),
            _ => (start, end, None),
        };
        if text.as_bytes()[end - 1].is_ascii_alphabetic() && letter_at(text, end) {
            return None;
        }
        let left_at = chain::swiss_start(text, start);
        let left = chain::before(text, left_at, self.floor, &mut self.starts)
            .and_then(|n| english_order(text, n, start))
            .filter(|n| last_of(n).is_some_and(|q| !q.is_article));
        let right = if sign == Sign::Cent {
            None
        } else {
            self.in_front(start, end)
        };
        let glued_right = b.get(end).is_some_and(u8::is_ascii_digit);
        let glued_left = start > 0 && b[start - 1].is_ascii_digit();
        let unit = |code| UnitSpan {
            start: left_at,
            end,
            code,
            rule: "symbol",
        };
        let at = start;
        match (left, right) {
            (Some(l), Some(r))
                if year_like(&l) || glued_right && !glued_left && !is_fraction_glued(text, end) =>
            {
                let code = named.or_else(|| self.code_of(sign, at, end));
                self.finish_front(r, unit(code))
            }
            (Some(l), _) => {
                if sign == Sign::Cent {
                    return self.fraction_amount(
                        l,
                        UnitSpan {
                            rule: "fraction",
                            ..unit(None)
                        },
                        Fraction::Cent,
                    );
                }
                let code = named.or_else(|| self.code_of(sign, at, end));
                self.finish(l, unit(code))
            }
            (None, Some(r)) => {
                let code = named.or_else(|| self.code_of(sign, at, end));
                self.finish_front(
                    r,
                    UnitSpan {
                        start,
                        ..unit(code)
                    },
                )
            }
            (None, None) => None,
        }
    }

    /// Reads the amount before an abbreviation, or after « Fr. » and its like.
    pub(super) fn at_abbreviation(
        &mut self,
        start: usize,
        end: usize,
        row: &SignRow,
        sign: Sign,
    ) -> Option<()> {
        let text = self.text;
        let pointed = text[..end].ends_with('.');
        let figures = text.as_bytes()[end..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        // « 12F50 » is money, « 246 F1 » a car.
        let fits = match row.glued {
            None => figures == 0,
            Some(SignFigures::Cents) => matches!(figures, 0 | 2),
            Some(SignFigures::Figures) => true,
        };
        if !fits {
            return None;
        }
        if !pointed
            && (letter_at(text, end)
                || text
                    .as_bytes()
                    .get(end)
                    .is_some_and(|c| *c == b'\'' || *c == b'-' && letter_at(text, end + 1)))
        {
            return None;
        }
        let left_at = chain::swiss_start(text, start);
        if let Some(numbers) = chain::before(text, left_at, self.floor, &mut self.starts) {
            let q = last_of(&numbers)?;
            // Abbreviated units go with figures.
            q.figure?;
            if sign == Sign::Cent {
                return self.fraction_amount(
                    numbers,
                    UnitSpan {
                        start,
                        end,
                        code: None,
                        rule: "fraction",
                    },
                    Fraction::Cent,
                );
            }
            let code = self.code_of(sign, start, end);
            let unit = UnitSpan {
                start: left_at,
                end,
                code,
                rule: "abbreviation",
            };
            // « 1 F 80 » is money whatever the article's date.
            let split =
                sign == Sign::Noun(Noun::Franc) && fractions::part(text, &q, &unit).is_some();
            if !split && !self.abbreviation_is_meant(row.need, &q, code, start) {
                return None;
            }
            // « 2,80 F. » at the end of a sentence keeps its full stop out.
            let end = if row.full_stop { end - 1 } else { end };
            return self.finish(
                numbers,
                UnitSpan {
                    start: left_at,
                    end,
                    code,
                    rule: "abbreviation",
                },
            );
        }
        if row.place != SignPlace::AfterOrLeading {
            return None;
        }
        let right = self.in_front(start, end)?;
        let code = match sign {
            // Only the Swiss write « Fr. » in front.
            Sign::Noun(Noun::Franc) => Some(Currency::CHF),
            _ => self.code_of(sign, start, end),
        };
        self.finish_front(
            right,
            UnitSpan {
                start,
                end,
                code,
                rule: "abbreviation",
            },
        )
    }

    fn abbreviation_is_meant(
        &self,
        need: SignNeed,
        q: &Quantity,
        code: Option<Currency>,
        at: usize,
    ) -> bool {
        let large =
            q.power > 0 || q.value >= Decimal::TEN || q.figure.is_some_and(|f| f.decimals > 0);
        let home = || code.and_then(currency::home);
        let at_home = || home().is_some_and(|c| self.evidence.points_to(c, at));
        match need {
            SignNeed::Nothing => true,
            SignNeed::Ten => large,
            SignNeed::TenOrCountry => large || at_home(),
            SignNeed::Country => at_home(),
            SignNeed::Franc => {
                let old = self.context.published.is_none_or(|p| p.year < 2003);
                !q.figure.is_some_and(|f| f.is_year_like() && !old)
                    && (old || large && code.is_some())
            }
        }
    }
}

pub fn year_like(numbers: &Numbers) -> bool {
    last_of(numbers).is_some_and(|q| q.power == 0 && q.figure.is_some_and(|f| f.is_year_like()))
}

/// The extent of a dollar sign with the letters that name it.
fn dollar(text: &str, start: usize, end: usize) -> (usize, usize, Option<Currency>) {
    let lead = word_start(text, start);
    let letters = &text[lead..start];
    if !letters.is_empty()
        && let Some((_, code)) =
            currency::letters(LetterPlace::BeforeDollar).find(|(l, _)| *l == letters)
    {
        return (lead, end, Some(code));
    }
    let b = text.as_bytes();
    let at = skip_spaces(b, end);
    for (letters, code) in currency::letters(LetterPlace::AfterDollar) {
        let glued = at == end;
        if !text[at..].starts_with(letters) {
            continue;
        }
        let stop = at + letters.len();
        let figure_follows = b.get(stop).is_some_and(u8::is_ascii_digit);
        let cut = letter_at(text, stop) || glued && letters.len() == 1 && figure_follows;
        // « 12 $ A » could begin a sentence; « 12 $ CAN » could not.
        if !cut && (glued || letters.len() > 1) {
            return (start, stop, Some(code));
        }
    }
    (start, end, None)
}

/// The extent of a pound sign with the letters that name it.
fn pound(text: &str, start: usize, end: usize) -> (usize, usize, Option<Currency>) {
    for (letters, code) in currency::letters(LetterPlace::AfterPound) {
        let stop = end + letters.len();
        if text[end..].starts_with(letters) && !letter_at(text, stop) {
            return (start, stop, Some(code));
        }
    }
    (start, end, None)
}

/// « 12€50 »: exactly two figures glued to the sign.
fn is_fraction_glued(text: &str, end: usize) -> bool {
    let b = text.as_bytes();
    let digits = b[end..].iter().take_while(|c| c.is_ascii_digit()).count();
    digits == 2 && !matches!(b.get(end + 2), Some(b',' | b'.')) && text[..end].ends_with('€')
}
