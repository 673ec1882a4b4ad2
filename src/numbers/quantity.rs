//! Numerals with their scale: « 3,5 millions », « 1 milliard 200 millions »,
//! « une centaine de milliers », « un demi-milliard », « 12 M ».

use super::chars::{apostrophe_at, dash_at, letter_at, skip_spaces, space_at, word_end};
use super::figures::{self, Figure};
use super::words::{self, Numeral};
use crate::french::{
    lexicon::numbers::scale_abbreviations,
    sets::numbers::{AND, QUARTER},
};
use rust_decimal::Decimal;

/// Which abbreviated scales (« k », « M », « Md ») may follow the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviations {
    /// Those that stand between the figures and a unit at this byte.
    Before(usize),
    /// Those of English order, where the unit came first (`$300M`, `EUR 12m`).
    After,
    /// `k`, `M`, `G` glued to the figures, with no unit at all.
    Free,
}

/// A number, its scale taken in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Value, scale included.
    pub value: Decimal,
    /// Value without the last shared scale: 3.5 in « 3,5 millions ».
    pub base: Decimal,
    /// Power of ten of the shared scale, 0 without.
    pub power: u8,
    /// Whether it is a round number by nature: « une dizaine ».
    pub approximate: bool,
    /// The figures, when it starts with figures.
    pub figure: Option<Figure>,
    /// Whether it is « un » or « une » alone.
    pub is_article: bool,
    /// Whether it has a scale but no number: « le milliard ».
    pub is_bare_scale: bool,
}

impl Quantity {
    /// The same number on another scale.
    pub fn with_power(self, power: u8) -> Option<Self> {
        Some(Self {
            value: scaled(self.base, power)?,
            power,
            ..self
        })
    }
}

/// `base` times ten to the `power`; `None` beyond 28 figures.
pub fn scaled(base: Decimal, power: u8) -> Option<Decimal> {
    let factor = Decimal::try_from_i128_with_scale(10i128.pow(u32::from(power)), 0).ok()?;
    base.checked_mul(factor).map(|d| d.normalize())
}

/// Reads the quantity that starts at byte `at`.
///
/// ```
/// use glane::numbers::quantity::{Abbreviations, parse_at};
/// let q = parse_at("1 milliard 200 millions d'euros", 0, Abbreviations::Free).unwrap();
/// assert_eq!((q.end, q.value.to_string().as_str()), (23, "1200000000"));
/// ```
pub fn parse_at(text: &str, at: usize, abbreviations: Abbreviations) -> Option<Quantity> {
    let b = text.as_bytes();
    let mut q = if b.get(at)?.is_ascii_digit() {
        let figure = match abbreviations {
            Abbreviations::After => figures::parse_english_at(text, at)?,
            _ => figures::parse_at(text, at)?,
        };
        let q = Quantity {
            figure: Some(figure),
            ..plain(at, figure.end, figure.value)
        };
        with_vulgar_fraction(text, q)
    } else if let Some((value, end)) = vulgar_fraction(text, at) {
        plain(at, end, value)
    } else {
        in_words(text, at)?
    };
    if q.power == 0 || q.figure.is_some() {
        scale_words(text, &mut q)?;
    }
    if q.power == 0 && !q.is_article {
        abbreviation(text, &mut q, abbreviations);
    }
    if q.power > 0 {
        second_part(text, &mut q);
        and_a_half(text, &mut q);
    }
    Some(q)
}

/// Fractions that are one character, in hundredths.
const VULGAR: [(char, i64); 3] = [('¼', 25), ('½', 50), ('¾', 75)];

/// The fraction in one character at byte `at`, and its end.
fn vulgar_fraction(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let c = text[at..].chars().next()?;
    let (_, hundredths) = VULGAR.iter().find(|(v, _)| *v == c)?;
    Some((Decimal::new(*hundredths, 2), at + c.len_utf8()))
}

/// « 3½ », « 3 ½ ».
fn with_vulgar_fraction(text: &str, q: Quantity) -> Quantity {
    let whole = q.figure.is_some_and(|f| f.decimals == 0);
    let at = q.end + space_at(text.as_bytes(), q.end);
    match vulgar_fraction(text, at).filter(|_| whole) {
        Some((part, end)) => Quantity {
            end,
            value: q.value + part,
            base: q.base + part,
            ..q
        },
        None => q,
    }
}

fn plain(start: usize, end: usize, value: Decimal) -> Quantity {
    Quantity {
        start,
        end,
        value,
        base: value,
        power: 0,
        approximate: false,
        figure: None,
        is_article: false,
        is_bare_scale: false,
    }
}

fn in_words(text: &str, at: usize) -> Option<Quantity> {
    let b = text.as_bytes();
    if let Some((word, end)) = words::word_at(text, at) {
        match word {
            // « dizaine » counts as one of it; plurals need a count.
            Numeral::About(n, false) => {
                return Some(Quantity {
                    approximate: true,
                    ..plain(at, end, n.into())
                });
            }
            Numeral::Half => return half(text, at, end),
            // « du milliard » is a number, « des milliards » is none.
            Numeral::Scale(power, false) => {
                return Some(Quantity {
                    value: scaled(Decimal::ONE, power)?,
                    base: Decimal::ONE,
                    power,
                    is_bare_scale: true,
                    ..plain(at, end, Decimal::ONE)
                });
            }
            _ => {}
        }
    }
    let w = words::parse_at(text, at)?;
    let next = match dash_at(b, w.end) {
        0 => skip_spaces(b, w.end),
        n => w.end + n,
    };
    if next > w.end {
        match words::word_at(text, next) {
            // The article of « une dizaine » stays outside.
            Some((Numeral::About(n, false), end)) if w.is_article => {
                return Some(Quantity {
                    approximate: true,
                    ..plain(next, end, n.into())
                });
            }
            Some((Numeral::About(n, true), end)) if !w.is_article => {
                return Some(Quantity {
                    approximate: n != 1000,
                    ..plain(at, end, w.value.checked_mul(n.into())?)
                });
            }
            Some((Numeral::Half, end)) if w.is_article => return half(text, at, end),
            _ => {}
        }
        if let Some(quarters) = quarters(text, at, w.value, next) {
            return Some(quarters);
        }
    }
    let power = w.scale;
    let unit = scaled(Decimal::ONE, power)?;
    Some(Quantity {
        base: w.value.checked_div(unit)?.normalize(),
        power,
        is_article: w.is_article,
        ..plain(at, w.end, w.value)
    })
}

/// « un quart de milliard », « trois quarts d’un million »: `count` quarters, whose
/// noun stands at byte `noun`.
fn quarters(text: &str, start: usize, count: Decimal, noun: usize) -> Option<Quantity> {
    let end = word_end(text, noun);
    if count >= Decimal::from(4) || !QUARTER.contains_folded(&text[noun..end]) {
        return None;
    }
    let at = after_de(text, skip_spaces(text.as_bytes(), end))?;
    let at = match words::word_at(text, at) {
        Some((Numeral::Unit(1), end)) => skip_spaces(text.as_bytes(), end),
        _ => at,
    };
    let (Numeral::Scale(power, _), end) = words::word_at(text, at)? else {
        return None;
    };
    plain(start, end, count * Decimal::new(25, 2)).with_power(power)
}

/// « demi-milliard », « un demi million », « demi-douzaine ».
fn half(text: &str, start: usize, end: usize) -> Option<Quantity> {
    let b = text.as_bytes();
    let next = match dash_at(b, end) {
        0 => skip_spaces(b, end),
        n => end + n,
    };
    let half = Decimal::new(5, 1);
    let (base, power, stop) = match words::word_at(text, next).filter(|_| next > end)? {
        (Numeral::Scale(power, false), stop) => (half, power, stop),
        (Numeral::About(n, false), stop) => (half * Decimal::from(n), 0, stop),
        _ => return None,
    };
    Some(Quantity {
        value: scaled(base, power)?,
        base,
        power,
        approximate: power == 0,
        ..plain(start, stop, base)
    })
}

/// « mille », « millions », « milliers », « milliards », also two of them
/// (« mille milliards », « dizaine de milliers »).
fn scale_words(text: &str, q: &mut Quantity) -> Option<()> {
    let b = text.as_bytes();
    for _ in 0..2 {
        let mut next = match dash_at(b, q.end) {
            1 => q.end + 1,
            _ => skip_spaces(b, q.end),
        };
        if next == q.end && !letter_at(text, next) {
            return Some(());
        }
        if q.approximate || q.power > 0 {
            next = after_de(text, next).unwrap_or(next);
        }
        let (power, end) = match words::word_at(text, next) {
            Some((Numeral::Scale(power, _), end)) => (power, end),
            Some((Numeral::Thousand, end)) if q.figure.is_some() && q.power == 0 => (3, end),
            Some((Numeral::About(1000, true), end)) => (3, end),
            _ => return Some(()),
        };
        let sum = q.power + power;
        if sum > 24 {
            return None;
        }
        *q = Quantity { end, ..*q }.with_power(sum)?;
    }
    Some(())
}

/// The position after « de » or « d' » and its blank.
pub fn after_de(text: &str, at: usize) -> Option<usize> {
    let b = text.as_bytes();
    if !matches!(b.get(at), Some(b'd' | b'D')) {
        return None;
    }
    match apostrophe_at(b, at + 1) {
        0 => {
            let e = matches!(b.get(at + 1), Some(b'e' | b'E'));
            let next = skip_spaces(b, at + 2);
            (e && next > at + 2).then_some(next)
        }
        n => Some(skip_spaces(b, at + 1 + n)),
    }
}

fn abbreviation(text: &str, q: &mut Quantity, allowed: Abbreviations) {
    let b = text.as_bytes();
    let mut at = skip_spaces(b, q.end);
    let mut end = word_end(text, at);
    match allowed {
        Abbreviations::Before(unit) => {
            if at >= unit {
                return;
            }
            // « k-euros »
            at += if dash_at(b, at) == 1 { 1 } else { 0 };
            end = word_end(text, at).min(unit);
            // « d'euros » and « de dollars » are no scales.
            if at >= end || after_de(text, at).is_some() {
                return;
            }
        }
        Abbreviations::After => {}
        Abbreviations::Free => {
            let free = scale_abbreviations::find(&text[at..end]).is_some_and(|row| row.free);
            if at > q.end || q.figure.is_none() || !free {
                return;
            }
        }
    }
    let english = allowed == Abbreviations::After;
    let Some(row) = scale(&text[at..end], english) else {
        return;
    };
    // « $5 m carrés » is no amount in millions, « EUR 12 m. » is.
    if english && at > q.end && row.glued {
        return;
    }
    if let Abbreviations::Before(unit) = allowed {
        if b.get(end) == Some(&b'.') && end < unit {
            end += 1;
        }
        if !reaches(text, end, unit, true) {
            return;
        }
    }
    let power = u8::try_from(row.power).ok();
    if let Some(scaled) = power.and_then(|p| Quantity { end, ..*q }.with_power(p)) {
        *q = scaled;
    }
}

/// The row of an abbreviated scale.
fn scale(word: &str, english: bool) -> Option<&'static scale_abbreviations::Row> {
    scale_abbreviations::find(word).filter(|row| english || !row.english)
}

/// Whether a word is an abbreviated scale, in whichever order.
pub(super) fn is_scale(word: &str) -> bool {
    scale(word, true).is_some()
}

/// The position after « et » and its blank at `at`.
fn after_and(text: &str, at: usize) -> Option<usize> {
    let end = word_end(text, at);
    let blank = space_at(text.as_bytes(), end);
    (blank > 0 && AND.contains(&text[at..end])).then_some(end + blank)
}

/// Whether nothing but blanks, or « de » / « d' » after a scale, stands
/// between `end` and the unit at `unit`.
pub fn reaches(text: &str, end: usize, unit: usize, de: bool) -> bool {
    let b = text.as_bytes();
    let next = skip_spaces(b, end);
    next == unit
        || de && (next > end || end == unit) && after_de(text, next) == Some(unit)
        || de && next == end && after_de(text, next) == Some(unit)
}

/// « 2 milliards 500 millions », « 1 million 250 000 », « trois milliards et
/// 200 millions ».
fn second_part(text: &str, q: &mut Quantity) {
    let b = text.as_bytes();
    let mut at = skip_spaces(b, q.end);
    if at == q.end {
        return;
    }
    let et = after_and(text, at);
    at = et.unwrap_or(at);
    let part = match b.get(at) {
        Some(c) if c.is_ascii_digit() => figures::parse_at(text, at).map(|f| Quantity {
            figure: Some(f),
            ..plain(at, f.end, f.value)
        }),
        _ => words::parse_at(text, at).map(|w| Quantity {
            power: w.scale,
            ..plain(at, w.end, w.value)
        }),
    };
    let Some(mut part) = part else { return };
    if part.power == 0 && scale_words(text, &mut part).is_none() {
        return;
    }
    let Some(unit) = scaled(Decimal::ONE, q.power) else {
        return;
    };
    let whole = q.base.scale() == 0 || q.base.fract().is_zero();
    let smaller = part.value < unit
        && part.value >= Decimal::from(if et.is_some() { 1_000_000 } else { 1000 });
    if !whole || !smaller || part.power >= q.power {
        return;
    }
    if let Some(value) = q.value.checked_add(part.value) {
        *q = Quantity {
            end: part.end,
            value,
            base: (value / unit).normalize(),
            ..*q
        };
    }
}

/// « trois millions et demi ».
fn and_a_half(text: &str, q: &mut Quantity) {
    let b = text.as_bytes();
    let at = skip_spaces(b, q.end);
    if at == q.end {
        return;
    }
    if let Some(half) = after_and(text, at)
        && let Some((Numeral::Half, end)) = words::word_at(text, half)
        && q.base.fract().is_zero()
    {
        let base = q.base + Decimal::new(5, 1);
        if let Some(halved) = (Quantity { end, base, ..*q }).with_power(q.power) {
            *q = halved;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales() {
        for (text, value) in [
            ("3,5 millions", "3500000"),
            ("1 milliard 200 millions", "1200000000"),
            ("1 million 200 mille", "1200000"),
            ("4 milliards 50 mille", "4000050000"),
            ("un quart de milliard", "250000000"),
            ("trois quarts de million", "750000"),
            ("trois quarts d’un milliard", "750000000"),
            ("3½ millions", "3500000"),
            ("2 ¼ milliards", "2250000000"),
            ("¾ million", "750000"),
            ("2 milliards 500 millions", "2500000000"),
            ("trois millions et demi", "3500000"),
            ("3 millions et demi", "3500000"),
            ("un demi-milliard", "500000000"),
            ("dizaine de millions", "10000000"),
            ("vingtaine de milliers", "20000"),
            ("deux douzaines", "24"),
            ("trois dizaines de milliers", "30000"),
            ("12 mille", "12000"),
            ("1 000 milliards", "1000000000000"),
            ("5 millions de milliards", "5000000000000000"),
            ("2 millions 350 000", "2350000"),
            ("mille milliards", "1000000000000"),
            ("400k", "400000"),
            ("deux virgule trois milliards", "2300000000"),
            ("un virgule cinq million", "1500000"),
        ] {
            let q = parse_at(text, 0, Abbreviations::Free).unwrap();
            assert_eq!(
                (q.end, q.value.to_string().as_str()),
                (text.len(), value),
                "{text}"
            );
        }
    }

    #[test]
    fn articles_of_round_numbers_stay_outside() {
        let q = parse_at("une centaine de milliers", 0, Abbreviations::Free).unwrap();
        assert_eq!((q.start, q.end, q.approximate), (4, 24, true));
        assert_eq!(q.value, Decimal::from(100_000));
    }

    #[test]
    fn no_number_no_quantity() {
        for text in [
            "millions",
            "centaines de milliers",
            "demi-mesure",
            "quelques",
            "milliers",
        ] {
            assert!(parse_at(text, 0, Abbreviations::Free).is_none(), "{text}");
        }
    }
}
