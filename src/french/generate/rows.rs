//! Words with typed meanings, and what belongs together: `lexicon/`, `relations/`.

use super::super::fold::fold;
use super::columns::{Base, Kind, Types};
use super::table::{Result, Table, entries, tables};
use super::words::shown;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::Path,
};

/// The tables of a folder and the folders in it, a module each. The tables of
/// one folder share their words: none stands in two of them.
pub(super) fn lexica(folder: &Path, types: &Types, out: &mut String) -> Result<()> {
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

pub(super) fn lexicon(
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
    let mut starts = [0; 257];
    for key in rows.keys() {
        starts[1 + usize::from(key.bytes().next().unwrap_or_default())] += 1;
    }
    for byte in 1..starts.len() {
        starts[byte] += starts[byte - 1];
    }
    let _ = write!(
        out,
        "}}\n/// Sorted by `key`, each once.\npub static ROWS: [Row; {}] = [\n{}];\n\
         /// Where the rows of each first byte begin.\nstatic STARTS: [u16; 257] = {starts:?};\n\
         /// The row of `key`.\n#[allow(dead_code)]\npub fn find(key: &str) -> Option<&'static Row> {{\n\
         let first = usize::from(*key.as_bytes().first()?);\n\
         let rows = &ROWS[STARTS[first].into()..STARTS[first + 1].into()];\n\
         rows.binary_search_by(|r| r.key.cmp(key)).ok().map(|i| &rows[i])\n}}\n\
         /// The row of `word`, whatever its case, accents and apostrophes.\n\
         #[allow(dead_code)]\npub fn find_folded(word: &str) -> Option<&'static Row> {{\n\
         find(&crate::fold::fold(word))\n}}\n}}\n",
        rows.len(),
        rows.into_values().collect::<String>(),
    );
    Ok(())
}

pub(super) fn relation(table: &Table, types: &Types, out: &mut String) -> Result<()> {
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
