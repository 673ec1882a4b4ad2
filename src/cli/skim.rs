//! `glane skim`: a model that passes over the words that are plainly in no name.

use crate::{
    entities::compact,
    train::{data, skim},
};
use std::{fs, path::PathBuf, process::ExitCode};

/// Flags of `glane skim`.
#[derive(clap::Args)]
pub struct Args {
    /// Raw text of the kind that will be read: JSON Lines, tables, or `.txt` with an
    /// article a line; compressed or not.
    #[arg(required = true)]
    raw: Vec<PathBuf>,
    /// Annotated files that the model was trained on, to be read too: BIO, or marked-up
    /// articles (but for their dev part).
    #[arg(long, value_name = "FILE", num_args = 1..)]
    annotated: Vec<PathBuf>,
    /// A model made by `glane train`.
    #[arg(long)]
    model: PathBuf,
    /// Articles to read of each file or folder, from the first.
    #[arg(long, value_name = "N", default_value = "10000")]
    limit: usize,
    /// Where the model goes that passes over.
    #[arg(short, long, alias = "out")]
    output: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    super::done(skim(args))
}

fn skim(args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let bytes = fs::read(&args.model).map_err(|source| compact::LoadError::Io {
        path: args.model.clone(),
        source,
    })?;
    let annotated = data::read_gold(&args.annotated, Some(false))?;
    let (bytes, report) = skim::fit(&bytes, &annotated, &args.raw, args.limit)?;
    fs::write(&args.output, bytes).map_err(|e| format!("{}: {e}", args.output.display()))?;
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    eprintln!(
        "{} articles, {} tokens, {} attributes\n\
         held out: {} tokens, {:.1} % of them read; of {} in names {} are passed over ({:.3} %)",
        report.articles,
        report.tokens,
        report.attributes,
        report.held,
        share(report.read, report.held),
        report.named,
        report.missed,
        share(report.missed, report.named),
    );
    Ok(())
}
