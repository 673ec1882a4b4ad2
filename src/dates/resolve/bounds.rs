//! The other end: of a range whose first end is placed (« du 3 au 7 juillet »),
//! of a length that starts today (« d'ici deux semaines ») or touches it (« les
//! trois derniers mois »).

use super::{
    Placed, Resolver,
    shifts::{days_in, months_in},
};
use crate::{
    dates::{
        civil::{self, Stretch, plus_days, plus_months},
        expr::{Base, Cal, Lengths, Unit},
        feasts,
        quantity::Quantity,
        value::{Bounds, Moment, Point},
    },
    kinds::{Anchor, Grain},
};
use jiff::{Span, civil::Date};

impl Resolver<'_> {
    /// The second end of a range, given the first.
    pub(in crate::dates) fn place_end(&self, first: &Placed, last: &Cal) -> Placed {
        let Placed::At(s, anchor) = first else {
            return self.place(last);
        };
        let Some((from, _)) = s.days() else {
            return self.place(last);
        };
        let own = match last {
            Cal::Day {
                weekday,
                day,
                month,
                year: None,
                ..
            } => {
                let fits = |d: &Date| *d >= from && civil::falls_on(*d, *weekday);
                let at = |y: i16, m: i8| {
                    i8::try_from(*day)
                        .ok()
                        .and_then(|d| Date::new(y, m, d).ok())
                        .filter(fits)
                };
                let found = match month {
                    Some(m) => at(from.year(), *m as i8)
                        .or_else(|| at(from.year().checked_add(1)?, *m as i8)),
                    None => at(from.year(), from.month()).or_else(|| {
                        let (y, m) = plus_months(from.year(), from.month(), 1)?;
                        at(y, m)
                    }),
                };
                return Placed::possible(found.map(Stretch::Day), *anchor, Grain::Day);
            }
            Cal::Weekday { weekday, dir } => {
                let by = (i64::from(*weekday) - civil::weekday(from)).rem_euclid(7);
                let day = plus_days(from, if by == 0 { 7 } else { by });
                return self.weekday(*weekday, *dir, Some((day, *anchor)));
            }
            Cal::Feast {
                feast, year: None, ..
            } => feasts::day(*feast, from.year())
                .filter(|d| *d >= from)
                .or_else(|| feasts::day(*feast, from.year().checked_add(1)?)),
            _ => return self.place(last),
        };
        Placed::known(own.map(Stretch::Day), *anchor, Grain::Day)
    }

    /// From today to the last day of a length: « d'ici deux semaines ».
    pub(in crate::dates) fn until(&self, lengths: &Lengths) -> Option<Bounds> {
        let today = self.now()?.day?;
        let whole = |(n, u): &(Quantity, Unit)| {
            !n.vague && n.up_to.is_none() && n.milli == 0 && *u >= Unit::Day
        };
        if !lengths.iter().all(whole) {
            return None;
        }
        let months: i64 = lengths
            .iter()
            .map(|(n, u)| (n.n.min(10_000) as i64) * months_in(*u))
            .sum();
        let days: i64 = lengths
            .iter()
            .map(|(n, u)| (n.n.min(100_000) as i64) * days_in(*u))
            .sum();
        let last = today
            .checked_add(Span::new().try_months(months).ok()?)
            .ok()?;
        let last = plus_days(last, days + 1)?;
        self.note(|| format!("from {today} on"));
        Bounds::days(today, last)
    }

    /// Bounds of « les trois derniers mois », « les deux prochaines semaines »:
    /// whole units beside the one at hand.
    pub(in crate::dates) fn adjoining(
        &self,
        n: i64,
        unit: Unit,
        sign: i64,
        base: Base,
    ) -> Option<(Bounds, Anchor)> {
        if unit < Unit::Day {
            let (r, anchor) = self.base(base, true)?;
            let hours = match unit {
                Unit::Hour => n,
                _ => return None,
            };
            let (h, m) = r.time?;
            let now = r.day?.at(h, m, 0, 0);
            let other = now
                .checked_add(Span::new().try_hours(sign * hours).ok()?)
                .ok()?;
            let (a, b) = if sign < 0 { (other, now) } else { (now, other) };
            let point = |t| Point::Moment(Moment::minute(t));
            return Some((Bounds::new(point(a), point(b))?, anchor));
        }
        let first = self.shift(unit, if sign < 0 { -n } else { 1 }, base);
        let last = self.shift(unit, if sign < 0 { -1 } else { n }, base);
        match (first, last) {
            (Placed::At(a, Some(anchor)), Placed::At(b, _)) => {
                let bounds = Bounds::new(a.bounds(None)?.from(), b.bounds(None)?.to())?;
                Some((bounds, anchor))
            }
            _ => None,
        }
    }
}
