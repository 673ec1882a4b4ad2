//! The smaller commands: `schema`, `bench`, `--version`, `--help`.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, stderr};
use std::{fs, path::Path};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_committed_schemas_are_current() {
    for (layout, file) in [
        ("articles", "schema/record.schema.json"),
        ("mentions", "schema/mention.schema.json"),
    ] {
        let out = run(here(), &["schema", "--layout", layout]);
        expect_code(&out, 0);
        let committed = fs::read_to_string(here().join(file)).unwrap_or_default();
        assert!(
            String::from_utf8(out.stdout).unwrap() == committed,
            "help: run `cargo run -- schema --layout {layout} > {file}`"
        );
    }
}

#[test]
fn every_key_of_the_schema_is_required() {
    // « Every key is always present », but for the text, the sentence and the article
    // that is repeated, which are asked for.
    for (file, asked) in [
        ("schema/record.schema.json", ["text", "duplicate_of"]),
        ("schema/mention.schema.json", ["context", "duplicate_of"]),
    ] {
        let text = fs::read_to_string(here().join(file)).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        let keys = schema["properties"].as_object().unwrap().len();
        assert_eq!(
            schema["required"].as_array().map(|r| r.len() + asked.len()),
            Some(keys),
            "{file}"
        );
        let required = schema["required"].as_array().unwrap();
        let is_required = |key: &&str| required.contains(&(*key).into());
        assert!(!asked.iter().any(is_required), "{file}");
    }
}

#[test]
fn version_names_commit_and_model() {
    let out = run(here(), &["--version"]);
    expect_code(&out, 0);
    let text = String::from_utf8(out.stdout).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], format!("glane {}", env!("CARGO_PKG_VERSION")));
    assert!(lines[1].starts_with("commit "), "{text}");
    assert!(lines[2].starts_with("model "), "{text}");
}

#[test]
fn help_is_no_error() {
    for args in [
        &["--help"][..],
        &["extract", "--help"],
        &["bench", "--help"],
    ] {
        expect_code(&run(here(), args), 0);
    }
}

#[test]
fn bench_reports_rates_and_shares() {
    let out = run(
        here(),
        &["bench", "seeds", "--passes", "2", "-j", "2", "--json"],
    );
    expect_code(&out, 0);
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(report["articles"], 10);
    assert_eq!(report["failed"], 0);
    assert_eq!(report["runs"][0]["threads"], 1);
    assert_eq!(report["runs"][1]["threads"], 2);
    assert_eq!(report["runs"][0]["seconds"].as_array().unwrap().len(), 2);
    let rate = &report["runs"][0]["articles_per_second"];
    assert!(rate["low"].as_f64() <= rate["mean"].as_f64());
    assert!(report["tokens"].as_u64().unwrap() > 500);
    let shares: f64 = report["stages"]
        .as_object()
        .unwrap()
        .values()
        .map(|v| v.as_f64().unwrap())
        .sum();
    assert!((shares - 1.0).abs() < 1e-6, "{shares}");
    let table = run(here(), &["bench", "seeds", "--passes", "2", "-j", "1"]);
    expect_code(&table, 0);
    assert!(
        String::from_utf8(table.stdout)
            .unwrap()
            .contains("articles/s")
    );
}

#[test]
fn bench_refuses_what_it_cannot_read_twice() {
    let out = run(here(), &["bench", "-"]);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("several times"));
    expect_code(&run(here(), &["bench", "no-such-folder"]), 1);
}
