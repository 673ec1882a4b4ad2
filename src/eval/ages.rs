//! Ages, which annotators disagree on: they are left out of the scores.

/// A length in years beside a person: « âgé de 34 ans », « X, 34 ans, »,
/// « à 34 ans », « homme de 34 ans ».
pub(super) fn is_age(text: &str, start: usize, end: usize) -> bool {
    let span = &text[start..end];
    let units = [
        "ans",
        "an",
        "mois",
        "ans et demi",
        "an et demi",
        "aine d'années",
    ];
    if !units.iter().any(|u| span.ends_with(u)) {
        return false;
    }
    let before = text[..start].trim_end();
    let after = text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let last = before
        .rsplit([' ', '\u{a0}', '\n', '\'', '’'])
        .next()
        .unwrap_or("");
    let two: Vec<&str> = before
        .rsplit([' ', '\u{a0}', '\n', '\'', '’'])
        .take(2)
        .collect();
    let after_closes = after.is_empty()
        || after.starts_with([',', ')', '.', ';', '\n', '»', ':', '!', '?', '–', '—']);
    if before.ends_with(',') || before.ends_with('(') {
        return after_closes || after.starts_with("et ") || span.ends_with("ans");
    }
    // « un individu d'une trentaine d'années »
    if span.ends_with("aine d'années") {
        return last == "d" || before.ends_with(['\'', '’']);
    }
    // « les 25-34 ans », « de 7 à 77 ans », « de 32 et 47 ans », « entre 15 et 19 ans »
    let count = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = before
        .rsplit([' ', '\u{a0}', '\n', '\'', '’'])
        .take(4)
        .collect();
    let first = span.split(' ').next().unwrap_or("");
    let ages = first.split('-').count() == 2 && first.split('-').all(count);
    let led = |w: &str| matches!(w, "de" | "des" | "les" | "aux");
    if ages || led(last) && span.contains(" à ") && count(first) {
        return true;
    }
    if let [_, n, lead, ..] = words[..]
        && last == "et"
        && count(n)
    {
        return lead == "entre"
            || lead == "de"
                && words
                    .get(3)
                    .is_some_and(|w| is_person(w) || w.starts_with("âgé"));
    }
    match (two.get(1).copied().unwrap_or(""), last) {
        (w, "de") if w.to_lowercase().starts_with("âgé") => true,
        // « gratuit pour les moins de 12 ans »
        ("moins" | "plus", "de") => {
            [
                "les moins de",
                "des moins de",
                "aux moins de",
                "les plus de",
                "des plus de",
                "aux plus de",
            ]
            .iter()
            .any(|p| before.ends_with(p))
                || before.ends_with("mineur de moins de")
                || before.ends_with("mineurs de moins de")
        }
        // « une jeune fille », « une femme politique de 34 ans »
        (w, "de") if is_person(w) || words.get(2).is_some_and(|noun| is_person(noun)) => true,
        (w, "de") => matches!(
            w,
            "homme"
                | "femme"
                | "garçon"
                | "fille"
                | "fillette"
                | "enfant"
                | "adolescent"
                | "adolescente"
                | "ado"
                | "jeune"
                | "fils"
                | "octogénaire"
                | "étudiant"
                | "étudiante"
                | "bébé"
                | "père"
                | "mère"
                | "conducteur"
                | "joueur"
                | "retraité"
                | "retraitée"
                | "lycéen"
                | "hommes"
                | "femmes"
                | "personnes"
                | "jeunes"
                | "enfants"
                | "élève"
                | "joueuse"
                | "attaquant"
                | "motard"
                | "cycliste"
                | "quadragénaire"
                | "gamin"
                | "Français"
                | "habitante"
                | "habitant"
                | "patiente"
                | "patient"
                | "suspect"
                | "âge"
        ),
        (_, "à" | "À" | "a" | "ses" | "fête" | "avait") => true,
        ("âge", "d") => true,
        (w, "des" | "les" | "aux") => w == "plus" || w == "moins",
        _ => false,
    }
}

/// A noun of a person: one of the list, one with the ending of who does or is
/// something, a demonym.
fn is_person(word: &str) -> bool {
    let one = word.trim_end_matches('s');
    let demonym = one.chars().next().is_some_and(char::is_uppercase)
        && [
            "ais", "aise", "ois", "oise", "ien", "ienne", "ain", "aine", "ai", "oi",
        ]
        .iter()
        .any(|e| one.ends_with(e));
    let doer = [
        "iste", "ien", "ienne", "teur", "trice", "seur", "neur", "leur", "ieur", "euse", "génaire",
    ];
    let none = [
        "valeur", "ancien", "couleur", "chaleur", "secteur", "moteur", "soutien", "liste",
    ];
    let nouns = [
        "homme",
        "femme",
        "garçon",
        "fille",
        "fillette",
        "enfant",
        "adolescent",
        "adolescente",
        "militaire",
        "enseignant",
        "enseignante",
        "humoriste",
        "étudiant",
        "étudiante",
        "senior",
        "victime",
        "touriste",
        "individu",
        "mineur",
        "père",
        "mère",
        "fils",
        "pilote",
        "ministre",
        "élève",
        "bébé",
        "gendarme",
        "médecin",
        "chef",
        "champion",
        "championne",
        "star",
        "acteur",
        "actrice",
        "président",
        "présidente",
        "député",
        "députée",
        "maire",
        "policier",
        "policière",
        "infirmier",
        "infirmière",
        "ouvrier",
        "ouvrière",
        "prêtre",
        "avocat",
        "avocate",
        "époux",
        "épouse",
        "mari",
        "ado",
        "gérant",
        "gérante",
        "passager",
        "passagère",
    ];
    demonym || nouns.contains(&one) || !none.contains(&one) && doer.iter().any(|e| one.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_from_lengths() {
        for (text, age) in [
            ("Anne, [34 ans], médecin", true),
            ("un homme de [34 ans]", true),
            ("âgée de [34 ans]", true),
            ("une chanteuse de [34 ans]", true),
            ("la femme politique de [69 ans]", true),
            ("un Lillois de [34 ans]", true),
            ("un individu d'[une trentaine d'années]", true),
            ("la vaccination des [25-34 ans]", true),
            ("des élèves de [8 à 16 ans]", true),
            ("les femmes entre 15 et [19 ans]", true),
            ("deux pilotes de 35 et [45 ans]", true),
            ("la petite Zoé, [deux ans et demi].", true),
            ("une étude sur [10 à 15 ans]", false),
            ("une valeur de [34 ans]", false),
            ("il y travaille depuis [une trentaine d'années]", false),
            ("pendant [34 ans]", false),
            ("un bail de [34 ans]", false),
        ] {
            let start = text.find('[').expect("open");
            let plain = text.replace(['[', ']'], "");
            let end = text.find(']').expect("close") - 1;
            assert_eq!(is_age(&plain, start, end), age, "{text}");
        }
    }
}
