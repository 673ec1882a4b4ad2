//! Raw French text for unsupervised statistics, article by article.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// Calls `each` with every article of a file: a row's `title` and `body`
/// (`.jsonl`), or a line (`.txt`); either may end in `.zst` or `.gz`.
pub fn read(path: &Path, each: &mut dyn FnMut(&str)) -> io::Result<()> {
    let name = path.to_string_lossy();
    let file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let (plain, inner): (&str, Box<dyn Read>) = if let Some(n) = name.strip_suffix(".zst") {
        (n, Box::new(zstd::Decoder::with_buffer(file)?))
    } else if let Some(n) = name.strip_suffix(".gz") {
        (n, Box::new(flate2::bufread::GzDecoder::new(file)))
    } else {
        (&name, Box::new(file))
    };
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
