//! French numerals in figures and words.
//!
//! Everything here works at a byte position of a text and returns where the
//! numeral ends; nothing searches. Positions are bytes and lie on character
//! borders.
//!
//! - [`figures::parse_at`]: « 1 234,56 », « 1'234.50 », « 1.234,56 »
//! - [`words::parse_at`]: « deux cent mille », « nonante-cinq », by [`grammar`], which
//!   reads the tokens of `dates` as well
//! - [`quantity::parse_at`]: both, with scales: « 3,5 millions »,
//!   « 1 milliard 200 millions », « une centaine de milliers »
//! - [`run::run_before`]: where the numerals before a unit may begin
//! - [`ordinal::parse_at`]: « 21e », « vingt et unième »
//! - [`read`]: a text that is one numeral from end to end

pub mod chars;
pub mod figures;
pub mod grammar;
pub mod ordinal;
pub mod quantity;
pub mod run;
pub mod words;

use crate::french::sets::numbers::MINUS;
use rust_decimal::Decimal;

/// The value of a text that is one numeral from end to end, signed or not.
///
/// ```
/// let n = glane::numbers::read("moins 1.200.000").unwrap();
/// assert_eq!(n.to_string(), "-1200000");
/// ```
pub fn read(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let word = &text[..chars::word_end(text, 0)];
    let spelled = MINUS.contains(word).then(|| &text[word.len()..]);
    let rest = spelled.filter(|rest| rest.starts_with(' '));
    if let Some(rest) = rest.or_else(|| text.strip_prefix(['-', '−'])) {
        return unsigned(rest.trim_start()).map(|v| -v);
    }
    unsigned(text.strip_prefix('+').unwrap_or(text))
}

fn unsigned(text: &str) -> Option<Decimal> {
    let whole = |end: usize, value: Decimal| (end == text.len()).then_some(value);
    quantity::parse_at(text, 0, quantity::Abbreviations::Free)
        .and_then(|q| whole(q.end, q.value))
        .or_else(|| words::parse_at(text, 0).and_then(|w| whole(w.end, w.value)))
        .or_else(|| ordinal::parse_at(text, 0).and_then(|(end, n)| whole(end, n)))
}

/// Where the line of byte `at` starts, or the place some `reach` bytes before:
/// a dump on one line must not be read again from every amount.
pub(crate) fn line_start(text: &str, at: usize, reach: usize) -> usize {
    let mut from = at.saturating_sub(reach);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    memchr::memrchr(b'\n', &text.as_bytes()[from..at]).map_or(from, |i| from + i + 1)
}

/// Where the line of byte `at` ends, or the place some `reach` bytes behind.
pub(crate) fn line_end(text: &str, at: usize, reach: usize) -> usize {
    let mut to = at.saturating_add(reach).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    memchr::memchr(b'\n', &text.as_bytes()[at..to]).map_or(to, |i| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_numerals() {
        for (text, value) in [
            ("12", "12"),
            ("+3,5", "3.5"),
            ("-1 200", "-1200"),
            ("moins deux", "-2"),
            ("quarante-deux", "42"),
            ("vingt et unième", "21"),
            ("2e", "2"),
            ("3,2 milliards", "3200000000"),
            ("400k", "400000"),
            ("huit milles", "8000"),
            ("sept billions", "7000000000000"),
        ] {
            assert_eq!(
                read(text).map(|v| v.normalize().to_string()).as_deref(),
                Some(value),
                "{text}"
            );
        }
        for text in [
            "",
            "douze pommes",
            "vingt un",
            "quarante douze",
            "dix zéro",
            "pomme",
            "12 a",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
