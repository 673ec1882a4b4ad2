//! Amounts of units as they are written: « neuf mois », « trois ans et deux
//! mois », « 2 h 30 », « une demi-heure ».

use super::{
    expr::{Lengths, Unit},
    fields::counts_something,
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals,
    quantity::Quantity,
    tense,
};
use crate::{
    fold::fold,
    french::{
        agreement::plural,
        lexicon::seconds::parts,
        sets::dates::{self as sets, tense as tenses},
    },
    kinds::Modifier,
};

/// A number of units: a quantity, or « un », « une ».
pub(super) fn number(line: &Line, i: usize) -> Option<(Quantity, usize)> {
    numerals::quantity(line, i)
}

/// « une seconde » at `i` counts what follows: « une seconde chance », « une seconde
/// année ». Every noun can follow, so those words are listed that go on after a length.
fn ordinal(line: &Line, i: usize) -> bool {
    let next = line.at(i + 1);
    if plural(line.str(i)) || line.str(i).len() <= 3 {
        return false;
    }
    match next.word {
        Word::Unit
        | Word::Fois
        | Word::Season
        | Word::Part
        | Word::Mi
        | Word::Fete
        | Word::Rentree
        | Word::Meal => true,
        Word::Other => {
            let word = line.bare(i + 1);
            !next.cap
                && !next.elided
                && word.starts_with(char::is_alphabetic)
                && !line.among(i + 1, &sets::units::BEHIND_SECONDS)
                && !tenses::ADVERB_ENDINGS.ends(word)
                && !tense::is_finite(line, i + 1)
        }
        _ => false,
    }
}

/// The unit of a length at `i`.
fn unit_of(line: &Line, i: usize, q: &Quantity) -> Option<Unit> {
    let t = line.at(i);
    if t.word != Word::Unit || matches!(t.unit(), Some(UnitNoun::Fortnight | UnitNoun::Weekend)) {
        return None;
    }
    let s = line.str(i);
    if t.unit() == Some(UnitNoun::Second) && q.n == 1 && !q.vague && ordinal(line, i) {
        return None;
    }
    // Single letters need figures right before them.
    if line.at(i).elided || t.unit() == Some(UnitNoun::Second) && s.len() == 1 && !t.gap {
        return None;
    }
    if s.len() <= 3
        && matches!(
            t.unit(),
            Some(UnitNoun::Second | UnitNoun::Minute | UnitNoun::Hour)
        )
        && (!line.is(i - 1, Word::Figures) || t.cap && !capital_hour(line, i))
    {
        return None;
    }
    let many = plural(s) || s.ends_with('S');
    // « une secondes » is no length; « trois an » is a slip worth nothing.
    if q.n == 1
        && many
        && q.milli == 0
        && !q.vague
        && !sets::units::INVARIABLE.contains(s)
        && s.len() > 3
        && q.up_to.is_none()
    {
        return None;
    }
    t.unit().and_then(Unit::of)
}

/// « en 24H »: an hour's letter is a capital only where a preposition says that it lasts;
/// « 6H » may be a name.
fn capital_hour(line: &Line, i: usize) -> bool {
    let leads = [
        Word::En,
        Word::Sur,
        Word::Sous,
        Word::Dans,
        Word::Pendant,
        Word::Durant,
        Word::Depuis,
    ];
    line.at(i).unit() == Some(UnitNoun::Hour) && !line.at(i).gap && line.any_before(i - 1, &leads)
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

/// Past « longues » in « cinq longues minutes ». One is a length only up to an hour: « une
/// bonne heure », but « une bonne année », « une longue journée » describe.
fn felt(line: &Line, i: usize, q: &Quantity) -> usize {
    let unit = line.at(i + 1);
    let counts = unit.word == Word::Unit && line.str(i + 1).len() > 2 && !q.vague;
    let short = matches!(
        unit.unit(),
        Some(UnitNoun::Hour | UnitNoun::Minute | UnitNoun::Second)
    );
    let several = q.n > 1 || q.up_to.is_some();
    let fits = counts && (several || short) && line.among(i, &sets::numerals::FELT);
    i + usize::from(fits)
}

/// Amounts and units from `i`: « trois ans et deux mois », « 2 h 30 »,
/// « 1 an, 1 mois, 1 jour ».
pub(super) fn lengths(line: &Line, i: usize) -> Option<(Lengths, usize)> {
    if let Some(found) = fraction(line, i) {
        return Some(found);
    }
    let (q, j) = number(line, i)?;
    let j = felt(line, j, &q);
    let first = unit_of(line, j, &q)?;
    let mut out = vec![(q, first)];
    let mut end = j + 1;
    if let Some((milli, e)) = half(line, end) {
        // « une heure et demie », « deux minutes et demie »
        let smaller = match first {
            Unit::Hour => Some(Unit::Minute),
            Unit::Minute => Some(Unit::Second),
            _ => None,
        };
        if let Some(unit) = smaller {
            out.push((Quantity::whole(u64::from(milli) * 60 / 1000), unit));
        } else {
            out[0].0.milli = milli;
        }
        return Some((out, e));
    }
    loop {
        let last = out[out.len() - 1].1;
        // « 2 h 30 », « une heure trente », « 9 s 58 »
        // « deux minutes trente »
        let minute = last == Unit::Minute && line.is(end - 1, Word::Unit);
        let whole = minute && line.str(end - 1).len() > 3;
        let takes_bare = last == Unit::Hour && out.len() == 1 || minute;
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
            && (line.at(end).len == 2
                || line.is(end, Word::Numeral) && (last == Unit::Hour || whole))
            && (!whole || counts_nothing(line, e))
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
        // « 40 secondes et 1 dixième »
        if last == Unit::Second
            && line.is(end, Word::Et)
            && let Some((n, j)) = number(line, end + 1)
            && let Some(part) = parts::find(&fold(line.bare(j)))
            && let Ok(milli) = u32::try_from(n.n.saturating_mul(part.milli))
            && milli < 1000
        {
            let at = out.len() - 1;
            out[at].0.milli = milli;
            end = j + 1;
            break;
        }
        if last == Unit::Second
            && line.str(end - 1).len() == 1
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

/// A number that ends at `i` counts nothing behind it: the clause ends or goes on with a
/// preposition or the like.
fn counts_nothing(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    match t.word {
        Word::Punct => !line.hyphen(i) && !counts_something(line, i),
        Word::End
        | Word::De
        | Word::D
        | Word::Du
        | Word::Des
        | Word::A
        | Word::Au
        | Word::Aux
        | Word::En
        | Word::Dans
        | Word::Par
        | Word::Pour
        | Word::Sur
        | Word::Et
        | Word::Avant
        | Word::Apres
        | Word::Plus
        | Word::Qui => true,
        _ => false,
    }
}

/// « plus de », « environ » and their like before a length.
pub(super) fn modifier_before(line: &Line, i: usize) -> Option<Modifier> {
    let (a, b) = (line.before(i, 1), line.before(i, 2));
    if a.word == Word::Environ || a.word == Word::Quelque {
        return Some(Modifier::Approx);
    }
    if line.among(i.wrapping_sub(1), &sets::NEARLY) {
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
