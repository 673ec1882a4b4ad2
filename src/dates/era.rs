//! Before and after Christ: « av. J.-C. », « avant notre ère », « apr. J.-C. ».

use super::{lexicon::Word, line::Line};

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
    if line.is(i, Word::De) && line.folded(i + 1, "notre") && line.folded(i + 2, "ere") {
        return i + 3;
    }
    let dot = |j: usize| j + usize::from(line.punct(j, '.'));
    if line.folded(i, "p") && line.folded(dot(i + 1), "chr") {
        let n = dot(dot(i + 1) + 1);
        let end = if line.folded(n, "n") { dot(n + 1) } else { n };
        return end;
    }
    if line.is(i, Word::Apres) || line.folded(i, "apr") || line.folded(i, "ap") {
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
    if line.folded(j, "notre") && line.folded(j + 1, "ere") {
        return j + 2;
    }
    if line.is(j, Word::Jesus) {
        return if line.hyphen(j + 1) { j + 3 } else { j + 2 };
    }
    let start = j;
    while j < start + 5
        && (line.folded(j, "j") || line.folded(j, "c") || line.punct(j, '.') || line.hyphen(j))
    {
        j += 1;
    }
    if j > start + 1 && (line.folded(j - 1, "c") || line.folded(j - 2, "c")) {
        j
    } else {
        i
    }
}
