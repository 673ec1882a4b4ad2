//! What an expression is counted from, and on which side of it to look.
//!
//! The reference is the stamp of the block, else the document creation time, at
//! its own precision; what follows from the text counts from the last suitable
//! date of the text. The side is the direction said, else the tense of the
//! clause.

use super::Resolver;
use crate::{
    dates::{
        civil::{Stretch, plus_days},
        expr::{Base, Dir},
        situate::Situation,
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

/// After the day of reference.
pub(super) fn is_ahead(here: &Situation, day: Date) -> bool {
    let now = here.setting.now.and_then(|p| p.civil_day());
    now.is_some_and(|now| day > now)
}

impl Pick {
    /// For the steps of [`crate::dates::explain`].
    pub fn words(self) -> &'static str {
        match self {
            Self::Past => "the latest that has begun",
            Self::Ahead => "the earliest that has not ended",
            Self::Before => "the latest that is over",
            Self::After => "the earliest that has not begun",
            Self::Nearest => "the nearest",
        }
    }
}

/// What was counted from, in words.
pub(super) fn anchor_words(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Published => "the publication date",
        Anchor::Mention => "a date of the text",
    }
}

impl Resolver<'_> {
    pub(super) fn now(&self) -> Option<Reference> {
        self.here.setting.now.as_ref().map(Reference::published)
    }

    /// The base of a shift, and its name in the record.
    pub(super) fn base(&self, base: Base, day: bool) -> Option<(Reference, Anchor)> {
        if base == Base::Unsaid {
            return None;
        }
        if matches!(base, Base::Text | Base::Told) {
            let of_day = self.story.day.filter(|_| day).map(Stretch::Day);
            if let Some(r) = of_day
                .or(self.story.mention)
                .as_ref()
                .and_then(Reference::stretch)
                && (!day || r.day.is_some())
                && (base == Base::Text || r.day != self.now().and_then(|now| now.day))
            {
                return Some((r, Anchor::Mention));
            }
        }
        let now = self.now().filter(|_| base != Base::Told)?;
        Some((now, Anchor::Published))
    }

    pub(super) fn pick(&self, dir: Dir) -> Pick {
        match dir {
            Dir::Open if self.here.setting.entry => Pick::Ahead,
            Dir::Last => Pick::Before,
            Dir::Next => Pick::After,
            Dir::This | Dir::Same => Pick::Nearest,
            Dir::Following => Pick::After,
            Dir::Preceding => Pick::Before,
            Dir::Open => {
                let tense = self.here.tense();
                self.note(|| format!("the clause is {}", tense.words()));
                match tense {
                    Tense::Past => Pick::Past,
                    Tense::Future => Pick::Ahead,
                    Tense::Present | Tense::Unknown => Pick::Nearest,
                }
            }
        }
    }
}
