//! `glane extract`: articles in, records out.

use super::{NOTHING, input, peek, progress::Progress, say, summary, values};
use crate::{
    article,
    output::{self, Destination, Layout, Manifest, Place},
    pipeline::batch::{self, Job, Outcome},
};
use std::{
    io,
    num::NonZero,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Flags of `glane extract`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: input::Args,
    #[arg(
        short, long = "out", value_name = "OUT", default_value = OUT,
        help = format!(
            "A folder, a file name that ends in {}, or `-` for standard output",
            output::formats::endings()
        )
    )]
    out: PathBuf,
    /// What one line holds.
    #[arg(long, value_parser = values::layouts(), default_value = Layout::ALL[0].name)]
    layout: &'static Layout,
    /// Replace a finished run.
    #[arg(long)]
    force: bool,
    /// Whether articles in other languages get a record (`skipped_language`).
    #[arg(
        long, value_name = "BOOL", default_value = "true", default_missing_value = "true",
        num_args = 0..=1, require_equals = true, action = clap::ArgAction::Set
    )]
    keep_skipped: bool,
    /// Worker threads [default: one a core].
    #[arg(long, short = 'j', value_name = "N")]
    threads: Option<NonZero<usize>>,
    /// Neither progress nor summary, only errors.
    #[arg(long, short)]
    quiet: bool,
}

/// Where records go when nobody says.
const OUT: &str = "output";
/// Some articles failed.
const SOME_FAILED: u8 = 2;
/// Interrupted by Ctrl-C, as shells have it: 128 + SIGINT.
const INTERRUPTED: u8 = 130;

/// Runs the command.
pub fn run(args: Args) -> ExitCode {
    let started = jiff::Timestamp::now();
    let destination = match Destination::from_arg(&args.out, args.layout) {
        Ok(destination) => destination,
        Err(e) => return nothing(&e),
    };
    // What was not chosen is left out of the input instead: `glane extract .`
    if args.out != Path::new(OUT)
        && let Some(folder) = args.input.holds(&args.out)
    {
        say!(
            "glane: {} lies in the folder to read, {}: the next run would read its own records; \
             choose a place outside with -o",
            args.out.display(),
            folder.display()
        );
        return ExitCode::from(NOTHING);
    }
    let threads = input::threads(args.threads);
    let extractor = match args.input.extractor(threads) {
        Ok(extractor) => extractor,
        Err(e) => return nothing(&e),
    };
    let found = args.input.collect(Some(&args.out));
    let progress = Progress::new(args.quiet, &found);
    progress.refused(&found);
    if found.files.is_empty() {
        say!("glane: nothing to read");
        return ExitCode::from(NOTHING);
    }
    let options = args.input.options();
    if let Some(unknown) = article::unknown_field(&found.files, &options) {
        return nothing(&unknown);
    }
    let mut sink = match destination.open(args.layout, args.force) {
        Ok(sink) => sink,
        Err(e) => return nothing(&e),
    };
    if !args.quiet
        && let Some(told) = peek::lines(&found, &args.input, &extractor, threads)
    {
        progress.begin(told);
    }
    let stop = stop_on_signal();
    let result = batch::run(
        &Job {
            extractor: &extractor,
            options: &options,
            inputs: found.files,
            refused: &found.refused,
            threads,
            chunk: args.input.chunk(),
            limit: None,
            keep_skipped: args.keep_skipped,
        },
        &mut *sink,
        &progress,
        &stop,
    );
    progress.finish();
    let outcome = match result {
        Ok(outcome) => outcome,
        // The reader of the records has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe && destination == Destination::Stdout => {
            return ExitCode::SUCCESS;
        }
        Err(e) => return broken(sink.place(), &e),
    };
    let place = match sink.finish() {
        Ok(place) if outcome.stopped => return interrupted(&place, &outcome),
        Ok(place) => place,
        Err(e) if outcome.stopped => {
            say!("glane: interrupted; {e}");
            return ExitCode::from(INTERRUPTED);
        }
        Err(e) => return nothing(&e),
    };
    let manifest = Manifest::new(
        extractor.model(),
        args.layout,
        threads,
        started,
        outcome.summary(),
    );
    let place = match place.commit(&manifest) {
        Ok(place) => place,
        Err(e) => return nothing(&e),
    };
    if !args.quiet {
        say!(
            "{}",
            summary::text(&outcome, place.as_deref(), args.input.hint())
        );
    }
    verdict(&outcome)
}

/// Raises a flag at Ctrl-C; a second one ends the program at once.
fn stop_on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Without a handler Ctrl-C merely ends the program, so failing is no matter.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
    stop
}

fn verdict(outcome: &Outcome) -> ExitCode {
    let tally = &outcome.tally;
    match tally.error {
        0 => ExitCode::SUCCESS,
        n if n == tally.articles() => ExitCode::from(NOTHING),
        _ => ExitCode::from(SOME_FAILED),
    }
}

fn nothing(error: &dyn std::error::Error) -> ExitCode {
    say!("glane: {error}");
    ExitCode::from(NOTHING)
}

/// The records could not be written.
fn broken(place: &Place, error: &io::Error) -> ExitCode {
    match place.partial() {
        Some(partial) => say!("glane: {}: {error}", partial.display()),
        None => say!("glane: standard output: {error}"),
    }
    ExitCode::from(NOTHING)
}

fn interrupted(place: &Place, outcome: &Outcome) -> ExitCode {
    let done = outcome.tally.articles();
    match place.partial() {
        Some(partial) => say!(
            "glane: interrupted; the first {done} articles are in {}",
            partial.display()
        ),
        None => say!("glane: interrupted after {done} articles"),
    }
    ExitCode::from(INTERRUPTED)
}
