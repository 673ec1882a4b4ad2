//! Tables with a header: CSV and TSV.

use super::rows::{Row, Rows};
use crate::article::{
    Article, Fields, Role, Unreadable,
    bounds::too_long,
    container::{Articles, Body, Container, Cut, Open, Opened},
    decode,
    field_date::read_date,
    fields::{Used, Values, fill, shortened},
    options::Options,
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
    open: Open::Stream(|stream, options| open(stream, options, delimiter)),
};

/// Tab-separated rows.
pub static TSV: Container = Container {
    name: "tsv",
    aliases: &[],
    extensions: &["tsv"],
    holds: "tab-separated rows with a header",
    articles: Articles::Many,
    sniff: |_| false,
    open: Open::Stream(|stream, options| open(stream, options, |_| b'\t')),
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
fn open(stream: Stream, options: &Options, delimiter: fn(&[u8]) -> u8) -> io::Result<Opened> {
    let (fields, most) = (&options.fields, options.max_article_bytes);
    let (mut plain, warning) = stream.into_rows();
    let head = plain.fill_buf()?;
    let (delimiter, told) = match told_separator(head) {
        Some((told, line)) => (told, line),
        None => (delimiter(head), 0),
    };
    plain.consume(told);
    let mut rows = Rows::new(plain, delimiter, u64::from(told > 0), most);
    let names = match rows.next()? {
        Some(Row::Whole { bytes, escapes, .. }) => {
            // The signs of an encoding are few in one cell.
            let bytes =
                decode::decode(&bytes).map_or(bytes.clone(), |d| d.text.into_owned().into());
            cells(&bytes, delimiter, escapes)?
        }
        Some(Row::Unclosed(line)) => return Err(io::Error::other(unclosed(line))),
        Some(Row::TooLong(length)) => {
            let problem = too_long("a first row, with the names of columns,", length, most);
            return Err(io::Error::other(problem.message));
        }
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
            lost: lost(&header, fields),
            header,
            row: 0,
            most,
        }),
        warning,
    })
}

/// What to say of a first line that is lost as names of columns, while it looks like
/// an article: nothing that anybody calls a text, and no names either.
fn lost(header: &Header, fields: &Fields) -> Option<Unreadable> {
    /// Longer (bytes) than a name of a column ever is.
    const LONG: usize = 60;
    let text = Role::Text;
    let value = |name: &&String| {
        name.len() > LONG || name.parse::<f64>().is_ok() || read_date(name).is_some()
    };
    if header.columns[text as usize].is_some() || fields.given(text).is_some() {
        return None;
    }
    let value = header.names.iter().find(value)?;
    let message = format!(
        "the first line is read as the names of columns, and looks like an article (`{}`): put a \
         line with names before it, such as id,date,title,text; if the file is of another \
         format, name it with --format",
        shortened(value, LONG)
    );
    Some(Unreadable::new("parse", message))
}

fn unclosed(line: u64) -> String {
    format!(
        "the quote opened in line {line} is never closed; reading goes on in the next line: close \
         it, or double it if it belongs to the text"
    )
}

/// The separator that Excel is told in a first line of its own, `sep=;`, and the
/// bytes of that line.
fn told_separator(head: &[u8]) -> Option<(u8, usize)> {
    let end = head.iter().position(|b| matches!(b, b'\n' | b'\r'))?;
    let line = &head[..end];
    let quoted = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\""));
    let [separator] = quoted.unwrap_or(line).strip_prefix(b"sep=")? else {
        return None;
    };
    let ended = if head[end..].starts_with(b"\r\n") {
        2
    } else {
        1
    };
    Some((*separator, end + ended))
}

/// French spreadsheets export `;`, others `,`: whichever the header has more
/// of.
fn delimiter(head: &[u8]) -> u8 {
    let line = head
        .split(|b| matches!(b, b'\n' | b'\r'))
        .next()
        .unwrap_or_default();
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
    /// Said before the first row.
    lost: Option<Unreadable>,
    header: Arc<Header>,
    row: u64,
    /// Bytes of the longest row.
    most: usize,
}

impl Cut for Table {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        if let Some(lost) = self.lost.take() {
            return Ok(Some(Box::new(lost)));
        }
        let Some(row) = self.rows.next()? else {
            return Ok(None);
        };
        self.row += 1;
        Ok(Some(match row {
            Row::Whole {
                bytes,
                stray,
                escapes,
            } => Box::new(TableRow {
                bytes,
                stray,
                escapes,
                header: Arc::clone(&self.header),
            }),
            Row::Unclosed(line) => Box::new(Unreadable::new("parse", unclosed(line))),
            Row::TooLong(length) => Box::new(too_long("a row", length, self.most)),
        }))
    }

    fn row(&self) -> Option<u64> {
        // The line of names is none.
        (self.row > 0).then_some(self.row)
    }
}

#[derive(Debug)]
struct TableRow {
    bytes: Vec<u8>,
    /// Line of a quote out of place.
    stray: Option<u64>,
    /// Quotes inside quotes are escaped by a backslash.
    escapes: bool,
    header: Arc<Header>,
}

impl Body for TableRow {
    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn raw(&self) -> Option<&[u8]> {
        Some(&self.bytes)
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
        // As a whole: the signs of an encoding are few in one cell.
        let row = decode::decode(&self.bytes).map_err(|e| Unreadable::new("decode", e))?;
        let record = cells(row.text.as_bytes(), header.delimiter, self.escapes)
            .map_err(|e| Unreadable::new("parse", e))?;
        let warnings = &mut article.warnings;
        warnings.extend(row.warning);
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
            used[role as usize] = Some(header.names[column].clone());
            values[role as usize] = Some(String::from_utf8_lossy(bytes));
        }
        let mut kept = Vec::new();
        for &column in &header.kept {
            let Some(bytes) = record.get(column) else {
                continue;
            };
            let cell = String::from_utf8_lossy(bytes);
            let value = MetaValue::string(&cell).map_err(|e| Unreadable::new("parse", e))?;
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
        fill(article, fields, used, values, || header.names.clone())
    }
}

/// The cells of one row.
fn cells(row: &[u8], delimiter: u8, escapes: bool) -> Result<ByteRecord, csv::Error> {
    let doubled;
    let row = if escapes {
        doubled = double_quotes(row);
        &doubled[..]
    } else {
        row
    };
    let mut record = ByteRecord::new();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(row)
        .read_byte_record(&mut record)?;
    Ok(record)
}

/// Quotes inside quotes doubled, as the standard has it, where the row escapes
/// them by a backslash; a backslash before another letter is one.
fn double_quotes(row: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(row.len());
    let (mut quoted, mut i) = (false, 0);
    while let Some(&b) = row.get(i) {
        match (b, row.get(i + 1)) {
            (b'\\', Some(b'"')) if quoted => {
                out.extend(b"\"\"");
                i += 2;
                continue;
            }
            (b'\\', Some(b'\\')) if quoted => i += 1,
            (b'"', _) => quoted = !quoted,
            _ => {}
        }
        out.push(b);
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_that_are_told() {
        for (head, told) in [
            (&b"sep=;\r\na;b"[..], Some((b';', 7))),
            (b"\"sep=,\"\na,b", Some((b',', 8))),
            (b"sep=\t\ra", Some((b'\t', 6))),
            (b"sep=;;\na", None),
            (b"separateur\na", None),
            (b"", None),
        ] {
            assert_eq!(told_separator(head), told);
        }
        assert_eq!(delimiter(b"a;b\r1;x,y,z\r"), b';');
    }

    #[test]
    fn escaped_quotes() {
        let row = br#"1,"Dit \"oui\", puis ""non"" \\ et \t",\"#;
        let cells = cells(row, b',', true).unwrap();
        assert_eq!(&cells[1], br#"Dit "oui", puis "non" \ et \t"#);
        assert_eq!(&cells[2], b"\\");
    }
}
