//! What `-o` asks for.

use super::{Layout, OutputError, Place, Sink, SinkFormat, formats, place};
use crate::compression::{self, Compression};
use std::path::{Path, PathBuf};

/// Where a run writes, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Destination {
    /// Standard output, as the first of [`formats::ALL`], without a manifest.
    Stdout,
    /// A file of records and, beside it, the manifest.
    Files {
        /// The records.
        records: PathBuf,
        /// The manifest.
        manifest: PathBuf,
        /// What the records are written as.
        format: &'static SinkFormat,
        /// How the records are compressed.
        compression: &'static Compression,
    },
}

impl Destination {
    /// Reads `-o`: `-` is standard output, a name with an extension of a sink
    /// (and perhaps of a compression) is a file, all else a folder.
    ///
    /// # Errors
    /// When the name ends in the extension of a kind of file that glane does not
    /// write: a folder of such a name is there already, or is written with `/`.
    pub fn from_arg(out: &Path, layout: &Layout) -> Result<Self, OutputError> {
        if out == Path::new("-") {
            return Ok(Self::Stdout);
        }
        let name = out
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        if let Some((format, compression)) = formats::of_name(&name) {
            return Ok(Self::Files {
                records: out.to_owned(),
                manifest: out.with_file_name(format!("{name}.manifest.json")),
                format,
                compression,
            });
        }
        let folder = out.to_string_lossy().ends_with(std::path::is_separator) || out.is_dir();
        if !folder && formats::is_file_name(&name) {
            return Err(OutputError::UnknownKind {
                path: out.to_owned(),
                endings: formats::endings(),
            });
        }
        let format = formats::ALL[0];
        Ok(Self::Files {
            records: out.join(format!("{}.{}", layout.stem, format.extensions[0])),
            manifest: out.join("manifest.json"),
            format,
            compression: &compression::NONE,
        })
    }

    /// Makes ready to write; refuses to replace a finished run unless `force`.
    ///
    /// # Errors
    /// When a finished run is there, another run writes there, or the file
    /// system refuses.
    pub fn open(&self, layout: &'static Layout, force: bool) -> Result<Box<dyn Sink>, OutputError> {
        match self {
            Self::Stdout => (formats::ALL[0].open)(Place::stdout(), layout),
            Self::Files {
                records,
                manifest,
                format,
                compression,
            } => {
                let mut above = place::folder(records).ancestors();
                if let Some(found) = above.find(|p| p.exists())
                    && !found.is_dir()
                {
                    return Err(OutputError::NotAFolder {
                        path: found.to_owned(),
                        endings: formats::endings(),
                    });
                }
                (format.open)(Place::files(records, manifest, compression, force)?, layout)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compression::{GZIP, NONE, ZSTD},
        output::layout,
    };

    #[test]
    fn destinations() {
        let files = |r: &str, m: &str, compression| Destination::Files {
            records: r.into(),
            manifest: m.into(),
            format: formats::ALL[0],
            compression,
        };
        for (arg, layout, expected) in [
            ("-", &layout::ARTICLES, Destination::Stdout),
            (
                "out.v2/",
                &layout::ARTICLES,
                files("out.v2/records.jsonl", "out.v2/manifest.json", &NONE),
            ),
            (
                "out-2024.05",
                &layout::ARTICLES,
                files(
                    "out-2024.05/records.jsonl",
                    "out-2024.05/manifest.json",
                    &NONE,
                ),
            ),
            (
                "out",
                &layout::ARTICLES,
                files("out/records.jsonl", "out/manifest.json", &NONE),
            ),
            (
                "out/",
                &layout::MENTIONS,
                files("out/mentions.jsonl", "out/manifest.json", &NONE),
            ),
            (
                "a/b.jsonl.zst",
                &layout::ARTICLES,
                files("a/b.jsonl.zst", "a/b.jsonl.zst.manifest.json", &ZSTD),
            ),
            (
                "b.NDJSON.gz",
                &layout::ARTICLES,
                files("b.NDJSON.gz", "b.NDJSON.gz.manifest.json", &GZIP),
            ),
        ] {
            assert_eq!(
                Destination::from_arg(Path::new(arg), layout).unwrap(),
                expected,
                "{arg}"
            );
        }
        for arg in ["x.docx", "a/x.json5", "x.XLSX.gz", "x.txt"] {
            let error = Destination::from_arg(Path::new(arg), &layout::ARTICLES).unwrap_err();
            let said = error.to_string();
            assert!(said.contains(arg) && said.contains(".jsonl.zst"), "{said}");
        }
    }
}
