//! The publication date as a reader finds it: in one of the first lines.
//!
//! A line gives the date when, around it, there is only what a dateline is
//! made of: a word such as « publié le », a byline, a place, a clock. A date
//! inside a sentence (« Le 12 mars 2019, un incendie… ») is part of the story.

use super::Published;
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
        if let Some((rank, published)) = in_line(line)
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

/// Reads a value that holds a date and nothing else; the flag tells whether
/// day and month could be read the other way round.
pub(super) fn whole(value: &str) -> Option<(Published, bool)> {
    let value = &*composed(value.trim());
    let date = date_at(value)?;
    let (time, rest) = clock(&value[date.len..]);
    if !rest.trim().is_empty() || date.form == Form::Year {
        return None;
    }
    Some((date.published.at(time), date.ambiguous))
}

fn in_line(line: &str) -> Option<(Rank, Published)> {
    let line = &*composed(line.trim());
    let mut previous = ' ';
    for (i, c) in line.char_indices().take_while(|(i, _)| *i < HEAD) {
        let word_start = !previous.is_alphanumeric() && c.is_alphanumeric();
        previous = c;
        if !word_start {
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
        return Some((rank, date.published.at(time)));
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
}

impl Before {
    /// `None` when the words are those of a sentence.
    fn read(text: &str) -> Option<Self> {
        let mut out = Self {
            marker: None,
            empty: true,
            names: 0,
        };
        // After « par » come names, some of them in lower case (« admin »).
        let (mut by, mut slack) = (false, 0);
        let mut last = String::new();
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '.')) {
            let lower = word.trim_matches('.').to_lowercase();
            if lower.is_empty() {
                continue;
            }
            out.empty = false;
            if calendar::weekday(&lower).is_some() {
                continue;
            }
            if sets::UPDATED.contains(&lower) {
                out.marker = Some(Rank::Updated);
            } else if sets::PUBLISHED.contains(&lower) {
                // « mis en ligne » publishes, « mise à jour » does not.
                out.marker = Some(Rank::Marked);
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
            let set_off = head
                .trim_end()
                .ends_with([',', '|', '-', '–', '—', '•', '·', '(']);
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
    // A sign that is set off by a space, not the hyphen of « 2015-2020 ».
    if rest.starts_with(['|', '(', '[', '•', '·', '/'])
        || after.starts_with(char::is_whitespace) && rest.starts_with(['-', '–', '—'])
    {
        return Some(rank);
    }
    let next = rest
        .trim_start_matches([',', ';', '.', ' '])
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

/// How a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Day,
    /// Day, month and two digits for the year.
    ShortYear,
    Month,
    Year,
}

#[derive(Debug)]
struct Found {
    published: Published,
    /// Bytes read.
    len: usize,
    form: Form,
    ambiguous: bool,
}

/// Reads a date that begins at the start of `s`.
fn date_at(s: &str) -> Option<Found> {
    let mut rest = s;
    let (first, after) = word(rest)?;
    if calendar::weekday(&first.to_lowercase()).is_some() {
        rest = after.trim_start_matches(['.', ',']);
        rest = spaces(rest);
        if let Some((le, after)) = word(rest)
            && sets::ON.contains_folded(le)
        {
            rest = spaces(after);
        }
    }
    let (published, rest, form, ambiguous) = figures(rest).or_else(|| {
        let (month, rest) = month_name(rest)?;
        let (year, rest) = year(spaces(rest))?;
        Some((Published::month(year, month)?, rest, Form::Month, false))
    })?;
    let glued = rest.starts_with(|c: char| c.is_alphanumeric() || c == '%');
    let plausible = (1600..=2100).contains(&published.year);
    (!glued && plausible).then(|| Found {
        published,
        len: s.len() - rest.len(),
        form,
        ambiguous,
    })
}

type Read<'a> = (Published, &'a str, Form, bool);

/// Dates that begin with a figure.
fn figures(s: &str) -> Option<Read<'_>> {
    let (n, digits, rest) = number(s)?;
    if digits == 4 {
        return year_first(n, rest);
    }
    if digits > 2 {
        return None;
    }
    if let Some(sep) = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-')) {
        let (m, _, rest) = number(&rest[1..]).filter(|(_, d, _)| *d <= 2)?;
        let (y, digits, rest) = number(rest.strip_prefix(sep)?)?;
        let (year, form) = match digits {
            4 => (y, Form::Day),
            2 => (calendar::year_of_two_figures(y as u8), Form::ShortYear),
            _ => return None,
        };
        // Day first as in French; the other way only where that is no date.
        let date = Published::day(year, m as i8, n as i8)
            .or_else(|| Published::day(year, n as i8, m as i8))?;
        return Some((date, rest, form, n <= 12 && m <= 12 && n != m));
    }
    let mut suffixes = sets::FIRST.words().iter();
    let rest = suffixes.find_map(|s| rest.strip_prefix(s)).unwrap_or(rest);
    let (month, rest) = month_name(spaces(rest))?;
    let (year, rest) = year(spaces(rest))?;
    Some((
        Published::day(year, month, n as i8)?,
        rest,
        Form::Day,
        false,
    ))
}

/// `2025`, `2025-01`, `2025-01-24`, `2025/01/24`, `2025-01-24T10:00`.
fn year_first(year: i16, rest: &str) -> Option<Read<'_>> {
    let bare = Some((Published::year(year), rest, Form::Year, false));
    let Some(sep) = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-')) else {
        return bare;
    };
    let Some((month, 2, after)) = number(&rest[1..]) else {
        return bare;
    };
    let Some((day, 1..=2, end)) = after.strip_prefix(sep).and_then(number) else {
        let month = Published::month(year, month as i8)?;
        return Some((month, after, Form::Month, false));
    };
    let day = Published::day(year, month as i8, day as i8)?;
    let end = match end.strip_prefix(['T', 't']) {
        Some(clock) if clock.starts_with(|c: char| c.is_ascii_digit()) => clock,
        _ => return Some((day, end, Form::Day, false)),
    };
    let stop = end
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z')))
        .unwrap_or(end.len());
    let whole = format!("{day}T{}", &end[..stop]).parse().unwrap_or(day);
    Some((whole, &end[stop..], Form::Day, false))
}

/// Reads a time of day behind a date: « à 18h12 », « , 18:12 », « - 18 h ».
/// Returns what follows; without a clock, all of `s`.
fn clock(s: &str) -> (Option<(i8, i8)>, &str) {
    let none = (None, s);
    let mut rest = spaces(s);
    if rest.len() == s.len() && !s.starts_with([',', '|']) {
        return none;
    }
    rest = spaces(rest.trim_start_matches([',', '|', '-', '–', '—', '•', '·', '(']));
    if let Some((word, after)) = word(rest)
        && sets::CLOCKS.contains(word)
    {
        rest = spaces(after);
    }
    let Some((hour, 1..=2, rest)) = number(rest) else {
        return none;
    };
    let rest = spaces(rest);
    let Some(rest) = rest.strip_prefix(['h', 'H', ':']) else {
        return none;
    };
    let (minute, rest) = match number(spaces(rest)) {
        Some((m, 2, after)) => (m, after),
        _ if s.contains(['h', 'H']) => (0, rest),
        _ => return none,
    };
    let seconds = rest.strip_prefix(':').and_then(number);
    let rest = seconds.map_or(rest, |(_, _, after)| after);
    if hour > 23 || minute > 59 || rest.starts_with(char::is_alphanumeric) {
        return none;
    }
    (
        Some((hour as i8, minute as i8)),
        rest.trim_start_matches(')'),
    )
}

fn spaces(s: &str) -> &str {
    s.trim_start()
}

fn word(s: &str) -> Option<(&str, &str)> {
    let end = s.find(|c: char| !c.is_alphanumeric()).unwrap_or(s.len());
    (end > 0).then(|| s.split_at(end))
}

fn number(s: &str) -> Option<(i16, usize, &str)> {
    let digits = s.bytes().take_while(u8::is_ascii_digit).count();
    let n = s.get(..digits)?.parse().ok()?;
    Some((n, digits, &s[digits..]))
}

fn year(s: &str) -> Option<(i16, &str)> {
    number(s)
        .filter(|(_, digits, _)| *digits == 4)
        .map(|(n, _, rest)| (n, rest))
}

fn month_name(s: &str) -> Option<(i8, &str)> {
    let (name, rest) = word(s)?;
    let month = calendar::month(&name.to_lowercase())?;
    Some((month as i8, rest.strip_prefix('.').unwrap_or(rest)))
}

impl Published {
    /// With a time of day, where the date is a whole day without one.
    fn at(mut self, time: Option<(i8, i8)>) -> Self {
        if self.day.is_some() && self.time.is_none() {
            self.time = time;
        }
        self
    }
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
