//! Raw flags to checked settings, one file per command.
//!
//! Data goes to standard output or to files, words and progress to standard
//! error. Exit codes: 0 all well, 1 nothing could be done, 2 some articles
//! failed, 130 or 143 interrupted.

mod bench;
mod calibrate;
mod clusters;
mod completions;
mod engine;
mod eval;
mod explain;
mod export;
mod extract;
mod harvest;
mod held;
mod import;
mod input;
mod merge;
mod mistakes;
mod model;
mod peek;
mod plan;
mod progress;
mod sample;
mod schema;
mod settings;
mod signals;
mod skim;
mod summary;
mod terminal;
mod train;
mod unread;
mod values;
mod verify;
mod view;

use crate::article::reader::Options;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind};
use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

/// Writes a line to standard error, and does not mind when nobody listens.
macro_rules! say {
    ($($arg:tt)*) => {{
        use std::io::Write as _;
        let text = format!($($arg)*);
        let _ = writeln!(std::io::stderr().lock(), "{}", $crate::cli::terminal::plain(&text));
    }};
}
pub(crate) use say;

/// Turns French articles into structured data: named entities, amounts of
/// money, dates and percentages, one JSON record per article.
#[derive(Parser)]
#[command(
    name = "glane",
    disable_version_flag = true,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 all well, 1 nothing could be done, 2 some articles failed, 130 or 143 interrupted."
)]
struct Cli {
    /// Print version, commit and model.
    #[arg(short = 'V', long)]
    version: bool,
    /// A TOML file of flags: `lang = "fr"`, `keep = ["url", "source"]`. They may stand
    /// in the environment too (GLANE_LANG=fr), which wins over the file; the command
    /// line wins over both.
    #[arg(long, global = true, value_name = "FILE")]
    #[allow(dead_code)] // Read before the parser is: see `settings`.
    config: Option<std::path::PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Turn articles into records.
    Extract(Box<extract::Args>),
    /// Look at the first articles: which fields are taken for what, dates,
    /// languages, and how long a run would take. Writes nothing.
    Peek(Box<peek::Args>),
    /// Make a page for a browser: articles with their mentions marked.
    View(Box<view::Args>),
    /// Measure speed and memory on your own articles before a big job.
    Bench(bench::Args),
    /// Learn word clusters from raw text.
    Clusters(clusters::Args),
    /// Make a model from annotated files.
    Train(train::Args),
    /// Fit the scores of a model to annotated articles.
    Calibrate(calibrate::Args),
    /// Make a model pass over the words that are plainly in no name.
    Skim(skim::Args),
    /// Collect names from raw text.
    Harvest(harvest::Args),
    /// Compare what glane finds with annotated articles.
    Eval(eval::Args),
    /// Give what was found to an annotation tool, to be corrected.
    Export(Box<export::Args>),
    /// Take what people annotated in a tool, as `train` and `eval` read it.
    Import(import::Args),
    /// Check a checkpoint folder of `--engine bert`, or pack one for `--engine accurate`.
    Model(model::Args),
    /// Show the rule behind each mention, and the steps to each date.
    Explain(explain::Args),
    /// Put the slices of a run (`extract --part I/N`) together.
    Merge(merge::Args),
    /// Check that what a run has left is whole: files, counts, records, offsets.
    Verify(verify::Args),
    /// Print the JSON Schema of the output.
    Schema(schema::Args),
    /// Print the completions of a shell.
    Completions(completions::Args),
    /// Print the manual page.
    Man(completions::ManArgs),
}

/// Whether the program was started without a standard output.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Notes that the program was started without a standard output.
pub fn stdout_is_closed() {
    CLOSED.store(true, Ordering::Relaxed);
}

/// The command line after the name of the program.
static ARGUMENTS: OnceLock<Vec<String>> = OnceLock::new();

/// The command line after the name of the program, with the flags of file and
/// environment.
fn arguments() -> Vec<String> {
    ARGUMENTS.get().cloned().unwrap_or_default()
}

/// Nothing could be done.
const NOTHING: u8 = 1;
/// Some articles failed, or some input was not read as it was.
const SOME_FAILED: u8 = 2;

/// Reads the command line, runs, and says how it went: 0 all well, 1 nothing
/// could be done, 2 some articles failed, 130 or 143 interrupted.
pub fn main() -> ExitCode {
    run(std::env::args_os().collect())
}

/// Runs a command line, its first word the name of the program, and gives the exit code
/// of [`main`], for programs that have this one inside them.
pub fn code(args: Vec<OsString>) -> u8 {
    let code = run(args);
    // The library writes whole lines, but a runtime that is not its own flushes nothing.
    let _ = io::stdout().flush();
    // The standard library does not tell it otherwise.
    let mut codes = 0..=u8::MAX;
    codes
        .find(|n| ExitCode::from(*n) == code)
        .unwrap_or(NOTHING)
}

fn run(args: Vec<OsString>) -> ExitCode {
    if let Some(mistake) = mistakes::found(args.get(1..).unwrap_or_default(), &Cli::command()) {
        say!("glane: {mistake}");
        return ExitCode::from(NOTHING);
    }
    let typed = args.clone();
    let args = match settings::added(args, &Cli::command()) {
        Ok(args) => args,
        Err(e) => {
            say!("glane: {e}");
            return ExitCode::from(NOTHING);
        }
    };
    let words = args.iter().skip(1);
    let words = words.map(|a| a.to_string_lossy().into_owned()).collect();
    // It is set once, here.
    let _ = ARGUMENTS.set(words);
    let parsed = Cli::command()
        .try_get_matches_from(args)
        .and_then(|matches| {
            let cli = Cli::from_arg_matches(&matches)?;
            Ok((cli, matches))
        });
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(e) => {
            let _ = e.print();
            let added = arguments().into_iter();
            let added: Vec<_> = added
                .filter(|a| !typed.iter().any(|t| t.as_os_str() == a.as_str()))
                .collect();
            if e.use_stderr() && !added.is_empty() {
                say!(
                    "glane: from the environment (GLANE_…) or the file of --config come {}",
                    added.join(" ")
                );
            }
            // clap would say 2, which here means that some articles failed.
            return match e.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
                _ => ExitCode::from(NOTHING),
            };
        }
    };
    match cli.command {
        _ if cli.version => print(&version()),
        Some(Command::Extract(args)) => extract::run(*args, matches.subcommand()),
        Some(Command::Peek(args)) => peek::run(&args),
        Some(Command::View(args)) => view::run(&args),
        Some(Command::Bench(args)) => bench::run(args),
        Some(Command::Eval(args)) => eval::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Import(args)) => import::run(&args),
        Some(Command::Clusters(args)) => clusters::run(&args),
        Some(Command::Calibrate(args)) => calibrate::run(&args),
        Some(Command::Skim(args)) => skim::run(&args),
        Some(Command::Train(args)) => train::run(&args),
        Some(Command::Harvest(args)) => harvest::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Model(args)) => model::run(&args),
        Some(Command::Merge(args)) => merge::run(&args),
        Some(Command::Verify(args)) => verify::run(&args),
        Some(Command::Schema(args)) => schema::run(&args),
        Some(Command::Completions(args)) => completions::run(&args, Cli::command()),
        Some(Command::Man(args)) => completions::man(&args, Cli::command()),
        None => {
            let _ = Cli::command().print_help();
            ExitCode::from(NOTHING)
        }
    }
}

/// The inputs of a run of `extract`, and how they are read, by its command line;
/// `None` where this version has no such flags.
fn inputs_of(arguments: &[String]) -> Option<(crate::article::inputs::Inputs, Options)> {
    let line = std::iter::once("glane").chain(arguments.iter().map(String::as_str));
    match Cli::try_parse_from(line).ok()?.command? {
        Command::Extract(args) => Some(args.inputs()),
        _ => None,
    }
}

/// Version, commit and model.
fn version() -> String {
    let commit = option_env!("GLANE_COMMIT").unwrap_or("unknown");
    let model = match crate::Extractor::builder().build() {
        Ok(extractor) => {
            let model = extractor.model();
            format!("{} (sha256 {:.12})", model.name, model.sha256)
        }
        Err(e) => format!("unusable: {e}"),
    };
    format!(
        "glane {}\ncommit {commit}\nmodel {model}\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// How a command went that has only success or one error to tell.
fn done(result: Result<(), impl std::fmt::Display>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            say!("glane: {e}");
            ExitCode::from(NOTHING)
        }
    }
}

/// Writes data to standard output; a reader that has gone away is no error.
fn print(text: &str) -> ExitCode {
    if CLOSED.load(Ordering::Relaxed) {
        say!("glane: standard output is closed: give it a file or a pipe");
        return ExitCode::from(NOTHING);
    }
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            say!("glane: standard output: {e}");
            ExitCode::from(NOTHING)
        }
        _ => ExitCode::SUCCESS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_consistent() {
        Cli::command().debug_assert();
    }
}
