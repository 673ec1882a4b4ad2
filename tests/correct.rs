//! From what was found to an annotation tool and back, by the commands.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, stderr};
use std::{fs, path::Path};

const ROWS: &str = r#"{"id":"a | 1","title":"La halle <neuve>","date":"2024-05-04","body":"Luc Morvan a payé 3 euros hier à Brest.\nPuis il a rendu 5 % de la somme."}
{"id":"b","title":"Rien","date":"2024-05-05","body":"Le maire de la commune a salué les habitants du quartier 😀 à Quimper."}
"#;

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("d.jsonl"), ROWS).unwrap();
    dir
}

fn ok(dir: &Path, args: &[&str]) -> String {
    let out = run(dir, args);
    expect_code(&out, 0);
    stderr(&out)
}

fn read(dir: &Path, name: &str) -> String {
    fs::read_to_string(dir.join(name)).unwrap()
}

#[test]
fn the_same_markup_by_every_tool_from_articles_and_from_records() {
    let dir = folder();
    let dir = dir.path();
    ok(
        dir,
        &["extract", "d.jsonl", "--with-text", "-o", "out", "-q"],
    );
    for (tool, place) in [
        ("label-studio", "tasks.json"),
        ("prodigy", "prodigy.jsonl"),
        ("doccano", "doccano.jsonl"),
        ("brat", "brat"),
    ] {
        for input in ["d.jsonl", "out"] {
            let place = format!("{}-{place}", input.trim_end_matches(".jsonl"));
            let said = ok(dir, &["export", input, "--to", tool, "-o", &place]);
            assert!(said.contains("2 of 2 articles"), "{said}");
            let markup = format!("{place}.{tool}.txt");
            // Nobody has looked at the drafts.
            let args = ["import", &place, "--from", tool, "-o", &markup];
            ok(dir, &[&args[..], &["--unchecked"]].concat());
            let text = read(dir, &markup);
            for part in [
                // The title is the first line, its sign escaped.
                "La halle \\<neuve>\n<PER>Luc Morvan</PER> a payé <MONEY a=\"3\" c=\"EUR\">3 euros</MONEY> \
                 <DATE v=\"2024-05-03\">hier</DATE> à <LOC>Brest</LOC>.\n",
                "<PCT v=\"5\">5 %</PCT>",
                "### id: b | date: 2024-05-05\nRien\n",
                "😀 à <LOC>Quimper</LOC>.",
            ] {
                assert!(
                    text.contains(part),
                    "help: {tool}, {input}: no {part:?} in\n{text}"
                );
            }
            // It is what eval reads, and by its own measure without a fault.
            let out = run(dir, &["eval", &markup, "--json"]);
            expect_code(&out, 0);
            let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
            assert_eq!(json["articles"], 2);
            for layer in ["entities", "dates"] {
                assert_eq!(json[layer]["all"]["f1"], 1.0, "{tool}: {json}");
            }
            assert_eq!(json["money"]["amounts"]["value_right"], 1.0);
        }
    }
}

/// A file of one article: its title is in its text already, and the line break at its
/// end is no reason for escapes.
#[test]
fn a_text_file_needs_no_escapes() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let text = "La halle rouvre\n\nLe maire, Luc Morvan, a payé 3 euros à Brest.\n";
    fs::write(dir.join("a.txt"), text).unwrap();
    ok(
        dir,
        &["export", "a.txt", "--to", "doccano", "-o", "t.jsonl"],
    );
    let args = ["import", "t.jsonl", "--from", "doccano", "-o", "g.txt"];
    ok(dir, &args);
    assert_eq!(
        read(dir, "g.txt"),
        "### id: a\nLa halle rouvre\n\nLe maire, <PER>Luc Morvan</PER>, a payé \
         <MONEY a=\"3\" c=\"EUR\">3 euros</MONEY> à <LOC>Brest</LOC>.\n"
    );
}

#[test]
fn what_nobody_has_checked_is_no_gold() {
    let dir = folder();
    let dir = dir.path();
    ok(
        dir,
        &["export", "d.jsonl", "--to", "label-studio", "-o", "t.json"],
    );
    let import = ["import", "t.json", "--from", "label-studio", "-o", "x.txt"];
    let out = run(dir, &import);
    expect_code(&out, 1);
    assert!(stderr(&out).contains("--unchecked"), "{}", stderr(&out));
    // One of them is checked, and something else was found there.
    let mut tasks: serde_json::Value = serde_json::from_str(&read(dir, "t.json")).unwrap();
    tasks[1]["annotations"] = serde_json::json!([{"result": [
        {"id": "1", "from_name": "label", "to_name": "text", "type": "labels",
         "value": {"start": 0, "end": 4, "text": "Rien", "labels": ["MISC"]}}]}]);
    fs::write(dir.join("t.json"), tasks.to_string()).unwrap();
    let said = ok(dir, &import);
    assert!(
        said.contains("1 article left out: nobody has checked"),
        "{said}"
    );
    assert!(read(dir, "x.txt").starts_with("### id: b | date: 2024-05-05\n<MISC>Rien</MISC>\n"));
}

#[test]
fn places_and_mistakes() {
    let dir = folder();
    let dir = dir.path();
    ok(dir, &["extract", "d.jsonl", "-o", "bare", "-q"]);
    fs::write(
        dir.join("strange.jsonl"),
        "{\"text\":\"Anne\",\"label\":[[0,4,\"WHO\"]]}\n",
    )
    .unwrap();
    fs::write(
        dir.join("two.jsonl"),
        "{\"id\":7,\"text\":\"Anne Morel\",\"label\":[[0,10,\"PER\"],[5,10,\"LOC\"]]}\n",
    )
    .unwrap();
    fs::create_dir(dir.join("full")).unwrap();
    fs::write(dir.join("full/a.ann"), "").unwrap();
    for (args, parts) in [
        // Records without their text.
        (
            &["export", "bare", "--to", "brat", "-o", "x"][..],
            &["records.jsonl:1", "--with-text"][..],
        ),
        (
            &["export", "d.jsonl", "--to", "brat", "-o", "-"],
            &["folder"],
        ),
        (
            &["export", "d.jsonl", "--to", "brat", "-o", "full"],
            &["full", "not empty"],
        ),
        (
            &["export", "d.jsonl", "--to", "doccano", "-o", "d.jsonl"],
            &["d.jsonl exists", "--force"],
        ),
        (
            &["export", "nulle-part", "--to", "doccano", "-o", "x"],
            &["nulle-part", "nothing to read"],
        ),
        (
            &["export", "d.jsonl", "--to", "excel", "-o", "x"],
            &["label-studio", "brat"],
        ),
        (
            &[
                "import",
                "strange.jsonl",
                "--from",
                "doccano",
                "-o",
                "x.txt",
            ],
            &["`WHO` (1)", "PER, LOC"],
        ),
        (
            &["import", "two.jsonl", "--from", "doccano", "-o", "x.txt"],
            &["article `7`", "« Morel »"],
        ),
        (
            &[
                "import",
                "strange.jsonl",
                "--from",
                "doccano",
                "-o",
                "x.json",
            ],
            &["x.json", ".txt"],
        ),
        (
            &["import", "rien", "--from", "brat", "-o", "x.txt"],
            &["rien: "],
        ),
    ] {
        let out = run(dir, args);
        expect_code(&out, 1);
        let said = stderr(&out);
        assert!(parts.iter().all(|p| said.contains(p)), "{args:?}: {said}");
        assert!(
            !dir.join("x").exists() && !dir.join("x.txt").exists(),
            "{args:?}"
        );
    }
    assert_eq!(read(dir, "d.jsonl"), ROWS);
}

/// The configuration of Label Studio in the documentation has every label.
#[test]
fn the_documented_configuration_is_whole() {
    let doc = include_str!("../docs/CORRECTING.md");
    for tag in glane::eval::markup::TAGS.concat() {
        assert!(doc.contains(&format!("<Label value=\"{tag}\"")), "{tag}");
    }
    for name in ["name=\"label\"", "name=\"text\"", "name=\"value\""] {
        assert!(doc.contains(name), "{name}");
    }
    for tool in glane::exchange::ALL {
        assert!(
            doc.contains(&format!("--to {}", tool.name)),
            "{}",
            tool.name
        );
        assert!(
            doc.contains(&format!("--from {}", tool.name)),
            "{}",
            tool.name
        );
    }
}
