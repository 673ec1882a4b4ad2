//! Counting words, and writing text as numbers.

use crate::{
    text::{Analysis, TokenKind, analyse_into},
    train::{data::DataError, raw},
};
use std::{borrow::Cow, collections::HashMap, path::PathBuf};

/// Ends a sentence in encoded text.
pub const BREAK: u32 = u32::MAX;

/// The form that a word is counted under: curly apostrophes straightened,
/// figures as `0`.
pub fn normal(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|b| b.is_ascii_digit()) || word.contains('’') {
        Cow::Owned(
            word.chars()
                .map(|c| match c {
                    '0'..='9' => '0',
                    '’' => '\'',
                    c => c,
                })
                .collect(),
        )
    } else {
        Cow::Borrowed(word)
    }
}

/// Words by falling frequency.
pub struct Vocabulary {
    words: Vec<(String, u64)>,
    index: HashMap<String, u32>,
}

impl Vocabulary {
    /// Counts the words of all inputs, case kept.
    ///
    /// # Errors
    /// When an input cannot be read.
    pub fn count(inputs: &[PathBuf], min_count: u64) -> Result<Self, DataError> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        each_word(inputs, &mut |word| {
            if let Some(w) = word {
                match counts.get_mut(w) {
                    Some(n) => *n += 1,
                    None => {
                        counts.insert(w.to_owned(), 1);
                    }
                }
            }
        })?;
        let mut words: Vec<(String, u64)> = counts
            .into_iter()
            .filter(|(_, n)| *n >= min_count)
            .collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let index = words
            .iter()
            .enumerate()
            .map(|(i, (w, _))| (w.clone(), i as u32))
            .collect();
        Ok(Self { words, index })
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Words, most frequent first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(w, _)| w.as_str())
    }

    /// How often each word was seen, in the order of [`Vocabulary::words`].
    pub fn counts(&self) -> impl Iterator<Item = u64> {
        self.words.iter().map(|(_, n)| *n)
    }

    /// All inputs as indices of words, rare words left out, `BREAK` between
    /// sentences.
    ///
    /// # Errors
    /// When an input cannot be read.
    pub fn encode(&self, inputs: &[PathBuf]) -> Result<Vec<u32>, DataError> {
        let mut out = Vec::new();
        each_word(inputs, &mut |word| match word {
            None => out.push(BREAK),
            Some(w) => out.extend(self.index.get(w).copied()),
        })?;
        Ok(out)
    }
}

/// Calls `each` with every word in normal form, and with `None` after each
/// sentence.
fn each_word(inputs: &[PathBuf], each: &mut dyn FnMut(Option<&str>)) -> Result<(), DataError> {
    let mut analysis = Analysis::default();
    for path in inputs {
        raw::read(path, &mut |article| {
            analyse_into(article, &mut analysis);
            for sentence in &analysis.sentences {
                for token in &analysis.tokens[sentence.start as usize..sentence.end as usize] {
                    if token.kind != TokenKind::Link {
                        each(Some(&normal(token.of(article))));
                    }
                }
                each(None);
            }
        })?;
    }
    Ok(())
}
