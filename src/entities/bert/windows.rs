//! Cutting the pieces of an article into windows that the network can take.
//!
//! Windows hold whole sentences, as many as fit: sentences are what published
//! checkpoints are trained on. Only a sentence that is longer than a window is
//! cut, into windows that overlap; each piece in an overlap belongs to the
//! window in which it has more context. Every piece belongs to exactly one
//! window, so that nothing is lost and nothing is found twice.

use std::ops::Range;

/// One window; ranges are numbers of pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// What the network reads.
    pub pieces: Range<usize>,
    /// The part whose labels are kept.
    pub owned: Range<usize>,
}

/// Cuts pieces into windows of at most `limit` pieces.
///
/// `ends` has the end (in bytes) of each piece, in order; `starts` where each
/// sentence begins. `overlap` is how many pieces two windows of the same long
/// sentence share; it is brought below `limit / 2`.
pub fn cut(ends: &[u32], starts: &[u32], limit: usize, overlap: usize) -> Vec<Window> {
    let limit = limit.max(2);
    let overlap = overlap.min((limit - 1) / 2);
    let mut windows = Vec::new();
    let mut open = 0..0;
    for sentence in sentences(ends, starts) {
        if sentence.len() > limit {
            close(&mut windows, &open);
            cut_long(&mut windows, &sentence, limit, overlap);
            open = sentence.end..sentence.end;
        } else if open.len() + sentence.len() > limit {
            close(&mut windows, &open);
            open = sentence;
        } else {
            open.end = sentence.end;
        }
    }
    close(&mut windows, &open);
    windows
}

/// Numbers of the pieces of each sentence: a sentence begins with the first
/// piece that reaches past its first byte. White space may be a piece of its
/// own; it stays with the sentence before it.
fn sentences(ends: &[u32], starts: &[u32]) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    (0..starts.len().max(1))
        .map(move |i| {
            let to = match starts.get(i + 1) {
                Some(&next) => from + ends[from..].partition_point(|&end| end <= next),
                None => ends.len(),
            };
            let sentence = from..to;
            from = to;
            sentence
        })
        .filter(|sentence| !sentence.is_empty())
}

fn close(windows: &mut Vec<Window>, open: &Range<usize>) {
    if !open.is_empty() {
        windows.push(Window {
            pieces: open.clone(),
            owned: open.clone(),
        });
    }
}

fn cut_long(windows: &mut Vec<Window>, sentence: &Range<usize>, limit: usize, overlap: usize) {
    let mut start = sentence.start;
    let mut owned_from = sentence.start;
    loop {
        let end = sentence.end.min(start + limit);
        let owned_to = if end == sentence.end {
            end
        } else {
            end - overlap / 2
        };
        windows.push(Window {
            pieces: start..end,
            owned: owned_from..owned_to,
        });
        if end == sentence.end {
            return;
        }
        start = end - overlap;
        owned_from = owned_to;
    }
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
    fn whole_sentences_fill_a_window() {
        let windows = cut(&ends(30), &[0, 10, 18, 25], 20, 4);
        let ranges: Vec<_> = windows.iter().map(|w| w.pieces.clone()).collect();
        assert_eq!(ranges, [0..18, 18..30]);
        assert!(windows.iter().all(|w| w.owned == w.pieces));
    }

    #[test]
    fn a_long_sentence_is_cut_with_overlap() {
        let windows = cut(&ends(30), &[0, 3, 28], 10, 4);
        let pieces: Vec<_> = windows.iter().map(|w| w.pieces.clone()).collect();
        assert_eq!(pieces, [0..3, 3..13, 9..19, 15..25, 21..28, 28..30]);
        let owned: Vec<_> = windows.iter().map(|w| w.owned.clone()).collect();
        assert_eq!(owned, [0..3, 3..11, 11..17, 17..23, 23..28, 28..30]);
    }

    #[test]
    fn no_pieces_no_windows() {
        assert!(cut(&[], &[0], 10, 2).is_empty());
        assert!(cut(&[], &[], 10, 2).is_empty());
        assert_eq!(cut(&[4], &[], 10, 2).len(), 1);
    }

    proptest! {
        /// Whatever the offsets: each piece is owned once, in order, by a
        /// window that holds it, and no window is too long.
        #[test]
        fn every_piece_is_owned_once(
            mut ends in prop::collection::vec(0u32..500, 0..300),
            mut starts in prop::collection::vec(0u32..500, 0..30),
            limit in 2usize..60,
            overlap in 0usize..60,
        ) {
            ends.sort_unstable();
            starts.sort_unstable();
            let windows = cut(&ends, &starts, limit, overlap);
            let mut next = 0;
            for w in &windows {
                prop_assert!(w.pieces.len() <= limit);
                prop_assert!(w.pieces.start <= w.owned.start && w.owned.end <= w.pieces.end);
                prop_assert_eq!(w.owned.start, next);
                prop_assert!(!w.owned.is_empty());
                next = w.owned.end;
            }
            prop_assert_eq!(next, ends.len());
        }
    }
}
