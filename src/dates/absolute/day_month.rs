//! A day of a named month: « vendredi 24 janvier 2025 », « 14-Juillet »,
//! « 1er mai prochain », « fév 15, 2013 ».
//!
//! A street or a school that bears a date is none (« rue du 8-Mai-1945 »), and
//! with a hyphen only the national days are days: « le 11-Septembre » is a name.

use super::year::{YearPart, year_after};
use crate::dates::{
    era::before_christ,
    expr::{Cal, Dir},
    fields::{Lead, day_number, direction, is_paper, month_name, weekday_before, year_number},
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
};
use crate::french::sets::dates as sets;

rules! {
    DAY_MONTH "day_month" reads "a day of a named month"
        at [Figures Numeral Ordinal Weekday WeekdayAbbr Ce] by place(day_month)
        yes [
            "Paru le [vendredi 24 janvier 2025|2025-01-24].",
            "PARU LE [VENDREDI 24 JANVIER 2025|2025-01-24]",
            "Vu le [6 nov. 2025|2025-11-06] à Metz.",
            "Publié dans la Gazette du Dimanche, le [3 mars|2024-03-03].",
            "Né un [1er mai 1968|1968-05-01].",
            "Le [1er mai|2023-05-01] a été calme.",
            "Le [7 decembre 2021|2021-12-07], sans accent.",
            "Le [quinze juin 2022|2022-06-15], en lettres.",
            "Le [2\u{a0}février\u{202f}2023|2023-02-02], espaces insécables.",
            "Il est mort le [14 juillet 1953|1953-07-14].",
            "Le [lundi, 11 mars 2024|2024-03-11].",
            "La vente du [12 mars de l'an dernier|2023-03-12].",
            // Two figures for the year.
            "Né le [3 mai 71|1971-05-03] à Lens, il chante.",
            "La loi du [9 octobre 81|1981-10-09] est connue.",
            "Le bail du [2 juin 08|2008-06-02] court encore.",
            "Élue le [21 mars '77|1977-03-21], elle siège.",
            "Signé le [12 avril 23|2023-04-12] à Gap.",
            // A suffix or a full stop that stands apart.
            "Le [1 er avril|2024-04-01], la piscine rouvrira.",
            "Bail signé le [4 juill. 2021|2021-07-04] à Gap.",
            "Vu le [8 févr. 2022|2022-02-08] à Gap.",
            "Il est venu le [lundi 20 novembre dernier|2023-11-20].",
            "Défilé du [14-Juillet|2023-07-14].",
            "La fête du [29 février|2024-02-29].",
            "Le [12 mars au soir|2024-03-12TEV], il a cédé.",
            // Impossible: the span stays, the value is null.
            "Le [31 février 2024|null], dit-il.",
            "Le [32 août|null].",
            "Le [mardi 13 mars 2024|null].",
        ]
        no [
            "La rue du 8-Mai-1945 est fermée.",
            "Il habite place du 4 Septembre.",
            "Le traumatisme du 11-Septembre demeure.",
            "Suivez @Mai1968 ou #14juillet.",
        ];
    MONTH_DAY_YEAR "month_day_year" reads "a month, a day and a year in the English order"
        at [Weekday WeekdayAbbr Month MonthAbbr] by place(month_day_year)
        yes ["Paru le [décembre 5 2014|2014-12-05].", "Posté [fév 15, 2013|2013-02-15]"]
        no ["En [mai|2024-05], 5 équipes joueront."];
}

/// « [lundi] 12 mars [2024] », « 14-Juillet », « 1er mai prochain ».
pub(in crate::dates) fn day_month(line: &Line, i: usize) -> Option<Hit> {
    let lead = Lead::read(line, i);
    let (day, after) = day_number(line, lead.end)?;
    let hyphen = line.hyphen(after) && line.is(after + 1, Word::Month);
    let mut k = if hyphen { after + 1 } else { after };
    // « 3e jour d'octobre » is counted elsewhere; « 12 du mois de mars » here.
    if line.is(k, Word::Du)
        && line.at(k + 1).unit() == Some(UnitNoun::Month)
        && line.is(k + 1, Word::Unit)
        && line.any(k + 2, &[Word::De, Word::D])
    {
        k += 3;
    }
    let (month, mut end) = month_name(line, k, true)?;
    if inside_a_name(line, i) || line.is(i, Word::Weekday) && is_paper(line, i) {
        return None;
    }
    // « Ce 1 mai » fine; « 20 Minutes », « 7 Mars » as a firm: the day decides.
    // « 11-Septembre », « Mouvement du 20-Février »: with a hyphen only the
    // national days are days of the year.
    const NATIONAL: [(u32, u8); 5] = [(14, 7), (1, 5), (8, 5), (11, 11), (15, 8)];
    if hyphen
        && !NATIONAL.contains(&(day, month))
        && year_number(line, line.skip_hyphen(end)).is_none()
    {
        return None;
    }
    if line.before(lead.end, 1).word == Word::Figures && !line.at(lead.end).gap {
        return None;
    }
    let (mut year, mut dir, mut of) = (None, lead.dir, None);
    let y_at = if hyphen || line.punct(end, '/') && !line.at(end).gap {
        line.skip_hyphen(end)
    } else {
        end
    };
    if let Some((y, e)) = year_after(line, y_at) {
        match y {
            YearPart::Number(y) => year = Some(y),
            YearPart::Of(cal) => of = Some(cal),
        }
        end = e;
    } else if let Some((d, e)) = direction(line, end) {
        (dir, end) = (d, e);
    }
    if let (Some(y), true) = (year, before_christ(line, end) > end) {
        // Astronomical years have a year 0.
        year = Some(1 - y);
        end = before_christ(line, end);
    }
    let cal = Cal::Day {
        weekday: lead.weekday,
        day,
        month: Some(month),
        year,
        dir,
    };
    let cal = match of {
        Some(of) => cal.within(of),
        None => cal,
    };
    Hit::cal(i, end, &DAY_MONTH, cal)
}

/// Words that put a date into the name of a street or a building.
fn inside_a_name(line: &Line, i: usize) -> bool {
    let (du, head) = (line.before(i, 1), line.before(i, 2));
    if !matches!(du.word, Word::Du | Word::De | Word::Des) || head.word == Word::End {
        return false;
    }
    // « à quai du 23 juin au 18 août »
    !line.any_before(i - 2, &[Word::A]) && line.among(i - 2, &sets::NAMED_AFTER_DAYS)
        || line.is(i - 2, Word::Cours)
}

/// « décembre 5 2014 », « fév 15, 2013 »: only with its year.
fn month_day_year(line: &Line, i: usize) -> Option<Hit> {
    let (weekday, j) = weekday_before(line, i);
    let (month, j) = month_name(line, j, false)?;
    let (day, j) = day_number(line, j)?;
    let j = if line.punct(j, ',') { j + 1 } else { j };
    let (year, end) = year_number(line, j)?;
    let cal = Cal::Day {
        weekday,
        day,
        month: Some(month),
        year: Some(year),
        dir: Dir::Open,
    };
    Hit::cal(i, end, &MONTH_DAY_YEAR, cal)
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn figures_behind_a_date_that_count() {
        check(&[
            "Le [12 mars|2024-03-12] 40 personnes ont défilé.",
            "Le [12 mars|2024-03-12], 60 % ont voté.",
            "Le [2 avril|2024-04-02] 25 000 coureurs partiront.",
            "Le [2 avril|2024-04-02] 50 pour cent des bus rouleront.",
            "En [mai|2023-05] 12 usines ont fermé.",
            "En [mai|2023-05] 60 kilos ont fondu.",
            "En [mars|2024-03] 12 à 15 bus ont brûlé.",
        ]);
    }

    #[test]
    fn impossible_days_keep_the_span_and_warn() {
        check(&[
            "Le [31 février 2024|null], dit-il.",
            "Le [32 août|null].",
            "Le [mardi 13 mars 2024|null].",
        ]);
        let found = crate::dates::find("Le 31 février 2024.", &Default::default());
        assert_eq!(found.warnings, ["impossible_date:31 février 2024"]);
    }
}
