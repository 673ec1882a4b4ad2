//! Lengths of time as ISO 8601 and TIMEX3 write them: `P2Y3M`, `PT2H30M`,
//! `P1.5Y`, `PXD`.

use crate::{
    dates::{quantity::Quantity, units::Unit},
    kinds::Grain,
};
use std::fmt;

/// The unit of one amount of a length. TIMEX3 adds the quarter to those of ISO
/// 8601; decades and centuries are years, half years months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Names that say it.
pub enum Designator {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

impl Designator {
    /// The designator of a unit of the text, and how many of it make the unit.
    pub(in crate::dates) fn of(unit: Unit) -> (u64, Self) {
        match unit {
            Unit::Millennium => (1000, Self::Year),
            Unit::Century => (100, Self::Year),
            Unit::Decade => (10, Self::Year),
            Unit::Year => (1, Self::Year),
            Unit::Half => (6, Self::Month),
            Unit::Quarter => (1, Self::Quarter),
            Unit::Month => (1, Self::Month),
            Unit::Week | Unit::Weekend => (1, Self::Week),
            Unit::Day => (1, Self::Day),
            Unit::Hour => (1, Self::Hour),
            Unit::Minute => (1, Self::Minute),
            Unit::Second => (1, Self::Second),
        }
    }

    /// The grain of what is one of them.
    pub fn grain(self) -> Grain {
        self.unit().grain()
    }

    fn unit(self) -> Unit {
        match self {
            Self::Year => Unit::Year,
            Self::Quarter => Unit::Quarter,
            Self::Month => Unit::Month,
            Self::Week => Unit::Week,
            Self::Day => Unit::Day,
            Self::Hour => Unit::Hour,
            Self::Minute => Unit::Minute,
            Self::Second => Unit::Second,
        }
    }

    /// It stands behind the `T`.
    fn is_clock(self) -> bool {
        matches!(self, Self::Hour | Self::Minute | Self::Second)
    }

    fn letter(self) -> char {
        match self {
            Self::Year => 'Y',
            Self::Quarter => 'Q',
            Self::Month | Self::Minute => 'M',
            Self::Week => 'W',
            Self::Day => 'D',
            Self::Hour => 'H',
            Self::Second => 'S',
        }
    }
}

/// How many of a designator: thousandths, or not said.
type Amount = Option<u64>;

/// A length: amounts, the largest unit first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Length(Vec<(Amount, Designator)>);

impl Length {
    /// Amounts of the text; a number that is not said, or only between two, is
    /// left open.
    pub(in crate::dates) fn of(lengths: &[(Quantity, Unit)]) -> Self {
        let amount = |(q, unit): &(Quantity, Unit)| {
            let (times, designator) = Designator::of(*unit);
            let said = !q.vague && q.up_to.is_none();
            let thousandths =
                q.n.saturating_mul(1000)
                    .saturating_add(u64::from(q.milli))
                    .saturating_mul(times);
            (said.then_some(thousandths), designator)
        };
        Self(lengths.iter().map(amount).collect())
    }

    /// Each designator with its amount in thousandths, `None` where the text
    /// does not say how many.
    pub fn amounts(&self) -> impl Iterator<Item = (Option<u64>, Designator)> {
        self.0.iter().copied()
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_amounts(self.amounts(), f)
    }
}

/// The one writer of TIMEX3 durations.
pub(super) fn write_amounts(
    amounts: impl Iterator<Item = (Amount, Designator)>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.write_str("P")?;
    let mut clock = false;
    for (amount, designator) in amounts {
        if designator.is_clock() && !clock {
            f.write_str("T")?;
            clock = true;
        }
        match amount {
            None => f.write_str("X")?,
            Some(n) if n.is_multiple_of(1000) => write!(f, "{}", n / 1000)?,
            Some(n) => {
                let decimals = format!("{:03}", n % 1000);
                write!(f, "{}.{}", n / 1000, decimals.trim_end_matches('0'))?;
            }
        }
        write!(f, "{}", designator.letter())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_timex3_has_them() {
        let n = |n, milli| Quantity {
            n,
            milli,
            ..Quantity::default()
        };
        let vague = Quantity {
            vague: true,
            ..Quantity::default()
        };
        for (lengths, want) in [
            (vec![(n(2, 0), Unit::Year), (n(3, 0), Unit::Month)], "P2Y3M"),
            (vec![(n(1, 500), Unit::Year)], "P1.5Y"),
            (vec![(n(9, 80), Unit::Second)], "PT9.08S"),
            (
                vec![(n(2, 0), Unit::Hour), (n(30, 0), Unit::Minute)],
                "PT2H30M",
            ),
            (vec![(n(1, 0), Unit::Day), (n(2, 0), Unit::Hour)], "P1DT2H"),
            (vec![(n(3, 0), Unit::Half)], "P18M"),
            (vec![(n(2, 0), Unit::Century)], "P200Y"),
            (vec![(vague, Unit::Day)], "PXD"),
        ] {
            assert_eq!(Length::of(&lengths).to_string(), want);
        }
    }
}
