//! What a run needs to know, and what it reads.

use super::{extract::Extractor, take::Take};
use crate::{
    article::{
        Article, Input,
        inputs::Refused,
        reader::{Item, Options, Reader},
    },
    output::PlannedInput,
};
use std::{fs, sync::Arc};

/// What a run needs.
pub struct Job<'a> {
    /// Turns articles into records.
    pub extractor: &'a Extractor,
    /// How raw rows become articles.
    pub options: &'a Options,
    /// Files in order.
    pub inputs: Vec<Input>,
    /// Files and folders that cannot be used; those that were to be articles
    /// get an error record.
    pub refused: &'a [Refused],
    /// Worker threads, at least 1.
    pub threads: usize,
    /// Articles that a worker takes at a time, at least 1: many where one is a
    /// matter of microseconds, one where it takes a second.
    pub chunk: usize,
    /// Which articles are taken.
    pub take: Take,
    /// Stops after this many articles.
    pub limit: Option<u64>,
    /// Stops when more articles than this have failed.
    pub max_errors: Option<u64>,
    /// Whether the raw rows of failed articles are given to the target.
    pub rejects: bool,
    /// Whether articles in other languages get a record.
    pub keep_skipped: bool,
    /// Whether records of articles that nearly repeat an earlier one say so.
    pub near_duplicates: bool,
}

/// What [`super::batch::Watch::note`] hears.
#[derive(Debug)]
#[non_exhaustive]
pub enum Note {
    /// An article (id) failed, with stage and reason.
    Failed(String, String),
    /// Roles and field names first used in a file.
    Fields(String, Vec<(&'static str, String)>),
}

/// What is known of an input before it is read.
pub fn planned(input: &Input) -> PlannedInput {
    let meta = input.path.as_ref().and_then(|path| fs::metadata(path).ok());
    let meta = meta.filter(|meta| meta.is_file());
    let modified = meta.as_ref().and_then(|meta| meta.modified().ok());
    let modified = modified.and_then(|at| jiff::Timestamp::try_from(at).ok());
    PlannedInput::new(
        input.source.clone(),
        meta.map(|meta| meta.len()),
        modified.map(|at| at.to_string()),
    )
}

/// Everything that a run is to read, what cannot be used first.
pub fn plan(files: &[Input], refused: &[Refused]) -> Vec<PlannedInput> {
    let refused = refused
        .iter()
        .map(|r| PlannedInput::new(refused_input(r).0.source, None, None));
    refused.chain(files.iter().map(planned)).collect()
}

/// What stands for an input that cannot be used, and why it cannot.
pub(super) fn refused_input(refused: &Refused) -> (Input, String) {
    let (source, message) = match refused {
        Refused::Io { path, source } => (path, source.to_string()),
        Refused::UnknownFormat(path) | Refused::Records(path) => (path, refused.to_string()),
    };
    let input = Input {
        path: Some(source.into()),
        source: source.clone(),
        relative: source.rsplit('/').next().unwrap_or(source).to_owned(),
        format: None,
        compression: None,
        bytes: 0,
    };
    (input, message)
}

/// The articles of a run, in the order of its records: those that cannot be read
/// have an id, and no text.
pub fn articles(
    files: Vec<Input>,
    refused: &[Refused],
    options: Options,
) -> impl Iterator<Item = Article> + use<> {
    let refused: Vec<_> = refused.iter().map(refused_input).collect();
    let nothing = refused
        .into_iter()
        .map(|(input, why)| Item::unreadable(input, why));
    let files = files.into_iter();
    let opening = options.clone();
    let read = files.flat_map(move |input| -> Box<dyn Iterator<Item = Item>> {
        let opened = Reader::open(input.clone(), &opening, Arc::default(), Arc::default());
        match opened {
            Ok(reader) => Box::new(reader),
            Err(e) => Box::new(std::iter::once(Item::unreadable(input, e))),
        }
    });
    nothing
        .chain(read)
        .map(move |item| item.article(&options).article)
}
