//! Named entities.

use super::{Mention, MentionRow, Span};
use crate::kinds::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A named entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Entity {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its type.
    pub label: Label,
    /// Calibrated marginal probability of span and type, 0 to 1.
    pub score: f64,
    /// Fullest form of the same entity inside this article.
    pub name: String,
    /// What joins the name with that of other articles: its letters and figures in
    /// lower case without accents, without the article that it begins with unless
    /// it is a person's (« États-Unis » and « Etats-Unis » are `etatsunis`).
    #[serde(default)]
    pub key: String,
}

impl Mention for Entity {
    const TALLIES: &'static [(&'static str, &'static str)] = &[
        ("entities.PER", "PER"),
        ("entities.LOC", "LOC"),
        ("entities.ORG", "ORG"),
        ("entities.MISC", "MISC"),
    ];

    fn span(&self) -> &Span {
        &self.span
    }

    fn tally(&self) -> usize {
        self.label as usize
    }

    fn row(&self, row: &mut MentionRow) {
        row.label = Some(self.label);
        row.score = Some(self.score);
        row.name = Some(self.name.clone());
        row.key = Some(self.key.clone());
    }
}
