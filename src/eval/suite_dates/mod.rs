//! Public suites of French time expressions (JSON Lines, one case per line) and
//! their score by register.
//!
//! A case passes when span and value are right:
//! - **span**: the words of the expected span that lie outside our mentions are
//!   function words (sources put « à », « le », « pendant » inside; we do not),
//!   and our mentions do not reach beyond it. A day and an hour side by side are
//!   two mentions here and one there: together they count as the one.
//! - **value**: `from`/`to` equal the expected bounds. Of a day and its hour the
//!   hour counts; of two ends the start of the first and the start or end of the
//!   last, or a minute after it (sources differ on whether « à 11 h » includes
//!   its hour, its minute or nothing). An instant
//!   to the second is met by our minute. Durations are compared as lengths.
//!   Hours are compared in the zone of the reference time, where it has one.
//! - a year before our era is the same with or without a year 0 in between.
//! - a source that cuts « du 1er mars 1998 au 4 mai 2001 » in two is met, in
//!   each half, by our one range: its words end there and so does its value.
//! - a case that expects nothing passes when nothing is found.

mod case;
mod matching;

pub use case::{Bounds, Case, read};

use super::suite::Program;
use crate::{dates::Timezone, kinds::Published};
use matching::{Found, covers, half_of_range, value_matches};
use std::{collections::BTreeMap, fmt::Write as _};

/// How one case fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The span is right, or none was asked for.
    pub span: bool,
    /// The value is right, or none was asked for.
    pub value: bool,
}

impl Outcome {
    /// Span and value.
    pub fn passes(self) -> bool {
        self.span && self.value
    }
}

/// Runs one case.
pub fn run(case: &Case, program: &Program) -> Outcome {
    judge(case, &found(case, program))
}

fn judge(case: &Case, found: &[Found]) -> Outcome {
    let Some(span) = &case.span else {
        if case.bounds.is_none() && case.value.is_none() {
            // An impossible date keeps its span and has no value: it names no
            // date either.
            let none = found.iter().all(|t| t.value.is_none());
            return Outcome {
                span: none,
                value: none,
            };
        }
        return Outcome {
            span: true,
            value: value_matches(case, &found.iter().collect::<Vec<_>>()),
        };
    };
    let Some(start) = case.text.find(span.as_str()) else {
        return Outcome {
            span: false,
            value: false,
        };
    };
    let end = start + span.len();
    let inside: Vec<&Found> = found
        .iter()
        .filter(|t| t.start < end && t.end > start)
        .collect();
    if half_of_range(case, start, end, &inside) {
        return Outcome {
            span: true,
            value: true,
        };
    }
    Outcome {
        span: !inside.is_empty() && covers(&case.text, start, end, &inside),
        value: value_matches(case, &inside),
    }
}

/// A table of cases that pass, by suite and register; with `errors` each case
/// that does not.
pub fn report(cases: &[Case], program: &Program, errors: bool) -> String {
    let mut out = String::new();
    let mut rows: BTreeMap<(String, String), [usize; 4]> = BTreeMap::new();
    for case in cases {
        let found = found(case, program);
        let outcome = judge(case, &found);
        let suite = case.suite.split('/').next().unwrap_or("").to_owned();
        for key in [
            (case.register.clone(), suite),
            (case.register.clone(), "all".to_owned()),
        ] {
            let row = rows.entry(key).or_default();
            row[0] += 1;
            row[1] += usize::from(outcome.span);
            row[2] += usize::from(outcome.value);
            row[3] += usize::from(outcome.passes());
        }
        if errors && !outcome.passes() {
            let _ = writeln!(out, "{}", describe(case, outcome, &found));
        }
    }
    let _ = writeln!(out, "register\tsuite\tcases\tspan %\tvalue %\tboth %");
    for ((register, suite), [n, span, value, both]) in rows {
        let share = |x: usize| 100.0 * x as f64 / n as f64;
        let _ = writeln!(
            out,
            "{register}\t{suite}\t{n}\t{:.1}\t{:.1}\t{:.1}",
            share(span),
            share(value),
            share(both)
        );
    }
    out
}

/// What is found in a case at its reference time.
fn found(case: &Case, program: &Program) -> Vec<Found> {
    let published: Option<Published> = case.reference_time.as_deref().and_then(|r| {
        // Fractions of a second are no part of a publication date.
        r.split_once('.').map_or(r, |(head, _)| head).parse().ok()
    });
    // Where the reference has an offset, a source converts named zones to it.
    let zone = published.and_then(|p| p.offset).and_then(Timezone::fixed);
    matching::found(&program.explain(&case.text, published, zone))
}

fn describe(case: &Case, outcome: Outcome, found: &[Found]) -> String {
    let got: Vec<String> = found
        .iter()
        .map(|t| {
            format!(
                "[{}] {} {}..{} ({})",
                &case.text[t.start..t.end],
                t.value.as_deref().unwrap_or("null"),
                t.from.as_deref().unwrap_or("?"),
                t.to.as_deref().unwrap_or("?"),
                t.rule
            )
        })
        .collect();
    let want = case.bounds.as_ref().map_or_else(
        || case.value.clone().unwrap_or_else(|| "none".into()),
        |b| {
            format!(
                "{}..{}",
                b.start.as_deref().unwrap_or("?"),
                b.end_excl.as_deref().unwrap_or("?")
            )
        },
    );
    format!(
        "{}\t{}\t{}{}\t{}\t[{}]\twant {want}\tgot {}",
        case.register,
        case.suite,
        if outcome.span { "" } else { "span " },
        if outcome.value { "" } else { "value" },
        case.text,
        case.span.as_deref().unwrap_or(""),
        got.join(" ; ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::compact;

    fn case(json: &str) -> Outcome {
        let program = Program::new(compact::embedded().unwrap()).unwrap();
        run(&serde_json::from_str(json).expect("case"), &program)
    }

    #[test]
    fn function_words_and_split_mentions_are_no_misses() {
        let hit = case(
            r#"{"text":"le 2 mars à 5h","reference_time":"2013-02-12T04:30:00","kind":"datetime","span":"le 2 mars à 5h","bounds":{"start":"2013-03-02T05:00:00","end_excl":"2013-03-02T06:00:00"},"suite":"x","register":"news"}"#,
        );
        assert!(hit.passes());
    }

    #[test]
    fn a_range_of_ours_meets_two_days_of_theirs() {
        let half = |span: &str, start: &str, end: &str| {
            case(&format!(
                r#"{{"text":"Elle vécut ici du 3 mai 1998 au 4 mai 2001.","reference_time":"2013-02-12","kind":"date","span":"{span}","bounds":{{"start":"{start}","end_excl":"{end}"}},"suite":"x","register":"news"}}"#,
            ))
        };
        assert!(half("3 mai 1998", "1998-05-03", "1998-05-04").passes());
        assert!(half("4 mai 2001", "2001-05-04", "2001-05-05").passes());
        assert!(!half("4 mai 2001", "1998-05-03", "1998-05-04").passes());
        // Part of the words of an end are not that end.
        assert!(!half("mai 2001", "2001-05-04", "2001-05-05").passes());
        assert!(!half("3 mai", "1998-05-03", "1998-05-04").passes());
    }

    #[test]
    fn an_hour_of_another_zone_is_compared_in_that_of_the_reference() {
        let at = |hour: &str| {
            case(&format!(
                r#"{{"text":"à 18 heures CET","reference_time":"2013-02-12T04:30:00-02:00","kind":"datetime","span":"18 heures CET","bounds":{{"start":"2013-02-12T{hour}:00:00","end_excl":"2013-02-12T{hour}:01:00"}},"suite":"x","register":"news"}}"#,
            ))
        };
        assert!(at("15").passes());
        assert!(!at("18").passes());
    }

    #[test]
    fn a_wrong_day_fails() {
        let miss = case(
            r#"{"text":"hier","reference_time":"2013-02-12T04:30:00","kind":"date","span":"hier","bounds":{"start":"2013-02-12","end_excl":"2013-02-13"},"suite":"x","register":"news"}"#,
        );
        assert!(miss.span && !miss.value);
    }
}
