//! Text that no one wrote: one pattern, over and over on one line. Time must
//! grow with the length, not with its square, and nothing may overflow.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use glane::{
    Extractor,
    article::Article,
    record::{Record, Status},
};
use std::{hint::black_box, time::Instant};

/// Patterns that some part of the program once read again from every place, and
/// their like.
const PATTERNS: &[&str] = &[
    // Tokens: long words, apostrophes, links.
    "a",
    "aa'",
    "A.",
    "a-",
    "#a",
    "a@",
    "http://a.b/",
    "12#",
    // What the view mends.
    "&",
    "&amp;",
    "<",
    "<a ",
    "<b>",
    "\u{ad}",
    "\u{200b} ",
    "Ã",
    "Ã ",
    "â€",
    "d?",
    "le\n",
    "a\n",
    "Le maire a vu la ville de\n",
    "mil-\n",
    // Marks alone.
    "«",
    "(",
    "\"",
    "€",
    "%",
    "« € »",
    "\u{301}",
    "\u{a0}",
    // Figures and numerals.
    "1",
    "1,",
    "1 ",
    " 123",
    "1/",
    "un ",
    "cent ",
    "vingt et ",
    "deux millions ",
    // Amounts, and what settles their currency.
    "12 € ",
    "12 dollars à Ottawa ",
    "12 francs ",
    "12 livres ",
    "12 centimes ",
    "12 points ",
    // Dates, one inside the other.
    "début ",
    "début de ",
    "fin de la ",
    "lundi ",
    "3, ",
    "3 mars ",
    "lundi à 12 h ",
    "trois ans ",
    "il y a ",
    "jusqu'à ",
    "le lendemain de ",
    "avant ",
    // Names.
    "Dupont ",
    "Jean Dupont, ",
    "(ONU) ",
];

fn extract(extractor: &Extractor, unit: &str, bytes: usize) -> (f64, Record) {
    let text = unit.repeat(bytes / unit.len() + 1);
    let article = Article::from_text("1", text);
    let start = Instant::now();
    let record = black_box(extractor.extract(black_box(&article)));
    (start.elapsed().as_secs_f64(), record)
}

#[test]
fn time_grows_with_the_length() {
    const SMALL: usize = 50_000;
    const TIMES: usize = 8;
    let extractor = Extractor::builder()
        .assume_language("fra")
        .unwrap()
        .build()
        .unwrap();
    extract(&extractor, "Le ministre a parlé. ", SMALL);
    for unit in PATTERNS {
        // A machine that does something else for a moment gets another chance:
        // what is quadratic takes 64 times as long, each time.
        let mut last = (0.0, 0.0);
        let linear = (0..4).any(|_| {
            let (short, _) = extract(&extractor, unit, SMALL);
            let (long, record) = extract(&extractor, unit, SMALL * TIMES);
            assert_ne!(record.status, Status::Error);
            last = (short, long);
            long < 30.0 * short.max(0.005)
        });
        assert!(
            linear,
            "help: {unit:?} took {:.3} s for {SMALL} bytes and {:.3} s for {TIMES} times as many",
            last.0, last.1
        );
    }
}

/// A surname that stands alone a thousand times before the many who bear it.
#[test]
fn a_surname_of_many_people() {
    let extractor = Extractor::builder()
        .assume_language("fra")
        .unwrap()
        .build()
        .unwrap();
    let text = |n: usize| {
        let mut text = "Le ministre Martin a parlé. ".repeat(n);
        for i in 0..n {
            let letter = |k: usize| char::from(b'a' + (i / k % 26) as u8);
            let (a, b, c) = (letter(1), letter(26), letter(676));
            text.push_str(&format!("Le ministre B{a}l{b}n{c}o Martin a parlé. "));
        }
        Article::from_text("1", text)
    };
    let time = |n: usize| {
        let article = text(n);
        let start = Instant::now();
        black_box(extractor.extract(&article));
        start.elapsed().as_secs_f64()
    };
    assert!((0..4).any(|_| time(8_000) < 30.0 * time(1_000)));
}
