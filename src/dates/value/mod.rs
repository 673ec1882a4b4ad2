//! What an expression means, as a type: TIMEX3 values (TimeML 1.2.1) stay typed
//! until the record, and `Display` is their one writer.

mod bounds;
mod length;
mod moment;
mod open;
mod recurrence;

pub use bounds::{Bounds, Point};
pub use length::{Designator, Length};
pub use moment::{Moment, TimeOfDay};
pub use open::OpenDate;
pub use recurrence::Recurrence;

use super::civil::Stretch;
use std::fmt;

/// The value of a time expression; `to_string()` gives that of TIMEX3.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A stretch of the calendar: `2024-03`, `2024-W11`, `2024-03-12TMO`.
    Stretch(Stretch),
    /// A stretch that lacks a field: `XXXX-11-24`.
    Open(OpenDate),
    /// From one stretch to another: `2024-03-03/2024-03-07`.
    Interval(Stretch, Stretch),
    /// The same of stretches that lack a field.
    OpenInterval(OpenDate, OpenDate),
    /// A time of day, with or without its day: `2024-03-12T20:30`, `T14:00`.
    Time(TimeOfDay),
    /// A length: `P9M`.
    Length(Length),
    /// What comes again: `XXXX-WXX-2`.
    Set(Recurrence),
    /// A past that has no date: `PAST_REF`.
    PastRef,
    /// A present that is no day: `PRESENT_REF`.
    PresentRef,
    /// A future that has no date: `FUTURE_REF`.
    FutureRef,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stretch(stretch) => stretch.fmt(f),
            Self::Open(open) => open.fmt(f),
            Self::Interval(from, to) => write!(f, "{from}/{to}"),
            Self::OpenInterval(from, to) => write!(f, "{from}/{to}"),
            Self::Time(time) => time.fmt(f),
            Self::Length(length) => length.fmt(f),
            Self::Set(set) => set.fmt(f),
            Self::PastRef => f.write_str("PAST_REF"),
            Self::PresentRef => f.write_str("PRESENT_REF"),
            Self::FutureRef => f.write_str("FUTURE_REF"),
        }
    }
}
