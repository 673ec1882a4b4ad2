//! Links to other articles: « À lire aussi : … », « Dans la même rubrique ».

use super::lines::Line;
use crate::french::sets::zones::related as sets;

/// The longest title of a linked article, in bytes.
const TITLE: usize = 140;
/// The longest line that begins with a label, in bytes.
const LONGEST: usize = 250;
/// The most titles below a label.
const TITLES: usize = 10;

/// How many lines, from the first of `lines`, are a label of links and the titles
/// below it; 0 where it is none.
pub fn block(lines: &[Line]) -> usize {
    let Some(first) = lines.first() else {
        return 0;
    };
    match label(first.text) {
        None => 0,
        Some(Label::WithTitle) => 1,
        Some(Label::Alone) => {
            let titles = lines[1..]
                .iter()
                .take(TITLES)
                .take_while(|line| !line.apart && is_title(line.text))
                .count();
            // The last one before a paragraph is the heading of its part.
            let runs_on = lines.get(1 + titles).is_some_and(|next| !next.apart);
            match runs_on && titles > 1 {
                true => titles,
                false => 1 + titles,
            }
        }
    }
}

enum Label {
    /// The titles stand below it.
    Alone,
    /// The title stands behind it.
    WithTitle,
}

fn label(text: &str) -> Option<Label> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.trim_start_matches([
        '>', '»', '•', '-', '–', '*', '→', '►', '▶', '+', '#', ' ', '\u{a0}', '(', '[',
    ]);
    let end = sets::LABELS.begins(text)?;
    let rest = text[end..].trim_matches([' ', '\u{a0}', '*', ')', ']']);
    if rest.is_empty() || rest == ":" {
        return Some(Label::Alone);
    }
    let set_off = rest.starts_with([':', '|', '>', '→', '►', '–', '-', '•']);
    // « Lire aussi Nantes : la gare ferme »
    let runs_on = sets::SURE.begins(text).is_some()
        && rest.starts_with(|c: char| c.is_uppercase() || c == '«')
        && !rest.ends_with('.');
    (set_off || runs_on).then_some(Label::WithTitle)
}

fn is_title(text: &str) -> bool {
    text.len() <= TITLE && !text.ends_with(['.', ':', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::lines;

    #[test]
    fn labels_and_the_titles_below_them() {
        for (text, expected) in [
            ("À lire aussi : la gare ferme", 1),
            (">> Lire également | La gare ferme", 1),
            ("Lire aussi Nantes : la gare ferme", 1),
            ("Dans la même rubrique :", 1),
            (
                "Sur le même sujet\nLa gare ferme\nLe tram arrive\n\nEncore",
                3,
            ),
            // A heading of the article, and its paragraph.
            (
                "Lire aussi\nLa gare ferme\nCeux qui restent\nIls sont dix.",
                2,
            ),
            // Articles say these.
            ("Lire aussi longtemps que la lampe le permet", 0),
            ("Sur le même sujet, le Sénat avait rendu un avis.", 0),
            ("À lire aussi Nantes est une ville.", 0),
        ] {
            assert_eq!(block(&lines(text)), expected, "{text}");
        }
    }
}
