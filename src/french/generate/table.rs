//! Tables as files: their rows as text, with file and line for what is wrong.

use std::{
    collections::BTreeSet,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

/// A table that cannot be read; says file and line.
#[derive(Debug)]
pub struct Error(pub(super) String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

pub(super) type Result<T> = std::result::Result<T, Error>;

/// One file: its documentation, the names of its columns, its rows.
pub(super) struct Table {
    pub(super) path: PathBuf,
    pub(super) doc: Vec<String>,
    pub(super) columns: Vec<String>,
    /// Number of the line, cells.
    pub(super) rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    pub(super) fn parse(path: PathBuf, text: &str) -> Result<Self> {
        let mut doc = Vec::new();
        let mut columns: Vec<String> = Vec::new();
        let mut rows = Vec::new();
        for (i, line) in text.lines().enumerate() {
            let at = |what: String| Error(format!("{}:{}: {what}", path.display(), i + 1));
            if columns.is_empty() {
                if let Some(comment) = line.strip_prefix('#') {
                    doc.push(comment.trim().to_owned());
                    continue;
                }
                columns = line.split('\t').map(str::to_owned).collect();
                if columns.last().is_none_or(|c| c != "why") {
                    return Err(at("the last column must be `why`".into()));
                }
                continue;
            }
            if line.trim().is_empty() {
                continue;
            }
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if cells.len() != columns.len() {
                return Err(at(format!(
                    "{} columns, the header has {}",
                    cells.len(),
                    columns.len()
                )));
            }
            if let Some(cell) = cells.iter().find(|c| c.trim() != *c) {
                return Err(at(format!("blanks around `{cell}`")));
            }
            if cells[0].is_empty() {
                return Err(at("the first cell is empty".into()));
            }
            if cells.last().is_none_or(String::is_empty) {
                return Err(at(format!("no why for `{}`", cells[0])));
            }
            rows.push((i + 1, cells));
        }
        if columns.is_empty() {
            return Err(Error(format!("{}: no header", path.display())));
        }
        Ok(Self {
            path,
            doc,
            columns,
            rows,
        })
    }

    pub(super) fn error(&self, line: usize, what: impl std::fmt::Display) -> Error {
        Error(format!("{}:{line}: {what}", self.path.display()))
    }

    /// The number of the line of the header.
    pub(super) fn head(&self) -> usize {
        self.doc.len() + 1
    }

    /// The columns are just `wanted`.
    pub(super) fn expect(&self, wanted: &[&str]) -> Result<()> {
        if self.columns == wanted {
            return Ok(());
        }
        let wanted = wanted.join(" ");
        Err(self.error(self.head(), format!("the columns must be `{wanted}`")))
    }

    /// The file's name without its extension.
    pub(super) fn stem(&self) -> String {
        let stem = self.path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }

    pub(super) fn doc(&self, out: &mut String, inner: bool) {
        for line in &self.doc {
            let _ = writeln!(out, "{} {line}", if inner { "//!" } else { "///" });
        }
    }
}

/// The tables of one folder, by name.
pub(super) fn tables(folder: &Path) -> Result<Vec<Table>> {
    let mut out = Vec::new();
    for path in entries(folder)? {
        if path.extension().is_some_and(|e| e == "tsv") {
            let text = fs::read_to_string(&path).map_err(|e| io_error(&path, &e))?;
            out.push(Table::parse(path, &text)?);
        }
    }
    Ok(out)
}

pub(super) fn entries(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(e) => return Err(io_error(folder, &e)),
    };
    entries
        .map(|e| e.map(|e| e.path()).map_err(|e| io_error(folder, &e)))
        .collect()
}

pub(super) fn io_error(path: &Path, error: &io::Error) -> Error {
    Error(format!("{}: {error}", path.display()))
}

pub(super) fn is_name(name: &str, first: fn(char) -> bool) -> bool {
    name.starts_with(first) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
