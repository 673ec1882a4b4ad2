//! Titles of rows: read with their text, placed in their own field.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{check_laws, expect_code, records, run_with};
use glane::{
    Extractor,
    article::Article,
    record::{Field, Record},
};
use proptest::prelude::*;
use std::{path::Path, sync::LazyLock};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    Extractor::builder()
        .assume_language("fra")
        .unwrap()
        .context(true)
        .build()
        .unwrap()
});

fn feed(args: &[&str], input: &str) -> std::process::Output {
    run_with(Path::new("."), args, input.as_bytes())
}

fn read(title: &str, text: &str) -> Record {
    let mut article = Article::from_text("a", text);
    article.title = Some(title.to_owned());
    let record = EXTRACTOR.extract(&article);
    check_laws(&record, text);
    record
}

#[test]
fn a_title_is_read_in_its_own_field() {
    let record = read(
        "Nîmes : 3 millions d'euros pour la gare",
        "La ville de Nîmes a payé. La gare rouvre. Elle versera 12 millions d'euros de plus.",
    );
    let money: Vec<_> = record
        .money
        .iter()
        .map(|m| {
            (
                m.span.field,
                m.span.start,
                m.span.text.as_str(),
                m.span.sentence,
            )
        })
        .collect();
    assert_eq!(
        money,
        [
            (Field::Title, 8, "3 millions d'euros", 0),
            (Field::Text, 55, "12 millions d'euros", 2)
        ]
    );
    assert_eq!(
        record.money[1].span.context.as_deref(),
        Some("Elle versera 12 millions d'euros de plus.")
    );
}

#[test]
fn a_name_in_the_title_is_the_one_of_the_text() {
    let record = read(
        "Macron à Lyon",
        "Le président Emmanuel Macron est venu à Lyon lundi. Il a parlé aux élus de la ville.",
    );
    let title: Vec<_> = record
        .entities
        .iter()
        .filter(|e| e.span.field == Field::Title)
        .map(|e| (e.span.text.as_str(), e.name.as_str()))
        .collect();
    assert_eq!(title, [("Macron", "Emmanuel Macron"), ("Lyon", "Lyon")]);
}

#[test]
fn a_title_that_the_text_begins_with_is_read_once() {
    let record = read(
        "La gare de Nîmes perd 12 %",
        "LA GARE DE NÎMES PERD 12 %\n\nElle perd 12 % de ses trains.",
    );
    let fields: Vec<_> = record.percents.iter().map(|p| p.span.field).collect();
    assert_eq!(fields, [Field::Text, Field::Text]);
}

#[test]
fn rows_of_both_kinds_and_layouts() {
    let jsonl = r#"{"id":"1","title":"Le prix passe à 30 euros","text":"Le maire de la ville a dit que le prix restait à 20 euros."}"#;
    let csv = "id,title,text\n1,Le prix passe à 30 euros,Le maire de la ville a dit que le prix restait à 20 euros.\n";
    for (format, input) in [("jsonl", jsonl), ("csv", csv)] {
        let out = feed(
            &["extract", "-", "--format", format, "-q", "-o", "-"],
            input,
        );
        expect_code(&out, 0);
        let records = records(&out.stdout);
        let money: Vec<_> = records[0]
            .money
            .iter()
            .map(|m| (m.span.field, m.span.byte_start))
            .collect();
        assert_eq!(money, [(Field::Title, 17), (Field::Text, 50)], "{format}");
    }
    let args = ["extract", "-", "--layout", "mentions", "-q", "-o", "-"];
    let out = feed(&args, jsonl);
    expect_code(&out, 0);
    let fields: Vec<_> = std::str::from_utf8(&out.stdout)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["field"].clone())
        .collect();
    assert_eq!(fields, ["title", "text"]);
}

proptest! {
    #[test]
    fn any_title_and_text_give_a_lawful_record(
        title in "(([a-zé]{1,8}|12|mars|2024|lundi|euros|[ ,.’'«»%€\n\r-]){0,12})|\\PC{0,12}",
        text in "(([a-zé]{1,8}|12|mars|2024|lundi|euros|[ ,.’'«»%€\n\r-]){0,30})|\\PC{0,30}",
    ) {
        read(&title, &text);
    }
}
