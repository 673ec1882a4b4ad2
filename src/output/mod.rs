//! Where records go: JSON Lines in one of two layouts, and the manifest.

mod manifest;
mod mentions;
mod sink;

pub use manifest::{Counts, Manifest, Rates};
pub use mentions::{Kind, MentionRow};
pub use sink::{Destination, OutputError, Sink};

use crate::record::Record;

/// What one line holds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// One article: [`Record`].
    Articles,
    /// One mention: [`MentionRow`].
    Mentions,
}

impl Layout {
    /// Appends the lines of one record.
    pub fn write(self, record: &Record, out: &mut Vec<u8>) {
        match self {
            Self::Articles => line(record, out),
            Self::Mentions => mentions::rows(record).for_each(|row| line(&row, out)),
        }
    }

    /// Name of the file in an output folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Articles => "records.jsonl",
            Self::Mentions => "mentions.jsonl",
        }
    }

    /// The JSON Schema of one line.
    pub fn schema(self) -> schemars::Schema {
        // What is written, where every key is always present.
        let generator = schemars::generate::SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator();
        match self {
            Self::Articles => generator.into_root_schema_for::<Record>(),
            Self::Mentions => generator.into_root_schema_for::<MentionRow>(),
        }
    }
}

fn line(value: &impl serde::Serialize, out: &mut Vec<u8>) {
    // Neither a vector nor our types, whose keys are strings, can fail.
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok());
    out.push(b'\n');
}
