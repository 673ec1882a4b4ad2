//! A month, with its year or alone: « mars 2024 », « mois de mars », « juin
//! dernier », « mars ».
//!
//! Mars, Avril and Mai are also a planet, brands and people: a capital inside a
//! sentence needs a preposition of time before it.

use super::year::{YearPart, short_year, year_after};
use crate::dates::{
    era::before_christ,
    expr::{Cal, Dir},
    fields::{direction, month_name, year_number},
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
};

rules! {
    MONTH "month" reads "a month without its year"
        at [Numeral Month MonthAbbr Unit] by place(month) rank BARE
        yes [
            "Il est parti en [novembre|2023-11].",
            "Elle partira en [novembre|2024-11].",
        ]
        no [
            "Le professeur Mai enseigne à Lille.",
            "Avril Lavigne chante.",
            "La sonde tourne autour de Mars.",
            "Le groupe Mars vend du chocolat.",
        ];
    MONTH_YEAR "month_year" reads "a month with its year"
        by of(&MONTH).past()
        yes [
            "Reçu en [mars 2019|2019-03], rendu en [sept. 2020|2020-09].",
            "Les grèves de [mai 68|1968-05] ont marqué le pays.",
            "En [juillet 98|1998-07], tout le monde dansait.",
            "Entre [avril 97|1997-04] et [juin 99|1999-06], il a enseigné.",
            "Les accords de [mai '82|1982-05] sont étudiés.",
            "Parti en [octobre 03|2003-10], il est revenu.",
            "Bail signé en [juill. 2020|2020-07] à Metz.",
        ]
        no ["La mission Mars 2020 cherche de l'eau."];
    MONTH_DIRECTION "month_direction" reads "a month with « dernier », « prochain » and the like"
        by of(&MONTH)
        yes ["Les travaux ont commencé en [juin dernier|2023-06]."]
        no ["Le groupe Mars passe à l'offensive."];
}

/// « mars 2024 », « mois de mars », « juin dernier », « mars ».
fn month(line: &Line, i: usize) -> Option<Hit> {
    let mut j = i;
    let of_month = line.is(i, Word::Unit)
        && line.at(i).unit() == Some(UnitNoun::Month)
        && line.any(i + 1, &[Word::De, Word::D]);
    if of_month {
        j = i + 2;
    }
    let t = line.at(j);
    let abbreviated = t.word != Word::Month;
    // « sept. 2023 » without a day
    let (month, mut end) = if t.word == Word::Numeral
        && t.value() == 7
        && line.punct(j + 1, '.')
        && year_number(line, j + 2).is_some()
    {
        (9, j + 2)
    } else {
        month_name(line, j, false)?
    };
    // The mission Mars 2020, the brand Avril: a noun leads the name.
    if t.cap
        && !of_month
        && line.is(j - usize::from(j > 0), Word::Other)
        && j > 0
        && !line.before(j, 1).cap
        && !line.str(j).chars().all(char::is_uppercase)
    {
        return None;
    }
    let year = year_after(line, end).filter(|(y, e)| {
        let short = matches!(y, YearPart::Number(_)) && line.at(*e - 1).len == 2;
        !short || two_figures(line, i, end)
    });
    if let Some((y, e)) = year {
        end = e;
        let cal = |year| Cal::Month {
            month,
            year,
            dir: Dir::Open,
        };
        let cal = match y {
            YearPart::Number(y) => cal(Some(y)),
            YearPart::Of(of) => cal(None).within(of),
        };
        return Hit::cal(i, end, &MONTH_YEAR, cal);
    }
    if abbreviated {
        return None;
    }
    if let Some((dir, e)) = direction(line, end) {
        return Hit::cal(
            i,
            e,
            &MONTH_DIRECTION,
            Cal::Month {
                month,
                year: None,
                dir,
            },
        );
    }
    if !of_month && is_a_name(line, j) {
        return None;
    }
    let cal = Cal::Month {
        month,
        year: None,
        dir: Dir::Open,
    };
    Hit::cal(i, end, &MONTH, cal)
}

/// The two figures behind a month are its year: « mai 68 », « en juin 12, ».
fn two_figures(line: &Line, start: usize, end: usize) -> bool {
    let led = line.any_before(start, &[Word::En, Word::Depuis, Word::Fin, Word::Debut]);
    short_year(line, end).is_some_and(|y| (y.sure || led) && before_christ(line, y.end) == y.end)
}

/// A month's word that is a planet, a person or a firm: capital inside a
/// sentence, or beside another capitalised name.
fn is_a_name(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    let next = line.at(i + 1);
    // « marche » is no month, but « mars- » may begin a compound.
    if line.hyphen(i + 1) && !matches!(line.word(i + 2), Word::Month | Word::MonthAbbr)
        || i > 1 && line.hyphen(i - 1) && !line.any(i - 2, &[Word::Month, Word::Mi])
    {
        return true;
    }
    if !t.cap {
        return false;
    }
    if line.opens_sentence(i) {
        // A sentence that opens with « Mars » is about the planet or the firm,
        // unless another month follows.
        let months = line.any(i + 2, &[Word::Month]);
        return next.word == Word::Other && next.cap
            || t.month() == Some(3) && !months && line.tokens.len() > i + 1;
    }
    let shouted = line.str(i).chars().all(char::is_uppercase);
    let before = line.before(i, 1);
    let led = matches!(
        before.word,
        Word::En | Word::Debut | Word::Fin | Word::Mi | Word::Des2 | Word::Depuis
    );
    let weekday_style = matches!(before.word, Word::Weekday);
    if shouted || led && t.month() != Some(3) || weekday_style {
        return false;
    }
    true
}
