//! JSON Lines: one object a line.

use super::pick::{Scalar, pick};
use crate::article::{
    Article, Fields, Unreadable,
    container::{Articles, Body, Container, Cut, Open, Opened},
    decode,
    fields::{Used, fill},
    stream::Stream,
};
use std::{
    borrow::Cow,
    io::{self, BufRead},
};

/// JSON Lines.
pub static JSON_LINES: Container = Container {
    name: "jsonl",
    aliases: &["ndjson"],
    extensions: &["jsonl", "ndjson"],
    holds: "one JSON object per line",
    articles: Articles::Many,
    sniff: |head| head.trim_ascii_start().starts_with(b"{"),
    open: Open::Stream(open),
};

fn open(stream: Stream, _: &Fields) -> io::Result<Opened> {
    let (lines, warning) = stream.into_rows();
    Ok(Opened {
        cut: Box::new(Lines { lines, row: 0 }),
        warning,
    })
}

/// Rows are lines, blank ones included in the count.
struct Lines {
    lines: Box<dyn BufRead + Send>,
    row: u64,
}

impl Cut for Lines {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        loop {
            let mut line = Vec::new();
            if self.lines.read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            self.row += 1;
            if !line.trim_ascii().is_empty() {
                return Ok(Some(Box::new(Line(line))));
            }
        }
    }

    fn row(&self) -> Option<u64> {
        Some(self.row)
    }
}

#[derive(Debug)]
struct Line(Vec<u8>);

impl Body for Line {
    fn len(&self) -> usize {
        self.0.len()
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
        let (picked, mended);
        match pick(&line.text, fields) {
            Ok(p) => picked = p,
            Err(e) => {
                // Dumps cut inside an emoji leave half a surrogate pair behind.
                mended = mend_surrogates(&line.text).ok_or_else(|| Unreadable::new("parse", e))?;
                picked = pick(&mended, fields).map_err(|e| Unreadable::new("parse", e))?;
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
}

fn plain_scalar(value: Scalar<'_>) -> Option<Cow<'_, str>> {
    match value {
        Scalar::Text(text) => Some(text),
        Scalar::Number(n) => Some(Cow::Owned(n.to_string())),
        Scalar::Other => None,
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
