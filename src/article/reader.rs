//! Cuts one input into raw articles without holding it in memory.
//!
//! The reader only decompresses and finds where rows end; decoding and parsing
//! are left to [`Item::article`], which any thread can run.

pub use super::item::{Item, Options, Parsed, Shared};
use super::{
    Compression, Fields, Format, Input, Unreadable, decode,
    item::{Body, cells},
    pump::Pump,
    rows::{Row, Rows},
};
use csv::ByteRecord;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Chain, Cursor, Read},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// Bytes taken from an input and their SHA-256, kept while it is read.
#[derive(Clone, Default)]
pub struct Tap(Arc<Mutex<(u64, Sha256)>>);

impl Tap {
    /// Bytes read so far and the SHA-256 over them in lower-case hex.
    pub fn digest(&self) -> (u64, String) {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (inner.0, crate::digest::hex(&inner.1.clone().finalize()))
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
        let mut file = Shared::new(input, format);
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

#[cfg(test)]
mod tests;
