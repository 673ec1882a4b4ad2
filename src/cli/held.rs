//! Articles to be shown or exported: read and extracted, or records that a run has
//! left with their text (`--with-text`).

use super::{input, say, unread};
use crate::{
    Extractor,
    article::{
        self, Article, Unreadable,
        reader::{Item, Options, Parsed, Reader},
    },
    compression::Compression,
    output::{self, RowsBack, SinkFormat, formats},
    pipeline::{self, Explained},
    record::{MentionRow, Record, SCHEMA, Status},
};
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

/// An article, as far as it was read.
pub enum Held {
    /// Not yet parsed.
    Raw(Item),
    /// Parsed.
    Read(Box<Parsed>),
    /// The record of an earlier run.
    Known(Box<Record>),
}

/// Why no article comes.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Field(#[from] article::UnknownField),
    #[error("{}", unread::nothing(.0))]
    Nothing(article::inputs::Inputs),
    #[error("{path}: {error}")]
    Io { path: String, error: io::Error },
    #[error("{at}: {problem}")]
    Record { at: String, problem: String },
}

/// Calls `each` with every article of the inputs, those of records last.
pub fn each(
    input: &input::Args,
    options: &Options,
    each: &mut dyn FnMut(Held),
) -> Result<(), Error> {
    let (records, others): (Vec<_>, Vec<_>) = input
        .named()
        .into_iter()
        .map(|path| (of_a_run(&path), path))
        .partition(|(records, _)| !records.is_empty());
    let others: Vec<_> = others.into_iter().map(|(_, path)| path).collect();
    let found = input.collect_of(&others, None);
    for refused in &found.refused {
        say!("glane: {}", unread::refused(refused));
    }
    if found.files.is_empty() && records.is_empty() {
        return Err(Error::Nothing(found));
    }
    if let Some(unknown) = article::unknown_field(&found.files, &input.options()) {
        return Err(unknown.into());
    }
    for input in found.files {
        let opened = Reader::open(
            input.clone(),
            options,
            Default::default(),
            Default::default(),
        );
        match opened {
            Ok(reader) => reader.for_each(|item| each(Held::Raw(item))),
            Err(e) => each(Held::Raw(Item::unreadable(input, e))),
        }
    }
    for path in records.iter().flat_map(|(records, _)| records) {
        read_records(path, each)?;
    }
    Ok(())
}

/// The files of records that a path names: itself, or those of a folder with a
/// manifest. None where it holds something else.
fn of_a_run(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return match holds_records(path) {
            true => vec![path.to_owned()],
            false => Vec::new(),
        };
    }
    if !path.join("manifest.json").is_file() {
        return Vec::new();
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file() && holds_records(file));
    files.sort();
    files
}

fn holds_records(path: &Path) -> bool {
    if let Some((format, _)) = named(path)
        && format.back.is_some()
    {
        let opened = Unreadable::guard("read", || rows(path));
        return opened.is_ok_and(|rows| rows.is_ok());
    }
    let mut line = Vec::new();
    let mut head = match lines(path) {
        // The key comes first, and a record may be long.
        Ok(lines) => io::Read::take(lines, 64),
        Err(_) => return false,
    };
    let _ = head.read_until(b'\n', &mut line);
    line.starts_with(format!("{{\"schema\":\"{SCHEMA}\"").as_bytes())
}

/// How a file is written, as its name says.
fn named(path: &Path) -> Option<(&'static SinkFormat, &'static Compression)> {
    formats::of_name(&path.file_name()?.to_string_lossy())
}

/// Its records, each as JSON.
fn rows(path: &Path) -> io::Result<RowsBack> {
    match named(path) {
        Some((
            SinkFormat {
                back: Some(back), ..
            },
            by,
        )) => back(File::open(path)?, by, output::Held::Nested),
        _ => Ok(Box::new(lines(path)?.lines())),
    }
}

fn lines(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let file = BufReader::new(File::open(path)?);
    let Some((_, compression)) = named(path) else {
        return Err(io::Error::other("no file of records"));
    };
    let plain = (compression.decode)(Box::new(file))?;
    Ok(Box::new(BufReader::new(plain)))
}

fn read_records(path: &Path, each: &mut dyn FnMut(Held)) -> Result<(), Error> {
    let shown = path.display().to_string();
    let failed = |error| Error::Io {
        path: shown.clone(),
        error,
    };
    for (i, line) in rows(path).map_err(failed)?.enumerate() {
        let wrong = |problem: String| Error::Record {
            at: format!("{shown}:{}", i + 1),
            problem,
        };
        let record: Record = serde_json::from_str(&line.map_err(failed)?)
            .map_err(|e| wrong(format!("no record: {e}")))?;
        if record.status == Status::Ok && record.text.is_none() {
            return Err(wrong(
                "the record has no text: make it again with glane extract --with-text, or name \
                 the articles themselves"
                    .to_owned(),
            ));
        }
        each(Held::Known(Box::new(record)));
    }
    Ok(())
}

/// An article with what was found in it.
pub struct Shown {
    explained: Explained,
    title: Option<String>,
    text: String,
}

impl Held {
    /// Parses, extracts.
    pub fn shown(self, extractor: &Extractor, options: &Options) -> Shown {
        let parsed = match self {
            Self::Raw(item) => item.article(options),
            Self::Read(parsed) => *parsed,
            Self::Known(record) => return known(*record),
        };
        let explained = match parsed.problem {
            Some(problem) => pipeline::unread(&parsed.article, problem),
            None => extractor.explain(&parsed.article),
        };
        let title = parsed.article.title_apart().map(str::to_owned);
        Shown {
            explained,
            title,
            text: parsed.article.text,
        }
    }
}

fn known(mut record: Record) -> Shown {
    let article = Article {
        title: record.title.clone(),
        text: record.text.take().unwrap_or_default(),
        ..Article::default()
    };
    let title = article.title_apart().map(str::to_owned);
    Shown {
        explained: pipeline::known(record),
        title,
        text: article.text,
    }
}

impl Shown {
    /// Its record.
    pub fn record(&self) -> &Record {
        &self.explained.record
    }

    /// Its title, where it stands outside the text.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Its decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The rule that found a mention, where one did; a record does not tell.
    pub fn rule(&self, row: &MentionRow) -> Option<String> {
        let span = &row.span;
        let trace = self
            .explained
            .trace(row.kind, span.field, span.byte_start)?;
        Some(trace.rule.to_owned())
    }
}
