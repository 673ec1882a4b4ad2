//! CSV: flat tables for spreadsheets, databases and programs that draw graphs.
//!
//! UTF-8 with its mark, by which Excel knows it; commas, quotes where they are needed,
//! line feeds. Null is nothing between two commas. `from` and `to` are written as
//! timestamps (`2024-03-01T00:00:00`), lists as JSON. The files for graphs are without
//! the mark.

mod back;

use super::{
    Output, OutputError, Part, SinkFormat, layout, sink,
    tables::Tables,
    tabular::{OneTable, Rows, TableFile, Tabular},
};
use crate::table::{Cell, Head, micros, moment};
use std::io::{self, Write};

/// CSV.
pub static CSV: SinkFormat = SinkFormat {
    name: "csv",
    extensions: &["csv"],
    writes: "flat tables, UTF-8 with its mark",
    layouts: &[&layout::MENTIONS, &layout::TABLES],
    compressed: true,
    open: |place, layout| match layout.has_files() {
        true => Tables::open(place, layout, &TABULAR, Some(&WITHOUT_MARK)),
        false => OneTable::open(place, layout, &TABULAR),
    },
    back: Some(back::rows),
};

/// What a file of Excel's begins with.
const MARK: &[u8] = "\u{feff}".as_bytes();

static TABULAR: Tabular = Tabular {
    rows: Lines::begin,
    open: |out, heads| File::begin(out, heads, MARK),
};

/// For programs that take the mark for a part of the first column's name.
static WITHOUT_MARK: Tabular = Tabular {
    rows: Lines::begin,
    open: |out, heads| File::begin(out, heads, b""),
};

struct Lines(::csv::Writer<Vec<u8>>);

impl Lines {
    fn begin(_: &[Head]) -> Box<dyn Rows> {
        Box::new(Self(::csv::Writer::from_writer(Vec::new())))
    }
}

impl Rows for Lines {
    fn row(&mut self, cells: &[Cell<'_>]) {
        // A vector takes everything, and all rows of a table have as many cells.
        let written = cells.iter().try_for_each(|cell| match cell {
            Cell::Null => self.0.write_field(""),
            Cell::Text(text) => self.0.write_field(&**text),
            Cell::Integer(n) => self.0.write_field(n.to_string()),
            Cell::Float(x) => self.0.write_field(x.to_string()),
            Cell::Decimal(digits) => self.0.write_field(digits),
            Cell::Timestamp(text) => self.0.write_field(timestamp(text)),
            Cell::Texts(texts) if texts.is_empty() => self.0.write_field(""),
            Cell::Texts(texts) => self
                .0
                .write_field(serde_json::to_string(texts).unwrap_or_default()),
        });
        let written = written.and_then(|()| self.0.write_record(None::<&[u8]>));
        debug_assert!(written.is_ok());
    }

    fn part(self: Box<Self>) -> Part {
        Box::new(self.0.into_inner().unwrap_or_default())
    }
}

/// A point of the calendar to the second; nothing where it is none.
fn timestamp(text: &str) -> String {
    micros(text).and_then(moment).unwrap_or_default()
}

struct File(Output);

impl File {
    fn begin(
        mut out: Output,
        heads: &[Head],
        mark: &[u8],
    ) -> Result<Box<dyn TableFile>, OutputError> {
        let names = heads.iter().map(|head| head.name);
        let line = [mark, names.collect::<Vec<_>>().join(",").as_bytes(), b"\n"].concat();
        match out.write_all(&line) {
            Ok(()) => Ok(Box::new(Self(out))),
            Err(e) => Err(out.failed(e)),
        }
    }
}

impl TableFile for File {
    fn rows(&mut self, part: Part) -> io::Result<()> {
        self.0.write_all(&sink::own::<Vec<u8>>(part)?)
    }

    fn finish(self: Box<Self>) -> Result<(), OutputError> {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn cells_as_a_reader_of_csv_gets_them() {
        let mut rows = Lines::begin(&[]);
        let texts = ["a;b".to_owned(), "«\u{a0}c\u{a0}»".to_owned()];
        rows.row(&[
            Cell::Text("dit « \"non\" »,\nrien".into()),
            Cell::Null,
            Cell::Integer(12),
            Cell::Float(0.5),
            Cell::Decimal("12.50"),
            Cell::Timestamp("2024-03"),
            Cell::Timestamp("-0052-01-15T08:30+01:00"),
            Cell::Texts(Cow::Borrowed(&texts)),
            Cell::Texts(Cow::Borrowed(&[])),
        ]);
        let bytes = sink::own::<Vec<u8>>(rows.part()).unwrap();
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&bytes[..]);
        let row = reader.records().next().unwrap().unwrap();
        let cells: Vec<_> = row.iter().collect();
        assert_eq!(
            cells,
            [
                "dit « \"non\" »,\nrien",
                "",
                "12",
                "0.5",
                "12.50",
                "2024-03-01T00:00:00",
                "-000052-01-15T08:30:00",
                "[\"a;b\",\"«\u{a0}c\u{a0}»\"]",
                "",
            ]
        );
    }
}
