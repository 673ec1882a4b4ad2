//! How many units a length has.

/// A quantity of units.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Quantity {
    /// Whole part.
    pub n: u64,
    /// Decimal part as thousandths.
    pub milli: u32,
    /// Upper end of « deux ou trois », « 3 à 4 ».
    pub up_to: Option<u64>,
    /// « une quinzaine de ».
    pub approx: bool,
    /// « quelques »: the number is not said.
    pub vague: bool,
}

impl Quantity {
    /// A whole number.
    pub fn whole(n: u64) -> Self {
        Self {
            n,
            ..Self::default()
        }
    }
}
