//! Amounts in cryptocurrencies, which have no ISO 4217 code: mentions only
//! where they are asked for.

use super::Finder;
use super::rule::{Rule, Site, Trigger};
use super::unit::{UnitSpan, word_ends};

/// See `reads`.
pub(super) static CRYPTO: Rule = Rule {
    name: "crypto",
    rank: 0,
    reads: "a number before a unit of a cryptocurrency, where those are asked for",
    at: &[Trigger::Crypto],
    read: |finder, site| finder.at_crypto(site),
    yes: &["Il détient [3,5 bitcoins|3.5 ?]."],
    no: &["Le bitcoin recule."],
};

impl Finder<'_> {
    /// Reads the amount at a unit of a cryptocurrency.
    fn at_crypto(&mut self, Site { start, end, .. }: Site) -> Option<()> {
        let text = self.text;
        if !self.context.crypto || !word_ends(text, end) {
            return None;
        }
        let unit = UnitSpan {
            start,
            end,
            code: None,
        };
        let numbers = self.numbers_before(start)?;
        self.finish(numbers, unit)
    }
}
