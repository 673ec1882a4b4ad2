//! `--near-duplicates`: articles that nearly repeat an earlier one of the run say so.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, glane, records, run, stderr};
use glane::{output::Manifest, record::Record};
use std::{collections::BTreeMap, fs, path::Path};

/// A report of some 70 words on a town; a mended one has another sum, and one line more.
fn report(town: &str, sum: usize, mended: bool) -> String {
    let more = match mended {
        true => " L'opposition s'est abstenue.",
        false => "",
    };
    format!(
        "Le conseil municipal de {town} a voté lundi 4 mai 2020 le budget de la ville après une \
         longue séance. La mairie de {town} consacrera {sum} euros à la rénovation des écoles, \
         que les parents d'élèves demandaient depuis plusieurs années, et le reste à la voirie, \
         aux parcs et à la piscine. Le maire a remercié les services de {town}, qui préparaient \
         ce texte depuis l'automne, et promis que les impôts locaux n'augmenteraient pas.{more}"
    )
}

/// Towns whose reports share their phrases, each with what is its own.
const TOWNS: [&str; 5] = ["Nîmes", "Arles", "Sète", "Lunel", "Uzès"];

fn line(id: &str, text: &str) -> String {
    format!("{}\n", serde_json::json!({"id": id, "texte": text}))
}

/// Reports, their mended versions, what fails, what is empty, what is foreign.
fn dump() -> String {
    let mut out = String::new();
    for (i, town) in TOWNS.iter().enumerate() {
        // Own words in every sentence: reports on two towns are no near duplicates.
        let own = format!("{town} ").repeat(1 + i);
        let text = format!("{own}{}", report(town, 1000 * (i + 1), false));
        out += &line(town, &text);
        out += "{\"id\":\"torn\",\"texte\":\n";
        out += &line(&format!("{town} vide"), "");
        out += &line(
            &format!("{town} (en)"),
            "The town council has voted the budget of the town, and the mayor was very happy.",
        );
    }
    for (i, town) in TOWNS.iter().enumerate().rev() {
        let own = format!("{town} ").repeat(1 + i);
        let text = format!("{own}{}", report(town, 1000 * (i + 1), true));
        out += &line(&format!("{town} bis"), &text);
    }
    out
}

/// Options of every run here; the torn rows make its code 2.
fn extract<'a>(out: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let args = ["extract", "d.jsonl", "-q", "--near-duplicates", "-o", out];
    [&args[..], more].concat()
}

fn manifest(folder: &Path) -> Manifest {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

/// All parts, one after another.
fn joined(folder: &Path) -> Vec<u8> {
    let parts = manifest(folder).parts;
    let files = parts.iter().flat_map(|part| &part.files);
    files
        .flat_map(|file| fs::read(folder.join(&file.file)).unwrap())
        .collect()
}

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("d.jsonl"), dump()).unwrap();
    dir
}

/// Ids of the duplicates with that of the article they name.
fn pairs(records: &[Record]) -> BTreeMap<String, String> {
    let first = |uid: &str| records.iter().find(|r| r.uid == uid).unwrap();
    let marked = records
        .iter()
        .filter_map(|r| Some((r, first(r.duplicate_of.as_deref()?))));
    marked
        .map(|(r, first)| {
            assert_eq!(first.duplicate_of, None, "it repeats none itself");
            (r.id.clone(), first.id.clone())
        })
        .collect()
}

#[test]
fn a_mended_report_names_the_first_and_nothing_else_does() {
    let dir = folder();
    let out = run(dir.path(), &extract("out", &[]));
    expect_code(&out, 2);
    let found = records(&joined(&dir.path().join("out")));
    let expected: BTreeMap<_, _> = TOWNS
        .iter()
        .map(|town| (format!("{town} bis"), (*town).to_owned()))
        .collect();
    // Foreign articles repeat each other too, but nothing was looked for in them.
    assert_eq!(pairs(&found), expected);
    let told = manifest(&dir.path().join("out"));
    assert_eq!(told.counts.near_duplicates, 5);
    assert_eq!(told.parts[0].counts.near_duplicates, 5);
    expect_code(&run(dir.path(), &["verify", "out"]), 0);
    // Who did not ask gets the records of before.
    let out = run(
        dir.path(),
        &["extract", "d.jsonl", "-q", "-o", "-", "-j", "1"],
    );
    let plain = String::from_utf8(out.stdout).unwrap();
    assert!(!plain.contains("duplicate_of"));
    let mut without = found;
    without.iter_mut().for_each(|r| r.duplicate_of = None);
    assert_eq!(records(plain.as_bytes()), without);
}

#[test]
fn rows_of_mentions_say_it_too() {
    let dir = folder();
    let out = run(dir.path(), &extract("-", &["--layout", "mentions"]));
    let rows = String::from_utf8(out.stdout).unwrap();
    let (marked, others): (Vec<_>, Vec<_>) =
        rows.lines().partition(|row| row.contains("duplicate_of"));
    assert!(!marked.is_empty() && marked.iter().all(|row| row.contains(" bis\"")));
    assert!(others.iter().all(|row| !row.contains(" bis\"")));
}

#[test]
fn the_summary_counts_them() {
    let dir = folder();
    let args = ["extract", "d.jsonl", "--near-duplicates", "-o", "out"];
    let said = stderr(&run(dir.path(), &args));
    assert!(said.contains("5 articles nearly repeat"), "{said}");
}

#[test]
fn threads_and_parts_change_nothing() {
    let dir = folder();
    for (out, more) in [
        ("one", &["-j", "1"][..]),
        ("many", &["-j", "4"]),
        ("parts", &["-j", "3", "--shard-bytes", "1k"]),
    ] {
        expect_code(&run(dir.path(), &extract(out, more)), 2);
    }
    let one = joined(&dir.path().join("one"));
    assert!(one == joined(&dir.path().join("many")) && one == joined(&dir.path().join("parts")));
    let parts = manifest(&dir.path().join("parts"));
    assert!(parts.parts.len() > 3);
    assert_eq!(
        parts.counts,
        manifest(&dir.path().join("one")).counts,
        "help: those of the parts are to be added up"
    );
}

#[test]
fn a_resumed_run_knows_the_articles_of_complete_parts() {
    let dir = folder();
    fn args(out: &str) -> Vec<&str> {
        extract(out, &["--shard-bytes", "1k", "-j", "2"])
    }
    expect_code(&run(dir.path(), &args("whole")), 2);
    let whole = dir.path().join("whole");
    let count = manifest(&whole).parts.len();
    assert!(count > 4);
    // Interrupted after each part: the run gives up at the errors of the next.
    for most in 0..TOWNS.len() - 1 {
        let out = format!("out{most}");
        let limit = most.to_string();
        let stopped = run(
            dir.path(),
            &[&args(&out)[..], &["--max-errors", &limit]].concat(),
        );
        assert!(!stopped.status.success(), "{}", stderr(&stopped));
        let there = dir.path().join(&out).join("part-00000.jsonl");
        assert!(most < 2 || there.exists(), "help: no part is complete");
        expect_code(
            &run(dir.path(), &[&args(&out)[..], &["--resume"]].concat()),
            2,
        );
        assert_eq!(
            joined(&dir.path().join(&out)),
            joined(&whole),
            "resumed behind {most} failures"
        );
        assert_eq!(
            manifest(&dir.path().join(&out)).counts,
            manifest(&whole).counts
        );
    }
    // A run that marked none is another one.
    let plain = glane()
        .current_dir(dir.path())
        .args(["extract", "d.jsonl", "-q", "-o", "whole", "--resume"])
        .args(["--shard-bytes", "1k"])
        .output()
        .unwrap();
    assert!(stderr(&plain).contains("--near-duplicates"));
}

#[test]
fn slices_do_not_know_each_other() {
    let dir = folder();
    let out = run(dir.path(), &extract("out", &["--part", "1/2"]));
    expect_code(&out, 1);
    assert!(stderr(&out).contains("--part with --near-duplicates"));
    assert!(!dir.path().join("out").exists());
}

#[test]
fn a_mark_that_names_nothing_is_found() {
    let dir = folder();
    expect_code(&run(dir.path(), &extract("out.jsonl", &[])), 2);
    let path = dir.path().join("out.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    let at = text.find("\"duplicate_of\":\"").unwrap() + 16;
    let wrong = format!("{}{:016x}{}", &text[..at], 7, &text[at + 16..]);
    fs::write(&path, wrong).unwrap();
    let out = run(dir.path(), &["verify", "out.jsonl"]);
    expect_code(&out, 1);
    let said = format!("{}{}", stderr(&out), String::from_utf8_lossy(&out.stdout));
    assert!(said.contains("0000000000000007"), "{said}");
}
