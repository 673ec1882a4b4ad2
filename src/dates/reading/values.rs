//! Values, grains and bounds as TIMEX3 and ISO 8601 write them.

use super::Reader;
use crate::{
    dates::{
        Timex,
        civil::{self, plus_days},
        expr::{Clock, Unit},
        resolve::{Placed, moment_string},
    },
    kinds::{DateType, Grain},
};
use jiff::civil::Date;
use std::fmt::Write as _;

impl Reader<'_> {
    pub(super) fn settle(&mut self, timex: &mut Timex, placed: &Placed) {
        match placed {
            Placed::At(s, anchor) => {
                timex.value = Some(s.value());
                timex.grain = Some(s.grain());
                timex.anchor = *anchor;
                if let Some((from, to)) = s.bounds(timex.modifier) {
                    (timex.from, timex.to) = (Some(from), Some(to));
                }
            }
            Placed::Moment(t, anchor) => {
                timex.kind = DateType::Time;
                timex.value = Some(moment_string(*t));
                timex.grain = Some(Grain::Minute);
                timex.anchor = *anchor;
                timex.from = Some(moment_string(*t));
                timex.to = t
                    .checked_add(jiff::Span::new().minutes(1))
                    .ok()
                    .map(moment_string);
            }
            Placed::Partial(value, grain) => {
                timex.value = Some(value.clone());
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
                timex.value = Some(format!("{}/{}", a.value(), b.value()));
                timex.grain = Some(a.grain());
                timex.anchor = *anchor;
                timex.from = a.bounds(None).map(|b| b.0);
                timex.to = b.bounds(None).map(|b| b.1);
                if timex.from.is_none() || timex.to.is_none() {
                    (timex.from, timex.to) = (None, None);
                }
            }
            (Placed::Partial(a, grain), Placed::Partial(b, _)) => {
                timex.value = Some(format!("{a}/{b}"));
                timex.grain = Some(*grain);
            }
            (Placed::Impossible(g), _) | (_, Placed::Impossible(g)) => {
                self.settle(timex, &Placed::Impossible(*g))
            }
            _ => timex.grain = Some(Grain::Day),
        }
    }
}

pub(super) fn vague(timex: &mut Timex, n: u8) {
    timex.value = Some(["PAST_REF", "PRESENT_REF", "FUTURE_REF"][usize::from(n).min(2)].to_owned());
}

/// `day` is the moment's own; with `closes`, midnight is the end of the day
/// before.
pub(super) fn clock_value(clock: &Clock, day: Option<Date>, closes: bool) -> String {
    let minute = clock.minute.unwrap_or(0);
    let ended = day.filter(|_| closes && clock.midnight && minute == 0);
    let (day, hour) = match ended.and_then(|d| plus_days(d, -1)) {
        Some(d) => (Some(d), 24),
        None => (day, clock.hour),
    };
    let mut out = day.map(civil::day_string).unwrap_or_default();
    let _ = write!(out, "T{hour:02}:{minute:02}");
    if let Some(s) = clock.second {
        let _ = write!(out, ":{s:02}");
    }
    out
}

pub(super) fn grain(unit: Unit) -> Grain {
    match unit {
        Unit::Second => Grain::Second,
        Unit::Minute => Grain::Minute,
        Unit::Hour => Grain::Hour,
        Unit::Day | Unit::Weekend => Grain::Day,
        Unit::Week => Grain::Week,
        Unit::Month => Grain::Month,
        Unit::Quarter => Grain::Quarter,
        Unit::Half => Grain::Half,
        Unit::Year => Grain::Year,
        Unit::Decade => Grain::Decade,
        Unit::Century | Unit::Millennium => Grain::Century,
    }
}

/// « début avril » is its first five days, where « début du mois » has ten: so
/// say the sources, and a month is named to be more precise.
pub(super) fn first_days(timex: &mut Timex) {
    let Some(from) = timex.from.as_deref().and_then(|f| f.parse::<Date>().ok()) else {
        return;
    };
    if let Some(to) = plus_days(from, 5) {
        timex.to = Some(civil::day_string(to));
    }
}
