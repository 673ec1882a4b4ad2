//! Participles: those that no auxiliary governs, those that look ahead, and
//! the nouns and adjectives of the same form.

use super::{
    Tense,
    verbs::{determined, graded},
};
use crate::{
    dates::{lexicon::Word, line::Line},
    french::{
        agreement::{masculine, singular, stem},
        lexicon::tense::{
            participles::{ROWS, Row as Participle, find},
            verbs,
        },
        sets::dates::tense as sets,
    },
};

/// The row of a participle, whatever its gender and number: « clos », « close »,
/// « closes »; « prévu », « prévus ».
pub(super) fn known(s: &str) -> Option<&'static Participle> {
    let one = singular(s);
    [s, one, masculine(one)].into_iter().find_map(find)
}

/// A participle without its auxiliary right before token `i`.
pub(in crate::dates) fn bare_participle(line: &Line, i: usize) -> bool {
    let Some(j) = i.checked_sub(1) else {
        return false;
    };
    bare(line, j).is_some()
        || is_common(line.str(j)) && !other_than_participle(line, j) && !ruled(line, j)
}

/// An auxiliary stands just before the participle at `i`.
fn ruled(line: &Line, i: usize) -> bool {
    (1..=3).any(|back| i >= back && verbs::find(line.bare(i - back)).is_some_and(|v| v.rules))
}

/// « les aînés samedi », « 15 degrés mardi », « très élevées mardi »
pub(super) fn other_than_participle(line: &Line, i: usize) -> bool {
    determined(line, i)
        || line.any_before(i, &[Word::Le, Word::La, Word::L, Word::Les, Word::Figures])
        || i > 0 && sets::DEGREES.contains(line.str(i - 1))
}

/// A participle that no auxiliary governs and that is neither noun nor
/// adjective: « le mercure, monté à 40 degrés », « payée 260 euros ».
pub(super) fn bare(line: &Line, i: usize) -> Option<Tense> {
    let t = line.at(i);
    let word = matches!(t.word, Word::Other | Word::Past);
    if !word || !t.accent || t.cap && i > 0 && !line.opens_sentence(i) {
        return None;
    }
    if !sets::REGULAR_PARTICIPLES.ends(stem(line.str(i))) {
        return None;
    }
    let s = line.str(i).to_lowercase();
    let stem = stem(&s);
    let row = known(&s);
    let long = stem.chars().count() > 3 || row.is_some_and(|p| p.short);
    if !long
        || sets::NOUN_ENDINGS.ends(stem)
        || is_noun(&s)
        || other_than_participle(line, i)
        || ruled(line, i)
    {
        return None;
    }
    Some(if row.is_some_and(|p| p.ahead) {
        Tense::Future
    } else if graded(line, i + 1) {
        Tense::Present
    } else {
        Tense::Past
    })
}

/// A noun of the form of a participle, in either number.
fn is_noun(s: &str) -> bool {
    sets::NOUNS.contains(singular(s))
}

fn is_common(s: &str) -> bool {
    known(s).is_some_and(|p| p.common) && !is_noun(s)
}

/// A participle or an infinitive of putting off among tokens `from..to`, in the
/// same sentence.
pub(super) fn puts_off(line: &Line, from: usize, to: usize) -> bool {
    (from..to).rev().take_while(|&i| !line.stops(i)).any(|i| {
        let s = line.str(i);
        known(s).is_some_and(|p| p.put_off) || ROWS.iter().any(|p| p.put_off && p.lemma == s)
    })
}

/// A participle without accent: a common one, or one that a comma sets off
/// (« le match, interrompu dimanche, »).
pub(super) fn irregular(line: &Line, i: usize, s: &str) -> bool {
    let stem = stem(s);
    let set_off = line.punct(i.wrapping_sub(1), ',')
        && stem.chars().count() > 3
        && sets::SET_OFF_ENDINGS.ends(stem);
    set_off || is_common(s)
}

/// The participle after « est » at `i` is of a verb that takes it for its past:
/// « est parti », not « est servi ».
pub(super) fn moves(line: &Line, i: usize) -> bool {
    (i + 1..=i + 2).any(|j| known(line.str(j)).is_some_and(|p| p.moves))
}

/// The infinitive at `i` hangs on a verb that promises or calls for it.
pub(super) fn promises(line: &Line, i: usize) -> bool {
    let s = line.str(i);
    let infinitive = s.len() > 4 && sets::INFINITIVE_ENDINGS.ends(s);
    let mut j = i;
    while j > 0
        && (line.any_before(j, &[Word::Le, Word::La, Word::L, Word::Les])
            || line.before(j, 1).elided && !line.any_before(j, &[Word::D]))
    {
        j -= 1;
    }
    infinitive
        && line.any_before(j, &[Word::A, Word::De, Word::D])
        && (2..=4).any(|back| j >= back && sets::PROMISES.starts(line.str(j - back)))
}
