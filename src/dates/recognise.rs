//! The first phase: from a line to its expressions. It has no state and asks no
//! calendar; the same words give the same expressions wherever they stand.

use super::{grammar, hit::Hit, line::Line};

/// The expressions of a line, from left to right, into `hits`.
pub(super) fn recognise(line: &Line, hits: &mut Vec<Hit>) {
    hits.clear();
    let mut i = 0;
    while i < line.tokens.len() {
        match grammar::mention(&line.ahead(i), i) {
            Some(hit) if hit.end > hit.start => {
                i = hit.end;
                hits.push(hit);
            }
            _ => i += 1,
        }
    }
}
