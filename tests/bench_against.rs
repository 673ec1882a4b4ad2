//! `glane bench --against`: a run beside a saved one, with speeds that are known.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, stderr};
use serde_json::{Value, json};
use std::{fs, path::Path};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `glane bench seeds`, two passes with one thread, beside `old`.
fn against(old: &str, more: &[&str]) -> std::process::Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.json");
    fs::write(&path, old).unwrap();
    let args = ["bench", "seeds", "--passes", "2", "-j", "1", "--against"];
    let path = path.to_str().unwrap();
    run(here(), &[&args[..], &[path], more].concat())
}

/// A report of the articles of `seeds`, in so many seconds a pass.
fn old(seconds: f64, text_bytes: &Value, tokens: &Value) -> String {
    json!({
        "version": "0.1.0", "commit": "0123abc", "model": {"name": "older", "sha256": "00"},
        "articles": 10, "text_bytes": text_bytes, "tokens": tokens, "failed": 0,
        "runs": [{"threads": 1, "seconds": [seconds, seconds, seconds], "peak_memory": 1_000_000}],
        "stages": {}, "a key of later": null,
    })
    .to_string()
}

#[test]
fn the_ratio_is_that_of_the_passes() {
    let plain = run(
        here(),
        &["bench", "seeds", "--passes", "2", "-j", "1", "--json"],
    );
    let first: Value = serde_json::from_slice(&plain.stdout).unwrap();
    assert_eq!(first.get("against"), None);
    let (bytes, tokens) = (&first["text_bytes"], &first["tokens"]);

    // A thousand hours for ten articles: any machine is faster.
    let slow = old(3.6e6, bytes, tokens);
    let out = against(&slow, &["--json"]);
    expect_code(&out, 0);
    assert_eq!(stderr(&out), "");
    let report: Value = serde_json::from_slice(&out.stdout).unwrap();
    let found = &report["against"];
    assert_eq!(found["slower"], false);
    assert_eq!(found["at_least"], 0.9);
    assert_eq!(found["commit"], "0123abc");
    assert_eq!(found["warnings"], json!([]));
    let seconds: Vec<f64> = report["runs"][0]["seconds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s.as_f64().unwrap())
        .collect();
    // Of the same bytes the speed is as the time was to the geometric mean of two passes.
    let expected = 3.6e6 / (seconds[0] * seconds[1]).sqrt();
    let speed = &found["runs"][0]["speed"];
    let mean = speed["mean"].as_f64().unwrap();
    assert!((mean / expected - 1.0).abs() < 1e-6, "{mean} {expected}");
    // One of the two has no variance: one degree of freedom is left, whose quantile is
    // 12.706; two logarithms d apart have the standard error d / 2.
    let half = 12.706 * (seconds[0] / seconds[1]).ln().abs() / 2.0;
    let high = speed["high"].as_f64().unwrap();
    assert!((high / (expected * half.exp()) - 1.0).abs() < 1e-6);
    if let Some(peak) = report["runs"][0]["peak_memory"].as_f64() {
        let memory = found["runs"][0]["peak_memory"].as_f64().unwrap();
        assert!((memory - peak / 1e6).abs() < 1e-6, "{memory} {peak}");
    }

    let table = against(&slow, &[]);
    expect_code(&table, 0);
    let table = String::from_utf8(table.stdout).unwrap();
    for part in ["glane 0.1.0, commit 0123abc, model older", "now ÷ then"] {
        assert!(table.contains(part), "{part}\n{table}");
    }

    // In a nanosecond: any machine is slower, but a bound may allow it.
    let fast = old(1e-9, bytes, tokens);
    let out = against(&fast, &[]);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("slower with 1 thread: 0.000 times"));
    assert!(!out.stdout.is_empty());
    let out = against(&fast, &["--json", "--at-least", "1e-15"]);
    expect_code(&out, 0);

    let other = old(3.6e6, &json!(1), tokens);
    let out = against(&other, &["--json"]);
    expect_code(&out, 0);
    assert!(stderr(&out).contains("not the same input: 1 bytes of text then"));
}

#[test]
fn files_and_bounds_that_cannot_be_used() {
    for (saved, says) in [
        ("not JSON", "is not what `glane bench --json` prints"),
        ("{}", "glane bench ARTICLES --json > "),
        (
            &old(1.0, &json!(0), &json!(1)),
            "no text, or fewer than two passes",
        ),
        (
            &old(1.0, &json!(9), &json!(9)).replace(r#""threads":1"#, r#""threads":64"#),
            "other numbers of threads (64): give -j one of them",
        ),
    ] {
        let out = against(saved, &[]);
        expect_code(&out, 1);
        assert!(stderr(&out).contains(says), "{saved}\n{}", stderr(&out));
        assert!(out.stdout.is_empty());
    }
    let absent = run(here(), &["bench", "seeds", "--against", "absent.json"]);
    expect_code(&absent, 1);
    let said = stderr(&absent);
    assert!(said.contains("absent.json") && said.contains("save a run first"));
    for bound in ["0", "-1", "nan", "fast"] {
        let bound = format!("--at-least={bound}");
        let out = run(
            here(),
            &["bench", "seeds", "--against", "absent.json", &bound],
        );
        expect_code(&out, 1);
        assert!(stderr(&out).contains("above 0, such as 0.9"));
    }
    let alone = run(here(), &["bench", "seeds", "--at-least", "0.9"]);
    expect_code(&alone, 1);
    assert!(stderr(&alone).contains("--against"));
}
