//! Names learnt from raw text: a tagger reads a dump, and what it called a
//! name again and again, with one label, becomes a list of the lexicon. A name
//! that is hard to label in one article is easy in another.

use super::{data::DataError, raw};
use crate::{entities::compact::Compact, text::analyse};
use rayon::prelude::*;
use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

/// What is asked of a name.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Articles that it was found in, at least.
    pub articles: u32,
    /// Share of its most frequent label, at least.
    pub share: f64,
}

/// Articles tagged at a time.
const BATCH: usize = 512;

/// Names of the lists, in the order of the labels.
const LISTS: [&str; 4] = [
    "seen_per.txt",
    "seen_loc.txt",
    "seen_org.txt",
    "seen_misc.txt",
];

/// Tags `inputs` and writes one list per label into `folder`; gives how many
/// names each holds.
///
/// # Errors
/// When an input cannot be read or a list cannot be written.
pub fn run(
    inputs: &[PathBuf],
    folder: &Path,
    tagger: &Compact,
    settings: &Settings,
) -> Result<[usize; 4], DataError> {
    let mut counts: HashMap<String, [u32; 4]> = HashMap::new();
    let mut batch: Vec<String> = Vec::new();
    for path in inputs {
        raw::read(path, &mut |article| {
            batch.push(article.to_owned());
            if batch.len() == BATCH {
                count(&batch, tagger, &mut counts);
                batch.clear();
            }
        })?;
    }
    count(&batch, tagger, &mut counts);
    let mut lists: [Vec<&str>; 4] = Default::default();
    for (name, n) in &counts {
        let all: u32 = n.iter().sum();
        for (list, k) in lists.iter_mut().zip(n) {
            if *k >= settings.articles && f64::from(*k) >= settings.share * f64::from(all) {
                list.push(name);
            }
        }
    }
    write(&mut lists, folder).map_err(|e| DataError::new(folder, e))?;
    Ok(lists.map(|l| l.len()))
}

fn write(lists: &mut [Vec<&str>; 4], folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (list, file) in lists.iter_mut().zip(LISTS) {
        list.sort_unstable();
        fs::write(folder.join(file), list.join("\n") + "\n")?;
    }
    Ok(())
}

/// Adds the names of some articles, each at most once per article and label.
fn count(batch: &[String], tagger: &Compact, counts: &mut HashMap<String, [u32; 4]>) {
    let found: Vec<Vec<(String, usize)>> = batch
        .par_iter()
        .map(|text| {
            let mut names: Vec<_> = tagger
                .tag(text, &analyse(text))
                .into_iter()
                .filter(|m| m.score > 0.5)
                .map(|m| (text[m.start..m.end].replace('’', "'"), m.label as usize))
                .collect();
            names.sort_unstable();
            names.dedup();
            names
        })
        .collect();
    for (name, label) in found.into_iter().flatten() {
        counts.entry(name).or_default()[label] += 1;
    }
}
