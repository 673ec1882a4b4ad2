//! Time expressions.

use super::{Mention, MentionRow, Span};
use crate::kinds::{Anchor, DateType, Grain, Modifier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A time expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Date {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: DateType,
    /// TIMEX3 value; null or partial (`XXXX-11-24`) where the text does not
    /// settle it.
    pub value: Option<String>,
    /// TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
    /// Unit of the value.
    pub grain: Option<Grain>,
    /// Start of the half-open interval on the calendar, ISO 8601.
    pub from: Option<String>,
    /// End of the half-open interval on the calendar, ISO 8601, exclusive.
    pub to: Option<String>,
    /// What it was resolved against.
    pub anchor: Option<Anchor>,
}

impl Mention for Date {
    const TALLIES: &'static [(&'static str, &'static str)] = &[("dates", "dates")];

    fn span(&self) -> &Span {
        &self.span
    }

    fn row(&self, row: &mut MentionRow) {
        row.date_type = Some(self.kind);
        row.value = self.value.clone();
        row.grain = self.grain;
        row.from = self.from.clone();
        row.to = self.to.clone();
        row.anchor = self.anchor;
        row.modifier = self.modifier;
    }
}
