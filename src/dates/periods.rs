//! Stretches longer than a day: quarters, halves, seasons, weeks, decades,
//! centuries, and the beginnings, middles and ends of all of them.

use super::{
    absolute::{
        before_christ, counts_something, direction, sentence_start, weekday_name, year_number,
    },
    civil::DayPart,
    expr::{Base, Cal, Dir, Expr, Hit, Nth, PeriodKind, Unit},
    feasts, grammar,
    lexicon::{Word, unit},
    numerals, parts, relative,
    token::Line,
};
use crate::record::Modifier;

/// What says the year of a quarter: « 2024 », « de 2024 », « de l'an
/// dernier », « de l'année ».
enum Of {
    Year(i16),
    Cal(Cal),
    Dir(Dir),
    Nothing,
}

fn of_year(line: &Line, i: usize) -> (Of, usize) {
    if let Some((y, end)) = year_number(line, i)
        && !counts_something(line, end)
    {
        // « 2023-2024 » after a season or a half belongs to it.
        return (Of::Year(y), end);
    }
    if let Some((dir, end)) = direction(line, i) {
        return (Of::Dir(dir), end);
    }
    if line.any(i, &[Word::De, Word::D, Word::Du]) {
        let mut j = i + 1;
        if let Some((y, end)) = year_number(line, j)
            && !counts_something(line, end)
        {
            return (Of::Year(y), end);
        }
        if line.any(j, &[Word::L, Word::La]) {
            j += 1;
        }
        if let Some(hit) =
            relative::unit_phrase(line, j).or_else(|| relative::demonstrative(line, j))
            && let Expr::Cal(
                cal @ Cal::Shift {
                    unit: Unit::Year, ..
                },
            ) = hit.expr
        {
            return (Of::Cal(cal), hit.end);
        }
        // « de l'année » alone: of the year the text is at.
        if line.is(j, Word::Unit) && line.at(j).n == unit::YEAR && !line.str(j).ends_with('s')
            || line.is(j, Word::Exercice)
        {
            if let Some((y, end)) = year_number(line, j + 1) {
                return (Of::Year(y), end);
            }
            return (Of::Nothing, j + 1);
        }
    }
    (Of::Nothing, i)
}

fn period(
    start: usize,
    rule: &'static str,
    kind: PeriodKind,
    n: u8,
    of: (Of, usize),
) -> Option<Hit> {
    let cal = |year, dir| Cal::Period { kind, n, year, dir };
    let cal = match of.0 {
        Of::Year(y) => cal(Some(y), Dir::Open),
        Of::Dir(d) => cal(None, d),
        Of::Nothing => cal(None, Dir::Open),
        Of::Cal(c) => Cal::Within {
            part: Box::new(cal(None, Dir::Open)),
            of: Box::new(c),
        },
    };
    Hit::cal(start, of.1, rule, cal)
}

/// « premier trimestre 2024 », « second semestre », « dernier trimestre de
/// 2023 ».
pub(super) fn quarter(line: &Line, i: usize) -> Option<Hit> {
    let last = line.is(i, Word::Last);
    let (n, j) = if last {
        (0, i + 1)
    } else {
        numerals::ordinal(line, i)?
    };
    if !line.is(j, Word::Unit) {
        return None;
    }
    let (kind, top) = match line.at(j).n {
        unit::QUARTER => (PeriodKind::Quarter, 4),
        unit::HALF => (PeriodKind::Half, 2),
        _ => return None,
    };
    let of = of_year(line, j + 1);
    if last {
        // « le dernier trimestre » alone is the one before: another rule.
        return (of.1 > j + 1).then(|| period(i, "last_quarter", kind, top, of))?;
    }
    (1..=u32::from(top))
        .contains(&n)
        .then(|| period(i, "quarter", kind, n as u8, of))?
}

/// « T3 2023 », « S1 2024 », « au T2 ».
pub(super) fn quarter_code(line: &Line, i: usize) -> Option<Hit> {
    let (kind, top) = match line.str(i) {
        "T" | "Q" => (PeriodKind::Quarter, 4),
        "S" | "H" => (PeriodKind::Half, 2),
        _ => return None,
    };
    let t = line.at(i + 1);
    if t.word != Word::Figures || t.gap || t.len != 1 || !(1..=top).contains(&t.n) {
        return None;
    }
    let dash = if line.hyphen(i + 2) { i + 3 } else { i + 2 };
    if let Some((y, end)) = year_number(line, dash) {
        return period(i, "quarter_code", kind, t.n as u8, (Of::Year(y), end));
    }
    let led = matches!(line.before(i, 1).word, Word::Au);
    (led && kind == PeriodKind::Quarter)
        .then(|| period(i, "quarter_code", kind, t.n as u8, (Of::Nothing, i + 2)))?
}

/// « été 2024 », « l'automne dernier », « au printemps ».
pub(super) fn season(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    let summer = t.n == 1;
    // « ete » without its accents is nothing we know.
    if summer && !t.accent && !line.str(i).starts_with(['E', 'É']) {
        return None;
    }
    if t.cap && !sentence_start(line, i) && year_number(line, i + 1).is_none() {
        return None;
    }
    let before = line.before(i, 1);
    let of = of_year(line, i + 1);
    let said = !matches!(of.0, Of::Nothing);
    if let (Of::Year(y), true) = (&of.0, line.is(of.1 - 1, Word::Figures))
        && (line.hyphen(of.1) || line.punct(of.1, '/') && !line.at(of.1).gap)
        && line.is(of.1 + 1, Word::Figures)
    {
        return period(
            i,
            "season_year",
            PeriodKind::Season,
            t.n as u8,
            (Of::Year(*y), of.1 + 2),
        );
    }
    // « a été 2024 fois » is no summer.
    let participle = summer
        && !matches!(
            before.word,
            Word::L
                | Word::Cet
                | Word::D
                | Word::En
                | Word::End
                | Word::Punct
                | Word::Fin
                | Word::Debut
                | Word::Mi
                | Word::Depuis
                | Word::Avant
                | Word::Chaque
        );
    if participle
        && !(said
            && matches!(before.word, Word::De | Word::Other)
            && !line.any(i.wrapping_sub(1), &[Word::A]))
    {
        return None;
    }
    if participle && before.word == Word::Other && line.str(i - 1).ends_with('t') {
        return None;
    }
    if said {
        return period(i, "season_year", PeriodKind::Season, t.n as u8, of);
    }
    if of.1 > i + 1 {
        return None;
    }
    let two = line.before(i, 2);
    let led = match before.word {
        Word::L => {
            !matches!(two.word, Word::De | Word::Other)
                || matches!(two.word, Word::De)
                    && matches!(
                        line.before(i, 3).word,
                        Word::Fin | Word::Debut | Word::Milieu | Word::Cours
                    )
        }
        Word::Au | Word::Le => !t.cap,
        Word::Du => matches!(
            two.word,
            Word::Fin | Word::Debut | Word::Milieu | Word::Cours
        ),
        Word::Fin | Word::Debut | Word::Mi => true,
        _ => false,
    };
    led.then(|| {
        period(
            i,
            "season",
            PeriodKind::Season,
            t.n as u8,
            (Of::Nothing, i + 1),
        )
    })?
}

/// « années 1980 », « années 80 », « années soixante ».
pub(super) fn decade(line: &Line, i: usize) -> Option<Hit> {
    if !line.is(i, Word::Unit) || line.at(i).n != unit::YEAR || !line.folded(i, "annees") {
        return None;
    }
    decade_number(line, i + 1).and_then(|(d, end)| {
        // « années 1980-1990 », « années 70 et 80 »
        if (line.hyphen(end) || line.any(end, &[Word::Et]))
            && let Some((to, last)) = decade_number(line, end + 1)
            && to > d
            && line.hyphen(end)
        {
            return Hit::new(
                i,
                last,
                "decades",
                Expr::Range(Cal::Decade(d), Cal::Decade(to)),
            );
        }
        Hit::cal(i, end, "decade", Cal::Decade(d))
    })
}

fn decade_number(line: &Line, i: usize) -> Option<(i16, usize)> {
    let j = if line.punct(i, '\'') { i + 1 } else { i };
    let t = line.at(j);
    let (n, end) = numerals::cardinal(line, j)?;
    let n = n as i16;
    if n % 10 != 0 {
        return None;
    }
    let decade = match n {
        0 if t.len == 2 => 200,
        10..=90 => 190 + n / 10,
        1000..=2190 => n / 10,
        _ => return None,
    };
    Some((decade, end))
}

/// « XIXe siècle », « 19e siècle », « dix-neuvième siècle », « Ier siècle ».
pub(super) fn century(line: &Line, i: usize) -> Option<Hit> {
    let (n, mut end) = century_number(line, i)?;
    // « XIXe et XXe siècles », « XIXe-XXe siècles »: each its own.
    let mut k = end;
    if line.any(k, &[Word::Et, Word::Ou, Word::Au, Word::A]) || line.dash(k) || line.punct(k, ',') {
        k += 1;
        if line.any(k, &[Word::Du, Word::Au]) {
            k += 1;
        }
        if let Some((_, e)) = century_number(line, k) {
            k = e;
        }
    }
    let siecle = |j: usize| line.is(j, Word::Unit) && line.at(j).n == unit::CENTURY;
    if siecle(end) {
        end += 1;
    } else if !siecle(k) {
        return None;
    }
    let bc = before_christ(line, end);
    if bc > end {
        return Hit::cal(i, bc, "century_bc", Cal::Century(-(n as i16)));
    }
    Hit::cal(i, end, "century", Cal::Century(n as i16 - 1))
}

fn century_number(line: &Line, i: usize) -> Option<(u32, usize)> {
    if let Some(found) = numerals::ordinal(line, i) {
        return (1..=21).contains(&found.0).then_some(found);
    }
    if line.is(i, Word::Figures) && line.at(i).n <= 21 && numerals::is_ordinal_suffix(line, i + 1) {
        return Some((line.at(i).n, i + 2));
    }
    if !line.is(i, Word::Other) && !line.is(i, Word::Figures) {
        return None;
    }
    let s = line.str(i);
    if s == "I" && numerals::is_ordinal_suffix(line, i + 1) {
        return Some((1, i + 2));
    }
    for suffix in ["ème", "eme", "er", "è", "e", "ᵉ", "E"] {
        if let Some(stem) = s.strip_suffix(suffix)
            && let Some(n) = numerals::roman(stem)
        {
            return (n <= 21).then_some((n, i + 1));
        }
    }
    if !line.at(i + 1).gap && numerals::is_ordinal_suffix(line, i + 1) {
        return numerals::roman(s).filter(|n| *n <= 21).map(|n| (n, i + 2));
    }
    // « XIX° »
    numerals::roman(s)
        .filter(|n| (2..=21).contains(n) && s.len() > 1)
        .map(|n| (n, i + 1))
}

/// « fin mars », « début 2025 », « mi-juin », « courant 2026 », « fin des
/// années 1980 », « début du mois ».
pub(super) fn edge(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    let (modifier, mut j) = match t.word {
        Word::Debut => (Some(Modifier::Start), i + 1),
        Word::Fin => (Some(Modifier::End), i + 1),
        Word::Milieu => (Some(Modifier::Mid), i + 1),
        Word::Mi => (Some(Modifier::Mid), line.skip_hyphen(i + 1)),
        Word::Courant if line.at(i + 1).gap => (None, i + 1),
        _ => return None,
    };
    let bare = j;
    if line.any(j, &[Word::De, Word::D, Word::Du, Word::Des])
        && t.word != Word::Mi
        && t.word != Word::Courant
    {
        j += 1;
        if line.any(j, &[Word::L, Word::La]) {
            j += 1;
        }
    }
    let linked = j > bare;
    // « fin d'après-midi », « mi-journée », « fin de la matinée »
    if let Some((part, end)) = parts::part_word(line, j)
        && (linked || t.word == Word::Mi || part != DayPart::Daytime)
    {
        if t.word == Word::Mi {
            return Hit::cal(
                i,
                end,
                "part_mid",
                Cal::Part {
                    day: None,
                    part: DayPart::Noon,
                },
            );
        }
        let (day, end) = parts::of_day(line, end);
        let mut hit = Hit::cal(i, end, "part_edge", Cal::Part { day, part })?;
        hit.modifier = modifier;
        return Some(hit);
    }
    let hit = inner(line, j, linked)?;
    // « à la fin, mars… »: only what touches.
    let Expr::Cal(cal) = hit.expr else {
        return None;
    };
    let ok = match &cal {
        Cal::Month { .. } | Cal::Period { .. } | Cal::Weekend { .. } | Cal::Fortnight { .. } => {
            true
        }
        Cal::Year(_) => true,
        Cal::Decade(_)
        | Cal::Century(_)
        | Cal::Shift { .. }
        | Cal::Within { .. }
        | Cal::WeekOf(_) => linked,
        _ => false,
    };
    if !ok {
        return None;
    }
    let mut hit = Hit::cal(i, hit.end, "edge", cal)?;
    hit.modifier = modifier;
    Some(hit)
}

/// The stretch after « fin de », which may be a bare unit.
fn inner(line: &Line, j: usize, linked: bool) -> Option<Hit> {
    let t = line.at(j);
    let mut best = grammar::calendar(line, j);
    if t.word == Word::Season && best.is_none() {
        best = period(
            j,
            "season",
            PeriodKind::Season,
            t.n as u8,
            of_year(line, j + 1),
        );
    }
    if best.is_none()
        && let Some((y, end)) = year_number(line, j)
        && !counts_something(line, end)
    {
        best = Hit::cal(j, end, "year", Cal::Year(y));
    }
    if best.is_none()
        && linked
        && (t.word == Word::Unit && !line.str(j).ends_with("ées") || t.word == Word::Exercice)
    {
        let u = if t.word == Word::Exercice {
            Unit::Year
        } else {
            Unit::of(t.n)?
        };
        let singular = t.n != unit::YEAR || !line.str(j).ends_with("ans");
        let known = matches!(
            u,
            Unit::Week
                | Unit::Month
                | Unit::Quarter
                | Unit::Half
                | Unit::Year
                | Unit::Decade
                | Unit::Century
        );
        // « fin de semaine de … », « fin du mois de mars » were read above.
        if known && singular && t.n != unit::SEASON {
            best = Hit::cal(
                j,
                j + 1,
                "unit",
                Cal::Shift {
                    unit: u,
                    by: 0,
                    base: Base::Published,
                },
            );
        }
    }
    best
}

/// « premier lundi de mars 2024 », « dernière semaine de septembre », « 3e jour
/// d'octobre », « première quinzaine de juin ».
pub(super) fn nth(line: &Line, i: usize) -> Option<Hit> {
    let (n, j) = if line.is(i, Word::Last) {
        (-1, i + 1)
    } else {
        let (n, j) = numerals::ordinal(line, i)?;
        (i64::from(n), j)
    };
    let t = line.at(j);
    let (what, mut k) = if let Some((w, end)) = weekday_name(line, j) {
        (Some(Nth::Weekday(w)), end)
    } else if let Some(end) = relative::weekend(line, j) {
        (Some(Nth::Weekend), end)
    } else if t.word == Word::Unit {
        match t.n {
            unit::WEEK => (Some(Nth::Week), j + 1),
            unit::DAY => (Some(Nth::Day), j + 1),
            unit::FORTNIGHT => (None, j + 1),
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
    let of = grammar::calendar(line, k)?;
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
    Hit::cal(i, of.end, "nth", cal)
}

/// « semaine du 6 octobre », « week-end du 12 mars », « week-end des 12 et 13
/// octobre », « semaine avant Noël ».
pub(super) fn week_of(line: &Line, i: usize) -> Option<Hit> {
    let week = line.is(i, Word::Unit) && line.at(i).n == unit::WEEK;
    let weekend = relative::weekend(line, i);
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
            "week_of",
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
        let hit = grammar::calendar_or_range(line, k)?;
        return match hit.expr {
            Expr::Range(a, b) => Hit::new(i, hit.end, "week_of", Expr::Range(a, b)),
            Expr::Cal(cal @ (Cal::Day { .. } | Cal::Feast { .. } | Cal::Offset { .. })) if week => {
                Hit::cal(i, hit.end, "week_of", Cal::WeekOf(Box::new(cal)))
            }
            Expr::Cal(cal @ (Cal::Day { .. } | Cal::Feast { .. })) => Hit::cal(
                i,
                hit.end,
                "weekend_of",
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

#[cfg(test)]
mod tests {
    use super::super::cases::*;

    #[test]
    fn quarters_halves_seasons() {
        check(&[
            "Au [premier trimestre 2023|2023-Q1], la vente a chuté.",
            "Le [T3 2023|2023-Q3] fut bon.",
            "Le [second semestre 2022|2022-H2] fut rude.",
            "Le [S1 2024|2024-H1] sera rude.",
            "Le résultat du [dernier trimestre de 2022|2022-Q4] a surpris.",
            "Elle a grandi au [deuxième trimestre|2023-Q2].",
            "L'[été dernier|2023-SU], il a plu.",
            "L'[été 2022|2022-SU] fut chaud.",
            "Ils ouvriront à l'[automne|2024-FA].",
            "Le [printemps prochain|2024-SP] sera décisif.",
        ]);
    }

    #[test]
    fn decades_centuries() {
        check(&[
            "Dans les [années 1980|198X], on fumait.",
            "La mode des [années 80|198X].",
            "Le rock des [années soixante|196X].",
            "Bâti au [XVIIe siècle|16XX].",
            "Un roman du [XIXe|18XX] et du [XXe siècle|19XX].",
            "Un meuble du [dix-huitième siècle|17XX].",
            "Une querelle du [siècle dernier|19XX].",
            "Le [19e siècle|18XX] finissant.",
        ]);
    }

    #[test]
    fn beginnings_middles_ends() {
        check(&[
            "Livré [fin mars 2023|2023-03|END].",
            "Livré [début 2025|2025|START].",
            "Elle partira à la [mi-août|2024-08|MID].",
            "Prévu [courant 2026|2026].",
            "À la [fin des années 1990|199X|END], tout change.",
            "D'ici la [fin de l'année|2024|END].",
            "En [début de semaine|2024-W11|START].",
            "Au [milieu du XVIIIe siècle|17XX|MID].",
            "La [première quinzaine de juin 2023|2023-06-01/2023-06-15].",
        ]);
    }

    #[test]
    fn counted_inside_a_longer_stretch() {
        check(&[
            "Le [premier lundi de mars 2024|2024-03-04].",
            "Le [dernier vendredi de mai 2024|2024-05-31].",
            "La [dernière semaine de septembre 2014|2014-W39].",
            "La [semaine du 4 mars 2024|2024-W10].",
        ]);
    }

    #[test]
    fn no_periods() {
        check(&[
            "Elle a été reçue.",
            "Le vote a été annulé.",
            "Un homme d'un certain âge.",
            "Le Printemps de Bourges attire.",
            "Il a fini deuxième.",
            "La fin justifie les moyens.",
            "Louis XIV régnait.",
            "Le tramway T3 roule.",
        ]);
    }
}
