//! « tôt » and « tard » beside a day or a part of it.

use super::{civil::DayPart, lexicon::Word, line::Line, part_names::part_word};
use crate::{french::sets::dates as sets, kinds::Modifier};

/// « tôt », « très tard » at `i`.
pub(super) fn degree(line: &Line, i: usize) -> Option<(Modifier, usize)> {
    let j = if line.among(i, &sets::VERY) { i + 1 } else { i };
    let modifier = match line.word(j) {
        Word::Tot => Modifier::Start,
        Word::Tard => Modifier::End,
        _ => return None,
    };
    // « tôt ou tard », « plus tôt que prévu »
    let other = line.is(j + 1, Word::Ou) || sets::COMPARISON.starts(line.str(j + 1));
    (!other).then_some((modifier, j + 1))
}

/// « [mardi] très tôt », « [aujourd'hui] tard dans la soirée », « [lundi] tôt le
/// matin »: the part, its modifier and its end.
pub(super) fn after_day(line: &Line, i: usize) -> Option<(DayPart, Option<Modifier>, usize)> {
    let (modifier, j) = degree(line, i)?;
    let k = match line.word(j) {
        Word::Le => j + 1,
        Word::Dans if line.any(j + 1, &[Word::La, Word::L]) => j + 2,
        _ => j,
    };
    if let Some((part, end)) = part_word(line, k) {
        return Some((part, Some(modifier), end));
    }
    Some((alone(modifier), Some(modifier), j))
}

/// The part of a day that a bare « tôt » or « tard » means.
pub(super) fn alone(modifier: Modifier) -> DayPart {
    if modifier == Modifier::Start {
        DayPart::Morning
    } else {
        DayPart::Evening
    }
}
