//! Prints what is found in a JSON Lines dump, for reading by eye:
//! `GLANE_DUMP=dump.jsonl cargo test --test dates_reading -- --ignored --nocapture`.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use glane::dates::{self, Context};
use std::fs;

#[test]
#[ignore = "prints for a reader; needs GLANE_DUMP"]
fn mentions_of_a_dump() {
    let Some(path) = std::env::var_os("GLANE_DUMP") else {
        println!("skipped: GLANE_DUMP is not set");
        return;
    };
    for row in fs::read_to_string(path).expect("a dump").lines() {
        let row: serde_json::Value = serde_json::from_str(row).expect("a row");
        let text = row["body"].as_str().unwrap_or_default();
        let published = row["published"].as_str().and_then(|d| d.parse().ok());
        for t in dates::find(
            text,
            &Context {
                published,
                blocked: &[],
                ..Context::default()
            },
        )
        .dates
        {
            let left = text[..t.start]
                .char_indices()
                .rev()
                .nth(34)
                .map_or(0, |(i, _)| i);
            let right = text[t.end..]
                .char_indices()
                .nth(25)
                .map_or(text.len(), |(i, _)| t.end + i);
            println!(
                "{}\t{}\t{}[{}]{}",
                t.rule,
                t.value
                    .as_ref()
                    .map_or("null".to_owned(), ToString::to_string),
                text[left..t.start].replace('\n', "⏎"),
                &text[t.start..t.end],
                text[t.end..right].replace('\n', "⏎")
            );
        }
    }
}
