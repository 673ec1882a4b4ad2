//! Cutting a text into the pieces of the checkpoint's vocabulary: the most
//! probable cut of each word under a unigram model (Kudo, 2018), with the bytes
//! of each piece. The pieces and bytes are those of the crate `tokenizers`,
//! but for marks such as `<s>`: in an article they are text.

use super::normal::{self, Char, SPACE};

/// What a character costs that no piece holds, below the least probable piece.
const UNKNOWN_PENALTY: f64 = 10.0;

/// A vocabulary, read where it lies in the weight file.
#[derive(Debug, Clone)]
pub struct Vocabulary<'m> {
    /// Where each piece ends in `text`; they are sorted by their bytes.
    ends: Vec<u32>,
    text: &'m [u8],
    /// Number in the network's table of each piece.
    ids: Vec<u32>,
    /// Logarithm of the probability of each piece.
    scores: Vec<f32>,
    unknown: u32,
    /// Score of an unknown character.
    unknown_score: f64,
}

/// A piece: `start..end` are bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Number in the vocabulary.
    pub id: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Best way to a place in a word: score, where its last piece begins, which.
#[derive(Debug, Clone, Copy)]
struct Step {
    score: f64,
    from: usize,
    id: u32,
}

impl<'m> Vocabulary<'m> {
    /// A vocabulary of pieces sorted by their bytes; `None` when they are not,
    /// or the parts do not fit together. `least` is the least score of all,
    /// also of those that are no text.
    pub fn new(
        ends: Vec<u32>,
        text: &'m [u8],
        ids: Vec<u32>,
        scores: Vec<f32>,
        unknown: u32,
        least: f32,
    ) -> Option<Self> {
        let out = Self {
            unknown_score: f64::from(least) - UNKNOWN_PENALTY,
            ends,
            text,
            ids,
            scores,
            unknown,
        };
        let n = out.ends.len();
        let fits = out.ids.len() == n
            && out.scores.len() == n
            && out.ends.is_sorted()
            && out.ends.last().copied().unwrap_or(0) as usize == text.len()
            && (1..n).all(|i| out.piece(i - 1) < out.piece(i));
        fits.then_some(out)
    }

    fn piece(&self, i: usize) -> &'m [u8] {
        let start = i.checked_sub(1).map_or(0, |p| self.ends[p] as usize);
        &self.text[start..self.ends[i] as usize]
    }

    /// Calls `each(length, number, score)` for the pieces that `word` starts with.
    fn prefixes(&self, word: &[u8], mut each: impl FnMut(usize, u32, f64)) {
        // Pieces low..high start with the first `n` bytes.
        let (mut low, mut high) = (0, self.ends.len());
        for (n, byte) in word.iter().enumerate() {
            let first = |wanted: u16, low: usize, high: usize| {
                let (mut low, mut high) = (low, high);
                while low < high {
                    let middle = low.midpoint(high);
                    let here = self.piece(middle).get(n).map_or(0, |b| u16::from(*b) + 1);
                    if here < wanted {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                low
            };
            low = first(u16::from(*byte) + 1, low, high);
            high = first(u16::from(*byte) + 2, low, high);
            if low == high {
                return;
            }
            if self.piece(low).len() == n + 1 {
                each(n + 1, self.ids[low], f64::from(self.scores[low]));
            }
        }
    }

    /// Cuts `text`.
    pub fn cut(&self, text: &str) -> Vec<Piece> {
        let mut out = Vec::new();
        let chars = normal::characters(text);
        let (mut word, mut steps) = (String::new(), Vec::new());
        let mut from = 0;
        for to in 1..=chars.len() {
            if to == chars.len() || chars[to].c == SPACE {
                self.word(&chars[from..to], &mut word, &mut steps, &mut out);
                from = to;
            }
        }
        out
    }

    fn word(
        &self,
        chars: &[Char],
        word: &mut String,
        steps: &mut Vec<Option<Step>>,
        out: &mut Vec<Piece>,
    ) {
        word.clear();
        word.extend(chars.iter().map(|c| c.c));
        steps.clear();
        steps.resize(word.len() + 1, None);
        let mut at = 0;
        for c in chars {
            let so_far = steps[at].map_or(0.0, |s| s.score);
            let width = c.c.len_utf8();
            let mut better = |length: usize, id: u32, score: f64| {
                let to = &mut steps[at + length];
                let score = score + so_far;
                if to.is_none_or(|s| score > s.score) {
                    *to = Some(Step {
                        score,
                        from: at,
                        id,
                    });
                }
            };
            let mut single = false;
            self.prefixes(&word.as_bytes()[at..], |length, id, score| {
                single |= length == width;
                better(length, id, score);
            });
            if !single {
                better(width, self.unknown, self.unknown_score);
            }
            at += width;
        }
        // Back along the best way, unknown characters in a row as one piece.
        let first = out.len();
        let mut end = word.len();
        let mut last = chars.len();
        while end > 0 {
            let Some(step) = steps[end] else { break };
            let count = word[step.from..end].chars().count();
            let (start, stop) = (chars[last - count].start, chars[last - 1].end);
            match out[first..].last_mut() {
                Some(piece) if step.id == self.unknown && piece.id == self.unknown => {
                    piece.start = start;
                }
                _ => out.push(Piece {
                    id: step.id,
                    start,
                    end: stop,
                }),
            }
            last -= count;
            end = step.from;
        }
        out[first..].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: &[(&str, f32)] = &[
        ("a", -4.0),
        ("ab", -5.0),
        ("b", -4.0),
        ("▁", -3.0),
        ("▁a", -4.5),
        ("▁é", -4.0),
    ];

    fn cut(text: &str) -> Vec<(u32, u32, u32)> {
        let mut blob = Vec::new();
        let mut ends = Vec::new();
        for (piece, _) in PIECES {
            blob.extend(piece.as_bytes());
            ends.push(blob.len() as u32);
        }
        let ids = (10..10 + PIECES.len() as u32).collect();
        let scores = PIECES.iter().map(|p| p.1).collect();
        Vocabulary::new(ends, &blob, ids, scores, 3, -5.0)
            .unwrap()
            .cut(text)
            .iter()
            .map(|p| (p.id, p.start, p.end))
            .collect()
    }

    #[test]
    fn the_most_probable_cut() {
        // ▁ + ab costs 8, ▁a + b 8.5.
        assert_eq!(cut("ab"), [(13, 0, 1), (11, 0, 2)]);
        assert_eq!(cut("a b"), [(14, 0, 1), (13, 1, 2), (12, 2, 3)]);
        // The composed letter has the bytes of its base.
        assert_eq!(cut("e\u{301}b"), [(15, 0, 1), (12, 3, 4)]);
        assert!(cut("").is_empty());
        assert_eq!(cut(" "), [(13, 0, 1)]);
    }

    #[test]
    fn unknown_characters_in_a_row_are_one_piece() {
        assert_eq!(cut("a🦀🦀b"), [(14, 0, 1), (3, 1, 9), (12, 9, 10)]);
        assert_eq!(cut("<s>"), [(13, 0, 1), (3, 0, 3)]);
    }

    #[test]
    fn refuses_a_vocabulary_out_of_order() {
        let new = |ends: &[u32], text: &[u8]| {
            let n = ends.len();
            let (ids, scores) = (vec![0; n], vec![0.0; n]);
            Vocabulary::new(ends.to_vec(), text, ids, scores, 3, 0.0).is_some()
        };
        assert!(new(&[1, 2], b"ab"));
        assert!(!new(&[1, 2], b"ba"));
        assert!(!new(&[1, 2], b"aa"));
        assert!(!new(&[2, 1], b"ab"));
        assert!(!new(&[1, 3], b"ab"));
    }
}
