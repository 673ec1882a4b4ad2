//! `glane clusters`: word clusters from raw text.

use crate::train::clusters::{self, Settings};
use std::{path::PathBuf, process::ExitCode};

/// Flags of `glane clusters`.
#[derive(clap::Args)]
pub struct Args {
    /// Raw text: `.txt` (one article per line), or what `glane extract` reads; may be compressed.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Where the clusters go.
    #[arg(short, long, alias = "out")]
    output: PathBuf,
    /// Words seen less often are left out.
    #[arg(long, default_value_t = Settings::default().min_count)]
    min_count: u64,
    /// Passes over the text.
    #[arg(long, default_value_t = Settings::default().epochs)]
    epochs: usize,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let settings = Settings {
        min_count: args.min_count,
        epochs: args.epochs,
        ..Settings::default()
    };
    super::done(clusters::run(&args.inputs, &args.output, &settings))
}
