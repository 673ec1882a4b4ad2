//! Quarters and halves: « premier trimestre 2024 », « second semestre », « T3
//! 2023 »; and what says the year of a part of a year, for seasons too.

use crate::dates::{
    absolute::{direction, uncounted_year, year_number},
    expr::{Cal, Dir, Hit, PeriodKind, Unit},
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals, relative,
};

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
        if let Some((cal, end)) = relative::shifted(line, j, Unit::Year) {
            return (Of::Cal(cal), end);
        }
        // « de l'année » alone: of the year the text is at.
        if line.is(j, Word::Unit)
            && line.at(j).unit() == Some(UnitNoun::Year)
            && !line.str(j).ends_with('s')
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

pub(super) fn period(
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
        Of::Cal(c) => cal(None, Dir::Open).within(c),
    };
    Hit::cal(start, of.1, rule, cal)
}

/// « premier trimestre 2024 », « second semestre », « dernier trimestre de
/// 2023 ».
pub(in crate::dates) fn quarter(line: &Line, i: usize) -> Option<Hit> {
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
pub(in crate::dates) fn quarter_code(line: &Line, i: usize) -> Option<Hit> {
    let (kind, top) = match line.str(i) {
        "T" | "Q" => (PeriodKind::Quarter, 4),
        "S" | "H" => (PeriodKind::Half, 2),
        _ => return None,
    };
    let t = line.at(i + 1);
    if t.word != Word::Figures || t.gap || t.len != 1 || !(1..=top).contains(&t.value()) {
        return None;
    }
    let dash = if line.hyphen(i + 2) { i + 3 } else { i + 2 };
    if let Some((y, end)) = year_number(line, dash) {
        return period(i, "quarter_code", kind, t.value() as u8, (Of::Year(y), end));
    }
    let led = matches!(line.before(i, 1).word, Word::Au);
    (led && kind == PeriodKind::Quarter).then(|| {
        period(
            i,
            "quarter_code",
            kind,
            t.value() as u8,
            (Of::Nothing, i + 2),
        )
    })?
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn quarters_and_halves() {
        check(&[
            "Au [premier trimestre 2023|2023-Q1], la vente a chuté.",
            "Le [T3 2023|2023-Q3] fut bon.",
            "Le [second semestre 2022|2022-H2] fut rude.",
            "Le [S1 2024|2024-H1] sera rude.",
            "Le résultat du [dernier trimestre de 2022|2022-Q4] a surpris.",
            "Elle a grandi au [deuxième trimestre|2023-Q2].",
        ]);
    }
}
