//! Rows that a caller has at hand rather than in a file, read as those of a file are.

use super::{
    Article, Input, Unreadable,
    bounds::too_long,
    container::Body,
    fields::{self, Fields, Used, Values},
    formats::jsonl::{JSON_LINES, Line},
    item::{Item, Parsed, Shared},
    options::Options,
};
#[cfg(feature = "arrow")]
use super::{check, formats::columns};
use std::{borrow::Cow, sync::Arc};

/// Makes articles of rows. The records of rows with a source equal those that the
/// command line makes of a JSON Lines file of this name; without one their `source` is
/// null and the id of a row that has none is `#<row>`.
///
/// ```
/// use glane::{Extractor, article::{Rows, reader::Options}};
///
/// let extractor = Extractor::builder().build()?;
/// let rows = Rows::new(Some("dump.jsonl"), Options::default());
/// let record = extractor.row(&rows, rows.json(7, r#"{"text": "Elle a payé 12 euros."}"#));
/// assert_eq!(record.id, "dump.jsonl#7");
/// assert_eq!(record.money[0].amount_exact.as_deref(), Some("12"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Rows {
    options: Options,
    file: Arc<Shared>,
    /// Whether the records name a source.
    named: bool,
}

impl Rows {
    /// Rows of the input that the records call `source`.
    pub fn new(source: Option<&str>, options: Options) -> Self {
        let named = source.is_some();
        let source = source.unwrap_or_default();
        let input = Input {
            path: None,
            source: source.to_owned(),
            relative: source.rsplit('/').next().unwrap_or(source).to_owned(),
            format: Some(&JSON_LINES),
            compression: None,
            bytes: 0,
        };
        Self {
            options,
            file: Arc::new(Shared {
                input,
                format: &JSON_LINES,
                warning: None,
            }),
            named,
        }
    }

    /// How rows become articles.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Row number `row` (from 1), a JSON object as text.
    pub fn json(&self, row: u64, json: impl Into<Vec<u8>>) -> Item {
        let json = json.into();
        let most = self.options.max_article_bytes;
        match json.len() > most {
            true => self.item(row, Box::new(too_long("a line", json.len() as u64, most))),
            false => self.item(row, Box::new(Line(json))),
        }
    }

    /// Row number `row` (from 1), which is no row, and why.
    pub fn unreadable(&self, row: u64, why: impl ToString) -> Item {
        self.item(row, Box::new(Unreadable::new("parse", why)))
    }

    /// The rows of a batch of columns, the first of them number `first` (from 1). A column
    /// of structs is an object, whose members dotted paths lead to.
    #[cfg(feature = "arrow")]
    pub fn columns(&self, first: u64, batch: &arrow_array::RecordBatch) -> Vec<Item> {
        let rows = columns::rows(batch);
        (first..)
            .zip(rows)
            .map(|(row, body)| self.item(row, Box::new(body)))
            .collect()
    }

    /// The first field that was named and that is no column of `schema`.
    #[cfg(feature = "arrow")]
    pub fn unknown_column(&self, schema: &arrow_schema::Schema) -> Option<super::UnknownField> {
        check::unknown_of(&self.options, columns::paths(schema))
    }

    /// Decodes and parses a row; any thread can.
    pub fn article(&self, item: Item) -> Parsed {
        let mut parsed = item.article(&self.options);
        if !self.named {
            parsed.article.source = None;
        }
        parsed
    }

    fn item(&self, row: u64, body: Box<dyn Body>) -> Item {
        Item {
            file: Arc::clone(&self.file),
            row: Some(row),
            body,
            warning: None,
            fails: false,
        }
    }
}

impl Article {
    /// An article with what its caller knows of it; what is `None` or blank is looked for
    /// in its first lines, as [`Self::from_text`] does. A date in none of the notations of
    /// fields is a warning, `published_unreadable:…`.
    pub fn with(
        id: impl Into<String>,
        text: impl Into<String>,
        title: Option<&str>,
        published: Option<&str>,
    ) -> Self {
        let mut article = Self {
            id: id.into(),
            ..Self::default()
        };
        let values = Values {
            title: title.map(Cow::Borrowed),
            date: published.map(Cow::Borrowed),
            // An empty text is one: it gets its own status.
            text: Some(Some(Cow::Borrowed(""))),
            ..Values::default()
        };
        // It has a text, which is all that can be missing.
        let _ = fields::fill(
            &mut article,
            &Fields::default(),
            &Used::default(),
            values,
            Vec::new,
        );
        article.text = text.into();
        article.look_inside();
        article
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article::Role, kinds::PublishedFrom};

    #[test]
    fn a_row_is_read_as_one_of_a_file() {
        let mut options = Options::default();
        options.fields.set(Role::Text, "corps");
        options.fields.keep("url");
        let rows = Rows::new(Some("dir/dump.jsonl"), options);
        let json =
            r#"{"corps": "Un texte.", "titre": "Une halle", "date": "2024-03", "url": 1.50}"#;
        let parsed = rows.article(rows.json(3, json));
        assert_eq!(parsed.problem, None);
        let article = parsed.article;
        assert_eq!(article.id, "dump.jsonl#3");
        assert_eq!(article.source.as_deref(), Some("dir/dump.jsonl"));
        assert_eq!(
            (article.row, article.title.as_deref()),
            (Some(3), Some("Une halle"))
        );
        assert_eq!(article.meta.get("url").map(|v| v.as_json()), Some("1.50"));
        let (date, from) = article.published.expect("a date");
        assert_eq!(
            (date.to_string().as_str(), from),
            ("2024-03", PublishedFrom::Metadata)
        );
    }

    #[test]
    fn without_a_source_and_without_sense() {
        let options = Options {
            max_article_bytes: 40,
            ..Options::default()
        };
        let rows = Rows::new(None, options);
        let parsed = rows.article(rows.json(1, r#"{"text": "Un texte."}"#));
        assert_eq!(
            (parsed.article.id.as_str(), parsed.article.source),
            ("#1", None)
        );
        for (item, stage, says) in [
            (rows.json(2, "[1]"), "parse", "row 2: JSON, but no object"),
            (rows.json(2, r#"{"x": 1}"#), "parse", "row 2: no text field"),
            (
                rows.json(2, " ".repeat(41)),
                "read",
                "row 2: a line of 41 bytes",
            ),
            (rows.unreadable(2, "a number"), "parse", "row 2: a number"),
        ] {
            let problem = rows.article(item).problem.expect("a problem");
            assert_eq!(problem.stage, stage);
            assert!(problem.message.starts_with(says), "{}", problem.message);
        }
    }

    #[test]
    fn what_the_caller_knows_comes_before_the_first_lines() {
        let text = "La halle ferme\n\nPublié le 4 mai 2024\n\nElle rouvrira lundi.";
        let told = Article::with("1", text, Some("Une halle"), Some("2023-01-02"));
        assert_eq!(told.title.as_deref(), Some("Une halle"));
        let date = |a: &Article| a.published.map(|(d, from)| (d.to_string(), from));
        let of = |d: &str, from| Some((d.to_owned(), from));
        assert_eq!(date(&told), of("2023-01-02", PublishedFrom::Metadata));
        let untold = Article::with("1", text, None, Some(" "));
        assert_eq!(untold, Article::from_text("1", text));
        assert_eq!(date(&untold), of("2024-05-04", PublishedFrom::Dateline));
        let strange = Article::with("1", "Un texte.", None, Some("hier"));
        assert_eq!(strange.warnings, ["published_unreadable:hier"]);
    }
}
