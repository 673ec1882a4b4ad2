//! A place inside a longer stretch: « premier lundi de mars », « mars de l'an
//! dernier », « lundi matin », « ce week-end ».

use super::{Placed, RECENT, Resolver};
use crate::{
    dates::{
        civil::{self, DayPart, Stretch, plus_days},
        expr::{Base, Cal, Dir, Nth, Unit},
        tense::Tense,
        value::OpenDate,
    },
    kinds::{Anchor, Grain},
};
use jiff::civil::Date;

impl Resolver<'_> {
    /// A part of `day`, or of the day the text is at.
    pub(super) fn part(&self, day: Option<&Cal>, part: DayPart) -> Placed {
        let Some(day) = day else {
            let here = self.story.line_day.map(|d| (d, Anchor::Mention));
            let here = here.or_else(|| Some((self.told_recently(part)?, Anchor::Mention)));
            let here = here.or_else(|| Some((self.now()?.day?, Anchor::Published)));
            let Some((d, anchor)) = here else {
                return Placed::Unknown(Grain::Part);
            };
            // The night told in a morning's paper began the day before.
            let night = part == DayPart::Night
                && anchor == Anchor::Published
                && self.here.tense() != Tense::Future;
            let stretch = plus_days(d, if night { -1 } else { 0 }).map(|d| Stretch::Part(d, part));
            return Placed::known(stretch, Some(anchor), Grain::Part);
        };
        let tonight = matches!(
            day,
            Cal::Shift {
                unit: Unit::Day,
                by: 0,
                base: Base::Published
            }
        ) && part == DayPart::Night;
        match self.place(day) {
            Placed::At(s, a) => {
                let stretch = s.days().map(|(d, _)| {
                    let back = tonight && self.here.tense() == Tense::Past;
                    let d = if back {
                        plus_days(d, -1).unwrap_or(d)
                    } else {
                        d
                    };
                    Stretch::Part(d, part)
                });
                Placed::known(stretch, a, Grain::Part)
            }
            Placed::Partial(p, _) => Placed::Partial(p, Grain::Part),
            Placed::Impossible(_) => Placed::Impossible(Grain::Part),
            _ => Placed::Unknown(Grain::Part),
        }
    }

    /// The day that a past clause goes on from: the story's, if it was there when
    /// the line began and that is not long ago.
    fn told_recently(&self, part: DayPart) -> Option<Date> {
        let day = self.story.day_before_line()?;
        // « dans la nuit de vendredi à samedi … Au petit matin »
        let after_night = self.story.mention == Some(Stretch::Part(day, DayPart::Night))
            && matches!(part, DayPart::Dawn | DayPart::Morning);
        let day = plus_days(day, i64::from(after_night))?;
        let now = self.now()?.day?;
        let ago = now.since(day).ok()?.get_days();
        (self.here.tense() == Tense::Past && (1..=RECENT).contains(&ago)).then_some(day)
    }

    /// The `n`th `what` of a stretch; −1 is the last.
    pub(super) fn nth(&self, what: Nth, n: i64, of: &Cal) -> Placed {
        let grain = if what == Nth::Week {
            Grain::Week
        } else {
            Grain::Day
        };
        let Placed::At(s, anchor) = self.place(of) else {
            return Placed::Unknown(grain);
        };
        let found = s.days().and_then(|(from, to)| {
            let last = plus_days(to, -1)?;
            let on = |w: i64, n: i64| {
                if n > 0 {
                    let first = plus_days(from, (w - civil::weekday(from)).rem_euclid(7))?;
                    plus_days(first, 7 * (n - 1))
                } else {
                    let back = (civil::weekday(last) - w).rem_euclid(7);
                    plus_days(last, 7 * (n + 1) - back).filter(|d| *d >= from)
                }
                .filter(|d| *d < to)
            };
            match what {
                Nth::Weekday(w) => on(i64::from(w), n).map(Stretch::Day),
                Nth::Day => if n > 0 {
                    plus_days(from, n - 1)
                } else {
                    plus_days(last, n + 1).filter(|d| *d >= from)
                }
                .filter(|d| *d < to)
                .map(Stretch::Day),
                Nth::Weekend if n == 0 => plus_days(civil::monday(from)?, 5).map(Stretch::Weekend),
                Nth::Weekend => on(6, n).map(Stretch::Weekend),
                Nth::Week if n > 0 => on(1, n).map(Stretch::Week),
                Nth::Week => {
                    // The last week that lies inside.
                    let sunday = on(7, n)?;
                    civil::monday(sunday).map(Stretch::Week)
                }
            }
        });
        Placed::possible(found, anchor, grain)
    }

    /// A stretch that takes its year, or its week, from another.
    pub(super) fn within(&self, part: &Cal, of: &Cal) -> Placed {
        let Placed::At(outer, anchor) = self.place(of) else {
            return self.place(part);
        };
        let Some((from, _)) = outer.days() else {
            return Placed::Unknown(outer.grain());
        };
        let dated = match part.clone() {
            Cal::Weekday { weekday, dir } => {
                let d = civil::monday(from).and_then(|m| plus_days(m, i64::from(weekday) - 1));
                return self.weekday(weekday, dir, Some((d, anchor)));
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
                // « le 5 du mois prochain »
                month: match outer {
                    Stretch::Month(_, m) => month.or(Some(m as u8)),
                    _ => month,
                },
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
        match self.place(&dated) {
            Placed::At(s, None) => Placed::At(s, anchor),
            other => other,
        }
    }

    /// Days counted from another day.
    pub(super) fn offset(&self, days: i64, of: &Cal) -> Placed {
        match self.place(of) {
            Placed::At(Stretch::Day(d), a) => {
                Placed::known(plus_days(d, days).map(Stretch::Day), a, Grain::Day)
            }
            Placed::Impossible(g) => Placed::Impossible(g),
            _ => Placed::Unknown(Grain::Day),
        }
    }

    /// « hier (mardi) » of a text that is printed a day later: the weekday is surer
    /// than the day it is counted from.
    pub(super) fn nearest(&self, weekday: u8, to: &Cal) -> Placed {
        let Placed::At(Stretch::Day(d), a) = self.place(to) else {
            return Placed::Partial(OpenDate::Weekday(weekday), Grain::Day);
        };
        let ahead = (i64::from(weekday) - civil::weekday(d)).rem_euclid(7);
        let by = if ahead > 3 { ahead - 7 } else { ahead };
        Placed::known(plus_days(d, by).map(Stretch::Day), a, Grain::Day)
    }

    pub(super) fn week_of(&self, of: &Cal) -> Placed {
        let Placed::At(Stretch::Day(d), a) = self.place(of) else {
            return Placed::Unknown(Grain::Week);
        };
        // A week called after a Sunday begins the day after.
        let sunday = civil::weekday(d) == 7;
        let d = if sunday {
            plus_days(d, 1).unwrap_or(d)
        } else {
            d
        };
        Placed::known(civil::monday(d).map(Stretch::Week), a, Grain::Week)
    }

    /// The first or second half of a month; the fifteenth is in the first.
    pub(super) fn fortnight(&self, second: bool, of: &Cal) -> Placed {
        let Placed::At(Stretch::Month(y, m), a) = self.place(of) else {
            return Placed::Unknown(Grain::Day);
        };
        let day = |d| Date::new(y, m, d).ok();
        let ends = if second {
            day(16).zip(civil::month_end(y, m))
        } else {
            day(1).zip(day(15))
        };
        let stretch = ends.map(|(from, to)| Stretch::Days(from, to));
        Placed::known(stretch, a, Grain::Day)
    }

    pub(super) fn weekend(&self, dir: Dir) -> Placed {
        let text = matches!(dir, Dir::Following | Dir::Preceding | Dir::Same);
        let base = if text { Base::Text } else { Base::Published };
        let unknown = Placed::Unknown(Grain::Day);
        let Some((r, anchor)) = self.base(base, true) else {
            return unknown;
        };
        let Some(today) = r.day else { return unknown };
        let weekday = civil::weekday(today);
        let Some(saturday) = civil::monday(today).and_then(|m| plus_days(m, 5)) else {
            return unknown;
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
                let past = self.here.tense() == Tense::Past;
                // Told in the first days of a week, it is the one just over.
                if past && weekday <= 4 { -7 } else { 0 }
            }
            Dir::Same => 0,
        };
        let stretch = plus_days(saturday, by).map(Stretch::Weekend);
        Placed::known(stretch, Some(anchor), Grain::Day)
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    /// The publication date is Wednesday 2024-03-13.
    #[test]
    fn a_part_of_the_day_goes_on_from_the_story() {
        check(&[
            "La digue a cédé [lundi|2024-03-11] à [9 h|2024-03-11T09:00].\nDans la [soirée|2024-03-11TEV], la maire a réuni les secours.",
            "Ils se sont perdus dans la [nuit de dimanche à lundi|2024-03-10TNI].\nAu [petit matin|2024-03-11TMO], un berger les a retrouvés.",
            // A present and a future do not go on, nor does what is long over.
            "La digue a cédé [lundi|2024-03-11].\nDans la [soirée|2024-03-13TEV], la maire réunira les secours.",
            "Le pont s'est ouvert le [5 mai 2009|2009-05-05].\nDans la [matinée|2024-03-13TMO], un camion l'a heurté.",
        ]);
    }

    #[test]
    fn an_event_beside_its_day() {
        check(&[
            // Not the day after the one that the relative clause is about.
            "Le conseil du [4 mars|2024-03-04], que présidait le maire du bourg voisin, avait été remis au \
             [lendemain|null] de la fête.",
            // What is told does not pass the publication date.
            "Le vote a eu lieu [mercredi|2024-03-13]. Au [lendemain|null] du vote, il avait déjà fui.",
            "Le vote aura lieu [samedi|2024-03-16]. Au [lendemain|2024-03-17] du vote, il partira.",
        ]);
    }
}
