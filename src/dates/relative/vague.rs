//! Vague words: « jadis », « actuellement », « bientôt », « de nos jours ».

use crate::{
    dates::{
        expr::Expr,
        hit::{Hit, rules},
        lengths,
        lexicon::{UnitNoun, Word},
        line::Line,
        unit_words,
    },
    french::{
        agreement::plural,
        sets::dates::{self as sets, relative},
    },
};

rules! {
    VAGUE "vague" reads "a word for the past, the present or the future: « jadis », « actuellement », « bientôt »"
        at [Ref] by alone(vague)
        yes ["Elle chantera [bientôt|FUTURE_REF]."]
        no [
            "Plus tard, on verra.",
            "Il attend depuis bientôt [deux mois|P2M].",
            "Sa fille est bientôt âgée de [deux ans|P2Y].",
        ];
    OUR_DAYS "our_days" reads "« de nos jours »"
        at [De] by alone(our_days).initials("nN")
        yes [
            "[De nos jours|PRESENT_REF], plus personne ne file la laine.",
            "Une histoire de la laine, du Moyen Âge à [nos jours|PRESENT_REF].",
        ]
        no [
            "Nos jours sont comptés.",
            "Il se souvient de nos jours perdus.",
            "Il parle de nos jours de congé.",
        ];
}

/// A vague word: « actuellement », « bientôt », « jadis ».
fn vague(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    // « depuis bientôt deux mois », « bientôt âgé de deux ans »: almost.
    let counts = line.any(i + 1, &[Word::Figures, Word::Numeral, Word::Un])
        && lengths::lengths(line, i + 1).is_some();
    if line.among(i, &sets::HEDGES) && (counts || line.among(i + 1, &sets::AGED)) {
        return None;
    }
    // « plus récemment », « très bientôt »: the word alone is the mention.
    // « autrefois » narrates; TIMEX3 marks it like the others.
    Hit::new(i, i + 1, &VAGUE, Expr::Ref(t.vague()? as u8))
}

/// « de nos jours », « à nos jours ».
fn our_days(line: &Line, i: usize) -> Option<Hit> {
    let our = i + usize::from(line.is(i, Word::De));
    let days = line.is(our + 1, Word::Unit) && line.at(our + 1).unit() == Some(UnitNoun::Day);
    if !days || !line.among(our, &relative::OUR) || our == i && !line.any_before(i, &[Word::A]) {
        return None;
    }
    let end = our + 2;
    // « nos jours perdus », « nos jours de congé », « nos jours qui passent »
    let longer = line.any(end, &[Word::Qui, Word::Ou])
        || unit_words::complement(line, end)
        || line.is(end, Word::Other) && plural(line.str(end));
    (!longer).then(|| Hit::new(i, end, &OUR_DAYS, Expr::Ref(1)))?
}
