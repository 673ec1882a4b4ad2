//! Sets of words: `sets/`.

use super::super::fold::fold;
use super::table::{Result, Table, entries, io_error, is_name};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

/// Bytes of the longest folded word of a set, as in `word_set.rs`.
pub(super) const LONGEST: usize = 64;

/// The sets of a folder; `prefix` is the path of the module so far.
pub(super) fn sets(
    folder: &Path,
    prefix: &str,
    out: &mut String,
    examples: &mut String,
) -> Result<()> {
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

pub(super) fn word_sets(
    table: &Table,
    path: &str,
    out: &mut String,
    examples: &mut String,
) -> Result<()> {
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
pub(super) fn affix(word: &str) -> &str {
    match (word.strip_prefix('-'), word.strip_suffix('-')) {
        (Some(ending), _) => ending,
        (None, Some(beginning)) => beginning,
        (None, None) => word,
    }
}

/// `word`, folded, stands in `example` with no letter beside it, but behind an
/// apostrophe, before an ending (`-x`) and behind a beginning (`x-`).
pub(super) fn shown(word: &str, example: &str) -> std::result::Result<(), String> {
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
