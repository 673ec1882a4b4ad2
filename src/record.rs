//! The output contract: one JSON object a line, one line for every article
//! read.
//!
//! Every key is always present: what is unknown is `null`, what is absent is
//! an empty array. Offsets come in two units: `start`/`end` count Unicode code
//! points, `byte_start`/`byte_end` count UTF-8 bytes; both are 0-based with an
//! exclusive end, both refer to the decoded text of the article (see
//! [`Record::sha256`]), which is never normalised or trimmed.
//!
//! The words that a value may be (labels, grains, modifiers …) are those of
//! [`crate::kinds`], which the engines share.

pub use crate::kinds::{Anchor, DateType, Grain, Label, Modifier, PercentUnit, PublishedFrom};
use crate::text::offsets::CodePoints;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Value of [`Record::schema`]; changes only when a key changes its meaning
/// or goes.
pub const SCHEMA: &str = "glane/1";

/// What one article became.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always `"glane/1"`.
    pub schema: String,
    /// The article's own id, else its relative path without extension, or
    /// `<file>#<row>`.
    pub id: String,
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
    /// Named entities, sorted by `start`, none overlapping.
    pub entities: Vec<Entity>,
    /// Amounts of money, sorted by `start`, none overlapping.
    pub money: Vec<Money>,
    /// Time expressions, sorted by `start`, none overlapping.
    pub dates: Vec<Date>,
    /// Percentages and points, sorted by `start`, none overlapping.
    pub percents: Vec<Percent>,
    /// Remarks such as `decoded_as:windows-1252`.
    pub warnings: Vec<String>,
    /// The decoded text itself, only with `--with-text`: silver data for
    /// `glane train`, outside the schema, which knows no optional key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub text: Option<String>,
}

/// What happened to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Extracted.
    Ok,
    /// Its language is not on the allow-list.
    SkippedLanguage,
    /// It holds no text.
    SkippedEmpty,
    /// It could not be read; see [`Record::error`].
    Error,
}

/// Why an article has status `error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The room that failed: `read`, `decode`, `parse` or `extract`.
    pub stage: String,
    /// One sentence that says what to do.
    pub message: String,
}

/// Where a mention stands, in both units, and the text found there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First code point, 0-based.
    pub start: u64,
    /// One past the last code point.
    pub end: u64,
    /// First byte, 0-based.
    pub byte_start: u64,
    /// One past the last byte.
    pub byte_end: u64,
    /// Exactly the slice of the decoded text.
    pub text: String,
}

impl Span {
    /// The span of `text[start..end]`, whose map is `points`. `None` when the
    /// bytes are out of bounds or inside a character.
    pub fn new(text: &str, points: &CodePoints, start: usize, end: usize) -> Option<Self> {
        Some(Self {
            start: points.at(start) as u64,
            end: points.at(end) as u64,
            byte_start: start as u64,
            byte_end: end as u64,
            text: text.get(start..end)?.to_owned(),
        })
    }
}

/// A named entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its type.
    pub label: Label,
    /// Calibrated marginal probability of span and type, 0 to 1.
    pub score: f64,
    /// Fullest form of the same entity inside this article.
    pub name: String,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The amount as a number; null for a range.
    pub amount: Option<f64>,
    /// The amount as an exact decimal string; null for a range.
    pub amount_exact: Option<String>,
    /// Lower end of a range, exact decimal string.
    pub amount_min: Option<String>,
    /// Upper end of a range, exact decimal string.
    pub amount_max: Option<String>,
    /// ISO 4217 code, or null when it cannot be known.
    pub currency: Option<String>,
    /// Modifier beside the span.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
    /// The period or unit that an amount is paid for (« 12 euros de l'heure »
    /// is `PT1H`, « par mois » `P1M`), a TIMEX3 duration; null otherwise.
    pub per: Option<String>,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Date {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: DateType,
    /// TIMEX3 value; null or partial (`XXXX-11-24`) where the text does not
    /// settle it.
    pub value: Option<String>,
    /// TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
    /// Unit of the value.
    pub grain: Option<Grain>,
    /// Start of the half-open interval on the calendar, ISO 8601.
    pub from: Option<String>,
    /// End of the half-open interval on the calendar, ISO 8601, exclusive.
    pub to: Option<String>,
    /// What it was resolved against.
    pub anchor: Option<Anchor>,
}

/// A percentage or a number of percentage points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Percent {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The value as a number; null for a range.
    pub value: Option<f64>,
    /// The value as an exact decimal string; null for a range.
    pub value_exact: Option<String>,
    /// Lower end of a range, exact decimal string.
    pub value_min: Option<String>,
    /// Upper end of a range, exact decimal string.
    pub value_max: Option<String>,
    /// Percent or points.
    pub unit: PercentUnit,
    /// Modifier beside the span.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
}
