//! What one line or row of an output holds, declared once each.

use crate::record::{self, MentionRow, Record};
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
    /// What type a line has.
    pub(crate) line: Line,
    lines: fn(&Record, &mut Vec<u8>),
    schema: fn(schemars::SchemaGenerator) -> schemars::Schema,
}

/// The type of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// [`Record`].
    Record,
    /// [`MentionRow`].
    Mention,
}

/// One [`Record`] a line.
pub static ARTICLES: Layout = Layout {
    name: "articles",
    holds: "one article, with its mentions",
    stem: "records",
    line: Line::Record,
    lines: line,
    schema: |generator| generator.into_root_schema_for::<Record>(),
};

/// One [`MentionRow`] a line.
pub static MENTIONS: Layout = Layout {
    name: "mentions",
    holds: "one mention, with the id of its article",
    stem: "mentions",
    line: Line::Mention,
    lines: |record, out| record::rows(record, &mut |row| line(&row, out)),
    schema: |generator| generator.into_root_schema_for::<MentionRow>(),
};

impl Layout {
    /// All layouts; the first is the default.
    pub const ALL: &'static [&'static Self] = &[&ARTICLES, &MENTIONS];

    /// The layout of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|l| l.name == name).copied()
    }

    /// Appends the JSON lines of one record.
    pub fn write(&self, record: &Record, out: &mut Vec<u8>) {
        (self.lines)(record, out);
    }

    /// The JSON Schema of one line, true whatever the flags of the run.
    pub fn schema(&self) -> schemars::Schema {
        // What is written, where every key is always present.
        let generator = schemars::generate::SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator();
        (self.schema)(generator)
    }
}

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
