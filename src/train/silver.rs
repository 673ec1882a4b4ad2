//! Silver data: records of an accurate engine, with their text, as training
//! text for a fast one.

use super::data::{self, Article, DataError, Words};
use crate::{
    entities::compact::word::Knowledge,
    eval::gold::{Doc, GoldSpan},
    record::{Field, Record, Status},
};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

/// A sentence with a name below this score is left out: it is unknown rather
/// than empty.
pub const SURE: f64 = 0.8;

/// Reads the records of `glane extract --with-text`, each sentence counting for
/// `weight`.
///
/// # Errors
/// Says which line is no record, or has no text.
pub fn read(
    path: &Path,
    weight: f32,
    words: &mut Words,
    knowledge: &impl Knowledge,
) -> Result<(Vec<Doc>, Vec<Article>), DataError> {
    let file = File::open(path).map_err(|e| DataError::new(path, e))?;
    let (mut docs, mut articles) = (Vec::new(), Vec::new());
    for (i, line) in BufReader::new(file).lines().enumerate() {
        let at = |e: &dyn std::fmt::Display| DataError {
            at: format!("{}:{}", path.display(), i + 1),
            problem: e.to_string(),
        };
        let line = line.map_err(|e| at(&e))?;
        let record: Record = serde_json::from_str(&line).map_err(|e| at(&e))?;
        if record.status != Status::Ok {
            continue;
        }
        let Some(text) = record.text else {
            return Err(at(&"the record has no text; extract with --with-text"));
        };
        let mut doubtful = Vec::new();
        let mut spans = Vec::new();
        for e in &record.entities {
            // The text is the text of the article: its title is not there.
            if e.span.field != Field::Text {
                continue;
            }
            let (start, end) = (e.span.byte_start as usize, e.span.byte_end as usize);
            if text.get(start..end) != Some(e.span.text.as_str()) {
                return Err(at(&"the offsets are not those of the text"));
            }
            if e.score < SURE {
                doubtful.push(start);
            }
            spans.push(GoldSpan {
                start,
                end,
                tag: format!("{:?}", e.label).to_uppercase(),
                attrs: Vec::new(),
            });
        }
        let doc = Doc {
            id: record.id,
            index: docs.len(),
            published: None,
            text,
            spans,
        };
        let mut article = data::article(&doc, words, knowledge);
        let tokens = &article.analysis.tokens;
        for (s, w) in article.analysis.sentences.iter().zip(&mut article.weights) {
            let from = tokens[s.start as usize].start as usize;
            let to = tokens[s.end as usize - 1].end as usize;
            let unsure = doubtful.iter().any(|d| (from..to).contains(d));
            *w = if unsure { 0.0 } else { weight };
        }
        docs.push(doc);
        articles.push(article);
    }
    Ok((docs, articles))
}
