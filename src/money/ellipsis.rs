//! The second amount of a comparison, whose unit is not said again: « 15 euros,
//! contre 12 en 2022 », « 49 € au lieu de 59 », « passe de 12 euros à 15 »,
//! « 3 millions d'euros en 2023 et 4 en 2024 ».
//!
//! A bare number is an amount only where nothing else it could count follows: a
//! time to compare with, or the end of the clause. If the scale is implied as
//! well, only a time or a verb of change makes it certain.

use super::chain::is_change;
use super::phrases::{Window, spelled_any, spelled_at};
use super::rule::{Rule, Trigger};
use super::{Amount, Finder, Money, Percent, modifiers};
use crate::french::{WordSet, sets::money::ellipsis as sets};
use crate::kinds::PercentUnit;
use crate::numbers::chars::{BLANKS, apostrophe_at, dash_at, letter_at, skip_spaces, word_end};
use crate::numbers::quantity::{self, Abbreviations, Quantity, after_de};
use rust_decimal::Decimal;

/// See `reads`.
pub(super) static MONEY: Rule = Rule {
    name: "ellipsis",
    rank: 0,
    reads: "the second amount of a comparison, without its unit",
    at: &[Trigger::AfterMoney],
    read: |finder, _| finder.follow_money(finder.power),
    yes: &[
        "Il coûte [15 euros|15 EUR], contre [12|12 EUR] en 2022.",
        "Il se vend [49 €|49 EUR] au lieu de [59|59 EUR].",
        "Le prix passe de [12 euros|12 EUR] à [15|15 EUR].",
        "Il a reçu [3 millions d'euros|3000000 EUR] en 2023 et [4|4000000 EUR] en 2024.",
        "Il a perdu [7 millions d'euros|7000000 EUR] en 2021, contre [5|5000000 EUR] en 2020.",
        "Un profit de [8 millions d'euros|8000000 EUR] ([6|6000000 EUR] en 2020).",
    ],
    no: &[
        "Un don de [15 euros|15 EUR] contre 12 adversaires.",
        "Il coûtait [7 euros|7 EUR] en 2022, 9 élèves l'ont acheté.",
    ],
};

/// See `reads`.
pub(super) static PERCENT: Rule = Rule {
    name: "ellipsis_percent",
    rank: 0,
    reads: "the second percentage of a comparison, without its sign",
    at: &[Trigger::AfterPercent],
    read: |finder, _| finder.follow_percent(),
    yes: &[
        "La liste obtient [52 %|52 %] des voix contre [48|48 %].",
        "Le taux passe de [19 %|19 %] à [21|21 %] en 2025.",
        "Le chômage était de [8 %|8 %] en 2021, contre [9|9 %] en 2020.",
    ],
    no: &["L'indice recule de [2 %|2 %] à 45."],
};

/// What makes the bare number one of the same unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// « contre », « au lieu de ».
    Against,
    /// « à », after a verb of change and « de ».
    To,
    /// « , », « et », « puis » between two times, or a bracket before one.
    Parallel,
}

impl Finder<'_> {
    /// Adds the amounts that lean on the last one. `power` is the scale of its
    /// number.
    fn follow_money(&mut self, mut power: u8) -> Option<()> {
        // Each may be leant on in turn: « … en 2021, 4 en 2022 et 5 en 2023 ».
        loop {
            let last = self.found.money.last()?.clone();
            let value = upper(last.amount);
            let (start, q) = self.leaning(last.start, last.end, value, power)?;
            power = q.power;
            self.floor = q.end;
            self.found.money.push(Money {
                start,
                end: q.end,
                amount: Amount::Exact(q.value.normalize()),
                modifier: modifiers::around(self.text, start, q.end),
                per: None,
                rule: self.rule,
                ..last
            });
        }
    }

    /// Adds the percentages that lean on the last one.
    fn follow_percent(&mut self) -> Option<()> {
        loop {
            let last = self.found.percents.last()?.clone();
            let value = upper(last.value);
            let (start, q) = self.leaning(last.start, last.end, value, 0)?;
            // « recule de 2 % à 45 » says how much and where to.
            let level =
                !Window::before(self.text, last.start).has_part(&crate::french::sets::money::PASS);
            if level && spelled_after(self.text, last.end, &sets::TO).is_some() {
                return None;
            }
            if last.unit != PercentUnit::Percent || q.power > 0 || q.value > Decimal::ONE_HUNDRED {
                return None;
            }
            self.floor = q.end;
            self.found.percents.push(Percent {
                start,
                end: q.end,
                value: Amount::Exact(q.value.normalize()),
                modifier: modifiers::around(self.text, start, q.end),
                rule: self.rule,
                ..last
            });
        }
    }

    /// The bare number that leans on the mention at `start..end`.
    fn leaning(
        &self,
        start: usize,
        end: usize,
        value: Decimal,
        power: u8,
    ) -> Option<(usize, Quantity)> {
        let text = self.text;
        let (link, at) = link(text, start, end)?;
        let at = modifier_end(text, at);
        let said = quantity::parse_at(text, at, Abbreviations::Free)?;
        let year = |q: &Quantity| q.power == 0 && q.figure.is_some_and(|f| f.is_year_like());
        // « puis 24 millions en 2017 » has a scale of its own and may be millions
        // of anything; only a comparison says of what.
        if said.power > 0 && link != Link::Against {
            return None;
        }
        if said.is_article || said.is_bare_scale || said.approximate || year(&said) {
            return None;
        }
        let implied = power > 0 && said.power == 0 && said.value < Decimal::from(10_000);
        let q = if implied {
            said.with_power(power)?
        } else {
            said
        };
        let timed = time_end(text, q.end).is_some();
        let certain = match link {
            Link::Parallel => timed,
            Link::To => timed || closes(text, q.end),
            Link::Against => {
                timed
                    || !implied && closes(text, q.end)
                    || q.power >= 6 && !implied && goes_on(text, q.end)
            }
        };
        // What is compared is of one size.
        let twenty = Decimal::from(20);
        let alike = value > Decimal::ZERO
            && q.value > Decimal::ZERO
            && q.value <= value.checked_mul(twenty)?
            && value <= q.value.checked_mul(twenty)?;
        (certain && alike).then_some((q.start, q))
    }
}

fn upper(amount: Amount) -> Decimal {
    match amount {
        Amount::Exact(v) | Amount::Range(_, v) => v,
    }
}

/// What links the mention at `start..end` to a number behind it, and where that
/// number, or a modifier before it, begins.
fn link(text: &str, start: usize, end: usize) -> Option<(Link, usize)> {
    let time = time_end(text, end);
    let counts = |at: &usize| {
        quantity::parse_at(text, modifier_end(text, *at), Abbreviations::Free).is_some()
    };
    let after = time.unwrap_or(end);
    // « … en 2023, contre 9 en 2022 » has no number behind its comma.
    let beside = time.and_then(|t| parallel(text, t));
    if let Some(at) = beside.or_else(|| bracket(text, after)).filter(counts) {
        return Some((Link::Parallel, at));
    }
    if let Some(at) = spelled_after(text, after, &sets::TO)
        && is_change(text, start, true)
    {
        return Some((Link::To, at));
    }
    let at = against(text, after).or_else(|| against_behind(text, after))?;
    Some((Link::Against, at))
}

/// The position after the blanks and a phrase of `set`.
fn spelled_after(text: &str, at: usize, set: &WordSet) -> Option<usize> {
    let b = text.as_bytes();
    let next = skip_spaces(b, at);
    let end = spelled_any(text, next, set).filter(|_| next > at)?;
    let number = skip_spaces(b, end);
    (number > end).then_some(number)
}

/// The position after « contre » or « au lieu de », with a comma, a bracket or a
/// dash before it.
fn against(text: &str, at: usize) -> Option<usize> {
    let next = skip_spaces(text.as_bytes(), at);
    let rest = &text[next..];
    let mark = [",", "(", "–", "—", "-"]
        .iter()
        .find(|m| rest.starts_with(**m));
    let before = mark.map_or(at, |m| next + m.len());
    // « (contre » has no blank after its bracket.
    let glued = mark == Some(&"(");
    spelled_after(text, before, &sets::AGAINST).or_else(|| {
        let end = spelled_any(text, before, &sets::AGAINST).filter(|_| glued)?;
        Some(skip_spaces(text.as_bytes(), end))
    })
}

/// The position after the bracket of « 12 % (9 en 2022) ».
fn bracket(text: &str, at: usize) -> Option<usize> {
    let next = skip_spaces(text.as_bytes(), at);
    text[next..].starts_with('(').then_some(next + 1)
}

/// The position after « , », « et », « puis » or two of them.
fn parallel(text: &str, at: usize) -> Option<usize> {
    let comma = text[at..].starts_with(',');
    let at = at + usize::from(comma);
    let word = spelled_after(text, at, &sets::PARALLEL);
    let number = skip_spaces(text.as_bytes(), at);
    word.or((comma && number > at).then_some(number))
}

/// As [`against`], behind what an amount or a share is of, in a few words: « le
/// kilo », « par mois », « des voix », « de son chiffre d'affaires ».
fn against_behind(text: &str, at: usize) -> Option<usize> {
    // Nearly always there is nothing to walk to.
    let ahead = &text.as_bytes()[at..text.len().min(at + 80)];
    if sets::AGAINST_CORE
        .words()
        .iter()
        .all(|w| memchr::memmem::find(ahead, w.as_bytes()).is_none())
    {
        return None;
    }
    if !Window::after(text, at).starts_with_any(&sets::OPENS) {
        return None;
    }
    let b = text.as_bytes();
    let mut at = at;
    for _ in 0..6 {
        let start = skip_spaces(b, at);
        let mut end = word_end(text, start);
        if start == at || end == start {
            return None;
        }
        loop {
            let next = end + apostrophe_at(b, end) + dash_at(b, end);
            if next == end || !letter_at(text, next) {
                break;
            }
            end = word_end(text, next);
        }
        at = end;
        let found = against(text, at);
        if found.is_some() {
            return found;
        }
        if let Some(time) = time_end(text, at) {
            return against(text, time);
        }
    }
    None
}

/// Past « environ », « près de » and their like.
fn modifier_end(text: &str, at: usize) -> usize {
    let b = text.as_bytes();
    spelled_any(text, at, &sets::MODIFIERS)
        .map(|end| (end, skip_spaces(b, end)))
        .filter(|(end, next)| next > end)
        .map(|(_, next)| next)
        .unwrap_or(at)
}

/// Whether the clause ends at `end`: no noun follows that the number counts.
fn closes(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(BLANKS);
    let mut chars = rest.chars();
    match chars.next() {
        None | Some('\n' | '\r' | ';' | ')' | ']' | '!' | '?' | '»' | '"' | '…' | '(') => true,
        // « 12,5 » and « 3, 4 ou 5 % » go on.
        Some('.' | ',' | ':') => {
            let next = chars.as_str().trim_start_matches(BLANKS);
            !next.starts_with(|c: char| c.is_ascii_digit())
        }
        Some(_) => false,
    }
}

/// Whether words follow that a number of millions, which would take « de » to
/// count something, can stand before.
fn goes_on(text: &str, end: usize) -> bool {
    let next = skip_spaces(text.as_bytes(), end);
    if closes(text, end) {
        return true;
    }
    after_de(text, next).is_none() && spelled_any(text, next, &sets::GOES_ON).is_some()
}

/// The end of the time that stands after `at`: « l'an dernier », « en 2022 »,
/// « en mars », « fin 2022 », « deux ans plus tôt », « il y a dix ans ».
fn time_end(text: &str, at: usize) -> Option<usize> {
    let b = text.as_bytes();
    let start = skip_spaces(b, at);
    if start == at || !letter_at(text, start) && !b.get(start)?.is_ascii_digit() {
        return None;
    }
    // The longest: « un an plus tôt » before « un an ».
    let times = sets::TIMES.folded().iter();
    let listed = times.filter_map(|t| spelled_at(text, start, t)).max();
    if listed.is_some() {
        return listed;
    }
    if let Some(end) = spelled_any(text, start, &sets::IN_YEAR) {
        let next = skip_spaces(b, end);
        return year_end(text, next).or_else(|| month_end(text, next));
    }
    let ago = spelled_any(text, start, &sets::AGO).map(|e| skip_spaces(b, e));
    let count = ago.unwrap_or(start);
    let n = quantity::parse_at(text, count, Abbreviations::Free)?;
    let unit = skip_spaces(b, n.end);
    let unit_end = word_end(text, unit);
    if !sets::LENGTHS.contains(&text[unit..unit_end]) {
        return None;
    }
    if ago.is_some() {
        return Some(unit_end);
    }
    spelled_any(text, skip_spaces(b, unit_end), &sets::APART)
}

fn year_end(text: &str, at: usize) -> Option<usize> {
    let digits = text.as_bytes().get(at..at + 4)?;
    let year = digits.iter().all(u8::is_ascii_digit)
        && matches!(&digits[..2], b"18" | b"19" | b"20")
        && !text[at + 4..].starts_with(|c: char| c.is_alphanumeric());
    year.then_some(at + 4)
}

/// « mars », with its year or without.
fn month_end(text: &str, at: usize) -> Option<usize> {
    let end = word_end(text, at);
    crate::calendar::month(&text[at..end].to_lowercase())?;
    Some(year_end(text, skip_spaces(text.as_bytes(), end)).unwrap_or(end))
}
