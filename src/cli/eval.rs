//! `glane eval`: precision, recall and F1 a label, a layer and a value.

use super::{engine, input};
use crate::{eval, train::data};
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Which part of the corpus is scored: documents whose index in their file
/// leaves 5 when divided by 6 are `dev`, the others `train`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// Every document.
    All,
    /// Never trained on.
    Dev,
    /// The rest.
    Train,
}

/// Layers of annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Layer {
    /// Named entities.
    Entities,
    /// Money and percentages.
    Money,
    /// Time expressions.
    Dates,
}

/// Flags of `glane eval`.
#[derive(clap::Args)]
pub struct Args {
    /// Annotated files: marked-up articles (.txt), BIO (.bio), or suites (.jsonl).
    #[arg(required = true)]
    gold: Vec<PathBuf>,
    /// Score only this part of each marked-up file.
    #[arg(long, value_enum, default_value = "all")]
    part: Part,
    /// Score only this layer.
    #[arg(long, value_enum)]
    layer: Option<Layer>,
    #[command(flatten)]
    engine: engine::Args,
    /// Show how far scores can be trusted, on the half of the documents that
    /// calibration leaves out.
    #[arg(long)]
    calibration: bool,
    /// List each miss with its context.
    #[arg(long)]
    errors: bool,
}

/// Scores a public suite of amounts or of time expressions, by the `kind` of
/// its first case.
fn suite(path: &Path, errors: bool) -> Result<String, String> {
    let content = fs::read_to_string(path).map_err(|e| e.to_string())?;
    let first: serde_json::Value = serde_json::from_str(content.lines().next().unwrap_or_default())
        .map_err(|e| format!("line 1: {e}"))?;
    if eval::suite_money::knows(first["kind"].as_str().unwrap_or_default()) {
        return eval::suite_money::report(path, errors).map_err(|e| e.to_string());
    }
    let cases = eval::suite_dates::read(path).map_err(|e| e.to_string())?;
    Ok(eval::suite_dates::report(&cases, errors))
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    super::done(evaluate(args))
}

fn evaluate(args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let wanted = |l: Layer| args.layer.is_none_or(|x| x == l);
    let dev = match args.part {
        Part::All => None,
        Part::Dev => Some(true),
        Part::Train => Some(false),
    };
    let mut docs = Vec::new();
    for path in &args.gold {
        if path.extension().is_some_and(|e| e == "jsonl") {
            let report =
                suite(path, args.errors).map_err(|e| format!("{}: {e}", path.display()))?;
            print!("{report}");
        } else {
            docs.append(&mut data::read_gold(std::slice::from_ref(path), dev)?);
        }
    }
    if docs.is_empty() {
        return Ok(());
    }
    if wanted(Layer::Entities) {
        let tagger = args
            .engine
            .tagger(input::threads(None))
            .map_err(|e| e.to_string())?;
        let mut report =
            eval::entities::report(&docs, &*tagger, args.errors).map_err(|e| e.to_string())?;
        if args.calibration {
            report += &eval::entities::reliability(&docs, &*tagger).map_err(|e| e.to_string())?;
        }
        print!("{report}");
    }
    if wanted(Layer::Money) {
        print!("{}", eval::money::report(&docs, args.errors));
    }
    if wanted(Layer::Dates) {
        print!("{}", eval::dates::report(&docs, args.errors));
    }
    Ok(())
}
