//! `--engine accurate`, from the command line.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{run, stderr};
use std::fs;

const ARTICLES: [&str; 3] = [
    "Élise Vautrin a quitté Quimper. Le groupe Kerdal, à Nantes, la regrettera.",
    "Un titre\n\nLe maire de Brest, Yann Le Goff, a reçu l'Union des pêcheurs 🦀.",
    "",
];

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (i, text) in ARTICLES.iter().enumerate() {
        fs::write(dir.path().join(format!("{i}.txt")), text).unwrap();
    }
    dir
}

/// The names of `--engine accurate` with these flags.
#[cfg(encoder_weights)]
fn records(dir: &std::path::Path, flags: &[&str]) -> String {
    let mut args = vec!["extract", "0.txt", "1.txt", "2.txt", "-q", "-o", "-"];
    args.extend(["--assume-lang", "fra", "--engine", "accurate"]);
    args.extend(flags);
    let out = run(dir, &args);
    assert!(out.status.success(), "{}", stderr(&out));
    String::from_utf8(out.stdout).unwrap()
}

#[cfg(encoder_weights)]
#[test]
fn the_same_records_from_any_number_of_threads() {
    let dir = folder();
    let one = records(dir.path(), &["-j", "1", "--cascade", "0"]);
    assert_eq!(records(dir.path(), &["-j", "3", "--cascade", "0"]), one);
    for name in [
        "Élise Vautrin",
        "Quimper",
        "Nantes",
        "Brest",
        "Yann Le Goff",
    ] {
        assert!(
            one.contains(&format!("\"text\":\"{name}\"")),
            "{name} in\n{one}"
        );
    }
}

#[test]
fn weights_that_are_none_are_refused() {
    let dir = folder();
    for (content, said) in [
        (&b"PK\x03\x04"[..], "not the encoder's weights"),
        (b"GLANEENC\x01\0\0\0 cut", "damaged or cut short"),
    ] {
        fs::write(dir.path().join("bad.glane"), content).unwrap();
        let flags = ["--engine", "accurate", "--encoder", "bad.glane", "-o", "-"];
        let out = run(dir.path(), &[&["extract", "0.txt"], &flags[..]].concat());
        assert_eq!(out.status.code(), Some(1));
        assert!(stderr(&out).contains(said), "{}", stderr(&out));
    }
}
