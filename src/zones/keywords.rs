//! The keywords of an article: « Mots-clés : port, pêche ».

use super::lines::Line;
use crate::french::sets::zones::keywords as sets;

/// The longest list of keywords, in bytes.
const LONGEST: usize = 400;
/// The longest list without a label, in bytes.
const BARE: usize = 250;
/// The shortest list without a label, in keywords.
const LEAST: usize = 5;
/// The longest keyword alone behind a label, in words.
const WORDS: usize = 3;
/// The shortest list below a label that links have too, in keywords.
const TOPICS: usize = 3;
/// The longest keyword, in bytes.
const KEYWORD: usize = 40;

/// What a line has to do with keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The list, with or without its label.
    List,
    /// The label, whose list is the next line.
    Label,
}

/// What a line has to do with keywords.
pub fn part(line: &Line) -> Option<Part> {
    let text = line.text;
    if text.len() > LONGEST {
        return None;
    }
    if is_topics(text) {
        return Some(Part::List);
    }
    let Some(end) = sets::LABELS.begins(text) else {
        return (is_hashtags(text) || is_bare(text)).then_some(Part::List);
    };
    let rest = text[end..].trim_start();
    match rest.strip_prefix(':').map(str::trim) {
        Some("") => Some(Part::Label),
        Some(rest) => {
            (sets::SURE.begins(text).is_some() || is_enumeration(rest)).then_some(Part::List)
        }
        None if rest.is_empty() => sets::SURE.begins(text).map(|_| Part::Label),
        None => None,
    }
}

/// « Sur le même sujet : port, pêche, criée »: keywords below a label that links have too.
fn is_topics(text: &str) -> bool {
    let rest = sets::TOPICS
        .begins(text)
        .map(|end| text[end..].trim_start());
    let list = rest.and_then(|rest| rest.strip_prefix(':')).map(str::trim);
    list.is_some_and(|list| {
        !is_sentence(list)
            && list.split(',').count() >= TOPICS
            && list
                .split(',')
                .all(|part| part.split_whitespace().count() <= WORDS)
    })
}

/// Whether a line may be the list below a label.
pub fn is_list(line: &Line) -> bool {
    line.text.len() <= LONGEST && !is_sentence(line.text)
}

/// « forêt, économie, Loire », « patrimoine religieux »
fn is_enumeration(text: &str) -> bool {
    let parted = text.contains([',', '·', '•', '|', '#']);
    !is_sentence(text) && (parted || text.split(' ').count() <= WORDS)
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ':'])
}

/// « #Lyon #culture »
fn is_hashtags(text: &str) -> bool {
    let mut tags = text.split_whitespace();
    text.starts_with('#')
        && tags.clone().count() >= 2
        && tags.all(|tag| {
            tag.strip_prefix('#')
                .is_some_and(|t| t.starts_with(char::is_alphabetic) && !t.ends_with('.'))
        })
}

/// « eau, tarifs, Millau, régie, Aveyron »: names and nouns in turn, no sentence.
fn is_bare(text: &str) -> bool {
    if !text.starts_with(char::is_alphanumeric)
        || text.len() > BARE
        || text.bytes().filter(|b| *b == b',').count() + 1 < LEAST
    {
        return false;
    }
    let mut names = false;
    let mut nouns = false;
    for item in text.split(',') {
        let item = item.trim();
        let plain = item
            .chars()
            .all(|c| c.is_alphanumeric() || " '’-&.".contains(c));
        if item.is_empty()
            || item.len() > KEYWORD
            || !plain
            || item.split(' ').count() > 4
            || item.ends_with('.')
        {
            return false;
        }
        match item.starts_with(char::is_uppercase) {
            true => names = true,
            false => nouns = true,
        }
        if item.split(' ').any(|word| sets::JOINS.contains(word)) {
            return false;
        }
    }
    names && nouns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::lines;

    #[test]
    fn lists_and_labels() {
        for (text, expected) in [
            ("Mots-clés : port, pêche", Some(Part::List)),
            ("TAGS: Metz", Some(Part::List)),
            ("Mots clés", Some(Part::Label)),
            ("Thèmes : forêt, économie", Some(Part::List)),
            ("#Metz #culture", Some(Part::List)),
            ("eau, tarifs, Millau, régie, Aveyron", Some(Part::List)),
            // Articles say these.
            (
                "Étiquettes : Labelor rachète une imprimerie de Thiers",
                None,
            ),
            ("Thèmes", None),
            ("#MoiAussi...", None),
            ("Lloris, Pavard, Varane, Umtiti, Hernandez", None),
            ("- Orne, Manche, Calvados, Eure, Sarthe", None),
            ("petit, vif, mais fragile, dit Paul, et lent", None),
        ] {
            assert_eq!(part(&lines(text)[0]), expected, "{text}");
        }
    }
}
