//! Tables of words → Rust. The build script calls [`generate`]; the standard
//! library only.
//!
//! A table is a TSV file: lines that begin with `#` and become the
//! documentation, a line with the names of the columns, a row a word. The last
//! column is `why` and never empty. Four shapes:
//!
//! - `sets/MODULE.tsv` (`set word example why`): the rows of one `set` become the
//!   `sets::MODULE::SET: WordSet`. `sets/MODULE/PART.tsv` becomes a module inside. `-x` is
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

mod columns;
mod rows;
mod table;
mod words;

use columns::types;
use rows::{lexica, relation};
use std::{fmt::Write, path::Path};
use table::{Result, tables};
use words::sets;

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

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
