//! The beginning or the end of a stretch that the text does not fix: seen from
//! inside it, or from just beside it, the tense says which one is meant.
//!
//! On the 13th of March « début mars » yet to come is of next year, and « en fin
//! d'année » told is of the last. A month's end that is told may still lie ahead
//! (« la livraison promise fin mars »), so its name stays with the month at hand.

use super::{Placed, Query, State};
use crate::{
    dates::{
        civil::Stretch,
        expr::{Base, Cal, Dir, Unit},
        tense::Tense,
    },
    record::{Anchor, Modifier},
};

impl State {
    /// `placed`, or the same stretch a turn later or earlier when the part of
    /// it that `modifier` leaves lies on the wrong side of the reference; `en`
    /// when « en » leads to it.
    pub(in crate::dates) fn edge(
        &self,
        cal: &Cal,
        modifier: Option<Modifier>,
        en: bool,
        placed: Placed,
        q: &mut Query,
    ) -> Placed {
        let Placed::At(s, Some(Anchor::Published)) = placed else {
            return placed;
        };
        let side = self.now().and_then(|r| r.day).and_then(|today| {
            let (from, to) = s.narrowed(modifier)?;
            match (q.tense)().tense {
                Tense::Future if to <= today => Some(1),
                Tense::Past if from > today && en => Some(-1),
                _ => None,
            }
        });
        let Some(by) = side else { return placed };
        let moved = match cal {
            Cal::Shift {
                unit,
                by: 0,
                base: Base::Published,
            } if by > 0 || *unit > Unit::Week => match self.shift(*unit, by, Base::Published, q) {
                Placed::At(s, _) => Some(s),
                _ => None,
            },
            Cal::Month {
                year: None,
                dir: Dir::Open,
                ..
            }
            | Cal::Period {
                year: None,
                dir: Dir::Open,
                ..
            } if by > 0 => next_year(&s),
            _ => None,
        };
        match moved {
            Some(s) => {
                q.note(|| format!("{by:+} since this one lies on the other side"));
                Placed::At(s, Some(Anchor::Published))
            }
            None => placed,
        }
    }
}

/// The stretch of the same name a year later.
fn next_year(s: &Stretch) -> Option<Stretch> {
    Some(match *s {
        Stretch::Month(y, m) => Stretch::Month(y.checked_add(1)?, m),
        Stretch::Quarter(y, q) => Stretch::Quarter(y.checked_add(1)?, q),
        Stretch::Half(y, h) => Stretch::Half(y.checked_add(1)?, h),
        Stretch::Season(y, n) => Stretch::Season(y.checked_add(1)?, n),
        _ => return None,
    })
}
