//! What a tool has no place for, in a key of its own that it hands back: id,
//! publication date, values and scores.

use super::{task::Task, tool::ExchangeError, unit::Map};
use crate::eval::{
    gold::{Doc, GoldSpan},
    markup,
};
use serde_json::{Value, json};

/// The key.
pub(super) const KEY: &str = "glane";

/// What is put under [`KEY`]; offsets in the unit of `map`.
pub(super) fn of(task: &Task, map: &Map) -> Value {
    let doc = &task.doc;
    let marks: Vec<_> = doc
        .spans
        .iter()
        .zip(&task.scores)
        .filter(|(span, score)| !span.attrs.is_empty() || score.is_some())
        .map(|(span, score)| {
            json!({
                "start": map.unit(span.start),
                "end": map.unit(span.end),
                "label": span.tag,
                "values": markup::attributes(span),
                "score": score,
            })
        })
        .collect();
    json!({
        "id": doc.id,
        "published": doc.published.map(|p| p.to_string()),
        "marks": marks,
    })
}

/// The document of a text that comes back with what was put under [`KEY`]; `given` is
/// the id where there is no such key.
pub(super) fn doc(text: String, own: &Value, given: String) -> Doc {
    let published = own["published"].as_str();
    Doc {
        id: own["id"].as_str().map_or(given, str::to_owned),
        index: 0,
        published: published.and_then(|p| p.parse().ok()),
        text,
        spans: Vec::new(),
    }
}

/// The annotation from unit `start` to unit `end`, with the values that it had when it
/// was sent, if it has the same bounds and label.
pub(super) fn span(
    (start, end, tag): (u64, u64, &str),
    map: &Map,
    own: &Value,
    at: &str,
) -> Result<GoldSpan, ExchangeError> {
    let byte = |unit: u64| usize::try_from(unit).ok().and_then(|unit| map.byte(unit));
    let (Some(first), Some(last)) = (byte(start), byte(end)) else {
        return Err(ExchangeError::content(
            at,
            format!("{tag} from {start} to {end} is not in the text"),
        ));
    };
    let marks = own["marks"].as_array().into_iter().flatten();
    let same = |mark: &&Value| {
        mark["start"].as_u64() == Some(start)
            && mark["end"].as_u64() == Some(end)
            && mark["label"].as_str() == Some(tag)
    };
    let mut marks = marks.filter(same);
    let values = marks.next().and_then(|mark| mark["values"].as_str());
    let attrs = markup::read_attributes(values.unwrap_or_default())
        .map_err(|e| ExchangeError::content(at, e))?;
    Ok(GoldSpan {
        start: first,
        end: last,
        tag: tag.to_owned(),
        attrs,
    })
}
