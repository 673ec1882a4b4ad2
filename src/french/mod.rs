//! The words of French that rules ask for, made from the tables of `tables/`.
//!
//! A row is a word, its last column says why it is there. `tables/sets` has the
//! sets of words that guards ask for ([`sets`]), `tables/types` the closed lists
//! of meanings ([`types`]), `tables/lexicon` words with typed meanings
//! ([`lexicon`]), `tables/relations` what belongs together ([`relations`]). The build script checks every row (`generate/`); how to add
//! one is in `CONTRIBUTING.md`.

pub mod agreement;
#[cfg(test)]
mod generate;
mod word_set;

#[cfg(test)]
use crate::fold;
pub use word_set::WordSet;

include!(concat!(env!("OUT_DIR"), "/french.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    /// The generator has checked that the example holds the word; the set must
    /// also find it there.
    #[test]
    fn every_row_is_reached_from_its_example() {
        for (set, word, example) in EXAMPLES {
            let mut words = example.split(|c: char| !c.is_alphabetic());
            let affix = word.trim_matches('-');
            if word.starts_with('-') {
                assert!(words.any(|w| w.ends_with(affix) && set.ends(w)), "{word}");
                continue;
            }
            if word.ends_with('-') {
                assert!(
                    words.any(|w| w.starts_with(affix) && set.starts(w)),
                    "{word}"
                );
                continue;
            }
            assert!(set.contains(word) && set.contains_folded(word), "{word}");
            let found = example.char_indices().any(|(at, _)| {
                set.begins(&example[at..])
                    .is_some_and(|end| fold::fold(&example[at..at + end]) == fold::fold(word))
            });
            assert!(found, "« {word} » in « {example} »");
        }
    }
}
