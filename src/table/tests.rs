//! Columns against the record: the same keys in the same order, the same values.

use super::*;
use crate::record::{LAYERS, MentionRow, Record};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray, cast::AsArray, types as arrow_types};
use arrow_schema::{DataType, Schema};
use serde_json::{Value, json};

/// Keys that are there only when asked for, and columns always.
const ASKED: [&str; 3] = ["text", "context", "duplicate_of"];

fn records() -> Vec<Record> {
    let span = |text: &str, start: u64| {
        let (points, bytes) = (text.chars().count() as u64, text.len() as u64);
        json!({"start": start, "end": start + points, "byte_start": start,
            "byte_end": start + bytes, "text": text, "field": "text", "sentence": 3, "zone": "byline",
            "context": "La phrase."})
    };
    let with = |mut span: Value, own: Value| {
        let (Value::Object(span), Value::Object(own)) = (&mut span, own) else {
            panic!("objects")
        };
        span.extend(own);
        Value::Object(span.clone())
    };
    let full = json!({
        "schema": "glane/1", "id": "000123", "uid": "00c0ffee00c0ffee", "source": "a.jsonl",
        "row": 7, "title": "Un été « cher »", "published": "2024-03", "published_from": "metadata",
        "meta": {"n": 1.50, "url": "https://exemple.fr/1"}, "lang": "fra",
        "lang_confidence": 0.75, "status": "ok", "error": null, "chars": 300, "sha256": "ab",
        "entities": [
            with(span("Zoé", 0), json!({"label": "PER", "score": 0.5, "name": "Zoé Petit", "key": "zoepetit"})),
            with(span("Nîmes", 9), json!({"label": "LOC", "score": 1.0, "name": "Nîmes", "key": "nimes"})),
        ],
        "money": [
            with(span("12 €", 20), json!({"amount": 12.0, "amount_exact": "12", "amount_min": null,
                "amount_max": null, "currency": "EUR", "mod": "LESS_THAN", "per": "PT1H"})),
            with(span("de 1 à 2,5 francs", 30), json!({"amount": null, "amount_exact": null,
                "amount_min": "1", "amount_max": "2.5", "currency": null, "mod": null, "per": null})),
        ],
        "dates": [
            with(span("en 2020", 50), json!({"type": "DATE", "value": "2020", "mod": null,
                "grain": "year", "from": "2020", "to": "2021", "anchor": null})),
            with(span("hier à 8 h", 60), json!({"type": "TIME", "value": "2024-03-09T08:00",
                "mod": "APPROX", "grain": "hour", "from": "2024-03-09T08:00",
                "to": "2024-03-09T09:00", "anchor": "published"})),
            with(span("souvent", 90), json!({"type": "SET", "value": null, "mod": null,
                "grain": null, "from": null, "to": null, "anchor": null})),
        ],
        "percents": [with(span("3 %", 100), json!({"value": 3.0, "value_exact": "3",
            "value_min": null, "value_max": null, "unit": "percent", "mod": "APPROX"}))],
        "warnings": ["published_ambiguous", "nul_characters:2"],
        "duplicate_of": "00000000000000aa", "text": "Le texte\nlui-même",
    });
    let failed = json!({
        "schema": "glane/1", "id": "x", "uid": "1", "source": null, "row": null, "title": null,
        "published": null, "published_from": null, "meta": {}, "lang": null,
        "lang_confidence": null, "status": "error",
        "error": {"stage": "decode", "message": "No text."}, "chars": 0, "sha256": "",
        "entities": [], "money": [], "dates": [], "percents": [], "warnings": [],
    });
    [full, failed]
        .into_iter()
        .map(|record| serde_json::from_value(record).unwrap())
        .collect()
}

/// A value as JSON; decimals and points of the calendar are whole numbers.
fn value(array: &ArrayRef, i: usize) -> Value {
    if array.is_null(i) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(i).into(),
        DataType::Int64 => array
            .as_primitive::<arrow_types::Int64Type>()
            .value(i)
            .into(),
        DataType::Float64 => array
            .as_primitive::<arrow_types::Float64Type>()
            .value(i)
            .into(),
        DataType::Decimal128(_, _) => {
            let units = array.as_primitive::<arrow_types::Decimal128Type>().value(i);
            units.to_string().into()
        }
        DataType::Timestamp(_, _) => array
            .as_primitive::<arrow_types::TimestampMicrosecondType>()
            .value(i)
            .into(),
        DataType::List(_) => {
            let list = array.as_list::<i32>().value(i);
            (0..list.len()).map(|i| value(&list, i)).collect()
        }
        DataType::Struct(_) => object(array.as_struct(), i),
        other => panic!("{other}"),
    }
}

fn object(array: &StructArray, i: usize) -> Value {
    let values = array.column_names().into_iter().zip(array.columns());
    values
        .map(|(name, column)| (name.to_owned(), value(column, i)))
        .collect()
}

/// The same of what stands in a record.
fn expected(key: &str, json: &Value, holds: &Schema) -> Value {
    let (_, field) = holds.fields().find(key).unwrap();
    translated(json, field.data_type())
}

fn translated(json: &Value, holds: &DataType) -> Value {
    match (holds, json) {
        (_, Value::Null) => Value::Null,
        // `meta`, and nothing else.
        (DataType::Utf8, Value::Object(_)) => json.to_string().into(),
        (DataType::Decimal128(_, _), _) => {
            decimal(json.as_str().unwrap()).unwrap().to_string().into()
        }
        (DataType::Timestamp(_, _), _) => micros(json.as_str().unwrap()).unwrap().into(),
        (DataType::List(of), Value::Array(all)) => all
            .iter()
            .map(|json| translated(json, of.data_type()))
            .collect(),
        (DataType::Struct(fields), Value::Object(all)) => {
            let value = |(key, json): (&String, &Value)| {
                let (_, field) = fields.find(key).unwrap();
                (key.clone(), translated(json, field.data_type()))
            };
            all.iter().map(value).collect()
        }
        _ => json.clone(),
    }
}

/// The keys of an object of a JSON Schema.
fn keys(schema: &Value) -> Vec<String> {
    let mut keys: Vec<_> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    keys.sort();
    keys
}

fn sorted(fields: &arrow_schema::Fields) -> Vec<String> {
    let mut names: Vec<_> = fields.iter().map(|f| f.name().clone()).collect();
    names.sort();
    names
}

#[test]
fn every_key_of_a_record_is_a_column() {
    let json = serde_json::to_value(schemars::schema_for!(Record)).unwrap();
    let columns = schema();
    assert_eq!(
        sorted(columns.fields()),
        keys(&json),
        "help: add a line to src/table"
    );
    for (layer, definition) in LAYERS.iter().zip(["Entity", "Money", "Date", "Percent"]) {
        let DataType::List(of) = columns.field_with_name(layer.name).unwrap().data_type() else {
            panic!("{} is a list", layer.name)
        };
        let DataType::Struct(fields) = of.data_type() else {
            panic!("{} are structs", layer.name)
        };
        assert_eq!(
            sorted(fields),
            keys(&json["$defs"][definition]),
            "help: add a line to src/table"
        );
    }
    let json = serde_json::to_value(schemars::schema_for!(MentionRow)).unwrap();
    assert_eq!(
        sorted(MENTIONS.schema().fields()),
        keys(&json),
        "help: add a line to src/table"
    );
}

#[test]
fn a_batch_is_its_records() {
    let records = records();
    let batch = StructArray::from(batch(&records).unwrap());
    assert_eq!(batch.len(), records.len());
    for (i, record) in records.iter().enumerate() {
        let Value::Object(json) = serde_json::to_value(record).unwrap() else {
            panic!("an object")
        };
        for (key, json) in &json {
            let found = value(batch.column_by_name(key).unwrap(), i);
            assert_eq!(
                found,
                expected(key, json, &schema()),
                "{key} of {}",
                record.id
            );
        }
        // What is not asked for is null.
        for key in ASKED.iter().filter(|key| !json.contains_key(**key)) {
            if let Some(column) = batch.column_by_name(key) {
                assert!(column.is_null(i), "{key}");
            }
        }
    }
}

#[test]
fn flat_tables_hold_what_the_lists_hold() {
    let records = records();
    let nested = StructArray::from(batch(&records).unwrap());
    for table in [&ENTITIES, &MONEY, &DATES, &PERCENTS] {
        let rows = table.batch(&records).unwrap();
        assert_eq!(*rows.schema(), table.schema());
        let rows = StructArray::from(rows);
        let list = nested.column_by_name(table.name).unwrap();
        let mut expected = Vec::new();
        for (i, record) in records.iter().enumerate() {
            let Value::Array(mentions) = value(list, i) else {
                panic!("a list")
            };
            for mut mention in mentions {
                mention["uid"] = record.uid.clone().into();
                expected.push(mention);
            }
        }
        let found: Vec<_> = (0..rows.len()).map(|i| object(&rows, i)).collect();
        assert_eq!(found, expected, "{}", table.name);
    }
    let articles = StructArray::from(ARTICLES.batch(&records).unwrap());
    assert_eq!(object(&articles, 0)["title"], "Un été « cher »");
    assert_eq!(object(&articles, 0)["error_stage"], Value::Null);
    assert_eq!(object(&articles, 1)["error_stage"], "decode");
    assert_eq!(object(&articles, 1)["error_message"], "No text.");
    let mentions = StructArray::from(MENTIONS.batch(&records).unwrap());
    assert_eq!(mentions.len(), 2 + 2 + 3 + 1);
    let hour = object(&mentions, 5);
    assert_eq!(
        (&hour["kind"], &hour["from"], &hour["anchor"]),
        (
            &json!("date"),
            &json!(1_709_971_200_000_000_i64),
            &json!("published")
        )
    );
}

#[test]
fn no_records_are_no_rows_of_the_same_columns() {
    let none: RecordBatch = batch(&[]).unwrap();
    assert_eq!((none.num_rows(), &*none.schema()), (0, &schema()));
}

#[test]
fn what_no_column_holds_is_a_warning() {
    let mut records = records();
    records[0].money[0].amount_exact = Some("0.00000000012".to_owned());
    let batch = StructArray::from(batch(&records).unwrap());
    let row = object(&batch, 0);
    assert_eq!(row["money"][0]["amount_exact"], Value::Null);
    assert_eq!(row["warnings"][2], "more_than_9_decimals:0.00000000012");
}
