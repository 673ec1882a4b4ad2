//! doccano, projects « Sequence Labeling »: JSON Lines with `text` and `label`, a list
//! of `[start, end, label]`; exports with relations have `entities` instead. Other keys
//! are metadata, which doccano shows beside the text and gives back.
//!
//! Offsets are those of the page, UTF-16 code units, unless the project counts
//! grapheme clusters as one character.

use super::{
    task::Task,
    tool::{ExchangeError, File, Tool, lines, objects},
    unit::Unit,
    values,
};
use serde_json::{Value, json};
use std::path::Path;

/// doccano.
pub(super) static DOCCANO: Tool = Tool {
    name: "doccano",
    about: "JSON Lines of doccano (sequence labelling)",
    extension: Some("jsonl"),
    unit: Unit::Utf16,
    write,
    read,
};

fn write(tasks: &[Task]) -> Vec<File> {
    lines(tasks.iter().map(|task| {
        let map = DOCCANO.unit.map(&task.doc.text);
        let spans = task.doc.spans.iter();
        let label: Vec<_> = spans
            .map(|s| json!([map.unit(s.start), map.unit(s.end), s.tag]))
            .collect();
        json!({
            "text": task.doc.text,
            "label": label,
            values::KEY: values::of(task, &map),
        })
    }))
}

fn read(path: &Path) -> Result<Vec<Task>, ExchangeError> {
    let mut out = Vec::new();
    for (at, object) in objects(path)? {
        let Some(text) = object["text"].as_str() else {
            return Err(ExchangeError::content(at, "no `text`: export as JSONL"));
        };
        let own = &object[values::KEY];
        let given = object["id"].to_string();
        let mut doc = values::doc(text.to_owned(), own, given);
        let map = DOCCANO.unit.map(text);
        let keys = ["label", "labels", "entities"];
        let Some(spans) = keys.iter().find_map(|key| object[*key].as_array()) else {
            return Err(ExchangeError::content(
                at,
                "neither `label` nor `entities`: export as JSONL from a project for sequence labelling",
            ));
        };
        for span in spans {
            let found = triple(span).ok_or_else(|| {
                ExchangeError::content(&at, format!("{span} is no annotation: [start, end, label]"))
            })?;
            doc.spans.push(values::span(found, &map, own, &at)?);
        }
        out.push(Task::checked(doc));
    }
    Ok(out)
}

fn triple(span: &Value) -> Option<(u64, u64, &str)> {
    match span {
        Value::Array(all) => match &all[..] {
            [start, end, label] => Some((start.as_u64()?, end.as_u64()?, label.as_str()?)),
            _ => None,
        },
        span => Some((
            span["start_offset"].as_u64()?,
            span["end_offset"].as_u64()?,
            span["label"].as_str()?,
        )),
    }
}
