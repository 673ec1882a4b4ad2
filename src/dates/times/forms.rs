//! How a time is written: figures and a colon, an hour's letter or word with
//! its minutes, « midi », « onze heures moins le quart ».

use crate::dates::{
    expr::Clock,
    fields::counts_something,
    lexicon::{PartNoun, UnitNoun, Word},
    line::Line,
    numerals,
};
use crate::french::sets::dates::{times as sets, units};

/// How an hour is written, which decides whether it can be a length.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shape {
    /// « 16:52 »
    Colon,
    /// « 16h30 », « 16 h »
    Letter,
    /// « 16 heures », « trois heures »
    Word,
    /// « midi »
    Name,
    /// « 5 pm »
    AmPm,
}

pub(super) struct Read {
    pub clock: Clock,
    pub shape: Shape,
    pub end: usize,
}

fn hour_unit(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    t.word == Word::Unit && t.unit() == Some(UnitNoun::Hour) && !line.among(i, &units::NO_CLOCK)
}

/// « s » for seconds.
fn second_letter(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    t.word == Word::Unit && t.unit() == Some(UnitNoun::Second) && line.str(i).len() == 1
}

fn minutes(line: &Line, i: usize) -> Option<(u8, usize)> {
    let t = line.at(i);
    if t.word == Word::Figures {
        return (t.len == 2 && t.value() < 60 && numerals::figures(line, i).is_some())
            .then_some((t.value() as u8, i + 1));
    }
    let (n, end) = numerals::words(line, i)?;
    (n < 60 && !line.any(end, &[Word::Month, Word::MonthAbbr])).then_some((n as u8, end))
}

/// « et quart », « et demie », « moins le quart », « moins dix », « trente ».
fn spoken(line: &Line, i: usize, clock: &mut Clock) -> usize {
    if line.is(i, Word::Et) {
        if line.is(i + 1, Word::Half) {
            clock.minute = Some(30);
            return i + 2;
        }
        if line.is(i + 1, Word::Quarter) {
            clock.minute = Some(15);
            return i + 2;
        }
        if let Some((m, end)) = minutes(line, i + 1)
            && line.at(end).unit() == Some(UnitNoun::Minute)
            && line.is(end, Word::Unit)
        {
            clock.minute = Some(m);
            return end + 1;
        }
        return i;
    }
    if line.is(i, Word::Moins) {
        let less = if line.is(i + 1, Word::Le) && line.is(i + 2, Word::Quarter) {
            Some((15, i + 3))
        } else {
            minutes(line, i + 1)
        };
        if let Some((m, end)) = less
            && m > 0
            && !line.is(end, Word::Unit)
        {
            clock.hour = if clock.hour == 0 { 23 } else { clock.hour - 1 };
            clock.minute = Some(60 - m);
            // « minuit moins dix » is of the day that ends.
            clock.midnight = false;
            return end;
        }
        return i;
    }
    if line.is(i, Word::Past) {
        return passed(line, i, clock);
    }
    if line.at(i).value() == 3 && line.is(i, Word::Numeral) && line.is(i + 1, Word::Quarter) {
        clock.minute = Some(45);
        return i + 2;
    }
    if line.is(i, Word::Numeral)
        && let Some((m, end)) = minutes(line, i)
        && !line.is(end, Word::Unit)
        && m > 1
    {
        clock.minute = Some(m);
        return end;
    }
    i
}

/// « passé de quinze minutes », « passées de dix ».
fn passed(line: &Line, i: usize, clock: &mut Clock) -> usize {
    if line.is(i, Word::Past)
        && line.is(i + 1, Word::De)
        && let Some((m, end)) = minutes(line, i + 2)
    {
        let unit = line.is(end, Word::Unit);
        if !unit || line.at(end).unit() == Some(UnitNoun::Minute) {
            clock.minute = Some(m);
            return end + usize::from(unit);
        }
    }
    i
}

/// A time of day as it stands at `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Read> {
    let t = line.at(i);
    match t.word {
        Word::Part if matches!(t.part(), Some(PartNoun::Noon | PartNoun::Midnight)) => {
            named(line, i)
        }
        Word::Figures => in_figures(line, i),
        Word::Numeral | Word::Un => in_words(line, i),
        _ => None,
    }
}

/// « midi », « minuit et quart ».
fn named(line: &Line, i: usize) -> Option<Read> {
    // « après-midi », « avant-midi »
    if line.dash(i.wrapping_sub(1)) {
        return None;
    }
    let midnight = line.at(i).part() == Some(PartNoun::Midnight);
    let mut clock = Clock {
        hour: if midnight { 0 } else { 12 },
        midnight,
        ..Clock::default()
    };
    let end = spoken(line, i + 1, &mut clock);
    Some(Read {
        clock,
        shape: Shape::Name,
        end,
    })
}

/// « 16:52 », « 16 h 30 », « 5 pm ».
fn in_figures(line: &Line, i: usize) -> Option<Read> {
    let t = line.at(i);
    let before = line.before(i, 1);
    let glued = !t.gap
        && before.word == Word::Punct
        && matches!(before.mark(), Some(',' | '.' | ':' | '/'));
    if glued && line.before(i, 2).word == Word::Figures {
        return None;
    }
    if t.len > 2 {
        let glued = !line.at(i + 1).gap || line.dash(i.wrapping_sub(1));
        return am_pm(line, i + 1).filter(|_| glued).and(compact(line, i));
    }
    let hour = u8::try_from(t.value()).ok()?;
    if line.punct(i + 1, '.') && !line.at(i + 1).gap {
        return with_dot(line, i, hour);
    }
    if line.punct(i + 1, ':') && !line.at(i + 1).gap {
        return with_colon(line, i, hour);
    }
    if hour_unit(line, i + 1) && hour <= 24 {
        return with_unit(line, i, hour);
    }
    // « 5 pm », « 5 p.m. »
    if am_pm(line, i + 1).is_some() && (1..=12).contains(&hour) {
        let clock = Clock::at(hour);
        return Some(Read {
            clock,
            shape: Shape::AmPm,
            end: i + 1,
        });
    }
    None
}

/// « 630 » and « 1115 » before « am » or « pm ».
pub(super) fn compact(line: &Line, i: usize) -> Option<Read> {
    let t = line.at(i);
    let (hour, minute) = (t.value() / 100, t.value() % 100);
    let fits = t.word == Word::Figures
        && (3..=4).contains(&t.len)
        && (1..=12).contains(&hour)
        && minute < 60;
    let clock = Clock {
        hour: hour as u8,
        minute: Some(minute as u8),
        ..Clock::default()
    };
    fits.then_some(Read {
        clock,
        shape: Shape::AmPm,
        end: i + 1,
    })
}

/// « 20.30 h », « 20.30 heures », « 6.13 AM », « 8:10 - 12.32 »: a full stop as
/// in Switzerland, where the hour is said beside it.
fn with_dot(line: &Line, i: usize, hour: u8) -> Option<Read> {
    let m = line.at(i + 2);
    if m.word != Word::Figures || m.gap || m.len != 2 || m.value() > 59 || hour > 23 {
        return None;
    }
    let mut end = i + 3;
    let mut shape = Shape::Colon;
    if hour_unit(line, end) {
        end += 1;
        shape = Shape::Letter;
    } else if am_pm(line, end).is_some() {
        if !(1..=12).contains(&hour) {
            return None;
        }
    } else {
        let range = line.dash(i.wrapping_sub(1))
            && (3..=4).any(|back| {
                i.checked_sub(back)
                    .filter(|s| line.is(*s, Word::Figures) && line.punct(s + 1, ':'))
                    .and_then(|s| in_figures(line, s))
                    .is_some_and(|r| r.end == i - 1)
            });
        if !range {
            return None;
        }
    }
    let clock = Clock {
        hour,
        minute: Some(m.value() as u8),
        ..Clock::default()
    };
    Some(Read { clock, shape, end })
}

/// « 16:52 », « 16:52:10 ».
fn with_colon(line: &Line, i: usize, hour: u8) -> Option<Read> {
    let m = line.at(i + 2);
    if m.word != Word::Figures || m.gap || m.len != 2 || m.value() > 59 || hour > 23 {
        return None;
    }
    let mut clock = Clock {
        hour,
        minute: Some(m.value() as u8),
        ..Clock::default()
    };
    let mut end = i + 3;
    if line.punct(end, ':')
        && !line.at(end).gap
        && line.is(end + 1, Word::Figures)
        && !line.at(end + 1).gap
    {
        let s = line.at(end + 1);
        if s.len != 2 || s.value() > 59 {
            return None;
        }
        clock.second = Some(s.value() as u8);
        end += 2;
    }
    if !line.at(end).gap && (line.punct(end, '/') || line.punct(end, ':')) {
        return None;
    }
    Some(Read {
        clock,
        shape: Shape::Colon,
        end,
    })
}

/// « 10 h. 15 »: the full stop at `i` abbreviates, and minutes follow that count
/// nothing (« à 10 h. 15 blessés sont arrivés »).
fn abbreviated(line: &Line, i: usize) -> bool {
    let after = line.at(i + 2);
    line.punct(i, '.')
        && !line.at(i).gap
        && line.at(i + 1).gap
        && line.is(i + 1, Word::Figures)
        && minutes(line, i + 1).is_some()
        && !counts_something(line, i + 2)
        && !matches!(
            after.word,
            Word::Unit | Word::Figures | Word::Month | Word::MonthAbbr
        )
}

/// « 16h », « 16 h 30 », « 10 h. 15 », « 16 heures et demie ».
fn with_unit(line: &Line, i: usize, hour: u8) -> Option<Read> {
    let letter = line.str(i + 1).len() == 1;
    let mut clock = Clock::at(hour);
    let mut end = i + 2;
    end += usize::from(letter && abbreviated(line, end));
    if let Some((m, e)) = minutes(line, end)
        && line.is(end, Word::Figures)
        && !line.any(e, &[Word::Month, Word::MonthAbbr])
        && (!line.is(e, Word::Unit)
            || matches!(line.at(e).unit(), Some(UnitNoun::Minute))
            || second_letter(line, e)
            || line.among(e, &sets::ZONE_NOUN))
        && !(letter && line.at(end).gap && line.punct(e, '%'))
    {
        clock.minute = Some(m);
        end = e;
        if line.is(end, Word::Unit) && line.at(end).unit() == Some(UnitNoun::Minute)
            || line.among(end, &sets::MINUTE_LETTER) && !line.at(end).gap
        {
            end += 1;
        }
        if line.is(end, Word::Figures)
            && line.at(end).len == 2
            && line.at(end).value() < 60
            && (!line.at(end).gap || second_letter(line, end + 1))
        {
            clock.second = Some(line.at(end).value() as u8);
            end += 1;
            if second_letter(line, end) {
                end += 1;
            }
        }
        // « 12h12:99 »
        if line.punct(end, ':') && !line.at(end).gap && line.is(end + 1, Word::Figures) {
            return None;
        }
    } else if line.is(end, Word::Figures) && !line.at(end).gap {
        // « 12h99 »
        return None;
    } else if !letter {
        end = spoken(line, end, &mut clock);
    } else {
        end = passed(line, end, &mut clock);
    }
    let shape = if letter { Shape::Letter } else { Shape::Word };
    Some(Read { clock, shape, end })
}

/// « trois heures et quart ».
fn in_words(line: &Line, i: usize) -> Option<Read> {
    let (n, j) = numerals::words(line, i)?;
    if n > 24 || !hour_unit(line, j) || line.str(j).len() < 5 {
        return None;
    }
    let mut clock = Clock::at(n as u8);
    let end = spoken(line, j + 1, &mut clock);
    Some(Read {
        clock,
        shape: Shape::Word,
        end,
    })
}

/// « pm », « p.m. »: the hours it adds.
pub(super) fn am_pm(line: &Line, i: usize) -> Option<(u8, usize)> {
    if line.is(i, Word::AmPm) {
        return Some((line.at(i).hours()?, i + 1));
    }
    let (hours, end) = match line.phrase(i, &sets::AFTER_NOON) {
        Some(end) => (12, end),
        None => (0, line.phrase(i, &sets::BEFORE_NOON)?),
    };
    Some((hours, end + usize::from(line.punct(end, '.'))))
}
