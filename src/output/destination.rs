//! What `-o` asks for.

use super::{Layout, Names, OutputError, SinkFormat, files, formats};
use crate::compression::{self, Compression};
use std::path::{Path, PathBuf};

/// Where a run writes, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Destination {
    /// Standard output, as the first of [`formats::ALL`], without a manifest.
    Stdout,
    /// Files of records and, beside them, the manifest.
    Files {
        /// What they are called.
        names: Names,
        /// What the records are written as.
        format: &'static SinkFormat,
        /// How the records are compressed.
        compression: &'static Compression,
    },
}

/// Bytes of input above which a run into a folder is cut into parts, and the size
/// of a part: of a dump of text that is a minute or so of work on two cores.
pub const SHARD_BYTES: u64 = 256 << 20;

impl Destination {
    /// Reads `-o`: `-` is standard output, a name with an extension of a sink
    /// (and perhaps of a compression) is a file, all else a folder, in which the
    /// records are written as `format` and compressed as `compress` says.
    ///
    /// # Errors
    /// When the name ends in the extension of a kind of file that glane does not
    /// write: a folder of such a name is there already, or is written with `/`; when
    /// `format` or `compress` is given for what is no folder; or when the format does
    /// not hold the layout.
    pub fn from_arg(
        out: &Path,
        layout: &'static Layout,
        format: Option<&'static SinkFormat>,
        compress: Option<&'static Compression>,
    ) -> Result<Self, OutputError> {
        let one_file = || match (format, compress) {
            (None, None) => Ok(()),
            (Some(format), _) => Err(OutputError::AsOfFile {
                format: format.name,
                path: match out == Path::new("-") {
                    true => "- (standard output, JSON Lines)".into(),
                    false => out.to_owned(),
                },
            }),
            (None, Some(_)) => Err(OutputError::OneFile {
                flag: "--compress",
                path: out.to_owned(),
            }),
        };
        let fits = |format: &'static SinkFormat| match format.layouts.contains(&layout) {
            true => Ok(format),
            false => Err(OutputError::WrongLayout {
                format: format.name,
                layout: layout.name,
                layouts: format.layouts.iter().map(|l| l.name).collect(),
                formats: formats::of_layout(layout).map(|f| f.name).collect(),
            }),
        };
        let several = || match layout.has_files() {
            false => Ok(()),
            true => Err(OutputError::NeedsFolder {
                layout: layout.name,
            }),
        };
        if out == Path::new("-") {
            one_file()?;
            several()?;
            fits(formats::ALL[0])?;
            return Ok(Self::Stdout);
        }
        let name = files::name(out);
        if let Some((format, compression)) = formats::of_name(&name) {
            one_file()?;
            several()?;
            return Ok(Self::Files {
                names: Names::of_file(out),
                format: fits(format)?,
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
        // Every layout is written by some format.
        let first = || formats::of_layout(layout).next();
        let format = fits(format.or_else(first).unwrap_or(formats::ALL[0]))?;
        let compression = compress.unwrap_or(&compression::NONE);
        if !format.compressed && *compression != compression::NONE {
            return Err(OutputError::CompressedInside {
                format: format.name,
            });
        }
        let mut ending = format!(".{}", format.extensions[0]);
        if *compression != compression::NONE {
            ending += &format!(".{}", compression.extension);
        }
        Ok(Self::Files {
            names: Names::of_folder(out, layout, ending),
            format,
            compression,
        })
    }

    /// Bytes of raw articles in a part, or `None` for one file: as `asked` (0 is
    /// one file), else [`SHARD_BYTES`] where the inputs are larger on the disk.
    ///
    /// # Errors
    /// When parts are asked for and this is no folder.
    pub fn shard_bytes(
        &self,
        asked: Option<u64>,
        input_bytes: u64,
    ) -> Result<Option<u64>, OutputError> {
        match (self, asked) {
            (_, Some(0)) => Ok(None),
            (Self::Files { names, .. }, None) if !names.beside.is_empty() => Ok(None),
            (Self::Files { names, .. }, Some(_)) if !names.beside.is_empty() => {
                Err(OutputError::NoParts {
                    flag: "--shard-bytes",
                })
            }
            (Self::Files { names, .. }, _) if names.folder => {
                Ok(asked.or((input_bytes > SHARD_BYTES).then_some(SHARD_BYTES)))
            }
            (_, None) => Ok(None),
            (_, Some(_)) => Err(OutputError::OneFile {
                flag: "--shard-bytes",
                path: match self {
                    Self::Stdout => "standard output".into(),
                    Self::Files { names, .. } => names.records.clone(),
                },
            }),
        }
    }

    /// The manifest; of standard output, none.
    pub fn manifest(&self) -> PathBuf {
        match self {
            Self::Stdout => PathBuf::new(),
            Self::Files { names, .. } => names.manifest.clone(),
        }
    }

    /// Refuses to write where an input lies; `rejects` is where the raw rows of failed
    /// articles go.
    ///
    /// # Errors
    /// When one of `inputs` is `rejects`, or lies where this run writes, under a name
    /// that a run gives: it would be replaced, now or when the run is replaced.
    pub fn apart_from<'a>(
        &self,
        inputs: impl Iterator<Item = &'a Path> + Clone,
        rejects: Option<&Path>,
    ) -> Result<(), OutputError> {
        if let Some(path) = rejects.filter(|path| is_among(path, inputs.clone())) {
            return Err(OutputError::IsInput(path.to_owned()));
        }
        let Self::Files { names, .. } = self else {
            return Ok(());
        };
        let ours = [&names.records, &names.manifest, &names.errors].into_iter();
        let mut ours = ours.chain(&names.beside);
        if let Some(path) = ours.find(|path| is_among(path, inputs.clone())) {
            return Err(OutputError::IsInput(path.clone()));
        }
        // A folder that is not there holds no input.
        let Ok(folder) = files::folder(&names.manifest).canonicalize() else {
            return Ok(());
        };
        let here = |path: &Path| {
            names.has(&files::name(path))
                && files::folder(path)
                    .canonicalize()
                    .is_ok_and(|f| f == folder)
        };
        // What it is called, and what it is where that is a link.
        let written = |input: &Path| {
            here(input) || input.is_symlink() && input.canonicalize().is_ok_and(|real| here(&real))
        };
        match inputs.clone().find(|input| written(input)) {
            Some(input) => Err(OutputError::IsInput(input.to_owned())),
            None => Ok(()),
        }
    }
}

/// Whether `path` is one of `inputs`, whatever it is called there.
fn is_among<'a>(path: &Path, mut inputs: impl Iterator<Item = &'a Path>) -> bool {
    path.canonicalize()
        .is_ok_and(|real| inputs.any(|input| input.canonicalize().is_ok_and(|i| i == real)))
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
        let files =
            |r: &str, m: &str, compression| (PathBuf::from(r), PathBuf::from(m), compression);
        for (arg, layout, expected) in [
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
            let destination = Destination::from_arg(Path::new(arg), layout, None, None).unwrap();
            let Destination::Files {
                names,
                format,
                compression,
            } = destination
            else {
                panic!("{arg} is standard output");
            };
            assert_eq!(
                (names.records, names.manifest, compression),
                expected,
                "{arg}"
            );
            assert_eq!(format, formats::ALL[0]);
        }
        let from_arg = |arg, compress| {
            Destination::from_arg(Path::new(arg), &layout::ARTICLES, None, compress)
        };
        assert_eq!(from_arg("-", None).unwrap(), Destination::Stdout);
        let Destination::Files { names, .. } = from_arg("out", Some(&ZSTD)).unwrap() else {
            panic!("a folder")
        };
        assert_eq!(names.part(7), Path::new("out/part-00007.jsonl.zst"));
        assert!(from_arg("a.jsonl", Some(&ZSTD)).is_err());
        assert!(from_arg("-", Some(&ZSTD)).is_err());
        for arg in ["x.docx", "a/x.json5", "x.XLSX.gz", "x.txt"] {
            let error = from_arg(arg, None).unwrap_err();
            let said = error.to_string();
            assert!(said.contains(arg) && said.contains(".jsonl.zst"), "{said}");
        }
    }

    #[test]
    fn tables_need_a_folder_and_a_format_that_holds_them() {
        let said = |arg: &str, layout, format: Option<&str>, compress| {
            let format = format.map(|name| formats::named(name).unwrap());
            match Destination::from_arg(Path::new(arg), layout, format, compress) {
                Ok(Destination::Files { names, .. }) => format!("{}", names.records.display()),
                Ok(Destination::Stdout) => "-".to_owned(),
                Err(e) => e.to_string(),
            }
        };
        let (articles, mentions, tables) = (&layout::ARTICLES, &layout::MENTIONS, &layout::TABLES);
        assert_eq!(said("o/", tables, Some("csv"), None), "o/articles.csv");
        assert_eq!(
            said("o/", tables, Some("csv"), Some(&GZIP)),
            "o/articles.csv.gz"
        );
        assert_eq!(said("m.csv", mentions, None, None), "m.csv");
        for (arg, layout, format, compress, expected) in [
            ("-", tables, None, None, "-o month/"),
            ("a.csv", tables, None, None, "-o month/"),
            ("a.csv", articles, None, None, "--layout mentions"),
            ("o/", articles, Some("csv"), None, "--as jsonl"),
            ("o/", tables, Some("jsonl"), None, "--as csv"),
            ("a.jsonl", articles, Some("jsonl"), None, "leave --as out"),
            ("-", mentions, Some("csv"), None, "leave --as out"),
        ] {
            let said = said(arg, layout, format, compress);
            assert!(said.contains(expected), "{arg}: {said}");
        }
        let o = Destination::from_arg(Path::new("o/"), tables, None, None).unwrap();
        assert_eq!(o.shard_bytes(None, u64::MAX).unwrap(), None);
        let refused = o.shard_bytes(Some(10), 0).unwrap_err().to_string();
        assert!(refused.contains("--resume"), "{refused}");
    }

    #[cfg(feature = "parquet")]
    #[test]
    fn parquet_holds_all_layouts_and_compresses_inside() {
        let to = |arg: &str, layout, compress| {
            let format = formats::named("parquet");
            Destination::from_arg(Path::new(arg), layout, format, compress)
        };
        for layout in Layout::ALL {
            let Ok(Destination::Files { names, .. }) = to("o/", layout, None) else {
                panic!("{layout:?}")
            };
            let name = format!("o/{}.parquet", layout.stem);
            assert_eq!(names.records, Path::new(&name));
        }
        let refused = to("o/", &layout::ARTICLES, Some(&ZSTD)).unwrap_err();
        assert!(
            refused.to_string().contains("leave --compress out"),
            "{refused}"
        );
        let file = Destination::from_arg(Path::new("m.parquet"), &layout::ARTICLES, None, None);
        let Ok(Destination::Files { names, .. }) = file else {
            panic!("a file")
        };
        assert_eq!(names.manifest, Path::new("m.parquet.manifest.json"));
    }

    #[test]
    fn small_inputs_stay_in_one_file() {
        let to =
            |arg| Destination::from_arg(Path::new(arg), &layout::ARTICLES, None, None).unwrap();
        let (folder, file) = (to("out/"), to("a.jsonl"));
        let of = |d: &Destination, asked, bytes| d.shard_bytes(asked, bytes).ok();
        assert_eq!(of(&folder, None, SHARD_BYTES), Some(None));
        assert_eq!(of(&folder, None, SHARD_BYTES + 1), Some(Some(SHARD_BYTES)));
        assert_eq!(of(&folder, Some(10), 0), Some(Some(10)));
        assert_eq!(of(&folder, Some(0), u64::MAX), Some(None));
        assert_eq!(of(&file, None, u64::MAX), Some(None));
        assert_eq!(of(&file, Some(10), 0), None);
        assert_eq!(of(&Destination::Stdout, Some(10), 0), None);
    }
}
