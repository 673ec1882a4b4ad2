//! The registry of rules: which are tried at which word, made from what they
//! declare.
//!
//! At each place the longest match wins, of two as long the one of the higher
//! rank.

use super::{
    absolute,
    civil::DayPart,
    degree, durations, early,
    expr::{Cal, Expr},
    feasts,
    hit::{Family, Hit, Read, Rule, Source},
    intervals,
    lexicon::Word,
    line::{Held, Line, Scope},
    meals, parts, periods, places, relative, sets, times,
};
use std::sync::LazyLock;

/// All rules, in the order of the table in `docs/DATES.md`.
static ROOMS: &[&[&Family]] = &[
    absolute::FAMILIES,
    periods::FAMILIES,
    &[&feasts::FAMILY],
    relative::FAMILIES,
    &[&parts::FAMILY, &early::FAMILY, &meals::FAMILY],
    times::FAMILIES,
    &[&durations::FAMILY, &sets::FAMILY, &intervals::FAMILY],
];

/// The rules by their files.
pub(super) fn families() -> impl Iterator<Item = &'static Family> {
    ROOMS.iter().flat_map(|f| f.iter().copied())
}

/// Every rule.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    families().flat_map(|f| f.rules.iter().copied())
}

/// The readers to try in one scope, those of higher rank first.
#[derive(Default)]
struct Readers {
    by_word: Vec<Vec<Read>>,
    /// By the first byte of a word outside the lexicon.
    by_initial: Vec<Vec<Read>>,
}

impl Readers {
    fn new(scope: Scope) -> Self {
        let mut rules: Vec<_> = rules().filter(|r| r.read.scope >= scope).collect();
        rules.sort_by_key(|r| std::cmp::Reverse(r.rank));
        let mut readers = Self::default();
        readers.by_initial.resize(256, Vec::new());
        for rule in rules {
            let Source::Own(read) = rule.read.source else {
                continue;
            };
            for word in rule.at {
                let at = *word as usize;
                if readers.by_word.len() <= at {
                    readers.by_word.resize(at + 1, Vec::new());
                }
                readers.by_word[at].push(read);
            }
            for b in rule.read.initials.bytes() {
                readers.by_initial[usize::from(b)].push(read);
            }
        }
        readers
    }

    #[inline]
    fn at(&self, line: &Line, i: usize) -> &[Read] {
        let t = line.at(i);
        let readers = if t.word == Word::Other {
            let first = line.text.as_bytes()[t.start as usize];
            self.by_initial.get(usize::from(first))
        } else {
            self.by_word.get(t.word as usize)
        };
        readers.map_or(&[], Vec::as_slice)
    }

    fn longest(&self, line: &Line, i: usize) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        for read in self.at(line, i) {
            if let Some(hit) = read(line, i)
                && best.as_ref().is_none_or(|b| hit.end > b.end)
            {
                best = Some(hit);
            }
        }
        best
    }
}

static MENTIONS: LazyLock<Readers> = LazyLock::new(|| Readers::new(Scope::Alone));
static RANGES: LazyLock<Readers> = LazyLock::new(|| Readers::new(Scope::Range));
static PLACES: LazyLock<Readers> = LazyLock::new(|| Readers::new(Scope::Place));

/// What may stand at `i` inside another expression.
pub(super) fn inner(line: &Line, i: usize, scope: Scope) -> Option<Held> {
    let t = line.at(i);
    // « fin du xviiie » in lower case is left to its own mention.
    if t.word == Word::Other && !t.cap && !t.accent {
        return None;
    }
    let readers = match scope {
        Scope::Alone => &MENTIONS,
        Scope::Range => &RANGES,
        Scope::Place => &PLACES,
    };
    readers.longest(line, i).map(|hit| Held {
        expr: hit.expr,
        modifier: hit.modifier,
        end: hit.end,
    })
}

/// The time expression that starts at token `i`.
pub(super) fn mention(line: &Line, i: usize) -> Option<Hit> {
    let mut hit = MENTIONS.longest(line, i)?;
    extend(line, &mut hit);
    Some(hit)
}
/// All that the rules read at token `i`, whichever is the longest.
#[cfg(test)]
pub(super) fn candidates(line: &Line, i: usize) -> Vec<Hit> {
    let readers = MENTIONS.at(line, i);
    readers.iter().filter_map(|read| read(line, i)).collect()
}

/// A day takes the part of the day that follows it: « hier soir ».
fn extend(line: &Line, hit: &mut Hit) {
    let Expr::Cal(cal) = &hit.expr else { return };
    if let Cal::Part { .. } = cal {
        return late(line, hit);
    }
    if !places::is_day(cal) || matches!(cal, Cal::Feast { .. }) {
        return;
    }
    if let Some((part, modifier, end)) = parts::after_day(line, hit.end) {
        // « lundi midi et demi », « lundi nuit » follow other rules.
        let clock =
            part == DayPart::Noon && times::clock(line, end - 1).is_some_and(|c| c.end > end);
        if clock {
            return;
        }
        hit.expr = Expr::Cal(Cal::Part {
            day: Some(Box::new(cal.clone())),
            part,
        });
        hit.modifier = hit.modifier.or(modifier);
        hit.end = end;
        late(line, hit);
    }
}

/// A part of a day takes the « tôt » or « tard » that follows it.
fn late(line: &Line, hit: &mut Hit) {
    if hit.modifier.is_none()
        && let Some((modifier, end)) = degree::degree(line, hit.end)
    {
        hit.modifier = Some(modifier);
        hit.end = end;
    }
}
