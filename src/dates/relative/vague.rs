//! Vague words: « jadis », « actuellement », « bientôt ».

use crate::dates::{
    expr::Expr,
    hit::{Hit, rules},
    line::Line,
};

rules! {
    VAGUE "vague" reads "a word for the past, the present or the future: « jadis », « actuellement », « bientôt »"
        at [Ref] by alone(vague)
        yes ["Elle chantera [bientôt|FUTURE_REF]."]
        no ["Plus tard, on verra."];
}

/// A vague word: « actuellement », « bientôt », « jadis ».
fn vague(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    // « plus récemment », « très bientôt »: the word alone is the mention.
    // « autrefois » narrates; TIMEX3 marks it like the others.
    Hit::new(i, i + 1, &VAGUE, Expr::Ref(t.vague()? as u8))
}
