//! Amounts at the name of a currency: « 12 euros », « 50 livres syriennes »,
//! « un franc » that is no « franc succès ».

use super::anchors::Case;
use super::chain::{self, Numbers};
use super::context::Reading;
use super::currency::{self, Currency, Need, Noun, Qualified};
use super::phrases::{Window, spelled_at};
use super::rule::{Rule, Site, Trigger};
use super::unit::{UnitSpan, unit_start, word_ends};
use super::{Finder, countries};
use crate::french::sets::money as sets;
use crate::numbers::chars::{letter_before, skip_spaces, word_start};
use crate::numbers::quantity::Quantity;
use rust_decimal::Decimal;

/// See `reads`.
pub(super) static NAME: Rule = Rule {
    name: "name",
    rank: 0,
    reads: "a number, a range or a list before the name of a currency",
    at: &[Trigger::Name],
    read: |finder, site| finder.at_name(site, site.anchor.name()?),
    yes: &[
        "Cela coûte [12 euros|12 EUR].",
        "Un budget de [30|30000000 EUR], [40|40000000 EUR] ou [50 millions d’euros|50000000 EUR].",
        "Comptez entre [10 et 12 livres sterling|10..12 GBP].",
        "Elle gagne près de [2 000 euros|2000 EUR|APPROX|P1M] par mois.",
        "Un prêt de [3 milliards de dollars canadiens|3000000000 CAD].",
    ],
    no: &["Ce fut un franc succès.", "Elle a écrit trois livres."],
};

impl Finder<'_> {
    /// Reads the amount at a noun such as « euros ».
    fn at_name(&mut self, Site { start, end, .. }: Site, (noun, case): (Noun, Case)) -> Option<()> {
        let text = self.text;
        let unit = currency::unit(noun);
        if !word_ends(text, end) {
            return None;
        }
        // « 3 Meuros », but not the « rand » of « grand ».
        if letter_before(text, start) {
            let scale = &text[word_start(text, start)..start];
            if !unit.scaled || !sets::GLUED_SCALE.contains(scale) {
                return None;
            }
        }
        let name = &text[start..end];
        let plural = name.ends_with(['s', 'S', 'x', 'X']);
        if case == Case::Title && !unit.capital && !plural {
            return None;
        }
        let left = unit_start(text, start);
        let numbers = self.numbers_before(left)?;
        let numbers = english_order(text, numbers, left)?;
        let last = numbers.last()?;
        // « un franc succès »: the article agrees with a noun that follows.
        if last.is_article && noun == Noun::Franc && !of_money(text, end) {
            return None;
        }
        let article = &text[last.start..last.end];
        if noun == Noun::Livre && last.is_article && sets::LONE_ARTICLE.contains_folded(article) {
            return None;
        }
        let (qualified, end) = self.qualifier(noun, end);
        let code = match qualified {
            Some(qualified) => {
                self.evidence.remember(noun, qualified, start);
                match qualified {
                    Qualified::Cfa => self.cfa(start, end),
                    Qualified::As(code) => Some(code),
                }
            }
            None if noun == Noun::Franc && left < start && is_old(&text[left..start]) => {
                self.evidence.old_francs(start)
            }
            None => {
                let mut reading = self.evidence.read(noun, start);
                if noun == Noun::Livre && !reading.hinted && is_priced(text, &last, end) {
                    reading = Reading {
                        code: Some(Currency::GBP),
                        hinted: true,
                    };
                }
                self.company(noun, &last, reading, start, end)?;
                if reading.code.is_none() {
                    self.warn(&text[start..end], unit.by.iter().map(|(_, c)| *c));
                }
                reading.code
            }
        };
        self.finish(
            numbers,
            UnitSpan {
                start: left,
                end,
                code: code.map(|c| self.of_its_time(c)),
            },
        )
    }

    /// Whether the noun has the company it needs; see [`Need`].
    fn company(
        &self,
        noun: Noun,
        q: &Quantity,
        reading: Reading,
        start: usize,
        end: usize,
    ) -> Option<()> {
        let large =
            q.power > 0 || q.value >= Decimal::TEN || q.figure.is_some_and(|f| f.decimals > 0);
        let unit = currency::unit(noun);
        let enough = match unit.need {
            Need::Nothing => true,
            Need::Ten => {
                large
                    || reading.hinted
                        && unit
                            .by
                            .iter()
                            .any(|(c, _)| self.evidence.points_to(*c, start))
            }
            Need::Hint => {
                reading.hinted && !(noun == Noun::Livre && reads_as_books(self.text, q.start, end))
            }
            Need::Qualifier => false,
        };
        enough.then_some(())
    }

    /// The qualifier after the noun that ends at byte `end`: what it tells,
    /// and the end of both.
    fn qualifier(&self, noun: Noun, end: usize) -> (Option<Qualified>, usize) {
        let text = self.text;
        let b = text.as_bytes();
        let mut at = skip_spaces(b, end);
        if at == end {
            if b.get(end) != Some(&b'-') {
                return (None, end);
            }
            at += 1;
        }
        let unit = currency::unit(noun);
        for &(phrase, code) in &unit.phrases {
            if let Some(stop) = spelled_at(text, at, phrase) {
                // « francs or » and « francs ou » differ by a letter; « dollars
                // ca » is « dollars CA » only in capitals.
                let short = phrase.len() <= 3
                    && !(code == GOLD && text[stops(text, stop)..].is_empty())
                    && code != Qualified::Cfa;
                if short && text[at..stop].bytes().any(|c| c.is_ascii_lowercase()) {
                    continue;
                }
                return (Some(code), stop);
            }
        }
        if let Some((country, stop)) = countries::adjective_at(text, at)
            && let Some(&(_, code)) = unit.by.iter().find(|(c, _)| *c == country)
        {
            // « renminbi chinois » and other second adjectives.
            return (Some(Qualified::As(code)), stop);
        }
        (None, end)
    }

    /// The currency that bore the name when the article appeared.
    fn of_its_time(&self, code: Currency) -> Currency {
        let published = self.context.published;
        published.map_or(code, |p| currency::of_its_time(code, p.year))
    }
}

/// « francs or », which closes its text where it is meant.
const GOLD: Qualified = Qualified::As(Currency::XFO);

/// The position after the white space at `at`.
fn stops(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// « anciens » before « francs ».
fn is_old(before: &str) -> bool {
    before
        .split_whitespace()
        .any(|w| sets::OLD_FRANC.contains(w))
}

/// « 1.5 billion dollars », without « de », is English order: 10⁹. And no
/// amount is counted in units of 10¹⁸: « trillion » is 10¹² in money.
pub fn english_order(text: &str, numbers: Numbers, unit: usize) -> Option<Numbers> {
    let fix = |q: Quantity| match q.power {
        12 if chain::spells_illion(text, &q) && skip_spaces(text.as_bytes(), q.end) == unit => {
            q.with_power(9)
        }
        18 if chain::spells_illion(text, &q) => q.with_power(12),
        _ => Some(q),
    };
    Some(match numbers {
        Numbers::One(q) => Numbers::One(fix(q)?),
        other => other,
    })
}

/// Whether what follows « un franc » may be the rest of a sentence about
/// money, not a noun that « franc » describes.
fn of_money(text: &str, end: usize) -> bool {
    let window = Window::after(text, end);
    let first = window.as_bytes().first();
    first.is_none_or(|c| !c.is_ascii_alphabetic()) || window.starts_with_any(&sets::OF_MONEY)
}

/// Whether « livres » without any hint are money for what stands around
/// them: a scale or pence, or a word of prices before.
fn is_priced(text: &str, q: &Quantity, end: usize) -> bool {
    let before = Window::before(text, q.start);
    q.power >= 6
        || q.figure.is_some_and(|f| f.decimals == 2)
        || before.ends_with_any(&sets::PRICED)
        || is_a_price(&before, &Window::after(text, end))
}

/// Whether « livres » are a price by their own phrase: « au prix de 12 livres ».
fn is_a_price(before: &Window, after: &Window) -> bool {
    before.ends_with_any(&sets::PRICE_OF) || after.starts_with_any(&sets::PRICE_BEHIND)
}

/// Whether « livres » are books or weights here.
fn reads_as_books(text: &str, start: usize, end: usize) -> bool {
    let before = Window::before(text, start);
    let after = Window::after(text, end);
    before.ends_with_any(&sets::BOOKS_BEFORE)
        || after.starts_with_any(&sets::BOOKS_AFTER)
        || !is_a_price(&before, &after)
            && (after.has_any(&sets::BOOKS_NEAR) || before.has_any(&sets::BOOKS_NEAR))
}
