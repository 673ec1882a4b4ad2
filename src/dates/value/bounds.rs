//! The half-open interval that a value covers, each end as precise as the value
//! says and no more.

use super::moment::Moment;
use crate::{
    dates::civil::{Stretch, hour_of, plus_days},
    kinds::Modifier,
};
use jiff::{
    civil::{Date, DateTime},
    tz::Offset,
};
use std::fmt;

/// An end of an interval: the first instant of what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Point {
    /// `2024`.
    Year(i16),
    /// `2024-03`: year and month.
    Month(i16, i8),
    /// `2024-03-12`.
    Day(Date),
    /// `2024-03-12T20:30`.
    Moment(Moment),
}

impl Point {
    /// The first instant of it, on the clocks of UTC where it has an offset.
    fn first(self) -> Option<DateTime> {
        let midnight = |day: Date| day.at(0, 0, 0, 0);
        match self {
            Self::Year(year) => Date::new(year, 1, 1).ok().map(midnight),
            Self::Month(year, month) => Date::new(year, month, 1).ok().map(midnight),
            Self::Day(day) => Some(midnight(day)),
            Self::Moment(Moment { at, offset, .. }) => match offset {
                Some(offset) => Some(Offset::UTC.to_datetime(offset.to_timestamp(at).ok()?)),
                None => Some(at),
            },
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => Stretch::Year(*year).fmt(f),
            Self::Month(year, month) => Stretch::Month(*year, *month).fmt(f),
            Self::Day(day) => Stretch::Day(*day).fmt(f),
            Self::Moment(moment) => moment.fmt(f),
        }
    }
}

/// A half-open interval on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    from: Point,
    to: Point,
}

impl Bounds {
    /// From `from` up to `to`, which is no part of it; none where that leaves
    /// nothing, or where an end lies outside the calendar.
    pub(in crate::dates) fn new(from: Point, to: Point) -> Option<Self> {
        (from.first()? < to.first()?).then_some(Self { from, to })
    }

    /// Whole days, `to` excluded.
    pub(in crate::dates) fn days(from: Date, to: Date) -> Option<Self> {
        Self::new(Point::Day(from), Point::Day(to))
    }

    /// Where it begins.
    pub fn from(&self) -> Point {
        self.from
    }

    /// Where it ends, exclusive.
    pub fn to(&self) -> Point {
        self.to
    }
}

impl Stretch {
    /// Half-open bounds, narrowed by `START`, `MID` and `END`. A weekend, two
    /// days, begins on the evening before them.
    pub(in crate::dates) fn bounds(&self, modifier: Option<Modifier>) -> Option<Bounds> {
        let hours = |day, from, to| {
            let point = |hour| Some(Point::Moment(Moment::minute(hour_of(day, hour)?)));
            Bounds::new(point(from)?, point(to)?)
        };
        if let Self::Part(day, part) = *self {
            let (from, to) = part.hours(modifier);
            return hours(day, from, to);
        }
        if let Self::Weekend(saturday) = *self {
            let hours = |from, to| hours(plus_days(saturday, -1)?, from, to);
            match modifier {
                None => return hours(18, 72),
                Some(Modifier::Start) => return hours(18, 48),
                Some(Modifier::End) => return hours(48, 72),
                _ => {}
            }
        }
        let (from, to) = self.narrowed(modifier)?;
        let narrows = matches!(
            modifier,
            Some(Modifier::Start | Modifier::Mid | Modifier::End)
        );
        // As precise as the value, no more.
        let point = |d: Date| match self {
            _ if narrows => Point::Day(d),
            Self::Century(_) | Self::Decade(_) | Self::Year(_) => Point::Year(d.year()),
            Self::Half(..) | Self::Quarter(..) | Self::Month(..) => {
                Point::Month(d.year(), d.month())
            }
            _ => Point::Day(d),
        };
        Bounds::new(point(from), point(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::DayPart;

    fn d(y: i16, m: i8, day: i8) -> Date {
        Date::new(y, m, day).unwrap()
    }

    fn bounds(s: Stretch, modifier: Option<Modifier>) -> (String, String) {
        let bounds = s.bounds(modifier).unwrap();
        (bounds.from().to_string(), bounds.to().to_string())
    }

    #[test]
    fn values_and_bounds() {
        for (s, value, from, to) in [
            (Stretch::Century(18), "18XX", "1800", "1900"),
            (Stretch::Decade(199), "199X", "1990", "2000"),
            (Stretch::Half(2024, 2), "2024-H2", "2024-07", "2025-01"),
            (Stretch::Quarter(2024, 4), "2024-Q4", "2024-10", "2025-01"),
            (
                Stretch::Season(2024, 3),
                "2024-WI",
                "2024-12-21",
                "2025-03-21",
            ),
            (
                Stretch::Week(d(2024, 12, 30)),
                "2025-W01",
                "2024-12-30",
                "2025-01-06",
            ),
            (
                Stretch::Part(d(2024, 2, 29), DayPart::Night),
                "2024-02-29TNI",
                "2024-02-29T21:00",
                "2024-03-01T06:00",
            ),
        ] {
            assert_eq!(s.to_string(), value);
            assert_eq!(bounds(s, None), (from.into(), to.into()));
        }
    }

    #[test]
    fn an_interval_holds_something() {
        let day = |n| Point::Day(d(2024, 3, n));
        assert!(Bounds::new(day(1), day(2)).is_some());
        assert_eq!(Bounds::new(day(2), day(2)), None);
        assert_eq!(Bounds::new(day(3), day(2)), None);
        assert_eq!(Bounds::new(Point::Year(2024), Point::Year(2024)), None);
        // An hour that summer time skips.
        let at = |hour, ahead| {
            Point::Moment(Moment {
                at: d(2024, 3, 31).at(hour, 0, 0, 0),
                seconds: false,
                offset: Offset::from_hours(ahead).ok(),
            })
        };
        assert!(Bounds::new(at(1, 1), at(3, 2)).is_some());
        assert_eq!(Bounds::new(at(2, 1), at(3, 2)), None);
    }

    #[test]
    fn start_mid_and_end_of_a_weekend() {
        let weekend = Stretch::Weekend(d(2024, 3, 16));
        for (modifier, from, to) in [
            (None, "2024-03-15T18:00", "2024-03-18T00:00"),
            (
                Some(Modifier::Start),
                "2024-03-15T18:00",
                "2024-03-17T00:00",
            ),
            (Some(Modifier::Mid), "2024-03-16", "2024-03-18"),
            (Some(Modifier::End), "2024-03-17T00:00", "2024-03-18T00:00"),
        ] {
            assert_eq!(bounds(weekend, modifier), (from.into(), to.into()));
        }
    }

    #[test]
    fn start_mid_and_end_narrow_the_bounds() {
        let march = Stretch::Month(2024, 3);
        assert_eq!(
            bounds(march, Some(Modifier::End)),
            ("2024-03-21".into(), "2024-04-01".into())
        );
        let year = Stretch::Year(2024);
        assert_eq!(
            bounds(year, Some(Modifier::Start)),
            ("2024-01-01".into(), "2024-03-01".into())
        );
    }
}
