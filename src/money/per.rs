//! What an amount is paid for: « 12 euros de l'heure », « 1 200 € par mois ».

use super::phrases::Window;

#[rustfmt::skip]
static PERIODS: &[(&str, &str)] = &[
    ("par heure", "PT1H"), ("de l'heure", "PT1H"), ("l'heure", "PT1H"), ("/heure", "PT1H"), ("/h", "PT1H"), ("de l' heure", "PT1H"),
    ("par minute", "PT1M"), ("la minute", "PT1M"), ("/min", "PT1M"), ("/minute", "PT1M"), ("par seconde", "PT1S"), ("la demi-heure", "PT30M"),
    ("par jour", "P1D"), ("/jour", "P1D"), ("/j", "P1D"), ("la journee", "P1D"), ("par journee", "P1D"), ("chaque jour", "P1D"), ("tous les jours", "P1D"), ("par nuit", "P1D"), ("la nuit", "P1D"), ("quotidiens", "P1D"), ("par nuitee", "P1D"), ("la nuitee", "P1D"),
    ("par semaine", "P1W"), ("/semaine", "P1W"), ("chaque semaine", "P1W"), ("la semaine", "P1W"), ("hebdomadaires", "P1W"),
    ("par mois", "P1M"), ("/mois", "P1M"), ("chaque mois", "P1M"), ("tous les mois", "P1M"), ("mensuels", "P1M"), ("mensuelles", "P1M"), ("le mois", "P1M"), ("/ mois", "P1M"),
    ("par trimestre", "P3M"), ("/trimestre", "P3M"), ("trimestriels", "P3M"), ("par semestre", "P6M"),
    ("par an", "P1Y"), ("/an", "P1Y"), ("l'an", "P1Y"), ("par annee", "P1Y"), ("chaque annee", "P1Y"), ("tous les ans", "P1Y"), ("annuels", "P1Y"), ("annuelles", "P1Y"), ("l'annee", "P1Y"), ("/ an", "P1Y"),
];

/// The duration (TIMEX3) that the amount which ends at byte `end` is paid
/// for.
pub fn after(text: &str, end: usize) -> Option<&'static str> {
    // No blank, no slash: a mark ends the phrase.
    if !text[end..].starts_with([' ', '/', '\u{a0}', '\u{202f}', '\t']) {
        return None;
    }
    let mut at = end;
    for word in [
        "brut",
        "bruts",
        "net",
        "nets",
        "TTC",
        "HT",
        "environ",
        "en moyenne",
        "et",
    ] {
        let rest = text[at..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        if let Some(tail) = rest.strip_prefix(word)
            && tail.starts_with([' ', '\u{a0}'])
        {
            at = text.len() - tail.len();
        }
    }
    let window = Window::after(text, at);
    let (phrase, period) = PERIODS
        .iter()
        .filter(|(p, _)| window.starts_with(p))
        .max_by_key(|(p, _)| p.len())?;
    // « la semaine dernière », « l'an prochain » are dates.
    let rest = window
        .as_bytes()
        .get(phrase.len() + 1..)
        .unwrap_or_default();
    let is_date = [
        "dernier", "passe", "prochain", "suivant", "preceden", "derniere", "2", "1", "d'apres",
        "ou", "qui", "en cours",
    ]
    .iter()
    .any(|w| rest.starts_with(w.as_bytes()));
    let bare = phrase.starts_with("l'") || phrase.starts_with("la ") || phrase.starts_with("le ");
    (!(bare && is_date)).then_some(*period)
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn rates_and_dates() {
        for (text, period) in [
            (" de l'heure", Some("PT1H")),
            (" par mois", Some("P1M")),
            (" brut par mois", Some("P1M")),
            (" net mensuels", Some("P1M")),
            ("/an", Some("P1Y")),
            (" la semaine", Some("P1W")),
            (" la semaine dernière", None),
            (" l'an passé", None),
            (" l’heure", Some("PT1H")),
            (" par personne", None),
            ("", None),
        ] {
            assert_eq!(after(text, 0), period, "{text}");
        }
    }
}
