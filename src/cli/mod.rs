//! Raw flags to checked settings, one file a command.

mod clusters;
mod eval;
mod harvest;
mod train;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Learn word clusters from raw text.
    Clusters(clusters::Args),
    /// Make a model from annotated files.
    Train(train::Args),
    /// Collect names from raw text.
    Harvest(harvest::Args),
    /// Compare what glane finds with annotated articles.
    Eval(eval::Args),
}

/// Reads the command line, runs, and says how it went: 0 all well, 1 nothing
/// could be done, 2 some articles failed.
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Clusters(args) => clusters::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Harvest(args) => harvest::run(&args),
        Command::Eval(args) => eval::run(&args),
    }
}
