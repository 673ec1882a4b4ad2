//! CSV back to rows.

use crate::{
    compression::Compression,
    output::back::{Held, RowsBack},
    table::{Cell, Head, Type, json, micros},
};
use csv::StringRecord;
use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufReader},
};

/// See [`crate::output::back::Back`].
pub(super) fn rows(
    file: File,
    compression: &'static Compression,
    held: Held,
) -> io::Result<RowsBack> {
    let Held::Flat(heads) = held else {
        return Err(io::Error::other("CSV holds flat tables only"));
    };
    let plain = (compression.decode)(Box::new(BufReader::with_capacity(1 << 17, file)))?;
    let mut reader = csv::Reader::from_reader(plain);
    let header = reader.headers()?.clone();
    let found: Vec<_> = header
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}'))
        .collect();
    let expected: Vec<_> = heads.iter().map(|head| head.name).collect();
    if found != expected {
        return Err(io::Error::other(format!(
            "its columns are {}, not {}",
            found.join(", "),
            expected.join(", ")
        )));
    }
    Ok(Box::new(reader.into_records().map(move |row| {
        object(&heads, &row.map_err(io::Error::from)?)
    })))
}

fn object(heads: &[Head], row: &StringRecord) -> io::Result<String> {
    let cells = heads.iter().zip(row).map(|(head, text)| cell(head, text));
    Ok(json::json(heads, &cells.collect::<io::Result<Vec<_>>>()?))
}

/// The value that was written as `text`.
fn cell<'a>(head: &Head, text: &'a str) -> io::Result<Cell<'a>> {
    let no = |what: &str| {
        let text: String = text.chars().take(SHOWN).collect();
        let head = head.name;
        io::Error::other(format!(
            "the column `{head}` has {text:?}, which is no {what}"
        ))
    };
    if text.is_empty() && head.nullable {
        return Ok(Cell::Null);
    }
    Ok(match head.holds {
        Type::Text | Type::Object => text.into(),
        Type::Integer => Cell::Integer(text.parse().map_err(|_| no("whole number"))?),
        Type::Float => Cell::Float(text.parse().map_err(|_| no("number"))?),
        Type::Decimal if is_decimal(text) => Cell::Decimal(text),
        Type::Decimal => return Err(no("decimal number")),
        Type::Timestamp if micros(text).is_some() => Cell::Timestamp(text),
        Type::Timestamp => return Err(no("point of the calendar")),
        Type::Texts if text.is_empty() => Cell::Texts(Cow::Borrowed(&[])),
        Type::Texts => {
            let texts = serde_json::from_str(text).map_err(|_| no("list of texts"))?;
            Cell::Texts(Cow::Owned(texts))
        }
    })
}

/// Whether it is a decimal number, of as many digits as it likes.
fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let figures = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    figures(whole.strip_prefix('-').unwrap_or(whole)) && figures(fraction)
}

/// Code points of a cell that a message shows.
const SHOWN: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_they_were_written() {
        let head = |holds, nullable| Head {
            name: "x",
            holds,
            nullable,
        };
        for (holds, nullable, text, expected) in [
            (Type::Text, true, "", Cell::Null),
            (Type::Text, false, "", "".into()),
            (Type::Integer, false, "12", Cell::Integer(12)),
            (Type::Float, true, "1", Cell::Float(1.0)),
            (Type::Decimal, true, "12.50", Cell::Decimal("12.50")),
            (Type::Texts, false, "", Cell::Texts(Cow::Borrowed(&[]))),
            (
                Type::Texts,
                false,
                r#"["a,b"]"#,
                Cell::Texts(Cow::Owned(vec!["a,b".to_owned()])),
            ),
        ] {
            assert_eq!(
                cell(&head(holds, nullable), text).unwrap(),
                expected,
                "{text}"
            );
        }
        let wrong = cell(&head(Type::Integer, false), "-3").unwrap_err();
        assert!(wrong.to_string().contains("`x` has \"-3\""), "{wrong}");
        // What stands in a column of numbers that are always there is not nothing.
        assert!(cell(&head(Type::Float, false), "").is_err());
        assert!(cell(&head(Type::Decimal, true), "12,5").is_err());
        assert!(cell(&head(Type::Timestamp, true), "hier").is_err());
        // More digits than a column of Parquet has.
        assert!(cell(&head(Type::Decimal, true), "0.00000000012").is_ok());
    }
}
