//! One day: « lundi 12 mars », « le 15 », « lundi ».
//!
//! A weekday that contradicts its date makes the date impossible, it never
//! moves it. Without a month the day is of the month at hand, without a date
//! the weekday is the nearest on its side (`docs/DATES.md`, Resolution).

use super::{HISTORY, Pick, Placed, Reference, Resolver};
use crate::{
    dates::{
        civil::{self, Stretch, plus_months},
        expr::Dir,
        tense::Tense,
        value::OpenDate,
    },
    kinds::{Anchor, Grain},
};
use jiff::civil::Date;

/// How many days away a day is meant, whatever weekday stands before it.
const AT_HAND: i32 = 7;

/// A day of the calendar, if there is one.
fn date(year: i16, month: i8, day: u32) -> Option<Date> {
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

impl Resolver<'_> {
    /// A day of a named month.
    pub(super) fn day_of(
        &self,
        weekday: Option<u8>,
        day: u32,
        month: Option<u8>,
        year: Option<i16>,
        dir: Dir,
    ) -> Placed {
        let Some(month) = month.map(|m| m as i8) else {
            return self.day_of_open_month(weekday, day, dir);
        };
        let make = |y: i16| {
            date(y, month, day)
                .filter(|d| civil::falls_on(*d, weekday))
                .map(Stretch::Day)
        };
        if let Some(y) = year {
            return Placed::possible(make(y), None, Grain::Day);
        }
        // 29 February is a day of some year.
        if date(2000, month, day).is_none() {
            return Placed::Impossible(Grain::Day);
        }
        let partial = OpenDate::Day(month, day);
        if weekday.is_some()
            && matches!(dir, Dir::Open | Dir::Last | Dir::Next | Dir::This)
            && let Some(r) = self.now().filter(|r| r.month.is_some())
        {
            if dir == Dir::Open
                && let Some(s) = self.chained(make)
            {
                return Placed::At(s, Some(Anchor::Mention));
            }
            let found = self
                .dated_weekday(r, dir, (month, day), make)
                .filter(|s| dir != Dir::This || self.near(s));
            return Placed::possible(found, Some(Anchor::Published), Grain::Day);
        }
        let leap = (month, day) == (2, 29);
        if leap && dir == Dir::Open {
            let found = self
                .now()
                .and_then(|r| self.by_year(r, Pick::Nearest, 4, make));
            return match found {
                Some(s) => Placed::At(s, Some(Anchor::Published)),
                None => Placed::Partial(partial, Grain::Day),
            };
        }
        self.open_year(dir, Some(partial), Grain::Day, make)
    }

    /// « mardi 16 octobre »: the day that the tense asks for. A weekday that
    /// contradicts a near day never moves it to another year; of two days that
    /// are far it tells which, for the tense may have been misread.
    fn dated_weekday(
        &self,
        r: Reference,
        dir: Dir,
        (month, day): (i8, u32),
        make: impl Fn(i16) -> Option<Stretch>,
    ) -> Option<Stretch> {
        let plain = |y: i16| date(y, month, day).map(Stretch::Day);
        let fits = |s: &Stretch| s.days().is_some_and(|(d, _)| make(d.year()).is_some());
        let reach = if (month, day) == (2, 29) { 8 } else { 2 };
        let first = self.by_year(r, self.pick(dir), reach, plain)?;
        if fits(&first) {
            // « mardi 14 mars » on the 13th is not of last year, whose 14th was a
            // Tuesday.
            let slip = || {
                let nearest = self.by_year(r, Pick::Nearest, reach, plain);
                nearest.is_some_and(|s| self.away(&s).is_some_and(|d| d <= AT_HAND) && !fits(&s))
            };
            return (dir != Dir::Open || self.near(&first) || !slip()).then_some(first);
        }
        if dir != Dir::Open {
            return None;
        }
        let (now, _) = r.days()?;
        let other = match first.days()? {
            (d, _) if d < now => Pick::After,
            _ => Pick::Before,
        };
        let other = self.by_year(r, other, reach, plain)?;
        let near = |s: &Stretch| self.near(s);
        (fits(&other) && (near(&other) || !near(&first))).then_some(other)
    }

    /// Within two months of the reference: « ce mardi 16 octobre » is of no
    /// other year.
    fn near(&self, s: &Stretch) -> bool {
        self.away(s).is_some_and(|days| days <= 62)
    }

    /// How many days from the reference.
    fn away(&self, s: &Stretch) -> Option<i32> {
        let (now, _) = self.now()?.days()?;
        let (day, _) = s.days()?;
        Some(now.until(day).ok()?.get_days().abs())
    }

    /// « le 15 », « lundi 12 »: the month is the one at hand.
    fn day_of_open_month(&self, weekday: Option<u8>, day: u32, dir: Dir) -> Placed {
        let partial = || Placed::Partial(OpenDate::DayOfMonth(day), Grain::Day);
        if weekday.is_none()
            && dir == Dir::Open
            && let Some(d) = self.in_month_said(day)
            && !self.is_over(d)
        {
            return Placed::At(Stretch::Day(d), Some(Anchor::Mention));
        }
        // A day said before in the line lends its month.
        let text = self.story.line_day.filter(|_| dir == Dir::Open);
        // « … plus perdu depuis le 2 mars. Ils joueront le 25 »: not in March.
        let text = text.filter(|d| !self.is_over(d.last_of_month()));
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
        let pick = self.pick(dir);
        let (Some((from, to)), reach) = (reference.days(), if weekday.is_some() { 13 } else { 2 })
        else {
            return partial();
        };
        let mut best: Option<(i64, Date)> = None;
        for by in -reach..=reach {
            let Some(d) = plus_months(reference.year, month, by)
                .and_then(|(y, m)| date(y, m, day))
                .filter(|d| civil::falls_on(*d, weekday))
            else {
                continue;
            };
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

    /// A future clause does not speak of `day`, which is behind the reference,
    /// unless history is told in the future.
    fn is_over(&self, day: Date) -> bool {
        let ago = self
            .now()
            .and_then(|r| r.day)
            .map_or(0, |now| now.since(day).map_or(0, |s| s.get_days()));
        (1..=HISTORY).contains(&ago) && self.here.tense() == Tense::Future
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    /// The publication date is 2024-03-13.
    #[test]
    fn the_tense_outweighs_the_month_of_the_text() {
        check(&[
            "Le club n'a plus perdu depuis le [2 janvier|2024-01-02]. Il jouera à Lens le [25|2024-03-25].",
            "Le pont a rouvert le [9 février|2024-02-09]. Le bac partira le [mardi 26|2024-03-26].",
            // What is told stays in its month, and so does history in the future.
            "Le juge est venu le [2 janvier|2024-01-02]. Il a signé le [25|2024-01-25].",
            "Le [2 mai 1815|1815-05-02], il débarque. Il fuira le [25|1815-05-25].",
        ]);
    }

    #[test]
    fn a_weekday_that_contradicts_its_date_moves_nothing() {
        check(&[
            // 12 March 2024 was a Tuesday, 16 March will be a Saturday.
            "Le sondage publié [jeudi 12 mars|null] surprend.",
            "Le texte a été voté [mercredi 12 mars|null].",
            "Le stade ouvrira [lundi 16 mars|null].",
            "Il est parti [mardi 12 février dernier|null].",
            // 14 March 2023 was a Tuesday, 14 March 2024, tomorrow, is none.
            "Le club avait vendu [mardi 14 mars|null] cent billets.",
            "Le club avait vendu [mardi 14 mars 2023|2023-03-14] cent billets.",
            // 26 April 2023 was a Wednesday: eleven months ago, six weeks off the other.
            "Le club avait vendu [mercredi 26 avril|2023-04-26] cent billets.",
            "Le pont a rouvert [samedi 2 mars|2024-03-02].",
            "Le pont rouvrira [samedi 4 mai|2024-05-04].",
            "La mine a fermé [mercredi 6 décembre|2023-12-06].",
            // The weekday tells which of two far days is meant.
            "Le maire a montré l'affiche de la fête du [samedi 7 septembre|2024-09-07].",
            // A story lends its year, not the nearest.
            "Le [4 août 1914|1914-08-04], il part. Le [samedi 22 août|1914-08-22], il tombe.",
        ]);
        let open = crate::dates::find("Élu lundi 24 novembre dernier.", &Default::default());
        let value = open.dates[0].value.as_ref().map(ToString::to_string);
        assert_eq!(value.as_deref(), Some("XXXX-11-24"));
        let slip = crate::dates::find(
            "Il a fui lundi 12 mars.",
            &crate::dates::Context {
                published: "2024-03-13".parse().ok(),
                ..Default::default()
            },
        );
        assert_eq!(slip.warnings, ["impossible_date:lundi 12 mars"]);
    }

    #[test]
    fn what_is_told_does_not_count_from_a_day_ahead() {
        check(&[
            "Les grues se sont tues [lundi|2024-03-11]. Une équipe viendra [jeudi|2024-03-14]. \
             Le préfet a signé l'arrêté le [soir même|2024-03-11TEV].",
            "Le vote aura lieu [vendredi|2024-03-15]. Il sera affiché le [soir même|2024-03-15TEV].",
        ]);
    }
}
