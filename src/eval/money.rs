//! Scores of the money layer and of percentages.
//!
//! A mention is a hit when its span is exactly the annotated one; amount,
//! currency and modifier are scored among the hits. Annotated attributes:
//! `a`, or `min` and `max`; `c`; `m`; percentages `v` and `u`. Modifiers of
//! percentages are not annotated and not scored.

use super::{
    context::in_context,
    doc::GoldSpan,
    markup::modifier_of_amount,
    reading::Reading,
    score::{Score, ratio},
};
use crate::{
    kinds::{Modifier, PercentUnit},
    record::{MentionRow, Money, Percent, Span},
};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// Counts of one kind of mention.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Spans.
    pub spans: Score,
    /// Hits whose amount is right.
    pub amounts: usize,
    /// Hits whose currency or unit is right.
    pub units: usize,
    /// Hits with both right.
    pub both: usize,
    /// Modifiers among the hits.
    pub modifiers: Score,
}

/// Counts of amounts and of percentages.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Scores {
    /// Amounts of money.
    pub amounts: Counts,
    /// Percentages.
    pub percents: Counts,
}

/// Scores of the amounts and percentages in these records.
pub fn score(readings: &[Reading]) -> Scores {
    scored(readings, &mut String::new())
}

fn scored(readings: &[Reading], log: &mut String) -> Scores {
    let mut scores = Scores::default();
    for reading in readings {
        let record = reading.record();
        let ours: Vec<_> = record.money.iter().map(Found::from).collect();
        compare(reading, "MONEY", &ours, &mut scores.amounts, log);
        let ours: Vec<_> = record.percents.iter().map(Found::from).collect();
        compare(reading, "PCT", &ours, &mut scores.percents, log);
    }
    scores
}

/// A table of precision, recall and F1, spans and values apart; with `errors`
/// each miss and its context below it.
pub fn report(readings: &[Reading], errors: bool) -> String {
    let mut log = String::new();
    let scores = scored(readings, &mut log);
    let mut out =
        String::from("money     P      R      F1     n     amount  unit   both   mod F1\n");
    for (name, c) in [("amounts", scores.amounts), ("percents", scores.percents)] {
        let share = |n: usize| 100.0 * ratio(n, c.spans.hit);
        let _ = writeln!(
            out,
            "{name:<9} {:6.2} {:6.2} {:6.2} {:5}  {:6.2} {:6.2} {:6.2}  {}",
            100.0 * c.spans.precision(),
            100.0 * c.spans.recall(),
            100.0 * c.spans.f1(),
            c.spans.gold(),
            share(c.amounts),
            share(c.units),
            share(c.both),
            if name == "amounts" {
                format!("{:6.2}", 100.0 * c.modifiers.f1())
            } else {
                "     –".to_owned()
            },
        );
    }
    if errors {
        out.push_str(&log);
    }
    out
}

/// Exact value, lower end, upper end.
type Amount = [Option<Decimal>; 3];

/// A found mention in a form that money and percentages share; `start` and
/// `end` are bytes.
struct Found<'a> {
    start: usize,
    end: usize,
    amount: Amount,
    unit: Option<&'a str>,
    modifier: Option<Modifier>,
}

impl<'a> Found<'a> {
    fn new(span: &Span, amount: [&Option<String>; 3], unit: Option<&'a str>) -> Self {
        Self {
            start: span.byte_start as usize,
            end: span.byte_end as usize,
            amount: amount.map(|d| decimal(d.as_deref()?)),
            unit,
            modifier: None,
        }
    }
}

impl<'a> From<&'a Money> for Found<'a> {
    fn from(m: &'a Money) -> Self {
        let amount = [&m.amount_exact, &m.amount_min, &m.amount_max];
        Self {
            modifier: m.modifier,
            ..Self::new(&m.span, amount, m.currency.as_deref())
        }
    }
}

impl<'a> From<&'a Percent> for Found<'a> {
    fn from(p: &'a Percent) -> Self {
        let value = [&p.value_exact, &p.value_min, &p.value_max];
        let unit = (p.unit == PercentUnit::Point).then_some("point");
        Self::new(&p.span, value, unit)
    }
}

fn compare(reading: &Reading, tag: &str, ours: &[Found], counts: &mut Counts, log: &mut String) {
    let doc = reading.doc;
    let mut note = |kind: &str, start: usize, end: usize, what: &str| {
        let context = in_context(&doc.text, start, end);
        let _ = writeln!(log, "{} {tag} {kind}: {context}  {what}", doc.id);
    };
    let gold: Vec<&GoldSpan> = doc.spans.iter().filter(|s| s.tag == tag).collect();
    for g in &gold {
        let same = ours.iter().find(|m| (m.start, m.end) == (g.start, g.end));
        let Some(m) = same else {
            counts.spans.missed += 1;
            note("missed", g.start, g.end, "");
            continue;
        };
        counts.spans.hit += 1;
        let unit = g.attr(if tag == "PCT" { "u" } else { "c" });
        let amount_right = gold_amount(g) == Some(m.amount);
        let unit_right = unit == m.unit;
        counts.amounts += usize::from(amount_right);
        counts.units += usize::from(unit_right);
        counts.both += usize::from(amount_right && unit_right);
        if !(amount_right && unit_right) {
            let what = format!("{} for {}", shown(m), attributes(g));
            note("value", g.start, g.end, &what);
        }
        if tag == "PCT" {
            continue;
        }
        match (g.attr("m").and_then(modifier_of_amount), m.modifier) {
            (Some(a), Some(b)) if a == b => counts.modifiers.hit += 1,
            (a, b) => {
                counts.modifiers.missed += usize::from(a.is_some());
                counts.modifiers.extra += usize::from(b.is_some());
                if a != b {
                    note("modifier", g.start, g.end, &format!("{b:?} for {a:?}"));
                }
            }
        }
    }
    for m in ours {
        if !gold.iter().any(|g| (g.start, g.end) == (m.start, m.end)) {
            counts.spans.extra += 1;
            note("extra", m.start, m.end, &shown(m));
        }
    }
}

/// `12.5 EUR`, `10 to 20 USD`.
fn shown(m: &Found) -> String {
    let text = |d: Option<Decimal>| d.map_or("?".to_owned(), |d| d.to_string());
    let amount = match m.amount {
        [Some(exact), ..] => exact.to_string(),
        [None, min, max] => format!("{} to {}", text(min), text(max)),
    };
    format!("{amount} {}", m.unit.unwrap_or("-"))
}

fn attributes(g: &GoldSpan) -> String {
    let all: Vec<_> = g.attrs.iter().map(|(k, v)| format!("{k}={v}")).collect();
    all.join(" ")
}

fn decimal(text: &str) -> Option<Decimal> {
    text.parse::<Decimal>().ok().map(|d| d.normalize())
}

/// Whether amount and currency or unit of a row are those that were annotated.
pub(super) fn same_value(g: &GoldSpan, row: &MentionRow) -> bool {
    let amount = [&row.exact, &row.min, &row.max].map(|d| decimal(d.as_deref()?));
    let unit = match g.tag.as_str() {
        "PCT" => (row.unit == Some(PercentUnit::Point)).then_some("point") == g.attr("u"),
        _ => row.currency.as_deref() == g.attr("c"),
    };
    unit && gold_amount(g) == Some(amount)
}

fn gold_amount(g: &GoldSpan) -> Option<Amount> {
    let number = |name| decimal(g.attr(name)?);
    match number("a").or_else(|| number("v")) {
        Some(exact) => Some([Some(exact), None, None]),
        // Falling ranges are annotated in the order of the text.
        None => {
            let (a, b) = (number("min")?, number("max")?);
            Some([None, Some(a.min(b)), Some(a.max(b))])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{cases, gold, read};

    #[test]
    fn counts_hits_misses_and_values() {
        let docs = gold::parse(cases::AMOUNTS).unwrap();
        let text = report(&read(&docs, &cases::extractor()), true);
        let row = text.lines().nth(1).unwrap();
        let fields: Vec<&str> = row.split_whitespace().collect();
        // Two of three spans found, one span too many; one of two amounts right.
        assert_eq!(fields[1..5], ["66.67", "66.67", "66.67", "3"]);
        assert_eq!(fields[5], "50.00");
        assert!(text.contains("x-1 MONEY missed"), "{text}");
        assert!(text.contains("4 EUR for a=5 c=EUR"), "{text}");
        assert!(text.contains("[7 €]"), "{text}");
    }
}
