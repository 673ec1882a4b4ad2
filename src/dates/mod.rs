//! Time expressions, recognised and resolved on the calendar.
//!
//! Each line is cut into tokens that already carry their class (month, weekday,
//! unit, numeral…); then three phases, whose types say what passes between them:
//! `recognise` turns the line into typed expressions, the longest match of the
//! rule families; `situate` says what surrounds each; `resolve` places it on the
//! calendar, given that and the story so far, so that it can anchor what follows.
//! Its [`Value`] becomes a string in the record only. Values, types and modifiers
//! are those of TIMEX3 (TimeML 1.2.1,
//! ISO 24617-1). The conventions are listed in `docs/DATES.md`.

mod absolute;
#[cfg(test)]
mod cases;
mod civil;
#[cfg(test)]
mod declared;
mod degree;
mod durations;
mod early;
mod era;
mod expr;
mod feasts;
mod fields;
mod grammar;
mod hit;
mod intervals;
mod lengths;
mod lexicon;
mod line;
mod meals;
#[cfg(test)]
mod negative_cases;
mod numerals;
mod part_names;
mod parts;
mod periods;
mod places;
mod quantity;
mod reading;
mod recognise;
mod relative;
mod resolve;
mod sets;
mod situate;
mod tense;
mod times;
mod token;
mod unit_words;
mod units;
mod value;
mod zone;

pub use civil::{DayPart, Stretch};
pub use value::{
    Bounds, Designator, Length, Moment, OpenDate, Point, Recurrence, TimeOfDay, Value,
};
pub use zone::{ParseTimezoneError, Timezone};

use crate::kinds::{Anchor, DateType, Grain, Modifier, Published};

/// What the dates of one article are read with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Document creation time, as precise as its source.
    pub published: Option<Published>,
    /// Byte spans that hold no dates (URLs, amounts of money), sorted.
    pub blocked: &'a [(usize, usize)],
    /// Where given, times of a day carry their offset: in this zone they are
    /// understood, and to it those of a named zone are converted. Values
    /// without a clock time never change.
    pub timezone: Option<&'a Timezone>,
}

/// A time expression; `start..end` are bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Timex {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// TIMEX3 type.
    pub kind: DateType,
    /// TIMEX3 value.
    pub value: Option<Value>,
    /// TIMEX3 modifier.
    pub modifier: Option<Modifier>,
    /// Unit of the value.
    pub grain: Option<Grain>,
    /// Half-open interval on the calendar.
    pub bounds: Option<Bounds>,
    /// What it was resolved against.
    pub anchor: Option<Anchor>,
    /// Name of the rule that found it.
    pub rule: &'static str,
    /// Steps from words to value, filled only by [`explain`].
    pub steps: Vec<String>,
}

/// All that was found in one text, sorted and free of overlaps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Time expressions.
    pub dates: Vec<Timex>,
    /// Remarks for the record, such as `impossible_date:31 février`.
    pub warnings: Vec<String>,
}

/// Finds and resolves the time expressions of `text`. Pure: the answer depends
/// on the arguments alone, never on the clock.
pub fn find(text: &str, context: &Context) -> Found {
    reading::read(text, context, false)
}

/// Like [`find`], with the steps that led to each value.
pub fn explain(text: &str, context: &Context) -> Found {
    reading::read(text, context, true)
}
