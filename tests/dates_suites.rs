//! The public suites in `../shared`, where they are present.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use glane::eval::suite_dates::{self, Case};
use std::{fs, path::Path};

#[test]
fn most_news_cases_of_the_public_suites_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/temporal");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {} is absent", folder.display());
        return;
    };
    let mut cases: Vec<Case> = Vec::new();
    for path in entries.flatten().map(|e| e.path()) {
        if path.extension().is_some_and(|e| e == "jsonl") {
            cases.extend(suite_dates::read(&path).expect("a suite"));
        }
    }
    let news: Vec<&Case> = cases.iter().filter(|c| c.register == "news").collect();
    let passed = news.iter().filter(|c| suite_dates::run(c).passes()).count();
    let share = passed as f64 / news.len() as f64;
    println!(
        "{}",
        suite_dates::report(&cases, std::env::var_os("GLANE_ERRORS").is_some())
    );
    // Deliberate deviations are listed in docs/DATES.md.
    assert!(share >= FLOOR, "{passed} of {} news cases", news.len());
}

/// What is reached, less a margin of a point.
const FLOOR: f64 = 0.9;
