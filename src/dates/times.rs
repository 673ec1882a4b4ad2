//! Times of day: « 16 h 30 », « 16:52 UTC », « 8 heures du matin », « midi et
//! demi », « vers 20 heures ».

use super::{
    expr::{Clock, Expr, Hit},
    lexicon::{Word, part, unit},
    numerals, parts,
    token::Line,
};

/// How an hour is written, which decides whether it can be a length.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
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

struct Read {
    clock: Clock,
    shape: Shape,
    end: usize,
}

fn hour_unit(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    t.word == Word::Unit && t.n == unit::HOUR && line.str(i) != "hrs"
}

fn minutes(line: &Line, i: usize) -> Option<(u8, usize)> {
    let t = line.at(i);
    if t.word == Word::Figures {
        return (t.len == 2 && t.n < 60 && numerals::figures(line, i).is_some())
            .then_some((t.n as u8, i + 1));
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
            && line.at(end).n == unit::MINUTE
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
            return end;
        }
        return i;
    }
    if line.at(i).n == 3 && line.is(i, Word::Numeral) && line.is(i + 1, Word::Quarter) {
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

fn read(line: &Line, i: usize) -> Option<Read> {
    let t = line.at(i);
    let before = line.before(i, 1);
    if t.word == Word::Part && matches!(t.n, part::NOON | part::MIDNIGHT) {
        // « après-midi », « avant-midi »
        if line.dash(i.wrapping_sub(1)) {
            return None;
        }
        let midnight = t.n == part::MIDNIGHT;
        let mut clock = Clock {
            hour: if midnight { 0 } else { 12 },
            midnight,
            ..Clock::default()
        };
        let end = spoken(line, i + 1, &mut clock);
        return Some(Read {
            clock,
            shape: Shape::Name,
            end,
        });
    }
    if t.word == Word::Figures {
        let glued = !t.gap
            && before.word == Word::Punct
            && matches!(char::from_u32(before.n), Some(',' | '.' | ':' | '/'));
        if t.len > 2 || glued && line.before(i, 2).word == Word::Figures {
            return None;
        }
        let hour = u8::try_from(t.n).ok()?;
        // 16:52(:10)
        if line.punct(i + 1, ':') && !line.at(i + 1).gap {
            let m = line.at(i + 2);
            if m.word != Word::Figures || m.gap || m.len != 2 || m.n > 59 || hour > 23 {
                return None;
            }
            let mut clock = Clock {
                hour,
                minute: Some(m.n as u8),
                ..Clock::default()
            };
            let mut end = i + 3;
            if line.punct(end, ':')
                && !line.at(end).gap
                && line.is(end + 1, Word::Figures)
                && !line.at(end + 1).gap
            {
                let s = line.at(end + 1);
                if s.len != 2 || s.n > 59 {
                    return None;
                }
                clock.second = Some(s.n as u8);
                end += 2;
            }
            if !line.at(end).gap
                && line.is(end, Word::Punct)
                && (line.punct(end, '/') || line.punct(end, ':'))
            {
                return None;
            }
            return Some(Read {
                clock,
                shape: Shape::Colon,
                end,
            });
        }
        if hour_unit(line, i + 1) && hour <= 24 {
            let letter = line.str(i + 1).len() == 1;
            let mut clock = Clock {
                hour,
                ..Clock::default()
            };
            let mut end = i + 2;
            if let Some((m, e)) = minutes(line, end)
                && line.is(end, Word::Figures)
                && !line.any(e, &[Word::Month, Word::MonthAbbr])
                && (!line.is(e, Word::Unit)
                    || matches!(line.at(e).n, unit::MINUTE)
                    || line.str(e) == "s"
                    || line.str(e) == "heure")
                && !(letter && line.at(end).gap && line.punct(e, '%'))
            {
                clock.minute = Some(m);
                end = e;
                if line.is(end, Word::Unit) && line.at(end).n == unit::MINUTE
                    || line.folded(end, "m") && !line.at(end).gap
                {
                    end += 1;
                }
                if line.is(end, Word::Figures)
                    && line.at(end).len == 2
                    && line.at(end).n < 60
                    && (!line.at(end).gap || line.str(end + 1) == "s")
                {
                    clock.second = Some(line.at(end).n as u8);
                    end += 1;
                    if line.str(end) == "s" {
                        end += 1;
                    }
                }
            } else if line.is(end, Word::Figures) && !line.at(end).gap {
                // « 12h99 »
                return None;
            } else if !letter {
                end = spoken(line, end, &mut clock);
            }
            let shape = if letter { Shape::Letter } else { Shape::Word };
            return Some(Read { clock, shape, end });
        }
        // « 5 pm », « 5 p.m. »
        if am_pm(line, i + 1).is_some() && (1..=12).contains(&hour) {
            let clock = Clock {
                hour,
                ..Clock::default()
            };
            return Some(Read {
                clock,
                shape: Shape::AmPm,
                end: i + 1,
            });
        }
        return None;
    }
    if matches!(t.word, Word::Numeral | Word::Un) {
        let (n, j) = numerals::words(line, i)?;
        if n > 24 || !hour_unit(line, j) || line.str(j).len() < 5 {
            return None;
        }
        let mut clock = Clock {
            hour: n as u8,
            ..Clock::default()
        };
        let end = spoken(line, j + 1, &mut clock);
        return Some(Read {
            clock,
            shape: Shape::Word,
            end,
        });
    }
    None
}

fn am_pm(line: &Line, i: usize) -> Option<(u8, usize)> {
    if line.is(i, Word::AmPm) {
        return Some((line.at(i).n as u8, i + 1));
    }
    let pm = line.folded(i, "p");
    if (pm || line.folded(i, "a"))
        && line.punct(i + 1, '.')
        && line.folded(i + 2, "m")
        && !line.at(i + 1).gap
    {
        let end = if line.punct(i + 3, '.') { i + 4 } else { i + 3 };
        return Some((if pm { 12 } else { 0 }, end));
    }
    None
}

/// A time of day at `i`.
pub(super) fn clock(line: &Line, i: usize) -> Option<Hit> {
    let Read {
        mut clock,
        shape,
        mut end,
    } = read(line, i)?;
    let mut said = matches!(shape, Shape::Colon | Shape::AmPm);
    if let Some((add, e)) = am_pm(line, end)
        && clock.hour <= 12
    {
        clock.hour = clock.hour % 12 + add;
        end = e;
        said = true;
    }
    // « onze heures trois quarts », « six heures moins dix » are no lengths.
    said |= line.is(end - 1, Word::Quarter) && line.is(end - 2, Word::Numeral)
        || (i..end).any(|k| line.is(k, Word::Moins));
    // « du matin », « de l'après-midi », « du soir », « dans la soirée »
    if line.any(end, &[Word::Du, Word::De, Word::Dans]) && clock.hour <= 12 && shape != Shape::Colon
    {
        let mut j = end + 1;
        if line.any(j, &[Word::L, Word::La]) {
            j += 1;
        }
        if let Some((p, e)) = parts::part_word(line, j) {
            use super::civil::DayPart as P;
            let pm = matches!(p, P::Afternoon | P::Evening);
            if !matches!(p, P::Daytime | P::Noon) {
                if pm && clock.hour < 12 {
                    clock.hour += 12;
                } else if p == P::Morning && clock.hour == 12 {
                    clock.hour = 0;
                }
                end = e;
                said = true;
            }
        }
    }
    // « 15 heures précises » is a time, but « précises » stays outside.
    said |= line.is(end, Word::Pile);
    if clock.hour == 24 {
        if clock.minute.unwrap_or(0) != 0 {
            return None;
        }
        clock.midnight = true;
        clock.hour = 0;
    }
    // « UTC », « GMT », « CET »
    let zone = line.at(end);
    if zone.word == Word::Zone || line.str(end) == "CET" {
        clock.zone = Some(if zone.word == Word::Zone {
            zone.n as i16
        } else {
            60
        });
        end += 1;
        said = true;
        let sign = line.punct(end, '+') || line.punct(end, '-');
        if sign && !line.at(end).gap && line.is(end + 1, Word::Figures) {
            let h = line.at(end + 1).n as i16 * 60;
            clock.zone = Some(if line.punct(end, '-') { -h } else { h });
            end += 2;
        }
    }
    if !said && !stands_as_time(line, i, end, shape, &clock) {
        return None;
    }
    // A score or a ratio: « 3:1 » fails on two figures; « (15:9) » remains.
    Hit::new(i, end, "clock", Expr::Clock(clock))
}

/// An hour without « du matin » and the like: is it a time or a length?
fn stands_as_time(line: &Line, i: usize, end: usize, shape: Shape, clock: &Clock) -> bool {
    let (before, two) = (line.before(i, 1), line.before(i, 2));
    let range_after = line.any(end, &[Word::A, Word::Jusqu])
        && (read(line, end + 1).is_some() || read(line, end + 2).is_some())
        || line.dash(end) && read(line, end + 1).is_some();
    if shape == Shape::Name {
        // « le midi » habitual, « Midi libre », « du Midi »
        let t = line.at(i);
        if t.cap && !super::absolute::sentence_start(line, i)
            || line.at(i + 1).cap && line.is(i + 1, Word::Other) && t.cap
        {
            return false;
        }
        return !matches!(
            before.word,
            Word::Le | Word::Du | Word::Un | Word::Chaque | Word::Tous
        ) || clock.minute.is_some();
    }
    if shape == Shape::Letter
        && line.at(i + 1).cap
        && line.is(i + 2, Word::Figures)
        && clock.minute.is_none()
    {
        return false;
    }
    let of_follows = line.any(end, &[Word::De, Word::D]);
    // « 24 h sur 24 », « 7 heures par jour »
    if line.is(end, Word::Sur) && line.is(end + 1, Word::Figures)
        || line.is(end, Word::Par) && line.is(end + 1, Word::Unit)
        || line.punct(end, '/')
    {
        return false;
    }
    match before.word {
        Word::Pendant
        | Word::Durant
        | Word::En
        | Word::Sous
        | Word::Les
        | Word::Ces
        | Word::Toutes
        | Word::Dans
        | Word::Plus
        | Word::Moins
        | Word::Par
        | Word::Des => false,
        // « le 20 heures » is a programme.
        Word::Le => false,
        Word::De | Word::D | Word::Du => {
            if range_after {
                return true;
            }
            if matches!(two.word, Word::Plus | Word::Moins | Word::Pres) {
                return false;
            }
            matches!(
                two.word,
                Word::Partir | Word::Compter | Word::Alentours | Word::Autour
            ) || shape == Shape::Letter
                && before.word == Word::De
                && (two.word == Word::Other
                    && two.n == 0
                    && clock.minute.is_some()
                    && is_event(line, i.wrapping_sub(2)))
        }
        Word::A | Word::Au => {
            before.accent && !(of_follows && shape == Shape::Word)
                || !before.accent && before.word == Word::A && line.str(i - 1) == "A"
                || before.word == Word::A && range_before(line, i)
        }
        Word::Vers | Word::Jusqu | Word::Entre | Word::Avant | Word::Des2 => true,
        Word::Apres => !of_follows && (shape == Shape::Letter || line.is(i, Word::Figures)),
        Word::Depuis => line.is(i, Word::Figures) && !of_follows,
        Word::Environ => matches!(two.word, Word::A | Word::Vers) && !of_follows,
        Word::Et | Word::Ou => {
            range_before(line, i) || shape == Shape::Letter && clock.minute.is_some()
        }
        _ => {
            if line.folded(i.wrapping_sub(1), "des") && before.accent {
                return true;
            }
            match shape {
                Shape::Letter => !of_follows || clock.minute.is_some() && range_after,
                Shape::Word => {
                    // « 20 heures, lundi », « 14 heures. Le juge entre. »
                    let heads = before.word == Word::End
                        || line.stops(i.wrapping_sub(1)) && before.word == Word::Punct
                        || before.word == Word::Punct
                            && matches!(char::from_u32(before.n), Some('–' | '—' | '•'));
                    let closes = line.is(end, Word::Punct) && !line.dash(end);
                    if heads && closes && line.is(i, Word::Figures) && clock.hour > 4 {
                        return true;
                    }
                    let dated = before.word == Word::Punct
                        && matches!(
                            line.before(i, 2).word,
                            Word::Month
                                | Word::Weekday
                                | Word::Figures
                                | Word::Deictic
                                | Word::Part
                                | Word::TextDay
                        )
                        || matches!(
                            before.word,
                            Word::Month | Word::Weekday | Word::Deictic | Word::Part
                        );
                    (line.is(i, Word::Figures) || clock.minute.is_some())
                        && (dated || range_after)
                        && !of_follows
                        || clock.minute.is_some() && line.is(i, Word::Figures) && !of_follows
                        || range_before(line, i)
                }
                _ => true,
            }
        }
    }
}

fn is_event(line: &Line, i: usize) -> bool {
    [
        "train", "vol", "seance", "bus", "edition", "journal", "messe", "match", "point", "car",
        "tgv",
    ]
    .iter()
    .any(|w| line.folded(i, w))
}

/// The tokens before `i` end in a clock and a link: « de 8 h à … ».
fn range_before(line: &Line, i: usize) -> bool {
    if !line.any_before(i, &[Word::A, Word::Et, Word::Ou]) && !line.dash(i.wrapping_sub(1)) {
        return false;
    }
    let end = i - 1;
    (2..=5).any(|back| {
        end.checked_sub(back - 1)
            .and_then(|s| read(line, s))
            .is_some_and(|r| r.end == end)
    })
}

/// « de [14] à 18 heures », « [18]-22h »: the first hour borrows the unit.
pub(super) fn shared_unit(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    if t.word != Word::Figures || t.len > 2 || t.n > 24 {
        return None;
    }
    let led = line.any_before(i, &[Word::De, Word::Entre]);
    let link =
        led && line.any(i + 1, &[Word::A, Word::Et]) || line.dash(i + 1) && !line.at(i + 1).gap;
    if !link || !line.is(i + 2, Word::Figures) {
        return None;
    }
    let to = read(line, i + 2)?;
    if !matches!(to.shape, Shape::Word | Shape::Letter) || to.clock.hour <= t.n as u8 && led {
        return None;
    }
    // « de 2 à 3 heures de route » is a length.
    if line.any(to.end, &[Word::De, Word::D, Word::Par]) || t.n < 5 && to.shape == Shape::Word {
        return None;
    }
    let clock = Clock {
        hour: t.n as u8,
        ..Clock::default()
    };
    Hit::new(i, i + 1, "clock_shared_unit", Expr::Clock(clock))
}

#[cfg(test)]
mod tests {
    use super::super::cases::*;

    #[test]
    fn times_of_day() {
        check(&[
            "La séance ouvrira [mardi|2024-03-19] à [16 h 30|2024-03-19T16:30].",
            "Il a parlé [mardi|2024-03-12] à [20h|2024-03-12T20:00].",
            "Posté à [16:52 UTC|2024-03-13T16:52].",
            "Il est rentré [lundi|2024-03-11] vers [8 heures du matin|2024-03-11T08:00|APPROX].",
            "Ils ont voté [mardi|2024-03-12] à [midi|2024-03-12T12:00].",
            "Ils ont voté [mardi|2024-03-12] à [midi et demi|2024-03-12T12:30].",
            "Il est mort [mardi|2024-03-12] à [minuit|2024-03-12T24:00].",
            "Elle a ri [hier|2024-03-12] à [trois heures et quart|2024-03-12T03:15].",
            "Il a couru [mardi|2024-03-12] de [14 h|2024-03-12T14:00] à [18 h|2024-03-12T18:00].",
            "Le [12 mai 2020|2020-05-12] à [9 heures du soir|2020-05-12T21:00], il part.",
        ]);
    }

    #[test]
    fn no_times() {
        check(&[
            "Il regarde le 20 heures.",
            "Le score de 3:1 étonne.",
            "Le Midi libre titre.",
            "À l'heure actuelle, rien.",
        ]);
    }
}
