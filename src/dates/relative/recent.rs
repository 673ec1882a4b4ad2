//! Units counted up to the present or on from it: « ces dernières années »,
//! « trois derniers mois », « 10 prochaines années », « deux semaines passées »,
//! « cinq années à venir ». With a number it is a length that touches the
//! present, without one a vague reference.

use crate::dates::{
    expr::{Base, Expr, Lengths, Unit},
    hit::{Hit, rules},
    lengths,
    lexicon::Word,
    line::Line,
    unit_words::complement,
};

rules! {
    RECENT_UNITS "recent_units" reads "a number of units up to the present or on from it"
        at [Figures Numeral Un Approx Ces Last Next] by alone(recent_units)
        yes [
            "[Ces deux dernières années|P2Y], il a plu.",
            "Au cours des [trois derniers mois|P3M], il a plu.",
            "Elle jure lors des [six prochains mois|P6M] de « se taire ».",
            "Elle jure lors des [deux prochaines années|P2Y] d'apprendre.",
            "[Ces trois derniers mois|P3M] de crue ont usé la digue.",
        ]
        no [
            "La dernière minute compte.",
            "Les trois derniers mois de crue furent rudes.",
            "Les dix prochaines années d'hiver.",
        ];
    VAGUE_UNITS "vague_units" reads "units up to the present or on from it, their number not said"
        by of(&RECENT_UNITS)
        yes [
            "Ce fut rare [ces dernières années|PAST_REF].",
            "Au fil des [dernières années|PAST_REF], il a plu.",
            // What follows is the object.
            "Ils ont connu [ces dernières semaines|PAST_REF] des pannes.",
            "Elle a vendu [ces derniers mois|PAST_REF] de la laine.",
            "Elle voudrait [ces prochains mois|FUTURE_REF] du calme.",
            "Il pense dans les [prochaines années|FUTURE_REF] de nouveau publier.",
            "Elle a juré dans les [prochains mois|FUTURE_REF] de se taire.",
            "La pluie gagnera la côte dans les [prochaines heures|FUTURE_REF].",
            "Il a plu [ces dernières heures|PAST_REF].",
        ]
        no [
            "Les dernières années de sa vie furent calmes.",
            "Les derniers jours de l'hiver furent doux.",
            "Les derniers jours de la guerre furent rudes.",
            "Les derniers mois de guerre furent rudes.",
            "Ses dernières heures furent calmes.",
            "Les dernières minutes furent rudes.",
            "Les prochaines heures de cours sont libres.",
        ];
}

/// « ces dernières années », « trois derniers mois », « 10 prochaines années »,
/// « deux semaines passées », « prochaines 24 heures ».
fn recent_units(line: &Line, i: usize) -> Option<Hit> {
    let j = if line.is(i, Word::Ces) { i + 1 } else { i };
    let sign_of = |w: Word| match w {
        Word::Last | Word::Past | Word::Preceding => Some((
            -1,
            if w == Word::Preceding {
                Base::Text
            } else {
                Base::Published
            },
        )),
        Word::Next | Word::Following => Some((
            1,
            if w == Word::Following {
                Base::Text
            } else {
                Base::Published
            },
        )),
        _ => None,
    };
    let named = |k: usize| {
        let t = line.at(k);
        (t.word == Word::Unit && line.str(k).len() > 2)
            .then(|| t.unit().and_then(Unit::of))
            .flatten()
    };
    let recent = |lengths: Lengths, sign, base, end| {
        Hit::new(
            i,
            end,
            &RECENT_UNITS,
            Expr::Recent {
                lengths,
                sign,
                base,
            },
        )
    };
    // « ces derniers mois » are those before today, whatever follows: « ils ont eu ces
    // derniers mois des doutes ».
    let these = line.is(i, Word::Ces);
    let of = |k: usize| !these && complement(line, k);
    // dernières années | dernières 24 heures
    if let Some((sign, base)) = sign_of(line.word(j))
        && matches!(line.word(j), Word::Last | Word::Next)
    {
        if let Some(u) = named(j + 1)
            && line.at(j).plural()
            // « les dernières heures », « les dernières minutes » are often of a life or a
            // match; those to come, and « ces dernières heures », are not.
            && u >= match (sign, these) {
                (1, _) => Unit::Minute,
                (_, true) => Unit::Hour,
                _ => Unit::Day,
            }
            && !of(j + 2)
        {
            // « derniers jours » of a campaign were left out above.
            return Hit::new(
                i,
                j + 2,
                &VAGUE_UNITS,
                Expr::Ref(if sign < 0 { 0 } else { 2 }),
            );
        }
        if let Some((q, k)) = lengths::number(line, j + 1)
            && let Some(u) = named(k)
            && !of(k + 1)
        {
            return recent(vec![(q, u)], sign, base, k + 1);
        }
        return None;
    }
    let (q, k) = lengths::number(line, j)?;
    if q.n < 2 && !q.vague {
        return None;
    }
    // trois derniers mois
    if let Some((sign, base)) = sign_of(line.word(k))
        && let Some(u) = named(k + 1)
        && !of(k + 2)
        && u != Unit::Weekend
    {
        return recent(vec![(q, u)], sign, base, k + 2);
    }
    // deux semaines passées | 30 jours précédents | cinq années à venir
    let u = named(k)?;
    if let Some((sign, base)) = sign_of(line.word(k + 1))
        && (line.any(
            i.wrapping_sub(1),
            &[Word::Les, Word::Des, Word::Aux, Word::De],
        ) || line.is(i, Word::Ces)
            || i == 0)
    {
        return recent(vec![(q, u)], sign, base, k + 2);
    }
    if line.is(k + 1, Word::A) && line.is(k + 2, Word::Venir) {
        return recent(vec![(q, u)], 1, Base::Published, k + 3);
    }
    None
}
