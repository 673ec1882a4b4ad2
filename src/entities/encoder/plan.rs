//! Which windows the network reads: whole sentences that are wanted, as many as
//! fit, with some pieces of what stands around them.

use crate::entities::bert::windows::{self, Window};
use std::ops::Range;

/// Pieces that two windows of the same long sentence share.
const OVERLAP: usize = 60;

/// Pieces read on either side of sentences of which the neighbours are not
/// wanted. Measured on the dev sets, see docs/ENTITIES.md.
const CONTEXT: usize = 8;

/// Windows of at most `limit` pieces. `ends` has the end in bytes of each piece,
/// `starts` where each sentence begins. Where all sentences are wanted, every
/// piece is owned once; else at least those of the wanted ones.
pub fn windows(
    ends: &[u32],
    starts: &[u32],
    wanted: impl Fn(usize) -> bool,
    limit: usize,
) -> Vec<Window> {
    if (0..starts.len()).all(&wanted) {
        return windows::cut(ends, starts, limit, OVERLAP);
    }
    let room = limit.saturating_sub(2 * CONTEXT).max(limit / 2);
    let mut out = Vec::new();
    let mut open: Range<usize> = 0..0;
    let mut from = 0;
    for i in 0..starts.len() {
        let to = match starts.get(i + 1) {
            Some(&next) => from + ends[from..].partition_point(|&end| end <= next),
            None => ends.len(),
        };
        let sentence = from..to;
        from = to;
        if !wanted(i) || sentence.is_empty() {
            continue;
        }
        // What lies between is read anyway, as context of both.
        let near = sentence.start - open.end <= 2 * CONTEXT;
        if !open.is_empty() && near && sentence.end - open.start <= room {
            open.end = sentence.end;
        } else {
            close(&mut out, &open, ends, limit);
            open = sentence;
        }
    }
    close(&mut out, &open, ends, limit);
    out
}

fn close(out: &mut Vec<Window>, owned: &Range<usize>, ends: &[u32], limit: usize) {
    if owned.is_empty() {
        return;
    }
    if owned.len() > limit {
        let parts = windows::cut(&ends[owned.clone()], &[], limit, OVERLAP);
        let moved = |r: Range<usize>| r.start + owned.start..r.end + owned.start;
        out.extend(parts.into_iter().map(|w| Window {
            pieces: moved(w.pieces),
            owned: moved(w.owned),
        }));
        return;
    }
    let context = CONTEXT.min((limit - owned.len()) / 2);
    out.push(Window {
        pieces: owned.start.saturating_sub(context)..(owned.end + context).min(ends.len()),
        owned: owned.clone(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of one byte each.
    fn ends(n: u32) -> Vec<u32> {
        (1..=n).collect()
    }

    #[test]
    fn wanted_sentences_with_their_context() {
        let starts = [0, 50, 100, 150, 160, 300];
        let at = |wanted: &[usize]| -> Vec<(Range<usize>, Range<usize>)> {
            windows(&ends(400), &starts, |i| wanted.contains(&i), 190)
                .into_iter()
                .map(|w| (w.pieces, w.owned))
                .collect()
        };
        assert_eq!(at(&[1]), [(42..108, 50..100)]);
        // Neighbours, or nearly, share a window; what is far does not.
        assert_eq!(at(&[1, 2]), [(42..158, 50..150)]);
        assert_eq!(at(&[2, 4]), [(92..158, 100..150), (152..308, 160..300)]);
        assert_eq!(at(&[0, 5]), [(0..58, 0..50), (292..400, 300..400)]);
        assert!(at(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn wanted_pieces_are_owned_once(
            mut starts in prop::collection::vec(0u32..900, 1..30),
            flags in prop::collection::vec(any::<bool>(), 30),
            limit in 70usize..200,
        ) {
            starts.sort_unstable();
            starts.dedup();
            starts[0] = 0;
            let ends = ends(900);
            let windows = windows(&ends, &starts, |i| flags[i], limit);
            let mut owners = vec![0; 900];
            for w in &windows {
                prop_assert!(w.pieces.len() <= limit);
                prop_assert!(w.pieces.start <= w.owned.start && w.owned.end <= w.pieces.end);
                owners[w.owned.clone()].iter_mut().for_each(|n| *n += 1);
            }
            for (i, start) in starts.iter().enumerate() {
                let end = starts.get(i + 1).map_or(900, |e| *e as usize);
                for n in &owners[*start as usize..end] {
                    prop_assert!(*n <= 1 && (*n == 1 || !flags[i]));
                }
            }
        }
    }
}
