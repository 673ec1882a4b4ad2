//! Annotated articles as the program reads them.

use super::doc::Doc;
use crate::{
    pipeline::{Explained, Extractor},
    record::{Field, Kind, Record, Status},
};
use rayon::prelude::*;

/// An annotated article and what the program made of it.
pub struct Reading<'a> {
    /// What people annotated.
    pub doc: &'a Doc,
    /// What was found, and by which rule.
    explained: Explained,
}

impl Reading<'_> {
    /// The record, as [`Extractor::extract`] gives it.
    pub fn record(&self) -> &Record {
        &self.explained.record
    }

    /// Name of the rule that found the mention of this kind which begins at
    /// `byte_start`; `-` for a model.
    pub fn rule(&self, kind: Kind, byte_start: usize) -> &str {
        self.explained
            .trace(kind, Field::Text, byte_start as u64)
            .map_or("-", |t| t.rule)
    }
}

/// Runs `extractor` over annotated articles, on all cores; the readings come in
/// the order of the articles.
pub fn read<'a>(docs: &'a [Doc], extractor: &Extractor) -> Vec<Reading<'a>> {
    docs.par_iter()
        .map(|doc| Reading {
            doc,
            explained: extractor.explain(&doc.article()),
        })
        .collect()
}

/// A line for each article that was not extracted (in another language, say),
/// with its status: its annotations count as missed.
pub fn unread(readings: &[Reading]) -> Vec<String> {
    readings
        .iter()
        .map(Reading::record)
        .filter(|r| r.status != Status::Ok)
        .map(|r| {
            let why = match (r.status, &r.error) {
                (_, Some(failure)) => failure.message.clone(),
                (Status::SkippedLanguage, _) => {
                    format!("its language is {}", r.lang.as_deref().unwrap_or("unknown"))
                }
                _ => "it holds no text".to_owned(),
            };
            format!("{}: not extracted, {why}", r.id)
        })
        .collect()
}
