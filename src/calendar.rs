//! French names of months and weekdays, which the publication date and the time
//! expressions both read: `french/tables/lexicon/calendar`.

use crate::{
    fold::fold,
    french::{
        lexicon::calendar::{months, weekdays},
        types::{Number, Weekday},
    },
};

impl Weekday {
    /// Monday is 1, as in ISO 8601.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// The year that two figures stand for: 00–49 are of this century, 50–99 of the
/// last, in a dateline as in a text. Nobody prints the year 2055 in two figures
/// yet; those who write of 1955 do.
pub fn year_of_two_figures(n: u8) -> i16 {
    let n = i16::from(n % 100);
    if n < 50 { 2000 + n } else { 1900 + n }
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
