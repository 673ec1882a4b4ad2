//! The scores as one JSON object, for programs.

use super::{
    dates, entities, money,
    reading::Reading,
    score::{Score, ratio},
};
use crate::record::Status;
use serde_json::{Map, Value, json};

/// Labels of [`entities::Scores::labels`], in its order.
const LABELS: [&str; 4] = ["PER", "LOC", "ORG", "MISC"];
/// Tags of [`dates::Scores::tags`], in its order.
const TAGS: [&str; 4] = ["DATE", "TIME", "DUR", "SET"];

/// The scores of the layers for which `wanted` (entities, money, dates) is set. Shares
/// are from 0 to 1, `value_right` and its like of the spans that were found.
pub fn report(readings: &[Reading], wanted: [bool; 3]) -> Value {
    let extracted = readings.iter().filter(|r| r.record().status == Status::Ok);
    let mut out = json!({
        "articles": readings.len(),
        "extracted": extracted.count(),
    });
    if wanted[0] {
        let scores = entities::score(readings);
        let mut layer = Map::new();
        for (label, s) in LABELS.iter().zip(&scores.labels) {
            layer.insert((*label).to_owned(), score(s));
        }
        layer.insert("all".to_owned(), score(&scores.all()));
        layer.insert("spans".to_owned(), score(&scores.spans));
        out["entities"] = Value::Object(layer);
    }
    if wanted[1] {
        let scores = money::score(readings);
        let counts = |c: &money::Counts| {
            let mut object = score(&c.spans);
            let share = |n| json!(ratio(n, c.spans.hit));
            object["amount_right"] = share(c.amounts);
            object["unit_right"] = share(c.units);
            object["value_right"] = share(c.both);
            object
        };
        let mut amounts = counts(&scores.amounts);
        // Of percentages nobody annotates modifiers.
        amounts["modifiers"] = score(&scores.amounts.modifiers);
        out["money"] = json!({ "amounts": amounts, "percents": counts(&scores.percents) });
    }
    if wanted[2] {
        let scores = dates::score(readings);
        let counts = |c: &dates::Counts| {
            let mut object = score(&c.spans);
            object["value_right"] = json!(ratio(c.values, c.spans.hit));
            object
        };
        let mut layer = Map::new();
        for (tag, c) in TAGS.iter().zip(&scores.tags) {
            layer.insert((*tag).to_owned(), counts(c));
        }
        let mut all = counts(&scores.all);
        all["type_right"] = json!(ratio(scores.types, scores.all.spans.hit));
        all["modifier_right"] = json!(ratio(scores.modifiers, scores.all.spans.hit));
        layer.insert("all".to_owned(), all);
        out["dates"] = Value::Object(layer);
    }
    out
}

fn score(score: &Score) -> Value {
    json!({
        "precision": score.precision(),
        "recall": score.recall(),
        "f1": score.f1(),
        "annotated": score.gold(),
        "found": score.hit + score.extra,
        "right": score.hit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{cases, gold, read};

    #[test]
    fn the_figures_of_the_tables() {
        let docs = gold::parse(cases::AMOUNTS).unwrap();
        let json = report(&read(&docs, &cases::extractor()), [false, true, false]);
        let amounts = &json["money"]["amounts"];
        // Two of three spans found, one span too many; one of two amounts right.
        for (key, value) in [("annotated", 3), ("found", 3), ("right", 2)] {
            assert_eq!(amounts[key], value, "{key}");
        }
        assert_eq!(amounts["value_right"], 0.5);
        assert_eq!(json["money"]["percents"]["f1"], 1.0);
        assert_eq!(json["articles"], 1);
        assert!(json.get("dates").is_none() && json.get("entities").is_none());
    }
}
