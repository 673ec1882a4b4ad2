//! What is counted inside a longer stretch, and weeks called after a day:
//! « premier lundi de mars 2024 », « première quinzaine de juin », « semaine du
//! 6 octobre ».

use crate::dates::{
    expr::{Cal, Expr, Nth, Unit},
    feasts,
    fields::weekday_name,
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals, unit_words,
};

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
    WEEK_OF "week_of" reads "the week of a day or a feast"
        at [Unit Week] by place(week_of)
        yes ["La [semaine du 4 mars 2024|2024-W10]."]
        no ["La semaine du blanc attire."];
    WEEKEND_OF "weekend_of" reads "the weekend of a day or a feast"
        by of(&WEEK_OF)
        yes ["Le [week-end du 9 mars 2024|2024-03-09/2024-03-10]."]
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

/// « semaine du 6 octobre », « week-end du 12 mars », « week-end des 12 et 13
/// octobre », « semaine avant Noël ».
fn week_of(line: &Line, i: usize) -> Option<Hit> {
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
        if line.is(k, Word::La) {
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
