//! A unit with a direction: « semaine dernière », « an prochain », « prochain
//! trimestre », « mois suivant », « même année », « année en cours ».
//!
//! « dernier » and « prochain » count from the publication date, « suivant »,
//! « précédent » and « même » from a date of the text. Plurals are lengths, not
//! stretches of the calendar.

use crate::dates::{
    expr::{Base, Cal, Dir, Expr, Unit},
    feasts,
    fields::direction,
    hit::{Hit, rules},
    lexicon::Word,
    line::Line,
    parts,
    unit_words::{counted_unit, shift, weekend},
};
use crate::french::agreement::plural;
use crate::french::sets::dates::{
    self as dates, relative as sets,
    units::{INVARIABLE, PLURAL_YEARS},
};

rules! {
    UNIT_DIRECTION "unit_direction" reads "a unit with « dernier », « prochain », « suivant » and the like"
        at [Unit Week Exercice Next Last Preceding Same] by place(unit_phrase)
        yes [
            "La [semaine dernière|2024-W10], il pleuvait.",
            "Le [mois prochain|2024-04] sera calme.",
            "L'[an dernier|2023] fut calme.",
            "Le [trimestre dernier|2023-Q4] fut bon.",
            "Il a gagné le [week-end dernier|2024-03-09/2024-03-10].",
            "Une querelle du [siècle dernier|19XX].",
            "Parti en [2003|2003], il revient l'[année suivante|2004].",
        ]
        no ["La dernière minute compte."];
    SAME_UNIT "same_unit" reads "« même année », « jour même »"
        by of(&UNIT_DIRECTION)
        yes ["Élu en [mai 2012|2012-05], il démissionne la [même année|2012]."]
        no ["Il dit la même chose."];
    UNITS_TO_COME "units_to_come" reads "« jours à venir », « mois qui viennent »"
        by of(&UNIT_DIRECTION)
        yes [
            "On le saura dans les [jours à venir|FUTURE_REF].",
            "On le saura dans les [mois qui viennent|FUTURE_REF].",
        ]
        no ["Les jours où il vient sont rares."];
    UNIT_FOLLOWS "unit_follows" reads "a unit that follows or came before"
        by of(&UNIT_DIRECTION)
        yes ["Élu en [mai 2012|2012-05], il démissionne le [mois qui suit|2012-06]."]
        no ["La semaine qui plaît aux élèves."];
    UNIT_CURRENT "unit_current" reads "« année en cours », « siècle présent »"
        by of(&UNIT_DIRECTION)
        yes ["Le budget de l'[année en cours|2024] est serré."]
        no ["L'année en classe fut longue."];
    UNIT_TOLD "unit_told" reads "« pendant le week-end », « toute la semaine » of what happened once"
        by of(&UNIT_DIRECTION)
        yes [
            "Pendant le [week-end|2024-03-09/2024-03-10], il a neigé.",
            "Les bus ont roulé tout le [week-end|2024-03-09/2024-03-10].",
            "Le [week-end|2024-03-09/2024-03-10], des milliers de gens ont défilé.",
            "Il a plu toute la [semaine|2024-W11] sur la côte.",
            "Les salles resteront fermées toute la [semaine|2024-W11].",
        ]
        no [
            "Le week-end, il fait du vélo.",
            "Toute la semaine, elle travaille.",
            "Le week-end, ils dormaient.",
        ];
    UNIT_INSIDE "unit_inside" reads "« dans la semaine », « plus tard dans l'année »"
        by of(&UNIT_DIRECTION)
        yes [
            "Le texte sera signé dans la [semaine|2024-W11].",
            "Plus tôt dans la [semaine|2024-W11], il avait cédé.",
            "Le texte sera signé dans le courant de la [semaine|2024-W11].",
            "Élu en [mai 2012|2012-05], il démissionne plus tard dans l'[année|2012].",
        ]
        no [
            "Deux fois dans la semaine, il court.",
            "Il est né dans l'année du dragon.",
            "Dans le mois, il y a de bons jours.",
        ];
}

/// A unit with a direction: « semaine dernière », « an prochain », « mois
/// suivant », « même année », « prochain trimestre », « année en cours ».
fn unit_phrase(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    // « même année », « même jour »
    if t.word == Word::Same && !t.plural() && line.is(i + 1, Word::Unit) {
        let u = counted_unit(line, i + 1).filter(|u| *u >= Unit::Day)?;
        return Hit::cal(i, i + 2, &SAME_UNIT, shift(u, 0, Base::Text));
    }
    // « prochain trimestre », « dernier week-end », « précédente décennie »
    if matches!(t.word, Word::Next | Word::Last | Word::Preceding) && !t.plural() {
        let back = t.word != Word::Next;
        if let Some(end) = weekend(line, i + 1) {
            let of = line.any(end, &[Word::De, Word::D, Word::Du]);
            let dir = if back { Dir::Last } else { Dir::Next };
            return (!of).then(|| Hit::cal(i, end, &UNIT_DIRECTION, Cal::Weekend { dir }))?;
        }
        if t.word == Word::Next
            && let Some(hit) = feasts::feast(line, i + 1)
            && let Expr::Cal(Cal::Feast {
                feast, year: None, ..
            }) = hit.expr
        {
            return Hit::cal(
                i,
                hit.end,
                &feasts::FEAST,
                Cal::Feast {
                    feast,
                    year: None,
                    dir: Dir::Next,
                },
            );
        }
        if line.is(i + 1, Word::Exercice) {
            return Hit::cal(
                i,
                i + 2,
                &UNIT_DIRECTION,
                shift(Unit::Year, if back { -1 } else { 1 }, Base::Published),
            );
        }
        let u = counted_unit(line, i + 1)?;
        let of = line.any(
            i + 2,
            &[Word::De, Word::D, Word::Du, Word::Des, Word::Figures],
        );
        if of || u <= Unit::Day {
            return None;
        }
        return Hit::cal(
            i,
            i + 2,
            &UNIT_DIRECTION,
            shift(u, if back { -1 } else { 1 }, Base::Published),
        );
    }
    if let Some(end) = weekend(line, i) {
        let Some((dir, end)) = direction(line, end) else {
            let cal = Cal::Weekend { dir: Dir::Open };
            let told = parts::of_the_story(line, i, end)
                || line.any_before(i, &[Word::Du]) && line.before(i, 2).word == Word::Cours;
            return told.then(|| Hit::cal(i, end, &UNIT_TOLD, cal))?;
        };
        return Hit::cal(i, end, &UNIT_DIRECTION, Cal::Weekend { dir });
    }
    let u = if t.word == Word::Exercice {
        Unit::Year
    } else {
        counted_unit(line, i)?
    };
    let j = i + 1;
    let many = plural(line.str(i))
        && (!INVARIABLE.contains(line.str(i))
            || line.any_before(i, &[Word::Les, Word::Des, Word::Aux]));
    // « les jours à venir », « les semaines qui viennent »
    if many
        && u >= Unit::Day
        && (line.is(j, Word::A) && line.is(j + 1, Word::Venir)
            || line.is(j, Word::Qui) && line.among(j + 1, &sets::TO_COME))
    {
        return Hit::new(i, j + 2, &UNITS_TO_COME, Expr::Ref(2));
    }
    if let Some(hit) = inside(line, i, u) {
        return Some(hit);
    }
    // « toute la semaine »
    if u == Unit::Week
        && !many
        && direction(line, j).is_none()
        && !line.any(
            j,
            &[Word::Figures, Word::En, Word::A, Word::Same, Word::Ordinal],
        )
        && (line.among(i.wrapping_sub(2), &dates::WHOLE)
            || line.any(i.wrapping_sub(2), &[Word::Pendant, Word::Durant]))
        && parts::of_the_story(line, i, j)
    {
        return Hit::cal(i, j, &UNIT_TOLD, shift(u, 0, Base::Published));
    }
    // « le jour même »
    if u == Unit::Day
        && line.is(j, Word::Same)
        && !line.at(j).plural()
        && line.any_before(i, &[Word::Le, Word::Du])
    {
        return Hit::cal(i, j + 1, &SAME_UNIT, shift(u, 0, Base::Text));
    }
    if let Some((dir, end)) = direction(line, j) {
        if u < Unit::Day {
            return None;
        }
        // « une année passée à », « le mois passé »: participles take an object.
        if line.is(j, Word::Past)
            && matches!(
                line.before(i, 1).word,
                Word::Un | Word::Ordinal | Word::De | Word::D
            )
        {
            return None;
        }
        let (by, base) = match dir {
            Dir::Last => (-1, Base::Published),
            Dir::Next => (1, Base::Published),
            Dir::Following => (1, Base::Text),
            _ => (-1, Base::Text),
        };
        // « la journée passée », « jour dernier » are no dates.
        if u == Unit::Day && !matches!(base, Base::Text) {
            return None;
        }
        // « les deux années suivantes » and bare plurals are lengths.
        if plural(line.str(i)) && !INVARIABLE.contains(line.str(i)) || line.at(j).plural() {
            return None;
        }
        return Hit::cal(i, end, &UNIT_DIRECTION, shift(u, by, base));
    }
    // « semaine qui suit », « année à venir », « année en cours »
    if u >= Unit::Day && line.is(j, Word::Qui) {
        let by = if line.among(j + 1, &sets::FOLLOWING) || line.among(j + 1, &sets::COMING) {
            1
        } else if line.among(j + 1, &sets::PRECEDING) {
            -1
        } else {
            return None;
        };
        let closes = line.is(j + 2, Word::End) || line.is(j + 2, Word::Punct);
        let base = if line.among(j + 1, &sets::COMING) {
            Base::Published
        } else {
            Base::Text
        };
        return closes.then(|| Hit::cal(i, j + 2, &UNIT_FOLLOWS, shift(u, by, base)))?;
    }
    if u >= Unit::Week
        && line.is(j, Word::A)
        && line.is(j + 1, Word::Venir)
        && !line.among(i, &PLURAL_YEARS)
    {
        return Hit::cal(i, j + 2, &UNIT_DIRECTION, shift(u, 1, Base::Published));
    }
    if u >= Unit::Week && line.is(j, Word::En) && line.is(j + 1, Word::Cours)
        || u >= Unit::Decade && line.is(j, Word::Current)
    {
        let end = if line.is(j, Word::Current) {
            j + 1
        } else {
            j + 2
        };
        return Hit::cal(i, end, &UNIT_CURRENT, shift(u, 0, Base::Published));
    }
    None
}

/// « dans la [semaine] », « plus tard dans l'[année] »: the one at hand, or the
/// one that the text is at.
fn inside(line: &Line, i: usize, u: Unit) -> Option<Hit> {
    let article = line.any_before(i, &[Word::La, Word::L, Word::Le]);
    let closed = !line.any(i + 1, &[Word::De, Word::D, Word::Du, Word::Des, Word::Qui])
        && direction(line, i + 1).is_none();
    // « dans le courant de la semaine », « au cours de la semaine »
    if u == Unit::Week
        && line.any_before(i, &[Word::La])
        && line.before(i, 2).word == Word::De
        && matches!(line.before(i, 3).word, Word::Courant | Word::Cours)
        && closed
    {
        return Hit::cal(i, i + 1, &UNIT_INSIDE, shift(u, 0, Base::Published));
    }
    if !article || line.before(i, 2).word != Word::Dans || !line.at(i).gap && !line.at(i - 1).elided
    {
        return None;
    }
    // « dans la semaine du 6 », « dans la semaine suivante », « … sainte »
    let longer = line.any(
        i + 1,
        &[
            Word::De,
            Word::D,
            Word::Du,
            Word::Des,
            Word::Qui,
            Word::Saint,
            Word::Figures,
            Word::Ordinal,
            Word::A,
            Word::En,
        ],
    ) || direction(line, i + 1).is_some();
    let compared = matches!(line.before(i, 3).word, Word::Tot | Word::Tard)
        && line.before(i, 4).word == Word::Plus;
    let base = match u {
        _ if longer => return None,
        Unit::Month | Unit::Year if compared => Base::Text,
        Unit::Week if line.before(i, 3).word != Word::Fois => Base::Published,
        _ => return None,
    };
    Hit::cal(i, i + 1, &UNIT_INSIDE, shift(u, 0, base))
}
