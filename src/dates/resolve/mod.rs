//! From words to the calendar.
//!
//! The state is small: the document creation time at its own precision, the
//! stamp of the block the line stands in, the last date mentioned, and the
//! tense of the clause. Nothing is padded: what the state does not settle stays
//! partial (`XXXX-11-24`) or null.
//!
//! [`State::place`] asks one module a kind of expression: `days` and `years` for
//! what lacks a field, `shifts` for what is counted from a date, `inside` for a
//! place in a longer stretch, `bounds` for the ends of ranges and lengths.
//! `reference` says what they all count from, and on which side to look.

mod bounds;
mod days;
mod inside;
mod reference;
mod shifts;
mod years;

pub(super) use bounds::moment_string;
use reference::{Pick, Reference};

use super::{
    civil::{self, Stretch, plus_days},
    expr::{Cal, PeriodKind},
    feasts,
    tense::Evidence,
};
use crate::{
    article::Published,
    record::{Anchor, Grain},
};
use jiff::civil::{Date, DateTime};

/// Where an expression was placed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Placed {
    /// On the calendar, and against what.
    At(Stretch, Option<Anchor>),
    /// A moment to the minute.
    Moment(DateTime, Option<Anchor>),
    /// Some fields are open: `XXXX-11-24`.
    Partial(String, Grain),
    /// Only the unit is known.
    Unknown(Grain),
    /// No such day: the words, for the warning.
    Impossible(Grain),
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
    /// The whole text is one time expression: a form's field, a cell of an
    /// agenda. It announces.
    pub entry: bool,
    /// A day said earlier in this line.
    pub line_day: Option<Date>,
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
            Cal::Month {
                month,
                year: Some(y),
                ..
            } => Placed::At(Stretch::Month(*y, *month as i8), None),
            Cal::Month {
                month,
                year: None,
                dir,
            } => {
                let m = *month as i8;
                self.open_year(*dir, q, format!("XXXX-{m:02}"), Grain::Month, |y| {
                    Some(Stretch::Month(y, m))
                })
            }
            Cal::Year(y) => Placed::At(Stretch::Year(*y), None),
            Cal::Decade(d) => Placed::At(Stretch::Decade(*d), None),
            Cal::Century(c) if *c < 0 => Placed::Unknown(Grain::Century),
            Cal::Century(c) => Placed::At(Stretch::Century(*c), None),
            Cal::Period { kind, n, year, dir } => {
                let make = |y: i16| period(*kind, *n, y);
                if let Some(y) = year {
                    return Placed::At(make(*y), None);
                }
                let (partial, grain) = match kind {
                    PeriodKind::Quarter => (format!("XXXX-Q{n}"), Grain::Quarter),
                    PeriodKind::Half => (format!("XXXX-H{n}"), Grain::Half),
                    PeriodKind::Season => (
                        format!("XXXX-{}", ["SP", "SU", "FA", "WI"][usize::from(*n).min(3)]),
                        Grain::Season,
                    ),
                };
                self.open_year(*dir, q, partial, grain, |y| Some(make(y)))
            }
            Cal::Shift { unit, by, base } => self.shift(*unit, *by, *base, q),
            Cal::Moved {
                lengths,
                sign,
                base,
            } => self.moved(lengths, *sign, *base, q),
            Cal::Feast {
                feast,
                year: Some(y),
                ..
            } => match feasts::day(*feast, *y) {
                Some(d) => Placed::At(Stretch::Day(d), None),
                None => Placed::Unknown(Grain::Day),
            },
            Cal::Feast {
                feast,
                year: None,
                dir,
            } => {
                let partial = feasts::day(*feast, 2000)
                    .filter(|d| {
                        feasts::day(*feast, 2001)
                            .is_some_and(|e| (e.month(), e.day()) == (d.month(), d.day()))
                    })
                    .map(|d| format!("XXXX-{:02}-{:02}", d.month(), d.day()));
                match (partial, self.now()) {
                    (None, None) => Placed::Unknown(Grain::Day),
                    (None, Some(r)) if r.month.is_none() => Placed::Unknown(Grain::Day),
                    (p, _) => self.open_year(*dir, q, p.unwrap_or_default(), Grain::Day, |y| {
                        feasts::day(*feast, y).map(Stretch::Day)
                    }),
                }
            }
            Cal::Part { day, part } => self.part(day.as_deref(), *part, q),
            Cal::Nth { what, n, of } => self.nth(*what, *n, of, q),
            Cal::Within { part, of } => self.within(part, of, q),
            Cal::Offset { days, of } => match self.place(of, q) {
                Placed::At(Stretch::Day(d), a) => match plus_days(d, *days) {
                    Some(d) => Placed::At(Stretch::Day(d), a),
                    None => Placed::Unknown(Grain::Day),
                },
                Placed::Impossible(g) => Placed::Impossible(g),
                _ => Placed::Unknown(Grain::Day),
            },
            Cal::WeekOf(of) => match self.place(of, q) {
                Placed::At(Stretch::Day(d), a) => {
                    // A week called after a Sunday begins the day after.
                    let sunday = d.weekday().to_monday_zero_offset() == 6;
                    let d = if sunday {
                        plus_days(d, 1).unwrap_or(d)
                    } else {
                        d
                    };
                    match civil::monday(d) {
                        Some(m) => Placed::At(Stretch::Week(m), a),
                        None => Placed::Unknown(Grain::Week),
                    }
                }
                _ => Placed::Unknown(Grain::Week),
            },
            Cal::Fortnight { second, of } => match self.place(of, q) {
                Placed::At(Stretch::Month(y, m), a) => {
                    let day = |d| Date::new(y, m, d).ok();
                    let ends = if *second {
                        (day(16), civil::month_end(y, m))
                    } else {
                        (day(1), day(15))
                    };
                    match ends {
                        (Some(from), Some(to)) => Placed::At(Stretch::Days(from, to), a),
                        _ => Placed::Unknown(Grain::Day),
                    }
                }
                _ => Placed::Unknown(Grain::Day),
            },
            Cal::Weekend { dir } => self.weekend(*dir, q),
        }
    }
}

fn period(kind: PeriodKind, n: u8, year: i16) -> Stretch {
    match kind {
        PeriodKind::Quarter => Stretch::Quarter(year, n as i8),
        PeriodKind::Half => Stretch::Half(year, n as i8),
        PeriodKind::Season => Stretch::Season(year, n as i8),
    }
}
