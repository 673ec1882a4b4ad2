//! What an earlier date of the text lends to the next: its year to « le 6
//! août » in a story of 1945, its month to « le 26 », its days to the weekdays
//! of a programme.

use super::Resolver;
use crate::dates::{
    civil::{self, Stretch, plus_days, plus_months},
    tense::Tense,
};
use jiff::civil::Date;

/// A date of the text.
#[derive(Debug, Clone, Copy)]
pub(in crate::dates) struct Link {
    pub stretch: Stretch,
    /// The line that names it, counted without the blank ones.
    pub line: usize,
    /// It opens its line, as in a chronicle.
    pub heads: bool,
}

/// How far behind the publication date a story is told in its own years.
const YEARS_AGO: i32 = 200;

/// From how many days on a date of the text is history, whose present is a past.
pub(in crate::dates) const HISTORY: i32 = 400;

/// For how many days a story told in the past keeps its day.
pub(in crate::dates) const RECENT: i32 = 20;

/// How soon the next date of a story comes, and of a chronicle, in days.
const SOON: i32 = 100;
const WITHIN_A_YEAR: i32 = 366;

impl Resolver<'_> {
    /// The year that the story told so far lends to a day or a month: the next
    /// in the order of the story, if it comes soon and is over by now.
    pub(super) fn chained(&self, make: impl Fn(i16) -> Option<Stretch>) -> Option<Stretch> {
        let link = self.story.chain.filter(|_| self.here.main)?;
        let chronicle = link.heads && self.here.heads && self.here.setting.line <= link.line + 1;
        let reach = match link.stretch {
            _ if chronicle => WITHIN_A_YEAR,
            Stretch::Day(_) | Stretch::Part(..) | Stretch::Month(..)
                if self.here.setting.line == link.line =>
            {
                SOON
            }
            _ => return None,
        };
        let (now, _) = self.now()?.days()?;
        let (from, to) = link.stretch.days()?;
        if now.since(to).ok()?.get_days() < YEARS_AGO || self.here.tense() == Tense::Future {
            return None;
        }
        let found = [from.year(), from.year().checked_add(1)?]
            .into_iter()
            .filter_map(make)
            .filter(|s| matches!(s, Stretch::Day(_) | Stretch::Month(..)))
            .find(|s| {
                s.days().is_some_and(|(a, b)| {
                    a >= from && b <= now && a.since(to).is_ok_and(|s| s.get_days() <= reach)
                })
            })?;
        self.note(|| format!("in the story of {}", link.stretch));
        Some(found)
    }

    /// « lundi » after « du 21 au 25 novembre »: the one of those days, where the
    /// sentence announces it or has no verb.
    pub(super) fn in_programme(&self, weekday: u8) -> Option<Date> {
        let (from, to, line) = self.story.programme?;
        let by = (i64::from(weekday) - civil::weekday(from)).rem_euclid(7);
        let day = plus_days(from, by).filter(|d| *d <= to)?;
        let now = self.now()?.day?;
        let fits = match self.here.tense() {
            Tense::Past | Tense::Present => false,
            Tense::Future => day >= now && line == self.here.setting.line,
            Tense::Unknown => true,
        };
        fits.then_some(day)
    }

    /// « le 26 » after « en septembre » or « le 22 février »: in that month, or
    /// in the next when the day said was later.
    pub(super) fn in_month_said(&self, day: u32) -> Option<Date> {
        let link = self.story.said.filter(|_| self.here.main)?;
        // A line further on, only what a heading or a recent day says.
        if self.here.setting.line > link.line {
            let recent = || {
                Some(
                    self.now()?
                        .day?
                        .since(link.stretch.days()?.0)
                        .ok()?
                        .get_days(),
                )
            };
            if self.here.setting.line > link.line + 2 || recent()? > HISTORY {
                return None;
            }
        }
        let day = i8::try_from(day).ok()?;
        match link.stretch {
            Stretch::Month(y, m) => Date::new(y, m, day).ok(),
            Stretch::Day(d) | Stretch::Part(d, _) if day > d.day() => {
                Date::new(d.year(), d.month(), day).ok()
            }
            Stretch::Day(d) | Stretch::Part(d, _) if day < d.day() => {
                let (y, m) = plus_months(d.year(), d.month(), 1)?;
                let now = self.now()?.day;
                Date::new(y, m, day)
                    .ok()
                    .filter(|next| now.is_some_and(|n| *next <= n))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    /// The publication date is 2024-03-13.
    #[test]
    fn a_story_lends_its_year() {
        check(&[
            "Le [16 juillet 1945|1945-07-16], le désert s'allume ; le [6 août|1945-08-06], une ville brûle.",
            "En [avril 1917|1917-04], le général promit la victoire. Il fut remplacé en [mai|1917-05].",
            "Le [28 décembre 1998|1998-12-28], il signa. Le [4 janvier|1999-01-04], tout était oublié.",
            // A chronicle, one date a line.
            "Le [9 janvier 2003|2003-01-09], l'usine brûle.\nLe [18 mars|2003-03-18], un juge est saisi.\nLe [16 décembre|2003-12-16], l'enquête est close.",
            "[2011|2011]\nLe [24 juin|2011-06-24], la mine ferme.",
        ]);
    }

    #[test]
    fn news_do_not_take_the_year_of_a_story() {
        check(&[
            // Later than the story, the date is of the present.
            "Née le [12 mai 1960|1960-05-12] à Dole, elle a été élue le [3 mars|2024-03-03].",
            "Fondé en [1994|1994], le club a perdu son terrain en [janvier|2024-01].",
            "Après l'accord du [2 mai 2019|2019-05-02], la mairie a saisi le juge le [8 mars|2024-03-08].",
            "Le [4 mai 2021|2021-05-04], il part. Le conseil votera le [12 juin|2024-06-12].",
            "L'usine, reprise en [mars 2009|2009-03], a fermé [lundi|2024-03-11].",
        ]);
    }

    #[test]
    fn a_programme_lends_its_days() {
        check(&[
            "Du [21 au 25 mars|2024-03-21/2024-03-25], foire de printemps. [Vendredi|2024-03-22], concours de chiens. [Dimanche|2024-03-24], messe à [10 h|2024-03-24T10:00].",
            "Les élèves étaient à Metz du [4 au 8 mars|2024-03-04/2024-03-08].\n[Mardi|2024-03-05], visite du musée.",
            "La foire, du [22 au 24 mars|2024-03-22/2024-03-24], ouvrira [samedi|2024-03-23] à [9 h|2024-03-23T09:00].",
            "Le salon ferme du [22 au 24 mars|2024-03-22/2024-03-24]. Le maire a parlé [vendredi|2024-03-08].",
        ]);
    }

    #[test]
    fn a_month_said_lends_itself_to_the_days() {
        check(&[
            "En [septembre 2023|2023-09], le [5|2023-09-05], elle gagne ; le [23|2023-09-23], elle perd.",
            "[Septembre|2023-09]\nLe [5|2023-09-05], elle gagne.",
            "Le [22 février|2024-02-22], il a suspendu le chantier ; le [27|2024-02-27], il l'a repris.",
            "Le [26 février|2024-02-26], il a suspendu le chantier ; le [4|2024-03-04], il l'a repris.",
        ]);
    }
}
