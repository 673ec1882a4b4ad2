//! `glane extract` from the outside: inputs, outputs, exit codes.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{check_laws, expect_code, glane, records, run, run_with, start, statuses, stderr};
use glane::record::Status::{self, Error, Ok as Extracted, SkippedEmpty, SkippedLanguage};
use std::{fs, io::Read, path::Path, process::Stdio};

const FRENCH: &str = "Le maire de Nîmes a annoncé samedi la fermeture de la gare pour travaux.";
const ENGLISH: &str = "The mayor of the town said on Saturday that the station would be closed.";

/// The key of the first row of `what_is_kept_is_as_in_the_row_in_both_layouts`.
const UID: &str = "98f6f780773731aa";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn seeds() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"))
}

#[test]
fn the_samples_come_out_as_they_should() {
    let out = run(
        seeds().parent().unwrap(),
        &["extract", "seeds", "-o", "-", "-q"],
    );
    expect_code(&out, 0);
    let all = records(&out.stdout);
    let seen: Vec<(&str, Status, Option<&str>)> = all
        .iter()
        .map(|r| (r.id.as_str(), r.status, r.published.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            ("2024-03-14-depeche-port", Extracted, Some("2024-03-14")),
            ("article-traduit", Extracted, Some("2023-09-05")),
            ("blog-potager", Extracted, Some("2024-01-21T09:15")),
            ("breve-1", Extracted, Some("2023-11-08T07:30+01:00")),
            ("breve-2", Extracted, Some("2023-11")),
            ("breve-3", Extracted, None),
            ("conseil-latin1", Extracted, Some("2022-03-28T22:40")),
            ("english", SkippedLanguage, Some("2024-02-19")),
            ("revue-de-presse", Extracted, Some("2024-02-06")),
            ("vide", SkippedEmpty, None),
        ]
    );
    assert_eq!(all[6].warnings, ["decoded_as:windows-1252"]);
    for r in &all {
        let (source, row) = (r.source.as_ref().unwrap(), r.row);
        let bytes = fs::read(seeds().parent().unwrap().join(source)).unwrap();
        let text = match row {
            Some(row) => {
                let line = bytes.split(|b| *b == b'\n').nth(row as usize - 1).unwrap();
                let row: serde_json::Value = serde_json::from_slice(line).unwrap();
                row["contenu"].as_str().unwrap().to_owned()
            }
            // Latin-1 bytes are the first 256 code points.
            None => String::from_utf8(bytes)
                .unwrap_or_else(|e| e.as_bytes().iter().map(|b| char::from(*b)).collect()),
        };
        check_laws(r, &text);
    }
}

#[test]
fn a_time_zone_gives_hours_their_offset_and_moves_no_day() {
    let text = "La séance du 4 mai 2024 a commencé à 20 h 30. \
                Le maire avait écrit le 3 mai 2024 à 23:10 UTC, puis mardi à l'aube.";
    let dir = folder(&[("a.txt", text.as_bytes())]);
    let values = |zone: &[&str]| -> Vec<String> {
        let mut args = vec!["extract", "a.txt", "-o", "-", "-q", "--assume-lang", "fra"];
        args.extend(["--published", "2024-05-08T23:30Z"]);
        args.extend(zone);
        let out = run(dir.path(), &args);
        expect_code(&out, 0);
        let dates = &records(&out.stdout)[0].dates;
        dates.iter().filter_map(|d| d.value.clone()).collect()
    };
    let plain = values(&[]);
    assert_eq!(plain[1], "2024-05-04T20:30");
    assert_eq!(plain[3], "2024-05-03T23:10");
    for (zone, here, utc) in [
        (
            "Europe/Paris",
            "2024-05-04T20:30+02:00",
            "2024-05-04T01:10+02:00",
        ),
        ("-03:30", "2024-05-04T20:30-03:30", "2024-05-03T19:40-03:30"),
    ] {
        let zoned = values(&["--timezone", zone]);
        assert_eq!(zoned[1], here);
        assert_eq!(zoned[3], utc);
        // What has no clock time is the same.
        for i in [0, 2, 4] {
            assert_eq!(zoned[i], plain[i]);
        }
    }
    let out = run(dir.path(), &["extract", "a.txt", "--timezone", "Paris"]);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("Europe/Paris"));
}

#[test]
fn a_folder_of_records_and_a_manifest() {
    let dir = folder(&[
        ("in/a.txt", FRENCH.as_bytes()),
        ("in/b/c.txt", ENGLISH.as_bytes()),
        ("in/d.pdf", b"%PDF"),
    ]);
    let out = run(dir.path(), &["extract", "in"]);
    expect_code(&out, 0);
    assert!(out.stdout.is_empty());
    let said = stderr(&out);
    for part in [
        "2 articles in",
        "1 extracted, 1 in another language",
        "output/records.jsonl",
        "1 file with an extension",
    ] {
        assert!(said.contains(part), "help: {part:?} is missing in\n{said}");
    }
    let all = records(&fs::read(dir.path().join("output/records.jsonl")).unwrap());
    assert_eq!(statuses(&all), [Extracted, SkippedLanguage]);
    assert_eq!(all[1].id, "b/c");
    assert_eq!(all[1].source.as_deref(), Some("in/b/c.txt"));
    assert_eq!(all[1].lang.as_deref(), Some("eng"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(dir.path().join("output/manifest.json")).unwrap())
            .unwrap();
    assert_eq!(manifest["schema"], "glane/1");
    assert_eq!(manifest["arguments"], serde_json::json!(["extract", "in"]));
    assert_eq!(manifest["counts"]["articles"]["ok"], 1);
    assert_eq!(manifest["counts"]["articles"]["skipped_language"], 1);
    assert_eq!(manifest["inputs"][0]["source"], "in/a.txt");
    assert_eq!(manifest["inputs"][0]["bytes"], FRENCH.len());
    assert_eq!(manifest["inputs"][0]["rows"], 1);
    // sha256 of the file: of UTF-8 without a mark, that of the text too.
    assert_eq!(manifest["inputs"][0]["sha256"], all[0].sha256);
    assert!(!dir.path().join("output/records.jsonl.partial").exists());
}

#[test]
fn a_finished_run_is_not_replaced() {
    let dir = folder(&[("a.txt", FRENCH.as_bytes())]);
    expect_code(&run(dir.path(), &["extract", "a.txt", "-q"]), 0);
    let before = fs::read(dir.path().join("output/manifest.json")).unwrap();
    assert!(!dir.path().join("output/journal.jsonl").exists());
    // The same again: nothing is left to do.
    let again = run(dir.path(), &["extract", "a.txt"]);
    expect_code(&again, 0);
    assert!(
        stderr(&again).contains("already complete: output/manifest.json"),
        "{}",
        stderr(&again)
    );
    // Another run is refused, with what is another.
    let texts = ["extract", "a.txt", "-q", "--with-text"];
    let out = run(dir.path(), &texts);
    expect_code(&out, 1);
    for part in ["--force", "--with-text was `false`, is `true`"] {
        assert!(stderr(&out).contains(part), "{}", stderr(&out));
    }
    assert_eq!(
        fs::read(dir.path().join("output/manifest.json")).unwrap(),
        before
    );
    // So is one whose records are gone, or whose input is another one.
    let records = dir.path().join("output/records.jsonl");
    let kept = fs::read(&records).unwrap();
    fs::remove_file(&records).unwrap();
    let out = run(dir.path(), &["extract", "a.txt", "-q"]);
    expect_code(&out, 1);
    assert!(
        stderr(&out).contains("its records.jsonl is gone"),
        "{}",
        stderr(&out)
    );
    fs::write(&records, kept).unwrap();
    fs::write(dir.path().join("a.txt"), format!("{FRENCH} Rien de plus.")).unwrap();
    let out = run(dir.path(), &["extract", "a.txt", "-q"]);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("a.txt had"), "{}", stderr(&out));
    expect_code(&run(dir.path(), &["extract", "a.txt", "-q", "--force"]), 0);
    expect_code(
        &run(dir.path(), &["extract", "a.txt", "-q", "-o", "x.jsonl"]),
        0,
    );
    let one_file = ["extract", "a.txt", "-q", "-o", "x.jsonl"];
    expect_code(&run(dir.path(), &one_file), 0);
    let another = [&one_file[..], &["--crypto"]].concat();
    expect_code(&run(dir.path(), &another), 1);
}

#[test]
fn output_files_compressed() {
    let dir = folder(&[("a.txt", FRENCH.as_bytes())]);
    for name in ["r.jsonl", "r.jsonl.gz", "r.jsonl.zst"] {
        expect_code(&run(dir.path(), &["extract", "a.txt", "-q", "-o", name]), 0);
        assert!(dir.path().join(format!("{name}.manifest.json")).exists());
    }
    let plain = fs::read(dir.path().join("r.jsonl")).unwrap();
    let mut gz = Vec::new();
    flate2::read::GzDecoder::new(&fs::read(dir.path().join("r.jsonl.gz")).unwrap()[..])
        .read_to_end(&mut gz)
        .unwrap();
    let zst = zstd::decode_all(&fs::read(dir.path().join("r.jsonl.zst")).unwrap()[..]).unwrap();
    assert_eq!(records(&plain).len(), 1);
    assert_eq!(gz, plain);
    assert_eq!(zst, plain);
}

#[test]
fn bad_rows_become_error_records_and_the_run_goes_on() {
    let rows =
        format!("{{\"body\":\"{FRENCH}\"}}\nnon\n{{\"titre\":\"x\"}}\n{{\"body\":\"{FRENCH}\"}}\n");
    let dir = folder(&[("d.jsonl", rows.as_bytes())]);
    let out = run(dir.path(), &["extract", "d.jsonl", "-o", "-"]);
    expect_code(&out, 2);
    let all = records(&out.stdout);
    assert_eq!(statuses(&all), [Extracted, Error, Error, Extracted]);
    assert_eq!(all[1].id, "d.jsonl#2");
    assert_eq!(all[1].error.as_ref().unwrap().stage, "parse");
    let said = stderr(&out);
    assert!(said.contains("d.jsonl#2: parse: "), "{said}");
    assert!(said.contains("text from `body`"), "{said}");
    // All rows wrong: nothing could be done.
    let out = run(
        dir.path(),
        &["extract", "d.jsonl", "-o", "-", "--text-field", "titre"],
    );
    expect_code(&out, 2);
    let all = records(&out.stdout);
    assert_eq!(statuses(&all), [Error, Error, Extracted, Error]);
}

#[test]
fn what_is_not_there_is_an_error() {
    let dir = folder(&[("a.txt", FRENCH.as_bytes()), ("a.pdf", b"x")]);
    for args in [
        &["extract", "none.txt"][..],
        &["extract", "a.pdf"],
        &["extract"],
        &["extract", "a.txt", "--lang", "french"],
        &["extract", "a.txt", "--min-score", "2"],
        &["extract", "a.txt", "--published", "hier"],
        &["frobnicate"],
        &[],
    ] {
        let out = run(dir.path(), args);
        expect_code(&out, 1);
        assert!(!out.stderr.is_empty() && out.stdout.is_empty(), "{args:?}");
    }
    assert!(!dir.path().join("output").exists());
    // One of two is there: the other is an error record.
    let out = run(
        dir.path(),
        &["extract", "none.txt", "a.txt", "-o", "-", "-q"],
    );
    expect_code(&out, 2);
    let all = records(&out.stdout);
    assert_eq!(statuses(&all), [Error, Extracted]);
    assert_eq!(all[0].error.as_ref().unwrap().stage, "read");
    assert_eq!(all[0].source.as_deref(), Some("none.txt"));
}

#[cfg(unix)]
#[test]
fn what_a_folder_cannot_give_is_said_and_the_rest_goes_on() {
    use std::os::unix::fs::symlink;
    let dir = folder(&[
        ("in/a.txt", FRENCH.as_bytes()),
        ("in/z.txt", FRENCH.as_bytes()),
    ]);
    // Refused to every user: a link to nothing, and links that never arrive.
    symlink("nowhere", dir.path().join("in/b.txt")).unwrap();
    symlink("d", dir.path().join("in/c")).unwrap();
    symlink("c", dir.path().join("in/d")).unwrap();
    // And a folder that leads back to itself, which is no error.
    symlink("..", dir.path().join("in/e")).unwrap();
    let out = run(dir.path(), &["extract", "in", "-o", "-"]);
    expect_code(&out, 2);
    let all = records(&out.stdout);
    let failed: Vec<_> = all.iter().filter(|r| r.status == Error).collect();
    let sources: Vec<_> = failed.iter().filter_map(|r| r.source.as_deref()).collect();
    assert_eq!(sources, ["in/b.txt", "in/c", "in/d"]);
    assert!(
        failed
            .iter()
            .all(|r| r.error.as_ref().unwrap().stage == "read")
    );
    assert_eq!(all.iter().filter(|r| r.status == Extracted).count(), 2);
    assert!(stderr(&out).contains("in/b.txt"));
}

#[cfg(unix)]
#[test]
fn a_file_that_goes_away_is_said_and_the_rest_goes_on() {
    use std::{io::Write, time::Duration};
    let dir = folder(&[("b.txt", FRENCH.as_bytes()), ("c.txt", FRENCH.as_bytes())]);
    let mut child = start(dir.path(), &["extract", "-", "b.txt", "c.txt", "-o", "-"]);
    // Standard input is read first: what follows is known, but not open yet.
    std::thread::sleep(Duration::from_millis(700));
    fs::remove_file(dir.path().join("b.txt")).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(FRENCH.as_bytes()).unwrap();
    drop(stdin);
    let out = child.wait_with_output().unwrap();
    expect_code(&out, 2);
    let all = records(&out.stdout);
    assert_eq!(statuses(&all), [Extracted, Error, Extracted]);
    assert_eq!(all[1].source.as_deref(), Some("b.txt"));
}

#[test]
fn standard_input() {
    let dir = folder(&[]);
    let out = run_with(dir.path(), &["extract", "-", "-o", "-"], FRENCH.as_bytes());
    expect_code(&out, 0);
    let all = records(&out.stdout);
    assert_eq!(
        (all[0].id.as_str(), all[0].source.as_deref()),
        ("stdin", Some("-"))
    );
    // JSON Lines are recognised, compressed ones too.
    let rows = format!("{{\"texte\":\"{FRENCH}\"}}\n");
    for bytes in [
        rows.clone().into_bytes(),
        zstd::encode_all(rows.as_bytes(), 1).unwrap(),
    ] {
        let out = run_with(dir.path(), &["extract", "-", "-o", "-"], &bytes);
        expect_code(&out, 0);
        assert_eq!(records(&out.stdout)[0].id, "stdin#1");
    }
    let table = format!("texte\n\"{FRENCH}\"\n");
    let out = run_with(
        dir.path(),
        &["extract", "-", "-o", "-", "--format", "csv"],
        table.as_bytes(),
    );
    expect_code(&out, 0);
    assert_eq!(records(&out.stdout)[0].row, Some(1));
    // Nothing at all is one empty article.
    let out = run_with(dir.path(), &["extract", "-", "-o", "-"], b"");
    expect_code(&out, 0);
    assert_eq!(statuses(&records(&out.stdout)), [SkippedEmpty]);
}

#[test]
fn languages() {
    let dir = folder(&[("e.txt", ENGLISH.as_bytes()), ("f.txt", FRENCH.as_bytes())]);
    for (flags, expected) in [
        (&[][..], &[SkippedLanguage, Extracted][..]),
        (&["--keep-skipped"], &[SkippedLanguage, Extracted]),
        (&["--keep-skipped=false"], &[Extracted]),
        (&["--lang", "eng"], &[Extracted, SkippedLanguage]),
        (&["--lang", "fra,eng"], &[Extracted, Extracted]),
        (&["--assume-lang", "fra"], &[Extracted, Extracted]),
    ] {
        let args = [&["extract", ".", "-o", "-", "-q"], flags].concat();
        let out = run(dir.path(), &args);
        expect_code(&out, 0);
        assert_eq!(statuses(&records(&out.stdout)), expected, "{flags:?}");
    }
}

#[test]
fn every_number_of_threads_gives_the_same_bytes() {
    let mut rows = String::new();
    for i in 0..400 {
        let text = match i % 7 {
            0 => String::new(),
            1 => ENGLISH.repeat(i % 5 + 1),
            _ => FRENCH.repeat(i % 11 + 1),
        };
        rows += &format!(
            "{{\"id\":\"n{i}\",\"date\":\"2024-03-{:02}\",\"body\":\"{text}\"}}\n",
            i % 28 + 1
        );
        if i % 50 == 0 {
            rows += "{\"body\":\n";
        }
    }
    let dir = folder(&[("d.jsonl", rows.as_bytes()), ("e.txt", FRENCH.as_bytes())]);
    let with = |threads: &str| {
        run(
            dir.path(),
            &["extract", ".", "-o", "-", "-q", "-j", threads],
        )
    };
    let one = with("1");
    expect_code(&one, 2);
    assert_eq!(records(&one.stdout).len(), 409);
    for threads in ["2", "3", "8"] {
        assert_eq!(with(threads).stdout, one.stdout, "{threads} threads");
    }
}

#[test]
fn mentions_are_flat_rows_with_all_keys() {
    let out = run(
        seeds().parent().unwrap(),
        &["extract", "seeds", "-o", "-", "-q", "--layout", "mentions"],
    );
    expect_code(&out, 0);
    let articles = run(
        seeds().parent().unwrap(),
        &["extract", "seeds", "-o", "-", "-q"],
    );
    let expected: usize = records(&articles.stdout)
        .iter()
        .map(|r| r.entities.len() + r.money.len() + r.dates.len() + r.percents.len())
        .sum();
    let rows: Vec<glane::output::MentionRow> = std::str::from_utf8(&out.stdout)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(rows.len(), expected);
}

#[test]
fn a_long_line_is_one_article_up_to_the_limit() {
    let sentence = format!("{FRENCH} ");
    let n = 700_000 / sentence.len();
    let row = format!("{{\"id\":\"long\",\"body\":\"{}\"}}\n", sentence.repeat(n));
    let small = format!("{{\"id\":\"court\",\"body\":\"{FRENCH}\"}}\n");
    let dir = folder(&[("d.jsonl", [row, small].concat().as_bytes())]);
    let args = ["extract", "d.jsonl", "-q", "-o", "short"];
    let less = ["--max-article-bytes", "512k"];
    let out = run(dir.path(), &[&args[..], &less].concat());
    expect_code(&out, 2);
    let all = records(&fs::read(dir.path().join("short/records.jsonl")).unwrap());
    assert_eq!(statuses(&all), [Error, Extracted]);
    let said = &all[0].error.as_ref().unwrap().message;
    assert!(said.contains("--max-article-bytes"), "{said}");
    let out = run(dir.path(), &["extract", "d.jsonl", "-q", "-o", "out"]);
    expect_code(&out, 0);
    let all = records(&fs::read(dir.path().join("out/records.jsonl")).unwrap());
    assert_eq!(statuses(&all), [Extracted, Extracted]);
    assert_eq!(all[0].chars as usize, n * sentence.chars().count());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let rows = format!("{{\"body\":\"{FRENCH}\"}}\n").repeat(20_000);
    let dir = folder(&[("d.jsonl", rows.as_bytes())]);
    let mut child = glane()
        .current_dir(dir.path())
        .args(["extract", "d.jsonl", "-o", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut some = [0u8; 100];
    stdout.read_exact(&mut some).unwrap();
    drop(stdout);
    let out = child.wait_with_output().unwrap();
    expect_code(&out, 0);
    assert!(!stderr(&out).contains("panic"), "{}", stderr(&out));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_a_readable_partial_file() {
    use std::{io::Write, time::Duration};
    let dir = folder(&[]);
    let mut child = start(
        dir.path(),
        &["extract", "-", "--format", "jsonl", "-o", "out"],
    );
    // Enough for several chunks; then the input stays open.
    let mut stdin = child.stdin.take().unwrap();
    let rows = format!("{{\"body\":\"{FRENCH}\"}}\n");
    for _ in 0..2000 {
        stdin.write_all(rows.as_bytes()).unwrap();
    }
    // Until nothing more comes, on a busy machine too.
    let written =
        || fs::metadata(dir.path().join("out/records.jsonl.partial")).map_or(0, |m| m.len());
    let mut before = 0;
    for _ in 0..30 {
        std::thread::sleep(Duration::from_secs(2));
        let now = written();
        if now > 0 && now == before {
            break;
        }
        before = now;
    }
    interrupt(&child);
    let out = child.wait_with_output().unwrap();
    // Only now: the program did not wait for it.
    drop(stdin);
    expect_code(&out, 130);
    assert!(
        stderr(&out).contains("records.jsonl.partial"),
        "{}",
        stderr(&out)
    );
    assert!(!dir.path().join("out/records.jsonl").exists());
    assert!(!dir.path().join("out/manifest.json").exists());
    let partial = fs::read(dir.path().join("out/records.jsonl.partial")).unwrap();
    assert_eq!(records(&partial).len(), 2000, "help: all that was read");
}

#[cfg(unix)]
fn interrupt(child: &std::process::Child) {
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_wait_for_a_pipe() {
    use std::{io::Write, time::Duration};
    let dir = folder(&[]);
    // Nothing at all, half a row, and a named pipe that nobody opens.
    let fifo = dir.path().join("conduit.jsonl");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    for (input, sent) in [("-", ""), ("-", "{\"body\":\"Le ma"), ("conduit.jsonl", "")] {
        let mut child = start(
            dir.path(),
            &["extract", input, "--format", "jsonl", "-o", "-"],
        );
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(sent.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(700));
        interrupt(&child);
        let out = child.wait_with_output().unwrap();
        drop(stdin);
        expect_code(&out, 130);
        assert!(out.stdout.is_empty(), "help: half a row is no article");
    }
}

#[test]
fn two_runs_into_one_folder_do_not_mix() {
    use std::{io::Write, time::Duration};
    let dir = folder(&[("a.txt", FRENCH.as_bytes())]);
    let mut first = glane()
        .current_dir(dir.path())
        .args(["extract", "-", "--format", "jsonl", "-o", "out", "-q"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let partial = dir.path().join("out/records.jsonl.partial");
    for _ in 0..200 {
        if partial.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    for force in [&[][..], &["--force"]] {
        let args = [&["extract", "a.txt", "-o", "out", "-q"], force].concat();
        let second = run(dir.path(), &args);
        expect_code(&second, 1);
        assert!(
            stderr(&second).contains("another run"),
            "{}",
            stderr(&second)
        );
    }
    let mut stdin = first.stdin.take().unwrap();
    let rows = format!("{{\"body\":\"{FRENCH}\"}}\n").repeat(40);
    stdin.write_all(rows.as_bytes()).unwrap();
    drop(stdin);
    expect_code(&first.wait_with_output().unwrap(), 0);
    let all = records(&fs::read(dir.path().join("out/records.jsonl")).unwrap());
    assert_eq!(statuses(&all), [Extracted; 40]);
    // What a killed run left behind is thrown away only when that is asked for.
    fs::write(dir.path().join("x.jsonl.partial"), "{\"schema\":\n").unwrap();
    let args = ["extract", "a.txt", "-o", "x.jsonl", "-q"];
    for more in [&[][..], &["--resume"]] {
        let out = run(dir.path(), &[&args[..], more].concat());
        expect_code(&out, 1);
        assert!(stderr(&out).contains("x.jsonl.partial"), "{}", stderr(&out));
        assert!(stderr(&out).contains("--force"), "{}", stderr(&out));
    }
    let out = run(dir.path(), &[&args[..], &["--force"]].concat());
    expect_code(&out, 0);
    assert!(stderr(&out).contains("thrown away"), "{}", stderr(&out));
    let all = records(&fs::read(dir.path().join("x.jsonl")).unwrap());
    assert_eq!(statuses(&all), [Extracted]);
}

#[test]
fn a_quote_left_open_costs_one_row() {
    let rows: String = (2..60)
        .map(|i| match i {
            20 => "20,\"Un guillemet ouvert\n".to_owned(),
            _ => format!("{i},\"{FRENCH}\"\n"),
        })
        .collect();
    let plain: String = (60..90).map(|i| format!("{i},{FRENCH}\n")).collect();
    // In the middle of a quoted table the quote closes at the next one, and two
    // rows become one: that is said.
    let quoted = format!("id,texte\n{rows}");
    let dir = folder(&[
        ("a.csv", quoted.as_bytes()),
        (
            "b.csv",
            format!("id,texte\n59,\"Ouvert\n{plain}").as_bytes(),
        ),
    ]);
    let out = run(dir.path(), &["extract", "a.csv", "-o", "-"]);
    expect_code(&out, 0);
    let all = records(&out.stdout);
    assert_eq!(all.len(), 57);
    let odd: Vec<_> = all.iter().filter(|r| !r.warnings.is_empty()).collect();
    assert_eq!(odd[0].warnings, ["stray_quote:21"]);
    assert_eq!(odd.len(), 1);

    let out = run(dir.path(), &["extract", "b.csv", "-o", "-"]);
    expect_code(&out, 2);
    let all = records(&out.stdout);
    assert_eq!(statuses(&all)[..2], [Error, Extracted]);
    assert_eq!((all.len(), all[30].id.as_str()), (31, "89"));
    let said = stderr(&out);
    assert!(
        said.contains("b.csv#1: parse: row 1: the quote opened in line 2"),
        "{said}"
    );
}

#[test]
fn repeated_ids_are_said() {
    let rows = format!("{{\"id\":\"a\",\"body\":\"{FRENCH}\"}}\n").repeat(3);
    let dir = folder(&[("d.jsonl", rows.as_bytes())]);
    let out = run(dir.path(), &["extract", "d.jsonl", "-o", "-"]);
    expect_code(&out, 0);
    assert!(stderr(&out).contains("2 articles with an id seen before, the first `a`"));
}

#[test]
fn quiet_says_nothing() {
    let dir = folder(&[("a.txt", FRENCH.as_bytes())]);
    let out = run(dir.path(), &["extract", "a.txt", "-q"]);
    expect_code(&out, 0);
    assert!(out.stderr.is_empty() && out.stdout.is_empty());
}

#[test]
fn the_publication_date_of_last_resort() {
    let dir = folder(&[("a.txt", FRENCH.as_bytes())]);
    let out = run(
        dir.path(),
        &[
            "extract",
            "a.txt",
            "-o",
            "-",
            "-q",
            "--published",
            "2024-05",
        ],
    );
    let all = records(&out.stdout);
    assert_eq!(all[0].published.as_deref(), Some("2024-05"));
    assert_eq!(
        all[0].published_from,
        Some(glane::record::PublishedFrom::Option)
    );
}

#[test]
fn the_output_of_an_earlier_run_is_not_an_input() {
    let dir = folder(&[("a.txt", FRENCH.as_bytes())]);
    expect_code(&run(dir.path(), &["extract", ".", "-q"]), 0);
    expect_code(&run(dir.path(), &["extract", ".", "-q", "--force"]), 0);
    let all = records(&fs::read(dir.path().join("output/records.jsonl")).unwrap());
    assert_eq!(all.len(), 1);
}

#[test]
fn a_field_that_no_row_has_is_said_before_the_run() {
    let rows = format!("{{\"corps\":\"{FRENCH}\",\"auteur\":{{\"nom\":\"Faure\"}}}}\n").repeat(3);
    let table = format!("Texte;Rubrique\n{FRENCH};Villes\n");
    let dir = folder(&[("d.jsonl", rows.as_bytes()), ("t.csv", table.as_bytes())]);
    for (flags, parts) in [
        (
            &["d.jsonl", "--text-field", "corp"][..],
            &["--text-field corp", "did you mean `corps`", "auteur.nom"][..],
        ),
        (
            &["d.jsonl", "--keep", "url"],
            &["--keep url", "corps, auteur"],
        ),
        (
            &["t.csv", "--keep", "rubrique"],
            &["did you mean `Rubrique`"],
        ),
    ] {
        let out = run(dir.path(), &[&["extract"], flags].concat());
        expect_code(&out, 1);
        let said = stderr(&out);
        for part in parts {
            assert!(said.contains(part), "help: {part:?} is missing in\n{said}");
        }
        assert!(!dir.path().join("output").exists());
    }
    // One of the files has it.
    let out = run(
        dir.path(),
        &[
            "extract",
            "d.jsonl",
            "t.csv",
            "-o",
            "-",
            "-q",
            "--keep",
            "Rubrique,auteur.nom",
        ],
    );
    expect_code(&out, 0);
    let all = records(&out.stdout);
    let kept: Vec<_> = all
        .iter()
        .map(|r| serde_json::to_string(&r.meta).unwrap())
        .collect();
    assert_eq!(kept[0], r#"{"auteur.nom":"Faure"}"#);
    assert_eq!(kept[3], r#"{"Rubrique":"Villes"}"#);
}

#[test]
fn what_is_kept_is_as_in_the_row_in_both_layouts() {
    let row = |id: &str| {
        format!(
            "{{\"id\":{id},\"text\":\"{FRENCH}\",\"url\":\"https://exemple.fr/é\",\"n\":1e2,\
             \"tags\":[ \"a\", 1.0 ]}}\n"
        )
    };
    // Two ids that are one as floats.
    let rows = row("100000000000000000000000000001")
        + &row("100000000000000000000000000002")
        + &row("100000000000000000000000000002");
    let dir = folder(&[("d.jsonl", rows.as_bytes())]);
    let extract = |more: &[&str]| {
        let args = ["extract", "d.jsonl", "--keep", "url,n", "--keep", "tags"];
        let out = run(dir.path(), &[&args[..], more].concat());
        expect_code(&out, 0);
        out
    };
    let out = extract(&["-o", "-"]);
    let first = std::str::from_utf8(&out.stdout).unwrap().lines().next();
    let kept = r#""meta":{"n":1e2,"tags":["a",1.0],"url":"https://exemple.fr/é"}"#;
    assert!(first.unwrap().contains(kept), "{first:?}");
    let all = records(&out.stdout);
    assert_eq!(all[0].id, "100000000000000000000000000001");
    assert_eq!(all[1].id, all[2].id);
    let keys: std::collections::BTreeSet<_> = all.iter().map(|r| &r.uid).collect();
    assert_eq!(keys.len(), 3);
    // By hand: sha256sum of "d.jsonl\0" "1\0" "100000000000000000000000000001\0".
    assert_eq!(all[0].uid, UID);
    let said = stderr(&out);
    assert!(said.contains("1 article with an id seen before"), "{said}");
    extract(&["-q"]);
    let manifest = fs::read_to_string(dir.path().join("output/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["counts"]["repeated_ids"], 1);
    let flat = extract(&["-o", "-", "-q", "--layout", "mentions"]);
    let lines = std::str::from_utf8(&flat.stdout).unwrap();
    assert!(lines.lines().count() > 3);
    assert!(lines.lines().all(|l| l.contains(kept)));
    assert!(lines.contains(&format!("\"uid\":\"{UID}\"")));
}

#[test]
fn numbers_that_are_none_cost_no_article() {
    let rows = [
        format!("{{\"id\":\"a\",\"text\":\"{FRENCH}\",\"date\":1e400}}"),
        format!("{{\"id\":1e2,\"text\":\"{FRENCH}\",\"date\":NaN,\"score\":-Infinity}}"),
    ]
    .join("\n");
    let dir = folder(&[("d.jsonl", rows.as_bytes())]);
    let out = run(dir.path(), &["extract", "d.jsonl", "-o", "-", "-q"]);
    expect_code(&out, 0);
    let all = records(&out.stdout);
    assert_eq!(all[0].warnings, ["published_unreadable:1e400"]);
    assert_eq!(
        (all[1].id.as_str(), all[1].published.as_deref()),
        ("1e2", None)
    );
    assert_eq!(all[1].warnings, ["not_a_number"]);
}

/// Reads one file of these bytes: ids and texts.
fn texts(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let dir = folder(&[(name, bytes)]);
    let args = [
        "extract",
        name,
        "-o",
        "-",
        "-q",
        "--with-text",
        "--assume-lang",
        "fra",
    ];
    let out = run(dir.path(), &args);
    expect_code(&out, 0);
    records(&out.stdout)
        .into_iter()
        .map(|r| (r.id, r.text.unwrap_or_default()))
        .collect()
}

#[test]
fn tables_as_programs_write_them() {
    let said = "Elle a dit : \"oui, enfin\" ; puis rien.";
    let plain = "Il a plu, neigé, venté; puis rien.";
    for (name, table, text) in [
        (
            "a.csv",
            format!("sep=;\r\nid;texte\r\n1;\"{plain}\"\r\n"),
            plain,
        ),
        (
            "a.csv",
            format!("\u{feff}\"sep=,\"\nid,texte\n1,\"{plain}\"\n"),
            plain,
        ),
        ("a.csv", format!("id;texte\r1;\"{plain}\"\r"), plain),
        (
            "a.csv",
            format!("id;texte\n1;\"{}\"\n", said.replace('"', "\\\"")),
            said,
        ),
        (
            "a.tsv",
            format!("id\ttexte\n1\t\"{}\"\n", said.replace('"', "\"\"")),
            said,
        ),
        (
            "a.csv",
            "id;texte\n1;\"C:\\temp; puis rien\"\n".into(),
            "C:\\temp; puis rien",
        ),
    ] {
        assert_eq!(
            texts(name, table.as_bytes()),
            [("1".into(), text.into())],
            "{table}"
        );
    }
    let dir = folder(&[("a.csv", b"id,texte,titre\n1,NaN,NULL\n")]);
    let out = run(dir.path(), &["extract", "a.csv", "-o", "-", "-q"]);
    let all = records(&out.stdout);
    assert_eq!(statuses(&all), [SkippedEmpty]);
    assert_eq!(all[0].title, None);
}

#[test]
fn encodings_without_a_mark() {
    let text = "Les élèves ont été reçus à Orléans.";
    let table = format!("id;texte\r\n1;{text}\r\n");
    let utf16 = |big: bool| -> Vec<u8> {
        let units = table.encode_utf16();
        units
            .flat_map(|u| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            })
            .collect()
    };
    // é, è, ç, à in Mac Roman and in code page 850.
    let old = |bytes: [u8; 4]| -> Vec<u8> {
        table
            .chars()
            .map(|c| match c {
                'é' => bytes[0],
                'è' => bytes[1],
                'ç' => bytes[2],
                'à' => bytes[3],
                c => c as u8,
            })
            .collect()
    };
    for bytes in [
        utf16(false),
        utf16(true),
        old([0x8E, 0x8F, 0x8D, 0x88]),
        old([0x82, 0x8A, 0x87, 0x85]),
        old([0xE9, 0xE8, 0xE7, 0xE0]),
    ] {
        assert_eq!(texts("a.csv", &bytes), [("1".into(), text.into())]);
    }
}

#[test]
fn json_of_many_objects() {
    let two = [
        ("1".to_owned(), FRENCH.to_owned()),
        ("2".to_owned(), "] } Fin.".to_owned()),
    ];
    let (a, b) = (
        format!("{{\"id\":\"1\",\"text\":\"{FRENCH}\"}}"),
        "{\"tags\":[{}],\"id\":2,\"text\":\"] } Fin.\"}".to_owned(),
    );
    let indented = |json: &str| json.replace(",\"", ",\n  \"").replacen('{', "{\n  ", 1);
    for json in [
        format!("[{a},{b}]"),
        format!("[\n{a},\n{b}\n]\n"),
        format!("{}\n{}\n", indented(&a), indented(&b)),
        format!(" [ {} , {} ] ", indented(&a), indented(&b)),
        format!("{a}\n{b}\n"),
    ] {
        for name in ["a.json", "a.jsonl", "part-00000-x.c000.json"] {
            assert_eq!(texts(name, json.as_bytes()), two, "{name}: {json}");
        }
    }
    // A file that was cut off gives what is whole, then says so.
    let dir = folder(&[("a.json", format!("[{a},{b}").as_bytes())]);
    let out = run(
        dir.path(),
        &["extract", "a.json", "-o", "-", "--assume-lang", "fra"],
    );
    expect_code(&out, 2);
    assert_eq!(
        statuses(&records(&out.stdout)),
        [Extracted, Extracted, Error]
    );
    assert!(stderr(&out).contains("never closed"));
}

#[test]
fn what_glane_has_written_is_not_read() {
    let dir = folder(&[("in/a.txt", FRENCH.as_bytes())]);
    for (out, layout) in [("r.jsonl.gz", "articles"), ("m.jsonl", "mentions")] {
        let args = ["extract", "in", "-q", "-o", out, "--layout", layout];
        expect_code(&run(dir.path(), &args), 0);
    }
    for name in ["r.jsonl.gz", "m.jsonl", "m.jsonl.manifest.json"] {
        fs::rename(dir.path().join(name), dir.path().join("in").join(name)).unwrap();
    }
    let out = run(dir.path(), &["extract", "in", "-o", "-"]);
    expect_code(&out, 0);
    assert_eq!(records(&out.stdout).len(), 1);
    assert!(
        stderr(&out).contains("3 files that glane has written"),
        "{}",
        stderr(&out)
    );
    let out = run(dir.path(), &["extract", "in/m.jsonl", "-o", "-"]);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("name the files that they were made from"));
}

#[test]
fn places_that_are_refused() {
    let dir = folder(&[("in/a.txt", FRENCH.as_bytes())]);
    for (args, part) in [
        (
            ["extract", "in", "-o", "in/out"],
            "lies in the folder to read",
        ),
        (
            ["extract", "in", "-o", "in/r.jsonl"],
            "lies in the folder to read",
        ),
        (["extract", ".", "-o", "out"], "lies in the folder to read"),
        (["extract", "in", "-o", "r.docx"], "a name that ends in"),
    ] {
        let out = run(dir.path(), &args);
        expect_code(&out, 1);
        assert!(stderr(&out).contains(part), "{args:?}: {}", stderr(&out));
        assert!(!dir.path().join(args[3]).exists());
    }
    expect_code(
        &run(dir.path(), &["extract", "in", "-q", "-o", "v.two/"]),
        0,
    );
    assert!(dir.path().join("v.two/records.jsonl").exists());
}

#[cfg(unix)]
#[test]
fn places_that_cannot_be_written() {
    let dir = folder(&[("a.txt", FRENCH.as_bytes()), ("file", b"")]);
    std::fs::create_dir(dir.path().join("folder.jsonl")).unwrap();
    for (place, part) in [
        ("/dev/full", "/dev/full is no folder: give a folder"),
        ("/dev/null/x", "/dev/null is no folder: give a folder"),
        ("file/x", "file is no folder: give a folder"),
        ("file/x/y.jsonl", "file is no folder: give a folder"),
        ("folder.jsonl", "folder.jsonl is no ordinary file: choose"),
        // Nobody, whatever their rights, can make a folder there.
        ("/proc/x", "nothing can be written at /proc/x: "),
        ("/proc/x.jsonl", "nothing can be written at /proc/x.jsonl"),
    ] {
        let out = run(dir.path(), &["extract", "a.txt", "--force", "-o", place]);
        expect_code(&out, 1);
        let said = stderr(&out);
        assert!(said.contains(part), "{place}: {said}");
        assert!(!said.contains("File exists"), "{place}: {said}");
    }
}
