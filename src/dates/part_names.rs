//! The names of the parts of the day: « matin », « après-midi », « tombée de la
//! nuit », and the day that may follow one.

use super::{
    civil::DayPart,
    expr::{Cal, Expr},
    lexicon::{PartNoun, UnitNoun, Word},
    line::{Held, Line},
    places::is_day,
};
use crate::french::sets::dates as sets;

/// The name of a part of the day at `i`.
pub(super) fn part_word(line: &Line, i: usize) -> Option<(DayPart, usize)> {
    let t = line.at(i);
    match t.word {
        Word::Part => Some((
            match t.part()? {
                PartNoun::Morning => DayPart::Morning,
                PartNoun::Afternoon => DayPart::Afternoon,
                PartNoun::Evening => DayPart::Evening,
                PartNoun::Night => DayPart::Night,
                PartNoun::Noon => DayPart::Noon,
                PartNoun::Dawn => DayPart::Dawn,
                PartNoun::Dusk => DayPart::Dusk,
                PartNoun::Midnight => return None,
            },
            i + 1,
        )),
        Word::Apres => {
            let j = line.skip_hyphen(i + 1);
            (line.is(j, Word::Part) && line.at(j).part() == Some(PartNoun::Noon))
                .then_some((DayPart::Afternoon, j + 1))
        }
        Word::Mi => {
            let j = line.skip_hyphen(i + 1);
            line.among(j, &sets::units::DAYTIME)
                .then_some((DayPart::Noon, j + 1))
        }
        Word::Coucher | Word::Lever if line.is(i + 1, Word::Du) && line.is(i + 2, Word::Soleil) => {
            Some((
                if t.word == Word::Lever {
                    DayPart::Dawn
                } else {
                    DayPart::Dusk
                },
                i + 3,
            ))
        }
        Word::Tombee
            if line.is(i + 1, Word::De)
                && line.is(i + 2, Word::La)
                && line.at(i + 3).part() == Some(PartNoun::Night)
                && line.is(i + 3, Word::Part) =>
        {
            Some((DayPart::Dusk, i + 4))
        }
        Word::Petit
            if line.is(i + 1, Word::Part) && line.at(i + 1).part() == Some(PartNoun::Morning) =>
        {
            Some((DayPart::Dawn, i + 2))
        }
        Word::Unit if t.unit() == Some(UnitNoun::Day) && line.among(i, &sets::units::DAYTIME) => {
            Some((DayPart::Daytime, i + 1))
        }
        _ => None,
    }
}

/// The day after a part: « [matinée] du 15 février », « [soir] de Noël ».
pub(super) fn of_day(line: &Line, i: usize) -> (Option<Box<Cal>>, usize) {
    if !line.any(i, &[Word::De, Word::Du, Word::D]) {
        return (None, i);
    }
    let mut j = i + 1;
    if line.any(j, &[Word::La, Word::L]) {
        j += 1;
    }
    match line.place(j) {
        Some(Held {
            expr: Expr::Cal(cal),
            end,
            ..
        }) if is_day(&cal) => (Some(Box::new(cal)), end),
        _ => (None, i),
    }
}
