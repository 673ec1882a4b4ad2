//! Runs over dumps: parts, interruptions, resumption, and a manifest that is true.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.
#![cfg(unix)] // Signals.

mod common;

use common::{expect_code, glane, records, run, start, stderr};
use glane::output::Manifest;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// Rows of about 110 bytes; every seventh cannot be read.
fn rows(n: usize) -> String {
    (0..n)
        .map(|i| match i % 7 {
            6 => format!("{{\"id\":\"n{i}\",\"texte\":\n"),
            _ => format!(
                "{{\"id\":\"n{i}\",\"texte\":\"Le maire de Nîmes a payé {i} euros lundi 4 mai 2020 pour la gare.\"}}\n"
            ),
        })
        .collect()
}

fn folder_with(rows: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("d.jsonl"), rows).unwrap();
    dir
}

fn manifest(dir: &Path, out: &str) -> Manifest {
    let bytes = fs::read(dir.join(out).join("manifest.json")).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// All files of a folder but the manifest, which has times in it.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| !p.ends_with("manifest.json"))
        .map(|p| {
            (
                p.file_name().unwrap().to_str().unwrap().to_owned(),
                fs::read(&p).unwrap(),
            )
        })
        .collect();
    out.sort();
    out
}

/// What a manifest says of the records.
fn told(m: &Manifest) -> String {
    let (parts, errors) = (&m.parts, &m.errors);
    format!(
        "{parts:?} {errors:?} {:?} {:?} {}",
        m.counts, m.inputs, m.complete
    )
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([name, &id])
            .status()
            .unwrap()
            .success()
    );
}

/// Waits until `path` is there.
fn wait_for(path: &Path) {
    for _ in 0..600 {
        if path.exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{} does not come", path.display());
}

const PARTS: &[&str] = &["--shard-bytes", "2k", "-q"];

fn extract<'a>(out: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["extract", "d.jsonl", "-o", out], PARTS, more].concat()
}

#[test]
fn parts_are_cut_by_bytes_at_articles_whatever_the_threads() {
    let dir = folder_with(&rows(100));
    let at = |p: &str| dir.path().join(p);
    expect_code(&run(dir.path(), &extract("a", &["-j", "1"])), 2);
    expect_code(&run(dir.path(), &extract("b", &["-j", "5"])), 2);
    let parts = files(&at("a"));
    assert_eq!(parts, files(&at("b")));
    // Small inputs stay in one file.
    expect_code(
        &run(dir.path(), &["extract", "d.jsonl", "-o", "one", "-q"]),
        2,
    );
    let one = fs::read(at("one/records.jsonl")).unwrap();
    let joined: Vec<u8> = parts
        .iter()
        .filter(|(name, _)| name.starts_with("part-"))
        .flat_map(|(_, bytes)| bytes.clone())
        .collect();
    assert!(joined == one, "help: the parts are the records, in order");
    let m = manifest(dir.path(), "a");
    assert!(m.parts.len() > 3);
    let whole: u64 = fs::metadata(at("d.jsonl")).unwrap().len();
    assert_eq!(m.parts.iter().map(|p| p.input_bytes).sum::<u64>(), whole);
    for part in &m.parts[..m.parts.len() - 1] {
        // At the article with which 2,048 bytes are reached.
        assert!((2048..2048 + 120).contains(&part.input_bytes), "{part:?}");
    }
    assert_eq!(m.parts.iter().map(|p| p.articles).sum::<u64>(), 100);
    assert_eq!(m.counts.articles["error"], 14);
    assert_eq!(m.inputs[0].sha256.as_ref().unwrap().len(), 64);
    assert!(m.complete);
    // The failed articles beside the records, and nothing of them when none failed.
    let errors = fs::read_to_string(at("a/errors.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(errors.lines().next().unwrap()).unwrap();
    assert_eq!(errors.lines().count(), 14);
    assert_eq!(
        (&first["source"], &first["row"], &first["stage"]),
        (&"d.jsonl".into(), &7.into(), &"parse".into())
    );
    // Compressed, and in the other layout.
    let args = extract("z", &["--compress", "zst", "--layout", "mentions"]);
    expect_code(&run(dir.path(), &args), 2);
    let plain = zstd::decode_all(&fs::read(at("z/part-00001.jsonl.zst")).unwrap()[..]).unwrap();
    assert!(plain.starts_with(b"{\"id\":\"n"));
}

/// The arguments of a run from standard input into parts.
fn piped<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let run = [
        "extract",
        "-",
        "--format",
        "jsonl",
        "-o",
        "out",
        "--shard-bytes",
        "2k",
    ];
    [&run, more].concat()
}

/// Starts such a run, feeds it the first `fed` of `rows`, waits for `part` and sends
/// `name`.
fn broken_off(
    dir: &Path,
    (rows, fed): (&str, usize),
    more: &[&str],
    part: &str,
    name: &str,
) -> (Option<i32>, String) {
    let mut child = start(dir, &piped(more));
    let mut stdin = child.stdin.take().unwrap();
    for line in rows.split_inclusive('\n').take(fed) {
        stdin.write_all(line.as_bytes()).unwrap();
    }
    wait_for(&dir.join("out").join(part));
    signal(&child, name);
    let out = child.wait_with_output().unwrap();
    drop(stdin);
    (out.status.code(), stderr(&out))
}

#[test]
fn a_run_that_was_killed_is_resumed_to_the_same_bytes() {
    // The first 8 KB are looked at as a whole.
    let rows = rows(300);
    let feed = |dir: &Path, more: &[&str]| {
        common::run_with(dir, &[piped(more), vec!["-q"]].concat(), rows.as_bytes())
    };
    let whole = tempfile::tempdir().unwrap();
    expect_code(&feed(whole.path(), &[]), 2);
    for (name, code) in [("-KILL", None), ("-INT", Some(130)), ("-TERM", Some(143))] {
        let dir = tempfile::tempdir().unwrap();
        let at = |p: &str| dir.path().join(p);
        let (ended, said) = broken_off(dir.path(), (&rows, 200), &[], "part-00001.jsonl", name);
        assert_eq!(ended, code, "{said}");
        assert!(at("out/journal.jsonl").exists() && !at("out/manifest.json").exists());
        if code.is_some() {
            assert!(said.contains("--resume"), "{said}");
            assert!(said.contains("parts with"), "{said}");
        }
        let kept = fs::read(at("out/part-00000.jsonl")).unwrap();
        // Not thrown away by the next command.
        let out = feed(dir.path(), &[]);
        expect_code(&out, 1);
        assert!(stderr(&out).contains("--resume"), "{}", stderr(&out));
        assert_eq!(fs::read(at("out/part-00000.jsonl")).unwrap(), kept);
        // Nor continued by another one.
        let out = feed(dir.path(), &["--resume", "--min-score", "0.5"]);
        expect_code(&out, 1);
        let said = stderr(&out);
        assert!(said.contains("--min-score was `0`, is `0.5`"), "{said}");
        let out = feed(dir.path(), &["--resume"]);
        expect_code(&out, 2);
        assert_eq!(
            files(&at("out")),
            files(&whole.path().join("out")),
            "{name}"
        );
        let (a, b) = (manifest(dir.path(), "out"), manifest(whole.path(), "out"));
        assert_eq!(told(&a), told(&b));
        assert!(a.resumed && !b.resumed);
        // And now it is complete.
        let out = feed(dir.path(), &["--resume"]);
        expect_code(&out, 0);
        assert!(
            stderr(&out).contains("nothing to resume"),
            "{}",
            stderr(&out)
        );
        expect_code(&feed(dir.path(), &[]), 1);
    }
}

#[cfg(feature = "parquet")]
#[test]
fn a_run_into_parquet_that_was_killed_is_resumed_to_the_same_bytes() {
    let rows = rows(300);
    let parquet = ["--as", "parquet"];
    let feed = |dir: &Path, more: &[&str]| {
        let args = [piped(&parquet), vec!["-q"], more.to_vec()].concat();
        common::run_with(dir, &args, rows.as_bytes())
    };
    let whole = tempfile::tempdir().unwrap();
    expect_code(&feed(whole.path(), &[]), 2);
    let undisturbed = files(&whole.path().join("out"));
    assert!(undisturbed.len() > 5, "help: parts, and a list of errors");
    for (name, code) in [("-KILL", None), ("-INT", Some(130))] {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let part = "part-00001.parquet";
        let (ended, said) = broken_off(dir.path(), (&rows, 200), &parquet, part, name);
        assert_eq!(ended, code, "{said}");
        assert!(out.join("journal.jsonl").exists() && !out.join("manifest.json").exists());
        expect_code(&feed(dir.path(), &["--resume"]), 2);
        assert!(files(&out) == undisturbed, "{name}: help: other bytes");
        let (a, b) = (manifest(dir.path(), "out"), manifest(whole.path(), "out"));
        assert_eq!(told(&a), told(&b));
        assert!(a.resumed && !b.resumed);
        expect_code(&run(dir.path(), &["verify", "out"]), 0);
    }
}

#[test]
fn a_run_is_not_resumed_over_other_articles() {
    let rows = rows(200);
    let dir = tempfile::tempdir().unwrap();
    broken_off(dir.path(), (&rows, 200), &[], "part-00001.jsonl", "-KILL");
    let other = rows.replacen("Nîmes", "Arles", 1);
    let out = common::run_with(dir.path(), &piped(&["--resume"]), other.as_bytes());
    expect_code(&out, 1);
    assert!(
        stderr(&out).contains("part 0 was made of other articles"),
        "{}",
        stderr(&out)
    );
}

/// Leaves what a run that was killed after its second part leaves.
fn torn(dir: &Path, out: &str) -> PathBuf {
    expect_code(&run(dir, &extract(out, &[])), 2);
    let at = dir.join(out);
    let m = manifest(dir, out);
    // With its keys in the order in which they are written.
    let (begun, plan) = (&m.started, serde_json::to_string(&m.plan()).unwrap());
    let mut journal =
        format!("{{\"schema\":\"glane/1\",\"journal\":1,\"started\":\"{begun}\",\"plan\":{plan}}}");
    for mark in &m.parts[..2] {
        journal += &format!("\n{}", serde_json::to_string(mark).unwrap());
    }
    fs::write(at.join("journal.jsonl"), journal + "\n").unwrap();
    fs::remove_file(at.join("manifest.json")).unwrap();
    fs::rename(at.join("errors.jsonl"), at.join("errors.jsonl.partial")).unwrap();
    for n in 3..m.parts.len() {
        fs::remove_file(at.join(format!("part-{n:05}.jsonl"))).unwrap();
    }
    let (a, b) = (
        at.join("part-00002.jsonl"),
        at.join("part-00002.jsonl.partial"),
    );
    fs::rename(a, b).unwrap();
    at
}

#[test]
fn every_state_that_a_kill_leaves_is_resumed() {
    let dir = folder_with(&rows(100));
    expect_code(&run(dir.path(), &extract("whole", &[])), 2);
    let whole = files(&dir.path().join("whole"));
    let journal = |at: &Path| fs::read_to_string(at.join("journal.jsonl")).unwrap();
    type State<'a> = (&'a str, &'a dyn Fn(&Path));
    let states: [State; 8] = [
        ("as it is", &|_| {}),
        ("a mark half written", &|at| {
            let text = journal(at);
            fs::write(at.join("journal.jsonl"), &text[..text.len() - 40]).unwrap();
        }),
        ("the plan half written", &|at| {
            let text = journal(at);
            fs::write(at.join("journal.jsonl"), &text[..40]).unwrap();
            // Then nothing else was.
            for name in [
                "part-00000.jsonl",
                "part-00001.jsonl",
                "part-00002.jsonl.partial",
                "errors.jsonl.partial",
            ] {
                fs::remove_file(at.join(name)).unwrap();
            }
        }),
        ("renamed, not marked", &|at| {
            fs::rename(
                at.join("part-00002.jsonl.partial"),
                at.join("part-00002.jsonl"),
            )
            .unwrap();
        }),
        ("a complete part is gone", &|at| {
            fs::remove_file(at.join("part-00001.jsonl")).unwrap();
        }),
        (
            "the list of errors has its name, the run no manifest",
            &|at| {
                fs::rename(at.join("errors.jsonl.partial"), at.join("errors.jsonl")).unwrap();
            },
        ),
        ("a mark that cannot be read, and one behind it", &|at| {
            let text = journal(at);
            let text = text.replace("\"part\":0,", "\"part\":\"0\",");
            fs::write(at.join("journal.jsonl"), text).unwrap();
        }),
        ("the list of errors is gone", &|at| {
            fs::remove_file(at.join("errors.jsonl.partial")).unwrap();
        }),
    ];
    for (i, (name, tear)) in states.into_iter().enumerate() {
        let out = format!("torn{i}");
        let at = torn(dir.path(), &out);
        tear(&at);
        let resumed = run(dir.path(), &extract(&out, &["--resume"]));
        expect_code(&resumed, 2);
        // Of what is whole nothing is made again.
        let again = stderr(&resumed).contains("is made again");
        let damaged = ["a complete part is gone", "the list of errors is gone"].contains(&name);
        assert_eq!(again, damaged, "{name}: {}", stderr(&resumed));
        assert_eq!(files(&at), whole, "{name}");
        let (a, b) = (manifest(dir.path(), &out), manifest(dir.path(), "whole"));
        assert_eq!(told(&a), told(&b), "{name}");
    }
    // Killed between the manifest and the removal of the journal.
    let at = dir.path().join("torn0");
    let m = manifest(dir.path(), "torn0");
    let head = serde_json::json!({
        "schema": "glane/1", "journal": 1, "started": m.started, "plan": m.plan(),
    });
    fs::write(at.join("journal.jsonl"), format!("{head}\n")).unwrap();
    let out = run(dir.path(), &extract("torn0", &["--resume"]));
    expect_code(&out, 0);
    assert!(!at.join("journal.jsonl").exists());
}

#[test]
fn what_differs_is_named() {
    let dir = folder_with(&rows(60));
    let at = torn(dir.path(), "out");
    let refused = |more: &[&str], parts: &[&str]| {
        let out = run(dir.path(), &extract("out", &[&["--resume"], more].concat()));
        expect_code(&out, 1);
        for part in parts {
            assert!(stderr(&out).contains(part), "{part}: {}", stderr(&out));
        }
    };
    refused(
        &["--layout", "mentions"],
        &["--layout was `articles`, is `mentions`"],
    );
    refused(&["--crypto"], &["--crypto was `false`, is `true`"]);
    let text = fs::read_to_string(dir.path().join("d.jsonl")).unwrap();
    fs::write(dir.path().join("d.jsonl"), &text).unwrap();
    refused(&[], &["d.jsonl was written again"]);
    fs::write(dir.path().join("d.jsonl"), format!("{text}\n")).unwrap();
    refused(&[], &["d.jsonl had ", " bytes, has "]);
    let journal = fs::read_to_string(at.join("journal.jsonl")).unwrap();
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(journal.contains(&version));
    fs::write(
        at.join("journal.jsonl"),
        journal.replace(&version, "\"version\":\"0.0.1\""),
    )
    .unwrap();
    refused(&[], &["glane's version was 0.0.1"]);
    // With --force, all of it goes.
    let out = run(
        dir.path(),
        &["extract", "d.jsonl", "-o", "out", "--force", "-q"],
    );
    expect_code(&out, 2);
    assert!(stderr(&out).contains("thrown away: an interrupted run in out (2 parts with "));
    let names: Vec<_> = files(&at).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["errors.jsonl", "records.jsonl"]);
}

#[test]
fn a_folder_has_one_run() {
    let dir = folder_with(&rows(3));
    let at = |p: &str| dir.path().join(p);
    let base = ["extract", "d.jsonl", "-o", "out", "-q"];
    let with = |more: &[&str]| run(dir.path(), &[&base[..], more].concat());
    expect_code(&with(&[]), 0);
    let out = with(&["--layout", "mentions"]);
    expect_code(&out, 1);
    assert!(
        stderr(&out).contains("manifest.json exists"),
        "{}",
        stderr(&out)
    );
    // What is replaced is replaced as a whole.
    expect_code(&with(&["--layout", "mentions", "--force"]), 0);
    assert!(at("out/mentions.jsonl").exists() && !at("out/records.jsonl").exists());
    expect_code(&with(&["--force", "--shard-bytes", "50"]), 0);
    assert!(at("out/part-00002.jsonl").exists() && !at("out/mentions.jsonl").exists());
    expect_code(&with(&["--force", "--shard-bytes", "1G"]), 0);
    assert!(!at("out/part-00001.jsonl").exists());
    assert_eq!(manifest(dir.path(), "out").parts.len(), 1);
    // A file has no parts.
    for more in [&["--shard-bytes", "1k"][..], &["--compress", "gz"]] {
        let args = [&["extract", "d.jsonl", "-o", "x.jsonl"], more].concat();
        let out = run(dir.path(), &args);
        expect_code(&out, 1);
        assert!(stderr(&out).contains(more[0]) && stderr(&out).contains("folder"));
    }
}

#[test]
fn an_input_is_not_written_over() {
    let dir = folder_with(&rows(3));
    let before = fs::read(dir.path().join("d.jsonl")).unwrap();
    let out = run(
        dir.path(),
        &["extract", "d.jsonl", "-o", "./d.jsonl", "--force"],
    );
    expect_code(&out, 1);
    assert!(stderr(&out).contains("is an input"), "{}", stderr(&out));
    assert_eq!(fs::read(dir.path().join("d.jsonl")).unwrap(), before);
}

#[test]
fn the_manifest_says_what_was_not_read_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let zst = zstd::encode_all(rows(3000).as_bytes(), 1).unwrap();
    fs::write(dir.path().join("a.jsonl.zst"), &zst[..zst.len() / 2]).unwrap();
    fs::write(dir.path().join("b.jsonl"), rows(2)).unwrap();
    let args = [
        "extract",
        "a.jsonl.zst",
        "none.jsonl",
        "b.jsonl",
        "-o",
        "out",
        "-q",
        "--assume-lang",
        "fra",
    ];
    expect_code(&run(dir.path(), &args), 2);
    let m = manifest(dir.path(), "out");
    let told: Vec<_> = m
        .inputs
        .iter()
        .map(|i| (i.source.as_str(), i.complete, i.problem.is_some()))
        .collect();
    assert_eq!(
        told,
        [
            ("none.jsonl", false, true),
            ("a.jsonl.zst", false, true),
            ("b.jsonl", true, false)
        ]
    );
    assert!(!m.complete);
    assert_eq!(m.inputs[0].sha256, None);
    // A limit is no problem, but not the whole either.
    let args = ["extract", "b.jsonl", "-o", "few", "-q", "--limit", "1"];
    expect_code(&run(dir.path(), &args), 0);
    let m = manifest(dir.path(), "few");
    assert_eq!(
        (m.complete, m.inputs[0].problem.clone(), m.inputs[0].rows),
        (false, None, 1)
    );
}

#[test]
fn an_input_that_changes_while_it_is_read_is_said() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("b.jsonl"), rows(30_000)).unwrap();
    let mut child = glane()
        .current_dir(dir.path())
        .args([
            "extract", "-", "b.jsonl", "-o", "out", "--limit", "200", "-q",
        ])
        .args(["--format", "jsonl", "--shard-bytes", "2k"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdin.take());
    wait_for(&dir.path().join("out/part-00000.jsonl"));
    child.wait().unwrap();
    // At the limit the file was not at its end: nothing is claimed of it.
    let m = manifest(dir.path(), "out");
    assert!(!m.complete && !m.inputs[1].complete);
    // The reader waits for the workers, so that the file is open for a while.
    let mut child = start(
        dir.path(),
        &[
            "extract",
            "b.jsonl",
            "-o",
            "all",
            "--shard-bytes",
            "2k",
            "-q",
            "-j",
            "1",
        ],
    );
    wait_for(&dir.path().join("all/part-00000.jsonl"));
    let mut file = fs::OpenOptions::new()
        .append(true)
        .open(dir.path().join("b.jsonl"))
        .unwrap();
    file.write_all(b"{\"texte\":\"Encore un.\"}\n").unwrap();
    drop(file);
    drop(child.stdin.take());
    signal(&child, "-INT");
    expect_code(&child.wait_with_output().unwrap(), 130);
    let out = run(
        dir.path(),
        &[
            "extract",
            "b.jsonl",
            "-o",
            "all",
            "--shard-bytes",
            "2k",
            "-q",
            "--resume",
        ],
    );
    expect_code(&out, 1);
    assert!(stderr(&out).contains("b.jsonl had "), "{}", stderr(&out));
}

#[test]
fn an_input_that_is_written_to_while_it_is_read_makes_the_run_no_whole_one() {
    /// What another program does to the input meanwhile.
    type Change = fn(&Path);
    let grown: Change = |path| {
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(b"{\"texte\":\"Encore un.\"}\n").unwrap();
    };
    let as_long: Change = |path| fs::write(path, fs::read(path).unwrap()).unwrap();
    let cut: Change = |path| {
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(40_000).unwrap();
    };
    for (change, said) in [
        (grown, "it changed while it was read"),
        (as_long, "it was written to while it was read"),
        (cut, "it changed while it was read"),
    ] {
        let dir = folder_with(&rows(600));
        let input = dir.path().join("d.jsonl");
        // The reader waits for the workers, so that the file is open for a while.
        let args = extract("out", &["-j", "1"]);
        let child = start(dir.path(), &args);
        wait_for(&dir.path().join("out/part-00000.jsonl"));
        change(&input);
        let out = child.wait_with_output().unwrap();
        expect_code(&out, 2);
        assert!(stderr(&out).contains(said), "{}", stderr(&out));
        let m = manifest(dir.path(), "out");
        assert!(!m.complete && !m.inputs[0].complete);
        let problem = m.inputs[0].problem.as_deref();
        assert!(problem.is_some_and(|p| p.contains(said)), "{problem:?}");
        // A scheduler that repeats it blindly hears of it too.
        let again = run(dir.path(), &[&args[..], &["--resume"]].concat());
        assert!(!again.status.success());
    }
}

#[test]
fn articles_are_left_out_by_number() {
    let dir = folder_with(&rows(20));
    let ids = |more: &[&str]| -> Vec<String> {
        let out = run(
            dir.path(),
            &[&["extract", "d.jsonl", "-o", "-", "-q"], more].concat(),
        );
        records(&out.stdout).into_iter().map(|r| r.id).collect()
    };
    assert_eq!(ids(&["--skip", "1", "--limit", "3"]), ["n1", "n2", "n3"]);
    assert_eq!(ids(&["--skip", "18"]), ["n18", "n19"]);
    assert_eq!(ids(&["--limit", "0"]), [""; 0]);
}

#[test]
fn too_many_errors_end_a_run() {
    let dir = folder_with(&rows(2000));
    let out = run(dir.path(), &extract("out", &["--max-errors", "20"]));
    expect_code(&out, 1);
    let said = stderr(&out);
    assert!(said.contains("more than --max-errors 20"), "{said}");
    assert!(said.contains("--resume"), "{said}");
    assert!(!dir.path().join("out/manifest.json").exists());
}
