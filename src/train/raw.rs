//! Raw French text for unsupervised statistics, article by article.

use crate::compression;
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

/// Calls `each` with every article of a file: a row's `title` and `body`
/// (`.jsonl`), or a line (`.txt`); either may end in `.zst` or `.gz`.
pub fn read(path: &Path, each: &mut dyn FnMut(&str)) -> io::Result<()> {
    let name = path.to_string_lossy();
    let file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let (plain, compression) = compression::take_off(&name);
    let inner = (compression.decode)(Box::new(file))?;
    let rows = plain.ends_with(".jsonl") || plain.ends_with(".ndjson");
    let mut reader = BufReader::with_capacity(1 << 20, inner);
    let mut line = String::new();
    let mut article = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if !rows {
            each(line.trim_end());
            continue;
        }
        let row: serde_json::Value = serde_json::from_str(&line).map_err(io::Error::other)?;
        article.clear();
        for key in ["title", "body"] {
            if let Some(s) = row[key].as_str() {
                if !article.is_empty() {
                    article.push('\n');
                }
                article.push_str(s);
            }
        }
        each(&article);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn all_members_of_an_archive_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("d.jsonl.gz");
        let mut bytes = Vec::new();
        for body in ["Un.", "Deux."] {
            let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            writeln!(w, "{{\"title\":\"T\",\"body\":\"{body}\"}}").unwrap();
            bytes.extend(w.finish().unwrap());
        }
        std::fs::write(&path, bytes).unwrap();
        let mut all = Vec::new();
        read(&path, &mut |article| all.push(article.to_owned())).unwrap();
        assert_eq!(all, ["T\nUn.", "T\nDeux."]);
    }
}
