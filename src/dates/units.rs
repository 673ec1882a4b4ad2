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
        let one = match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half year",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Millennium => "millennium",
            Self::Weekend => "weekend",
        };
        match (n, self) {
            (0, _) => one.to_owned(),
            (1, _) => format!("1 {one}"),
            (n, Self::Century) => format!("{n} centuries"),
            (n, Self::Millennium) => format!("{n} millennia"),
            (n, _) => format!("{n} {one}s"),
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
