//! Raw flags to checked settings, one file a command.

mod eval;
mod model;

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
    /// Compare what glane finds with annotated articles.
    Eval(eval::Args),
    /// Look at a checkpoint of the accurate engine.
    Model(model::Args),
}

/// Reads the command line, runs, and says how it went: 0 all well, 1 nothing
/// could be done, 2 some articles failed.
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Eval(args) => eval::run(&args),
        Command::Model(args) => model::run(&args),
    }
}
