//! Cuts one input into raw articles without holding it in memory.
//!
//! The reader only decompresses and finds where rows end; decoding and parsing
//! are left to [`Item::article`], which any thread can run.

use super::{
    Container, Input, Unreadable,
    container::{Articles, Body, Cut, Member, Opened},
    formats::{
        name::take_apart,
        open::{Told, open},
    },
    pump::Pump,
    stream::{BUFFER, End},
    trouble,
};
pub use super::{
    item::{Item, Parsed, Shared},
    options::Options,
};
use crate::compression::{self, Compression};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufReader, Read},
    path::Path,
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
    /// `None` after the last article or an error.
    cut: Option<Box<dyn Cut>>,
    /// The file inside this one that the last article is from.
    member: Option<Arc<Shared>>,
    /// What is no article, known once it was read to its end.
    left_aside: BTreeMap<String, u64>,
    /// What is wrong with the end of the compressed data.
    end: End,
    /// Why it was not read to its end.
    failure: Option<String>,
}

impl Reader {
    /// Opens `input`; `total` counts the bytes taken from all inputs. Raising
    /// `stop` ends the waiting for standard input or a pipe that stalls: the
    /// item at hand is then unreadable.
    ///
    /// # Errors
    /// When the file cannot be opened, or is not what its name says.
    pub fn open(
        input: Input,
        options: &Options,
        total: Arc<AtomicU64>,
        stop: Arc<AtomicBool>,
    ) -> io::Result<Self> {
        Self::opened(input, options, total, stop).map_err(trouble::explained)
    }

    fn opened(
        input: Input,
        options: &Options,
        total: Arc<AtomicU64>,
        stop: Arc<AtomicBool>,
    ) -> io::Result<Self> {
        let tap = Tap::default();
        let tapped = |inner| Tapped {
            inner,
            tap: tap.clone(),
            total: Arc::clone(&total),
        };
        let inner: Box<dyn Read + Send> = match input.path.clone() {
            Some(path) if fs::metadata(&path)?.is_file() => Box::new(File::open(path)?),
            Some(path) => Box::new(Pump::start(|| File::open(path), Arc::clone(&stop))?),
            None => Box::new(Pump::start(|| Ok(io::stdin()), Arc::clone(&stop))?),
        };
        let raw = BufReader::with_capacity(BUFFER, tapped(inner));
        let told = Told {
            format: input.format,
            by_name: input.format == take_apart(&input.relative).format,
            compression: input.compression,
            // Files are looked at when they are listed.
            not_ours: false,
        };
        let end = End::default();
        let file = |format: &Container, compression: &Compression| {
            let path = seekable(&input, format.name, compression)?;
            File::open(path)
        };
        let (format, opened) = open(raw, told, options, stop, end.clone(), file)?;
        let Opened { cut, warning } = opened;
        Ok(Self {
            file: Arc::new(Shared {
                input,
                format,
                warning,
            }),
            tap,
            cut: Some(cut),
            member: None,
            left_aside: BTreeMap::new(),
            end,
            failure: None,
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

    /// Why the file could not be read to its end, once the iterator has ended.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// What of the file was no article so far, by its kind, and how often.
    pub fn left_aside(&self) -> BTreeMap<String, u64> {
        let at_hand = self.cut.as_ref();
        at_hand.map_or_else(|| self.left_aside.clone(), |cut| cut.left_aside())
    }

    /// What articles of `member` share, or those of the file itself.
    fn shared(&mut self, member: Option<Arc<Member>>) -> Arc<Shared> {
        let Some(member) = member else {
            self.member = None;
            return Arc::clone(&self.file);
        };
        let below = |outer: &str| format!("{outer}/{}", member.name);
        let source = below(&self.file.input.source);
        if let Some(shared) = &self.member
            && shared.input.source == source
            && shared.format == member.format
        {
            return Arc::clone(shared);
        }
        let shared = Arc::new(Shared {
            input: Input {
                path: None,
                source,
                relative: below(&self.file.input.relative),
                format: Some(member.format),
                compression: None,
                bytes: 0,
            },
            format: member.format,
            warning: member.warning.clone(),
        });
        self.member = Some(Arc::clone(&shared));
        shared
    }

    fn item(&self, row: Option<u64>, body: Box<dyn Body>) -> Item {
        Item {
            file: Arc::clone(&self.file),
            row,
            body,
            warning: None,
            fails: false,
        }
    }

    /// The last item of a file that was not read to its end.
    fn failed(&mut self, row: Option<u64>, why: String) -> Item {
        self.cut = None;
        let message = match row {
            Some(row) if row > 0 => format!("behind row {row}: {why}"),
            _ => why.clone(),
        };
        self.failure = Some(why);
        Item {
            fails: true,
            ..self.item(
                row.map(|r| r + 1),
                Box::new(Unreadable::new("read", message)),
            )
        }
    }
}

/// The path of a file that can be read in any order.
fn seekable<'i>(input: &'i Input, format: &str, by: &Compression) -> io::Result<&'i Path> {
    let why = match &input.path {
        Some(path) if !fs::metadata(path)?.is_file() => "it is no regular file",
        None => "standard input",
        Some(_) if *by != compression::NONE => "it is compressed: decompress it first",
        Some(path) => return Ok(path),
    };
    Err(io::Error::other(format!(
        "{format} is read from a regular file: {why}"
    )))
}

impl Iterator for Reader {
    type Item = Item;

    /// After an error of the file itself (say, a torn archive) comes one
    /// unreadable item, then nothing.
    fn next(&mut self) -> Option<Item> {
        let cut = self.cut.as_mut()?;
        let read = cut.next();
        let row = cut.row();
        let member = cut.member();
        if !matches!(read, Ok(Some(_))) {
            self.left_aside = cut.left_aside();
        }
        match read {
            Ok(Some(body)) => {
                let file = self.shared(member);
                let mut item = Item {
                    file,
                    ..self.item(row, body)
                };
                // A file of one article has no other place to say it.
                if self.file.format.articles == Articles::One
                    && let Some(why) = self.end.take()
                {
                    item.warning = Some(format!("compression:{why}"));
                    self.failure = Some(why);
                }
                Some(item)
            }
            Ok(None) => {
                self.cut = None;
                let why = self.end.take()?;
                Some(self.failed(row, why))
            }
            Err(e) => Some(self.failed(row, trouble::told(&e))),
        }
    }
}

#[cfg(test)]
mod tests;
