//! A stretch without its year: « en mars », « le 24 novembre », « au premier
//! trimestre », « à Noël ».
//!
//! Past, the latest that has begun; ahead, the earliest that has not ended;
//! otherwise the nearest. A publication date without its month does not say
//! which side a month lies on: then the year stays open (`XXXX-03`).

use super::{Pick, Placed, Reference, Resolver};
use crate::{
    dates::{
        civil::Stretch,
        expr::{Base, Dir, PeriodKind},
        feasts,
        lexicon::Feast,
        value::OpenDate,
    },
    kinds::{Anchor, Grain},
};
use jiff::civil::Date;

impl Resolver<'_> {
    /// Of the stretches that `make` gives for the years around the reference,
    /// the one that `pick` asks for.
    pub(super) fn by_year(
        &self,
        r: Reference,
        pick: Pick,
        reach: i16,
        make: impl Fn(i16) -> Option<Stretch>,
    ) -> Option<Stretch> {
        let (now_from, now_to) = r.days()?;
        let mut best: Option<(i64, Stretch)> = None;
        for y in r.year.saturating_sub(reach)..=r.year.saturating_add(reach) {
            let Some(s) = make(y) else { continue };
            let Some((from, to)) = s.days() else { continue };
            let days = |a: Date, b: Date| {
                a.until(b)
                    .map(|s| i64::from(s.get_days()))
                    .unwrap_or(i64::MAX)
            };
            let fits = match pick {
                Pick::Past => from <= now_to,
                Pick::Ahead => to > now_from,
                Pick::Before => to <= now_from,
                Pick::After => from > now_to,
                Pick::Nearest => true,
            };
            if !fits {
                continue;
            }
            let cost = match pick {
                Pick::Nearest if from <= now_to && to > now_from => 0,
                Pick::Nearest if to <= now_from => days(to, now_from) + 1,
                Pick::Past | Pick::Before => days(from, now_to).abs(),
                _ => days(now_to, from).abs(),
            };
            if best.as_ref().is_none_or(|(c, _)| cost < *c) {
                best = Some((cost, s));
            }
        }
        best.map(|(_, s)| s)
    }

    /// A stretch that lacks its year.
    pub(super) fn open_year(
        &self,
        dir: Dir,
        open: Option<OpenDate>,
        grain: Grain,
        make: impl Fn(i16) -> Option<Stretch>,
    ) -> Placed {
        let partial = || open.map_or(Placed::Unknown(grain), |open| Placed::Partial(open, grain));
        if matches!(dir, Dir::Following | Dir::Preceding) {
            let day = self.base(Base::Text, true).filter(|(r, _)| r.day.is_some());
            if let Some((r, anchor)) = day.or_else(|| self.base(Base::Text, false))
                && let Some(s) = self.by_year(r, self.pick(dir), 2, &make)
            {
                return Placed::At(s, Some(anchor));
            }
            return partial();
        }
        if dir == Dir::Open
            && let Some(s) = self.chained(&make)
        {
            return Placed::At(s, Some(Anchor::Mention));
        }
        let pick = self.pick(dir);
        let Some(r) = self.now() else {
            return partial();
        };
        if r.month.is_none() {
            // Without its month a publication year does not say which side.
            if pick != Pick::Nearest || dir != Dir::This {
                return partial();
            }
        }
        self.note(|| {
            let now = self.here.setting.now;
            let now = now.map(|p| p.to_string()).unwrap_or_default();
            format!("{} from {now}", pick.words())
        });
        let found = self.by_year(r, pick, 2, make);
        Placed::possible(found, Some(Anchor::Published), grain)
    }

    pub(super) fn month(&self, month: i8, year: Option<i16>, dir: Dir) -> Placed {
        let make = |y: i16| Some(Stretch::Month(y, month));
        match year {
            Some(y) => Placed::known(make(y), None, Grain::Month),
            None => self.open_year(dir, Some(OpenDate::Month(month)), Grain::Month, make),
        }
    }

    /// A quarter, a half or a season.
    pub(super) fn period(&self, kind: PeriodKind, n: u8, year: Option<i16>, dir: Dir) -> Placed {
        let make = |y: i16| {
            Some(match kind {
                PeriodKind::Quarter => Stretch::Quarter(y, n as i8),
                PeriodKind::Half => Stretch::Half(y, n as i8),
                PeriodKind::Season => Stretch::Season(y, n as i8),
            })
        };
        let grain = match kind {
            PeriodKind::Quarter => Grain::Quarter,
            PeriodKind::Half => Grain::Half,
            PeriodKind::Season => Grain::Season,
        };
        if let Some(y) = year {
            return Placed::known(make(y), None, grain);
        }
        let partial = match kind {
            PeriodKind::Quarter => OpenDate::Quarter(n as i8),
            PeriodKind::Half => OpenDate::Half(n as i8),
            PeriodKind::Season => OpenDate::Season(n as i8),
        };
        self.open_year(dir, Some(partial), grain, make)
    }

    /// A feast: a fixed one has a partial value, a movable one none.
    pub(super) fn feast(&self, feast: Feast, year: Option<i16>, dir: Dir) -> Placed {
        let make = |y: i16| feasts::day(feast, y).map(Stretch::Day);
        if let Some(y) = year {
            return Placed::known(make(y), None, Grain::Day);
        }
        let partial = feasts::day(feast, 2000)
            .filter(|d| {
                feasts::day(feast, 2001)
                    .is_some_and(|e| (e.month(), e.day()) == (d.month(), d.day()))
            })
            .map(|d| OpenDate::Day(d.month(), d.day() as u32));
        let dated = self.now().is_some_and(|r| r.month.is_some());
        if partial.is_none() && !dated {
            return Placed::Unknown(Grain::Day);
        }
        self.open_year(dir, partial, Grain::Day, make)
    }
}
