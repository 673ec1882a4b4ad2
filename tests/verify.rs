//! `glane verify` finds what is wrong, and nothing where nothing is.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, stderr};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

fn rows() -> String {
    (0..40)
        .map(|i| match i {
            20 => "{\"id\":\"n20\",\"texte\":\n".to_owned(),
            _ => format!(
                "{{\"id\":\"n{i}\",\"titre\":\"La gare de Nîmes ferme {i} jours\",\"texte\":\"À Nîmes, le maire a payé {i} euros lundi 4 mai 2020 pour la gare.\"}}\n"
            ),
        })
        .collect()
}

/// A run into `out/` with parts.
fn a_run(more: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("d.jsonl"), rows()).unwrap();
    let args = [
        &[
            "extract",
            "d.jsonl",
            "-o",
            "out",
            "-q",
            "--shard-bytes",
            "2k",
            "--assume-lang",
            "fra",
        ],
        more,
    ]
    .concat();
    expect_code(&run(dir.path(), &args), 2);
    dir
}

fn edit(path: &Path, change: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(path).unwrap();
    let changed = change(text.clone());
    assert!(changed != text, "help: nothing was corrupted");
    fs::write(path, changed).unwrap();
}

/// Makes sizes and digests of the manifest right again, so that what was changed
/// has to be found by what it says.
fn cover_up(out: &Path) {
    edit_manifest(out, |m| {
        let (parts, errors) = {
            let object = m.as_object_mut().unwrap();
            (object["parts"].take(), object["errors"].take())
        };
        let (mut parts, mut errors) = (parts, errors);
        let files = parts.as_array_mut().unwrap().iter_mut();
        let files = files.flat_map(|p| p["files"].as_array_mut().unwrap());
        for file in files.chain(std::iter::once(&mut errors)) {
            let bytes = fs::read(out.join(file["file"].as_str().unwrap())).unwrap();
            file["bytes"] = bytes.len().into();
            let digest = Sha256::digest(&bytes);
            let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
            file["sha256"] = hex.into();
        }
        m["parts"] = parts;
        m["errors"] = errors;
    });
}

fn edit_manifest(out: &Path, change: impl FnOnce(&mut Value)) {
    let path = out.join("manifest.json");
    let mut m: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut m);
    fs::write(&path, serde_json::to_vec_pretty(&m).unwrap()).unwrap();
}

/// A corruption: what is done to the folder, and a part of what is to be said.
type Case = (&'static str, fn(&Path), &'static str);

/// What digests find.
const FILES: &[Case] = &[
    (
        "a part is gone",
        |out| fs::remove_file(out.join("part-00001.jsonl")).unwrap(),
        "part-00001.jsonl: ",
    ),
    (
        "a part is cut short",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t[..t.len() - 30].to_owned()
            })
        },
        "bytes, the manifest says",
    ),
    (
        "one letter is another",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t.replacen("\"id\":\"n0\"", "\"id\":\"x0\"", 1)
            })
        },
        "part-00000.jsonl: its SHA-256",
    ),
    (
        "two parts have changed places",
        |out| {
            let at = |n: u32| out.join(format!("part-0000{n}.jsonl"));
            fs::rename(at(0), out.join("x")).unwrap();
            fs::rename(at(1), at(0)).unwrap();
            fs::rename(out.join("x"), at(1)).unwrap();
        },
        "part-00000.jsonl: ",
    ),
    (
        "an old part is left",
        |out| {
            fs::copy(out.join("part-00000.jsonl"), out.join("part-00077.jsonl")).unwrap();
        },
        "part-00077.jsonl is there, but not in the manifest",
    ),
    (
        "the run is not complete",
        |out| {
            fs::rename(out.join("manifest.json"), out.join("journal.jsonl")).unwrap();
        },
        "--resume",
    ),
    (
        "no manifest at all",
        |out| fs::remove_file(out.join("manifest.json")).unwrap(),
        "without a manifest",
    ),
    (
        "the manifest is torn",
        |out| edit(&out.join("manifest.json"), |t| t[..t.len() / 2].to_owned()),
        "no manifest",
    ),
    (
        "the list of errors is gone",
        |out| fs::remove_file(out.join("errors.jsonl")).unwrap(),
        "errors.jsonl: ",
    ),
    (
        "the manifest counts another number",
        |out| edit_manifest(out, |m| m["counts"]["articles"]["ok"] = 12.into()),
        "not the sum",
    ),
    (
        "an input is called read",
        |out| edit_manifest(out, |m| m["inputs"][0]["complete"] = false.into()),
        "not every input",
    ),
    (
        "an input has fewer articles",
        |out| edit_manifest(out, |m| m["inputs"][0]["rows"] = 3.into()),
        "its inputs have 3 articles",
    ),
    (
        "a part counts another number of dates",
        |out| {
            edit_manifest(out, |m| {
                m["counts"]["mentions"]["dates"] = 1000.into();
                let n = m["parts"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .skip(1)
                    .map(|p| p["counts"]["mentions"]["dates"].as_u64().unwrap())
                    .sum::<u64>();
                m["parts"][0]["counts"]["mentions"]["dates"] = (1000 - n).into();
            })
        },
        "dates, the manifest says",
    ),
];

/// What digests that were made right again do not find.
const CONTENTS: &[Case] = &[
    (
        "a record is gone",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t.split_once('\n').unwrap().1.to_owned()
            })
        },
        "articles `ok`, the manifest says",
    ),
    (
        "a record is there twice",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                format!("{}\n{t}", t.lines().next().unwrap())
            })
        },
        "has come before",
    ),
    (
        "a key is gone",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t.replacen("\"warnings\":[]", "", 1).replacen(",}", "}", 1)
            })
        },
        "not as the schema",
    ),
    (
        "a key is new",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t.replacen("{\"schema\"", "{\"new\":1,\"schema\"", 1)
            })
        },
        "not as glane writes it",
    ),
    (
        "a number is a string",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t.replacen("\"row\":1,", "\"row\":\"1\",", 1)
            })
        },
        "not as the schema",
    ),
    (
        "a row is another",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t.replacen("\"row\":1,", "\"row\":91,", 1)
            })
        },
        "its uid is not",
    ),
    (
        "an offset is another",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t.replacen("\"byte_start\":3,", "\"byte_start\":4,", 1)
            })
        },
        "not as long as its offsets say",
    ),
    (
        "a mention is moved",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                let at = t
                    .find("\"start\":2,\"end\":7,\"byte_start\":3,\"byte_end\":9,")
                    .unwrap();
                let (a, b) = t.split_at(at);
                format!(
                    "{a}{}",
                    b.replacen(
                        "\"start\":2,\"end\":7,\"byte_start\":3,\"byte_end\":9,",
                        "\"start\":3,\"end\":8,\"byte_start\":4,\"byte_end\":10,",
                        1
                    )
                )
            })
        },
        "is not what the text has there",
    ),
    (
        "a score is above 1",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                t.replacen("\"score\":0.", "\"score\":7.", 1)
            })
        },
        "a score is not between 0 and 1",
    ),
    (
        "the text was another",
        |out| {
            edit(&out.join("part-00000.jsonl"), |t| {
                let at = t.find("\"sha256\":\"").unwrap() + 10;
                let flipped = if &t[at..at + 1] == "0" { "1" } else { "0" };
                format!("{}{flipped}{}", &t[..at], &t[at + 1..])
            })
        },
        "its sha256 is not that of the text",
    ),
    (
        "a failed article is called extracted",
        |out| {
            edit(&out.join("part-00001.jsonl"), |t| {
                t.replacen("\"status\":\"error\"", "\"status\":\"ok\"", 1)
            })
        },
        "contradict each other",
    ),
    (
        "an error says something else",
        |out| {
            edit(&out.join("errors.jsonl"), |t| {
                t.replacen("\"stage\":\"parse\"", "\"stage\":\"read\"", 1)
            })
        },
        "the list of errors says",
    ),
    (
        "an error is missing",
        |out| fs::write(out.join("errors.jsonl"), "").unwrap(),
        "the list of errors has 0 articles",
    ),
];

#[test]
fn planted_corruptions_are_found() {
    assert!(FILES.len() + CONTENTS.len() >= 20);
    let good = a_run(&[]);
    let out = run(good.path(), &["verify", "out"]);
    expect_code(&out, 0);
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(
        said.contains("40 rows read, 39 with their text: all as it should be"),
        "{said}"
    );
    for (covered, cases) in [(false, FILES), (true, CONTENTS)] {
        for (name, corrupt, part) in cases {
            let copy = good.path().join("copy");
            let _ = fs::remove_dir_all(&copy);
            fs::create_dir(&copy).unwrap();
            for entry in fs::read_dir(good.path().join("out")).unwrap() {
                let path = entry.unwrap().path();
                fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
            }
            corrupt(&copy);
            if covered {
                cover_up(&copy);
            }
            let out = run(good.path(), &["verify", "copy"]);
            expect_code(&out, 1);
            assert!(stderr(&out).contains(part), "{name}: {}", stderr(&out));
        }
    }
}

#[test]
fn texts_are_used_where_they_are() {
    // In the records themselves; or nowhere, which is said.
    let dir = a_run(&["--with-text"]);
    fs::remove_file(dir.path().join("d.jsonl")).unwrap();
    let out = run(dir.path(), &["verify", "out"]);
    expect_code(&out, 0);
    assert!(String::from_utf8_lossy(&out.stdout).contains("39 with their text"));
    let dir = a_run(&["--layout", "mentions", "--compress", "gzip"]);
    expect_code(&run(dir.path(), &["verify", "out"]), 0);
    let dir = a_run(&[]);
    fs::write(dir.path().join("d.jsonl"), "{}").unwrap();
    let out = run(dir.path(), &["verify", "out"]);
    expect_code(&out, 0);
    assert!(
        stderr(&out).contains("d.jsonl is no longer as it was"),
        "{}",
        stderr(&out)
    );
}
