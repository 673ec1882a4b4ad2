//! The tokens of an article as both passes read them: with case where a line has none.

use super::{truecase, word::Knowledge};
use crate::text::Analysis;
use std::borrow::Cow;

/// One text a token.
pub fn reading<'t>(
    text: &'t str,
    analysis: &Analysis,
    knowledge: &impl Knowledge,
) -> Vec<Cow<'t, str>> {
    let mut out: Vec<Cow<str>> = analysis.tokens.iter().map(|t| t.of(text).into()).collect();
    truecase::restore(&mut out, analysis, knowledge);
    out
}
