//! Prodigy, recipes `ner.manual` and `mark`: JSON Lines with `text`, `tokens` and
//! `spans`. Offsets are code points; `token_end` is the last token of a span, not the
//! one behind it. What `db-out` prints has an `answer`.

use super::{
    task::Task,
    tool::{ExchangeError, File, Tool, lines, objects},
    unit::{Map, Unit},
    values,
};
use crate::{eval::gold::Doc, text::analyse};
use serde_json::{Value, json};
use std::path::Path;

/// Prodigy.
pub(super) static PRODIGY: Tool = Tool {
    name: "prodigy",
    about: "JSON Lines of Prodigy, with tokens",
    extension: Some("jsonl"),
    unit: Unit::CodePoints,
    write,
    read,
};

fn write(tasks: &[Task]) -> Vec<File> {
    lines(tasks.iter().map(|task| {
        let doc = &task.doc;
        let map = PRODIGY.unit.map(&doc.text);
        let (tokens, bounds) = tokens(doc, &map);
        let spans: Vec<_> = doc
            .spans
            .iter()
            .zip(&task.scores)
            .map(|(span, score)| {
                let first = bounds.partition_point(|(_, end)| *end <= span.start);
                let after = bounds.partition_point(|(start, _)| *start < span.end);
                let mut object = json!({
                    "start": map.unit(span.start),
                    "end": map.unit(span.end),
                    "token_start": first,
                    "token_end": after.saturating_sub(1),
                    "label": span.tag,
                });
                if let Some(score) = score {
                    object["score"] = json!(score);
                }
                object
            })
            .collect();
        let mut meta = json!({ "id": doc.id });
        if let Some(date) = doc.published {
            meta["published"] = json!(date.to_string());
        }
        if let Some(score) = task.doubt() {
            meta["score"] = json!(score);
        }
        json!({
            "text": doc.text,
            "tokens": tokens,
            "spans": spans,
            "meta": meta,
            values::KEY: values::of(task, &map),
        })
    }))
}

/// The tokens of a text, with a border wherever an annotation has one, and their
/// bytes. White space other than one space behind a token is a token too, as spaCy has
/// it, so that line breaks are seen.
fn tokens(doc: &Doc, map: &Map) -> (Vec<Value>, Vec<(usize, usize)>) {
    let text = doc.text.as_str();
    let mut borders: Vec<usize> = vec![0, text.len()];
    for token in analyse(text).tokens {
        borders.extend([token.start as usize, token.end as usize]);
    }
    borders.extend(doc.spans.iter().flat_map(|s| [s.start, s.end]));
    borders.sort_unstable();
    borders.dedup();
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    for pair in borders.windows(2) {
        let (mut start, end) = (pair[0], pair[1]);
        let piece = &text[start..end];
        if piece.chars().all(char::is_whitespace)
            && piece.starts_with(' ')
            && let Some(last) = pieces.last_mut()
            && !last.2
            // A border inside it keeps it whole.
            && doc.spans.iter().all(|s| s.start != start || s.end < end)
        {
            last.2 = true;
            start += 1;
        }
        if start < end {
            pieces.push((start, end, false));
        }
    }
    let tokens = pieces.iter().enumerate().map(|(id, (start, end, ws))| {
        json!({
            "text": &text[*start..*end],
            "start": map.unit(*start),
            "end": map.unit(*end),
            "id": id,
            "ws": ws,
        })
    });
    let bounds = pieces.iter().map(|(start, end, _)| (*start, *end));
    (tokens.collect(), bounds.collect())
}

fn read(path: &Path) -> Result<Vec<Task>, ExchangeError> {
    let mut out = Vec::new();
    for (at, object) in objects(path)? {
        let Some(text) = object["text"].as_str() else {
            return Err(ExchangeError::content(
                at,
                "no `text`: is it what `db-out` prints?",
            ));
        };
        let own = &object[values::KEY];
        let given = object["meta"]["id"].as_str().unwrap_or_default();
        let mut doc = values::doc(text.to_owned(), own, given.to_owned());
        let map = PRODIGY.unit.map(text);
        for span in object["spans"].as_array().into_iter().flatten() {
            let bounds = (span["start"].as_u64(), span["end"].as_u64());
            let (Some(start), Some(end), Some(label)) =
                (bounds.0, bounds.1, span["label"].as_str())
            else {
                return Err(ExchangeError::content(
                    at,
                    format!("{span} is no annotation: it needs start, end and label"),
                ));
            };
            doc.spans
                .push(values::span((start, end, label), &map, own, &at)?);
        }
        let mut task = Task::checked(doc);
        task.checked = object["answer"].as_str() == Some("accept");
        out.push(task);
    }
    Ok(out)
}
