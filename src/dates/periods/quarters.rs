//! Quarters and halves: « premier trimestre 2024 », « second semestre », « T3
//! 2023 »; and what says the year of a part of a year, for seasons too.

use crate::dates::{
    expr::{Cal, Dir, PeriodKind, Unit},
    fields::{direction, uncounted_year, year_number},
    hit::{Hit, Rule, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals, unit_words,
};
use crate::french::agreement::plural;

rules! {
    QUARTER "quarter" reads "a quarter or a half of a year"
        at [Figures Ordinal Last] by place(quarter)
        yes [
            "Au [premier trimestre 2023|2023-Q1], la vente a chuté.",
            "Le [second semestre 2022|2022-H2] fut rude.",
            "Elle a grandi au [deuxième trimestre|2023-Q2].",
            "Les ventes du [1er trim. 2023|2023-Q1] reculent.",
            "Au [3 e trimestre 2022|2022-Q3], la dette a grossi.",
            "Au [2 ème trim. 2021|2021-Q2], tout a fermé.",
        ]
        no ["En second lieu, rien.",
            "Le second semestre universitaire commence.",
            "Le premier trimestre de l'année scolaire fut rude."];
    LAST_QUARTER "last_quarter" reads "the last quarter or half of a year that is said"
        by of(&QUARTER)
        yes ["Le résultat du [dernier trimestre de 2022|2022-Q4] a surpris."]
        no ["Le [trimestre dernier|2023-Q4] fut bon."];
    QUARTER_CODE "quarter_code" reads "« T3 2023 », « S1 2024 »"
        at [Unit] by place(quarter_code).initials("TQ")
        yes ["Le [T3 2023|2023-Q3] fut bon.", "Le [S1 2024|2024-H1] sera rude."]
        no ["Le tramway T3 roule."];
}

/// What says the year of a quarter: « 2024 », « de 2024 », « de l'an
/// dernier », « de l'année ».
pub(super) enum Of {
    Year(i16),
    Cal(Cal),
    Dir(Dir),
    Nothing,
}

pub(super) fn of_year(line: &Line, i: usize) -> (Of, usize) {
    if let Some((y, end)) = uncounted_year(line, i) {
        // « 2023-2024 » after a season or a half belongs to it.
        return (Of::Year(y), end);
    }
    if let Some((dir, end)) = direction(line, i) {
        return (Of::Dir(dir), end);
    }
    if line.any(i, &[Word::De, Word::D, Word::Du]) {
        let mut j = i + 1;
        if let Some((y, end)) = uncounted_year(line, j) {
            return (Of::Year(y), end);
        }
        if line.any(j, &[Word::L, Word::La]) {
            j += 1;
        }
        if let Some((cal, end)) = unit_words::shifted(line, j, Unit::Year) {
            return (Of::Cal(cal), end);
        }
        // « de l'année » alone: of the year the text is at.
        if line.is(j, Word::Unit)
            && line.at(j).unit() == Some(UnitNoun::Year)
            && !plural(line.str(j))
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

/// The part `n` of the year that `of` says.
pub(super) fn part_of_year(kind: PeriodKind, n: u8, of: Of) -> Cal {
    let cal = |year, dir| Cal::Period { kind, n, year, dir };
    match of {
        Of::Year(y) => cal(Some(y), Dir::Open),
        Of::Dir(d) => cal(None, d),
        Of::Nothing => cal(None, Dir::Open),
        Of::Cal(c) => cal(None, Dir::Open).within(c),
    }
}

/// Like [`part_of_year`], as a match that ends where the year does.
pub(super) fn period(
    start: usize,
    rule: &'static Rule,
    kind: PeriodKind,
    n: u8,
    (of, end): (Of, usize),
) -> Option<Hit> {
    Hit::cal(start, end, rule, part_of_year(kind, n, of))
}

/// « premier trimestre 2024 », « second semestre », « dernier trimestre de
/// 2023 ».
fn quarter(line: &Line, i: usize) -> Option<Hit> {
    let last = line.is(i, Word::Last);
    let (n, j) = if last {
        (0, i + 1)
    } else {
        numerals::ordinal(line, i)?
    };
    if !line.is(j, Word::Unit) {
        return None;
    }
    let (kind, top) = match line.at(j).unit() {
        Some(UnitNoun::Quarter) => (PeriodKind::Quarter, 4),
        Some(UnitNoun::Half) => (PeriodKind::Half, 2),
        _ => return None,
    };
    // « 1er trim. 2024 »
    let mut of = of_year(line, j + 1);
    if line.punct(j + 1, '.')
        && !line.at(j + 1).gap
        && line.str(j).len() <= 4
        && let said = of_year(line, j + 2)
        && said.1 > j + 2
    {
        of = said;
    }
    // « second semestre universitaire », « premier trimestre de l'année scolaire »
    if (j..of.1).any(|k| line.is(k, Word::Unit) && unit_words::own_calendar(line, k)) {
        return None;
    }
    if last {
        // « le dernier trimestre » alone is the one before: another rule.
        return (of.1 > j + 1).then(|| period(i, &LAST_QUARTER, kind, top, of))?;
    }
    (1..=u32::from(top))
        .contains(&n)
        .then(|| period(i, &QUARTER, kind, n as u8, of))?
}

/// « T3 2023 », « S1 2024 », « au T2 ».
fn quarter_code(line: &Line, i: usize) -> Option<Hit> {
    let (kind, top) = match line.str(i) {
        "T" | "Q" => (PeriodKind::Quarter, 4),
        "S" => (PeriodKind::Half, 2),
        _ => return None,
    };
    let t = line.at(i + 1);
    if t.word != Word::Figures || t.gap || t.len != 1 || !(1..=top).contains(&t.value()) {
        return None;
    }
    let dash = if line.hyphen(i + 2) { i + 3 } else { i + 2 };
    if let Some((y, end)) = year_number(line, dash) {
        return period(i, &QUARTER_CODE, kind, t.value() as u8, (Of::Year(y), end));
    }
    let led = matches!(line.before(i, 1).word, Word::Au);
    (led && kind == PeriodKind::Quarter).then(|| {
        period(
            i,
            &QUARTER_CODE,
            kind,
            t.value() as u8,
            (Of::Nothing, i + 2),
        )
    })?
}
