//! The days that a line names, for the times of day that belong to them, and
//! the day that the story has come to.

use super::Reader;
use crate::dates::{
    civil::{DayPart, Stretch, plus_days},
    expr::{Cal, Clock, Expr},
    hit::Hit,
    lexicon::Word,
    line::Line,
    resolve::{Link, Placed},
    tense,
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
    /// The clause's own date, not one beside it (see [`beside`]).
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
    /// Moves the anchors on.
    pub(super) fn remember(&mut self, hit: &Hit, placed: &Placed, sentence: usize) {
        let Placed::At(s, anchor) = placed else {
            return;
        };
        let mut mark = Mark::new(hit, sentence);
        mark.main = !self.state.beside;
        self.state.mention = Some(*s);
        if mark.main {
            let link = Link {
                stretch: *s,
                line: self.state.line,
                heads: self.state.heads,
            };
            // What counts from the publication date brings the story back.
            self.state.chain = (*anchor != Some(Anchor::Published)).then_some(link);
            self.state.said = names_month(hit).then_some(link).or(self.state.said);
        }
        match s {
            Stretch::Day(d) | Stretch::Part(d, _) => {
                mark.day = Some(*d);
                mark.night = matches!(s, Stretch::Part(_, DayPart::Night));
                mark.late = matches!(s, Stretch::Part(_, DayPart::Evening | DayPart::Afternoon));
                if mark.main || self.state.line_story.is_none() {
                    self.state.day = Some(*d);
                    if !self.state.is_ahead(*d) {
                        self.state.past_day = Some(*d);
                    }
                }
                self.state.line_day = Some(*d);
                if mark.main {
                    self.state.line_story = Some(*d);
                }
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
            self.state.entry_day = Some((day, 0));
        }
    }
}

/// A date beside the clause: of a noun (« l'accord du 13 mai »), of a participle
/// (« conclu vendredi »), a limit (« depuis lundi »).
pub(super) fn beside(line: &Line, start: usize) -> bool {
    let mut i = start;
    while i > 0 && line.any_before(i, &[Word::Le, Word::La, Word::L, Word::Les, Word::Ce]) {
        i -= 1;
    }
    let led = [
        Word::De,
        Word::D,
        Word::Du,
        Word::Des,
        Word::Depuis,
        Word::Jusqu,
        Word::Avant,
        Word::Apres,
    ];
    // A birth is no event of the story, an exercise's end neither.
    let apart = ["ne", "nee", "nes", "clos", "close"];
    line.any_before(i, &led)
        || i > 0 && apart.iter().any(|w| line.folded(i - 1, w))
        || tense::bare_participle(line, i)
}

/// The mention says its month, or takes it from one that does.
fn names_month(hit: &Hit) -> bool {
    matches!(hit.expr, Expr::Cal(Cal::Month { .. } | Cal::Day { .. }))
}
