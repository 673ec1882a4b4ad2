//! French names of months and weekdays: the one table that the publication
//! date and the time expressions both read.

/// A spelling and the number it stands for.
pub type Name = (&'static str, u8);

/// Months in lower case, full names first, then the abbreviations that
/// newspapers print. An abbreviation may be followed by a full stop, which is
/// not part of the entry.
pub const MONTHS: &[Name] = &[
    ("janvier", 1),
    ("février", 2),
    ("fevrier", 2),
    ("mars", 3),
    ("avril", 4),
    ("mai", 5),
    ("juin", 6),
    ("juillet", 7),
    ("août", 8),
    ("aout", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("décembre", 12),
    ("decembre", 12),
    ("janv", 1),
    ("jan", 1),
    ("févr", 2),
    ("fevr", 2),
    ("fév", 2),
    ("fev", 2),
    ("avr", 4),
    ("juil", 7),
    ("juill", 7),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("déc", 12),
    ("dec", 12),
];

/// Weekdays in lower case, Monday = 1 as in ISO 8601.
pub const WEEKDAYS: &[Name] = &[
    ("lundi", 1),
    ("mardi", 2),
    ("mercredi", 3),
    ("jeudi", 4),
    ("vendredi", 5),
    ("samedi", 6),
    ("dimanche", 7),
];

/// The month (1–12) that a lower-cased word names, without its full stop.
pub fn month(word: &str) -> Option<u8> {
    MONTHS.iter().find(|(n, _)| *n == word).map(|(_, v)| *v)
}

/// The ISO weekday (Monday = 1) that a lower-cased word names.
pub fn weekday(word: &str) -> Option<u8> {
    WEEKDAYS.iter().find(|(n, _)| *n == word).map(|(_, v)| *v)
}
