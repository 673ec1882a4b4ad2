//! Values, grains and bounds of what was placed.

use super::Reader;
use crate::{
    dates::{
        Timex,
        civil::plus_days,
        expr::Clock,
        resolve::Placed,
        value::{Bounds, Moment, Point, TimeOfDay, Value},
    },
    kinds::{DateType, Grain},
};
use jiff::{
    Span,
    civil::{Date, DateTime},
};

impl Reader<'_> {
    pub(super) fn settle(&mut self, timex: &mut Timex, placed: &Placed) {
        match placed {
            Placed::At(s, anchor) => {
                timex.value = Some(Value::Stretch(*s));
                timex.grain = Some(s.grain());
                timex.anchor = *anchor;
                timex.bounds = s.bounds(timex.modifier);
            }
            Placed::Moment(t, anchor) => {
                timex.kind = DateType::Time;
                timex.value = Some(Value::Time(Moment::minute(*t).into()));
                timex.grain = Some(Grain::Minute);
                timex.anchor = *anchor;
                timex.bounds = moment_bounds(*t, Grain::Minute);
            }
            Placed::Partial(open, grain) => {
                timex.value = Some(Value::Open(*open));
                timex.grain = Some(*grain);
            }
            Placed::Unknown(grain) => {
                timex.grain = Some(*grain);
                if matches!(grain, Grain::Hour | Grain::Minute | Grain::Second) {
                    timex.kind = DateType::Time;
                }
            }
            Placed::Impossible(grain) => {
                timex.grain = Some(*grain);
                let words = &self.text[timex.start..timex.end];
                self.found.warnings.push(format!("impossible_date:{words}"));
            }
        }
    }

    pub(super) fn settle_range(&mut self, timex: &mut Timex, first: &Placed, last: &Placed) {
        match (first, last) {
            (Placed::At(a, anchor), Placed::At(b, _)) => {
                timex.value = Some(Value::Interval(*a, *b));
                timex.grain = Some(a.grain());
                timex.anchor = *anchor;
                timex.bounds = a
                    .bounds(None)
                    .zip(b.bounds(None))
                    .and_then(|(a, b)| Bounds::new(a.from(), b.to()));
            }
            (Placed::Partial(a, grain), Placed::Partial(b, _)) => {
                timex.value = Some(Value::OpenInterval(*a, *b));
                timex.grain = Some(*grain);
            }
            (Placed::Impossible(g), _) | (_, Placed::Impossible(g)) => {
                self.settle(timex, &Placed::Impossible(*g))
            }
            _ => timex.grain = Some(Grain::Day),
        }
    }
}

/// The value, for the steps of [`crate::dates::explain`].
pub(super) fn value_step(timex: &Timex) -> String {
    match &timex.value {
        Some(value) => format!("value {value}"),
        None => "value null".to_owned(),
    }
}

pub(super) fn vague(timex: &mut Timex, n: u8) {
    timex.value = Some(match n {
        0 => Value::PastRef,
        1 => Value::PresentRef,
        _ => Value::FutureRef,
    });
}

/// `day` is the moment's own; with `closes`, midnight is the end of the day
/// before.
pub(super) fn clock_value(clock: &Clock, day: Option<Date>, closes: bool) -> TimeOfDay {
    let minute = clock.minute.unwrap_or(0);
    let ended = day.filter(|_| closes && clock.midnight && minute == 0);
    let (day, hour) = match ended.and_then(|d| plus_days(d, -1)) {
        Some(d) => (Some(d), 24),
        None => (day, clock.hour),
    };
    TimeOfDay {
        day,
        hour,
        minute,
        second: clock.second,
        offset: None,
    }
}

/// The hour, the minute or the second that begins at `t`.
pub(super) fn moment_bounds(t: DateTime, grain: Grain) -> Option<Bounds> {
    let span = match grain {
        Grain::Second => Span::new().seconds(1),
        Grain::Minute => Span::new().minutes(1),
        _ => Span::new().hours(1),
    };
    let point = |at| {
        Point::Moment(Moment {
            at,
            seconds: grain == Grain::Second,
            offset: None,
        })
    };
    Bounds::new(point(t), point(t.checked_add(span).ok()?))
}

/// « début avril » is its first five days, where « début du mois » has ten: so
/// say the sources, and a month is named to be more precise.
pub(super) fn first_days(bounds: Bounds) -> Option<Bounds> {
    match bounds.from() {
        Point::Day(from) => Bounds::days(from, plus_days(from, 5)?),
        _ => None,
    }
}
