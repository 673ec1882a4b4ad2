//! `glane extract`: articles in, records out.

use super::{
    NOTHING, SOME_FAILED, input, peek, plan,
    progress::{How, Progress},
    say,
    signals::Signals,
    summary, unread, values,
};
use crate::{
    article,
    compression::Compression,
    output::{self, Destination, Former, Layout, Manifest, Opened, Writer},
    pipeline::{
        batch::{self, Job, Outcome, Slice, Take},
        only::Only,
        seen::Seen,
    },
};
use clap::ArgMatches;
use std::{
    io,
    num::NonZero,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::Ordering,
};

/// Flags of `glane extract`.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    input: input::Args,
    #[arg(
        short, long = "output", alias = "out", value_name = "OUT", default_value = OUT,
        help_heading = WRITTEN,
        help = format!(
            "A folder, a file name that ends in {}, or `-` for standard output",
            output::formats::endings()
        )
    )]
    out: PathBuf,
    /// What one line holds.
    #[arg(
        long, value_parser = values::layouts(), default_value = Layout::ALL[0].name,
        help_heading = WRITTEN
    )]
    layout: &'static Layout,
    /// In a folder: what the files are written as [default: the first that holds the
    /// layout].
    #[arg(
        help_heading = WRITTEN, long = "as", value_name = "FORMAT", value_parser = values::sinks()
    )]
    format_out: Option<&'static output::SinkFormat>,
    /// Replace what a run has left, finished or not.
    #[arg(help_heading = WRITTEN, long)]
    force: bool,
    /// Go on with an interrupted run: complete parts stay, the rest is done.
    #[arg(help_heading = WRITTEN, long, conflicts_with = "force")]
    resume: bool,
    /// In a folder: cut the records into parts, each of so many bytes of articles
    /// (64k, 256M, 1G; 0 for one file) [default: 256M when the input is larger].
    #[arg(help_heading = WRITTEN, long, value_name = "SIZE", value_parser = values::bytes)]
    shard_bytes: Option<u64>,
    /// In a folder: how the records are compressed [default: not].
    #[arg(help_heading = WRITTEN, long, value_name = "NAME", value_parser = values::compressions())]
    compress: Option<&'static Compression>,
    /// Take the I-th of N slices of the inputs, of equal bytes: for many machines, whose
    /// results `glane merge` puts together.
    #[arg(help_heading = TAKEN, long, value_name = "I/N", conflicts_with_all = ["skip", "limit"])]
    part: Option<Slice>,
    /// Take only the articles that failed in this run: a folder, or its `errors.jsonl`.
    #[arg(help_heading = TAKEN, long, value_name = "RUN")]
    only_errors: Option<PathBuf>,
    /// Leave out the articles whose text is in this set of those that earlier runs have
    /// read, and add those of this run at its end.
    #[arg(help_heading = TAKEN, long, value_name = "FILE")]
    seen: Option<PathBuf>,
    /// Mark the records of articles that nearly repeat an earlier one of the run
    /// (`duplicate_of`).
    #[arg(help_heading = WRITTEN, long)]
    near_duplicates: bool,
    /// Leave out the first N articles.
    #[arg(help_heading = TAKEN, long, value_name = "N", default_value_t = 0, hide_default_value = true, allow_negative_numbers = true, value_parser = values::whole)]
    skip: u64,
    /// Stop after N articles.
    #[arg(help_heading = TAKEN, long, value_name = "N", allow_negative_numbers = true, value_parser = values::whole)]
    limit: Option<u64>,
    /// Stop when more than N articles have failed.
    #[arg(help_heading = TAKEN, long, value_name = "N", allow_negative_numbers = true, value_parser = values::whole)]
    max_errors: Option<u64>,
    /// Write the raw rows of articles that fail to this file, to be mended.
    #[arg(help_heading = WRITTEN, long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Whether articles in other languages get a record (`skipped_language`).
    #[arg(
        long, value_name = "BOOL", default_value = "true", default_missing_value = "true",
        num_args = 0..=1, require_equals = true, action = clap::ArgAction::Set,
        help_heading = WRITTEN
    )]
    keep_skipped: bool,
    /// Worker threads [default: one a core].
    #[arg(long, short = 'j', value_name = "N", value_parser = values::threads)]
    threads: Option<NonZero<usize>>,
    /// How the run is told on standard error.
    #[arg(long, value_name = "HOW", value_enum, default_value = "auto")]
    progress: How,
    /// Neither progress nor summary, only errors.
    #[arg(long, short)]
    quiet: bool,
}

impl Args {
    /// What is to be read, and how.
    pub fn inputs(&self) -> (article::inputs::Inputs, article::reader::Options) {
        (self.input.collect(Some(&self.out)), self.input.options())
    }
}

/// Group of flags in the help.
const TAKEN: &str = "Which articles are taken";
/// Group of flags in the help.
const WRITTEN: &str = "What is written";

/// What `--help` ends with.
const EXAMPLES: &str = "Examples:
  glane extract articles/ -o records/                a folder, to a folder
  glane extract dump.jsonl.zst --keep url,source -o month.jsonl.zst
  zcat dump.jsonl.gz | glane extract - -o - | head   from a pipe, to a pipe

Exit codes: 0 all well, 1 nothing could be done, 2 some articles failed (their errors.jsonl
says why), 129, 130 or 143 interrupted.";

/// Where records go when nobody says.
const OUT: &str = "output";

/// Runs the command; `matches` is the command line as it was parsed.
pub fn run(args: Args, matches: Option<(&str, &ArgMatches)>) -> ExitCode {
    let mut args = args;
    if args.layout.has_files() {
        args.input.needs_context();
    }
    match extract(&args, matches.map(|(_, matches)| matches)) {
        Ok(code) => code,
        Err(e) => nothing(&*e),
    }
}

fn extract(
    args: &Args,
    matches: Option<&ArgMatches>,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    // From the first moment on: loading a model takes a while too.
    let signals = Signals::heard();
    let destination =
        Destination::from_arg(&args.out, args.layout, args.format_out, args.compress)?;
    if args.layout.has_files() && args.part.is_some() {
        return Err(output::OutputError::NoParts { flag: "--part" }.into());
    }
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
        return Ok(ExitCode::from(NOTHING));
    }
    let threads = input::threads(args.threads);
    let extractor = args.input.extractor(threads)?;
    let found = args.input.collect(Some(&args.out));
    let progress = Progress::new(args.progress, args.quiet, &found);
    progress.refused(&found);
    if found.files.is_empty() {
        say!("glane: {}", unread::nothing(&found));
        return Ok(ExitCode::from(NOTHING));
    }
    let options = args.input.options();
    if let Some(unknown) = article::unknown_field(&found.files, &options) {
        return Err(unknown.into());
    }
    if let Some(idle) = args.input.idle(&found)
        && !args.quiet
    {
        say!("glane: {idle}");
    }
    // The list of what failed before is read too, and belongs to the run that has it.
    let list = args.only_errors.as_deref().map(errors_of);
    let read = found.files.iter().filter_map(|f| f.path.as_deref());
    destination.apart_from(read.chain(list.as_deref()), args.rejects.as_deref())?;
    let mut take = take(args, &found)?;
    let mut options_now = matches.map(plan::options).unwrap_or_default();
    if let Some(seen) = &take.seen {
        // By what is in it: it is another one when the run has ended.
        options_now.insert(output::SEEN.to_owned(), vec![seen.sha256()]);
    }
    if let Some(run) = &args.only_errors {
        let only = failed_before(run)?;
        // By what is in it, too.
        options_now.insert("--only-errors".to_owned(), vec![only.sha256().to_owned()]);
        take.only = Some(only);
    }
    let mut plan = output::Plan::new(
        extractor.model(),
        args.layout,
        options_now,
        batch::plan(&found.files, &found.refused),
    );
    let input_bytes = found.files.iter().map(|f| f.bytes).sum();
    plan.shard_bytes = destination.shard_bytes(args.shard_bytes, input_bytes)?;
    let former = match (args.resume, args.force) {
        (true, _) => Former::Resume,
        (_, true) => Former::Replace,
        _ => Former::Keep,
    };
    let stdout = destination == Destination::Stdout;
    if stdout && super::CLOSED.load(Ordering::Relaxed) {
        return Err(
            "standard output is closed: give it a file or a pipe, or choose a place with -o".into(),
        );
    }
    if let (Former::Replace, Some(path)) = (former, &args.seen)
        && has_the_texts_of(&plan, &destination.manifest())
    {
        return Err(format!(
            "{} holds the texts of the run that --force would replace, which would all be left \
             out: move it away to read them again, or choose another place with -o",
            path.display()
        )
        .into());
    }
    let mut writer = match Writer::open(
        destination,
        args.layout,
        &plan,
        args.rejects.as_deref(),
        former,
    )? {
        Opened::Run(writer) => writer,
        Opened::Complete(manifest) => return Ok(ended(&manifest, args)?),
    };
    for line in writer.said() {
        say!("glane: {line}");
    }
    if !args.quiet
        && let Some(told) = peek::lines(&found, &args.input, &extractor, threads)
    {
        progress.begin(told);
    }
    let started = jiff::Timestamp::now();
    let result = batch::run(
        &Job {
            extractor: &extractor,
            options: &options,
            inputs: found.files,
            refused: &found.refused,
            threads,
            chunk: args.input.chunk(),
            take,
            limit: args.limit,
            max_errors: args.max_errors,
            rejects: args.rejects.is_some(),
            keep_skipped: args.keep_skipped,
            near_duplicates: args.near_duplicates,
        },
        &mut *writer,
        &progress,
        signals.stop(),
    );
    progress.finish();
    let mut outcome = match result {
        Ok(outcome) => outcome,
        // The reader of the records has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe && stdout => {
            return Ok(ExitCode::SUCCESS);
        }
        Err(e) => return Ok(broken(&writer, &e)),
    };
    for (source, how) in &outcome.changed {
        say!("glane: {source}: {how}; its records may be wrong or missing: run it again");
    }
    if !outcome.left.is_empty() {
        say!(
            "glane: --only-errors: {} of its list did not come again: {}",
            summary::count(outcome.left.len() as u64, "article"),
            few(&outcome.left)
        );
    }
    if outcome.stopped {
        return Ok(stopped(*writer, &outcome, args, signals.code()));
    }
    let begun = writer.started().map_or(started.to_string(), str::to_owned);
    if let Some(path) = &args.seen {
        // Before the manifest, which says that nothing is left to do.
        let texts = std::mem::take(&mut outcome.texts);
        let seen = Seen::join(path, texts, |sha256| writer.closes(sha256))?;
        plan.has_seen(&seen.sha256());
    }
    let mut manifest = Manifest::new(&plan, threads, &begun, writer.resumed(), outcome.summary());
    // With the flags of file and environment.
    manifest.arguments = super::arguments();
    let (parts, left_out) = (writer.marks().len(), writer.said());
    let place = match writer.finish(manifest) {
        Ok(place) => place,
        Err(e) => {
            let code = nothing(&e);
            stays(parts);
            return Ok(code);
        }
    };
    progress.end(&outcome);
    for line in left_out {
        say!("glane: {line}");
    }
    if progress.talks() {
        say!(
            "{}",
            summary::text(&outcome, place.as_deref(), args.input.hint())
        );
    }
    Ok(verdict(&outcome))
}

/// Which articles are taken.
fn take(args: &Args, found: &article::inputs::Inputs) -> Result<Take, Box<dyn std::error::Error>> {
    let mut take = Take {
        skip: args.skip,
        slice: args.part,
        ..Take::default()
    };
    if args.part.is_some() && found.files.iter().any(|f| f.path.is_none()) {
        return Err(
            "--part takes a slice of files, and standard input has no size: name the file".into(),
        );
    }
    if args.near_duplicates && args.part.is_some() {
        return Err(
            "--part with --near-duplicates: no slice knows the articles of the others: mark them \
             in one run over all inputs"
                .into(),
        );
    }
    if let Some(path) = &args.seen {
        if path.is_dir() {
            return Err(format!("--seen {}: a folder: name a file", path.display()).into());
        }
        if args.part.is_some() {
            return Err(
                "--part with --seen: each slice would leave out what the others have read, or \
                 not, as it happens: run the slices without --seen"
                    .into(),
            );
        }
        take.seen = Some(Seen::open(path)?);
    }
    Ok(take)
}

/// The list of errors of the run that is at `run`, or whose list that is.
fn errors_of(run: &Path) -> PathBuf {
    if run.is_dir() {
        return run.join(output::ERRORS);
    }
    let beside = PathBuf::from(format!("{}.{}", run.display(), output::ERRORS));
    match beside.exists() {
        true => beside,
        false => run.to_owned(),
    }
}

/// The articles that failed in an earlier run.
fn failed_before(run: &Path) -> Result<Only, Box<dyn std::error::Error>> {
    let list = errors_of(run);
    let text = std::fs::read(&list).map_err(|e| {
        format!(
            "--only-errors {}: {}: {e}; name the folder of a run in which articles have failed",
            run.display(),
            list.display()
        )
    })?;
    Only::parse(&text).map_err(|e| format!("{}: no list of errors: {e}", list.display()).into())
}

/// Whether the set of seen texts is as the run left it whose manifest is at `path`.
fn has_the_texts_of(plan: &output::Plan, path: &Path) -> bool {
    let now = plan.options.get(output::SEEN).and_then(|v| v.last());
    crate::verify::read_manifest(path).is_ok_and(|manifest| {
        let left = manifest.options.get(output::SEEN).filter(|v| v.len() > 1);
        left.is_some_and(|values| values.last() == now)
    })
}

/// The first of a list, and how many more there are.
fn few(list: &[String]) -> String {
    /// Named one by one.
    const NAMED: usize = 10;
    let named = list[..list.len().min(NAMED)].join(", ");
    match list.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// What there is to say of a run that is there already, with a manifest, and would come
/// out the same.
fn ended(path: &Path, args: &Args) -> Result<ExitCode, String> {
    let manifest = crate::verify::read_manifest(path)?;
    let shown = path.display();
    let nothing_to = if args.resume {
        "nothing to resume: "
    } else {
        ""
    };
    let problems: Vec<_> = manifest
        .problems()
        .map(|(source, why)| format!("{source}: {why}"))
        .collect();
    if !problems.is_empty() {
        say!("glane: {}", few(&problems));
        say!(
            "glane: {nothing_to}the run has ended, see {shown}, but not all of its \
             inputs were read: mend them, then run anew with --force, or take what failed \
             with --only-errors to another place"
        );
        return Ok(ExitCode::from(SOME_FAILED));
    }
    match args.resume {
        true => say!("glane: {nothing_to}the run is complete, see {shown}"),
        false if args.quiet => {}
        false => say!(
            "glane: already complete: {shown} is of the same inputs, options, program and model, \
             and its records are there; --force runs it again"
        ),
    }
    if let Some(errors) = &manifest.errors {
        say!(
            "glane: {} names its articles that failed: --only-errors takes them alone",
            path.with_file_name(&errors.file).display()
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn verdict(outcome: &Outcome) -> ExitCode {
    let tally = &outcome.tally;
    let whole = outcome.changed.is_empty()
        && outcome.left.is_empty()
        && outcome.inputs.iter().all(|i| i.problem.is_none());
    match tally.error {
        0 if whole => ExitCode::SUCCESS,
        0 => ExitCode::from(SOME_FAILED),
        n if n == tally.articles() => ExitCode::from(NOTHING),
        _ => ExitCode::from(SOME_FAILED),
    }
}

fn nothing(error: &dyn std::error::Error) -> ExitCode {
    say!("glane: {error}");
    ExitCode::from(NOTHING)
}

/// The run could not go on. What could not be written is named in `error`.
fn broken(writer: &Writer, error: &io::Error) -> ExitCode {
    say!("glane: {error}");
    if error
        .get_ref()
        .is_some_and(|e| e.is::<output::OutputError>())
    {
        stays(writer.marks().len());
    }
    ExitCode::from(NOTHING)
}

/// Says what becomes of the complete parts of a run that could not go on.
fn stays(parts: usize) {
    if parts > 0 {
        say!(
            "glane: {} complete and stay: make room, or mend what is said above, then the same \
             command with --resume goes on after them",
            match parts {
                1 => "1 part is".to_owned(),
                n => format!("{n} parts are"),
            }
        );
    }
}

/// The run ended before its end: by a signal (`code` is that which shells expect),
/// or because too much failed.
fn stopped(mut writer: Writer, outcome: &Outcome, args: &Args, code: u8) -> ExitCode {
    let (why, code) = match (outcome.gave_up, args.max_errors) {
        (true, Some(most)) => (
            format!(
                "stopped: {} articles have failed, more than --max-errors {most}",
                outcome.tally.error
            ),
            NOTHING,
        ),
        _ => ("interrupted".to_owned(), code),
    };
    if let Err(e) = writer.interrupt() {
        say!("glane: {why}; {e}");
        return ExitCode::from(code);
    }
    let (parts, done) = (writer.marks().len(), outcome.tally.articles());
    let whole: u64 = writer.marks().iter().map(|m| m.articles).sum();
    let articles = |n| summary::count(n, "article");
    match writer.partial() {
        None => say!("glane: {why} after {}", articles(done)),
        Some(partial) => {
            let partial = partial.display();
            if parts > 0 {
                say!(
                    "glane: {why}; {} with {} are complete, {} more are in {partial}",
                    summary::count(parts as u64, "part"),
                    articles(whole),
                    done.saturating_sub(whole)
                );
                say!("glane: the same command with --resume goes on after them");
            } else {
                say!(
                    "glane: {why}; the first {} are in {partial}",
                    articles(done)
                );
                say!(
                    "glane: no part is complete: the same command with --resume begins again at the first article"
                );
            }
        }
    }
    ExitCode::from(code)
}
