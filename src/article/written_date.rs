//! A date as people and programs write it, with its time of day: « mardi 5 mars
//! 2024 à 18 h 12 », `05/03/2024 18:12`, `Tue, 05 Mar 2024 10:00:00 +0100`,
//! « novembre 20, 2024 ».

use super::Published;
use crate::{
    calendar,
    fold::fold,
    french::{
        lexicon::{
            calendar::{months, weekdays},
            english, zones,
        },
        sets::article as sets,
    },
    kinds::utc_offset,
};
use std::sync::LazyLock;

/// For each two letters, whether a month or a day of the week begins with them, in French
/// or English: what was looked for at each word of ten lines is asked of few.
static NAMES: LazyLock<[u32; LETTERS]> = LazyLock::new(|| {
    let months = months::ROWS.iter().map(|row| row.key);
    let days = weekdays::ROWS.iter().map(|row| row.key);
    let english = english::months::ROWS.iter().map(|row| row.key);
    let english_days = english::weekdays::ROWS.iter().map(|row| row.key);
    let mut out = [0; LETTERS];
    for key in months.chain(days).chain(english).chain(english_days) {
        let mut letters = key.bytes().map(letter);
        if let Some(first) = letters.next().flatten() {
            // A name of one letter, or with a sign behind it, may go on with any.
            let second = letters.next().flatten();
            out[first] |= second.map_or(u32::MAX, |second| 1 << second);
        }
    }
    out
});
const LETTERS: usize = 26;

fn letter(byte: u8) -> Option<usize> {
    let letter = byte.is_ascii_alphabetic();
    letter.then(|| usize::from(byte.to_ascii_lowercase() - b'a'))
}

/// Whether [`date_at`] may find a date at the start of `s`, by its first two bytes.
pub(super) fn begins(s: &str) -> bool {
    match s.as_bytes() {
        [first, second, ..] if first.is_ascii_alphabetic() => {
            match (letter(*first), letter(*second)) {
                (Some(first), Some(second)) => NAMES[first] & 1 << second != 0,
                // An accent may be folded away.
                (Some(first), None) => NAMES[first] != 0,
                _ => false,
            }
        }
        // A figure, or a letter of more bytes, which may be folded.
        _ => true,
    }
}

/// How a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Day,
    /// Day, month and two digits for the year.
    ShortYear,
    Month,
    Year,
}

#[derive(Debug)]
pub(super) struct Found {
    pub published: Published,
    /// Bytes read.
    pub len: usize,
    pub form: Form,
    /// Day and month could be read the other way round.
    pub ambiguous: bool,
}

/// Reads a date that begins at the start of `s`, without a time of day (but for
/// ISO 8601's `T`).
pub(super) fn date_at(s: &str) -> Option<Found> {
    if !begins(s) {
        return None;
    }
    let (first, after) = word(s)?;
    let read = |s| figures(s).or_else(|| month_first(s));
    let behind_weekday = is_weekday(first, after).then(|| {
        let rest = spaces(after.trim_start_matches(['.', ',']));
        match word(rest) {
            Some((le, after)) if sets::ON.contains_folded(le) => spaces(after),
            _ => rest,
        }
    });
    // « mar. 5 mars » is a day of the week, `Mar 5, 2024` a month.
    let (published, rest, form, ambiguous) = behind_weekday.and_then(read).or_else(|| read(s))?;
    let glued = rest.starts_with(|c: char| c.is_alphanumeric() || c == '%');
    let plausible = (1600..=2100).contains(&published.year);
    if glued || !plausible {
        return None;
    }
    // « 20 novembre 2024 mercredi »: databases put the day of the week behind.
    let behind = spaces(rest.trim_start_matches(','));
    let rest = match word(behind) {
        Some((day, after)) if form == Form::Day && is_weekday(day, after) => after,
        _ => rest,
    };
    Some(Found {
        published,
        len: s.len() - rest.len(),
        form,
        ambiguous,
    })
}

/// Whether a word before `after` is a day of the week, abbreviated perhaps.
fn is_weekday(word: &str, after: &str) -> bool {
    if word.starts_with(|c: char| c.is_ascii_digit()) || !begins(word) {
        return false;
    }
    if calendar::weekday(word).is_some() || english::weekdays::find(&fold(word)).is_some() {
        return true;
    }
    let short = weekdays::find(&fold(word)).is_some_and(|row| row.short);
    let after = after.trim_start_matches(['.', ',']);
    short && spaces(after).starts_with(|c: char| c.is_ascii_digit())
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
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-'));
    if let Some(sep) = separator
        && let Some((m, 1..=2, rest)) = number(&rest[1..])
    {
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
    let dash = |s| spaces(s).trim_start_matches(['-', ',']);
    let (month, rest) = month_name(spaces(dash(rest)))?;
    let (year, rest, form) = any_year(spaces(dash(rest)))?;
    Some((Published::day(year, month, n as i8)?, rest, form, false))
}

/// « novembre 2024 », « novembre 20, 2024 ».
fn month_first(s: &str) -> Option<Read<'_>> {
    let (month, rest) = month_name(s)?;
    let rest = spaces(rest);
    if let Some((year, rest)) = year(rest) {
        return Some((Published::month(year, month)?, rest, Form::Month, false));
    }
    let (day, 1..=2, rest) = number(rest)? else {
        return None;
    };
    let (year, rest) = year(spaces(rest.trim_start_matches(',')))?;
    let day = Published::day(year, month, day as i8)?;
    Some((day, rest, Form::Day, false))
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

/// A time of day, and its offset from UTC in minutes where it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    time: (i8, i8),
    offset: Option<i16>,
}

/// Reads a time of day behind a date: « à 18h12 », « , 18:12 », « - 18 h »,
/// `7:15 AM GMT`, `07:00 UTC +01:00`. Returns what follows; without a clock, all
/// of `s`.
pub(super) fn clock(s: &str) -> (Option<Clock>, &str) {
    read_clock(s).map_or((None, s), |(clock, rest)| (Some(clock), rest))
}

fn read_clock(s: &str) -> Option<(Clock, &str)> {
    let mut rest = spaces(s);
    if rest.len() == s.len() && !s.starts_with([',', '|']) {
        return None;
    }
    rest = spaces(rest.trim_start_matches([',', '|', '-', '–', '—', '•', '·', '(']));
    if let Some((word, after)) = word(rest)
        && sets::CLOCKS.contains(word)
    {
        rest = spaces(after);
    }
    let (hour, 1..=2, rest) = number(rest)? else {
        return None;
    };
    let rest = spaces(rest);
    let by_letter = rest.starts_with(['h', 'H']);
    let rest = rest.strip_prefix(['h', 'H', ':'])?;
    let (minute, rest) = match number(spaces(rest)) {
        Some((m, 2, after)) => (m, after),
        _ if by_letter => (0, rest),
        _ => return None,
    };
    let seconds = rest.strip_prefix(':').and_then(number);
    let rest = seconds.map_or(rest, |(_, _, after)| fraction(after));
    let (hour, rest) = half_day(hour, rest)?;
    if hour > 23 || minute > 59 {
        return None;
    }
    let (offset, rest) = zone(rest);
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let clock = Clock {
        time: (hour as i8, minute as i8),
        offset,
    };
    Some((clock, rest.trim_start_matches(')')))
}

/// What follows `.123456`.
fn fraction(s: &str) -> &str {
    match s.strip_prefix('.') {
        Some(digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => {
            digits.trim_start_matches(|c: char| c.is_ascii_digit())
        }
        _ => s,
    }
}

/// The hour of 24 that `7:15 AM` and `7:15 p.m.` mean; `None` where they mean
/// none.
fn half_day(hour: i16, rest: &str) -> Option<(i16, &str)> {
    let after = spaces(rest);
    let marks = [(&sets::MORNINGS, 0), (&sets::AFTERNOONS, 12)];
    for (marks, more) in marks {
        for mark in marks.words() {
            let Some(rest) = after.get(mark.len()..) else {
                continue;
            };
            if after[..mark.len()].eq_ignore_ascii_case(mark)
                && !rest.starts_with(char::is_alphanumeric)
            {
                let of_twelve = (1..=12).contains(&hour);
                return of_twelve.then_some((hour % 12 + more, rest));
            }
        }
    }
    Some((hour, rest))
}

/// `+0100`, ` UTC`, ` UTC +01:00`, ` (CET)`; `None`, and all of `s`, without one.
fn zone(s: &str) -> (Option<i16>, &str) {
    let rest = spaces(s).trim_start_matches('(');
    let named = word(rest).and_then(|(name, after)| {
        let row = zones::abbreviations::find(name)?;
        Some((i16::try_from(row.minutes).ok()?, after))
    });
    // Without « UTC » before it a sign and one figure may be anything.
    let shift = |s: &str, fewest: usize| {
        let shown = s.strip_prefix(['+', '-'])?;
        let end = shown.find(|c: char| !(c.is_ascii_digit() || c == ':'));
        let end = end.unwrap_or(shown.len());
        let minutes = (end >= fewest).then(|| utc_offset::parse(&s[..=end]))??;
        Some((minutes, s.len() - end - 1))
    };
    match named {
        Some((0, after)) => match shift(spaces(after), 1) {
            Some((minutes, left)) => (Some(minutes), &s[s.len() - left..]),
            None => (Some(0), after),
        },
        Some((minutes, after)) => (Some(minutes), after),
        None => match shift(rest, 2) {
            Some((minutes, left)) => (Some(minutes), &s[s.len() - left..]),
            None => (None, s),
        },
    }
}

pub(super) fn spaces(s: &str) -> &str {
    s.trim_start()
}

pub(super) fn word(s: &str) -> Option<(&str, &str)> {
    let end = s.find(|c: char| !c.is_alphanumeric()).unwrap_or(s.len());
    (end > 0).then(|| s.split_at(end))
}

pub(super) fn number(s: &str) -> Option<(i16, usize, &str)> {
    let digits = s.bytes().take_while(u8::is_ascii_digit).count();
    let n = s.get(..digits)?.parse().ok()?;
    Some((n, digits, &s[digits..]))
}

fn year(s: &str) -> Option<(i16, &str)> {
    number(s)
        .filter(|(_, digits, _)| *digits == 4)
        .map(|(n, _, rest)| (n, rest))
}

/// A year of four figures, or of two that begin no time of day.
fn any_year(s: &str) -> Option<(i16, &str, Form)> {
    if let Some((year, rest)) = year(s) {
        return Some((year, rest, Form::Day));
    }
    let (n, 2, rest) = number(s)? else {
        return None;
    };
    let hour = spaces(rest).starts_with([':', 'h', 'H']);
    (!hour).then(|| {
        (
            calendar::year_of_two_figures(n as u8),
            rest,
            Form::ShortYear,
        )
    })
}

pub(super) fn month_name(s: &str) -> Option<(i8, &str)> {
    if !begins(s) {
        return None;
    }
    let (name, rest) = word(s)?;
    let month = calendar::month(name).or_else(|| {
        let row = english::months::find(&fold(name))?;
        u8::try_from(row.month).ok()
    })?;
    Some((month as i8, rest.strip_prefix('.').unwrap_or(rest)))
}

impl Published {
    /// With a time of day, where the date is a whole day without one.
    pub(super) fn at(mut self, clock: Option<Clock>) -> Self {
        if let Some(clock) = clock
            && self.day.is_some()
            && self.time.is_none()
        {
            self.time = Some(clock.time);
            self.offset = clock.offset;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_begin_with_each_name_of_a_month_and_a_day() {
        let rows = months::ROWS.iter().map(|row| row.word);
        let rows = rows.chain(weekdays::ROWS.iter().map(|row| row.word));
        let rows = rows.chain(english::months::ROWS.iter().map(|row| row.word));
        let mut rows = rows.chain(english::weekdays::ROWS.iter().map(|row| row.word));
        assert!(rows.all(|word| begins(word) && begins(&word.to_uppercase())));
        assert!(begins("4 mai") && begins("FÉVRIER") && begins("DÉC."));
        assert!(["Le maire", "une", "gare"].iter().all(|word| !begins(word)));
    }
}
