//! One flat row per mention, for tools that want tables.

use super::{Kind, LAYERS, Record, Span};
use crate::kinds::{Anchor, DateType, Grain, Label, Meta, Modifier, PercentUnit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One mention. Every key but `duplicate_of` is always present, and has one type
/// whatever the kind; keys of another kind are `null`. Rows of an article come kind by kind
/// in the order entity, money, date, percent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct MentionRow {
    /// Id of the article, see [`Record::id`].
    pub id: String,
    /// Key of the article for joins, see [`Record::uid`].
    #[serde(default)]
    pub uid: String,
    /// The input as given on the command line.
    pub source: Option<String>,
    /// 1-based row of the article in its file.
    pub row: Option<u64>,
    /// Publication date of the article, see [`Record::published`].
    pub published: Option<String>,
    /// Fields of the article's row that were asked for, see [`Record::meta`].
    #[serde(default)]
    pub meta: Meta,
    /// What the mention is.
    pub kind: Kind,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Entity: its type.
    pub label: Option<Label>,
    /// Entity: calibrated probability.
    pub score: Option<f64>,
    /// Entity: fullest form inside the article.
    pub name: Option<String>,
    /// Entity: what joins the name with that of other articles.
    #[serde(default)]
    pub key: Option<String>,
    /// Money or percent: the number; null for a range.
    pub number: Option<f64>,
    /// Money or percent: the number as an exact decimal string.
    pub exact: Option<String>,
    /// Money or percent: lower end of a range.
    pub min: Option<String>,
    /// Money or percent: upper end of a range.
    pub max: Option<String>,
    /// Money: ISO 4217 code.
    pub currency: Option<String>,
    /// Money: period or unit it is paid for, a TIMEX3 duration.
    pub per: Option<String>,
    /// Percent: percent or points.
    pub unit: Option<PercentUnit>,
    /// Date: TIMEX3 type.
    #[serde(rename = "type")]
    pub date_type: Option<DateType>,
    /// Date: TIMEX3 value.
    pub value: Option<String>,
    /// Date: unit of the value.
    pub grain: Option<Grain>,
    /// Date: start of the half-open interval on the calendar.
    pub from: Option<String>,
    /// Date: its exclusive end.
    pub to: Option<String>,
    /// Date: what it was resolved against.
    pub anchor: Option<Anchor>,
    /// Money, date or percent: TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
    /// The article that this one nearly repeats, see [`Record::duplicate_of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub duplicate_of: Option<String>,
}

/// Calls `each` with the rows of one record, layer by layer.
pub fn rows(record: &Record, each: &mut dyn FnMut(MentionRow)) {
    for layer in LAYERS {
        layer.each(record, &mut |mention| {
            let mut row = blank(record, layer.kind, mention.span());
            mention.row(&mut row);
            each(row);
        });
    }
}

fn blank(record: &Record, kind: Kind, span: &Span) -> MentionRow {
    MentionRow {
        id: record.id.clone(),
        uid: record.uid.clone(),
        source: record.source.clone(),
        row: record.row,
        published: record.published.clone(),
        meta: record.meta.clone(),
        kind,
        span: span.clone(),
        label: None,
        score: None,
        name: None,
        key: None,
        number: None,
        exact: None,
        min: None,
        max: None,
        currency: None,
        per: None,
        unit: None,
        date_type: None,
        value: None,
        grain: None,
        from: None,
        to: None,
        anchor: None,
        modifier: None,
        duplicate_of: record.duplicate_of.clone(),
    }
}
