//! The run over many articles: one reader, rayon workers, one writer.
//!
//! The reader cuts inputs into chunks and waits when too many are on their way;
//! workers decode, extract and serialise a chunk; the writer puts chunks back
//! into the order of the input. So memory is bounded by the chunks on their way
//! and the bytes written do not depend on the number of threads.

use super::{
    cutter::Cutter,
    near::Near,
    ordered::{Permits, Reorder},
    parts::Parts,
    stages::{Clock, Stage, Times},
    tally::{Ids, Tally},
    work::work,
};
pub use super::{
    job::{Job, Note, articles, plan},
    take::{Slice, Take},
};
use crate::output::{InputRead, Rates, Run, Target};
use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

/// Hears how the run goes; called on the writer's thread.
pub trait Watch {
    /// Something a person should know: a failed article, the fields found.
    fn note(&self, note: Note);
    /// After every chunk: bytes of the inputs whose articles are done, as they lie on
    /// the disk (about: what is read ahead is known by its share), articles done.
    fn advance(&self, bytes: u64, articles: u64, text_bytes: u64);
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
    /// Inputs that were not read as they are, of which no record tells, and how.
    pub changed: Vec<(String, String)>,
    /// Articles that were to be taken alone and did not come.
    pub left: Vec<String>,
    /// What inside archives and crawls is no article, by its kind, and how often.
    pub left_aside: BTreeMap<String, u64>,
    /// Whether it stopped before the end: what it writes is not complete.
    pub stopped: bool,
    /// Whether that is because too many articles failed.
    pub gave_up: bool,
    /// What stands for each text that was read, for [`super::seen::Seen::add`]; empty
    /// unless seen ones are left out.
    pub texts: Vec<[u8; 16]>,
    /// Articles that later ones were not compared with any more, where near duplicates
    /// are marked: those since the first ones that a run remembers.
    pub forgotten: u64,
    /// Articles of parts that were complete before.
    pub kept: u64,
    /// Bytes of decoded text of the other ones.
    pub text_bytes: u64,
}

impl Outcome {
    /// What the manifest tells of it.
    pub fn summary(&self) -> Run {
        let made = self.tally.articles().saturating_sub(self.kept);
        Run {
            inputs: self.inputs.clone(),
            counts: self.tally.written(self.ids.repeated),
            rates: Rates::new(self.elapsed, made, self.text_bytes),
        }
    }
}

/// Runs `job`, writing to `target` until the end, the limit, too many errors, or
/// `stop`.
///
/// Errors are those of `target`, or that the parts which are complete already were
/// made of other articles; those of an article or a file become `error` records.
pub fn run(
    job: &Job,
    target: &mut dyn Target,
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
    // Raw bytes of the chunks that were cut.
    let cut_bytes = Arc::new(AtomicU64::new(0));
    let broken = AtomicBool::new(false);
    let halt = || stop.load(Ordering::Relaxed) || broken.load(Ordering::Relaxed);
    let (send, receive) = mpsc::channel();
    let encoder = target.encoder();
    let encoder = &*encoder;
    let shard_bytes = target.shard_bytes();
    let mut parts = Parts::new(target.kept());
    let kept = parts.kept();
    let failed = &target.kept_failures()?;
    let mut near = job.near_duplicates.then(Near::new);

    std::thread::scope(|threads| {
        let (permits, taken, halt, cut_bytes) = (&permits, &taken, &halt, &cut_bytes);
        let reading = threads.spawn(move || {
            pool.in_place_scope(|scope| {
                let mut times = Times::default();
                let (taken, stop) = (Arc::clone(taken), Arc::clone(stop));
                let mut cut = Cutter::new(job, taken, stop, shard_bytes, kept);
                loop {
                    let mut clock = Clock::start(&mut times);
                    let chunk = if halt() { None } else { cut.next(halt) };
                    clock.lap(Stage::Read);
                    let Some(chunk) = chunk else { break };
                    cut_bytes.fetch_add(chunk.bytes, Ordering::Relaxed);
                    permits.take();
                    let send = send.clone();
                    scope.spawn(move |_| {
                        // The writer is gone only when it failed.
                        let _ = send.send((chunk.seq, work(job, encoder, chunk, failed)));
                    });
                }
                drop(send);
                (cut.end(), times)
            })
        });

        let mut out = Outcome {
            tally: Tally::default(),
            ids: Ids::default(),
            times: Times::default(),
            elapsed: Duration::ZERO,
            inputs: Vec::new(),
            changed: Vec::new(),
            left: Vec::new(),
            left_aside: BTreeMap::new(),
            stopped: false,
            gave_up: false,
            texts: Vec::new(),
            forgotten: 0,
            kept: 0,
            text_bytes: 0,
        };
        let mut fields = Vec::new();
        let (mut done_bytes, mut advanced) = (0, 0);
        let mut reorder = Reorder::default();
        let mut failure = None;
        for (seq, done) in receive {
            reorder.push(seq, done);
            while let Some(mut done) = reorder.pop() {
                permits.give();
                if failure.is_some() {
                    continue;
                }
                let (ids, notes) = (
                    std::mem::take(&mut done.ids),
                    std::mem::take(&mut done.notes),
                );
                ids.into_iter().for_each(|id| out.ids.see(id));
                if let Some(near) = &mut near {
                    let mut clock = Clock::start(&mut out.times);
                    near.mark(&mut done, encoder);
                    clock.lap(Stage::Write);
                    out.forgotten = near.forgotten();
                }
                out.tally.merge(&done.tally);
                out.text_bytes += done.tally.text_bytes;
                out.times.merge(&done.times);
                out.texts.append(&mut done.texts);
                done_bytes += done.input_bytes;
                let mut clock = Clock::start(&mut out.times);
                if let Err(e) = parts.take(done, target, &mut out.tally, out.ids.repeated) {
                    failure = Some(e);
                    broken.store(true, Ordering::Relaxed);
                    continue;
                }
                clock.lap(Stage::Write);
                for note in notes {
                    report(note, &mut fields, watch);
                }
                // A small file is read to its end before its first article is done.
                let (taken, cut) = (
                    taken.load(Ordering::Relaxed),
                    cut_bytes.load(Ordering::Relaxed),
                );
                advanced = share(taken, done_bytes, cut).max(advanced);
                watch.advance(advanced, out.tally.articles(), out.tally.text_bytes);
                if job.max_errors.is_some_and(|most| out.tally.error > most) {
                    out.gave_up = true;
                    broken.store(true, Ordering::Relaxed);
                }
            }
        }
        let (read, times) = match reading.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        if let Some(e) = failure {
            return Err(e);
        }
        // At Ctrl-C a pipe often ends too: that is not the end of the input.
        out.stopped = out.gave_up || !read.complete || stop.load(Ordering::Relaxed);
        let mut clock = Clock::start(&mut out.times);
        if !out.stopped {
            parts.end(target, &mut out.tally, out.ids.repeated)?;
        }
        out.kept = parts.kept_articles;
        target.flush()?;
        clock.lap(Stage::Write);
        out.times.merge(&times);
        out.inputs = read.inputs;
        out.changed = read.changed;
        out.left = read.left;
        out.left_aside = read.left_aside;
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
/// The share of `all` that `done` is of `cut`.
fn share(all: u64, done: u64, cut: u64) -> u64 {
    match cut {
        0 => all,
        cut => (u128::from(all) * u128::from(done.min(cut)) / u128::from(cut)) as u64,
    }
}
