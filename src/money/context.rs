//! Which currency a shared name means in this article: « francs »,
//! « livres », « dollars ».
//!
//! Evidence, strongest first: a qualifier beside the noun (read elsewhere);
//! the same noun qualified earlier in the article; words that point to a
//! country, weighted by their distance from the amount; the publication date
//! (« francs » were French until 2002). A choice is made only when its
//! evidence is clearly more than that of any other currency.

use super::Context;
use super::countries::{self, Hint};
use super::names::{CFA, DOLLAR, FRANC, LIVRE, ROUPIE, UNITS};
use crate::numbers::{line_end, line_start};
use std::cell::OnceCell;

/// How far from an amount a hint counts, in bytes.
const REACH: usize = 3000;

/// The full stop before the last sentence of a line, else 0.
fn sentence_start(line: &str) -> usize {
    let bytes = line.as_bytes();
    memchr::memrchr_iter(b'.', bytes)
        .find(|i| bytes.get(i + 1) == Some(&b' '))
        .unwrap_or(0)
}

/// What an article tells about its currencies.
pub struct Evidence<'t> {
    text: &'t str,
    context: &'t Context,
    hints: OnceCell<Vec<Hint>>,
    /// Noun and currency of qualified amounts seen so far.
    qualified: Vec<(usize, &'static str, usize)>,
}

/// The currency that a noun means, or those it may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The currency, if the evidence settles it.
    pub code: Option<&'static str>,
    /// Whether any evidence but a default spoke for it.
    pub hinted: bool,
}

impl<'t> Evidence<'t> {
    /// Nothing is read before it is asked for.
    pub fn new(text: &'t str, context: &'t Context) -> Self {
        Self {
            text,
            context,
            hints: OnceCell::new(),
            qualified: Vec::new(),
        }
    }

    fn hints(&self) -> &[Hint] {
        self.hints.get_or_init(|| countries::hints(self.text))
    }

    /// Remembers that the noun at position `unit` was qualified at byte `at`.
    pub fn remember(&mut self, unit: usize, code: &'static str, at: usize) {
        if self.qualified.len() < 64 {
            self.qualified.push((unit, code, at));
        }
    }

    /// Whether the article was published before the euro was in every purse.
    pub fn before_euro(&self) -> bool {
        self.context.published.is_some_and(|p| p.year < 2002)
    }

    /// Whether the line of byte `at` names a year before the euro.
    fn tells_of_old_times(&self, at: usize) -> bool {
        let line = line_start(self.text, at, REACH)..line_end(self.text, at, REACH);
        let line = &self.text.as_bytes()[line];
        let digit = |i: usize| line.get(i).is_some_and(u8::is_ascii_digit);
        (0..line.len().saturating_sub(3)).any(|i| {
            let head = &line[i..i + 2];
            let old =
                head == b"18" || head == b"19" || &line[i..i + 3] == b"200" && line[i + 3] < b'2';
            old && digit(i + 2)
                && digit(i + 3)
                && !digit(i + 4)
                && !i
                    .checked_sub(1)
                    .is_some_and(|j| line[j].is_ascii_digit() || line[j] == b',')
                && !matches!(line.get(i + 4), Some(b',' | b'.') if digit(i + 5))
        })
    }

    /// Weight of the hints for each of `choices` around byte `at`.
    fn weigh(&self, at: usize, choices: &[(&'static str, &'static str)], weights: &mut Weights) {
        let hints = self.hints();
        let first = hints.partition_point(|h| h.at + REACH < at);
        // No hint before REACH counts, so nothing before it is looked at.
        let line_start = line_start(self.text, at, REACH);
        let sentence = sentence_start(&self.text[line_start..at]) + line_start;
        for hint in &hints[first..] {
            if hint.at > at + REACH {
                break;
            }
            let Some(&(_, code)) = choices.iter().find(|(c, _)| *c == hint.country) else {
                continue;
            };
            // What was said before counts more than what follows.
            let distance = if hint.at < at {
                at - hint.at
            } else {
                (hint.at - at) * 3 / 2
            } as f32;
            let same_line = hint.at >= line_start && hint.at < at;
            let weight = 1.0 / (1.0 + distance / 200.0)
                + 0.1
                + if same_line { 0.2 } else { 0.0 }
                + if hint.at >= sentence && hint.at < at {
                    0.5
                } else {
                    0.0
                };
            weights.add(code, weight);
        }
    }

    /// The reading of a noun without a qualifier at byte `at`.
    pub fn read(&self, unit: usize, at: usize) -> Reading {
        let noun = &UNITS[unit];
        let mut weights = Weights::default();
        self.weigh(at, noun.by, &mut weights);
        let hinted = !weights.is_empty();
        if unit == DOLLAR {
            return self.dollars(weights);
        }
        if let Some(&(_, code, _)) = self
            .qualified
            .iter()
            .rev()
            .find(|(u, code, _)| *u == unit && *code != CFA)
        {
            weights.add(code, 1.2);
        }
        if unit == FRANC {
            return self.francs(weights, hinted, at);
        }
        if unit == LIVRE && !self.before_euro() {
            weights.drop(&["IEP", "MTL", "CYP", "ILP"]);
        }
        // What French news mean where the evidence is even.
        match unit {
            LIVRE => weights.lean("GBP", 0.25),
            ROUPIE => weights.lean("INR", 0.2),
            _ => {}
        }
        let code = weights
            .clear_winner(1.15)
            .or_else(|| weights.default_holds(noun.default?))
            .or_else(|| weights.is_empty().then_some(noun.default).flatten());
        Reading {
            code: code.or(if noun.by.len() <= 1 {
                noun.default
            } else {
                None
            }),
            hinted: hinted || !weights.is_empty(),
        }
    }

    /// « dollars » are American unless the article is clearly of another
    /// country.
    fn dollars(&self, mut weights: Weights) -> Reading {
        weights.add("USD", 0.9);
        let code = match weights.best() {
            Some((code, w, second)) if code != "USD" && w > 2.2 * second.max(0.9) => code,
            _ => "USD",
        };
        Reading {
            code: Some(code),
            hinted: true,
        }
    }

    /// « anciens francs »: French, Belgian or of Luxembourg.
    pub fn old_francs(&self, at: usize) -> Option<&'static str> {
        let mut weights = Weights::default();
        self.weigh(at, UNITS[FRANC].by, &mut weights);
        weights.add("FRF", 0.3);
        weights.keep(&["FRF", "BEF", "LUF"]);
        weights.best().map(|(code, ..)| code)
    }

    fn francs(&self, mut weights: Weights, hinted: bool, at: usize) -> Reading {
        let cfa_before = self
            .qualified
            .iter()
            .any(|(u, c, _)| *u == FRANC && *c == CFA);
        if self.before_euro() || self.tells_of_old_times(at) {
            weights.add("FRF", 0.8);
        } else {
            weights.scale("FRF", 0.35);
            weights.add("FRF", 0.02);
        }
        if cfa_before {
            weights.scale("XOF", 3.0);
            weights.scale("XAF", 3.0);
        }
        let code = weights.clear_winner(1.1);
        Reading { code, hinted }
    }

    /// « francs CFA »: of West or of Central Africa.
    pub fn cfa(&self, at: usize) -> Reading {
        let mut weights = Weights::default();
        self.weigh(at, UNITS[FRANC].by, &mut weights);
        weights.keep(&["XOF", "XAF"]);
        let hinted = !weights.is_empty();
        Reading {
            code: weights.clear_winner(1.25),
            hinted,
        }
    }

    /// One of a few currencies of a shared symbol.
    pub fn one_of(
        &self,
        choices: &[(&'static str, &'static str)],
        default: Option<&'static str>,
        at: usize,
    ) -> Reading {
        let mut weights = Weights::default();
        self.weigh(at, choices, &mut weights);
        let hinted = !weights.is_empty();
        let code = if hinted {
            weights.clear_winner(1.25)
        } else {
            default
        };
        Reading { code, hinted }
    }

    /// Whether a word near by points to `country`.
    pub fn points_to(&self, country: &str, at: usize) -> bool {
        let hints = self.hints();
        let first = hints.partition_point(|h| h.at + REACH < at);
        hints[first..]
            .iter()
            .take_while(|h| h.at <= at + REACH)
            .any(|h| h.country == country)
    }

    /// The currency of « centimes » and « cents » at byte `at` among
    /// `parents`; `last` is the currency of the amount before it.
    pub fn fraction(
        &self,
        parents: &[&'static str],
        at: usize,
        last: Option<&'static str>,
    ) -> Option<&'static str> {
        if let Some(code) = last.filter(|c| parents.contains(c)) {
            return Some(code);
        }
        if parents[0] == "EUR" {
            let francs = self.read(FRANC, at);
            return match francs.code {
                Some("FRF" | "BEF" | "LUF") if !self.before_euro() => Some("EUR"),
                Some(code) if code == "FRF" || (francs.hinted && parents.contains(&code)) => {
                    Some(code)
                }
                _ => Some("EUR"),
            };
        }
        if parents.contains(&"USD") {
            return self.read(DOLLAR, at).code.filter(|c| parents.contains(c));
        }
        None
    }
}

/// A few currencies and their weights.
#[derive(Default)]
struct Weights {
    of: [(&'static str, f32); 24],
    len: usize,
}

impl Weights {
    fn add(&mut self, code: &'static str, weight: f32) {
        for slot in &mut self.of[..self.len] {
            if slot.0 == code {
                slot.1 += weight;
                return;
            }
        }
        if self.len < self.of.len() {
            self.of[self.len] = (code, weight);
            self.len += 1;
        }
    }

    fn drop(&mut self, codes: &[&str]) {
        let mut kept = Self::default();
        for &(code, weight) in &self.of[..self.len] {
            if !codes.contains(&code) {
                kept.add(code, weight);
            }
        }
        *self = kept;
    }

    /// The default, if no other weighs clearly more.
    fn default_holds(&self, default: &'static str) -> Option<&'static str> {
        let (_, best, _) = self.best()?;
        let own = self.of[..self.len].iter().find(|(c, _)| *c == default)?.1;
        (own * 1.4 >= best).then_some(default)
    }

    /// Adds to a currency that has some weight already.
    fn lean(&mut self, code: &str, weight: f32) {
        for slot in &mut self.of[..self.len] {
            if slot.0 == code {
                slot.1 += weight;
            }
        }
    }

    fn scale(&mut self, code: &str, by: f32) {
        for slot in &mut self.of[..self.len] {
            if slot.0 == code {
                slot.1 *= by;
            }
        }
    }

    fn keep(&mut self, codes: &[&str]) {
        let mut kept = Self::default();
        for &(code, weight) in &self.of[..self.len] {
            if codes.contains(&code) {
                kept.add(code, weight);
            }
        }
        *self = kept;
    }

    fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The heaviest, its weight, and the weight of the second.
    fn best(&self) -> Option<(&'static str, f32, f32)> {
        let mut best: Option<(&'static str, f32)> = None;
        let mut second = 0.0;
        for &(code, weight) in &self.of[..self.len] {
            match best {
                Some((_, w)) if weight <= w => second = f32::max(second, weight),
                _ => {
                    second = best.map_or(0.0, |(_, w)| w);
                    best = Some((code, weight));
                }
            }
        }
        best.map(|(code, weight)| (code, weight, second))
    }

    /// The heaviest, if it weighs `ratio` times the second.
    fn clear_winner(&self, ratio: f32) -> Option<&'static str> {
        self.best()
            .filter(|&(_, weight, second)| weight > ratio * second)
            .map(|(code, ..)| code)
    }
}
