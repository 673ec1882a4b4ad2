//! The beginning or the end of a unit at hand: « en début de semaine », « en fin
//! d'année ». Where it lies on the wrong side of the reference, the tense says
//! which turn is meant.
//!
//! On the 13th « en début de mois » yet to come is of the next month, and « en fin
//! d'année » told is of the last year. « à la fin de l'année » told may still lie
//! ahead (« il a promis de payer à la fin de l'année »), and so may a week's end.

use super::{Placed, Resolver};
use crate::{
    dates::{
        expr::{Base, Cal, Unit},
        tense::Tense,
    },
    kinds::{Anchor, Modifier},
};

impl Resolver<'_> {
    /// `placed`, or the unit after or before it when the part that `modifier`
    /// leaves lies on the wrong side; `en` when « en » leads to it.
    pub(in crate::dates) fn edge(
        &self,
        cal: &Cal,
        modifier: Option<Modifier>,
        en: bool,
        placed: Placed,
    ) -> Placed {
        let (
            Placed::At(s, Some(Anchor::Published)),
            Cal::Shift {
                unit,
                by: 0,
                base: Base::Published,
            },
        ) = (&placed, cal)
        else {
            return placed;
        };
        let (Some(today), Some((from, to))) =
            (self.now().and_then(|r| r.day), s.narrowed(modifier))
        else {
            return placed;
        };
        let by = match self.here.tense() {
            Tense::Future if to <= today => 1,
            Tense::Past if from > today && en && *unit > Unit::Week => -1,
            _ => return placed,
        };
        self.shift(*unit, by, Base::Published)
    }
}
