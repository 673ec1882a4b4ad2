//! From words to the calendar.
//!
//! The state is small: the document creation time at its own precision, the
//! stamp of the block the line stands in, the last date mentioned, and the
//! tense of the clause. Nothing is padded: what the state does not settle stays
//! partial (`XXXX-11-24`) or null.
//!
//! [`State::place`] asks one module a kind of expression: `days` and `years` for
//! what lacks a field, `shifts` for what is counted from a date, `inside` for a
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
mod years;

pub(super) use chain::{HISTORY, Link};
use reference::{Pick, Reference};

use super::{civil::Stretch, expr::Cal, tense::Evidence, value::OpenDate};
use crate::kinds::{Anchor, Grain, Published};
use jiff::civil::{Date, DateTime};

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

/// What is known while reading a text.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// Document creation time.
    pub published: Option<Published>,
    /// Stamp of the block the line stands in.
    pub block: Option<Published>,
    /// Last calendar mention.
    pub mention: Option<Stretch>,
    /// Last mention that named one day.
    pub day: Option<Date>,
    /// The last of them that is not ahead of the reference.
    pub past_day: Option<Date>,
    /// The whole text is one time expression: a form's field, a cell of an
    /// agenda. It announces.
    pub entry: bool,
    /// A day said earlier in this line.
    pub line_day: Option<Date>,
    /// The day that the story was at when this line began.
    pub story: Option<Date>,
    /// The day that this line brought the story to.
    pub line_story: Option<Date>,
    /// The mention at hand stands beside its clause.
    pub beside: bool,
    /// It opens its line.
    pub heads: bool,
    /// Lines read so far, blank ones left out.
    pub line: usize,
    /// The last date of the clause that named its month.
    pub said: Option<Link>,
    /// The days of a programme, at most a week, and its line.
    pub programme: Option<(Date, Date, usize)>,
    /// The last date that named its year, while the story is there.
    pub chain: Option<Link>,
    /// The day and the last hour of the entries of a live report.
    pub entry_day: Option<(Date, u8)>,
}

/// What a mention asks of its clause, and the log of [`super::explain`].
pub(super) struct Query<'q> {
    /// The tense around the mention, read once.
    pub tense: &'q mut dyn FnMut() -> Evidence,
    /// Steps for the reader, when asked for.
    pub log: Option<&'q mut Vec<String>>,
}

impl Query<'_> {
    fn note(&mut self, step: impl FnOnce() -> String) {
        if let Some(log) = &mut self.log {
            log.push(step());
        }
    }
}

impl State {
    /// Places a calendar expression.
    pub(super) fn place(&self, cal: &Cal, q: &mut Query) -> Placed {
        match cal {
            Cal::Day {
                weekday,
                day,
                month,
                year,
                dir,
            } => self.day_of(*weekday, *day, *month, *year, *dir, q),
            Cal::Weekday { weekday, dir } => self.weekday(*weekday, *dir, q),
            Cal::Month { month, year, dir } => self.month(*month as i8, *year, *dir, q),
            Cal::Year(y) => Placed::At(Stretch::Year(*y), None),
            Cal::Decade(d) => Placed::At(Stretch::Decade(*d), None),
            Cal::Century(c) if *c < 0 => Placed::Unknown(Grain::Century),
            Cal::Century(c) => Placed::At(Stretch::Century(*c), None),
            Cal::Period { kind, n, year, dir } => self.period(*kind, *n, *year, *dir, q),
            Cal::Shift { unit, by, base } => self.shift(*unit, *by, *base, q),
            Cal::Moved {
                lengths,
                sign,
                base,
            } => self.moved(lengths, *sign, *base, q),
            Cal::Feast { feast, year, dir } => self.feast(*feast, *year, *dir, q),
            Cal::Part { day, part } => self.part(day.as_deref(), *part, q),
            Cal::Nth { what, n, of } => self.nth(*what, *n, of, q),
            Cal::Within { part, of } => self.within(part, of, q),
            Cal::Offset { days, of } => self.offset(*days, of, q),
            Cal::WeekOf(of) => self.week_of(of, q),
            Cal::Fortnight { second, of } => self.fortnight(*second, of, q),
            Cal::Weekend { dir } => self.weekend(*dir, q),
        }
    }
}
