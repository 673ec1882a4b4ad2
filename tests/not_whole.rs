//! What is not whole is never called so: what failed, was torn, or is not there is said,
//! and the exit code has it.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, records, run, start, stderr};
use glane::output::Manifest;
use std::{fs, io::Write, path::Path};

const FRENCH: &str = "Le maire de Nîmes a annoncé samedi la fermeture de la gare.";

fn row(i: usize) -> String {
    format!("{{\"id\":\"n{i}\",\"url\":\"u{i}\",\"texte\":\"{FRENCH}\"}}\n")
}

fn rows(n: usize) -> String {
    (0..n).map(row).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

fn manifest(dir: &Path, out: &str) -> Manifest {
    let bytes = fs::read(dir.join(out).join("manifest.json")).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn said(out: &std::process::Output, part: &str) {
    assert!(stderr(out).contains(part), "{part}: {}", stderr(out));
}

fn ids(out: &std::process::Output) -> Vec<String> {
    records(&out.stdout).into_iter().map(|r| r.id).collect()
}

/// A folder with a torn file of 200 rows, and a run of it into `first`.
fn torn() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let whole = gzip(&rows(200));
    fs::write(dir.path().join("d.jsonl.gz"), &whole[..whole.len() / 2]).unwrap();
    let args = ["extract", "d.jsonl.gz", "-q", "-o", "first"];
    expect_code(&run(dir.path(), &args), 2);
    dir
}

#[test]
fn what_a_torn_file_did_not_give_is_run_again() {
    let dir = torn();
    let before = records(&fs::read(dir.path().join("first/records.jsonl")).unwrap());
    let read = before.iter().filter(|r| r.error.is_none()).count();
    assert!((1..199).contains(&read));
    fs::write(dir.path().join("d.jsonl.gz"), gzip(&rows(200))).unwrap();
    let args = ["extract", "d.jsonl.gz", "-q", "-o", "-"];
    let again = run(
        dir.path(),
        &[&args[..], &["--only-errors", "first"]].concat(),
    );
    expect_code(&again, 0);
    let expected: Vec<_> = (read..200).map(|i| format!("n{i}")).collect();
    assert_eq!(ids(&again), expected);
}

#[test]
fn a_file_that_could_not_be_opened_is_run_again() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.jsonl"), rows(1)).unwrap();
    let args = ["extract", "a.jsonl", "b.jsonl", "-q", "-o"];
    expect_code(&run(dir.path(), &[&args[..], &["first"]].concat()), 2);
    let only = ["-", "--only-errors", "first"];
    // Still not there, then there.
    let out = run(dir.path(), &[&args[..], &only].concat());
    expect_code(&out, 1);
    said(&out, "b.jsonl");
    fs::write(dir.path().join("b.jsonl"), rows(3)).unwrap();
    let out = run(dir.path(), &[&args[..], &only].concat());
    expect_code(&out, 0);
    assert_eq!(ids(&out), ["n0", "n1", "n2"]);
}

#[test]
fn what_is_wanted_and_not_there_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().join("d.jsonl");
    fs::write(&at, format!("{}{{\"id\":\n{}{{\"id\":\n", row(0), row(1))).unwrap();
    let args = ["extract", "d.jsonl", "-q", "-o"];
    expect_code(&run(dir.path(), &[&args[..], &["first"]].concat()), 2);
    fs::write(&at, rows(2)).unwrap();
    let only = ["out", "--only-errors", "first"];
    let out = run(dir.path(), &[&args[..], &only].concat());
    expect_code(&out, 2);
    said(&out, "d.jsonl#4");
    assert!(!stderr(&out).contains("d.jsonl#2"), "{}", stderr(&out));
    // Another list is another run.
    fs::copy(
        dir.path().join("first/errors.jsonl"),
        dir.path().join("list.jsonl"),
    )
    .unwrap();
    let args = ["extract", "d.jsonl", "-q", "-o", "o2", "--only-errors"];
    expect_code(&run(dir.path(), &[&args[..], &["list.jsonl"]].concat()), 2);
    let line = fs::read_to_string(dir.path().join("list.jsonl")).unwrap();
    let line = line.lines().next().unwrap();
    fs::write(dir.path().join("list.jsonl"), line).unwrap();
    let out = run(
        dir.path(),
        &[&args[..], &["list.jsonl", "--resume"]].concat(),
    );
    expect_code(&out, 1);
    said(&out, "--only-errors was");
}

#[test]
fn a_run_over_a_torn_file_is_not_called_complete() {
    let dir = torn();
    let args = ["extract", "d.jsonl.gz", "-q", "-o", "first", "--resume"];
    let out = run(dir.path(), &args);
    expect_code(&out, 2);
    said(&out, "d.jsonl.gz: ");
    said(&out, "--force");
    assert!(!stderr(&out).contains("is complete"), "{}", stderr(&out));
    let out = run(dir.path(), &["verify", "first"]);
    expect_code(&out, 1);
    said(&out, "d.jsonl.gz was not read to its end: ");
    // What was asked for is no problem.
    fs::write(dir.path().join("d.jsonl"), rows(3)).unwrap();
    let args = ["extract", "d.jsonl", "-q", "-o", "few", "--limit", "1"];
    expect_code(&run(dir.path(), &args), 0);
    expect_code(&run(dir.path(), &["verify", "few"]), 0);
    expect_code(&run(dir.path(), &[&args[..], &["--resume"]].concat()), 0);
}

#[test]
fn what_no_record_tells_is_in_the_exit_code() {
    let dir = tempfile::tempdir().unwrap();
    let whole = gzip(FRENCH);
    fs::write(dir.path().join("a.txt.gz"), &whole[..whole.len() - 1]).unwrap();
    let out = run(dir.path(), &["extract", "a.txt.gz", "-q", "-o", "a"]);
    expect_code(&out, 2);
    said(&out, "a.txt.gz: ");
    assert!(!manifest(dir.path(), "a").complete);
    // The error at the end is among the articles that are left out.
    let dir = torn();
    let args = ["extract", "d.jsonl.gz", "-q", "-o", "b", "--skip", "1000"];
    let out = run(dir.path(), &args);
    expect_code(&out, 2);
    said(&out, "d.jsonl.gz: ");
}

#[test]
fn who_stops_listening_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("d.jsonl"), rows(3)).unwrap();
    let mut child = start(dir.path(), &["extract", "d.jsonl", "-q", "-o", "-"]);
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    expect_code(&out, 0);
    assert_eq!(stderr(&out), "");
}

/// Makes of the complete run in `out` one that was killed when `parts` were complete.
fn unfinish(dir: &Path, out: &str, parts: usize) {
    let m = manifest(dir, out);
    let at = dir.join(out);
    let head = serde_json::json!({
        "schema": "glane/1", "journal": 1, "started": m.started, "plan": m.plan(),
    });
    let marks = m.parts[..parts].iter();
    let marks = marks.map(|mark| serde_json::to_string(mark).unwrap() + "\n");
    let text = format!("{head}\n{}", marks.collect::<String>());
    fs::write(at.join("journal.jsonl"), text).unwrap();
    fs::remove_file(at.join("manifest.json")).unwrap();
    for part in &m.parts[parts..] {
        fs::remove_file(at.join(&part.files[0].file)).unwrap();
    }
}

#[test]
fn a_kept_field_that_changed_is_another_article() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().join("d.jsonl");
    fs::write(&at, rows(60)).unwrap();
    let args = ["extract", "d.jsonl", "-q", "-o", "out", "--keep", "url"];
    let args = [&args[..], &["--shard-bytes", "2k"]].concat();
    expect_code(&run(dir.path(), &args), 0);
    unfinish(dir.path(), "out", 2);
    let time = fs::metadata(&at).unwrap().modified().unwrap();
    let changed = rows(60).replacen("\"u3\"", "\"x3\"", 1);
    fs::write(&at, changed).unwrap();
    let file = fs::File::options().write(true).open(&at).unwrap();
    file.set_modified(time).unwrap();
    let out = run(dir.path(), &[&args[..], &["--resume"]].concat());
    expect_code(&out, 1);
    said(&out, "part 0 was made of other articles");
}

#[test]
fn a_kill_just_before_the_manifest_costs_no_work() {
    let dir = tempfile::tempdir().unwrap();
    let text = format!("{{\"id\":\n{}", rows(60));
    fs::write(dir.path().join("d.jsonl"), text).unwrap();
    let args = [
        "extract",
        "d.jsonl",
        "-q",
        "-o",
        "out",
        "--shard-bytes",
        "2k",
    ];
    expect_code(&run(dir.path(), &args), 2);
    let parts = manifest(dir.path(), "out").parts.len();
    let errors = fs::read(dir.path().join("out/errors.jsonl")).unwrap();
    // The list of errors has its name, the manifest is not there.
    unfinish(dir.path(), "out", parts);
    let out = run(dir.path(), &[&args[..], &["--resume"]].concat());
    expect_code(&out, 2);
    assert!(!stderr(&out).contains("made again"), "{}", stderr(&out));
    let after = fs::read(dir.path().join("out/errors.jsonl")).unwrap();
    assert_eq!(after, errors);
    expect_code(&run(dir.path(), &["verify", "out"]), 0);
}

#[test]
fn rows_of_other_people_are_articles() {
    let dir = tempfile::tempdir().unwrap();
    let at = |p: &str| dir.path().join("in").join(p);
    fs::create_dir(dir.path().join("in")).unwrap();
    let theirs = format!(
        "{{\"id\":\"n1\",\"uid\":\"7\",\"stage\":\"relu\",\"message\":\"\",\"text\":\"{FRENCH}\"}}\n"
    );
    fs::write(at("a.jsonl"), &theirs).unwrap();
    let found = |more: &[&str]| {
        let args = ["extract", "in", "-q", "-o", "-"];
        let out = run(dir.path(), &[&args[..], more].concat());
        ids(&out)
    };
    assert_eq!(found(&[]), ["n1"]);
    // What glane has written is left aside, from a list of errors of before too.
    let listed = "{\"id\":\"n1\",\"uid\":\"7\",\"source\":\"a\",\"row\":1,\"stage\":\"parse\",\"message\":\"m\"}\n";
    fs::write(at("b.jsonl"), listed).unwrap();
    let args = [
        "extract",
        "in/a.jsonl",
        "-q",
        "-o",
        "m",
        "--layout",
        "mentions",
    ];
    expect_code(&run(dir.path(), &[&args[..], &["--context"]].concat()), 0);
    let written = fs::read(dir.path().join("m/mentions.jsonl")).unwrap();
    assert!(!written.is_empty());
    fs::write(at("c.jsonl"), written).unwrap();
    assert_eq!(found(&[]), ["n1"]);
    // As articles, when somebody says that they are.
    assert!(found(&["--format", "jsonl"]).len() > 2);
}

#[test]
fn a_run_that_leaves_out_what_was_seen_can_be_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let at = |p: &str| dir.path().join(p);
    fs::write(at("d.jsonl"), rows(60)).unwrap();
    let args = ["extract", "d.jsonl", "-q", "-o", "out", "--seen", "seen"];
    let args = [&args[..], &["--shard-bytes", "2k"]].concat();
    let with = |more: &[&str]| run(dir.path(), &[&args[..], more].concat());
    expect_code(&with(&[]), 0);
    let (first, set) = (at("out/part-00000.jsonl"), fs::read(at("seen")).unwrap());
    let before = fs::read(&first).unwrap();
    assert!(!before.is_empty());
    let unchanged = || {
        assert_eq!(fs::read(&first).unwrap(), before);
        assert_eq!(fs::read(at("seen")).unwrap(), set);
    };
    let out = with(&["--resume"]);
    expect_code(&out, 0);
    said(&out, "is complete");
    let out = with(&["--force"]);
    expect_code(&out, 1);
    said(&out, "seen holds the texts of the run");
    unchanged();
    // Killed when the set was replaced, before the manifest was written.
    let m = manifest(dir.path(), "out");
    let told = m.options["--seen"].clone();
    assert_eq!(told.len(), 2);
    unfinish(dir.path(), "out", m.parts.len());
    let journal = at("out/journal.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    let both = serde_json::to_string(&told).unwrap();
    let one = serde_json::to_string(&told[..1]).unwrap();
    assert!(text.contains(&both));
    let text = text.replace(&both, &one);
    fs::write(&journal, format!("{text}{{\"seen\":\"{}\"}}\n", told[1])).unwrap();
    expect_code(&with(&["--resume"]), 0);
    unchanged();
    expect_code(&run(dir.path(), &["verify", "out"]), 0);
    // What cannot be kept is refused before anything is done.
    let args = ["extract", "d.jsonl", "-q", "-o", "o2", "--seen"];
    let refused = |more: &[&str], part: &str| {
        let out = run(dir.path(), &[&args[..], more].concat());
        expect_code(&out, 1);
        said(&out, part);
        assert!(!at("o2").exists());
    };
    refused(&["no/such/set"], "no/such/set");
    refused(&["seen", "--part", "1/2"], "without --seen");
}
