//! Who finds which mentions, in the order of the work.
//!
//! A finder first finds, then, when all kinds of mentions have been made to
//! agree, writes its layers into the record. To add one: a file with its
//! [`Finder`], its module here and its line in [`ALL`].

mod dates;
mod entities;
mod money;

use super::{place::Places, stages::Stage};
use crate::{
    dates::Timezone,
    entities::{Mention, TagError, Tagger},
    kinds::{Field, Published},
    record::{Kind, Record, Span},
    text::Analysis,
};

/// One finder.
pub struct Finder {
    /// What its time is booked on.
    pub stage: Stage,
    /// Finds.
    pub find: fn(&Seen, &mut Found) -> Result<(), TagError>,
    /// Writes what is left of it into the record.
    pub write: fn(&Seen, &mut Found, &mut Written),
}

/// All finders: a later one knows what the earlier ones found.
pub static ALL: &[&Finder] = &[&entities::ENTITIES, &money::MONEY, &dates::DATES];

/// What finders are asked for.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Entities below this score are left out.
    pub min_score: f32,
    /// Whether amounts in cryptocurrencies are mentions.
    pub crypto: bool,
    /// The zone in which clock times are understood.
    pub timezone: Option<Timezone>,
}

/// What finders see of an article.
pub struct Seen<'a> {
    /// The reading view: title and text as one.
    pub text: &'a str,
    /// Where its bytes stand in the article.
    pub places: &'a Places<'a>,
    /// Its tokens and sentences.
    pub analysis: &'a Analysis,
    /// Its publication date.
    pub published: Option<Published>,
    /// The reader of names.
    pub tagger: &'a dyn Tagger,
    /// What is asked for.
    pub settings: &'a Settings,
    /// Whether steps are wanted.
    pub explain: bool,
}

impl Seen<'_> {
    /// The span of these bytes.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        self.places.span(start, end)
    }
}

/// What was found, spans in bytes of the view.
#[derive(Default)]
pub struct Found {
    /// Named entities.
    pub entities: Vec<Mention>,
    /// Amounts and percentages.
    pub money: crate::money::Found,
    /// Time expressions.
    pub dates: crate::dates::Found,
}

/// How a mention was found. Not part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trace {
    /// Kind of the mention.
    pub kind: Kind,
    /// The field that it stands in.
    pub field: Field,
    /// Its first byte in the decoded field.
    pub byte_start: u64,
    /// Name of the rule, for people.
    pub rule: &'static str,
    /// From its words to its value, in words.
    pub steps: Vec<String>,
}

/// Where finders write.
pub struct Written<'a> {
    /// The record.
    pub record: &'a mut Record,
    /// The traces, where they are wanted.
    pub trace: Option<&'a mut Vec<Trace>>,
}

impl Written<'_> {
    /// The span of the mention at these bytes of the view; how it was found is noted.
    pub fn place(
        &mut self,
        seen: &Seen,
        kind: Kind,
        (start, end): (usize, usize),
        rule: &'static str,
        steps: impl FnOnce() -> Vec<String>,
    ) -> Option<Span> {
        let span = seen.span(start, end)?;
        if let Some(traces) = &mut self.trace {
            traces.push(Trace {
                kind,
                field: span.field,
                byte_start: span.byte_start,
                rule,
                steps: steps(),
            });
        }
        Some(span)
    }
}
