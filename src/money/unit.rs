//! A unit beside its number: where it begins and ends, with the words and letters
//! that name its currency.

use super::chain;
use super::currency::{self, Currency, LetterPlace, Noun, Sign, SignFigures, SignRow};
use super::rule::Site;
use crate::french::sets::money as sets;
use crate::numbers::chars::{
    BLANKS, letter_at, letter_before, skip_spaces, skip_spaces_back, word_start,
};

/// A unit with its qualifiers: bytes `start..end`, and its currency.
#[derive(Debug, Clone, Copy)]
pub struct UnitSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The currency, if known.
    pub code: Option<Currency>,
}

/// Whether a noun ends at `end`: no letter, figure or compound follows.
pub fn word_ends(text: &str, end: usize) -> bool {
    match text.as_bytes().get(end) {
        Some(c) if c.is_ascii_digit() => false,
        Some(b'-') => !letter_at(text, end + 1) || text[end..].starts_with("-US"),
        _ => !letter_at(text, end),
    }
}

/// Whether the unit at `start..end` is a word of its own.
pub fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    !letter_before(text, start) && word_ends(text, end)
}

/// Whether an abbreviation ends at `end`: no letter follows, and no figures but
/// those that its row allows.
pub fn abbreviation_ends(text: &str, end: usize, row: &SignRow) -> bool {
    let b = text.as_bytes();
    let figures = b[end..].iter().take_while(|c| c.is_ascii_digit()).count();
    // « 12F50 » is money, « 246 F1 » a car.
    let fits = match row.glued {
        None => figures == 0,
        Some(SignFigures::Cents) => matches!(figures, 0 | 2),
        Some(SignFigures::Figures) => true,
    };
    let goes_on = || match b.get(end) {
        Some(b'\'') => true,
        Some(b'-') => letter_at(text, end + 1),
        _ => letter_at(text, end),
    };
    fits && (text[..end].ends_with(['.', '/']) || !goes_on())
}

/// The start of the unit with « anciens » or « nouveaux » before it.
pub fn unit_start(text: &str, start: usize) -> usize {
    let b = text.as_bytes();
    let start = chain::swiss_start(text, start);
    let end = skip_spaces_back(b, start);
    if end == start {
        return start;
    }
    let word = word_start(text, end);
    if !sets::REISSUED.contains(&text[word..end]) {
        return start;
    }
    // « 73 822 de nos anciens francs »
    let before = sets::OF_OUR.words().iter().find_map(|lead| {
        let head = text[..word].strip_suffix(BLANKS)?;
        head.strip_suffix(lead).map(str::len)
    });
    match before {
        Some(before) if ends_in_figure(b, skip_spaces_back(b, before)) => before,
        _ => word,
    }
}

fn ends_in_figure(b: &[u8], end: usize) -> bool {
    end.checked_sub(1).is_some_and(|i| b[i].is_ascii_digit())
}

/// The extent of a symbol with the letters that name its currency.
pub fn symbol(
    text: &str,
    Site { start, end, .. }: Site,
    sign: Sign,
) -> Option<(usize, usize, Option<Currency>)> {
    let found = match sign {
        Sign::Cent => return None,
        Sign::Noun(Noun::Dollar) => dollar(text, start, end),
        Sign::One(Currency::GBP) => pound(text, start, end),
        _ => (start, end, None),
    };
    let cut = text.as_bytes()[found.1 - 1].is_ascii_alphabetic() && letter_at(text, found.1);
    (!cut).then_some(found)
}

/// The extent of a dollar sign with the letters that name it.
fn dollar(text: &str, start: usize, end: usize) -> (usize, usize, Option<Currency>) {
    let lead = word_start(text, start);
    let letters = &text[lead..start];
    if !letters.is_empty()
        && let Some((_, code)) =
            currency::letters(LetterPlace::BeforeDollar).find(|(l, _)| *l == letters)
    {
        return (lead, end, Some(code));
    }
    let b = text.as_bytes();
    let at = skip_spaces(b, end);
    for (letters, code) in currency::letters(LetterPlace::AfterDollar) {
        let glued = at == end;
        if !text[at..].starts_with(letters) {
            continue;
        }
        let stop = at + letters.len();
        let figure_follows = b.get(stop).is_some_and(u8::is_ascii_digit);
        let cut = letter_at(text, stop) || glued && letters.len() == 1 && figure_follows;
        // « 12 $ A » could begin a sentence; « 12 $ CAN » could not.
        if !cut && (glued || letters.len() > 1) {
            return (start, stop, Some(code));
        }
    }
    (start, end, None)
}

/// The extent of a pound sign with the letters that name it.
fn pound(text: &str, start: usize, end: usize) -> (usize, usize, Option<Currency>) {
    for (letters, code) in currency::letters(LetterPlace::AfterPound) {
        let stop = end + letters.len();
        if text[end..].starts_with(letters) && !letter_at(text, stop) {
            return (start, stop, Some(code));
        }
    }
    (start, end, None)
}
