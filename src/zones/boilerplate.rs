//! What the page says around the article: notices on cookies and subscriptions, who
//! owns it, buttons, menus.

use super::lines::Line;
use crate::french::sets::zones::boilerplate as sets;

/// The longest notice, in bytes; a longer line is a paragraph.
const NOTICE: usize = 400;
/// The longest line that says who owns the page, in bytes.
const RIGHTS: usize = 250;
/// What parts the owner of a page from their rights.
const PARTS: [char; 8] = ['.', ',', '|', '-', '–', '—', '©', '•'];
/// The longest menu, in bytes.
const MENU: usize = 150;

/// How many lines, from the first of `lines`, are a menu with an entry or two on each, of
/// which no single one would do; 0 where they are none.
pub fn menu(lines: &[Line]) -> usize {
    let menu = lines.iter().enumerate();
    let menu = menu.take_while(|(i, line)| {
        (*i == 0 || !line.apart) && line.text.len() <= MENU && entries(line.text).is_some()
    });
    let length = menu.count();
    if length > 1 { length } else { 0 }
}

/// Whether a line is the page's.
pub fn is(line: &Line) -> bool {
    let text = line.text;
    text.len() <= NOTICE && sets::NOTICES.begins(text).is_some()
        || text.len() <= RIGHTS && says_rights(text)
        || text.len() <= MENU && (is_crumbs(text) || is_menu(text))
}

/// « © 2024 AFP. Tous droits réservés », « Copyright Le Cri du Golfe »
fn says_rights(text: &str) -> bool {
    let own = sets::COPYRIGHT.begins(text).map(|end| &text[end..]);
    let own = own.or_else(|| text.strip_prefix('©'));
    if own.is_some_and(has_year) {
        return true;
    }
    // A longer line with a full stop is a sentence.
    if text.len() > MENU && own.is_none() && text.ends_with('.') {
        return false;
    }
    text.split(PARTS).any(|part| {
        let part = part.trim_start();
        // « Tous droits réservés aux abonnés » goes on.
        sets::RIGHTS.begins(part).is_some_and(|end| {
            let rest = part[end..].trim_start();
            !rest.starts_with(char::is_lowercase) || sets::RIGHTS_GO_ON.begins(rest).is_some()
        })
    })
}

/// « 2024 AFP », « La Semaine 2023 »: a year first or last, as owners have it.
fn has_year(text: &str) -> bool {
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 1);
    let is_year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let first = words.next();
    first.is_some_and(is_year) || text.len() <= MENU && words.next_back().is_some_and(is_year)
}

/// « Accueil > Société > Éducation »
fn is_crumbs(text: &str) -> bool {
    sets::CRUMBS.begins(text).is_some_and(|end| {
        let rest = text[end..].trim_start();
        rest.starts_with(['>', '›', '»', '/', '|', '→'])
    })
}

/// « Imprimer », « Mentions légales | Plan du site », « Facebook Twitter »: nothing but
/// words of buttons and menus, of which one alone must be sure.
fn is_menu(text: &str) -> bool {
    entries(text).is_some_and(|(items, sure)| sure || items >= 2)
}

/// How many words of buttons and menus a line has, and whether one of them is sure; `None`
/// where it has none, or others.
fn entries(text: &str) -> Option<(usize, bool)> {
    let mut rest = text;
    let (mut items, mut sure) = (0, false);
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        if rest.is_empty() {
            return (items > 0).then_some((items, sure));
        }
        if let Some(end) = sets::BUTTONS.begins(rest) {
            sure = true;
            rest = &rest[end..];
        } else {
            rest = &rest[sets::MENU.begins(rest)?..];
        }
        items += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::lines;

    #[test]
    fn a_menu_of_several_lines() {
        let menu_of = |text: &str| menu(&lines(text));
        assert_eq!(menu_of("Accueil\nMenu\nRechercher\n\nLe maire"), 3);
        assert_eq!(menu_of("Sports\nLe maire de Metz"), 0);
        assert_eq!(menu_of("Économie\n\nSports"), 0);
        assert_eq!(menu_of("2024\n2025"), 0);
    }

    #[test]
    fn what_pages_say() {
        for (text, expected) in [
            (
                "Ce site utilise des cookies pour mesurer son audience.",
                true,
            ),
            ("La suite est réservée aux abonnés", true),
            ("© 2024 Le Courrier du Val", true),
            ("Copyright (c) 2024 Infos du Val SA", true),
            ("© La Semaine du Val 2023", true),
            ("Le Val – tous droits réservés.", true),
            ("Accueil > Société > Éducation", true),
            ("Mentions légales | Plan du site | Contact", true),
            ("Facebook Twitter", true),
            ("IMPRIMER", true),
            // Articles say these.
            (
                "Tous droits réservés aux seuls abonnés, la loi est claire.",
                false,
            ),
            ("© Marc Olivé", false),
            ("Facebook", false),
            ("Imprimer des billets ne suffira pas.", false),
            ("Accueil glacial pour le ministre", false),
            (
                "« Nous utilisons des cookies », reconnaît le patron.",
                false,
            ),
        ] {
            assert_eq!(is(&lines(text)[0]), expected, "{text}");
        }
    }
}
