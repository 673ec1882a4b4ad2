//! The run over many articles: one reader, rayon workers, one writer.
//!
//! The reader cuts inputs into chunks and waits when too many are on their way;
//! workers decode, extract and serialise a chunk; the writer puts chunks back
//! into the order of the input. So memory is bounded by the chunks on their way
//! and the bytes written do not depend on the number of threads.

use super::{
    extract::{Extractor, failed},
    ordered::{Permits, Reorder},
    stages::{Clock, Stage, Times},
    tally::{Ids, Tally},
};
use crate::{
    article::{
        Input,
        inputs::Refused,
        reader::{Item, Options, Parsed, Reader, Shared},
    },
    output::{Counts, Encode, InputRead, Part, Rates, Run, Sink},
    record::{Record, Status},
};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

/// Raw bytes after which a chunk is full.
const CHUNK_BYTES: usize = 1 << 17;

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
    /// Stops after this many articles.
    pub limit: Option<u64>,
    /// Whether articles in other languages get a record.
    pub keep_skipped: bool,
}

/// Hears how the run goes; called on the writer's thread.
pub trait Watch {
    /// Something a person should know: a failed article, the fields found.
    fn note(&self, note: Note);
    /// After every chunk: bytes taken from the inputs, articles done.
    fn advance(&self, bytes: u64, articles: u64, text_bytes: u64);
}

/// What [`Watch::note`] hears.
#[derive(Debug)]
#[non_exhaustive]
pub enum Note {
    /// An article (id) failed, with stage and reason.
    Failed(String, String),
    /// Roles and field names first used in a file.
    Fields(String, Vec<(&'static str, String)>),
}

/// How a run went.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// Counts.
    pub tally: Tally,
    /// Ids that came twice.
    pub ids: Ids,
    /// Time spent, summed over threads.
    pub times: Times,
    /// Time on the wall clock.
    pub elapsed: Duration,
    /// The inputs.
    pub inputs: Vec<InputRead>,
    /// Whether it was asked to stop before the end.
    pub stopped: bool,
}

impl Outcome {
    /// What the manifest tells of it.
    pub fn summary(&self) -> Run {
        Run {
            inputs: self.inputs.clone(),
            counts: Counts {
                articles: self.tally.statuses().into(),
                mentions: self
                    .tally
                    .mentions()
                    .map(|(key, _, n)| (key.to_owned(), n))
                    .collect(),
                repeated_ids: self.ids.repeated,
            },
            rates: Rates::new(self.elapsed, self.tally.articles(), self.tally.text_bytes),
        }
    }
}

struct Chunk {
    seq: u64,
    items: Vec<Item>,
}

/// A chunk when its work is done.
#[derive(Default)]
struct Done {
    part: Option<Part>,
    tally: Tally,
    times: Times,
    ids: Vec<String>,
    notes: Vec<Note>,
}

/// Runs `job`, writing to `sink` until the end, the limit, or `stop`.
///
/// Errors are those of `sink`; those of an article or a file become `error`
/// records.
pub fn run(
    job: &Job,
    sink: &mut dyn Sink,
    watch: &dyn Watch,
    stop: &Arc<AtomicBool>,
) -> io::Result<Outcome> {
    let start = Instant::now();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(job.threads.max(1))
        .thread_name(|i| format!("extract-{i}"))
        .build()
        .map_err(io::Error::other)?;
    let permits = Permits::new(3 * job.threads.max(1) + 2);
    let taken = Arc::new(AtomicU64::new(0));
    let broken = AtomicBool::new(false);
    let halt = || stop.load(Ordering::Relaxed) || broken.load(Ordering::Relaxed);
    let (send, receive) = mpsc::channel::<(u64, Done)>();
    let encoder = sink.encoder();
    let encoder = &*encoder;
    sink.header()?;

    std::thread::scope(|threads| {
        let (permits, taken, halt) = (&permits, &taken, &halt);
        let reading = threads.spawn(move || {
            pool.in_place_scope(|scope| {
                let mut times = Times::default();
                let mut cut = Cutter::new(job, Arc::clone(taken), Arc::clone(stop));
                loop {
                    let mut clock = Clock::start(&mut times);
                    let chunk = if halt() { None } else { cut.next(halt) };
                    clock.lap(Stage::Read);
                    let Some(chunk) = chunk else { break };
                    permits.take();
                    let send = send.clone();
                    scope.spawn(move |_| {
                        // The writer is gone only when it failed.
                        let _ = send.send((chunk.seq, work(job, encoder, chunk.items)));
                    });
                }
                drop(send);
                (cut.inputs, cut.complete, times)
            })
        });

        let mut out = Outcome {
            tally: Tally::default(),
            ids: Ids::default(),
            times: Times::default(),
            elapsed: Duration::ZERO,
            inputs: Vec::new(),
            stopped: false,
        };
        let mut fields = Vec::new();
        let mut reorder = Reorder::default();
        let mut failure = None;
        for (seq, done) in receive {
            reorder.push(seq, done);
            while let Some(done) = reorder.pop() {
                permits.give();
                if failure.is_some() {
                    continue;
                }
                let mut clock = Clock::start(&mut out.times);
                if let Some(Err(e)) = done.part.map(|part| sink.rows(part)) {
                    failure = Some(e);
                    broken.store(true, Ordering::Relaxed);
                    continue;
                }
                clock.lap(Stage::Write);
                out.tally.merge(&done.tally);
                out.times.merge(&done.times);
                done.ids.into_iter().for_each(|id| out.ids.see(id));
                for note in done.notes {
                    report(note, &mut fields, watch);
                }
                watch.advance(
                    taken.load(Ordering::Relaxed),
                    out.tally.articles(),
                    out.tally.text_bytes,
                );
            }
        }
        let (inputs, complete, times) = match reading.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        if let Some(e) = failure {
            return Err(e);
        }
        let mut clock = Clock::start(&mut out.times);
        sink.flush()?;
        clock.lap(Stage::Write);
        out.times.merge(&times);
        out.inputs = inputs;
        // At Ctrl-C a pipe often ends too: that is not the end of the input.
        out.stopped = !complete || stop.load(Ordering::Relaxed);
        out.elapsed = start.elapsed();
        Ok(out)
    })
}

/// Passes a note on; the fields of a file only when they are new.
fn report(note: Note, seen: &mut Vec<(String, &'static str, String)>, watch: &dyn Watch) {
    let note = match note {
        Note::Fields(source, mut used) => {
            // Notes come in the order of the input: of older files nothing
            // more is heard.
            seen.retain(|(s, _, _)| *s == source);
            used.retain(|(role, name)| {
                let key = (source.clone(), *role, name.clone());
                let new = !seen.contains(&key);
                if new {
                    seen.push(key);
                }
                new
            });
            if used.is_empty() {
                return;
            }
            Note::Fields(source, used)
        }
        note => note,
    };
    watch.note(note);
}

/// Cuts the inputs into chunks.
struct Cutter<'a> {
    job: &'a Job<'a>,
    waiting: std::vec::IntoIter<Input>,
    refused: std::slice::Iter<'a, Refused>,
    reader: Option<(Reader, u64)>,
    taken: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    inputs: Vec<InputRead>,
    seq: u64,
    articles: u64,
    complete: bool,
}

impl<'a> Cutter<'a> {
    fn new(job: &'a Job, taken: Arc<AtomicU64>, stop: Arc<AtomicBool>) -> Self {
        Self {
            job,
            waiting: job.inputs.clone().into_iter(),
            refused: job.refused.iter(),
            reader: None,
            taken,
            stop,
            inputs: Vec::new(),
            seq: 0,
            articles: 0,
            complete: false,
        }
    }

    fn next(&mut self, halt: &dyn Fn() -> bool) -> Option<Chunk> {
        let (mut items, mut bytes) = (Vec::new(), 0);
        while items.len() < self.job.chunk.max(1) && bytes < CHUNK_BYTES && !halt() {
            if self.job.limit == Some(self.articles) {
                self.complete = true;
                break;
            }
            let Some(item) = self.item() else { break };
            // What was cut short by the halt is no article.
            if halt() {
                break;
            }
            self.articles += 1;
            bytes += item.len();
            items.push(item);
        }
        if items.is_empty() {
            self.close(self.complete);
            return None;
        }
        self.seq += 1;
        Some(Chunk {
            seq: self.seq - 1,
            items,
        })
    }

    fn item(&mut self) -> Option<Item> {
        if let Some(refused) = self.refused.next() {
            return Some(refused_item(refused));
        }
        loop {
            if let Some((reader, rows)) = &mut self.reader {
                if let Some(item) = reader.next() {
                    *rows += 1;
                    return Some(item);
                }
                self.close(true);
            }
            let Some(input) = self.waiting.next() else {
                self.complete = true;
                return None;
            };
            let (taken, stop) = (Arc::clone(&self.taken), Arc::clone(&self.stop));
            match Reader::open(input.clone(), self.job.options, taken, stop) {
                Ok(reader) => self.reader = Some((reader, 0)),
                Err(e) => return Some(Item::unreadable(input, e)),
            }
        }
    }

    /// Notes what was read of the file at hand.
    fn close(&mut self, complete: bool) {
        if let Some((reader, rows)) = self.reader.take() {
            let (bytes, sha256) = reader.tap().digest();
            self.inputs.push(InputRead {
                source: reader.file().input.source.clone(),
                bytes,
                sha256,
                rows,
                complete: complete && self.job.limit.is_none(),
            });
        }
    }
}

fn refused_item(refused: &Refused) -> Item {
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
    Item::unreadable(input, message)
}

fn work(job: &Job, encoder: &dyn Encode, items: Vec<Item>) -> Done {
    let mut out = Done::default();
    let mut records = Vec::with_capacity(items.len());
    for item in items {
        let source = Arc::clone(&item.file);
        let mut clock = Clock::start(&mut out.times);
        let parsed = item.article(job.options);
        clock.lap(Stage::Read);
        if parsed.used.iter().any(Option::is_some) {
            note_fields(&source, &parsed, &mut out.notes);
        }
        let text_bytes = parsed.article.text.len();
        let record = record(job, parsed, &mut out.times);
        let mut clock = Clock::start(&mut out.times);
        if let Some(failure) = &record.error {
            let at = match record.row {
                Some(row) => format!("{}#{row}", source.input.source),
                None => source.input.source.clone(),
            };
            let why = format!("{}: {}", failure.stage, failure.message);
            out.notes.push(Note::Failed(at, why));
        }
        out.tally.count(&record, text_bytes);
        out.ids.push(record.id.clone());
        if job.keep_skipped || record.status != Status::SkippedLanguage {
            records.push(record);
        }
        clock.lap(Stage::Write);
    }
    let mut clock = Clock::start(&mut out.times);
    out.part = Some(encoder.part(&records));
    clock.lap(Stage::Write);
    out
}

fn record(job: &Job, parsed: Parsed, times: &mut Times) -> Record {
    match parsed.problem {
        Some(problem) => failed(&parsed.article, problem),
        None => job.extractor.extract_timed(&parsed.article, times),
    }
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
