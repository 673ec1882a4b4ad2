//! JSON Lines, one object a line; and JSON of many objects.

use super::{
    mend,
    pick::{paths, pick},
    values,
};
use crate::article::{
    Article, Fields, Unreadable,
    bounds::{self, too_long},
    container::{Articles, Body, Container, Cut, Open, Opened},
    decode,
    fields::{Used, shortened},
    options::Options,
    stream::Stream,
};
use std::io::{self, BufRead};

/// JSON Lines.
pub static JSON_LINES: Container = Container {
    name: "jsonl",
    aliases: &["ndjson"],
    extensions: &["jsonl", "ndjson"],
    holds: "one JSON object per line",
    articles: Articles::Many,
    sniff: |head| {
        let head = head.trim_ascii_start();
        let first = head.strip_prefix(b"[").unwrap_or(head);
        first.trim_ascii_start().starts_with(b"{")
    },
    open: Open::Stream(open),
};

/// The same, under the name that other programs give it.
pub static JSON: Container = Container {
    name: "json",
    aliases: &[],
    extensions: &["json"],
    holds: "an array of JSON objects, or one object after another",
    articles: Articles::Many,
    sniff: |_| false,
    open: Open::Stream(open),
};

fn open(stream: Stream, options: &Options) -> io::Result<Opened> {
    let (mut lines, warning) = stream.into_rows();
    let cut: Box<dyn Cut> = match values::sniff(lines.fill_buf()?) {
        true => Box::new(values::Values {
            inner: lines,
            row: 0,
            array: None,
            most: options.max_article_bytes,
            body: |bytes| Box::new(Line(bytes)),
        }),
        false => Box::new(Lines {
            lines,
            row: 0,
            most: options.max_article_bytes,
        }),
    };
    Ok(Opened { cut, warning })
}

/// Rows are lines, blank ones included in the count.
struct Lines {
    lines: Box<dyn BufRead + Send>,
    row: u64,
    /// Bytes of the longest row.
    most: usize,
}

impl Cut for Lines {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        loop {
            let Some(line) = bounds::line(&mut self.lines, self.most)? else {
                return Ok(None);
            };
            self.row += 1;
            match line.end() {
                Ok(line) if line.trim_ascii().is_empty() => {}
                Ok(line) => return Ok(Some(Box::new(Line(line)))),
                Err(length) => {
                    return Ok(Some(Box::new(too_long("a line", length, self.most))));
                }
            }
        }
    }

    fn row(&self) -> Option<u64> {
        Some(self.row)
    }
}

/// One JSON object as text.
#[derive(Debug)]
pub(in crate::article) struct Line(pub Vec<u8>);

impl Body for Line {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn raw(&self) -> Option<&[u8]> {
        Some(&self.0)
    }

    fn fields(&self) -> Vec<String> {
        let mut out = Vec::new();
        if let Ok(line) = decode::decode(self.0.trim_ascii_end()) {
            // What stands before a mistake is there.
            let _ = paths(&line.text, &mut out);
        }
        out
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        // Without its line break, so that an error names a column of this line.
        let line =
            decode::decode(self.0.trim_ascii_end()).map_err(|e| Unreadable::new("decode", e))?;
        article.warnings.extend(line.warning);
        object(&line.text, fields, article, used, || {
            let mut there = Vec::new();
            // What stands before a mistake is there.
            let _ = paths(&line.text, &mut there);
            there
        })
    }
}

/// Fills `article` in from the text of an object; `there` tells the names of all fields.
pub(super) fn object(
    json: &str,
    fields: &Fields,
    article: &mut Article,
    used: &mut Used,
    there: impl FnOnce() -> Vec<String>,
) -> Result<(), Unreadable> {
    let (picked, mended);
    match pick(json, fields) {
        Ok(p) => picked = p,
        Err(e) => {
            let (text, warnings) = mend::mend(json).ok_or_else(|| no_object(json, &e))?;
            mended = text;
            picked = pick(&mended, fields).map_err(|e| no_object(&mended, &e))?;
            article
                .warnings
                .extend(warnings.into_iter().map(str::to_owned));
        }
    }
    picked.fill(article, fields, used, there)
}

/// What is wrong with a row, and what to do.
fn no_object(row: &str, error: &serde_json::Error) -> Unreadable {
    /// Code points shown.
    const SHOWN: usize = 30;
    let row = row.trim_start();
    let message = match row.as_bytes().first() {
        Some(b'{') => format!("no valid JSON: {error}; mend the row, or write it again as JSON"),
        Some(b'[' | b'"' | b'-' | b'0'..=b'9') => {
            "JSON, but no object: an article is one object with its fields in braces, such as \
             {\"id\": 1, \"text\": \"…\"}"
                .to_owned()
        }
        _ => format!(
            "no JSON object (it begins with `{}`): if the file is of another format, name it \
             with --format {}",
            shortened(row, SHOWN),
            Container::names("|")
        ),
    };
    Unreadable::new("parse", message)
}
