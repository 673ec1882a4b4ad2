//! The output formats. To add one: a file with its [`SinkFormat`], its module
//! in this room and its line in [`ALL`].

#[cfg(feature = "parquet")]
use super::parquet;
use super::{Layout, SinkFormat, csv, jsonl};
use crate::compression::{self, Compression};

/// All output formats; the first that writes a layout is the one of an output folder.
pub static ALL: &[&SinkFormat] = &[
    &jsonl::JSON_LINES,
    #[cfg(feature = "parquet")]
    &parquet::PARQUET,
    &csv::CSV,
];

/// The format of this name.
pub fn named(name: &str) -> Option<&'static SinkFormat> {
    ALL.iter().find(|format| format.name == name).copied()
}

/// The formats that write a layout, first that of a folder.
pub fn of_layout(layout: &'static Layout) -> impl Iterator<Item = &'static SinkFormat> {
    let all = ALL.iter().copied();
    all.filter(move |format| format.layouts.contains(&layout))
}

/// The format and compression that a file name asks for; `None` for a folder.
pub fn of_name(name: &str) -> Option<(&'static SinkFormat, &'static Compression)> {
    let (plain, compression) = compression::take_off(name);
    let extension = plain.rsplit_once('.')?.1;
    let format = ALL.iter().find(|s| {
        s.extensions
            .iter()
            .any(|e| e.eq_ignore_ascii_case(extension))
            && (s.compressed || *compression == compression::NONE)
    })?;
    Some((format, compression))
}

/// Whether a name has the extension of a file, which begins with a letter.
pub(super) fn is_file_name(name: &str) -> bool {
    let (plain, _) = compression::take_off(name);
    plain.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && extension.len() <= 8
            && extension.starts_with(|c: char| c.is_ascii_alphabetic())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// The endings of file names: `.jsonl, .jsonl.gz or .jsonl.zst`.
pub fn endings() -> String {
    let mut all = Vec::new();
    for sink in ALL {
        let plain = format!(".{}", sink.extensions[0]);
        all.push(plain.clone());
        if sink.compressed {
            all.extend(
                compression::ALL
                    .iter()
                    .map(|c| format!("{plain}.{}", c.extension)),
            );
        }
    }
    let last = all.pop().unwrap_or_default();
    match all.is_empty() {
        true => last,
        false => format!("{} or {last}", all.join(", ")),
    }
}
