//! Values, grains and bounds as TIMEX3 and ISO 8601 write them.

use super::Reader;
use crate::{
    dates::{
        Timex,
        civil::{self, plus_days},
        expr::{Clock, Lengths, Unit},
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

pub(super) fn set_grain(value: &str) -> Option<Grain> {
    if value.starts_with("XXXX-W") {
        return Some(Grain::Day);
    }
    let time = value.starts_with("PT");
    Some(match value.as_bytes().last()? {
        b'Y' => Grain::Year,
        b'Q' => Grain::Quarter,
        b'M' if time => Grain::Minute,
        b'M' => Grain::Month,
        b'W' => Grain::Week,
        b'D' => Grain::Day,
        b'H' => Grain::Hour,
        b'S' => Grain::Second,
        _ => return None,
    })
}

/// TIMEX3 durations: `P2Y3M`, `PT2H30M`, `P1.5Y`, `PXD`.
pub(super) fn length_value(lengths: &Lengths) -> String {
    let mut out = String::from("P");
    let mut time = false;
    for (q, u) in lengths {
        let (times, letter) = match u {
            Unit::Century => (100, 'Y'),
            Unit::Decade => (10, 'Y'),
            Unit::Millennium => (1000, 'Y'),
            Unit::Year => (1, 'Y'),
            Unit::Half => (6, 'M'),
            Unit::Quarter => (1, 'Q'),
            Unit::Month => (1, 'M'),
            Unit::Week | Unit::Weekend => (1, 'W'),
            Unit::Day => (1, 'D'),
            Unit::Hour => (1, 'H'),
            Unit::Minute => (1, 'M'),
            Unit::Second => (1, 'S'),
        };
        if matches!(u, Unit::Hour | Unit::Minute | Unit::Second) && !time {
            out.push('T');
            time = true;
        }
        if q.vague || q.up_to.is_some() {
            out.push('X');
        } else {
            let milli =
                q.n.saturating_mul(1000)
                    .saturating_add(u64::from(q.milli))
                    .saturating_mul(times);
            let _ = write!(out, "{}", milli / 1000);
            if !milli.is_multiple_of(1000) {
                let decimals = format!("{:03}", milli % 1000);
                let _ = write!(out, ".{}", decimals.trim_end_matches('0'));
            }
        }
        out.push(letter);
    }
    out
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
