//! One record against itself and against its text.

use crate::{
    digest::hex,
    output::Counts,
    record::{Field, Kind, LAYERS, MentionRow, Record, SCHEMA, Span, Status, uid},
};
use sha2::{Digest, Sha256};

/// What is wrong with a record; `text` is its text where that is at hand.
pub(super) fn check(record: &Record, text: Option<&str>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut no = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_owned());
        }
    };
    no(record.schema == SCHEMA, "its schema is another one");
    let key = uid(record.source.as_deref(), record.row, &record.id);
    no(
        record.uid == key,
        "its uid is not that of its source, row and id",
    );
    no(
        (record.status == Status::Error) == record.error.is_some(),
        "status and error contradict each other",
    );
    no(is_sha256(&record.sha256), "sha256 is no SHA-256");
    let share = |x: f64| (0.0..=1.0).contains(&x);
    no(
        record.lang_confidence.is_none_or(share),
        "lang_confidence is not between 0 and 1",
    );
    no(
        record.entities.iter().all(|e| share(e.score)),
        "a score is not between 0 and 1",
    );
    no(
        record.status == Status::Ok || record.duplicate_of.is_none(),
        "it was not extracted, but repeats an article",
    );
    let mentions = LAYERS.iter().map(|l| l.spans(record).len()).sum::<usize>();
    no(
        record.status == Status::Ok || mentions == 0,
        "it was not extracted, but has mentions",
    );
    for date in &record.dates {
        if let (Some(from), Some(to)) = (&date.from, &date.to)
            && from.len() == to.len()
            && !from.starts_with('-')
        {
            no(
                from < to,
                &format!("the date « {} » ends before it begins", date.span.text),
            );
        }
    }
    for layer in LAYERS {
        let spans = layer.spans(record);
        for span in &spans {
            wrong.extend(check_span(span, record).map(|what| format!("{}: {what}", layer.name)));
        }
        let overlap = spans
            .windows(2)
            .find(|pair| (pair[1].field, pair[1].byte_start) < (pair[0].field, pair[0].byte_end));
        if let Some(pair) = overlap {
            wrong.push(format!(
                "{}: « {} » and « {} » overlap or are out of order",
                layer.name, pair[0].text, pair[1].text
            ));
        }
    }
    if let Some(text) = text {
        wrong.extend(check_text(record, text));
    }
    wrong
}

/// Whether a span is not as long as its offsets say, in either unit.
fn wrong_length(span: &Span) -> bool {
    span.text.is_empty()
        || span.end.checked_sub(span.start) != Some(span.text.chars().count() as u64)
        || span.byte_end.checked_sub(span.byte_start) != Some(span.text.len() as u64)
}

/// What is wrong with a span that can be seen without the text.
fn check_span(span: &Span, record: &Record) -> Option<String> {
    let at = format!("« {} » at {}", span.text, span.start);
    if wrong_length(span) {
        return Some(format!("{at} is not as long as its offsets say"));
    }
    if span.byte_start < span.start || span.byte_start > 4 * span.start {
        return Some(format!("{at}: bytes and code points cannot both be right"));
    }
    match span.field {
        Field::Title => {
            let title = record.title.as_deref().unwrap_or_default();
            wrong_slice(span, title).then(|| format!("{at} is not what the title has there"))
        }
        Field::Text => (span.end > record.chars).then(|| format!("{at} is beyond the text")),
    }
}

/// What is wrong with a record, given its text.
pub(super) fn check_text(record: &Record, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if hex(&Sha256::digest(text)) != record.sha256 {
        wrong.push("its sha256 is not that of the text".to_owned());
        return wrong;
    }
    if record.chars != text.chars().count() as u64 {
        wrong.push("chars is not the length of the text".to_owned());
    }
    for layer in LAYERS {
        let spans = layer.spans(record);
        let spans = spans.iter().filter(|span| span.field == Field::Text);
        for span in spans.filter(|span| wrong_slice(span, text)) {
            wrong.push(format!(
                "{}: « {} » at {} is not what the text has there",
                layer.name, span.text, span.start
            ));
        }
    }
    wrong
}

/// Whether the offsets give another slice than the span says, in either unit.
fn wrong_slice(span: &Span, text: &str) -> bool {
    let bytes = usize::try_from(span.byte_start)
        .ok()
        .zip(usize::try_from(span.byte_end).ok())
        .and_then(|(from, to)| text.get(from..to).map(|slice| (from, slice)));
    match bytes {
        Some((from, slice)) => {
            slice != span.text || text[..from].chars().count() as u64 != span.start
        }
        None => true,
    }
}

/// What is wrong with a row of the layout of mentions; counts it.
pub(super) fn check_row(row: &MentionRow, counts: &mut Counts) -> Vec<String> {
    let mut wrong = Vec::new();
    let layer = LAYERS.iter().find(|l| l.kind == row.kind);
    let key = match (row.kind, row.label) {
        (Kind::Entity, Some(label)) => format!("entities.{}", format!("{label:?}").to_uppercase()),
        _ => layer.map_or(String::new(), |l| l.tallies[0].0.to_owned()),
    };
    *counts.mentions.entry(key).or_default() += 1;
    if row.uid != uid(row.source.as_deref(), row.row, &row.id) {
        wrong.push("its uid is not that of its source, row and id".to_owned());
    }
    if wrong_length(&row.span) {
        wrong.push(format!(
            "« {} » at {} is not as long as its offsets say",
            row.span.text, row.span.start
        ));
    }
    if !row.score.is_none_or(|s| (0.0..=1.0).contains(&s)) {
        wrong.push("a score is not between 0 and 1".to_owned());
    }
    wrong
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
