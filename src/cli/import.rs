//! `glane import`: what people annotated in a tool, as the mark-up that `train` and
//! `eval` read.

use super::{
    NOTHING,
    export::{Error as Place, free_file},
    print, say,
    summary::count,
    values, view,
};
use crate::{
    eval::markup,
    exchange::{ExchangeError, Tool, settle},
};
use std::{
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Flags of `glane import`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  glane import project.json --from label-studio -o corrected.train.txt
  glane import brat/ --from brat -o corrected.dev.txt

NAME.train.txt is trained on as a whole, NAME.dev.txt is measured on as a whole; of any
other NAME.txt every sixth article is for measuring. docs/CORRECTING.md has the way for
each tool. Exit codes: 0 all well, 1 nothing could be done.")]
pub struct Args {
    /// What the tool has written: files, for brat folders.
    #[arg(required = true, value_name = "EXPORT")]
    exports: Vec<PathBuf>,
    /// The annotation tool.
    #[arg(long, value_name = "TOOL", value_parser = values::tools())]
    from: &'static Tool,
    /// The file to write, `-` for standard output.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Take articles too that nobody has checked, with the draft that they have.
    #[arg(long)]
    unchecked: bool,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{0}")]
    Place(#[from] Place),
    #[error("{0} is no name for annotated articles: let it end in .txt, or write `-`")]
    Name(PathBuf),
    #[error("{0}")]
    Exchange(#[from] ExchangeError),
    #[error(
        "labels that glane does not have: {0}; there are {known}. Rename them in the tool, or delete them",
        known = markup::TAGS.concat().join(", ")
    )]
    Labels(String),
    #[error("nothing to import: {0}")]
    Nothing(String),
    #[error("article `{0}`: {1}")]
    Markup(String, markup::Unwritable),
    #[error("{path}: {error}")]
    Write { path: PathBuf, error: io::Error },
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    match import(args) {
        Ok(code) => code,
        Err(e) => {
            say!("glane: {e}");
            ExitCode::from(NOTHING)
        }
    }
}

fn import(args: &Args) -> Result<ExitCode, Error> {
    let stdout = args.output == Path::new("-");
    if !stdout {
        if args.output.extension().is_none_or(|e| e != "txt") {
            return Err(Error::Name(args.output.clone()));
        }
        free_file(&args.output, args.force)?;
    }
    let mut tasks = Vec::new();
    for path in &args.exports {
        tasks.append(&mut (args.from.read)(path)?);
    }
    let all = tasks.len() as u64;
    let settled = settle(tasks, args.unchecked);
    if !settled.unknown.is_empty() {
        let unknown = settled.unknown.iter();
        let unknown: Vec<_> = unknown.map(|(l, n)| format!("`{l}` ({n})")).collect();
        return Err(Error::Labels(unknown.join(", ")));
    }
    if settled.docs.is_empty() {
        return Err(Error::Nothing(match all {
            0 => "the export holds no article".to_owned(),
            n => format!(
                "of {} none has been checked (--unchecked takes the drafts)",
                count(n, "article")
            ),
        }));
    }
    let content = markup::write(&settled.docs).map_err(|(id, e)| Error::Markup(id, e))?;
    if stdout {
        return Ok(print(&content));
    }
    view::write(&args.output, content.as_bytes()).map_err(|error| Error::Write {
        path: args.output.clone(),
        error,
    })?;
    let spans = settled.docs.iter().map(|d| d.spans.len() as u64).sum();
    say!(
        "glane: {}: {} with {}",
        args.output.display(),
        count(settled.docs.len() as u64, "article"),
        count(spans, "annotation")
    );
    for (n, what, why) in [
        (
            settled.unchecked,
            "article",
            "left out: nobody has checked them (--unchecked takes their drafts)",
        ),
        (
            settled.padded,
            "annotation",
            "had white space at an end, which was left out",
        ),
        (
            settled.without_value,
            "annotation",
            "of amounts, percentages or dates without a value: they teach and measure only where \
             such a mention stands",
        ),
    ] {
        if n > 0 {
            say!("glane: {} {why}", count(n as u64, what));
        }
    }
    Ok(ExitCode::SUCCESS)
}
