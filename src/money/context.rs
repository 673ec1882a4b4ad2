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
use super::currency::{Country, Currency, Noun, Qualified, unit};
use crate::numbers::{line_end, line_start};
use crate::text::{Analysis, analyse};
use std::cell::{LazyCell, OnceCell};

/// The francs CFA: of West and of Central Africa.
pub const CFA: [Currency; 2] = [Currency::XOF, Currency::XAF];

/// Pounds that the euro or the pound of Israel's shekel replaced.
const GONE_POUNDS: [Currency; 4] = [Currency::IEP, Currency::MTL, Currency::CYP, Currency::ILP];

/// What French news mean where the evidence is even, and by how much.
const LEANS: [(Noun, Currency, f32); 2] = [
    (Noun::Livre, Currency::GBP, 0.25),
    (Noun::Roupie, Currency::INR, 0.2),
];

/// Francs in which « anciens francs » were counted.
const OLD_FRANCS: [Currency; 3] = [Currency::FRF, Currency::BEF, Currency::LUF];

/// Dollars that « dollars » mean at home: French articles on other countries with
/// dollars of their own (Taïwan, Liberia, Jamaïque) mostly give American ones.
const OWN_DOLLARS: [Currency; 5] = [
    Currency::CAD,
    Currency::AUD,
    Currency::NZD,
    Currency::HKD,
    Currency::SGD,
];

/// Weight of a hint that is enough if it stands alone: one in the line of the
/// amount, or some 800 bytes before it.
const LONE_HINT: f32 = 0.3;

/// How much more a hint weighs than those to another country if it is nearer.
const NEARER: f32 = 1.5;

/// How far from an amount a hint counts, in bytes.
const REACH: usize = 3000;

/// What an article tells about its currencies.
pub struct Evidence<'t> {
    text: &'t str,
    context: &'t Context<'t>,
    /// Where the context has none.
    analysis: OnceCell<Analysis>,
    hints: OnceCell<Vec<Hint>>,
    /// Noun and currency of qualified amounts seen so far.
    qualified: Vec<(Noun, Qualified, usize)>,
}

/// The currency that a noun means, or those it may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The currency, if the evidence settles it.
    pub code: Option<Currency>,
    /// Whether any evidence but a default spoke for it.
    pub hinted: bool,
}

impl<'t> Evidence<'t> {
    /// Nothing is read before it is asked for.
    pub fn new(text: &'t str, context: &'t Context<'t>) -> Self {
        Self {
            text,
            context,
            analysis: OnceCell::new(),
            hints: OnceCell::new(),
            qualified: Vec::new(),
        }
    }

    fn hints(&self) -> &[Hint] {
        self.hints.get_or_init(|| countries::hints(self.text))
    }

    /// The first byte of the sentence in which byte `at` lies.
    fn sentence_start(&self, at: usize) -> usize {
        let made = || self.analysis.get_or_init(|| analyse(self.text));
        let analysis = self.context.analysis.unwrap_or_else(made);
        let bytes = analysis.sentence_bytes(analysis.sentence_at(at));
        bytes.map_or(at, |(start, _)| start)
    }

    /// Remembers that `noun` was qualified at byte `at`.
    pub fn remember(&mut self, noun: Noun, code: Qualified, at: usize) {
        if self.qualified.len() < 64 {
            self.qualified.push((noun, code, at));
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
    fn weigh(&self, at: usize, choices: &[(Country, Currency)], weights: &mut Weights) {
        let hints = self.hints();
        let first = hints.partition_point(|h| h.at + REACH < at);
        // No hint before REACH counts, so nothing before it is looked at.
        let line_start = line_start(self.text, at, REACH);
        // Most amounts have no hint to weigh.
        let sentence = LazyCell::new(|| self.sentence_start(at));
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
                + if hint.at < at && hint.at >= *sentence {
                    0.5
                } else {
                    0.0
                };
            weights.add(code, weight);
        }
    }

    /// The reading of a noun without a qualifier at byte `at`.
    pub fn read(&self, noun: Noun, at: usize) -> Reading {
        let unit = unit(noun);
        let mut weights = Weights::default();
        self.weigh(at, &unit.by, &mut weights);
        let hinted = !weights.is_empty();
        if noun == Noun::Dollar {
            return self.dollars(weights, at);
        }
        let said = self
            .qualified
            .iter()
            .rev()
            .find_map(|(n, code, _)| match code {
                Qualified::As(code) if *n == noun => Some(*code),
                _ => None,
            });
        if let Some(code) = said {
            weights.add(code, 1.2);
        }
        if noun == Noun::Franc {
            return self.francs(weights, hinted, at);
        }
        if noun == Noun::Livre && !self.before_euro() {
            weights.drop(&GONE_POUNDS);
        }
        for (of, code, weight) in LEANS {
            if of == noun {
                weights.lean(code, weight);
            }
        }
        let code = weights
            .clear_winner(1.15)
            .or_else(|| weights.default_holds(unit.default?))
            .or_else(|| weights.is_empty().then_some(unit.default).flatten());
        Reading {
            code: code.or(if unit.by.len() <= 1 {
                unit.default
            } else {
                None
            }),
            hinted: hinted || !weights.is_empty(),
        }
    }

    /// Whether a word near byte `at` points to a country of dollars.
    pub fn hints_at_dollars(&self, at: usize) -> bool {
        let mut weights = Weights::default();
        self.weigh(at, &unit(Noun::Dollar).by, &mut weights);
        let best = weights.best();
        best.is_some_and(|(_, weight, _)| weight >= LONE_HINT)
    }

    /// « dollars » are American unless the article is of another country: by one
    /// hint to a country that counts in its own dollars, where no word points
    /// elsewhere, or clearly.
    fn dollars(&self, mut weights: Weights, at: usize) -> Reading {
        if let Some((code, weight, second)) = weights.best()
            && OWN_DOLLARS.contains(&code)
            && weight >= LONE_HINT
            && weight > NEARER * second.max(self.weight_abroad(at))
            && self.has_named(code, at)
        {
            return Reading {
                code: Some(code),
                hinted: true,
            };
        }
        weights.add(Currency::USD, 0.9);
        let code = match weights.best() {
            Some((code, w, second)) if code != Currency::USD && w > 2.2 * second.max(0.9) => code,
            _ => Currency::USD,
        };
        Reading {
            code: Some(code),
            hinted: true,
        }
    }

    /// Whether a word before byte `at` or on its line points to the home of a
    /// dollar: what comes in later paragraphs is another subject.
    fn has_named(&self, code: Currency, at: usize) -> bool {
        let end = line_end(self.text, at, REACH);
        let dollars = &unit(Noun::Dollar).by;
        self.hints()
            .iter()
            .take_while(|h| h.at < end)
            .filter(|h| h.at + REACH >= at)
            .any(|h| dollars.contains(&(h.country, code)))
    }

    /// Weight of the hints around byte `at` to countries without dollars of
    /// their own: there, « dollars » are American.
    fn weight_abroad(&self, at: usize) -> f32 {
        let mut weights = Weights::default();
        let dollars = &unit(Noun::Dollar).by;
        let abroad: Vec<_> = Country::VALUES
            .into_iter()
            .filter(|c| *c != Country::FR && dollars.iter().all(|(own, _)| own != c))
            .map(|c| (c, Currency::USD))
            .collect();
        self.weigh(at, &abroad, &mut weights);
        weights.best().map_or(0.0, |(_, weight, _)| weight)
    }

    /// « anciens francs »: French, Belgian or of Luxembourg.
    pub fn old_francs(&self, at: usize) -> Option<Currency> {
        let mut weights = Weights::default();
        self.weigh(at, &unit(Noun::Franc).by, &mut weights);
        weights.add(Currency::FRF, 0.3);
        weights.keep(&OLD_FRANCS);
        weights.best().map(|(code, ..)| code)
    }

    fn francs(&self, mut weights: Weights, hinted: bool, at: usize) -> Reading {
        let cfa_before = self
            .qualified
            .iter()
            .any(|(n, c, _)| *n == Noun::Franc && *c == Qualified::Cfa);
        if self.before_euro() || self.tells_of_old_times(at) {
            weights.add(Currency::FRF, 0.8);
        } else {
            weights.scale(Currency::FRF, 0.35);
            weights.add(Currency::FRF, 0.02);
        }
        if cfa_before {
            CFA.into_iter().for_each(|c| weights.scale(c, 3.0));
        }
        let code = weights.clear_winner(1.1);
        Reading { code, hinted }
    }

    /// « francs CFA »: of West or of Central Africa.
    pub fn cfa(&self, at: usize) -> Reading {
        let mut weights = Weights::default();
        self.weigh(at, &unit(Noun::Franc).by, &mut weights);
        weights.keep(&CFA);
        let hinted = !weights.is_empty();
        Reading {
            code: weights.clear_winner(1.25),
            hinted,
        }
    }

    /// One of a few currencies of a shared symbol.
    pub fn one_of(
        &self,
        choices: &[(Country, Currency)],
        default: Option<Currency>,
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
    pub fn points_to(&self, country: Country, at: usize) -> bool {
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
        parents: &[Currency],
        at: usize,
        last: Option<&str>,
    ) -> Option<Currency> {
        let said = parents.iter().find(|c| Some(c.name()) == last);
        if said.is_some() {
            return said.copied();
        }
        if parents.first() == Some(&Currency::EUR) {
            let francs = self.read(Noun::Franc, at);
            return match francs.code {
                Some(code) if OLD_FRANCS.contains(&code) && !self.before_euro() => {
                    Some(Currency::EUR)
                }
                Some(code)
                    if code == Currency::FRF || (francs.hinted && parents.contains(&code)) =>
                {
                    Some(code)
                }
                _ => Some(Currency::EUR),
            };
        }
        if parents.contains(&Currency::USD) {
            let dollars = self.read(Noun::Dollar, at);
            return dollars.code.filter(|c| parents.contains(c));
        }
        None
    }
}

/// A few currencies and their weights.
struct Weights {
    of: [(Currency, f32); 24],
    len: usize,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            of: [(Currency::EUR, 0.0); 24],
            len: 0,
        }
    }
}

impl Weights {
    fn add(&mut self, code: Currency, weight: f32) {
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

    fn drop(&mut self, codes: &[Currency]) {
        let mut kept = Self::default();
        for &(code, weight) in &self.of[..self.len] {
            if !codes.contains(&code) {
                kept.add(code, weight);
            }
        }
        *self = kept;
    }

    /// The default, if no other weighs clearly more.
    fn default_holds(&self, default: Currency) -> Option<Currency> {
        let (_, best, _) = self.best()?;
        let own = self.of[..self.len].iter().find(|(c, _)| *c == default)?.1;
        (own * 1.4 >= best).then_some(default)
    }

    /// Adds to a currency that has some weight already.
    fn lean(&mut self, code: Currency, weight: f32) {
        for slot in &mut self.of[..self.len] {
            if slot.0 == code {
                slot.1 += weight;
            }
        }
    }

    fn scale(&mut self, code: Currency, by: f32) {
        for slot in &mut self.of[..self.len] {
            if slot.0 == code {
                slot.1 *= by;
            }
        }
    }

    fn keep(&mut self, codes: &[Currency]) {
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
    fn best(&self) -> Option<(Currency, f32, f32)> {
        let mut best: Option<(Currency, f32)> = None;
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
    fn clear_winner(&self, ratio: f32) -> Option<Currency> {
        self.best()
            .filter(|&(_, weight, second)| weight > ratio * second)
            .map(|(code, ..)| code)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        money::{Context, find},
        text::analyse,
    };

    #[test]
    fn hints_weigh_most_in_the_sentence_of_the_amount() {
        // The stop of « M. » ends no sentence, that of « dit-il ? » does.
        for (text, currency) in [
            (
                "Le Liban a signé. En Égypte, M. Sayed doit 50 livres.",
                "EGP",
            ),
            ("L’Égypte a-t-elle signé ? Le Liban doit 50 livres.", "LBP"),
        ] {
            let analysis = analyse(text);
            for analysis in [None, Some(&analysis)] {
                let context = Context {
                    published: "2024-03-13".parse().ok(),
                    analysis,
                    ..Context::default()
                };
                let found = find(text, &context);
                assert_eq!(found.money.len(), 1, "{text}");
                assert_eq!(found.money[0].currency, Some(currency), "{text}");
            }
        }
    }
}
