//! A part of the articles: slices for many machines, those that failed, those that
//! are new, names from a file.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, records, run, stderr};
use glane::output::Manifest;
use std::{fs, path::Path};

const FRENCH: &str = "Le maire de Nîmes a annoncé samedi la fermeture de la gare.";

fn row(id: &str, text: &str) -> String {
    format!("{{\"id\":\"{id}\",\"texte\":\"{text}\"}}\n")
}

fn manifest(dir: &Path, out: &str) -> Manifest {
    let bytes = fs::read(dir.join(out).join("manifest.json")).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// All records of a folder, part after part.
fn joined(folder: &Path) -> Vec<u8> {
    let mut parts: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| {
            let name = p.file_name().unwrap().to_str().unwrap();
            name.starts_with("part-") || name.starts_with("records.")
        })
        .collect();
    parts.sort();
    parts.iter().flat_map(|p| fs::read(p).unwrap()).collect()
}

/// Files of all sorts: rows, compressed rows, single articles, an empty one, one that
/// is torn, and one that is not there.
fn inputs(dir: &Path) {
    let at = |p: &str| dir.join("in").join(p);
    fs::create_dir_all(at("b")).unwrap();
    let rows = |from: usize, to: usize| -> String {
        (from..to)
            .map(|i| match i % 9 {
                8 => "{\"texte\":\n".to_owned(),
                _ => row(&format!("n{i}"), &format!("{FRENCH} Elle coûte {i} euros.")),
            })
            .collect()
    };
    fs::write(at("a.jsonl"), rows(0, 70)).unwrap();
    let packed = zstd::encode_all(rows(70, 110).as_bytes(), 1).unwrap();
    fs::write(at("b/c.jsonl.zst"), &packed).unwrap();
    fs::write(at("d.txt"), FRENCH).unwrap();
    fs::write(at("e.txt"), "").unwrap();
    fs::write(
        at("f.csv"),
        format!("id;texte\n1;\"{FRENCH}\n{FRENCH}\"\n2;{FRENCH}\n"),
    )
    .unwrap();
    fs::write(at("g.jsonl.zst"), &packed[..packed.len() - 20]).unwrap();
    fs::write(at("h.jsonl"), rows(110, 160)).unwrap();
}

#[test]
fn three_slices_are_one_run() {
    let dir = tempfile::tempdir().unwrap();
    inputs(dir.path());
    let base = ["extract", "in", "none.jsonl", "-q", "--assume-lang", "fra"];
    let with = |more: &[&str]| run(dir.path(), &[&base[..], more].concat());
    expect_code(&with(&["-o", "whole"]), 2);
    for i in 0..3 {
        // The number of threads is no matter.
        let (part, out, threads) = (format!("{}/3", i + 1), format!("s{i}"), (i + 1).to_string());
        let done = with(&["--part", &part, "-o", &out, "-j", &threads]);
        expect_code(&done, 2);
        // Whole but for the inputs that are not, each told by the slice that has it.
        let verified = run(dir.path(), &["verify", &out]);
        let said = stderr(&verified);
        let torn = ["none.jsonl", "in/g.jsonl.zst"];
        let torn = torn.map(|input| format!("{input} was not read to its end"));
        let found = torn.iter().filter(|what| said.contains(*what)).count();
        let problems = said.lines().filter(|l| l.contains("manifest: ")).count();
        assert_eq!(found, problems, "help: {said}");
        expect_code(&verified, i32::from(found > 0));
        let n: u64 = manifest(dir.path(), &out)
            .parts
            .iter()
            .map(|p| p.articles)
            .sum();
        assert!(n > 15, "help: slice {i} has {n} articles");
    }
    let merge =
        |slices: &[&str], out: &str| run(dir.path(), &[&["merge"], slices, &["-o", out]].concat());
    let out = merge(&["s2", "s0", "s1"], "all");
    // One input is torn, one is not there.
    expect_code(&out, 2);
    assert_eq!(stderr(&out).matches("was not read to its end").count(), 2);
    assert!(joined(&dir.path().join("all")) == joined(&dir.path().join("whole")));
    let errors = |out: &str| fs::read(dir.path().join(out).join("errors.jsonl")).unwrap();
    assert_eq!(errors("all"), errors("whole"));
    let (a, b) = (manifest(dir.path(), "all"), manifest(dir.path(), "whole"));
    assert_eq!(a.inputs, b.inputs);
    assert_eq!(
        (a.counts, a.options, a.complete),
        (b.counts, b.options, b.complete)
    );
    let out = run(dir.path(), &["verify", "all"]);
    expect_code(&out, 1);
    assert!(
        String::from_utf8_lossy(&out.stdout).contains(": 2 problems"),
        "{}",
        stderr(&out)
    );
    // What does not belong together.
    let refused = |slices: &[&str], part: &str| {
        let out = merge(slices, "no");
        expect_code(&out, 1);
        assert!(stderr(&out).contains(part), "{part}: {}", stderr(&out));
        assert!(!dir.path().join("no").exists());
    };
    refused(&["s0", "s2"], "of 3 there are 1, 3");
    refused(&["s0", "s1", "s1"], "of 3 there are 1, 2, 2");
    refused(
        &["s0", "s1", "whole"],
        "whole/manifest.json: it was not run with --part",
    );
    expect_code(
        &with(&["--part", "3/3", "-o", "t", "--min-score", "0.5"]),
        2,
    );
    refused(&["s0", "s1", "t"], "--min-score was");
    expect_code(&with(&["--part", "3/4", "-o", "u"]), 2);
    refused(&["s0", "s1", "u"], "--part was");
    let out = merge(&["s0", "s1", "s2"], "whole");
    expect_code(&out, 1);
    assert!(
        stderr(&out).contains("whole/manifest.json is there"),
        "{}",
        stderr(&out)
    );
    assert!(!stderr(&out).contains("--force"), "{}", stderr(&out));
    // Nothing foreign is replaced, and what was begun is taken away again.
    let foreign = dir.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("part-00001.jsonl"), "mine").unwrap();
    let out = merge(&["s0", "s1", "s2"], "foreign");
    expect_code(&out, 1);
    assert!(stderr(&out).contains("part-00001.jsonl is there"));
    assert_eq!(joined(&foreign), b"mine");
    assert_eq!(fs::read_dir(&foreign).unwrap().count(), 1);
    let list = dir.path().join("s1/errors.jsonl");
    let good = fs::read(&list).unwrap();
    fs::write(&list, b"garbage").unwrap();
    let out = merge(&["s0", "s1", "s2"], "garbage");
    expect_code(&out, 1);
    assert!(
        stderr(&out).contains("s1/errors.jsonl is not as"),
        "{}",
        stderr(&out)
    );
    fs::write(&list, good).unwrap();
    fs::write(dir.path().join("s1/records.jsonl"), "").unwrap();
    let out = merge(&["s0", "s1", "s2"], "broken");
    expect_code(&out, 1);
    assert!(stderr(&out).contains("glane verify"), "{}", stderr(&out));
    let out = run(dir.path(), &["extract", "-", "--part", "1/2"]);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("standard input"), "{}", stderr(&out));
}

#[test]
fn what_failed_is_run_again_alone() {
    let dir = tempfile::tempdir().unwrap();
    let good = |i: usize| row(&format!("n{i}"), FRENCH);
    let rows = [
        good(0),
        "{\"texte\":\n".into(),
        good(2),
        "{\"id\":\"n3\",\n".into(),
        good(4),
    ];
    let path = dir.path().join("d.jsonl");
    fs::write(&path, rows.concat()).unwrap();
    let args = ["extract", "d.jsonl", "-q", "-o"];
    expect_code(&run(dir.path(), &[&args[..], &["first"]].concat()), 2);
    // Mended.
    fs::write(&path, (0..5).map(good).collect::<String>()).unwrap();
    let again = run(
        dir.path(),
        &[&args[..], &["-", "--only-errors", "first"]].concat(),
    );
    expect_code(&again, 0);
    let ids: Vec<_> = records(&again.stdout)
        .into_iter()
        .map(|r| (r.id, r.row))
        .collect();
    assert_eq!(
        ids,
        [("n1".to_owned(), Some(2)), ("n3".to_owned(), Some(4))]
    );
    let none = run(
        dir.path(),
        &[&args[..], &["-", "--only-errors", "nowhere"]].concat(),
    );
    expect_code(&none, 1);
    assert!(
        stderr(&none).contains("--only-errors nowhere"),
        "{}",
        stderr(&none)
    );
}

#[test]
fn what_was_seen_is_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let text = |i: usize| format!("{FRENCH} C'est la {i}e fois.");
    let rows = |of: &[usize]| -> String {
        of.iter()
            .map(|i| row(&format!("x{i}"), &text(*i)))
            .collect()
    };
    fs::write(dir.path().join("may.jsonl"), rows(&[1, 2, 3])).unwrap();
    fs::write(dir.path().join("june.jsonl"), rows(&[2, 4, 4, 3, 5])).unwrap();
    let ids = |input: &str, out: &str| -> Vec<String> {
        let args = ["extract", input, "-o", out, "--seen", "seen", "-q"];
        expect_code(&run(dir.path(), &args), 0);
        let all = records(&joined(&dir.path().join(out)));
        expect_code(&run(dir.path(), &["verify", out]), 0);
        all.into_iter().map(|r| r.id).collect()
    };
    assert_eq!(ids("may.jsonl", "may"), ["x1", "x2", "x3"]);
    // A text that comes twice in one run is there twice.
    assert_eq!(ids("june.jsonl", "june"), ["x4", "x4", "x5"]);
    assert_eq!(manifest(dir.path(), "june").counts.seen, 2);
    // 16 bytes and 5 texts of 16 bytes.
    assert_eq!(
        fs::metadata(dir.path().join("seen")).unwrap().len(),
        16 + 5 * 16
    );
    assert_eq!(ids("june.jsonl", "again"), [""; 0]);
    fs::write(dir.path().join("other"), "{}").unwrap();
    let args = ["extract", "may.jsonl", "-o", "-", "--seen", "other"];
    let out = run(dir.path(), &args);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("no set of texts"), "{}", stderr(&out));
    assert_eq!(fs::read(dir.path().join("other")).unwrap(), b"{}");
}

#[test]
fn names_from_a_file() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a b.txt", "c.txt", "d.txt"] {
        fs::write(dir.path().join(name), FRENCH).unwrap();
    }
    let sources = |list: &[u8], more: &[&str]| -> Vec<String> {
        fs::write(dir.path().join("list"), list).unwrap();
        let args = [&["extract", "-o", "-", "-q", "--files-from", "list"], more].concat();
        let out = run(dir.path(), &args);
        expect_code(&out, 0);
        let all = records(&out.stdout);
        all.into_iter().map(|r| r.source.unwrap()).collect()
    };
    assert_eq!(sources(b"c.txt\r\na b.txt\n\n", &[]), ["c.txt", "a b.txt"]);
    assert_eq!(
        sources(b"c.txt\0a b.txt\0", &["d.txt"]),
        ["d.txt", "c.txt", "a b.txt"]
    );
    for args in [&["extract", "--files-from", "none"][..], &["extract"]] {
        expect_code(&run(dir.path(), args), 1);
    }
}

#[test]
fn too_many_threads_are_not_started() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), FRENCH).unwrap();
    let out = run(
        dir.path(),
        &["extract", "a.txt", "-o", "out", "-j", "100000"],
    );
    expect_code(&out, 0);
    assert!(stderr(&out).contains("-j 100000: "), "{}", stderr(&out));
    assert!(manifest(dir.path(), "out").threads < 10_000);
}

#[test]
fn rejected_rows_are_given_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let bad = ["{\"texte\":\n", "{\"id\":\"é\",\n"];
    let rows = [&row("a", FRENCH), bad[0], &row("b", FRENCH), bad[1]].concat();
    fs::write(dir.path().join("d.jsonl"), rows).unwrap();
    let with = |more: &[&str]| {
        let args = ["extract", "d.jsonl", "-q", "--rejects", "bad.jsonl"];
        run(dir.path(), &[&args[..], more].concat())
    };
    expect_code(&with(&["-o", "out", "--shard-bytes", "90"]), 2);
    let written = || fs::read_to_string(dir.path().join("bad.jsonl")).unwrap();
    assert_eq!(written(), bad.concat());
    // Not written over, and not beside standard output.
    let out = with(&["-o", "other"]);
    expect_code(&out, 1);
    assert!(
        stderr(&out).contains("bad.jsonl exists"),
        "{}",
        stderr(&out)
    );
    let out = with(&["-o", "-"]);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("--rejects needs"), "{}", stderr(&out));
    assert_eq!(written(), bad.concat());
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_standard_output_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), FRENCH).unwrap();
    let shell = |redirect: &str| {
        let command = format!(
            "{} extract a.txt -q -o - {redirect}",
            env!("CARGO_BIN_EXE_glane")
        );
        let mut sh = std::process::Command::new("sh");
        sh.current_dir(dir.path())
            .args(["-c", &command])
            .output()
            .unwrap()
    };
    let out = shell(">&-");
    expect_code(&out, 1);
    assert!(
        stderr(&out).contains("standard output is closed"),
        "{}",
        stderr(&out)
    );
    // Thrown away on purpose, in either way to open it.
    expect_code(&shell(">/dev/null"), 0);
    expect_code(&shell("1<>/dev/null"), 0);
    expect_code(&shell("<&-"), 0);
}
