//! What the names of a run are, and which of them stand in one sentence: counts that
//! are made of some records and added up.
//!
//! A name is what has one label and one [`Entity::key`]; its `id` is both, `PER:zoepetit`.
//! The name of a person that an article gives twice is two mentions in one article. A
//! pair is counted once a sentence, its ids in the order of the alphabet.

use super::{
    column::{Cell, Column, Type},
    word::word,
};
use crate::record::{Entity, Field, Record, Zone};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Names in a sentence above which it has no pairs: it is a list (of results, of a
/// team, of who signs), where everybody stands beside everybody. Pairs grow with the
/// square: 40 names are 780.
pub const CROWD: usize = 40;
/// Code points of the sentence that a pair gives as its example; what is cut ends in `…`.
pub const EXAMPLE: usize = 500;

/// Between the ids of a pair, below all that an id can have.
const BETWEEN: char = '\0';

/// Counts that can be added.
pub trait Sum {
    /// Adds those of records that come later in the input.
    fn add(&mut self, later: Self);

    /// Bytes that it takes in memory, more or less.
    fn bytes(&self) -> usize;
}

/// What is counted of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Each form that it has, and how often.
    spellings: BTreeMap<String, u64>,
    articles: u64,
    first: Option<String>,
    last: Option<String>,
}

/// What is counted of a pair.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    sentences: u64,
    articles: u64,
    uid: String,
    example: Option<String>,
}

impl Sum for Name {
    fn add(&mut self, later: Self) {
        for (spelling, n) in later.spellings {
            *self.spellings.entry(spelling).or_default() += n;
        }
        self.articles += later.articles;
        // `None` is less than anything.
        self.first = match (self.first.take(), later.first) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.last = self.last.take().max(later.last);
    }

    fn bytes(&self) -> usize {
        let spellings = self.spellings.keys().map(|s| s.len() + WORDS);
        let dates = self.first.iter().chain(&self.last).map(String::len);
        size_of::<Self>() + spellings.chain(dates).sum::<usize>()
    }
}

impl Sum for Edge {
    fn add(&mut self, later: Self) {
        self.sentences += later.sentences;
        self.articles += later.articles;
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.uid.len() + self.example.as_ref().map_or(0, String::len)
    }
}

/// Bytes that a string and its place in a tree take beside its own.
const WORDS: usize = 48;

/// Counts of some records.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By id.
    pub names: BTreeMap<String, Name>,
    /// By both ids, see `edge_row`.
    pub edges: BTreeMap<String, Edge>,
    /// Sentences without pairs, since they have more than [`CROWD`] names.
    pub crowded: u64,
}

/// Who is named in a sentence, and its text.
type Named<'r> = (BTreeSet<String>, Option<&'r str>);

impl Tally {
    /// Counts what is in these records, which follow each other.
    pub fn of(records: &[Record]) -> Self {
        let mut tally = Self::default();
        for record in records {
            tally.record(record);
        }
        tally
    }

    fn record(&mut self, record: &Record) {
        let mut sentences: BTreeMap<(Field, u64), Named> = BTreeMap::new();
        let mut of_article = BTreeSet::new();
        for entity in record.entities.iter().filter(|e| counts(e)) {
            let id = id(entity);
            let name = self.names.entry(id.clone()).or_default();
            *name.spellings.entry(entity.name.clone()).or_default() += 1;
            let place = (entity.span.field, entity.span.sentence);
            let (names, sentence) = sentences.entry(place).or_default();
            names.insert(id.clone());
            *sentence = sentence.or(entity.span.context.as_deref());
            of_article.insert(id);
        }
        for id in of_article {
            let one = Name {
                spellings: BTreeMap::new(),
                articles: 1,
                first: record.published.clone(),
                last: record.published.clone(),
            };
            self.names.entry(id).or_default().add(one);
        }
        let mut of_article = BTreeSet::new();
        for (names, sentence) in sentences.into_values() {
            if names.len() > CROWD {
                self.crowded += 1;
                continue;
            }
            let names: Vec<_> = names.into_iter().collect();
            for (i, a) in names.iter().enumerate() {
                for b in &names[i + 1..] {
                    let pair = pair(a, b);
                    let new = of_article.insert(pair.clone());
                    let edge = self.edges.entry(pair).or_insert_with(|| Edge {
                        uid: record.uid.clone(),
                        example: sentence.map(shortened),
                        ..Edge::default()
                    });
                    edge.sentences += 1;
                    edge.articles += u64::from(new);
                }
            }
        }
    }
}

/// Whether an entity is one of the article's names: not those of who comments on it, nor
/// of the page around it.
fn counts(entity: &Entity) -> bool {
    !entity.span.zone.is_some_and(Zone::is_aside)
}

fn id(entity: &Entity) -> String {
    format!("{}:{}", word(&entity.label).unwrap_or_default(), entity.key)
}

fn shortened(sentence: &str) -> String {
    match sentence.char_indices().nth(EXAMPLE) {
        Some((end, _)) => format!("{}…", &sentence[..end]),
        None => sentence.to_owned(),
    }
}

impl Name {
    /// Its mentions and articles.
    pub(crate) fn counts(&self) -> [u64; 2] {
        [self.mentions(), self.articles]
    }

    /// How often it is mentioned.
    fn mentions(&self) -> u64 {
        self.spellings.values().sum()
    }

    /// Its forms, the most frequent first; of two that are as frequent the first of the
    /// alphabet.
    fn in_order(&self) -> Vec<&String> {
        let mut all: Vec<_> = self.spellings.iter().collect();
        all.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        all.into_iter().map(|(spelling, _)| spelling).collect()
    }

    /// The most frequent form.
    fn name(&self) -> &str {
        self.in_order().first().map_or("", |name| name.as_str())
    }
}

impl Edge {
    /// Its sentences and articles.
    pub(crate) fn counts(&self) -> [u64; 2] {
        [self.sentences, self.articles]
    }
}

/// A name with its id, which is a row.
pub type NameRow = (String, Name);
/// A pair with both ids, which is a row.
pub type EdgeRow = (String, Edge);

/// Label and key of an id.
fn halves(id: &str) -> (&str, &str) {
    id.split_once(':').unwrap_or((id, ""))
}

/// The key of a pair, of which [`ends`] gives both ids back.
pub(crate) fn pair(a: &str, b: &str) -> String {
    format!("{a}{BETWEEN}{b}")
}

/// The ids of a pair.
fn ends(pair: &str) -> (&str, &str) {
    pair.split_once(BETWEEN).unwrap_or((pair, ""))
}

/// The columns of names.
pub(crate) static NAME: &[Column<NameRow>] = &[
    Column::always(Type::Text, "id", |(id, _)| id.as_str().into()),
    Column::always(Type::Text, "label", |(id, _)| halves(id).0.into()),
    Column::always(Type::Text, "key", |(id, _)| halves(id).1.into()),
    Column::always(Type::Text, "name", |(_, name)| name.name().into()),
    Column::always(Type::Texts, "spellings", |(_, name)| {
        Cell::Texts(name.in_order().into_iter().cloned().collect())
    }),
    Column::always(Type::Integer, "articles", |(_, name)| name.articles.into()),
    Column::always(Type::Integer, "mentions", |(_, name)| {
        name.mentions().into()
    }),
    Column::maybe(Type::Text, "first", |(_, name)| {
        Cell::perhaps(name.first.as_deref())
    }),
    Column::maybe(Type::Text, "last", |(_, name)| {
        Cell::perhaps(name.last.as_deref())
    }),
];

/// The columns of pairs.
pub(crate) static EDGE: &[Column<EdgeRow>] = &[
    Column::always(Type::Text, "source", |(pair, _)| ends(pair).0.into()),
    Column::always(Type::Text, "target", |(pair, _)| ends(pair).1.into()),
    Column::always(Type::Integer, "sentences", |(_, edge)| {
        edge.sentences.into()
    }),
    Column::always(Type::Integer, "articles", |(_, edge)| edge.articles.into()),
    Column::maybe(Type::Text, "example", |(_, edge)| {
        Cell::perhaps(edge.example.as_deref())
    }),
    Column::always(Type::Text, "example_uid", |(_, edge)| {
        edge.uid.as_str().into()
    }),
];

/// The columns of names as Gephi reads them.
pub(crate) static GEPHI_NODE: &[Column<NameRow>] = &[
    Column::always(Type::Text, "Id", |(id, _)| id.as_str().into()),
    Column::always(Type::Text, "Label", |(_, name)| name.name().into()),
    Column::always(Type::Text, "kind", |(id, _)| halves(id).0.into()),
    Column::always(Type::Integer, "mentions", |(_, name)| {
        name.mentions().into()
    }),
    Column::always(Type::Integer, "articles", |(_, name)| name.articles.into()),
];

/// The columns of pairs as Gephi reads them.
pub(crate) static GEPHI_EDGE: &[Column<EdgeRow>] = &[
    Column::always(Type::Text, "Source", |(pair, _)| ends(pair).0.into()),
    Column::always(Type::Text, "Target", |(pair, _)| ends(pair).1.into()),
    Column::always(Type::Text, "Type", |_| "Undirected".into()),
    Column::always(Type::Integer, "Weight", |(_, edge)| edge.sentences.into()),
    Column::always(Type::Integer, "articles", |(_, edge)| edge.articles.into()),
];

/// The columns of names as neo4j-admin reads them.
pub(crate) static NEO4J_NODE: &[Column<NameRow>] = &[
    Column::always(Type::Text, "id:ID", |(id, _)| id.as_str().into()),
    Column::always(Type::Text, ":LABEL", |(id, _)| halves(id).0.into()),
    Column::always(Type::Text, "name", |(_, name)| name.name().into()),
    Column::always(Type::Integer, "mentions:long", |(_, name)| {
        name.mentions().into()
    }),
    Column::always(Type::Integer, "articles:long", |(_, name)| {
        name.articles.into()
    }),
];

/// The columns of pairs as neo4j-admin reads them.
pub(crate) static NEO4J_EDGE: &[Column<EdgeRow>] = &[
    Column::always(Type::Text, ":START_ID", |(pair, _)| ends(pair).0.into()),
    Column::always(Type::Text, ":END_ID", |(pair, _)| ends(pair).1.into()),
    Column::always(Type::Text, ":TYPE", |_| "IN_ONE_SENTENCE".into()),
    Column::always(Type::Integer, "sentences:long", |(_, edge)| {
        edge.sentences.into()
    }),
    Column::always(Type::Integer, "articles:long", |(_, edge)| {
        edge.articles.into()
    }),
];

#[cfg(test)]
mod tests {
    use super::{super::column::cells, *};
    use serde_json::json;

    /// A record of names, each with its label, form and sentence.
    fn record(uid: &str, published: Option<&str>, names: &[(&str, &str, u64)]) -> Record {
        let entities: Vec<_> = names
            .iter()
            .map(|(label, name, sentence)| {
                json!({"start": 0, "end": 1, "byte_start": 0, "byte_end": 1, "text": "x",
                    "field": "text", "sentence": sentence, "context": format!("Phrase {sentence}."),
                    "label": label, "score": 1.0, "name": name, "key": name.to_lowercase()})
            })
            .collect();
        serde_json::from_value(json!({
            "schema": "glane/1", "id": uid, "uid": uid, "source": null, "row": null,
            "title": null, "published": published, "published_from": null, "lang": "fra",
            "lang_confidence": 1.0, "status": "ok", "error": null, "chars": 1, "sha256": "",
            "entities": entities, "money": [], "dates": [], "percents": [], "warnings": []
        }))
        .unwrap()
    }

    fn rows<R>(columns: &'static [Column<R>], rows: &[R]) -> Vec<String> {
        let row = |row: &R| {
            let mut all = Vec::new();
            cells(columns, row, &mut all);
            let shown = all.iter().map(|cell| match cell {
                Cell::Null => "-".to_owned(),
                Cell::Text(text) => text.to_string(),
                Cell::Integer(n) => n.to_string(),
                Cell::Texts(texts) => texts.join("/"),
                other => panic!("{other:?}"),
            });
            shown.collect::<Vec<_>>().join(" ")
        };
        rows.iter().map(row).collect()
    }

    fn records() -> [Record; 3] {
        [
            record(
                "a",
                Some("2024-05"),
                &[
                    ("PER", "Zoé", 0),
                    ("LOC", "Nîmes", 0),
                    ("PER", "ZOÉ", 2),
                    ("LOC", "Nîmes", 2),
                ],
            ),
            record("b", None, &[("PER", "Zoé", 1), ("ORG", "Zoé", 1)]),
            record(
                "c",
                Some("2023"),
                &[("LOC", "Nîmes", 4), ("PER", "Zoé", 4), ("LOC", "Nîmes", 5)],
            ),
        ]
    }

    #[test]
    fn names_are_counted_by_label_and_key() {
        let tally = Tally::of(&records());
        let names: Vec<_> = tally.names.into_iter().collect();
        assert_eq!(
            rows(NAME, &names),
            [
                "LOC:nîmes LOC nîmes Nîmes Nîmes 2 4 2023 2024-05",
                "ORG:zoé ORG zoé Zoé Zoé 1 1 - -",
                "PER:zoé PER zoé Zoé Zoé/ZOÉ 3 4 2023 2024-05",
            ]
        );
    }

    #[test]
    fn pairs_are_counted_once_a_sentence() {
        let tally = Tally::of(&records());
        let edges: Vec<_> = tally.edges.into_iter().collect();
        assert_eq!(
            rows(EDGE, &edges),
            [
                "LOC:nîmes PER:zoé 3 2 Phrase 0. a",
                "ORG:zoé PER:zoé 1 1 Phrase 1. b",
            ]
        );
    }

    #[test]
    fn counts_of_parts_add_up_to_those_of_the_whole() {
        let records = records();
        let mut sum = Tally::default();
        for record in &records {
            let one = Tally::of(std::slice::from_ref(record));
            for (id, name) in one.names {
                sum.names.entry(id).or_default().add(name);
            }
            for (pair, edge) in one.edges {
                match sum.edges.entry(pair) {
                    std::collections::btree_map::Entry::Vacant(new) => drop(new.insert(edge)),
                    std::collections::btree_map::Entry::Occupied(mut old) => {
                        old.get_mut().add(edge)
                    }
                }
            }
        }
        assert_eq!(sum, Tally::of(&records));
    }

    #[test]
    fn a_crowd_has_no_pairs_and_is_counted() {
        let names: Vec<_> = (0..=CROWD).map(|i| format!("N{i}")).collect();
        let of = |names: &[String]| {
            let names: Vec<_> = names.iter().map(|n| ("PER", n.as_str(), 0)).collect();
            Tally::of(&[record("a", None, &names)])
        };
        let crowd = of(&names);
        assert_eq!(
            (crowd.edges.len(), crowd.crowded, crowd.names.len()),
            (0, 1, CROWD + 1)
        );
        let fewer = of(&names[1..]);
        assert_eq!(
            (fewer.edges.len(), fewer.crowded),
            (CROWD * (CROWD - 1) / 2, 0)
        );
    }

    #[test]
    fn examples_are_cut_between_characters() {
        let long = "é".repeat(EXAMPLE + 1);
        assert_eq!(shortened(&long).chars().count(), EXAMPLE + 1);
        assert!(shortened(&long).ends_with('…'));
        assert_eq!(shortened(&long[2..]), &long[2..]);
    }
}
