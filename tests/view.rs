//! `glane view` from the outside; what a browser makes of the page is tested by
//! `scripts/test-view.sh`.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run, stderr};
use serde_json::Value;
use std::{fs, path::Path};

/// Rows from which pages are made: a title with mark-up, a text that would end
/// a script, an address that is none of the web, a relative date that nothing
/// settles.
fn rows() -> String {
    let mut rows = vec![
        r#"{"id":"a","titre":"<b>Brest</b>","date":"2023-03-01","url":"https://exemple.fr/a","texte":"Le maire de Brest, Yann Kerdoncuff, a payé 1 250 euros mardi. </script><script>document.title='pris'</script>"}"#.to_owned(),
        r#"{"id":"b","titre":"Rennes","url":"javascript:alert(1)","texte":"La ville de Rennes a voté hier un budget de 3 millions d'euros pour ses écoles."}"#.to_owned(),
        r#"{"id":"c","titre":"Town","date":"2023-04-02","texte":"The mayor of the town said on Saturday that the station would be closed."}"#.to_owned(),
        "{\"id\":\"d\"}".to_owned(),
    ];
    rows.extend((0..30).map(|i| {
        format!(
            r#"{{"id":"n{i}","titre":"Nouvelle {i}","date":"2022-{:02}-15","texte":"La fanfare de Quimper a joué devant les élèves et leurs parents, {i} fois de suite."}}"#,
            i % 12 + 1
        )
    }));
    rows.join("\n") + "\n"
}

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("d.jsonl"), rows()).unwrap();
    dir
}

/// Makes a page and reads the data in it.
fn page(dir: &Path, args: &[&str]) -> (String, Value) {
    let mut all = vec!["view", "d.jsonl", "-o", "p.html"];
    all.extend(args);
    expect_code(&run(dir, &all), 0);
    let html = fs::read_to_string(dir.join("p.html")).unwrap();
    let data = html.split("id=\"data\">").nth(1).unwrap();
    let data = data.split("</script>").next().unwrap();
    let data = serde_json::from_str(data).unwrap();
    (html, data)
}

fn ids(data: &Value) -> Vec<&str> {
    let articles = data["articles"].as_array().unwrap();
    articles.iter().map(|a| a["i"].as_str().unwrap()).collect()
}

/// The mentions of an article: label and what is marked.
fn marked(data: &Value, article: usize) -> Vec<(String, String)> {
    let article = &data["articles"][article];
    let marks = article["m"].as_array().unwrap().iter();
    marks
        .map(|m| {
            let field = if m[0] == 0 { "t" } else { "x" };
            let units: Vec<u16> = article[field].as_str().unwrap().encode_utf16().collect();
            let (from, n) = (m[1].as_u64().unwrap(), m[2].as_u64().unwrap());
            let said = String::from_utf16(&units[from as usize..(from + n) as usize]).unwrap();
            let label = &data["labels"][m[3].as_u64().unwrap() as usize];
            (label.as_str().unwrap().to_owned(), said)
        })
        .collect()
}

#[test]
fn every_article_is_in_the_page_with_its_mentions() {
    let dir = folder();
    let (html, data) = page(dir.path(), &[]);
    assert_eq!(data["articles"].as_array().unwrap().len(), 34);
    let first = marked(&data, 0);
    for (label, said) in [
        ("PER", "Yann Kerdoncuff"),
        ("MONEY", "1 250 euros"),
        ("DATE", "mardi"),
    ] {
        assert!(
            first.contains(&(label.into(), said.into())),
            "help: no {label} {said} in {first:?}"
        );
    }
    let words = |article: usize, said: &str| {
        let at = marked(&data, article).iter().position(|m| m.1 == said);
        data["articles"][article]["m"][at.unwrap()].clone()
    };
    assert_eq!(words(0, "1 250 euros")[6], "1,250 EUR");
    // Tuesday before or on Wednesday 1 March 2023.
    assert_eq!(words(0, "mardi")[6], "28 February 2023");
    // « hier » without a publication date has no value: the flag for null.
    let hier = words(1, "hier");
    assert_eq!((&hier[6], &hier[4]), (&Value::Null, &Value::from(2)));
    let rule = hier[8].as_u64().unwrap() as usize;
    assert!(rule > 0 && !data["rules"][rule - 1].as_str().unwrap().is_empty());
    // Status, language and what failed.
    assert_eq!(data["articles"][2]["s"], "skipped_language");
    assert_eq!(data["articles"][3]["s"], "error");
    assert!(data["articles"][3]["e"].as_str().unwrap().contains("text"));
    // Addresses of the web lead on, others do not.
    assert_eq!(data["articles"][0]["h"], "https://exemple.fr/a");
    assert_eq!(data["articles"][1].get("h"), None);
    // Nothing of an article is mark-up.
    assert_eq!(html.matches("<script").count(), 2);
    assert!(!html.contains("<b>Brest"));
    assert_eq!(data["articles"][0]["t"], "<b>Brest</b>");
    // Nothing is fetched, and nothing else may run.
    assert!(html.contains("default-src 'none'"));
    assert!(!html.contains("unsafe-inline"));
}

/// The page of records is that of the articles they were made from, but for the rules,
/// which records do not tell.
#[test]
fn records_with_their_texts_are_shown() {
    let dir = folder();
    let dir = dir.path();
    let (_, articles) = page(dir, &[]);
    let extract = ["extract", "d.jsonl", "-q", "--keep", "url"];
    let run_to = |place: &str, more: &[&str]| {
        let all = [&extract[..], &["-o", place], more].concat();
        assert!(matches!(run(dir, &all).status.code(), Some(0 | 2)));
    };
    run_to("r.jsonl.gz", &["--with-text"]);
    run_to("folder", &["--with-text", "--shard-bytes", "1k"]);
    run_to("bare.jsonl", &[]);
    let mut places = vec!["r.jsonl.gz", "folder"];
    if cfg!(feature = "parquet") {
        run_to("r.parquet", &["--with-text"]);
        places.push("r.parquet");
    }
    for place in places {
        expect_code(&run(dir, &["view", place, "-o", "q.html"]), 0);
        let html = fs::read_to_string(dir.join("q.html")).unwrap();
        let data = html.split("id=\"data\">").nth(1).unwrap();
        let data = data.split("</script>").next().unwrap();
        let data: Value = serde_json::from_str(data).unwrap();
        assert_eq!(ids(&data), ids(&articles), "{place}");
        for i in 0..ids(&data).len() {
            assert_eq!(
                marked(&data, i),
                marked(&articles, i),
                "{place}, article {i}"
            );
            // Of articles in another language the record has no text.
            if data["articles"][i]["s"] == "ok" {
                assert_eq!(data["articles"][i]["x"], articles["articles"][i]["x"]);
            }
        }
    }
    let found = ["view", "folder", "-o", "q.html", "--find", "kerdoncuff"];
    let out = run(dir, &found);
    expect_code(&out, 0);
    assert!(
        stderr(&out).contains("1 article that names"),
        "{}",
        stderr(&out)
    );
    let out = run(dir, &["view", "bare.jsonl", "-o", "z.html"]);
    expect_code(&out, 1);
    for part in ["bare.jsonl:1", "--with-text"] {
        assert!(stderr(&out).contains(part), "{}", stderr(&out));
    }
    assert!(!dir.join("z.html").exists());
}

#[test]
fn a_sample_is_the_same_for_the_same_seed() {
    let dir = folder();
    let (one, data) = page(dir.path(), &["--sample", "5", "--seed", "7", "-j", "1"]);
    let (again, _) = page(dir.path(), &["--sample", "5", "--seed", "7", "-j", "1"]);
    assert_eq!(one, again);
    let chosen: Vec<String> = ids(&data).iter().map(|s| (*s).to_owned()).collect();
    assert_eq!(chosen.len(), 5);
    let choice = data["about"]["choice"].as_str().unwrap();
    assert!(
        choice.contains("5 of 34 articles") && choice.contains("seed 7"),
        "{choice}"
    );
    let (_, threads) = page(dir.path(), &["--sample", "5", "--seed", "7", "-j", "2"]);
    assert_eq!(ids(&threads), chosen);
    let (_, other) = page(dir.path(), &["--sample", "5", "--seed", "8"]);
    assert_ne!(ids(&other), chosen);
    // In the order of the input.
    let all: Vec<String> = {
        let (_, data) = page(dir.path(), &[]);
        ids(&data).iter().map(|s| (*s).to_owned()).collect()
    };
    let places: Vec<_> = chosen
        .iter()
        .map(|id| all.iter().position(|a| a == id))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn names_and_dates_choose_articles() {
    let dir = folder();
    // Whatever case and accents, whole words.
    let (_, data) = page(dir.path(), &["--find", "kerdoncuff"]);
    assert_eq!(ids(&data), ["a"]);
    let (_, data) = page(dir.path(), &["--from", "2023-03", "--to", "2023-04"]);
    assert_eq!(ids(&data), ["a", "c"]);
    let (_, data) = page(dir.path(), &["--from", "2022-11-20", "--to", "2022"]);
    assert_eq!(ids(&data), ["n11", "n23"]);
    let out = run(
        dir.path(),
        &["view", "d.jsonl", "-o", "p.html", "--find", "Brestois"],
    );
    expect_code(&out, 1);
    assert!(stderr(&out).contains("no article fits"), "{}", stderr(&out));
}

#[test]
fn a_page_replaces_a_page_and_nothing_else() {
    let dir = folder();
    page(dir.path(), &[]);
    page(dir.path(), &["--sample", "1"]);
    fs::write(dir.path().join("mine.html"), "<p>à moi</p>").unwrap();
    for (name, said) in [
        ("mine.html", "--force"),
        ("page.txt", ".html"),
        ("page", ".html"),
    ] {
        let out = run(dir.path(), &["view", "d.jsonl", "-o", name]);
        expect_code(&out, 1);
        assert!(stderr(&out).contains(said) && stderr(&out).contains(name));
    }
    assert_eq!(
        fs::read(dir.path().join("mine.html")).unwrap(),
        "<p>à moi</p>".as_bytes()
    );
    let out = run(
        dir.path(),
        &["view", "d.jsonl", "-o", "mine.html", "--force", "-q"],
    );
    expect_code(&out, 0);
    assert_eq!(stderr(&out), "");
    let out = run(dir.path(), &["view", "nulle-part.jsonl"]);
    expect_code(&out, 1);
    assert!(!dir.path().join("view.html").exists());
    let out = run(dir.path(), &["view", "d.jsonl", "-o", "-"]);
    expect_code(&out, 0);
    assert!(out.stdout.starts_with(b"<!doctype html>"));
}
