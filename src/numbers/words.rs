//! Numerals in words at a byte of a text, with old and new hyphens and decimals.

use super::chars::{Folded, dash_at, letter_at, skip_spaces, word_end};
use super::grammar::{self, Rank, Words};
use crate::french::sets::numbers as sets;
use rust_decimal::Decimal;

pub use super::grammar::Numeral;

/// A numeral in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cardinal {
    /// One past its last byte.
    pub end: usize,
    /// Its value.
    pub value: Decimal,
    /// Power of ten of the last scale word (6 in « deux millions »), 0 without.
    pub scale: u8,
    /// Whether it is « un » or « une » alone, which is an article as well.
    pub is_article: bool,
}

/// The numeral word that starts at byte `at`, and its end.
pub fn word_at(text: &str, at: usize) -> Option<(Numeral, usize)> {
    let end = word_end(text, at);
    // « quadrillions » is the longest.
    if end == at || end - at > 13 {
        return None;
    }
    Some((grammar::numeral(Folded::new(&text[at..end]).as_str())?, end))
}

/// The position after the hyphen or blank that joins two numeral words.
fn joint(text: &str, i: usize) -> Option<usize> {
    let b = text.as_bytes();
    let next = match dash_at(b, i) {
        1 => i + 1,
        // U+2011, the hyphen that does not break.
        3 if b[i + 2] == 0x91 => i + 3,
        _ => skip_spaces(b, i),
    };
    (next > i && letter_at(text, next)).then_some(next)
}

/// The words of a text by their bytes.
pub(super) struct Spelled<'t>(pub &'t str);

impl Words for Spelled<'_> {
    fn numeral(&self, at: usize) -> Option<(Numeral, usize)> {
        word_at(self.0, at)
    }

    fn and(&self, at: usize) -> Option<usize> {
        let end = word_end(self.0, at);
        sets::AND.contains_folded(&self.0[at..end]).then_some(end)
    }

    fn rank(&self, at: usize) -> Option<(Rank, usize)> {
        let end = word_end(self.0, at);
        Some((grammar::rank(&self.0[at..end])?, end))
    }

    fn next(&self, end: usize) -> Option<usize> {
        joint(self.0, end)
    }
}

/// Reads the cardinal in words that starts at byte `at`, decimals included
/// (« zéro virgule trois »), « et demi » not.
///
/// ```
/// use glane::numbers::words::parse_at;
/// let n = parse_at("quatre-vingt-dix-sept mille euros", 0).unwrap();
/// assert_eq!((n.end, n.value.to_string().as_str()), (27, "97000"));
/// ```
pub fn parse_at(text: &str, at: usize) -> Option<Cardinal> {
    let (cardinal, end) = grammar::cardinal(&Spelled(text), at, true)?;
    let value = Decimal::try_from_i128_with_scale(cardinal.value(), 0).ok()?;
    let is_article = value == Decimal::ONE && end - at <= 3;
    let whole = Cardinal {
        end,
        value,
        scale: cardinal.scale(),
        is_article,
    };
    Some(decimals(text, whole, cardinal.ends_in_zero()).unwrap_or(whole))
}

/// « virgule » and the words after it; the figures they spell are appended
/// one after the other, « zéro huit » is `08`.
fn decimals(text: &str, whole: Cardinal, zero: bool) -> Option<Cardinal> {
    let at = joint(text, whole.end)?;
    let mark = word_end(text, at);
    let spoken_point = sets::SPOKEN_POINT.contains_folded(&text[at..mark]);
    if !spoken_point && !sets::COMMA.contains_folded(&text[at..mark]) {
        return None;
    }
    let mut next = joint(text, mark)?;
    // « un point deux » counts points unless a zero makes a decimal of it.
    if spoken_point && !zero && word_at(text, next)?.0 != Numeral::Zero {
        return None;
    }
    let (mut digits, mut places, mut end) = (0i128, 0u32, mark);
    loop {
        let (n, width, stop) = match word_at(text, next) {
            Some((Numeral::Zero, stop)) => (0, 1, stop),
            Some(_) => {
                // « deux virgule trois milliards »: the scale is that of the whole.
                let read = grammar::cardinal(&Spelled(text), next, false);
                let Some((cardinal, stop)) = read else {
                    break;
                };
                let n = cardinal.value();
                (n, n.max(1).ilog10() + 1, stop)
            }
            None => break,
        };
        if places + width > 12 {
            break;
        }
        digits = digits * 10i128.pow(width) + n;
        places += width;
        end = stop;
        match joint(text, end) {
            Some(n) => next = n,
            None => break,
        }
    }
    if places == 0 {
        return None;
    }
    let value = whole.value + Decimal::try_from_i128_with_scale(digits, places).ok()?;
    Some(Cardinal {
        end,
        value,
        is_article: false,
        ..whole
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals() {
        for (text, value) in [
            ("zéro", "0"),
            ("un", "1"),
            ("dix-sept", "17"),
            ("vingt et une", "21"),
            ("soixante-dix", "70"),
            ("soixante et onze", "71"),
            ("septante-neuf", "79"),
            ("quatre-vingts", "80"),
            ("quatre vingt seize", "96"),
            ("huitante-trois", "83"),
            ("nonante et un", "91"),
            ("cent", "100"),
            ("cent quatre-vingt-deux", "182"),
            ("dix-huit cents", "1800"),
            ("dix-neuf cent quatre-vingt-quatre", "1984"),
            ("mille cent", "1100"),
            ("deux cent mille", "200000"),
            ("trois millions deux cent mille vingt", "3200020"),
            ("MILLE DEUX CENTS", "1200"),
            ("vingt\u{2011}deux", "22"),
            ("un milliard quatre cents millions", "1400000000"),
            ("mille milliards", "1000000000000"),
            ("douze virgule zéro cinq", "12.05"),
            ("zéro point six", "0.6"),
            ("trois virgule vingt-cinq", "3.25"),
        ] {
            let w = parse_at(text, 0).unwrap();
            assert_eq!(
                (w.end, w.value.to_string().as_str()),
                (text.len(), value),
                "{text}"
            );
        }
    }

    #[test]
    fn stops_where_grammar_stops() {
        for (text, read) in [
            ("vingt un", "vingt"),
            ("deux et trois", "deux"),
            ("dix deux", "dix"),
            ("quarante douze", "quarante"),
            ("soixante et quinze", "soixante"),
            ("trois quatre", "trois"),
            ("deux millions cinq milliards", "deux millions cinq"),
            ("un point deux", "un"),
            ("cinq cents, dix", "cinq cents"),
            ("mille mille", "mille"),
            ("deux virgule trois milliards", "deux virgule trois"),
        ] {
            let w = parse_at(text, 0).unwrap();
            assert_eq!(&text[..w.end], read, "{text}");
        }
        for text in [
            "unité", "centre", "millions", "neuve", "et un", "dizaine", "",
        ] {
            assert!(parse_at(text, 0).is_none(), "{text}");
        }
    }
}
