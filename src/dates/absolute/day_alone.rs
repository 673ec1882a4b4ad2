//! A day without its month: « le 15 », « le 15 du mois », « lundi 15 ».
//!
//! Behind a weekday almost any number is a day; behind an article only one that
//! ends its phrase, for « le 15 » counts and ranks as well.

use crate::dates::{
    expr::{Base, Cal, Dir, Unit},
    fields::{Lead, counts_something, day_number},
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
    unit_words::shifted,
};
use crate::french::sets::dates as sets;

rules! {
    DAY_ALONE "day_alone" reads "a day without month or weekday, where it ends its phrase"
        at [Figures Numeral Weekday WeekdayAbbr Ce] by place(bare_day) rank BARE
        yes [
            "Ouvert le [15|2024-03-15].",
            "Il a plu entre le [4|2024-03-04] et le [neuf|2024-03-09].",
        ]
        no [
            "Il hésite entre le 13 et le vert.",
            "Le quinze de France a gagné.",
            "Il a le 5 en tête.",
            "Il attendait devant le 10, rue du Port.",
        ];
    WEEKDAY_DAY "weekday_day" reads "a weekday and a day"
        by of(&DAY_ALONE)
        yes ["Il viendra [lundi 18|2024-03-18]."]
        no ["Il courra [dimanche|2024-03-17] [30 minutes|PT30M]."];
    DAY_OF_MONTH "day_of_month" reads "a day of the month at hand, the last or the next"
        by of(&DAY_ALONE)
        yes [
            "Il viendra le [5 du mois prochain|2024-04-05].",
            "Il est venu le [28 du mois dernier|2024-02-28].",
            "Payé le [2 courant|2024-03-02].",
            "Payé le [2 de ce mois|2024-03-02].",
        ]
        no ["Il a le 5 en tête."];
}

/// « le 15 », « le 15 du mois », « lundi 15 »: a day without a month.
fn bare_day(line: &Line, i: usize) -> Option<Hit> {
    // In words only behind « le »: « au quinze », « du deux » are scores.
    if line.is(i, Word::Numeral) && !line.any_before(i, &[Word::Le]) {
        return None;
    }
    let Lead {
        weekday,
        dir,
        loose,
        end: j,
    } = Lead::read(line, i);
    // « les lundis 12 » wait for their month.
    if loose || line.at(i).plural() && line.is(i, Word::Weekday) {
        return None;
    }
    let (day, end) = day_number(line, j)?;
    if day > 31 || line.at(j).word == Word::Ordinal {
        return None;
    }
    let t = line.at(end);
    let cal = Cal::Day {
        weekday,
        day,
        month: None,
        year: None,
        dir,
    };
    if weekday.is_some() {
        // « dimanche 30 minutes », « samedi 20 h 30 », « lundi 12 % »
        let no = matches!(
            t.word,
            Word::Unit
                | Word::Figures
                | Word::Month
                | Word::MonthAbbr
                | Word::Million
                | Word::Numeral
                | Word::AmPm
                | Word::Blocked
        ) || t.word == Word::Punct
            && (matches!(t.mark(), Some('%' | '€' | '$' | ':' | '/')) && !t.gap
                || matches!(t.mark(), Some('%' | '€' | '$'))
                || ",.-".contains(t.mark().unwrap_or(' '))
                    && !t.gap
                    && line.is(end + 1, Word::Figures)
                    && !line.at(end + 1).gap)
            || t.word == Word::Other && counts_something(line, end);
        return if no {
            None
        } else {
            Hit::cal(i, end, &WEEKDAY_DAY, cal)
        };
    }
    let before = line.before(i, 1);
    if !matches!(before.word, Word::Le | Word::Au | Word::Du) && dir != Dir::This {
        return None;
    }
    if let Some((of, end)) = of_month(line, end) {
        return Hit::cal(i, end, &DAY_OF_MONTH, cal.within(of));
    }
    if line.is(end, Word::Du)
        && line.is(end + 1, Word::Unit)
        && line.at(end + 1).unit() == Some(UnitNoun::Month)
    {
        return Hit::cal(i, end + 2, &DAY_OF_MONTH, cal);
    }
    // « entre le 13 et le 18 », the ends in figures or in words
    let between = line.is(end, Word::Et)
        && line.is(end + 1, Word::Le)
        && line.any(i.wrapping_sub(2), &[Word::Entre])
        && day_number(line, end + 2).is_some();
    if before.word == Word::Le && (between || ends_between(line, i)) {
        return Hit::cal(i, end, &DAY_ALONE, cal);
    }
    if line.is(j, Word::Numeral) {
        return None;
    }
    if line.is(end, Word::Au) && line.is(end + 1, Word::Part) && before.word == Word::Le {
        return Hit::cal(i, end, &DAY_ALONE, cal);
    }
    // « devant le 10, rue du Port »
    let address = line.punct(end, ',') && line.among(end + 1, &sets::NAMED_AFTER_DAYS);
    let open = before.word == Word::Le && !address && !line.any(i.wrapping_sub(2), &[Word::De]);
    let closes = t.word == Word::End
        || t.word == Word::Punct
            && matches!(t.mark(), Some('.' | ',' | ';' | ')' | '!' | '?'))
            && (line.at(end + 1).gap || line.is(end + 1, Word::End));
    let clock = line.any(end, &[Word::A, Word::Vers])
        && line.at(end + 1).word == Word::Figures
        && line.is(end + 2, Word::Unit)
        || line.is(end, Word::Jusqu)
        || line.is(end, Word::A) && line.is(end + 1, Word::Partir);
    // « à partir du 8 »
    let limit = before.word == Word::Du
        && line.any(i.wrapping_sub(2), &[Word::Partir, Word::Compter])
        && closes;
    if limit {
        return Hit::cal(i, end, &DAY_ALONE, cal);
    }
    (open && (closes || clock) && line.at(j).len > 0 || before.word == Word::Du && clock)
        .then(|| Hit::cal(i, end, &DAY_ALONE, cal))?
}

/// The month that a day is of, at `i`: « du mois prochain », « de ce mois »,
/// « courant ».
fn of_month(line: &Line, i: usize) -> Option<(Cal, usize)> {
    if line.is(i, Word::Courant) && line.at(i).gap {
        let cal = Cal::Shift {
            unit: Unit::Month,
            by: 0,
            base: Base::Published,
        };
        return Some((cal, i + 1));
    }
    let led = line.any(i, &[Word::Du, Word::De]);
    led.then(|| shifted(line, i + 1, Unit::Month))?
}

/// « entre le 13 et le [18] »: a day between « entre le » and « et le ».
fn ends_between(line: &Line, i: usize) -> bool {
    line.before(i, 2).word == Word::Et
        && (3..=5).any(|back| {
            i.checked_sub(back).is_some_and(|s| {
                line.any_before(s, &[Word::Le])
                    && line.before(s, 2).word == Word::Entre
                    && day_number(line, s).is_some_and(|(_, e)| e == i - 2)
            })
        })
}
