//! `glane eval`: precision, recall and F1 per label, layer and value, of the
//! records that the whole extractor makes.

use super::{engine, input, say, view};
use crate::{
    Extractor,
    entities::Tagger,
    eval::{self, suite::Program, suite_dates, suite_money},
    record,
    train::data,
    view::errors,
};
use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
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
    /// Print the scores as one JSON object instead of tables.
    #[arg(long, conflicts_with_all = ["errors", "calibration"])]
    json: bool,
    /// Write a page for a browser too: what people annotated over what was
    /// found, the articles with the most misses first.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// What a file of JSON Lines is taken for.
const NO_SUITE: &str =
    "a .jsonl file is read as a suite of cases; annotated articles are in .txt (marked up) or .bio";

/// What a file of records is told.
const RECORDS: &str = "these are records of glane: name the annotated articles (.txt marked up, or .bio) that they are to be compared with, of which glane makes its own records anew";

/// Scores a public suite of amounts or of time expressions, by the `kind` of
/// its first case.
fn suite(path: &Path, tagger: &Arc<dyn Tagger>, errors: bool) -> Result<String, Box<dyn Error>> {
    let program = Program::new(Arc::clone(tagger))?;
    let content = fs::read_to_string(path)?;
    let first: serde_json::Value = serde_json::from_str(content.lines().next().unwrap_or_default())
        .map_err(|e| format!("line 1: {e}: {NO_SUITE}"))?;
    if first["schema"] == record::SCHEMA {
        return Err(RECORDS.into());
    }
    if suite_money::knows(first["kind"].as_str().unwrap_or_default()) {
        return Ok(suite_money::report(path, &program, errors)?);
    }
    let cases = suite_dates::read(path).map_err(|e| format!("{e}: {NO_SUITE}"))?;
    Ok(suite_dates::report(&cases, &program, errors))
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    super::done(evaluate(args))
}

fn evaluate(args: &Args) -> Result<(), Box<dyn Error>> {
    let wanted = |l: Layer| args.layer.is_none_or(|x| x == l);
    let dev = match args.part {
        Part::All => None,
        Part::Dev => Some(true),
        Part::Train => Some(false),
    };
    let tagger = args.engine.tagger(input::threads(None))?;
    if let Some(path) = &args.html {
        view::writable(path, false)?;
    }
    let mut docs = Vec::new();
    for path in &args.gold {
        if path.extension().is_some_and(|e| e == "jsonl") {
            if args.json {
                return Err(format!(
                    "{}: --json is for annotated articles (.txt, .bio), not for suites",
                    path.display()
                )
                .into());
            }
            let report = suite(path, &tagger, args.errors)
                .map_err(|e| format!("{}: {e}", path.display()))?;
            print!("{report}");
        } else {
            docs.append(&mut data::read_gold(std::slice::from_ref(path), dev)?);
        }
    }
    if docs.is_empty() {
        return match args.html {
            Some(_) => Err("--html shows annotated articles (.txt, .bio): none was named".into()),
            None => Ok(()),
        };
    }
    let readings = eval::read(&docs, &Extractor::builder().build_with(tagger));
    for line in eval::unread(&readings) {
        say!("glane: {line}");
    }
    if let Some(path) = &args.html {
        let layers = [Layer::Entities, Layer::Money, Layer::Dates].map(wanted);
        let names: Vec<_> = args.gold.iter().map(|p| p.display().to_string()).collect();
        let page = errors::html(eval::sheet::compare(&readings, layers), &names.join(", "));
        view::write(path, page.as_bytes()).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    if args.json {
        let layers = [Layer::Entities, Layer::Money, Layer::Dates].map(wanted);
        println!("{}", eval::json::report(&readings, layers));
        return Ok(());
    }
    if wanted(Layer::Entities) {
        print!("{}", eval::entities::report(&readings, args.errors));
        if args.calibration {
            print!("{}", eval::entities::reliability(&readings));
        }
    }
    if wanted(Layer::Money) {
        print!("{}", eval::money::report(&readings, args.errors));
    }
    if wanted(Layer::Dates) {
        print!("{}", eval::dates::report(&readings, args.errors));
    }
    Ok(())
}
