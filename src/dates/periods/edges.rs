//! Beginnings, middles and ends: « fin mars », « début 2025 », « mi-juin »,
//! « courant 2026 », « fin des années 1980 », « début du mois ».
//!
//! Bare, only a month, a year or a part of one may follow; « de » and its like
//! let a decade, a century or a unit alone follow too.

use super::quarters::{of_year, part_of_year};
use crate::dates::{
    civil::DayPart,
    expr::{Base, Cal, Dir, Expr, PeriodKind, Unit},
    fields::uncounted_year,
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
    part_names,
    unit_words::own_calendar,
};
use crate::{french::sets::dates as sets, kinds::Modifier};

rules! {
    EDGE "edge" reads "the beginning, the middle or the end of a month, a year or the like"
        at [Debut Fin Milieu Mi Courant] by place(edge).turns()
        yes [
            "Livré [fin mars 2023|2023-03|END].",
            "Livré [début 2025|2025|START].",
            "Elle partira à la [mi-août|2024-08|MID].",
            "Prévu [courant 2026|2026].",
            "À la [fin des années 1990|199X|END], tout change.",
            "D'ici la [fin de l'année|2024|END].",
            "Il a cédé en [début de semaine|2024-W11|START].",
            "Au [milieu du XVIIIe siècle|17XX|MID].",
            // On Wednesday the 13th of March, on the side that the tense says.
            "Le texte sera examiné en [début de semaine|2024-W12|START].",
            "Le texte sera examiné en [fin de semaine|2024-W11|END].",
            "Le texte sera examiné en [début de mois|2024-04|START].",
            "Le texte sera examiné [début mars|2024-03|START].",
            "Le texte a été examiné [début mars|2024-03|START].",
            "Il a démissionné en [fin d'année|2023|END].",
            "Il a démissionné en [fin de mois|2024-02|END].",
            // Told, yet ahead.
            "Il avait promis une réponse [fin mars|2024-03|END].",
            "Il avait promis d'attendre la [fin de l'année|2024|END].",
            "Il a annoncé une réunion en [fin de semaine|2024-W11|END].",
        ]
        no [
            "La fin justifie les moyens.",
            "Elle part à la fin de l'année scolaire.",
            "Au début du semestre universitaire, il enseigne.",
            "La fin du deuxième trimestre scolaire approche.",
        ];
    PART_EDGE "part_edge" reads "the beginning or the end of a part of the day"
        by of(&EDGE)
        yes ["Il a cédé en [fin de matinée|2024-03-13TMO|END]."]
        no ["Il a cédé en fin de compte."];
    PART_MID "part_mid" reads "« mi-journée »"
        by of(&EDGE)
        yes ["Le vote aura lieu à la [mi-journée|2024-03-13TMI]."]
        no ["Un ton mi-figue, mi-raisin."];
}

/// « fin mars », « début 2025 », « mi-juin », « courant 2026 », « fin des
/// années 1980 », « début du mois ».
fn edge(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    let (modifier, mut j) = match t.word {
        Word::Debut => (Some(Modifier::Start), i + 1),
        Word::Fin => (Some(Modifier::End), i + 1),
        Word::Milieu => (Some(Modifier::Mid), i + 1),
        Word::Mi => (Some(Modifier::Mid), line.skip_hyphen(i + 1)),
        Word::Courant if line.at(i + 1).gap => (None, i + 1),
        _ => return None,
    };
    let bare = j;
    if line.any(j, &[Word::De, Word::D, Word::Du, Word::Des])
        && t.word != Word::Mi
        && t.word != Word::Courant
    {
        j += 1;
        if line.any(j, &[Word::L, Word::La]) {
            j += 1;
        }
    }
    let linked = j > bare;
    // « fin d'après-midi », « mi-journée », « fin de la matinée »
    if let Some((part, end)) = part_names::part_word(line, j)
        && (linked || t.word == Word::Mi || part != DayPart::Daytime)
    {
        if t.word == Word::Mi {
            return Hit::cal(
                i,
                end,
                &PART_MID,
                Cal::Part {
                    day: None,
                    part: DayPart::Noon,
                },
            );
        }
        let (day, end) = part_names::of_day(line, end);
        let mut hit = Hit::cal(i, end, &PART_EDGE, Cal::Part { day, part })?;
        hit.modifier = modifier;
        return Some(hit);
    }
    // « à la fin, mars… »: only what touches.
    let (cal, end) = inner(line, j, linked)?;
    let ok = match &cal {
        // « avec le début ce week-end des vacances »
        Cal::Weekend { dir: Dir::This } => {
            linked || !line.any_before(i, &[Word::Le, Word::Du, Word::Au])
        }
        Cal::Month { .. } | Cal::Period { .. } | Cal::Weekend { .. } | Cal::Fortnight { .. } => {
            true
        }
        Cal::Year(_) => true,
        Cal::Decade(_)
        | Cal::Century(_)
        | Cal::Shift { .. }
        | Cal::Within { .. }
        | Cal::WeekOf(_) => linked,
        _ => false,
    };
    if !ok {
        return None;
    }
    let mut hit = Hit::cal(i, end, &EDGE, cal)?;
    hit.modifier = modifier;
    Some(hit)
}

/// The stretch after « fin de », which may be a bare unit.
fn inner(line: &Line, j: usize, linked: bool) -> Option<(Cal, usize)> {
    let t = line.at(j);
    if let Some(hit) = line.place(j) {
        return match hit.expr {
            Expr::Cal(cal) => Some((cal, hit.end)),
            _ => None,
        };
    }
    if t.word == Word::Season {
        let (of, end) = of_year(line, j + 1);
        let season = t.season()? as u8;
        return Some((part_of_year(PeriodKind::Season, season, of), end));
    }
    if let Some((y, end)) = uncounted_year(line, j) {
        return Some((Cal::Year(y), end));
    }
    let unit = match t.word {
        Word::Exercice => Unit::Year,
        // Seasons are of sport.
        Word::Unit
            if !sets::units::PLURAL_STRETCHES.ends(line.str(j))
                && t.unit() != Some(UnitNoun::Season)
                && !own_calendar(line, j) =>
        {
            t.unit().and_then(Unit::of)?
        }
        _ => return None,
    };
    let singular = t.unit() != Some(UnitNoun::Year) || !line.among(j, &sets::units::PLURAL_YEARS);
    let known = matches!(
        unit,
        Unit::Week
            | Unit::Month
            | Unit::Quarter
            | Unit::Half
            | Unit::Year
            | Unit::Decade
            | Unit::Century
    );
    // « fin de semaine de … », « fin du mois de mars » were read above.
    let cal = Cal::Shift {
        unit,
        by: 0,
        base: Base::Published,
    };
    (linked && known && singular).then_some((cal, j + 1))
}
