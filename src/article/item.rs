//! One raw article of an input, and the article that it becomes.
//!
//! Any thread can decode and parse it: [`Item::article`] needs no order.

use super::{
    Article, Fields, Format, Input, Role, Unreadable, decode, fields::Used, json, json::Scalar,
    metadata,
};
use crate::kinds::{Published, PublishedFrom};
use csv::ByteRecord;
use std::{borrow::Cow, sync::Arc};

/// How items become articles.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the fields of a record are.
    pub fields: Fields,
    /// Publication date of articles that do not tell their own.
    pub published: Option<Published>,
}

/// What all items of one file share.
#[derive(Debug)]
pub struct Shared {
    /// The file.
    pub input: Input,
    /// Its format, also where only the content told.
    pub format: Format,
    /// Column of each role of [`Role::ALL`], in a table.
    pub(super) columns: [Option<(usize, usize)>; 4],
    /// Columns of the header, in a table.
    pub(super) width: usize,
    /// What separates them.
    pub(super) delimiter: u8,
    /// Remark that holds for every row.
    pub(super) warning: Option<String>,
}

impl Shared {
    /// Of no table, as far as is known.
    pub(super) fn new(input: Input, format: Format) -> Self {
        Self {
            input,
            format,
            columns: [None; 4],
            width: 0,
            delimiter: b',',
            warning: None,
        }
    }
}

/// One article, not yet decoded.
#[derive(Debug)]
pub struct Item {
    /// Its file.
    pub file: Arc<Shared>,
    /// 1-based row in a many-article file: the line of a JSON Lines file, the
    /// record after the header of a table.
    pub row: Option<u64>,
    pub(super) body: Body,
}

#[derive(Debug)]
pub(super) enum Body {
    Bytes(Vec<u8>),
    /// A row of a table, and the line of a quote out of place.
    Row(Vec<u8>, Option<u64>),
    Unreadable(Unreadable),
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
        let format = input.format.unwrap_or(Format::Text);
        Self {
            file: Arc::new(Shared::new(input, format)),
            row: None,
            body: Body::Unreadable(Unreadable::new("read", error)),
        }
    }

    /// Size of the raw article in bytes.
    pub fn len(&self) -> usize {
        match &self.body {
            Body::Bytes(bytes) | Body::Row(bytes, _) => bytes.len(),
            Body::Unreadable(_) => 0,
        }
    }

    /// Whether the raw article holds no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Decodes and parses the article.
    pub fn article(self, options: &Options) -> Parsed {
        let input = &self.file.input;
        let id = match self.row {
            Some(row) => format!("{}#{row}", input.relative),
            None => input.stem().to_owned(),
        };
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
        let article = &mut parsed.article;
        article.warnings.extend(self.file.warning.clone());
        let filled = match self.body {
            Body::Unreadable(problem) => Err(problem),
            Body::Row(bytes, stray) => from_row(
                (&bytes, stray),
                &self.file,
                &options.fields,
                article,
                &mut parsed.used,
            ),
            Body::Bytes(bytes) if self.row.is_some() => {
                from_json(&bytes, &options.fields, article, &mut parsed.used)
            }
            Body::Bytes(bytes) => from_file(bytes, article),
        };
        match filled {
            Ok(()) => {
                if self.row.is_none() {
                    let path = self.file.input.stem();
                    article.look_inside();
                    article.published = article.published.or(metadata::from_file_name(path));
                } else if article.published.is_none() {
                    article.published =
                        super::dateline(&article.text).map(|d| (d, PublishedFrom::Dateline));
                }
                if article.published.is_none() {
                    article.published = options.published.map(|d| (d, PublishedFrom::Option));
                }
            }
            Err(problem) => parsed.problem = Some(problem),
        }
        parsed
    }
}

fn from_file(bytes: Vec<u8>, article: &mut Article) -> Result<(), Unreadable> {
    // The common case, without a copy.
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains(['\0', '\u{feff}']) => article.text = text,
        other => {
            let bytes = other.map_or_else(|e| e.into_bytes(), String::into_bytes);
            let decoded = decode::decode(&bytes).map_err(|e| Unreadable::new("decode", e))?;
            article.warnings.extend(decoded.warning);
            article.text = decoded.text.into_owned();
        }
    }
    Ok(())
}

fn from_json(
    bytes: &[u8],
    fields: &Fields,
    article: &mut Article,
    used: &mut Used,
) -> Result<(), Unreadable> {
    // Without its line break, so that an error names a column of this line.
    let line = decode::decode(bytes.trim_ascii_end()).map_err(|e| Unreadable::new("decode", e))?;
    article.warnings.extend(line.warning);
    let (picked, mended);
    match json::pick(&line.text, fields) {
        Ok(p) => picked = p,
        Err(e) => {
            // Dumps cut inside an emoji leave half a surrogate pair behind.
            mended = mend_surrogates(&line.text).ok_or_else(|| Unreadable::new("parse", e))?;
            picked = json::pick(&mended, fields).map_err(|e| Unreadable::new("parse", e))?;
            article.warnings.push("lone_surrogate".to_owned());
        }
    }
    *used = picked.used;
    let [text, id, title, date] = picked.values;
    fill(
        article,
        fields,
        text.map(|v| match v {
            Scalar::Text(text) => Some(text),
            _ => None,
        }),
        id.and_then(plain_scalar),
        title.and_then(plain_scalar),
        date.and_then(plain_scalar),
    )
}

fn plain_scalar(value: Scalar<'_>) -> Option<Cow<'_, str>> {
    match value {
        Scalar::Text(text) => Some(text),
        Scalar::Number(n) => Some(Cow::Owned(n.to_string())),
        Scalar::Other => None,
    }
}

fn from_row(
    (bytes, stray): (&[u8], Option<u64>),
    file: &Shared,
    fields: &Fields,
    article: &mut Article,
    used: &mut Used,
) -> Result<(), Unreadable> {
    let record = cells(bytes, file.delimiter).map_err(|e| Unreadable::new("parse", e))?;
    let warnings = &mut article.warnings;
    warnings.extend(stray.map(|line| format!("stray_quote:{line}")));
    if record.len() > file.width {
        // Often a text with separators of its own and no quotes around it.
        warnings.push(format!("extra_columns:{}", record.len() - file.width));
    }
    let mut values: [Option<Cow<str>>; 4] = Default::default();
    for role in Role::ALL {
        let Some((column, rank)) = file.columns[role as usize] else {
            continue;
        };
        let Some(bytes) = record.get(column) else {
            continue;
        };
        let decoded = decode::decode(bytes).map_err(|e| Unreadable::new("decode", e))?;
        if let Some(w) = decoded.warning
            && !article.warnings.contains(&w)
        {
            article.warnings.push(w);
        }
        used[role as usize] = Some(rank);
        values[role as usize] = Some(decoded.text);
    }
    let [text, id, title, date] = values;
    fill(article, fields, text.map(Some), id, title, date)
}

/// Puts the fields into the article. `text` is `Some(None)` when the field is
/// there but holds no string.
fn fill(
    article: &mut Article,
    fields: &Fields,
    text: Option<Option<Cow<str>>>,
    id: Option<Cow<str>>,
    title: Option<Cow<str>>,
    date: Option<Cow<str>>,
) -> Result<(), Unreadable> {
    let given =
        |value: Option<Cow<str>>| value.filter(|v| !v.trim().is_empty()).map(Cow::into_owned);
    if let Some(id) = given(id) {
        article.id = id;
    }
    article.title = given(title);
    if let Some(date) = given(date) {
        match metadata::read_date(&date) {
            Some(read) => {
                article.published = Some((read.published, PublishedFrom::Metadata));
                if read.ambiguous {
                    article.warnings.push("published_ambiguous".to_owned());
                }
            }
            None => article
                .warnings
                .push(format!("published_unreadable:{}", date.trim())),
        }
    }
    match text {
        Some(Some(text)) => {
            article.text = text.into_owned();
            Ok(())
        }
        Some(None) => Err(Unreadable::new(
            "parse",
            format!("`{}` is not a string", fields.name(Role::Text, 0)),
        )),
        None => Err(Unreadable::new("parse", no_text(fields))),
    }
}

fn no_text(fields: &Fields) -> String {
    if fields.is_given(Role::Text) {
        format!("no field `{}`", fields.name(Role::Text, 0))
    } else {
        format!(
            "no text field: looked for {}; name it with --text-field",
            fields.names(Role::Text).join(", ")
        )
    }
}

/// Replaces each `\uD83D` that lacks its other half by `\uFFFD`; `None` when
/// there is none.
fn mend_surrogates(line: &str) -> Option<String> {
    let unit = |at: usize| {
        let hex = line.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(hex, 16).ok()
    };
    let mut out = String::with_capacity(line.len());
    let (mut at, mut kept, mut mended) = (0, 0, false);
    while let Some(i) = line[at..].find('\\') {
        at += i;
        match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str(&line[kept..at]);
                out.push_str("\\uFFFD");
                at += 6;
                (kept, mended) = (at, true);
            }
            // `\\` and the like: what follows is no escape of its own.
            _ => at += 1 + line[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    out.push_str(&line[kept..]);
    mended.then_some(out)
}

/// The cells of one row.
pub(super) fn cells(row: &[u8], delimiter: u8) -> Result<ByteRecord, csv::Error> {
    let mut record = ByteRecord::new();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(row)
        .read_byte_record(&mut record)?;
    Ok(record)
}
