//! The output contract: one JSON object per line, one line for every article
//! read.
//!
//! Every key is always present: what is unknown is `null`, what is absent is
//! an empty array. Offsets come in two units: `start`/`end` count Unicode code
//! points, `byte_start`/`byte_end` count UTF-8 bytes; both are 0-based with an
//! exclusive end, both refer to the decoded field that the mention names: the text
//! of the article (see [`Record::sha256`]) or its [`Record::title`], neither of
//! which is ever normalised or trimmed.
//!
//! The words that a value may be (labels, grains, modifiers …) are those of
//! [`crate::kinds`], which the engines share.

mod date;
mod entity;
mod layers;
mod money;
mod percent;
mod row;
mod span;

pub use crate::kinds::{
    Anchor, DateType, Field, Grain, Label, Meta, MetaValue, Modifier, PercentUnit, PublishedFrom,
    Zone,
};
pub use date::Date;
pub use entity::Entity;
pub use layers::{Layer, Mention};
pub use money::Money;
pub use percent::Percent;
pub use row::{MentionRow, rows};
pub use span::Span;

use crate::digest::hex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Value of [`Record::schema`]; changes only when a key changes its meaning
/// or goes.
pub const SCHEMA: &str = "glane/1";

/// Makes of the list of layers the types that hold every layer.
macro_rules! layers {
    ($($(#[doc = $doc:literal])* $field:ident: $mention:ident, $about:literal;)+) => {
        /// What one article became.
        // The schema is closed, so that drift shows; reading is not, so that a
        // key that a later version adds is no error.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[schemars(deny_unknown_fields)]
        #[non_exhaustive]
        pub struct Record {
            /// Always `"glane/1"`.
            pub schema: String,
            /// The article's own id, else its relative path without extension, or
            /// `<file>#<row>`.
            pub id: String,
            /// The key for joins, 16 hex digits: the first 8 bytes of the SHA-256
            /// over source, row and id, see [`uid`]. Ids may repeat, this does not.
            #[serde(default)]
            pub uid: String,
            /// The input as given on the command line.
            pub source: Option<String>,
            /// 1-based row in a many-article file.
            pub row: Option<u64>,
            /// From metadata, or the first heading-like line.
            pub title: Option<String>,
            /// `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm` with an offset
            /// where the source has one; never padded.
            pub published: Option<String>,
            /// Where [`Record::published`] was found.
            pub published_from: Option<PublishedFrom>,
            /// Fields of the row that were asked for (`--keep`), as the row has them;
            /// empty when none was.
            #[serde(default)]
            pub meta: Meta,
            /// ISO 639-3 code of the language of the whole text.
            pub lang: Option<String>,
            /// Confidence of `lang`, 0 to 1.
            pub lang_confidence: Option<f64>,
            /// Whether the article was extracted, skipped, or failed.
            pub status: Status,
            /// What went wrong, when `status` is `error`.
            pub error: Option<Failure>,
            /// Length of the decoded text in Unicode code points.
            pub chars: u64,
            /// SHA-256 of the decoded text as UTF-8, in lower-case hex.
            pub sha256: String,
            $($(#[doc = $doc])* pub $field: Vec<$mention>,)+
            /// Remarks such as `decoded_as:windows-1252`.
            pub warnings: Vec<String>,
            /// [`Record::uid`] of the first article of the run that this one nearly
            /// repeats, which itself repeats none; only there when that was asked
            /// for (`--near-duplicates`) and is so.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[schemars(with = "String")]
            pub duplicate_of: Option<String>,
            /// The decoded text itself; only there when it was asked for
            /// (`--with-text`).
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[schemars(with = "String")]
            pub text: Option<String>,
        }

        /// What a [`MentionRow`] is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "lowercase")]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $about] $mention,)+
        }

        /// The layers, in the order of the keys of a record.
        pub static LAYERS: &[Layer] = &[
            $(Layer::new::<$mention>(
                stringify!($field),
                Kind::$mention,
                |record, each| record.$field.iter().for_each(|m| each(m)),
            ),)+
        ];
    };
}

// A layer is a file with its type and its `Mention`, its module, and its line
// here; who finds it has a line in `pipeline::finders`.
layers! {
    /// Named entities, sorted by `field` (title first) and
    /// `start`, none overlapping.
    entities: Entity, "A named entity.";
    /// Amounts of money, sorted by `field` (title first) and
    /// `start`, none overlapping.
    money: Money, "An amount of money.";
    /// Time expressions, sorted by `field` (title first) and
    /// `start`, none overlapping.
    dates: Date, "A time expression.";
    /// Percentages and points, sorted by `field` (title first) and
    /// `start`, none overlapping.
    percents: Percent, "A percentage.";
}

/// The key of an article: the first 8 bytes, as 16 lower-case hex digits, of the
/// SHA-256 over source, row (in decimal) and id, each followed by a zero byte,
/// and nothing for what is unknown. The same command in the same folder gives
/// the same keys. Among a million articles two share one with a probability of
/// 3 in 100 million, among 100 million of 3 in 10,000 (n² / 2⁶⁵).
pub fn uid(source: Option<&str>, row: Option<u64>, id: &str) -> String {
    let row = row.map(|r| r.to_string()).unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [source.unwrap_or_default(), &row, id] {
        hash.update(part);
        hash.update([0]);
    }
    hex(&hash.finalize()[..8])
}

/// What happened to an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// Extracted.
    #[default]
    Ok,
    /// Its language is not on the allow-list.
    SkippedLanguage,
    /// It holds no text.
    SkippedEmpty,
    /// It could not be read; see [`Record::error`].
    Error,
}

impl Status {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [
        Self::Ok,
        Self::SkippedLanguage,
        Self::SkippedEmpty,
        Self::Error,
    ];

    /// Its name in records and counts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::SkippedLanguage => "skipped_language",
            Self::SkippedEmpty => "skipped_empty",
            Self::Error => "error",
        }
    }
}

/// Why an article has status `error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct Failure {
    /// The stage that failed: `read`, `decode`, `parse` or `extract`.
    pub stage: String,
    /// One sentence that says what to do.
    pub message: String,
}

impl Failure {
    /// The stage in which an article that was read fails.
    pub const EXTRACT: &'static str = "extract";

    /// A failure of the stage `stage`.
    pub fn new(stage: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            stage: stage.into(),
            message: message.into(),
        }
    }
}

/// A probability to four decimals: more only makes files larger.
pub(crate) fn rounded(probability: f64) -> f64 {
    (probability * 1e4).round() / 1e4
}
