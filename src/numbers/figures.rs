//! Numerals in figures, with every separator of groups and decimals that
//! French texts use.
//!
//! Rules, from which all readings follow:
//! - blanks (space, no-break, narrow, thin) and apostrophes separate groups of
//!   exactly three figures after a first group of one to three;
//! - a point followed by exactly three figures separates groups
//!   (« 40.000 » is forty thousand), unless the first group is `0`;
//! - a comma is the decimal mark, except where two or more commas each stand
//!   before three figures or a decimal point follows (`1,234.56`);
//! - any other point is a decimal point (`1.0741`, `45.20`).

use super::chars::{apostrophe_at, space_at};
use rust_decimal::Decimal;

/// A numeral in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// One past its last byte.
    pub end: usize,
    /// Its value.
    pub value: Decimal,
    /// Number of figures after the decimal mark.
    pub decimals: u8,
    /// Number of figures before the decimal mark.
    pub digits: u8,
    /// Whether groups are separated.
    pub grouped: bool,
    /// Whether the only separator is one point or one comma before three
    /// figures, where another habit would read the other way.
    pub ambiguous: bool,
}

impl Figure {
    /// Whether it could be a year of our time: four figures, nothing else.
    pub fn is_year_like(&self) -> bool {
        self.digits == 4
            && self.decimals == 0
            && !self.grouped
            && self.value >= Decimal::from(1700)
            && self.value <= Decimal::from(2100)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Blank,
    Apostrophe,
    Point,
    Comma,
}

fn separator_at(b: &[u8], i: usize) -> Option<(Separator, usize)> {
    match b.get(i)? {
        // « 10. 000 »: no number begins with a zero before two figures.
        b'.' | b',' if split_group(b, i) > 0 => Some((Separator::Blank, split_group(b, i))),
        b'.' => Some((Separator::Point, 1)),
        b',' => Some((Separator::Comma, 1)),
        _ => match (space_at(b, i), apostrophe_at(b, i)) {
            (0, 0) => None,
            (0, n) => Some((Separator::Apostrophe, n)),
            (n, _) => Some((Separator::Blank, n)),
        },
    }
}

/// Bytes of the mark and its blank at `i` where a group of figures with a zero in
/// front follows, else 0.
fn split_group(b: &[u8], i: usize) -> usize {
    match space_at(b, i + 1) {
        n @ 1.. if b.get(i + 1 + n) == Some(&b'0') && digits_at(b, i + 1 + n) == 3 => 1 + n,
        _ => 0,
    }
}

fn digits_at(b: &[u8], i: usize) -> usize {
    b.get(i..)
        .unwrap_or_default()
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count()
}

/// Reads the numeral whose first figure stands at byte `at`.
///
/// ```
/// use glane::numbers::figures::parse_at;
/// assert_eq!(parse_at("1 234,56 €", 0).unwrap().value.to_string(), "1234.56");
/// ```
pub fn parse_at(text: &str, at: usize) -> Option<Figure> {
    parse(text.as_bytes(), at, false)
}

/// As [`parse_at`], but one comma before three figures separates groups, as
/// in English (`$1,350`).
pub fn parse_english_at(text: &str, at: usize) -> Option<Figure> {
    parse(text.as_bytes(), at, true)
}

fn parse(b: &[u8], at: usize, english: bool) -> Option<Figure> {
    let first = digits_at(b, at);
    if first == 0 {
        return None;
    }
    let mut end = at + first;
    let mut digits = first;
    let mut separator = None;
    let mut groups = 0usize;
    let zero_first = b[at] == b'0';
    if first <= 3 && !zero_first {
        while let Some((s, n)) = separator_at(b, end) {
            if separator.is_some_and(|x| x != s) || digits_at(b, end + n) != 3 {
                break;
            }
            separator = Some(s);
            end += n + 3;
            digits += 3;
            groups += 1;
        }
        // One comma before three figures is a decimal comma in French.
        if separator == Some(Separator::Comma) && groups == 1 && !english {
            let point_follows = b.get(end) == Some(&b'.') && digits_at(b, end + 1) > 0;
            if !point_follows {
                separator = None;
                end = at + first;
                digits = first;
                groups = 0;
            }
        }
    }
    let mut decimals = 0;
    let mark = match b.get(end) {
        Some(b',') if separator != Some(Separator::Comma) => true,
        Some(b'.') if separator != Some(Separator::Point) => true,
        _ => false,
    };
    if mark {
        decimals = digits_at(b, end + 1);
        if decimals > 0 {
            end += 1 + decimals;
        }
    }
    if digits + decimals > 28 {
        return None;
    }
    let mantissa = b[at..end]
        .iter()
        .filter(|c| c.is_ascii_digit())
        .fold(0i128, |n, c| n * 10 + i128::from(c - b'0'));
    let lone = groups == 1 && matches!(separator, Some(Separator::Point | Separator::Comma));
    Some(Figure {
        end,
        value: Decimal::try_from_i128_with_scale(mantissa, decimals as u32).ok()?,
        decimals: decimals as u8,
        digits: digits as u8,
        grouped: groups > 0,
        ambiguous: decimals == 0 && lone || groups == 0 && decimals == 3 && !zero_first,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_separator() {
        for (text, value) in [
            ("7", "7"),
            ("1234", "1234"),
            ("1 234,56", "1234.56"),
            ("1\u{a0}234,56", "1234.56"),
            ("1\u{202f}234\u{202f}567", "1234567"),
            ("1\u{2009}234", "1234"),
            ("1'234.50", "1234.50"),
            ("1’234’567", "1234567"),
            ("1.234,56", "1234.56"),
            ("1.234.567", "1234567"),
            ("40.000", "40000"),
            ("40. 000", "40000"),
            ("1, 050", "1050"),
            ("1,234.56", "1234.56"),
            ("1,234,567", "1234567"),
            ("5.975,74", "5975.74"),
            ("0,125", "0.125"),
            ("0.125", "0.125"),
            ("1.0741", "1.0741"),
            ("1,350", "1.350"),
            ("45.20", "45.20"),
            ("150 000 000", "150000000"),
        ] {
            let f = parse_at(text, 0).unwrap();
            assert_eq!(
                (f.end, f.value.to_string().as_str()),
                (text.len(), value),
                "{text}"
            );
        }
        assert_eq!(
            parse_english_at("1,350", 0).unwrap().value.to_string(),
            "1350"
        );
    }

    #[test]
    fn stops_where_the_numeral_stops() {
        for (text, read) in [
            ("2020 10 millions", "2020"),
            ("12 3456", "12"),
            ("12 34", "12"),
            ("30, 40 ou 50", "30"),
            ("12.", "12"),
            ("12, puis", "12"),
            ("12. 500", "12"),
            ("12. 0005", "12"),
            ("1 000\n000", "1 000"),
            ("10.50.20", "10.50"),
            ("007 100", "007"),
        ] {
            let f = parse_at(text, 0).unwrap();
            assert_eq!(&text[..f.end], read, "{text}");
        }
        assert!(parse_at("1234567890123456789012345678901", 0).is_none());
        assert!(parse_at("a", 0).is_none());
        assert!(parse_at("", 0).is_none());
    }
}
