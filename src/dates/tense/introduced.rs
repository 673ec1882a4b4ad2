//! What introduces a mention and settles where it lies: « depuis lundi » looks
//! back, « d'ici mardi », « jusqu'au 6 mai » and « prévu vendredi » look ahead,
//! « publié lundi » looks back.

use super::Tense;
use crate::dates::{lexicon::Word, token::Line};

/// A preposition or a participle right before the mention that settles it:
/// « depuis lundi », « prévu vendredi », « d'ici mardi ».
pub(super) fn introduced(line: &Line, start: usize) -> Option<Tense> {
    let mut i = start;
    let mut steps = 0;
    while i > 0 && steps < 6 {
        i -= 1;
        steps += 1;
        match line.word(i) {
            Word::Depuis => return Some(Tense::Past),
            Word::Ici if line.is(i.wrapping_sub(1), Word::D) => return Some(Tense::Future),
            // A limit or a start is set ahead: « jusqu'au 6 mai », « à partir
            // de lundi », « avant l'automne », « promis pour mars ».
            Word::Jusqu | Word::Avant | Word::Partir | Word::Compter | Word::Pour => {
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
            Word::Other => {
                let s = line.str(i).to_lowercase();
                let stem = s.trim_end_matches('s').trim_end_matches('e');
                if AHEAD.contains(&stem) {
                    // « était prévu lundi » does not say whether it came.
                    let was = (1..=2).any(|b| {
                        i >= b
                            && matches!(
                                line.str(i - b),
                                "était"
                                    | "étaient"
                                    | "avait"
                                    | "initialement"
                                    | "a"
                                    | "ont"
                                    | "ai"
                                    | "avons"
                            )
                    });
                    return if was { None } else { Some(Tense::Future) };
                }
                // « publié fin janvier », « votée en mars », « né le 12 mai »;
                // after an auxiliary the scan reads the whole form.
                let aux = i > 0
                    && matches!(
                        line.str(i - 1),
                        "sera"
                            | "seront"
                            | "être"
                            | "soit"
                            | "serait"
                            | "seraient"
                            | "aura"
                            | "est"
                            | "sont"
                    );
                let participle =
                    line.at(i).accent && stem.ends_with('é') && stem.chars().count() > 3 && !aux;
                let irregular = i + 1 == start && IRREGULAR.contains(&stem) && !aux;
                return (participle || irregular).then_some(Tense::Past);
            }
            _ => return None,
        }
    }
    None
}

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

/// Participles without accent, without gender and number.
const IRREGULAR: &[&str] = &[
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
