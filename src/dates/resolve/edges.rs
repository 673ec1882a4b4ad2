//! The beginning or the end of a stretch that the text does not fix: seen from
//! inside it, or from just beside it, the tense says which one is meant.
//!
//! On the 13th of March « début mars » yet to come is of next year, and « fin
//! mars » told is of the last.

use super::{Placed, Query, State};
use crate::{
    dates::{
        civil::Stretch,
        expr::{Base, Cal, Dir},
        tense::Tense,
    },
    record::{Anchor, Modifier},
};

impl State {
    /// `placed`, or the same stretch a turn later or earlier when the part of
    /// it that `modifier` leaves lies on the wrong side of the reference.
    pub(in crate::dates) fn edge(
        &self,
        cal: &Cal,
        modifier: Option<Modifier>,
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
                Tense::Past if from > today => Some(-1),
                _ => None,
            }
        });
        let Some(by) = side else { return placed };
        let moved = match cal {
            Cal::Shift {
                unit,
                by: 0,
                base: Base::Published,
            } => match self.shift(*unit, by, Base::Published, q) {
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
            } => next_year(&s, by as i16),
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

/// The stretch of the same name `by` years away.
fn next_year(s: &Stretch, by: i16) -> Option<Stretch> {
    Some(match *s {
        Stretch::Month(y, m) => Stretch::Month(y.checked_add(by)?, m),
        Stretch::Quarter(y, q) => Stretch::Quarter(y.checked_add(by)?, q),
        Stretch::Half(y, h) => Stretch::Half(y.checked_add(by)?, h),
        Stretch::Season(y, n) => Stretch::Season(y.checked_add(by)?, n),
        _ => return None,
    })
}
