//! Dates that a block carries for itself: the foot of a message (« 16:52 UTC ·
//! 6 nov. 2025 »), the head of a comment or of a mail (« X a écrit le 12 mars
//! 2024 à 14:03 »), of a letter (« Verdun, le 12 mars 1916 »), of a live entry
//! (« 18h12 : »). What counts from today counts from them.

use crate::{
    dates::{
        civil::plus_days,
        expr::{Base, Cal, Dir, Expr, Unit},
        grammar,
        hit::Hit,
        lexicon::Word,
        line::Line,
        recognise::recognise,
        token::tokenize,
    },
    french::sets::dates::situate as sets,
    kinds::Published,
};
use jiff::civil::Date;

/// A date that a block carries for itself.
#[derive(Debug, Clone, Copy)]
pub(in crate::dates) enum Stamp {
    /// At the foot of a message: it dates this line and those above.
    Foot(Published),
    /// At the head of a comment: it dates what follows, up to a blank line.
    Head(Published),
    /// At the head of a letter: it dates what follows, up to the signature.
    Letter(Published),
    /// A time at the head of a live entry.
    Time(i8, i8),
    /// A day and a time there.
    Entry(Published),
}

/// How long the stamp at hand holds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Open {
    /// For its line.
    #[default]
    No,
    /// Up to a blank line.
    Comment,
    /// Up to the signature.
    Letter,
    /// Up to this byte, where the foot of the message ends.
    Message(usize),
}

/// How far below an author's line the foot of the message may be, in lines.
const MESSAGE: usize = 8;

/// The longest line that a stamp fills, in tokens.
const SHORT: usize = 30;

/// The blocks of a text and their dates.
pub(in crate::dates) struct Blocks<'t> {
    text: &'t str,
    /// Document creation time.
    published: Option<Published>,
    /// The stamp that holds for the next lines.
    block: Option<Published>,
    open: Open,
}

impl<'t> Blocks<'t> {
    /// Of a text that was published when it says.
    pub fn new(text: &'t str, published: Option<Published>) -> Self {
        Self {
            text,
            published,
            block: None,
            open: Open::No,
        }
    }

    /// What the line carries as a date of its own.
    pub fn stamp(&self, line: &Line, hits: &[Hit]) -> Option<Stamp> {
        let n = line.tokens.len();
        let dated = hits
            .iter()
            .rev()
            .filter(|_| n < SHORT)
            .find_map(|h| Some((h, self.sent_on(h)?)))
            .map(|(h, p)| (h, self.with_time(p, hits)));
        if let Some((hit, p)) = dated {
            let last = hits.last().map_or(0, |h| h.end);
            let closes = (last..n).len() <= 1 && !line.punct(last, '.');
            let handle = (0..hit.start).any(|i| is_handle(line, i));
            let dot = (0..n).any(|i| line.punct(i, '·'));
            let timed = p.time.is_some();
            let first = hits.first().map_or(0, |h| h.start);
            let full = full_year(hit);
            // « 16:52 · 6 nov. 2025 · Paris », « — Nom (@nom) 12 mars 2024 »
            if full && (dot && first <= 1 || handle && closes && line.dash(0)) {
                return Some(Stamp::Foot(p));
            }
            let sent = || (0..n).any(|i| sets::SENT.contains(&line.str(i).to_lowercase()));
            let ends = closes || line.punct(n.wrapping_sub(1), ':');
            if ends && (full || timed || handle || dot) {
                if handle || dot || sent() {
                    return Some(Stamp::Head(p));
                }
                // « Paul, 10 mars 2024 à 14:03 »
                if timed && (first == 0 || first <= 6 && named(line, first)) {
                    return Some(Stamp::Head(p));
                }
            }
            // « Verdun, le 12 mars 1916 »
            let place = (3..=7).contains(&hit.start)
                && line.is(hit.start - 1, Word::Le)
                && line.punct(hit.start - 2, ',')
                && named(line, hit.start - 2);
            if full && place && (hit.end..n).len() <= 1 && hits.len() == 1 {
                return Some(Stamp::Letter(p));
            }
        }
        let first = hits.first()?;
        if let Some(p) = self.time_ago(first)
            && n < SHORT
            && (0..first.start).any(|i| line.punct(i, '·') || is_handle(line, i))
        {
            return Some(Stamp::Head(p));
        }
        let opens = |i: usize| {
            line.is(i, Word::Punct)
                && matches!(
                    line.at(i).mark(),
                    Some(':' | '-' | '–' | '—' | '|' | '.' | '·')
                )
                && line.at(i + 1).gap
        };
        if first.start <= 1
            && let Some(p) = self
                .sent_on(first)
                .filter(|p| self.recent(*p) || full_year(first))
            && let Some(next) = hits.get(1)
            && let Expr::Clock(_) = next.expr
            && next.start <= first.end + 2
            && opens(next.end)
        {
            return Some(Stamp::Entry(self.with_time(p, hits)));
        }
        match &first.expr {
            Expr::Clock(c) if first.start == 0 && opens(first.end) => {
                Some(Stamp::Time(c.hour as i8, c.minute.unwrap_or(0) as i8))
            }
            _ => None,
        }
    }

    /// The day that a hit names with its month, in the latest year that is not
    /// ahead of the publication date.
    fn sent_on(&self, hit: &Hit) -> Option<Published> {
        let Expr::Cal(Cal::Day {
            day,
            month: Some(m),
            year,
            dir: Dir::Open | Dir::This,
            ..
        }) = &hit.expr
        else {
            return None;
        };
        let on = |y: i16| Published::day(y, *m as i8, i8::try_from(*day).ok()?);
        match (year, self.published.and_then(|p| p.civil_day())) {
            (Some(y), _) => on(*y),
            (None, Some(now)) => on(now.year())
                .filter(|p| p.civil_day().is_some_and(|d| d <= now))
                .or_else(|| on(now.year().checked_sub(1)?)),
            (None, None) => None,
        }
    }

    /// Not longer ago than the same day of next year is ahead.
    fn recent(&self, p: Published) -> bool {
        let ago = || {
            let now = self.published?.civil_day()?;
            Some(now.since(p.civil_day()?).ok()?.get_days())
        };
        ago().is_some_and(|days| (0..=180).contains(&days))
    }

    /// « il y a 3 jours », counted back from the publication date.
    fn time_ago(&self, hit: &Hit) -> Option<Published> {
        let Expr::Cal(Cal::Moved {
            lengths,
            sign: -1,
            base: Base::Published,
        }) = &hit.expr
        else {
            return None;
        };
        let [(n, unit)] = lengths.as_slice() else {
            return None;
        };
        let days = match unit {
            _ if n.vague => return None,
            Unit::Minute | Unit::Hour if n.n < 24 => 0,
            Unit::Day => i64::try_from(n.n).ok()?,
            Unit::Week => i64::try_from(n.n).ok()?.checked_mul(7)?,
            _ => return None,
        };
        let day = plus_days(self.published?.civil_day()?, -days)?;
        Published::day(day.year(), day.month(), day.day())
    }

    fn with_time(&self, p: Published, hits: &[Hit]) -> Published {
        let time = hits.iter().find_map(|h| match &h.expr {
            Expr::Clock(c) => Some((c.hour as i8, c.minute.unwrap_or(0) as i8)),
            _ => None,
        });
        Published { time, ..p }
    }

    /// What a line with this stamp counts from: its own date, that of its block,
    /// else the document creation time; `entry_day` is the day of the entries of
    /// a live report.
    pub fn now(
        &self,
        stamp: Option<Stamp>,
        entry_day: Option<Date>,
        line_end: usize,
    ) -> Option<Published> {
        let block = match stamp {
            Some(Stamp::Foot(p) | Stamp::Entry(p)) => Some(p),
            Some(Stamp::Time(h, m)) => {
                let day = entry_day.and_then(|d| Published::day(d.year(), d.month(), d.day()));
                let now = day.or(self.block).or(self.published);
                now.map(|p| Published {
                    time: p.day.and(Some((h, m))),
                    ..p
                })
            }
            None if self.open == Open::No => {
                let foot = self.foot_below(line_end, 1).map(|(p, _)| p);
                foot.or(self.block)
            }
            Some(Stamp::Head(_) | Stamp::Letter(_)) | None => self.block,
        };
        block.or(self.published)
    }

    /// The line with this stamp is over: what holds for the next.
    pub fn leave(&mut self, stamp: Option<Stamp>) {
        match stamp {
            Some(Stamp::Head(p)) => (self.block, self.open) = (Some(p), Open::Comment),
            Some(Stamp::Letter(p)) => (self.block, self.open) = (Some(p), Open::Letter),
            _ => {}
        }
    }

    /// Opens the message whose author stands on this line, closes the block
    /// that ends with it.
    pub fn close(&mut self, line: &Line, line_end: usize) {
        let n = line.tokens.len();
        match self.open {
            Open::Comment if n == 0 => self.shut(),
            // « Ton Marcel »
            Open::Letter
                if (1..=4).contains(&n) && !line.is(n - 1, Word::Punct) && line.at(0).cap =>
            {
                self.shut();
            }
            Open::Message(end) if line_end >= end => self.shut(),
            Open::No
                if n > 0
                    && n < SHORT
                    && (0..n).any(|i| is_handle(line, i))
                    && !line.stops(n - 1) =>
            {
                if let Some((p, end)) = self.foot_below(line_end, MESSAGE) {
                    self.block = Some(p);
                    self.open = Open::Message(end);
                }
            }
            _ => {}
        }
    }

    fn shut(&mut self) {
        self.block = None;
        self.open = Open::No;
    }

    /// The foot of a message among the next lines, and where it ends.
    fn foot_below(&self, line_end: usize, lines: usize) -> Option<(Published, usize)> {
        let mut from = line_end + 1;
        for _ in 0..lines {
            let rest = self.text.get(from..)?;
            let to = from + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let next = &self.text[from..to];
            if next.trim().is_empty() {
                return None;
            }
            let candidate = next.len() <= 120
                && (next.contains('·')
                    || next.contains('@')
                    || sets::AGO.begins(next.trim_start()).is_some());
            if candidate && let Some(p) = self.foot(from, to) {
                return Some((p, to));
            }
            from = to + 1;
        }
        None
    }

    /// The stamp that the line `from..to` is the foot of a message with.
    fn foot(&self, from: usize, to: usize) -> Option<Published> {
        let mut tokens = Vec::new();
        tokenize(self.text, from, to, &[], &mut tokens);
        let line = Line {
            text: self.text,
            tokens: &tokens,
            inner: grammar::inner,
        };
        let mut hits = Vec::new();
        recognise(&line, &mut hits);
        // « il y a 3 jours · Répondre »
        if let Some(first) = hits.first().filter(|h| h.start == 0)
            && tokens.len() <= first.end + 4
            && !line.stops(tokens.len() - 1)
        {
            return self.time_ago(first);
        }
        match self.stamp(&line, &hits)? {
            Stamp::Foot(p) => Some(p),
            _ => None,
        }
    }
}

fn is_handle(line: &Line, i: usize) -> bool {
    line.is(i, Word::Blocked) && line.str(i).starts_with('@')
}

/// Nothing but names before token `end`: « Jean-Pierre D. », « Le Havre ».
fn named(line: &Line, end: usize) -> bool {
    end > 0
        && line.at(0).cap
        && (0..end).all(|i| {
            let t = line.at(i);
            t.cap
                || t.word == Word::Punct
                || matches!(
                    t.word,
                    Word::Le | Word::De | Word::D | Word::La | Word::Les | Word::Par
                )
        })
}

fn full_year(hit: &Hit) -> bool {
    matches!(&hit.expr, Expr::Cal(Cal::Day { year: Some(_), .. }))
}
