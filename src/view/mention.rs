//! A mention as the page has it.

use super::{doubtful, words};
use crate::{
    kinds::{DateType, Field, Label, Zone},
    record::{self, Kind, MentionRow, Record},
};
use serde::{Serialize, Serializer, ser::SerializeSeq};

/// What a mark is called, by the number that the page knows it by.
pub const LABELS: [&str; 10] = [
    "PER", "LOC", "ORG", "MISC", "MONEY", "PERCENT", "DATE", "TIME", "DURATION", "SET",
];

/// A mention, written as a list without names, since a page holds ten thousands:
/// field (0 title, 1 text), first UTF-16 unit of the field, length in UTF-16
/// units, number of the label, flags, name, words, score in hundredths, number
/// of the rule from 1, amount, currency.
pub struct Mark {
    field: u8,
    start: usize,
    length: usize,
    label: usize,
    flags: u8,
    name: Option<String>,
    words: Option<String>,
    score: Option<u8>,
    rule: usize,
    amount: Option<f64>,
    currency: Option<String>,
}

/// A name that is doubtful.
const IS_DOUBTFUL: u8 = 1;
/// A value that is null.
const IS_NULL: u8 = 2;
/// A mention in a comment or in what the page says, which the page does not count
/// unless it is asked to.
const IS_ASIDE: u8 = 4;

impl Mark {
    /// Says which rule found it.
    pub fn rule(&mut self, number: usize) {
        self.rule = number;
    }
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        seq.serialize_element(&self.field)?;
        seq.serialize_element(&self.start)?;
        seq.serialize_element(&self.length)?;
        seq.serialize_element(&self.label)?;
        seq.serialize_element(&self.flags)?;
        seq.serialize_element(&self.name)?;
        seq.serialize_element(&self.words)?;
        seq.serialize_element(&self.score)?;
        seq.serialize_element(&self.rule)?;
        if self.amount.is_some() {
            seq.serialize_element(&self.amount)?;
            seq.serialize_element(&self.currency)?;
        }
        seq.end()
    }
}

/// The mentions of a record in reading order, with the rows that they come from.
/// One that does not lie in its field is left out.
pub fn marks(record: &Record, title: &str, text: &str) -> Vec<(Mark, MentionRow)> {
    let mut rows = Vec::new();
    record::rows(record, &mut |row| rows.push(row));
    rows.sort_by_key(|row| (row.span.field, row.span.byte_start, row.span.byte_end));
    let mut units = [Units::new(title), Units::new(text)];
    rows.into_iter()
        .filter_map(|row| {
            let words = words::value(&row);
            let field = match row.span.field {
                Field::Title => 0,
                _ => 1,
            };
            let (start, length) = units[usize::from(field)]
                .span(row.span.byte_start as usize, row.span.byte_end as usize)?;
            let null = row.kind != Kind::Entity && words.is_none();
            let currency = row.kind == Kind::Money && row.currency.is_none();
            let mark = Mark {
                field,
                start,
                length,
                label: label(&row),
                flags: u8::from(doubtful(&row)) * IS_DOUBTFUL
                    + u8::from(null || currency) * IS_NULL
                    + u8::from(row.span.zone.is_some_and(Zone::is_aside)) * IS_ASIDE,
                name: row.name.clone().filter(|name| *name != row.span.text),
                words,
                score: row.score.map(|score| (score * 100.0).round() as u8),
                rule: 0,
                amount: match row.kind {
                    Kind::Money => row.number,
                    _ => None,
                },
                currency: row.currency.clone(),
            };
            Some((mark, row))
        })
        .collect()
}

fn label(row: &MentionRow) -> usize {
    match row.kind {
        Kind::Money => 4,
        Kind::Percent => 5,
        Kind::Date => match row.date_type {
            Some(DateType::Time) => 7,
            Some(DateType::Duration) => 8,
            Some(DateType::Set) => 9,
            _ => 6,
        },
        _ => match row.label {
            Some(Label::Per) => 0,
            Some(Label::Loc) => 1,
            Some(Label::Org) => 2,
            _ => 3,
        },
    }
}

/// UTF-16 units of a text, counted from the last place asked for.
struct Units<'a> {
    text: &'a str,
    byte: usize,
    unit: usize,
}

impl<'a> Units<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            unit: 0,
        }
    }

    /// First unit and number of units of these bytes; `None` out of bounds or
    /// inside a character.
    fn span(&mut self, from: usize, to: usize) -> Option<(usize, usize)> {
        if from < self.byte {
            // Mentions may overlap.
            (self.byte, self.unit) = (0, 0);
        }
        let between = self.text.get(self.byte..from)?;
        self.unit += between.encode_utf16().count();
        self.byte = from;
        Some((self.unit, self.text.get(from..to)?.encode_utf16().count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_the_script_that_reads_them() {
        let text = "😀 à Nîmes, 😀";
        let mut units = Units::new(text);
        let at = text.find("Nîmes").unwrap();
        assert_eq!(units.span(at, at + "Nîmes".len()), Some((5, 5)));
        let last = text.rfind('😀').unwrap();
        assert_eq!(units.span(last, text.len()), Some((12, 2)));
        // Back again, and where no character begins.
        assert_eq!(units.span(0, 4), Some((0, 2)));
        assert_eq!(units.span(1, 4), None);
        assert_eq!(units.span(0, 99), None);
    }
}
