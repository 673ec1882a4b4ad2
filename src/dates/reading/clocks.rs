//! A time of day and its day.
//!
//! The day is the nearest of the sentence, else the last of the paragraph said
//! before, else the publication day's; opening hours and habits have none. Past
//! midnight a night's hours are the next day's, and « minuit » closes its day.

use super::{Reader, links::Link, values::clock_value};
use crate::{
    dates::{
        civil::{self, Stretch, plus_days},
        expr::{Clock, Expr, Hit},
        lexicon::Word,
        resolve::{Placed, moment_string},
        tense,
        token::Line,
        zone::{self, Told},
    },
    record::{Anchor, DateType, Grain, Modifier},
};
use jiff::civil::Date;

/// A mention that a clock may belong to.
pub(super) struct Mark {
    pub start: usize,
    pub end: usize,
    pub sentence: usize,
    /// The one day; `None` for a set or several days.
    pub day: Option<Date>,
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
            night: false,
            late: false,
        }
    }
}

impl Reader<'_> {
    /// Moves the anchors on.
    pub(super) fn remember(&mut self, hit: &Hit, placed: &Placed, sentence: usize) {
        let mut mark = Mark::new(hit, sentence);
        if let Placed::At(s, _) = placed {
            self.state.mention = Some(*s);
            match s {
                Stretch::Day(d) | Stretch::Part(d, _) => {
                    mark.day = Some(*d);
                    mark.night = matches!(s, Stretch::Part(_, civil::DayPart::Night));
                    mark.late = matches!(
                        s,
                        Stretch::Part(_, civil::DayPart::Evening | civil::DayPart::Afternoon)
                    );
                    self.state.day = Some(*d);
                    self.state.line_day = Some(*d);
                    self.marks.push(mark);
                }
                Stretch::Weekend(_) | Stretch::Days(..) => self.marks.push(mark),
                _ => {}
            }
        }
    }

    /// Joins a time of day to its day.
    pub(super) fn place_clock(
        &mut self,
        line: &Line,
        hit: &Hit,
        link: Link,
        at: usize,
        sentence: usize,
    ) {
        let Expr::Clock(said) = &hit.expr else { return };
        let mut clock = said.clone();
        clock.hour += link.hours;
        let gap = |m: &Mark| {
            if m.end <= hit.start {
                hit.start - m.end
            } else {
                m.start.saturating_sub(hit.end)
            }
        };
        // Marks stand in the order of the text: only the two beside the time
        // can be the nearest.
        let before = self.marks.partition_point(|m| m.end <= hit.start);
        let near = self.marks[before.saturating_sub(1)..]
            .iter()
            .take(2)
            .filter(|m| m.sentence == sentence)
            .min_by_key(|m| gap(m));
        // A time that heads its line belongs to a live report: today's.
        let heads = hit.start == 0 || hit.start == 1 && line.is(0, Word::Punct);
        // In another sentence only a day said before counts.
        let near = near.or_else(|| self.marks[..before].last().filter(|_| !heads));
        // « lundi soir à 8 heures »
        if near.is_some_and(|m| m.late && gap(m) <= 2) && clock.hour < 12 && !clock.midnight {
            clock.hour += 12;
        }
        // « à minuit trois » is 0 h 03: of the day that is said, and of the next
        // after its evening.
        let past_midnight = clock.midnight && clock.minute.is_some_and(|m| m > 0);
        if past_midnight && near.is_some_and(|m| !m.late && !m.night) {
            clock.midnight = false;
        }
        let clock = &clock;
        let (day, anchor) = match near {
            Some(m) => (
                m.day.and_then(|d| {
                    if m.night && clock.hour < 12 && !clock.midnight {
                        plus_days(d, 1)
                    } else {
                        plus_days(d, link.days)
                    }
                }),
                Some(Anchor::Mention),
            ),
            None => {
                let now = self
                    .state
                    .block
                    .or(self.state.published)
                    .and_then(|p| p.civil_day());
                // An entry announces: an hour that is over is tomorrow's.
                let here = self.state.block.or(self.state.published);
                let over = here.and_then(|p| p.time).is_some_and(|(h, m)| {
                    (clock.hour as i8, clock.minute.unwrap_or(0) as i8) < (h, m)
                });
                let over = self.state.entry && over && !link.paired && !clock.midnight;
                let now = now.and_then(|d| plus_days(d, link.days + i64::from(over)));
                match now.map(|d| (d, Anchor::Published)) {
                    Some((d, a)) => (Some(d), Some(a)),
                    None => (None, None),
                }
            }
        };
        // Opening hours and habits (« visites de 14 h à 18 h », « le car part à
        // 6 h ») are of no one day; a report in a past tense is of today.
        let undated = anchor == Some(Anchor::Published) && !heads && !self.state.entry && {
            let range = line.any(hit.end, &[Word::A]) && line.is(hit.end + 1, Word::Figures)
                || line.any_before(hit.start, &[Word::A])
                    && line.is(hit.start.wrapping_sub(2), Word::Unit);
            let tense = tense::around(line, hit.start, hit.end).tense;
            range && tense != tense::Tense::Past || tense == tense::Tense::Present
        };
        let day = day.filter(|_| !undated);
        let modifier = hit.modifier.or_else(|| clock_modifier(line, hit.start));
        let timezone = self.timezone;
        let Some(timex) = self.found.dates.get_mut(at) else {
            return;
        };
        timex.kind = DateType::Time;
        timex.modifier = modifier;
        timex.grain = Some(match (clock.minute, clock.second) {
            (_, Some(_)) => Grain::Second,
            (Some(_), None) => Grain::Minute,
            (None, None) => Grain::Hour,
        });
        timex.value = Some(clock_value(clock, day));
        timex.anchor = day.and(anchor);
        if let Some(d) = day
            && let Some((from, to)) = clock_bounds(clock, d)
        {
            (timex.from, timex.to) = (Some(from), Some(to));
            if let Some(zone) = timezone {
                let told = match clock.zone {
                    Some(minutes) => Told::Offset(minutes),
                    None => link.told.unwrap_or_else(|| zone::told(line, hit.end)),
                };
                zone.apply(timex, told);
            }
        }
        if self.explain {
            timex.steps.push(match day {
                Some(d) => format!("of the day {}", civil::day_string(d)),
                None => "of no one day".to_owned(),
            });
            timex.steps.push(format!(
                "value {}",
                timex.value.as_deref().unwrap_or("null")
            ));
        }
    }
}

/// « vers 8 heures », « aux alentours de 20 h ».
fn clock_modifier(line: &Line, start: usize) -> Option<Modifier> {
    let before = line.before(start, 1);
    let around = matches!(before.word, Word::Vers | Word::Environ)
        || matches!(before.word, Word::De | Word::D)
            && matches!(line.before(start, 2).word, Word::Alentours | Word::Autour);
    around.then_some(Modifier::Approx)
}

fn clock_bounds(clock: &Clock, day: Date) -> Option<(String, String)> {
    let day = if clock.midnight {
        plus_days(day, 1)?
    } else {
        day
    };
    let t = day.at(
        clock.hour as i8,
        clock.minute.unwrap_or(0) as i8,
        clock.second.unwrap_or(0) as i8,
        0,
    );
    let span = match (clock.minute, clock.second) {
        (_, Some(_)) => jiff::Span::new().seconds(1),
        (Some(_), None) => jiff::Span::new().minutes(1),
        _ => jiff::Span::new().hours(1),
    };
    let to = t.checked_add(span).ok()?;
    if clock.second.is_some() {
        let full = |t: jiff::civil::DateTime| format!("{}:{:02}", moment_string(t), t.second());
        return Some((full(t), full(to)));
    }
    Some((moment_string(t), moment_string(to)))
}
