//! Amounts at a code, a symbol or an abbreviation, which may stand on either
//! side: « EUR 12m », « 12,50 $ CA », « Fr. 45.- », « 28 F ».

use super::anchors::Anchor;
use super::chain::{self, Numbers};
use super::currency::{self, Currency, Noun, Sign, SignNeed, SignPlace, SignRow};
use super::nouns::english_order;
use super::rule::{Rule, Site, Trigger};
use super::unit::{UnitSpan, abbreviation_ends, symbol};
use super::{Finder, parts, per};
use crate::numbers::chars::{letter_at, letter_before, word_start};
use crate::numbers::quantity::Quantity;
use rust_decimal::Decimal;

/// See `reads`.
pub(super) static CODE: Rule = Rule {
    name: "code",
    rank: 0,
    reads: "a number before a code of ISO 4217",
    at: &[Trigger::Code],
    read: |finder, site| finder.at_code(site, site.anchor.code()?),
    yes: &[
        "Un virement de [1 500 CHF|1500 CHF].",
        "Il doit [2 000 MAD|2000 MAD].",
    ],
    no: &["La COP 28 et le PHP 8.", "Le TOP 14, puis 12 MAD."],
};

/// See `reads`.
pub(super) static SYMBOL: Rule = Rule {
    name: "symbol",
    rank: 0,
    reads: "a number before a symbol, with the letters that name its currency",
    at: &[Trigger::Symbol],
    read: |finder, site| finder.at_symbol(site, site.anchor.symbol()?),
    yes: &[
        "Le menu est à [12,50 €|12.5 EUR].",
        "Il coûte [12 $ CAN|12 CAD].",
        "Une levée de [3 M€|3000000 EUR].",
        "Prix : [12€50|12.5 EUR].",
        "Tarif : [9 €|9 EUR]/[7 €|7 EUR]/[4 €|4 EUR].",
        "Tarifs : [9|9 EUR]/[7 €|7 EUR].",
        "Comptez [200/250 €|200..250 EUR].",
        "Salaire : [20.000€-25.000€|20000..25000 EUR|P1Y]/an.",
        "La commune a payé [3 000 000 d’€|3000000 EUR].",
        "Le pain vaut [,90 €|0.9 EUR].",
    ],
    no: &[
        "Le signe € est bleu.",
        "La saison 2023/24 150 000 € plus tard.",
    ],
};

/// See `reads`.
pub(super) static ABBREVIATION: Rule = Rule {
    name: "abbreviation",
    rank: 0,
    reads: "figures before an abbreviation that has the company it needs",
    at: &[Trigger::Abbreviation],
    read: |finder, site| finder.at_abbreviation(site, site.anchor.abbreviation()?),
    yes: &[
        "Il a payé [500 FCFA|500 XOF] à Dakar.",
        "Au Maroc, comptez [30 DH|30 MAD].",
        "Le lot vaut [300 eur|300 EUR].",
        "Elle est payée [9E|9 EUR|PT1H]/h.",
    ],
    no: &[
        "La monoplace 246 F1 est exposée.",
        "Il faisait 54 °F au soleil.",
        "Il y a 12 auteurs et 12 E/S.",
    ],
};

/// See `reads`.
pub(super) static FRONT: Rule = Rule {
    name: "front",
    rank: 1,
    reads: "figures behind a code, a symbol or an abbreviation that may stand in front",
    at: &[Trigger::Code, Trigger::Symbol, Trigger::Abbreviation],
    read: |finder, site| match site.anchor {
        Anchor::Code(code) => finder.behind_code(site, code),
        Anchor::Symbol(sign) => finder.behind_symbol(site, sign),
        Anchor::Abbreviation(row, sign) => finder.behind_abbreviation(site, row, sign),
        _ => None,
    },
    yes: &[
        "Une amende de [$300M|300000000 USD].",
        "Entrée : [Fr. 45.-|45 CHF].",
        "En 2023, [EUR 12m|12000000 EUR] de pertes.",
        "Comptez [US$ 12|12 USD].",
    ],
    no: &["Le cours EUR/USD 1,08 a peu varié."],
};

impl Finder<'_> {
    /// Numbers before a code, if they look like money.
    fn before_code(&mut self, start: usize, code: Currency) -> Option<Numbers> {
        let numbers = self.numbers_before(start)?;
        let q = numbers.last()?;
        (looks_like_money(code, &q) && !q.is_article).then_some(numbers)
    }

    fn at_code(&mut self, Site { start, end, .. }: Site, code: Currency) -> Option<()> {
        if letter_at(self.text, end) {
            return None;
        }
        let start = chain::swiss_start(self.text, start);
        let numbers = self.before_code(start, code)?;
        let code = Some(code);
        self.finish(numbers, UnitSpan { start, end, code })
    }

    fn behind_code(&mut self, Site { start, end, .. }: Site, code: Currency) -> Option<()> {
        if letter_at(self.text, end) {
            return None;
        }
        let right = self.in_front(start, end)?;
        if !looks_like_money(code, &right.0.last()?) {
            return None;
        }
        let left = self.before_code(chain::swiss_start(self.text, start), code);
        if left.is_some_and(|l| !year_like(&l)) {
            return None;
        }
        let code = Some(code);
        self.finish_front(right, UnitSpan { start, end, code })
    }

    /// The numbers after a unit that stands in front, unless the unit is the
    /// tail of something else (`EUR/USD 1,08`).
    fn in_front(&self, start: usize, end: usize) -> Option<(Numbers, usize)> {
        let before = start.checked_sub(1).map(|i| self.text.as_bytes()[i]);
        // « €12/€8 »: behind a mention a slash lists.
        let listed = before == Some(b'/') && self.floor > 0 && start == self.floor + 1;
        let tail = !listed && matches!(before, Some(b'/' | b'-' | b'0'..=b'9'));
        if tail || letter_before(self.text, start) {
            return None;
        }
        chain::after(self.text, end, &self.text[start..end])
    }

    /// Numbers before a symbol.
    fn before_symbol(&mut self, start: usize) -> Option<Numbers> {
        let text = self.text;
        let left_at = chain::swiss_start(text, start);
        let numbers = self.numbers_before(left_at)?;
        let numbers = english_order(text, numbers, start)?;
        numbers
            .last()
            .is_some_and(|q| !q.is_article)
            .then_some(numbers)
    }

    fn at_symbol(&mut self, site: Site, sign: Sign) -> Option<()> {
        let (start, end, named) = symbol(self.text, site, sign)?;
        let numbers = self.before_symbol(start)?;
        let code = named.or_else(|| self.code_of(sign, start, end));
        let start = chain::swiss_start(self.text, start);
        self.finish(numbers, UnitSpan { start, end, code })
    }

    fn behind_symbol(&mut self, site: Site, sign: Sign) -> Option<()> {
        let (start, end, named) = symbol(self.text, site, sign)?;
        let right = self.in_front(start, end)?;
        if let Some(left) = self.before_symbol(start) {
            let b = self.text.as_bytes();
            let glued_right = b.get(end).is_some_and(u8::is_ascii_digit);
            let glued_left = start > 0 && b[start - 1].is_ascii_digit();
            let split = is_fraction_glued(self.text, end);
            let follows = glued_right && !glued_left && !split;
            if !(follows || year_like(&left)) {
                return None;
            }
        }
        let code = named.or_else(|| self.code_of(sign, start, end));
        self.finish_front(right, UnitSpan { start, end, code })
    }

    fn at_abbreviation(
        &mut self,
        Site { start, end, .. }: Site,
        (row, sign): (&SignRow, Sign),
    ) -> Option<()> {
        let text = self.text;
        // « leur » ends like « eur ».
        if start - word_start(text, start) > LONGEST_SCALE || !abbreviation_ends(text, end, row) {
            return None;
        }
        let left_at = chain::swiss_start(text, start);
        let numbers = self.numbers_before(left_at)?;
        let q = numbers.last()?;
        // Abbreviated units go with figures.
        q.figure?;
        let code = self.code_of(sign, start, end);
        let unit = UnitSpan {
            start: left_at,
            end,
            code,
        };
        // « 1 F 80 » is money whatever the article's date.
        let split = sign == Sign::Noun(Noun::Franc) && parts::part(text, &q, &unit).is_some();
        // « 2,80 F. » at the end of a sentence keeps its full stop out.
        let end = if row.full_stop { end - 1 } else { end };
        if row.need == SignNeed::Rate {
            per::after(text, end)?;
        }
        if !split && !self.abbreviation_is_meant(row.need, &q, code, start) {
            return None;
        }
        self.finish(numbers, UnitSpan { end, ..unit })
    }

    fn behind_abbreviation(
        &mut self,
        Site { start, end, .. }: Site,
        row: &SignRow,
        sign: Sign,
    ) -> Option<()> {
        let text = self.text;
        if row.place != SignPlace::AfterOrLeading || !abbreviation_ends(text, end, row) {
            return None;
        }
        let right = self.in_front(start, end)?;
        let left_at = chain::swiss_start(text, start);
        if self.numbers_before(left_at).is_some() {
            return None;
        }
        let code = match sign {
            // Only the Swiss write « Fr. » in front.
            Sign::Noun(Noun::Franc) => Some(Currency::CHF),
            _ => self.code_of(sign, start, end),
        };
        self.finish_front(right, UnitSpan { start, end, code })
    }

    fn abbreviation_is_meant(
        &self,
        need: SignNeed,
        q: &Quantity,
        code: Option<Currency>,
        at: usize,
    ) -> bool {
        let large =
            q.power > 0 || q.value >= Decimal::TEN || q.figure.is_some_and(|f| f.decimals > 0);
        let home = || code.and_then(currency::home);
        let at_home = || home().is_some_and(|c| self.evidence.points_to(c, at));
        match need {
            SignNeed::Nothing | SignNeed::Rate => true,
            SignNeed::Ten => large,
            SignNeed::TenOrCountry => large || at_home(),
            SignNeed::Country => at_home(),
            SignNeed::Franc => {
                let old = self.context.published.is_none_or(|p| p.year < 2003);
                !q.figure.is_some_and(|f| f.is_year_like() && !old)
                    && (old || large && code.is_some())
            }
        }
    }
}

/// Bytes of the longest scale that is glued to an abbreviation: « 3 mlnsF ».
const LONGEST_SCALE: usize = 4;

/// Whether a number beside a code is money: for codes that are words as well it
/// must be large, scaled or priced to the cent.
fn looks_like_money(code: Currency, q: &Quantity) -> bool {
    !currency::is_acronym(code)
        || q.power > 0
        || q.value >= Decimal::ONE_THOUSAND
        || q.figure.is_some_and(|f| f.decimals == 2)
}

fn year_like(numbers: &Numbers) -> bool {
    numbers
        .last()
        .is_some_and(|q| q.power == 0 && q.figure.is_some_and(|f| f.is_year_like()))
}

/// « 12€50 »: exactly two figures glued to the sign.
fn is_fraction_glued(text: &str, end: usize) -> bool {
    let b = text.as_bytes();
    let digits = b[end..].iter().take_while(|c| c.is_ascii_digit()).count();
    digits == 2 && !matches!(b.get(end + 2), Some(b',' | b'.')) && text[..end].ends_with('€')
}
