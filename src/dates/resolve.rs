//! From words to the calendar.
//!
//! The state is small: the document creation time at its own precision, the
//! stamp of the block the line stands in, the last date mentioned, and the
//! tense of the clause. Nothing is padded: what the state does not settle stays
//! partial (`XXXX-11-24`) or null.

use super::{
    civil::{self, DayPart, Stretch, plus_days, plus_months},
    expr::{Base, Cal, Dir, Lengths, Nth, PeriodKind, Unit},
    feasts,
    tense::{Evidence, Tense},
};
use crate::{
    article::Published,
    record::{Anchor, Grain},
};
use jiff::{
    Span,
    civil::{Date, DateTime},
};

/// Where an expression was placed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Placed {
    /// On the calendar, and against what.
    At(Stretch, Option<Anchor>),
    /// A moment to the minute.
    Moment(DateTime, Option<Anchor>),
    /// Some fields are open: `XXXX-11-24`.
    Partial(String, Grain),
    /// Only the unit is known.
    Unknown(Grain),
    /// No such day: the words, for the warning.
    Impossible(Grain),
}

/// A point of reference with its own precision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reference {
    year: i16,
    month: Option<i8>,
    day: Option<Date>,
    time: Option<(i8, i8)>,
}

impl Reference {
    fn published(p: &Published) -> Self {
        Self {
            year: p.year,
            month: p.month,
            day: p.civil_day(),
            time: p.time,
        }
    }

    fn stretch(s: &Stretch) -> Option<Self> {
        let (first, _) = s.days()?;
        let (month, day) = match s {
            Stretch::Day(d) | Stretch::Part(d, _) | Stretch::Weekend(d) => {
                (Some(d.month()), Some(*d))
            }
            Stretch::Days(_, d) => (Some(d.month()), Some(*d)),
            Stretch::Week(d) => (Some(d.month()), Some(*d)),
            Stretch::Month(_, m) => (Some(*m), None),
            _ => (None, None),
        };
        Some(Self {
            year: day.map_or(first.year(), Date::year),
            month,
            day,
            time: None,
        })
    }

    /// First and last day it may stand for.
    fn days(&self) -> Option<(Date, Date)> {
        if let Some(d) = self.day {
            return Some((d, d));
        }
        let (from, to) = match self.month {
            Some(m) => Stretch::Month(self.year, m).days()?,
            None => Stretch::Year(self.year).days()?,
        };
        Some((from, plus_days(to, -1)?))
    }
}

/// What is known while reading a text.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// Document creation time.
    pub published: Option<Published>,
    /// Stamp of the block the line stands in.
    pub block: Option<Published>,
    /// Last calendar mention.
    pub mention: Option<Stretch>,
    /// Last mention that named one day.
    pub day: Option<Date>,
    /// The whole text is one time expression: a form's field, a cell of an
    /// agenda. It announces.
    pub entry: bool,
    /// A day said earlier in this line.
    pub line_day: Option<Date>,
}

/// What a mention asks of its clause, and the log of [`super::explain`].
pub(super) struct Query<'q> {
    /// The tense around the mention, read once.
    pub tense: &'q mut dyn FnMut() -> Evidence,
    /// Steps for the reader, when asked for.
    pub log: Option<&'q mut Vec<String>>,
}

impl Query<'_> {
    fn note(&mut self, step: impl FnOnce() -> String) {
        if let Some(log) = &mut self.log {
            log.push(step());
        }
    }
}

/// Which candidate a direction asks for.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Pick {
    /// Latest that began by now.
    Past,
    /// Earliest that has not ended.
    Ahead,
    /// Latest that is over.
    Before,
    /// Earliest that has not begun.
    After,
    /// The one at hand, else the nearest.
    Nearest,
}

impl State {
    fn now(&self) -> Option<Reference> {
        self.block
            .or(self.published)
            .as_ref()
            .map(Reference::published)
    }

    /// The base of a shift, and its name in the record.
    fn base(&self, base: Base, day: bool) -> Option<(Reference, Anchor)> {
        if base == Base::Text {
            let of_day = self.day.filter(|_| day).map(Stretch::Day);
            if let Some(r) = of_day
                .or(self.mention)
                .as_ref()
                .and_then(Reference::stretch)
                && (!day || r.day.is_some())
            {
                return Some((r, Anchor::Mention));
            }
        }
        Some((self.now()?, Anchor::Published))
    }

    fn pick(&self, dir: Dir, q: &mut Query) -> Pick {
        match dir {
            Dir::Open if self.entry => Pick::Ahead,
            Dir::Last => Pick::Before,
            Dir::Next => Pick::After,
            Dir::This | Dir::Same => Pick::Nearest,
            Dir::Following => Pick::After,
            Dir::Preceding => Pick::Before,
            Dir::Open => {
                let evidence = (q.tense)();
                q.note(|| format!("tense {:?}", evidence.tense).to_lowercase());
                match evidence.tense {
                    Tense::Past => Pick::Past,
                    Tense::Future => Pick::Ahead,
                    Tense::Present | Tense::Unknown => Pick::Nearest,
                }
            }
        }
    }

    /// Of the stretches that `make` gives for the years around the reference,
    /// the one that `pick` asks for.
    fn by_year(
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

    /// Places a calendar expression.
    pub(super) fn place(&self, cal: &Cal, q: &mut Query) -> Placed {
        match cal {
            Cal::Day {
                weekday,
                day,
                month,
                year,
                dir,
            } => self.day_of(*weekday, *day, *month, *year, *dir, q),
            Cal::Weekday { weekday, dir } => self.weekday(*weekday, *dir, q),
            Cal::Month {
                month,
                year: Some(y),
                ..
            } => Placed::At(Stretch::Month(*y, *month as i8), None),
            Cal::Month {
                month,
                year: None,
                dir,
            } => {
                let m = *month as i8;
                self.open_year(*dir, q, format!("XXXX-{m:02}"), Grain::Month, |y| {
                    Some(Stretch::Month(y, m))
                })
            }
            Cal::Year(y) => Placed::At(Stretch::Year(*y), None),
            Cal::Decade(d) => Placed::At(Stretch::Decade(*d), None),
            Cal::Century(c) if *c < 0 => Placed::Unknown(Grain::Century),
            Cal::Century(c) => Placed::At(Stretch::Century(*c), None),
            Cal::Period { kind, n, year, dir } => {
                let make = |y: i16| period(*kind, *n, y);
                if let Some(y) = year {
                    return Placed::At(make(*y), None);
                }
                let (partial, grain) = match kind {
                    PeriodKind::Quarter => (format!("XXXX-Q{n}"), Grain::Quarter),
                    PeriodKind::Half => (format!("XXXX-H{n}"), Grain::Half),
                    PeriodKind::Season => (
                        format!("XXXX-{}", ["SP", "SU", "FA", "WI"][usize::from(*n).min(3)]),
                        Grain::Season,
                    ),
                };
                self.open_year(*dir, q, partial, grain, |y| Some(make(y)))
            }
            Cal::Shift { unit, by, base } => self.shift(*unit, *by, *base, q),
            Cal::Moved {
                lengths,
                sign,
                base,
            } => self.moved(lengths, *sign, *base, q),
            Cal::Feast {
                feast,
                year: Some(y),
                ..
            } => match feasts::day(*feast, *y) {
                Some(d) => Placed::At(Stretch::Day(d), None),
                None => Placed::Unknown(Grain::Day),
            },
            Cal::Feast {
                feast,
                year: None,
                dir,
            } => {
                let partial = feasts::day(*feast, 2000)
                    .filter(|d| {
                        feasts::day(*feast, 2001)
                            .is_some_and(|e| (e.month(), e.day()) == (d.month(), d.day()))
                    })
                    .map(|d| format!("XXXX-{:02}-{:02}", d.month(), d.day()));
                match (partial, self.now()) {
                    (None, None) => Placed::Unknown(Grain::Day),
                    (None, Some(r)) if r.month.is_none() => Placed::Unknown(Grain::Day),
                    (p, _) => self.open_year(*dir, q, p.unwrap_or_default(), Grain::Day, |y| {
                        feasts::day(*feast, y).map(Stretch::Day)
                    }),
                }
            }
            Cal::Part { day, part } => self.part(day.as_deref(), *part, q),
            Cal::Nth { what, n, of } => self.nth(*what, *n, of, q),
            Cal::Within { part, of } => self.within(part, of, q),
            Cal::Offset { days, of } => match self.place(of, q) {
                Placed::At(Stretch::Day(d), a) => match plus_days(d, *days) {
                    Some(d) => Placed::At(Stretch::Day(d), a),
                    None => Placed::Unknown(Grain::Day),
                },
                Placed::Impossible(g) => Placed::Impossible(g),
                _ => Placed::Unknown(Grain::Day),
            },
            Cal::WeekOf(of) => match self.place(of, q) {
                Placed::At(Stretch::Day(d), a) => {
                    // A week called after a Sunday begins the day after.
                    let sunday = d.weekday().to_monday_zero_offset() == 6;
                    let d = if sunday {
                        plus_days(d, 1).unwrap_or(d)
                    } else {
                        d
                    };
                    match civil::monday(d) {
                        Some(m) => Placed::At(Stretch::Week(m), a),
                        None => Placed::Unknown(Grain::Week),
                    }
                }
                _ => Placed::Unknown(Grain::Week),
            },
            Cal::Fortnight { second, of } => match self.place(of, q) {
                Placed::At(Stretch::Month(y, m), a) => {
                    let day = |d| Date::new(y, m, d).ok();
                    let ends = if *second {
                        (day(16), civil::month_end(y, m))
                    } else {
                        (day(1), day(15))
                    };
                    match ends {
                        (Some(from), Some(to)) => Placed::At(Stretch::Days(from, to), a),
                        _ => Placed::Unknown(Grain::Day),
                    }
                }
                _ => Placed::Unknown(Grain::Day),
            },
            Cal::Weekend { dir } => self.weekend(*dir, q),
        }
    }

    /// A stretch that lacks its year.
    fn open_year(
        &self,
        dir: Dir,
        q: &mut Query,
        partial: String,
        grain: Grain,
        make: impl Fn(i16) -> Option<Stretch>,
    ) -> Placed {
        if matches!(dir, Dir::Following | Dir::Preceding) {
            let day = self.base(Base::Text, true).filter(|(r, _)| r.day.is_some());
            if let Some((r, anchor)) = day.or_else(|| self.base(Base::Text, false)) {
                let pick = if dir == Dir::Following {
                    Pick::After
                } else {
                    Pick::Before
                };
                if let Some(s) = self.by_year(r, pick, 2, &make) {
                    return Placed::At(s, Some(anchor));
                }
            }
            return Placed::Partial(partial, grain);
        }
        let pick = self.pick(dir, q);
        let Some(r) = self.now() else {
            return Placed::Partial(partial, grain);
        };
        if r.month.is_none() {
            // Without its month a publication year does not say which side.
            let one_sided = matches!(pick, Pick::Before | Pick::After);
            if one_sided || pick != Pick::Nearest || dir != Dir::This {
                return Placed::Partial(partial, grain);
            }
        }
        q.note(|| {
            format!(
                "{pick:?} of {}",
                self.block
                    .or(self.published)
                    .map(|p| p.to_string())
                    .unwrap_or_default()
            )
            .to_lowercase()
        });
        match self.by_year(r, pick, 2, make) {
            Some(s) => Placed::At(s, Some(Anchor::Published)),
            None => Placed::Impossible(grain),
        }
    }

    fn day_of(
        &self,
        weekday: Option<u8>,
        day: u32,
        month: Option<u8>,
        year: Option<i16>,
        dir: Dir,
        q: &mut Query,
    ) -> Placed {
        let fits = |d: &Date| weekday.is_none_or(|w| d.weekday().to_monday_one_offset() == w as i8);
        let make = |y: i16, m: i8| {
            Date::new(y, m, i8::try_from(day).ok()?)
                .ok()
                .filter(fits)
                .map(Stretch::Day)
        };
        let Some(month) = month else {
            return self.day_of_open_month(weekday, day, dir, q);
        };
        let month = month as i8;
        if let Some(y) = year {
            return match make(y, month) {
                Some(s) => Placed::At(s, None),
                None => Placed::Impossible(Grain::Day),
            };
        }
        // 29 February is a day of some year.
        if Date::new(2000, month, i8::try_from(day).unwrap_or(0)).is_err() {
            return Placed::Impossible(Grain::Day);
        }
        let partial = format!("XXXX-{month:02}-{day:02}");
        if weekday.is_some()
            && matches!(dir, Dir::Open | Dir::Last | Dir::Next | Dir::This)
            && let Some(r) = self.now().filter(|r| r.month.is_some())
        {
            let pick = self.pick(dir, q);
            let reach = if matches!(dir, Dir::Last | Dir::Next) {
                6
            } else {
                1
            };
            let found = self
                .by_year(r, pick, reach, |y| make(y, month))
                .or_else(|| self.by_year(r, Pick::Nearest, 1, |y| make(y, month)));
            return match found {
                Some(s) => Placed::At(s, Some(Anchor::Published)),
                None => Placed::Impossible(Grain::Day),
            };
        }
        let leap = (month, day) == (2, 29);
        if leap && dir == Dir::Open {
            return match self.now() {
                Some(r) => match self.by_year(r, Pick::Nearest, 4, |y| make(y, month)) {
                    Some(s) => Placed::At(s, Some(Anchor::Published)),
                    None => Placed::Partial(partial, Grain::Day),
                },
                None => Placed::Partial(partial, Grain::Day),
            };
        }
        self.open_year(dir, q, partial, Grain::Day, |y| make(y, month))
    }

    /// « le 15 », « lundi 12 »: the month is the one at hand.
    fn day_of_open_month(&self, weekday: Option<u8>, day: u32, dir: Dir, q: &mut Query) -> Placed {
        let partial = || Placed::Partial(format!("XXXX-XX-{day:02}"), Grain::Day);
        // A day said before in the line lends its month.
        let text = self.line_day.filter(|_| dir == Dir::Open);
        let now = self.now();
        let Some((reference, anchor)) = text
            .and_then(|d| Some((Reference::stretch(&Stretch::Day(d))?, Anchor::Mention)))
            .filter(|(r, _)| now.is_none_or(|n| (n.year, n.month) != (r.year, r.month)))
            .or_else(|| Some((now?, Anchor::Published)))
        else {
            return partial();
        };
        let Some(month) = reference.month else {
            return partial();
        };
        let pick = self.pick(dir, q);
        let (Some((from, to)), reach) = (reference.days(), if weekday.is_some() { 13 } else { 2 })
        else {
            return partial();
        };
        let mut best: Option<(i64, Date)> = None;
        for by in -reach..=reach {
            let Some((y, m)) = plus_months(reference.year, month, by) else {
                continue;
            };
            let Some(d) = i8::try_from(day).ok().and_then(|d| Date::new(y, m, d).ok()) else {
                continue;
            };
            if weekday.is_some_and(|w| d.weekday().to_monday_one_offset() != w as i8) {
                continue;
            }
            let fits = match pick {
                Pick::Past => d <= to,
                Pick::Before => d < from,
                Pick::Ahead => d >= from,
                Pick::After => d > to,
                Pick::Nearest => true,
            };
            let distance = from
                .until(d)
                .map(|s| i64::from(s.get_days()).abs())
                .unwrap_or(i64::MAX);
            if fits && best.is_none_or(|(c, _)| distance < c) {
                best = Some((distance, d));
            }
        }
        // « lundi 12 » that is no Monday within two months is a slip.
        match best {
            Some((distance, d)) if weekday.is_none() || distance <= 100 => {
                Placed::At(Stretch::Day(d), Some(anchor))
            }
            _ if weekday.is_some() => Placed::Impossible(Grain::Day),
            _ => partial(),
        }
    }

    fn weekday(&self, weekday: u8, dir: Dir, q: &mut Query) -> Placed {
        let partial = Placed::Partial(format!("XXXX-WXX-{weekday}"), Grain::Day);
        let text = matches!(dir, Dir::Following | Dir::Preceding);
        let Some((r, anchor)) = self.base(if text { Base::Text } else { Base::Published }, true)
        else {
            return partial;
        };
        let Some(today) = r.day else { return partial };
        let w = i64::from(weekday);
        let here = i64::from(today.weekday().to_monday_one_offset());
        let back = (here - w).rem_euclid(7);
        let forward = (w - here).rem_euclid(7);
        let by = match self.pick(dir, q) {
            Pick::Ahead | Pick::Nearest if self.entry => {
                if forward == 0 {
                    7
                } else {
                    forward
                }
            }
            Pick::Before => -(if back == 0 { 7 } else { back }),
            Pick::After => {
                if forward == 0 {
                    7
                } else {
                    forward
                }
            }
            Pick::Past => -back,
            Pick::Ahead => forward,
            // Nothing said: behind, unless tomorrow or the day after is meant.
            // A present tense, or no verb at all, announces (« Les députés
            // votent mercredi », « Samedi, 20 h, salle des fêtes »), unless
            // the day is just behind.
            Pick::Nearest if dir == Dir::Open => {
                if forward <= REACH {
                    forward
                } else {
                    -back
                }
            }
            Pick::Nearest => {
                let ahead = (q.tense)().tense == Tense::Future;
                if ahead || forward <= 3 {
                    forward
                } else {
                    -back
                }
            }
        };
        match plus_days(today, by) {
            Some(d) => Placed::At(Stretch::Day(d), Some(anchor)),
            None => partial,
        }
    }

    fn shift(&self, unit: Unit, by: i64, base: Base, q: &mut Query) -> Placed {
        let grain = match unit {
            Unit::Day => Grain::Day,
            Unit::Week | Unit::Weekend => Grain::Week,
            Unit::Month => Grain::Month,
            Unit::Quarter => Grain::Quarter,
            Unit::Half => Grain::Half,
            Unit::Decade => Grain::Decade,
            Unit::Century | Unit::Millennium => Grain::Century,
            _ => Grain::Year,
        };
        let Some((r, anchor)) = self.base(base, matches!(unit, Unit::Day | Unit::Week)) else {
            return Placed::Unknown(grain);
        };
        q.note(|| format!("{by:+} {unit:?} from {anchor:?}").to_lowercase());
        let narrow = |n: i64| i16::try_from(n).ok();
        let year = i64::from(r.year);
        let stretch = match unit {
            Unit::Day => r.day.and_then(|d| plus_days(d, by)).map(Stretch::Day),
            Unit::Week => r
                .day
                .and_then(civil::monday)
                .and_then(|d| plus_days(d, 7 * by))
                .map(Stretch::Week),
            Unit::Month => r
                .month
                .and_then(|m| plus_months(r.year, m, by))
                .map(|(y, m)| Stretch::Month(y, m)),
            Unit::Quarter => r
                .month
                .and_then(|m| plus_months(r.year, m, 3 * by))
                .map(|(y, m)| Stretch::Quarter(y, (m + 2) / 3)),
            Unit::Half => r
                .month
                .and_then(|m| plus_months(r.year, m, 6 * by))
                .map(|(y, m)| Stretch::Half(y, (m + 5) / 6)),
            Unit::Year => narrow(year + by).map(Stretch::Year),
            Unit::Decade => narrow(year.div_euclid(10) + by).map(Stretch::Decade),
            Unit::Century => narrow(year.div_euclid(100) + by).map(Stretch::Century),
            _ => None,
        };
        stretch.map_or(Placed::Unknown(grain), |s| Placed::At(s, Some(anchor)))
    }

    /// « il y a trois ans », « deux jours plus tard ».
    fn moved(&self, lengths: &Lengths, sign: i64, base: Base, q: &mut Query) -> Placed {
        let finest = lengths.iter().map(|(_, u)| *u).min().unwrap_or(Unit::Day);
        let (mut months, mut days, mut minutes, mut seconds) = (0i64, 0i64, 0i64, 0i64);
        let mut fraction_of_year = false;
        for (n, u) in lengths {
            let whole = i64::try_from(n.n).unwrap_or(i64::MAX / 10_000);
            if whole > 100_000 {
                return Placed::Unknown(Grain::Year);
            }
            let milli = i64::from(n.milli);
            match u {
                Unit::Second => seconds += whole,
                Unit::Minute => {
                    minutes += whole;
                    seconds += milli * 60 / 1000;
                }
                Unit::Hour => minutes += whole * 60 + milli * 60 / 1000,
                Unit::Day => days += whole,
                Unit::Week | Unit::Weekend => days += 7 * whole,
                Unit::Month => months += whole,
                Unit::Quarter => months += 3 * whole,
                Unit::Half => months += 6 * whole,
                Unit::Year => {
                    months += 12 * whole + milli * 12 / 1000;
                    fraction_of_year |= milli > 0;
                }
                Unit::Decade => months += 120 * whole,
                Unit::Century => months += 1200 * whole,
                Unit::Millennium => months += 12_000 * whole,
            }
        }
        // Whole days in hours need no clock: « 48 heures plus tard ».
        let whole_days =
            finest == Unit::Hour && minutes % (24 * 60) == 0 && months == 0 && days == 0;
        let clock = finest < Unit::Day;
        let Some((r, anchor)) = self.base(base, finest < Unit::Month) else {
            return Placed::Unknown(grain_of(finest));
        };
        q.note(|| {
            format!(
                "{} {months} months {days} days {minutes} minutes from {anchor:?}",
                if sign < 0 { '-' } else { '+' }
            )
            .to_lowercase()
        });
        let moved_day = |d: Date| {
            let d = d
                .checked_add(Span::new().try_months(sign * months).ok()?)
                .ok()?;
            plus_days(d, sign * days)
        };
        let unknown = Placed::Unknown(grain_of(finest));
        if clock {
            let Some(d) = r.day else { return unknown };
            let Some((h, m)) = r.time else {
                return match (whole_days, plus_days(d, sign * minutes / (24 * 60))) {
                    (true, Some(d)) => Placed::At(Stretch::Day(d), Some(anchor)),
                    _ => unknown,
                };
            };
            let moment = moved_day(d).and_then(|d| {
                let t = d.at(h, m, 0, 0);
                let t = t
                    .checked_add(Span::new().try_minutes(sign * minutes).ok()?)
                    .ok()?;
                t.checked_add(Span::new().try_seconds(sign * seconds).ok()?)
                    .ok()
            });
            return moment.map_or(unknown, |t| Placed::Moment(t, Some(anchor)));
        }
        let stretch = if finest >= Unit::Year && !fraction_of_year {
            i16::try_from(i64::from(r.year) + sign * (months / 12))
                .ok()
                .map(Stretch::Year)
        } else if finest >= Unit::Month {
            r.month
                .and_then(|m| plus_months(r.year, m, sign * months))
                .map(|(y, m)| Stretch::Month(y, m))
        } else {
            r.day.and_then(moved_day).map(Stretch::Day)
        };
        match stretch {
            Some(s) => Placed::At(s, Some(anchor)),
            // « un an et demi plus tôt » against a year keeps nothing.
            None => unknown,
        }
    }

    fn part(&self, day: Option<&Cal>, part: DayPart, q: &mut Query) -> Placed {
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

    fn nth(&self, what: Nth, n: i64, of: &Cal, q: &mut Query) -> Placed {
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

    fn within(&self, part: &Cal, of: &Cal, q: &mut Query) -> Placed {
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

    fn weekend(&self, dir: Dir, q: &mut Query) -> Placed {
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

    /// The second end of a range, given the first.
    pub(super) fn place_end(&self, first: &Placed, last: &Cal, q: &mut Query) -> Placed {
        let Placed::At(s, anchor) = first else {
            return self.place(last, q);
        };
        let Some((from, _)) = s.days() else {
            return self.place(last, q);
        };
        let own = match last {
            Cal::Day {
                weekday,
                day,
                month,
                year: None,
                ..
            } => {
                let fits = |d: &Date| {
                    *d >= from
                        && weekday.is_none_or(|w| d.weekday().to_monday_one_offset() == w as i8)
                };
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
                return found.map_or(Placed::Impossible(Grain::Day), |d| {
                    Placed::At(Stretch::Day(d), *anchor)
                });
            }
            Cal::Weekday { weekday, .. } => {
                let by = (i64::from(*weekday) - i64::from(from.weekday().to_monday_one_offset()))
                    .rem_euclid(7);
                plus_days(from, if by == 0 { 7 } else { by })
            }
            Cal::Feast {
                feast, year: None, ..
            } => feasts::day(*feast, from.year())
                .filter(|d| *d >= from)
                .or_else(|| feasts::day(*feast, from.year().checked_add(1)?)),
            _ => return self.place(last, q),
        };
        own.map_or(Placed::Unknown(Grain::Day), |d| {
            Placed::At(Stretch::Day(d), *anchor)
        })
    }

    /// From today to the last day of a length: « d'ici deux semaines ».
    pub(super) fn until(&self, lengths: &Lengths, q: &mut Query) -> Option<(String, String)> {
        let today = self.now()?.day?;
        let whole = |(n, u): &(super::numerals::Quantity, Unit)| {
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
        q.note(|| format!("from {today} on"));
        Some((civil::day_string(today), civil::day_string(last)))
    }

    /// Bounds of « les trois derniers mois », « les deux prochaines semaines »:
    /// whole units beside the one at hand.
    pub(super) fn beside(
        &self,
        n: i64,
        unit: Unit,
        sign: i64,
        base: Base,
        q: &mut Query,
    ) -> Option<(String, String, Anchor)> {
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
            return Some((moment_string(a), moment_string(b), anchor));
        }
        let first = self.shift(unit, if sign < 0 { -n } else { 1 }, base, q);
        let last = self.shift(unit, if sign < 0 { -1 } else { n }, base, q);
        match (first, last) {
            (Placed::At(a, Some(anchor)), Placed::At(b, _)) => {
                let (from, _) = a.bounds(None)?;
                let (_, to) = b.bounds(None)?;
                Some((from, to, anchor))
            }
            _ => None,
        }
    }
}

/// How many days ahead a weekday may lie when no tense says that it does.
const REACH: i64 = 4;

fn months_in(unit: Unit) -> i64 {
    match unit {
        Unit::Month => 1,
        Unit::Quarter => 3,
        Unit::Half => 6,
        Unit::Year => 12,
        Unit::Decade => 120,
        Unit::Century => 1200,
        Unit::Millennium => 12_000,
        _ => 0,
    }
}

fn days_in(unit: Unit) -> i64 {
    match unit {
        Unit::Day => 1,
        Unit::Week | Unit::Weekend => 7,
        _ => 0,
    }
}

fn grain_of(unit: Unit) -> Grain {
    match unit {
        Unit::Second => Grain::Second,
        Unit::Minute => Grain::Minute,
        Unit::Hour => Grain::Hour,
        Unit::Day | Unit::Week | Unit::Weekend => Grain::Day,
        Unit::Month | Unit::Quarter | Unit::Half => Grain::Month,
        _ => Grain::Year,
    }
}

/// A moment to the minute.
pub(super) fn moment_string(t: DateTime) -> String {
    format!(
        "{}T{:02}:{:02}",
        civil::day_string(t.date()),
        t.hour(),
        t.minute()
    )
}

fn period(kind: PeriodKind, n: u8, year: i16) -> Stretch {
    match kind {
        PeriodKind::Quarter => Stretch::Quarter(year, n as i8),
        PeriodKind::Half => Stretch::Half(year, n as i8),
        PeriodKind::Season => Stretch::Season(year, n as i8),
    }
}
