//! A unit with a direction: « semaine dernière », « an prochain », « prochain
//! trimestre », « mois suivant », « même année », « année en cours ».
//!
//! « dernier » and « prochain » count from the publication date, « suivant »,
//! « précédent » and « même » from a date of the text. Plurals are lengths, not
//! stretches of the calendar.

use super::{counted_unit, shift};
use crate::dates::{
    absolute::direction,
    expr::{Base, Cal, Dir, Expr, Hit, Unit},
    feasts,
    lexicon::{Word, unit},
    token::Line,
};

/// Past « week-end » at `i`.
pub(in crate::dates) fn weekend(line: &Line, i: usize) -> Option<usize> {
    if line.is(i, Word::Unit) && line.at(i).n == unit::WEEKEND {
        return Some(i + 1);
    }
    (line.is(i, Word::Week) && line.at(i).n == 0).then_some(())?;
    let j = line.skip_hyphen(i + 1);
    (line.is(j, Word::Week) && line.at(j).n > 0).then_some(j + 1)
}

/// A unit with a direction: « semaine dernière », « an prochain », « mois
/// suivant », « même année », « prochain trimestre », « année en cours ».
pub(in crate::dates) fn unit_phrase(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    // « même année », « même jour »
    if t.word == Word::Same && t.n == 0 && line.is(i + 1, Word::Unit) {
        let u = counted_unit(line, i + 1).filter(|u| *u >= Unit::Day)?;
        return Hit::cal(i, i + 2, "same_unit", shift(u, 0, Base::Text));
    }
    // « prochain trimestre », « dernier week-end », « précédente décennie »
    if matches!(t.word, Word::Next | Word::Last | Word::Preceding) && t.n == 0 {
        let back = t.word != Word::Next;
        if let Some(end) = weekend(line, i + 1) {
            let of = line.any(end, &[Word::De, Word::D, Word::Du]);
            let dir = if back { Dir::Last } else { Dir::Next };
            return (!of).then(|| Hit::cal(i, end, "unit_direction", Cal::Weekend { dir }))?;
        }
        if t.word == Word::Next
            && let Some(hit) = feasts::feast(line, i + 1)
            && let Expr::Cal(Cal::Feast {
                feast, year: None, ..
            }) = hit.expr
        {
            return Hit::cal(
                i,
                hit.end,
                "feast",
                Cal::Feast {
                    feast,
                    year: None,
                    dir: Dir::Next,
                },
            );
        }
        if line.is(i + 1, Word::Exercice) {
            return Hit::cal(
                i,
                i + 2,
                "unit_direction",
                shift(Unit::Year, if back { -1 } else { 1 }, Base::Published),
            );
        }
        let u = counted_unit(line, i + 1)?;
        let of = line.any(
            i + 2,
            &[Word::De, Word::D, Word::Du, Word::Des, Word::Figures],
        );
        if of || u <= Unit::Day {
            return None;
        }
        return Hit::cal(
            i,
            i + 2,
            "unit_direction",
            shift(u, if back { -1 } else { 1 }, Base::Published),
        );
    }
    if let Some(end) = weekend(line, i) {
        let (dir, end) = direction(line, end)?;
        return Hit::cal(i, end, "unit_direction", Cal::Weekend { dir });
    }
    let u = if t.word == Word::Exercice {
        Unit::Year
    } else {
        counted_unit(line, i)?
    };
    let j = i + 1;
    // « le jour même »
    if u == Unit::Day
        && line.is(j, Word::Same)
        && line.at(j).n == 0
        && line.any_before(i, &[Word::Le, Word::Du])
    {
        return Hit::cal(i, j + 1, "same_unit", shift(u, 0, Base::Text));
    }
    if let Some((dir, end)) = direction(line, j) {
        if u < Unit::Day {
            return None;
        }
        // « une année passée à », « le mois passé »: participles take an object.
        if line.is(j, Word::Past)
            && matches!(
                line.before(i, 1).word,
                Word::Un | Word::Ordinal | Word::De | Word::D
            )
        {
            return None;
        }
        let (by, base) = match dir {
            Dir::Last => (-1, Base::Published),
            Dir::Next => (1, Base::Published),
            Dir::Following => (1, Base::Text),
            _ => (-1, Base::Text),
        };
        // « la journée passée », « jour dernier » are no dates.
        if u == Unit::Day && !matches!(base, Base::Text) {
            return None;
        }
        // « les deux années suivantes » and bare plurals are lengths.
        if line.str(i).ends_with('s') && line.str(i) != "mois" || line.at(j).n == 1 {
            return None;
        }
        return Hit::cal(i, end, "unit_direction", shift(u, by, base));
    }
    // « semaine qui suit », « année à venir », « année en cours »
    if u >= Unit::Day && line.is(j, Word::Qui) {
        let by = if line.folded(j + 1, "suit")
            || line.folded(j + 1, "suivit")
            || line.folded(j + 1, "vient")
        {
            1
        } else if line.folded(j + 1, "precede") || line.folded(j + 1, "precedait") {
            -1
        } else {
            return None;
        };
        let closes = line.is(j + 2, Word::End) || line.is(j + 2, Word::Punct);
        let base = if line.folded(j + 1, "vient") {
            Base::Published
        } else {
            Base::Text
        };
        return closes.then(|| Hit::cal(i, j + 2, "unit_follows", shift(u, by, base)))?;
    }
    if u >= Unit::Week
        && line.is(j, Word::A)
        && line.is(j + 1, Word::Venir)
        && !line.str(i).ends_with("ans")
        && !line.str(i).ends_with("ées")
    {
        return Hit::cal(i, j + 2, "unit_direction", shift(u, 1, Base::Published));
    }
    if u >= Unit::Week && line.is(j, Word::En) && line.is(j + 1, Word::Cours)
        || u >= Unit::Decade && line.is(j, Word::Current)
    {
        let end = if line.is(j, Word::Current) {
            j + 1
        } else {
            j + 2
        };
        return Hit::cal(i, end, "unit_current", shift(u, 0, Base::Published));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn units_with_a_direction() {
        check(&[
            "La [semaine dernière|2024-W10], il pleuvait.",
            "Le [mois prochain|2024-04] sera calme.",
            "L'[an dernier|2023] fut calme.",
            "Le [trimestre dernier|2023-Q4] fut bon.",
            "Il a gagné le [week-end dernier|2024-03-09/2024-03-10].",
        ]);
    }
}
