//! Cuts one input into raw articles without holding it in memory.
//!
//! The reader only decompresses and finds where rows end; decoding and parsing
//! are left to [`Item::article`], which any thread can run.

use super::{
    Article, Compression, Fields, Format, Input, Role, Unreadable, decode,
    fields::Used,
    json,
    json::Scalar,
    metadata,
    published::Published,
    pump::Pump,
    rows::{Row, Rows},
};
use crate::record::PublishedFrom;
use csv::ByteRecord;
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    fs::{self, File},
    io::{self, BufRead, BufReader, Chain, Cursor, Read},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// How items become articles.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the fields of a record are.
    pub fields: Fields,
    /// Publication date of articles that do not tell their own.
    pub published: Option<Published>,
}

/// Bytes taken from an input and their SHA-256, kept while it is read.
#[derive(Clone, Default)]
pub struct Tap(Arc<Mutex<(u64, Sha256)>>);

impl Tap {
    /// Bytes read so far and the SHA-256 over them in lower-case hex.
    pub fn digest(&self) -> (u64, String) {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (inner.0, crate::record::hex(&inner.1.clone().finalize()))
    }
}

struct Tapped<R> {
    inner: R,
    tap: Tap,
    total: Arc<AtomicU64>,
}

impl<R: Read> Read for Tapped<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        let mut tap = self.tap.0.lock().unwrap_or_else(PoisonError::into_inner);
        tap.0 += n as u64;
        tap.1.update(&buf[..n]);
        self.total.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// What all items of one file share.
#[derive(Debug)]
pub struct Shared {
    /// The file.
    pub input: Input,
    /// Its format, also where only the content told.
    pub format: Format,
    /// Column of each role of [`Role::ALL`], in a table.
    columns: [Option<(usize, usize)>; 4],
    /// Columns of the header, in a table.
    width: usize,
    /// What separates them.
    delimiter: u8,
    /// Remark that holds for every row.
    warning: Option<String>,
}

/// One article, not yet decoded.
#[derive(Debug)]
pub struct Item {
    /// Its file.
    pub file: Arc<Shared>,
    /// 1-based row in a many-article file: the line of a JSON Lines file, the
    /// record after the header of a table.
    pub row: Option<u64>,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Bytes(Vec<u8>),
    /// A row of a table, and the line of a quote out of place.
    Row(Vec<u8>, Option<u64>),
    Unreadable(Unreadable),
}

/// What became of an [`Item`].
#[derive(Debug)]
pub struct Parsed {
    /// The article; only id, source and row when `problem` is set.
    pub article: Article,
    /// Which fields were used.
    pub used: Used,
    /// Why there is no text.
    pub problem: Option<Unreadable>,
}

/// Iterates over the articles of one input.
pub struct Reader {
    file: Arc<Shared>,
    tap: Tap,
    row: u64,
    cut: Cut,
}

enum Cut {
    Whole(Box<dyn Read + Send>),
    Lines(Box<dyn BufRead + Send>),
    Table(Rows),
    Done,
}

const BUFFER: usize = 1 << 17;
/// Bytes looked at to tell a format, an encoding or a delimiter.
const HEAD: usize = 1 << 13;

impl Reader {
    /// Opens `input`; `total` counts the bytes taken from all inputs. Raising
    /// `stop` ends the waiting for standard input or a pipe that stalls: the
    /// item at hand is then unreadable.
    pub fn open(
        input: Input,
        options: &Options,
        total: Arc<AtomicU64>,
        stop: Arc<AtomicBool>,
    ) -> io::Result<Self> {
        let tap = Tap::default();
        let inner: Box<dyn Read + Send> = match input.path.clone() {
            Some(path) if fs::metadata(&path)?.is_file() => Box::new(File::open(path)?),
            Some(path) => Box::new(Pump::start(|| File::open(path), stop)?),
            None => Box::new(Pump::start(|| Ok(io::stdin()), stop)?),
        };
        let raw = BufReader::with_capacity(
            BUFFER,
            Tapped {
                inner,
                tap: tap.clone(),
                total,
            },
        );
        let (head, raw) = peek(raw, 4)?;
        let compression = input
            .compression
            .unwrap_or_else(|| Compression::from_magic(&head));
        let plain: Box<dyn Read + Send> = match compression {
            Compression::None => Box::new(raw),
            Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(raw)),
            Compression::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(raw)?;
                // `zstd --long=31` writes windows that are refused otherwise.
                decoder.window_log_max(31)?;
                Box::new(decoder)
            }
        };
        let (head, plain) = peek(plain, HEAD)?;
        let format =
            input
                .format
                .unwrap_or_else(|| match head.iter().find(|b| !b.is_ascii_whitespace()) {
                    Some(b'{') => Format::JsonLines,
                    _ => Format::Text,
                });
        let mut file = Shared {
            input,
            format,
            columns: [None; 4],
            width: 0,
            delimiter: b',',
            warning: None,
        };
        let cut = if format.is_one_article() {
            Cut::Whole(Box::new(plain))
        } else {
            let (plain, warning) = rows_as_utf8(plain, &head);
            file.warning = warning;
            match format {
                Format::Csv | Format::Tsv => {
                    Cut::Table(table(plain, format, &options.fields, &mut file)?)
                }
                _ => Cut::Lines(plain),
            }
        };
        Ok(Self {
            file: Arc::new(file),
            tap,
            row: 0,
            cut,
        })
    }

    /// What all items of this file share.
    pub fn file(&self) -> &Arc<Shared> {
        &self.file
    }

    /// Bytes and digest, complete once the iterator has ended.
    pub fn tap(&self) -> &Tap {
        &self.tap
    }

    fn item(&self, body: Body) -> Item {
        Item {
            file: Arc::clone(&self.file),
            row: (!self.file.format.is_one_article()).then_some(self.row),
            body,
        }
    }

    fn next_body(&mut self) -> io::Result<Option<Body>> {
        match &mut self.cut {
            Cut::Whole(reader) => {
                let mut bytes = Vec::new();
                reader.read_to_end(&mut bytes)?;
                self.cut = Cut::Done;
                Ok(Some(Body::Bytes(bytes)))
            }
            Cut::Lines(reader) => loop {
                let mut line = Vec::new();
                if reader.read_until(b'\n', &mut line)? == 0 {
                    return Ok(None);
                }
                self.row += 1;
                if !line.trim_ascii().is_empty() {
                    return Ok(Some(Body::Bytes(line)));
                }
            },
            Cut::Table(rows) => {
                let row = rows.next()?;
                self.row += u64::from(row.is_some());
                Ok(row.map(|row| match row {
                    Row::Whole { bytes, stray } => Body::Row(bytes, stray),
                    Row::Unclosed(line) => {
                        Body::Unreadable(Unreadable::new("parse", unclosed(line)))
                    }
                }))
            }
            Cut::Done => Ok(None),
        }
    }
}

impl Iterator for Reader {
    type Item = Item;

    /// After an error of the file itself (say, a torn archive) comes one
    /// unreadable item, then nothing.
    fn next(&mut self) -> Option<Item> {
        match self.next_body() {
            Ok(body) => body.map(|b| self.item(b)),
            Err(e) => {
                self.cut = Cut::Done;
                self.row += 1;
                Some(self.item(Body::Unreadable(Unreadable::new("read", e))))
            }
        }
    }
}

/// Takes up to `n` bytes off the front and puts them back.
fn peek<R: Read>(mut reader: R, n: usize) -> io::Result<(Vec<u8>, Joined<R>)> {
    let mut head = Vec::with_capacity(n);
    reader.by_ref().take(n as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(reader)))
}

type Joined<R> = Chain<Cursor<Vec<u8>>, R>;

/// Takes a byte order mark off a file of rows, and turns UTF-16 into UTF-8: a
/// row of UTF-16 cannot be told by its line feed byte.
fn rows_as_utf8(
    mut plain: impl Read + Send + 'static,
    head: &[u8],
) -> (Box<dyn BufRead + Send>, Option<String>) {
    match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, bom)) => {
            // The mark is part of `head`, so these bytes are at hand.
            let mut mark = [0u8; 3];
            let _ = plain.read_exact(&mut mark[..bom]);
            if encoding == encoding_rs::UTF_8 {
                return (Box::new(BufReader::with_capacity(BUFFER, plain)), None);
            }
            let warning = format!("decoded_as:{}", encoding.name().to_ascii_lowercase());
            let decoded = ToUtf8 {
                inner: plain,
                decoder: encoding.new_decoder_without_bom_handling(),
                raw: vec![0; 1 << 14],
                out: Vec::new(),
                at: 0,
                ended: false,
            };
            (
                Box::new(BufReader::with_capacity(BUFFER, decoded)),
                Some(warning),
            )
        }
        None => (Box::new(BufReader::with_capacity(BUFFER, plain)), None),
    }
}

struct ToUtf8<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Read for ToUtf8<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.ended {
            let n = self.inner.read(&mut self.raw)?;
            self.ended = n == 0;
            let room = self
                .decoder
                .max_utf8_buffer_length(n)
                .ok_or_else(|| io::Error::other("a row too long to decode"))?;
            self.out.resize(room, 0);
            let (_, _, written, _) =
                self.decoder
                    .decode_to_utf8(&self.raw[..n], &mut self.out, self.ended);
            self.out.truncate(written);
            self.at = 0;
        }
        let n = buf.len().min(self.out.len() - self.at);
        buf[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// Reads the header of a table and finds the column of each role.
fn table(
    mut plain: Box<dyn BufRead + Send>,
    format: Format,
    fields: &Fields,
    file: &mut Shared,
) -> io::Result<Rows> {
    file.delimiter = match format {
        Format::Tsv => b'\t',
        _ => delimiter(plain.fill_buf()?),
    };
    let mut rows = Rows::new(plain, file.delimiter);
    let header = match rows.next()? {
        Some(Row::Whole { bytes, .. }) => cells(&bytes, file.delimiter)?,
        Some(Row::Unclosed(line)) => return Err(io::Error::other(unclosed(line))),
        None => ByteRecord::new(),
    };
    file.width = header.len();
    for (column, name) in header.iter().enumerate() {
        let Ok(name) = decode::decode(name) else {
            continue;
        };
        for (role, rank) in fields.roles(name.text.trim()) {
            let best = &mut file.columns[role as usize];
            if best.is_none_or(|(_, r)| rank < r) {
                *best = Some((column, rank));
            }
        }
    }
    Ok(rows)
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

impl Item {
    /// An item for something that could not even be opened.
    pub fn unreadable(input: Input, error: impl ToString) -> Self {
        let format = input.format.unwrap_or(Format::Text);
        Self {
            file: Arc::new(Shared {
                input,
                format,
                columns: [None; 4],
                width: 0,
                delimiter: b',',
                warning: None,
            }),
            row: None,
            body: Body::Unreadable(Unreadable::new("read", error)),
        }
    }

    /// Size of the raw article in bytes.
    pub fn len(&self) -> usize {
        match &self.body {
            Body::Bytes(bytes) | Body::Row(bytes, _) => bytes.len(),
            Body::Unreadable(_) => 0,
        }
    }

    /// Whether the raw article holds no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Decodes and parses the article.
    pub fn article(self, options: &Options) -> Parsed {
        let input = &self.file.input;
        let id = match self.row {
            Some(row) => format!("{}#{row}", input.relative),
            None => input.stem().to_owned(),
        };
        let mut parsed = Parsed {
            article: Article {
                id,
                source: Some(input.source.clone()),
                row: self.row,
                ..Article::default()
            },
            used: Used::default(),
            problem: None,
        };
        let article = &mut parsed.article;
        article.warnings.extend(self.file.warning.clone());
        let filled = match self.body {
            Body::Unreadable(problem) => Err(problem),
            Body::Row(bytes, stray) => from_row(
                (&bytes, stray),
                &self.file,
                &options.fields,
                article,
                &mut parsed.used,
            ),
            Body::Bytes(bytes) if self.row.is_some() => {
                from_json(&bytes, &options.fields, article, &mut parsed.used)
            }
            Body::Bytes(bytes) => from_file(bytes, article),
        };
        match filled {
            Ok(()) => {
                if self.row.is_none() {
                    let path = self.file.input.stem();
                    article.look_inside();
                    article.published = article.published.or(metadata::from_file_name(path));
                } else if article.published.is_none() {
                    article.published =
                        super::dateline(&article.text).map(|d| (d, PublishedFrom::Dateline));
                }
                if article.published.is_none() {
                    article.published = options.published.map(|d| (d, PublishedFrom::Option));
                }
            }
            Err(problem) => parsed.problem = Some(problem),
        }
        parsed
    }
}

fn from_file(bytes: Vec<u8>, article: &mut Article) -> Result<(), Unreadable> {
    // The common case, without a copy.
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains(['\0', '\u{feff}']) => article.text = text,
        other => {
            let bytes = other.map_or_else(|e| e.into_bytes(), String::into_bytes);
            let decoded = decode::decode(&bytes).map_err(|e| Unreadable::new("decode", e))?;
            article.warnings.extend(decoded.warning);
            article.text = decoded.text.into_owned();
        }
    }
    Ok(())
}

fn from_json(
    bytes: &[u8],
    fields: &Fields,
    article: &mut Article,
    used: &mut Used,
) -> Result<(), Unreadable> {
    // Without its line break, so that an error names a column of this line.
    let line = decode::decode(bytes.trim_ascii_end()).map_err(|e| Unreadable::new("decode", e))?;
    article.warnings.extend(line.warning);
    let (picked, mended);
    match json::pick(&line.text, fields) {
        Ok(p) => picked = p,
        Err(e) => {
            // Dumps cut inside an emoji leave half a surrogate pair behind.
            mended = mend_surrogates(&line.text).ok_or_else(|| Unreadable::new("parse", e))?;
            picked = json::pick(&mended, fields).map_err(|e| Unreadable::new("parse", e))?;
            article.warnings.push("lone_surrogate".to_owned());
        }
    }
    *used = picked.used;
    let [text, id, title, date] = picked.values;
    fill(
        article,
        fields,
        text.map(|v| match v {
            Scalar::Text(text) => Some(text),
            _ => None,
        }),
        id.and_then(plain_scalar),
        title.and_then(plain_scalar),
        date.and_then(plain_scalar),
    )
}

fn plain_scalar(value: Scalar<'_>) -> Option<Cow<'_, str>> {
    match value {
        Scalar::Text(text) => Some(text),
        Scalar::Number(n) => Some(Cow::Owned(n.to_string())),
        Scalar::Other => None,
    }
}

fn from_row(
    (bytes, stray): (&[u8], Option<u64>),
    file: &Shared,
    fields: &Fields,
    article: &mut Article,
    used: &mut Used,
) -> Result<(), Unreadable> {
    let record = cells(bytes, file.delimiter).map_err(|e| Unreadable::new("parse", e))?;
    let warnings = &mut article.warnings;
    warnings.extend(stray.map(|line| format!("stray_quote:{line}")));
    if record.len() > file.width {
        // Often a text with separators of its own and no quotes around it.
        warnings.push(format!("extra_columns:{}", record.len() - file.width));
    }
    let mut values: [Option<Cow<str>>; 4] = Default::default();
    for role in Role::ALL {
        let Some((column, rank)) = file.columns[role as usize] else {
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
        used[role as usize] = Some(rank);
        values[role as usize] = Some(decoded.text);
    }
    let [text, id, title, date] = values;
    fill(article, fields, text.map(Some), id, title, date)
}

/// Puts the fields into the article. `text` is `Some(None)` when the field is
/// there but holds no string.
fn fill(
    article: &mut Article,
    fields: &Fields,
    text: Option<Option<Cow<str>>>,
    id: Option<Cow<str>>,
    title: Option<Cow<str>>,
    date: Option<Cow<str>>,
) -> Result<(), Unreadable> {
    let given =
        |value: Option<Cow<str>>| value.filter(|v| !v.trim().is_empty()).map(Cow::into_owned);
    if let Some(id) = given(id) {
        article.id = id;
    }
    article.title = given(title);
    if let Some(date) = given(date) {
        match metadata::read_date(&date) {
            Some(read) => {
                article.published = Some((read.published, PublishedFrom::Metadata));
                if read.ambiguous {
                    article.warnings.push("published_ambiguous".to_owned());
                }
            }
            None => article
                .warnings
                .push(format!("published_unreadable:{}", date.trim())),
        }
    }
    match text {
        Some(Some(text)) => {
            article.text = text.into_owned();
            Ok(())
        }
        Some(None) => Err(Unreadable::new(
            "parse",
            format!("`{}` is not a string", fields.name(Role::Text, 0)),
        )),
        None => Err(Unreadable::new("parse", no_text(fields))),
    }
}

fn no_text(fields: &Fields) -> String {
    if fields.is_given(Role::Text) {
        format!("no field `{}`", fields.name(Role::Text, 0))
    } else {
        format!(
            "no text field: looked for {}; name it with --text-field",
            fields.names(Role::Text).join(", ")
        )
    }
}

/// Replaces each `\uD83D` that lacks its other half by `\uFFFD`; `None` when
/// there is none.
fn mend_surrogates(line: &str) -> Option<String> {
    let unit = |at: usize| {
        let hex = line.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(hex, 16).ok()
    };
    let mut out = String::with_capacity(line.len());
    let (mut at, mut kept, mut mended) = (0, 0, false);
    while let Some(i) = line[at..].find('\\') {
        at += i;
        match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str(&line[kept..at]);
                out.push_str("\\uFFFD");
                at += 6;
                (kept, mended) = (at, true);
            }
            // `\\` and the like: what follows is no escape of its own.
            _ => at += 1 + line[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    out.push_str(&line[kept..]);
    mended.then_some(out)
}

#[cfg(test)]
mod tests;
