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
    try_all(good.path(), FILES, false);
    try_all(good.path(), CONTENTS, true);
}

/// Each corruption in a copy of `out`, with digests made right again or not.
fn try_all(dir: &Path, cases: &[Case], covered: bool) {
    for (name, corrupt, part) in cases {
        let copy = dir.join("copy");
        let _ = fs::remove_dir_all(&copy);
        fs::create_dir(&copy).unwrap();
        for entry in fs::read_dir(dir.join("out")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
        }
        corrupt(&copy);
        if covered {
            cover_up(&copy);
        }
        let out = run(dir, &["verify", "copy"]);
        assert!(stderr(&out).contains(part), "{name}: {}", stderr(&out));
        expect_code(&out, 1);
    }
}

/// What `glane verify out` prints of a run that is as it should be.
fn as_it_should_be(dir: &Path) -> String {
    let out = run(dir, &["verify", "out"]);
    expect_code(&out, 0);
    format!("{}{}", String::from_utf8_lossy(&out.stdout), stderr(&out))
}

/// A run into `out/` without parts.
fn whole(more: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    // Two names in a sentence.
    let rows = rows().replace("le maire a", "le maire Paul Durand a");
    fs::write(dir.path().join("d.jsonl"), rows).unwrap();
    let args = ["extract", "d.jsonl", "-q", "--assume-lang", "fra"];
    expect_code(&run(dir.path(), &[&args, more].concat()), 2);
    dir
}

/// The line of a table that begins with `begin`, taken away.
fn without(text: &str, begin: &str) -> String {
    let lines = text.split_inclusive('\n');
    let mut there = false;
    let kept = lines.filter(|line| {
        let it = !there && line.starts_with(begin);
        there |= it;
        !it
    });
    kept.collect()
}

/// A cell of the first row of a table, changed.
fn cell(path: &Path, column: &str, change: impl Fn(&str) -> String) {
    let text = fs::read_to_string(path).unwrap();
    let marked = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = csv::Reader::from_reader(marked.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = header.iter().position(|name| name == column).unwrap();
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(&header).unwrap();
    for (i, row) in reader.records().enumerate() {
        let row = row.unwrap();
        let cells = row.iter().enumerate().map(|(j, cell)| match (i, j == at) {
            (0, true) => change(cell),
            _ => cell.to_owned(),
        });
        out.write_record(cells.collect::<Vec<_>>()).unwrap();
    }
    fs::write(path, out.into_inner().unwrap()).unwrap();
}

fn one_more(digits: &str) -> String {
    (digits.parse::<u64>().unwrap() + 1).to_string()
}

/// What rows of tables say.
const TABLES: &[Case] = &[
    (
        "an amount is gone",
        |out| {
            edit(&out.join("money.csv"), |t| {
                let row = t.lines().nth(3).unwrap().to_owned();
                without(&t, &row)
            })
        },
        "money, the manifest says",
    ),
    (
        "a name belongs to no article",
        |out| {
            cell(&out.join("entities.csv"), "uid", |_| {
                "0123456789abcdef".to_owned()
            })
        },
        "entities.csv, row 1: no article has its uid 0123456789abcdef",
    ),
    (
        "an article is gone",
        |out| {
            edit(&out.join("articles.csv"), |t| {
                let row = t.lines().nth(2).unwrap().to_owned();
                without(&t, &row)
            })
        },
        "no article has its uid",
    ),
    (
        "a status is none",
        |out| cell(&out.join("articles.csv"), "status", |_| "fine".to_owned()),
        "row 1 of articles.csv: not as the schema: unknown variant `fine`",
    ),
    (
        "an offset is another",
        |out| cell(&out.join("dates.csv"), "start", one_more),
        "not as long as its offsets say",
    ),
    (
        "a mention is another word",
        |out| {
            cell(&out.join("entities.csv"), "text", |text| {
                text.replace('N', "M")
            })
        },
        "is not what the",
    ),
    (
        "a number is a word",
        |out| cell(&out.join("money.csv"), "amount", |_| "cher".to_owned()),
        "money.csv: after row 0: the column `amount` has \"cher\", which is no number",
    ),
    (
        "a column is gone",
        |out| edit(&out.join("percents.csv"), |t| t.replacen(",zone", "", 1)),
        "percents.csv: its columns are uid, start",
    ),
    (
        "a meta with blanks",
        |out| cell(&out.join("articles.csv"), "meta", |_| "{ }".to_owned()),
        "not as glane writes it: the column `meta`",
    ),
    (
        "a name was counted once more",
        |out| cell(&out.join("names.csv"), "mentions", one_more),
        "names.csv: its counts are not those",
    ),
    (
        "a name is called otherwise",
        |out| cell(&out.join("names.csv"), "name", |_| "Autre".to_owned()),
        "row 1 of names.csv: its name is not the first of its spellings",
    ),
    (
        "a pair is gone",
        |out| {
            edit(&out.join("edges.csv"), |t| {
                let row = t.lines().nth(1).unwrap().to_owned();
                without(&t, &row)
            })
        },
        "edges.csv: its counts are not those",
    ),
    (
        "a pair is the wrong way round",
        |out| cell(&out.join("edges.csv"), "source", |_| "ZZZ:zzz".to_owned()),
        "row 1 of edges.csv: its ends are not in order",
    ),
    (
        "a table is not listed",
        |out| {
            edit_manifest(out, |m| {
                let files = m["parts"][0]["files"].as_array_mut().unwrap();
                files.retain(|file| file["file"] != "dates.csv");
            })
        },
        "dates is not among its tables",
    ),
];

#[test]
fn rows_of_tables_are_read_together() {
    let args = ["-o", "out/", "--layout", "tables", "--as", "csv"];
    let dir = whole(&args);
    let said = as_it_should_be(dir.path());
    assert!(
        said.contains("40 rows read, 39 with their text: all as it should be"),
        "{said}"
    );
    assert!(
        said.contains("gephi-nodes.csv: its rows were not read, since they repeat"),
        "{said}"
    );
    let pairs = fs::read_to_string(dir.path().join("out/edges.csv")).unwrap();
    assert!(pairs.lines().count() > 1, "help: a pair to take away");
    try_all(dir.path(), TABLES, true);
    // Where the inputs are not there, offsets are still held against each other.
    fs::remove_file(dir.path().join("d.jsonl")).unwrap();
    let said = as_it_should_be(dir.path());
    assert!(said.contains("0 with their text"), "{said}");
    let dir = whole(&["-o", "out.csv.gz", "--layout", "mentions"]);
    let out = run(dir.path(), &["verify", "out.csv.gz"]);
    expect_code(&out, 0);
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(!said.contains(" 0 rows read"), "{said}");
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

#[cfg(feature = "parquet")]
mod parquet {
    use super::*;
    use ::parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder};
    use arrow_array::{
        Array, ArrayRef, Float64Array, Int32Array, Int64Array, ListArray, RecordBatch, StringArray,
        StructArray,
        cast::AsArray,
        types::{Float64Type, Int64Type},
    };
    use std::sync::Arc;

    fn read(path: &Path) -> RecordBatch {
        let file = fs::File::open(path).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let mut batches = reader.with_batch_size(1 << 20).build().unwrap();
        batches.next().unwrap().unwrap()
    }

    fn write(path: &Path, batches: &[RecordBatch]) {
        let file = fs::File::create(path).unwrap();
        let mut writer = ArrowWriter::try_new(file, batches[0].schema(), None).unwrap();
        for batch in batches {
            writer.write(batch).unwrap();
        }
        writer.close().unwrap();
    }

    /// Writes a part anew.
    fn change(out: &Path, file: &str, change: impl Fn(&RecordBatch) -> Vec<RecordBatch>) {
        let path = out.join(file);
        write(&path, &change(&read(&path)));
    }

    /// The same with another column of a name that is there.
    fn column(batch: &RecordBatch, name: &str, new: ArrayRef) -> RecordBatch {
        let at = batch.schema().index_of(name).unwrap();
        let named = batch
            .schema()
            .fields()
            .iter()
            .zip(batch.columns())
            .enumerate()
            .map(|(i, (field, old))| match i == at {
                true => (name.to_owned(), Arc::clone(&new), field.is_nullable()),
                false => (field.name().clone(), Arc::clone(old), field.is_nullable()),
            })
            .collect::<Vec<_>>();
        RecordBatch::try_from_iter_with_nullable(named).unwrap()
    }

    fn texts(batch: &RecordBatch, name: &str, new: impl Fn(&str) -> String) -> RecordBatch {
        let old = batch.column_by_name(name).unwrap().as_string::<i32>();
        let new: StringArray = old.iter().map(|text| text.map(&new)).collect();
        column(batch, name, Arc::new(new))
    }

    /// The same with another column of the mentions of a layer.
    fn inside(
        batch: &RecordBatch,
        layer: &str,
        name: &str,
        new: impl Fn(&ArrayRef) -> ArrayRef,
    ) -> RecordBatch {
        let list = batch.column_by_name(layer).unwrap().as_list::<i32>();
        let (element, offsets, values, nulls) = list.clone().into_parts();
        let (fields, mut columns, none) = values.as_struct().clone().into_parts();
        let at = fields.iter().position(|f| f.name() == name).unwrap();
        columns[at] = new(&columns[at]);
        let structs = StructArray::new(fields, columns, none);
        let list = ListArray::new(element, offsets, Arc::new(structs), nulls);
        column(batch, layer, Arc::new(list))
    }

    fn numbers(array: &ArrayRef) -> ArrayRef {
        let old = array.as_primitive::<Int64Type>();
        Arc::new(old.iter().map(|n| n.map(|n| n + 1)).collect::<Int64Array>())
    }

    const PART: &str = "part-00000.parquet";

    const ROWS: &[Case] = &[
        (
            "a record is gone",
            |out| change(out, PART, |rows| vec![rows.slice(1, rows.num_rows() - 1)]),
            "articles `ok`, the manifest says",
        ),
        (
            "a record is there twice",
            |out| change(out, PART, |rows| vec![rows.slice(0, 1), rows.clone()]),
            "part-00000.parquet, row 2: the key",
        ),
        (
            "a column is gone",
            |out| {
                change(out, PART, |rows| {
                    let mut fewer = rows.clone();
                    fewer.remove_column(3);
                    vec![fewer]
                })
            },
            "part-00000.parquet: its columns are schema, id, uid, row",
        ),
        (
            "a column is of another type",
            |out| {
                change(out, PART, |rows| {
                    let short: Int32Array = (0..rows.num_rows() as i32).collect();
                    vec![column(rows, "row", Arc::new(short))]
                })
            },
            "its column `row` holds Int32, not Int64",
        ),
        (
            "a row is another",
            |out| {
                change(out, PART, |rows| {
                    let new = numbers(rows.column_by_name("row").unwrap());
                    vec![column(rows, "row", new)]
                })
            },
            "its uid is not",
        ),
        (
            "the offsets of a layer are moved",
            |out| {
                change(out, PART, |rows| {
                    let mut moved = rows.clone();
                    for name in ["start", "end", "byte_start", "byte_end"] {
                        moved = inside(&moved, "money", name, numbers);
                    }
                    vec![moved]
                })
            },
            "is not what the text has there",
        ),
        (
            "a mention is not as long",
            |out| {
                change(out, PART, |rows| {
                    vec![inside(rows, "dates", "byte_end", numbers)]
                })
            },
            "not as long as its offsets say",
        ),
        (
            "a score is above 1",
            |out| {
                change(out, PART, |rows| {
                    vec![inside(rows, "entities", "score", |old| {
                        let old = old.as_primitive::<Float64Type>();
                        Arc::new(
                            old.iter()
                                .map(|x| x.map(|x| x + 7.0))
                                .collect::<Float64Array>(),
                        )
                    })]
                })
            },
            "a score is not between 0 and 1",
        ),
        (
            "a label is none",
            |out| {
                change(out, PART, |rows| {
                    vec![inside(rows, "entities", "label", |old| {
                        Arc::new(StringArray::from(vec!["VILLE"; old.len()]))
                    })]
                })
            },
            "not as the schema: unknown variant `VILLE`",
        ),
        (
            "a meta is no object",
            |out| {
                change(out, PART, |rows| {
                    vec![texts(rows, "meta", |_| "7".to_owned())]
                })
            },
            "not as the schema",
        ),
        (
            "a meta with blanks",
            |out| {
                change(out, PART, |rows| {
                    vec![texts(rows, "meta", |_| "{ }".to_owned())]
                })
            },
            "not as glane writes it: the column `meta`",
        ),
        (
            "an article was called failed",
            |out| {
                change(out, PART, |rows| {
                    vec![texts(rows, "status", |_| "error".to_owned())]
                })
            },
            "contradict each other",
        ),
        (
            "the file is cut short",
            |out| {
                let bytes = fs::read(out.join(PART)).unwrap();
                fs::write(out.join(PART), &bytes[..bytes.len() / 2]).unwrap();
            },
            "part-00000.parquet: ",
        ),
        (
            "an error is missing",
            |out| fs::write(out.join("errors.jsonl"), "").unwrap(),
            "the list of errors has 0 articles",
        ),
    ];

    #[test]
    fn rows_of_parquet_are_read() {
        let dir = a_run(&["--as", "parquet"]);
        let said = as_it_should_be(dir.path());
        assert!(
            said.contains("40 rows read, 39 with their text: all as it should be"),
            "{said}"
        );
        try_all(dir.path(), ROWS, true);
        // What digests find is not read: one letter of a page is enough.
        let damaged: &[Case] = &[(
            "a byte is another",
            |out| {
                let mut bytes = fs::read(out.join(PART)).unwrap();
                bytes[100] ^= 1;
                fs::write(out.join(PART), bytes).unwrap();
            },
            "part-00000.parquet: its SHA-256",
        )];
        try_all(dir.path(), damaged, false);
    }

    #[test]
    fn whatever_byte_is_another_it_ends_in_words() {
        let dir = whole(&["-o", "out/", "--as", "parquet"]);
        let path = dir.path().join("out/records.parquet");
        let good = fs::read(&path).unwrap();
        for i in 0..30 {
            let mut bytes = good.clone();
            let at = i * good.len() / 30;
            bytes[at] ^= 0x55;
            fs::write(&path, bytes).unwrap();
            cover_up(&dir.path().join("out"));
            let out = run(dir.path(), &["verify", "out"]);
            // What the library panics over is caught, and costs the file only.
            let verdict = String::from_utf8_lossy(&out.stdout);
            assert!(verdict.starts_with("out: 1 part"), "byte {at}: {verdict}");
            let code = out.status.code();
            let fine = verdict.contains("all as it should be");
            assert_eq!(code, Some(i32::from(!fine)), "byte {at}: {}", stderr(&out));
        }
    }

    #[test]
    fn tables_and_mentions_are_read() {
        let dir = whole(&["-o", "out/", "--layout", "tables"]);
        let said = as_it_should_be(dir.path());
        assert!(
            said.contains("40 rows read, 39 with their text: all as it should be"),
            "{said}"
        );
        let cases: &[Case] = &[(
            "a time is another",
            |out| change(out, "dates.parquet", |rows| vec![rows.slice(0, 3)]),
            "dates, the manifest says",
        )];
        try_all(dir.path(), cases, true);
        let dir = whole(&[
            "-o",
            "out/",
            "--layout",
            "mentions",
            "--as",
            "parquet",
            "--context",
        ]);
        assert!(as_it_should_be(dir.path()).contains("all as it should be"));
        let cases: &[Case] = &[(
            "a kind is none",
            |out| {
                change(out, "mentions.parquet", |rows| {
                    vec![texts(rows, "kind", |_| "ville".to_owned())]
                })
            },
            "not as the schema: unknown variant `ville`",
        )];
        try_all(dir.path(), cases, true);
    }
}
