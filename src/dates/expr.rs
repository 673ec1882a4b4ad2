//! What an expression says, before the calendar is asked.

use super::{civil::DayPart, lexicon::Feast, quantity::Quantity, value::Recurrence};
use jiff::civil::{Date, DateTime};

/// Which way an adjective or a determiner points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Dir {
    /// Nothing said: the tense of the clause decides.
    #[default]
    Open,
    /// « dernier », « passé ».
    Last,
    /// « prochain ».
    Next,
    /// « ce ».
    This,
    /// « suivant », « d'après »: after a date of the text.
    Following,
    /// « précédent », « d'avant ».
    Preceding,
    /// « la même », « cette année-là ».
    Same,
}

/// What a shift is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The document creation time.
    Published,
    /// The last suitable date of the text, else the document creation time.
    Text,
    /// A day of the text other than that of its creation: « ce jour-là ».
    Told,
    /// What a clause says and no date does: « ce jour où il est parti ».
    Unsaid,
}

pub(super) use super::units::Unit;

/// Amounts of units, largest first.
pub(super) type Lengths = Vec<(Quantity, Unit)>;

/// A place on the calendar as the words give it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cal {
    /// « lundi 12 mars 2024 », « le 12 ».
    Day {
        weekday: Option<u8>,
        day: u32,
        month: Option<u8>,
        year: Option<i16>,
        dir: Dir,
    },
    /// « lundi », « lundi prochain ».
    Weekday {
        weekday: u8,
        dir: Dir,
    },
    /// « en mars », « mars 2024 ».
    Month {
        month: u8,
        year: Option<i16>,
        dir: Dir,
    },
    Year(i16),
    /// 199 is the 1990s.
    Decade(i16),
    /// 18 is the nineteenth century.
    Century(i16),
    /// A quarter, a half year or a season of a year.
    Period {
        kind: PeriodKind,
        n: u8,
        year: Option<i16>,
        dir: Dir,
    },
    /// `by` units from a base, at the unit's grain.
    Shift {
        unit: Unit,
        by: i64,
        base: Base,
    },
    /// « il y a trois ans », « deux jours plus tard ».
    Moved {
        lengths: Lengths,
        sign: i64,
        base: Base,
    },
    /// « Noël », « lundi de Pâques ».
    Feast {
        feast: Feast,
        year: Option<i16>,
        dir: Dir,
    },
    /// A part of a day; without a day, of the day the text is at.
    Part {
        day: Option<Box<Cal>>,
        part: DayPart,
    },
    /// « premier lundi de mars », « dernière semaine de 2014 »; −1 is the last.
    Nth {
        what: Nth,
        n: i64,
        of: Box<Cal>,
    },
    /// `part` (a month, a weekday, a period) of the year, week or month `of`.
    Within {
        part: Box<Cal>,
        of: Box<Cal>,
    },
    /// Days counted from another expression: « la veille de Noël ».
    Offset {
        days: i64,
        of: Box<Cal>,
    },
    /// « la semaine du 6 octobre ».
    WeekOf(Box<Cal>),
    /// « la première quinzaine de juin ».
    Fortnight {
        second: bool,
        of: Box<Cal>,
    },
    /// The weekday nearest to a day that is said too: « hier (mardi) ».
    Nearest {
        weekday: u8,
        to: Box<Cal>,
    },
    /// « ce week-end », « le week-end dernier ».
    Weekend {
        dir: Dir,
    },
}

impl Cal {
    /// This part of `of`: « mars » of « l'an dernier ».
    pub fn within(self, of: Cal) -> Cal {
        Cal::Within {
            part: Box::new(self),
            of: Box::new(of),
        }
    }
}

/// Divisions of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeriodKind {
    Quarter,
    Half,
    Season,
}

/// What is counted inside a longer stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nth {
    Weekday(u8),
    Week,
    Weekend,
    Day,
}

/// A time of day.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Clock {
    pub hour: u8,
    pub minute: Option<u8>,
    pub second: Option<u8>,
    /// « minuit »: the end of its day.
    pub midnight: bool,
    /// Minutes from UTC, where the text names a zone.
    pub zone: Option<i16>,
}

impl Clock {
    /// This time of `day`.
    pub fn on(&self, day: Date) -> DateTime {
        let (minute, second) = (self.minute.unwrap_or(0), self.second.unwrap_or(0));
        day.at(self.hour as i8, minute as i8, second as i8, 0)
    }

    /// A whole hour.
    pub fn at(hour: u8) -> Self {
        Self {
            hour,
            ..Self::default()
        }
    }
}

/// A time expression before resolution.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Cal(Cal),
    /// First and last stretch.
    Range(Cal, Cal),
    Clock(Clock),
    Length(Lengths),
    /// « les trois derniers mois »: a length that touches the present.
    Recent {
        lengths: Lengths,
        sign: i64,
        base: Base,
    },
    /// Days from an event that only a noun behind it names: « au lendemain du
    /// vote ».
    Event {
        days: i64,
    },
    /// Something that comes again.
    Set(Recurrence),
    /// 0 past, 1 present, 2 future.
    Ref(u8),
}
