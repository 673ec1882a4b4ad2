//! Raw French text for unsupervised statistics, article by article, read as
//! `glane extract` reads it.

use super::data::DataError;
use crate::article::{
    Articles, Stream,
    inputs::{self, Input},
    reader::{Options, Reader},
};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    sync::Arc,
};

/// Calls `each` with every article of a file or folder: title and text of a row
/// (JSON Lines, tables), or a line of plain text (`.txt`); each of them may be
/// compressed.
///
/// # Errors
/// When a file cannot be read to its end, or an article of it cannot: what is
/// learnt must not depend on what happened to be readable.
pub fn read(path: &Path, each: &mut dyn FnMut(&str)) -> Result<(), DataError> {
    let found = inputs::collect(&[path.to_owned()], None, None, Default::default());
    // It says itself which file it is.
    if let Some(refused) = found.refused.first() {
        let said = refused.to_string();
        let (at, problem) = said.split_once(": ").unwrap_or((&said, ""));
        return Err(DataError {
            at: at.to_owned(),
            problem: problem.to_owned(),
        });
    }
    for input in found.files {
        match input.format {
            Some(format) if format.articles == Articles::One => lines(&input, each)?,
            _ => rows(input, each)?,
        }
    }
    Ok(())
}

fn rows(input: Input, each: &mut dyn FnMut(&str)) -> Result<(), DataError> {
    let source = input.source.clone();
    let options = Options::default();
    let reader = Reader::open(input, &options, Arc::default(), Arc::default())
        .map_err(|e| DataError::new(Path::new(&source), e))?;
    let mut text = String::new();
    for item in reader {
        let row = item.row;
        let parsed = item.article(&options);
        if let Some(problem) = parsed.problem {
            let at = row.map_or_else(|| source.clone(), |row| format!("{source}#{row}"));
            return Err(DataError {
                at,
                problem: problem.message,
            });
        }
        text.clear();
        if let Some(title) = &parsed.article.title {
            text.push_str(title);
            text.push('\n');
        }
        text.push_str(&parsed.article.text);
        each(&text);
    }
    Ok(())
}

fn lines(input: &Input, each: &mut dyn FnMut(&str)) -> Result<(), DataError> {
    let Some(path) = &input.path else {
        return Ok(());
    };
    let failed = |e| DataError::new(path, e);
    let raw = BufReader::new(File::open(path).map_err(failed)?);
    let plain = match input.compression {
        Some(by) => (by.decode)(Box::new(raw)).map_err(failed)?,
        None => Box::new(raw),
    };
    let (mut rows, _) = Stream::new(plain).map_err(failed)?.into_rows();
    let mut line = String::new();
    while rows.read_line(&mut line).map_err(failed)? > 0 {
        each(line.trim_end());
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn all(name: &str, bytes: &[u8]) -> Result<Vec<String>, DataError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut all = Vec::new();
        read(&path, &mut |article| all.push(article.to_owned()))?;
        Ok(all)
    }

    #[test]
    fn all_members_of_an_archive_are_read() {
        let mut bytes = Vec::new();
        for body in ["Un.", "Deux."] {
            let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            writeln!(w, "{{\"title\":\"T\",\"body\":\"{body}\"}}").unwrap();
            bytes.extend(w.finish().unwrap());
        }
        assert_eq!(all("d.jsonl.gz", &bytes).unwrap(), ["T\nUn.", "T\nDeux."]);
    }

    #[test]
    fn dumps_are_read_as_extract_reads_them() {
        let table = all("d.csv", b"title,body\nT,\"Un, deux.\"\n").unwrap();
        assert_eq!(table, ["T\nUn, deux."]);
        // A byte order mark is no part of the first word.
        let plain = all("d.txt", "\u{feff}Un.\nDeux.\n".as_bytes()).unwrap();
        assert_eq!(plain, ["Un.", "Deux."]);
    }

    #[test]
    fn what_cannot_be_read_is_an_error_with_its_row() {
        let e = all("d.jsonl", b"{\"body\":\"Un.\"}\n{\"body\":").unwrap_err();
        assert!(e.at.ends_with("d.jsonl#2"), "{e}");
        assert!(all("d.pdf", b"x").is_err());
    }
}
