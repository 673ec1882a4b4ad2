//! Which format and compression a file name stands for.

use super::ALL;
use crate::article::Container;
use crate::compression::{self, Compression};

/// A file name taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Name<'a> {
    /// What is left of the extensions that were understood.
    pub stem: &'a str,
    pub format: Option<&'static Container>,
    pub compression: &'static Compression,
}

/// Takes `paper/2024.csv.gz` apart into `paper/2024`, CSV, gzip.
pub(crate) fn take_apart(path: &str) -> Name<'_> {
    let (rest, compression) = compression::take_off(path);
    let known = rest
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty() && !stem.ends_with(['/', std::path::MAIN_SEPARATOR]))
        .and_then(|(stem, extension)| {
            let format = ALL.iter().find(|c| c.has_extension(extension))?;
            Some((stem, *format))
        });
    Name {
        stem: known.map_or(rest, |(stem, _)| stem),
        format: known.map(|(_, f)| f),
        compression,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compression::{GZIP, NONE, ZSTD};

    #[test]
    fn names() {
        for (path, stem, format, compression) in [
            ("a.txt", "a", "txt", &NONE),
            ("a/b.v2.MD", "a/b.v2", "md", &NONE),
            ("d.jsonl.zst", "d", "jsonl", &ZSTD),
            ("d.ndjson", "d", "jsonl", &NONE),
            ("x.csv.gz", "x", "csv", &GZIP),
            ("x.TSV", "x", "tsv", &NONE),
            ("x.pdf", "x.pdf", "", &NONE),
            ("x.pdf.gz", "x.pdf", "", &GZIP),
            ("x", "x", "", &NONE),
            ("d/.txt", "d/.txt", "", &NONE),
        ] {
            assert_eq!(
                take_apart(path),
                Name {
                    stem,
                    format: Container::named(format),
                    compression
                },
                "{path}"
            );
        }
    }
}
