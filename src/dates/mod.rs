//! Time expressions, recognised and resolved on the calendar.

use crate::{
    article::Published,
    record::{Anchor, DateType, Grain, Modifier},
};

/// What the dates of one article are read with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Document creation time, as precise as its source.
    pub published: Option<Published>,
    /// Byte spans that hold no dates (URLs, amounts of money), sorted.
    pub blocked: &'a [(usize, usize)],
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
    pub value: Option<String>,
    /// TIMEX3 modifier.
    pub modifier: Option<Modifier>,
    /// Unit of the value.
    pub grain: Option<Grain>,
    /// Half-open interval on the calendar.
    pub from: Option<String>,
    /// Exclusive end of that interval.
    pub to: Option<String>,
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

/// Finds and resolves the time expressions of `text`.
pub fn find(_text: &str, _context: &Context) -> Found {
    Found::default()
}

/// Like [`find`], with the steps that led to each value.
pub fn explain(text: &str, context: &Context) -> Found {
    find(text, context)
}
