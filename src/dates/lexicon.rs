//! The words that time expressions are made of, with their class and meaning:
//! the tables of `french/tables/lexicon` behind one look-up.
//!
//! Keys are folded: lower case, no accents, `œ` as `oe`, at most 16 bytes. A
//! folded key may stand for two words (« à » and « a », « été » and « ete »);
//! [`super::token::Token::accent`] tells them apart.

pub(super) use crate::french::types::{
    Feast, Meal, Number, PartNoun, Season, UnitNoun, Vague, Weekday, Word,
};
use crate::{
    fold::fold_char,
    french::{lexicon as tables, types::NumeralClass},
};
use std::sync::LazyLock;

/// What a token stands for, besides its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The class says all.
    None,
    /// The value of figures or of a numeral in words.
    Value(u32),
    /// The code point of a punctuation mark; quotes, hyphens and apostrophes of
    /// every shape are `"`, `-` and `'`.
    Mark(char),
    /// January is 1.
    Month(u8),
    Weekday(Weekday, Number),
    Season(Season),
    Unit(UnitNoun),
    /// How often, of an adverb.
    Every(UnitNoun),
    Part(PartNoun),
    Feast(Feast),
    Meal(Meal),
    /// Of an adjective.
    Number(Number),
    /// Days from a reference day.
    Days(i8),
    Vague(Vague),
    /// What « am », « pm » add to an hour.
    Hours(u8),
}

/// Class and meaning of a word that is in no table.
const UNKNOWN: (Word, Meaning) = (Word::Other, Meaning::None);

/// Every word of the tables that running text is read with: its folded form,
/// class, meaning.
#[rustfmt::skip]
fn words() -> impl Iterator<Item = (&'static str, Word, Meaning)> {
    use tables::{calendar::*, dates::*};
    let small = |n: u64| u8::try_from(n).unwrap_or(u8::MAX);
    let number = |n: u64| Meaning::Value(u32::try_from(n).unwrap_or(u32::MAX));
    units::ROWS.iter().map(|r| (r.key, Word::Unit, Meaning::Unit(r.unit)))
        .chain(parts::ROWS.iter().map(|r| (r.key, Word::Part, Meaning::Part(r.part))))
        .chain(seasons::ROWS.iter().map(|r| (r.key, Word::Season, Meaning::Season(r.season))))
        .chain(meals::ROWS.iter().map(|r| (r.key, Word::Meal, Meaning::Meal(r.meal))))
        .chain(feasts::ROWS.iter().map(|r| (r.key, Word::Feast, Meaning::Feast(r.feast))))
        .chain(tables::numbers::numerals::ROWS.iter().filter_map(move |r| Some((r.key, cardinal(r)?, number(r.value)))))
        .chain(numerals::ROWS.iter().map(move |r| (r.key, r.class, number(r.value))))
        .chain(directions::ROWS.iter().map(|r| (r.key, r.class, Meaning::Number(r.number))))
        .chain(day_words::ROWS.iter().map(|r| (r.key, r.class, Meaning::Days(r.days as i8))))
        .chain(vague::ROWS.iter().map(|r| (r.key, Word::Ref, Meaning::Vague(r.side))))
        .chain(adverbs::ROWS.iter().map(|r| (r.key, Word::Adverb, Meaning::Every(r.unit))))
        .chain(am_pm::ROWS.iter().map(move |r| (r.key, Word::AmPm, Meaning::Hours(small(r.hours)))))
        .chain(function_words::ROWS.iter().map(|r| (r.key, r.class, Meaning::None)))
        .chain(weekdays::ROWS.iter().map(|r| {
            let class = if r.short { Word::WeekdayAbbr } else { Word::Weekday };
            (r.key, class, Meaning::Weekday(r.weekday, r.number))
        }))
        // Last, because « sept » is a number first: the grammar reads it as a
        // month after a day.
        .chain(months::ROWS.iter().map(move |r| {
            let class = if r.short { Word::MonthAbbr } else { Word::Month };
            (r.key, class, Meaning::Month(small(r.month)))
        }))
}

/// The class of a cardinal below a million; other words of numerals have rows of their
/// own, for they are not put together here.
fn cardinal(row: &tables::numbers::numerals::Row) -> Option<Word> {
    match row.class {
        // An article as well.
        NumeralClass::Unit if row.value == 1 => Some(Word::Un),
        NumeralClass::Zero
        | NumeralClass::Unit
        | NumeralClass::Ten
        | NumeralClass::Hundred
        | NumeralClass::Thousand => Some(Word::Numeral),
        NumeralClass::Scale | NumeralClass::About | NumeralClass::Half => None,
    }
}

/// A folded word packed into sixteen bytes.
pub(super) type Key = u128;

/// Folds `word` into a [`Key`]; `None` when it is longer than the table's keys.
pub(super) fn key(word: &str) -> Option<Key> {
    let mut key: Key = 0;
    let mut len = 0;
    for c in word.chars() {
        let folded = fold_char(c)?;
        for b in folded.bytes() {
            if len == 16 {
                return None;
            }
            key = key << 8 | Key::from(b);
            len += 1;
        }
    }
    Some(key)
}

const SLOTS: usize = 2048;

struct Table {
    slots: Vec<(Key, Word, Meaning)>,
}

fn slot(key: Key) -> usize {
    let mixed =
        (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 53) as usize
}

impl Table {
    /// The first meaning of a word stays.
    fn insert(&mut self, k: Key, class: Word, meaning: Meaning) {
        let mut i = slot(k);
        while self.slots[i].0 != 0 {
            if self.slots[i].0 == k {
                return;
            }
            i = (i + 1) % SLOTS;
        }
        self.slots[i] = (k, class, meaning);
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut t = Table {
        slots: vec![(0, UNKNOWN.0, UNKNOWN.1); SLOTS],
    };
    for (word, class, meaning) in words() {
        if let Some(k) = key(word) {
            t.insert(k, class, meaning);
        }
    }
    t
});

/// The class and meaning of a folded word.
#[inline]
pub(super) fn look_up(k: Key) -> (Word, Meaning) {
    let slots = &TABLE.slots;
    let mut i = slot(k);
    loop {
        let (found, class, meaning) = slots[i];
        if found == k {
            return (class, meaning);
        }
        if found == 0 {
            return UNKNOWN;
        }
        i = (i + 1) % SLOTS;
    }
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokenize, *};

    #[test]
    fn folds_case_and_accents() {
        for w in ["décembre", "DÉCEMBRE", "Decembre", "de\u{301}cembre"] {
            let found = look_up(key(w).unwrap());
            assert_eq!(found, (Word::Month, Meaning::Month(12)), "{w}");
        }
        assert_eq!(look_up(key("sept").unwrap()).0, Word::Numeral);
        assert_eq!(look_up(key("maison").unwrap()), UNKNOWN);
        assert_eq!(key("anticonstitutionnellement"), None);
    }

    /// The only word with two meanings: a number, and after a day a month.
    const HOMOGRAPH: &str = "sept";

    #[test]
    fn every_row_is_reached_from_text() {
        let mut seen = std::collections::BTreeSet::new();
        for (word, class, meaning) in words() {
            if !seen.insert(word) {
                assert_eq!(word, HOMOGRAPH);
                continue;
            }
            let text = format!("Voir {word} ici.");
            let mut tokens = Vec::new();
            tokenize(&text, 0, text.len(), &[], &mut tokens);
            let t = tokens[1];
            assert_eq!(t.end as usize, 5 + word.len(), "{word} is not one token");
            assert_eq!((t.word, t.meaning), (class, meaning), "{word}");
        }
    }
}
