//! The days that a line names, for the times of day that belong to them, and
//! the day that the story has come to.

use super::Reader;
use crate::dates::{
    civil::{DayPart, Stretch, plus_days},
    expr::{Cal, Clock, Expr},
    hit::Hit,
    lexicon::Word,
    line::Line,
    resolve::Placed,
    situate::Situation,
    tense::Tense,
};
use crate::kinds::Anchor;
use jiff::civil::Date;

/// A mention that a time may belong to.
pub(super) struct Mark {
    pub start: usize,
    pub end: usize,
    pub sentence: usize,
    /// The one day; `None` for a set or several days.
    pub day: Option<Date>,
    /// The clause's own date, not one beside it (see [`Situation::main`]).
    pub main: bool,
    /// A night: its small hours are on the next day.
    pub night: bool,
    /// An afternoon or an evening: its small hours are past noon.
    pub late: bool,
}

impl Mark {
    /// Of no one day.
    pub fn new(hit: &Hit, sentence: usize) -> Self {
        Self {
            start: hit.start,
            end: hit.end,
            sentence,
            day: None,
            main: true,
            night: false,
            late: false,
        }
    }

    /// Words between the mention and `hit`.
    pub fn gap(&self, hit: &Hit) -> usize {
        if self.end <= hit.start {
            hit.start - self.end
        } else {
            self.start.saturating_sub(hit.end)
        }
    }

    /// The day of `clock`: a night's small hours are the next day's.
    pub fn on(&self, clock: &Clock) -> Option<Date> {
        let d = self.day?;
        if self.night && clock.hour < 12 && !clock.midnight {
            plus_days(d, 1)
        } else {
            Some(d)
        }
    }
}

impl Reader<'_> {
    /// Moves the story on, and keeps the day for the times of its line.
    pub(super) fn remember(&mut self, hit: &Hit, placed: &Placed, here: &Situation) {
        let Placed::At(s, anchor) = placed else {
            return;
        };
        let counted = *anchor == Some(Anchor::Published);
        self.story.tell(*s, here, counted, names_month(hit));
        if let Stretch::Day(d) | Stretch::Part(d, _) = s
            && says_weekday(hit)
            && matches!(here.tense(), Tense::Past | Tense::Future)
            && !here.starts_there()
        {
            self.story.tell_weekday(*d);
        }
        let mut mark = Mark::new(hit, here.sentence);
        mark.main = here.main;
        match s {
            Stretch::Day(d) | Stretch::Part(d, _) => {
                mark.day = Some(*d);
                mark.night = matches!(s, Stretch::Part(_, DayPart::Night));
                mark.late = matches!(s, Stretch::Part(_, DayPart::Evening | DayPart::Afternoon));
                self.marks.push(mark);
            }
            Stretch::Weekend(_) | Stretch::Days(..) => self.marks.push(mark),
            _ => {}
        }
    }

    /// A line that is nothing but a day (« MERCREDI »), or that begins with a
    /// day and a time (« 11 mars, 14 h 46. »), opens the entries of that day.
    pub(super) fn open_entry(&mut self, line: &Line, hits: &[Hit]) {
        let Some((end, day)) = self
            .marks
            .first()
            .filter(|m| m.start <= 1)
            .and_then(|m| Some((m.end, m.day?)))
        else {
            return;
        };
        let rest = end..line.tokens.len();
        let alone = rest.len() <= 1 && rest.clone().all(|i| line.is(i, Word::Punct));
        let timed = hits.iter().any(|h| {
            matches!(h.expr, Expr::Clock(_)) && h.start >= end && h.start <= end.saturating_add(2)
        });
        if alone || timed {
            self.story.enter(day, 0);
        }
    }
}

/// The mention is a weekday, whose part or date may be said too.
fn says_weekday(hit: &Hit) -> bool {
    let cal = match &hit.expr {
        Expr::Cal(Cal::Part { day: Some(day), .. }) => day,
        Expr::Cal(cal) => cal,
        _ => return false,
    };
    matches!(
        cal,
        Cal::Weekday { .. }
            | Cal::Nearest { .. }
            | Cal::Day {
                weekday: Some(_),
                ..
            }
    )
}

/// The mention says its month, or takes it from one that does.
fn names_month(hit: &Hit) -> bool {
    let dated = |cal: &Cal| matches!(cal, Cal::Month { .. } | Cal::Day { .. });
    match &hit.expr {
        // « le soir du 29 mai et l'après-midi du 30 »
        Expr::Cal(Cal::Part { day: Some(day), .. }) => dated(day),
        Expr::Cal(cal) => dated(cal),
        _ => false,
    }
}
