//! Scores of the dates layer: `DATE`, `TIME`, `DUR` and `SET` spans, and the
//! types, values and modifiers of the spans that match.
//!
//! What is treated as equal, on both sides alike:
//! - values after `normal`: `PT60M` and `PT1H`, `P3Q` and `P9M`, `P2W` and
//!   `P14D`, a seconds field of zero, a trailing `:00`; nothing else;
//! - ages are not scored, because annotators disagree on them: a length in
//!   years that the text uses as somebody's age (`is_age`) is dropped from
//!   the gold and from what was found.

use super::{
    ages::is_age,
    context::in_context,
    doc::GoldSpan,
    markup::{of_date, tag_of_date},
    reading::Reading,
    score::{Score, ratio},
};
use crate::{
    kinds::DateType,
    record::{Date, Kind},
};
use std::fmt::Write as _;

/// Gold tags, in the order of [`Scores::tags`].
const TAGS: [&str; 4] = ["DATE", "TIME", "DUR", "SET"];

/// One spelling for durations of equal length; other values are kept.
pub(super) fn normal(value: &str) -> String {
    if !value.starts_with('P')
        || value.contains("_REF")
        || value.contains('X')
        || value.contains('.')
    {
        return value.to_owned();
    }
    let (mut months, mut days, mut seconds) = (0u64, 0u64, 0u64);
    let mut n = 0u64;
    let mut time = false;
    for b in value.bytes().skip(1) {
        match b {
            b'0'..=b'9' => {
                n = n.saturating_mul(10).saturating_add(u64::from(b - b'0'));
                continue;
            }
            b'T' => time = true,
            b'Y' => months += n.saturating_mul(12),
            b'Q' => months += n.saturating_mul(3),
            b'M' if time => seconds += n.saturating_mul(60),
            b'M' => months += n,
            b'W' => days += n.saturating_mul(7),
            b'D' => days += n,
            b'H' => seconds += n.saturating_mul(3600),
            b'S' => seconds += n,
            _ => return value.to_owned(),
        }
        n = 0;
    }
    format!("months {months} days {days} seconds {seconds}")
}

/// Counts of one type of expression, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Spans.
    pub spans: Score,
    /// Hits whose value is right.
    pub values: usize,
}

/// Counts of the dates layer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// All expressions; a span is a hit whatever its type.
    pub all: Counts,
    /// `DATE`, `TIME`, `DUR`, `SET`, by the type in the gold; what was found
    /// and is not in the gold, by the type found.
    pub tags: [Counts; 4],
    /// Hits whose type is right.
    pub types: usize,
    /// Hits whose modifier is right.
    pub modifiers: usize,
}

impl Scores {
    /// Share of the hits whose value is right, 0 to 1.
    pub fn value_share(&self) -> f64 {
        ratio(self.all.values, self.all.spans.hit)
    }
}

/// Scores of the time expressions in these records.
pub fn score(readings: &[Reading]) -> Scores {
    let mut scores = Scores::default();
    for reading in readings {
        compare(reading, &mut scores, None);
    }
    scores
}

/// A table of precision, recall and F1, spans and values apart; with `errors`
/// each miss and its context before it.
pub fn report(readings: &[Reading], errors: bool) -> String {
    let mut scores = Scores::default();
    let mut out = String::new();
    for reading in readings {
        compare(reading, &mut scores, errors.then_some(&mut out));
    }
    table(&scores, &mut out);
    out
}

/// Bytes of a found expression.
fn bytes(d: &Date) -> (usize, usize) {
    (d.span.byte_start as usize, d.span.byte_end as usize)
}

fn compare(reading: &Reading, scores: &mut Scores, mut errors: Option<&mut String>) {
    let doc = reading.doc;
    let found: Vec<&Date> = reading
        .record()
        .dates
        .iter()
        .filter(|d| {
            let (start, end) = bytes(d);
            d.kind != DateType::Duration || !is_age(&doc.text, start, end)
        })
        .collect();
    let gold: Vec<&GoldSpan> = doc
        .spans
        .iter()
        .filter(|s| TAGS.contains(&s.tag.as_str()))
        .filter(|s| s.tag != "DUR" || !is_age(&doc.text, s.start, s.end))
        .collect();
    let index = |t: &str| TAGS.iter().position(|x| *x == t).unwrap_or(0);
    let mut say = |what: &str, (start, end): (usize, usize), detail: String| {
        if let Some(out) = errors.as_deref_mut() {
            let context = in_context(&doc.text, start, end);
            let _ = writeln!(out, "{}\t{what}\t{detail}\t{context}", doc.id);
        }
    };
    for g in &gold {
        let of_tag = &mut scores.tags[index(&g.tag)];
        let at = (g.start, g.end);
        let want = g.attr("v").unwrap_or("");
        let Some(d) = found.iter().find(|d| bytes(d) == at) else {
            scores.all.spans.missed += 1;
            of_tag.spans.missed += 1;
            say("missed", at, format!("{} {want}", g.tag));
            continue;
        };
        scores.all.spans.hit += 1;
        of_tag.spans.hit += 1;
        let rule = reading.rule(Kind::Date, g.start);
        if tag_of_date(d.kind) == g.tag {
            scores.types += 1;
        } else {
            let detail = format!("want {} got {} ({rule})", g.tag, tag_of_date(d.kind));
            say("type", at, detail);
        }
        let got = d.value.as_deref().unwrap_or("null");
        if normal(want) == normal(got) {
            scores.all.values += 1;
            of_tag.values += 1;
        } else {
            let dct = doc.published.map(|p| p.to_string()).unwrap_or_default();
            let detail = format!("want {want} got {got} ({rule}, dct {dct})");
            say("value", at, detail);
        }
        // Durations and sets bear no modifiers in the gold.
        let (want, got) = (g.attr("m"), d.modifier.map(of_date));
        if g.tag != "DATE" || want == got {
            scores.modifiers += 1;
        } else {
            let show = |m: Option<&str>| m.unwrap_or("none").to_owned();
            say("mod", at, format!("want {} got {}", show(want), show(got)));
        }
    }
    for d in &found {
        let at = bytes(d);
        if !gold.iter().any(|g| (g.start, g.end) == at) {
            scores.all.spans.extra += 1;
            scores.tags[index(tag_of_date(d.kind))].spans.extra += 1;
            let value = d.value.as_deref().unwrap_or("null");
            let rule = reading.rule(Kind::Date, at.0);
            say(
                "extra",
                at,
                format!("{} {value} ({rule})", tag_of_date(d.kind)),
            );
        }
    }
}

fn table(t: &Scores, out: &mut String) {
    let _ = writeln!(
        out,
        "dates\tprecision\trecall\tF1\tgold\tvalue % of matched"
    );
    for (name, c) in TAGS.iter().zip(&t.tags).chain([(&"spans", &t.all)]) {
        let s = c.spans;
        let _ = writeln!(
            out,
            "{name}\t{:.1}\t{:.1}\t{:.1}\t{}\t{:.1}",
            100.0 * s.precision(),
            100.0 * s.recall(),
            100.0 * s.f1(),
            s.gold(),
            100.0 * ratio(c.values, s.hit)
        );
    }
    let share = |n: usize| 100.0 * ratio(n, t.all.spans.hit);
    let _ = writeln!(
        out,
        "type % of matched\t{:.1}\nvalue % of matched\t{:.1}\nmod % of matched\t{:.1}",
        share(t.types),
        100.0 * t.value_share(),
        share(t.modifiers)
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{cases, gold, read};

    #[test]
    fn equal_lengths_are_equal() {
        assert_eq!(normal("PT90M"), normal("PT1H30M"));
        assert_eq!(normal("P3Q"), normal("P9M"));
        assert_ne!(normal("P1M"), normal("P30D"));
        assert_ne!(normal("P1M"), normal("PT1M"));
        assert_eq!(normal("2024-03"), "2024-03");
    }

    /// A value is right against the publication date of the header; a year that
    /// the program takes for an amount, or an amount it takes for a year, is
    /// its own mistake.
    #[test]
    fn counts_hits_misses_and_values_of_records() {
        let docs = gold::parse(
            "### id: x-1 | date: 2024-03-14 | genre: essai\nTitre\n\
             Elle est venue <DATE v=\"2024-03-13\">hier</DATE>, puis le \
             <DATE v=\"2024-03-05\">4 mars 2024</DATE>, avec 2 000 euros, pour \
             <DUR v=\"P2W\">quatorze jours</DUR> et des <DATE v=\"2024\">poussières</DATE>.\n",
        )
        .unwrap();
        let scores = score(&read(&docs, &cases::extractor()));
        let all = scores.all;
        assert_eq!(
            (all.spans.hit, all.spans.missed, all.spans.extra),
            (3, 1, 0)
        );
        // The gold of the second is wrong by a day; two weeks are 14 days.
        assert_eq!(all.values, 2);
        assert_eq!(scores.types, 3);
        assert_eq!(scores.tags[0].spans.gold(), 3);
        assert_eq!(scores.tags[2].values, 1);
    }
}
