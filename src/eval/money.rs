//! Scores of the money layer.
//!
//! A mention is a hit when its span is exactly the annotated one; amount,
//! currency and modifier are scored among the hits. Annotated attributes:
//! `a`, or `min` and `max`; `c`; `m`; percentages `v` and `u`. Modifiers of
//! percentages are not annotated and not scored.

use super::{Score, gold::Doc, gold::GoldSpan};
use crate::kinds::{Modifier, PercentUnit};
use crate::money::{self, Amount, Context};
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

/// A table of precision, recall and F1, spans and values apart; with `errors`
/// each miss and its context.
pub fn report(docs: &[Doc], errors: bool) -> String {
    let mut log = String::new();
    let (mut amounts, mut percents) = (Counts::default(), Counts::default());
    for doc in docs {
        let context = Context {
            published: doc.published,
            crypto: false,
        };
        let found = money::find(&doc.text, &context);
        let ours: Vec<Mention> = found.money.iter().map(Mention::of_money).collect();
        compare(doc, "MONEY", &ours, &mut amounts, &mut log);
        let ours: Vec<Mention> = found.percents.iter().map(Mention::of_percent).collect();
        compare(doc, "PCT", &ours, &mut percents, &mut log);
    }
    let mut out =
        String::from("money     P      R      F1     n     amount  unit   both   mod F1\n");
    for (name, c) in [("amounts", amounts), ("percents", percents)] {
        let share = |n: usize| 100.0 * n as f64 / c.spans.hit.max(1) as f64;
        let _ = writeln!(
            out,
            "{name:<9} {:6.2} {:6.2} {:6.2} {:5}  {:6.2} {:6.2} {:6.2}  {}",
            100.0 * c.spans.precision(),
            100.0 * c.spans.recall(),
            100.0 * c.spans.f1(),
            c.spans.hit + c.spans.missed,
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

/// One found mention in a form that money and percentages share.
struct Mention {
    start: usize,
    end: usize,
    amount: Amount,
    unit: Option<&'static str>,
    modifier: Option<Modifier>,
}

impl Mention {
    fn of_money(m: &money::Money) -> Self {
        Self {
            start: m.start,
            end: m.end,
            amount: m.amount,
            unit: m.currency,
            modifier: m.modifier,
        }
    }

    fn of_percent(p: &money::Percent) -> Self {
        Self {
            start: p.start,
            end: p.end,
            amount: p.value,
            unit: (p.unit == PercentUnit::Point).then_some("point"),
            modifier: None,
        }
    }
}

fn compare(doc: &Doc, tag: &str, ours: &[Mention], counts: &mut Counts, log: &mut String) {
    let gold: Vec<&GoldSpan> = doc.spans.iter().filter(|s| s.tag == tag).collect();
    for g in &gold {
        let same = ours.iter().find(|m| (m.start, m.end) == (g.start, g.end));
        let Some(m) = same else {
            counts.spans.missed += 1;
            note(log, doc, tag, "missed", g.start, g.end, "");
            continue;
        };
        counts.spans.hit += 1;
        let unit = if tag == "PCT" {
            g.attr("u")
        } else {
            g.attr("c")
        };
        let amount_right = gold_amount(g).is_some_and(|a| a == m.amount);
        let unit_right = unit == m.unit;
        counts.amounts += usize::from(amount_right);
        counts.units += usize::from(unit_right);
        counts.both += usize::from(amount_right && unit_right);
        if !(amount_right && unit_right) {
            let what = format!("{:?} {:?} for {:?}", m.amount, m.unit, g.attrs);
            note(log, doc, tag, "value", g.start, g.end, &what);
        }
        if tag == "PCT" {
            continue;
        }
        let wanted = g.attr("m").and_then(gold_modifier);
        match (wanted, m.modifier) {
            (Some(a), Some(b)) if a == b => counts.modifiers.hit += 1,
            (a, b) => {
                counts.modifiers.missed += usize::from(a.is_some());
                counts.modifiers.extra += usize::from(b.is_some());
                if a != b {
                    note(
                        log,
                        doc,
                        tag,
                        "modifier",
                        g.start,
                        g.end,
                        &format!("{b:?} for {a:?}"),
                    );
                }
            }
        }
    }
    for m in ours {
        if !gold.iter().any(|g| (g.start, g.end) == (m.start, m.end)) {
            counts.spans.extra += 1;
            note(
                log,
                doc,
                tag,
                "extra",
                m.start,
                m.end,
                &format!("{:?} {:?}", m.amount, m.unit),
            );
        }
    }
}

fn gold_amount(g: &GoldSpan) -> Option<Amount> {
    let number = |name| g.attr(name)?.parse::<Decimal>().ok().map(|d| d.normalize());
    match number("a").or_else(|| number("v")) {
        Some(a) => Some(Amount::Exact(a)),
        // Falling ranges are annotated in the order of the text.
        None => {
            let (a, b) = (number("min")?, number("max")?);
            Some(Amount::Range(a.min(b), a.max(b)))
        }
    }
}

fn gold_modifier(m: &str) -> Option<Modifier> {
    Some(match m {
        "approx" => Modifier::Approx,
        "more_than" => Modifier::MoreThan,
        "less_than" => Modifier::LessThan,
        "at_least" => Modifier::EqualOrMore,
        "at_most" => Modifier::EqualOrLess,
        _ => return None,
    })
}

fn note(log: &mut String, doc: &Doc, tag: &str, kind: &str, start: usize, end: usize, what: &str) {
    let left: String = {
        let mut chars: Vec<char> = doc.text[..start].chars().rev().take(45).collect();
        chars.reverse();
        chars.into_iter().collect()
    };
    let right: String = doc.text[end..].chars().take(25).collect();
    let line = format!("{left}⟦{}⟧{right}", &doc.text[start..end]).replace('\n', "⏎");
    let _ = writeln!(log, "{} {tag} {kind}: {line}  {what}", doc.id);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::gold;

    #[test]
    fn counts_hits_misses_and_values() {
        let docs = gold::parse(
            "### id: x-1 | date: 2024-03-14 | genre: essai\nTitre\n\
             Prix : <MONEY a=\"3\" c=\"EUR\">3 €</MONEY>, puis <MONEY a=\"5\" c=\"EUR\">4 €</MONEY> ; \
             <PCT v=\"2\">2 %</PCT> de <MONEY a=\"9\" c=\"EUR\">rien</MONEY> pour 7 €.\n",
        )
        .unwrap();
        let text = report(&docs, true);
        let row = text.lines().nth(1).unwrap();
        let fields: Vec<&str> = row.split_whitespace().collect();
        // Two of three spans found, one span too many; one of two amounts right.
        assert_eq!(fields[1..5], ["66.67", "66.67", "66.67", "3"]);
        assert_eq!(fields[5], "50.00");
        assert!(text.contains("x-1 MONEY missed"));
        assert!(text.contains("⟦7 €⟧"));
    }
}
