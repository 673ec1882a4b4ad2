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
};

rules! {
    RECENT_UNITS "recent_units" reads "a number of units up to the present or on from it"
        at [Figures Numeral Un Approx Ces Last Next] by alone(recent_units)
        yes [
            "[Ces deux dernières années|P2Y], il a plu.",
            "Au cours des [trois derniers mois|P3M], il a plu.",
        ]
        no ["La dernière minute compte."];
    VAGUE_UNITS "vague_units" reads "units up to the present or on from it, their number not said"
        by of(&RECENT_UNITS)
        yes [
            "Ce fut rare [ces dernières années|PAST_REF].",
            "Au fil des [dernières années|PAST_REF], il a plu.",
        ]
        no ["Les dernières années de sa vie furent calmes."];
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
    let of = |k: usize| line.any(k, &[Word::De, Word::D, Word::Du, Word::Des]);
    // dernières années | dernières 24 heures
    if let Some((sign, base)) = sign_of(line.word(j))
        && matches!(line.word(j), Word::Last | Word::Next)
    {
        if let Some(u) = named(j + 1)
            && line.at(j).plural()
            && u >= Unit::Day
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
