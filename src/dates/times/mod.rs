//! Times of day: « 16 h 30 », « 16:52 UTC », « 8 heures du matin », « midi et
//! demi », « vers 20 heures ».
//!
//! `forms` reads hours, minutes and seconds as they are written; an hour that
//! nothing marks as a time may be a length, which `guards` tells apart.

mod forms;
mod guards;

use self::{
    forms::{Read, Shape, am_pm, read},
    guards::stands_as_time,
};
use super::{
    civil::DayPart,
    expr::{Clock, Expr, Hit},
    lexicon::Word,
    parts,
    token::Line,
};

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
            let pm = matches!(p, DayPart::Afternoon | DayPart::Evening);
            if !matches!(p, DayPart::Daytime | DayPart::Noon) {
                if pm && clock.hour < 12 {
                    clock.hour += 12;
                } else if p == DayPart::Morning && clock.hour == 12 {
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
    let clock = Clock::at(t.n as u8);
    Hit::new(i, i + 1, "clock_shared_unit", Expr::Clock(clock))
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn times_of_day() {
        check(&[
            "La séance ouvrira [mardi|2024-03-19] à [16 h 30|2024-03-19T16:30].",
            "Il a parlé [mardi|2024-03-12] à [20h|2024-03-12T20:00].",
            "Posté à [16:52 UTC|2024-03-13T16:52].",
            "Il est rentré [lundi|2024-03-11] vers [8 heures du matin|2024-03-11T08:00|APPROX].",
            "Ils ont voté [mardi|2024-03-12] à [midi|2024-03-12T12:00].",
            "Ils ont voté [mardi|2024-03-12] à [midi et demi|2024-03-12T12:30].",
            "Il est mort [mardi|2024-03-12] à [minuit|2024-03-13T00:00].",
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
