//! Feasts whose day the calendar gives.

use super::{
    civil,
    expr::{Cal, Dir, Expr},
    fields::{direction, year_number},
    hit::{Hit, rules},
    lexicon::{Feast, UnitNoun, Word},
    line::Line,
};
use crate::french::{
    lexicon::{
        dates::feasts as names,
        feasts::{days, saints},
    },
    relations::{feast_weekdays, holy_week},
    sets::dates::feasts as sets,
};
use jiff::civil::Date;

rules! {
    FEAST "feast" reads "a feast, fixed or movable"
        at [Weekday Unit Feast Saint Nouvel Fete] by place(feast).initials("rR")
        yes [
            "Il a neigé à [Noël|2023-12-25].",
            "Elle chantera à [Noël|2024-12-25].",
            "La messe de [Pâques 2024|2024-03-31].",
            "Fermé le [lundi de Pâques 2024|2024-04-01].",
            "Le [lundi de Pentecôte 2025|2025-06-09] est chômé.",
            "Ils ont défilé le [jeudi de l'Ascension 2023|2023-05-18].",
            "Le [mardi gras 2024|2024-02-13].",
            "Le [vendredi saint 2024|2024-03-29].",
            "Ils ont dansé le [jour de l'An|2024-01-01].",
            "Ils ont dansé au [Nouvel An|2024-01-01].",
            "Ils danseront à la [Saint-Sylvestre|2024-12-31].",
            "Fermé pour la [Toussaint 2022|2022-11-01].",
            "Ils ont signé à la [Saint-Sylvestre|2011-12-31] en [2011|2011].",
        ]
        no [
            "Noël Mamère a parlé.",
            "Le père Noël existe.",
            "Toussaint Louverture fut trahi.",
            "L'île de Pâques intrigue.",
            "Le marché de Noël attire.",
            "Il habite Saint-Nicolas.",
            "Son ascension fut rapide.",
            // Its Sunday depends on the country.
            "La fête des mères attire.",
            // Other calendars.
            "Le nouvel an tibétain approche.",
            "Le réveillon du Nouvel An lunaire attire.",
            "Le jour de l'an berbère fut gai.",
        ];
}

/// The day of a feast in a year.
pub(super) fn day(feast: Feast, year: i16) -> Option<Date> {
    let fixed = |m, d| Date::new(year, m, d).ok();
    let easter = |days| civil::plus_days(civil::easter(year)?, days);
    match feast {
        Feast::Christmas => fixed(12, 25),
        Feast::ChristmasEve => fixed(12, 24),
        Feast::AllSaints => fixed(11, 1),
        Feast::AllSouls => fixed(11, 2),
        Feast::Assumption => fixed(8, 15),
        Feast::NewYear => fixed(1, 1),
        Feast::NewYearsEve => fixed(12, 31),
        Feast::Labour => fixed(5, 1),
        Feast::Epiphany => fixed(1, 6),
        Feast::Candlemas => fixed(2, 2),
        Feast::Valentine => fixed(2, 14),
        Feast::SaintJohn => fixed(6, 24),
        Feast::SaintNicholas => fixed(12, 6),
        Feast::Halloween => fixed(10, 31),
        Feast::Easter => easter(0),
        Feast::EasterMonday => easter(1),
        Feast::HolySaturday => easter(-1),
        Feast::GoodFriday => easter(-2),
        Feast::MaundyThursday => easter(-3),
        Feast::PalmSunday => easter(-7),
        Feast::AshWednesday => easter(-46),
        Feast::ShroveTuesday => easter(-47),
        Feast::Ascension => easter(39),
        Feast::Pentecost => easter(49),
        Feast::WhitMonday => easter(50),
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
    } else if line.is(end, Word::En)
        && let Some((y, _)) = year_number(line, end + 1)
    {
        // « à la Saint-Valentin en 2011 »: two mentions, of which one dates the other.
        year = Some(y);
    } else if let Some((d, e)) = direction(line, end) {
        dir = d;
        end = e;
    }
    let cal = Cal::Feast { feast, year, dir };
    Hit::cal(i, end, &FEAST, cal)
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

fn name(line: &Line, i: usize) -> Option<(Feast, usize)> {
    let t = line.at(i);
    match t.word {
        Word::Feast => bare(line, i),
        Word::Weekday if !t.plural() => {
            let j = link(line, i + 1);
            let weekday = t.weekday()?;
            if j > i + 1
                && let Some(feast) = line.at(j).feast()
                && let Some(row) = feast_weekdays::ROWS
                    .iter()
                    .find(|r| r.feast == feast && r.weekday == weekday)
            {
                return Some((row.day, j + 1));
            }
            if line.is(i + 1, Word::Saint) {
                let row = holy_week::ROWS.iter().find(|r| r.weekday == weekday)?;
                return Some((row.day, i + 2));
            }
            let row = days::ROWS.iter().find(|r| r.weekday == weekday)?;
            let j = match row.plural {
                true if line.is(i + 1, Word::Des) => i + 2,
                true => return None,
                false => line.skip_hyphen(i + 1),
            };
            line.folded(j, row.key).then_some((row.feast, j + 1))
        }
        Word::Unit if t.unit() == Some(UnitNoun::Day) => {
            let j = link(line, i + 1);
            if j == i + 1 {
                return None;
            }
            if line.is(j, Word::Unit)
                && line.among(j, &sets::NEW_YEAR)
                && !line.is(j + 1, Word::Figures)
                && !elsewhere(line, j + 1)
            {
                return Some((Feast::NewYear, j + 1));
            }
            if line.among(j, &sets::DEAD) {
                return Some((Feast::AllSouls, j + 1));
            }
            if line.is(j, Word::Feast) {
                Some((line.at(j).feast()?, j + 1))
            } else {
                saint(line, j)
            }
        }
        Word::Nouvel if line.among(i + 1, &sets::NEW_YEAR) && !elsewhere(line, i + 2) => {
            Some((Feast::NewYear, i + 2))
        }
        Word::Fete => {
            let j = link(line, i + 1);
            if line.among(j, &sets::LABOUR) {
                return Some((Feast::Labour, j + 1));
            }
            (j > i + 1).then(|| Some((line.at(j).feast()?, j + 1)))?
        }
        Word::Saint => saint(line, i),
        Word::Other if line.among(i, &sets::EVE) => {
            let j = link(line, i + 1);
            if line.is(j, Word::Feast) && line.at(j).feast() == Some(Feast::Christmas) {
                return Some((Feast::ChristmasEve, j + 1));
            }
            if line.is(j, Word::Nouvel) || line.is(j, Word::Unit) && line.among(j, &sets::DAY) {
                let (_, end) = name(line, j)?;
                return Some((Feast::NewYearsEve, end));
            }
            saint(line, j)
        }
        _ => None,
    }
}

/// The new year before `i` is that of another calendar: « nouvel an chinois ».
fn elsewhere(line: &Line, i: usize) -> bool {
    line.among(i, &sets::CALENDARS)
}

fn saint(line: &Line, i: usize) -> Option<(Feast, usize)> {
    if !line.is(i, Word::Saint) {
        return None;
    }
    let j = line.skip_hyphen(i + 1);
    let saint = saints::ROWS.iter().find(|r| line.folded(j, r.key))?;
    // The saint's name is a town's, a street's or a person's too: the feast has
    // the article « la ».
    let before = line.before(i, 1);
    let led =
        before.word == Word::La || i == 0 && saint.opens || before.word == Word::De && saint.opens;
    let longer = line.hyphen(j + 1) || line.at(j + 1).cap && line.is(j + 1, Word::Other);
    let church = matches!(line.before(i, 3).word, Word::Other)
        && before.word == Word::La
        && line.before(i, 2).word == Word::De
        && line.before(i, 3).cap;
    (led && !longer && !church).then_some((saint.feast, j + 1))
}

/// A feast's own name, unless it is part of another name.
fn bare(line: &Line, i: usize) -> Option<(Feast, usize)> {
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
    let person = before.word == Word::Other && (before.cap || line.among(i - 1, &sets::PERSONS));
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
                    | Word::WeekTail
                    | Word::Depuis
                    | Word::Debut
            ) && two.word != Word::Fin
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
                        | Word::WeekTail
                        | Word::Weekday
                        | Word::Fin
                        | Word::Avant
                )
        }
        _ => true,
    };
    let feast = t.feast()?;
    let needs_article = names::ROWS.iter().any(|r| r.feast == feast && r.article);
    let has_article = matches!(before.word, Word::La | Word::L | Word::De | Word::D) || i == 0;
    let ascends = feast == Feast::Ascension && !t.cap;
    // An island and a marathon may be called after the feast; « à Noël » is not.
    (led && (!needs_article || has_article) && !ascends).then_some((feast, i + 1))
}

/// « la veille de Noël », « lendemain du 13 février », « deux jours avant Noël »
/// are read where their head stands; this is the tail.
pub(super) fn or_calendar(line: &Line, i: usize) -> Option<(Cal, usize)> {
    let hit = line.place(i)?;
    match hit.expr {
        Expr::Cal(cal @ (Cal::Day { .. } | Cal::Feast { .. } | Cal::Weekday { .. })) => {
            Some((cal, hit.end))
        }
        _ => None,
    }
}
