//! Simple tenses by their endings, with the words that only look like them.

use super::{Tense, compounds::infinitive};
use crate::dates::{lexicon::Word, line::Line};

/// The tense that the ending of `s`, the word at `i` in lower case, shows.
pub(super) fn simple(line: &Line, i: usize, s: &str) -> Option<Tense> {
    let after = |suffix: &str| s.len() > suffix.len() + 1 && s.ends_with(suffix);
    if after("ront") && !matches!(s, "front" | "affront" | "patron") {
        return Some(Tense::Future);
    }
    if after("rait") || after("raient") {
        if matches!(
            s,
            "portrait"
                | "retrait"
                | "attrait"
                | "extrait"
                | "abstrait"
                | "contrait"
                | "distrait"
                | "soustrait"
        ) {
            return None;
        }
        // « montrait », « tirait », « déclarait » are imperfect: the
        // conditional keeps the infinitive's vowel before the r.
        return Some(
            if conditional(s.trim_end_matches("ait").trim_end_matches("aient")) {
                Tense::Future
            } else {
                Tense::Past
            },
        );
    }
    if after("ra") {
        if matches!(
            s,
            "opéra"
                | "caméra"
                | "para"
                | "ultra"
                | "extra"
                | "contra"
                | "tiara"
                | "infra"
                | "supra"
                | "sierra"
                | "choléra"
                | "libra"
        ) {
            return None;
        }
        return Some(if conditional(&s[..s.len() - 1]) {
            Tense::Future
        } else {
            Tense::Past
        });
    }
    if after("rons")
        && conditional(&s[..s.len() - 3])
        && !matches!(
            s,
            "environs" | "patrons" | "citrons" | "barons" | "électrons" | "marrons" | "neurons"
        )
    {
        return Some(Tense::Future);
    }
    if after("rez") && conditional(&s[..s.len() - 2]) {
        return Some(Tense::Future);
    }
    if after("aient") || after("ait") {
        return match s {
            "fait" | "trait" | "lait" | "souhait" | "parfait" | "satisfait" | "bienfait"
            | "forfait" | "méfait" | "imparfait" | "sait" | "plaît" | "plait" | "refait"
            | "hait" | "défait" | "stupéfait" | "ait" => None,
            _ => Some(Tense::Past),
        };
    }
    if after("èrent")
        || after("irent")
            && s != "retirent"
            && s != "tirent"
            && s != "attirent"
            && s != "aspirent"
            && s != "admirent"
        || after("urent")
            && s != "assurent"
            && s != "demeurent"
            && s != "durent"
            && s != "jurent"
            && s != "meurent"
            && s != "mesurent"
    {
        return Some(Tense::Past);
    }
    // Reflexive pronoun: what follows is a finite verb.
    if line.is(i, Word::Other)
        && after("ent")
        && !s.ends_with("ment")
        && !NOUNS_ENT.contains(&s)
        && !s.ends_with("cident")
        && !s.ends_with("gent")
    {
        return Some(Tense::Present);
    }
    if i > 0
        && matches!(line.str(i - 1), "se" | "s'" | "s’")
        && !infinitive(line, i)
        && !s.ends_with("ant")
    {
        return Some(Tense::Present);
    }
    None
}

/// Before the final r of a future or conditional stem.
pub(super) fn conditional(stem: &str) -> bool {
    // stem ends in « r »
    let Some(body) = stem.strip_suffix('r') else {
        return false;
    };
    // entrer, montrer, rencontrer, tirer and their like: the r is the stem's.
    if matches!(
        stem,
        "tir"
            | "retir"
            | "attir"
            | "inspir"
            | "admir"
            | "vir"
            | "expir"
            | "respir"
            | "soupir"
            | "aspir"
            | "assur"
            | "jur"
            | "mesur"
            | "dur"
            | "demeur"
            | "pleur"
            | "effleur"
            | "rassur"
            | "censur"
            | "figur"
    ) {
        return false;
    }
    if body.ends_with("nt") && !body.ends_with("ient") {
        return false;
    }
    if body.ends_with('u') {
        return matches!(
            body,
            "au" | "sau" | "conclu" | "exclu" | "inclu" | "cou" | "mou"
        );
    }
    ["e", "i", "d", "v", "r", "tt", "ît", "it", "bat"]
        .iter()
        .any(|e| body.ends_with(e))
}

pub(super) const NOUNS_ENT: &[&str] = &[
    "président",
    "client",
    "souvent",
    "content",
    "récent",
    "argent",
    "patient",
    "talent",
    "vent",
    "accident",
    "incident",
    "continent",
    "agent",
    "excellent",
    "différent",
    "équivalent",
    "résident",
    "étudiant",
    "parent",
    "cent",
    "dent",
    "lent",
    "urgent",
    "permanent",
    "innocent",
    "adolescent",
    "affluent",
    "ingrédient",
    "orient",
    "occident",
    "absent",
    "présent",
    "précédent",
    "opulent",
    "violent",
    "évident",
    "fréquent",
    "conséquent",
    "adhérent",
    "concurrent",
    "dissident",
    "régent",
    "sergent",
    "contient",
    "tient",
    "vient",
    "obtient",
    "maintient",
    "soutient",
    "devient",
    "revient",
    "intervient",
    "convient",
    "prévient",
    "détient",
    "retient",
    "appartient",
    "serpent",
    "torrent",
    "couvent",
    "ciment",
    "consent",
    "sent",
    "ment",
    "dément",
    "coefficient",
    "quotient",
    "inconvénient",
    "émergent",
    "indécent",
    "récipient",
    "insolent",
    "transparent",
    "apparent",
    "cohérent",
    "avent",
];
