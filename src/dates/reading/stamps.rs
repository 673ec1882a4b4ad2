//! Dates that a block carries for itself: the foot of a message (« 16:52 UTC ·
//! 6 nov. 2025 »), the head of a letter (« Verdun, le 12 mars 1916 »), the time
//! at the head of a live entry (« 18h12 : »).

use super::Reader;
use crate::{
    article::Published,
    dates::{
        expr::{Cal, Dir, Expr, Hit},
        grammar,
        lexicon::Word,
        token::{Line, Token, tokenize},
    },
};

/// A date that a block carries for itself.
pub(super) enum Stamp {
    /// At the foot of a message: it dates this line and the one above.
    Above(Published),
    /// At the head of a letter: it dates what follows.
    Below(Published),
    /// A time at the head of a live entry.
    Time(i8, i8),
}

pub(super) fn stamp(line: &Line, hits: &[Hit]) -> Option<Stamp> {
    let full = |h: &Hit| match &h.expr {
        Expr::Cal(Cal::Day {
            day,
            month: Some(m),
            year: Some(y),
            dir: Dir::Open,
            ..
        }) => Published::day(*y, *m as i8, i8::try_from(*day).ok()?),
        _ => None,
    };
    let last = line.tokens.len();
    let mid_dot = |t: &Token| t.word == Word::Punct && t.n == '·' as u32;
    if let Some(hit) = hits.iter().rev().find(|h| full(h).is_some()) {
        let p = full(hit)?;
        let closes = hit.end + 1 >= last || hits.last().is_some_and(|h| h.end + 1 >= last);
        let dotted = line.tokens.iter().any(mid_dot);
        let handle = line.tokens[..hit.start]
            .iter()
            .any(|t| t.word == Word::Blocked && line.text.as_bytes()[t.start as usize] == b'@');
        if closes && (dotted || handle && last < 80) {
            let time = hits.iter().find_map(|h| match &h.expr {
                Expr::Clock(c) => Some((c.hour as i8, c.minute.unwrap_or(0) as i8)),
                _ => None,
            });
            return Some(Stamp::Above(Published { time, ..p }));
        }
        // « Verdun, le 12 mars 1916 »
        let place = hit.start >= 3
            && hit.start <= 7
            && line.is(hit.start - 1, Word::Le)
            && line.punct(hit.start - 2, ',')
            && line.at(0).cap;
        if place && hit.end + 1 >= last && hits.len() == 1 {
            return Some(Stamp::Below(p));
        }
    }
    let first = hits.first()?;
    if let Expr::Clock(c) = &first.expr
        && first.start == 0
        && line.is(first.end, Word::Punct)
        && matches!(
            char::from_u32(line.at(first.end).n),
            Some(':' | '-' | '–' | '—' | '|' | '.' | '·')
        )
        && line.at(first.end + 1).gap
    {
        return Some(Stamp::Time(c.hour as i8, c.minute.unwrap_or(0) as i8));
    }
    None
}

impl Reader<'_> {
    /// The stamp of a message that the next line carries (« 16:52 UTC · 6 nov.
    /// 2025 »): it dates this line too.
    pub(super) fn stamp_below(&self, line_end: usize) -> Option<Published> {
        let from = line_end + 1;
        let rest = self.text.get(from..)?;
        let to = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let next = &rest[..to];
        if next.len() > 120 || !next.contains('·') {
            return None;
        }
        let mut tokens = Vec::new();
        tokenize(self.text, from, from + to, &[], &mut tokens);
        let line = Line {
            text: self.text,
            tokens: &tokens,
        };
        let mut hits = Vec::new();
        let mut i = 0;
        while i < tokens.len() {
            match grammar::mention(&line.ahead(i), i) {
                Some(hit) => {
                    i = hit.end.max(i + 1);
                    hits.push(hit);
                }
                None => i += 1,
            }
        }
        match stamp(&line, &hits)? {
            Stamp::Above(p) => Some(p),
            _ => None,
        }
    }
}
