//! What one word shows of a tense: an auxiliary with what it governs, a form
//! whose ending says it, a common verb of the news in the present.

use super::{
    Tense,
    compounds::{governed, infinitive, participle},
    endings::simple,
    participles::{AHEAD, stem},
};
use crate::dates::{lexicon::Word, line::Line};

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
    match s {
        "a" | "ont" | "ai" | "as" | "avons" | "avez" => {
            return participle(line, i + 1).then_some(Tense::Past);
        }
        "est" | "sont" | "suis" | "sommes" | "êtes" => {
            return match governed(line, i + 1) {
                Some(p) if AHEAD.contains(&stem(p)) => Some(Tense::Future),
                Some(_) => Some(Tense::Past),
                None => Some(Tense::Present),
            };
        }
        "était" | "étaient" | "avait" | "avaient" | "fut" | "furent" | "eut" | "eurent"
        | "étais" | "étions" | "étiez" | "avais" | "avions" | "aviez" => {
            return Some(Tense::Past);
        }
        "serai" | "aurai" | "irai" => return Some(Tense::Future),
        "aurait" | "auraient" | "serait" | "seraient" => {
            return Some(if s.starts_with("au") && participle(line, i + 1) {
                Tense::Past
            } else {
                Tense::Future
            });
        }
        "va" | "vont" | "doit" | "doivent" | "compte" | "comptent" | "prévoit" | "prévoient"
        | "espère" | "espèrent" | "entend" | "envisage" => {
            return if infinitive(line, i + 1) {
                Some(Tense::Future)
            } else {
                Some(Tense::Present)
            };
        }
        // Whether it came is not said: the nearest.
        "devait" | "devaient" | "allait" | "allaient" => return Some(Tense::Present),
        "sera" | "seront" | "aura" | "auront" | "saura" | "sauront" | "conclura" | "exclura"
        | "inclura" | "ira" | "iront" => return Some(Tense::Future),
        "vient" | "viennent" if line.is(i + 1, Word::De) || line.is(i + 1, Word::D) => {
            return Some(Tense::Past);
        }
        _ => {}
    }
    if t.word != Word::Other && t.word != Word::Past {
        return None;
    }
    if determined(line, i) {
        return None;
    }
    if PRESENT.contains(&s) {
        return (!noun(line, i)).then_some(Tense::Present);
    }
    simple(line, i, s)
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
    matches!(
        word.trim_end_matches(['\'', '’']),
        "un" | "une"
            | "ce"
            | "cet"
            | "cette"
            | "ces"
            | "son"
            | "sa"
            | "ses"
            | "leur"
            | "leurs"
            | "notre"
            | "nos"
            | "votre"
            | "vos"
            | "mon"
            | "ma"
            | "mes"
            | "du"
            | "des"
            | "de"
            | "d"
            | "au"
            | "aux"
            | "chaque"
            | "plusieurs"
            | "quelques"
            | "sans"
            | "par"
            | "sur"
            | "avec"
    )
}

/// Whether the word at `i`, a verb by its form, is a noun by what stands before:
/// « lors de l'annonce », « une visite », but « il l'annonce ».
fn noun(line: &Line, i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).map(|j| line.str(j).to_lowercase());
    let Some(word) = before(1) else { return false };
    match word.trim_end_matches(['\'', '’']) {
        "un" | "une" | "ce" | "cet" | "cette" | "ces" | "son" | "sa" | "ses" | "leur" | "leurs"
        | "notre" | "votre" | "mon" | "ma" | "du" | "des" | "de" | "d" | "au" | "aux" | "à"
        | "chaque" | "toute" | "première" | "dernière" | "nouvelle" => true,
        "le" | "la" | "les" | "l" => !before(2).is_some_and(|w| {
            matches!(
                w.trim_end_matches(['\'', '’']),
                "il" | "elle"
                    | "on"
                    | "ils"
                    | "elles"
                    | "qui"
                    | "je"
                    | "j"
                    | "tu"
                    | "nous"
                    | "vous"
                    | "ne"
                    | "n"
                    | "me"
                    | "te"
                    | "y"
            )
        }),
        _ => false,
    }
}

/// Common verbs of the news in the present, whose endings say nothing.
const PRESENT: &[&str] = &[
    "ouvre",
    "commence",
    "débute",
    "démarre",
    "arrive",
    "joue",
    "affronte",
    "reçoit",
    "accueille",
    "vote",
    "tient",
    "organise",
    "publie",
    "reprend",
    "lance",
    "rencontre",
    "dispute",
    "retrouve",
    "retourne",
    "revient",
    "entame",
    "examine",
    "expire",
    "prend",
    "passe",
    "sort",
    "vient",
    "attend",
    "part",
    "rejoint",
    "participe",
    "inaugure",
    "propose",
    "fête",
    "célèbre",
    "manifeste",
    "défie",
    "entre",
    "tiennent",
    "prennent",
    "viennent",
    "reviennent",
    "deviennent",
    "partent",
    "attendent",
    "annonce",
    "explique",
    "affirme",
];
