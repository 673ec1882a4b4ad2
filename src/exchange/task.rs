//! What goes to a tool and comes back.

use crate::eval::gold::Doc;

/// An article on its way to a tool or back.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Its text and annotations.
    pub doc: Doc,
    /// How probable each annotation is, 0 to 1, where something says so; as many as
    /// there are annotations.
    pub scores: Vec<Option<f64>>,
    /// Whether a person has looked at it, as far as the tool tells.
    pub checked: bool,
}

impl Task {
    /// An article that a person has looked at.
    pub(super) fn checked(doc: Doc) -> Self {
        Self {
            scores: vec![None; doc.spans.len()],
            doc,
            checked: true,
        }
    }

    /// The lowest score, of the most doubtful annotation.
    pub(super) fn doubt(&self) -> Option<f64> {
        let scores = self.scores.iter().flatten().copied();
        scores.min_by(f64::total_cmp)
    }
}
