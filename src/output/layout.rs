//! What one line or row of an output holds, declared once each.

use super::back::Held;
use crate::{
    record::{self, MentionRow, Record},
    table::{self, Head, Table},
};
use std::fmt;

/// A layout.
#[non_exhaustive]
pub struct Layout {
    /// Name, the value of `--layout`.
    pub name: &'static str,
    /// What one line holds, in a few words.
    pub holds: &'static str,
    /// Name of the file in an output folder, without its extension.
    pub stem: &'static str,
    /// The same of files that lie beside it.
    pub beside: &'static [&'static str],
    /// What type a line has.
    pub(crate) line: Line,
    /// Its flat tables, if it has some.
    pub tables: &'static [&'static Table],
}

/// The type of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// [`Record`].
    Record,
    /// [`MentionRow`].
    Mention,
    /// No line, since there are several files.
    None,
}

/// One [`Record`] a line.
pub static ARTICLES: Layout = Layout {
    name: "articles",
    holds: "one article, with its mentions",
    stem: "records",
    beside: &[],
    line: Line::Record,
    tables: &[],
};

/// One [`MentionRow`] a line.
pub static MENTIONS: Layout = Layout {
    name: "mentions",
    holds: "one mention, with the id of its article",
    stem: "mentions",
    beside: &[],
    line: Line::Mention,
    tables: &[&table::MENTIONS],
};

/// A file for the articles, one for each layer of mentions, and two of the whole run:
/// its names, and which of them stand in one sentence.
pub static TABLES: Layout = Layout {
    name: "tables",
    holds: "one article, mention, name or pair of names, a file for each",
    stem: "articles",
    beside: &[
        "entities", "money", "dates", "percents", NAMES, EDGES, GRAPHS[0], GRAPHS[1], GRAPHS[2],
        GRAPHS[3],
    ],
    line: Line::None,
    tables: &[
        &table::ARTICLES,
        &table::ENTITIES,
        &table::MONEY,
        &table::DATES,
        &table::PERCENTS,
    ],
};

/// The file of names.
pub(crate) const NAMES: &str = "names";
/// The file of pairs of names.
pub(crate) const EDGES: &str = "edges";
/// What programs that draw or ask graphs read, in CSV: nodes and edges of Gephi, and
/// those of neo4j-admin.
pub(super) const GRAPHS: [&str; 4] = ["gephi-nodes", "gephi-edges", "neo4j-nodes", "neo4j-edges"];

impl Layout {
    /// All layouts; the first is the default.
    pub const ALL: &'static [&'static Self] = &[&ARTICLES, &MENTIONS, &TABLES];

    /// The layout of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|l| l.name == name).copied()
    }

    /// Those whose lines are JSON.
    pub fn with_lines() -> impl Iterator<Item = &'static Self> {
        let all = Self::ALL.iter().copied();
        all.filter(|layout| layout.line != Line::None)
    }

    /// What a file of columns of this stem holds; `None` where it repeats what others hold.
    pub(crate) fn held(&self, stem: &str) -> Option<Held> {
        let counted = |heads: Vec<Head>| Some(Held::Flat(heads));
        match self.line {
            Line::Record => Some(Held::Nested),
            Line::Mention => self.tables.first().map(|table| Held::Flat(table.heads())),
            Line::None if stem == NAMES => counted(table::NAME.iter().map(|c| c.head).collect()),
            Line::None if stem == EDGES => counted(table::EDGE.iter().map(|c| c.head).collect()),
            Line::None => {
                let table = self.tables.iter().find(|table| table.name == stem)?;
                Some(Held::Flat(table.heads()))
            }
        }
    }

    /// Whether its rows are in several files, which have room in a folder only.
    pub fn has_files(&self) -> bool {
        !self.beside.is_empty()
    }

    /// Appends the JSON lines of one record; nothing where the layout has none.
    pub fn write(&self, record: &Record, out: &mut Vec<u8>) {
        match self.line {
            Line::Record => line(record, out),
            Line::Mention => record::rows(record, &mut |row| line(&row, out)),
            Line::None => debug_assert!(false, "{} has no lines", self.name),
        }
    }

    /// The JSON Schema of one line, true whatever the flags of the run; `None` where the
    /// layout has no lines.
    pub fn schema(&self) -> Option<schemars::Schema> {
        // What is written, where every key is always present.
        let generator = schemars::generate::SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator();
        match self.line {
            Line::Record => Some(generator.into_root_schema_for::<Record>()),
            Line::Mention => Some(generator.into_root_schema_for::<MentionRow>()),
            Line::None => None,
        }
    }
}

impl PartialEq for Layout {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Layout {}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

fn line<T: serde::Serialize>(value: &T, out: &mut Vec<u8>) {
    // Neither a vector nor our types, whose keys are strings, can fail.
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok());
    out.push(b'\n');
}
