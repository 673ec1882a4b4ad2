//! Word clusters: words that keep the same company share a number.
//!
//! Vectors are learnt by skip-gram with negative sampling (Mikolov et al.,
//! 2013) and grouped by spherical k-means at several widths. A tagger that has
//! seen one name of a cluster in its training text knows something of all.

mod kmeans;
mod skipgram;
mod vocabulary;

pub use kmeans::kmeans;
pub use skipgram::{Settings, skipgram};
pub use vocabulary::{Vocabulary, normal};

use crate::train::data::DataError;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Numbers of clusters, from coarse to fine. The last must fit 16 bits.
pub const WIDTHS: [usize; 4] = [64, 256, 1024, 4096];

/// Learns clusters from `inputs` and writes one line per word to `out`: the word
/// and its cluster at each of [`WIDTHS`], separated by tabs, most frequent
/// word first. The same inputs and settings give the same bytes.
///
/// # Errors
/// When an input cannot be read, `out` cannot be written, or no word is as
/// frequent as [`Settings::min_count`] asks.
pub fn run(inputs: &[PathBuf], out: &Path, settings: &Settings) -> Result<(), DataError> {
    let vocabulary = Vocabulary::count(inputs, settings.min_count)?;
    if vocabulary.is_empty() {
        return Err(DataError {
            at: "clusters".to_owned(),
            problem: format!(
                "no word comes {} times: give more text, or a smaller --min-count",
                settings.min_count
            ),
        });
    }
    eprintln!("{} words kept", vocabulary.len());
    let text = vocabulary.encode(inputs)?;
    eprintln!("{} words of text", text.len());
    let mut vectors = skipgram(&vocabulary, &text, settings);
    drop(text);
    kmeans::normalise(&mut vectors, settings.dim);
    let columns: Vec<Vec<u16>> = WIDTHS
        .iter()
        .map(|k| {
            eprintln!("k-means {k}");
            kmeans(&vectors, settings.dim, *k, 15, settings.seed)
        })
        .collect();
    write(&vocabulary, &columns, out).map_err(|e| DataError::new(out, e))
}

fn write(vocabulary: &Vocabulary, columns: &[Vec<u16>], out: &Path) -> io::Result<()> {
    let mut file = io::BufWriter::new(std::fs::File::create(out)?);
    for (i, word) in vocabulary.words().enumerate() {
        write!(file, "{word}")?;
        for column in columns {
            write!(file, "\t{}", column[i])?;
        }
        writeln!(file)?;
    }
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(text: &str, min_count: u64) -> Result<String, DataError> {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::write(at("raw.txt"), text).unwrap();
        let settings = Settings {
            min_count,
            epochs: 1,
            ..Settings::default()
        };
        run(&[at("raw.txt")], &at("out.tsv"), &settings)?;
        Ok(std::fs::read_to_string(at("out.tsv")).unwrap())
    }

    #[test]
    fn little_text_gives_few_words_or_an_error() {
        let out = learn("La gare de Nîmes ferme. La gare ouvre.\n", 2).unwrap();
        let words: Vec<_> = out.lines().filter_map(|l| l.split('\t').next()).collect();
        // Twice each; « . » comes first in the order of equals.
        assert_eq!(words, [".", "La", "gare"]);
        assert!(
            out.lines()
                .all(|l| l.split('\t').count() == 1 + WIDTHS.len())
        );
        for text in ["", "\n", "La gare de Nîmes ferme.\n"] {
            let e = learn(text, 2).unwrap_err();
            assert!(e.to_string().contains("--min-count"), "{e}");
        }
    }
}
