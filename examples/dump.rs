//! Makes a JSON Lines dump of a given size out of annotated articles, for the
//! measurements of docs/PERFORMANCE.md:
//!
//! ```text
//! cargo run --release --example dump -- 50 models/compact-fr/corpus/*.txt > 50.jsonl
//! ```

use glane::eval::gold;
use std::{
    env,
    error::Error,
    io::{BufWriter, Write},
    path::Path,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let megabytes: usize = args.next().ok_or("how many megabytes?")?.parse()?;
    let mut docs = Vec::new();
    for path in args {
        docs.extend(gold::read(Path::new(&path))?);
    }
    if docs.is_empty() {
        return Err("no annotated articles".into());
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut written, mut round) = (0, 0);
    while written < megabytes * 1_000_000 {
        for doc in &docs {
            let row = serde_json::json!({
                "id": format!("{}-{round}", doc.id),
                "published": doc.published.map(|d| d.to_string()),
                "body": doc.text,
            })
            .to_string();
            writeln!(out, "{row}")?;
            written += row.len() + 1;
        }
        round += 1;
    }
    out.flush()?;
    Ok(())
}
