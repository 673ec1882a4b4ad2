//! Percentages and percentage points.

use super::amount::{last_of, word_ends};
use super::chain::{self, Numbers};
use super::phrases::{Window, spelled_at};
use super::{Amount, Finder, Percent, modifiers};
use crate::kinds::PercentUnit;
use crate::numbers::chars::skip_spaces;
use crate::numbers::quantity::Quantity;
use crate::numbers::{line_end, line_start};
use rust_decimal::Decimal;

impl Finder<'_> {
    /// Reads the percentage at `%` or « pour cent ».
    pub(super) fn at_percent(&mut self, start: usize, end: usize, word: bool) -> Option<()> {
        let text = self.text;
        let next = text.as_bytes().get(end);
        // `%20` and `100%25` belong to addresses and formats.
        if next.is_some_and(u8::is_ascii_alphanumeric) || word && !word_ends(text, end) {
            return None;
        }
        let numbers = chain::before(text, start, self.floor, &mut self.starts)?;
        let numbers = match numbers {
            Numbers::Range(low, high) if chain::is_change(text, low.start) => Numbers::One(high),
            numbers => numbers,
        };
        self.push_percent(
            numbers,
            end,
            PercentUnit::Percent,
            Decimal::ONE,
            if word { "pour_cent" } else { "sign" },
        )
    }

    /// Reads the percentage points at « point » or « points ».
    pub(super) fn at_point(&mut self, start: usize, end: usize) -> Option<()> {
        let text = self.text;
        if !word_ends(text, end) {
            return None;
        }
        if let Some(half) = half_point(text, start, self.floor) {
            let found = Percent {
                start: half,
                end,
                value: Amount::Exact(Decimal::new(5, 1)),
                unit: PercentUnit::Point,
                modifier: modifiers::around(text, half, end),
                rule: "half_point",
            };
            self.found.percents.push(found);
            self.floor = end;
            return Some(());
        }
        let numbers = chain::before(text, start, self.floor, &mut self.starts)?;
        let q = last_of(&numbers)?;
        let at = skip_spaces(text.as_bytes(), end);
        if let Some(stop) = spelled_at(text, at, "de base") {
            return self.push_percent(
                numbers,
                stop,
                PercentUnit::Point,
                Decimal::ONE_HUNDRED,
                "basis_points",
            );
        }
        if let Some(stop) =
            spelled_at(text, at, "de pourcentage").or_else(|| spelled_at(text, at, "de pour cent"))
        {
            return self.push_percent(numbers, stop, PercentUnit::Point, Decimal::ONE, "point");
        }
        if !points_of_a_rate(text, &q, end) {
            return None;
        }
        // « deux points et demi »
        if let Numbers::One(q) = numbers
            && let Some(stop) = spelled_at(text, at, "et demi")
        {
            let halved = Numbers::One(Quantity {
                value: q.value + Decimal::new(5, 1),
                ..q
            });
            return self.push_percent(halved, stop, PercentUnit::Point, Decimal::ONE, "point");
        }
        self.push_percent(numbers, end, PercentUnit::Point, Decimal::ONE, "point")
    }

    fn push_percent(
        &mut self,
        numbers: Numbers,
        end: usize,
        unit: PercentUnit,
        divisor: Decimal,
        rule: &'static str,
    ) -> Option<()> {
        let value = |q: &Quantity| {
            // « 12.345 % »: no percentage is counted in thousands.
            let value = match q.figure {
                Some(f) if f.ambiguous && f.grouped && q.power == 0 => {
                    q.value / Decimal::ONE_THOUSAND
                }
                _ => q.value,
            };
            value.checked_div(divisor).map(|v| v.normalize())
        };
        let mut push = |start: usize, end: usize, value: Amount, approximate: bool| {
            let modifier = modifiers::around(self.text, start, end)
                .or(approximate.then_some(crate::kinds::Modifier::Approx));
            self.found.percents.push(Percent {
                start,
                end,
                value,
                unit,
                modifier,
                rule,
            });
        };
        match numbers {
            Numbers::One(q) => {
                let (start, negative) = super::signed_start(self.text, q.start, self.floor);
                let v = value(&q)?;
                push(
                    start,
                    end,
                    Amount::Exact(if negative { -v } else { v }),
                    q.approximate,
                );
            }
            Numbers::Range(low, high) => {
                push(
                    low.start,
                    end,
                    super::sorted(value(&low)?, value(&high)?),
                    false,
                );
            }
            Numbers::List(items) => {
                let count = items.iter().flatten().count();
                for (i, q) in items.iter().flatten().enumerate() {
                    let stop = if i + 1 == count { end } else { q.end };
                    push(q.start, stop, Amount::Exact(value(q)?), false);
                }
            }
        }
        self.floor = end;
        Some(())
    }
}

/// The start of « demi- » before « point », where a rate moved by it.
fn half_point(text: &str, point: usize, floor: usize) -> Option<usize> {
    let head = &text[floor.min(point)..point];
    let rest = ["demi-", "demi "]
        .iter()
        .find_map(|h| head.strip_suffix(h))?;
    let start = floor + rest.len();
    let before = Window::before(text, start);
    let cue = before.ends_with("d'un") || BEFORE.iter().any(|w| before.has(w));
    cue.then_some(start)
}

/// Words that follow points of a rate or a share.
const AFTER: [&str; 26] = [
    "de croissance",
    "de pib",
    "de plus",
    "de moins",
    "de mieux",
    "d'ecart",
    "d'avance",
    "de hausse",
    "de baisse",
    "d'inflation",
    "de part",
    "de parts",
    "du pib",
    "d'intentions",
    "de marge",
    "de tva",
    "de produit",
    "au-dessus",
    "au-dessous",
    "d'audience",
    "dans les sondages",
    "par rapport",
    "seulement",
    "en un mois",
    "de retard",
    "devant",
];

/// Verbs and nouns before points of a rate or a share.
const BEFORE: [&str; 34] = [
    "hausse",
    "baisse",
    "recul",
    "recule",
    "reculent",
    "recule",
    "progresse",
    "progression",
    "gagne",
    "gagnent",
    "gagner",
    "gagnant",
    "perd",
    "perdent",
    "perdu",
    "perdre",
    "chute",
    "bondi",
    "bondit",
    "grimpe",
    "releve",
    "abaisse",
    "devance",
    "distance",
    "superieure",
    "superieur",
    "inferieur",
    "inferieure",
    "ecart",
    "remonte",
    "pris",
    "cede",
    "augmente",
    "augmentation",
];

/// Words of games, where points are counted.
const GAMES: [&str; 24] = [
    "match",
    "classement",
    "rebonds",
    "passes",
    "points au compteur",
    "set",
    "victoire",
    "victoires",
    "ligue",
    "championnat",
    "joueur",
    "joueurs",
    "equipe",
    "equipes",
    "journee",
    "panier",
    "paniers",
    "essai",
    "permis",
    "leader",
    "podium",
    "course",
    "manche",
    "buts",
];

/// Whether bare points are points of a rate: decimals with a small whole part
/// nearly always are; counts only among words of rates, never in sport.
fn points_of_a_rate(text: &str, q: &Quantity, end: usize) -> bool {
    if q.power > 0 || q.value >= Decimal::from(60) || q.is_bare_scale || q.value.is_zero() {
        return false;
    }
    let before = Window::before(text, q.start);
    let after = Window::after(text, end);
    if GAMES.iter().any(|w| before.has(w) || after.has(w))
        || before.ends_with("en")
        || before.ends_with("les")
        || before.ends_with("ces")
        || before.ends_with("des")
    {
        return false;
    }
    let decimals = q.figure.is_some_and(|f| f.decimals > 0 && !f.grouped);
    if decimals {
        return true;
    }
    let cue_after = AFTER.iter().any(|w| after.starts_with(w));
    let cue_before = BEFORE.iter().any(|w| before.has(w));
    let near = &text[line_start(text, q.start, 350)..line_end(text, end, 250)];
    let rate = near.contains('%')
        || [
            "pour cent",
            "sondage",
            "taux",
            "intentions de vote",
            "croissance",
            "audience",
            "inflation",
            "rendement",
            "obligation",
            "marge d’erreur",
            "marge d'erreur",
            "abstention",
            "popularité",
        ]
        .iter()
        .any(|w| near.contains(w));
    let sport = [
        "championnat",
        "classement",
        "Ligue",
        "match",
        "Coupe",
        "Tour de",
        "course",
        "skieur",
        "biathlon",
        "rebonds",
        "Open",
        "tournoi",
        "ATP",
        "Formule 1",
    ]
    .iter()
    .any(|w| near.contains(w));
    // « grimpe à 40 points » is the level of an index.
    if !cue_after && (before.ends_with("a") || q.is_article) {
        return false;
    }
    !sport && (rate && (cue_after || cue_before) || cue_after && cue_before)
}
