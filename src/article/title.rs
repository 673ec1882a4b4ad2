//! The title, where no field of a record gives it: the first line, if it looks
//! like a heading.

use super::dateline::is_dateline;
use crate::french::sets::article as sets;

/// A longer line (in characters) is a paragraph.
const LONGEST: usize = 160;

/// The first line that is no dateline, when it looks like a heading and more
/// text follows. A text that begins with a paragraph has no title: headings
/// further down name only their part.
pub fn title(text: &str) -> Option<&str> {
    let mut lines = lines(text);
    let line = first(&mut lines)?;
    lines.next()?;
    is_heading(line, text).then_some(line)
}

/// Whether the first line of a text that is no dateline says nothing but this
/// title, marks and case aside: then the title is read there.
pub(super) fn opens(text: &str, title: &str) -> bool {
    first(&mut lines(text)).is_some_and(|line| letters(line).eq(letters(title)))
}

fn letters(line: &str) -> impl Iterator<Item = char> {
    line.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|l| l.chars().any(char::is_alphanumeric))
}

/// The first line that is no dateline, without its label.
fn first<'t>(lines: &mut impl Iterator<Item = &'t str>) -> Option<&'t str> {
    // A paragraph that begins with its date is no dateline to step over.
    let line = lines.find(|l| is_long(l) || !is_dateline(l))?;
    let line = line.trim_start_matches('#').trim_start();
    let labelled = || {
        let rest = &line[sets::TITLE_LABELS.begins(line)?..];
        rest.trim_start().strip_prefix(':')
    };
    Some(labelled().map_or(line, |value| value.trim().trim_matches('"')))
}

fn is_long(line: &str) -> bool {
    line.chars().nth(LONGEST).is_some()
}

fn is_heading(line: &str, text: &str) -> bool {
    if is_long(line) || line.ends_with([',', ';', ':']) {
        return false;
    }
    if !line.ends_with('.') || line.ends_with("...") {
        return true;
    }
    // With a full stop it is a heading only where the layout sets it apart:
    // a blank line after it, and a longer paragraph somewhere below.
    let after = text
        .find(line)
        .map_or("", |i| &text[i + line.len()..])
        .trim_start_matches([' ', '\t', '\r']);
    let blank = after
        .strip_prefix('\n')
        .is_some_and(|rest| rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'));
    blank && after.lines().any(|l| l.trim().len() > line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_opens_the_text() {
        for (body, title, is) in [
            ("La halle a brûlé\nUn incendie a…", "La halle a brûlé", true),
            (
                "4 mai 2024\n\nLA HALLE A BRÛLÉ !\nUn",
                "La halle a brûlé",
                true,
            ),
            ("L’usine ferme.\n\nElle", "L'usine ferme", true),
            ("La halle a brûlé samedi.", "La halle a brûlé", false),
            ("Un incendie\nLa halle a brûlé", "La halle a brûlé", false),
            ("", "La halle a brûlé", false),
        ] {
            assert_eq!(opens(body, title), is, "{body}");
        }
    }

    #[test]
    fn headings() {
        for (text, expected) in [
            ("La halle a brûlé\nUn incendie a…", Some("La halle a brûlé")),
            (
                "\n\n  # La halle a brûlé\n\nUn incendie",
                Some("La halle a brûlé"),
            ),
            (
                "samedi 4 mai 2024\n\nLa halle a brûlé\nUn",
                Some("La halle a brûlé"),
            ),
            ("***\nLa halle : fin ?\nUn", Some("La halle : fin ?")),
            ("TITRE : La halle\nUn", Some("La halle")),
            ("Title:La halle\nUn", Some("La halle")),
            ("Titre de transport\nUn", Some("Titre de transport")),
            (
                "La halle a brûlé.\n\nUn incendie a ravagé la halle samedi.",
                Some("La halle a brûlé."),
            ),
            (
                "La halle a brûlé.\nUn incendie a ravagé la halle samedi.",
                None,
            ),
            ("Une seule ligne", None),
            ("", None),
            ("Trois choses :\n- une\n- deux", None),
        ] {
            assert_eq!(title(text), expected, "{text}");
        }
        let paragraph = "Un incendie a ravagé la halle ".repeat(8);
        assert_eq!(title(&format!("{paragraph}\nSous-titre\nSuite")), None);
        let dated = format!("date 2024-05 {paragraph}\nSous-titre\nSuite");
        assert_eq!(title(&dated), None);
    }
}
