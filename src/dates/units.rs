//! The units in which the calendar and the clock are counted.

use super::lexicon::UnitNoun;
use crate::kinds::Grain;

/// Calendar units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
    Weekend,
}

impl Unit {
    /// So many of them, for the steps of an explanation: `1 day`, `3 centuries`.
    pub fn times(self, n: u64) -> String {
        let (one, many) = match self {
            Self::Second => ("second", "seconds"),
            Self::Minute => ("minute", "minutes"),
            Self::Hour => ("hour", "hours"),
            Self::Day => ("day", "days"),
            Self::Week => ("week", "weeks"),
            Self::Month => ("month", "months"),
            Self::Quarter => ("quarter", "quarters"),
            Self::Half => ("half year", "half years"),
            Self::Year => ("year", "years"),
            Self::Decade => ("decade", "decades"),
            Self::Century => ("century", "centuries"),
            Self::Millennium => ("millennium", "millennia"),
            Self::Weekend => ("weekend", "weekends"),
        };
        match n {
            0 => one.to_owned(),
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        }
    }

    /// The unit that a noun counts: sporting seasons count as years, nights as
    /// days; a fortnight is no unit.
    pub fn of(noun: UnitNoun) -> Option<Self> {
        Some(match noun {
            UnitNoun::Second => Self::Second,
            UnitNoun::Minute => Self::Minute,
            UnitNoun::Hour => Self::Hour,
            UnitNoun::Day | UnitNoun::Night => Self::Day,
            UnitNoun::Week => Self::Week,
            UnitNoun::Month => Self::Month,
            UnitNoun::Quarter => Self::Quarter,
            UnitNoun::Half => Self::Half,
            UnitNoun::Year | UnitNoun::Season => Self::Year,
            UnitNoun::Decade => Self::Decade,
            UnitNoun::Century => Self::Century,
            UnitNoun::Millennium => Self::Millennium,
            UnitNoun::Weekend => Self::Weekend,
            UnitNoun::Fortnight => return None,
        })
    }

    /// The grain of what is one of them.
    pub fn grain(self) -> Grain {
        match self {
            Self::Second => Grain::Second,
            Self::Minute => Grain::Minute,
            Self::Hour => Grain::Hour,
            Self::Day | Self::Weekend => Grain::Day,
            Self::Week => Grain::Week,
            Self::Month => Grain::Month,
            Self::Quarter => Grain::Quarter,
            Self::Half => Grain::Half,
            Self::Year => Grain::Year,
            Self::Decade => Grain::Decade,
            Self::Century | Self::Millennium => Grain::Century,
        }
    }

    /// The grain of a date some of them away: « il y a deux semaines » names a
    /// day, « il y a deux trimestres » a month.
    pub fn grain_away(self) -> Grain {
        match self {
            Self::Week | Self::Weekend => Grain::Day,
            Self::Quarter | Self::Half => Grain::Month,
            Self::Decade | Self::Century | Self::Millennium => Grain::Year,
            _ => self.grain(),
        }
    }
}
