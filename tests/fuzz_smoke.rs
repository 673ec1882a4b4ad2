//! The laws of `fuzz/` on a few seconds of chance: bytes, and the words, signs and
//! figures that the rules look for, in any order.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

#[path = "../fuzz/laws.rs"]
mod laws;

use proptest::{
    collection::vec,
    prelude::*,
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use std::time::{Duration, Instant};

/// Time for each law: two seconds, or as many as `GLANE_FUZZ_SECONDS` says.
fn each() -> Duration {
    let seconds = std::env::var("GLANE_FUZZ_SECONDS").ok();
    Duration::from_secs(seconds.map_or(2, |s| s.parse().unwrap()))
}

/// Parts of texts, rows and files that mean something to somebody.
const PARTS: &[&str] = &[
    "12",
    "0",
    "1 234,56",
    "3e400",
    "..",
    ",",
    ".",
    "-",
    "–",
    "/",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\u{200b}",
    "\n",
    "\r\n",
    "\t",
    "\"",
    "\"\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ";",
    "|",
    "«",
    "»",
    "(",
    ")",
    "'",
    "’",
    "€",
    "$",
    "%",
    "euros",
    "d'euros",
    "millions",
    "milliard",
    "mille",
    "francs",
    "dollars canadiens",
    "points",
    "entre",
    "et",
    "à",
    "de",
    "par mois",
    "trois",
    "quatre-vingt",
    "demi",
    "lundi",
    "hier",
    "mars",
    "2024",
    "1er",
    "31 février",
    "29 février 1900",
    "9999",
    "0001",
    "Pâques",
    "week-end",
    "fin",
    "début",
    "il y a",
    "dans",
    "semaines",
    "h",
    "2 h",
    "minuit",
    "du 3 au 5",
    "XIXe siècle",
    "trimestre",
    "après",
    "avant",
    "prochain",
    "dernier",
    "suivant",
    "Paris",
    "M.",
    "Jean Dupont",
    "SNCF",
    "l'ONU",
    "e\u{301}",
    "Ã©",
    "&nbsp;",
    "<b>",
    "\u{1f642}",
    "{\"body\":\"",
    "\"}",
    "\\ud83d",
    "id,texte\n",
    "sep=;\n",
    "NaN",
    "1e400",
    "null",
    "\u{feff}",
];

/// Parts of pages.
const TAGS: &[&str] = &[
    "<!doctype html>",
    "<html lang=fr>",
    "<head>",
    "<title>",
    "</title>",
    "<meta name=date content=\"",
    "<meta charset=iso-8859-1>",
    "<link rel=canonical href='",
    "<script type=\"application/ld+json\">",
    "</script>",
    "{\"@type\":\"NewsArticle\",\"headline\":\"",
    "\"@graph\":[",
    "<body>",
    "<article>",
    "</article>",
    "<main itemprop=articleBody>",
    "<h1>",
    "</h1>",
    "<h2><a>",
    "</a></h2>",
    "<p>",
    "</p>",
    "<p class='chapo'>",
    "<div class=\"comment\">",
    "<div id=lireAussi hidden>",
    "<div>",
    "</div>",
    "<figure><figcaption>",
    "</figcaption>",
    "<table><tr><td>",
    "</td>",
    "</table>",
    "<ul><li>",
    "<pre>",
    "<br>",
    "<svg>",
    "<!--",
    "-->",
    "&eacute;",
    "&#1234567;",
    "<",
    ">",
    "=",
    "'",
];

/// Pages, whole ones in part.
fn page() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        6 => prop::sample::select(TAGS).prop_map(|p| p.as_bytes().to_vec()),
        3 => prop::sample::select(PARTS).prop_map(|p| p.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
    ];
    vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        8 => prop::sample::select(PARTS).prop_map(|p| p.as_bytes().to_vec()),
        2 => Just(b" ".to_vec()),
        1 => "\\PC{0,4}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..4),
    ];
    vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// A file of a model, with a few bytes changed.
fn broken(seed: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>());
    (vec(change, 0..6), 0..seed.len()).prop_map(move |(changes, cut)| {
        let mut bytes = seed.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // One in four is cut short.
        if cut % 4 == 0 {
            bytes.truncate(cut);
        }
        bytes
    })
}

/// Crawls, archives, XML and exports out of their parts, and whole ones with a few bytes
/// changed.
fn containers() -> impl Strategy<Value = Vec<u8>> {
    const MARKS: &[&str] = &[
        "WARC/1.0\r\n",
        "WARC-Type: conversion\r\n",
        "WARC-Type: response\r\nContent-Type: application/http\r\n",
        "Content-Type: text/plain; charset=latin1\r\n",
        "Content-Length: 12\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
        "5\r\n<p>ab\r\n0\r\n\r\n",
        "\r\n\r\n",
        "<?xml version=\"1.0\" encoding=\"latin1\"?>",
        "<rss>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<TEI>",
        "<text>",
        "</TEI>",
        "<article>",
        "<p class='titreArticle'>",
        "</article>",
        "&amp;",
        "&#x41;",
        "612 mots\n15 mars 2024\n\u{a9} 2024\n",
        "Document ABCDEF0020240315ek3f0000x\n",
        "HD Titre\nPD 15 mars 2024\nTD Texte\n",
        "1 of 2 DOCUMENTS\n",
        "LENGTH: 5 words\n",
        "Body\n",
        "End of Document\n",
    ];
    let part = prop_oneof![
        6 => prop::sample::select(MARKS).prop_map(|p| p.as_bytes().to_vec()),
        2 => prop::sample::select(PARTS).prop_map(|p| p.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
    ];
    let parts = vec(part, 0..30).prop_map(|parts| parts.concat());
    let made = (any::<u8>(), parts).prop_map(|(choice, parts)| [&[choice], &parts[..]].concat());
    prop_oneof![3 => made, 1 => broken(seed("tar")), 1 => broken(seed("zip")), 1 => broken(seed("warc"))]
}

/// A small file of a format, behind the byte that chooses it.
fn seed(format: &str) -> &'static [u8] {
    let record = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n\
                  Content-Length: 7\r\n\r\nUn mot.\r\n\r\n";
    let gzip = |text: &str| {
        let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut w, text.as_bytes()).unwrap();
        w.finish().unwrap()
    };
    let (choice, bytes) = match format {
        "tar" => {
            let mut tar = tar::Builder::new(Vec::new());
            for name in ["a.txt", "d/b.jsonl", "c.pdf"] {
                let mut header = tar::Header::new_gnu();
                header.set_size(6);
                tar.append_data(&mut header, name, &b"{\"a\":1"[..6])
                    .unwrap();
            }
            (1, tar.into_inner().unwrap())
        }
        "zip" => {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default();
            for name in ["a.txt", "d/b.jsonl", "c.pdf"] {
                zip.start_file(name, options).unwrap();
                std::io::Write::write_all(&mut zip, b"Un mot, un mot, un mot.").unwrap();
            }
            (2, zip.finish().unwrap().into_inner())
        }
        _ => (0, [gzip(record), gzip(record)].concat()),
    };
    [vec![choice], bytes].concat().leak()
}

fn hold(law: fn(&[u8]), data: impl Strategy<Value = Vec<u8>>) {
    let mut runner = TestRunner::deterministic();
    let (start, each) = (Instant::now(), each());
    let mut tried = 0;
    while start.elapsed() < each {
        let bytes = data.new_tree(&mut runner).unwrap().current();
        let kept = bytes.clone();
        if std::panic::catch_unwind(move || law(&bytes)).is_err() {
            panic!(
                "help: the law is broken by {:?}",
                String::from_utf8_lossy(&kept)
            );
        }
        tried += 1;
    }
    assert!(tried > 20, "help: only {tried} tried in {each:?}");
    // Seen with --nocapture.
    println!("{tried} tried in {each:?}");
}

#[test]
fn decoding_and_splitting() {
    hold(laws::decode_and_split, text());
}

#[test]
fn readers_of_rows() {
    hold(laws::rows, text());
}

#[test]
fn crawls_archives_and_exports() {
    hold(laws::containers, containers());
}

#[test]
fn pages_of_the_web() {
    hold(laws::pages, page());
}

#[test]
fn amounts() {
    hold(laws::amounts, text());
}

#[test]
fn times() {
    hold(laws::times, text());
}

#[test]
fn articles() {
    hold(laws::article, text());
}

#[test]
fn model_files() {
    let parts = glane::entities::compact::model::Parts {
        name: "essai".into(),
        scales: [0.0001; 2],
        weights: (0..300)
            .map(|i| {
                (
                    glane::entities::compact::hash::mix(7, i),
                    [(i * 91 % 400) as i32; 16],
                )
            })
            .collect(),
        ..Default::default()
    };
    let seed: &'static [u8] = parts.write().leak();
    assert!(glane::entities::compact::Model::read(seed).is_ok());
    hold(laws::model, broken(seed));
}

#[test]
fn every_law_has_its_target() {
    let targets = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/fuzz_targets");
    let mut there: Vec<_> = std::fs::read_dir(targets)
        .unwrap()
        .map(|f| {
            f.unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    there.sort();
    let mut known: Vec<_> = laws::ALL
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    known.sort();
    assert_eq!(there, known);
}
