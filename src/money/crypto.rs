//! Amounts in cryptocurrencies, which have no ISO 4217 code: mentions only
//! where they are asked for.

use super::amount::{UnitSpan, word_ends};
use super::{Finder, chain};

impl Finder<'_> {
    /// Reads the amount at a unit of a cryptocurrency.
    pub(super) fn at_crypto(&mut self, start: usize, end: usize) -> Option<()> {
        let text = self.text;
        if !word_ends(text, end) {
            return None;
        }
        let unit = UnitSpan {
            start,
            end,
            code: None,
            rule: "crypto",
        };
        let numbers = chain::before(text, start, self.floor, &mut self.starts)?;
        self.finish(numbers, unit)
    }
}
