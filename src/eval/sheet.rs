//! Annotations beside what was found, for a page to look at.

use super::{
    ages::is_age,
    dates::normal,
    doc::GoldSpan,
    markup::{TAGS, tag},
    money,
    reading::Reading,
};
use crate::{
    record::{self, Kind, MentionRow},
    view::{
        errors::{Compared, Shown, Verdict},
        words,
    },
};

/// Both sides of every article, of the layers for which `wanted` (entities,
/// money, dates) is set. Ages are left out on both sides, as they are in the
/// scores of dates.
pub fn compare(readings: &[Reading], wanted: [bool; 3]) -> Vec<Compared> {
    readings.iter().map(|r| article(r, wanted)).collect()
}

fn article(reading: &Reading, wanted: [bool; 3]) -> Compared {
    let doc = reading.doc;
    let of_layer = |tag: &str| (0..3).any(|i| wanted[i] && TAGS[i].contains(&tag));
    let annotated: Vec<&str> = doc.spans.iter().map(|s| s.tag.as_str()).collect();
    // A file that annotates names only says nothing about dates.
    let annotates = |tag: &str| {
        let layer = TAGS.iter().find(|tags| tags.contains(&tag));
        layer.is_some_and(|tags| annotated.iter().any(|a| tags.contains(a)))
    };
    let age = |tag: &str, start, end| tag == "DUR" && is_age(&doc.text, start, end);
    let mut rows = Vec::new();
    record::rows(reading.record(), &mut |row| rows.push(row));
    rows.sort_by_key(|row| row.span.byte_start);
    let rows: Vec<(usize, usize, &str, MentionRow)> = rows
        .into_iter()
        .filter_map(|row| {
            let (start, end) = (row.span.byte_start as usize, row.span.byte_end as usize);
            let tag = tag(&row)?;
            (of_layer(tag) && annotates(tag) && !age(tag, start, end))
                .then_some((start, end, tag, row))
        })
        .collect();
    let gold: Vec<&GoldSpan> = doc
        .spans
        .iter()
        .filter(|s| of_layer(&s.tag) && !age(&s.tag, s.start, s.end))
        .collect();
    let verdict = |g: &GoldSpan, tag: &str, row: &MentionRow| match same(g, tag, row) {
        true => Verdict::Right,
        false => Verdict::Other,
    };
    let layer = |tag: &str| TAGS.iter().position(|tags| tags.contains(&tag));
    let pairs = |g: &GoldSpan, r: &(usize, usize, &str, MentionRow)| {
        (g.start, g.end, layer(&g.tag)) == (r.0, r.1, layer(r.2))
    };
    Compared {
        id: doc.id.clone(),
        published: doc.published.map(|p| p.to_string()).unwrap_or_default(),
        text: doc.text.clone(),
        gold: gold
            .iter()
            .map(|g| Shown {
                start: g.start,
                end: g.end,
                label: g.tag.clone(),
                value: attributes(g),
                rule: String::new(),
                verdict: rows
                    .iter()
                    .find(|r| pairs(g, r))
                    .map_or(Verdict::Missed, |r| verdict(g, r.2, &r.3)),
            })
            .collect(),
        found: rows
            .iter()
            .map(|r| Shown {
                start: r.0,
                end: r.1,
                label: r.2.to_owned(),
                value: match r.3.kind {
                    Kind::Entity => String::new(),
                    Kind::Date => r.3.value.clone().unwrap_or_else(|| "null".to_owned()),
                    _ => words::value(&r.3).unwrap_or_else(|| "null".to_owned()),
                },
                rule: reading.rule(r.3.kind, r.0).to_owned(),
                verdict: gold
                    .iter()
                    .find(|g| pairs(g, r))
                    .map_or(Verdict::Extra, |g| verdict(g, r.2, &r.3)),
            })
            .collect(),
    }
}

/// Whether label and value are those that were annotated, as the scores of
/// their layer have it.
fn same(g: &GoldSpan, tag: &str, row: &MentionRow) -> bool {
    let values = match row.kind {
        Kind::Date => {
            normal(g.attr("v").unwrap_or_default())
                == normal(row.value.as_deref().unwrap_or("null"))
        }
        Kind::Money | Kind::Percent => money::same_value(g, row),
        _ => true,
    };
    g.tag == tag && values
}

/// The attributes of an annotation: its values in their order.
fn attributes(g: &GoldSpan) -> String {
    let values: Vec<_> = g.attrs.iter().map(|(_, value)| value.as_str()).collect();
    values.join(" ")
}
