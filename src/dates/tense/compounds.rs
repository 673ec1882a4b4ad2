//! What an auxiliary governs, past the adverbs and pronouns between: the
//! participle of a compound past, the infinitive of a near future.

use crate::dates::{lexicon::Word, line::Line};

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
        if matches!(
            s,
            "il" | "elle"
                | "on"
                | "ils"
                | "elles"
                | "t"
                | "y"
                | "en"
                | "pas"
                | "plus"
                | "jamais"
                | "déjà"
                | "bien"
                | "donc"
                | "ensuite"
                | "aussi"
                | "encore"
                | "toujours"
                | "été"
                | "ainsi"
                | "tout"
                | "très"
                | "lui"
                | "même"
                | "finalement"
                | "également"
                | "enfin"
                | "d"
                | "abord"
                | "notamment"
                | "alors"
                | "depuis"
                | "peu"
                | "à"
                | "nouveau"
                | "de"
        ) || s.ends_with("ment")
        {
            // « a été » is a past already.
            if s == "été" {
                return Some(s);
            }
            continue;
        }
        let base = s.trim_end_matches('s').trim_end_matches('e');
        let ends = |list: &[&str]| list.iter().any(|e| base.ends_with(e));
        let regular = ends(&["é", "i", "u", "û", "it", "is", "rt", "int", "ort"])
            || matches!(
                s,
                "mis"
                    | "pris"
                    | "mort"
                    | "morte"
                    | "morts"
                    | "mortes"
                    | "fait"
                    | "faite"
                    | "faits"
                    | "dit"
                    | "dits"
                    | "eu"
                    | "né"
                    | "née"
            );
        let short = base.chars().count() < 2
            || matches!(
                s,
                "qui"
                    | "si"
                    | "aussi"
                    | "ici"
                    | "plus"
                    | "au"
                    | "du"
                    | "ou"
                    | "partie"
                    | "et"
                    | "les"
                    | "des"
                    | "parmi"
                    | "mais"
                    | "midi"
                    | "lieu"
                    | "lundi"
            );
        return (regular && !short).then_some(s);
    }
    None
}

/// An infinitive, after adverbs and pronouns.
pub(super) fn infinitive(line: &Line, i: usize) -> bool {
    for j in i..i + 4 {
        let s = line.str(j);
        if s.len() > 3
            && (s.ends_with("er") || s.ends_with("ir") || s.ends_with("re"))
            && line.is(j, Word::Other)
        {
            return true;
        }
        if !(line.at(j).elided
            || matches!(
                s,
                "se" | "le"
                    | "la"
                    | "les"
                    | "être"
                    | "lui"
                    | "y"
                    | "en"
                    | "à"
                    | "de"
                    | "pas"
                    | "ne"
                    | "donc"
                    | "bien"
                    | "aussi"
                    | "également"
            )
            || s.ends_with("ment"))
        {
            return false;
        }
    }
    false
}
