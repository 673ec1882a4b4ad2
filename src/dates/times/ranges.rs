//! Hours of a stretch that leave their unit to the other end, or to the day
//! they stand beside: « de 14 à 18 heures », « entre midi et deux », « 9h-12 »,
//! « samedi de 9 à 12 ».

use super::forms::{Read, Shape, am_pm, compact, read};
use crate::{
    dates::{
        expr::{Clock, Expr},
        hit::{Hit, rules},
        lexicon::{UnitNoun, Word},
        line::Line,
        numerals, part_names,
    },
    french::sets::dates::times as sets,
};

rules! {
    CLOCK_BORROWED_UNIT "clock_borrowed_unit" reads "an hour whose unit stands at the beginning of its stretch"
        at [Figures Numeral] by alone(borrowed_unit)
        yes [
            "Il a plu [mardi|2024-03-12] de [9 h|2024-03-12T09:00] à [12|2024-03-12T12:00].",
            "On fermera [vendredi|2024-03-15] entre [midi|2024-03-15T12:00] et [deux|2024-03-15T14:00].",
            "On fermera [vendredi|2024-03-15] entre [midi|2024-03-15T12:00] et [2|2024-03-15T14:00].",
            "Permanence [samedi|2024-03-16], [9h|2024-03-16T09:00]-[12|2024-03-16T12:00].",
            "Permanence [vendredi|2024-03-15], [9h|2024-03-15T09:00]-[12|2024-03-15T12:00] / [14h|2024-03-15T14:00]-[18|2024-03-15T18:00].",
        ]
        no ["Il hésite entre 2 et 5.", "Elle pèse de 5 à 7 tonnes."];
    CLOCK_NO_UNIT "clock_no_unit" reads "hours without a unit beside their day or alone on their line"
        at [Figures Numeral] by alone(no_unit)
        yes [
            "Permanence [samedi|2024-03-16] de [9|2024-03-16T09:00] à [12|2024-03-16T12:00] et de [14|2024-03-16T14:00] à [18|2024-03-16T18:00].",
            "Ouvert [tous les jours|P1D] de [9|T09:00] à [12|T12:00].",
            // On a line of its own.
            "De [5|2024-03-13T05:00] à [7|2024-03-13T07:00]",
        ]
        no [
            "Le nombre d'absents est passé [lundi|2024-03-11] de 5 à 7.",
            "De 5 à 7 personnes.",
            "Un gain de 5 à 7 points.",
            "Le taux a glissé [mardi|2024-03-12] de 9 à 8.",
            "Le taux d'absents a évolué [lundi|2024-03-11] de 5 à 7.",
            "De 5 à 7 %",
        ];
    CLOCK_SHARED_UNIT "clock_shared_unit" reads "an hour whose unit stands at the end of its stretch"
        at [Figures Numeral] by alone(shared_unit)
        yes [
            "La cantine sera fermée [lundi|2024-03-18] de [8|2024-03-18T08:00] à [11 heures|2024-03-18T11:00].",
            "La piscine est ouverte de [10|T10:00] à [19 heures|T19:00].",
            "Le don aura lieu le [16 mars|2024-03-16], de [neuf|2024-03-16T09:00] à [treize heures|2024-03-16T13:00].",
            "Deux visites [samedi|2024-03-16] à [10|2024-03-16T10:00] et [15 heures|2024-03-16T15:00].",
            "Ils ont joué [mardi|2024-03-12] entre [1|2024-03-12T01:00] et [4 heures du matin|2024-03-12T04:00].",
            "Le tunnel sera fermé [vendredi|2024-03-15] de [21|2024-03-15T21:00] à [6 heures|2024-03-16T06:00].",
            "Il a plu [mardi|2024-03-12] entre [8|2024-03-12T08:00] et [9 heures|2024-03-12T09:00].",
            "Permanence [vendredi|2024-03-15], [1|2024-03-15T13:00]-[3pm|2024-03-15T15:00]",
            "Permanence [vendredi|2024-03-15], [11|2024-03-15T11:00]-[1pm|2024-03-15T13:00]",
        ]
        no [
            "Le trajet dure entre 6 et [8 heures|PT8H].",
            "Une attente moyenne de [6 à 8 heures|PTXH|APPROX].",
            "Les chats dorment de [12 à 16 heures|PTXH|APPROX].",
            "Il faut de [5 à 6 heures|PTXH|APPROX] de route.",
            "Il a fallu de [2 à 3 heures|PTXH|APPROX].",
        ];
}

/// « de [14] à 18 heures », « [18]-22h », « [1]-3pm », « à [14] et 16 heures »:
/// the first hour borrows the unit.
pub(in crate::dates) fn shared_unit(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    let (from, end) = match t.word {
        Word::Figures if t.len <= 4 && (t.len > 2 || t.value() <= 24) => (t.value(), i + 1),
        Word::Numeral => {
            let (n, end) = bare_hour(line, i)?;
            (u32::from(n), end)
        }
        _ => return None,
    };
    let before = line.before(i, 1);
    let stretch = match before.word {
        Word::De => line.is(end, Word::A),
        Word::Entre => line.any(end, &[Word::A, Word::Et]),
        _ => false,
    };
    let list = before.word == Word::A && before.accent && line.any(end, &[Word::Et, Word::Ou]);
    let led = stretch || list;
    let dashed = line.dash(end) && !line.at(end).gap;
    if !(led || dashed && t.word == Word::Figures) {
        return None;
    }
    let figures = line.is(end + 1, Word::Figures) && t.word == Word::Figures;
    if !figures && t.word != Word::Numeral {
        return None;
    }
    let to = read(line, end + 1)?;
    if to.shape == Shape::AmPm {
        let mut clock = match compact(line, i) {
            Some(r) => r.clock,
            None => Clock::at(from as u8),
        };
        let add = am_pm(line, to.end)?.0;
        let last = to.clock.hour % 12 + add;
        clock.hour = clock.hour % 12 + add;
        // « 11-1pm » begins before noon.
        if clock.hour > last && add == 12 {
            clock.hour -= 12;
        }
        return Hit::new(i, end, &CLOCK_SHARED_UNIT, Expr::Clock(clock));
    }
    // « de 21 à 6 heures » goes on past midnight.
    let night = line.is(end, Word::A) && from >= 12;
    if t.word == Word::Figures && t.len > 2
        || !matches!(to.shape, Shape::Word | Shape::Letter)
        || u32::from(to.clock.hour) <= from && led && !night
    {
        return None;
    }
    let part = (1..=2).any(|by| part_names::part_word(line, to.end + by).is_some())
        && line.any(to.end, &[Word::Du, Word::De]);
    // « de 2 à 3 heures de route », « dure entre 6 et 8 heures » are lengths.
    if !part && line.any(to.end, &[Word::De, Word::D, Word::Par])
        || !part && !list && from < 5 && to.shape == Shape::Word
        || led && something_lasts(line, i - 1)
    {
        return None;
    }
    let clock = Clock::at((from % 24) as u8);
    Hit::new(i, end, &CLOCK_SHARED_UNIT, Expr::Clock(clock))
}

/// What stands before `at` has a length: « une attente moyenne », « ils dorment ».
fn something_lasts(line: &Line, at: usize) -> bool {
    (1..=3)
        .filter_map(|back| at.checked_sub(back))
        .take_while(|&j| line.any(j, &[Word::Other, Word::Unit, Word::Part]))
        .any(|j| {
            line.lasts(j)
                || line.among(j, &sets::LASTING)
                || sets::LASTING_VERBS.starts(line.str(j))
        })
}

/// An hour without its unit: « 12 », « deux ».
fn bare_hour(line: &Line, i: usize) -> Option<(u8, usize)> {
    let t = line.at(i);
    if !(t.word == Word::Figures && t.len <= 2 || t.word == Word::Numeral) {
        return None;
    }
    let (n, end) = numerals::cardinal(line, i)?;
    (1..=24).contains(&n).then_some((n as u8, end))
}

/// Nothing that could be counted follows at `i`.
fn closes(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    match t.word {
        Word::End
        | Word::Weekday
        | Word::Deictic
        | Word::Le
        | Word::La
        | Word::Les
        | Word::Ce
        | Word::Et
        | Word::Ou
        | Word::Pour
        | Word::Sur
        | Word::Dans
        | Word::En
        | Word::Du
        | Word::Au
        | Word::Aux
        | Word::Chaque
        | Word::Tous
        | Word::Qui => true,
        Word::Punct => {
            let glued = !t.gap && !line.at(i + 1).gap && line.is(i + 1, Word::Figures);
            !glued
                && !matches!(t.mark(), Some('%' | '€' | '$' | '£' | '°' | '+' | '\''))
                && (t.gap || !matches!(t.mark(), Some('/' | '-')))
        }
        _ => false,
    }
}

/// The time that ends before token `end`, and where it begins.
fn time_before(line: &Line, end: usize) -> Option<(usize, Read)> {
    (1..=5).find_map(|back| {
        let start = end.checked_sub(back)?;
        let mut r = read(line, start)?;
        if r.shape == Shape::AmPm {
            let (add, e) = am_pm(line, r.end)?;
            r.clock.hour = r.clock.hour % 12 + add;
            r.end = e;
        }
        (r.end == end).then_some((start, r))
    })
}

/// « de 9 h à [12] », « 11h-[13] », « entre midi et [deux] »: the second hour
/// borrows the unit.
pub(super) fn borrowed_unit(line: &Line, i: usize) -> Option<Hit> {
    let link = line.before(i, 1);
    let dash = line.dash(i.wrapping_sub(1)) && !line.at(i).gap;
    if !dash && !matches!(link.word, Word::A | Word::Et) {
        return None;
    }
    let (mut hour, end) = bare_hour(line, i)?;
    let (start, from) = time_before(line, i - 1)?;
    let name = from.shape == Shape::Name;
    let led = match link.word {
        Word::A => link.accent && (name || line.any_before(start, &[Word::De, Word::Des2])),
        Word::Et => line.any_before(start, &[Word::Entre]),
        _ => !name && !line.at(i - 1).gap && from.shape != Shape::Colon,
    };
    if !led || !(closes(line, end) || name && line.is(end, Word::Other)) {
        return None;
    }
    if from.shape == Shape::AmPm && from.clock.hour < 12 && hour <= from.clock.hour {
        hour += 12;
    }
    Hit::new(
        i,
        end,
        &CLOCK_BORROWED_UNIT,
        Expr::Clock(Clock::at(hour % 24)),
    )
}

/// « samedi de [9] à [12] », « De [5] à [7] » alone: hours that only their day,
/// or a line of their own, tells from counts.
fn no_unit(line: &Line, i: usize) -> Option<Hit> {
    let de = match line.before(i, 1).word {
        Word::De => i - 1,
        Word::A => (2..=3).find_map(|back| {
            let de = i.checked_sub(back + 1)?;
            line.is(de, Word::De).then_some(de)
        })?,
        _ => return None,
    };
    let (from, e) = bare_hour(line, de + 1)?;
    if !line.is(e, Word::A) || i != de + 1 && i != e + 1 {
        return None;
    }
    let (to, end) = bare_hour(line, e + 1)?;
    if from >= to || !closes(line, end) || !(beside_a_day(line, de) || line.alone(de, end)) {
        return None;
    }
    let (hour, hit_end) = if i == de + 1 { (from, e) } else { (to, end) };
    Hit::new(
        i,
        hit_end,
        &CLOCK_NO_UNIT,
        Expr::Clock(Clock::at(hour % 24)),
    )
}

/// A day, or hours of its, stand before « de ».
fn beside_a_day(line: &Line, de: usize) -> bool {
    // « le nombre d'absents est passé lundi de 5 à 7 »
    let changes = (1..=8).any(|back| {
        let t = line.before(de, back);
        t.word == Word::Other && sets::CHANGES.starts(&line.str(de - back).to_lowercase())
            || line.before(de, back).word == Word::Past
    });
    if changes {
        return false;
    }
    let mut j = de;
    loop {
        let p = line.before(j, 1);
        let at = match p.word {
            Word::Punct if matches!(p.mark(), Some(',' | ':' | '(')) => j - 1,
            Word::Et => j - 1,
            _ => j,
        };
        let p = line.before(at, 1);
        match p.word {
            Word::Weekday | Word::Deictic | Word::TextDay | Word::Part => return true,
            // « tous les jours de 9 à 12 »
            Word::Unit if p.unit() == Some(UnitNoun::Day) => {
                return matches!(line.before(at, 2).word, Word::Les | Word::Chaque);
            }
            Word::Month => return line.before(at, 2).word == Word::Figures,
            // « de 9 à 12 et de 14 à 18 »
            Word::Figures if at < j => {
                let a = line.before(at, 2).word == Word::A;
                let de = line.before(at, 4).word == Word::De;
                if !(a && de) {
                    return false;
                }
                j = at - 4;
            }
            _ => return false,
        }
    }
}
