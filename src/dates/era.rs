//! Before and after Christ: « av. J.-C. », « avant notre ère », « apr. J.-C. ».

use super::{lexicon::Word, line::Line};
use crate::french::sets::dates::era as sets;

/// Past « av. J.-C. », « avant notre ère », « AC » at `i`, or `i`.
pub(super) fn before_christ(line: &Line, i: usize) -> usize {
    if line.str(i) == "AC" {
        return i + 1;
    }
    if line.is(i, Word::Av) || line.is(i, Word::Avant) {
        christ(line, i)
    } else {
        i
    }
}

/// Past « apr. J.-C. », « de notre ère », « p. Chr. n. » at `i`, or `i`.
pub(super) fn after_christ(line: &Line, i: usize) -> usize {
    if line.is(i, Word::De)
        && let Some(end) = line.phrase(i + 1, &sets::OUR_ERA)
    {
        return end;
    }
    let dot = |j: usize| j + usize::from(line.punct(j, '.'));
    if line.among(i, &sets::POST) && line.among(dot(i + 1), &sets::CHRISTUM) {
        let n = dot(dot(i + 1) + 1);
        let end = if line.among(n, &sets::NATUM) {
            dot(n + 1)
        } else {
            n
        };
        return end;
    }
    if line.is(i, Word::Apres) || line.among(i, &sets::AFTER) {
        christ(line, i)
    } else {
        i
    }
}

/// Past « [av]. J.-C. », « [avant] Jésus-Christ », « [avant] notre ère ».
fn christ(line: &Line, i: usize) -> usize {
    let mut j = i + 1;
    if line.punct(j, '.') {
        j += 1;
    }
    if let Some(end) = line.phrase(j, &sets::OUR_ERA) {
        return end;
    }
    if line.is(j, Word::Jesus) {
        return if line.hyphen(j + 1) { j + 3 } else { j + 2 };
    }
    let start = j;
    while j < start + 5 && (line.among(j, &sets::INITIALS) || line.punct(j, '.') || line.hyphen(j))
    {
        j += 1;
    }
    if j > start + 1 && (line.among(j - 1, &sets::CHRIST) || line.among(j - 2, &sets::CHRIST)) {
        j
    } else {
        i
    }
}
