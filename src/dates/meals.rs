//! Meals as times of day: « mardi pendant le déjeuner », « à l'heure du dîner ».
//!
//! A meal is mostly an event, so it is a time only beside its day, or on a line
//! of its own (an agenda); « un déjeuner avec le ministre » never is.

use super::{
    civil::DayPart,
    expr::Cal,
    hit::{Hit, rules},
    lexicon::{Meal, UnitNoun, Word},
    line::Line,
};
use crate::french::sets::dates as sets;

rules! {
    MEAL "meal" reads "a meal alone on its line"
        at [Meal Petit Unit] by alone(alone)
        yes [
            "pendant le [déjeuner|2024-03-13TMI]",
            "à l'[heure du souper|2024-03-13TEV]",
        ]
        no [
            "Il a offert un déjeuner à la presse.",
            "Le menu servi au déjeuner vaut 20.",
            "Un dîner de gala suivra.",
            "Ils l'ont invité à dîner [mardi|2024-03-12].",
            "Petit déjeuner compris.",
            "À l'heure du déjeuner, on ferme.",
        ];
}

/// « petit-déjeuner », « déjeuner », « dîner » at `i`.
fn meal(line: &Line, i: usize) -> Option<(DayPart, usize)> {
    if line.is(i, Word::Petit) {
        let j = line.skip_hyphen(i + 1);
        let lunch = line.at(j).meal() == Some(Meal::Lunch);
        return lunch.then_some((DayPart::Breakfast, j + 1));
    }
    let t = line.at(i);
    (t.word == Word::Meal).then_some((
        if t.meal() == Some(Meal::Lunch) {
            DayPart::Noon
        } else {
            DayPart::Dinner
        },
        i + 1,
    ))
}

/// « pendant le déjeuner », « au dîner », « à l'heure du souper », « au moment
/// de déjeuner » at `i`: the part of the day, where its own words begin, and
/// its end.
fn led(line: &Line, i: usize) -> Option<(DayPart, usize, usize)> {
    let (start, j) = match line.word(i) {
        Word::Pendant | Word::Durant if line.is(i + 1, Word::Le) => (i + 2, i + 2),
        Word::Au if line.among(i + 1, &sets::MOMENTS) && line.any(i + 2, &[Word::De, Word::Du]) => {
            (i + 3, i + 3)
        }
        Word::Au => (i + 1, i + 1),
        Word::A if line.is(i + 1, Word::L) && line.any(i + 3, &[Word::De, Word::Du]) => {
            let hour = line.is(i + 2, Word::Unit) && line.at(i + 2).unit() == Some(UnitNoun::Hour);
            hour.then_some((i + 2, i + 4))?
        }
        _ => return None,
    };
    let (part, end) = meal(line, j)?;
    Some((part, start, end))
}

/// « [mardi] pendant le déjeuner ».
pub(super) fn after_day(line: &Line, i: usize) -> Option<(DayPart, usize)> {
    led(line, i).map(|(part, _, end)| (part, end))
}

/// A meal that stands alone on its line.
fn alone(line: &Line, i: usize) -> Option<Hit> {
    (1..=4).find_map(|back| {
        let (part, start, end) = led(line, i.checked_sub(back)?)?;
        let hit = || Hit::cal(i, end, &MEAL, Cal::Part { day: None, part });
        (start == i && line.alone(start, end)).then(hit)?
    })
}
