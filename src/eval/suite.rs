//! Public suites: single sentences with what they should give, one JSON object
//! per line.

use crate::{
    article::Article,
    dates::Timezone,
    entities::Tagger,
    kinds::{Published, PublishedFrom},
    language::UnknownLanguage,
    pipeline::{Explained, Extractor, ExtractorBuilder},
};
use std::{io, sync::Arc};

/// Why a suite could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SuiteError {
    /// The file itself.
    #[error("cannot read: {0}")]
    Io(#[from] io::Error),
    /// A line that is no case.
    #[error("line {line}: {source}")]
    Case {
        /// 1-based line.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
}

/// Reads cases with the whole extractor. Their language is not detected, since
/// one sentence tells little, and cryptocurrencies count as money, as they do
/// in the suites.
pub struct Program {
    tagger: Arc<dyn Tagger>,
    builder: ExtractorBuilder,
}

impl Program {
    /// With this tagger.
    ///
    /// # Errors
    /// Never while French is a language.
    pub fn new(tagger: Arc<dyn Tagger>) -> Result<Self, UnknownLanguage> {
        Ok(Self {
            tagger,
            builder: Extractor::builder().assume_language("fra")?.crypto(true),
        })
    }

    /// The record of a text published at that time, and the rules behind it;
    /// with a zone, clock times have their offset.
    pub(super) fn explain(
        &self,
        text: &str,
        published: Option<Published>,
        zone: Option<Timezone>,
    ) -> Explained {
        let mut builder = self.builder.clone();
        if let Some(zone) = zone {
            builder = builder.timezone(zone);
        }
        let article = Article {
            text: text.to_owned(),
            published: published.map(|date| (date, PublishedFrom::Metadata)),
            ..Article::default()
        };
        builder
            .build_with(Arc::clone(&self.tagger))
            .explain(&article)
    }
}
