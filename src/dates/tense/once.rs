//! Whether a clause tells what happened once, or what happens again and again:
//! « l'après-midi, ils se sont dispersés » is of one day, « l'après-midi, elle
//! fait la sieste » and « l'été, ils allaient à la mer » are habits.

use super::{Tense, clause, compounds::participle, verbs::signal};
use crate::{dates::line::Line, french::sets::dates::tense as sets};

/// The clause around a mention is in a past tense other than the imperfect, or
/// in the future.
pub(in crate::dates) fn told_once(line: &Line, start: usize, end: usize) -> bool {
    let found = clause(line, start, end);
    // « autorisé à rouler toute la nuit »: a participle alone tells nothing, « les
    // salles resteront fermées » what its verb does.
    let verb = |i: usize| signal(line, i).map(|tense| (i, tense));
    let Some(at) = found.token else {
        return false;
    };
    let Some((verb, tense)) = verb(at).or_else(|| verb(at.checked_sub(1)?)) else {
        return false;
    };
    match tense {
        Tense::Future => true,
        Tense::Past => !sets::IMPERFECT_ENDINGS.ends(line.str(verb)) || participle(line, verb + 1),
        Tense::Present | Tense::Unknown => false,
    }
}
