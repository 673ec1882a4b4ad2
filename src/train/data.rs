//! Annotated articles as numbers: words by index, labels by token.

use crate::{
    entities::compact::{
        crf,
        features::{self, Space},
        lexicon::Lexicon,
        reading::reading,
        word::{Attributes, InOrder, Knowledge, Scratch, WIDTHS, Word},
    },
    eval::{
        entities::label,
        gold::{self, Doc},
    },
    text::{Analysis, Token, analyse},
};
use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

/// What is wrong with a file of training data, and where.
#[derive(Debug, thiserror::Error)]
#[error("{at}: {problem}")]
pub struct DataError {
    /// The file, perhaps with a line.
    pub at: String,
    /// One sentence.
    pub problem: String,
}

impl DataError {
    /// Of `problem` in the file `path`.
    pub fn new(path: &Path, problem: impl ToString) -> Self {
        Self {
            at: path.display().to_string(),
            problem: problem.to_string(),
        }
    }
}

/// Clusters and lists while a model is made.
#[derive(Debug, Default)]
pub struct Sources {
    /// Clusters by word in normal form.
    pub clusters: HashMap<String, [u16; WIDTHS]>,
    /// What the lists know.
    pub lexicon: Lexicon,
}

impl Knowledge for Sources {
    fn clusters(&self, normal: &str) -> Option<[u16; WIDTHS]> {
        self.clusters.get(normal).copied()
    }

    fn kinds(&self, hash: u64) -> Option<u32> {
        self.lexicon.get(hash)
    }
}

/// Reads what `glane clusters` wrote.
pub fn read_clusters(path: &Path) -> io::Result<HashMap<String, [u16; WIDTHS]>> {
    let content = fs::read_to_string(path)?;
    let mut out = HashMap::new();
    for line in content.lines() {
        let mut columns = line.split('\t');
        let word = columns.next().unwrap_or_default();
        let mut ids = [0; WIDTHS];
        for id in &mut ids {
            *id = columns
                .next()
                .and_then(|c| c.parse().ok())
                .ok_or_else(|| io::Error::other(format!("not a line of clusters: `{line}`")))?;
        }
        out.insert(word.to_owned(), ids);
    }
    Ok(out)
}

/// Whether all documents of a file belong together: BIO files, and marked-up ones
/// called `NAME.train.txt` or `NAME.dev.txt`. Of any other marked-up file, the
/// documents whose index leaves 5 when divided by 6 are the dev part.
pub fn is_whole(path: &Path) -> bool {
    let part = path.file_stem().map(Path::new).and_then(Path::extension);
    path.extension().is_some_and(|e| e == "bio") || part.is_some_and(|p| p == "train" || p == "dev")
}

/// Reads annotated files: all of those that are a part as a whole ([`is_whole`]),
/// the dev part of the others or (`false`) the rest.
///
/// # Errors
/// When a file cannot be read, or is not marked up as it should be.
pub fn read_gold(files: &[PathBuf], dev: Option<bool>) -> Result<Vec<Doc>, DataError> {
    let mut out = Vec::new();
    for path in files {
        let docs = gold::read(path).map_err(|e| DataError::new(path, e))?;
        let wanted = dev.filter(|_| !is_whole(path));
        out.extend(
            docs.into_iter()
                .filter(|d| wanted.is_none_or(|dev| (d.index % 6 == 5) == dev)),
        );
    }
    Ok(out)
}

/// Words of all documents, each read once.
#[derive(Default)]
pub struct Words {
    index: HashMap<String, u32>,
    words: Vec<Word>,
    attributes: Vec<Attributes>,
    scratch: Scratch,
}

impl Words {
    /// The index of a token.
    pub fn intern(&mut self, token: &str, knowledge: &impl Knowledge) -> u32 {
        if let Some(i) = self.index.get(token) {
            return *i;
        }
        let i = self.words.len() as u32;
        let mut attributes = Attributes::default();
        let word = Word::read(token, knowledge, &mut self.scratch, &mut attributes);
        self.words.push(word);
        self.attributes.push(attributes);
        self.index.insert(token.to_owned(), i);
        i
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words of indices in a row.
    pub fn in_order<'a>(&'a self, ids: &'a [u32]) -> InOrder<'a> {
        let words = &self.words;
        InOrder { ids, words }
    }

    /// What the word of an index says by itself.
    pub fn attributes(&self, i: u32) -> &Attributes {
        &self.attributes[i as usize]
    }
}

/// A document ready for training.
#[derive(Clone)]
pub struct Article {
    /// Its tokens and sentences.
    pub analysis: Analysis,
    /// Each token as it is read.
    pub readings: Vec<Box<str>>,
    /// Word of each token.
    pub words: Vec<u32>,
    /// Gold label of each token.
    pub labels: Vec<u8>,
    /// What each sentence counts for.
    pub weights: Vec<f32>,
}

/// Cuts a document and puts its annotations on its tokens. A span that begins
/// or ends inside a token takes the whole token.
pub fn article(doc: &Doc, words: &mut Words, knowledge: &impl Knowledge) -> Article {
    let analysis = analyse(&doc.text);
    let readings: Vec<Box<str>> = reading(&doc.text, &analysis, knowledge)
        .iter()
        .map(Box::from)
        .collect();
    let ids = readings
        .iter()
        .map(|t| words.intern(t, knowledge))
        .collect();
    let labels = project(doc, &analysis.tokens);
    Article {
        weights: vec![1.0; analysis.sentences.len()],
        analysis,
        readings,
        words: ids,
        labels,
    }
}

fn project(doc: &Doc, tokens: &[Token]) -> Vec<u8> {
    let mut labels = vec![crf::OUTSIDE; tokens.len()];
    for span in &doc.spans {
        let Some(label) = label(&span.tag) else {
            continue;
        };
        let mut first = true;
        let from = tokens.partition_point(|t| t.end as usize <= span.start);
        for (t, y) in tokens[from..].iter().zip(&mut labels[from..]) {
            if t.start as usize >= span.end {
                break;
            }
            *y = if first {
                crf::begin(label)
            } else {
                crf::inside(label)
            };
            first = false;
        }
    }
    labels
}

/// Calls `each(token, word, distance)` for every word that gives a token of one
/// sentence attributes of its own; tokens count from the sentence's first.
pub fn neighbours(
    article: &Article,
    sentence: &std::ops::Range<u32>,
    each: &mut impl FnMut(usize, u32, i32),
) {
    let words = &article.words[sentence.start as usize..sentence.end as usize];
    for i in 0..words.len() {
        for distance in -features::REACH..=features::REACH {
            if let Ok(j) = usize::try_from(i as i32 + distance)
                && let Some(w) = words.get(j)
            {
                each(i, *w, distance);
            }
        }
    }
}

/// Calls `each(token, attribute)` for the attributes of one sentence that are
/// not of one word alone; tokens count from the sentence's first.
pub fn context(
    article: &Article,
    sentence: &std::ops::Range<u32>,
    words: &Words,
    knowledge: &impl Knowledge,
    space: &mut Space,
    each: &mut impl FnMut(usize, u64),
) {
    let range = sentence.start as usize..sentence.end as usize;
    let in_order = words.in_order(&article.words[range.clone()]);
    let tokens: Vec<&str> = article.readings[range].iter().map(AsRef::as_ref).collect();
    let all = 0..tokens.len();
    features::context(in_order, &tokens, all, knowledge, space, each);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_named_after_its_part_is_read_whole() {
        let dir = tempfile::tempdir().unwrap();
        let text: String = (0..12)
            .map(|i| format!("### id: d{i} | date: 2024-01-02 | genre: essai\nRien.\n\n"))
            .collect();
        let read = |name: &str, dev| {
            let path = dir.path().join(name);
            fs::write(&path, &text).unwrap();
            read_gold(&[path], Some(dev)).unwrap().len()
        };
        assert_eq!((read("a.txt", false), read("a.txt", true)), (10, 2));
        assert_eq!(read("a.train.txt", false), 12);
        assert_eq!(read("a.dev.txt", true), 12);
        // Neither a folder nor another dot makes a part.
        assert_eq!(read("train.txt", false), 10);
        assert_eq!(read("a.2024.txt", true), 2);
    }
}
