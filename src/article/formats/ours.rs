//! What glane has written itself, which is no article: in folders and in archives alike.

use crate::{
    article::{
        Container,
        stream::{Stream, peek},
    },
    compression::Compression,
};
use std::{fs, io, path::Path};

/// Whether a file holds records, rows, errors, the journal or the manifest of an
/// earlier run.
pub(in crate::article) fn is_ours(
    path: &Path,
    meta: &fs::Metadata,
    format: Option<&'static Container>,
    compression: &'static Compression,
) -> bool {
    let Some(format) = format.filter(|_| meta.is_file()) else {
        return false;
    };
    // What cannot be read is said when it is.
    if may_be(format) {
        let looked = stream(path, compression).and_then(|stream| look(format, stream));
        looked.is_ok_and(|(ours, _)| ours)
    } else {
        fs::File::open(path).is_ok_and(|file| super::is_ours(format, file))
    }
}

/// A file that glane has written, where articles are read.
#[derive(Debug, thiserror::Error)]
#[error("records of glane, no articles")]
pub(super) struct Ours;

impl Ours {
    /// Whether an error is this one.
    pub fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<Self>())
    }
}

/// Whether the first line of a file of this format may tell that glane has written it.
pub(super) fn may_be(format: &'static Container) -> bool {
    format.name.starts_with("json") || super::has_header(format)
}

/// Whether a stream holds what glane has written, and the stream, from its first byte.
///
/// # Errors
/// When it cannot be read.
pub(super) fn look(format: &'static Container, stream: Stream) -> io::Result<(bool, Stream)> {
    if super::has_header(format) {
        return Ok((is_table(stream.head()), stream));
    }
    if is_output(stream.head()) {
        return Ok((true, stream));
    }
    if !stream.head().starts_with(BEGINNING) {
        return Ok((false, stream));
    }
    let (bytes, rest) = peek(stream.into_reader(), ROW)?;
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    Ok((is_row(line), Stream::new(rest)?))
}

fn stream(path: &Path, compression: &'static Compression) -> io::Result<Stream> {
    let file = fs::File::open(path)?;
    (compression.decode)(Box::new(io::BufReader::new(file))).and_then(Stream::new)
}

/// Bytes of a first line that are looked at: a row of glane is a few hundred, with the
/// sentence around it some thousands.
const ROW: usize = 1 << 20;
/// How such a row begins.
const BEGINNING: &[u8] = b"{\"id\":";

/// The keys of a row that glane writes, and those that not every version has.
type Keys = (&'static [&'static str], &'static [&'static str]);

/// Rows of mentions, and of the list of errors.
const ROWS: &[Keys] = &[
    (
        &[
            "id",
            "source",
            "row",
            "published",
            "kind",
            "start",
            "end",
            "byte_start",
            "byte_end",
            "text",
            "label",
            "score",
            "name",
            "number",
            "exact",
            "min",
            "max",
            "currency",
            "per",
            "unit",
            "type",
            "value",
            "grain",
            "from",
            "to",
            "anchor",
            "mod",
        ],
        &["uid", "meta", "field", "sentence", "zone", "context", "key"],
    ),
    (
        &["id", "uid", "source", "row", "stage", "message"],
        &["rest"],
    ),
];

/// Whether the first line is a row that glane has written: all keys of one, and no
/// others, since the data of other people may well have some of them.
fn is_row(line: &[u8]) -> bool {
    let found = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line);
    found.is_ok_and(|found| {
        ROWS.iter().any(|(all, some)| {
            let known = |key: &String| all.contains(&key.as_str()) || some.contains(&key.as_str());
            all.iter().all(|key| found.contains_key(*key)) && found.keys().all(known)
        })
    })
}

/// The first bytes of what glane writes.
fn is_output(head: &[u8]) -> bool {
    let has = |part: &str| memchr::memmem::find(head, part.as_bytes()).is_some();
    head.starts_with(b"{\"schema\":\"glane/")
        || head.starts_with(b"{\n  \"schema\": \"glane/")
        || head.starts_with(b"{\n") && has("\"schema\": \"glane/") && has("\"counts\":")
}

/// The columns with which a table that glane writes as CSV begins, as far as nobody else's
/// does.
const TABLES: &[&str] = &[
    "id,uid,source,row,published,meta,kind,",
    "schema,id,uid,source,row,title,published,published_from,",
    "uid,start,end,byte_start,byte_end,",
    "id,label,key,name,spellings,articles,mentions,",
    "source,target,sentences,articles,example,example_uid",
    "Id,Label,kind,mentions,articles",
    "Source,Target,Type,Weight,articles",
    "id:ID,:LABEL,name,mentions:long,",
    ":START_ID,:END_ID,:TYPE,sentences:long,",
];

/// The first bytes of a table that glane writes.
fn is_table(head: &[u8]) -> bool {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    TABLES
        .iter()
        .any(|columns| head.starts_with(columns.as_bytes()))
}
