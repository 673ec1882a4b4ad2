//! Amounts of money.

use super::{Mention, MentionRow, Span};
use crate::kinds::Modifier;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Money {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The amount as a number; null for a range.
    pub amount: Option<f64>,
    /// The amount as an exact decimal string; null for a range.
    pub amount_exact: Option<String>,
    /// Lower end of a range, exact decimal string.
    pub amount_min: Option<String>,
    /// Upper end of a range, exact decimal string.
    pub amount_max: Option<String>,
    /// ISO 4217 code, or null when it cannot be known.
    pub currency: Option<String>,
    /// Modifier beside the span.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
    /// The period or unit that an amount is paid for (« 12 euros de l'heure »
    /// is `PT1H`, « par mois » `P1M`), a TIMEX3 duration; null otherwise.
    pub per: Option<String>,
}

impl Mention for Money {
    const TALLIES: &'static [(&'static str, &'static str)] = &[("money", "amounts")];

    fn span(&self) -> &Span {
        &self.span
    }

    fn row(&self, row: &mut MentionRow) {
        row.number = self.amount;
        row.exact = self.amount_exact.clone();
        row.min = self.amount_min.clone();
        row.max = self.amount_max.clone();
        row.currency = self.currency.clone();
        row.per = self.per.clone();
        row.modifier = self.modifier;
    }
}
