//! The comments of readers, below the article.
//!
//! A comment shows by its buttons (« Répondre · Signaler »), by its head (a name and a
//! time, « Claire M. • Il y a 2 heures »), and by the form below it. A heading
//! (« 12 commentaires ») alone is none: articles have such headings too.

use super::{
    lines::Line,
    words::{Class, words},
};
use crate::{
    french::sets::{article, zones::comments as sets},
    kinds::Zone,
};

/// What a line has to do with comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// « 12 commentaires », « Réagir à cet article »
    Heading,
    /// A name and a time.
    Head,
    /// « Répondre », « J'aime 4 Signaler »
    Buttons,
    /// « Votre adresse de messagerie ne sera pas publiée »
    Form,
}

/// The longest line that is no more than a mark, in bytes.
const MARK: usize = 200;
/// The longest line of the form, in bytes: rules of the house stand there too.
const FORM: usize = 600;
/// The longest heading, in bytes.
const HEADING: usize = 120;
/// How far below a heading the first comment must show, in lines.
const NEAR: usize = 12;
/// The most lines between two marks of comments.
const LONG: usize = 40;
/// The shortest line that is surely of the article, in bytes.
const SENTENCE: usize = 60;
/// The most names and words of a comment's head.
const HEAD: usize = 8;

/// Marks the comments of a text.
pub fn mark(lines: &[Line], zones: &mut [Option<Zone>]) {
    let mut marks: Vec<Option<Mark>> = lines.iter().map(of).collect();
    // Most articles have none.
    if marks.iter().all(Option::is_none) {
        return;
    }
    for (mark, line) in marks.iter_mut().zip(lines) {
        if mark.is_none() && line.text.len() <= MARK && is_head(line.text) {
            *mark = Some(Mark::Head);
        }
    }
    let Some((first, last)) = section(lines, &marks) else {
        return;
    };
    zones[first..=last].fill(Some(Zone::Comment));
}

/// The first and the last line of the comments.
fn section(lines: &[Line], marks: &[Option<Mark>]) -> Option<(usize, usize)> {
    let first = first(lines, marks)?;
    // From mark to mark, as far apart as a long comment holds them.
    let mut last = first;
    while let Some(next) = marks[last + 1..]
        .iter()
        .take(LONG)
        .position(Option::is_some)
    {
        last += 1 + next;
    }
    Some((first, end(lines, marks, last)))
}

fn first(lines: &[Line], marks: &[Option<Mark>]) -> Option<usize> {
    // Above the article a page only counts its comments.
    let body = lines.iter().position(is_sentence)?;
    let is_heading = |i: usize| matches!(marks[i], Some(Mark::Heading));
    let shown = last_shown(marks);
    let headed = (body + 1..marks.len()).find(|&i| {
        let near = || i + 1..marks.len().min(i + 1 + NEAR);
        // Of two headings the comments stand below the second.
        let next = near()
            .skip_while(|&j| is_heading(j))
            .find(|&j| marks[j].is_some());
        match marks[i] {
            Some(Mark::Form) => true,
            Some(Mark::Heading) => {
                next.is_some_and(|j| !is_heading(j))
                    && (is_counted(&lines[i]) || shown.is_some_and(|last| i < last))
            }
            _ => false,
        }
    });
    if headed.is_some() {
        return headed;
    }
    // Without a heading: from the head above the first buttons.
    let buttons = marks.iter().position(|m| *m == Some(Mark::Buttons))?;
    let from = buttons.saturating_sub(NEAR).max(body + 1);
    let heads = marks.get(from..buttons)?;
    let head = from + heads.iter().position(|m| *m == Some(Mark::Head))?;
    // Its name may stand on the line before.
    let named = is_time(lines[head].text) && is_name(lines[head - 1].text);
    Some(head - usize::from(named))
}

/// The last line below which what shows comments is enough for a heading that does not
/// count them: a button, a form, or two times, since one may be that of a live entry.
fn last_shown(marks: &[Option<Mark>]) -> Option<usize> {
    let buttons = |m: &Option<Mark>| matches!(m, Some(Mark::Buttons | Mark::Form));
    let mut heads = (0..marks.len())
        .rev()
        .filter(|&i| marks[i] == Some(Mark::Head));
    marks.iter().rposition(buttons).max(heads.nth(1))
}

fn is_counted(heading: &Line) -> bool {
    heading.text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a line is of an article: a sentence of some length.
fn is_sentence(line: &Line) -> bool {
    line.text.len() >= SENTENCE && line.text.ends_with(['.', '!', '?', '…', '»', '"', ')'])
}

/// The last line of the comment to which line `last` belongs.
fn end(lines: &[Line], marks: &[Option<Mark>], last: usize) -> usize {
    match marks[last] {
        // Its words stand below its head.
        Some(Mark::Head) => {
            let below = lines[last + 1..]
                .iter()
                .enumerate()
                .take_while(|(i, line)| *i == 0 || !line.apart);
            last + below.count()
        }
        _ => {
            let rules = lines[last + 1..].iter().take_while(|line| {
                line.text.len() <= FORM && sets::RULES.begins(line.text).is_some()
            });
            last + rules.count()
        }
    }
}

/// What a line has to do with comments, but for heads, which cost more.
fn of(line: &Line) -> Option<Mark> {
    let text = line.text;
    if text.len() <= FORM && sets::FORMS.begins(text).is_some() {
        return Some(Mark::Form);
    }
    if text.len() > MARK {
        return None;
    }
    if text.len() <= HEADING && is_heading(text) {
        return Some(Mark::Heading);
    }
    if is_buttons(text) {
        return Some(Mark::Buttons);
    }
    None
}

/// « 12 commentaires », « Commentaires (3) : », « 2 réflexions sur « La halle » »
fn is_heading(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphabetic());
    let counted = text.starts_with(|c: char| c.is_ascii_digit());
    sets::HEADINGS.contains_folded(bare) || counted && sets::COUNTED.begins(bare).is_some()
}

/// Nothing but buttons of a comment, and their counts.
fn is_buttons(text: &str) -> bool {
    let mut rest = text;
    let mut sure = false;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        if rest.is_empty() {
            return sure;
        }
        if let Some(end) = sets::BUTTONS.begins(rest) {
            sure = true;
            rest = &rest[end..];
        } else if let Some(end) = sets::MORE_BUTTONS.begins(rest) {
            rest = &rest[end..];
        } else {
            return false;
        }
    }
}

/// A name and a time, or a time alone.
fn is_head(text: &str) -> bool {
    if text.ends_with(['.', '!', '?']) {
        return false;
    }
    let words = words(text);
    let timed = |i: usize| {
        let class = |i: usize| words.get(i).map(|w| w.class);
        matches!(class(i), Some(Class::Date))
            || class(i) == Some(Class::Figures)
                && class(i + 1) == Some(Class::Calendar)
                && class(i + 2) == Some(Class::Figures)
    };
    let Some(at) = (0..words.len()).find(|&i| timed(i)) else {
        return is_ago(text);
    };
    let said = words.iter().any(|w| sets::SAID.contains_folded(w.text));
    let clock = words[at..].iter().any(|w| w.class == Class::Clock)
        || words[at..]
            .windows(2)
            .any(|pair| pair[0].class == Class::Figures && sets::HOURS.contains(pair[1].text));
    let published = words[..at]
        .iter()
        .any(|w| article::PUBLISHED.contains(&w.text.to_lowercase()));
    let others = words
        .iter()
        .filter(|w| {
            w.class == Class::Other
                && !sets::SAID.contains_folded(w.text)
                && !sets::HOURS.contains(w.text)
        })
        .count();
    let names = words.iter().filter(|w| w.class == Class::Name).count();
    (said || clock && !published) && others <= 2 && names + others <= HEAD
}

/// « Il y a 3 heures », « Claire M. • Il y a 2 heures »
fn is_ago(text: &str) -> bool {
    let at = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|&at| sets::AGO.begins(&text[at..]).is_some());
    let Some(at) = at else {
        return false;
    };
    let end = at + sets::AGO.begins(&text[at..]).unwrap_or(0);
    let rest = text[end..].trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let unit = rest[digits..].trim_start();
    let Some(unit_end) = sets::UNITS.begins(unit).filter(|_| digits > 0) else {
        return false;
    };
    let before = words(&text[..at]);
    unit[unit_end..]
        .trim_matches(|c: char| !c.is_alphanumeric())
        .is_empty()
        && before.len() <= HEAD
}

fn is_time(text: &str) -> bool {
    is_ago(text)
        || words(text)
            .iter()
            .all(|w| !matches!(w.class, Class::Name | Class::Other))
}

fn is_name(text: &str) -> bool {
    let words = words(text);
    words.len() <= HEAD && !text.ends_with(['.', '!', '?', ':', '…', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::find;

    const BODY: &str = "Le maire de Metz a fermé la halle jeudi, faute de moyens, dit-il.\n\n";

    /// The comments of a text below an article.
    fn comments(below: &str) -> Option<String> {
        let text = format!("{BODY}{below}");
        let found = find(&text);
        let mut found = found.into_iter().filter(|(_, z)| *z == Zone::Comment);
        found.next().map(|(bytes, _)| text[bytes].to_owned())
    }

    #[test]
    fn from_the_heading_to_the_end_of_the_last() {
        for (below, expected) in [
            ("2 commentaires :\n\nMarius\nEnfin !\nRépondre", true),
            (
                "Vos réactions\nMarius il y a 3 heures\nEnfin !\nJ'aime 4 Signaler",
                true,
            ),
            (
                "Commentaires\n\ntux\n22/05/2024 à 16:44\nEnfin.\n\nfox\n22/05/2024 à 17:02\nOui.",
                true,
            ),
            (
                "Laisser un commentaire\nVotre adresse e-mail ne sera pas publiée.",
                true,
            ),
            ("Marius | 3 mai 2024 à 10:22\nEnfin !\nRépondre", true),
            // A heading of the article, the time of a live entry.
            ("Réactions\n\nLe préfet regrette la fermeture.", false),
            (
                "Réactions\n\nMardi 12 mars 2024 à 21:04\nLe préfet la regrette.",
                false,
            ),
            ("Répondre\nIl faudra répondre à la colère.", false),
        ] {
            let found = comments(below);
            assert_eq!(found.as_deref(), expected.then_some(below), "{below}");
        }
    }

    #[test]
    fn what_follows_is_the_page_again() {
        let found = comments("1 commentaire :\nMarius\nEnfin !\nRépondre\n\nLe Courrier du Val");
        assert_eq!(
            found.as_deref(),
            Some("1 commentaire :\nMarius\nEnfin !\nRépondre")
        );
    }

    #[test]
    fn a_counter_above_the_article_is_no_heading() {
        let text = format!("12 commentaires\n{BODY}1 commentaire\nMarius\nEnfin !\nRépondre");
        let found = find(&text);
        let (bytes, _) = found.iter().find(|(_, z)| *z == Zone::Comment).unwrap();
        assert!(text[bytes.clone()].starts_with("1 commentaire\nMarius"));
    }
}
