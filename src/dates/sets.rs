//! What comes again: « chaque année », « tous les mardis », « deux fois par
//! mois », « un lundi sur deux », « le samedi » (each one).

use super::{
    civil::DayPart,
    expr::{Expr, Unit},
    fields::{self, weekday_name},
    hit::{Hit, Rule, rules},
    lexicon::{PartNoun, UnitNoun, Word},
    line::Line,
    numerals, part_names, unit_words,
    value::Recurrence,
};
use crate::french::{
    agreement::plural,
    sets::dates::{recurrence as words, units},
};

rules! {
    SET_TIMES "set_times" reads "« deux fois par jour »"
        at [Figures Numeral Un] by alone(times)
        yes ["Il court [deux fois par mois|P1M].", "Il écrit [une à deux fois par an|P1Y]."]
        no ["Il a gagné trois fois."];
    SET_ONE_IN "set_one_in" reads "« un lundi sur deux »"
        at [Figures Numeral Un] by alone(one_in)
        yes ["Il vient [un mardi sur deux|P2W]."]
        no ["14 sur 20."];
    SET_SOME_PER "set_some_per" reads "« un dimanche par mois »"
        by of(&SET_ONE_IN)
        yes [
            "C'est gratuit [un dimanche par mois|P1M].",
            "Il chante [deux soirs par semaine|P1W].",
        ]
        no ["Il chante un air par concert."];
    SET_ALWAYS "set_always" reads "« 24 heures sur 24 »"
        by of(&SET_ONE_IN)
        yes ["Ouvert [24 heures sur 24|P1D]."]
        no ["14 sur 20."];
    SET_NTH "set_nth" reads "« premier dimanche du mois »"
        at [Figures Ordinal Last] by alone(monthly)
        yes ["Le [premier dimanche du mois|P1M], c'est gratuit."]
        no ["Il a fini deuxième.", "Le dernier jour de l'année scolaire fut gai."];
    SET_DAY_OF_MONTH "set_day_of_month" reads "« 10 de chaque mois »"
        by of(&SET_NTH)
        yes ["Payé le [10 de chaque mois|P1M]."]
        no ["Payé 10 de chaque main."];
    SET_WEEKDAY "set_weekday" reads "a weekday behind an article, with nothing that dates it"
        at [Weekday] by alone(weekdays)
        yes [
            "Fermé le [samedi|XXXX-WXX-6].",
            "La brocante a lieu le [mardi|XXXX-WXX-2] de [7|T07:00] à [12 heures|T12:00].",
        ]
        no ["Le comité se réunira [samedi|2024-03-16]."];
    SET_WEEKDAYS "set_weekdays" reads "a weekday in the plural"
        by of(&SET_WEEKDAY)
        yes ["Il chante les [lundis|XXXX-WXX-1]."]
        no ["Il a chanté [lundi|2024-03-11]."];
    SET_WEEKDAY_RANGE "set_weekday_range" reads "« du lundi au vendredi »"
        by of(&SET_WEEKDAY)
        yes ["Ouvert du [lundi au vendredi|XXXX-WXX-1/XXXX-WXX-5]."]
        no ["Il a plu du [lundi 8 au jeudi 11 juin 2020|2020-06-08/2020-06-11]."];
    SET_EACH "set_each" reads "« chaque » with a unit, a weekday, a month"
        at [Chaque] by alone(each)
        yes [
            "[Chaque année|P1Y], il revient.",
            "[Chaque jour ouvré|P1D], il prend le bus.",
            "[Chaque jour|P1D] ouvre une boutique.",
        ]
        no ["Chaque élève compte."];
    SET_EVERY "set_every" reads "« tous les » with a unit, a weekday, a number of them"
        at [Tous Toutes] by alone(every)
        yes [
            "Ouvert [tous les mardis|XXXX-WXX-2].",
            "[Toutes les deux semaines|P2W], il vote.",
            "[Tous les quarts d'heure|PT15M], il sonne.",
        ]
        no ["Tous les joueurs sont là."];
    SET_PER "set_per" reads "« par mois »"
        at [Par] by alone(per)
        yes ["Il gagne 900 euros [par mois|P1M]."]
        no ["Par ailleurs, rien."];
    SET_PER_HOUR "set_per_hour" reads "« de l'heure » behind an amount"
        at [De] by alone(per_hour)
        yes ["Elle gagne 12 euros [de l'heure|PT1H]."]
        no ["Les infos de l'heure."];
    SET_ADVERB "set_adverb" reads "« quotidiennement »"
        at [Adverb] by alone(adverb)
        yes ["Il court [quotidiennement|P1D]."]
        no ["Il court vite."];
}

/// Once in `n` units.
fn once_in(n: u64, unit: Unit) -> Recurrence {
    Recurrence::every(n, unit)
}

fn set(start: usize, end: usize, rule: &'static Rule, value: Recurrence) -> Option<Hit> {
    Hit::new(start, end, rule, Expr::Set(value))
}

/// « le lundi » as a value.
fn weekly(weekday: u8, part: Option<DayPart>) -> Recurrence {
    let part = part.and_then(|part| match part {
        DayPart::Dawn => Some(DayPart::Morning),
        DayPart::Morning
        | DayPart::Afternoon
        | DayPart::Evening
        | DayPart::Night
        | DayPart::Noon => Some(part),
        _ => None,
    });
    Recurrence::Weekday(weekday, part)
}

/// What a set repeats, at `i`, in `n` of them: a unit, a part of the day, a
/// weekday, a season.
fn repeated(line: &Line, i: usize, n: u64) -> Option<(Recurrence, usize)> {
    let t = line.at(i);
    if let Some(end) = unit_words::weekend(line, i) {
        return Some((once_in(n, Unit::Week), end));
    }
    if t.word == Word::Weekday {
        let weekday = t.weekday()?.number();
        let part = part_names::part_word(line, i + 1).filter(|(p, _)| *p != DayPart::Daytime);
        let end = part.map_or(i + 1, |(_, e)| e);
        return Some(if n == 1 {
            (weekly(weekday, part.map(|p| p.0)), end)
        } else {
            (once_in(n, Unit::Week), end)
        });
    }
    if t.word == Word::Unit {
        let u = t
            .unit()
            .and_then(Unit::of)
            .or((t.unit() == Some(UnitNoun::Fortnight)).then_some(Unit::Week))?;
        let n = if t.unit() == Some(UnitNoun::Fortnight) {
            2 * n
        } else {
            n
        };
        if line.str(i).len() < 2 {
            return None;
        }
        return Some((once_in(n, u), i + 1));
    }
    if let Some((_, end)) = part_names::part_word(line, i) {
        return Some((once_in(n, Unit::Day), end));
    }
    if t.word == Word::Season
        || t.word == Word::Month
        || t.word == Word::Rentree
        || t.word == Word::Feast
    {
        return Some((once_in(n, Unit::Year), i + 1));
    }
    if t.word == Word::Half {
        let k = line.skip_hyphen(i + 1);
        return (line.is(k, Word::Unit) && line.at(k).unit() == Some(UnitNoun::Hour))
            .then(|| (once_in(30, Unit::Minute), k + 1));
    }
    if t.word == Word::Quarter
        && line.is(i + 1, Word::D)
        && line.at(i + 2).unit() == Some(UnitNoun::Hour)
    {
        return Some((once_in(15, Unit::Minute), i + 3));
    }
    None
}

/// « du mois », « de chaque mois », « de l'année » at `i`.
fn of_each(line: &Line, i: usize) -> Option<(Unit, usize)> {
    let j = match line.word(i) {
        Word::Du => i + 1,
        Word::De if line.any(i + 1, &[Word::Chaque, Word::L, Word::La]) => i + 2,
        _ => return None,
    };
    let u = line.at(j).unit().and_then(Unit::of)?;
    let bare = fields::direction(line, j + 1).is_none()
        && !line.is(j + 1, Word::De)
        && !unit_words::own_calendar(line, j);
    (matches!(u, Unit::Month | Unit::Year | Unit::Quarter | Unit::Week) && bare)
        .then_some((u, j + 1))
}

/// « premier dimanche du mois », « 3e vendredi du mois »; with a head word
/// « chaque », « tous les » the span begins there.
fn nth_of_each(line: &Line, start: usize, i: usize) -> Option<Hit> {
    let j = if line.is(i, Word::Last) {
        i + 1
    } else {
        numerals::ordinal(line, i)?.1
    };
    let k = match weekday_name(line, j) {
        Some((_, end)) => end,
        None if line.is(j, Word::Weekday) => j + 1,
        None if line.is(j, Word::Unit) && line.at(j).unit() == Some(UnitNoun::Day) => j + 1,
        None => unit_words::weekend(line, j)?,
    };
    let (u, end) = of_each(line, k)?;
    set(start, end, &SET_NTH, once_in(1, u))
}

/// « chaque année », « chaque deuxième mardi du mois ».
fn each(line: &Line, i: usize) -> Option<Hit> {
    let j = i + 1;
    if let Some(hit) = nth_of_each(line, i, j) {
        return Some(hit);
    }
    if let Some((n, e)) = fields::day_number(line, j)
        && let Some((_, end)) = fields::month_name(line, e, true)
    {
        let _ = n;
        return set(i, end, &SET_EACH, once_in(1, Unit::Year));
    }
    // « chaque mois de décembre »
    if line.is(j, Word::Unit)
        && line.at(j).unit() == Some(UnitNoun::Month)
        && line.any(j + 1, &[Word::De, Word::D])
        && line.is(j + 2, Word::Month)
    {
        return set(
            i,
            j + 3,
            &SET_EACH,
            Recurrence::Month(line.at(j + 2).month()?),
        );
    }
    let (value, mut end) = repeated(line, j, 1)?;
    if line.is(end, Word::Other) && words::WORKING.contains(line.str(end)) {
        end += 1;
    }
    set(i, end, &SET_EACH, value)
}

/// « tous les jours », « toutes les deux semaines », « tous les 15 du mois ».
fn every(line: &Line, i: usize) -> Option<Hit> {
    if !line.is(i + 1, Word::Les) {
        return None;
    }
    let j = i + 2;
    if let Some(hit) = nth_of_each(line, i, j) {
        return Some(hit);
    }
    let (n, k) = numerals::cardinal(line, j).unwrap_or((1, j));
    let (value, end) = repeated(line, k, n)?;
    set(i, end, &SET_EVERY, value)
}

/// « par an », « par mois ».
fn per(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i + 1);
    let s = line.str(i + 1);
    if t.word == Word::Part && t.part() == Some(PartNoun::Night) {
        return set(i, i + 2, &SET_PER, once_in(1, Unit::Day));
    }
    // « heure par heure »
    if t.word == Word::Unit
        && line.is(i.wrapping_sub(1), Word::Unit)
        && line.at(i.wrapping_sub(1)).meaning == t.meaning
    {
        return None;
    }
    // « par s'excuser »
    if t.word != Word::Unit
        || t.elided
        || plural(s) && !units::INVARIABLE.contains(s)
        || s.len() < 2
        || t.unit() == Some(UnitNoun::Season)
        || t.unit() == Some(UnitNoun::Day) && units::STRETCHES.ends(s)
    {
        return None;
    }
    set(i, i + 2, &SET_PER, once_in(1, t.unit().and_then(Unit::of)?))
}

/// « deux fois par jour », « une fois l'an ».
fn times(line: &Line, i: usize) -> Option<Hit> {
    let once = || line.is(i, Word::Un).then_some((1, i + 1));
    let (_, mut j) = numerals::cardinal(line, i).or_else(once)?;
    // « une à deux fois par an »
    if line.any(j, &[Word::A, Word::Ou])
        && let Some((_, more)) = numerals::cardinal(line, j + 1)
    {
        j = more;
    }
    if !line.is(j, Word::Fois) {
        return None;
    }
    if line.is(j + 1, Word::Par) {
        let hit = per(line, j + 1)?;
        return match hit.expr {
            Expr::Set(value) => set(i, hit.end, &SET_TIMES, value),
            _ => None,
        };
    }
    if line.any(j + 1, &[Word::L, Word::La])
        && line.is(j + 2, Word::Unit)
        && !plural(line.str(j + 2))
    {
        return set(
            i,
            j + 3,
            &SET_TIMES,
            once_in(1, line.at(j + 2).unit().and_then(Unit::of)?),
        );
    }
    None
}

/// « un lundi sur deux », « 24 heures sur 24 », « 7 jours sur 7 », « 24h/24 ».
fn one_in(line: &Line, i: usize) -> Option<Hit> {
    let (n, j) = numerals::cardinal(line, i)?;
    let t = line.at(j);
    let (u, k) = match t.word {
        Word::Weekday if !t.plural() => (Unit::Week, j + 1),
        Word::Unit if !matches!(t.unit(), Some(UnitNoun::Fortnight)) => {
            (t.unit().and_then(Unit::of)?, j + 1)
        }
        Word::Part => (Unit::Day, j + 1),
        Word::Other if words::DAY_LETTER.contains(line.str(j)) && !t.gap => (Unit::Day, j + 1),
        _ => (Unit::Week, unit_words::weekend(line, j)?),
    };
    // « un dimanche par mois », « deux soirs par semaine »
    if line.is(k, Word::Par) && t.word != Word::Unit {
        let hit = per(line, k)?;
        return match hit.expr {
            Expr::Set(value) => set(i, hit.end, &SET_SOME_PER, value),
            _ => None,
        };
    }
    let k = if line.is(k, Word::Sur) || line.punct(k, '/') && !line.at(k).gap {
        k + 1
    } else {
        return None;
    };
    let (m, end) = numerals::cardinal(line, k)?;
    let whole = n == m
        && matches!(
            (u, n),
            (Unit::Hour, 24) | (Unit::Day, 7) | (Unit::Month, 12)
        );
    if whole {
        return set(
            i,
            end,
            &SET_ALWAYS,
            once_in(
                1,
                if u == Unit::Month {
                    Unit::Year
                } else {
                    Unit::Day
                },
            ),
        );
    }
    (n == 1 && m > 1).then(|| set(i, end, &SET_ONE_IN, once_in(m, u)))?
}

/// « le samedi », « le dimanche soir », « les lundis », « du lundi au
/// vendredi »: a weekday with an article and nothing that dates it.
fn weekdays(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    if t.word != Word::Weekday {
        return None;
    }
    let before = line.before(i, 1);
    let plural = t.plural();
    let weekday = t.weekday()?.number();
    if plural {
        let (value, end) = repeated(line, i, 1)?;
        return set(i, end, &SET_WEEKDAYS, value);
    }
    // « du lundi au vendredi », « du mardi au samedi »
    if matches!(before.word, Word::Du)
        && line.is(i + 1, Word::Au)
        && line.is(i + 2, Word::Weekday)
        && !line.any(
            i + 3,
            &[
                Word::Figures,
                Word::Numeral,
                Word::Next,
                Word::Last,
                Word::Following,
            ],
        )
    {
        let to = line.at(i + 2).weekday()?.number();
        return set(
            i,
            i + 3,
            &SET_WEEKDAY_RANGE,
            Recurrence::Weekdays(weekday, to),
        );
    }
    let listed = matches!(before.word, Word::Et | Word::Ou)
        && line.before(i, 2).word == Word::Weekday
        && line.before(i, 3).word == Word::Le;
    let except = line.among(i.wrapping_sub(1), &words::EXCEPT);
    if before.word != Word::Le && !listed && !except {
        return None;
    }
    let (_, end) = weekday_name(line, i)?;
    let part = part_names::part_word(line, end).filter(|(p, _)| *p != DayPart::Daytime);
    let end = part.map_or(end, |(_, e)| e);
    // « le samedi de 8 à 13 heures »
    let from = end + 1;
    let hours = line.is(end, Word::De)
        && (super::times::clock(line, from).is_some()
            || super::times::shared_unit(line, from).is_some());
    // A number, a direction, a week or a feast dates it.
    let dated = line.any(
        end,
        &[
            Word::Figures,
            Word::Next,
            Word::Last,
            Word::Past,
            Word::Following,
            Word::Preceding,
            Word::Numeral,
            Word::Saint,
            Word::Same,
            Word::Ordinal,
        ],
    ) || line.any(end, &[Word::De, Word::D, Word::Du, Word::Des]) && !hours
        || line.punct(end, ',') && line.is(end + 1, Word::Figures) && line.is(end + 2, Word::Month);
    (!dated).then(|| set(i, end, &SET_WEEKDAY, weekly(weekday, part.map(|p| p.0))))?
}

/// « premier dimanche du mois », « 10 de chaque mois ».
fn monthly(line: &Line, i: usize) -> Option<Hit> {
    if let Some(hit) = nth_of_each(line, i, i) {
        return Some(hit);
    }
    let (_, j) = fields::day_number(line, i)?;
    if line.is(j, Word::De)
        && line.is(j + 1, Word::Chaque)
        && line.at(j + 2).unit() == Some(UnitNoun::Month)
        && line.is(j + 2, Word::Unit)
    {
        return set(i, j + 3, &SET_DAY_OF_MONTH, once_in(1, Unit::Month));
    }
    None
}

/// « 12 euros [de l'heure] ».
fn per_hour(line: &Line, i: usize) -> Option<Hit> {
    let hour = line.is(i + 1, Word::L)
        && line.at(i + 2).unit() == Some(UnitNoun::Hour)
        && line.str(i + 2).len() > 2;
    if !hour {
        return None;
    }
    // « les infos de l'heure » has no amount before.
    let paid = line.any_before(i, &[Word::Figures, Word::Unit, Word::Blocked])
        || line.punct(i.wrapping_sub(1), '€')
        || line.punct(i.wrapping_sub(1), '$')
        || words::PAID.starts(line.str(i.wrapping_sub(1)));
    paid.then(|| set(i, i + 3, &SET_PER_HOUR, once_in(1, Unit::Hour)))?
}

/// « quotidiennement ».
fn adverb(line: &Line, i: usize) -> Option<Hit> {
    set(
        i,
        i + 1,
        &SET_ADVERB,
        once_in(1, line.at(i).every().and_then(Unit::of)?),
    )
}
