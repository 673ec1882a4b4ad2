//! What introduces a mention and settles where it lies: « depuis lundi » looks
//! back, « d'ici mardi », « jusqu'au 6 mai » and « prévu vendredi » look ahead,
//! « publié lundi » looks back.

use super::{
    Tense,
    participles::{irregular, known, moves, other_than_participle, promises, puts_off},
    scan,
};
use crate::{
    dates::{lexicon::Word, line::Line},
    french::{WordSet, agreement::stem, sets::dates::tense as sets},
};

/// How many words behind « initialement prévue lundi » it is said that it was put
/// off.
const PUT_OFF_REACH: usize = 8;

/// A preposition or a participle right before the mention that settles it:
/// « depuis lundi », « prévu vendredi », « d'ici mardi ».
pub(in crate::dates) fn introduced(line: &Line, start: usize) -> Option<Tense> {
    let mut i = start;
    let mut steps = 0;
    while i > 0 && steps < 6 {
        i -= 1;
        steps += 1;
        match line.word(i) {
            Word::Depuis => return Some(Tense::Past),
            Word::Ici if line.is(i.wrapping_sub(1), Word::D) => return Some(Tense::Future),
            // A limit or a start is set ahead: « jusqu'au 6 mai », « à partir
            // de lundi », « avant l'automne », « promis pour mars »; one that
            // is told is the nearest (« n'a rien dit avant Noël »).
            Word::Partir | Word::Compter if !line.any_before(i, &[Word::A]) => return None,
            Word::Jusqu | Word::Avant | Word::Partir | Word::Compter | Word::Pour => {
                let limit = matches!(line.word(i), Word::Jusqu | Word::Avant);
                return Some(if limit && is_told(line, i) {
                    Tense::Present
                } else {
                    Tense::Future
                });
            }
            // « repoussée à mardi », « fixé au 12 juin »
            Word::A | Word::Au if i + 1 == start && puts_off(line, i.saturating_sub(8), i) => {
                return Some(Tense::Future);
            }
            Word::Le
            | Word::La
            | Word::L
            | Word::Les
            | Word::Au
            | Word::Du
            | Word::A
            | Word::De
            | Word::En
            | Word::Des2
            | Word::Fin
            | Word::Debut
            | Word::Dans => continue,
            // « a promis de répondre lundi », « appelle à manifester mardi »
            Word::Other if i + 1 == start && promises(line, i) => return Some(Tense::Future),
            Word::Other => {
                // « un chiffre qui date de mardi », « qui remonte à lundi »
                if line.among(i, &sets::DATES_FROM)
                    && !other_than_participle(line, i)
                    && line.any(i + 1, &[Word::De, Word::Du, Word::A, Word::Au])
                {
                    return Some(Tense::Past);
                }
                // « pour les élections législatives du 6 mai »
                if aimed_at(line, i) {
                    return Some(Tense::Future);
                }
                // « leur prochaine réunion le 24 septembre »
                if line.any_before(i, &[Word::Next]) {
                    return Some(Tense::Future);
                }
                let s = line.str(i).to_lowercase();
                let stem = stem(&s);
                let row = known(&s);
                // « comme prévu lundi », « plus tôt que prévu lundi »
                let as_planned = i > 0 && sets::AS_PLANNED.contains(line.bare(i - 1));
                if as_planned && row.is_some_and(|p| p.ahead) {
                    return None;
                }
                // « mis en délibéré à lundi »
                if line.any_before(i, &[Word::En]) && sets::ANNOUNCING.contains(&s) {
                    return Some(Tense::Future);
                }
                // « sera-t-il rendu lundi ? »: the verb says.
                if i > 1 && line.hyphen(i - 2) && sets::SUBJECTS.contains(line.bare(i - 1)) {
                    return None;
                }
                if row.is_some_and(|p| p.ahead) {
                    // « était prévu lundi » does not say whether it came.
                    let was = |b: usize| i >= b && sets::WAS.contains(line.bare(i - b));
                    // « ont dû être reportés lundi »
                    let had_to_be = i > 0 && sets::TO_BE.contains(line.str(i - 1)) && was(3);
                    let was = was(1) || was(2) || had_to_be;
                    if was {
                        // « initialement prévue vendredi, a été reportée » before it.
                        let put_off = (start..start + PUT_OFF_REACH)
                            .take_while(|&j| !line.stops(j))
                            .any(|j| known(line.str(j)).is_some_and(|p| p.put_off));
                        return put_off.then_some(Tense::Present);
                    }
                    return Some(Tense::Future);
                }
                // « publié fin janvier », « votée en mars », « né le 12 mai »;
                // after an auxiliary the scan reads the whole form.
                if other_than_participle(line, i) {
                    return None;
                }
                let aux = i > 0 && sets::RIGHT_BEFORE.contains(line.str(i - 1));
                let participle = line.at(i).accent
                    && sets::REGULAR_PARTICIPLES.ends(stem)
                    && (stem.chars().count() > 3 || row.is_some_and(|p| p.short))
                    && !aux;
                // « paru le 3 mai » is over, « ouvert le 3 mai » may be ahead.
                let close = i + 1 == start || row.is_some_and(|p| p.over);
                let irregular = close && !aux && irregular(line, i, &s);
                return (participle || irregular).then_some(Tense::Past);
            }
            _ => return None,
        }
    }
    None
}

/// How many words the name of an event that is aimed at has: « second tour de l'élection
/// présidentielle ».
const EVENT: usize = 5;

/// The word at `i` ends the name of an event behind « pour » or « en vue de ».
fn aimed_at(line: &Line, i: usize) -> bool {
    let aims = |j: usize| line.is(j, Word::Pour) || sets::WITH_A_VIEW.contains(line.str(j));
    (0..=EVENT)
        .map_while(|by| i.checked_sub(by))
        .take_while(|&j| !line.is(j, Word::Punct))
        .find(|&j| aims(j))
        .is_some_and(|aim| (aim + 1..=i).any(|j| line.names(j, &sets::AIMED_AT)))
}

/// A past form close before the limit at `i` that does not put anything off:
/// « n'a rien dit avant », but « a prolongé jusqu'au ».
fn is_told(line: &Line, i: usize) -> bool {
    scan(line, i, false).is_some_and(|(tense, distance, at)| {
        tense == Tense::Past
            && distance <= 8
            && (!sets::IS.contains(line.str(at)) || moves(line, at))
            && !puts_off(line, at, i)
    })
}

/// How many words before the mention what was put off stands: « repoussé au mois de ».
const PUT_OFF_TO: usize = 3;

/// « repoussé à décembre »: surely ahead, however far.
pub(in crate::dates) fn put_off_to(line: &Line, start: usize) -> bool {
    (1..=PUT_OFF_TO)
        .map_while(|by| start.checked_sub(by))
        .take_while(|&i| !line.stops(i) && !line.is(i, Word::Punct))
        .any(|i| known(line.str(i)).is_some_and(|p| p.put_off))
}

/// A noun before the mention that announces, in a sentence without a verb:
/// « verdict lundi », « rendez-vous en mars », « second tour dimanche ».
pub(in crate::dates) fn announced(line: &Line, start: usize) -> bool {
    noun_before(line, start, &[&sets::ANNOUNCING])
}

/// A noun of what is planned, or one that announces, before « de vendredi ».
pub(in crate::dates) fn planned(line: &Line, start: usize) -> bool {
    noun_before(line, start, &[&sets::ANNOUNCING, &sets::PLANNED])
}

/// A noun of one of the sets among the three words before the mention.
fn noun_before(line: &Line, start: usize, nouns: &[&WordSet]) -> bool {
    let mut i = start;
    while i > 0
        && line.any_before(
            i,
            &[
                Word::Le,
                Word::L,
                Word::En,
                Word::Au,
                Word::A,
                Word::Ce,
                Word::Pour,
            ],
        )
    {
        i -= 1;
    }
    let close = (1..=3)
        .filter_map(|back| i.checked_sub(back))
        .take_while(|&j| !line.is(j, Word::Punct) || line.hyphen(j));
    let mut close = close;
    close.any(|j| nouns.iter().any(|set| line.names(j, set)))
}
