//! A publication date with its own precision, never padded.

use super::utc_offset;
use std::{fmt, str::FromStr};

/// A date as precise as its source: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or
/// `YYYY-MM-DDThh:mm` with an optional UTC offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Published {
    /// Year, Gregorian.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month; only with a month.
    pub day: Option<i8>,
    /// Hour and minute; only with a day.
    pub time: Option<(i8, i8)>,
    /// Offset from UTC in minutes; only with a time.
    pub offset: Option<i16>,
}

/// A text that is not a (partial) ISO 8601 date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a date: write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm, optionally with an offset"
)]
pub struct ParsePublishedError(String);

impl Published {
    /// A whole day; `None` when the calendar has no such day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok()?;
        Some(Self {
            year,
            month: Some(month),
            day: Some(day),
            time: None,
            offset: None,
        })
    }

    /// A whole month; `None` when `month` is not 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self {
            year,
            month: Some(month),
            day: None,
            time: None,
            offset: None,
        })
    }

    /// A whole year.
    pub fn year(year: i16) -> Self {
        Self {
            year,
            month: None,
            day: None,
            time: None,
            offset: None,
        }
    }

    /// The day on the calendar, where the date is that precise.
    pub fn civil_day(&self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year, self.month?, self.day?).ok()
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        let Some(m) = self.month else { return Ok(()) };
        write!(f, "-{m:02}")?;
        let Some(d) = self.day else { return Ok(()) };
        write!(f, "-{d:02}")?;
        let Some((h, min)) = self.time else {
            return Ok(());
        };
        write!(f, "T{h:02}:{min:02}")?;
        match self.offset {
            None => Ok(()),
            Some(minutes) => utc_offset::write(minutes, f),
        }
    }
}

impl FromStr for Published {
    type Err = ParsePublishedError;

    /// Reads a (partial) ISO 8601 / RFC 3339 date; `T` may be a space, and
    /// seconds are dropped.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        parse(s.trim()).ok_or_else(|| ParsePublishedError(s.to_owned()))
    }
}

fn number(s: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let ok = digits.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if ok { s.parse().ok() } else { None }
}

fn parse(s: &str) -> Option<Published> {
    let (date, clock) = match s.find(['T', 't', ' ']) {
        Some(i) => (&s[..i], Some(&s[i + 1..])),
        None => (s, None),
    };
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4..=4)?;
    let month = parts.next().map(|p| number(p, 1..=2));
    let day = parts.next().map(|p| number(p, 1..=2));
    if parts.next().is_some() {
        return None;
    }
    let mut out = match (month, day) {
        (None, _) => Published::year(year),
        (Some(m), None) => Published::month(year, m? as i8)?,
        (Some(m), Some(d)) => Published::day(year, m? as i8, d? as i8)?,
    };
    let Some(clock) = clock else { return Some(out) };
    out.day?;
    let clock = clock.trim();
    let zone = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let mut hms = clock[..zone].trim_end().splitn(3, ':');
    let hour = number(hms.next()?, 1..=2)? as i8;
    let minute = number(hms.next()?, 2..=2)? as i8;
    let seconds = hms.next().unwrap_or_default();
    let figures = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
    if hour > 23 || minute > 59 || !seconds.bytes().all(figures) {
        return None;
    }
    out.time = Some((hour, minute));
    out.offset = match &clock[zone..] {
        "" => None,
        offset => Some(utc_offset::parse(offset)?),
    };
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_precision_of_the_source() {
        for (given, kept) in [
            ("2025", "2025"),
            ("2025-01", "2025-01"),
            ("2025-1-4", "2025-01-04"),
            ("2024-03-13T18:12:44+01:00", "2024-03-13T18:12+01:00"),
            ("2024-03-13 18:12", "2024-03-13T18:12"),
            ("2024-03-13T18:12:44.123Z", "2024-03-13T18:12Z"),
            ("2024-03-13T18:12-0530", "2024-03-13T18:12-05:30"),
        ] {
            assert_eq!(given.parse::<Published>().unwrap().to_string(), kept);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for bad in [
            "",
            "25",
            "2025-13",
            "2025-02-30",
            "hier",
            "2025-01T10:00",
            "2024-03-13T25:00",
            "2024-03-13T",
            "2024-03-13T18:12:44 environ",
            "é2024",
            "2024-03-13T18:12+99:99",
            "2024-03-13T18:12+24:00",
            "2024-03-13T18:12+é",
        ] {
            assert!(bad.parse::<Published>().is_err(), "{bad}");
        }
    }
}
