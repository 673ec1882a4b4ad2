//! What one word shows of a tense: an auxiliary with what it governs, a form
//! whose ending says it, a common verb of the news in the present.

use super::{
    Tense,
    compounds::{governed, infinitive, participle},
    endings::simple,
    participles::known,
};
use crate::{
    dates::{lexicon::Word, line::Line},
    fold::is_apostrophe,
    french::{
        WordSet,
        lexicon::tense::verbs,
        sets::dates::tense as sets,
        types::{VerbClass, VerbTense},
    },
};

/// What the token at `i` shows, with the participle or infinitive it governs.
pub(super) fn signal(line: &Line, i: usize) -> Option<Tense> {
    let t = line.at(i);
    if matches!(
        t.word,
        Word::Figures | Word::Punct | Word::Blocked | Word::Month | Word::Weekday | Word::Unit
    ) {
        return None;
    }
    if t.cap && i > 0 && !line.opens_sentence(i) {
        return None;
    }
    let s = line.str(i);
    let lower;
    let s = if t.cap {
        lower = s.to_lowercase();
        &lower
    } else {
        s
    };
    let verb = verbs::find(s);
    if let Some(tense) = verb.and_then(|v| auxiliary(line, i, v)) {
        return tense;
    }
    if t.word != Word::Other && t.word != Word::Past {
        return None;
    }
    if determined(line, i) {
        return None;
    }
    if verb.is_some_and(|v| matches!(v.class, VerbClass::News | VerbClass::Venir)) {
        return (!noun(line, i)).then_some(Tense::Present);
    }
    simple(line, i, s)
}

/// What a form of an auxiliary or of a verb with an infinitive shows, or `None`
/// where only its ending can say.
fn auxiliary(line: &Line, i: usize, verb: &verbs::Row) -> Option<Option<Tense>> {
    use {VerbClass as C, VerbTense as T};
    let ahead = |found: bool, or: Tense| if found { Tense::Future } else { or };
    Some(match (verb.class, verb.tense) {
        (C::Avoir, T::Present | T::Infinitive) => participle(line, i + 1).then_some(Tense::Past),
        (C::Etre, T::Present) => Some(match governed(line, i + 1) {
            // « est classée rouge vendredi » is a forecast as well.
            Some(_) if graded(line, i + 1) => Tense::Present,
            Some(p) => ahead(known(p).is_some_and(|p| p.ahead), Tense::Past),
            None => Tense::Present,
        }),
        (C::Avoir, T::Conditional) => Some(ahead(!participle(line, i + 1), Tense::Past)),
        (C::Avoir | C::Etre, T::Imperfect | T::PastHistoric) => Some(Tense::Past),
        (C::Etre, T::Conditional) | (C::Avoir | C::Etre | C::Irregular, T::Future) => {
            Some(Tense::Future)
        }
        (C::Ahead, T::Present) => Some(ahead(infinitive(line, i + 1), Tense::Present)),
        // Whether it came is not said: the nearest.
        (C::Ahead, T::Imperfect) => Some(Tense::Present),
        (C::Venir, _) if line.any(i + 1, &[Word::De, Word::D]) => Some(Tense::Past),
        _ => return None,
    })
}

/// A level of alert among the words from `i` on: « classée rouge », « placé en
/// vigilance orange ».
pub(super) fn graded(line: &Line, i: usize) -> bool {
    (i..i + 5)
        .take_while(|&j| !line.is(j, Word::Punct))
        .any(|j| sets::ALERT_LEVELS.contains(line.str(j)))
}

/// A determiner or a preposition stands before the word at `i`, which makes it
/// a noun whatever its ending: « une visite », « des patrons », « à l'annonce ».
pub(super) fn determined(line: &Line, i: usize) -> bool {
    let Some(j) = i.checked_sub(1) else {
        return false;
    };
    let word = line.str(j);
    if word.len() > 9 || line.is(j, Word::Punct) {
        return false;
    }
    // Asked of nearly every word: no capitals, no allocation.
    let lower;
    let word = if line.at(j).cap {
        lower = word.to_lowercase();
        &lower
    } else {
        word
    };
    sets::DETERMINERS.contains(word.trim_end_matches(is_apostrophe))
}

/// Whether the word at `i`, a verb by its form, is a noun by what stands before:
/// « lors de l'annonce », « une visite », but « il l'annonce ».
fn noun(line: &Line, i: usize) -> bool {
    let before = |set: &WordSet, n: usize| {
        i.checked_sub(n)
            .is_some_and(|j| set.contains(&line.bare(j).to_lowercase()))
    };
    before(&sets::NOUN_BEFORE, 1)
        || before(&sets::ARTICLE_OR_PRONOUN, 1) && !before(&sets::SUBJECTS, 2)
}
