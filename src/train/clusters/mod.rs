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

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Numbers of clusters, from coarse to fine. The last must fit 16 bits.
pub const WIDTHS: [usize; 4] = [64, 256, 1024, 4096];

/// Learns clusters from `inputs` and writes one line a word to `out`: the word
/// and its cluster at each of [`WIDTHS`], separated by tabs, most frequent
/// word first. The same inputs and settings give the same bytes.
pub fn run(inputs: &[PathBuf], out: &Path, settings: &Settings) -> io::Result<()> {
    let vocabulary = Vocabulary::count(inputs, settings.min_count)?;
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
    let mut file = io::BufWriter::new(std::fs::File::create(out)?);
    for (i, word) in vocabulary.words().enumerate() {
        write!(file, "{word}")?;
        for column in &columns {
            write!(file, "\t{}", column[i])?;
        }
        writeln!(file)?;
    }
    file.flush()
}
