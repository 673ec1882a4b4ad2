//! An hour that a bracket tells again in another zone: « à 23 h 30 (3 h 30 GMT) »
//! is one moment, so the hour in the bracket is of the day that brings it nearest
//! to the one it stands behind.

use crate::{
    dates::{civil::plus_days, expr::Clock, hit::Hit, line::Line},
    kinds::Anchor,
};
use jiff::civil::{Date, DateTime};

/// How many words may stand between an hour and the bracket that tells it again:
/// « 20 h 30, heure de New York (», « 8 h du matin mardi (».
const BEFORE_BRACKET: usize = 6;

/// A time of day that is placed, with the day it was given.
#[derive(Debug, Clone, Copy)]
pub(super) struct LastClock {
    /// One past its last token.
    end: usize,
    /// Nothing where it is of no one day.
    at: Option<(DateTime, Anchor)>,
}

impl LastClock {
    /// Of the tokens up to `end`; `at` where it has its day.
    pub fn new(end: usize, at: Option<(DateTime, Anchor)>) -> Self {
        Self { end, at }
    }

    /// `hit` opens a bracket behind this one and says its zone, if it is `zoned`.
    pub fn is_told_again(&self, line: &Line, hit: &Hit, zoned: impl FnOnce() -> bool) -> bool {
        let Some(bracket) = hit.start.checked_sub(1) else {
            return false;
        };
        line.punct(bracket, '(')
            && self.end <= bracket
            && bracket - self.end <= BEFORE_BRACKET
            && !(self.end..bracket)
                .any(|i| line.stops(i) || line.punct(i, ')') || line.punct(i, ';'))
            && zoned()
    }

    /// The day on which `clock` is nearest to this one.
    pub fn day_of(&self, clock: &Clock) -> Option<(Date, Anchor)> {
        let (moment, anchor) = self.at?;
        let apart = |day: Date| {
            let minutes = moment.until(clock.on(day)).ok()?.total(jiff::Unit::Minute);
            Some(minutes.ok()?.abs() as i64)
        };
        let days = (-1..=1).filter_map(|by| plus_days(moment.date(), by));
        let nearest = days
            .filter_map(|day| Some((apart(day)?, day)))
            .min_by_key(|(apart, _)| *apart)?;
        Some((nearest.1, anchor))
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    /// The publication date is Wednesday 2024-03-13.
    #[test]
    fn an_hour_told_again_in_a_bracket_is_the_same_moment() {
        check(&[
            // The bracket takes the day of the hour before it.
            "Le bac a coulé [mardi|2024-03-12] vers [19H40|2024-03-12T19:40|APPROX] ([17H40 GMT|2024-03-12T17:40]).",
            "Le duel aura lieu [jeudi|2024-03-14] à [15H10|2024-03-14T15:10] ([19H10 GMT|2024-03-14T19:10]).",
            "À [9H15|2024-03-13T09:15] ([16H15 GMT|2024-03-13T16:15]), le cuivre perdait 3 %.",
            "La navette partira [jeudi|2024-03-14] à [20 h 30|2024-03-14T20:30], heure locale ([18 h 30|2024-03-14T18:30] heure de Paris).",
            // Midnight lies between: of the next day, of the day before.
            "Le bal s'ouvrira [jeudi|2024-03-14] à [21 h 20|2024-03-14T21:20] ([3 h 20|2024-03-15T03:20] heure de Paris) à Québec.",
            "Le séisme a frappé [mardi|2024-03-12] à [2 h 10|2024-03-12T02:10] ([22 h 10 GMT|2024-03-11T22:10]).",
            "Un obus est tombé à [0 h 15|2024-03-12T00:15] ([22 h 15 GMT|2024-03-11T22:15]) [mardi|2024-03-12].",
            // No one day: the bracket has none either.
            "Le guichet ouvre à [9 h|T09:00] ([7 h GMT|T07:00]).",
        ]);
    }

    #[test]
    fn a_bracket_that_says_its_day_or_no_zone_is_another_hour() {
        check(&[
            "Le vote commencera à [8 h|2024-03-17T08:00] [dimanche|2024-03-17] ([20 h|2024-03-16T20:00] [samedi|2024-03-16] à Papeete).",
            "Elle parlera à [8 h|2024-03-17T08:00] [dimanche|2024-03-17] ([22 h|2024-03-16T22:00] [samedi|2024-03-16], heure de Paris).",
            "Le bal a fini [mardi|2024-03-12] à [23 h|2024-03-12T23:00] ([2 h|2024-03-12T02:00] selon la police).",
        ]);
    }
}
