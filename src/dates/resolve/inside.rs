//! A place inside a longer stretch: « premier lundi de mars », « mars de l'an
//! dernier », « lundi matin », « ce week-end ».

use super::{Placed, Query, State};
use crate::{
    dates::{
        civil::{self, DayPart, Stretch, plus_days},
        expr::{Base, Cal, Dir, Nth, Unit},
        tense::Tense,
    },
    record::{Anchor, Grain},
};

impl State {
    pub(super) fn part(&self, day: Option<&Cal>, part: DayPart, q: &mut Query) -> Placed {
        let Some(day) = day else {
            let here = self.line_day.map(|d| (d, Anchor::Mention));
            let here = here.or_else(|| Some((self.now()?.day?, Anchor::Published)));
            let Some((d, anchor)) = here else {
                return Placed::Unknown(Grain::Part);
            };
            // The night told in a morning's paper began the day before.
            let night = part == DayPart::Night
                && anchor == Anchor::Published
                && (q.tense)().tense != Tense::Future;
            return match plus_days(d, if night { -1 } else { 0 }) {
                Some(d) => Placed::At(Stretch::Part(d, part), Some(anchor)),
                None => Placed::Unknown(Grain::Part),
            };
        };
        let tonight = matches!(
            day,
            Cal::Shift {
                unit: Unit::Day,
                by: 0,
                base: Base::Published
            }
        ) && part == DayPart::Night;
        match self.place(day, q) {
            Placed::At(s, a) => match s.days() {
                Some((d, _)) => {
                    let back = tonight && (q.tense)().tense == Tense::Past;
                    let d = if back {
                        plus_days(d, -1).unwrap_or(d)
                    } else {
                        d
                    };
                    Placed::At(Stretch::Part(d, part), a)
                }
                None => Placed::Unknown(Grain::Part),
            },
            Placed::Partial(p, _) => Placed::Partial(p, Grain::Part),
            Placed::Impossible(_) => Placed::Impossible(Grain::Part),
            _ => Placed::Unknown(Grain::Part),
        }
    }

    pub(super) fn nth(&self, what: Nth, n: i64, of: &Cal, q: &mut Query) -> Placed {
        let grain = if what == Nth::Week {
            Grain::Week
        } else {
            Grain::Day
        };
        let Placed::At(s, anchor) = self.place(of, q) else {
            return Placed::Unknown(grain);
        };
        let found = s.days().and_then(|(from, to)| {
            let last = plus_days(to, -1)?;
            let on = |w: i64, n: i64| {
                if n > 0 {
                    let first = plus_days(
                        from,
                        (w - i64::from(from.weekday().to_monday_one_offset())).rem_euclid(7),
                    )?;
                    plus_days(first, 7 * (n - 1))
                } else {
                    plus_days(
                        last,
                        -(i64::from(last.weekday().to_monday_one_offset()) - w).rem_euclid(7),
                    )
                }
                .filter(|d| *d < to)
            };
            match what {
                Nth::Weekday(w) => on(i64::from(w), n).map(Stretch::Day),
                Nth::Day => if n > 0 {
                    plus_days(from, n - 1)
                } else {
                    Some(last)
                }
                .filter(|d| *d < to)
                .map(Stretch::Day),
                Nth::Weekend if n == 0 => plus_days(civil::monday(from)?, 5).map(Stretch::Weekend),
                Nth::Weekend => on(6, n).map(Stretch::Weekend),
                Nth::Week if n > 0 => on(1, n).map(Stretch::Week),
                Nth::Week => {
                    // The last week that lies inside.
                    let sunday = on(7, -1)?;
                    civil::monday(sunday).map(Stretch::Week)
                }
            }
        });
        found.map_or(Placed::Impossible(grain), |s| Placed::At(s, anchor))
    }

    pub(super) fn within(&self, part: &Cal, of: &Cal, q: &mut Query) -> Placed {
        let Placed::At(outer, anchor) = self.place(of, q) else {
            return self.place(part, q);
        };
        let Some((from, _)) = outer.days() else {
            return Placed::Unknown(outer.grain());
        };
        let dated = match part.clone() {
            Cal::Weekday { weekday, .. } => {
                let d = civil::monday(from).and_then(|m| plus_days(m, i64::from(weekday) - 1));
                return d.map_or(Placed::Unknown(Grain::Day), |d| {
                    Placed::At(Stretch::Day(d), anchor)
                });
            }
            Cal::Day {
                weekday,
                day,
                month,
                dir,
                ..
            } => Cal::Day {
                weekday,
                day,
                month,
                year: Some(from.year()),
                dir,
            },
            Cal::Month { month, dir, .. } => Cal::Month {
                month,
                year: Some(from.year()),
                dir,
            },
            Cal::Period { kind, n, dir, .. } => Cal::Period {
                kind,
                n,
                year: Some(from.year()),
                dir,
            },
            other => other,
        };
        match self.place(&dated, q) {
            Placed::At(s, None) => Placed::At(s, anchor),
            other => other,
        }
    }

    pub(super) fn weekend(&self, dir: Dir, q: &mut Query) -> Placed {
        let text = matches!(dir, Dir::Following | Dir::Preceding | Dir::Same);
        let Some((r, anchor)) = self.base(if text { Base::Text } else { Base::Published }, true)
        else {
            return Placed::Unknown(Grain::Day);
        };
        let Some(today) = r.day else {
            return Placed::Unknown(Grain::Day);
        };
        let weekday = today.weekday().to_monday_one_offset();
        let Some(saturday) = civil::monday(today).and_then(|m| plus_days(m, 5)) else {
            return Placed::Unknown(Grain::Day);
        };
        let by = match dir {
            Dir::Last | Dir::Preceding => -7,
            // On a weekend the next one is a week away.
            Dir::Next | Dir::Following => {
                if weekday >= 6 {
                    7
                } else {
                    0
                }
            }
            Dir::This | Dir::Open => {
                let past = (q.tense)().tense == Tense::Past;
                // Told in the first days of a week, it is the one just over.
                if past && weekday <= 4 { -7 } else { 0 }
            }
            Dir::Same => 0,
        };
        match plus_days(saturday, by) {
            Some(d) => Placed::At(Stretch::Weekend(d), Some(anchor)),
            None => Placed::Unknown(Grain::Day),
        }
    }
}
