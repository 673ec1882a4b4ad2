//! Crawls: WARC files (ISO 28500), compressed record by record or not, and WET files of
//! Common Crawl, which hold the text of pages in WARC records.
//!
//! Pages (`response` and `resource` records of HTML) and texts (`conversion` records, and
//! plain text) are articles; all else is counted. A damaged record costs itself only: the
//! next one is found by its first line, in gzip by its member.

mod head;
mod http;
mod record;
mod source;

use self::{
    head::{Head, media_type},
    record::{Kind, Record},
    source::Source,
};
use super::html::HTML;
use crate::article::{
    Unreadable,
    bounds::{self, Kept, too_long},
    container::{Articles, Body, Container, Cut, Open, Opened},
    fields::shortened,
};
use crate::compression::WrongChecksum;
use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

/// A crawl.
pub static WARC: Container = Container {
    name: "warc",
    aliases: &["wet"],
    extensions: &["warc", "wet"],
    holds: "a crawl: the pages or texts of its records (ISO 28500)",
    articles: Articles::Many,
    sniff: |head| head.starts_with(MAGIC),
    open: Open::Packed(|stream, options| {
        Ok(Opened {
            cut: Box::new(Records {
                source: Source::new(stream)?,
                row: 0,
                most: options.max_article_bytes,
                left_aside: BTreeMap::new(),
                behind: None,
                broken: false,
                ended: false,
            }),
            warning: None,
        })
    }),
};

/// How a record begins, before its version.
const MAGIC: &[u8] = b"WARC/";
/// The end of a record before another one.
const NEXT: &[u8] = b"\r\n\r\nWARC/1.";
/// Bytes of a record that tell whether it is an article, where it is too long to be kept.
const TELLING: usize = 1 << 16;
/// Kinds of what is left aside that are counted apart, and code points of their names.
const KINDS: usize = 200;
const NAME: usize = 60;

/// Rows are records, whatever they hold.
struct Records {
    source: Source,
    row: u64,
    /// Bytes of the longest record.
    most: usize,
    left_aside: BTreeMap<String, u64>,
    /// What is wrong behind the last record.
    behind: Option<io::Error>,
    /// Whether what comes next belongs to a record that was damaged.
    broken: bool,
    ended: bool,
}

/// What became of a record.
enum Met {
    Article(Box<dyn Body>),
    NoArticle(String),
}

impl Records {
    /// Goes to the first line of the next record: how many bytes before it belong to none;
    /// `None` at the end.
    fn find(&mut self) -> io::Result<(u64, bool)> {
        let mut lost = 0;
        loop {
            if self.source.goes_on_with(MAGIC)? {
                return Ok((lost, true));
            }
            let Some(line) = bounds::line(&mut self.source, TELLING)? else {
                return Ok((lost, false));
            };
            let length = line.length();
            if line
                .end()
                .map_or(true, |line| !line.trim_ascii().is_empty())
            {
                lost += length;
            }
        }
    }

    fn record(&mut self) -> io::Result<Met> {
        bounds::line(&mut self.source, TELLING)?;
        let damaged = |why: String| Met::Article(Box::new(Unreadable::new("read", why)));
        let Some(head) = Head::read(&mut self.source)? else {
            self.broken = true;
            return Ok(damaged(
                "the head of the record is cut short or damaged".to_owned(),
            ));
        };
        let name = head.get("WARC-Target-URI").or(head.get("WARC-Record-ID"));
        let name = shortened(name.unwrap_or("a record"), 200);
        let length = head
            .get("Content-Length")
            .and_then(|v| v.parse::<u64>().ok());
        let Some(length) = length else {
            self.broken = true;
            return Ok(damaged(format!(
                "{name}: the record does not say how long it is"
            )));
        };
        let mut kept = Kept::expecting(length, self.most);
        let mut telling = Vec::new();
        while kept.length() < length {
            let chunk = match self.source.fill_buf() {
                Ok(chunk) => chunk,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) if e.kind() == io::ErrorKind::ConnectionAborted => return Err(e),
                Err(e) => {
                    let why = format!("{name}: {e}");
                    return self.damage(why);
                }
            };
            let left = usize::try_from(length - kept.length()).unwrap_or(usize::MAX);
            let used = chunk.len().min(left);
            if used == 0 {
                let why = format!(
                    "{name}: the file ends inside the record, after {} of its {length} bytes: it \
                     was cut off, or the length is wrong; copy it again",
                    kept.length()
                );
                return Ok(self.wrong_length(kept, why));
            }
            if telling.len() < TELLING && length > self.most as u64 {
                telling.extend(&chunk[..used.min(TELLING - telling.len())]);
            }
            kept.push(&chunk[..used]);
            self.source.consume(used);
        }
        let remark = match self.ends() {
            Ok(true) => None,
            Ok(false) => {
                let why = format!("{name}: the record is not as long as it says: it is damaged");
                return Ok(self.wrong_length(kept, why));
            }
            Err(e) if e.kind() == io::ErrorKind::ConnectionAborted => return Err(e),
            // Something in it is damaged, and nobody knows what.
            Err(e) if WrongChecksum::is(&e) => {
                self.ended = !self.source.resume()?;
                Some(format!("compression:{e}"))
            }
            // It is whole, and the next one is not.
            Err(e) => {
                self.behind = Some(e);
                None
            }
        };
        let kept = kept.end();
        let told = kept.as_ref().map_or(&telling, |bytes| bytes);
        let kind = match kind(&head, told) {
            Ok(kind) => kind,
            Err(kind) => return Ok(Met::NoArticle(kind)),
        };
        Ok(Met::Article(match kept {
            Ok(bytes) => Box::new(Record {
                head,
                kind,
                bytes,
                remark,
                most: self.most,
            }),
            Err(length) => Box::new(too_long("a record", length, self.most)),
        }))
    }

    /// A record that says a wrong length: what it took of others is given back.
    fn wrong_length(&mut self, kept: Kept, why: String) -> Met {
        if let Ok(bytes) = kept.end()
            && let Some(at) = memchr::memmem::find(&bytes, NEXT)
        {
            self.source.take_back(bytes[at..].to_vec());
        }
        self.broken = true;
        Met::Article(Box::new(Unreadable::new("read", why)))
    }

    /// A record inside which the file is damaged.
    fn damage(&mut self, why: String) -> io::Result<Met> {
        self.broken = true;
        self.ended = !self.source.resume()?;
        Ok(Met::Article(Box::new(Unreadable::new("read", why))))
    }

    /// Whether the record at hand ends here: with blank lines, or at the end of the file.
    fn ends(&mut self) -> io::Result<bool> {
        let mut ends = false;
        loop {
            let chunk = self.source.fill_buf()?;
            let blank = chunk
                .iter()
                .take_while(|b| matches!(b, b'\r' | b'\n'))
                .count();
            if chunk.is_empty() {
                return Ok(true);
            }
            if blank == 0 {
                return Ok(ends || self.source.goes_on_with(MAGIC)?);
            }
            ends = true;
            self.source.consume(blank);
        }
    }

    fn leave(&mut self, kind: String) {
        let known = self.left_aside.len() < KINDS || self.left_aside.contains_key(&kind);
        let kind = if known {
            kind
        } else {
            "other kinds".to_owned()
        };
        *self.left_aside.entry(kind).or_default() += 1;
    }
}

/// What kind of article a record is, by its head and first bytes; the name of what it is
/// counted under where it is none.
fn kind(head: &Head, bytes: &[u8]) -> Result<Kind, String> {
    let record = head
        .get("WARC-Type")
        .unwrap_or("nameless")
        .to_ascii_lowercase();
    let url = head.get("WARC-Target-URI").unwrap_or_default();
    let (declared, charset) = media_type(head.get("Content-Type").unwrap_or_default());
    let owned = |charset: Option<&str>| charset.map(str::to_owned);
    let (media, charset, answer) = match record.as_str() {
        "conversion" | "resource" => (declared, owned(charset), None),
        "response" => match http::answer(bytes) {
            Some(answer) if !(200..300).contains(&answer.status) => {
                return Err(format!("HTTP {} answers", answer.status));
            }
            Some(answer) => {
                let (media, charset) =
                    media_type(answer.head.get("Content-Type").unwrap_or_default());
                (media, owned(charset), Some(answer))
            }
            None => return Err(format!("response records of {}", short(&declared))),
        },
        other => return Err(format!("{} records", short(other))),
    };
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path.ends_with("/robots.txt") {
        return Err("robots.txt".to_owned());
    }
    let body = answer.as_ref().map_or(0, |a| a.body);
    let page = match media.as_str() {
        "text/html" | "application/xhtml+xml" => true,
        "text/plain" => false,
        "" if (HTML.sniff)(bytes.get(body..).unwrap_or_default()) => true,
        media => return Err(short(media)),
    };
    Ok(Kind {
        page,
        charset,
        answer,
    })
}

fn short(name: &str) -> String {
    match name {
        "" => "no kind".to_owned(),
        name => shortened(name, NAME),
    }
}

impl Cut for Records {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        loop {
            if self.ended {
                return Ok(None);
            }
            let found = match self.behind.take() {
                Some(e) => Err(e),
                None => self.find(),
            };
            let (lost, there) = match found {
                Ok(found) => found,
                Err(e) if e.kind() == io::ErrorKind::ConnectionAborted => return Err(e),
                Err(e) => {
                    let goes_on = self.source.resume()?;
                    if self.row == 0 && !goes_on {
                        return Err(e);
                    }
                    (self.broken, self.ended) = (true, !goes_on);
                    self.row += 1;
                    let why = format!("before a record: {e}");
                    return Ok(Some(Box::new(Unreadable::new("read", why))));
                }
            };
            // What a damaged record left behind is told already.
            let told = std::mem::take(&mut self.broken) || lost == 0;
            if self.row == 0 && !there {
                return match lost {
                    0 => Ok(None),
                    _ => Err(io::Error::other(
                        "no WARC record: check the file's extension",
                    )),
                };
            }
            if !told {
                self.row += 1;
                let why = format!("{lost} bytes belong to no record: the file is damaged there");
                return Ok(Some(Box::new(Unreadable::new("read", why))));
            }
            if !there {
                return Ok(None);
            }
            self.row += 1;
            let met = match self.record() {
                Err(e) if e.kind() != io::ErrorKind::ConnectionAborted => {
                    self.damage(format!("in the head of a record: {e}"))
                }
                met => met,
            };
            match met? {
                Met::Article(body) => return Ok(Some(body)),
                Met::NoArticle(kind) => self.leave(kind),
            }
        }
    }

    fn row(&self) -> Option<u64> {
        // Before the first record there is none.
        (self.row > 0).then_some(self.row)
    }

    fn left_aside(&self) -> BTreeMap<String, u64> {
        self.left_aside.clone()
    }
}

#[cfg(test)]
mod tests;
