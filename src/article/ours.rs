//! What glane has written itself, which is no article.

use super::{Container, bounds, formats, stream::Stream};
use crate::compression::Compression;
use std::{fs, io, path::Path};

/// Whether a file holds records, rows, errors, the journal or the manifest of an
/// earlier run.
pub(super) fn is_ours(
    path: &Path,
    meta: &fs::Metadata,
    format: Option<&'static Container>,
    compression: &'static Compression,
) -> bool {
    let Some(format) = format.filter(|_| meta.is_file()) else {
        return false;
    };
    if format.name.starts_with("json") {
        let stream = stream(path, compression);
        stream.is_ok_and(|stream| is_output(stream.head()) || is_row(stream))
    } else if formats::has_header(format) {
        stream(path, compression).is_ok_and(|stream| is_table(stream.head()))
    } else {
        // What cannot be read is said when it is.
        fs::File::open(path).is_ok_and(|file| formats::is_ours(format, file))
    }
}

fn stream(path: &Path, compression: &'static Compression) -> io::Result<Stream> {
    let file = fs::File::open(path)?;
    (compression.decode)(Box::new(io::BufReader::new(file))).and_then(Stream::new)
}

/// Bytes of a first line that are looked at: a row of glane is a few hundred, with the
/// sentence around it some thousands.
const ROW: usize = 1 << 20;

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
fn is_row(stream: Stream) -> bool {
    if !stream.head().starts_with(b"{\"id\":") {
        return false;
    }
    let mut rows = io::BufReader::new(stream.into_reader());
    let line = bounds::line(&mut rows, ROW).ok().flatten();
    let line = line.and_then(|line| line.end().ok()).unwrap_or_default();
    let found = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&line);
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
