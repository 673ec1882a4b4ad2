//! Lengths of time: « neuf mois », « 48 heures », « une quinzaine de jours »,
//! « un an et demi », « 2 h 30 min », « trois quarts d'heure ».

use super::{
    expr::{Expr, Lengths, Unit},
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals::{self, Quantity},
};
use crate::kinds::Modifier;

rules! {
    DURATION "duration" reads "a length of time"
        at [Figures Numeral Un Approx Half Quarter Quelques Quelque] by alone(duration) rank BARE
        yes [
            "Il a dormi [neuf mois|P9M].",
            "Pendant [quatre ans|P4Y], il a lu.",
            "Un délai de [48 heures|PT48H].",
            "[Une quinzaine de jours|P15D|APPROX] suffiront.",
            "Il a duré [un an et demi|P1.5Y].",
            "Un film de [2 heures et 10 minutes|PT2H10M].",
            "Il a couru [trois quarts d'heure|PT45M].",
            "Il a attendu [une demi-heure|PT30M].",
            "[Quelques jours|PXD] suffiront.",
            "Il faut [deux ou trois jours|PXD|APPROX].",
            "[Septante ans|P70Y] de paix.",
            "[Quatre-vingt-dix minutes|PT90M] de jeu.",
            "Il a fallu plus de [dix ans|P10Y|MORE_THAN].",
            "Il manque [deux décennies|P20Y].",
            "Un arbre de [1 500 ans|P1500Y].",
        ]
        no [
            "Il arrive second.",
            "La seconde guerre.",
            "C'est un jour sans fin.",
            "L'iPhone 6s est vieux.",
            "Une étoile à 40 années-lumière.",
            "Ariane 6 s'envole.",
        ];
    DURATION_PRIMES "duration_primes" reads "minutes and seconds of a result"
        by of(&DURATION)
        yes ["Elle a nagé en [9'58\"|PT9M58S]."]
        no ["Une règle de 9\" suffit."];
}

/// A number of units: a quantity, or « un », « une ».
pub(super) fn number(line: &Line, i: usize) -> Option<(Quantity, usize)> {
    numerals::quantity(line, i)
}

/// The unit of a length at `i`.
fn unit_of(line: &Line, i: usize, q: &Quantity) -> Option<Unit> {
    let t = line.at(i);
    if t.word != Word::Unit || matches!(t.unit(), Some(UnitNoun::Fortnight | UnitNoun::Weekend)) {
        return None;
    }
    let s = line.str(i);
    // Single letters need figures right before them.
    if line.at(i).elided || s == "s" && !t.gap {
        return None;
    }
    if s.len() <= 3
        && matches!(
            t.unit(),
            Some(UnitNoun::Second | UnitNoun::Minute | UnitNoun::Hour)
        )
        && (!line.is(i - 1, Word::Figures) || t.cap)
    {
        return None;
    }
    let plural = s.ends_with('s') || s.ends_with('S');
    // « une secondes » is no length; « trois an » is a slip worth nothing.
    if q.n == 1
        && plural
        && q.milli == 0
        && !q.vague
        && s != "mois"
        && s != "s"
        && s.len() > 3
        && q.up_to.is_none()
    {
        return None;
    }
    t.unit().and_then(Unit::of)
}

/// « [un] an et demi », « [deux] heures et quart »: past the fraction, with
/// the minutes or thousandths it adds.
fn half(line: &Line, i: usize) -> Option<(u32, usize)> {
    if line.is(i, Word::Et) && line.is(i + 1, Word::Half) {
        return Some((500, i + 2));
    }
    if line.is(i, Word::Et) && line.is(i + 1, Word::Quarter) {
        return Some((250, i + 2));
    }
    if line.is(i, Word::Et) && line.is(i + 1, Word::Un) && line.is(i + 2, Word::Quarter) {
        return Some((250, i + 3));
    }
    None
}

/// « demi-heure », « quart d'heure », « trois quarts d'heure », « demi-siècle »
/// after « un », « une » or alone.
fn fraction(line: &Line, i: usize) -> Option<(Lengths, usize)> {
    // « 1/2 h », « 3/4 heure »
    if line.is(i, Word::Figures)
        && line.punct(i + 1, '/')
        && !line.at(i + 1).gap
        && line.is(i + 2, Word::Figures)
        && !line.at(i + 2).gap
    {
        let (a, b) = (line.at(i).value(), line.at(i + 2).value());
        let minutes = match (a, b) {
            (1, 2) => 30,
            (1, 4) => 15,
            (3, 4) => 45,
            _ => return None,
        };
        let hour = line.is(i + 3, Word::Unit) && line.at(i + 3).unit() == Some(UnitNoun::Hour);
        return hour.then(|| (vec![(Quantity::whole(minutes), Unit::Minute)], i + 4));
    }
    let (n, j) = match line.word(i) {
        Word::Un => (1, i + 1),
        Word::Numeral => {
            let (n, j) = numerals::words(line, i)?;
            (n, j)
        }
        Word::Half | Word::Quarter => (1, i),
        _ => return None,
    };
    if line.is(j, Word::Quarter)
        && line.is(j + 1, Word::D)
        && line.at(j + 2).unit() == Some(UnitNoun::Hour)
        && line.is(j + 2, Word::Unit)
    {
        return (n <= 3).then(|| (vec![(Quantity::whole(15 * n), Unit::Minute)], j + 3));
    }
    if line.is(j, Word::Half) {
        let k = line.skip_hyphen(j + 1);
        let t = line.at(k);
        if t.word != Word::Unit || line.str(k).len() < 3 {
            return None;
        }
        let (amount, u) = match t.unit() {
            Some(UnitNoun::Hour) => (30, Unit::Minute),
            Some(UnitNoun::Century) => (50, Unit::Year),
            Some(UnitNoun::Year) => (6, Unit::Month),
            Some(UnitNoun::Day) => (12, Unit::Hour),
            Some(UnitNoun::Decade) => (5, Unit::Year),
            _ => return None,
        };
        return Some((vec![(Quantity::whole(amount * n), u)], k + 1));
    }
    None
}

/// Amounts and units from `i`: « trois ans et deux mois », « 2 h 30 »,
/// « 1 an, 1 mois, 1 jour ».
pub(super) fn lengths(line: &Line, i: usize) -> Option<(Lengths, usize)> {
    if let Some(found) = fraction(line, i) {
        return Some(found);
    }
    let (q, j) = number(line, i)?;
    let first = unit_of(line, j, &q)?;
    let mut out = vec![(q, first)];
    let mut end = j + 1;
    if let Some((milli, e)) = half(line, end) {
        if first == Unit::Hour {
            out.push((Quantity::whole(u64::from(milli) * 60 / 1000), Unit::Minute));
        } else {
            out[0].0.milli = milli;
        }
        return Some((out, e));
    }
    loop {
        let last = out[out.len() - 1].1;
        // « 2 h 30 », « une heure trente », « 9 s 58 »
        let takes_bare = last == Unit::Hour && out.len() == 1
            || last == Unit::Minute && line.is(end - 1, Word::Unit) && line.str(end - 1).len() <= 3;
        if takes_bare
            && let Some((m, e)) = numerals::cardinal(line, end)
            && m < 60
            && !line.any(
                e,
                &[
                    Word::Unit,
                    Word::Month,
                    Word::MonthAbbr,
                    Word::Million,
                    Word::Quarter,
                ],
            )
            && (line.at(end).len == 2 || line.is(end, Word::Numeral) && last == Unit::Hour)
            && !line.punct(e, '%')
        {
            let u = if last == Unit::Hour {
                Unit::Minute
            } else {
                Unit::Second
            };
            out.push((Quantity::whole(m), u));
            end = e;
            continue;
        }
        if last == Unit::Second
            && line.str(end - 1) == "s"
            && line.is(end, Word::Figures)
            && line.at(end).len <= 3
            && !line.is(end + 1, Word::Unit)
            && line.at(end).value() < 100
        {
            let d = line.at(end);
            let at = out.len() - 1;
            out[at].0.milli = d.value() * 10u32.pow(3 - u32::from(d.len));
            end += 1;
            break;
        }
        let mut k = end;
        if line.punct(k, ',') || line.is(k, Word::Et) {
            k += 1;
        }
        if line.is(k, Word::Et) && line.punct(k - 1, ',') {
            k += 1;
        }
        let Some((q, j)) = number(line, k) else { break };
        let Some(u) = unit_of(line, j, &q) else { break };
        if u >= last || q.up_to.is_some() || q.approx || q.vague {
            break;
        }
        out.push((q, u));
        end = j + 1;
        if out.len() > 6 {
            break;
        }
    }
    Some((out, end))
}

/// « 9'58" », « 3'45" »: minutes and seconds in results.
fn primes(line: &Line, i: usize) -> Option<Hit> {
    let prime = |k: usize, c: char| line.punct(k, c) && !line.at(k).gap;
    let (m, t) = (line.at(i), line.at(i + 2));
    // The tokenizer makes an apostrophe out of each kind of prime.
    if m.word != Word::Figures
        || !prime(i + 1, '\'')
        || t.word != Word::Figures
        || t.gap
        || t.value() > 59
        || t.len != 2
    {
        return None;
    }
    let mut end = i + 3;
    let mut seconds = Quantity::whole(u64::from(t.value()));
    if prime(end, '"') || prime(end, '″') || prime(end, '\u{2033}') {
        end += 1;
        if line.is(end, Word::Figures) && !line.at(end).gap && line.at(end).len <= 3 {
            seconds.milli = line.at(end).value() * 10u32.pow(3 - u32::from(line.at(end).len));
            end += 1;
        }
    } else if prime(end, '\'') && prime(end + 1, '\'') {
        end += 2;
    } else {
        return None;
    }
    let mut lengths = vec![
        (Quantity::whole(u64::from(m.value())), Unit::Minute),
        (seconds, Unit::Second),
    ];
    // « 2 h 04'45" »
    let mut start = i;
    if i >= 2
        && line.is(i - 1, Word::Unit)
        && line.at(i - 1).unit() == Some(UnitNoun::Hour)
        && line.is(i - 2, Word::Figures)
    {
        start = i - 2;
        lengths.insert(
            0,
            (
                Quantity::whole(u64::from(line.at(start).value())),
                Unit::Hour,
            ),
        );
    }
    Hit::new(start, end, &DURATION_PRIMES, Expr::Length(lengths))
}

/// A length as a mention, with the guards that keep counts, ages of things and
/// « un jour » (once) out.
fn duration(line: &Line, i: usize) -> Option<Hit> {
    if let Some(hit) = primes(line, i) {
        return Some(hit);
    }
    // « 2 h 04'45" »
    if line.is(i, Word::Figures)
        && line.is(i + 1, Word::Unit)
        && line.at(i + 1).unit() == Some(UnitNoun::Hour)
        && let Some(hit) = primes(line, i + 2)
        && hit.start == i
    {
        return Some(hit);
    }
    let (lengths, end) = lengths(line, i)?;
    let (q, u) = lengths[0];
    let before = line.before(i, 1);
    // « deux trois minutes » says no number.
    if before.word == Word::Numeral && line.is(i, Word::Numeral)
        || before.word == Word::Figures && line.at(i).gap && line.is(i, Word::Figures)
    {
        return None;
    }
    // « le 20 heures » is a news programme.
    if u == Unit::Hour
        && line.is(i, Word::Figures)
        && matches!(before.word, Word::Le | Word::Du | Word::Au)
    {
        return None;
    }
    // « 12h12:99 »
    if line.punct(end, ':') && !line.at(end).gap && line.is(end + 1, Word::Figures) {
        return None;
    }
    let word = line.str(end - 1);
    // Light-years; « La guerre des Mille Jours »; « un mois de juillet ».
    if line.hyphen(end)
        || line.at(end - 1).cap
            && line.at(end - 1).word == Word::Unit
            && word.len() > 2
            && !word.chars().all(char::is_uppercase)
    {
        return None;
    }
    if line.is(end, Word::De) && line.is(end + 1, Word::Month) {
        return None;
    }
    // A price for each: « 50 centimes la demi-heure ».
    if before.word == Word::La && line.any(i, &[Word::Half, Word::Quarter]) {
        return None;
    }
    let single = lengths.len() == 1
        && q.n == 1
        && q.milli == 0
        && !q.vague
        && !q.approx
        && q.up_to.is_none()
        && line.is(i, Word::Un);
    if single {
        let spans = matches!(
            before.word,
            Word::En
                | Word::D
                | Word::Pendant
                | Word::Durant
                | Word::Depuis
                | Word::Moins
                | Word::Apres
                | Word::Avant
        );
        let led = spans
            || matches!(
                before.word,
                Word::De | Word::Sous | Word::Pour | Word::Environ
            )
            || line.folded(i.wrapping_sub(1), "presque")
            || before.word == Word::A && before.accent;
        let closes = line.is(end, Word::End) || line.is(end, Word::Punct) && !line.hyphen(end);
        let weak = match u {
            Unit::Day => true,
            Unit::Second | Unit::Minute => !closes,
            Unit::Year if word.starts_with("saison") || word.starts_with("année") => true,
            _ => false,
        };
        // A field of a form: « une journée ».
        let field = word.starts_with("journ") && line.alone(i, end);
        if field {
            return Hit::new(i, end, &DURATION, Expr::Length(lengths));
        }
        if weak && !led {
            return None;
        }
        // « il y a un jour », « un jour sans fin »: « jour » is often a noun.
        if u == Unit::Day && !spans {
            return None;
        }
        // « une année record », « une semaine de la mode » describe.
        if line.is(end, Word::Ordinal) {
            return None;
        }
    }
    // « un an » as half of « par an »; « deux fois par jour » are sets elsewhere.
    if matches!(u, Unit::Day) && word.starts_with("soir") {
        return None;
    }
    let mut hit = Hit::new(i, end, &DURATION, Expr::Length(lengths.clone()))?;
    hit.modifier = modifier_before(line, i)
        .or(q.approx.then_some(Modifier::Approx))
        .or(q.up_to.map(|_| Modifier::Approx));
    Some(hit)
}

/// « plus de », « environ » and their like before a length.
pub(super) fn modifier_before(line: &Line, i: usize) -> Option<Modifier> {
    let (a, b) = (line.before(i, 1), line.before(i, 2));
    if a.word == Word::Environ || line.folded(i.wrapping_sub(1), "quelque") {
        return Some(Modifier::Approx);
    }
    if line.folded(i.wrapping_sub(1), "presque") {
        return Some(Modifier::LessThan);
    }
    if matches!(a.word, Word::De | Word::D) {
        let au = line.before(i, 3);
        return match b.word {
            Word::Plus if au.word == Word::Au => Some(Modifier::EqualOrLess),
            Word::Plus => Some(Modifier::MoreThan),
            Word::Moins => Some(Modifier::LessThan),
            Word::Pres => Some(Modifier::Approx),
            _ => None,
        };
    }
    if line.before(i, 2).word == Word::Au {
        return match a.word {
            Word::Moins => Some(Modifier::EqualOrMore),
            Word::Plus => Some(Modifier::EqualOrLess),
            _ => None,
        };
    }
    None
}
