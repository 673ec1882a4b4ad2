//! What is counted from a date: « la semaine dernière », « il y a trois ans »,
//! « deux jours plus tard ».
//!
//! A shift by units gives a stretch of that unit; a length gives a stretch of
//! its finest unit, since « il y a trois mois » names no day. Hours and minutes
//! need a reference with a time.

use super::{
    Placed, Reference, Resolver,
    reference::{anchor_words, is_ahead},
};
use crate::{
    dates::{
        civil::{self, Stretch, plus_days, plus_months},
        expr::{Base, Lengths, Unit},
        tense::Tense,
    },
    kinds::{Anchor, Grain},
};
use jiff::{Span, civil::Date};

/// The calendar ends with the years of four figures: « dans 80 siècles » has no
/// value.
const LAST_YEAR: i16 = 9999;

impl Resolver<'_> {
    /// The unit `by` units away: « semaine dernière », « cette année ».
    pub(super) fn shift(&self, unit: Unit, by: i64, base: Base) -> Placed {
        let grain = unit.grain();
        let Some((r, anchor)) = self.base(base, matches!(unit, Unit::Day | Unit::Week)) else {
            return Placed::Unknown(grain);
        };
        let told = match r.day {
            Some(d) if unit == Unit::Day && anchor == Anchor::Mention => self.told_day(d),
            _ => None,
        };
        let r = Reference {
            day: told.or(r.day),
            ..r
        };
        self.note(|| match by {
            0 => format!("the {} of {}", unit.times(0), anchor_words(anchor)),
            by => away(unit.times(by.unsigned_abs()), by, anchor),
        });
        let narrow = |n: i64| {
            i16::try_from(n)
                .ok()
                .filter(|n| (-LAST_YEAR..=LAST_YEAR).contains(n))
        };
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
        let placed = Placed::known(stretch, Some(anchor), grain);
        // « Le lendemain, il était libre » is not tomorrow.
        if base == Base::Text && by > 0 && self.here.tense() == Tense::Past && self.passes(&placed)
        {
            return Placed::Unknown(grain);
        }
        placed
    }

    /// The day that a past clause counts from when the last one said, `day`, is
    /// ahead: « Une équipe viendra jeudi. Le préfet a signé le soir même. »
    fn told_day(&self, day: Date) -> Option<Date> {
        self.story
            .past_day
            .filter(|_| is_ahead(self.here, day) && self.here.tense() == Tense::Past)
    }

    /// « il y a trois ans », « deux jours plus tard ».
    pub(super) fn moved(&self, lengths: &Lengths, sign: i64, base: Base) -> Placed {
        let finest = lengths.iter().map(|(_, u)| *u).min().unwrap_or(Unit::Day);
        let Some((r, anchor)) = self.base(base, finest < Unit::Month) else {
            return Placed::Unknown(finest.grain_away());
        };
        // « En mai 2018, ils ont débarqué. Deux semaines plus tard, … »: not from an
        // older day.
        if base == Base::Text && finest < Unit::Month && self.in_another_month(r.day) {
            return Placed::Unknown(finest.grain_away());
        }
        let told = match r.day {
            Some(d) if anchor == Anchor::Mention => self.told_day(d),
            _ => None,
        };
        let r = Reference {
            day: told.or(r.day),
            ..r
        };
        let placed = self.moved_from(lengths, sign, r, anchor);
        if base != Base::Text || sign < 0 || self.here.tense() == Tense::Future {
            return placed;
        }
        // « Huit mois plus tard, il est toujours là »: what is told never passes
        // the publication date; it counts from a date of the story, or from none
        // that the text names.
        let unknown = Placed::Unknown(finest.grain_away());
        if anchor == Anchor::Published {
            return unknown;
        }
        if !self.passes(&placed) {
            return placed;
        }
        self.note(|| "past the publication date".to_owned());
        let story = self.story.dated.as_ref().and_then(Reference::stretch);
        let Some(r) = story.filter(|r| r.day.is_some() || finest >= Unit::Month) else {
            return unknown;
        };
        let placed = self.moved_from(lengths, sign, r, Anchor::Mention);
        if self.passes(&placed) {
            unknown
        } else {
            placed
        }
    }

    /// The last date of the text is a month or a season that `day` does not lie in.
    fn in_another_month(&self, day: Option<Date>) -> bool {
        let Some(Stretch::Month(..) | Stretch::Season(..)) = self.story.mention else {
            return false;
        };
        let days = self.story.mention.as_ref().and_then(Stretch::days);
        day.zip(days)
            .is_some_and(|(d, (from, to))| !(from <= d && d < to))
    }

    /// It begins after the reference.
    fn passes(&self, placed: &Placed) -> bool {
        let from = match placed {
            Placed::At(s, _) => s.days().map(|(from, _)| from),
            Placed::Moment(t, _) => Some(t.date()),
            _ => None,
        };
        let now = self.now().and_then(|r| r.days());
        from.zip(now).is_some_and(|(from, (_, now))| from > now)
    }

    /// A length counted from `r`.
    fn moved_from(&self, lengths: &Lengths, sign: i64, r: Reference, anchor: Anchor) -> Placed {
        let finest = lengths.iter().map(|(_, u)| *u).min().unwrap_or(Unit::Day);
        let Some(Sum {
            months,
            days,
            minutes,
            seconds,
            fraction_of_year,
        }) = Sum::of(lengths)
        else {
            return Placed::Unknown(Grain::Year);
        };
        // Whole days in hours need no clock: « 48 heures plus tard ».
        let whole_days =
            finest == Unit::Hour && minutes % (24 * 60) == 0 && months == 0 && days == 0;
        let clock = finest < Unit::Day;
        self.note(|| {
            let parts = [
                (months, Unit::Month),
                (days, Unit::Day),
                (minutes, Unit::Minute),
                (seconds, Unit::Second),
            ];
            let parts = parts.iter().filter(|(n, _)| *n != 0);
            let parts: Vec<_> = parts.map(|(n, u)| u.times(n.unsigned_abs())).collect();
            away(parts.join(" and "), sign, anchor)
        });
        let moved_day = |d: Date| {
            let d = d
                .checked_add(Span::new().try_months(sign * months).ok()?)
                .ok()?;
            plus_days(d, sign * days)
        };
        let unknown = Placed::Unknown(finest.grain_away());
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
                .filter(|y| (-LAST_YEAR..=LAST_YEAR).contains(y))
                .map(Stretch::Year)
        } else if finest >= Unit::Month {
            r.month
                .and_then(|m| plus_months(r.year, m, sign * months))
                .map(|(y, m)| Stretch::Month(y, m))
        } else {
            r.day.and_then(moved_day).map(Stretch::Day)
        };
        // « un an et demi plus tôt » against a year keeps nothing.
        Placed::known(stretch, Some(anchor), finest.grain_away())
    }
}

/// The step of a shift: `2 weeks before the publication date`.
fn away(length: String, sign: i64, anchor: Anchor) -> String {
    let side = if sign < 0 { "before" } else { "after" };
    format!("{length} {side} {}", anchor_words(anchor))
}

/// Lengths added up.
#[derive(Default)]
struct Sum {
    months: i64,
    days: i64,
    minutes: i64,
    seconds: i64,
    fraction_of_year: bool,
}

impl Sum {
    /// `None` for numbers that no calendar holds.
    fn of(lengths: &Lengths) -> Option<Self> {
        let mut sum = Self::default();
        for (n, unit) in lengths {
            let whole = i64::try_from(n.n).ok().filter(|n| *n <= 100_000)?;
            let milli = i64::from(n.milli);
            sum.months += whole * months_in(*unit);
            sum.days += whole * days_in(*unit);
            match unit {
                Unit::Second => sum.seconds += whole,
                Unit::Minute => {
                    sum.minutes += whole;
                    sum.seconds += milli * 60 / 1000;
                }
                Unit::Hour => sum.minutes += whole * 60 + milli * 60 / 1000,
                Unit::Year => {
                    sum.months += milli * 12 / 1000;
                    sum.fraction_of_year |= milli > 0;
                }
                _ => {}
            }
        }
        Some(sum)
    }
}

/// Months in a unit of a month or more.
pub(super) fn months_in(unit: Unit) -> i64 {
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

/// Days in a day, a week or a weekend (which counts as its week).
pub(super) fn days_in(unit: Unit) -> i64 {
    match unit {
        Unit::Day => 1,
        Unit::Week | Unit::Weekend => 7,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    /// The publication date is 2024-03-13.
    #[test]
    fn what_is_told_does_not_pass_the_publication_date() {
        check(&[
            "[Six mois plus tard|null], elle boite encore.",
            "[Deux ans plus tard|null], le juge a rendu son avis.",
            "Il est né [lundi|2024-03-11]. [Dix ans plus tard|null], il chantait.",
            "Promu en [2015|2015], le club est champion [trois ans plus tard|2018].",
            // From the date of the story, not from the week of the paper.
            "Le club est né en [2001|2001]. Le maire l'a fêté [mardi|2024-03-12]. \
             [Dix ans plus tard|2011], il montait en ligue 2.",
            "Le [4 mars|2024-03-04], l'usine brûle. [Cinq jours plus tard|2024-03-09], elle fume encore.",
            "Il a fui le [2 mars|2024-03-02]. En [mai 2018|2018-05], il s'était caché. La crise a pris fin \
             [deux semaines plus tard|null].",
            // Announced, it is ahead.
            "Le procès s'ouvrira [lundi|2024-03-18]. [Trois jours plus tard|2024-03-21], le jury votera.",
            "Le [lendemain|null], il était libre.",
            "Le [lendemain|2024-03-14], il sera libre.",
            "Il le disait [deux ans plus tôt|2022].",
        ]);
    }
}
