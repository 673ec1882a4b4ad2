//! Scores of the dates layer: `DATE`, `TIME`, `DUR` and `SET` spans, and the
//! types, values and modifiers of the spans that match.
//!
//! What is treated as equal, on both sides alike:
//! - values after `normal`: `PT60M` and `PT1H`, `P3Q` and `P9M`, `P2W` and
//!   `P14D`, a seconds field of zero, a trailing `:00`; nothing else;
//! - ages are not scored, because annotators disagree on them: a length in
//!   years that the text uses as somebody's age (`is_age`) is dropped from
//!   the gold and from what was found.

use super::{Score, gold::Doc};
use crate::{
    dates::{self, Context, Timex},
    kinds::{DateType, Modifier},
};
use std::fmt::Write as _;

const TAGS: [&str; 4] = ["DATE", "TIME", "DUR", "SET"];

fn tag(kind: DateType) -> &'static str {
    match kind {
        DateType::Date => "DATE",
        DateType::Time => "TIME",
        DateType::Duration => "DUR",
        DateType::Set => "SET",
    }
}

fn modifier(m: Option<Modifier>) -> Option<&'static str> {
    Some(match m? {
        Modifier::Approx => "APPROX",
        Modifier::LessThan => "LESS_THAN",
        Modifier::MoreThan => "MORE_THAN",
        Modifier::EqualOrLess => "EQUAL_OR_LESS",
        Modifier::EqualOrMore => "EQUAL_OR_MORE",
        Modifier::Start => "START",
        Modifier::Mid => "MID",
        Modifier::End => "END",
    })
}

/// The value as the record has it.
fn written(t: &Timex) -> String {
    t.value
        .as_ref()
        .map_or_else(|| "null".to_owned(), ToString::to_string)
}

/// One spelling for durations of equal length; other values are kept.
pub(crate) fn normal(value: &str) -> String {
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

/// A length in years beside a person: « âgé de 34 ans », « X, 34 ans, »,
/// « à 34 ans », « homme de 34 ans ».
pub(crate) fn is_age(text: &str, start: usize, end: usize) -> bool {
    let span = &text[start..end];
    if !span.ends_with("ans") && !span.ends_with("an") && !span.ends_with("mois") {
        return false;
    }
    let before = text[..start].trim_end();
    let after = text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let last = before
        .rsplit([' ', '\u{a0}', '\n', '\'', '’'])
        .next()
        .unwrap_or("");
    let two: Vec<&str> = before
        .rsplit([' ', '\u{a0}', '\n', '\'', '’'])
        .take(2)
        .collect();
    let after_closes = after.is_empty()
        || after.starts_with([',', ')', '.', ';', '\n', '»', ':', '!', '?', '–', '—']);
    if before.ends_with(',') || before.ends_with('(') {
        return after_closes || after.starts_with("et ") || span.ends_with("ans");
    }
    match (two.get(1).copied().unwrap_or(""), last) {
        (w, "de") if w.starts_with("âgé") => true,
        // « gratuit pour les moins de 12 ans »
        ("moins" | "plus", "de") => [
            "les moins de",
            "des moins de",
            "aux moins de",
            "les plus de",
            "des plus de",
            "aux plus de",
        ]
        .iter()
        .any(|p| before.ends_with(p)),
        (w, "de") => matches!(
            w,
            "homme"
                | "femme"
                | "garçon"
                | "fille"
                | "fillette"
                | "enfant"
                | "adolescent"
                | "adolescente"
                | "ado"
                | "jeune"
                | "fils"
                | "octogénaire"
                | "étudiant"
                | "étudiante"
                | "bébé"
                | "père"
                | "mère"
                | "conducteur"
                | "joueur"
                | "retraité"
                | "retraitée"
                | "lycéen"
                | "hommes"
                | "femmes"
                | "personnes"
                | "jeunes"
                | "enfants"
                | "élève"
                | "joueuse"
                | "attaquant"
                | "motard"
                | "cycliste"
                | "quadragénaire"
                | "gamin"
                | "Français"
                | "habitante"
                | "habitant"
                | "patiente"
                | "patient"
                | "suspect"
                | "âge"
        ),
        (_, "à" | "À" | "a" | "ses" | "fête" | "avait") => true,
        ("âge", "d") => true,
        (w, "des" | "les" | "aux") => w == "plus" || w == "moins",
        _ => false,
    }
}

#[derive(Default)]
struct Tally {
    spans: Score,
    by_tag: [Score; 4],
    matched: usize,
    types: usize,
    values: usize,
    modifiers: usize,
    by_tag_values: [(usize, usize); 4],
}

/// A table of precision, recall and F1, spans and values apart; with `errors`
/// each miss and its context.
pub fn report(docs: &[Doc], errors: bool) -> String {
    let mut tally = Tally::default();
    let mut out = String::new();
    for doc in docs {
        score(doc, &mut tally, errors.then_some(&mut out));
    }
    table(&tally, &mut out);
    out
}

fn score(doc: &Doc, tally: &mut Tally, mut errors: Option<&mut String>) {
    // Money is read first in the pipeline: its spans hold no dates.
    let blocked: Vec<(usize, usize)> = doc
        .spans
        .iter()
        .filter(|s| matches!(s.tag.as_str(), "MONEY" | "PCT"))
        .map(|s| (s.start, s.end))
        .collect();
    let found = dates::find(
        &doc.text,
        &Context {
            published: doc.published,
            blocked: &blocked,
            ..Context::default()
        },
    );
    let found: Vec<&Timex> = found
        .dates
        .iter()
        .filter(|t| t.kind != DateType::Duration || !is_age(&doc.text, t.start, t.end))
        .collect();
    let gold: Vec<_> = doc
        .spans
        .iter()
        .filter(|s| TAGS.contains(&s.tag.as_str()))
        .filter(|s| s.tag != "DUR" || !is_age(&doc.text, s.start, s.end))
        .collect();
    let index = |t: &str| TAGS.iter().position(|x| *x == t).unwrap_or(0);
    let mut say = |what: &str, start: usize, end: usize, detail: String| {
        if let Some(out) = errors.as_deref_mut() {
            let _ = writeln!(
                out,
                "{}\t{what}\t{detail}\t{}",
                doc.id,
                context(&doc.text, start, end)
            );
        }
    };
    for g in &gold {
        let at = index(&g.tag);
        let Some(t) = found.iter().find(|t| t.start == g.start && t.end == g.end) else {
            tally.spans.missed += 1;
            tally.by_tag[at].missed += 1;
            say(
                "missed",
                g.start,
                g.end,
                format!("{} {}", g.tag, g.attr("v").unwrap_or("")),
            );
            continue;
        };
        tally.spans.hit += 1;
        tally.by_tag[at].hit += 1;
        tally.matched += 1;
        let want = g.attr("v").unwrap_or("");
        let got = &written(t);
        if tag(t.kind) == g.tag {
            tally.types += 1;
        } else {
            say(
                "type",
                g.start,
                g.end,
                format!("want {} got {} ({})", g.tag, tag(t.kind), t.rule),
            );
        }
        tally.by_tag_values[at].1 += 1;
        if normal(want) == normal(got) {
            tally.values += 1;
            tally.by_tag_values[at].0 += 1;
        } else {
            say(
                "value",
                g.start,
                g.end,
                format!(
                    "want {want} got {got} ({}, dct {})",
                    t.rule,
                    doc.published.map(|p| p.to_string()).unwrap_or_default()
                ),
            );
        }
        // Durations and sets bear no modifiers in the gold.
        let same = !matches!(g.tag.as_str(), "DATE") || g.attr("m") == modifier(t.modifier);
        if same {
            tally.modifiers += 1;
        } else {
            say(
                "mod",
                g.start,
                g.end,
                format!("want {:?} got {:?}", g.attr("m"), modifier(t.modifier)),
            );
        }
    }
    for t in &found {
        if !gold.iter().any(|g| t.start == g.start && t.end == g.end) {
            tally.spans.extra += 1;
            tally.by_tag[index(tag(t.kind))].extra += 1;
            say(
                "extra",
                t.start,
                t.end,
                format!("{} {} ({})", tag(t.kind), written(t), t.rule),
            );
        }
    }
}

/// The mention in brackets with a little text on both sides.
fn context(text: &str, start: usize, end: usize) -> String {
    let left = text[..start]
        .char_indices()
        .rev()
        .nth(39)
        .map_or(0, |(i, _)| i);
    let right = text[end..]
        .char_indices()
        .nth(30)
        .map_or(text.len(), |(i, _)| end + i);
    format!(
        "{}[{}]{}",
        &text[left..start],
        &text[start..end],
        &text[end..right]
    )
    .replace('\n', "⏎")
}

fn table(t: &Tally, out: &mut String) {
    let _ = writeln!(
        out,
        "dates\tprecision\trecall\tF1\tgold\tvalue % of matched"
    );
    let share = |a: usize, b: usize| {
        if b == 0 {
            0.0
        } else {
            100.0 * a as f64 / b as f64
        }
    };
    for (i, name) in TAGS.iter().enumerate() {
        let s = t.by_tag[i];
        let (ok, all) = t.by_tag_values[i];
        let _ = writeln!(
            out,
            "{name}\t{:.1}\t{:.1}\t{:.1}\t{}\t{:.1}",
            100.0 * s.precision(),
            100.0 * s.recall(),
            100.0 * s.f1(),
            s.hit + s.missed,
            share(ok, all)
        );
    }
    let s = t.spans;
    let _ = writeln!(
        out,
        "spans\t{:.1}\t{:.1}\t{:.1}\t{}\ntype % of matched\t{:.1}\nvalue % of matched\t{:.1}\nmod % of matched\t{:.1}",
        100.0 * s.precision(),
        100.0 * s.recall(),
        100.0 * s.f1(),
        s.hit + s.missed,
        share(t.types, t.matched),
        share(t.values, t.matched),
        share(t.modifiers, t.matched)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lengths_are_equal() {
        assert_eq!(normal("PT90M"), normal("PT1H30M"));
        assert_eq!(normal("P3Q"), normal("P9M"));
        assert_ne!(normal("P1M"), normal("P30D"));
        assert_ne!(normal("P1M"), normal("PT1M"));
        assert_eq!(normal("2024-03"), "2024-03");
    }

    #[test]
    fn ages_are_told_from_lengths() {
        for (text, age) in [
            ("Anne, [34 ans], médecin", true),
            ("un homme de [34 ans]", true),
            ("âgée de [34 ans]", true),
            ("pendant [34 ans]", false),
            ("un bail de [34 ans]", false),
        ] {
            let start = text.find('[').expect("open");
            let plain = text.replace(['[', ']'], "");
            let end = text.find(']').expect("close") - 1;
            assert_eq!(is_age(&plain, start, end), age, "{text}");
        }
    }
}
