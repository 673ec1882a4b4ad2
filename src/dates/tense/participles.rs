//! Participles: those that no auxiliary governs, those that look ahead, and
//! the nouns and adjectives of the same form.

use super::{Tense, verbs::determined};
use crate::{
    dates::{lexicon::Word, line::Line},
    french::{lexicon::tense::verbs, sets::dates::tense as sets},
};

/// A word without the marks of the feminine and the plural.
pub(super) fn stem(s: &str) -> &str {
    s.trim_end_matches('s').trim_end_matches('e')
}

/// A participle without its auxiliary right before token `i`.
pub(in crate::dates) fn bare_participle(line: &Line, i: usize) -> bool {
    let Some(j) = i.checked_sub(1) else {
        return false;
    };
    bare(line, j).is_some()
        || IRREGULAR.contains(&stem(line.str(j)))
            && !other_than_participle(line, j)
            && !ruled(line, j)
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
    if !stem(line.str(i)).ends_with('é') {
        return None;
    }
    let s = line.str(i).to_lowercase();
    let stem = stem(&s);
    let long = stem.chars().count() > 3 || matches!(stem, "tué" | "né");
    if !long
        || stem.ends_with("ité")
        || NOUNS.contains(&stem)
        || other_than_participle(line, i)
        || ruled(line, i)
    {
        return None;
    }
    Some(if AHEAD.contains(&stem) {
        Tense::Future
    } else {
        Tense::Past
    })
}

/// A participle or an infinitive of putting off among tokens `from..to`, in the
/// same sentence.
pub(super) fn puts_off(line: &Line, from: usize, to: usize) -> bool {
    (from..to).rev().take_while(|&i| !line.stops(i)).any(|i| {
        let s = line.str(i);
        match s.strip_suffix("er") {
            Some(root) => PUT_OFF.iter().any(|p| p.strip_suffix('é') == Some(root)),
            None => PUT_OFF.contains(&stem(s)),
        }
    })
}

/// A participle without accent: a common one, or one that a comma sets off
/// (« le match, interrompu dimanche, »).
pub(super) fn irregular(line: &Line, i: usize, stem: &str) -> bool {
    let set_off = line.punct(i.wrapping_sub(1), ',')
        && stem.chars().count() > 3
        && ["u", "ert", "ort", "eint", "aint", "rit", "uit"]
            .iter()
            .any(|e| stem.ends_with(e));
    set_off || IRREGULAR.contains(&stem)
}

/// The participle after « est » at `i` is of a verb that takes it for its past:
/// « est parti », not « est servi ».
pub(super) fn moves(line: &Line, i: usize) -> bool {
    (i + 1..=i + 2).any(|j| MOVES.contains(&stem(line.str(j))))
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

const MOVES: &[&str] = &[
    "parti",
    "venu",
    "arrivé",
    "entré",
    "mort",
    "né",
    "resté",
    "tombé",
    "sorti",
    "passé",
    "monté",
    "descendu",
    "devenu",
    "revenu",
    "retourné",
    "allé",
    "rentré",
    "survenu",
    "paru",
    "apparu",
    "décédé",
    "intervenu",
];

/// Nouns in -é and -ée that stand without a determiner, without their last e.
const NOUNS: &[&str] = &[
    "maré",
    "soiré",
    "journé",
    "matiné",
    "anné",
    "musé",
    "lycé",
    "entré",
    "arrivé",
    "assemblé",
    "rentré",
    "député",
    "côté",
    "comité",
    "santé",
    "société",
    "marché",
    "congé",
    "traité",
    "café",
    "degré",
    "liberté",
    "volonté",
    "beauté",
    "duré",
    "idé",
    "armé",
    "allé",
    "vallé",
    "fusé",
    "chaussé",
    "tourné",
];

/// Participles of what is set for another day, without gender and number.
const PUT_OFF: &[&str] = &[
    "fixé",
    "reporté",
    "décalé",
    "renvoyé",
    "repoussé",
    "ajourné",
    "prolongé",
    "avancé",
    "programmé",
    "étendu",
    "maintenu",
    "inscrit",
    "convoqué",
    "différé",
    "planifié",
    "prorogé",
];

/// Participles, without gender and number, whose complement lies ahead.
pub(super) const AHEAD: &[&str] = &[
    "attendu",
    "prévu",
    "programmé",
    "fixé",
    "reporté",
    "décalé",
    "renvoyé",
    "convoqué",
    "repoussé",
    "ajourné",
    "espéré",
    "agendé",
    "planifié",
    "prévus",
    "envisagé",
    "escompté",
];

/// Irregular participles that no agenda uses: « clos le 31 mars ».
pub(super) const OVER: &[&str] = &[
    "clo",
    "paru",
    "conclu",
    "mort",
    "survenu",
    "intervenu",
    "disparu",
    "apparu",
    "découvert",
    "commi",
    "détruit",
    "abattu",
    "élu",
];

/// Participles without accent, without gender and number.
const IRREGULAR: &[&str] = &[
    "clo",
    "paru",
    "conclu",
    "lu",
    "ouvert",
    "mort",
    "vu",
    "reçu",
    "rendu",
    "tenu",
    "élu",
    "réuni",
    "survenu",
    "intervenu",
    "disparu",
    "battu",
    "apparu",
    "perdu",
    "vendu",
    "obtenu",
    "découvert",
    "offert",
    "mis",
    "pris",
    "promi",
    "dit",
    "écrit",
    "fait",
    "commi",
    "transmi",
    "remi",
    "émi",
    "saisi",
    "choisi",
    "établi",
    "subi",
    "produit",
    "conduit",
    "détruit",
    "abattu",
    "diffusé",
    "rompu",
    "interpellé",
    "parti",
    "sorti",
    "venu",
    "convenu",
    "entendu",
    "suspendu",
];
