//! Time zones of clock times: the one an article's hours are told in, the one
//! the reader wants them in.
//!
//! Only what has a clock time and a day is ever converted; a day stays the day
//! the text says, wherever its reader is.

use super::{
    Timex,
    lexicon::{UnitNoun, Word},
    line::Line,
    value::{Bounds, Moment, Point, TimeOfDay, Value},
};
use crate::{
    french::{
        lexicon::zones::{abbreviations, adjectives, places},
        sets::dates::zones as sets,
    },
    kinds::utc_offset,
};
use jiff::{
    Zoned,
    tz::{Offset, TimeZone},
};
use std::str::FromStr;

/// The zone in which an article's hours are understood where it names none,
/// and to which those of a named zone are converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timezone(TimeZone);

/// A text that names no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no time zone: write a name of the IANA database such as Europe/Paris, or an offset such as +01:00"
)]
pub struct ParseTimezoneError(String);

impl FromStr for Timezone {
    type Err = ParseTimezoneError;

    /// Reads `Europe/Paris`, `UTC`, `Z`, `+01:00`, `-0330`, `+2`.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let s = s.trim();
        if let Some(minutes) = utc_offset::parse(s) {
            return fixed(minutes)
                .map(Self)
                .ok_or_else(|| ParseTimezoneError(s.to_owned()));
        }
        TimeZone::get(s)
            .map(Self)
            .map_err(|_| ParseTimezoneError(s.to_owned()))
    }
}

impl Timezone {
    /// The zone that is `minutes` ahead of UTC; `None` beyond a day.
    pub fn fixed(minutes: i16) -> Option<Self> {
        fixed(minutes).map(Self)
    }
}

fn fixed(minutes: i16) -> Option<TimeZone> {
    let offset = Offset::from_seconds(i32::from(minutes) * 60).ok()?;
    Some(TimeZone::fixed(offset))
}

/// The zone that a clock time of the text is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// No zone is said.
    Here,
    /// Minutes ahead of UTC: « UTC », « GMT+2 ».
    Offset(i16),
    /// A name of the IANA database: « heure de New York ».
    Place(&'static str),
    /// « heure locale », « heure de » a place that is not in the table.
    Elsewhere,
}

/// The abbreviation of a zone at `i`, just after an hour: minutes ahead of UTC.
/// Capitals tell most of them from words: « est », « tu ».
pub(super) fn abbreviation(line: &Line, i: usize) -> Option<i16> {
    let row = abbreviations::find(line.str(i))?;
    // « 16:52Z »; « 20 H EST RETENU » in capitals.
    let capitals = |w: &str| w.len() > 1 && w.chars().all(char::is_uppercase);
    if row.glued && line.at(i).gap || row.word && capitals(line.str(i + 1)) {
        return None;
    }
    i16::try_from(row.minutes).ok()
}

/// « heure de Paris », « heure locale », « (heure de New York) » at `i`, just
/// after a clock time.
pub(super) fn told(line: &Line, i: usize) -> Told {
    let mut j = i;
    if line.punct(j, ',') || line.punct(j, '(') {
        j += 1;
    }
    if line.any(j, &[Word::A, Word::L]) && line.any(j + 1, &[Word::L, Word::Unit]) {
        j += 1;
    }
    if !(line.is(j, Word::Unit)
        && line.at(j).unit() == Some(UnitNoun::Hour)
        && line.str(j).len() > 2)
    {
        return Told::Here;
    }
    j += 1;
    if line.among(j, &sets::LOCAL) {
        return Told::Elsewhere;
    }
    if let Some(row) = adjectives::ROWS.iter().find(|r| line.folded(j, r.key)) {
        return Told::Place(row.zone);
    }
    if !line.any(j, &[Word::De, Word::D, Word::Du]) {
        return Told::Here;
    }
    j += 1;
    if line.any(j, &[Word::L, Word::La]) {
        j += 1;
    }
    if !line.at(j).cap {
        return Told::Here;
    }
    let from = line.at(j).start as usize;
    let rest = &line.text[from..];
    let named = places::ROWS.iter().filter(|row| {
        rest.strip_prefix(row.form)
            .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    });
    // « Rio de Janeiro » rather than « Rio ».
    named
        .max_by_key(|row| row.form.len())
        .map_or(Told::Elsewhere, |row| Told::Place(row.zone))
}

impl Timezone {
    /// Writes the moment of `timex`, told in `told`, as one of this zone with
    /// its offset. Left alone: hours without a day, and hours of a zone that
    /// is not known.
    pub(super) fn apply(&self, timex: &mut Timex, told: Told) {
        let zone = match told {
            Told::Here => self.0.clone(),
            Told::Offset(minutes) => match fixed(minutes) {
                Some(zone) => zone,
                None => return,
            },
            Told::Place(name) => match TimeZone::get(name) {
                Ok(zone) => zone,
                Err(_) => return,
            },
            Told::Elsewhere => return,
        };
        let (Some(Value::Time(time)), Some(bounds)) = (&timex.value, timex.bounds) else {
            return;
        };
        let (Point::Moment(from), Point::Moment(to)) = (bounds.from(), bounds.to()) else {
            return;
        };
        let (Ok(start), Ok(end)) = (zone.to_zoned(from.at), zone.to_zoned(to.at)) else {
            return;
        };
        // An hour that summer time skips keeps its length.
        let length = from.at.until(to.at).ok().filter(|_| end <= start);
        let end = match length.map(|length| start.checked_add(length)) {
            None => end,
            Some(Ok(end)) => end,
            Some(Err(_)) => return,
        };
        let start = self.moment(&start, from.seconds);
        let end = self.moment(&end, to.seconds);
        // What keeps its place keeps its words: `T24:00` stays the end of a day.
        let value = if start.at == from.at {
            TimeOfDay {
                offset: start.offset,
                ..*time
            }
        } else {
            start.into()
        };
        timex.value = Some(Value::Time(value));
        timex.bounds = Bounds::new(Point::Moment(start), Point::Moment(end));
        if !timex.steps.is_empty() {
            timex.steps.push(format!("in the zone asked for {value}"));
        }
    }

    /// A moment on the clocks here.
    fn moment(&self, there: &Zoned, seconds: bool) -> Moment {
        let here = there.with_time_zone(self.0.clone());
        Moment {
            at: here.datetime(),
            seconds,
            offset: Some(here.offset()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::{Context, find};

    #[test]
    fn reads_names_and_offsets() {
        for (given, minutes) in [
            ("Z", 0),
            ("+01:00", 60),
            ("-0330", -210),
            ("+2", 120),
            ("-11", -660),
        ] {
            assert_eq!(
                given.parse(),
                Ok(Timezone::fixed(minutes).unwrap()),
                "{given}"
            );
        }
        for known in ["Europe/Paris", "UTC", "america/new_york"] {
            assert!(known.parse::<Timezone>().is_ok(), "{known}");
        }
        for bad in ["", "Paris", "+25:00", "+1:75", "+", "heure d'été"] {
            assert!(bad.parse::<Timezone>().is_err(), "{bad}");
        }
    }

    #[test]
    fn every_place_is_in_the_database() {
        let adjectives = adjectives::ROWS.iter().map(|r| r.zone);
        for zone in places::ROWS.iter().map(|r| r.zone).chain(adjectives) {
            assert!(TimeZone::get(zone).is_ok(), "{zone}");
        }
    }

    #[test]
    fn hours_of_a_day_get_the_offset_of_the_zone() {
        let zone: Timezone = "Europe/Paris".parse().unwrap();
        let values = |published: &str, text: &str| -> Vec<String> {
            let context = Context {
                published: published.parse().ok(),
                timezone: Some(&zone),
                ..Context::default()
            };
            let found = find(text, &context).dates;
            found
                .into_iter()
                .filter_map(|t| Some(t.value?.to_string()))
                .collect()
        };
        for (text, want) in [
            (
                "Le 4 mai 2024 à 20 h 30, il a parlé.",
                ["2024-05-04", "2024-05-04T20:30+02:00"],
            ),
            (
                "Le 4 janvier 2024 à 20 h 30, il a parlé.",
                ["2024-01-04", "2024-01-04T20:30+01:00"],
            ),
            (
                "Le 4 mai 2024 à 23:10 UTC, il a parlé.",
                ["2024-05-04", "2024-05-05T01:10+02:00"],
            ),
            // No clock is so far ahead.
            (
                "Le 4 mai 2024 à 23:10 UTC+600, il a parlé.",
                ["2024-05-04", "2024-05-05T01:10+02:00"],
            ),
            (
                "Le 4 mai 2024 à 20 heures, heure de New York, il a parlé.",
                ["2024-05-04", "2024-05-05T02:00+02:00"],
            ),
            (
                "Le 4 mai 2024 à 14 heures (heure de Paris), il a parlé.",
                ["2024-05-04", "2024-05-04T14:00+02:00"],
            ),
            (
                "Le 4 mai 2024 à 14 heures (heure locale), il a parlé.",
                ["2024-05-04", "2024-05-04T14:00"],
            ),
            (
                "Le 4 mai 2024 à minuit, il a parlé.",
                ["2024-05-04", "2024-05-05T00:00+02:00"],
            ),
            (
                "Le 4 mai 2024, ils voteront jusqu'à minuit.",
                ["2024-05-04", "2024-05-04T24:00+02:00"],
            ),
        ] {
            assert_eq!(values("2024-05-06", text), want, "{text}");
        }
        // The night on which an hour is skipped: it keeps its length.
        let context = Context {
            published: "2024-04-02".parse().ok(),
            timezone: Some(&zone),
            ..Context::default()
        };
        for (text, from, to) in [
            (
                "Le 31 mars 2024 à 2 heures, il a parlé.",
                "2024-03-31T03:00+02:00",
                "2024-03-31T04:00+02:00",
            ),
            (
                "Le 31 mars 2024 à 2 h 30, il a parlé.",
                "2024-03-31T03:30+02:00",
                "2024-03-31T03:31+02:00",
            ),
            (
                "Le 31 mars 2024 à 1 heure, il a parlé.",
                "2024-03-31T01:00+01:00",
                "2024-03-31T03:00+02:00",
            ),
        ] {
            let found = find(text, &context).dates;
            let bounds = found[1].bounds.unwrap();
            assert_eq!(bounds.from().to_string(), from, "{text}");
            assert_eq!(bounds.to().to_string(), to, "{text}");
        }
        // A day stays a day, an hour of every day stays without one.
        assert_eq!(
            values("2024-05-06T23:30Z", "Il a parlé hier matin."),
            ["2024-05-05TMO"]
        );
        assert_eq!(
            values("2024-05-06", "Visites de 14 h à 18 h."),
            ["T14:00", "T18:00"]
        );
        assert_eq!(
            values("2024-05-06T23:30Z", "Il a parlé il y a deux heures."),
            ["2024-05-06T23:30+02:00"]
        );
    }
}
