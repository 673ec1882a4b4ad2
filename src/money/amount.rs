//! Amounts of money: a unit, the numbers beside it, and what they mean
//! together.

use super::anchors::{Anchor, Case};
use super::chain::{self, LIST, Numbers};
use super::codes::{self, Sign};
use super::context::Reading;
use super::fractions;
use super::names::{CFA, DOLLAR, FRANC, LIVRE, Need, UNITS};
use super::phrases::{Window, spelled_at};
use super::{Amount, Finder, Money, countries, modifiers, per};
use crate::numbers::chars::{letter_at, letter_before, skip_spaces, skip_spaces_back, word_start};
use crate::numbers::quantity::Quantity;
use rust_decimal::Decimal;

/// A unit with its qualifiers: bytes `start..end`, and its currency.
#[derive(Debug, Clone, Copy)]
pub struct UnitSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The currency, if known.
    pub code: Option<&'static str>,
    /// Rule that read it.
    pub rule: &'static str,
}

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

    /// Reads the amount at a code of ISO 4217.
    pub(super) fn at_code(&mut self, start: usize, end: usize, code: &'static str) -> Option<()> {
        let text = self.text;
        if letter_at(text, end) {
            return None;
        }
        let code = codes::known(code)?;
        let wordy = codes::is_word(code);
        let looks_like_money = |q: &Quantity| {
            !wordy
                || q.power > 0
                || q.value >= Decimal::ONE_THOUSAND
                || q.figure.is_some_and(|f| f.decimals == 2)
        };
        let unit = UnitSpan {
            start,
            end,
            code: Some(code),
            rule: "code",
        };
        let left_at = chain::swiss_start(text, start);
        let left = chain::before(text, left_at, self.floor, &mut self.starts)
            .filter(|n| last_of(n).is_some_and(|q| looks_like_money(&q) && !q.is_article));
        let right = self
            .in_front(start, end)
            .filter(|(n, _)| last_of(n).is_some_and(|q| looks_like_money(&q)));
        match (left, right) {
            (Some(l), Some(r)) if year_like(&l) => self.finish_front(r, unit),
            (Some(l), _) => self.finish(
                l,
                UnitSpan {
                    start: left_at,
                    ..unit
                },
            ),
            (None, Some(r)) => self.finish_front(r, unit),
            (None, None) => None,
        }
    }

    /// The numbers after a unit that stands in front, unless the unit is the
    /// tail of something else (`EUR/USD 1,08`).
    fn in_front(&self, start: usize, end: usize) -> Option<(Numbers, usize)> {
        let before = start.checked_sub(1).map(|i| self.text.as_bytes()[i]);
        if letter_before(self.text, start) || matches!(before, Some(b'/' | b'-' | b'0'..=b'9')) {
            return None;
        }
        chain::after(self.text, end, &self.text[start..end])
    }

    /// Reads the amount at a symbol, which may stand on either side.
    pub(super) fn at_symbol(&mut self, start: usize, end: usize, sign: Sign) -> Option<()> {
        let text = self.text;
        let b = text.as_bytes();
        let (start, end, named) = match sign {
            Sign::Noun(DOLLAR) => dollar(text, start, end),
            Sign::Code("GBP") => pound(text, start, end),
            _ => (start, end, None),
        };
        if text.as_bytes()[end - 1].is_ascii_alphabetic() && letter_at(text, end) {
            return None;
        }
        let left_at = chain::swiss_start(text, start);
        let left = chain::before(text, left_at, self.floor, &mut self.starts)
            .and_then(|n| english_order(text, n, start))
            .filter(|n| last_of(n).is_some_and(|q| !q.is_article));
        let right = if sign == Sign::Cent {
            None
        } else {
            self.in_front(start, end)
        };
        let glued_right = b.get(end).is_some_and(u8::is_ascii_digit);
        let glued_left = start > 0 && b[start - 1].is_ascii_digit();
        let unit = |code| UnitSpan {
            start: left_at,
            end,
            code,
            rule: "symbol",
        };
        let at = start;
        match (left, right) {
            (Some(l), Some(r))
                if year_like(&l) || glued_right && !glued_left && !is_fraction_glued(text, end) =>
            {
                let code = named.or_else(|| self.code_of(sign, at, end));
                self.finish_front(r, unit(code))
            }
            (Some(l), _) => {
                if sign == Sign::Cent {
                    return self.fraction_amount(
                        l,
                        UnitSpan {
                            rule: "fraction",
                            ..unit(None)
                        },
                        super::names::CENT,
                    );
                }
                let code = named.or_else(|| self.code_of(sign, at, end));
                self.finish(l, unit(code))
            }
            (None, Some(r)) => {
                let code = named.or_else(|| self.code_of(sign, at, end));
                self.finish_front(
                    r,
                    UnitSpan {
                        start,
                        ..unit(code)
                    },
                )
            }
            (None, None) => None,
        }
    }

    /// Reads the amount before an abbreviation, or after « Fr. » and its like.
    pub(super) fn at_abbreviation(&mut self, start: usize, end: usize, sign: Sign) -> Option<()> {
        let text = self.text;
        let name = &text[start..end];
        let pointed = name.ends_with('.');
        let next = text.as_bytes().get(end);
        if next.is_some_and(u8::is_ascii_digit) && !matches!(name, "F" | "Fr." | "fr.") {
            return None;
        }
        if !pointed
            && (letter_at(text, end)
                || text
                    .as_bytes()
                    .get(end)
                    .is_some_and(|c| *c == b'\'' || *c == b'-' && letter_at(text, end + 1)))
        {
            return None;
        }
        let left_at = chain::swiss_start(text, start);
        if let Some(numbers) = chain::before(text, left_at, self.floor, &mut self.starts) {
            let q = last_of(&numbers)?;
            // Abbreviated units go with figures.
            q.figure?;
            if sign == Sign::Cent {
                return self.fraction_amount(
                    numbers,
                    UnitSpan {
                        start,
                        end,
                        code: None,
                        rule: "fraction",
                    },
                    super::names::CENT,
                );
            }
            let code = self.code_of(sign, start, end);
            let unit = UnitSpan {
                start: left_at,
                end,
                code,
                rule: "abbreviation",
            };
            // « 1 F 80 » is money whatever the article's date.
            let split = sign == Sign::Noun(FRANC) && fractions::part(text, &q, &unit).is_some();
            if !split && !self.abbreviation_is_meant(sign, name, &q, code, start) {
                return None;
            }
            // « 2,80 F. » at the end of a sentence keeps its full stop out.
            let end = if pointed && matches!(name, "F." | "frs." | "ct." | "cts.") {
                end - 1
            } else {
                end
            };
            return self.finish(
                numbers,
                UnitSpan {
                    start: left_at,
                    end,
                    code,
                    rule: "abbreviation",
                },
            );
        }
        let may_lead = matches!(
            name,
            "Fr."
                | "fr."
                | "Frs"
                | "FS"
                | "FF"
                | "Rs"
                | "RMB"
                | "FCFA"
                | "F CFA"
                | "CFA"
                | "Rp"
                | "RM"
        );
        if !may_lead {
            return None;
        }
        let right = self.in_front(start, end)?;
        let code = match sign {
            // Only the Swiss write « Fr. » in front.
            Sign::Noun(FRANC) => Some("CHF"),
            _ => self.code_of(sign, start, end),
        };
        self.finish_front(
            right,
            UnitSpan {
                start,
                end,
                code,
                rule: "abbreviation",
            },
        )
    }

    fn abbreviation_is_meant(
        &self,
        sign: Sign,
        name: &str,
        q: &Quantity,
        code: Option<&str>,
        at: usize,
    ) -> bool {
        let large =
            q.power > 0 || q.value >= Decimal::TEN || q.figure.is_some_and(|f| f.decimals > 0);
        let country = code.and_then(|c| c.get(..2)).unwrap_or_default();
        match sign {
            Sign::Noun(FRANC) => {
                let old = self.context.published.is_none_or(|p| p.year < 2003);
                !q.figure.is_some_and(|f| f.is_year_like() && !old)
                    && (old || large && code.is_some())
            }
            _ => match name {
                "LE" | "LL" | "FC" | "FG" | "TL" | "Rp" | "Db" | "Ls" | "Lt" | "FDJ" | "Kz"
                | "RM" | "fr" | "Fr" => self.evidence.points_to(country, at),
                "DA" | "DT" | "DM" | "Ar" | "Ft" | "FS" | "FB" | "DTS" => {
                    large || self.evidence.points_to(country, at)
                }
                "kr" | "Rs" => large,
                _ => true,
            },
        }
    }

    fn code_of(&mut self, sign: Sign, at: usize, end: usize) -> Option<&'static str> {
        match sign {
            Sign::Code(code) => {
                if matches!(code, "BEF" | "CHF" | "XPF" | "CDF" | "GNF" | "RWF") {
                    self.evidence.remember(FRANC, code, at);
                }
                Some(code)
            }
            Sign::Cfa => {
                self.evidence.remember(FRANC, CFA, at);
                self.cfa(at, end)
            }
            Sign::Noun(unit) => {
                let code = self.evidence.read(unit, at).code;
                if code.is_none() {
                    self.warn(&self.text[at..end], UNITS[unit].by.iter().map(|(_, c)| *c));
                }
                code
            }
            Sign::OneOf(choices, default) => {
                let code = self.evidence.one_of(choices, default, at).code;
                if code.is_none() {
                    self.warn(&self.text[at..end], choices.iter().map(|(_, c)| *c));
                }
                code
            }
            Sign::Cent => None,
        }
    }

    fn cfa(&mut self, start: usize, end: usize) -> Option<&'static str> {
        let code = self.evidence.cfa(start).code;
        if code.is_none() {
            self.warn(&self.text[start..end], ["XOF", "XAF"].into_iter());
        }
        code
    }

    /// The currency that bore the name when the article appeared.
    fn of_its_time(&self, code: Option<&'static str>) -> Option<&'static str> {
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

    /// Adds the amounts of numbers that stand before their unit.
    pub(super) fn finish(&mut self, numbers: Numbers, unit: UnitSpan) -> Option<()> {
        match numbers {
            Numbers::One(q) => {
                let (start, negative) = super::signed_start(self.text, q.start, self.floor);
                let mut value = q.value;
                let mut end = unit.end;
                if let Some((stop, part)) = fractions::part(self.text, &q, &unit) {
                    value = value.checked_add(part)?;
                    end = stop;
                }
                if negative {
                    value = -value;
                }
                let amount = self.joined_range(start, value, unit.code);
                let (start, amount) = amount.unwrap_or((start, Amount::Exact(value)));
                self.push(start, end, amount, unit, q.approximate);
            }
            Numbers::Range(low, high) => {
                let amount = super::sorted(low.value, high.value);
                self.push(low.start, unit.end, amount, unit, high.approximate);
            }
            Numbers::List(items) => self.finish_list(items, unit),
        }
        Some(())
    }

    fn finish_list(&mut self, items: [Option<Quantity>; LIST], unit: UnitSpan) {
        let count = items.iter().flatten().count();
        for (i, q) in items.into_iter().flatten().enumerate() {
            let end = if i + 1 == count { unit.end } else { q.end };
            self.push(
                q.start,
                end,
                Amount::Exact(q.value),
                UnitSpan {
                    rule: "list",
                    ..unit
                },
                q.approximate,
            );
        }
    }

    /// Adds the amounts of numbers that stand after their unit.
    fn finish_front(&mut self, (numbers, end): (Numbers, usize), unit: UnitSpan) -> Option<()> {
        let start = unit.start;
        let (start, negative) = super::signed_start(self.text, start, self.floor);
        let amount = match numbers {
            Numbers::One(q) if negative => Amount::Exact(-q.value),
            Numbers::One(q) => Amount::Exact(q.value),
            Numbers::Range(low, high) => Amount::Range(low.value, high.value),
            Numbers::List(_) => return None,
        };
        // `$12 US`, `$300M CAD`
        self.push(
            start,
            end,
            amount,
            UnitSpan {
                rule: "front",
                ..unit
            },
            false,
        );
        Some(())
    }

    /// « entre 10 euros et 20 euros » and « 10 € – 20 € » are one range: its
    /// start and ends, the mention before being taken back.
    fn joined_range(
        &mut self,
        start: usize,
        value: Decimal,
        code: Option<&'static str>,
    ) -> Option<(usize, Amount)> {
        let last = self.found.money.last()?;
        let Amount::Exact(low) = last.amount else {
            return None;
        };
        if last.currency != code
            || code.is_none()
            || low >= value
            || last.end > start
            || low.is_sign_negative()
        {
            return None;
        }
        let gap = self.text[last.end..start].trim_matches([' ', '\u{a0}', '\u{202f}']);
        let joined = match gap {
            "et" => Window::before(self.text, last.start).ends_with("entre"),
            "-" | "–" => true,
            _ => false,
        };
        if !joined {
            return None;
        }
        let first = self.found.money.pop()?;
        Some((first.start, Amount::Range(low, value)))
    }

    pub(super) fn push(
        &mut self,
        start: usize,
        end: usize,
        amount: Amount,
        unit: UnitSpan,
        approximate: bool,
    ) {
        let modifier = modifiers::around(self.text, start, end)
            .or(approximate.then_some(crate::record::Modifier::Approx));
        let amount = match amount {
            Amount::Exact(v) => Amount::Exact(v.normalize()),
            Amount::Range(a, b) => Amount::Range(a.normalize(), b.normalize()),
        };
        self.found.money.push(Money {
            start,
            end,
            amount,
            currency: unit.code,
            modifier,
            per: per::after(self.text, end),
            rule: unit.rule,
        });
        self.floor = end;
    }

    fn warn(&mut self, name: &str, candidates: impl Iterator<Item = &'static str>) {
        if self.found.warnings.len() >= 16 {
            return;
        }
        let mut listed: Vec<&str> = candidates.collect();
        listed.sort_unstable();
        listed.dedup();
        let warning = format!(
            "currency_ambiguous:{}:{}",
            name.replace('\u{a0}', " "),
            listed.join("|")
        );
        if !self.found.warnings.contains(&warning) {
            self.found.warnings.push(warning);
        }
    }
}

/// Whether a noun ends at `end`: no letter, figure or compound follows.
pub fn word_ends(text: &str, end: usize) -> bool {
    let next = text.as_bytes().get(end);
    !letter_at(text, end)
        && !next.is_some_and(u8::is_ascii_digit)
        && !(next == Some(&b'-') && letter_at(text, end + 1) && !text[end..].starts_with("-US"))
}

/// The last number, which the unit follows.
pub fn last_of(numbers: &Numbers) -> Option<Quantity> {
    match numbers {
        Numbers::One(q) | Numbers::Range(_, q) => Some(*q),
        Numbers::List(items) => items.iter().flatten().last().copied(),
    }
}

fn year_like(numbers: &Numbers) -> bool {
    last_of(numbers).is_some_and(|q| q.power == 0 && q.figure.is_some_and(|f| f.is_year_like()))
}

/// « 1.5 billion dollars », without « de », is English order: 10⁹. And no
/// amount is counted in units of 10¹⁸: « trillion » is 10¹² in money.
fn english_order(text: &str, numbers: Numbers, unit: usize) -> Option<Numbers> {
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
fn unit_start(text: &str, start: usize) -> usize {
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

/// The extent of a dollar sign with the letters that name it.
fn dollar(text: &str, start: usize, end: usize) -> (usize, usize, Option<&'static str>) {
    let lead = word_start(text, start);
    let letters = &text[lead..start];
    if !letters.is_empty()
        && let Some(&(_, code)) = codes::BEFORE_DOLLAR.iter().find(|(l, _)| *l == letters)
    {
        return (lead, end, Some(code));
    }
    let b = text.as_bytes();
    let at = skip_spaces(b, end);
    for &(letters, code) in codes::AFTER_DOLLAR {
        let glued = at == end;
        if !text[at..].starts_with(letters) {
            continue;
        }
        let stop = at + letters.len();
        let whole = !letter_at(text, stop)
            && !(glued && letters.len() == 1 && b.get(stop).is_some_and(u8::is_ascii_digit));
        // « 12 $ A » could begin a sentence; « 12 $ CAN » could not.
        if whole && (glued || letters.len() > 1) {
            return (start, stop, Some(code));
        }
    }
    (start, end, None)
}

/// The extent of a pound sign with the letters that name it.
fn pound(text: &str, start: usize, end: usize) -> (usize, usize, Option<&'static str>) {
    for &(letters, code) in codes::AFTER_POUND {
        let stop = end + letters.len();
        if text[end..].starts_with(letters) && !letter_at(text, stop) {
            return (start, stop, Some(code));
        }
    }
    (start, end, None)
}

/// « 12€50 »: exactly two figures glued to the sign.
fn is_fraction_glued(text: &str, end: usize) -> bool {
    let b = text.as_bytes();
    let digits = b[end..].iter().take_while(|c| c.is_ascii_digit()).count();
    digits == 2 && !matches!(b.get(end + 2), Some(b',' | b'.')) && text[..end].ends_with('€')
}

/// Anchors that this file reads.
pub(super) fn read(finder: &mut Finder<'_>, start: usize, end: usize, anchor: Anchor) {
    let _ = match anchor {
        Anchor::Name(unit, case) => finder.at_name(start, end, unit, case),
        Anchor::Code(code) => finder.at_code(start, end, code),
        Anchor::Symbol(sign) => finder.at_symbol(start, end, sign),
        Anchor::Abbreviation(sign) => finder.at_abbreviation(start, end, sign),
        Anchor::Fraction(i, case) => finder.at_fraction(start, end, i, case),
        Anchor::Crypto if finder.context.crypto => finder.at_crypto(start, end),
        _ => None,
    };
}
