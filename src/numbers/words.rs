//! Numerals in words, with the Belgian and Swiss tens, old and new hyphens,
//! and the long scale (million 10⁶, milliard 10⁹, billion 10¹² …).

use super::chars::{Folded, dash_at, letter_at, skip_spaces, word_end};
use crate::french::{lexicon::numbers::numerals, sets::numbers as sets, types::NumeralClass};
use rust_decimal::Decimal;

/// A numeral in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// One past its last byte.
    pub end: usize,
    /// Its value.
    pub value: Decimal,
    /// Power of ten of the last scale word (6 in « deux millions »), 0 without.
    pub scale: u8,
    /// Whether it is « un » or « une » alone, which is an article as well.
    pub is_article: bool,
}

/// What one word means in a numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numeral {
    /// « zéro ».
    Zero,
    /// « un » to « seize ».
    Unit(u8),
    /// « vingt » to « soixante », « septante », « huitante », « nonante ».
    Ten(u8),
    /// « cent ».
    Hundred,
    /// « mille ».
    Thousand,
    /// « million » and above: the power of ten, and whether it is plural.
    Scale(u8, bool),
    /// « dizaine », « centaine », « millier »: about so many; and whether it
    /// is plural.
    About(u16, bool),
    /// « demi ».
    Half,
}

/// The numeral meaning of a folded word.
pub fn numeral(folded: &[u8]) -> Option<Numeral> {
    let row = numerals::find(std::str::from_utf8(folded).ok()?)?;
    let small = u8::try_from(row.value).ok();
    Some(match row.class {
        NumeralClass::Zero => Numeral::Zero,
        NumeralClass::Unit => Numeral::Unit(small?),
        NumeralClass::Ten => Numeral::Ten(small?),
        NumeralClass::Hundred => Numeral::Hundred,
        NumeralClass::Thousand => Numeral::Thousand,
        NumeralClass::Scale => Numeral::Scale(small?, row.plural),
        NumeralClass::About => Numeral::About(u16::try_from(row.value).ok()?, row.plural),
        NumeralClass::Half => Numeral::Half,
    })
}

/// The numeral word that starts at byte `at`, and its end.
pub fn word_at(text: &str, at: usize) -> Option<(Numeral, usize)> {
    let end = word_end(text, at);
    // « quadrillions » is the longest.
    if end == at || end - at > 13 {
        return None;
    }
    Some((numeral(Folded::new(&text[at..end]).bytes())?, end))
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Zero,
    Unit(u8),
    Ten(u8),
    Big,
}

/// Counts built so far: `total` of finished scales, `thousands`, and the
/// `group` below a thousand.
struct State {
    total: i128,
    thousands: i128,
    group: i128,
    last: Last,
    scale: u8,
}

impl State {
    /// Adds one word; false when French grammar does not allow it here.
    fn push(&mut self, word: Numeral, after_et: bool) -> bool {
        let low = self.group % 100;
        let fresh = matches!(self.last, Last::Nothing | Last::Zero | Last::Big) && low == 0;
        match word {
            Numeral::Zero => {
                if !matches!(self.last, Last::Nothing | Last::Zero) {
                    return false;
                }
                self.last = Last::Zero;
            }
            Numeral::Unit(n) => {
                let fits = match self.last {
                    _ if after_et => true,
                    Last::Ten(80) => n <= 16,
                    Last::Ten(60) => (2..=16).contains(&n),
                    Last::Ten(_) => (2..=9).contains(&n),
                    Last::Unit(10) => (7..=9).contains(&n),
                    Last::Unit(_) => false,
                    _ => fresh,
                };
                if !fits {
                    return false;
                }
                let teen = self.last == Last::Unit(10);
                self.group += i128::from(n);
                self.last = Last::Unit(if teen { 10 + n } else { n });
            }
            Numeral::Ten(20) if self.last == Last::Unit(4) && low == 4 => {
                self.group += 76;
                self.last = Last::Ten(80);
            }
            Numeral::Ten(t) => {
                if !fresh {
                    return false;
                }
                self.group += i128::from(t);
                self.last = Last::Ten(t);
            }
            Numeral::Hundred => {
                match (self.last, self.group) {
                    (Last::Nothing | Last::Zero | Last::Big, 0) => self.group = 100,
                    (Last::Unit(_), 2..=9 | 11..=19) => self.group *= 100,
                    _ => return false,
                }
                self.last = Last::Big;
            }
            Numeral::Thousand => {
                if self.thousands > 0 || self.group == 1 || self.last == Last::Zero {
                    return false;
                }
                self.thousands = self.group.max(1) * 1000;
                self.group = 0;
                self.last = Last::Big;
            }
            Numeral::Scale(power, _) => {
                let count = self.thousands + self.group;
                if count == 0 || self.scale != 0 && power >= self.scale {
                    return false;
                }
                self.total += count * 10i128.pow(u32::from(power));
                (self.thousands, self.group) = (0, 0);
                self.scale = power;
                self.last = Last::Big;
            }
            Numeral::About(..) | Numeral::Half => return false,
        }
        true
    }

    fn value(&self) -> i128 {
        self.total + self.thousands + self.group
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
pub fn parse_at(text: &str, at: usize) -> Option<Words> {
    let (state, end) = integer_at(text, at)?;
    let value = Decimal::try_from_i128_with_scale(state.value(), 0).ok()?;
    let is_article = value == Decimal::ONE && end - at <= 3;
    let words = Words {
        end,
        value,
        scale: state.scale,
        is_article,
    };
    Some(decimals(text, words, state.last == Last::Zero).unwrap_or(words))
}

fn integer_at(text: &str, at: usize) -> Option<(State, usize)> {
    integer(text, at, true)
}

/// As [`integer_at`], up to « million » and its like unless `scales`.
fn integer(text: &str, at: usize, scales: bool) -> Option<(State, usize)> {
    let mut state = State {
        total: 0,
        thousands: 0,
        group: 0,
        last: Last::Nothing,
        scale: 0,
    };
    let (first, mut end) = word_at(text, at)?;
    if !state.push(first, false) {
        return None;
    }
    while let Some(next) = joint(text, end) {
        if let Some((word, word_end)) = word_at(text, next) {
            let scale = matches!(word, Numeral::Scale(..));
            if scale && !scales || !state.push(word, false) {
                break;
            }
            end = word_end;
        } else if let Some((word, word_end)) = after_et(text, next, state.last) {
            state.push(word, true);
            end = word_end;
        } else {
            break;
        }
    }
    Some((state, end))
}

/// « vingt et un », « soixante et onze », « huitante et un ».
fn after_et(text: &str, at: usize, last: Last) -> Option<(Numeral, usize)> {
    let Last::Ten(ten) = last else { return None };
    let et = word_end(text, at);
    if !sets::AND.contains_folded(&text[at..et]) {
        return None;
    }
    match word_at(text, joint(text, et)?)? {
        (Numeral::Unit(1), end) => Some((Numeral::Unit(1), end)),
        (Numeral::Unit(11), end) if ten == 60 => Some((Numeral::Unit(11), end)),
        _ => None,
    }
}

/// « virgule » and the words after it; the figures they spell are appended
/// one after the other, « zéro huit » is `08`.
fn decimals(text: &str, whole: Words, zero: bool) -> Option<Words> {
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
                let Some((state, stop)) = integer(text, next, false) else {
                    break;
                };
                let n = state.value();
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
    Some(Words {
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
