//! `glane peek`, and what `glane extract` says before it begins.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, run_with, stderr};
use std::{fs, path::Path};

/// Five rows: one in English, one without text, one whose id comes again.
const ROWS: &str = r#"{"id":"a","titre":"Un","date":"2023-04-01","corps":"Le maire de la ville a inauguré la halle avec les habitants du quartier.","url":"https://exemple.fr/1","auteur":{"nom":"Maud"}}
{"id":"b","titre":"Deux","date":"2021-12-24","corps":"La fanfare a joué sur la place devant les enfants des écoles et leurs parents.","url":"https://exemple.fr/2"}
{"id":"a","titre":"Trois","date":"2022-06-30","corps":"Les pompiers ont éteint le feu de la grange avant que le vent ne se lève.","url":"https://exemple.fr/3"}
{"id":"d","titre":"Four","corps":"The mayor of the town said on Saturday that the station would be closed.","url":"https://exemple.fr/4"}
{"id":"e","titre":"Cinq","date":"2022-01-01","corps":"","url":"https://exemple.fr/5"}
"#;

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("d.jsonl"), ROWS).unwrap();
    dir
}

fn said(dir: &Path, args: &[&str]) -> String {
    let out = run(dir, args);
    expect_code(&out, 0);
    assert_eq!(stderr(&out), "");
    String::from_utf8(out.stdout).unwrap()
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "help: {part:?} is missing in\n{text}");
    }
}

#[test]
fn what_the_rows_are_like() {
    let dir = folder();
    let text = said(dir.path(), &["peek", "d.jsonl", "-j", "1"]);
    let lines: Vec<_> = text.lines().collect();
    has(
        lines[0],
        &[
            "text from `corps`",
            "id from `id`",
            "title from `titre`",
            "date from `date`",
            "not taken: `url`, `auteur.nom` (--keep)",
        ],
    );
    has(
        lines[1],
        &[
            "5 articles",
            "published 2021-12-24 to 2023-04-01",
            "fra 3, eng 1",
            "1 thread",
        ],
    );
    let words: Vec<String> = lines
        .iter()
        .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    for line in [
        "titre 100 % title",
        "date 80 % date",
        "url 100 % not taken; --keep url would keep it",
        "auteur.nom 20 % not taken; --keep auteur.nom would keep it",
        "published 2021-12-24 to 2023-04-01: 4 from a field, 1 without",
        "encoding UTF-8",
        "repeated ids 1, the first `a`: `uid` tells them apart",
    ] {
        assert!(
            words.iter().any(|w| w == line),
            "help: no {line:?} in\n{text}"
        );
    }
    assert!(words.iter().any(|w| w.starts_with("texts 1 empty;")));
    // Nothing but the input is there.
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn flags_of_extract_change_what_is_taken() {
    let dir = folder();
    let text = said(
        dir.path(),
        &[
            "peek",
            "d.jsonl",
            "-n",
            "2",
            "--title-field",
            "url",
            "--keep",
            "auteur.nom",
        ],
    );
    has(
        &text,
        &[
            "title from `url`",
            "kept `auteur.nom`",
            "not taken: `titre`",
            "2 of 5 articles",
            "of the first 2",
            "published 2021-12-24 to 2023-04-01",
        ],
    );
    assert!(!text.contains("eng"), "{text}");
}

#[test]
fn what_cannot_be_taken_is_said_with_its_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let rows = "{\"quoi\":\"Le maire est là.\"}\n{\"quoi\":1}\n";
    fs::write(dir.path().join("d.jsonl"), rows).unwrap();
    let text = said(dir.path(), &["peek", "d.jsonl"]);
    has(
        &text,
        &["--text-field", "`quoi`", "unreadable    2", "d.jsonl#1"],
    );
    // Of what could not be read nobody knows whether it has a date.
    has(
        &text,
        &[
            "2 articles, none that could be read",
            "published     unknown",
        ],
    );
    assert!(!text.contains("without a publication date"), "{text}");
    let row = "{\"id\":\"a\",\"texte\":\"Le maire est là.\",\"date\":\"2024-03-01\"}\n";
    fs::write(dir.path().join("e.jsonl"), format!("{row}{{\"id\":\n")).unwrap();
    let text = said(dir.path(), &["peek", "e.jsonl"]);
    has(
        &text,
        &[
            "published 2024-03-01, 1 that could not be read",
            "2024-03-01 to 2024-03-01: 1 from a field\n",
        ],
    );
    let out = run(dir.path(), &["peek", "nulle-part"]);
    expect_code(&out, 1);
    has(&stderr(&out), &["nulle-part", "nothing to read"]);
    // Standard input is looked at too.
    let out = run_with(dir.path(), &["peek", "-"], ROWS.as_bytes());
    expect_code(&out, 0);
    has(&String::from_utf8_lossy(&out.stdout), &["5 articles"]);
}

#[test]
fn files_of_one_article() {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        (
            "2024-03-01-a.txt",
            &b"Le maire a ouvert la porte de la salle."[..],
        ),
        ("b.txt", b"Les \xe9lus ont vot\xe9 le budget de la commune."),
    ] {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let text = said(dir.path(), &["peek", "."]);
    has(
        &text,
        &[
            "the text is the file",
            "2 articles, published 2024-03-01",
            "1 from the file name, 1 without",
            "1 article decoded as windows-1252, the others UTF-8",
        ],
    );
}

#[test]
fn extract_begins_with_the_same_two_lines() {
    let dir = folder();
    let peeked = said(dir.path(), &["peek", "d.jsonl", "-j", "1"]);
    let out = run(dir.path(), &["extract", "d.jsonl", "-o", "-", "-j", "1"]);
    expect_code(&out, 0);
    let told = stderr(&out);
    let without_time = |line: &str| line.split("; ").next().unwrap().to_owned();
    let begin: Vec<_> = told
        .lines()
        .take(2)
        .map(|l| without_time(l.trim_start_matches("glane: ")))
        .collect();
    let first: Vec<_> = peeked.lines().take(2).map(without_time).collect();
    assert_eq!(begin, first);
    // The fields are said once.
    assert_eq!(told.matches("text from").count(), 1, "{told}");
    let quiet = run(dir.path(), &["extract", "d.jsonl", "-o", "-", "-q"]);
    assert_eq!(stderr(&quiet), "");
    // What is read once only is not looked at before.
    let piped = run_with(
        dir.path(),
        &["extract", "-", "-o", "-", "-j", "1"],
        ROWS.as_bytes(),
    );
    expect_code(&piped, 0);
    assert_eq!(piped.stdout.iter().filter(|b| **b == b'\n').count(), 5);
}

#[test]
fn what_steers_a_terminal_is_not_passed_on() {
    let dir = tempfile::tempdir().unwrap();
    let row = "{\"id\":\"\\u001b[2Jx\",\"corps\":\"Le maire est parti.\",\"\\u001b[31mrouge\":1}\n";
    fs::write(dir.path().join("d.jsonl"), row.repeat(2)).unwrap();
    let text = said(dir.path(), &["peek", "d.jsonl"]);
    assert!(!text.contains('\u{1b}'), "{text:?}");
    has(&text, &["[31mrouge", "[2Jx"]);
}
