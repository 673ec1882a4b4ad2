//! The tense of the clause around a mention, read from endings and
//! auxiliaries: enough to know whether « lundi » is behind or ahead.

use super::{lexicon::Word, token::Line};

/// Which way a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
    Future,
    /// No verb form that says.
    Unknown,
}

/// A tense and the token that shows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    pub tense: Tense,
    pub token: Option<usize>,
}

/// How far a comma or a relative pronoun sets two words apart, in words.
const COMMA: usize = 5;
const RELATIVE: usize = 6;

/// The tense around tokens `start..end`.
pub(super) fn around(line: &Line, start: usize, end: usize) -> Evidence {
    let before = introduced(line, start);
    if let Some(tense) = before {
        return Evidence {
            tense,
            token: start.checked_sub(1),
        };
    }
    let left = scan(line, start, false);
    let right = scan(line, end, true);
    let best = match (left, right) {
        (Some(l), Some(r)) => Some(if r.1 < l.1 { r } else { l }),
        (l, r) => l.or(r),
    };
    match best {
        Some((tense, _, token)) => Evidence {
            tense,
            token: Some(token),
        },
        None => Evidence {
            tense: Tense::Unknown,
            token: None,
        },
    }
}

/// A preposition or a participle right before the mention that settles it:
/// « depuis lundi », « prévu vendredi », « d'ici mardi ».
fn introduced(line: &Line, start: usize) -> Option<Tense> {
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
const AHEAD: &[&str] = &[
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

fn scan(line: &Line, from: usize, forward: bool) -> Option<(Tense, usize, usize)> {
    let mut distance = 0;
    let mut i = from;
    loop {
        if forward {
            if i >= line.tokens.len() {
                return None;
            }
        } else {
            i = i.checked_sub(1)?;
        }
        let t = line.at(i);
        if t.word == Word::Punct {
            if line.stops(i)
                || matches!(
                    char::from_u32(t.n),
                    Some(';' | ':' | '"' | '(' | ')' | '–' | '—')
                )
            {
                return None;
            }
            if t.n == u32::from(b',') {
                distance += COMMA;
            }
        } else {
            distance += 1;
            // Behind us, a relative pronoun opens the clause we stand in;
            // ahead, it opens another.
            let opens = matches!(t.word, Word::Qui)
                || t.elided && line.str(i).starts_with("qu")
                || line.str(i) == "que"
                || line.str(i) == "dont";
            if opens {
                distance += RELATIVE;
            }
            if let Some(tense) = signal(line, i) {
                return Some((tense, distance, i));
            }
        }
        if distance > 40 {
            return None;
        }
        if forward {
            i += 1;
        }
    }
}

/// What the token at `i` shows, with the participle or infinitive it governs.
pub(super) fn signal(line: &Line, i: usize) -> Option<Tense> {
    let t = line.at(i);
    if matches!(
        t.word,
        Word::Figures | Word::Punct | Word::Blocked | Word::Month | Word::Weekday | Word::Unit
    ) {
        return None;
    }
    if t.cap && i > 0 && !super::absolute::sentence_start(line, i) {
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
        "était" | "étaient" | "avait" | "avaient" | "fut" | "furent" | "eut" | "eurent" => {
            return Some(Tense::Past);
        }
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
        "devait" | "devaient" | "allait" | "allaient" => return Some(Tense::Future),
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
    if PRESENT.contains(&s) {
        return (!noun(line, i)).then_some(Tense::Present);
    }
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
    if t.word == Word::Other
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

/// Before the final r of a future or conditional stem.
fn conditional(stem: &str) -> bool {
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

fn stem(s: &str) -> &str {
    s.trim_end_matches('s').trim_end_matches('e')
}

const NOUNS_ENT: &[&str] = &[
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

/// A participle of the compound past, after adverbs and pronouns.
fn participle(line: &Line, i: usize) -> bool {
    governed(line, i).is_some()
}

/// The participle that an auxiliary before `i` governs.
fn governed<'a>(line: &Line<'a>, i: usize) -> Option<&'a str> {
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
        let regular = ends(&["é", "i", "u", "it", "is", "rt", "int", "ort"])
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
                    | "lundi"
            );
        return (regular && !short).then_some(s);
    }
    None
}

/// An infinitive, after adverbs and pronouns.
fn infinitive(line: &Line, i: usize) -> bool {
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

#[cfg(test)]
mod tests {
    use super::{super::token::tokenize, *};

    fn tense(text: &str, mention: &str) -> Tense {
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &[], &mut tokens);
        let line = Line {
            text,
            tokens: &tokens,
        };
        let at = text.find(mention).expect("mention") as u32;
        let start = tokens.iter().position(|t| t.start == at).expect("token");
        around(&line, start, start + 1).tense
    }

    #[test]
    fn reads_the_clause() {
        for (text, want) in [
            ("Le ministre a annoncé lundi une réforme.", Tense::Past),
            ("Le ministre annoncera lundi une réforme.", Tense::Future),
            ("Elle doit se rendre lundi à Brest.", Tense::Future),
            ("Ils vont défiler lundi.", Tense::Future),
            ("Attendue lundi à Brest, elle a renoncé.", Tense::Future),
            ("La grève dure depuis lundi.", Tense::Past),
            ("La pluie tombait lundi sur Brest.", Tense::Past),
            (
                "Lors de l'annonce lundi à Brest, le maire a hésité.",
                Tense::Past,
            ),
            ("Une visite lundi a convaincu les élus.", Tense::Past),
            ("Elle l'annonce lundi à Brest.", Tense::Present),
            (
                "Lundi, les élus se sont réunis ; ils voteront ensuite.",
                Tense::Past,
            ),
            ("Le tribunal rendrait lundi sa décision.", Tense::Future),
            ("Il aurait quitté lundi son poste.", Tense::Past),
            ("Il déclara lundi que tout allait bien.", Tense::Past),
            ("Il montra lundi ses plans.", Tense::Past),
            ("Réunion lundi à la mairie.", Tense::Unknown),
            ("A-t-il parlé lundi ?", Tense::Past),
        ] {
            let mention = if text.contains("Lundi") {
                "Lundi"
            } else {
                "lundi"
            };
            assert_eq!(tense(text, mention), want, "{text}");
        }
    }
}
