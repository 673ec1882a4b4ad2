//! The words a date is made of: day, month, weekday, year, direction; and the
//! words that say that figures count something and are none of these. Each
//! reader gives what it read and the token past it.

use crate::dates::{
    expr::Dir,
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals,
};
use crate::french::sets::dates as sets;

/// A day of the month at `i`: « 12 », « 1er », « premier », « quinze ». Up to
/// 39, so that « 31 février » and « 32 août » are seen and found impossible.
pub(super) fn day_number(line: &Line, i: usize) -> Option<(u32, usize)> {
    let t = line.at(i);
    match t.word {
        Word::Figures if t.len <= 2 && (1..=39).contains(&t.value()) => {
            numerals::figures(line, i)?;
            let end = if numerals::is_ordinal_suffix(line, i + 1) {
                i + 2
            } else {
                i + 1
            };
            Some((t.value(), end))
        }
        Word::Ordinal if t.value() == 1 => Some((1, i + 1)),
        Word::Numeral => {
            let (n, end) = numerals::words(line, i)?;
            (2..=31).contains(&n).then_some((n as u32, end))
        }
        _ => None,
    }
}

/// A month's name at `i`; the full stop of an abbreviation belongs to it.
/// `after_day` allows « sept », else a numeral.
pub(super) fn month_name(line: &Line, i: usize, after_day: bool) -> Option<(u8, usize)> {
    let t = line.at(i);
    let dot = |end: usize| {
        if line.punct(end, '.') && !line.at(end).gap && !line.at(end + 1).elided {
            end + 1
        } else {
            end
        }
    };
    match t.word {
        Word::Month => Some((t.month()?, i + 1)),
        Word::MonthAbbr => Some((t.month()?, dot(i + 1))),
        Word::Numeral if t.value() == 7 && after_day => {
            let stop = line.punct(i + 1, '.') && !line.at(i + 1).gap;
            let year = year_number(line, i + 1).is_some();
            (stop || year || line.is(i + 1, Word::End)).then(|| (9, dot(i + 1)))
        }
        _ => None,
    }
}

/// Four figures, or words from « mille » up, that can be a year.
pub(super) fn year_number(line: &Line, i: usize) -> Option<(i16, usize)> {
    let t = line.at(i);
    if t.word == Word::Figures {
        let (n, end) = numerals::figures(line, i)?;
        return (t.len == 4 && (1000..=2199).contains(&n)).then_some((n as i16, end));
    }
    if t.word == Word::Numeral {
        let (n, end) = numerals::words(line, i)?;
        return (1000..=2199)
            .contains(&n)
            .then_some((n as i16, end))
            .filter(|(_, e)| !line.is(*e, Word::Unit));
    }
    None
}

/// A year that counts nothing: « 2024 », but not « 2024 euros ».
pub(super) fn uncounted_year(line: &Line, i: usize) -> Option<(i16, usize)> {
    year_number(line, i).filter(|(_, end)| !counts_something(line, *end))
}

/// A weekday, whole or abbreviated, at `i`.
pub(super) fn weekday_name(line: &Line, i: usize) -> Option<(u8, usize)> {
    let t = line.at(i);
    match t.word {
        Word::Weekday if !t.plural() => Some((t.weekday()?.number(), i + 1)),
        // « Fos-sur-Mer, 22 août »
        Word::WeekdayAbbr if (i == 0 || !line.hyphen(i - 1)) && !is_sea(line, i) => {
            let end = if line.punct(i + 1, '.') && !line.at(i + 1).gap {
                i + 2
            } else {
                i + 1
            };
            Some((t.weekday()?.number(), end))
        }
        _ => None,
    }
}

/// « la mer. 12 bateaux »: an abbreviated weekday takes no feminine and no « en ».
fn is_sea(line: &Line, i: usize) -> bool {
    let led = [
        Word::La,
        Word::En,
        Word::De,
        Word::Par,
        Word::Sur,
        Word::Sous,
        Word::Cette,
        Word::Pleine,
    ];
    line.any_before(i, &led) || i > 0 && line.among(i - 1, &sets::SEAS)
}

/// A weekday before the number of a day, also in the plural: « les samedis 13 et
/// 27 juin ».
pub(super) fn weekday_of_day(line: &Line, i: usize) -> Option<(u8, usize)> {
    let t = line.at(i);
    if t.word == Word::Weekday && t.plural() {
        day_number(line, i + 1)?;
        return Some((t.weekday()?.number(), i + 1));
    }
    weekday_name(line, i)
}

/// A weekday before a date, with its comma: « lundi », « lundi, ».
pub(super) fn weekday_before(line: &Line, i: usize) -> (Option<u8>, usize) {
    match weekday_of_day(line, i) {
        Some((w, end)) if line.punct(end, ',') => (Some(w), end + 1),
        Some((w, end)) => (Some(w), end),
        None => (None, i),
    }
}

/// What stands before the number of a day: « ce », « lundi », « lundi, le »,
/// « ce lundi ».
pub(super) struct Lead {
    pub weekday: Option<u8>,
    /// `This` after « ce ».
    pub dir: Dir,
    /// A comma that no article follows: « lundi, 12 mars ».
    pub loose: bool,
    pub end: usize,
}

impl Lead {
    pub fn read(line: &Line, i: usize) -> Self {
        let this = line.is(i, Word::Ce);
        let start = i + usize::from(this);
        let (weekday, end) = weekday_before(line, start);
        let comma = weekday.is_some() && line.punct(end - 1, ',');
        let article = weekday.is_some() && line.is(end, Word::Le);
        Self {
            weekday,
            dir: if this { Dir::This } else { Dir::Open },
            loose: comma && !article,
            end: end + usize::from(article),
        }
    }
}

/// « dernier » and its like after a date.
pub(super) fn direction(line: &Line, i: usize) -> Option<(Dir, usize)> {
    let t = line.at(i);
    Some(match t.word {
        Word::Last => (Dir::Last, i + 1),
        Word::Past if t.accent || !t.cap => (Dir::Last, i + 1),
        Word::Next => (Dir::Next, i + 1),
        Word::Following => (Dir::Following, i + 1),
        Word::Preceding => (Dir::Preceding, i + 1),
        Word::D if line.is(i + 1, Word::Apres) && !line.hyphen(i + 2) => (Dir::Following, i + 2),
        Word::D if line.is(i + 1, Word::Avant) => (Dir::Preceding, i + 2),
        _ => return None,
    })
}

/// The token at `i` is a plural noun or a unit, so the figures before it are
/// a count.
pub(super) fn counts_something(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    if matches!(t.word, Word::Unit | Word::Million) && t.unit() != Some(UnitNoun::Second) {
        return true;
    }
    if t.word == Word::Punct {
        return matches!(t.mark(), Some('€' | '$' | '%' | '£' | '°' | '²'))
            || (t.mark() == Some('.') || t.mark() == Some(','))
                && !t.gap
                && line.is(i + 1, Word::Figures)
                && !line.at(i + 1).gap;
    }
    if t.word != Word::Other || t.cap {
        return false;
    }
    let s = line.str(i);
    line.among(i, &sets::counted::UNITS_OF_MEASURE)
        || s.len() > 4
            && sets::counted::PLURAL_ENDINGS.ends(s)
            && !line.among(i, &sets::counted::NO_PLURALS)
            && !sets::counted::VERB_ENDINGS.ends(s)
}

/// A lower-case word follows that is neither a function word nor a verb form
/// we know: then figures before it may count it. Only words that look plural
/// were refused already; this asks for singular units.
pub(super) fn next_is_lower_noun(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    t.word == Word::Other && !t.cap && line.among(i, &sets::counted::MEASURED)
}

/// « le Journal du Dimanche », « La Tribune Dimanche »: a capital that French
/// gives to no weekday, after another.
pub(super) fn is_paper(line: &Line, i: usize) -> bool {
    let capital = line.at(i).cap && line.str(i).chars().skip(1).all(char::is_lowercase);
    let before = i.wrapping_sub(1);
    if capital && line.phrase(i, &sets::SHOWS).is_some() {
        return true;
    }
    let journal = i > 1 && line.is(before, Word::Du) && line.among(i - 2, &sets::DAY_PAPERS);
    let title = line.is(before, Word::Other)
        && line.at(before).cap
        && line
            .str(before)
            .chars()
            .nth(1)
            .is_some_and(char::is_lowercase)
        && !line.opens_sentence(before)
        && !line.any(i + 1, &[Word::Figures, Word::Numeral, Word::Part]);
    // « Le Journal du dimanche », with the capital of a title.
    let printed = journal && line.at(i - 2).cap && !line.opens_sentence(i - 2);
    capital && (journal || title) || printed
}
