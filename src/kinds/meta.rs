//! What a record keeps of the row that held its article.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::BTreeMap};

/// Fields of the row by their name (a dotted path as it was asked for), sorted;
/// a field that the row does not have is not there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Meta(BTreeMap<String, MetaValue>);

impl Meta {
    /// Keeps a value; of two under one name the first stays.
    pub fn keep(&mut self, name: &str, value: MetaValue) {
        self.0.entry(name.to_owned()).or_insert(value);
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&MetaValue> {
        self.0.get(name)
    }

    /// Names and values, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &MetaValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether nothing was kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Any JSON value, as the row has it: a number keeps its digits.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MetaValue(Box<RawValue>);

impl MetaValue {
    /// A string.
    ///
    /// # Errors
    /// Never in practice: every string can be written as JSON.
    pub fn string(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(text).map(Self)
    }

    /// The value that stands in a JSON text; what is blank between its parts is
    /// left out, so that a record stays on one line.
    ///
    /// # Errors
    /// When the text is no JSON value.
    pub fn json(text: &str) -> Result<Self, serde_json::Error> {
        RawValue::from_string(compact(text).into_owned()).map(Self)
    }

    /// The value as JSON.
    pub fn as_json(&self) -> &str {
        self.0.get()
    }
}

impl PartialEq for MetaValue {
    fn eq(&self, other: &Self) -> bool {
        self.as_json() == other.as_json()
    }
}

impl JsonSchema for MetaValue {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "MetaValue".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        true.into()
    }
}

/// A JSON text without the blanks outside its strings.
fn compact(json: &str) -> Cow<'_, str> {
    let json = json.trim_ascii();
    if !json.starts_with(['{', '[']) {
        return Cow::Borrowed(json);
    }
    let (mut quoted, mut escaped) = (false, false);
    let kept = json.chars().filter(|&c| {
        if quoted {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            quoted = !ends;
            return true;
        }
        quoted = c == '"';
        !c.is_ascii_whitespace()
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_as_in_the_row() {
        for (given, kept) in [
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
            ("1e2", "1e2"),
            (" null ", "null"),
            (
                "{ \"a b\" : [ 1.50,\n \"x \\\" y\" ] }",
                "{\"a b\":[1.50,\"x \\\" y\"]}",
            ),
            ("[\"\\\\\", \" \"]", "[\"\\\\\",\" \"]"),
        ] {
            let value = MetaValue::json(given).unwrap();
            assert_eq!(value.as_json(), kept);
            let mut meta = Meta::default();
            meta.keep("a", value);
            let written = serde_json::to_string(&meta).unwrap();
            assert_eq!(written, format!("{{\"a\":{kept}}}"));
            assert_eq!(serde_json::from_str::<Meta>(&written).unwrap(), meta);
        }
        assert!(MetaValue::json("[1").is_err());
        assert_eq!(
            MetaValue::string("a\"b\n").unwrap().as_json(),
            "\"a\\\"b\\n\""
        );
    }
}
