//! The comments of readers, below the article.

use super::lines::Line;
use crate::{french::sets::zones::comments as sets, kinds::Zone};

/// Marks the comments: from their heading, where a button of a comment stands
/// below it, to the end of the text.
pub fn mark(lines: &[Line], zones: &mut [Option<Zone>]) {
    let Some(last) = lines.iter().rposition(is_buttons) else {
        return;
    };
    let Some(first) = lines[..last].iter().position(is_heading) else {
        return;
    };
    for zone in &mut zones[first..] {
        zone.get_or_insert(Zone::Comment);
    }
}

/// « 12 commentaires », « Commentaires (3) : »
fn is_heading(line: &Line) -> bool {
    let count = |c: char| c.is_ascii_digit() || " ()[]:\u{a0}".contains(c);
    sets::HEADINGS.contains_folded(line.text.trim_matches(count))
}

/// « Répondre », « Répondre Signaler »
fn is_buttons(line: &Line) -> bool {
    sets::BUTTONS.contains_folded(line.text)
}

#[cfg(test)]
mod tests {
    use crate::{kinds::Zone, zones::find};

    #[test]
    fn from_the_heading_to_the_end() {
        let text = "La halle ferme.\n\n2 commentaires :\n\nMarius\nEnfin !\nRépondre\n\nTous droits réservés";
        let found: Vec<_> = find(text)
            .into_iter()
            .map(|(bytes, zone)| (&text[bytes], zone))
            .collect();
        assert_eq!(
            found,
            [
                (
                    "2 commentaires :\n\nMarius\nEnfin !\nRépondre",
                    Zone::Comment
                ),
                ("Tous droits réservés", Zone::Boilerplate),
            ]
        );
        // A heading of the article, and no button below.
        let plain = "La halle ferme.\n\nRéactions\n\nLe maire regrette.\nLe préfet aussi.";
        assert!(find(plain).is_empty());
    }
}
