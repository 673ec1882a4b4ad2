//! What the declarations of rules promise, shown by their examples.

use super::{
    Context,
    cases::{PUBLISHED, check, failures},
    find, grammar,
    hit::{Hit, Rule, Source},
    line::Line,
    token::tokenize,
};
use crate::rule;
use std::collections::BTreeSet;

/// Names of the rules that win in an example.
fn winners(case: &str) -> Vec<&'static str> {
    let context = Context {
        published: PUBLISHED.parse().ok(),
        ..Context::default()
    };
    let (text, _) = rule::example(case);
    find(&text, &context).dates.iter().map(|t| t.rule).collect()
}

#[test]
fn rules_find_their_examples() {
    let mut wrong = Vec::new();
    for rule in grammar::rules() {
        assert!(!rule.yes.is_empty(), "{}: help: add an example", rule.name);
        wrong.extend(failures(PUBLISHED, rule.yes));
        for case in rule.yes {
            let won = winners(case);
            if !won.contains(&rule.name) {
                wrong.push(format!("{case} is of {won:?}, not of `{}`", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_leave_their_counterexamples() {
    let mut wrong = Vec::new();
    for rule in grammar::rules() {
        assert!(!rule.no.is_empty(), "{}: help: add one", rule.name);
        wrong.extend(failures(PUBLISHED, rule.no));
        for case in rule.no {
            if winners(case).contains(&rule.name) {
                wrong.push(format!("`{}` wins in {case}", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_are_given_once() {
    let mut seen = BTreeSet::new();
    for rule in grammar::rules() {
        assert!(seen.insert(rule.name), "`{}` twice", rule.name);
    }
}

#[test]
fn a_rule_begins_where_its_reader_does() {
    for rule in grammar::rules() {
        let own = matches!(rule.read.source, Source::Own(_));
        assert_eq!(
            own,
            !rule.at.is_empty(),
            "`{}`: a rule has words to begin at, or it is of one that has",
            rule.name
        );
    }
}

/// The rank that decides: that of the rule whose function read it.
fn rank(rule: &Rule) -> u8 {
    match rule.read.source {
        Source::Own(_) => rule.rank,
        Source::Of(reader) => rank(reader),
    }
}

/// The longest matches of `hits` that say different things at the same rank.
fn unranked(hits: &[Hit]) -> Option<(&Hit, &Hit)> {
    let end = hits.iter().map(|h| h.end).max()?;
    let top = hits
        .iter()
        .filter(|h| h.end == end)
        .map(|h| rank(h.rule))
        .max()?;
    let mut best = hits.iter().filter(|h| h.end == end && rank(h.rule) == top);
    let first = best.next()?;
    best.find(|h| h.expr != first.expr || !std::ptr::eq(h.rule, first.rule))
        .map(|h| (first, h))
}

#[test]
fn equally_long_matches_differ_in_rank() {
    let mut tokens = Vec::new();
    let mut read = 0;
    for case in grammar::rules().flat_map(|r| r.yes.iter().chain(r.no)) {
        let (text, _) = rule::example(case);
        tokenize(&text, 0, text.len(), &[], &mut tokens);
        let line = Line {
            text: &text,
            tokens: &tokens,
            inner: grammar::inner,
        };
        for i in 0..tokens.len() {
            let hits = grammar::candidates(&line.ahead(i), i);
            read += hits.len();
            if let Some((a, b)) = unranked(&hits) {
                panic!(
                    "{case}: `{}` and `{}` read the same: help: another rank for one",
                    a.rule.name, b.rule.name
                );
            }
        }
    }
    assert!(read > 500, "{read} matches compared");
}

#[test]
fn the_higher_rank_wins() {
    // A clock before a length, a weekly day before one day, a month of a year
    // before two years, a feast before the part of a day.
    check(&[
        "Il a parlé [mardi|2024-03-12] à [20 h|2024-03-12T20:00].",
        "Fermé le [samedi|XXXX-WXX-6].",
        "Le relevé de [2023-10|2023-10] manque.",
        "De [mars|2024-03] à [juin 2024|2024-06], il lira.",
        "Les [3|2024-05-03] et [10 mai 2024|2024-05-10].",
    ]);
}

#[test]
fn documented() {
    let families = grammar::families().map(|f| {
        let file = f.file.trim_start_matches("src/dates/");
        (file, f.rules.to_vec())
    });
    rule::same_as_documented("docs/DATES.md", &rule::table(families));
}
