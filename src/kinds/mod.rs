//! The words that engines and records share: labels, types and grains of
//! dates, modifiers, anchors, units of percentages, and partial dates. They lie
//! below both, so that no engine knows what a record looks like.

mod meta;
mod published;
pub mod utc_offset;
mod zone;

pub use meta::{Meta, MetaValue};
pub use published::{ParsePublishedError, Published};
pub use zone::{Zone, ZoneSpan, zone_at};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a publication date came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PublishedFrom {
    /// A field of the record that held the article.
    Metadata,
    /// One of the first lines of the text.
    Dateline,
    /// The name of the file.
    Filename,
    /// The command line.
    Option,
}

/// The part of an article that a mention stands in.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Field {
    /// The title, where it stands outside the text: a field of the row.
    Title,
    /// The text.
    #[default]
    Text,
}

/// Entity types, with the conventions of CoNLL-2003 and WikiNER.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Label {
    /// People, real or fictional, without title or function.
    Per,
    /// Places, also as political actors.
    Loc,
    /// Companies, institutions, parties, clubs, media.
    Org,
    /// Products, works, laws, events and other names.
    Misc,
}

/// TIMEX3's modifier words, used for money, dates and percents alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Modifier {
    /// « environ », « près de ».
    Approx,
    /// « moins de ».
    LessThan,
    /// « plus de ».
    MoreThan,
    /// « au plus », « jusqu'à ».
    EqualOrLess,
    /// « au moins ».
    EqualOrMore,
    /// « début 2025 ».
    Start,
    /// « mi-juin ».
    Mid,
    /// « fin mars ».
    End,
}

/// Types of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum DateType {
    /// A day or a coarser stretch of the calendar.
    Date,
    /// A point finer than a day.
    Time,
    /// A length of time.
    Duration,
    /// Something that comes again.
    Set,
}

/// Calendar units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The names say it.
#[non_exhaustive]
pub enum Grain {
    Century,
    Decade,
    Year,
    Half,
    Season,
    Quarter,
    Month,
    Week,
    Day,
    Part,
    Hour,
    Minute,
    Second,
}

/// What a relative expression was resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Anchor {
    /// The article's publication date.
    Published,
    /// An earlier date in the text.
    Mention,
}

/// Unit of a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PercentUnit {
    /// « 12 % ».
    Percent,
    /// « 0,5 point ».
    Point,
}

/// Which model tags: its name, and the SHA-256 of its file in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModelInfo {
    /// Name, such as `compact-fr`.
    pub name: String,
    /// SHA-256 of the model file.
    pub sha256: String,
}

impl ModelInfo {
    /// A model of this name, whose file has this SHA-256 (lower-case hex).
    pub fn new(name: impl Into<String>, sha256: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            sha256: sha256.into(),
        }
    }
}
