//! `--engine bert` from the outside, on the reference checkpoint.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, stderr};
use std::path::Path;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[cfg(not(feature = "bert"))]
#[test]
fn without_the_feature_it_says_what_to_build() {
    let out = run(
        here(),
        &["extract", "seeds", "--engine", "bert", "-o", "-", "-q"],
    );
    expect_code(&out, 1);
    assert!(stderr(&out).contains("--features bert"), "{}", stderr(&out));
}

#[cfg(feature = "bert")]
mod engine {
    use super::*;
    use common::{check_laws, records, run_with, statuses};
    use glane::record::{Record, Status};
    use std::fs;

    const MODEL: &str = "models/reference/camembert-tiny";

    fn extract(args: &[&str]) -> (Vec<u8>, Vec<Record>) {
        let all = [&["extract", "seeds", "-o", "-", "-q"], args].concat();
        let out = run(here(), &all);
        expect_code(&out, 0);
        let found = records(&out.stdout);
        (out.stdout, found)
    }

    #[test]
    fn the_same_records_with_other_names() {
        let (_, ours) = extract(&["--with-text"]);
        let (bytes, theirs) = extract(&["--with-text", "--engine", "bert", "--model", MODEL]);
        assert_eq!(statuses(&ours), statuses(&theirs));
        let mut names = 0;
        for (a, b) in ours.iter().zip(&theirs) {
            assert_eq!(
                (&a.id, &a.published, &a.lang),
                (&b.id, &b.published, &b.lang)
            );
            assert_eq!((&a.money, &a.percents), (&b.money, &b.percents), "{}", a.id);
            // Only what was extracted from has its text.
            if let Some(text) = &b.text {
                check_laws(b, text);
            }
            assert!(b.entities.iter().all(|e| !e.name.is_empty()));
            names += b.entities.len();
        }
        // A network of two layers finds some of what there is.
        assert!(names > 20, "{names} names");
        // One article at a time or three, the bytes are the same.
        for threads in ["1", "3"] {
            let args = [
                "--with-text",
                "--engine",
                "bert",
                "--model",
                MODEL,
                "-j",
                threads,
            ];
            assert!(extract(&args).0 == bytes, "with {threads} threads");
        }
        let args = ["--engine", "bert", "--model", MODEL, "--window", "16"];
        assert_eq!(statuses(&extract(&args).1), statuses(&theirs));
    }

    #[test]
    fn the_manifest_names_the_checkpoint() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let out = out.to_str().unwrap();
        let done = run(
            here(),
            &[
                "extract", "seeds", "-q", "-o", out, "--engine", "bert", "--model", MODEL,
            ],
        );
        expect_code(&done, 0);
        let manifest = fs::read_to_string(Path::new(out).join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["model"]["name"], "camembert-tiny");
        assert_eq!(manifest["model"]["sha256"].as_str().unwrap().len(), 64);
    }

    #[test]
    fn what_cannot_be_used_is_said_before_anything_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let refused = |args: &[&str]| {
            let common = ["extract", "seeds", "-q", "-o", out.to_str().unwrap()];
            let done = run(here(), &[&common[..], &["--engine", "bert"], args].concat());
            expect_code(&done, 1);
            assert!(!out.exists());
            stderr(&done)
        };
        let said = refused(&[]);
        assert!(said.contains("--engine bert needs --model DIR"), "{said}");
        let said = refused(&["--model", "seeds"]);
        assert!(said.contains("seeds holds no config.json"), "{said}");
        let said = refused(&["--model", "models/compact-fr/compact-fr.glane"]);
        assert!(said.contains("is not a folder"), "{said}");
        let said = refused(&["--model", MODEL, "--device", "cuda:99"]);
        assert!(said.contains("no CUDA device 99"), "{said}");
        let said = refused(&["--model", MODEL, "--label-map", "VILLE=LOC"]);
        assert!(said.contains("names `VILLE`"), "{said}");
        // What libtorch says is passed on, in one line.
        let broken = dir.path().join("broken");
        fs::create_dir(&broken).unwrap();
        for name in ["config.json", "tokenizer.json"] {
            fs::copy(here().join(MODEL).join(name), broken.join(name)).unwrap();
        }
        fs::write(broken.join("pytorch_model.bin"), "nothing").unwrap();
        let said = refused(&["--model", broken.to_str().unwrap()]);
        assert!(
            said.contains("libtorch, while reading pytorch_model.bin"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
        // A folder of the accurate engine, given to the other one.
        let done = run(
            here(),
            &["extract", "seeds", "-q", "-o", "-", "--model", MODEL],
        );
        expect_code(&done, 1);
        assert!(stderr(&done).contains("--engine bert"), "{}", stderr(&done));
    }

    /// The worked example of docs/BERT.md in small.
    #[test]
    fn its_records_teach_the_fast_engine() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
        let (silver, model) = (at("silver.jsonl"), at("mine.glane"));
        let gold = "models/compact-fr/corpus/local.txt";
        let steps: [&[&str]; 3] = [
            &[
                "extract",
                "seeds",
                "-q",
                "--engine",
                "bert",
                "--model",
                MODEL,
                "--with-text",
                "--out",
                &silver,
            ],
            &[
                "train",
                gold,
                "--silver",
                &silver,
                "--iterations",
                "20",
                "--output",
                &model,
            ],
            &["extract", "seeds", "-o", "-", "-q", "--model", &model],
        ];
        let mut last = Vec::new();
        for step in steps {
            let done = run(here(), step);
            expect_code(&done, 0);
            if step[0] == "train" {
                assert!(
                    stderr(&done).contains("8 silver articles"),
                    "{}",
                    stderr(&done)
                );
            }
            last = done.stdout;
        }
        assert!(records(&last).iter().any(|r| !r.entities.is_empty()));
    }

    #[test]
    fn eval_scores_a_checkpoint() {
        let gold = "models/compact-fr/corpus/local.txt";
        let score = |args: &[&str]| {
            let done = run(
                here(),
                &[&["eval", gold, "--layer", "entities"], args].concat(),
            );
            expect_code(&done, 0);
            let table = String::from_utf8(done.stdout).unwrap();
            let all = table.lines().find(|l| l.starts_with("all ")).unwrap();
            let numbers: Vec<f64> = all
                .split_whitespace()
                .filter_map(|n| n.parse().ok())
                .collect();
            (numbers[2], numbers[3])
        };
        let (ours, gold_mentions) = score(&[]);
        let (theirs, same) = score(&["--engine", "bert", "--model", MODEL]);
        assert_eq!(gold_mentions, same);
        assert!(theirs > 0.0 && theirs != ours, "{theirs} and {ours}");
    }

    /// 700 words without an end, and nothing but white space.
    #[test]
    fn odd_articles() {
        let long = "Élise Vautrin quitte Quimper pour Nîmes avec l'usine 🙂 ".repeat(80);
        let input = format!(
            "{}\n{}\n",
            serde_json::json!({ "text": long }),
            serde_json::json!({ "text": " \u{a0}\n" })
        );
        let args = [
            "extract",
            "-",
            "--format",
            "jsonl",
            "-o",
            "-",
            "-q",
            "--assume-lang",
            "fra",
            "--engine",
            "bert",
            "--model",
            MODEL,
        ];
        let out = run_with(here(), &args, input.as_bytes());
        expect_code(&out, 0);
        let found = records(&out.stdout);
        assert_eq!(statuses(&found), [Status::Ok, Status::SkippedEmpty]);
        check_laws(&found[0], &long);
    }
}
