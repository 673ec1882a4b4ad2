//! Percentages and percentage points.

use super::chain::{self, Numbers, members};
use super::phrases::{Window, spelled_any};
use super::rule::{Rule, Site, Trigger};
use super::unit::{stands_alone, word_ends};
use super::{Amount, Finder, Percent, modifiers};
use crate::french::{WordSet, sets::money::percent as sets};
use crate::kinds::PercentUnit;
use crate::numbers::chars::{BLANKS, skip_spaces, word_start};
use crate::numbers::quantity::Quantity;
use crate::numbers::{line_end, line_start};
use rust_decimal::Decimal;

/// See `reads`.
pub(super) static SIGN: Rule = Rule {
    name: "sign",
    rank: 0,
    reads: "a number, a range or a list before the sign",
    at: &[Trigger::Percent],
    read: |finder, site| finder.at_percent(site),
    yes: &[
        "Une hausse de [7,4 %|7.4 %].",
        "Entre [10 et 15 %|10..15 %] des élèves sont absents.",
        "Il est passé de 10 à [20 %|20 %].",
        "Une baisse de [10 à 15 %|10..15 %] des ventes.",
        "Le rabais est de [30%-40%|30..40 %].",
        "TVA : [20 %|20 %]/[10 %|10 %].",
        "Le titre perd [‑1,2 %|-1.2 %].",
        "Environ [9 p.c.|9 %|APPROX] des clients.",
        "Le taux est de [7 p. cent|7 %].",
        "Le cours a pris plus de [1.100 %|1100 %|MORE_THAN] en un jour.",
        "L'inflation atteint [12.345%|12345 %].",
        "De [0.125 %|0.125 %] à [3.125 %|3.125 %], les taux montent.",
        "Une part de [1,100 %|1.1 %].",
        "Une hausse de [3.5 %|3.5 %], puis de [1.275 %|1.275 %].",
        "Un taux inférieur ou égal à [2 %|2 %|EQUAL_OR_LESS].",
    ],
    no: &["Voir https://exemple.fr/?q=a%20b&c=100%25", "% de réussite"],
};

/// See `reads`.
pub(super) static PER_CENT: Rule = Rule {
    name: "pour_cent",
    rank: 0,
    reads: "the same before « pour cent »",
    at: &[Trigger::PerCent],
    read: |finder, site| {
        word_ends(finder.text, site.end).then_some(())?;
        finder.at_percent(site)
    },
    yes: &["Moins de [dix pour cent|10 %|LESS_THAN] des élèves."],
    no: &["Il vote pour cent raisons."],
};

/// See `reads`.
pub(super) static HALF_POINT: Rule = Rule {
    name: "half_point",
    rank: 3,
    reads: "« demi-point » of a rate that moves",
    at: &[Trigger::Point],
    read: |finder, site| finder.at_half_point(site),
    yes: &["La banque relève son taux d’un [demi-point|0.5 pt]."],
    no: &["Il marque un demi-point aux échecs."],
};

/// See `reads`.
pub(super) static BASIS_POINTS: Rule = Rule {
    name: "basis_points",
    rank: 2,
    reads: "points of base, hundredths of a point",
    at: &[Trigger::Point],
    read: |finder, site| finder.at_basis_points(site),
    yes: &[
        "Une hausse de [25 points de base|0.25 pt].",
        "Le taux du Bund cède [8 pb|0.08 pt] à [2,6 %|2.6 %].",
    ],
    no: &[
        "Il a trois points de suture.",
        "J’ai eu 2 pb de connexion hier.",
    ],
};

/// See `reads`.
pub(super) static POINT: Rule = Rule {
    name: "point",
    rank: 1,
    reads: "points of a rate or a share, never of a game",
    at: &[Trigger::Point],
    read: |finder, site| finder.at_point(site),
    yes: &[
        "Le taux monte de [0,5 point|0.5 pt].",
        "Une hausse de [2 points de pourcentage|2 pt].",
        "Sa popularité recule de [trois points|3 pt] dans les sondages.",
        "Elle obtient [41 %|41 %] (+ [4 points|4 pt]).",
        "Dans ce sondage, le maire est à [-3 points|-3 pt] en un mois.",
        "Le taux monte de [0,4 pt|0.4 pt].",
    ],
    no: &[
        "L’équipe a pris trois points au classement.",
        "Le CAC 40 a fini à 8 140 points.",
        "L’indice CAC 40 perd [0,3 %|0.3 %] (-25 points).",
        "Le pivot a mis 22 pts.",
    ],
};

/// Whether a share is written with a decimal point somewhere, « 3.5 % »: one or two figures
/// behind the point, or a zero before it.
fn has_decimal_point(text: &str) -> bool {
    text.match_indices('%').any(|(at, _)| {
        let number = text[..at].trim_end_matches(BLANKS);
        let whole = number.trim_end_matches(|c: char| c.is_ascii_digit());
        let decimals = number.len() - whole.len();
        let Some(whole) = whole.strip_suffix('.') else {
            return false;
        };
        let units = whole.trim_end_matches(|c: char| c.is_ascii_digit());
        let units = &whole[units.len()..];
        !units.is_empty() && (units == "0" || (1..=2).contains(&decimals))
    })
}

impl Finder<'_> {
    /// Reads the percentage at `%` or « pour cent ».
    fn at_percent(&mut self, Site { start, end, .. }: Site) -> Option<()> {
        let text = self.text;
        let next = text.as_bytes().get(end);
        // `%20` and `100%25` belong to addresses and formats.
        if next.is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        let numbers = self.numbers_before(start)?;
        let numbers = match numbers {
            Numbers::Range(low, high)
                if chain::is_change(text, low.start, low.value > high.value) =>
            {
                Numbers::One(high)
            }
            numbers => numbers,
        };
        self.push_percent(numbers, end, PercentUnit::Percent, Decimal::ONE)
    }

    fn at_half_point(&mut self, Site { start, end, .. }: Site) -> Option<()> {
        let text = self.text;
        if !stands_alone(text, start, end) {
            return None;
        }
        let half = half_point(text, start, self.floor)?;
        self.found.percents.push(Percent {
            start: half,
            end,
            value: Amount::Exact(Decimal::new(5, 1)),
            unit: PercentUnit::Point,
            modifier: modifiers::around(text, half, end),
            rule: self.rule,
        });
        self.floor = end;
        Some(())
    }

    fn at_basis_points(&mut self, Site { start, end, .. }: Site) -> Option<()> {
        let text = self.text;
        if !stands_alone(text, start, end) {
            return None;
        }
        let short = sets::BASIS_SHORT.contains(&text[start..end]);
        let stop = if short {
            end
        } else {
            spelled_any(text, skip_spaces(text.as_bytes(), end), &sets::OF_BASE)?
        };
        let numbers = self.numbers_before(start)?;
        if short && !tells_of_rates(text, numbers.last()?.start, end) {
            return None;
        }
        self.push_percent(numbers, stop, PercentUnit::Point, Decimal::ONE_HUNDRED)
    }

    /// Reads the percentage points at « point » or « points ».
    fn at_point(&mut self, Site { start, end, .. }: Site) -> Option<()> {
        let text = self.text;
        let basis = sets::BASIS_SHORT.contains(&text[start..end]);
        if basis || !stands_alone(text, start, end) {
            return None;
        }
        let numbers = self.numbers_before(start)?;
        let q = numbers.last()?;
        let at = skip_spaces(text.as_bytes(), end);
        if let Some(stop) = spelled_any(text, at, &sets::OF_PERCENTAGE) {
            return self.push_percent(numbers, stop, PercentUnit::Point, Decimal::ONE);
        }
        let signed = super::sign_of(text, q.start, self.floor).is_some();
        if !points_of_a_rate(text, &q, end, signed) {
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
            return self.push_percent(halved, stop, PercentUnit::Point, Decimal::ONE);
        }
        self.push_percent(numbers, end, PercentUnit::Point, Decimal::ONE)
    }

    fn push_percent(
        &mut self,
        numbers: Numbers,
        end: usize,
        unit: PercentUnit,
        divisor: Decimal,
    ) -> Option<()> {
        let text = self.text;
        let doubtful =
            |q: &Quantity| q.power == 0 && q.figure.is_some_and(|f| f.ambiguous && f.grouped);
        let pointed = |q: &Quantity| text[q.start..q.end].contains('.');
        // « 1,100 % » is a little more than one. « 1.100 % » is over a thousand, unless the text
        // writes its other shares with a decimal point.
        let points = numbers.last().is_some_and(|q| doubtful(&q) && pointed(&q))
            && *self.writes_points.get_or_init(|| has_decimal_point(text));
        let value = |q: &Quantity| {
            let value = match doubtful(q) && (points || !pointed(q)) {
                true => q.value / Decimal::ONE_THOUSAND,
                false => q.value,
            };
            value.checked_div(divisor).map(|v| v.normalize())
        };
        match numbers {
            Numbers::One(q) => {
                let (start, negative) = super::signed_start(self.text, q.start, self.floor);
                let v = value(&q)?;
                let v = if negative { -v } else { v };
                let joined = joined_range(self.text, self.found.percents.last(), start, v, unit);
                let (start, value) = match joined {
                    Some(range) => {
                        self.found.percents.pop();
                        range
                    }
                    None => (start, Amount::Exact(v)),
                };
                self.push_one(start, end, value, unit, q.approximate);
            }
            Numbers::Range(low, high) => {
                let value = super::sorted(value(&low)?, value(&high)?);
                self.push_one(low.start, end, value, unit, false);
            }
            Numbers::List(items) => {
                for (q, stop) in members(items, end) {
                    self.push_one(q.start, stop, Amount::Exact(value(&q)?), unit, false);
                }
            }
        }
        self.floor = end;
        Some(())
    }

    fn push_one(
        &mut self,
        start: usize,
        end: usize,
        value: Amount,
        unit: PercentUnit,
        approximate: bool,
    ) {
        let modifier = modifiers::of(self.text, start, end, approximate);
        self.found.percents.push(Percent {
            start,
            end,
            value,
            unit,
            modifier,
            rule: self.rule,
        });
    }
}

/// « 15 %-20 % » is one range: its start and ends, `last` being its lower end.
fn joined_range(
    text: &str,
    last: Option<&Percent>,
    start: usize,
    value: Decimal,
    unit: PercentUnit,
) -> Option<(usize, Amount)> {
    let last = last.filter(|last| last.unit == unit && last.end <= start)?;
    let Amount::Exact(low) = last.value else {
        return None;
    };
    let dash = text[last.end..start].trim_matches(BLANKS);
    let joined = super::RANGE_DASHES.contains(&dash) && low < value && !low.is_sign_negative();
    joined.then_some((last.start, Amount::Range(low, value)))
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
/// A sign before them, `signed`, is a word of movement.
fn points_of_a_rate(text: &str, q: &Quantity, end: usize, signed: bool) -> bool {
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
    let near = &text[line_start(text, q.start, 350)..line_end(text, end, 250)];
    let on_line = |set: &WordSet| set.words().iter().any(|w| near.contains(w));
    let cue_before = before.has_any(&sets::BEFORE) || signed;
    let rate = near.contains('%') || on_line(&sets::RATES);
    // « le CAC 40 (-25 points) »
    if signed && !cue_after && on_line(&sets::INDICES) {
        return false;
    }
    // « grimpe à 40 points » is the level of an index.
    if !cue_after && (before.ends_with_any(&sets::LEVEL) || q.is_article) {
        return false;
    }
    !on_line(&sets::SPORT) && (rate && (cue_after || cue_before) || cue_after && cue_before)
}

/// Whether a rate moves around bytes `start..end`: what « pb » needs to be no
/// « problème ».
fn tells_of_rates(text: &str, start: usize, end: usize) -> bool {
    let near = &text[line_start(text, start, 350)..line_end(text, end, 250)];
    let rates = || sets::RATES.words().iter().any(|w| near.contains(w));
    near.contains('%') || rates() || Window::before(text, start).has_any(&sets::BEFORE)
}
