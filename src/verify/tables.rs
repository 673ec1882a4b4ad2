//! The flat tables of a run: put together to records again, and what was counted over them.
//!
//! Articles and mentions come in the order of the input, so that each table is read once,
//! side by side. Names and pairs are sorted: of theirs and of those of the records a sum is
//! kept, in which each counts with a number made of its id.

use super::{
    columns::{Rows, not_as_the_schema, same},
    file::File,
};
use crate::{
    output::layout::{EDGES, NAMES},
    record::Record,
    table::{Table, Tally, pair},
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

/// The rows of the tables by the stem of their file; each with the file's name.
pub(super) type Opened = BTreeMap<String, (String, Rows)>;

/// Reads all rows; counts what is in them.
pub(super) fn check(mut file: File<'_, '_>, mut opened: Opened) {
    let Some((main, rest)) = file.layout.tables.split_first() else {
        return;
    };
    let mut taken = |stem: &str| opened.remove(stem);
    let (Some(articles), Some(names), Some(edges)) = (taken(main.name), taken(NAMES), taken(EDGES))
    else {
        file.problem("not all of its tables are there");
        return;
    };
    let mut layers = Vec::new();
    for table in rest {
        match taken(table.name) {
            Some((name, rows)) => layers.push(Layer::new(table, name, rows)),
            None => return file.problem(format_args!("{} is not among its tables", table.name)),
        }
    }
    let mut told = Sums::default();
    if !records(&mut file, main, articles, &mut layers, &mut told) {
        return;
    }
    for layer in &mut layers {
        layer.end(&mut file);
    }
    let mut found = Sums::default();
    counted::<NameRow>(&mut file, names, &mut found.names, told.names);
    counted::<EdgeRow>(&mut file, edges, &mut found.edges, told.edges);
}

/// Whether all articles could be read.
fn records(
    file: &mut File<'_, '_>,
    main: &Table,
    (name, mut articles): (String, Rows),
    layers: &mut [Layer],
    sums: &mut Sums,
) -> bool {
    loop {
        let row = match articles.next() {
            Ok(None) => return true,
            Ok(Some(row)) => row,
            Err(e) => {
                file.report.problem(format!("{name}: {e}"));
                return false;
            }
        };
        file.report.rows += 1;
        let at = format!("row {} of {name}", articles.number);
        let wrong = match record(&row, main, layers) {
            Ok(record) => {
                sums.add(&record);
                file.record(&record)
            }
            Err(e) => vec![e],
        };
        file.tell(&at, wrong);
        for layer in layers.iter_mut() {
            if let Some(why) = layer.broken.take() {
                file.report.problem(format!("{}: {why}", layer.name));
                return false;
            }
        }
    }
}

/// What is read first of a row.
#[derive(Deserialize)]
struct Head {
    uid: String,
    error_stage: Option<String>,
    error_message: Option<String>,
}

/// The record of an article's row and the mentions that follow for it.
fn record(row: &str, main: &Table, layers: &mut [Layer]) -> Result<Record, String> {
    let schema = |e: serde_json::Error| not_as_the_schema(&e);
    let head: Head = serde_json::from_str(row).map_err(schema)?;
    let error = match (head.error_stage, head.error_message) {
        (None, None) => serde_json::Value::Null,
        (stage, message) => serde_json::json!({"stage": stage, "message": message}),
    };
    let mut json = row.strip_suffix('}').unwrap_or(row).to_owned();
    json.push_str(&format!(",\"error\":{error}"));
    let mut rows = Vec::new();
    for layer in layers.iter_mut() {
        let of_article = layer.of(&head.uid);
        json.push_str(&format!(
            ",\"{}\":[{}]",
            layer.table.name,
            of_article.join(",")
        ));
        rows.push((layer.table, of_article));
    }
    json.push('}');
    let record: Record = serde_json::from_str(&json).map_err(schema)?;
    rows.insert(0, (main, vec![row.to_owned()]));
    for (table, read) in rows {
        for (row, again) in read.iter().zip(table.json(&record)) {
            same(row, &again).map_err(|e| format!("{}: {e}", table.name))?;
        }
    }
    Ok(record)
}

/// A table of mentions.
struct Layer {
    table: &'static Table,
    /// Name of its file.
    name: String,
    rows: Rows,
    /// The row that comes, and its article.
    next: Option<(String, String)>,
    /// Why there is no more.
    broken: Option<String>,
}

#[derive(Deserialize)]
struct Uid {
    uid: String,
}

impl Layer {
    fn new(table: &'static Table, name: String, rows: Rows) -> Self {
        let mut layer = Self {
            table,
            name,
            rows,
            next: None,
            broken: None,
        };
        layer.step();
        layer
    }

    fn step(&mut self) {
        let row = self.rows.next();
        let row = row.and_then(|row| {
            row.map(|row| match serde_json::from_str::<Uid>(&row) {
                Ok(of) => Ok((of.uid, row)),
                Err(e) => Err(not_as_the_schema(&e)),
            })
            .transpose()
        });
        match row {
            Ok(row) => self.next = row,
            Err(e) => (self.next, self.broken) = (None, Some(e)),
        }
    }

    /// The rows of the article, which follow.
    fn of(&mut self, uid: &str) -> Vec<String> {
        let mut rows = Vec::new();
        while let Some((_, row)) = self.next.take_if(|(of, _)| of == uid) {
            rows.push(row);
            self.step();
        }
        rows
    }

    /// Tells what is left when there is no article any more.
    fn end(&mut self, file: &mut File<'_, '_>) {
        if let Some((uid, _)) = self.next.take() {
            file.report.problem(format!(
                "{}, row {}: no article has its uid {uid}, or it is not in the order of the articles",
                self.name, self.rows.number
            ));
        }
    }
}

/// Counts of names and pairs, in which each counts with a number made of its id: two sums
/// are the same where all counts are, whatever the order.
#[derive(Default)]
struct Sums {
    names: u64,
    edges: u64,
}

impl Sums {
    fn add(&mut self, record: &Record) {
        let tally = Tally::of(std::slice::from_ref(record));
        for (id, name) in &tally.names {
            add(&mut self.names, id, name.counts());
        }
        for (pair, edge) in &tally.edges {
            add(&mut self.edges, pair, edge.counts());
        }
    }
}

fn add(sum: &mut u64, id: &str, counts: [u64; 2]) {
    for (i, n) in counts.into_iter().enumerate() {
        // Its keys are always the same.
        let mut hash = DefaultHasher::new();
        (id, i).hash(&mut hash);
        *sum = sum.wrapping_add(hash.finish().wrapping_mul(n));
    }
}

/// A row of what was counted.
trait Counted: for<'a> Deserialize<'a> {
    /// By what it is sorted.
    fn id(&self) -> String;

    fn counts(&self) -> [u64; 2];

    /// What is wrong with it alone.
    fn wrong(&self) -> Option<&'static str>;
}

#[derive(Deserialize)]
struct NameRow {
    id: String,
    label: String,
    key: String,
    name: String,
    spellings: Vec<String>,
    articles: u64,
    mentions: u64,
    first: Option<String>,
    last: Option<String>,
}

impl Counted for NameRow {
    fn id(&self) -> String {
        self.id.clone()
    }

    fn counts(&self) -> [u64; 2] {
        [self.mentions, self.articles]
    }

    fn wrong(&self) -> Option<&'static str> {
        if self.id != format!("{}:{}", self.label, self.key) {
            Some("its id is not its label and key")
        } else if self.spellings.first() != Some(&self.name) {
            Some("its name is not the first of its spellings")
        } else if self.first > self.last {
            Some("it is named for the last time before the first")
        } else {
            None
        }
    }
}

#[derive(Deserialize)]
struct EdgeRow {
    source: String,
    target: String,
    sentences: u64,
    articles: u64,
}

impl Counted for EdgeRow {
    fn id(&self) -> String {
        pair(&self.source, &self.target)
    }

    fn counts(&self) -> [u64; 2] {
        [self.sentences, self.articles]
    }

    fn wrong(&self) -> Option<&'static str> {
        (self.source >= self.target).then_some("its ends are not in order")
    }
}

/// Reads what was counted, and holds its sum against that of the records.
fn counted<R: Counted>(
    file: &mut File<'_, '_>,
    (name, mut rows): (String, Rows),
    sum: &mut u64,
    told: u64,
) {
    let mut last = String::new();
    loop {
        let row = match rows.next() {
            Ok(None) => break,
            Ok(Some(row)) => row,
            Err(e) => return file.report.problem(format!("{name}: {e}")),
        };
        let mut wrong = Vec::new();
        match serde_json::from_str::<R>(&row) {
            Err(e) => wrong.push(not_as_the_schema(&e)),
            Ok(row) => {
                let id = row.id();
                if id <= last {
                    wrong.push("not in the order of its ids".to_owned());
                }
                wrong.extend(row.wrong().map(str::to_owned));
                add(sum, &id, row.counts());
                last = id;
            }
        }
        file.tell(&format!("row {} of {name}", rows.number), wrong);
    }
    if *sum != told {
        file.report.problem(format!(
            "{name}: its counts are not those of the articles and mentions"
        ));
    }
}
