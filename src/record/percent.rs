//! Percentages.

use super::{Mention, MentionRow, Span};
use crate::kinds::{Modifier, PercentUnit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A percentage or a number of percentage points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Percent {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The value as a number; null for a range.
    pub value: Option<f64>,
    /// The value as an exact decimal string; null for a range.
    pub value_exact: Option<String>,
    /// Lower end of a range, exact decimal string.
    pub value_min: Option<String>,
    /// Upper end of a range, exact decimal string.
    pub value_max: Option<String>,
    /// Percent or points.
    pub unit: PercentUnit,
    /// Modifier beside the span.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
}

impl Mention for Percent {
    const TALLIES: &'static [(&'static str, &'static str)] = &[("percents", "percentages")];

    fn span(&self) -> &Span {
        &self.span
    }

    fn row(&self, row: &mut MentionRow) {
        row.number = self.value;
        row.exact = self.value_exact.clone();
        row.min = self.value_min.clone();
        row.max = self.value_max.clone();
        row.unit = Some(self.unit);
        row.modifier = self.modifier;
    }
}
