//! Scores of the money layer.

use super::gold::Doc;

/// A table of precision, recall and F1, spans and values apart; with `errors`
/// each miss and its context.
pub fn report(_docs: &[Doc], _errors: bool) -> String {
    String::new()
}
