//! From words to the calendar.
//!
//! The third phase. What it reads is small: the reference at its own precision
//! and the tense of the clause ([`Situation`]), the dates told so far
//! ([`Story`]). Nothing is padded: what they do not settle stays open
//! (`XXXX-11-24`) or null.
//!
//! [`Resolver::place`] asks one module a kind of expression: `days`, `years` and
//! `sides` for what lacks a field, `shifts` for what is counted from a date, `inside` for a
//! place in a longer stretch, `edges` for « début » and « fin » of what is at hand,
//! `bounds` for the ends of ranges and lengths.
//! `reference` says what they all count from, and on which side to look.

mod bounds;
mod chain;
mod days;
mod edges;
mod inside;
mod reference;
mod shifts;
mod sides;
mod story;
mod years;

pub(super) use chain::{HISTORY, RECENT};
use reference::{Pick, Reference, is_ahead};
pub(super) use sides::Decider;
pub(super) use story::Story;

use super::{civil::Stretch, expr::Cal, situate::Situation, value::OpenDate};
use crate::kinds::{Anchor, Grain};
use jiff::civil::DateTime;
use std::cell::RefCell;

/// Where an expression was placed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Placed {
    /// On the calendar, and against what.
    At(Stretch, Option<Anchor>),
    /// A moment to the minute.
    Moment(DateTime, Option<Anchor>),
    /// Some fields are open: `XXXX-11-24`.
    Partial(OpenDate, Grain),
    /// Only the unit is known.
    Unknown(Grain),
    /// No such day: the words, for the warning.
    Impossible(Grain),
}

impl Placed {
    /// At `stretch`, or at an unknown one of `grain`.
    fn known(stretch: Option<Stretch>, anchor: Option<Anchor>, grain: Grain) -> Self {
        stretch.map_or(Self::Unknown(grain), |s| Self::At(s, anchor))
    }

    /// At `stretch`, or at an impossible one of `grain`.
    fn possible(stretch: Option<Stretch>, anchor: Option<Anchor>, grain: Grain) -> Self {
        stretch.map_or(Self::Impossible(grain), |s| Self::At(s, anchor))
    }
}

/// The steps that led to a value, kept when somebody asked for them.
#[derive(Default)]
pub(super) struct Steps(Option<RefCell<Vec<String>>>);

impl Steps {
    /// Kept if `asked`.
    pub fn new(asked: bool) -> Self {
        Self(asked.then(RefCell::default))
    }

    /// Adds a step; it is made on request only.
    pub fn note(&self, step: impl FnOnce() -> String) {
        if let Some(steps) = &self.0 {
            steps.borrow_mut().push(step());
        }
    }

    /// All of them in their order.
    pub fn into_vec(self) -> Vec<String> {
        self.0.map_or_else(Vec::new, RefCell::into_inner)
    }
}

/// Places the expressions of one mention, given what the text has told and how
/// the mention stands. It changes neither.
pub(super) struct Resolver<'a> {
    pub story: &'a Story,
    pub here: &'a Situation<'a>,
    pub steps: &'a Steps,
    /// Who decides on the side of a weekday, in this order.
    pub deciders: &'a [Decider],
}

impl Resolver<'_> {
    fn note(&self, step: impl FnOnce() -> String) {
        self.steps.note(step);
    }

    /// Places a calendar expression.
    pub(super) fn place(&self, cal: &Cal) -> Placed {
        match cal {
            Cal::Day {
                weekday,
                day,
                month,
                year,
                dir,
            } => self.day_of(*weekday, *day, *month, *year, *dir),
            Cal::Weekday { weekday, dir } => self.weekday(*weekday, *dir, None),
            Cal::Month { month, year, dir } => self.month(*month as i8, *year, *dir),
            Cal::Year(y) => Placed::At(Stretch::Year(*y), None),
            Cal::Decade(d) => Placed::At(Stretch::Decade(*d), None),
            Cal::Century(c) if *c < 0 => Placed::Unknown(Grain::Century),
            Cal::Century(c) => Placed::At(Stretch::Century(*c), None),
            Cal::Period { kind, n, year, dir } => self.period(*kind, *n, *year, *dir),
            Cal::Shift { unit, by, base } => self.shift(*unit, *by, *base),
            Cal::Moved {
                lengths,
                sign,
                base,
            } => self.moved(lengths, *sign, *base),
            Cal::Feast { feast, year, dir } => self.feast(*feast, *year, *dir),
            Cal::Part { day, part } => self.part(day.as_deref(), *part),
            Cal::Nth { what, n, of } => self.nth(*what, *n, of),
            Cal::Within { part, of } => self.within(part, of),
            Cal::Offset { days, of } => self.offset(*days, of),
            Cal::WeekOf(of) => self.week_of(of),
            Cal::Fortnight { second, of } => self.fortnight(*second, of),
            Cal::Nearest { weekday, to } => self.nearest(*weekday, to),
            Cal::Weekend { dir } => self.weekend(*dir),
        }
    }
}
