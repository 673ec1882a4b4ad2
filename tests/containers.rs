//! The same article gives the same mentions, whatever it comes in.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{records, run, stderr};
use glane::record::{Record, Status};
use std::{fs, io::Write, path::Path};

const TITLE: &str = "La gare de Nîmes fermera en juillet";
const PARAGRAPHS: [&str; 3] = [
    "Le maire de Nîmes, Julien Plantier, a annoncé lundi que la gare fermerait pour travaux pendant \
     trois semaines. La SNCF y consacrera 12 millions d'euros, soit 8 % de son budget régional.",
    "« Les voyageurs prendront le car jusqu'à Montpellier », a précisé la présidente de la région \
     Occitanie, Carole Delga, qui attend 4 500 personnes par jour dans ces cars.",
    "La gare rouvrira le 29 juillet. L'Union européenne a promis 2,5 millions d'euros de plus si les \
     travaux finissent avant la fin de l'année, selon Anne Faure, de la Commission.",
];

fn text() -> String {
    PARAGRAPHS.join("\n\n")
}

fn html() -> String {
    let body: String = PARAGRAPHS.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{TITLE}</title></head>\
         <body><nav><a href=\"/\">Accueil</a></nav><article><h1>{TITLE}</h1>{body}</article></body></html>"
    )
}

fn warc(kind: &str, head: &str, block: &str) -> Vec<u8> {
    let url = "https://exemple.fr/gare";
    let length = block.len();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-04T06:07:08Z\r\n\
         WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {head}\r\nContent-Length: {length}\r\n\r\n"
    );
    let record = [head.as_bytes(), block.as_bytes(), b"\r\n\r\n"].concat();
    let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    w.write_all(&record).unwrap();
    w.finish().unwrap()
}

fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    builder.append_data(&mut header, name, bytes).unwrap();
    builder.into_inner().unwrap()
}

fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    out.start_file(name, zip::write::SimpleFileOptions::default())
        .unwrap();
    out.write_all(bytes).unwrap();
    out.finish().unwrap().into_inner()
}

#[cfg(feature = "parquet")]
fn parquet() -> Vec<u8> {
    use parquet::{
        data_type::{ByteArray, ByteArrayType},
        file::writer::SerializedFileWriter,
        schema::parser::parse_message_type,
    };
    let schema = "message article { required binary titre (UTF8); required binary texte (UTF8); }";
    let schema = parse_message_type(schema).unwrap().into();
    let mut out = SerializedFileWriter::new(Vec::new(), schema, Default::default()).unwrap();
    let mut group = out.next_row_group().unwrap();
    for value in [TITLE, &text()] {
        let mut column = group.next_column().unwrap().unwrap();
        let values = [ByteArray::from(value)];
        column
            .typed::<ByteArrayType>()
            .write_batch(&values, None, None)
            .unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    out.into_inner().unwrap()
}

/// The article in each of its forms.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let titled = format!("{TITLE}\n\n{}", text());
    let json = serde_json::json!({"titre": TITLE, "texte": text()}).to_string();
    let page = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}",
        html()
    );
    let body: String = PARAGRAPHS.iter().map(|p| format!("<p>{p}</p>")).collect();
    let rss = format!(
        "<rss><channel><item><title>{TITLE}</title><description><![CDATA[{body}]]></description>\
         </item></channel></rss>"
    );
    vec![
        ("a.txt", titled.clone().into()),
        ("b.jsonl", json.clone().into()),
        ("c.json", format!("[{json}]").into()),
        ("d.html", html().into()),
        (
            "e.warc.gz",
            warc("response", "application/http; msgtype=response", &page),
        ),
        ("f.warc.wet.gz", warc("conversion", "text/plain", &titled)),
        ("g.tar", tar("presse/a.txt", titled.as_bytes())),
        ("h.zip", zip("presse/a.html", html().as_bytes())),
        ("i.rss", rss.into()),
        #[cfg(feature = "parquet")]
        ("j.parquet", parquet()),
    ]
}

/// Label or kind, text and value of all mentions, in the text.
fn mentions(record: &Record) -> Vec<String> {
    let names = record
        .entities
        .iter()
        .map(|e| format!("{:?} {} {}", e.label, e.span.text, e.name));
    let money = record
        .money
        .iter()
        .map(|m| format!("{} {:?}", m.span.text, m.amount));
    let dates = record
        .dates
        .iter()
        .map(|d| format!("{} {:?}", d.span.text, d.value));
    let percents = record
        .percents
        .iter()
        .map(|p| format!("{} {:?}", p.span.text, p.value));
    names.chain(money).chain(dates).chain(percents).collect()
}

fn read(dir: &Path) -> Vec<Record> {
    let out = run(
        dir,
        &["extract", ".", "-q", "-o", "-", "--published", "2024-07-02"],
    );
    assert!(out.status.success(), "{}", stderr(&out));
    records(&out.stdout)
}

#[test]
fn one_article_gives_the_same_mentions_in_all_its_forms() {
    let dir = tempfile::tempdir().unwrap();
    let forms = forms();
    for (name, bytes) in &forms {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let records = read(dir.path());
    assert_eq!(records.len(), forms.len());
    let expected = mentions(&records[0]);
    assert!(expected.len() >= 12, "{expected:?}");
    for record in &records {
        let source = record.source.as_deref().unwrap_or_default();
        assert_eq!(record.status, Status::Ok, "{source}");
        assert_eq!(record.title.as_deref(), Some(TITLE), "{source}");
        assert_eq!(mentions(record), expected, "{source}");
    }
    let url = records[4].meta.get("url").unwrap();
    assert_eq!(url.as_json(), "\"https://exemple.fr/gare\"");
}

#[test]
fn nobody_is_asked_where_the_text_of_a_crawl_or_a_feed_is() {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in forms() {
        if name.contains("warc") || name.contains("rss") {
            fs::write(dir.path().join(name), bytes).unwrap();
            let out = run(dir.path(), &["peek", name]);
            let said = format!("{}{}", stderr(&out), String::from_utf8_lossy(&out.stdout));
            assert!(!said.contains("--text-field"), "{name}: {said}");
        }
    }
}
