//! Parts of the day: « lundi soir », « nuit de lundi à mardi », « en fin
//! d'après-midi », « à l'aube ».

use super::{
    civil::DayPart,
    degree,
    expr::{Base, Cal, Dir, Expr, Unit},
    fields,
    hit::{Hit, rules},
    lexicon::{Feast, Word},
    line::Line,
    meals,
    part_names::{self, part_word},
    places, tense,
};
use crate::french::sets::dates as sets;

rules! {
    PART_ALONE "part_alone" reads "a part of the day at hand"
        at [Part Coucher Lever Tombee Apres Petit Unit] by alone(part_named) rank BARE
        yes [
            "Plus tard dans la [soirée|2024-03-13TEV], il a démissionné.",
            "le [matin très tôt|2024-03-13TMO|START]",
            "L'[après-midi|2024-03-13TAF], la foule s'est dispersée.",
            "Les secours ont cherché pendant toute la [nuit|2024-03-12TNI].",
            "La maire a reçu les élus toute la [matinée|2024-03-13TMO].",
            "Le [soir|2024-03-13TEV], le préfet a fermé le pont.",
            "Le [7 mars|2024-03-07], il a plu. L'[après-midi|2024-03-07TAF], la rivière a débordé.",
            "Il a neigé durant la [nuit|2024-03-12TNI].",
        ]
        no [
            "La vie de nuit fatigue.",
            "L'Aube vote.",
            "Une belle soirée en famille.",
            "Un matin calme.",
            "L'après-midi, elle fait la sieste.",
            "Le soir, ils jouaient aux cartes.",
            "Pendant la nuit, le gardien dort.",
        ];
    PART_OF_DAY "part_of_day" reads "a part of a day that is said"
        by of(&PART_ALONE)
        yes [
            "La [matinée du 15 février 2024|2024-02-15TMO] fut calme.",
            "La route fermera le [matin du 5|2024-04-05TMO] et le [soir du 6 avril|2024-04-06TEV].",
            "Le [soir du 3 mars|2024-03-03TEV] et l'[après-midi du 4|2024-03-04TAF], il a plu.",
            "Le [soir du 27 février|2024-02-27TEV] et l'[après-midi du 28|2024-02-28TAF], il a plu.",
        ]
        no ["Une matinée de rêve."];
    NIGHT_OF "night_of" reads "the night from one day to the next"
        by of(&PART_ALONE)
        yes [
            "Dans la [nuit de lundi à mardi|2024-03-11TNI], il a neigé.",
            "La [nuit du 3 au 4 mars 2020|2020-03-03TNI] fut longue.",
            "Dans la [nuit du 7/8 mars|2024-03-07TNI], il a neigé.",
        ]
        no ["La nuit du chasseur fait peur."];
    PART_DIRECTION "part_direction" reads "« nuit dernière », « matin suivant »"
        by of(&PART_ALONE)
        yes [
            "La [nuit dernière|2024-03-12TNI] fut longue.",
            "Il neigera la [nuit prochaine|2024-03-13TNI].",
        ]
        no ["La nuit blanche fut longue."];
    PART_SAME "part_same" reads "« soir même »"
        by of(&PART_ALONE)
        yes ["Arrivé le [2 mai 2020|2020-05-02], il part le [soir même|2020-05-02TEV]."]
        no ["Un soir même calme lui pèse."];
}

/// The part that follows a day ending at `i`: « [lundi] soir », « [la veille]
/// au soir », « [le 12 mars] dans la matinée ».
pub(super) fn after_day(
    line: &Line,
    i: usize,
) -> Option<(DayPart, Option<crate::kinds::Modifier>, usize)> {
    if let Some((p, end)) = part_word(line, i)
        && p != DayPart::Daytime
        && line.at(i).gap
    {
        // « lundi midi », but « lundi midi et demi » is a clock.
        return Some((p, None, end));
    }
    if let Some((p, end)) = meals::after_day(line, i) {
        return Some((p, None, end));
    }
    if let Some(found) = degree::after_day(line, i) {
        return Some(found);
    }
    let mut j = i;
    match line.word(i) {
        Word::Au | Word::En | Word::Le => j += 1,
        Word::A if line.at(i + 1).elided || line.is(i + 1, Word::La) => j += 2,
        Word::Dans if line.any(i + 1, &[Word::La, Word::L]) => j += 2,
        Word::Fin | Word::Debut => {}
        _ => return None,
    }
    if matches!(line.word(j), Word::Fin | Word::Debut | Word::Milieu) {
        let hit = line.place(j)?;
        return match hit.expr {
            Expr::Cal(Cal::Part { day: None, part }) => Some((part, hit.modifier, hit.end)),
            _ => None,
        };
    }
    if j == i {
        return None;
    }
    let (p, end) = part_word(line, j)?;
    if p == DayPart::Daytime && line.is(i, Word::En) || p == DayPart::Noon && line.is(i, Word::En) {
        return None;
    }
    // « lundi le matin », « lundi en soirée »
    let sized = sets::units::STRETCHES.ends(line.str(end - 1));
    let fits = match line.word(i) {
        Word::En => sized,
        Word::Le => !sized && p != DayPart::Noon,
        Word::Au => !sized,
        _ => true,
    };
    fits.then_some((p, None, end))
}

/// « nuit de lundi à mardi », « nuit du 12 au 13 mars », « soirée de samedi »,
/// « nuit dernière », « matin même », « dans la soirée », « à l'aube ».
pub(super) fn part(line: &Line, i: usize) -> Option<Hit> {
    let (part, end) = part_word(line, i)?;
    let before = line.before(i, 1);
    if part == DayPart::Night && line.any(end, &[Word::De, Word::Du]) {
        let mut j = end + 1;
        if line.any(j, &[Word::La, Word::L, Word::Le]) {
            j += 1;
        }
        if let Some(hit) = line.place_or_range(j) {
            match hit.expr {
                Expr::Range(first, _) => return night(i, hit.end, first),
                Expr::Cal(first)
                    if places::is_day(&first) && !matches!(first, Cal::Feast { .. }) =>
                {
                    // « de lundi à mardi »
                    let link = line.any(hit.end, &[Word::A, Word::Au]);
                    if link
                        && let Some(second) = line.place(hit.end + 1)
                        && let Expr::Cal(last) = &second.expr
                        && places::is_day(last)
                    {
                        let first = places::with_month_of(first, last);
                        return night(i, second.end, first);
                    }
                    return night(i, hit.end, first);
                }
                _ => {}
            }
        }
    }
    let (mut day, e) = part_names::of_day(line, end);
    if day.is_none()
        && let Some((said, e)) = of_day_of_month(line, end)
    {
        let day = Some(Box::new(said));
        return Hit::cal(i, e, &PART_OF_DAY, Cal::Part { day, part });
    }
    // Christmas is kept from its eve.
    if let Some(Cal::Feast { feast, .. }) = day.as_deref_mut()
        && *feast == Feast::Christmas
        && matches!(part, DayPart::Evening | DayPart::Night)
    {
        *feast = Feast::ChristmasEve;
    }
    if day.is_some() {
        return Hit::cal(i, e, &PART_OF_DAY, Cal::Part { day, part });
    }
    // « nuit dernière », « nuit précédente »
    if let Some((dir, e)) = fields::direction(line, end)
        && matches!(part, DayPart::Night | DayPart::Evening | DayPart::Morning)
    {
        use super::expr::Dir;
        let (by, base) = match dir {
            Dir::Last => (-1, Base::Published),
            Dir::Following => (1, Base::Text),
            Dir::Preceding => (-1, Base::Text),
            // The night to come begins today.
            Dir::Next if part == DayPart::Night => (0, Base::Published),
            _ => return None,
        };
        if line.is(end, Word::Past) && part != DayPart::Night {
            return None;
        }
        return Hit::cal(
            i,
            e,
            &PART_DIRECTION,
            Cal::Part {
                day: Some(Box::new(Cal::Shift {
                    unit: Unit::Day,
                    by,
                    base,
                })),
                part,
            },
        );
    }
    // « le soir même », « le matin même »
    if line.is(end, Word::Same)
        && !line.at(end).plural()
        && line.any_before(i, &[Word::Le, Word::L, Word::La, Word::Du])
    {
        return Hit::cal(
            i,
            end + 1,
            &PART_SAME,
            Cal::Part {
                day: Some(Box::new(Cal::Shift {
                    unit: Unit::Day,
                    by: 0,
                    base: Base::Text,
                })),
                part,
            },
        );
    }
    let two = line.before(i, 2);
    let word = line.str(end - 1);
    let noun_follows = line.any(end, &[Word::De, Word::D, Word::Du, Word::Des]);
    let led = match before.word {
        Word::La | Word::L if two.word == Word::Dans => !noun_follows,
        Word::L if part == DayPart::Dawn => {
            matches!(two.word, Word::A | Word::Des2)
                && line.before(i, 3).word != Word::Jusqu
                && !noun_follows
                && !line.at(i).cap
        }
        Word::Au | Word::Aux if matches!(part, DayPart::Dawn | DayPart::Dusk) => true,
        Word::La | Word::Le if two.word == Word::Des2 => {
            matches!(part, DayPart::Morning | DayPart::Evening | DayPart::Dusk) && !noun_follows
        }
        Word::La if part == DayPart::Dusk => true,
        // « pour le crépuscule », « le matin très tôt »
        Word::Le if part == DayPart::Dusk => {
            matches!(
                two.word,
                Word::Pour | Word::Vers | Word::Avant | Word::Depuis
            ) && !noun_follows
        }
        Word::Le if part == DayPart::Morning && degree::degree(line, end).is_some() => true,
        Word::Au => matches!(part, DayPart::Morning | DayPart::Evening) && !noun_follows,
        Word::En => {
            sets::units::STRETCHES.ends(word)
                && matches!(part, DayPart::Morning | DayPart::Evening)
                && !noun_follows
        }
        _ => false,
    } || of_the_story(line, i, end);
    led.then(|| Hit::cal(i, end, &PART_ALONE, Cal::Part { day: None, part }))?
}

/// « [matin] du 8 et soir du 9 juin », « [après-midi] du 30 »: a day whose month
/// stands behind the next part, or before in the text.
fn of_day_of_month(line: &Line, i: usize) -> Option<(Cal, usize)> {
    if !line.is(i, Word::Du) || !line.is(i + 1, Word::Figures) {
        return None;
    }
    let (day, end) = fields::day_number(line, i + 1)?;
    let said = Cal::Day {
        weekday: None,
        day,
        month: None,
        year: None,
        dir: Dir::Open,
    };
    if line.any(end, &[Word::Et, Word::Ou, Word::Au, Word::A]) || line.punct(end, ',') {
        let article = line.any(end + 1, &[Word::Le, Word::La, Word::L]);
        let next = end + 1 + usize::from(article);
        if let Some((_, e)) = part_word(line, next)
            && let (Some(last), _) = part_names::of_day(line, e)
            && let Cal::Day { month: Some(_), .. } = *last
        {
            return Some((places::with_month_of(said, &last), end));
        }
    }
    let t = line.at(end);
    let closes = t.word == Word::End
        || matches!(t.mark(), Some('.' | ',' | ';' | ')')) && line.at(end + 1).gap
        || t.word == Word::Punct && line.is(end + 1, Word::End);
    (closes && day <= 31).then_some((said, end))
}

/// « L'après-midi, la foule s'est dispersée », « pendant la nuit », « toute la
/// soirée »: of the day the story is at, where it happened once.
pub(super) fn of_the_story(line: &Line, i: usize, end: usize) -> bool {
    let article = line.any_before(i, &[Word::L, Word::La, Word::Le]);
    let Some(the) = i.checked_sub(1).filter(|_| article) else {
        return line.any_before(i, &[Word::Tout]) && tense::told_once(line, i, end);
    };
    let before = line.before(the, 1);
    let lasts = matches!(before.word, Word::Pendant | Word::Durant | Word::Tout)
        || line.among(the.wrapping_sub(1), &sets::WHOLE)
        || before.word == Word::De && line.before(the, 2).word == Word::Cours;
    let heads = line.opens_sentence(the) && line.punct(end, ',');
    let longer = line.any(
        end,
        &[Word::De, Word::D, Word::Du, Word::Des, Word::Qui, Word::Ou],
    );
    (lasts || heads) && !longer && tense::told_once(line, i, end)
}

/// A part of the day as a mention: « journée » only of a day that is said.
fn part_named(line: &Line, i: usize) -> Option<Hit> {
    part(line, i).filter(|h| {
        !line.is(i, Word::Unit)
            || of_the_story(line, i, h.end)
            || !matches!(
                h.expr,
                Expr::Cal(Cal::Part {
                    day: None,
                    part: DayPart::Daytime
                })
            )
    })
}

fn night(start: usize, end: usize, first: Cal) -> Option<Hit> {
    Hit::cal(
        start,
        end,
        &NIGHT_OF,
        Cal::Part {
            day: Some(Box::new(first)),
            part: DayPart::Night,
        },
    )
}
