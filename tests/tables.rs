//! Parquet and tables: the same records as JSON Lines, the same bytes for any number of
//! threads, parts and slices, and what is refused.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, stderr};
use std::{collections::BTreeMap, fs, path::Path};

/// A folder with `d.jsonl`: rows with names, amounts and dates, an empty and a torn one.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut rows = String::new();
    for i in 0..150 {
        let (who, day) = (
            ["Zoé Martin", "Paul Durand", "Léa Petit"][i % 3],
            1 + i % 28,
        );
        rows += &format!(
            "{{\"id\":\"{i:04}\",\"titre\":\"Le budget de Nîmes\",\"date\":\"2024-05-{day:02}\",\"texte\":\"{who} a \
             rencontré le maire de Nîmes à Lyon lundi. La ville a payé {i},50 euros, soit 3 % de \
             plus qu'en 2020. {who} a refusé de « commenter, » dit-on.\",\"url\":\"https://exemple.fr/{i}\"}}\n"
        );
    }
    rows += "{\"id\":\"vide\",\"texte\":\"\"}\n{\"id\":\"torn\",\n";
    fs::write(dir.path().join("d.jsonl"), rows).unwrap();
    dir
}

fn extract(dir: &Path, args: &[&str]) {
    let all = [&["extract", "d.jsonl", "-q", "--keep", "url"], args].concat();
    expect_code(&run(dir, &all), 2);
}

fn refused(dir: &Path, args: &[&str]) -> String {
    let out = run(dir, &[&["extract", "d.jsonl", "-q"], args].concat());
    expect_code(&out, 1);
    stderr(&out)
}

/// The files of a folder but its manifest, which has times in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    all.filter(|path| !path.ends_with("manifest.json"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

#[test]
fn csv_tables_hold_what_the_records_hold() {
    let dir = folder();
    extract(dir.path(), &["-o", "lines/"]);
    extract(
        dir.path(),
        &["-o", "t/", "--layout", "tables", "--as", "csv"],
    );
    let records = common::records(&fs::read(dir.path().join("lines/records.jsonl")).unwrap());
    let table = |name: &str| {
        let text = fs::read_to_string(dir.path().join("t").join(name)).unwrap();
        let marked = text.strip_prefix('\u{feff}');
        assert_eq!(marked.is_some(), !name.contains('-'), "{name}: the mark");
        let mut reader = csv::Reader::from_reader(marked.unwrap_or(&text).as_bytes());
        let rows = reader.deserialize::<BTreeMap<String, String>>();
        rows.map(|row| row.unwrap()).collect::<Vec<_>>()
    };
    let articles = table("articles.csv");
    assert_eq!(articles.len(), records.len());
    for (row, record) in articles.iter().zip(&records) {
        assert_eq!(row["uid"], record.uid);
        assert_eq!(row["id"], record.id);
        assert_eq!(row["meta"], serde_json::to_string(&record.meta).unwrap());
        assert_eq!(row["error_stage"].is_empty(), record.error.is_none());
    }
    let mut of_records = Vec::new();
    for record in &records {
        for money in &record.money {
            of_records.push((
                record.uid.clone(),
                money.span.start.to_string(),
                money.amount_exact.clone().unwrap_or_default(),
            ));
        }
    }
    assert_eq!(of_records.len(), 150, "help: an amount an article");
    let rows = table("money.csv");
    let rows = rows.into_iter().map(|mut row| {
        let mut take = |key: &str| row.remove(key).unwrap();
        (take("uid"), take("start"), take("amount_exact"))
    });
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows, of_records);
    for (name, n) in [
        (
            "entities.csv",
            records.iter().map(|r| r.entities.len()).sum::<usize>(),
        ),
        ("dates.csv", records.iter().map(|r| r.dates.len()).sum()),
        (
            "percents.csv",
            records.iter().map(|r| r.percents.len()).sum(),
        ),
    ] {
        assert_eq!(table(name).len(), n, "{name}");
    }
    // Every mention has its sentence.
    assert!(
        table("entities.csv")
            .iter()
            .all(|row| row["context"].contains(&row["text"]))
    );
    let names = table("names.csv");
    let total: usize = names
        .iter()
        .map(|row| row["mentions"].parse::<usize>().unwrap())
        .sum();
    assert_eq!(
        total,
        records.iter().map(|r| r.entities.len()).sum::<usize>()
    );
    let ids: Vec<_> = names.iter().map(|row| row["id"].clone()).collect();
    let edges = table("edges.csv");
    assert!(!edges.is_empty());
    for edge in &edges {
        assert!(ids.contains(&edge["source"]) && ids.contains(&edge["target"]));
        assert!(edge["source"] < edge["target"]);
    }
    for (of, name) in [
        (&names, "gephi-nodes.csv"),
        (&names, "neo4j-nodes.csv"),
        (&edges, "gephi-edges.csv"),
        (&edges, "neo4j-edges.csv"),
    ] {
        assert_eq!(table(name).len(), of.len(), "{name}");
    }
    assert!(table("gephi-edges.csv")[0].contains_key("Weight"));
    assert!(table("neo4j-edges.csv")[0].contains_key(":START_ID"));
    expect_code(&run(dir.path(), &["verify", "t"]), 0);
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let dir = folder();
    let mut all = vec![
        vec!["--layout", "tables", "--as", "csv"],
        vec!["--layout", "mentions", "--as", "csv"],
    ];
    if cfg!(feature = "parquet") {
        all.push(vec!["--layout", "tables"]);
        all.push(vec!["--as", "parquet"]);
    }
    for (i, args) in all.into_iter().enumerate() {
        let mut made = Vec::new();
        for threads in ["1", "3"] {
            let out = format!("o{i}-{threads}/");
            extract(
                dir.path(),
                &[&args[..], &["-o", &out, "-j", threads]].concat(),
            );
            made.push(files(&dir.path().join(out)));
        }
        assert!(made[0].len() > 1 && made[0] == made[1], "{args:?}");
    }
}

#[test]
fn tables_are_replaced_and_resumed_as_a_whole() {
    let dir = folder();
    let tables = ["--layout", "tables", "--as", "csv", "-o", "t/"];
    extract(dir.path(), &tables);
    let whole = files(&dir.path().join("t"));
    // As a run leaves it that was killed between giving names and its mark.
    let t = dir.path().join("t");
    fs::remove_file(t.join("manifest.json")).unwrap();
    let said = refused(dir.path(), &tables);
    assert!(
        said.contains("articles.csv exists") || said.contains("entities.csv exists"),
        "{said}"
    );
    extract(dir.path(), &[&tables[..], &["--force"]].concat());
    assert_eq!(files(&t), whole);
    let said = refused(dir.path(), &tables);
    assert!(said.contains("manifest.json exists"), "{said}");
    extract(dir.path(), &["--as", "jsonl", "-o", "t/", "--force"]);
    assert!(t.join("records.jsonl").exists() && !t.join("entities.csv").exists());
}

/// What a run has left in `place`, of which nothing is to be read as articles.
fn is_no_article(dir: &Path, place: &str) {
    let folder = place.ends_with('/');
    for entry in fs::read_dir(dir.join(place)).into_iter().flatten() {
        let path = entry.unwrap().path();
        if !path.ends_with("errors.jsonl") {
            is_no_article(dir, path.strip_prefix(dir).unwrap().to_str().unwrap());
        }
    }
    let out = run(dir, &["extract", place, "-o", "-"]);
    expect_code(&out, 1);
    let part = match folder {
        true => "written by glane, which holds no articles",
        false => "records of glane, no articles",
    };
    assert!(stderr(&out).contains(part), "{place}: {}", stderr(&out));
    assert!(out.stdout.is_empty(), "{place}");
}

#[test]
fn what_was_written_is_not_read_as_articles() {
    let dir = folder();
    let csv = ["--layout", "tables", "--as", "csv", "-o", "csv/"];
    extract(dir.path(), &csv);
    assert_eq!(files(&dir.path().join("csv")).len(), 12);
    is_no_article(dir.path(), "csv/");
    extract(dir.path(), &["-o", "m.csv.gz", "--layout", "mentions"]);
    is_no_article(dir.path(), "m.csv.gz");
    if cfg!(feature = "parquet") {
        extract(dir.path(), &["-o", "one.parquet"]);
        is_no_article(dir.path(), "one.parquet");
        extract(dir.path(), &["-o", "t/", "--layout", "tables"]);
        is_no_article(dir.path(), "t/");
    }
    // Articles of other people in such a table are articles.
    let row = "id,uid,source,text\n1,2,Le Midi,Le maire de Nîmes est parti.\n";
    fs::write(dir.path().join("other.csv"), row).unwrap();
    expect_code(&run(dir.path(), &["extract", "other.csv", "-o", "-"]), 0);
}

#[test]
fn what_tables_cannot_do_is_said_with_what_to_do() {
    let dir = folder();
    let tables = ["--layout", "tables"];
    for (args, expected) in [
        (&["-o", "-"][..], "-o month/"),
        (&["-o", "a.csv"], "-o month/"),
        (&["-o", "t/", "--shard-bytes", "1k"], "--as parquet"),
        (&["-o", "t/", "--part", "1/2"], "--as parquet"),
        (&["-o", "t/", "--as", "jsonl"], "--as csv"),
    ] {
        let said = refused(dir.path(), &[&tables[..], args].concat());
        assert!(said.contains(expected), "{args:?}: {said}");
        assert!(!dir.path().join("t").exists(), "{args:?}");
    }
    let said = refused(dir.path(), &["-o", "a.csv"]);
    assert!(said.contains("--layout mentions"), "{said}");
}

#[cfg(feature = "parquet")]
mod parquet {
    use super::*;

    /// Rows of a file, by its own word.
    fn rows(path: &Path) -> usize {
        let file = fs::File::open(path).unwrap();
        let reader = ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file);
        reader
            .unwrap()
            .build()
            .unwrap()
            .map(|batch| batch.unwrap().num_rows())
            .sum()
    }

    #[test]
    fn parts_and_slices_are_merged_and_verified() {
        let dir = folder();
        extract(dir.path(), &["-o", "one.parquet"]);
        assert_eq!(rows(&dir.path().join("one.parquet")), 152);
        expect_code(&run(dir.path(), &["verify", "one.parquet"]), 0);
        extract(
            dir.path(),
            &["-o", "parts/", "--as", "parquet", "--shard-bytes", "8k"],
        );
        let parts = files(&dir.path().join("parts"));
        let parts: Vec<_> = parts
            .keys()
            .filter(|name| name.starts_with("part-"))
            .collect();
        assert!(parts.len() > 3, "{parts:?}");
        let total: usize = parts
            .iter()
            .map(|name| rows(&dir.path().join("parts").join(name)))
            .sum();
        assert_eq!(total, 152);
        for part in ["1/2", "2/2"] {
            let out = format!("s{}/", &part[..1]);
            let all = [
                "extract", "d.jsonl", "-q", "-o", &out, "--as", "parquet", "--part", part,
            ];
            let code = run(dir.path(), &all).status.code();
            // The torn row is in the second.
            assert_eq!(code, Some(if part == "1/2" { 0 } else { 2 }));
        }
        expect_code(&run(dir.path(), &["merge", "s1", "s2", "-o", "whole/"]), 0);
        expect_code(&run(dir.path(), &["verify", "whole"]), 0);
        let whole = files(&dir.path().join("whole"));
        let total: usize = whole
            .keys()
            .filter(|name| name.starts_with("part-"))
            .map(|name| rows(&dir.path().join("whole").join(name)))
            .sum();
        assert_eq!(total, 152);
    }

    #[test]
    fn parquet_is_compressed_inside() {
        let dir = folder();
        let said = refused(
            dir.path(),
            &["-o", "t/", "--as", "parquet", "--compress", "zstd"],
        );
        assert!(said.contains("leave --compress out"), "{said}");
        let said = refused(dir.path(), &["-o", "a.parquet.zst"]);
        assert!(said.contains("a.parquet.zst"), "{said}");
    }
}
