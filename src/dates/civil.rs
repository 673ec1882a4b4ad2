//! Stretches of the calendar: their TIMEX3 values and their days.
//!
//! The calendar is the proleptic Gregorian one throughout.

use crate::kinds::{Grain, Modifier};
use jiff::{
    Span,
    civil::{Date, DateTime},
};
use std::fmt;

/// Part of a day, as TIMEX3 writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Names that say it.
pub enum DayPart {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Daytime,
    Dawn,
    Dusk,
    Breakfast,
    Dinner,
}

impl DayPart {
    /// The letters behind the day: `TMO`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Morning | Self::Dawn | Self::Breakfast => "TMO",
            Self::Noon => "TMI",
            Self::Afternoon => "TAF",
            Self::Evening | Self::Dusk | Self::Dinner => "TEV",
            Self::Night => "TNI",
            Self::Daytime => "TDT",
        }
    }

    /// First hour and the hour after the last, counted from the day's start;
    /// past 24 is the next day.
    pub(super) fn hours(self, modifier: Option<Modifier>) -> (i64, i64) {
        use Modifier::{End, Mid, Start};
        match (self, modifier) {
            (Self::Morning, Some(Start)) => (7, 9),
            (Self::Morning, Some(Mid)) => (9, 11),
            (Self::Morning, Some(End)) => (10, 12),
            (Self::Morning, _) => (4, 12),
            (Self::Dawn, _) => (4, 8),
            (Self::Breakfast, _) => (6, 10),
            (Self::Noon, _) => (12, 14),
            (Self::Dusk, _) => (19, 22),
            (Self::Dinner, _) => (19, 22),
            (Self::Afternoon, Some(Start)) => (12, 14),
            (Self::Afternoon, Some(Mid)) => (14, 17),
            (Self::Afternoon, Some(End)) => (17, 19),
            (Self::Afternoon, _) => (12, 19),
            (Self::Evening, Some(Start)) => (18, 21),
            (Self::Evening, Some(Mid)) => (20, 22),
            (Self::Evening, Some(End)) => (21, 24),
            (Self::Evening, _) => (18, 24),
            (Self::Night, Some(Start)) => (21, 24),
            (Self::Night, Some(Mid)) => (26, 28),
            (Self::Night, Some(End)) => (28, 30),
            (Self::Night, _) => (21, 30),
            (Self::Daytime, Some(Start)) => (6, 10),
            (Self::Daytime, Some(Mid)) => (11, 16),
            (Self::Daytime, Some(End)) => (17, 21),
            (Self::Daytime, _) => (6, 21),
        }
    }
}

/// A stretch of the calendar with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stretch {
    /// 18 is 1800–1899.
    Century(i16),
    /// 199 is 1990–1999.
    Decade(i16),
    /// Of the proleptic Gregorian calendar; 0 is 1 BC.
    Year(i16),
    /// A year, and 1 or 2.
    Half(i16, i8),
    /// A year, and 0 spring … 3 winter; a winter carries the year it begins in.
    Season(i16, i8),
    /// A year, and 1 to 4.
    Quarter(i16, i8),
    /// A year and a month.
    Month(i16, i8),
    /// Its Monday.
    Week(Date),
    /// Its Saturday.
    Weekend(Date),
    /// One day.
    Day(Date),
    /// A part of a day; a night is of the day on which it begins.
    Part(Date, DayPart),
    /// First and last day.
    Days(Date, Date),
}

/// `date` moved by whole days; `None` past the ends of the calendar.
pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// `year`-`month` moved by months.
pub(super) fn plus_months(year: i16, month: i8, by: i64) -> Option<(i16, i8)> {
    let m = i64::from(year) * 12 + i64::from(month) - 1 + by;
    // The calendar ends with the years of four figures.
    let y = i16::try_from(m.div_euclid(12)).ok();
    let y = y.filter(|y| (-9999..=9999).contains(y))?;
    Some((y, (m.rem_euclid(12) + 1) as i8))
}

/// The last day of a month.
pub(super) fn month_end(year: i16, month: i8) -> Option<Date> {
    Some(Date::new(year, month, 1).ok()?.last_of_month())
}

/// The Monday of the week of `date`.
pub(super) fn monday(date: Date) -> Option<Date> {
    plus_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// The weekday of `date`: 1 is Monday, 7 Sunday.
pub(super) fn weekday(date: Date) -> i64 {
    i64::from(date.weekday().to_monday_one_offset())
}

/// Whether `date` falls on `weekday`; any date does where none is named.
pub(super) fn falls_on(date: Date, named: Option<u8>) -> bool {
    named.is_none_or(|w| weekday(date) == i64::from(w))
}

/// Easter Sunday of a Gregorian year (anonymous algorithm of *Nature*, 1876).
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let a = y.rem_euclid(19);
    let (b, c) = (y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, month as i8, day as i8).ok()
}

/// A year in four figures; −44 is `-0044`.
pub(super) fn write_year(year: i16, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if year < 0 {
        write!(f, "-{:04}", -i32::from(year))
    } else {
        write!(f, "{year:04}")
    }
}

/// `2024-03-12`.
pub(super) fn write_day(day: Date, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write_year(day.year(), f)?;
    write!(f, "-{:02}-{:02}", day.month(), day.day())
}

/// How TIMEX3 writes the seasons, from spring on.
pub(super) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

impl fmt::Display for Stretch {
    /// The TIMEX3 value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = |y: i16, f: &mut fmt::Formatter<'_>| write_year(y, f);
        match *self {
            Self::Century(c) => write!(f, "{c:02}XX"),
            Self::Decade(d) => write!(f, "{d:03}X"),
            Self::Year(y) => year(y, f),
            Self::Half(y, h) => {
                year(y, f)?;
                write!(f, "-H{h}")
            }
            Self::Season(y, s) => {
                year(y, f)?;
                write!(f, "-{}", SEASONS[s.rem_euclid(4) as usize])
            }
            Self::Quarter(y, q) => {
                year(y, f)?;
                write!(f, "-Q{q}")
            }
            Self::Month(y, m) => {
                year(y, f)?;
                write!(f, "-{m:02}")
            }
            Self::Week(d) => {
                let w = d.iso_week_date();
                year(w.year(), f)?;
                write!(f, "-W{:02}", w.week())
            }
            Self::Weekend(d) => {
                write_day(d, f)?;
                match plus_days(d, 1) {
                    Some(sunday) => {
                        f.write_str("/")?;
                        write_day(sunday, f)
                    }
                    None => Ok(()),
                }
            }
            Self::Day(d) => write_day(d, f),
            Self::Part(d, p) => {
                write_day(d, f)?;
                f.write_str(p.code())
            }
            Self::Days(a, b) => {
                write_day(a, f)?;
                f.write_str("/")?;
                write_day(b, f)
            }
        }
    }
}

impl Stretch {
    /// Unit of the value.
    pub fn grain(&self) -> Grain {
        match self {
            Self::Century(_) => Grain::Century,
            Self::Decade(_) => Grain::Decade,
            Self::Year(_) => Grain::Year,
            Self::Half(..) => Grain::Half,
            Self::Season(..) => Grain::Season,
            Self::Quarter(..) => Grain::Quarter,
            Self::Month(..) => Grain::Month,
            Self::Week(_) => Grain::Week,
            Self::Weekend(_) | Self::Day(_) | Self::Days(..) => Grain::Day,
            Self::Part(..) => Grain::Part,
        }
    }

    /// First day and the day after the last.
    pub fn days(&self) -> Option<(Date, Date)> {
        let first = |y: i16, m: i8| Date::new(y, m, 1).ok();
        let months = |y: i16, m: i8, n: i64| {
            let (y2, m2) = plus_months(y, m, n)?;
            Some((first(y, m)?, first(y2, m2)?))
        };
        match *self {
            Self::Century(c) => months(c.checked_mul(100)?, 1, 1200),
            Self::Decade(d) => months(d.checked_mul(10)?, 1, 120),
            Self::Year(y) => months(y, 1, 12),
            Self::Half(y, h) => months(y, 6 * h - 5, 6),
            Self::Quarter(y, q) => months(y, 3 * q - 2, 3),
            Self::Month(y, m) => months(y, m, 1),
            Self::Season(y, s) => {
                // Fixed days for the equinoxes and solstices, which belong to
                // both of the seasons that meet there.
                let d = |y: i16, m: i8, d: i8| Date::new(y, m, d).ok();
                Some(match s {
                    0 => (d(y, 3, 20)?, d(y, 6, 22)?),
                    1 => (d(y, 6, 21)?, d(y, 9, 24)?),
                    2 => (d(y, 9, 23)?, d(y, 12, 22)?),
                    _ => (d(y, 12, 21)?, d(y.checked_add(1)?, 3, 21)?),
                })
            }
            Self::Week(d) => Some((d, plus_days(d, 7)?)),
            Self::Weekend(d) => Some((d, plus_days(d, 2)?)),
            Self::Day(d) | Self::Part(d, _) => Some((d, plus_days(d, 1)?)),
            Self::Days(a, b) => Some((a, plus_days(b, 1)?)),
        }
    }

    /// The days that « début », « mi- » and « fin » leave.
    pub(super) fn narrowed(&self, modifier: Option<Modifier>) -> Option<(Date, Date)> {
        let (from, to) = self.days()?;
        let which = match modifier {
            Some(Modifier::Start) => 0,
            Some(Modifier::Mid) => 1,
            Some(Modifier::End) => 2,
            _ => return Some((from, to)),
        };
        let at = |days: i64| plus_days(from, days);
        let month = |n: i64| {
            let (y, m) = plus_months(from.year(), from.month(), n)?;
            Date::new(y, m, 1).ok()
        };
        Some(match self {
            Self::Month(..) => match which {
                0 => (from, at(10)?),
                1 => (at(9)?, at(19)?),
                _ => (at(20)?, to),
            },
            Self::Year(_) => match which {
                0 => (from, month(2)?),
                1 => (month(4)?, month(8)?),
                _ => (month(10)?, to),
            },
            Self::Week(_) => match which {
                0 => (from, at(2)?),
                1 => (at(2)?, at(4)?),
                _ => (at(3)?, to),
            },
            Self::Day(_) => (from, to),
            _ => {
                // At least a day each; the middle of two days is both.
                let span = i64::from(from.until(to).ok()?.get_days());
                let third = (span / 3).max(1);
                match which {
                    0 => (from, at(third)?),
                    1 if span < 3 => (from, to),
                    1 => (at(third)?, at(span - third)?),
                    _ => (at(span - third)?, to),
                }
            }
        })
    }
}

/// An hour of `day` counted from its start; 24 and more is the next day.
pub(super) fn hour_of(day: Date, hour: i64) -> Option<DateTime> {
    let d = plus_days(day, hour.div_euclid(24))?;
    Some(d.at(hour.rem_euclid(24) as i8, 0, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i16, m: i8, day: i8) -> Date {
        Date::new(y, m, day).unwrap()
    }

    #[test]
    fn easter_falls_where_the_calendar_says() {
        for (y, m, day) in [
            (2000, 4, 23),
            (2013, 3, 31),
            (2024, 3, 31),
            (2025, 4, 20),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(y), Some(d(y, m, day)));
        }
    }
}
