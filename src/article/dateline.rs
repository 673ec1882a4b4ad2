//! The publication date as a reader finds it: in one of the first lines.
//!
//! A line gives the date when, around it, there is only what a dateline is
//! made of: a word such as « publié le », a byline, a place, a clock. A date
//! inside a sentence (« Le 12 mars 2019, un incendie… ») is part of the story.

use super::{
    Published,
    written_date::{Form, Found, begins, clock, date_at},
};
use crate::calendar;
use crate::french::sets::article as sets;
use crate::text::composed;

/// Lines looked at, blank ones not counted.
const LINES: usize = 10;
/// Once this many paragraphs went by the article has begun.
const PARAGRAPHS: usize = 2;
/// A line longer than this (bytes) is a paragraph; only its head can be a
/// dateline.
const PARAGRAPH: usize = 300;
/// Bytes of a line in which the date must begin.
const HEAD: usize = 120;
/// The most words of a date before its first figure: « mardi, le novembre 2024 ». Looking for a
/// date at each word of ten lines was half of what a text of a crawl cost.
const BEFORE_FIGURE: usize = 3;

/// How much a line says that its date is the publication date; greater wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// « mis à jour le … »
    Updated,
    /// A date with at most a byline or a place.
    Bare,
    /// « publié le … »
    Marked,
}

/// Finds the publication date in the first lines of `text`.
pub fn dateline(text: &str) -> Option<Published> {
    let mut best: Option<(Rank, Published)> = None;
    let mut paragraphs = 0;
    for line in text.lines().filter(|l| !l.trim().is_empty()).take(LINES) {
        if let Some((rank, published, _)) = in_line(line)
            && best.is_none_or(|(b, _)| rank > b)
        {
            best = Some((rank, published));
        }
        paragraphs += usize::from(line.len() > PARAGRAPH);
        if paragraphs == PARAGRAPHS {
            break;
        }
    }
    best.map(|(_, published)| published)
}

/// Whether a line is there for its date.
pub(super) fn is_dateline(line: &str) -> bool {
    in_line(line).is_some()
}

/// Reads a value that holds a date and nothing else, or what a line around it
/// may say (« Publié le … »); the flag tells whether day and month could be read
/// the other way round.
pub(super) fn whole(value: &str) -> Option<(Published, bool)> {
    let value = &*composed(value.trim());
    let alone = date_at(value).and_then(|date| {
        let (time, rest) = clock(&value[date.len..]);
        let whole = rest.trim().is_empty() && date.form != Form::Year;
        whole.then(|| (date.published.at(time), date.ambiguous))
    });
    alone.or_else(|| {
        let (_, published, ambiguous) = in_line(value)?;
        Some((published, ambiguous))
    })
}

fn in_line(line: &str) -> Option<(Rank, Published, bool)> {
    let line = &*composed(line.trim());
    let mut previous = ' ';
    let mut figure = figure_from(line, 0)?;
    for (i, c) in line.char_indices().take_while(|(i, _)| *i < HEAD) {
        let word_start = !previous.is_alphanumeric() && c.is_alphanumeric();
        previous = c;
        if !word_start || !begins(&line[i..]) {
            continue;
        }
        if figure < i {
            figure = figure_from(line, i)?;
        }
        let before = line[i..figure].split_whitespace();
        if before.take(BEFORE_FIGURE + 1).count() > BEFORE_FIGURE {
            continue;
        }
        let Some(date) = date_at(&line[i..]) else {
            continue;
        };
        // The first date decides: a line with a date in its story has no
        // dateline further on.
        let before = Before::read(&line[..i])?;
        let (time, after) = clock(&line[i + date.len..]);
        let rank = accept(before, &date, after)?;
        let first = (rank, date.published.at(time), date.ambiguous);
        // « Modifié le … | Publié le … »
        let second = match rank {
            Rank::Marked => None,
            _ => in_line(after).filter(|(second, ..)| *second == Rank::Marked),
        };
        return Some(second.unwrap_or(first));
    }
    None
}

/// Where the first figure of a line stands, from byte `from` on.
fn figure_from(line: &str, from: usize) -> Option<usize> {
    /// Bytes that are asked at once.
    const BLOCK: usize = 32;
    let mut at = from;
    for block in line.as_bytes()[from..].chunks(BLOCK) {
        // Without a way out inside the block the compiler asks all its bytes in one go.
        if block.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
            return block.iter().position(u8::is_ascii_digit).map(|n| at + n);
        }
        at += block.len();
    }
    None
}

/// What a line says before its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Before {
    marker: Option<Rank>,
    /// No words at all.
    empty: bool,
    /// Names stand in it.
    names: usize,
    /// « le » and no other word.
    on: bool,
}

impl Before {
    /// `None` when the words are those of a sentence.
    fn read(text: &str) -> Option<Self> {
        let mut out = Self {
            marker: None,
            empty: true,
            names: 0,
            on: false,
        };
        // After « par » come names, some of them in lower case (« admin »).
        let (mut by, mut slack) = (false, 0);
        let mut last = String::new();
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '.')) {
            let lower = word.trim_matches('.').to_lowercase();
            if lower.is_empty() {
                continue;
            }
            out.on = (out.empty || out.on) && sets::ON.contains(&lower);
            out.empty = false;
            if calendar::weekday(&lower).is_some() {
                continue;
            }
            if sets::UPDATED.contains(&lower) {
                out.marker = Some(Rank::Updated);
            } else if sets::PUBLISHED.contains(&lower) {
                // « mis en ligne » publishes, « mise à jour » does not, nor does
                // « Load-Date ».
                if out.marker.is_none() || !sets::NAMED.contains(&lower) {
                    out.marker = Some(Rank::Marked);
                }
            } else if !sets::LINKS.contains(&lower) {
                let name = word.chars().next().is_some_and(|c| !c.is_lowercase());
                if name {
                    out.names += 1;
                } else if slack > 0 {
                    slack -= 1;
                } else {
                    return None;
                }
            }
            if sets::BYLINES.contains(&lower) {
                (by, slack) = (true, 4);
            }
            last = lower;
        }
        if out.marker.is_none() && !out.empty {
            // A byline or a place is set off by a sign: « Nîmes, le … ».
            let head = text.trim_end();
            let mut on = sets::ON.words().iter();
            let head = on
                .find_map(|w| head.strip_suffix(w))
                .map_or(head, str::trim_end)
                .trim_end_matches(|c: char| {
                    c.is_alphabetic() && calendar::weekday(&last).is_some()
                });
            let head = head.trim_end();
            let set_off = out.on || head.ends_with([',', '|', '-', '–', '—', '•', '·', '(']);
            if out.names > 8 || !(set_off || by) {
                return None;
            }
        }
        (out.names <= 10).then_some(out)
    }
}

/// Decides on what stands before, the date itself, and what stands after.
fn accept(before: Before, date: &Found, after: &str) -> Option<Rank> {
    let rest = after.trim();
    let alone = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    match date.form {
        Form::Day => {}
        Form::Month if before.marker.is_some() || (before.empty && alone) => {}
        Form::Year | Form::ShortYear if before.marker.is_some() => {}
        _ => return None,
    }
    let rank = before.marker.unwrap_or(Rank::Bare);
    if alone {
        return Some(rank);
    }
    if before.on {
        return None;
    }
    // A sign that is set off by a space, not the hyphen of « 2015-2020 ».
    if rest.starts_with(['|', '(', '[', '•', '·', '/'])
        || after.starts_with(char::is_whitespace) && rest.starts_with(['-', '–', '—'])
    {
        return Some(rank);
    }
    let mut next = rest.trim_start_matches([',', ';', '.', ' ']);
    // « 20 novembre 2024 456 mots, p. 8 »
    let uncounted = next.trim_start_matches(|c: char| c.is_ascii_digit());
    if uncounted.starts_with(' ') {
        next = uncounted.trim_start();
    }
    let next = next
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if sets::FOLLOWERS.contains(&next) || sets::UPDATED.contains(&next) {
        return Some(rank);
    }
    // « date 2025-01 Le ministre a… »: marked, then a sentence of its own.
    let sentence = rest.starts_with(char::is_uppercase) || rest.starts_with(". ");
    (before.marker.is_some() && before.names == 0 && sentence).then_some(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        dateline(text).map(|d| d.to_string())
    }

    #[test]
    fn datelines() {
        for (line, date) in [
            ("samedi 4 mai 2024", "2024-05-04"),
            ("Samedi 4 mai 2024 à 7h05", "2024-05-04T07:05"),
            ("1er avril 2019", "2019-04-01"),
            ("mai 2024", "2024-05"),
            ("Publié le 04/05/2024 à 18h12", "2024-05-04T18:12"),
            (
                "publié le 4 mai 2024 à 18 h 12 par Inès Faure",
                "2024-05-04T18:12",
            ),
            ("Rédigé par La Gazette le Samedi 4 Mai 2024", "2024-05-04"),
            ("Posté par admin le 4 mai 2024", "2024-05-04"),
            ("Par Inès Faure, le 4 mai 2024", "2024-05-04"),
            (
                "Par Inès Faure, envoyée spéciale, publié le 4 mai 2024 à 6h",
                "2024-05-04T06:00",
            ),
            ("Inès Faure | 4 mai 2024 | 3 min de lecture", "2024-05-04"),
            ("La Gazette - 04.05.2024", "2024-05-04"),
            (
                "Mis en ligne le 4 mai 2024, mis à jour le 6 mai 2024",
                "2024-05-04",
            ),
            ("Date : 2024-05-04", "2024-05-04"),
            ("date: 2024-05-04T18:12:00+02:00", "2024-05-04T18:12+02:00"),
            (" date 2024-05 La mairie a annoncé un plan.", "2024-05"),
            ("Publié en 2024", "2024"),
            ("Publié le 04/05/24", "2024-05-04"),
            (
                "NÎMES, 4 mai 2024 (Agence) - Les prix ont baissé.",
                "2024-05-04",
            ),
            ("Nîmes, le 4 mai 2024 — Les prix ont baissé.", "2024-05-04"),
            ("Publié le 4 sept. 2024", "2024-09-04"),
            ("Dernière mise à jour : 6 mai 2024", "2024-05-06"),
            ("Publié le\u{a0}4\u{a0}mai\u{a0}2024", "2024-05-04"),
            ("(4 mai 2024)", "2024-05-04"),
            (
                "Modifié le 6 mai 2024 à 9h | Publié le 4 mai 2024 à 7h30",
                "2024-05-04T07:30",
            ),
            (
                "Mis à jour le 6 mai 2024, publié le 4 mai 2024",
                "2024-05-04",
            ),
            (
                "Création : 4 mai 2024 - Modification : 6 mai 2024",
                "2024-05-04",
            ),
            ("le 04/05/2024 à 07:30", "2024-05-04T07:30"),
            ("sam. 4 mai 2024", "2024-05-04"),
            ("Occitanie, samedi 4 mai 2024, p. 12", "2024-05-04"),
            (
                "Nîmes, samedi 4 mai 2024 - 07:30 UTC +02:00 845 mots",
                "2024-05-04T07:30+02:00",
            ),
            ("Politique, samedi 4 mai 2024 845 mots, p. 2", "2024-05-04"),
            ("La Gazette, no. 812, samedi 4 mai 2024, p. 3", "2024-05-04"),
            (
                "Agence du Midi, 4 mai 2024 samedi 7:30 PM GMT",
                "2024-05-04T19:30Z",
            ),
            (
                "Nîmes, France | ADM | samedi 04/05/2024 - 07:30 UTC+2 | 345 mots",
                "2024-05-04T07:30+02:00",
            ),
            (
                "Temps de lecture : 3 min - Publié le 4 mai 2024",
                "2024-05-04",
            ),
            ("4 May 2024", "2024-05-04"),
            ("May 4, 2024 Saturday", "2024-05-04"),
            ("Publication : 05/13/2024", "2024-05-13"),
            ("Publie\u{301} le 4 fe\u{301}vrier 2024", "2024-02-04"),
        ] {
            assert_eq!(found(line).as_deref(), Some(date), "{line}");
        }
    }

    #[test]
    fn dates_of_the_story_are_not_the_publication_date() {
        for line in [
            "Le 12 mars 2019, un incendie a ravagé la halle.",
            "Attentats du 13 novembre 2015",
            "Publié le 12 mars 2019, le rapport accable la ville.",
            "Le rapport publié le 12 mars 2019",
            "Ouverture le 12 mars 2019",
            "Date limite : 12 mars 2019",
            "En 2019, tout change",
            "Jeux olympiques 2024",
            "2024, année des élections",
            "31 février 2024",
            "2015-2020 : cinq ans de travaux",
            "C'était le lundi 12 mars dernier.",
            "Il y a 3 jours",
            "12 mars 2019 : le jour où la halle a brûlé",
            "mars 2019 et ses suites",
            "Publié le 12 mars",
            "Le 12 mars 2019 - un incendie a ravagé la halle.",
            "Le 12 mars 2019, la halle a brûlé.",
            "La mer. 12 mars 2019 : la grande marée.",
            "Le rapport - publié le 12 mars 2019 - accable la ville.",
            "12 mars 2019, 3 morts dans un incendie",
            "",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }

    #[test]
    fn a_marked_line_beats_a_bare_one_and_publication_beats_update() {
        assert_eq!(
            found("jeudi 9 mai 2024\nTitre\nPublié le 4 mai 2024").as_deref(),
            Some("2024-05-04")
        );
        assert_eq!(
            found("Mis à jour le 9 mai 2024\nPublié le 4 mai 2024").as_deref(),
            Some("2024-05-04")
        );
    }

    #[test]
    fn the_day_of_loading_is_none_of_publication() {
        assert_eq!(
            found("Titre\nLoad-Date: May 6, 2024\n4 mai 2024 samedi\nDate : 4 mai 2024").as_deref(),
            Some("2024-05-04")
        );
    }

    #[test]
    fn only_the_first_lines_count() {
        let para = "Une phrase de récit. ".repeat(20);
        assert_eq!(found(&format!("{para}\n{para}\nsamedi 4 mai 2024")), None);
        let lines = "Ligne\n".repeat(LINES);
        assert_eq!(found(&format!("{lines}samedi 4 mai 2024")), None);
        assert_eq!(
            found(&format!("Titre\n\n\n\nsamedi 4 mai 2024\n{para}")).as_deref(),
            Some("2024-05-04")
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,80}") {
            let _ = dateline(&text);
            let _ = whole(&text);
        }

        #[test]
        fn never_panics_on_near_dates(
            text in "(le |publié |date )?[0-9éh]{1,5}[ /.T:-][0-9]{1,3}[ /.:-]?(mai|é|[0-9]{1,5})?( à [0-9]{1,3}[h:][0-9]{0,3})?"
        ) {
            let _ = dateline(&text);
            let _ = whole(&text);
        }
    }
}
