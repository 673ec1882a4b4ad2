//! What comes again: `P1W`, `XXXX-WXX-2`, `XXXX-12`.

use super::length::{Designator, write_amounts};
use crate::{
    dates::{civil::DayPart, units::Unit},
    kinds::Grain,
};
use std::fmt;

/// How something comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recurrence {
    /// Once in so many units: `P2W`.
    Every(u64, Designator),
    /// Each weekday of this number (1 is Monday), or a part of it:
    /// `XXXX-WXX-2`, `XXXX-WXX-2TMO`.
    Weekday(u8, Option<DayPart>),
    /// From one weekday to another: `XXXX-WXX-1/XXXX-WXX-5`.
    Weekdays(u8, u8),
    /// A month of each year: `XXXX-12`.
    Month(u8),
}

impl Recurrence {
    /// Once in `n` of a unit of the text.
    pub(in crate::dates) fn every(n: u64, unit: Unit) -> Self {
        let (times, designator) = Designator::of(unit);
        Self::Every(n.saturating_mul(times), designator)
    }

    /// The unit that it repeats; none for a month of each year and for
    /// stretches of weekdays.
    pub fn grain(&self) -> Option<Grain> {
        match self {
            Self::Every(_, designator) => Some(designator.grain()),
            Self::Weekday(..) | Self::Weekdays(..) => Some(Grain::Day),
            Self::Month(_) => None,
        }
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Every(n, designator) => {
                let amount = (Some(n.saturating_mul(1000)), designator);
                write_amounts([amount].into_iter(), f)
            }
            Self::Weekday(weekday, part) => {
                write!(f, "XXXX-WXX-{weekday}{}", part.map_or("", DayPart::code))
            }
            Self::Weekdays(from, to) => write!(f, "XXXX-WXX-{from}/XXXX-WXX-{to}"),
            Self::Month(month) => write!(f, "XXXX-{month:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recurrences_and_their_grains() {
        for (set, value, grain) in [
            (Recurrence::every(2, Unit::Week), "P2W", Some(Grain::Week)),
            (Recurrence::every(1, Unit::Half), "P6M", Some(Grain::Month)),
            (
                Recurrence::every(15, Unit::Minute),
                "PT15M",
                Some(Grain::Minute),
            ),
            (
                Recurrence::Weekday(2, Some(DayPart::Morning)),
                "XXXX-WXX-2TMO",
                Some(Grain::Day),
            ),
            (
                Recurrence::Weekdays(1, 5),
                "XXXX-WXX-1/XXXX-WXX-5",
                Some(Grain::Day),
            ),
            (Recurrence::Month(12), "XXXX-12", None),
        ] {
            assert_eq!((set.to_string().as_str(), set.grain()), (value, grain));
        }
    }
}
