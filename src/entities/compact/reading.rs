//! The tokens of an article as both passes read them: with case where a line has none.

use super::{truecase, word::Knowledge};
use crate::text::{Analysis, Token};
use std::ops::Index;

/// What stands at each token.
#[derive(Debug)]
pub struct Readings<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// Tokens that are read otherwise than they are written, in order.
    rewritten: Vec<(u32, String)>,
}

impl Index<usize> for Readings<'_> {
    type Output = str;

    fn index(&self, i: usize) -> &str {
        if self.rewritten.is_empty() {
            return self.tokens[i].of(self.text);
        }
        match self
            .rewritten
            .binary_search_by_key(&(i as u32), |(at, _)| *at)
        {
            Ok(at) => &self.rewritten[at].1,
            Err(_) => self.tokens[i].of(self.text),
        }
    }
}

impl Readings<'_> {
    /// What stands at token `i`.
    pub fn get(&self, i: usize) -> Option<&str> {
        (i < self.tokens.len()).then(|| &self[i])
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.tokens.len()).map(|i| &self[i])
    }
}

/// The tokens of an article as they are read.
pub fn reading<'t>(
    text: &'t str,
    analysis: &'t Analysis,
    knowledge: &impl Knowledge,
) -> Readings<'t> {
    Readings {
        text,
        tokens: &analysis.tokens,
        rewritten: truecase::restore(text, analysis, knowledge),
    }
}

/// The tokens as they are written.
#[cfg(test)]
pub(super) fn plain<'t>(text: &'t str, analysis: &'t Analysis) -> Readings<'t> {
    Readings {
        text,
        tokens: &analysis.tokens,
        rewritten: Vec::new(),
    }
}
