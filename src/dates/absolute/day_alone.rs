//! A day without its month: « le 15 », « le 15 du mois », « lundi 15 ».
//!
//! Behind a weekday almost any number is a day; behind an article only one that
//! ends its phrase, for « le 15 » counts and ranks as well.

use super::fields::{Lead, counts_something, day_number};
use crate::dates::{
    expr::{Cal, Dir, Hit},
    lexicon::{Word, unit},
    token::Line,
};

/// « le 15 », « le 15 du mois », « lundi 15 »: a day without a month.
pub(in crate::dates) fn bare_day(line: &Line, i: usize) -> Option<Hit> {
    let Lead {
        weekday,
        dir,
        loose,
        end: j,
    } = Lead::read(line, i);
    if loose {
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
            && (matches!(char::from_u32(t.n), Some('%' | '€' | '$' | ':' | '/')) && !t.gap
                || matches!(char::from_u32(t.n), Some('%' | '€' | '$'))
                || ",.-".contains(char::from_u32(t.n).unwrap_or(' '))
                    && !t.gap
                    && line.is(end + 1, Word::Figures)
                    && !line.at(end + 1).gap)
            || t.word == Word::Other && counts_something(line, end);
        return if no {
            None
        } else {
            Hit::cal(i, end, "weekday_day", cal)
        };
    }
    let before = line.before(i, 1);
    if !matches!(before.word, Word::Le | Word::Au | Word::Du) && dir != Dir::This {
        return None;
    }
    if line.is(end, Word::Du) && line.is(end + 1, Word::Unit) && line.at(end + 1).n == unit::MONTH {
        return Hit::cal(i, end + 2, "day_of_month", cal);
    }
    // « le 15 courant », « le 15 de ce mois »
    if line.is(end, Word::Courant) && line.at(end).gap {
        return Hit::cal(i, end + 1, "day_of_month", cal);
    }
    if line.is(j, Word::Numeral) {
        return None;
    }
    if line.is(end, Word::Au) && line.is(end + 1, Word::Part) && before.word == Word::Le {
        return Hit::cal(i, end, "day_alone", cal);
    }
    let open = before.word == Word::Le && !line.any(i.wrapping_sub(2), &[Word::De]);
    let closes = t.word == Word::End
        || t.word == Word::Punct
            && matches!(char::from_u32(t.n), Some('.' | ',' | ';' | ')' | '!' | '?'))
            && (line.at(end + 1).gap || line.is(end + 1, Word::End));
    let clock = line.any(end, &[Word::A, Word::Vers])
        && line.at(end + 1).word == Word::Figures
        && line.is(end + 2, Word::Unit)
        || line.is(end, Word::Jusqu)
        || line.is(end, Word::A) && line.is(end + 1, Word::Partir);
    // « à partir du 8 », « entre le 13 et le 18 »
    let limit = before.word == Word::Du
        && line.any(i.wrapping_sub(2), &[Word::Partir, Word::Compter])
        && closes;
    let between = before.word == Word::Le
        && line.any(i.wrapping_sub(2), &[Word::Entre])
        && line.is(end, Word::Et)
        && line.is(end + 1, Word::Le);
    if limit || between {
        return Hit::cal(i, end, "day_alone", cal);
    }
    (open && (closes || clock) && line.at(j).len > 0 || before.word == Word::Du && clock)
        .then(|| Hit::cal(i, end, "day_alone", cal))?
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn days_without_a_month() {
        check(&[
            "Ouvert le [15|2024-03-15].",
            "Il viendra [lundi 18|2024-03-18].",
        ]);
    }
}
