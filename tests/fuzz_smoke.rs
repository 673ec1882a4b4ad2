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
                    [(i * 91 % 400) as i16; 18],
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
