//! Vague words: « jadis », « actuellement », « bientôt ».

use crate::{
    dates::{
        expr::Expr,
        hit::{Hit, rules},
        lengths,
        lexicon::Word,
        line::Line,
    },
    french::sets::dates as sets,
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
