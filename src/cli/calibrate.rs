//! `glane calibrate`: scores of a model that mean what they say on your text.

use crate::{
    entities::compact,
    train::{data, write},
};
use std::{fs, path::PathBuf, process::ExitCode};

/// Flags of `glane calibrate`.
#[derive(clap::Args)]
pub struct Args {
    /// Annotated files that the model was not trained on: the dev part of
    /// marked-up articles, or BIO. Half of their documents are used.
    #[arg(required = true)]
    gold: Vec<PathBuf>,
    /// A model made by `glane train`.
    #[arg(long)]
    model: PathBuf,
    /// Where the calibrated model goes.
    #[arg(short, long)]
    output: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    super::done(calibrate(args))
}

fn calibrate(args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let docs = data::read_gold(&args.gold, Some(true))?;
    let bytes = fs::read(&args.model).map_err(|e| compact::LoadError::from(e).to_string())?;
    let bytes = write::calibrate(&bytes, &docs.iter().collect::<Vec<_>>())
        .map_err(|e| format!("{}: {e}", args.model.display()))?;
    fs::write(&args.output, bytes).map_err(|e| format!("{}: {e}", args.output.display()))?;
    Ok(())
}
