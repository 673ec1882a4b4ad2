//! Label Studio: a JSON array of tasks. What was found is a prediction; what people
//! made of it comes back as an annotation, in the export called JSON (not JSON-MIN).
//! Values stand in a text area per region.
//!
//! Offsets are code points (earlier than version 1.4 of 2021 they were UTF-16 code
//! units): a region comes with its text, by which the unit is told.

use super::{
    task::Task,
    tool::{ExchangeError, File, Tool, text_of},
    unit::{Map, Unit},
};
use crate::eval::{
    gold::{Doc, GoldSpan},
    markup,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

/// Label Studio.
pub(super) static LABEL_STUDIO: Tool = Tool {
    name: "label-studio",
    about: "JSON tasks of Label Studio, with predictions",
    extension: Some("json"),
    unit: Unit::CodePoints,
    write,
    read,
};

/// Names of the controls in the labelling configuration: labels, text, values.
const LABELS: &str = "label";
const TEXT: &str = "text";
const VALUES: &str = "value";

fn write(tasks: &[Task]) -> Vec<File> {
    let tasks: Vec<Value> = tasks.iter().map(task).collect();
    let mut out = serde_json::to_vec_pretty(&tasks).unwrap_or_default();
    out.push(b'\n');
    vec![(String::new(), out)]
}

fn task(task: &Task) -> Value {
    let doc = &task.doc;
    let map = LABEL_STUDIO.unit.map(&doc.text);
    let mut result = Vec::new();
    for (i, (span, score)) in doc.spans.iter().zip(&task.scores).enumerate() {
        let (id, start, end) = (format!("m{i}"), map.unit(span.start), map.unit(span.end));
        let text = doc.text.get(span.start..span.end).unwrap_or_default();
        let mut region = json!({
            "id": id, "from_name": LABELS, "to_name": TEXT, "type": "labels",
            "value": { "start": start, "end": end, "text": text, "labels": [span.tag] },
        });
        if let Some(score) = score {
            region["score"] = json!(score);
        }
        result.push(region);
        if !span.attrs.is_empty() {
            result.push(json!({
                "id": id, "from_name": VALUES, "to_name": TEXT, "type": "textarea",
                "value": { "start": start, "end": end, "text": [markup::attributes(span)] },
            }));
        }
    }
    let mut prediction = json!({
        "model_version": concat!("glane ", env!("CARGO_PKG_VERSION")),
        "result": result,
    });
    if let Some(score) = task.doubt() {
        prediction["score"] = json!(score);
    }
    json!({
        "data": {
            "text": doc.text,
            "id": doc.id,
            "published": doc.published.map(|p| p.to_string()),
        },
        "predictions": [prediction],
    })
}

fn read(path: &Path) -> Result<Vec<Task>, ExchangeError> {
    let shown = path.display();
    let tasks: Vec<Value> = serde_json::from_str(&text_of(path)?).map_err(|e| {
        ExchangeError::content(
            shown.to_string(),
            format!("no JSON array of tasks ({e}): export as JSON"),
        )
    })?;
    let one = |(i, task): (usize, &Value)| {
        let at = match &task["id"] {
            Value::Null => format!("{shown}, task {} of the file", i + 1),
            id => format!("{shown}, task {id}"),
        };
        read_task(task, &at)
    };
    tasks.iter().enumerate().map(one).collect()
}

fn read_task(task: &Value, at: &str) -> Result<Task, ExchangeError> {
    let wrong = |problem: String| ExchangeError::content(at, problem);
    let data = &task["data"];
    let Some(text) = data[TEXT].as_str() else {
        return Err(wrong(
            "no `data.text`: export as JSON, not as JSON-MIN or CSV".to_owned(),
        ));
    };
    let results = |key: &str| {
        let all = task[key].as_array().into_iter().flatten();
        let kept = all.filter(|a| a["was_cancelled"].as_bool() != Some(true));
        kept.filter_map(|a| a["result"].as_array()).next_back()
    };
    // The last that somebody made, else the draft.
    let (result, checked) = match results("annotations").or_else(|| results("completions")) {
        Some(result) => (Some(result), true),
        None => (results("predictions"), false),
    };
    let mut doc = Doc {
        id: data["id"].as_str().unwrap_or_default().to_owned(),
        index: 0,
        published: data["published"].as_str().and_then(|p| p.parse().ok()),
        text: text.to_owned(),
        spans: Vec::new(),
    };
    let maps = [Unit::CodePoints.map(text), Unit::Utf16.map(text)];
    // A region is several results of one id.
    let mut values: BTreeMap<&str, &str> = BTreeMap::new();
    let result = || result.into_iter().flatten();
    for part in result().filter(|part| part["type"] == "textarea") {
        let written = &part["value"]["text"];
        let written = written.as_str().or_else(|| written[0].as_str());
        if let (Some(id), Some(written)) = (part["id"].as_str(), written) {
            values.insert(id, written);
        }
    }
    for part in result().filter(|part| part["type"] == "labels") {
        let span = region(part, text, &maps).map_err(wrong)?;
        let id = part["id"].as_str().unwrap_or_default();
        let attrs = values.get(id).copied().unwrap_or_default();
        let attrs = markup::read_attributes(attrs).map_err(wrong)?;
        doc.spans.push(GoldSpan { attrs, ..span });
    }
    Ok(Task {
        checked,
        ..Task::checked(doc)
    })
}

/// The annotation of a region, in the unit in which its text stands there.
fn region(part: &Value, text: &str, maps: &[Map]) -> Result<GoldSpan, String> {
    let value = &part["value"];
    let labels = value["labels"].as_array().map_or(&[][..], Vec::as_slice);
    let (Some(start), Some(end), [label]) =
        (value["start"].as_u64(), value["end"].as_u64(), labels)
    else {
        return Err(format!(
            "{value} is no region with start, end and one label"
        ));
    };
    let label = label.as_str().unwrap_or_default();
    // How a browser hands over line breaks is its own affair.
    let letters = |text: &str| -> String {
        let text = text.replace("\\n", "\n");
        text.chars().filter(|c| !c.is_whitespace()).collect()
    };
    let said = value["text"].as_str().map(letters);
    for map in maps {
        let byte = |unit: u64| usize::try_from(unit).ok().and_then(|unit| map.byte(unit));
        let (Some(start), Some(end)) = (byte(start), byte(end)) else {
            continue;
        };
        let Some(there) = text.get(start..end) else {
            continue;
        };
        if said.as_ref().is_none_or(|said| *said == letters(there)) {
            return Ok(GoldSpan {
                start,
                end,
                tag: label.to_owned(),
                attrs: Vec::new(),
            });
        }
    }
    let said = value["text"].as_str().unwrap_or_default();
    Err(format!(
        "{label} « {said} » does not stand from {start} to {end}: was the text changed?"
    ))
}
