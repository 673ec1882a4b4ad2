//! Whether a clause tells what happened once, or what happens again and again:
//! « l'après-midi, ils se sont dispersés » is of one day, « l'après-midi, elle
//! fait la sieste » and « l'été, ils allaient à la mer » are habits.

use super::{Tense, clause, compounds::participle, verbs::signal};
use crate::{
    dates::{lexicon::Word, line::Line},
    french::{
        lexicon::tense::verbs,
        sets::dates::{tense as sets, today},
        types::{VerbClass, VerbTense},
    },
};

/// How many words the subject of a clause may have.
const SUBJECT: usize = 8;

/// The first verb from token `i` on is « être », « avoir » or another state in
/// the present, and rules no participle: « nous avons deux médecins ».
pub(in crate::dates) fn state_follows(line: &Line, i: usize) -> bool {
    for j in i..i + SUBJECT {
        if line.is(j, Word::Punct) && !line.punct(j, '\'') && !line.hyphen(j) {
            return false;
        }
        let word = line.str(j);
        let state = verbs::find(word).is_some_and(|v| {
            v.tense == VerbTense::Present && matches!(v.class, VerbClass::Etre | VerbClass::Avoir)
        });
        if state {
            return !participle(line, j + 1);
        }
        if today::STATE_VERBS.contains(word) {
            return true;
        }
        if signal(line, j).is_some() {
            return false;
        }
    }
    false
}

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

/// « [de vendredi] est gratuite »: « être » in the present right behind, with no
/// participle.
pub(in crate::dates) fn says_how(line: &Line, i: usize) -> bool {
    verbs::find(line.str(i))
        .is_some_and(|v| v.tense == VerbTense::Present && v.class == VerbClass::Etre)
        && !participle(line, i + 1)
}

/// The verb at `i` reports or announces, on a day: « on apprend aujourd'hui ».
pub(in crate::dates) fn reports(line: &Line, i: usize) -> bool {
    verbs::find(line.str(i)).is_some_and(|v| v.class == VerbClass::News)
        || today::REPORTING.contains(line.str(i))
}

/// The token at `i` is a verb of a clause, and no participle that stands alone:
/// « une reprise coordonnée ».
pub(in crate::dates) fn is_finite(line: &Line, i: usize) -> bool {
    signal(line, i).is_some()
}
