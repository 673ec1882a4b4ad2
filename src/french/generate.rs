//! Tables of words → Rust. The build script calls [`generate`]; the standard
//! library only.
//!
//! A table is a TSV file: lines that begin with `#` and become the
//! documentation, a line with the names of the columns, a row a word. The last
//! column is `why` and never empty. Four shapes:
//!
//! - `sets/ROOM.tsv` (`set word example why`): the rows of one `set` become the
//!   `sets::ROOM::SET: WordSet`. `sets/ROOM/PART.tsv` becomes a module inside. `-x` is
//!   an ending, `x-` a beginning.
//! - `types/Name.tsv` (`value why`): the enum `types::Name`.
//! - `lexicon/NAME.tsv` (`word column:type … why`): `lexicon::NAME::ROWS`, sorted
//!   by the folded word, and `find`. A type is `str`, `int` (`u64`), `signed`
//!   (`i64`), `flag` (`yes` or empty) or the name of a table of `types/`; `?`
//!   behind it allows an empty cell. With `form` in place of `word` the key is
//!   found as it is written. A folder is a module; no word stands in two tables
//!   of one folder.
//!
//! - `relations/NAME.tsv` (`=noun:Noun =country:Country currency:Currency why`):
//!   `relations::NAME::ROWS` in the order of the file. The columns with `=` are the
//!   key: what they say together stands there once.
//!
//! In each, `example` is a text in which the key of the row occurs as a word.

use super::fold::fold;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

/// Bytes of the longest folded word of a set, as in `word_set.rs`.
const LONGEST: usize = 64;

/// A table that cannot be read; says file and line.
#[derive(Debug)]
pub struct Error(String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

type Result<T> = std::result::Result<T, Error>;

/// One file: its documentation, the names of its columns, its rows.
struct Table {
    path: PathBuf,
    doc: Vec<String>,
    columns: Vec<String>,
    /// Number of the line, cells.
    rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    fn parse(path: PathBuf, text: &str) -> Result<Self> {
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

    fn error(&self, line: usize, what: impl std::fmt::Display) -> Error {
        Error(format!("{}:{line}: {what}", self.path.display()))
    }

    /// The number of the line of the header.
    fn head(&self) -> usize {
        self.doc.len() + 1
    }

    /// The columns are just `wanted`.
    fn expect(&self, wanted: &[&str]) -> Result<()> {
        if self.columns == wanted {
            return Ok(());
        }
        let wanted = wanted.join(" ");
        Err(self.error(self.head(), format!("the columns must be `{wanted}`")))
    }

    /// The file's name without its extension.
    fn stem(&self) -> String {
        let stem = self.path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }

    fn doc(&self, out: &mut String, inner: bool) {
        for line in &self.doc {
            let _ = writeln!(out, "{} {line}", if inner { "//!" } else { "///" });
        }
    }
}

/// Reads every table under `root` and gives the Rust source made from them.
///
/// # Errors
///
/// A table that breaks one of the rules above, with its file and line.
pub fn generate(root: &Path) -> Result<String> {
    let mut out = String::from("// Made by build.rs from src/french/tables.\n");
    let types = types(&tables(&root.join("types"))?, &mut out)?;
    let mut examples = String::new();
    out.push_str("/// Sets of words that guards ask for.\npub mod sets {\n");
    sets(&root.join("sets"), "", &mut out, &mut examples)?;
    out.push_str("}\n/// Words with typed meanings.\npub mod lexicon {\n");
    lexica(&root.join("lexicon"), &types, &mut out)?;
    out.push_str("}\n");
    out.push_str("/// What belongs together.\npub mod relations {\n");
    for table in tables(&root.join("relations"))? {
        relation(&table, &types, &mut out)?;
    }
    out.push_str("}\n");
    let _ = write!(
        out,
        "/// Set, word and example of each row of `tables/sets`.\n\
         #[cfg(test)]\npub static EXAMPLES: &[(&WordSet, &str, &str)] = &[\n{examples}];\n"
    );
    Ok(out)
}

/// The tables of one folder, by name.
fn tables(folder: &Path) -> Result<Vec<Table>> {
    let mut out = Vec::new();
    for path in entries(folder)? {
        if path.extension().is_some_and(|e| e == "tsv") {
            let text = fs::read_to_string(&path).map_err(|e| io_error(&path, &e))?;
            out.push(Table::parse(path, &text)?);
        }
    }
    Ok(out)
}

fn entries(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(e) => return Err(io_error(folder, &e)),
    };
    entries
        .map(|e| e.map(|e| e.path()).map_err(|e| io_error(folder, &e)))
        .collect()
}

fn io_error(path: &Path, error: &io::Error) -> Error {
    Error(format!("{}: {error}", path.display()))
}

/// Values of the closed lists, by name of the type.
type Types = BTreeMap<String, BTreeSet<String>>;

fn types(tables: &[Table], out: &mut String) -> Result<Types> {
    let mut all = Types::new();
    out.push_str("/// Closed lists of meanings.\npub mod types {\n");
    for table in tables {
        table.expect(&["value", "why"])?;
        let name = table.stem();
        let mut values = BTreeSet::new();
        table.doc(out, false);
        let _ = writeln!(
            out,
            "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
             // Codes of ISO 4217 and ISO 3166 are written in capitals.\n\
             #[allow(clippy::upper_case_acronyms)]\npub enum {name} {{"
        );
        for (line, cells) in &table.rows {
            let value = &cells[0];
            if !is_name(value, char::is_uppercase) {
                return Err(table.error(*line, format!("`{value}` is no name of a variant")));
            }
            if !values.insert(value.clone()) {
                return Err(table.error(*line, format!("`{value}` stands here twice")));
            }
            let _ = writeln!(out, "/// {}\n{value},", cells[1]);
        }
        let listed: Vec<&str> = table.rows.iter().map(|(_, c)| c[0].as_str()).collect();
        let _ = writeln!(
            out,
            "}}\n#[allow(dead_code)]\nimpl {name} {{\n/// All values, in the order of the table.\n\
             pub const VALUES: [Self; {}] = [{}];\n/// The value as the table spells it.\n\
             #[inline]\npub fn name(self) -> &'static str {{\nconst NAMES: [&str; {}] = {listed:?};\n\
             NAMES[self as usize]\n}}\n}}",
            listed.len(),
            listed
                .iter()
                .map(|v| format!("Self::{v}"))
                .collect::<Vec<_>>()
                .join(", "),
            listed.len(),
        );
        all.insert(name, values);
    }
    out.push_str("}\n");
    Ok(all)
}

fn is_name(name: &str, first: fn(char) -> bool) -> bool {
    name.starts_with(first) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The sets of a folder; `prefix` is the path of the module so far.
fn sets(folder: &Path, prefix: &str, out: &mut String, examples: &mut String) -> Result<()> {
    let mut names = BTreeSet::new();
    for path in entries(folder)? {
        if path.is_dir() || path.extension().is_some_and(|e| e == "tsv") {
            let stem = path.file_stem().unwrap_or_default();
            names.insert(stem.to_string_lossy().into_owned());
        }
    }
    for name in names {
        let path = folder.join(format!("{name}.tsv"));
        let mut body = String::new();
        let inside = format!("{prefix}{name}::");
        if path.exists() {
            let text = fs::read_to_string(&path).map_err(|e| io_error(&path, &e))?;
            let table = Table::parse(path, &text)?;
            table.doc(&mut body, true);
            word_sets(&table, &inside, &mut body, examples)?;
        }
        sets(&folder.join(&name), &inside, &mut body, examples)?;
        let _ = writeln!(out, "pub mod {name} {{\n{body}}}");
    }
    Ok(())
}

fn word_sets(table: &Table, path: &str, out: &mut String, examples: &mut String) -> Result<()> {
    table.expect(&["set", "word", "example", "why"])?;
    let mut sets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (line, cells) in &table.rows {
        let (set, word, example) = (cells[0].as_str(), cells[1].as_str(), cells[2].as_str());
        if !is_name(set, |c| c.is_ascii_lowercase()) || set.contains(char::is_uppercase) {
            return Err(table.error(*line, format!("`{set}` is no name of a set (a-z, 0-9, _)")));
        }
        if word.is_empty() || word.contains("  ") || fold(word).len() > LONGEST {
            return Err(table.error(*line, format!("`{word}` is no word or phrase of a set")));
        }
        shown(word, example).map_err(|what| table.error(*line, what))?;
        if !sets.entry(set).or_default().insert(affix(word)) {
            return Err(table.error(*line, format!("`{word}` stands twice in `{set}`")));
        }
        let _ = writeln!(
            examples,
            "(&sets::{path}{}, {word:?}, {example:?}),",
            set.to_uppercase()
        );
    }
    if !sets.is_empty() {
        out.push_str("use crate::french::word_set::WordSet;\n");
    }
    for (set, words) in sets {
        let folded: BTreeSet<String> = words.iter().map(|w| fold(w)).collect();
        let bits = |first: &mut dyn Iterator<Item = u8>| first.fold(0u64, |m, b| m | 1 << (b & 63));
        let first = bits(&mut words.iter().filter_map(|w| w.bytes().next()));
        let first_folded = bits(&mut folded.iter().filter_map(|w| w.bytes().next()));
        let list: Vec<&str> = words.into_iter().collect();
        let _ = writeln!(
            out,
            "/// {}.\npub static {}: WordSet = WordSet::new(&{list:?}, &{:?}, {first:#x}, {first_folded:#x});",
            list.iter()
                .map(|w| format!("« {w} »"))
                .collect::<Vec<_>>()
                .join(", "),
            set.to_uppercase(),
            folded.iter().collect::<Vec<_>>(),
        );
    }
    Ok(())
}

/// An ending or a beginning without its hyphen, a word as it is.
fn affix(word: &str) -> &str {
    match (word.strip_prefix('-'), word.strip_suffix('-')) {
        (Some(ending), _) => ending,
        (None, Some(beginning)) => beginning,
        (None, None) => word,
    }
}

/// `word`, folded, stands in `example` with no letter beside it, but behind an
/// apostrophe, before an ending (`-x`) and behind a beginning (`x-`).
fn shown(word: &str, example: &str) -> std::result::Result<(), String> {
    let blanks = |text: &str| -> String {
        let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
        fold(text).chars().map(blank).collect()
    };
    let (whole, text) = (blanks(word), blanks(example));
    let folded = affix(&whole);
    let found = text.match_indices(folded).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + folded.len()..].chars().next();
        let open_before = whole.starts_with('-');
        let open_after = whole.ends_with(['-', '\'']);
        (open_before || !before.is_some_and(char::is_alphabetic))
            && (open_after || !after.is_some_and(char::is_alphabetic))
    });
    if found {
        Ok(())
    } else {
        Err(format!(
            "the example does not hold « {word} »: « {example} »"
        ))
    }
}

/// The tables of a folder and the folders in it, a module each. The tables of
/// one folder share their words: none stands in two of them.
fn lexica(folder: &Path, types: &Types, out: &mut String) -> Result<()> {
    let mut taken = BTreeMap::new();
    for table in tables(folder)? {
        lexicon(&table, types, &mut taken, out)?;
    }
    for path in entries(folder)?.iter().filter(|p| p.is_dir()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(out, "/// Tables of `{name}/`.\npub mod {name} {{");
        lexica(path, types, out)?;
        out.push_str("}\n");
    }
    Ok(())
}

fn lexicon(
    table: &Table,
    types: &Types,
    taken: &mut BTreeMap<String, String>,
    out: &mut String,
) -> Result<()> {
    let fields: Vec<(&str, Kind)> = table.columns[1..table.columns.len() - 1]
        .iter()
        .map(|c| Kind::parse(c, types).map_err(|what| table.error(table.head(), what)))
        .collect::<Result<_>>()?;
    let key = table.columns[0].as_str();
    let as_written = match key {
        "word" => false,
        "form" => true,
        _ => return Err(table.error(table.head(), "the first column must be `word` or `form`")),
    };
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for (line, cells) in &table.rows {
        let word = &cells[0];
        let found = if as_written { word.clone() } else { fold(word) };
        let mut row = format!("Row {{ {key}: {word:?}, key: {found:?}");
        for ((name, kind), cell) in fields.iter().zip(&cells[1..]) {
            if *name == "example" {
                shown(word, cell).map_err(|what| table.error(*line, what))?;
            }
            let value = kind
                .value(cell, types)
                .map_err(|what| table.error(*line, format!("column `{name}`: {what}")))?;
            let _ = write!(row, ", {name}: {value}");
        }
        let here = format!("{}:{line}", table.path.display());
        if let Some(there) = taken.insert(found.clone(), here) {
            return Err(table.error(*line, format!("`{word}` stands in {there} too")));
        }
        rows.insert(found, row + " },\n");
    }
    let _ = writeln!(out, "pub mod {} {{", table.stem());
    table.doc(out, true);
    if fields.iter().any(|(_, k)| matches!(k.base, Base::Type(_))) {
        out.push_str("use crate::french::types;\n");
    }
    let _ = write!(
        out,
        "/// A row of the table.\n#[derive(Debug, Clone, Copy, PartialEq)]\npub struct Row {{\n\
         /// The word as the table spells it.\n#[allow(dead_code)]\npub {key}: &'static str,\n\
         /// What it is found by.\npub key: &'static str,\n"
    );
    for (name, kind) in &fields {
        let _ = writeln!(out, "#[allow(missing_docs)]\npub {name}: {},", kind.rust());
    }
    let _ = write!(
        out,
        "}}\n/// Sorted by `key`, each once.\npub static ROWS: [Row; {}] = [\n{}];\n\
         /// The row of `key`.\n#[allow(dead_code)]\npub fn find(key: &str) -> Option<&'static Row> {{\n\
         ROWS.binary_search_by(|r| r.key.cmp(key)).ok().map(|i| &ROWS[i])\n}}\n\
         /// The row of `word`, whatever its case, accents and apostrophes.\n\
         #[allow(dead_code)]\npub fn find_folded(word: &str) -> Option<&'static Row> {{\n\
         find(&crate::fold::fold(word))\n}}\n}}\n",
        rows.len(),
        rows.into_values().collect::<String>(),
    );
    Ok(())
}

fn relation(table: &Table, types: &Types, out: &mut String) -> Result<()> {
    let columns = &table.columns[..table.columns.len() - 1];
    let fields: Vec<(&str, Kind)> = columns
        .iter()
        .map(|c| {
            Kind::parse(c.trim_start_matches('='), types)
                .map_err(|what| table.error(table.head(), what))
        })
        .collect::<Result<_>>()?;
    let keys = columns.iter().take_while(|c| c.starts_with('=')).count();
    if keys == 0 || columns[keys..].iter().any(|c| c.starts_with('=')) {
        return Err(table.error(table.head(), "the first columns must be the key: `=name`"));
    }
    let mut seen = BTreeSet::new();
    let mut rows = String::new();
    for (line, cells) in &table.rows {
        if !seen.insert(&cells[..keys]) {
            let key = cells[..keys].join(" ");
            return Err(table.error(*line, format!("`{key}` stands here twice")));
        }
        rows.push_str("Row { ");
        for ((name, kind), cell) in fields.iter().zip(cells) {
            let value = kind
                .value(cell, types)
                .map_err(|what| table.error(*line, format!("column `{name}`: {what}")))?;
            let _ = write!(rows, "{name}: {value}, ");
        }
        rows.push_str("},\n");
    }
    let _ = writeln!(out, "pub mod {} {{", table.stem());
    table.doc(out, true);
    if fields.iter().any(|(_, k)| matches!(k.base, Base::Type(_))) {
        out.push_str("use crate::french::types;\n");
    }
    out.push_str(
        "/// A row of the table.\n#[derive(Debug, Clone, Copy, PartialEq)]\npub struct Row {\n",
    );
    for (name, kind) in &fields {
        let _ = writeln!(out, "#[allow(missing_docs)]\npub {name}: {},", kind.rust());
    }
    let _ = writeln!(
        out,
        "}}\n/// In the order of the table.\npub static ROWS: [Row; {}] = [\n{rows}];\n}}",
        table.rows.len(),
    );
    Ok(())
}

/// What the cells of a column are.
struct Kind {
    base: Base,
    optional: bool,
}

enum Base {
    Str,
    Int,
    Signed,
    Flag,
    Type(String),
}

impl Kind {
    /// Name and kind of `name:kind`; a name alone is one of `str`.
    fn parse<'c>(column: &'c str, types: &Types) -> std::result::Result<(&'c str, Self), String> {
        let (name, kind) = column.split_once(':').unwrap_or((column, "str"));
        if !is_name(name, |c| c.is_ascii_lowercase()) {
            return Err(format!("`{name}` is no name of a column"));
        }
        let optional = kind.ends_with('?');
        let base = match kind.trim_end_matches('?') {
            "str" => Base::Str,
            "int" => Base::Int,
            "signed" => Base::Signed,
            "flag" => Base::Flag,
            other if types.contains_key(other) => Base::Type(other.to_owned()),
            other => {
                return Err(format!(
                    "`{other}` is no type: a table of types/ is missing"
                ));
            }
        };
        Ok((name, Self { base, optional }))
    }

    fn rust(&self) -> String {
        let base = match &self.base {
            Base::Str => "&'static str".to_owned(),
            Base::Int => "u64".to_owned(),
            Base::Signed => "i64".to_owned(),
            Base::Flag => "bool".to_owned(),
            Base::Type(name) => format!("types::{name}"),
        };
        if self.optional {
            format!("Option<{base}>")
        } else {
            base
        }
    }

    fn value(&self, cell: &str, types: &Types) -> std::result::Result<String, String> {
        if self.optional && cell.is_empty() {
            return Ok("None".to_owned());
        }
        let value = match &self.base {
            Base::Str if cell.is_empty() => Err("empty".to_owned()),
            Base::Str => Ok(format!("{cell:?}")),
            Base::Int => match cell.parse::<u64>() {
                Ok(n) => Ok(n.to_string()),
                Err(e) => Err(format!("`{cell}`: {e}")),
            },
            Base::Signed => match cell.parse::<i64>() {
                Ok(n) => Ok(n.to_string()),
                Err(e) => Err(format!("`{cell}`: {e}")),
            },
            Base::Flag => match cell {
                "yes" => Ok("true".to_owned()),
                "" => Ok("false".to_owned()),
                _ => Err(format!("`{cell}` is neither `yes` nor empty")),
            },
            Base::Type(name) if types[name].contains(cell) => Ok(format!("types::{name}::{cell}")),
            Base::Type(name) => Err(format!(
                "`{cell}` is no `{name}`: it has no row in types/{name}.tsv"
            )),
        }?;
        Ok(if self.optional {
            format!("Some({value})")
        } else {
            value
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of one table, or why none is.
    fn made(file: &str, text: &str) -> std::result::Result<String, String> {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("types/Grain.tsv", "value\twhy\nDay\tjours\nYear\tannées\n"),
            (file, text),
        ] {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        generate(dir.path()).map_err(|e| e.to_string())
    }

    #[test]
    fn tables_become_rust() {
        let source = made(
            "sets/dates/market.tsv",
            "set\tword\texample\twhy\nclose\tà la clôture\tStable À LA CLOTURE.\tun moment\n",
        )
        .unwrap();
        for part in [
            "pub mod dates {",
            "pub mod market {",
            "pub static CLOSE: WordSet",
            "\"a la cloture\"",
        ] {
            assert!(source.contains(part), "{part} in {source}");
        }
        let source = made(
            "lexicon/units.tsv",
            "# Units.\nword\tgrain:Grain\tn:int?\twhy\njournée\tDay\t\tx\nan\tYear\t1\tx\n",
        )
        .unwrap();
        for part in [
            "Row { word: \"an\", key: \"an\", grain: types::Grain::Year, n: Some(1) }",
            "Row { word: \"journée\", key: \"journee\", grain: types::Grain::Day, n: None }",
        ] {
            assert!(source.contains(part), "{part} in {source}");
        }
    }

    #[test]
    fn errors_name_file_and_line() {
        const SET: &str = "set\tword\texample\twhy\n";
        const UNITS: &str = "word\tgrain:Grain\twhy\n";
        for (file, text, wanted) in [
            (
                "sets/a.tsv",
                format!("{SET}s\tmot\tUn mot.\t\n"),
                "a.tsv:2: no why",
            ),
            (
                "sets/a.tsv",
                format!("{SET}s\tmot\tx\n"),
                "a.tsv:2: 3 columns",
            ),
            (
                "sets/a.tsv",
                format!("{SET}s\tmot\tDes mots.\tx\n"),
                "a.tsv:2: the example",
            ),
            (
                "sets/a.tsv",
                format!("{SET}S\tmot\tUn mot.\tx\n"),
                "a.tsv:2: `S` is no name",
            ),
            (
                "sets/a.tsv",
                format!("{SET}s\tmot\tUn mot.\tx\ns\tmot\tLe mot.\tx\n"),
                "a.tsv:3: `mot` stands twice",
            ),
            (
                "sets/a.tsv",
                "set\tword\twhy\n".into(),
                "a.tsv:1: the columns must be",
            ),
            (
                "lexicon/u.tsv",
                format!("{UNITS}an\tCentury\tx\n"),
                "u.tsv:2: column `grain`: `Century`",
            ),
            (
                "lexicon/u.tsv",
                format!("{UNITS}été\tDay\tx\nete\tYear\tx\n"),
                "u.tsv:3: `ete` stands in",
            ),
            (
                "lexicon/u.tsv",
                "word\tn:Unit\twhy\n".into(),
                "u.tsv:1: `Unit` is no type",
            ),
            (
                "lexicon/u.tsv",
                "word\tn:int\twhy\nan\tx\ty\n".into(),
                "u.tsv:2: column `n`",
            ),
            (
                "relations/r.tsv",
                "=a\t=g:Grain\tn:int\twhy\nx\tDay\t1\tw\nx\tYear\t1\tw\nx\tDay\t2\tw\n".into(),
                "r.tsv:4: `x Day` stands here twice",
            ),
            (
                "relations/r.tsv",
                "a\twhy\nx\tw\n".into(),
                "r.tsv:1: the first columns must be the key",
            ),
            (
                "types/T.tsv",
                "value\twhy\nA\tx\nA\ty\n".into(),
                "T.tsv:3: `A` stands here twice",
            ),
        ] {
            let error = made(file, &text).unwrap_err();
            assert!(error.contains(wanted), "{error}, not {wanted}");
        }
    }
}
