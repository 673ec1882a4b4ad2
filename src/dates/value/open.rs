//! Dates that lack a field, which TIMEX3 writes as `X`: « le 24 novembre » of
//! an article without a date is `XXXX-11-24`.

use crate::dates::civil::SEASONS;
use std::fmt;

/// A stretch of the calendar whose year, or more, is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OpenDate {
    /// `XXXX-03`.
    Month(i8),
    /// `XXXX-Q1`.
    Quarter(i8),
    /// `XXXX-H1`.
    Half(i8),
    /// `XXXX-SU`; 0 is spring, 3 winter.
    Season(i8),
    /// `XXXX-11-24`: month and day.
    Day(i8, u32),
    /// `XXXX-XX-24`.
    DayOfMonth(u32),
    /// `XXXX-WXX-2`; 1 is Monday.
    Weekday(u8),
}

impl fmt::Display for OpenDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("XXXX-")?;
        match self {
            Self::Month(month) => write!(f, "{month:02}"),
            Self::Quarter(n) => write!(f, "Q{n}"),
            Self::Half(n) => write!(f, "H{n}"),
            Self::Season(n) => f.write_str(SEASONS[n.rem_euclid(4) as usize]),
            Self::Day(month, day) => write!(f, "{month:02}-{day:02}"),
            Self::DayOfMonth(day) => write!(f, "XX-{day:02}"),
            Self::Weekday(weekday) => write!(f, "WXX-{weekday}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_an_x() {
        for (open, want) in [
            (OpenDate::Month(3), "XXXX-03"),
            (OpenDate::Quarter(1), "XXXX-Q1"),
            (OpenDate::Half(2), "XXXX-H2"),
            (OpenDate::Season(3), "XXXX-WI"),
            (OpenDate::Day(11, 24), "XXXX-11-24"),
            (OpenDate::DayOfMonth(5), "XXXX-XX-05"),
            (OpenDate::Weekday(2), "XXXX-WXX-2"),
        ] {
            assert_eq!(open.to_string(), want);
        }
    }
}
