//! Tables with a header: CSV and TSV.

use super::rows::{Row, Rows};
use crate::article::{
    Article, Fields, Role, Unreadable,
    container::{Articles, Body, Container, Cut, Open, Opened},
    decode,
    fields::{Used, Values, fill},
    stream::Stream,
};
use crate::kinds::MetaValue;
use csv::ByteRecord;
use std::{
    borrow::Cow,
    io::{self, BufRead},
    sync::Arc,
};

/// Comma-separated rows, or with what else the header has more of.
pub static CSV: Container = Container {
    name: "csv",
    aliases: &[],
    extensions: &["csv"],
    holds: "comma- or semicolon-separated rows with a header",
    articles: Articles::Many,
    sniff: |_| false,
    open: Open::Stream(|stream, fields| open(stream, fields, delimiter)),
};

/// Tab-separated rows.
pub static TSV: Container = Container {
    name: "tsv",
    aliases: &[],
    extensions: &["tsv"],
    holds: "tab-separated rows with a header",
    articles: Articles::Many,
    sniff: |_| false,
    open: Open::Stream(|stream, fields| open(stream, fields, |_| b'\t')),
};

/// What all rows of a table share.
#[derive(Debug)]
struct Header {
    /// For each role of [`Role::ALL`]: its column, and the rank of that
    /// column's name among the candidates.
    columns: [Option<(usize, usize)>; 4],
    /// Names of the columns.
    names: Vec<String>,
    /// Columns to keep, by their number in [`Self::names`].
    kept: Vec<usize>,
    /// What separates them.
    delimiter: u8,
}

/// Reads the header and finds the column of each role. `delimiter` is told
/// from the first bytes.
fn open(stream: Stream, fields: &Fields, delimiter: fn(&[u8]) -> u8) -> io::Result<Opened> {
    let (mut plain, warning) = stream.into_rows();
    let delimiter = delimiter(plain.fill_buf()?);
    let mut rows = Rows::new(plain, delimiter);
    let names = match rows.next()? {
        Some(Row::Whole { bytes, .. }) => cells(&bytes, delimiter)?,
        Some(Row::Unclosed(line)) => return Err(io::Error::other(unclosed(line))),
        None => ByteRecord::new(),
    };
    let names: Vec<String> = names
        .iter()
        .map(|name| match decode::decode(name) {
            Ok(name) => name.text.trim().to_owned(),
            Err(_) => String::new(),
        })
        .collect();
    let mut columns: [Option<(usize, usize)>; 4] = [None; 4];
    for (column, name) in names.iter().enumerate() {
        for (role, rank) in fields.roles(name) {
            let best = &mut columns[role as usize];
            if best.is_none_or(|(_, r)| rank < r) {
                *best = Some((column, rank));
            }
        }
    }
    let header = Arc::new(Header {
        columns,
        kept: (0..names.len())
            .filter(|i| fields.keeps(&names[*i]))
            .collect(),
        names,
        delimiter,
    });
    Ok(Opened {
        cut: Box::new(Table {
            rows,
            header,
            row: 0,
        }),
        warning,
    })
}

fn unclosed(line: u64) -> String {
    format!("the quote opened in line {line} is never closed; reading goes on in the next line")
}

/// French spreadsheets export `;`, others `,`: whichever the header has more
/// of.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |d: u8| line.iter().filter(|b| **b == d).count();
    [b',', b';', b'\t', b'|']
        .into_iter()
        .rev()
        .max_by_key(|d| count(*d))
        .unwrap_or(b',')
}

/// Rows are the records after the header.
struct Table {
    rows: Rows,
    header: Arc<Header>,
    row: u64,
}

impl Cut for Table {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        let Some(row) = self.rows.next()? else {
            return Ok(None);
        };
        self.row += 1;
        Ok(Some(match row {
            Row::Whole { bytes, stray } => Box::new(TableRow {
                bytes,
                stray,
                header: Arc::clone(&self.header),
            }),
            Row::Unclosed(line) => Box::new(Unreadable::new("parse", unclosed(line))),
        }))
    }

    fn row(&self) -> Option<u64> {
        Some(self.row)
    }
}

#[derive(Debug)]
struct TableRow {
    bytes: Vec<u8>,
    /// Line of a quote out of place.
    stray: Option<u64>,
    header: Arc<Header>,
}

impl Body for TableRow {
    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn fields(&self) -> Vec<String> {
        self.header.names.clone()
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        let header = &*self.header;
        let record =
            cells(&self.bytes, header.delimiter).map_err(|e| Unreadable::new("parse", e))?;
        let warnings = &mut article.warnings;
        warnings.extend(self.stray.map(|line| format!("stray_quote:{line}")));
        let width = header.names.len();
        if record.len() > width {
            // Often a text with separators of its own and no quotes around it.
            warnings.push(format!("extra_columns:{}", record.len() - width));
        }
        let mut values: [Option<Cow<str>>; 4] = Default::default();
        for role in Role::ALL {
            let Some((column, _)) = header.columns[role as usize] else {
                continue;
            };
            let Some(bytes) = record.get(column) else {
                continue;
            };
            let decoded = decode::decode(bytes).map_err(|e| Unreadable::new("decode", e))?;
            if let Some(w) = decoded.warning
                && !article.warnings.contains(&w)
            {
                article.warnings.push(w);
            }
            used[role as usize] = Some(header.names[column].clone());
            values[role as usize] = Some(decoded.text);
        }
        let mut kept = Vec::new();
        for &column in &header.kept {
            let Some(bytes) = record.get(column) else {
                continue;
            };
            let cell = decode::decode(bytes).map_err(|e| Unreadable::new("decode", e))?;
            let value = MetaValue::string(&cell.text).map_err(|e| Unreadable::new("parse", e))?;
            kept.push((header.names[column].clone(), value));
        }
        let [text, id, title, date] = values;
        let values = Values {
            text: text.map(Some),
            id,
            title,
            date,
            kept,
        };
        fill(article, fields, used, values)
    }
}

/// The cells of one row.
fn cells(row: &[u8], delimiter: u8) -> Result<ByteRecord, csv::Error> {
    let mut record = ByteRecord::new();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(row)
        .read_byte_record(&mut record)?;
    Ok(record)
}
