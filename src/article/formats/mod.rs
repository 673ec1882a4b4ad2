//! The input formats, one file each. To add one: a file with its
//! [`Container`], its module here and its line in [`ALL`].

mod archive;
#[cfg(feature = "arrow")]
pub(super) mod columns;
mod html;
pub(super) mod jsonl;
mod mend;
pub(super) mod name;
pub(super) mod open;
pub(super) mod ours;
#[cfg(feature = "parquet")]
mod parquet;
mod pick;
mod press;
mod rows;
mod table;
mod text;
mod values;
mod warc;
mod xml;

use super::Container;
use std::str::FromStr;

/// All formats. A stream that no name describes is of the first whose `sniff`
/// says so; the last takes all.
pub static ALL: &[&Container] = &[
    &jsonl::JSON_LINES,
    &jsonl::JSON,
    &table::CSV,
    &table::TSV,
    &html::HTML,
    #[cfg(feature = "parquet")]
    &parquet::PARQUET,
    &warc::WARC,
    &xml::XML,
    &press::EUROPRESSE,
    &press::FACTIVA,
    &press::NEXIS,
    &archive::TAR,
    &archive::ZIP,
    &text::MARKDOWN,
    &text::TEXT,
];

/// The format of a stream by its first bytes.
pub(super) fn sniff(head: &[u8]) -> &'static Container {
    ALL.iter()
        .find(|c| (c.sniff)(head))
        .copied()
        .unwrap_or(&text::TEXT)
}

/// The format of a file that bears the extension of `named`: exports of press
/// databases come as text and as HTML.
pub(super) fn settled(named: &'static Container, head: &[u8]) -> &'static Container {
    let mut within = WITHIN.iter().filter(|(outer, _)| *outer == named);
    within
        .find(|(_, inner)| (inner.sniff)(head))
        .map_or(named, |(_, inner)| inner)
}

/// Formats without an extension of their own, behind those whose extension their files
/// bear.
static WITHIN: &[(&Container, &Container)] = &[
    (&html::HTML, &press::EUROPRESSE),
    (&text::TEXT, &press::FACTIVA),
    (&text::TEXT, &press::NEXIS),
];

/// Whether the first line of such a file names the columns.
pub fn has_header(format: &Container) -> bool {
    [&table::CSV, &table::TSV].contains(&format)
}

/// Whether a file whose format is no lines and no table was written by glane.
pub(super) fn is_ours(format: &Container, file: std::fs::File) -> bool {
    #[cfg(feature = "parquet")]
    if format == &parquet::PARQUET {
        return parquet::is_ours(file);
    }
    let _ = (format, file);
    false
}

/// Plain text, the format of what could not even be opened.
pub(super) fn plain() -> &'static Container {
    &text::TEXT
}

/// A name that is no format's; says which there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no format `{name}`: there are {}", Container::names(", "))]
pub struct UnknownFormat {
    name: String,
}

impl Container {
    /// The format of this name or alias.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter()
            .find(|c| c.name == name || c.aliases.contains(&name))
            .copied()
    }

    /// The names of all formats.
    pub fn names(separator: &str) -> String {
        let names: Vec<_> = ALL.iter().map(|c| c.name).collect();
        names.join(separator)
    }
}

impl FromStr for &'static Container {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Container::named(name).ok_or_else(|| UnknownFormat {
            name: name.to_owned(),
        })
    }
}
