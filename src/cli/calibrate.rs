//! `glane calibrate`: scores of a model that mean what they say on your text.

use crate::{
    entities::compact,
    eval,
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
    #[arg(short, long, alias = "out")]
    output: PathBuf,
}

/// Annotated names below which no curve can be fitted: half of the articles are
/// used, and two bins of the curve hold twenty mentions each.
const MENTIONS: usize = 80;

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    super::done(calibrate(args))
}

fn calibrate(args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let docs = data::read_gold(&args.gold, Some(true))?;
    let names = docs.iter().flat_map(|doc| &doc.spans);
    let names = names.filter(|s| eval::entities::label(&s.tag).is_some());
    let names = names.count();
    if names < MENTIONS {
        return Err(format!(
            "{names} annotated names in {} articles of the dev part (every sixth article, or files \
             called NAME.dev.txt): scores need at least {MENTIONS}",
            docs.len()
        )
        .into());
    }
    let bytes = fs::read(&args.model).map_err(|source| compact::LoadError::Io {
        path: args.model.clone(),
        source,
    })?;
    let bytes = write::calibrate(&bytes, &docs.iter().collect::<Vec<_>>())
        .map_err(|e| format!("{}: {e}", args.model.display()))?;
    fs::write(&args.output, bytes).map_err(|e| format!("{}: {e}", args.output.display()))?;
    Ok(())
}
