//! Two times of day that make one stretch: « de 11 h 30 à 1 h 30 », « entre
//! midi et deux heures », « de 22 heures à 2 heures ».
//!
//! A second time that is earlier than the first lies past noon when that makes
//! a short stretch, else past midnight.

use crate::{
    dates::{
        expr::{Clock, Expr},
        hit::Hit,
        lexicon::Word,
        line::Line,
        zone::{self, Told},
    },
    kinds::Anchor,
};
use jiff::civil::Date;

/// The longest stretch, in minutes, that « de 11 h 30 à 1 h 30 » may be.
const LUNCH: i32 = 180;

/// What a time takes from the one it is linked with.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Link {
    /// 12 past noon.
    pub hours: u8,
    /// 1 past midnight.
    pub days: i64,
    /// The zone said after the other end.
    pub told: Option<Told>,
    /// It is an end of a stretch.
    pub paired: bool,
    /// The other end has no day, so this one has none: « couvre-feu de 21 heures
    /// à 6 heures ».
    pub undated: bool,
    /// The day of the other end, where no day stands between them.
    pub day: Option<(Date, Anchor)>,
    /// It follows its verb: « ils ont joué de minuit à 2 h ».
    pub after_verb: bool,
}

impl Link {
    /// What `end` takes from `start`, the time before it in its sentence, which
    /// is of `day` or of no one.
    pub fn from(line: &Line, start: &Hit, end: &Hit, day: Option<(Date, Anchor)>) -> Self {
        let (Expr::Clock(a), Expr::Clock(b)) = (&start.expr, &end.expr) else {
            return Self::default();
        };
        if !linked(line, start, end) {
            return Self::default();
        }
        let paired = Self {
            paired: true,
            undated: day.is_none(),
            ..Self::default()
        };
        if a.midnight || b.midnight {
            return paired;
        }
        let paired = Self { day, ..paired };
        let minutes = |c: &Clock| i32::from(c.hour) * 60 + i32::from(c.minute.unwrap_or(0));
        let (from, to) = (minutes(a), minutes(b));
        if to >= from {
            return paired;
        }
        // « 1 heure du matin » and « 1 pm » say their half of the day.
        let said = (end.start..end.end).any(|k| line.any(k, &[Word::Part, Word::AmPm]));
        let past_noon = to + 720 - from;
        let noon = from < 13 * 60 && past_noon > 0 && past_noon <= LUNCH
            || a.hour == 12 && (1..=6).contains(&b.hour);
        let (hours, days) = if noon && !said && b.hour < 12 {
            (12, 0)
        } else {
            (0, 1)
        };
        Self {
            hours,
            days,
            ..paired
        }
    }

    /// What `start` takes from `end`, the time after it: « de 8 h à 9 h, heure de
    /// Paris ».
    pub fn to(line: &Line, start: &Hit, end: &Hit) -> Self {
        let Expr::Clock(b) = &end.expr else {
            return Self::default();
        };
        if !linked(line, start, end) {
            return Self::default();
        }
        let told = match b.zone {
            Some(minutes) => Told::Offset(minutes),
            None => zone::told(line, end.end),
        };
        Self {
            told: Some(told).filter(|t| *t != Told::Here),
            paired: true,
            ..Self::default()
        }
    }
}

/// What stands between two times makes them the ends of a stretch.
fn linked(line: &Line, start: &Hit, end: &Hit) -> bool {
    let i = start.end;
    match end.start.saturating_sub(i) {
        1 => {
            line.any(i, &[Word::A]) && line.at(i).accent
                || line.dash(i)
                || line.is(i, Word::Et) && line.any_before(start.start, &[Word::Entre])
        }
        2 => line.is(i, Word::Jusqu) && line.is(i + 1, Word::A),
        _ => false,
    }
}
