//! The grammar of French numerals in words, whatever their words are read from: bytes
//! of a text or the tokens of a line ([`Words`]).
//!
//! Tens are French, Belgian and Swiss (« soixante-dix », « septante »), hundreds may
//! be counted in teens (« dix-neuf cent »), scales are long (million 10⁶, milliard
//! 10⁹, billion 10¹² …), and an ordinal is a cardinal whose last word is one.

use super::chars::Folded;
use crate::french::{
    agreement::singular,
    lexicon::numbers::{numerals, ordinals},
    types::NumeralClass,
};

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

impl Numeral {
    /// What the word of this value is, which is below a million.
    pub fn below_a_million(value: u32) -> Option<Self> {
        Some(match value {
            0 => Self::Zero,
            1..=16 => Self::Unit(value as u8),
            20..=99 => Self::Ten(value as u8),
            100 => Self::Hundred,
            1000 => Self::Thousand,
            _ => return None,
        })
    }
}

/// The numeral meaning of a folded word.
pub fn numeral(folded: &str) -> Option<Numeral> {
    let row = numerals::find(folded)?;
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

/// What one word means at the end of an ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The cardinal that it is made from.
    pub of: Numeral,
    /// « premier » and « second » stand alone.
    pub alone: bool,
}

/// The ordinal meaning of a word, in the singular or plural.
pub fn rank(word: &str) -> Option<Rank> {
    let row = ordinals::find(singular(Folded::new(word).as_str()))?;
    Some(Rank {
        of: numeral(row.cardinal)?,
        alone: row.alone,
    })
}

/// Where the words of a numeral are read from. A place is the source's own: a byte, a
/// token.
pub trait Words {
    /// The numeral word at a place, and its end.
    fn numeral(&self, at: usize) -> Option<(Numeral, usize)>;
    /// The end of « et » at a place.
    fn and(&self, at: usize) -> Option<usize>;
    /// The ordinal word at a place, and its end.
    fn rank(&self, at: usize) -> Option<(Rank, usize)>;
    /// The place of the word that a hyphen or a blank joins to the one that ends here.
    fn next(&self, end: usize) -> Option<usize>;
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    Zero,
    Unit(u8),
    Ten(u8),
    Big,
}

/// A cardinal as its words are added: `total` of finished scales, `thousands`, and
/// the `group` below a thousand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cardinal {
    total: i128,
    thousands: i128,
    group: i128,
    last: Last,
    scale: u8,
}

impl Cardinal {
    /// Its value.
    pub fn value(&self) -> i128 {
        self.total + self.thousands + self.group
    }

    /// Power of ten of the last scale word (6 in « deux millions »), 0 without.
    pub fn scale(&self) -> u8 {
        self.scale
    }

    /// Whether « zéro » is its last word.
    pub fn ends_in_zero(&self) -> bool {
        self.last == Last::Zero
    }

    /// Adds a word, which « et » may precede; false when French grammar does not
    /// allow it here.
    fn push(&mut self, word: Numeral, and: bool) -> bool {
        let low = self.group % 100;
        let fresh = matches!(self.last, Last::Nothing | Last::Zero | Last::Big) && low == 0;
        match word {
            // « vingt et un », « soixante et onze »
            Numeral::Unit(n) if and => {
                let Last::Ten(ten) = self.last else {
                    return false;
                };
                if !(n == 1 || n == 11 && ten == 60) {
                    return false;
                }
                self.group += i128::from(n);
                self.last = Last::Unit(n);
            }
            _ if and => return false,
            Numeral::Zero => {
                if !matches!(self.last, Last::Nothing | Last::Zero) {
                    return false;
                }
                self.last = Last::Zero;
            }
            Numeral::Unit(n) => {
                let fits = match self.last {
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
}

/// The longest cardinal at a place, and its end; up to « million » and its like unless
/// `scales`.
pub fn cardinal(words: &impl Words, at: usize, scales: bool) -> Option<(Cardinal, usize)> {
    let mut read = Cardinal::default();
    let (first, mut end) = words.numeral(at)?;
    if !read.push(first, false) {
        return None;
    }
    while let Some(at) = words.next(end) {
        let (word, and) = match words.numeral(at) {
            Some(word) => (word, false),
            None => match behind_and(words, at).and_then(|at| words.numeral(at)) {
                Some(word) => (word, true),
                None => break,
            },
        };
        let scale = matches!(word.0, Numeral::Scale(..));
        if scale && !scales || !read.push(word.0, and) {
            break;
        }
        end = word.1;
    }
    Some((read, end))
}

/// The ordinal at a place: its rank, and its end.
pub fn ordinal(words: &impl Words, at: usize) -> Option<(i128, usize)> {
    let mut read = Cardinal::default();
    let (mut place, mut and) = (at, false);
    loop {
        if let Some((rank, end)) = words.rank(place) {
            let value = match rank.of {
                _ if rank.alone && place != at => return None,
                // « millionième » alone is one millionth part of the way up.
                Numeral::Scale(power, _) if place == at => 10i128.pow(u32::from(power)),
                of => read.push(of, and).then(|| read.value())?,
            };
            return Some((value, end));
        }
        let (word, end) = words.numeral(place)?;
        if !read.push(word, and) {
            return None;
        }
        place = words.next(end)?;
        and = false;
        if let Some(behind) = behind_and(words, place) {
            (place, and) = (behind, true);
        }
    }
}

/// The place behind « et ».
fn behind_and(words: &impl Words, at: usize) -> Option<usize> {
    words.next(words.and(at)?)
}
