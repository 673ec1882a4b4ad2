//! Simple tenses by their endings, with the words that only look like them.

use super::{Tense, compounds::infinitive};
use crate::{
    dates::{lexicon::Word, line::Line},
    french::{WordSet, sets::dates::tense as sets},
};

/// The tense that the ending of `s`, the word at `i` in lower case, shows.
pub(super) fn simple(line: &Line, i: usize, s: &str) -> Option<Tense> {
    let after = |endings: &WordSet| stem(s, endings);
    if after(&sets::FUTURE_PLURAL).is_some() && !sets::FUTURE_PLURAL_NOUNS.contains(s) {
        return Some(Tense::Future);
    }
    if after(&sets::CONDITIONAL_ENDINGS).is_some() {
        if sets::CONDITIONAL_NOUNS.contains(s) {
            return None;
        }
        // « montrait », « tirait », « déclarait » are imperfect: the
        // conditional keeps the infinitive's vowel before the r.
        let ahead = after(&sets::IMPERFECT_ENDINGS).is_some_and(conditional);
        return Some(if ahead { Tense::Future } else { Tense::Past });
    }
    if after(&sets::FUTURE_SINGULAR).is_some() {
        if sets::FUTURE_SINGULAR_NOUNS.contains(s) {
            return None;
        }
        let ahead = conditional(but_last(s, 1));
        return Some(if ahead { Tense::Future } else { Tense::Past });
    }
    if after(&sets::FUTURE_WE).is_some()
        && conditional(but_last(s, 3))
        && !sets::FUTURE_WE_NOUNS.contains(s)
    {
        return Some(Tense::Future);
    }
    if after(&sets::FUTURE_YOU).is_some() && conditional(but_last(s, 2)) {
        return Some(Tense::Future);
    }
    if after(&sets::IMPERFECT_ENDINGS).is_some() {
        return (!sets::IMPERFECT_NOUNS.contains(s)).then_some(Tense::Past);
    }
    if after(&sets::PAST_HISTORIC_FIRST).is_some()
        || after(&sets::PAST_HISTORIC_SECOND).is_some() && !sets::PRESENT_IRENT.contains(s)
        || after(&sets::PAST_HISTORIC_THIRD).is_some() && !sets::PRESENT_URENT.contains(s)
    {
        return Some(Tense::Past);
    }
    if line.is(i, Word::Other)
        && after(&sets::PRESENT_PLURAL).is_some()
        && !sets::PRESENT_PLURAL_NOUNS.ends(s)
        && !sets::NO_PRESENT_PLURAL.contains(s)
    {
        return Some(Tense::Present);
    }
    // Reflexive pronoun: what follows is a finite verb.
    if i > 0
        && sets::REFLEXIVE.contains(line.bare(i - 1))
        && !infinitive(line, i)
        && !sets::GERUND_ENDINGS.ends(s)
    {
        return Some(Tense::Present);
    }
    None
}

/// What stands before an ending of `endings`, two bytes or more.
fn stem<'s>(s: &'s str, endings: &WordSet) -> Option<&'s str> {
    endings
        .words()
        .iter()
        .filter_map(|e| s.strip_suffix(e))
        .find(|stem| stem.len() > 1)
}

/// `s` without its last `n` letters, which are ASCII.
fn but_last(s: &str, n: usize) -> &str {
    s.get(..s.len().saturating_sub(n)).unwrap_or_default()
}

/// Whether `stem`, which ends in r, is one of a future or a conditional.
fn conditional(stem: &str) -> bool {
    if sets::STEMS_IN_R.contains(stem) || sets::STEMS_IN_NTR.ends(stem) {
        return false;
    }
    if sets::STEMS_IN_UR.ends(stem) {
        return sets::FUTURE_STEMS_IN_U.contains(stem);
    }
    sets::FUTURE_STEMS.ends(stem)
}
