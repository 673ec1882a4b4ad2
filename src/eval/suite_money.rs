//! Public suites of amounts, percentages and numerals: one JSON object per
//! line, with `text`, `span`, `span_start`, `kind` (`money`, `percent`,
//! `number`) and `value`. Numerals are no mentions: they are read by the module
//! of numbers, the rest by the whole extractor.
//!
//! Differences of convention are bridged here, not in the rules:
//! - suites put modifiers, articles and « entre » inside the span; what stands
//!   before and after ours must be such words only;
//! - « au moins 10 euros » is an open interval there, a modifier here;
//! - a symbol of many currencies is right with any of its `candidates`.

use super::{
    score::Score,
    suite::{Program, SuiteError},
};
use crate::{
    kinds::Modifier,
    numbers::{self, chars::Folded},
    record::{Record, Span},
};
use rust_decimal::Decimal;
use serde_json::Value;
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

/// Whether a suite of this `kind` is scored here.
pub fn knows(kind: &str) -> bool {
    matches!(kind, "money" | "percent" | "number")
}

/// Counts of one suite.
#[derive(Debug, Default, Clone, Copy)]
struct Row {
    spans: Score,
    values: usize,
    cases: usize,
}

/// A row per suite: spans found, spans with the right value; with `errors` each
/// case that failed. Lines of other kinds are passed over.
///
/// # Errors
/// When the file cannot be read or a line is no JSON.
pub fn report(path: &Path, program: &Program, errors: bool) -> Result<String, SuiteError> {
    let content = fs::read_to_string(path)?;
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut log = String::new();
    for (i, line) in content.lines().enumerate() {
        let case: Value = serde_json::from_str(line).map_err(|source| SuiteError::Case {
            line: i + 1,
            source,
        })?;
        let text = case["text"].as_str().unwrap_or_default();
        let kind = case["kind"].as_str().unwrap_or_default();
        // A case without one span states that there is none, or several.
        let Some(span) = case["span"].as_str().filter(|_| knows(kind)) else {
            continue;
        };
        let row = rows
            .entry(format!(
                "{} ({kind})",
                case["suite"].as_str().unwrap_or("?")
            ))
            .or_default();
        let (found, right, saw) = if kind == "number" {
            number(&case, span)
        } else {
            amount(&case, text, span, program)
        };
        row.cases += 1;
        row.values += usize::from(found && right);
        if found {
            row.spans.hit += 1;
        } else {
            row.spans.missed += 1;
        }
        if errors && !(found && right) {
            let _ = writeln!(log, "{kind}: {text:?} ⟦{span}⟧ {} saw {saw}", case["value"]);
        }
    }
    let mut out = String::from("suite                                  cases   span %   value %\n");
    for (name, r) in rows {
        let share = |n: usize| 100.0 * n as f64 / r.cases.max(1) as f64;
        let _ = writeln!(
            out,
            "{name:<38} {:5}   {:6.2}   {:6.2}",
            r.cases,
            share(r.spans.hit),
            share(r.values)
        );
    }
    out.push_str(&log);
    Ok(out)
}

fn decimal(v: &Value) -> Option<Decimal> {
    let text = match v {
        Value::Number(n) => n.to_string(),
        Value::String(s) => s.clone(),
        _ => return None,
    };
    text.parse::<Decimal>()
        .or_else(|_| Decimal::from_scientific(&text))
        .ok()
        .map(|d| d.normalize())
}

fn number(case: &Value, span: &str) -> (bool, bool, String) {
    let span = span.strip_prefix("le ").unwrap_or(span);
    let read = numbers::read(span).map(|d| d.normalize());
    let right = read.is_some() && read == decimal(&case["value"]);
    (read.is_some(), right, format!("{read:?}"))
}

/// One mention, money or percentage; `start` and `end` are bytes.
#[derive(Debug)]
struct Seen {
    start: usize,
    end: usize,
    /// Exact value, lower end, upper end.
    amount: [Option<Decimal>; 3],
    currency: Option<String>,
    modifier: Option<Modifier>,
}

impl Seen {
    fn new(span: &Span, amount: [&Option<String>; 3]) -> Self {
        Self {
            start: span.byte_start as usize,
            end: span.byte_end as usize,
            amount: amount.map(|d| d.as_ref()?.parse::<Decimal>().ok().map(|d| d.normalize())),
            currency: None,
            modifier: None,
        }
    }
}

fn seen(record: &Record, percent: bool) -> Vec<Seen> {
    let amounts = record.money.iter().map(|m| Seen {
        currency: m.currency.clone(),
        modifier: m.modifier,
        ..Seen::new(&m.span, [&m.amount_exact, &m.amount_min, &m.amount_max])
    });
    let percents = record.percents.iter().map(|p| Seen {
        modifier: p.modifier,
        ..Seen::new(&p.span, [&p.value_exact, &p.value_min, &p.value_max])
    });
    if percent {
        percents.collect()
    } else {
        amounts.collect()
    }
}

fn amount(case: &Value, text: &str, span: &str, program: &Program) -> (bool, bool, String) {
    let percent = case["kind"] == "percent";
    let seen = seen(&program.explain(text, None, None).record, percent);
    let start = text.find(span).unwrap_or(0);
    let end = start + span.len();
    let saw = || {
        seen.iter()
            .map(|s| {
                format!(
                    "⟦{}⟧ {:?} {:?} {:?}",
                    &text[s.start..s.end],
                    s.amount,
                    s.currency,
                    s.modifier
                )
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    let hit = seen.iter().find(|s| {
        s.start >= start
            && s.end <= end
            && only_bounds(&text[start..s.start])
            && only_bounds(&text[s.end..end])
    });
    let Some(s) = hit else {
        return (false, false, saw());
    };
    let value = &case["value"];
    let right = if percent {
        s.amount == [decimal(value), None, None]
    } else {
        amount_agrees(value, s) && currency_agrees(case, s.currency.as_deref())
    };
    (true, right, saw())
}

/// Words that suites put inside a span and we outside.
fn only_bounds(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .all(|w| {
            matches!(
                Folded::new(w).as_str(),
                "environ"
                    | "exactement"
                    | "pile"
                    | "quasi"
                    | "quasiment"
                    | "presque"
                    | "pres"
                    | "peu"
                    | "a"
                    | "de"
                    | "d"
                    | "entre"
                    | "au"
                    | "moins"
                    | "plus"
                    | "que"
                    | "en"
                    | "dessous"
                    | "dessus"
                    | "pas"
                    | "une"
                    | "un"
                    | "moyenne"
                    | "inferieur"
                    | "superieur"
            )
        })
}

fn amount_agrees(value: &Value, s: &Seen) -> bool {
    let of = |k: &str| decimal(&value[k]);
    let exact = s.amount[0];
    match (of("amount"), of("min"), of("max")) {
        (Some(a), _, _) => exact == Some(a),
        (None, Some(a), Some(b)) => s.amount == [None, Some(a), Some(b)],
        (None, Some(a), None) => {
            exact == Some(a)
                && matches!(s.modifier, Some(Modifier::MoreThan | Modifier::EqualOrMore))
        }
        (None, None, Some(b)) => {
            exact == Some(b)
                && matches!(s.modifier, Some(Modifier::LessThan | Modifier::EqualOrLess))
        }
        (None, None, None) => false,
    }
}

fn currency_agrees(case: &Value, ours: Option<&str>) -> bool {
    let gold = case["value"]["currency"].as_str();
    let candidates = case["candidates"].as_array();
    match (candidates, ours) {
        (Some(c), Some(o)) => c.iter().any(|v| v.as_str() == Some(o)),
        (Some(_), None) => true,
        (None, o) => gold == o,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::compact;

    #[test]
    fn bridges_conventions_and_counts_failures() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.jsonl");
        let lines = [
            r#"{"text":"au moins 7 euros","kind":"money","span":"au moins 7 euros","value":{"amount":null,"min":7.0,"currency":"EUR"},"suite":"x"}"#,
            r#"{"text":"7 euros","kind":"money","span":"7 euros","value":{"amount":8.0,"currency":"EUR"},"suite":"x"}"#,
            r#"{"text":"sept","kind":"number","span":"sept","value":7,"suite":"x"}"#,
            r#"{"text":"rien","kind":"percent","span":"rien","value":7,"suite":"x"}"#,
        ];
        fs::write(&path, lines.join("\n")).unwrap();
        let program = Program::new(compact::embedded().unwrap()).unwrap();
        let out = report(&path, &program, false).unwrap();
        let share = |name: &str| {
            let row = out.lines().find(|l| l.starts_with(name)).unwrap();
            row.split_whitespace()
                .rev()
                .take(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(share("x (money)"), ["50.00", "100.00"]);
        assert_eq!(share("x (number)"), ["100.00", "100.00"]);
        assert_eq!(share("x (percent)"), ["0.00", "0.00"]);
        fs::write(&path, "{").unwrap();
        assert!(report(&path, &program, false).is_err());
    }
}
