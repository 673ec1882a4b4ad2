//! What stands below a picture, and whose picture it is.

use super::lines::Line;
use crate::french::sets::zones::{bylines, captions as sets};

/// The longest caption, in bytes.
const LONGEST: usize = 350;
/// The longest credit at its end, in bytes.
const CREDIT: usize = 70;

/// Whether a line is a caption or a credit.
pub fn is(line: &Line) -> bool {
    let text = line.text;
    text.len() <= LONGEST && (is_labelled(text) || is_bracketed(text) || has_credit(text))
}

/// « Crédit photo : Max Leroy », « Photo : la halle en 1909 », « © Ville de Metz »
fn is_labelled(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('©') {
        return !rest.trim().is_empty() && rest.len() <= CREDIT;
    }
    if let Some(end) = sets::CREDITS.begins(text) {
        let rest = text[end..].trim_start();
        return rest.starts_with([':', '©'])
            || rest.len() <= CREDIT
                && !rest.ends_with('.')
                && rest.starts_with(char::is_uppercase);
    }
    let Some(end) = sets::LABELS.begins(text) else {
        return false;
    };
    let rest = text[end..].trim_start();
    rest.starts_with(':') && rest.len() > 2
}

/// « (Photo Marc Olivé) », the whole line.
fn is_bracketed(text: &str) -> bool {
    let inner = text
        .strip_prefix(['(', '['])
        .and_then(|t| t.trim_end_matches('.').strip_suffix([')', ']']));
    inner.is_some_and(|inner| is_credit(inner) && inner.len() <= LONGEST)
}

/// « La halle, jeudi. © Marc Olivé », « … (Photo M. Olivé/AFP) », « … Photo Dominique Sarda »
fn has_credit(text: &str) -> bool {
    let tail = tail(text);
    if let Some(inner) = tail.trim_end_matches('.').strip_suffix([')', ']'])
        && let Some(at) = inner.rfind(['(', '['])
        && is_credit(&inner[at + 1..])
    {
        return true;
    }
    if tail.ends_with(['.', '"', '»', '!', '?']) {
        return false;
    }
    // The last sentence is a credit.
    let sentence = tail.rfind(". ").map(|at| &tail[at + 2..]);
    tail.contains('©') || sentence.is_some_and(is_credit)
}

/// The last bytes of a line, as many as a credit may have.
fn tail(text: &str) -> &str {
    let mut from = text.len().saturating_sub(CREDIT);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// « Photo Marc Olivé », « Crédit : M. Olivé », « Marc Olivé / AFP », « REUTERS »
fn is_credit(text: &str) -> bool {
    is_credit_line(text)
        || text.rsplit_once('/').is_some_and(|(before, last)| {
            let agency = |text: &str| bylines::AGENCIES.contains_folded(text.trim());
            // « AFP/Marc Olivé »
            agency(last) || agency(before) && last.trim().starts_with(char::is_uppercase)
        })
}

fn is_credit_line(text: &str) -> bool {
    if text.starts_with('©') {
        return true;
    }
    let Some(end) = sets::CREDITS
        .begins(text)
        .or_else(|| sets::LABELS.begins(text))
    else {
        return false;
    };
    let rest = text[end..].trim_start();
    rest.starts_with([':', '©']) || rest.starts_with(char::is_uppercase) && !rest.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::lines;

    #[test]
    fn below_a_picture() {
        for (text, expected) in [
            ("Crédit photo : Marc Olivé", true),
            ("crédit photo Marc Olivé", true),
            ("Photo : la halle en 1909", true),
            ("© Ville de Metz", true),
            ("(Photo Marc Olivé)", true),
            ("La halle de Metz, jeudi. © Marc Olivé", true),
            ("Le port, le 3 avril 2024 (Marc Olivé/AFP)", true),
            ("La halle de Metz, jeudi. Photo Marc Olivé", true),
            ("La halle de Metz, jeudi. AFP/Marc Olivé", true),
            ("Ci-contre : la halle en 1909", true),
            // Articles say these.
            ("Photo finish au 100 mètres", false),
            ("Photo :", false),
            ("Ci-contre la halle en 1909", false),
            (
                "Le prix de la photo. Photo Marc, dit l'enseigne, ferme.",
                false,
            ),
            ("Le port a fermé (lire page 4)", false),
        ] {
            assert_eq!(is(&lines(text)[0]), expected, "{text}");
        }
    }
}
