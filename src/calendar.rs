//! French names of months and weekdays, which the publication date and the time
//! expressions both read: `french/tables/lexicon/calendar`.

use crate::{
    french::{
        lexicon::calendar::{months, weekdays},
        types::{Number, Weekday},
    },
    text::fold::fold,
};

impl Weekday {
    /// Monday is 1, as in ISO 8601.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// The month (1–12) that a word names, whatever its case and accents, without
/// its full stop: a whole name, or an abbreviation that newspapers print.
pub fn month(word: &str) -> Option<u8> {
    let row = months::find(&fold(word)).filter(|r| !r.agenda)?;
    u8::try_from(row.month).ok()
}

/// The ISO weekday (Monday = 1) that a word names, whatever its case.
pub fn weekday(word: &str) -> Option<u8> {
    let row = weekdays::find(&fold(word)).filter(|r| !r.short && r.number == Number::Singular)?;
    Some(row.weekday.number())
}
