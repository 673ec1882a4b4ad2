//! What lies where a run writes: somebody's files stay, an earlier run is never
//! forgotten without a word, and nothing of it stays beside the new one.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, stderr};
use std::{fs, path::Path, process::Output};

/// Articles of about 100 bytes.
fn rows(n: usize) -> String {
    (0..n)
        .map(|i| {
            format!(
                "{{\"id\":\"p{i}\",\"texte\":\"La mairie de Tours a versé {i} euros le 3 mars 2019 au club de danse.\"}}\n"
            )
        })
        .collect()
}

fn folder_with(n: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("d.jsonl"), rows(n)).unwrap();
    fs::create_dir(dir.path().join("out")).unwrap();
    dir
}

/// Runs `glane extract d.jsonl -o out`, a part for each article.
fn extract(dir: &Path, more: &[&str]) -> Output {
    let base = [
        "extract",
        "d.jsonl",
        "-o",
        "out",
        "-q",
        "--shard-bytes",
        "1",
    ];
    run(dir, &[&base[..], more].concat())
}

/// The run is refused, and says each of `parts`.
fn refused(out: &Output, parts: &[&str]) {
    expect_code(out, 1);
    let said = stderr(out);
    for part in parts {
        assert!(said.contains(part), "help: no “{part}” in\n{said}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut out: Vec<_> = entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    out.sort();
    out
}

/// What a run that was killed leaves, whose plan is that of the finished one in `out`:
/// the first `parts` are marked, the files behind them gone.
fn unfinish(dir: &Path, parts: usize) {
    let at = dir.join("out");
    let text = fs::read(at.join("manifest.json")).unwrap();
    let m: glane::output::Manifest = serde_json::from_slice(&text).unwrap();
    let (begun, plan) = (&m.started, serde_json::to_string(&m.plan()).unwrap());
    let mut journal = format!(
        "{{\"schema\":\"glane/1\",\"journal\":1,\"started\":\"{begun}\",\"plan\":{plan}}}\n"
    );
    for mark in &m.parts[..parts] {
        journal += &format!("{}\n", serde_json::to_string(mark).unwrap());
    }
    for file in m.parts[parts..].iter().flat_map(|mark| &mark.files) {
        fs::remove_file(at.join(&file.file)).unwrap();
    }
    fs::write(at.join("journal.jsonl"), journal).unwrap();
    fs::remove_file(at.join("manifest.json")).unwrap();
}

#[test]
fn a_journal_of_somebody_stays() {
    let dir = folder_with(2);
    let journal = dir.path().join("out/journal.jsonl");
    for text in [
        rows(2),
        "Lundi : pluie.".to_owned(),
        "{\"schema\":\"glane/1\",\"journal\":99}\n".to_owned(),
    ] {
        fs::write(&journal, &text).unwrap();
        for more in [&[][..], &["--resume"], &["--force"]] {
            refused(
                &extract(dir.path(), more),
                &["journal.jsonl", "move it away"],
            );
            assert_eq!(fs::read_to_string(&journal).unwrap(), text, "{more:?}");
        }
        assert_eq!(names(&dir.path().join("out")), ["journal.jsonl"]);
        // Also where the run is refused for another reason.
        fs::write(dir.path().join("out/manifest.json"), "{}").unwrap();
        expect_code(&extract(dir.path(), &[]), 1);
        assert_eq!(fs::read_to_string(&journal).unwrap(), text);
        fs::remove_file(dir.path().join("out/manifest.json")).unwrap();
    }
    // As an input, too.
    fs::write(&journal, rows(2)).unwrap();
    let at = dir.path().join("out");
    refused(
        &run(&at, &["extract", "journal.jsonl", "-o", ".", "-q"]),
        &["journal.jsonl is an input"],
    );
    assert_eq!(fs::read_to_string(&journal).unwrap(), rows(2));
}

#[test]
fn a_run_with_a_damaged_journal_is_not_begun_anew() {
    let dir = folder_with(4);
    expect_code(&extract(dir.path(), &[]), 0);
    unfinish(dir.path(), 3);
    let at = dir.path().join("out");
    let journal = fs::read_to_string(at.join("journal.jsonl")).unwrap();
    let before = names(&at);
    fs::write(
        at.join("journal.jsonl"),
        journal.replace("\"plan\":", "\"plam\":"),
    )
    .unwrap();
    refused(
        &extract(dir.path(), &["--resume"]),
        &["journal.jsonl", "no journal"],
    );
    assert_eq!(names(&at), before);
    // Without any journal neither.
    fs::remove_file(at.join("journal.jsonl")).unwrap();
    refused(
        &extract(dir.path(), &["--resume"]),
        &["part-00000.jsonl exists"],
    );
    assert_eq!(names(&at), before[1..]);
    fs::write(at.join("journal.jsonl"), journal).unwrap();
    expect_code(&extract(dir.path(), &["--resume"]), 0);
}

#[test]
fn to_resume_is_not_to_replace() {
    let dir = folder_with(2);
    let mine = dir.path().join("mine.jsonl");
    fs::write(&mine, "à moi\n").unwrap();
    for more in [&[][..], &["--resume"]] {
        let args = [&["extract", "d.jsonl", "-o", "mine.jsonl", "-q"], more].concat();
        refused(&run(dir.path(), &args), &["mine.jsonl exists"]);
        assert_eq!(fs::read_to_string(&mine).unwrap(), "à moi\n");
        assert_eq!(names(dir.path()), ["d.jsonl", "mine.jsonl", "out"]);
    }
    let args = ["extract", "d.jsonl", "-o", "-", "-q", "--resume"];
    let out = run(dir.path(), &args);
    refused(&out, &["standard output cannot be resumed"]);
    assert!(out.stdout.is_empty());
}

#[test]
fn inputs_in_the_folder_of_the_output_stay() {
    let dir = tempfile::tempdir().unwrap();
    let inputs = ["part-00001.jsonl", "part-00002.jsonl", "part-00003.jsonl"];
    for name in inputs {
        fs::write(dir.path().join(name), rows(2)).unwrap();
    }
    for more in [&[][..], &["--force"], &["--resume"]] {
        let args = [
            &["extract"],
            &inputs[..],
            &["-o", ".", "-q", "--shard-bytes", "1"],
            more,
        ]
        .concat();
        refused(&run(dir.path(), &args), &["part-00001.jsonl is an input"]);
        for name in inputs {
            assert_eq!(fs::read_to_string(dir.path().join(name)).unwrap(), rows(2));
        }
        assert_eq!(names(dir.path()), inputs);
    }
    // What a run does not write may lie there.
    fs::create_dir(dir.path().join("o")).unwrap();
    fs::write(dir.path().join("o/part-1.jsonl"), rows(2)).unwrap();
    let args = ["extract", "o/part-1.jsonl", "-o", "o", "-q"];
    expect_code(&run(dir.path(), &args), 0);
    // Nor do the rejects replace an input.
    let args = [
        "extract",
        "o/part-1.jsonl",
        "-o",
        "p",
        "--force",
        "--rejects",
        "o/part-1.jsonl",
    ];
    refused(&run(dir.path(), &args), &["is an input"]);
}

#[test]
fn files_of_somebody_stay() {
    let dir = folder_with(3);
    let at = dir.path().join("out");
    for name in ["errors.jsonl", "part-00002.jsonl"] {
        fs::write(at.join(name), "à moi\n").unwrap();
        for more in [&[][..], &["--resume"]] {
            refused(&extract(dir.path(), more), &[name, "exists"]);
            assert_eq!(names(&at), [name]);
        }
        fs::remove_file(at.join(name)).unwrap();
    }
    // One that comes while the run goes on.
    expect_code(&extract(dir.path(), &[]), 0);
    let whole = fs::read(at.join("part-00002.jsonl")).unwrap();
    unfinish(dir.path(), 1);
    fs::write(at.join("part-00002.jsonl"), "à moi\n").unwrap();
    let out = extract(dir.path(), &["--resume"]);
    refused(
        &out,
        &[
            "part-00002.jsonl is there already",
            "2 parts are complete and stay",
            "--resume",
        ],
    );
    assert_eq!(
        fs::read_to_string(at.join("part-00002.jsonl")).unwrap(),
        "à moi\n"
    );
    fs::remove_file(at.join("part-00002.jsonl")).unwrap();
    expect_code(&extract(dir.path(), &["--resume"]), 0);
    assert_eq!(fs::read(at.join("part-00002.jsonl")).unwrap(), whole);
}

#[test]
fn nothing_of_a_replaced_run_stays_when_the_new_one_was_killed() {
    let dir = folder_with(4);
    let at = dir.path().join("out");
    fs::write(dir.path().join("d.jsonl"), rows(4) + "{\"texte\":\n").unwrap();
    expect_code(&extract(dir.path(), &["-j", "1"]), 2);
    let old = names(&at);
    assert!(
        old.contains(&"errors.jsonl".to_owned()) && old.contains(&"part-00004.jsonl".to_owned())
    );
    let kept: Vec<_> = old.iter().map(|n| fs::read(at.join(n)).unwrap()).collect();
    // The new run, killed before its first part: what a folder in its way does too.
    fs::write(dir.path().join("d.jsonl"), rows(2)).unwrap();
    fs::create_dir(at.join("part-00000.jsonl.partial")).unwrap();
    expect_code(&extract(dir.path(), &["--force"]), 1);
    fs::remove_dir(at.join("part-00000.jsonl.partial")).unwrap();
    for (name, bytes) in old.iter().zip(&kept) {
        assert_eq!(
            &fs::read(at.join(name)).unwrap(),
            bytes,
            "{name} goes too early"
        );
    }
    // And killed again when the manifest was gone, but no part.
    fs::remove_file(at.join("manifest.json")).unwrap();
    let out = extract(dir.path(), &[]);
    refused(&out, &["holds an interrupted run"]);
    expect_code(&extract(dir.path(), &["--resume"]), 0);
    assert_eq!(
        names(&at),
        ["manifest.json", "part-00000.jsonl", "part-00001.jsonl"]
    );
    expect_code(&run(dir.path(), &["verify", "out"]), 0);
}

#[test]
fn to_replace_an_interrupted_run_leaves_nothing_of_it() {
    let dir = folder_with(4);
    let at = dir.path().join("out");
    expect_code(&extract(dir.path(), &["--compress", "zst"]), 0);
    unfinish(dir.path(), 2);
    // One that has its name but no mark, and one that is being written.
    fs::write(at.join("part-00002.jsonl.zst"), "x").unwrap();
    fs::write(at.join("part-00003.jsonl.zst.partial"), "x").unwrap();
    fs::write(at.join("notes.txt"), "à moi\n").unwrap();
    let args = [
        "extract", "d.jsonl", "-o", "out", "-q", "--layout", "mentions", "--force",
    ];
    let out = run(dir.path(), &args);
    expect_code(&out, 0);
    assert!(stderr(&out).contains("thrown away: an interrupted run in out (2 parts"));
    assert_eq!(names(&at), ["manifest.json", "mentions.jsonl", "notes.txt"]);
}

#[test]
fn an_interrupted_run_of_another_layout_is_not_forgotten() {
    let dir = folder_with(2);
    let at = dir.path().join("out");
    let one = ["extract", "d.jsonl", "-o", "out", "-q"];
    expect_code(&run(dir.path(), &one), 0);
    unfinish(dir.path(), 0);
    fs::write(at.join("records.jsonl.partial"), "{}\n").unwrap();
    for more in [&["--layout", "mentions"][..], &["--compress", "zst"]] {
        let out = run(dir.path(), &[&one[..], more].concat());
        refused(&out, &["holds an interrupted run"]);
        assert_eq!(names(&at), ["journal.jsonl", "records.jsonl.partial"]);
    }
}

#[test]
fn a_path_in_a_manifest_leads_nowhere() {
    let elsewhere = tempfile::tempdir().unwrap();
    let absolute = elsewhere.path().join("precious.txt");
    let absolute = absolute.to_str().unwrap();
    for evil in ["../precious.txt", absolute, "a/b", ".."] {
        let dir = folder_with(2);
        fs::write(absolute, "à moi\n").unwrap();
        let at = dir.path().join("out");
        fs::write(dir.path().join("precious.txt"), "à moi\n").unwrap();
        expect_code(&extract(dir.path(), &[]), 0);
        let text = fs::read_to_string(at.join("manifest.json")).unwrap();
        let text = text.replace("part-00001.jsonl", evil);
        fs::write(at.join("manifest.json"), &text).unwrap();
        expect_code(&run(dir.path(), &["verify", "out"]), 1);
        expect_code(&extract(dir.path(), &["--force"]), 0);
        let precious = dir.path().join("precious.txt");
        assert!(precious.exists() && Path::new(absolute).exists(), "{evil}");
        // In a journal.
        unfinish(dir.path(), 2);
        let text = fs::read_to_string(at.join("journal.jsonl")).unwrap();
        fs::write(
            at.join("journal.jsonl"),
            text.replace("part-00001.jsonl", evil),
        )
        .unwrap();
        expect_code(&extract(dir.path(), &["--force"]), 0);
        let precious = dir.path().join("precious.txt");
        assert!(precious.exists() && Path::new(absolute).exists(), "{evil}");
    }
}

#[test]
fn a_run_is_not_replaced_by_its_mended_rows() {
    let dir = folder_with(2);
    let at = dir.path().join("out");
    fs::write(dir.path().join("d.jsonl"), rows(2) + "{\"texte\":\n").unwrap();
    expect_code(&extract(dir.path(), &[]), 2);
    let before = names(&at);
    fs::write(dir.path().join("d.jsonl"), rows(3)).unwrap();
    for list in ["out", "out/errors.jsonl", "./out/"] {
        let out = extract(dir.path(), &["--only-errors", list, "--force"]);
        refused(&out, &["errors.jsonl is an input", "-o"]);
        assert_eq!(names(&at), before);
    }
    let args = [
        "extract",
        "d.jsonl",
        "-o",
        "mended",
        "-q",
        "--only-errors",
        "out",
    ];
    expect_code(&run(dir.path(), &args), 0);
}

#[test]
fn an_error_of_writing_says_what_to_do() {
    let dir = folder_with(4);
    let at = dir.path().join("out");
    fs::create_dir(at.join("part-00002.jsonl.partial")).unwrap();
    let out = extract(dir.path(), &[]);
    refused(&out, &["2 parts are complete and stay", "--resume"]);
    let said = stderr(&out);
    let path = Path::new("out").join("part-00002.jsonl.partial");
    assert_eq!(said.matches(path.to_str().unwrap()).count(), 1, "{said}");
    fs::remove_dir(at.join("part-00002.jsonl.partial")).unwrap();
    expect_code(&extract(dir.path(), &["--resume"]), 0);
}
