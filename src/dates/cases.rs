//! The tables of cases that the families keep beside their rules.
//!
//! A case is a sentence whose mentions stand in brackets with their value,
//! `[hier|2024-03-12]`; a bar and a modifier may follow. All mentions must be
//! found, at these spans, and no other. The publication date is Wednesday
//! 2024-03-13, 10:00, unless a case says otherwise.

use super::{Context, find};
use crate::kinds::Modifier;

/// Checks sentences against [`PUBLISHED`].
pub(super) fn check(cases: &[&str]) {
    check_at(PUBLISHED, cases);
}

/// The publication date of the tables.
pub(super) const PUBLISHED: &str = "2024-03-13T10:00";

fn modifier(m: Option<Modifier>) -> &'static str {
    match m {
        None => "",
        Some(Modifier::Approx) => "APPROX",
        Some(Modifier::LessThan) => "LESS_THAN",
        Some(Modifier::MoreThan) => "MORE_THAN",
        Some(Modifier::EqualOrLess) => "EQUAL_OR_LESS",
        Some(Modifier::EqualOrMore) => "EQUAL_OR_MORE",
        Some(Modifier::Start) => "START",
        Some(Modifier::Mid) => "MID",
        Some(Modifier::End) => "END",
    }
}

/// Checks sentences against a publication date.
pub(super) fn check_at(published: &str, cases: &[&str]) {
    let failures = failures(published, cases);
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}

/// What is found instead of what the cases say.
pub(super) fn failures(published: &str, cases: &[&str]) -> Vec<String> {
    let context = Context {
        published: published.parse().ok(),
        ..Context::default()
    };
    let mut failures = Vec::new();
    for case in cases {
        let (text, _) = crate::rule::example(case);
        let mut got = String::new();
        let mut at = 0;
        for t in find(&text, &context).dates {
            got.push_str(&text[at..t.start]);
            got.push('[');
            got.push_str(&text[t.start..t.end]);
            got.push('|');
            got.push_str(&t.value.map_or("null".to_owned(), |v| v.to_string()));
            let m = modifier(t.modifier);
            if !m.is_empty() {
                got.push('|');
                got.push_str(m);
            }
            got.push(']');
            at = t.end;
        }
        got.push_str(&text[at..]);
        if got != *case {
            failures.push(format!("want {case}\n got {got}"));
        }
    }
    failures
}
