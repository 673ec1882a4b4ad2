//! Units of the calendar as the rules read and shift them.

use super::{
    expr::{Base, Cal, Expr, Unit},
    lexicon::{UnitNoun, Word},
    line::Line,
    tense::infinitive,
};
use crate::french::sets::dates::units as sets;

/// Past « week-end » at `i`.
pub(super) fn weekend(line: &Line, i: usize) -> Option<usize> {
    if line.is(i, Word::Unit) && line.at(i).unit() == Some(UnitNoun::Weekend) {
        return Some(i + 1);
    }
    line.is(i, Word::Week).then_some(())?;
    let j = line.skip_hyphen(i + 1);
    line.is(j, Word::WeekTail).then_some(j + 1)
}

/// A stretch of `unit` named by its direction, « la semaine prochaine », « cette
/// année », and the token after it.
pub(super) fn shifted(line: &Line, i: usize, unit: Unit) -> Option<(Cal, usize)> {
    let held = line.place(i)?;
    match held.expr {
        Expr::Cal(cal @ Cal::Shift { unit: found, .. }) if found == unit => Some((cal, held.end)),
        _ => None,
    }
}

/// The unit at `i` has a calendar of its own, which its adjective names: « année scolaire »,
/// « semestre universitaire ».
pub(super) fn own_calendar(line: &Line, i: usize) -> bool {
    let unit = line.at(i).unit();
    matches!(
        unit,
        Some(UnitNoun::Year | UnitNoun::Half | UnitNoun::Quarter)
    ) && line.among(i + 1, &sets::OWN_CALENDARS)
}

/// « de » and its like at `i` open a complement of the noun before: « les derniers mois de
/// la guerre », but not « de nouveau », « d'ailleurs », « de » before an infinitive or
/// before quotes (« il promet dans deux ans de partir »).
pub(super) fn complement(line: &Line, i: usize) -> bool {
    match line.word(i) {
        Word::Du | Word::Des => true,
        Word::De | Word::D => {
            let quoted = line.punct(i + 1, '"');
            // « de la » is nearly always before a noun.
            let noun =
                line.any(i + 1, &[Word::La, Word::L]) || line.among(i + 1, &sets::NO_INFINITIVES);
            let verb = !noun
                && (line.any(i + 1, &[Word::Partir, Word::Compter, Word::Venir])
                    || infinitive(line, i + 1));
            !(quoted || verb || line.phrase(i, &sets::NO_COMPLEMENTS).is_some())
        }
        _ => false,
    }
}

pub(super) fn shift(unit: Unit, by: i64, base: Base) -> Cal {
    Cal::Shift { unit, by, base }
}

/// The unit at `i` when whole calendar stretches bear its name: not seasons of
/// sport, not nights, no school years.
pub(super) fn counted_unit(line: &Line, i: usize) -> Option<Unit> {
    let t = line.at(i);
    if t.word != Word::Unit
        || matches!(
            t.unit(),
            Some(UnitNoun::Season | UnitNoun::Night | UnitNoun::Fortnight)
        )
        || own_calendar(line, i)
    {
        return None;
    }
    // Single letters are clock units.
    if line.str(i).len() <= 2 && t.unit() != Some(UnitNoun::Year) {
        return None;
    }
    t.unit().and_then(Unit::of)
}
