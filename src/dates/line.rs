//! A line as the rules see it: tokens with look-ups that the families share.

use super::{
    expr::Expr,
    lexicon::{Meaning, Word},
    token::Token,
};
use crate::{
    fold::{fold_char, is_apostrophe},
    french::{WordSet, agreement::singular, sets::dates as sets},
    kinds::Modifier,
};

/// One line and its tokens, with the look-ups that the families share. Every
/// index may lie outside: it then names a token of class [`Word::End`].
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// The grammar, for rules that hold another expression inside.
    pub inner: Inner,
}

/// Reads the longest expression at a token that may stand in a scope.
pub(super) type Inner = fn(&Line, usize, Scope) -> Option<Held>;

/// Where an expression may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// By itself only.
    Alone,
    /// Also where a range of days may be held: « la nuit du 3 au 4 mars ».
    Range,
    /// Also where a place on the calendar may be held: « fin mars ».
    Place,
}

/// An expression inside another, up to the token `end`.
pub(super) struct Held {
    pub expr: Expr,
    pub modifier: Option<Modifier>,
    pub end: usize,
}

/// Tokens of the longest expression, with what its rules look at behind it.
const LONGEST: usize = 64;

const END: Token = Token {
    start: 0,
    end: 0,
    word: Word::End,
    meaning: Meaning::None,
    len: 0,
    gap: true,
    cap: false,
    accent: false,
    elided: false,
};

/// How far back quotes may have been opened, in tokens: no speech of news is longer, and
/// a line may be a whole book.
const QUOTE: usize = 1000;

impl<'a> Line<'a> {
    /// The line as far as an expression that starts at token `i` may reach: what
    /// is longer is a list or no text at all, and rules that look ahead, one
    /// inside the other, must not walk through it from every token.
    pub fn ahead(&self, i: usize) -> Self {
        let end = self.tokens.len().min(i + LONGEST);
        Self {
            tokens: &self.tokens[..end],
            ..*self
        }
    }

    /// A place on the calendar at `i`, for rules that hold one inside.
    pub fn place(&self, i: usize) -> Option<Held> {
        (self.inner)(self, i, Scope::Place)
    }

    /// A place on the calendar or a range of days.
    pub fn place_or_range(&self, i: usize) -> Option<Held> {
        (self.inner)(self, i, Scope::Range)
    }

    #[inline]
    pub fn at(&self, i: usize) -> Token {
        self.tokens.get(i).copied().unwrap_or(END)
    }

    #[inline]
    pub fn word(&self, i: usize) -> Word {
        self.tokens.get(i).map_or(Word::End, |t| t.word)
    }

    /// The token `back` places before `i`.
    pub fn before(&self, i: usize, back: usize) -> Token {
        i.checked_sub(back).map_or(END, |j| self.at(j))
    }

    pub fn is(&self, i: usize, word: Word) -> bool {
        self.word(i) == word
    }

    /// The class of `i` is one of `words`.
    pub fn any(&self, i: usize, words: &[Word]) -> bool {
        words.contains(&self.word(i))
    }

    pub fn punct(&self, i: usize, c: char) -> bool {
        let t = self.at(i);
        t.mark() == Some(c)
    }

    /// A hyphen or a dash.
    pub fn dash(&self, i: usize) -> bool {
        let t = self.at(i);
        matches!(t.mark(), Some('-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
    }

    /// A hyphen glued on both sides.
    pub fn hyphen(&self, i: usize) -> bool {
        self.dash(i) && !self.at(i).gap && !self.at(i + 1).gap
    }

    pub fn str(&self, i: usize) -> &'a str {
        let t = self.at(i);
        &self.text[t.start as usize..t.end as usize]
    }

    /// Token `i` without its apostrophe.
    #[inline]
    pub fn bare(&self, i: usize) -> &'a str {
        self.str(i).trim_end_matches(is_apostrophe)
    }

    /// Skips a glued hyphen.
    pub fn skip_hyphen(&self, i: usize) -> usize {
        if self.hyphen(i) { i + 1 } else { i }
    }

    /// The token before `i` is of one of `words`.
    pub fn any_before(&self, i: usize, words: &[Word]) -> bool {
        words.contains(&self.before(i, 1).word)
    }

    /// Folded text of token `i` equals `word`, which is folded already.
    #[inline]
    pub fn folded(&self, i: usize, word: &str) -> bool {
        let t = self.at(i);
        let (text, word) = (self.text.as_bytes(), word.as_bytes());
        // Nearly all calls end at the first letter.
        match (text.get(t.start as usize), word.first()) {
            (Some(b), Some(w)) if b.is_ascii() && b | 0x20 != *w => false,
            (Some(_), Some(_)) => self.folded_whole(i, word),
            _ => false,
        }
    }

    fn folded_whole(&self, i: usize, word: &[u8]) -> bool {
        let mut rest = word;
        for c in self.str(i).trim_end_matches(is_apostrophe).chars() {
            let Some(tail) = fold_char(c).and_then(|f| rest.strip_prefix(f.as_bytes())) else {
                return false;
            };
            rest = tail;
        }
        rest.is_empty()
    }

    /// A form of « durer » at `i`.
    pub fn lasts(&self, i: usize) -> bool {
        self.word(i) == Word::Other && self.among(i, &sets::LASTS)
    }

    /// Token `i`, without its apostrophe, is a word of `set`, whatever its case
    /// and accents.
    #[inline]
    pub fn among(&self, i: usize, set: &WordSet) -> bool {
        set.contains_folded(self.bare(i))
    }

    /// The word at token `i`, in the singular and in lower case, is of `set`.
    pub fn names(&self, i: usize, set: &WordSet) -> bool {
        set.contains(singular(&self.str(i).to_lowercase()))
    }

    /// The token after the longest word or phrase of `set` that starts at token
    /// `i`, whatever its case and accents.
    #[allow(dead_code)]
    pub fn phrase(&self, i: usize, set: &WordSet) -> Option<usize> {
        let from = self.tokens.get(i)?.start as usize;
        let end = from + set.begins(&self.text[from..])?;
        let tokens = self.tokens[i..].iter();
        Some(i + tokens.take_while(|t| (t.start as usize) < end).count())
    }

    /// Quotes are open at token `i` of the line, as far as [`QUOTE`] tokens before tell.
    pub fn in_quotes(&self, i: usize) -> bool {
        let before = &self.tokens[..i.min(self.tokens.len())];
        // All quotes are one mark here, see `token`.
        let near = before.iter().rev().take(QUOTE);
        near.filter(|token| token.mark() == Some('"')).count() % 2 == 1
    }

    /// Nothing but function words stands outside `start..end`: the line is a
    /// field of a form, a cell of an agenda.
    pub fn alone(&self, start: usize, end: usize) -> bool {
        self.tokens.len() <= end - start + 6
            && self.tokens.iter().enumerate().all(|(i, t)| {
                (start..end).contains(&i)
                    || !matches!(t.word, Word::Other | Word::Figures | Word::Blocked)
                    || self.among(i, &sets::FORM_FIELDS)
            })
    }

    /// A token that closes a sentence: `.`, `!`, `?`, `…` followed by a gap or
    /// the end.
    pub fn stops(&self, i: usize) -> bool {
        let t = self.at(i);
        t.word == Word::End
            || (matches!(t.mark(), Some('.' | '!' | '?' | '…'))
                && (self.at(i + 1).gap || self.word(i + 1) == Word::Punct))
    }

    /// Token `i` opens its line or a sentence.
    pub fn opens_sentence(&self, i: usize) -> bool {
        let before = self.before(i, 1);
        match before.word {
            Word::End => true,
            Word::Punct => matches!(
                before.mark(),
                Some('.' | '!' | '?' | '…' | '"' | ':' | '(' | '-' | '–' | '—' | '•')
            ),
            _ => false,
        }
    }
}
