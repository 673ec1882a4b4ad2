//! Snapshots of the records of `seeds/`, and laws that hold for any text.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{check_laws, expect_code, run};
use glane::{
    Extractor,
    article::Article,
    output::layout,
    record::{Record, Status},
};
use proptest::prelude::*;
use std::{path::Path, sync::LazyLock};

#[test]
fn samples() {
    let out = run(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &["extract", "seeds", "-o", "-", "-q"],
    );
    expect_code(&out, 0);
    for line in std::str::from_utf8(&out.stdout).unwrap().lines() {
        let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = record["id"].as_str().unwrap().to_owned();
        // A model trained anew has other scores, and its offsets are held by
        // the laws: of a name the snapshot keeps what a reader would judge.
        let names: Vec<String> = record["entities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| {
                let part = |key: &str| e[key].as_str().unwrap().to_owned();
                format!("{} {} = {}", part("label"), part("text"), part("name"))
            })
            .collect();
        record["entities"] = names.into();
        insta::assert_json_snapshot!(id, record);
    }
}

/// The record that README shows is the one that its command prints.
#[test]
fn the_record_of_the_readme() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(here.join("README.md")).unwrap();
    let shown = readme.split("```json\n").nth(1).unwrap();
    let shown: Record = serde_json::from_str(shown.split("```").next().unwrap()).unwrap();
    let out = run(here, &["extract", "seeds/breves.jsonl", "-o", "-", "-q"]);
    expect_code(&out, 0);
    assert_eq!(common::records(&out.stdout)[1], shown);
}

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    Extractor::builder()
        .assume_language("fra")
        .unwrap()
        .build()
        .unwrap()
});

/// Texts out of what articles are made of and what breaks programs.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zéèàçA-ZÉÀ]{1,9}",
        "[0-9]{1,4}([  \u{a0}\u{202f}.,/:h-][0-9]{1,3}){0,2}",
        prop::sample::select(vec![
            " ",
            " ",
            " ",
            "\n",
            "\n\n",
            "\t",
            "\u{a0}",
            "\u{202f}",
            "\r\n",
            "’",
            "'",
            "«\u{a0}",
            "\u{a0}»",
            ". ",
            ", ",
            " %",
            " €",
            " euros",
            " millions de dollars",
            " milliards d'",
            "lundi ",
            "le 14 mars 2024",
            "hier",
            "il y a trois ans",
            "1er mai",
            "M. ",
            "Nîmes",
            "l'Oréal",
            "e\u{301}",
            "👩\u{200d}🚀",
            "\u{feff}",
            "İ",
            "ﬁ",
            "https://a.fr/2024?x=12%",
            "@maud",
            "fin mars",
            "du 3 au 5 mai",
            "12h30",
            "-3 %",
            "$",
            "£4",
            "…",
            "—",
            "(",
            ")",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|p| p.concat())
}

proptest! {
    #[test]
    fn any_text_gives_a_lawful_record(text in text(), dated in any::<bool>()) {
        let mut article = Article::from_text("x", text.as_str());
        if dated {
            article.published = Some((
                "2024-03-14".parse().unwrap(),
                glane::record::PublishedFrom::Option,
            ));
        }
        let record = EXTRACTOR.extract(&article);
        check_laws(&record, &text);
        prop_assert_eq!(&record, &EXTRACTOR.extract(&article));
        prop_assert_eq!(record.status == Status::SkippedEmpty, text.trim().is_empty());

        // One line, which reads back as the same record.
        let mut line = Vec::new();
        layout::ARTICLES.write(&record, &mut line);
        prop_assert_eq!(line.iter().filter(|b| **b == b'\n').count(), 1);
        let back: Record = serde_json::from_slice(&line).unwrap();
        prop_assert_eq!(back, record);
    }
}

/// What reads today's records reads those of a later version, which may have
/// more keys.
#[test]
fn a_record_with_a_key_more_is_read() {
    let article = Article::from_text("x", "Nîmes a payé 30 euros hier.");
    let record = EXTRACTOR.extract(&article);
    let mut line = serde_json::to_value(&record).unwrap();
    line["later"] = 1.into();
    let back: Record = serde_json::from_value(line).unwrap();
    assert_eq!(back, record);
}
