//! Ordinals: « 21e », « 1re », « vingt et unième », « premier ».

use super::chars::{dash_before, skip_spaces_back, word_end, word_start};
use super::{grammar, words::Spelled};
use crate::french::sets::numbers as sets;
use rust_decimal::Decimal;

/// Reads the ordinal that starts at byte `at`: its end and its rank.
///
/// ```
/// use glane::numbers::ordinal::parse_at;
/// assert_eq!(parse_at("vingt-cinquième étage", 0).unwrap().0, 16);
/// ```
pub fn parse_at(text: &str, at: usize) -> Option<(usize, Decimal)> {
    if text.as_bytes().get(at)?.is_ascii_digit() {
        return figures_at(text, at);
    }
    let (rank, end) = grammar::ordinal(&Spelled(text), at)?;
    Some((end, Decimal::try_from_i128_with_scale(rank, 0).ok()?))
}

/// The ordinal in words that ends at byte `end`: where it starts, and its
/// rank. For readers who come from the right.
pub fn parse_before(text: &str, end: usize) -> Option<(usize, Decimal)> {
    let b = text.as_bytes();
    let mut best = None;
    let mut start = end;
    for _ in 0..8 {
        let word = word_start(text, start);
        if word == start {
            break;
        }
        if let Some((stop, rank)) = parse_at(text, word)
            && stop == end
        {
            best = Some((word, rank));
        }
        start = match dash_before(b, word) {
            0 => skip_spaces_back(b, word),
            n => word - n,
        };
    }
    best
}

fn figures_at(text: &str, at: usize) -> Option<(usize, Decimal)> {
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let value: Decimal = text.get(at..at + digits)?.parse().ok()?;
    let end = word_end(text, at + digits);
    sets::ORDINAL_SUFFIXES
        .contains_folded(&text[at + digits..end])
        .then_some((end, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals() {
        for (text, rank) in [
            ("1er", 1),
            ("2e", 2),
            ("3ème", 3),
            ("21es", 21),
            ("première", 1),
            ("second", 2),
            ("troisièmes", 3),
            ("vingt et unième", 21),
            ("quatre-vingt-dix-septième", 97),
            ("deux cent trentième", 230),
            ("centième", 100),
            ("un millionième", 1_000_000),
            ("millionièmes", 1_000_000),
            ("soixante et onzième", 71),
        ] {
            assert_eq!(parse_at(text, 0), Some((text.len(), rank.into())), "{text}");
        }
        for text in ["vingt", "3 e", "unanime", "dix premiers", ""] {
            assert_eq!(parse_at(text, 0), None, "{text}");
        }
        assert_eq!(
            parse_before("au XIXe, le vingt et unième", 28),
            Some((12, 21.into()))
        );
    }
}
