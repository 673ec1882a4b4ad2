//! What an expression is counted from, and on which side of it to look.
//!
//! The reference is the stamp of the block, else the document creation time, at
//! its own precision; what follows from the text counts from the last suitable
//! date of the text. The side is the direction said, else the tense of the
//! clause.

use super::{Query, State};
use crate::{
    dates::{
        civil::{Stretch, plus_days},
        expr::{Base, Dir},
        tense::Tense,
    },
    kinds::{Anchor, Published},
};
use jiff::civil::Date;

/// A point of reference with its own precision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reference {
    pub year: i16,
    pub month: Option<i8>,
    pub day: Option<Date>,
    pub time: Option<(i8, i8)>,
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

    pub fn stretch(s: &Stretch) -> Option<Self> {
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
    pub fn days(&self) -> Option<(Date, Date)> {
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

/// Which candidate a direction asks for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Pick {
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
    pub(super) fn now(&self) -> Option<Reference> {
        self.block
            .or(self.published)
            .as_ref()
            .map(Reference::published)
    }

    /// After the day of reference.
    pub(in crate::dates) fn is_ahead(&self, day: Date) -> bool {
        self.now().and_then(|r| r.day).is_some_and(|now| day > now)
    }

    /// The base of a shift, and its name in the record.
    pub(super) fn base(&self, base: Base, day: bool) -> Option<(Reference, Anchor)> {
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

    pub(super) fn pick(&self, dir: Dir, q: &mut Query) -> Pick {
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
}
