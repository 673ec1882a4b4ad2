//! Dates in figures: « 24/01/2025 », « 24.01.25 », « 2025-01-24 », « 2025-01 »,
//! « le 2/3 ».
//!
//! One mark all along, no further field behind. Scores, fractions, versions and
//! telephone numbers look alike, so the shorter the form the more must stand
//! before it: two figures for the year or none ask for an article or a weekday.

use crate::{
    calendar::year_of_two_figures,
    dates::{
        expr::{Cal, Dir},
        fields::weekday_before,
        hit::{Hit, rules},
        lexicon::{UnitNoun, Word},
        line::Line,
    },
};

rules! {
    NUMERIC_DATE "numeric_date" reads "day, month and year in figures"
        at [Figures Weekday WeekdayAbbr] by place(numeric)
        yes [
            "Signé le [24/01/2025|2025-01-24] à Liège.",
            "Signé le [24.01.25|2025-01-24] à Liège.",
            "Version du [2025-01-24|2025-01-24].",
            "Facture du [14-05-97|1997-05-14], impayée.",
            "Rappel du [3.7.19|2019-07-03] sans suite.",
            "Vu par la revue ([14.05.97|1997-05-14]).",
        ]
        no [
            "La version 2.0.12 est sortie.",
            "Appelez le 01.42.34.56.78.",
            "Voir https://exemple.fr/2024/03/12/titre ici.",
            "Le set s'est fini 6-4-12.",
            "Il est passé de la 1.2.23 à la 1.3.24.",
        ];
    NUMERIC_DAY_MONTH "numeric_day_month" reads "day and month in figures, behind an article, a weekday or before an hour"
        by of(&NUMERIC_DATE)
        yes [
            "Rendez-vous [15/3|2024-03-15] à [8 h|2024-03-15T08:00].",
            "Le pont a rouvert ([07/03|2024-03-07]).",
        ]
        no ["Une note de 12/20.", "Elle a tout bon (10/10).", "Elle a gagné 6-3, 6-4."];
    ISO_MONTH "iso_month" reads "year and month in figures"
        by of(&NUMERIC_DATE)
        yes ["Le relevé de [2023-10|2023-10] manque."]
        no ["Le règlement 2016/679 protège.", "Le dossier n° 2019-145 est clos."];
}

/// « 24/01/2025 », « 24.01.25 », « 2025-01-24 », « 2025-01 », « le 2/3 ».
pub(in crate::dates) fn numeric(line: &Line, i: usize) -> Option<Hit> {
    let (weekday, j) = weekday_before(line, i);
    let field = |k: usize| {
        let t = line.at(k);
        (t.word == Word::Figures && (k == j || !t.gap)).then_some((t.value(), t.len))
    };
    let mark = |k: usize| {
        let t = line.at(k);
        let c = t.mark()?;
        (t.word == Word::Punct && !t.gap && "/.-".contains(c)).then_some(c)
    };
    let (a, la) = field(j)?;
    let sep = mark(j + 1)?;
    let (b, lb) = field(j + 2)?;
    let before = line.before(j, 1);
    let glued_before = !line.at(j).gap
        && before.word == Word::Punct
        && matches!(before.mark(), Some('/' | '.' | '-' | ',' | ':'));
    if glued_before && line.before(j, 2).word == Word::Figures {
        return None;
    }
    let third = (mark(j + 3) == Some(sep)).then(|| field(j + 4)).flatten();
    let more = |k: usize| mark(k).is_some() && field(k + 1).is_some();
    let whole = |day: u32, month: u32, year: i16, end: usize| {
        let cal = Cal::Day {
            weekday,
            day,
            month: Some(month as u8),
            year: Some(year),
            dir: Dir::Open,
        };
        Hit::cal(i, end, &NUMERIC_DATE, cal)
    };
    if let Some((c, lc)) = third {
        let end = j + 5;
        if more(end) {
            return None;
        }
        if la == 4
            && (1000..=2199).contains(&a)
            && (1..=12).contains(&b)
            && (1..=31).contains(&c)
            && lb == 2
            && lc == 2
        {
            return whole(c, b, a as i16, end);
        }
        if !(1..=31).contains(&a) || !(1..=12).contains(&b) || la > 2 || lb > 2 {
            return None;
        }
        if lc == 4 && (1000..=2199).contains(&c) {
            return whole(a, b, c as i16, end);
        }
        // Two figures for the year: versions look like it, so ask for more.
        let led =
            weekday.is_some() || matches!(before.word, Word::Le | Word::Du | Word::Au | Word::End);
        let padded = la == 2 && lb == 2;
        let article = led && before.word != Word::End;
        let bracketed = before.mark() == Some('(') && line.punct(end, ')');
        if lc == 2 && (sep == '/' || article || padded && (led || bracketed)) {
            return whole(a, b, year_of_two_figures(c as u8), end);
        }
        return None;
    }
    if more(j + 3) || mark(j + 3).is_some_and(|m| m != '.') && field(j + 4).is_some() {
        return None;
    }
    if la == 4
        && lb == 2
        && sep == '-'
        && (1000..=2199).contains(&a)
        && (1..=12).contains(&b)
        && weekday.is_none()
    {
        let run_on = (a + 1) % 100 == b;
        if !run_on {
            let cal = Cal::Month {
                month: b as u8,
                year: Some(a as i16),
                dir: Dir::Open,
            };
            return Hit::cal(i, j + 3, &ISO_MONTH, cal);
        }
    }
    // « le 2/3 » is a day; « 2/3 » alone a fraction.
    let hour_follows = line.is(j + 3, Word::A)
        && line.is(j + 4, Word::Figures)
        && line.is(j + 5, Word::Unit)
        && line.at(j + 5).unit() == Some(UnitNoun::Hour);
    let led =
        weekday.is_some() || matches!(before.word, Word::Le | Word::Du | Word::Au) || hour_follows;
    // « (21/03) », written as a date is; « (10/10) » is a mark.
    let led = led
        || before.mark() == Some('(')
            && line.punct(j + 3, ')')
            && (la, lb) == (2, 2)
            && b < 10
            && a != b;
    let fraction = line.any(j + 3, &[Word::De, Word::Des, Word::Du, Word::D]) && weekday.is_none();
    if sep == '/'
        && led
        && !fraction
        && la <= 2
        && lb <= 2
        && (1..=31).contains(&a)
        && (1..=12).contains(&b)
        && !line.any(j + 3, &[Word::Unit, Word::Month, Word::MonthAbbr])
    {
        let cal = Cal::Day {
            weekday,
            day: a,
            month: Some(b as u8),
            year: None,
            dir: Dir::Open,
        };
        return Hit::cal(i, j + 3, &NUMERIC_DAY_MONTH, cal);
    }
    None
}
