//! Moments and times of day: `2024-03-12T20:30`, `T24:00`,
//! `2024-03-12T20:30:05+01:00`.

use crate::{dates::civil::write_day, kinds::utc_offset};
use jiff::{
    civil::{Date, DateTime},
    tz::Offset,
};
use std::fmt;

/// A moment of the clocks, to the minute or the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What the clocks show.
    pub at: DateTime,
    /// Its seconds count.
    pub seconds: bool,
    /// Ahead of UTC, where a time zone was asked for.
    pub offset: Option<Offset>,
}

impl Moment {
    /// To the minute, in no zone.
    pub(in crate::dates) fn minute(at: DateTime) -> Self {
        Self {
            at,
            seconds: false,
            offset: None,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_day(self.at.date(), f)?;
        write!(f, "T{:02}:{:02}", self.at.hour(), self.at.minute())?;
        if self.seconds {
            write!(f, ":{:02}", self.at.second())?;
        }
        self.offset.map_or(Ok(()), |offset| write_offset(offset, f))
    }
}

/// A time of day, and its day where the text has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay {
    /// The day.
    pub day: Option<Date>,
    /// 0 to 24; 24 is the end of the day.
    pub hour: u8,
    /// 0 to 59; a whole hour has 0.
    pub minute: u8,
    /// Where the text has it.
    pub second: Option<u8>,
    /// Ahead of UTC, where a time zone was asked for.
    pub offset: Option<Offset>,
}

impl From<Moment> for TimeOfDay {
    fn from(moment: Moment) -> Self {
        Self {
            day: Some(moment.at.date()),
            hour: moment.at.hour() as u8,
            minute: moment.at.minute() as u8,
            second: moment.seconds.then_some(moment.at.second() as u8),
            offset: moment.offset,
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(day) = self.day {
            write_day(day, f)?;
        }
        write!(f, "T{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        self.offset.map_or(Ok(()), |offset| write_offset(offset, f))
    }
}

/// `Z` or `±hh:mm`.
fn write_offset(offset: Offset, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    utc_offset::write((offset.seconds() / 60) as i16, f)
}
