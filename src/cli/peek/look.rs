//! Looks at the first articles of the inputs.

use super::{Budget, estimate::Estimate};
use crate::{
    Extractor,
    article::{
        Article, Articles, Input, Role, formats,
        inputs::Inputs,
        reader::{Item, Options, Reader},
    },
    kinds::PublishedFrom,
    language,
    pipeline::tally::Ids,
    text::view::View,
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// What the first articles are like.
#[derive(Default)]
pub struct Look {
    /// Articles looked at.
    pub rows: u64,
    /// Those among them that are rows with fields.
    pub with_fields: u64,
    /// Fields in the order in which they came.
    pub fields: Vec<FieldSeen>,
    /// Names of the formats, each with a compression that is not « none ».
    pub formats: Vec<String>,
    /// Whether some of them are tables, whose first line names the columns.
    pub tables: bool,
    /// Publication dates: how many came from where.
    pub published_from: Vec<(PublishedFrom, u64)>,
    /// The earliest and the latest publication date, as precise as they are.
    pub published: Option<(String, String)>,
    /// Languages by their code, the most frequent first; `None` where nothing
    /// tells.
    pub languages: Vec<(Option<&'static str>, u64)>,
    /// Lengths of the texts in code points, without empty ones.
    pub lengths: Vec<usize>,
    /// Texts without a letter or a figure.
    pub empty: u64,
    /// Articles that cannot be read, the first of them with its place.
    pub failed: u64,
    /// Where the first of them is, and why.
    pub first_failure: Option<String>,
    /// Ids that came before.
    pub ids: Ids,
    /// Warnings of the records, by what stands before their colon, with an
    /// example.
    pub warnings: BTreeMap<String, (u64, String)>,
    /// How much there is.
    pub estimate: Estimate,
    /// Raw bytes of the articles looked at.
    bytes: usize,
}

/// How much of a file is looked at.
#[derive(Clone, Copy)]
struct Room {
    rows: u64,
    bytes: usize,
}

/// Bytes of a text above which it is not tried: it would say little about the
/// others.
const LONG: usize = 1 << 17;

/// A field of the rows.
#[derive(Debug, Clone, Default)]
pub struct FieldSeen {
    /// Its name, dotted where it lies in an object.
    pub name: String,
    /// Rows that have it.
    pub rows: u64,
    /// Rows in which it was taken for each role of [`Role::ALL`].
    pub taken: [u64; 4],
    /// Whether it is kept under `meta`.
    pub kept: bool,
}

/// Looks at the first articles of `found`, spread over its files.
pub fn take(found: &Inputs, options: &Options, extractor: &Extractor, budget: Budget) -> Look {
    let mut look = Look::default();
    look.estimate.complete = true;
    let many = |input: &Input| {
        input
            .format
            .is_none_or(|format| format.articles == Articles::Many)
    };
    let each = budget.rows.div_ceil(found.files.len().max(1));
    let mut time = budget.counting;
    let mut articles = Vec::new();
    for input in &found.files {
        let size = input.bytes;
        if !many(input) {
            look.estimate.whole += 1;
        } else {
            look.estimate.bytes += size;
        }
        let room = budget.rows.saturating_sub(look.rows as usize).min(each);
        if room == 0 && (!many(input) || time.is_zero()) {
            look.estimate.complete &= !many(input);
            continue;
        }
        look.file(
            input,
            many(input),
            options,
            Room {
                rows: room as u64,
                bytes: budget.bytes,
            },
            &mut time,
            &mut articles,
        );
    }
    look.estimate.whole += found.refused.len() as u64;
    look.try_out(extractor, &articles, budget.trying);
    look.languages
        .sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    look.lengths.sort_unstable();
    look
}

impl Look {
    /// Looks at articles of a file while there is room, and counts those behind them while
    /// there is `time` left.
    fn file(
        &mut self,
        input: &Input,
        many: bool,
        options: &Options,
        room: Room,
        time: &mut Duration,
        articles: &mut Vec<Article>,
    ) {
        let opened = Reader::open(
            input.clone(),
            options,
            Default::default(),
            Default::default(),
        );
        let mut reader = match opened {
            Ok(reader) => reader,
            Err(e) => {
                self.rows += 1;
                self.fail(&input.source, &e.to_string());
                return;
            }
        };
        self.format(&reader);
        let mut rows = 0;
        let mut ended = false;
        while rows < room.rows && self.bytes < room.bytes {
            match reader.next() {
                Some(item) => {
                    rows += 1;
                    self.bytes += item.len();
                    self.article(item, options, articles);
                }
                None => {
                    ended = true;
                    break;
                }
            }
        }
        let began = Instant::now();
        while !ended && many && began.elapsed() < *time {
            match reader.next() {
                Some(_) => rows += 1,
                None => ended = true,
            }
        }
        *time = time.saturating_sub(began.elapsed());
        if many {
            self.estimate.rows += rows;
            self.estimate.counted += if ended {
                input.bytes
            } else {
                reader.tap().digest().0
            };
            self.estimate.complete &= ended;
        }
    }

    fn format(&mut self, reader: &Reader) {
        let file = reader.file();
        let mut name = file.format.name.to_owned();
        if let Some(compression) = file.input.compression
            && !compression.extension.is_empty()
        {
            name = format!("{name}.{}", compression.extension);
        }
        self.tables |= formats::has_header(file.format);
        if !self.formats.contains(&name) {
            self.formats.push(name);
        }
    }

    fn article(&mut self, item: Item, options: &Options, articles: &mut Vec<Article>) {
        self.rows += 1;
        let names = item.fields();
        let source = item.file.input.source.clone();
        let parsed = item.article(options);
        self.with_fields += u64::from(!names.is_empty());
        for name in names {
            let at = self.field(&name);
            at.rows += 1;
            at.kept = options.fields.kept().contains(&name);
            for (taken, used) in at.taken.iter_mut().zip(&parsed.used) {
                *taken += u64::from(used.as_ref() == Some(&name));
            }
        }
        let article = parsed.article;
        self.ids.see(article.id.clone());
        for warning in &article.warnings {
            let kind = warning.split(':').next().unwrap_or_default();
            let seen = self.warnings.entry(kind.to_owned()).or_default();
            seen.0 += 1;
            if seen.1.is_empty() {
                seen.1.clone_from(warning);
            }
        }
        if let Some(problem) = parsed.problem {
            let at = match article.row {
                Some(row) => format!("{source}#{row}"),
                None => source,
            };
            self.fail(&at, &problem.message);
            return;
        }
        if let Some((date, from)) = article.published {
            count(&mut self.published_from, from);
            let date = date.to_string();
            let (first, last) = self
                .published
                .get_or_insert_with(|| (date.clone(), date.clone()));
            if date < *first {
                *first = date;
            } else if date > *last {
                *last = date;
            }
        }
        if article.text.trim().is_empty() {
            self.empty += 1;
            return;
        }
        self.lengths.push(article.text.chars().count());
        let view = View::new(article.title_apart(), &article.text);
        count(&mut self.languages, language::detect(view.body()).code);
        articles.push(article);
    }

    fn field(&mut self, name: &str) -> &mut FieldSeen {
        let at = match self.fields.iter().position(|f| f.name == name) {
            Some(at) => at,
            None => {
                self.fields.push(FieldSeen {
                    name: name.to_owned(),
                    ..FieldSeen::default()
                });
                self.fields.len() - 1
            }
        };
        &mut self.fields[at]
    }

    fn fail(&mut self, at: &str, why: &str) {
        self.failed += 1;
        self.first_failure
            .get_or_insert_with(|| format!("{at}: {why}"));
    }

    /// Extracts articles while there is time, to know how long one takes.
    fn try_out(&mut self, extractor: &Extractor, articles: &[Article], time: Duration) {
        let articles: Vec<_> = articles.iter().filter(|a| a.text.len() < LONG).collect();
        // The first one pays for what is made once.
        if let Some(first) = articles.first() {
            let began = Instant::now();
            extractor.extract(first);
            if began.elapsed() > time {
                (self.estimate.spent, self.estimate.tried) = (began.elapsed(), 1);
                return;
            }
        }
        let began = Instant::now();
        for article in &articles {
            extractor.extract(article);
            self.estimate.tried += 1;
            if began.elapsed() >= time {
                break;
            }
        }
        self.estimate.spent = began.elapsed();
        // What is empty or cannot be read costs nothing.
        self.estimate.tried *= self.rows;
        self.estimate.tried /= (articles.len() as u64).max(1);
    }
}

/// The role for which a field was taken in most rows.
pub fn role(field: &FieldSeen) -> Option<Role> {
    let best = (0..4).max_by_key(|i| field.taken[*i])?;
    (field.taken[best] > 0).then(|| Role::ALL[best])
}

/// Roles and the fields that they were taken from.
pub fn taken(look: &Look) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for role in Role::ALL {
        let fields = look.fields.iter().filter(|f| f.taken[role as usize] > 0);
        out.extend(fields.map(|f| (role.name(), f.name.clone())));
    }
    out
}

fn count<T: PartialEq>(counts: &mut Vec<(T, u64)>, what: T) {
    match counts.iter_mut().find(|(t, _)| *t == what) {
        Some((_, n)) => *n += 1,
        None => counts.push((what, 1)),
    }
}
