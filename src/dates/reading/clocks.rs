//! A time of day and its day.
//!
//! In its sentence: the day that it touches, else the nearest before it. Else a
//! day said before, when the tense of the clause allows it: of the paragraph,
//! of the entry of a live report, of the story. Else the publication day, for
//! what is told or announced; opening hours and habits have no day.

use super::{
    Mark, Reader,
    glosses::LastClock,
    links::Link,
    values::{clock_value, moment_bounds, value_step},
};
use crate::{
    dates::{
        civil::{Stretch, plus_days},
        expr::{Clock, Expr},
        hit::Hit,
        lexicon::Word,
        line::Line,
        resolve::{HISTORY, RECENT},
        situate::Setting,
        tense::{self, Tense},
        times,
        value::Value,
        zone::{self, Told},
    },
    french::sets::dates::times as sets,
    kinds::{Anchor, DateType, Grain, Modifier},
};
use jiff::civil::Date;

/// How many words may stand between a time and the day that it touches.
const TOUCHING: usize = 3;

/// How many words a verb and its participle stand before the stretch that they
/// have: « ont joué de minuit à 2 h ».
const AFTER_VERB: usize = 5;

/// How far around a time the words of its sentence are looked at.
const NEARBY: usize = 40;

/// A day and what it was taken from.
pub(super) type Anchored = Option<(Date, Anchor)>;

impl Reader<'_> {
    /// Joins a time of day to its day, which it returns as the words have it:
    /// midnight and the small hours lie on the next.
    pub(super) fn place_clock(
        &mut self,
        line: &Line,
        hit: &Hit,
        mut link: Link,
        at: usize,
        sentence: usize,
        setting: &Setting,
    ) -> Anchored {
        let Expr::Clock(said) = &hit.expr else {
            return None;
        };
        let mut clock = said.clone();
        clock.hour += link.hours;
        let mut days = link.days;
        let tense = if setting.entry {
            Tense::Future
        } else {
            let seen = tense::clause(line, hit.start, hit.end);
            link.after_verb = link.paired
                && seen
                    .token
                    .is_some_and(|t| t < hit.start && hit.start - t <= AFTER_VERB);
            // « est interdite de 22 h à 5 h » is a habit, and nothing told.
            if link.paired && tense::is_state(line, seen) {
                Tense::Present
            } else {
                seen.tense
            }
        };
        let heads = hit.start == 0 || hit.start == 1 && line.is(0, Word::Punct);
        // Past midnight a stretch has the day it began on, and the next.
        let begun = Clock {
            hour: if days > 0 { 12 } else { clock.hour },
            ..clock.clone()
        };
        let told_zone = || link.told.unwrap_or_else(|| zone::told(line, hit.end));
        let again = self
            .last_clock
            .filter(|last| {
                last.is_told_again(line, hit, || {
                    clock.zone.is_some() || told_zone() != Told::Here
                })
            })
            .filter(|_| !self.has_own_day(line, hit));
        let found = if link.undated {
            None
        } else if let Some(last) = again {
            // The nearest moment says which midnight it is.
            clock.midnight = false;
            last.day_of(&clock)
        } else if link.day.is_some() {
            link.day
        } else if let Some(m) = self.same_sentence(line, hit, sentence) {
            // « lundi soir à 8 heures »
            if m.late && m.gap(hit) <= 2 && clock.hour < 12 && !clock.midnight {
                clock.hour += 12;
            }
            // « à minuit trois » is 0 h 03: of the day that is said, and of the
            // next after its evening.
            if clock.midnight && clock.minute.is_some_and(|m| m > 0) && !m.late && !m.night {
                clock.midnight = false;
            }
            // « de 21 h à 7 h jusqu'au 15 juin » is of every day, and so is what was
            // announced on a day, « un couvre-feu de 21 h à 6 h ».
            let comma = usize::from(line.punct(hit.start.wrapping_sub(2), ','));
            let standing = m.gap(hit) > TOUCHING
                && line.any_before(hit.start, &[Word::De])
                && line.among(hit.start.wrapping_sub(2 + comma), &sets::STANDING);
            let every = link.paired && (standing || limits(line, m.start));
            let day = m
                .on(if days > 0 { &begun } else { &clock })
                .filter(|_| !every);
            if heads && let Some(d) = day {
                self.story.enter(d, clock.hour);
            }
            day.map(|d| (d, Anchor::Mention))
        } else if heads {
            self.of_entry(&clock, setting)
        } else {
            self.told_before(line, hit, link, &begun, tense, setting)
                .or_else(|| {
                    let begins = line.stops(hit.start.wrapping_sub(1))
                        && (line.punct(hit.end, '.') || line.punct(hit.end, ':'));
                    if begins {
                        self.of_entry(&clock, setting)
                    } else {
                        None
                    }
                })
        };
        let (day, anchor) = found.unzip();
        let own = found;
        let clock = &clock;
        // An entry announces: an hour that is over is tomorrow's.
        if setting.entry && !link.paired && !clock.midnight && anchor == Some(Anchor::Published) {
            days += i64::from(is_over(clock, setting));
        }
        // « mardi à minuit » is Wednesday's first moment; told of the
        // publication day, it is that day's.
        let told = anchor == Some(Anchor::Published) && tense == Tense::Past;
        let day = day.and_then(|d| plus_days(d, days + i64::from(clock.midnight && !told)));
        self.last_clock = Some(LastClock::new(
            hit.end,
            day.map(|d| clock.on(d)).zip(anchor),
        ));
        let modifier = hit.modifier.or_else(|| clock_modifier(line, hit.start));
        let timezone = self.timezone;
        let timex = self.found.dates.get_mut(at)?;
        timex.kind = DateType::Time;
        timex.modifier = modifier;
        let grain = match (clock.minute, clock.second) {
            (_, Some(_)) => Grain::Second,
            (Some(_), None) => Grain::Minute,
            (None, None) => Grain::Hour,
        };
        timex.grain = Some(grain);
        timex.value = Some(Value::Time(clock_value(clock, day, limit(line, hit.start))));
        timex.anchor = day.and(anchor);
        if let Some(d) = day
            && let Some(bounds) = moment_bounds(clock.on(d), grain)
        {
            timex.bounds = Some(bounds);
            if let Some(zone) = timezone {
                let told = match clock.zone {
                    Some(minutes) => Told::Offset(minutes),
                    None => told_zone(),
                };
                zone.apply(timex, told);
            }
        }
        if self.explain {
            timex.steps.push(match day {
                Some(d) => format!("of the day {}", Stretch::Day(d)),
                None => "of no one day".to_owned(),
            });
            timex.steps.push(value_step(timex));
        }
        day.and(own)
    }

    /// The day in the sentence of a time: the one that it touches, else the
    /// nearest before it that is the clause's, else one after it.
    fn same_sentence(&self, line: &Line, hit: &Hit, sentence: usize) -> Option<&Mark> {
        // Marks stand in the order of the text.
        let (before, after) = self
            .marks
            .split_at(self.marks.partition_point(|m| m.end <= hit.start));
        let before = || {
            let near = before.iter().rev().take(NEARBY);
            near.take_while(|m| m.sentence == sentence)
        };
        let after = after.first().filter(|m| m.sentence == sentence);
        let Some(last) = before().next() else {
            return after;
        };
        // « 8 h dimanche (22 h samedi à Paris) »: the day that follows, unless
        // that has an hour of its own (« lundi 8 h mardi 9 h »).
        let own = |a: &Mark| {
            last.end == hit.start && (a.end..=a.end + 1).any(|i| times::clock(line, i).is_some())
        };
        let follows =
            |a: &&Mark| a.start == hit.end || a.start == hit.end + 1 && line.is(hit.end, Word::Le);
        if let Some(a) = after.filter(follows).filter(|a| !own(a)) {
            return Some(a);
        }
        if last.gap(hit) <= TOUCHING {
            return Some(last);
        }
        // « à 3 h 40, le 29 novembre », but « à midi et le 21 juin »
        let touches = |a: &&Mark| {
            a.gap(hit) <= TOUCHING
                && !(hit.end..a.start).any(|i| line.any(i, &[Word::Et, Word::Ou]))
        };
        after
            .filter(touches)
            .or_else(|| before().find(|m| m.main))
            .or(Some(last))
    }

    /// A day behind the time in its bracket: « (22 h samedi, heure de Paris) ».
    fn has_own_day(&self, line: &Line, hit: &Hit) -> bool {
        let next = self.marks.iter().find(|m| m.start >= hit.end);
        next.is_some_and(|m| !(hit.end..m.start).any(|i| line.punct(i, ')')))
    }

    /// The day of a time at the head of its line, as in a live report: the
    /// entry's, which midnight moves on, else the publication day.
    fn of_entry(&mut self, clock: &Clock, setting: &Setting) -> Anchored {
        match self.story.next_entry(clock.hour) {
            Some(day) => Some((day?, Anchor::Mention)),
            None => today(setting),
        }
    }

    /// The day of a time whose sentence names none.
    fn told_before(
        &self,
        line: &Line,
        hit: &Hit,
        link: Link,
        clock: &Clock,
        tense: Tense,
        setting: &Setting,
    ) -> Anchored {
        let mention = |m: &Mark| Some((m.on(clock)?, Anchor::Mention));
        let before = self.marks.partition_point(|m| m.end <= hit.start);
        let before = || self.marks[..before].iter().rev().take(NEARBY);
        // The day that heads a line or a sentence of an agenda: « Samedi 12.
        // Concert. 20 h 30. »
        let head =
            |m: &Mark| m.day.is_some() && line.is(m.end, Word::Punct) && !line.punct(m.end, ',');
        if self.marks.first().is_some_and(|m| m.start <= 1 && head(m))
            && let Some(m) = before().find(|m| head(m) && line.opens_sentence(m.start))
        {
            return mention(m);
        }
        // « le JT de 20 heures » is of every day.
        if !link.after_verb
            && line.any_before(hit.start, &[Word::De])
            && line.before(hit.start, 2).word == Word::Other
        {
            return None;
        }
        // Opening hours: « visites de 14 h à 18 h », « appeler après 19 h ».
        let hours = link.paired
            || in_range(line, hit)
            || tense != Tense::Future && line.any_before(hit.start, &[Word::Apres, Word::Avant]);
        if hours && tense != Tense::Past && !setting.entry {
            return None;
        }
        let today = today(setting);
        let now = today.map(|(d, _)| d);
        let fits = |d: Date| match (tense, now) {
            (Tense::Past, Some(t)) => d <= t,
            (Tense::Future, Some(t)) => d >= t,
            _ => true,
        };
        let fitting = || before().filter(|m| m.day.is_some_and(fits));
        if let Some(m) = fitting().find(|m| m.main).or_else(|| fitting().next()) {
            return mention(m);
        }
        if before().any(|m| m.day.is_none()) {
            return None;
        }
        if setting.entry {
            return today;
        }
        let story = self.story.day_before_line();
        let Some(now) = now else {
            return story.map(|d| (d, Anchor::Mention));
        };
        // « le titre perdait 1 % à 15 h 30 »: prices are of today.
        if tense != Tense::Future && quotes(line, hit.start) {
            return today;
        }
        let Some(d) = story else {
            let told = match tense {
                Tense::Past | Tense::Future => true,
                Tense::Present => false,
                Tense::Unknown => self.is_message(),
            };
            return today.filter(|_| told);
        };
        let ago = now.since(d).map_or(0, |s| s.get_days());
        let told = Some((d, Anchor::Mention));
        match tense {
            _ if ago == 0 => today,
            Tense::Future => told.filter(|_| ago < 0),
            Tense::Past if (1..=RECENT).contains(&ago) || ago > HISTORY => {
                // The small hours after the day told.
                let late = clock.hour < 5 && !clock.midnight && ago > 0;
                Some((plus_days(d, i64::from(late))?, Anchor::Mention))
            }
            Tense::Past => today,
            // « À 2 h 46, le berger appelle »: a story goes on in the present.
            Tense::Present | Tense::Unknown
                if (1..=RECENT).contains(&ago) && opens_told(line, hit) =>
            {
                told
            }
            Tense::Present => told.filter(|_| ago > HISTORY),
            Tense::Unknown => told.filter(|_| !(0..=HISTORY).contains(&ago)),
        }
    }
}

/// The day at `start` opens or closes a time of many days: « jusqu'au 15 juin »,
/// « à partir de lundi ».
fn limits(line: &Line, start: usize) -> bool {
    let led = (1..=3)
        .map(|back| line.before(start, back).word)
        .take_while(|w| {
            matches!(
                w,
                Word::Le | Word::A | Word::Au | Word::De | Word::Du | Word::Ce
            ) || is_limit(*w)
        });
    led.into_iter().any(is_limit)
}

fn is_limit(word: Word) -> bool {
    matches!(
        word,
        Word::Jusqu | Word::Partir | Word::Compter | Word::Depuis
    )
}

/// The day of reference.
fn today(setting: &Setting) -> Anchored {
    Some((setting.now?.civil_day()?, Anchor::Published))
}

/// Earlier than the moment of publication, where that has a time.
fn is_over(clock: &Clock, setting: &Setting) -> bool {
    setting
        .now
        .and_then(|p| p.time)
        .is_some_and(|(hour, minute)| {
            (clock.hour as i8, clock.minute.unwrap_or(0) as i8) < (hour, minute)
        })
}

/// « de 14 h à 18 h », « entre 9 h et 18 h », either end.
fn in_range(line: &Line, hit: &Hit) -> bool {
    let entre = |i: usize| line.any_before(i, &[Word::Entre]);
    entre(hit.start)
        || line.any_before(hit.start, &[Word::Et])
            && (2..=5).any(|back| hit.start >= back && entre(hit.start - back))
        || line.any(hit.end, &[Word::A]) && line.is(hit.end + 1, Word::Figures)
        || line.any_before(hit.start, &[Word::A]) && line.is(hit.start.wrapping_sub(2), Word::Unit)
}

/// The sentence gives prices: « l'euro valait 1,08 dollar à 17 heures ».
fn quotes(line: &Line, at: usize) -> bool {
    let market = |i: usize| line.among(i, &sets::MARKET);
    let left = (at.saturating_sub(NEARBY)..at).rev();
    let right = at..line.tokens.len().min(at + NEARBY);
    left.take_while(|&i| !line.stops(i)).any(market)
        || right.take_while(|&i| !line.stops(i)).any(market)
}

/// « À 2 h 46, … », « Vers 5 heures, … » at the head of a sentence.
fn opens_told(line: &Line, hit: &Hit) -> bool {
    line.any_before(hit.start, &[Word::A, Word::Vers])
        && line.opens_sentence(hit.start - 1)
        && line.punct(hit.end, ',')
}

/// « jusqu'au 17 février, minuit », « avant minuit »: the end of a day.
fn limit(line: &Line, start: usize) -> bool {
    (1..=8)
        .map(|back| line.before(start, back).word)
        .any(|w| matches!(w, Word::Jusqu | Word::Ici | Word::Avant))
}

/// « vers 8 heures », « aux alentours de 20 h ».
fn clock_modifier(line: &Line, start: usize) -> Option<Modifier> {
    let before = line.before(start, 1);
    let around = matches!(before.word, Word::Vers | Word::Environ)
        || matches!(before.word, Word::De | Word::D)
            && matches!(line.before(start, 2).word, Word::Alentours | Word::Autour);
    around.then_some(Modifier::Approx)
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    /// The publication date is Wednesday 2024-03-13.
    #[test]
    fn habits_have_no_day() {
        check(&[
            "Le parc est interdit de [20 h|T20:00] à [8 h|T08:00] jusqu'au [31 mars|2024-03-31].",
            "Le maire a annoncé [lundi|2024-03-11] un couvre-feu de [22 heures|T22:00] à [5 heures|T05:00].",
            "Ils ont chanté de [minuit|2024-03-13T00:00] à [2 h|2024-03-13T02:00].",
            "Le couvre-feu, de [22 heures|T22:00] à [6 heures|T06:00], sera levé [lundi|2024-03-18].",
            "Un couvre-feu de [23 heures|T23:00] à [5 heures|T05:00] a été voté.",
            "Le couvre-feu entre [21 heures|T21:00] et [5 heures|T05:00] demeure.",
            "La pêche est interdite de [19 h|T19:00] à [6 h|T06:00].",
            "L'usine tourne de [6 heures|T06:00] à [20 heures|T20:00].",
            "Les bus rouleront de [5 h|T05:00] à [23 h|T23:00] à partir de [lundi|2024-03-18].",
            // Told or announced of one day.
            "Le bureau sera ouvert [jeudi|2024-03-14] de [8 h|2024-03-14T08:00] à [21 h|2024-03-14T21:00], mais \
             aussi [vendredi|2024-03-15] de [9 h|2024-03-15T09:00] à [14 h|2024-03-15T14:00].",
            "La route a été fermée [mardi|2024-03-12] de [9 h|2024-03-12T09:00] à [11 h|2024-03-12T11:00].",
            "La route sera fermée de [22 h|2024-03-14T22:00] à [5 h|2024-03-15T05:00] [jeudi|2024-03-14].",
            "Il a neigé de [7 h|2024-03-13T07:00] à [9 h|2024-03-13T09:00].",
            "Le conseil s'est tenu [lundi|2024-03-11] de [9 h|2024-03-11T09:00] à [11 h|2024-03-11T11:00].",
        ]);
    }

    #[test]
    fn a_story_goes_on_in_the_present() {
        check(&[
            "La digue a cédé [lundi|2024-03-11].\nÀ [2 h 46|2024-03-11T02:46], un berger appelle la mairie.",
            "La digue a cédé [lundi|2024-03-11].\nLe bac part à [2 h 46|T02:46].",
        ]);
    }

    #[test]
    fn an_hour_is_of_the_day_beside_it() {
        check(&[
            "Aller [mer. 20 mars|2024-03-20] [07:15|2024-03-20T07:15], retour [ven. 22 mars|2024-03-22] [21:40|2024-03-22T21:40].",
            "Aller [lun. 2 sept.|2024-09-02] [10:20|2024-09-02T10:20], retour [jeu. 5 sept.|2024-09-05] à [9 h|2024-09-05T09:00].",
            "Le vote commencera à [8 h|2024-03-17T08:00] [dimanche|2024-03-17] ([20 h|2024-03-16T20:00] [samedi|2024-03-16] à Papeete).",
            "Il a atterri [mardi|2024-03-12] à [1 h|2024-03-12T01:00], soit [19 h|2024-03-11T19:00] [lundi|2024-03-11] à Montréal.",
            "Messe [samedi|2024-03-16] [18 h|2024-03-16T18:00] [dimanche|2024-03-17] [10 h|2024-03-17T10:00].",
            "Il l'a dit [lundi|2024-03-11] à [20 h|2024-03-11T20:00], [mardi|2024-03-12] il l'a nié.",
        ]);
    }
}
