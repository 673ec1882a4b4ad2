//! Which format and compression a file name stands for.

/// How articles lie in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Format {
    /// One article a file (.txt).
    #[value(name = "txt")]
    Text,
    /// One article a file (.md).
    #[value(name = "md")]
    Markdown,
    /// One JSON object a line (.jsonl, .ndjson).
    #[value(name = "jsonl", alias = "ndjson")]
    JsonLines,
    /// Comma- or semicolon-separated rows with a header (.csv).
    #[value(name = "csv")]
    Csv,
    /// Tab-separated rows with a header (.tsv).
    #[value(name = "tsv")]
    Tsv,
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, one member or several (.gz).
    Gzip,
    /// Zstandard (.zst).
    Zstd,
}

/// File name extensions, lower case.
const FORMATS: &[(&str, Format)] = &[
    ("txt", Format::Text),
    ("md", Format::Markdown),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
];

impl Format {
    /// Whether one file holds one article.
    pub fn is_one_article(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }
}

impl Compression {
    /// What the first bytes of a stream say.
    pub fn from_magic(head: &[u8]) -> Self {
        if head.starts_with(&[0x1F, 0x8B]) {
            Self::Gzip
        } else if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
            Self::Zstd
        } else {
            Self::None
        }
    }
}

/// A file name taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Name<'a> {
    /// What is left of the extensions that were understood.
    pub stem: &'a str,
    pub format: Option<Format>,
    pub compression: Compression,
}

/// Takes `paper/2024.csv.gz` apart into `paper/2024`, CSV, gzip.
pub(crate) fn take_apart(path: &str) -> Name<'_> {
    let (rest, compression) = match extension(path) {
        Some((rest, "gz")) => (rest, Compression::Gzip),
        Some((rest, "zst")) => (rest, Compression::Zstd),
        _ => (path, Compression::None),
    };
    let known = extension(rest)
        .and_then(|(stem, ext)| Some((stem, FORMATS.iter().find(|(e, _)| *e == ext)?.1)));
    Name {
        stem: known.map_or(rest, |(stem, _)| stem),
        format: known.map(|(_, f)| f),
        compression,
    }
}

/// The part before the last full stop, and the lower-case extension after it
/// where it is one that [`take_apart`] can use.
fn extension(path: &str) -> Option<(&str, &'static str)> {
    let (stem, ext) = path.rsplit_once('.')?;
    if stem.is_empty() || stem.ends_with(['/', std::path::MAIN_SEPARATOR]) {
        return None;
    }
    FORMATS
        .iter()
        .map(|(e, _)| *e)
        .chain(["gz", "zst"])
        .find(|e| ext.eq_ignore_ascii_case(e))
        .map(|e| (stem, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        use Compression::{Gzip, None as Plain, Zstd};
        for (path, stem, format, compression) in [
            ("a.txt", "a", Some(Format::Text), Plain),
            ("a/b.v2.MD", "a/b.v2", Some(Format::Markdown), Plain),
            ("d.jsonl.zst", "d", Some(Format::JsonLines), Zstd),
            ("d.ndjson", "d", Some(Format::JsonLines), Plain),
            ("x.csv.gz", "x", Some(Format::Csv), Gzip),
            ("x.TSV", "x", Some(Format::Tsv), Plain),
            ("x.pdf", "x.pdf", None, Plain),
            ("x.pdf.gz", "x.pdf", None, Gzip),
            ("x", "x", None, Plain),
            ("d/.txt", "d/.txt", None, Plain),
        ] {
            assert_eq!(
                take_apart(path),
                Name {
                    stem,
                    format,
                    compression
                },
                "{path}"
            );
        }
    }
}
