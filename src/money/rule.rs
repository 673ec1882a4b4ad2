//! What a rule of money and percents is: where it begins, and who reads on.

use super::{Finder, anchors::Anchor};

/// A rule of this room.
pub type Rule = crate::rule::Rule<Trigger, fn(&mut Finder<'_>, Site) -> Option<()>>;

/// Where a rule begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// The name of a currency.
    Name,
    /// The name of a fraction of a currency.
    Fraction,
    /// A code of ISO 4217.
    Code,
    /// A symbol.
    Symbol,
    /// An abbreviation.
    Abbreviation,
    /// A unit of a cryptocurrency.
    Crypto,
    /// `%`.
    Percent,
    /// « pour cent ».
    PerCent,
    /// « points ».
    Point,
    /// An amount that was just read.
    AfterMoney,
    /// A percentage that was just read.
    AfterPercent,
}

/// How many triggers there are.
pub const TRIGGERS: usize = Trigger::AfterPercent as usize + 1;

/// A unit in the text: bytes `start..end` and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What stands there.
    pub anchor: Anchor,
}
