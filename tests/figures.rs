//! The figures of README.md: its evaluation commands run as they stand there,
//! and print at most half a point less than it says.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run};
use std::{collections::BTreeMap, fs, path::Path};

/// Points of F1 or per cent that a figure may fall before README is wrong.
const MARGIN: f64 = 0.5;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a shell makes of `glane eval … folder/*.txt`.
fn arguments(command: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in command.split_whitespace().skip(1) {
        let Some(folder) = word.strip_suffix("/*.txt") else {
            out.push(word.to_owned());
            continue;
        };
        let mut files: Vec<String> = fs::read_dir(here().join(folder))
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".txt"))
            .map(|name| format!("{folder}/{name}"))
            .collect();
        files.sort();
        out.extend(files);
    }
    out
}

/// F1 and the share of right values in the table that a command printed.
fn measured(what: &str, table: &str) -> (f64, Option<f64>) {
    let (row, f1, value) = match what {
        "entities" => ("all", 3, None),
        "amounts of money" => ("amounts", 3, Some(7)),
        "percentages" => ("percents", 3, Some(7)),
        "time expressions" => ("spans", 3, Some(5)),
        _ => panic!("README has a figure for {what}, which no test reads"),
    };
    let fields: Vec<&str> = table
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .find(|fields| fields.first() == Some(&row))
        .unwrap_or_else(|| panic!("no row {row} in\n{table}"));
    let at = |i: usize| fields[i].parse::<f64>().unwrap();
    (at(f1), value.map(at))
}

#[test]
fn the_evaluation_commands_of_the_readme_print_its_figures() {
    let readme = fs::read_to_string(here().join("README.md")).unwrap();
    let table = readme.split("<!-- figures -->").nth(1).unwrap();
    let table = table.split("<!-- /figures -->").next().unwrap();
    let mut printed: BTreeMap<String, String> = BTreeMap::new();
    let mut checked = 0;
    for row in table.trim().lines().skip(2) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [what, on, f1, value, command] = cells[..] else {
            panic!("five cells in {row}");
        };
        let command = command.trim_matches('`');
        // Rows on public data beside the repository say so.
        if command.contains("../shared") {
            assert!(on.contains("not in this repository"), "{row}");
            continue;
        }
        let output = printed.entry(command.to_owned()).or_insert_with(|| {
            let words = arguments(command);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let out = run(here(), &words);
            expect_code(&out, 0);
            String::from_utf8(out.stdout).unwrap()
        });
        let (f1_now, value_now) = measured(what, output);
        println!("{what}: F1 {f1} in README, {f1_now} now; value {value}, {value_now:?} now");
        let said: f64 = f1.parse().unwrap();
        assert!(f1_now >= said - MARGIN, "{what}: {f1_now}, README: {said}");
        if let Some(now) = value_now {
            let said: f64 = value.trim_end_matches(" %").parse().unwrap();
            assert!(now >= said - MARGIN, "{what}: {now} %, README: {said} %");
        }
        checked += 1;
    }
    assert_eq!(checked, 4, "entities, money, percentages, dates");
}
