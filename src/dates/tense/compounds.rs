//! What an auxiliary governs, past the adverbs and pronouns between: the
//! participle of a compound past, the infinitive of a near future.

use crate::{
    dates::{lexicon::Word, line::Line},
    french::{agreement::stem, sets::dates::tense as sets},
};

/// A participle of the compound past, after adverbs and pronouns.
pub(super) fn participle(line: &Line, i: usize) -> bool {
    governed(line, i).is_some()
}

/// The participle that an auxiliary before `i` governs.
pub(super) fn governed<'a>(line: &Line<'a>, i: usize) -> Option<&'a str> {
    for j in i..i + 5 {
        let t = line.at(j);
        if t.cap || matches!(t.word, Word::End | Word::Figures) {
            return None;
        }
        if t.word == Word::Punct {
            // « a-t-il dit »
            if line.hyphen(j) {
                continue;
            }
            return None;
        }
        let s = line.str(j);
        if sets::BEEN.contains(s) {
            return Some(s);
        }
        if sets::BETWEEN.contains(line.bare(j)) || sets::ADVERB_ENDINGS.ends(s) {
            continue;
        }
        let base = stem(s);
        let regular = sets::PARTICIPLE_ENDINGS.ends(base) || sets::PARTICIPLE_FORMS.contains(s);
        let short = base.chars().count() < 2 || sets::NO_PARTICIPLES.contains(s);
        return (regular && !short).then_some(s);
    }
    None
}

/// An infinitive, after adverbs and pronouns.
pub(in crate::dates) fn infinitive(line: &Line, i: usize) -> bool {
    for j in i..i + 4 {
        let s = line.str(j);
        if s.len() > 3 && sets::INFINITIVE_ENDINGS.ends(s) && line.is(j, Word::Other) {
            return true;
        }
        if !(line.at(j).elided
            || sets::BEFORE_INFINITIVE.contains(s)
            || sets::ADVERB_ENDINGS.ends(s))
        {
            return false;
        }
    }
    false
}
