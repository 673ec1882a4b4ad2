//! Hours of a stretch that leave their unit to the other end, or to the day
//! they stand beside: « de 14 à 18 heures », « entre midi et deux », « 9h-12 »,
//! « samedi de 9 à 12 ».

use super::forms::{Read, Shape, am_pm, compact, read};
use crate::dates::{
    expr::{Clock, Expr},
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals,
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
            "De 5 à 7 %",
        ];
    CLOCK_SHARED_UNIT "clock_shared_unit" reads "an hour whose unit stands at the end of its stretch"
        at [Figures] by alone(shared_unit)
        yes [
            "Il a plu [mardi|2024-03-12] entre [8|2024-03-12T08:00] et [9 heures|2024-03-12T09:00].",
            "Permanence [vendredi|2024-03-15], [1|2024-03-15T13:00]-[3pm|2024-03-15T15:00]",
            "Permanence [vendredi|2024-03-15], [11|2024-03-15T11:00]-[1pm|2024-03-15T13:00]",
        ]
        no ["Le trajet dure entre 6 et [8 heures|PT8H]."];
}

/// « de [14] à 18 heures », « [18]-22h », « [1]-3pm »: the first hour borrows
/// the unit.
pub(super) fn shared_unit(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    if t.word != Word::Figures || t.len > 4 || t.len <= 2 && t.value() > 24 {
        return None;
    }
    let led = line.any_before(i, &[Word::De, Word::Entre]);
    let link =
        led && line.any(i + 1, &[Word::A, Word::Et]) || line.dash(i + 1) && !line.at(i + 1).gap;
    if !link || !line.is(i + 2, Word::Figures) {
        return None;
    }
    let to = read(line, i + 2)?;
    if to.shape == Shape::AmPm {
        let mut clock = match compact(line, i) {
            Some(r) => r.clock,
            None => Clock::at(t.value() as u8),
        };
        let add = am_pm(line, to.end)?.0;
        let end = to.clock.hour % 12 + add;
        clock.hour = clock.hour % 12 + add;
        // « 11-1pm » begins before noon.
        if clock.hour > end && add == 12 {
            clock.hour -= 12;
        }
        return Hit::new(i, i + 1, &CLOCK_SHARED_UNIT, Expr::Clock(clock));
    }
    if t.len > 2
        || !matches!(to.shape, Shape::Word | Shape::Letter)
        || to.clock.hour <= t.value() as u8 && led
    {
        return None;
    }
    // « de 2 à 3 heures de route », « dure entre 6 et 8 heures » are lengths.
    if line.any(to.end, &[Word::De, Word::D, Word::Par])
        || t.value() < 5 && to.shape == Shape::Word
        || led && line.lasts(i.wrapping_sub(2))
    {
        return None;
    }
    let clock = Clock::at(t.value() as u8);
    Hit::new(i, i + 1, &CLOCK_SHARED_UNIT, Expr::Clock(clock))
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
    const CHANGES: [&str; 19] = [
        "pass", "mont", "gliss", "grimp", "tomb", "recul", "augment", "baiss", "bond", "progress",
        "relev", "abaiss", "redui", "port", "chut", "evolu", "oscill", "vari", "rédui",
    ];
    // « le nombre d'absents est passé lundi de 5 à 7 »
    let changes = (1..=8).any(|back| {
        let t = line.before(de, back);
        t.word == Word::Other && {
            let s = line.str(de - back).to_lowercase();
            CHANGES.iter().any(|c| s.starts_with(c))
        } || line.before(de, back).word == Word::Past
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
