//! What is counted inside a longer stretch, and weeks called after a day:
//! « premier lundi de mars 2024 », « première quinzaine de juin », « semaine du
//! 6 octobre ».

use super::quarters::{Of, part_of_year};
use crate::dates::{
    expr::{Base, Cal, Dir, Expr, Nth, PeriodKind, Unit},
    feasts,
    fields::{uncounted_year, weekday_name},
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals,
    unit_words::{self, own_calendar, shift},
};
use crate::french::sets::dates as sets;

rules! {
    NTH "nth" reads "a weekday, a day, a week or a fortnight counted inside a month or a year"
        at [Figures Ordinal Last Avant] by place(nth)
        yes [
            "Le [premier lundi de mars 2024|2024-03-04].",
            "Le [dernier vendredi de mai 2024|2024-05-31].",
            "La [dernière semaine de septembre 2014|2014-W39].",
            "La [première quinzaine de juin 2023|2023-06-01/2023-06-15].",
        ]
        no ["La dernière minute compte."];
    NTH_UNITS "nth_units" reads "the first or last months, weeks or days of a stretch, with their number"
        at [Figures Numeral Ordinal Last] by range(first_units)
        yes [
            "Sur les [six premiers mois de l'année|2023-01/2023-06], il a plu.",
            "Sur les [deux premiers mois de l'année|2024-01/2024-02], il a plu.",
            "Les [trois premiers mois de 2025|2025-01/2025-03] seront durs.",
            "Les [4 derniers mois de 2023|2023-09/2023-12] furent bons.",
            "Au cours des [neuf premiers mois de l'année 2022|2022-01/2022-09], il a plu.",
            "Les [dix premiers jours de mai|2024-05-01/2024-05-10] seront frais.",
            "Les [cinq derniers jours de février 2024|2024-02-25/2024-02-29] furent doux.",
            "Les [trois premiers trimestres de 2023|2023-Q1/2023-Q3] ont suffi.",
            "Les [deux premières semaines de mars 2023|2023-W10/2023-W11] ont suffi.",
            "Les [premiers six mois de 2022|2022-01/2022-06] ont suffi.",
            "Les [six premiers mois 2023|2023-01/2023-06] ont suffi.",
        ]
        no [
            "Les [trois derniers mois|P3M], il a plu.",
            "Les six premiers mois de son mandat ont suffi.",
            "Les six premiers mois de l'année scolaire ont suffi.",
            "Les deux premiers joueurs de [2023|2023] sont là.",
        ];
    WEEK_OF "week_of" reads "the week of a day or a feast"
        at [Unit Week] by place(week_of)
        yes ["La [semaine du 4 mars 2024|2024-W10]."]
        no ["La semaine du blanc attire."];
    WEEKEND_OF "weekend_of" reads "the weekend of a day or a feast"
        by of(&WEEK_OF)
        yes [
            "Le [week-end du 9 mars 2024|2024-03-09/2024-03-10].",
            "On fermera [ce week-end de Pâques|2024-03-30/2024-03-31].",
            "On fermera [ce week-end de l'Ascension|2024-05-11/2024-05-12].",
        ]
        no ["Un week-end de rêve."];
}

/// « premier lundi de mars 2024 », « dernière semaine de septembre », « 3e jour
/// d'octobre », « première quinzaine de juin ».
fn nth(line: &Line, i: usize) -> Option<Hit> {
    let (n, j) = if line.is(i, Word::Last) {
        // « avant-dernière » begins before.
        if i > 0 && line.hyphen(i - 1) {
            return None;
        }
        (-1, i + 1)
    } else if line.is(i, Word::Avant) {
        let last = line.hyphen(i + 1) && line.is(i + 2, Word::Last);
        last.then_some((-2, i + 3))?
    } else {
        let (n, j) = numerals::ordinal(line, i)?;
        (i64::from(n), j)
    };
    let t = line.at(j);
    let (what, mut k) = if let Some((w, end)) = weekday_name(line, j) {
        (Some(Nth::Weekday(w)), end)
    } else if let Some(end) = unit_words::weekend(line, j) {
        (Some(Nth::Weekend), end)
    } else if t.word == Word::Unit {
        match t.unit() {
            Some(UnitNoun::Week) => (Some(Nth::Week), j + 1),
            Some(UnitNoun::Day) => (Some(Nth::Day), j + 1),
            Some(UnitNoun::Fortnight) => (None, j + 1),
            _ => return None,
        }
    } else {
        return None;
    };
    if !line.any(k, &[Word::De, Word::D, Word::Du]) {
        return None;
    }
    k += 1;
    if line.any(k, &[Word::L, Word::La]) {
        k += 1;
    }
    let of = line.place(k)?;
    let Expr::Cal(cal) = of.expr else { return None };
    let long = matches!(
        &cal,
        Cal::Month { .. }
            | Cal::Year(_)
            | Cal::Within { .. }
            | Cal::Shift {
                unit: Unit::Month | Unit::Year,
                ..
            }
    );
    if !long {
        return None;
    }
    let of_cal = Box::new(cal);
    let cal = match what {
        Some(what) => Cal::Nth {
            what,
            n,
            of: of_cal,
        },
        None => Cal::Fortnight {
            second: n != 1,
            of: of_cal,
        },
    };
    Hit::cal(i, of.end, &NTH, cal)
}

/// « six premiers mois de l'année », « trois derniers mois de 2023 », « dix premiers
/// jours de mai ».
fn first_units(line: &Line, i: usize) -> Option<Hit> {
    let side = |k: usize| {
        let t = line.at(k);
        let first = t.word == Word::Ordinal && t.value() == 1;
        let last = t.word == Word::Last && t.plural();
        (first || last).then_some(last)
    };
    let (n, last, j) = match side(i) {
        Some(last) => {
            let (n, j) = numerals::cardinal(line, i + 1)?;
            (n, last, j)
        }
        None => {
            let (n, j) = numerals::cardinal(line, i)?;
            (n, side(j)?, j + 1)
        }
    };
    let unit = (n > 1 && line.is(j, Word::Unit)).then(|| line.at(j).unit())??;
    let n = i64::try_from(n).ok()?;
    let (from, to) = if last { (-n, -1) } else { (1, n) };
    let (of, end) = counted_in(line, j + 1, unit, to)?;
    let nth = |what, n| Cal::Nth {
        what,
        n,
        of: Box::new(of.clone()),
    };
    let of_year = |top: i64, n: i64| {
        let n = if n < 0 { top + 1 + n } else { n };
        (1..=top).contains(&n).then_some(n as u8)
    };
    let part = |n: i64| match unit {
        UnitNoun::Day => Some(nth(Nth::Day, n)),
        UnitNoun::Week => Some(nth(Nth::Week, n)),
        UnitNoun::Month => Some(month(of_year(12, n)?).within(of.clone())),
        UnitNoun::Quarter => {
            let quarter = part_of_year(PeriodKind::Quarter, of_year(4, n)?, Of::Nothing);
            Some(quarter.within(of.clone()))
        }
        _ => None,
    };
    Hit::new(i, end, &NTH_UNITS, Expr::Range(part(from)?, part(to)?))
}

fn month(month: u8) -> Cal {
    Cal::Month {
        month,
        year: None,
        dir: Dir::Open,
    }
}

/// The stretch at `i` in which units are counted, the `to`th last: « de 2023 »,
/// « de mai », « 2023 »; of « de l'année » the one whose unit the tense says.
fn counted_in(line: &Line, i: usize, unit: UnitNoun, to: i64) -> Option<(Cal, usize)> {
    let of_years = matches!(unit, UnitNoun::Month | UnitNoun::Quarter);
    if let Some((y, end)) = uncounted_year(line, i) {
        return Some((Cal::Year(y), end));
    }
    let mut j = line
        .any(i, &[Word::De, Word::D, Word::Du])
        .then_some(i + 1)?;
    if line.any(j, &[Word::L, Word::La]) {
        j += 1;
    }
    if let Some((y, end)) = uncounted_year(line, j) {
        return Some((Cal::Year(y), end));
    }
    if let Some(held) = line.place(j)
        && let Expr::Cal(cal) = held.expr
    {
        let year = matches!(
            cal,
            Cal::Year(_)
                | Cal::Shift {
                    unit: Unit::Year,
                    ..
                }
        );
        let month = matches!(
            cal,
            Cal::Month { .. }
                | Cal::Within { .. }
                | Cal::Shift {
                    unit: Unit::Month,
                    ..
                }
        );
        return (year || month && !of_years).then_some((cal, held.end));
    }
    let bare = line.is(j, Word::Unit)
        && !sets::units::PLURAL_STRETCHES.ends(line.str(j))
        && !own_calendar(line, j)
        || line.is(j, Word::Exercice);
    let base = |unit| shift(unit, 0, Base::Text);
    let cal = match line.at(j).unit() {
        _ if !bare => return None,
        Some(UnitNoun::Month) if !of_years => base(Unit::Month),
        Some(UnitNoun::Year) | None if unit == UnitNoun::Month => {
            month(if to < 0 { 12 } else { u8::try_from(to).ok()? })
        }
        Some(UnitNoun::Year) | None => base(Unit::Year),
        _ => return None,
    };
    Some((cal, j + 1))
}

/// « semaine du 6 octobre », « week-end du 12 mars », « week-end des 12 et 13
/// octobre », « semaine avant Noël ».
pub(in crate::dates) fn week_of(line: &Line, i: usize) -> Option<Hit> {
    let week = line.is(i, Word::Unit) && line.at(i).unit() == Some(UnitNoun::Week);
    let weekend = unit_words::weekend(line, i);
    let j = match (week, weekend) {
        (true, _) => i + 1,
        (_, Some(end)) => end,
        _ => return None,
    };
    if week
        && line.any(j, &[Word::Avant, Word::Apres])
        && let Some(hit) = feasts::feast(line, j + 1)
        && let Expr::Cal(cal) = hit.expr
    {
        let days = if line.is(j, Word::Avant) { -7 } else { 7 };
        return Hit::cal(
            i,
            hit.end,
            &WEEK_OF,
            Cal::WeekOf(Box::new(Cal::Offset {
                days,
                of: Box::new(cal),
            })),
        );
    }
    if line.any(j, &[Word::Du, Word::De, Word::Des]) {
        let mut k = j + 1;
        if line.any(k, &[Word::La, Word::L]) {
            k += 1;
        }
        let hit = line.place_or_range(k)?;
        return match hit.expr {
            Expr::Range(a, b) => Hit::new(i, hit.end, &WEEK_OF, Expr::Range(a, b)),
            Expr::Cal(cal @ (Cal::Day { .. } | Cal::Feast { .. } | Cal::Offset { .. })) if week => {
                Hit::cal(i, hit.end, &WEEK_OF, Cal::WeekOf(Box::new(cal)))
            }
            Expr::Cal(cal @ (Cal::Day { .. } | Cal::Feast { .. })) => Hit::cal(
                i,
                hit.end,
                &WEEKEND_OF,
                Cal::Nth {
                    what: Nth::Weekend,
                    n: 0,
                    of: Box::new(cal),
                },
            ),
            _ => None,
        };
    }
    None
}
