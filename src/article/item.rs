//! One raw article of an input, and the article that it becomes.
//!
//! Any thread can decode and parse it: [`Item::article`] needs no order.

use super::{
    Article, Container, Input, Unreadable,
    container::{Articles, Body},
    fields::Used,
    formats, metadata,
    options::Options,
};
use crate::kinds::PublishedFrom;
use std::sync::Arc;

/// What all items of one file share.
#[derive(Debug)]
pub struct Shared {
    /// The file.
    pub input: Input,
    /// Its format, also where only the content told.
    pub format: &'static Container,
    /// Remark that holds for every article in it.
    pub(super) warning: Option<String>,
}

/// One article, not yet decoded.
#[derive(Debug)]
pub struct Item {
    /// Its file.
    pub file: Arc<Shared>,
    /// 1-based row in a many-article file: the line of a JSON Lines file, the
    /// record after the header of a table.
    pub row: Option<u64>,
    pub(super) body: Box<dyn Body>,
    /// Remark for this article alone.
    pub(super) warning: Option<String>,
    /// Whether it stands for what could not be read of its file.
    pub(super) fails: bool,
}

/// What became of an [`Item`].
#[derive(Debug)]
pub struct Parsed {
    /// The article; only id, source and row when `problem` is set.
    pub article: Article,
    /// Which fields were used.
    pub used: Used,
    /// Why there is no text.
    pub problem: Option<Unreadable>,
}

impl Item {
    /// An item for something that could not even be opened.
    pub fn unreadable(input: Input, error: impl ToString) -> Self {
        let format = input.format.unwrap_or_else(formats::plain);
        Self {
            file: Arc::new(Shared {
                input,
                format,
                warning: None,
            }),
            row: None,
            body: Box::new(Unreadable::new("read", error)),
            warning: None,
            fails: true,
        }
    }

    /// Whether it stands for what could not be read of its file: all of it, or the
    /// rows from this one on.
    pub fn is_failure(&self) -> bool {
        self.fails
    }

    /// Size of the raw article in bytes.
    pub fn len(&self) -> usize {
        self.body.len()
    }

    /// Whether the raw article holds no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The raw article as it lies in its file, decompressed, where it is at hand.
    pub fn raw(&self) -> Option<&[u8]> {
        self.body.raw()
    }

    /// Names of the fields of its row.
    pub fn fields(&self) -> Vec<String> {
        self.body.fields()
    }

    /// Decodes and parses the article. A bug of ours that panics on it is a problem
    /// of this article.
    pub fn article(self, options: &Options) -> Parsed {
        let input = &self.file.input;
        let id = match self.row {
            Some(row) => format!("{}#{row}", input.relative),
            None => input.stem().to_owned(),
        };
        let row = self.row.filter(|_| !self.fails);
        let mut parsed = Parsed {
            article: Article {
                id,
                source: Some(input.source.clone()),
                row: self.row,
                ..Article::default()
            },
            used: Used::default(),
            problem: None,
        };
        let warnings = &mut parsed.article.warnings;
        warnings.extend(self.file.warning.clone());
        warnings.extend(self.warning.clone());
        let read = || self.fill(options, &mut parsed.article, &mut parsed.used);
        let read = Unreadable::guard("parse", read).and_then(|read| read);
        parsed.problem = read.err().map(|mut problem| {
            if let Some(row) = row {
                problem.message.insert_str(0, &format!("row {row}: "));
            }
            problem
        });
        parsed
    }

    fn fill(
        self,
        options: &Options,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        self.body.read(&options.fields, article, used)?;
        if self.file.format.articles == Articles::One {
            article.look_inside();
            let path = self.file.input.stem();
            article.published = article.published.or(metadata::from_file_name(path));
        } else if article.published.is_none() {
            let date = super::dateline(&article.text);
            article.published = date.map(|d| (d, PublishedFrom::Dateline));
        }
        if article.published.is_none() {
            article.published = options.published.map(|d| (d, PublishedFrom::Option));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Fields, *};

    /// A format with a bug.
    #[derive(Debug)]
    struct Buggy;

    impl Body for Buggy {
        fn len(&self) -> usize {
            1
        }

        fn read(
            self: Box<Self>,
            _: &Fields,
            article: &mut Article,
            _: &mut Used,
        ) -> Result<(), Unreadable> {
            article.text.push_str("La moitié");
            panic!("a bug")
        }
    }

    #[test]
    fn a_panic_while_parsing_is_a_problem_of_its_article() {
        let item = Item {
            file: Arc::new(Shared {
                input: Input {
                    path: None,
                    source: "rows".into(),
                    relative: "rows".into(),
                    format: None,
                    compression: None,
                    bytes: 0,
                },
                format: formats::plain(),
                warning: None,
            }),
            row: Some(3),
            body: Box::new(Buggy),
            warning: None,
            fails: false,
        };
        let parsed = item.article(&Options::default());
        let problem = parsed.problem.expect("a problem");
        assert_eq!(problem.stage, "parse");
        assert!(problem.message.contains("report"), "{}", problem.message);
        assert_eq!(parsed.article.id, "rows#3");
    }
}
