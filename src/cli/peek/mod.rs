//! `glane peek`: the first rows of what a run would read, and what it would take
//! them for. Nothing is written.

mod estimate;
mod look;
mod report;

use super::{NOTHING, input, print, say, unread, values};
use crate::{Extractor, article::inputs::Inputs};
use std::{num::NonZero, process::ExitCode, time::Duration};

/// Flags of `glane peek`.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  \
    glane peek dump.jsonl.zst\n\n\
    It takes the flags of `glane extract` that say how to read, so that the two agree. \
    Exit codes: 0 all well, 1 nothing could be read.")]
pub struct Args {
    #[command(flatten)]
    input: input::Args,
    /// Articles to look at, from the first.
    #[arg(short = 'n', long, value_name = "N", default_value = "100", value_parser = values::rows)]
    rows: NonZero<usize>,
    /// Threads for which the time of a run is estimated [default: one a core].
    #[arg(long, short = 'j', value_name = "N", value_parser = values::threads)]
    threads: Option<NonZero<usize>>,
}

/// What a look may cost.
#[derive(Debug, Clone, Copy)]
struct Budget {
    /// Articles looked at.
    rows: usize,
    /// Raw bytes after which no other is: one row may be a whole book.
    bytes: usize,
    /// Time for counting the rows behind them.
    counting: Duration,
    /// Time for extracting some of them, to know the speed.
    trying: Duration,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let threads = input::threads(args.threads);
    let extractor = match args.input.extractor(threads) {
        Ok(extractor) => extractor,
        Err(e) => {
            say!("glane: {e}");
            return ExitCode::from(NOTHING);
        }
    };
    let found = args.input.collect(None);
    for refused in &found.refused {
        say!("glane: {}", unread::refused(refused));
    }
    let budget = Budget {
        rows: args.rows.get(),
        bytes: 64 << 20,
        // Together well below the second in which a person expects an answer.
        counting: Duration::from_millis(250),
        trying: Duration::from_millis(250),
    };
    let look = look::take(&found, &args.input.options(), &extractor, budget);
    if look.rows == 0 {
        match found.files.is_empty() {
            true => say!("glane: {}", unread::nothing(&found)),
            false => say!("glane: nothing to read: the inputs hold no article"),
        }
        return ExitCode::from(NOTHING);
    }
    print(&report::text(&look, &found, threads))
}

/// What a run says before it begins.
pub struct Told {
    /// The two lines that a report begins with.
    pub lines: [String; 2],
    /// Roles and fields that they name.
    pub fields: Vec<(&'static str, String)>,
}

/// What a run is about to do, before it does; `None` where a look would use the
/// input up (standard input, pipes).
pub fn lines(
    found: &Inputs,
    args: &input::Args,
    extractor: &Extractor,
    threads: usize,
) -> Option<Told> {
    let regular = |path: &std::path::PathBuf| path.is_file();
    if !found
        .files
        .iter()
        .all(|f| f.path.as_ref().is_some_and(regular))
    {
        return None;
    }
    let budget = Budget {
        rows: 100,
        bytes: 4 << 20,
        counting: Duration::from_millis(60),
        trying: Duration::from_millis(60),
    };
    let look = look::take(found, &args.options(), extractor, budget);
    (look.rows > 0).then(|| Told {
        lines: [report::fields_line(&look), report::run_line(&look, threads)],
        fields: look::taken(&look),
    })
}
