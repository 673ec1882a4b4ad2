//! An hour without « du matin » and the like is a time only where its
//! surroundings say so: « à 20 heures », « de 14 h à 18 h », « 20 h, salle des
//! fêtes », but « en 20 heures », « 7 heures par jour », « le 20 heures ».

use super::{
    forms::{Shape, read},
    ranges::{borrowed_unit, shared_unit},
};
use crate::{
    dates::{expr::Clock, lexicon::Word, line::Line, part_names},
    french::{lexicon::tense::verbs, sets::dates::times as sets, types::VerbClass},
};

/// An hour without « du matin » and the like: is it a time or a length?
pub(super) fn stands_as_time(
    line: &Line,
    i: usize,
    end: usize,
    shape: Shape,
    clock: &Clock,
) -> bool {
    let (before, two) = (line.before(i, 1), line.before(i, 2));
    let range_after = line.any(end, &[Word::A, Word::Jusqu])
        && (read(line, end + 1).is_some() || read(line, end + 2).is_some())
        || line.dash(end) && read(line, end + 1).is_some()
        || borrowed_unit(line, end + 1).is_some();
    if shape == Shape::Name {
        // « un volant marqué à midi »: a place on a dial.
        if before.word == Word::A && line.among(i.wrapping_sub(2), &sets::DIAL_MARKS) {
            return false;
        }
        // « le midi » habitual, « Midi libre », « du Midi »
        let t = line.at(i);
        if t.cap && !line.opens_sentence(i)
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
    if it_is(line, i) {
        return !of_follows;
    }
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
        // « 30 mm sur 24 h », but « avancé sur 16 h 30 »
        Word::Sur if clock.minute.is_none() => false,
        // « le 20 heures » is a programme.
        Word::Le => false,
        Word::De | Word::D | Word::Du => {
            if range_after {
                return true;
            }
            if matches!(two.word, Word::Plus | Word::Moins | Word::Pres) {
                return false;
            }
            let named = i.wrapping_sub(2);
            let the = line.any_before(named, &[Word::Le, Word::La, Word::L, Word::Du, Word::Au]);
            matches!(
                two.word,
                Word::Partir | Word::Compter | Word::Alentours | Word::Autour
            ) || line.among(named, &sets::STROKES) && line.any_before(named, &[Word::Le, Word::Les])
                || before.word == Word::De
                    && two.word == Word::Other
                    && (shape == Shape::Letter
                        && clock.minute.is_some()
                        && line.among(named, &sets::HOURLY_EVENTS)
                        || clock.hour > 4
                            && (line.among(named, &sets::BROADCASTS)
                                || the && line.among(named, &sets::HOURLY_EVENTS)))
        }
        // « à deux heures au nord de la ville » is how far it is.
        Word::A if shape == Shape::Word && clock.hour <= FAR && compass(line, end) => false,
        Word::A | Word::Au => {
            before.accent && !(of_follows && shape == Shape::Word)
                || !before.accent && before.word == Word::A && line.str(i - 1) == "A"
                || before.word == Word::A && range_before(line, i)
        }
        Word::Vers | Word::Jusqu | Word::Entre | Word::Avant | Word::Des2 => true,
        // « passé 8 heures », but « il a passé 8 heures à lire »
        Word::Past => {
            let ruled = (2..=3).any(|back| {
                i.checked_sub(back)
                    .and_then(|j| verbs::find(line.bare(j)))
                    .is_some_and(|v| v.class == VerbClass::Avoir)
            });
            !ruled && !of_follows
        }
        Word::Apres => !of_follows && (shape == Shape::Letter || line.is(i, Word::Figures)),
        Word::Depuis => line.is(i, Word::Figures) && !of_follows,
        Word::Environ => matches!(two.word, Word::A | Word::Vers) && !of_follows,
        Word::Et | Word::Ou => {
            range_before(line, i)
                || lends(line, i)
                || shape == Shape::Letter && clock.minute.is_some()
        }
        _ => {
            if line.lasts(i.wrapping_sub(1)) {
                return false;
            }
            match shape {
                Shape::Letter => !of_follows || clock.minute.is_some() && range_after,
                Shape::Word => {
                    // « 20 heures, lundi », « 14 heures. Le juge entre. »
                    let heads = before.word == Word::End
                        || line.stops(i.wrapping_sub(1)) && before.word == Word::Punct
                        || before.word == Word::Punct
                            && matches!(before.mark(), Some('–' | '—' | '•'));
                    let closes = line.is(end, Word::Punct) && !line.dash(end);
                    if heads && closes && line.is(i, Word::Figures) && clock.hour > 4 {
                        return true;
                    }
                    // « 8 heures ce soir »
                    if line.any(end, &[Word::Ce, Word::Cet])
                        && part_names::part_word(line, end + 1).is_some()
                    {
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

/// More hours than that to a place are hardly said with a compass: « à sept heures au sud
/// de la ville » is rather when.
const FAR: u8 = 4;

/// « au nord de », « à l'est du ».
fn compass(line: &Line, i: usize) -> bool {
    let j = match line.word(i) {
        Word::Au => i + 1,
        Word::A if line.is(i + 1, Word::L) => i + 2,
        _ => return false,
    };
    let Some(end) = line.phrase(j, &sets::COMPASS) else {
        return false;
    };
    line.any(end, &[Word::De, Word::D, Word::Du, Word::Des])
}

/// « il est 14 heures », « il était alors environ 3 heures ».
fn it_is(line: &Line, i: usize) -> bool {
    let mut j = i;
    loop {
        if j > 0 && line.among(j - 1, &sets::BEFORE_THE_HOUR) {
            j -= 1;
        } else if j > 1 && line.phrase(j - 2, &sets::BEFORE_THE_HOUR) == Some(j) {
            j -= 2;
        } else {
            break;
        }
    }
    // « Il doit être 14 heures »
    j > 0
        && line.among(j - 1, &sets::IT_IS)
        && (line.any_before(j - 1, &[Word::Il]) || line.before(j, 3).word == Word::Il)
}

/// A number before « et » or « ou » takes its unit from the hour at `i`.
fn lends(line: &Line, i: usize) -> bool {
    (2..=4).any(|back| {
        i.checked_sub(back)
            .and_then(|s| shared_unit(line, s))
            .is_some_and(|hit| hit.end + 1 == i)
    })
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
