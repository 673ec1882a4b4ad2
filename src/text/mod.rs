//! The reading view of an article, and tokens and sentences of French as byte
//! spans over it.
//!
//! The view itself is never changed: a token is a pair of byte offsets on
//! character borders, tokens are sorted, do not overlap and hold no white
//! space at their ends; a sentence is a range of tokens, and the sentences of
//! an article cover all its tokens in order.

mod compose;
mod html;
mod mend;
pub mod offsets;
mod patch;
mod sentences;
mod tokens;
pub mod view;
mod wrap;

pub(crate) use compose::{composed, decomposed};
use std::ops::Range;

/// A token: `start..end` are bytes on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is made of.
    pub kind: TokenKind,
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits, hyphens, apostrophes or full stops inside.
    Word,
    /// An elided word with its apostrophe: « l' », « qu’ ».
    Elision,
    /// Figures, perhaps with separators inside: « 1 234,56 ».
    Number,
    /// Everything else: one punctuation mark, symbol or emoji, « ... ».
    Mark,
    /// A web address, an e-mail address, a @handle or a #hashtag.
    Link,
}

/// The tokens and sentences of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Tokens in reading order.
    pub tokens: Vec<Token>,
    /// Ranges of `tokens`, in order, none empty.
    pub sentences: Vec<Range<u32>>,
}

impl Analysis {
    /// The number of the sentence in which byte `at` lies, or of the one before it.
    pub fn sentence_at(&self, at: usize) -> usize {
        let begins = |s: &Range<u32>| self.tokens[s.start as usize].start as usize;
        self.sentences
            .partition_point(|s| begins(s) <= at)
            .saturating_sub(1)
    }

    /// The first byte of sentence number `i`, and one past its last.
    pub fn sentence_bytes(&self, i: usize) -> Option<(usize, usize)> {
        let s = self.sentences.get(i)?;
        let tokens = self.tokens.get(s.start as usize..s.end as usize)?;
        Some((tokens.first()?.start as usize, tokens.last()?.end as usize))
    }
}

impl Token {
    /// The token's text.
    ///
    /// # Panics
    /// When `text` is not the text that the token was made from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Characters that print nothing: zero-width spaces and joiners, the byte
/// order mark, the soft hyphen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
    )
}

/// Whether `c` is a quotation mark that is no apostrophe, of either side.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '«' | '»' | '"' | '“' | '”' | '„' | '‟' | '‹' | '›')
}

/// Cuts `text` into tokens and sentences.
///
/// Texts of 4 GiB and more are beyond the 32-bit offsets: only what lies
/// before that border is analysed.
pub fn analyse(text: &str) -> Analysis {
    let mut analysis = Analysis::default();
    analyse_into(text, &mut analysis);
    analysis
}

/// Like [`analyse`], into buffers that a worker keeps from article to article.
pub fn analyse_into(text: &str, analysis: &mut Analysis) {
    let mut limit = text.len().min(u32::MAX as usize);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let text = &text[..limit];
    tokens::cut(text, &mut analysis.tokens);
    sentences::cut(text, &analysis.tokens, &mut analysis.sentences);
}
