//! The public suites of time expressions, where they lie beside the repository
//! (`../shared/data/temporal`). What must hold without them is in
//! `tests/figures.rs`, on the corpus of the repository.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use glane::{
    entities::compact,
    eval::{
        suite::Program,
        suite_dates::{self, Case},
    },
};
use std::fs;

/// What is reached, less a margin of a point.
const FLOOR: f64 = 0.9;

#[test]
fn most_news_cases_of_the_public_suites_pass() {
    let Some(folder) = common::beside("data/temporal") else {
        return;
    };
    let mut cases: Vec<Case> = Vec::new();
    for path in fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()) {
        if path.extension().is_some_and(|e| e == "jsonl") {
            cases.extend(suite_dates::read(&path).unwrap());
        }
    }
    let program = Program::new(compact::embedded().unwrap()).unwrap();
    let news: Vec<&Case> = cases.iter().filter(|c| c.register == "news").collect();
    assert!(!news.is_empty(), "no case in {}", folder.display());
    let passes = |c: &&&Case| suite_dates::run(c, &program).passes();
    let passed = news.iter().filter(passes).count();
    let share = passed as f64 / news.len() as f64;
    println!(
        "{}",
        suite_dates::report(&cases, &program, std::env::var_os("GLANE_ERRORS").is_some())
    );
    // Deliberate deviations are listed in docs/DATES.md.
    assert!(share >= FLOOR, "{passed} of {} news cases", news.len());
}
