//! What a worker does with a chunk: raw articles become records in the form that
//! the target writes.

use super::{
    cutter::Chunk,
    extract::failed,
    job::{Job, Note},
    minhash::Signature,
    seen,
    stages::{Clock, Stage, Times},
    tally::Tally,
};
use crate::{
    article::{
        Article,
        reader::{Parsed, Shared},
    },
    output::{Encode, ErrorRow, Part},
    record::{self, Record, Status},
};
use sha2::{Digest, Sha256};
use std::{collections::HashSet, sync::Arc};

/// An article that may nearly repeat another one.
pub(super) struct MayRepeat {
    /// Its key.
    pub uid: String,
    pub signature: Signature,
    /// Which of [`Done::records`] is its own; `None` where that is written already.
    pub record: Option<usize>,
}

/// A chunk when its work is done.
pub(super) struct Done {
    /// The records; `None` where the part that they belong to is complete already, and
    /// where it is not yet known what they repeat.
    pub part: Option<Part>,
    /// The records of which that is not yet known.
    pub records: Vec<Record>,
    /// Those that may repeat one, in order.
    pub may_repeat: Vec<MayRepeat>,
    /// Whether the part that it belongs to is complete already.
    pub kept: bool,
    /// Articles in it.
    pub articles: u64,
    /// Raw bytes of them.
    pub input_bytes: u64,
    /// Whether the part of the run ends with it.
    pub ends_part: bool,
    pub tally: Tally,
    pub times: Times,
    pub ids: Vec<String>,
    pub errors: Vec<ErrorRow>,
    /// Raw rows of the failed articles, each ended by a line feed.
    pub rejects: Vec<u8>,
    pub notes: Vec<Note>,
    /// What each article is, see [`fingerprint`].
    pub content: Vec<[u8; 32]>,
    /// What stands for each text, when seen ones are left out.
    pub texts: Vec<[u8; 16]>,
}

impl Done {
    fn new(chunk: &Chunk) -> Self {
        Self {
            part: None,
            records: Vec::new(),
            may_repeat: Vec::new(),
            kept: chunk.kept,
            articles: chunk.items.len() as u64,
            input_bytes: chunk.bytes,
            ends_part: chunk.ends_part,
            tally: Tally::default(),
            times: Times::default(),
            ids: Vec::new(),
            errors: Vec::new(),
            rejects: Vec::new(),
            notes: Vec::new(),
            content: Vec::new(),
            texts: Vec::new(),
        }
    }
}

/// Decodes, extracts and encodes; `failed_before` are the keys (uids) of articles of complete
/// parts that could not be extracted.
pub(super) fn work(
    job: &Job,
    encoder: &dyn Encode,
    chunk: Chunk,
    failed_before: &HashSet<String>,
) -> Done {
    let mut out = Done::new(&chunk);
    let mut records = Vec::with_capacity(chunk.items.len());
    for item in chunk.items {
        let source = Arc::clone(&item.file);
        let mut clock = Clock::start(&mut out.times);
        // Only then: what is parsed is no longer raw.
        let raw = item.raw().filter(|_| job.rejects && !chunk.kept);
        let raw = raw.map(<[u8]>::to_vec);
        let rest = item.is_failure() && item.row.is_some();
        let parsed = item.article(job.options);
        clock.lap(Stage::Read);
        if parsed.used.iter().any(Option::is_some) {
            note_fields(&source, &parsed, &mut out.notes);
        }
        let mut text = None;
        if let Some(seen) = &job.take.seen
            && parsed.problem.is_none()
            && !parsed.article.text.is_empty()
        {
            let key = seen::key(&parsed.article.text);
            if seen.has(&key) {
                out.content.push(fingerprint(&parsed.article, None));
                out.tally.seen += u64::from(!chunk.kept);
                clock.lap(Stage::Read);
                continue;
            }
            text = Some(key);
        }
        if chunk.kept {
            // Its record is there: what counts is that it is the same article.
            out.content.push(fingerprint(&parsed.article, None));
            clock.lap(Stage::Read);
            let article = parsed.article;
            let uid = record::uid(article.source.as_deref(), article.row, &article.id);
            let failed = parsed.problem.is_some() || failed_before.contains(&uid);
            out.texts.extend(text.filter(|_| !failed));
            if job.near_duplicates
                && !failed
                && job.extractor.takes(&article)
                && let Some(signature) = Signature::of(&article.text)
            {
                let record = None;
                out.may_repeat.push(MayRepeat {
                    uid,
                    signature,
                    record,
                });
                clock.lap(Stage::Text);
            }
            out.ids.push(article.id);
            continue;
        }
        let article = &parsed.article;
        let text_bytes = article.text.len();
        let record = match parsed.problem {
            Some(problem) => failed(article, problem),
            None => job.extractor.extract_timed(article, &mut out.times),
        };
        let mut clock = Clock::start(&mut out.times);
        out.content.push(fingerprint(article, Some(&record)));
        // What has failed is to be read again.
        out.texts.extend(text.filter(|_| record.error.is_none()));
        if let Some(failure) = &record.error {
            let at = match record.row {
                Some(row) => format!("{}#{row}", source.input.source),
                None => source.input.source.clone(),
            };
            let why = format!("{}: {}", failure.stage, failure.message);
            out.notes.push(Note::Failed(at, why));
            let listed = ErrorRow::of(&record);
            out.errors
                .extend(listed.map(|row| ErrorRow { rest, ..row }));
            if let Some(raw) = raw {
                out.rejects.extend(raw);
                if !out.rejects.ends_with(b"\n") {
                    out.rejects.push(b'\n');
                }
            }
        }
        out.tally.count(&record, text_bytes);
        out.ids.push(record.id.clone());
        clock.lap(Stage::Write);
        if job.near_duplicates
            && record.status == Status::Ok
            && let Some(signature) = Signature::of(&article.text)
        {
            out.may_repeat.push(MayRepeat {
                uid: record.uid.clone(),
                signature,
                record: Some(records.len()),
            });
            clock.lap(Stage::Text);
        }
        if job.keep_skipped || record.status != Status::SkippedLanguage {
            records.push(record);
        }
    }
    if job.near_duplicates {
        out.records = records;
    } else if !chunk.kept {
        let mut clock = Clock::start(&mut out.times);
        out.part = Some(encoder.part(&records));
        clock.lap(Stage::Write);
    }
    out
}

/// SHA-256 over what an article is: id, source, row, title, publication date and where
/// it was found, kept fields, remarks, and the SHA-256 of its text, which its record has,
/// unless it failed.
fn fingerprint(article: &Article, record: Option<&Record>) -> [u8; 32] {
    let mut hash = Sha256::new();
    let row = article.row.map(|r| r.to_string()).unwrap_or_default();
    let published = article.published.as_ref();
    let published = published.map(|(date, from)| format!("{date} {from:?}"));
    let meta = serde_json::to_string(&article.meta).unwrap_or_default();
    let warnings = article.warnings.join("\n");
    for part in [
        article.id.as_str(),
        article.source.as_deref().unwrap_or_default(),
        &row,
        article.title.as_deref().unwrap_or_default(),
        published.as_deref().unwrap_or_default(),
        &meta,
        &warnings,
    ] {
        hash.update(part);
        hash.update([0]);
    }
    match record {
        Some(record) if record.status != Status::Error => hash.update(&record.sha256),
        _ => hash.update(crate::digest::hex(&Sha256::digest(&article.text))),
    }
    hash.finalize().into()
}

fn note_fields(file: &Shared, parsed: &Parsed, notes: &mut Vec<Note>) {
    let used: Vec<_> = crate::article::Role::ALL
        .into_iter()
        .zip(&parsed.used)
        .filter_map(|(role, name)| Some((role.name(), name.clone()?)))
        .collect();
    // Rows of one file mostly agree: once a chunk is enough.
    if let Some(Note::Fields(source, last)) =
        notes.iter().rev().find(|n| matches!(n, Note::Fields(..)))
        && *source == file.input.source
        && *last == used
    {
        return;
    }
    notes.push(Note::Fields(file.input.source.clone(), used));
}
