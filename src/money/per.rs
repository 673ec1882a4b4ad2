//! What an amount is paid for: « 12 euros de l'heure », « 1 200 € par mois ».

use super::phrases::Window;
use crate::french::{relations::rate_periods, sets::money as sets};
use crate::numbers::chars::BLANKS;

/// The duration (TIMEX3) that the amount which ends at byte `end` is paid
/// for.
pub fn after(text: &str, end: usize) -> Option<&'static str> {
    // No blank, no slash: a mark ends the phrase.
    if !text[end..].starts_with(BLANKS) && !text[end..].starts_with(['/', '\t']) {
        return None;
    }
    let mut at = end;
    while let Some(end) = rate_word(text, at) {
        at = end;
    }
    let window = Window::after(text, at);
    let row = rate_periods::ROWS
        .iter()
        .filter(|r| window.starts_with(r.phrase))
        .max_by_key(|r| r.phrase.len())?;
    // « la semaine dernière », « l'an prochain » are dates.
    let rest = window
        .as_bytes()
        .get(row.phrase.len() + 1..)
        .unwrap_or_default();
    let is_date = sets::DATED
        .folded()
        .iter()
        .any(|w| rest.starts_with(w.as_bytes()));
    (!(row.bare && is_date)).then_some(row.period)
}

/// The duration behind the brackets around the amount `start..end`, which says again what
/// the one that ends at byte `before` is: « 80 millions de dinars (27 millions d'euros)
/// par an ». Both are paid for it.
pub fn behind_bracket(text: &str, before: usize, start: usize, end: usize) -> Option<&'static str> {
    text[end..].strip_prefix(')')?;
    let gap = text[before..start].trim_start_matches(BLANKS);
    let inside = gap.strip_prefix('(')?;
    let one = |c: char| c.is_numeric() || matches!(c, '(' | ')' | '\n');
    if inside.contains(one) {
        return None;
    }
    after(text, end + 1)
}

/// The end of the word between an amount and its period that stands after the
/// blanks at `at`.
fn rate_word(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].trim_start_matches(BLANKS);
    sets::RATE_WORDS.words().iter().find_map(|word| {
        let tail = rest.strip_prefix(word)?;
        tail.starts_with(BLANKS).then_some(text.len() - tail.len())
    })
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
