//! Amounts at the name of a currency: « 12 euros », « 50 livres syriennes »,
//! « un franc » that is no « franc succès ».

use super::amount::{UnitSpan, last_of, word_ends};
use super::anchors::Case;
use super::chain::{self, Numbers};
use super::context::Reading;
use super::names::{CFA, DOLLAR, FRANC, LIVRE, Need, UNITS};
use super::phrases::{Window, spelled_at};
use super::{Finder, countries};
use crate::numbers::chars::{letter_before, skip_spaces, skip_spaces_back, word_start};
use crate::numbers::quantity::Quantity;
use rust_decimal::Decimal;

impl Finder<'_> {
    /// Reads the amount at a noun such as « euros ».
    pub(super) fn at_name(
        &mut self,
        start: usize,
        end: usize,
        unit: usize,
        case: Case,
    ) -> Option<()> {
        let text = self.text;
        if !word_ends(text, end) {
            return None;
        }
        // « 3 Meuros », but not the « rand » of « grand ».
        if letter_before(text, start) {
            let scale = &text[word_start(text, start)..start];
            if unit > FRANC || !matches!(scale, "k" | "K" | "M" | "Md" | "Mds" | "G") {
                return None;
            }
        }
        let name = &text[start..end];
        let plural = name.ends_with(['s', 'S', 'x', 'X']);
        if case == Case::Title && unit > DOLLAR && !plural {
            return None;
        }
        let left = unit_start(text, start);
        let numbers = chain::before(text, left, self.floor, &mut self.starts)?;
        let numbers = english_order(text, numbers, left)?;
        let last = last_of(&numbers)?;
        // « un franc succès »: the article agrees with a noun that follows.
        if last.is_article && unit == FRANC && !clause_may_follow(text, end) {
            return None;
        }
        if unit == LIVRE && last.is_article && text[last.start..last.end].eq_ignore_ascii_case("un")
        {
            return None;
        }
        let (qualified, end) = self.qualifier(unit, end);
        let code = match qualified {
            Some(CFA) => {
                self.evidence.remember(unit, CFA, start);
                self.cfa(start, end)
            }
            Some(code) => {
                self.evidence.remember(unit, code, start);
                Some(code)
            }
            None if unit == FRANC && left < start && text[left..start].contains("ancien") => {
                self.evidence.old_francs(start)
            }
            None => {
                let mut reading = self.evidence.read(unit, start);
                if unit == LIVRE && !reading.hinted && is_priced(text, &last) {
                    reading = Reading {
                        code: Some("GBP"),
                        hinted: true,
                    };
                }
                self.company(unit, &last, reading, start, end)?;
                if reading.code.is_none() {
                    self.warn(&text[start..end], UNITS[unit].by.iter().map(|(_, c)| *c));
                }
                reading.code
            }
        };
        self.finish(
            numbers,
            UnitSpan {
                start: left,
                end,
                code: self.of_its_time(code),
                rule: "name",
            },
        )
    }

    /// Whether the noun has the company it needs; see [`Need`].
    fn company(
        &self,
        unit: usize,
        q: &Quantity,
        reading: Reading,
        start: usize,
        end: usize,
    ) -> Option<()> {
        let large =
            q.power > 0 || q.value >= Decimal::TEN || q.figure.is_some_and(|f| f.decimals > 0);
        let enough = match UNITS[unit].need {
            Need::Nothing => true,
            Need::Ten => {
                large
                    || reading.hinted
                        && UNITS[unit]
                            .by
                            .iter()
                            .any(|(c, _)| self.evidence.points_to(c, start))
            }
            Need::Hint => {
                reading.hinted && !(unit == LIVRE && reads_as_books(self.text, q.start, end))
            }
            Need::Qualifier => false,
        };
        enough.then_some(())
    }

    /// The qualifier after the noun at position `unit` that ends at byte
    /// `end`: its currency, and the end of both.
    fn qualifier(&self, unit: usize, end: usize) -> (Option<&'static str>, usize) {
        let text = self.text;
        let b = text.as_bytes();
        let mut at = skip_spaces(b, end);
        if at == end {
            if b.get(end) != Some(&b'-') {
                return (None, end);
            }
            at += 1;
        }
        let noun = &UNITS[unit];
        for &(phrase, code) in noun.phrases {
            if let Some(stop) = spelled_at(text, at, phrase) {
                // « francs or » and « francs ou » differ by a letter; « dollars
                // ca » is « dollars CA » only in capitals.
                let short =
                    phrase.len() <= 3 && !(phrase == "or" && text[stop..].trim_start().is_empty());
                if short && text[at..stop].bytes().any(|c| c.is_ascii_lowercase()) && code != CFA {
                    continue;
                }
                return (Some(code), stop);
            }
        }
        if let Some((country, stop)) = countries::adjective_at(text, at)
            && let Some(&(_, code)) = noun.by.iter().find(|(c, _)| *c == country)
        {
            // « renminbi chinois » and other second adjectives.
            return (Some(code), stop);
        }
        (None, end)
    }

    /// The currency that bore the name when the article appeared.
    pub(super) fn of_its_time(&self, code: Option<&'static str>) -> Option<&'static str> {
        let before = |year: i16| {
            self.context
                .published
                .is_some_and(|p| i32::from(p.year) < i32::from(year))
        };
        match code {
            Some("MRU") if before(2018) => Some("MRO"),
            Some("BYN") if before(2016) => Some("BYR"),
            Some("VES") if before(2018) => Some("VEF"),
            Some("TMT") if before(2009) => Some("TMM"),
            Some("TRY") if before(2005) => Some("TRL"),
            Some("RON") if before(2005) => Some("ROL"),
            Some("SLE") if before(2022) => Some("SLL"),
            Some("ZMW") if before(2013) => Some("ZMK"),
            Some("STN") if before(2018) => Some("STD"),
            Some("MZN") if before(2006) => Some("MZM"),
            Some("GHS") if before(2007) => Some("GHC"),
            Some("AZN") if before(2006) => Some("AZM"),
            Some("SDG") if before(2007) => Some("SDD"),
            Some("RUB") if before(1998) => Some("RUR"),
            code => code,
        }
    }
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

/// The start of the unit with « anciens » or « nouveaux » before it.
pub fn unit_start(text: &str, start: usize) -> usize {
    let b = text.as_bytes();
    let start = chain::swiss_start(text, start);
    let end = skip_spaces_back(b, start);
    if end == start {
        return start;
    }
    let word = word_start(text, end);
    if !matches!(
        &text[word..end],
        "anciens" | "ancien" | "nouveaux" | "nouveau" | "vieux"
    ) {
        return start;
    }
    // « 73 822 de nos anciens francs »
    for lead in ["de nos ", "de ces ", "des ", "de nos\u{a0}"] {
        if text[..word].ends_with(lead) {
            let before = word - lead.len();
            if skip_spaces_back(b, before) > 0
                && b[skip_spaces_back(b, before) - 1].is_ascii_digit()
            {
                return before;
            }
        }
    }
    word
}

/// Whether what follows « un franc » may be the rest of a sentence about
/// money, not a noun that « franc » describes.
fn clause_may_follow(text: &str, end: usize) -> bool {
    let window = Window::after(text, end);
    let b = window.as_bytes();
    if b.first().is_none_or(|c| !c.is_ascii_alphabetic()) {
        return true;
    }
    [
        "de",
        "du",
        "d'",
        "par",
        "pour",
        "le",
        "la",
        "les",
        "l'",
        "et",
        "ou",
        "contre",
        "en",
        "a",
        "au",
        "sur",
        "dans",
        "chez",
        "soit",
        "symbolique",
        "seulement",
        "vaut",
        "valait",
        "n'",
        "qui",
        "plus",
        "moins",
        "cfa",
        "suisse",
        "belge",
        "cfp",
        "pacifique",
        "or",
        "francais",
        "congolais",
        "guineen",
        "rwandais",
        "burundais",
        "djiboutien",
        "comorien",
        "luxembourgeois",
        "convertible",
        "constant",
        "malien",
        "malgache",
        "marocain",
        "wir",
        "uic",
        "financier",
        "lourd",
        "symboliques",
    ]
    .iter()
    .any(|w| window.starts_with(w))
}

/// Whether « livres » without any hint are money for what stands around
/// them: a scale or pence, or a word of prices before.
fn is_priced(text: &str, q: &Quantity) -> bool {
    let window = Window::before(text, q.start);
    q.power >= 6
        || q.figure.is_some_and(|f| f.decimals == 2)
        || [
            "pour", "contre", "cout", "prix", "coute", "paye", "payer", "verse", "verser",
            "amende", "facture", "reclame", "offre", "rapporte", "vaut", "valait", "cede", "loyer",
            "salaire", "budget",
        ]
        .iter()
        .any(|w| window.ends_with(w))
}

/// Whether « livres » are books or weights here.
fn reads_as_books(text: &str, start: usize, end: usize) -> bool {
    let before = Window::before(text, start);
    let after = Window::after(text, end);
    [
        "vendu", "vendus", "ecoule", "ecoules", "lu", "lus", "publie", "publies", "ecrit",
        "ecrits", "imprime", "imprimes", "pese", "pesait", "pesant", "perdu",
    ]
    .iter()
    .any(|w| before.ends_with(w))
        || [
            "vendus",
            "publies",
            "ecrits",
            "anciens",
            "rares",
            "numeriques",
            "scolaires",
            "traduits",
            "audio",
            "edites",
            "imprimes",
            "jeunesse",
            "de poche",
            "de beurre",
            "de pain",
            "de viande",
            "de cuisine",
            "d'histoire",
            "pour enfants",
        ]
        .iter()
        .any(|w| after.starts_with(w))
        || [
            "lecteurs",
            "librairie",
            "librairies",
            "bibliotheque",
            "auteur",
            "romans",
            "editeur",
            "exemplaires",
        ]
        .iter()
        .any(|w| after.has(w) || before.has(w))
}
