//! Public suites of amounts and numerals, where they lie beside the repository
//! (`../shared/data/money`): the floors that docs/MONEY.md states. What must
//! hold without them is in `tests/figures.rs` and `tests/money_cases.rs`.

// A test stops at what it did not expect.
#![allow(clippy::unwrap_used)]

mod common;

use glane::{
    entities::compact,
    eval::{suite::Program, suite_money},
};

/// Suite and kind as printed, and the least share of right values.
///
/// Suites below 95 are not here: docs/MONEY.md lists why, case by case.
const FLOORS: &[(&str, &str, f64)] = &[
    ("cldr/legal_tender", "money", 95.0),
    ("num2words/fr", "money", 95.0),
    ("num2words/fr_BE", "money", 95.0),
    ("num2words/fr_CH", "money", 95.0),
    ("duckling/ordinal", "number", 95.0),
    ("num2words/fr", "number", 95.0),
    ("num2words/fr_BE", "number", 95.0),
    ("num2words/fr_CH", "number", 95.0),
    ("rustling/number", "number", 95.0),
    ("text2num/replace", "number", 95.0),
    ("text2num/replace_all", "number", 95.0),
    ("text2num/text2digits", "number", 95.0),
    ("rustling/percent", "percent", 95.0),
];

#[test]
fn suites_hold_their_floors() {
    let Some(dir) = common::beside("data/money") else {
        return;
    };
    let program = Program::new(compact::embedded().unwrap()).unwrap();
    let mut files: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    let mut all = String::new();
    for file in files {
        all += &suite_money::report(&file, &program, true).unwrap();
    }
    println!("{all}");
    for (suite, kind, floor) in FLOORS {
        let name = format!("{suite} ({kind})");
        let row = all.lines().find(|l| l.starts_with(&name)).unwrap();
        let share: f64 = row.split_whitespace().last().unwrap().parse().unwrap();
        assert!(share >= *floor, "{name}: {share} < {floor}");
    }
}
