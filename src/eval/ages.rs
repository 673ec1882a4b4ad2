//! Ages, which annotators disagree on: they are left out of the scores.

/// A length in years beside a person: « âgé de 34 ans », « X, 34 ans, »,
/// « à 34 ans », « homme de 34 ans ».
pub(super) fn is_age(text: &str, start: usize, end: usize) -> bool {
    let span = &text[start..end];
    if !span.ends_with("ans") && !span.ends_with("an") && !span.ends_with("mois") {
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
    match (two.get(1).copied().unwrap_or(""), last) {
        (w, "de") if w.starts_with("âgé") => true,
        // « gratuit pour les moins de 12 ans »
        ("moins" | "plus", "de") => [
            "les moins de",
            "des moins de",
            "aux moins de",
            "les plus de",
            "des plus de",
            "aux plus de",
        ]
        .iter()
        .any(|p| before.ends_with(p)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_from_lengths() {
        for (text, age) in [
            ("Anne, [34 ans], médecin", true),
            ("un homme de [34 ans]", true),
            ("âgée de [34 ans]", true),
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
