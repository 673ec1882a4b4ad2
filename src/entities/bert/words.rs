//! From labels of pieces to labels of words.
//!
//! A word takes the label of the first piece that shares a byte with it, the
//! convention by which token classifiers are trained. Words are our own
//! tokens, so that « d'Emmanuel » is two words and « Saint-Étienne » one,
//! whatever the tokenizer of the checkpoint makes of them.

use crate::text::Token;

/// What the network said of one piece or word: the number of its best label
/// and the natural logarithm of that label's probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// Number of the label in `config.json`.
    pub label: u16,
    /// Logarithm of its probability.
    pub log_probability: f32,
}

/// For each token, the number of the first piece that overlaps it; `None`
/// for a token that the tokenizer passes over (a soft hyphen, say).
///
/// `pieces` are byte spans ordered by start.
pub fn first_pieces(pieces: &[(u32, u32)], tokens: &[Token]) -> Vec<Option<usize>> {
    let mut from = 0;
    tokens
        .iter()
        .map(|token| {
            // A piece that ends before this token can serve no later one.
            while from < pieces.len() && pieces[from].1 <= token.start {
                from += 1;
            }
            pieces[from..]
                .iter()
                .take_while(|piece| piece.0 < token.end)
                .position(|piece| piece.1 > token.start && piece.1 > piece.0)
                .map(|i| from + i)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TokenKind;

    fn tokens(spans: &[(u32, u32)]) -> Vec<Token> {
        spans
            .iter()
            .map(|&(start, end)| Token {
                start,
                end,
                kind: TokenKind::Word,
            })
            .collect()
    }

    #[test]
    fn the_first_overlapping_piece() {
        // « d'Em|manuel »: the apostrophe is a piece of its own, one token.
        let pieces = [(0, 1), (1, 2), (2, 4), (4, 10)];
        assert_eq!(
            first_pieces(&pieces, &tokens(&[(0, 2), (2, 10)])),
            [Some(0), Some(2)]
        );
    }

    #[test]
    fn a_piece_over_two_words_serves_both() {
        let pieces = [(0, 3), (3, 5)];
        assert_eq!(
            first_pieces(&pieces, &tokens(&[(0, 2), (2, 5)])),
            [Some(0), Some(0)]
        );
    }

    #[test]
    fn white_space_and_empty_pieces_serve_nothing() {
        let pieces = [(0, 2), (2, 2), (2, 3), (3, 3), (3, 6)];
        assert_eq!(
            first_pieces(&pieces, &tokens(&[(0, 2), (3, 6), (8, 9)])),
            [Some(0), Some(4), None]
        );
    }

    #[test]
    fn leading_white_space_belongs_to_the_piece() {
        let pieces = [(0, 5), (5, 11)];
        assert_eq!(
            first_pieces(&pieces, &tokens(&[(0, 5), (6, 11)])),
            [Some(0), Some(1)]
        );
    }
}
