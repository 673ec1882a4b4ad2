//! Feasts whose day the calendar gives.

use super::{
    absolute::{direction, year_number},
    civil,
    expr::{Cal, Dir, Expr, Hit},
    lexicon::{Word, feast as id, unit},
    line::Line,
};
use jiff::civil::Date;

/// The day of a feast in a year.
pub(super) fn day(feast: u32, year: i16) -> Option<Date> {
    let fixed = |m, d| Date::new(year, m, d).ok();
    let easter = |days| civil::plus_days(civil::easter(year)?, days);
    match feast {
        id::CHRISTMAS => fixed(12, 25),
        id::CHRISTMAS_EVE => fixed(12, 24),
        id::ALL_SAINTS => fixed(11, 1),
        id::ALL_SOULS => fixed(11, 2),
        id::ASSUMPTION => fixed(8, 15),
        id::NEW_YEAR => fixed(1, 1),
        id::NEW_YEARS_EVE => fixed(12, 31),
        id::LABOUR => fixed(5, 1),
        id::EPIPHANY => fixed(1, 6),
        id::CANDLEMAS => fixed(2, 2),
        id::VALENTINE => fixed(2, 14),
        id::SAINT_JOHN => fixed(6, 24),
        id::SAINT_NICHOLAS => fixed(12, 6),
        id::HALLOWEEN => fixed(10, 31),
        id::EASTER => easter(0),
        id::EASTER_MONDAY => easter(1),
        id::HOLY_SATURDAY => easter(-1),
        id::GOOD_FRIDAY => easter(-2),
        id::MAUNDY_THURSDAY => easter(-3),
        id::PALM_SUNDAY => easter(-7),
        id::ASH_WEDNESDAY => easter(-46),
        id::SHROVE_TUESDAY => easter(-47),
        id::ASCENSION => easter(39),
        id::PENTECOST => easter(49),
        id::WHIT_MONDAY => easter(50),
        _ => None,
    }
}

/// « Noël », « jour de l'An », « lundi de Pâques », « mardi gras »,
/// « Saint-Sylvestre », « fête du Travail », with a year or a direction.
pub(super) fn feast(line: &Line, i: usize) -> Option<Hit> {
    let (feast, mut end) = name(line, i)?;
    let mut year = None;
    let mut dir = Dir::Open;
    if let Some((y, e)) = year_number(line, end) {
        year = Some(y);
        end = e;
    } else if let Some((d, e)) = direction(line, end) {
        dir = d;
        end = e;
    }
    let cal = Cal::Feast { feast, year, dir };
    Hit::cal(i, end, "feast", cal)
}

/// Past « de », « de la », « du », « de l' », « des ».
fn link(line: &Line, i: usize) -> usize {
    if line.any(i, &[Word::Du, Word::Des]) {
        return i + 1;
    }
    if line.any(i, &[Word::De, Word::D]) {
        return if line.any(i + 1, &[Word::La, Word::L]) {
            i + 2
        } else {
            i + 1
        };
    }
    i
}

fn name(line: &Line, i: usize) -> Option<(u32, usize)> {
    let t = line.at(i);
    match t.word {
        Word::Feast => bare(line, i),
        Word::Weekday => {
            let j = link(line, i + 1);
            let f = (j > i + 1 && line.is(j, Word::Feast)).then(|| line.at(j).n);
            let found = match (t.n, f) {
                (1, Some(id::EASTER)) => Some((id::EASTER_MONDAY, j + 1)),
                (7, Some(id::EASTER)) => Some((id::EASTER, j + 1)),
                (1, Some(id::PENTECOST)) => Some((id::WHIT_MONDAY, j + 1)),
                (7, Some(id::PENTECOST)) => Some((id::PENTECOST, j + 1)),
                (4, Some(id::ASCENSION)) => Some((id::ASCENSION, j + 1)),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
            let saint = line.is(i + 1, Word::Saint);
            match t.n {
                5 if saint => Some((id::GOOD_FRIDAY, i + 2)),
                4 if saint => Some((id::MAUNDY_THURSDAY, i + 2)),
                6 if saint => Some((id::HOLY_SATURDAY, i + 2)),
                2 if line.folded(line.skip_hyphen(i + 1), "gras") => {
                    Some((id::SHROVE_TUESDAY, line.skip_hyphen(i + 1) + 1))
                }
                3 if line.is(i + 1, Word::Des) && line.folded(i + 2, "cendres") => {
                    Some((id::ASH_WEDNESDAY, i + 3))
                }
                7 if line.is(i + 1, Word::Des) && line.folded(i + 2, "rameaux") => {
                    Some((id::PALM_SUNDAY, i + 3))
                }
                _ => None,
            }
        }
        Word::Unit if t.n == unit::DAY => {
            let j = link(line, i + 1);
            if j == i + 1 {
                return None;
            }
            if line.is(j, Word::Unit) && line.folded(j, "an") && !line.is(j + 1, Word::Figures) {
                return Some((id::NEW_YEAR, j + 1));
            }
            if line.folded(j, "morts") {
                return Some((id::ALL_SOULS, j + 1));
            }
            if line.is(j, Word::Feast) {
                Some((line.at(j).n, j + 1))
            } else {
                saint(line, j)
            }
        }
        Word::Nouvel if line.folded(i + 1, "an") => Some((id::NEW_YEAR, i + 2)),
        Word::Fete => {
            let j = link(line, i + 1);
            if line.folded(j, "travail") {
                return Some((id::LABOUR, j + 1));
            }
            (j > i + 1 && line.is(j, Word::Feast)).then(|| (line.at(j).n, j + 1))
        }
        Word::Saint => saint(line, i),
        Word::Other if line.folded(i, "reveillon") => {
            let j = link(line, i + 1);
            if line.is(j, Word::Feast) && line.at(j).n == id::CHRISTMAS {
                return Some((id::CHRISTMAS_EVE, j + 1));
            }
            if line.is(j, Word::Nouvel) || line.is(j, Word::Unit) && line.folded(j, "jour") {
                let (_, end) = name(line, j)?;
                return Some((id::NEW_YEARS_EVE, end));
            }
            saint(line, j)
        }
        _ => None,
    }
}

fn saint(line: &Line, i: usize) -> Option<(u32, usize)> {
    if !line.is(i, Word::Saint) {
        return None;
    }
    let j = line.skip_hyphen(i + 1);
    const NAMES: [(&str, u32); 4] = [
        ("sylvestre", id::NEW_YEARS_EVE),
        ("valentin", id::VALENTINE),
        ("nicolas", id::SAINT_NICHOLAS),
        ("jean", id::SAINT_JOHN),
    ];
    let (_, feast) = NAMES.iter().find(|(n, _)| line.folded(j, n))?;
    // The saint's name is a town's, a street's or a person's too: the feast has
    // the article « la ».
    let before = line.before(i, 1);
    let led = before.word == Word::La
        || i == 0 && *feast == id::NEW_YEARS_EVE
        || before.word == Word::De && *feast == id::NEW_YEARS_EVE;
    let longer = line.hyphen(j + 1) || line.at(j + 1).cap && line.is(j + 1, Word::Other);
    let church = matches!(line.before(i, 3).word, Word::Other)
        && before.word == Word::La
        && line.before(i, 2).word == Word::De
        && line.before(i, 3).cap;
    (led && !longer && !church).then_some((*feast, j + 1))
}

/// A feast's own name, unless it is part of another name.
fn bare(line: &Line, i: usize) -> Option<(u32, usize)> {
    let t = line.at(i);
    let next = line.at(i + 1);
    let before = line.before(i, 1);
    let two = line.before(i, 2);
    // Noël Mamère, Toussaint Louverture; « Joyeux Noël », « père Noël ».
    if next.cap && next.word == Word::Other && !next.elided && line.at(i + 1).gap
        || line.hyphen(i + 1)
    {
        return None;
    }
    if line.hyphen(i - usize::from(i > 0)) && i > 0 {
        return None;
    }
    let person = before.word == Word::Other
        && (before.cap
            || line.folded(i - 1, "pere")
            || line.folded(i - 1, "mere")
            || line.folded(i - 1, "joyeux"));
    if person {
        return None;
    }
    let led = match before.word {
        _ if year_number(line, i + 1).is_some() => true,
        Word::De | Word::D => {
            matches!(
                two.word,
                Word::Unit
                    | Word::TextDay
                    | Word::Part
                    | Word::Avant
                    | Word::Fin
                    | Word::Weekday
                    | Word::Week
                    | Word::Depuis
                    | Word::Debut
            ) && !(two.word == Word::Fin)
        }
        // « de la Toussaint », « de l'Ascension »
        Word::La | Word::L => {
            line.before(i, 2).word != Word::De
                || matches!(
                    line.before(i, 3).word,
                    Word::Unit
                        | Word::TextDay
                        | Word::Part
                        | Word::Week
                        | Word::Weekday
                        | Word::Fin
                        | Word::Avant
                )
        }
        _ => true,
    };
    let needs_article = matches!(
        t.n,
        id::ALL_SAINTS
            | id::ASSUMPTION
            | id::ASCENSION
            | id::PENTECOST
            | id::EPIPHANY
            | id::CANDLEMAS
    );
    let has_article = matches!(before.word, Word::La | Word::L | Word::De | Word::D) || i == 0;
    let ascends = t.n == id::ASCENSION && !t.cap;
    // An island and a marathon may be called after the feast; « à Noël » is not.
    (led && (!needs_article || has_article) && !ascends).then_some((t.n, i + 1))
}

/// « la veille de Noël », « lendemain du 13 février », « deux jours avant Noël »
/// are read where their head stands; this is the tail.
pub(super) fn or_calendar(line: &Line, i: usize) -> Option<(Cal, usize)> {
    let hit = super::grammar::calendar(line, i)?;
    match hit.expr {
        Expr::Cal(cal @ (Cal::Day { .. } | Cal::Feast { .. } | Cal::Weekday { .. })) => {
            Some((cal, hit.end))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::*;

    #[test]
    fn feasts_with_a_day() {
        check(&[
            "Il a neigé à [Noël|2023-12-25].",
            "Elle chantera à [Noël|2024-12-25].",
            "La messe de [Pâques 2024|2024-03-31].",
            "Fermé le [lundi de Pâques 2024|2024-04-01].",
            "Le [lundi de Pentecôte 2025|2025-06-09] est chômé.",
            "Ils ont défilé le [jeudi de l'Ascension 2023|2023-05-18].",
            "Le [mardi gras 2024|2024-02-13].",
            "Le [vendredi saint 2024|2024-03-29].",
            "La [veille de Noël|2023-12-24], il a neigé.",
            "Ils ont dansé le [jour de l'An|2024-01-01].",
            "Ils danseront à la [Saint-Sylvestre|2024-12-31].",
            "Fermé pour la [Toussaint 2022|2022-11-01].",
        ]);
    }

    #[test]
    fn names_are_no_feasts() {
        check(&[
            "Noël Mamère a parlé.",
            "Le père Noël existe.",
            "Toussaint Louverture fut trahi.",
            "L'île de Pâques intrigue.",
            "Le marché de Noël attire.",
            "Il habite Saint-Nicolas.",
            "Son ascension fut rapide.",
            // Its Sunday depends on the country.
            "La fête des mères attire.",
        ]);
    }
}
