//! The command line as people use it: mistakes are answered with what is wrong
//! and what to write.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, run_with, stderr};
use std::{fs, path::Path};

/// The model that the program holds.
const EMBEDDED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/models/compact-fr/compact-fr.glane"
);
const FRENCH: &str = "Le maire de Nîmes a annoncé samedi la fermeture de la gare pour travaux.";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn stdout(dir: &Path, args: &[&str]) -> String {
    let out = run(dir, args);
    expect_code(&out, 0);
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn mistakes_are_answered_with_what_to_write() {
    let dir = folder(&[
        ("a.txt", FRENCH.as_bytes()),
        ("notes.pdf", b"%PDF-1.4"),
        ("table.xlsx", b"PK"),
        ("vide/.cache", b""),
        ("dossier/a.pdf", b"%PDF"),
        ("dossier/b.pdf", b"%PDF"),
        ("dossier/c.docx", b"PK"),
        ("latin1.txt", b"\xe9t\xe9"),
        ("records.jsonl", b"{\"schema\":\"glane/1\"}\n"),
        ("run/records.jsonl", b"{\"schema\":\"glane/1\"}\n"),
    ]);
    // Arguments, and parts of what must be said.
    let cases: &[(&[&str], &[&str])] = &[
        (&["a.txt"], &["a.txt is no command", "glane extract a.txt"]),
        (&["extrat", "a.txt"], &["`extrat`", "`glane extract`"]),
        (&["vue", "a.txt"], &["`vue`", "`glane view`"]),
        (
            &["extract", "a.txt", "-output", "x"],
            &["-output", "two dashes", "--output"],
        ),
        (&["extract", "a.txt", "-j", "0"], &["'0'", "from 1 on"]),
        (&["bench", "a.txt", "-j", "0"], &["'0'", "from 1 on"]),
        (&["extract", "a.txt", "-j", "x"], &["'x'", "from 1 on"]),
        (&["extract", "a.txt", "--lang", "xyz"], &["xyz", "fra"]),
        (&["extract", "vide"], &["nothing to read", ".jsonl", ".txt"]),
        (
            &["extract", "notes.pdf"],
            &["notes.pdf", ".pdf", "pdftotext"],
        ),
        (&["peek", "notes.pdf"], &["notes.pdf", "pdftotext"]),
        (
            &["extract", "https://exemple.fr/a"],
            &["https://exemple.fr/a", "fetch the address first"],
        ),
        (&["view", "*.jsonl"], &["*.jsonl", "shell"]),
        (&["help", "extrct"], &["`extrct`", "`glane extract`"]),
        (&["version"], &["`glane --version`"]),
        (&["verify", "absent"], &["absent: no such file or folder"]),
        (&["bench", "absent.txt"], &["absent.txt", "nothing to read"]),
        (&["peek", "a.txt", "-n", "0"], &["'0'", "from 1 on"]),
        (&["explain", "vide"], &["nothing to explain", ".jsonl"]),
        (&["man", "-o", "a.txt"], &["a.txt", "name a folder"]),
        (
            &["extract", "a.txt", "--max-errors", "-1"],
            &["'-1'", "--max-errors"],
        ),
        (
            &["extract", "a.txt", "--model", "a.txt"],
            &["a.txt: ", "not a glane model"],
        ),
        (
            &[
                "extract",
                "a.txt",
                "--engine",
                "accurate",
                "--encoder",
                "a.txt",
            ],
            &["a.txt: ", "not the encoder's weights"],
        ),
        (&["view", "table.xlsx"], &["table.xlsx", "CSV"]),
        (
            &["extract", "dossier"],
            &["3 files", "2 .pdf, 1 .docx", "pdftotext", "nothing to read"],
        ),
        (&["extract", "absent.txt"], &["absent.txt"]),
        (
            &["extract", "a.txt", "--langue", "fr"],
            &["--langue", "--lang"],
        ),
        (
            &["-o", "x", "extract", "a.txt"],
            &["behind the command", "glane extract -o x a.txt"],
        ),
        (
            &["extract", "a.txt", "--limit", "-3"],
            &["'-3'", "whole number, from 0 on"],
        ),
        (
            &["eval", "latin1.txt"],
            &["latin1.txt", "annotated articles are text"],
        ),
        (&["eval", "dossier"], &["dossier: ", "name the files in it"]),
        (
            &["train", "dossier"],
            &["dossier: ", "name the files in it"],
        ),
        (
            &["verify", "dossier"],
            &[
                "dossier/manifest.json is not there",
                "glane extract with -o",
            ],
        ),
        (
            &["eval", "records.jsonl"],
            &["these are records of glane", ".bio"],
        ),
        (
            &["peek", "run"],
            &["1 file written by glane", "that it was made from"],
        ),
    ];
    for (args, parts) in cases {
        let out = run(dir.path(), args);
        expect_code(&out, 1);
        for part in *parts {
            assert!(
                stderr(&out).contains(part),
                "help: {args:?} does not say {part:?} but\n{}",
                stderr(&out)
            );
        }
        assert!(!dir.path().join("output").exists(), "{args:?}");
        assert!(!dir.path().join("utput").exists(), "{args:?}");
    }
}

#[test]
fn codes_of_languages_and_one_name_of_the_output() {
    let dir = folder(&[("a.txt", FRENCH.as_bytes())]);
    for (flag, place) in [("-o", "x1"), ("--output", "x2"), ("--out", "x3")] {
        let out = run(
            dir.path(),
            &["extract", "a.txt", "--lang", "fr", flag, place, "-q"],
        );
        expect_code(&out, 0);
        assert!(dir.path().join(place).join("records.jsonl").exists());
    }
    for command in [
        "extract",
        "view",
        "train",
        "calibrate",
        "skim",
        "harvest",
        "clusters",
    ] {
        let help = stdout(dir.path(), &[command, "--help"]);
        assert!(help.contains("-o, --output"), "help: {command}\n{help}");
    }
    let help = stdout(dir.path(), &["model", "pack", "--help"]);
    assert!(help.contains("-o, --output"), "{help}");
}

#[test]
fn help_is_grouped_with_examples_and_exit_codes() {
    let help = stdout(Path::new("."), &["extract", "--help"]);
    let place = |part: &str| {
        help.find(part)
            .unwrap_or_else(|| panic!("help: {part:?} is missing in\n{help}"))
    };
    let read = place("What is read:");
    let written = place("What is written:");
    assert!(read < place("--text-field"));
    assert!(written < place("--with-text"));
    for part in [
        "What is looked for:",
        "Engine:",
        "Examples:",
        "glane extract dump.jsonl.zst",
        "Exit codes:",
    ] {
        place(part);
    }
    // A flag that this program has no use for is not shown, but understood.
    assert_eq!(help.contains("--precision"), cfg!(feature = "bert"));
}

#[test]
fn the_summary_says_what_is_missing() {
    let rows = format!(
        "{{\"date\":\"2024-03-13\",\"texte\":\"{FRENCH}\"}}\n\
         {{\"texte\":\"{FRENCH}\"}}\n\
         {{\"date\":\"le jour où\",\"texte\":\"{FRENCH} Hier, il a plu sur la ville.\"}}\n"
    );
    let dir = folder(&[("d.jsonl", rows.as_bytes())]);
    let out = run(dir.path(), &["extract", "d.jsonl"]);
    expect_code(&out, 0);
    let said = stderr(&out);
    for part in [
        "2 articles without a publication date",
        "--date-field",
        "1 published_unreadable",
        "dates without a value",
    ] {
        assert!(said.contains(part), "help: no {part:?} in\n{said}");
    }
}

#[test]
fn progress_for_programs_is_one_object_a_line() {
    let dir = folder(&[
        ("in/a.txt", FRENCH.as_bytes()),
        ("in/b.jsonl", b"{\"titre\":\"x\"}\n"),
    ]);
    let out = run(
        dir.path(),
        &["extract", "in", "--progress", "json", "-o", "-"],
    );
    expect_code(&out, 2);
    let events: Vec<serde_json::Value> = stderr(&out)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e} in {l}")))
        .collect();
    let of = |name: &str| events.iter().filter(|e| e["event"] == name).count();
    assert_eq!((of("failed"), of("end")), (1, 1), "{events:?}");
    let end = events.last().unwrap();
    assert_eq!(end["articles"]["ok"], 1);
    assert_eq!(end["articles"]["error"], 1);
    let out = run(
        dir.path(),
        &["extract", "in/a.txt", "--progress", "none", "-o", "-"],
    );
    expect_code(&out, 0);
}

#[test]
fn completions_and_manual() {
    let dir = folder(&[]);
    for shell in ["bash", "zsh", "fish"] {
        let text = stdout(dir.path(), &["completions", shell]);
        assert!(text.contains("glane") && text.contains("peek"), "{shell}");
    }
    let page = stdout(dir.path(), &["man"]);
    assert!(page.contains(".TH glane 1"), "{page}");
    stdout(dir.path(), &["man", "-o", "pages"]);
    let page = fs::read_to_string(dir.path().join("pages/glane-extract.1")).unwrap();
    assert!(page.contains("text") && page.contains("Exit codes"));
}

#[test]
fn too_little_to_learn_from_is_refused() {
    let gold = "### id: a | date: 2024-03-14 | genre: essai\nTitre\n<PER>Anne</PER> parle.\n";
    let dir = folder(&[
        ("g.train.txt", gold.as_bytes()),
        ("g.dev.txt", gold.as_bytes()),
        ("raw.txt", b"Anne parle.\n"),
        ("m.glane", b"x"),
    ]);
    for (args, said) in [
        (
            &["train", "g.train.txt", "-o", "t.glane"][..],
            "at least 10",
        ),
        (
            &[
                "calibrate",
                "g.dev.txt",
                "--model",
                "m.glane",
                "-o",
                "c.glane",
            ],
            "at least 80",
        ),
        (
            &["skim", "raw.txt", "--model", EMBEDDED, "-o", "s.glane"],
            "too few names",
        ),
        (&["harvest", "raw.txt", "-o", "lists"], "--articles"),
        (&["clusters", "raw.txt", "-o", "c.tsv"], "--min-count"),
    ] {
        let out = run(dir.path(), args);
        expect_code(&out, 1);
        assert!(stderr(&out).contains(said), "{args:?}: {}", stderr(&out));
    }
    for made in ["t.glane", "c.glane", "s.glane", "c.tsv"] {
        assert!(!dir.path().join(made).exists(), "{made}");
    }
    // Words that are there often enough, and nothing else.
    let out = run(
        dir.path(),
        &["clusters", "raw.txt", "-o", "c.tsv", "--min-count", "1"],
    );
    assert!(
        matches!(out.status.code(), Some(0 | 1)),
        "help: it panicked: {}",
        stderr(&out)
    );
}

#[test]
fn explain_is_read_from_a_pipe_in_words() {
    let dir = folder(&[]);
    let rows = format!("{{\"id\":\"x\",\"date\":\"2024-03-13\",\"texte\":\"{FRENCH}\"}}\n");
    let out = run_with(dir.path(), &["explain", "-"], rows.as_bytes());
    expect_code(&out, 0);
    let said = String::from_utf8(out.stdout).unwrap();
    let lines: Vec<_> = said.lines().collect();
    let at = lines.iter().position(|l| l.trim() == "^^^^^^").unwrap();
    let column = |line: &str, what: &str| line.split(what).next().unwrap().chars().count();
    assert_eq!(column(lines[at], "^"), column(lines[at - 1], "samedi"));
    // Saturday before Wednesday 13 March 2024.
    assert!(said.contains("DATE « samedi » is 9 March 2024"), "{said}");
    assert!(said.contains("rule    `weekday`"), "{said}");
    assert!(said.contains("the model is sure to"), "{said}");
}

#[test]
fn flags_from_a_file_and_from_the_environment() {
    let dir = folder(&[
        ("d.jsonl", b"{\"id\":\"x\",\"url\":\"u\",\"mon texte\":\"Le maire est parti hier.\"}\n"),
        (
            "glane.toml",
            b"text-field = \"mon texte\"\nkeep = [\"url\"]\noutput = \"du-fichier\"\nquiet = true\n",
        ),
        ("faux.toml", b"langue = \"fr\"\n"),
    ]);
    let extract = |args: &[&str], output: Option<&str>| {
        let mut command = common::glane();
        command
            .current_dir(dir.path())
            .arg("extract")
            .arg("d.jsonl")
            .args(args);
        if let Some(output) = output {
            command.env("GLANE_OUTPUT", output);
        }
        command.output().unwrap()
    };
    let out = extract(&["--config", "glane.toml"], None);
    expect_code(&out, 0);
    assert_eq!(stderr(&out), "");
    let lines = fs::read(dir.path().join("du-fichier/records.jsonl")).unwrap();
    let record = &common::records(&lines)[0];
    assert_eq!(record.meta.get("url").unwrap().as_json(), "\"u\"");
    expect_code(&extract(&["--config", "glane.toml"], Some("du-monde")), 0);
    assert!(dir.path().join("du-monde/records.jsonl").exists());
    let out = extract(&["--config", "glane.toml", "-o", "dit"], Some("autre"));
    expect_code(&out, 0);
    assert!(dir.path().join("dit/records.jsonl").exists());
    assert!(!dir.path().join("autre").exists());
    // The manifest has them where the program saw them.
    let manifest = fs::read(dir.path().join("du-monde/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let arguments = manifest["arguments"].as_array().unwrap();
    for flag in ["--keep=url", "--text-field=mon texte", "--output=du-monde"] {
        assert!(arguments.iter().any(|a| a == flag), "{flag}: {arguments:?}");
    }
    let out = extract(&["--config", "faux.toml"], None);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("faux.toml") && stderr(&out).contains("`langue`"));
    // A value that is wrong is not of the command line: where it is from is said.
    let out = extract(&["--lang", "fr", "-o", "-"], None);
    assert!(!stderr(&out).contains("GLANE_"));
    let wrong = common::glane()
        .current_dir(dir.path())
        .args(["extract", "d.jsonl"])
        .env("GLANE_LANG", "xyz")
        .output()
        .unwrap();
    expect_code(&wrong, 1);
    for part in ["xyz", "environment", "--lang=xyz"] {
        assert!(stderr(&wrong).contains(part), "{}", stderr(&wrong));
    }
    let out = extract(&["--config", "absent.toml"], None);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("absent.toml"));
}

#[test]
fn what_has_no_effect_or_no_article_is_said() {
    let dir = folder(&[
        ("a.txt", FRENCH.as_bytes()),
        ("vide.jsonl", b""),
        (
            "sans.csv",
            "Le maire;4 mai\nIl a promis 3 euros;5 mai\n".as_bytes(),
        ),
        ("faux.jsonl.gz", b"pas du gzip"),
    ]);
    for (args, code, part) in [
        (&["a.txt", "--keep", "url"][..], 0, "without effect: --keep"),
        (&["vide.jsonl"], 0, "vide.jsonl holds no article"),
        (&["sans.csv"], 1, "or give the table a header"),
        (&["faux.jsonl.gz"], 1, "faux.jsonl.gz"),
    ] {
        let all = [&["extract", "-o", "out", "--force"], args].concat();
        let out = run(dir.path(), &all);
        expect_code(&out, code);
        let said = stderr(&out);
        assert!(said.contains(part), "{args:?}: {said}");
        // What could be had of another engine is of no use where nothing was read.
        assert_eq!(
            said.contains("more names"),
            args[0] == "a.txt" && said.contains("--engine")
        );
    }
}
