//! `glane harvest`: lists of names from raw text.

use crate::{
    entities::compact,
    train::harvest::{self, Settings},
};
use std::{path::PathBuf, process::ExitCode};

/// Flags of `glane harvest`.
#[derive(clap::Args)]
pub struct Args {
    /// Raw text: `.txt` (one article per line), or what `glane extract` reads; may be compressed.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Folder of the lists.
    #[arg(short, long, alias = "out")]
    output: PathBuf,
    /// A model to use in place of the embedded one.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Articles that a name was found in, at least.
    #[arg(long, default_value_t = 3)]
    articles: u32,
    /// Share of a name's most frequent label, at least.
    #[arg(long, default_value_t = 0.8)]
    share: f64,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let tagger = match &args.model {
        Some(path) => compact::load(path).map_err(|e| e.to_string()),
        None => compact::embedded().map_err(|e| e.to_string()),
    };
    let settings = Settings {
        articles: args.articles,
        share: args.share,
    };
    let done = tagger.and_then(|t| {
        harvest::run(&args.inputs, &args.output, &t, &settings).map_err(|e| e.to_string())
    });
    super::done(done.and_then(|[per, loc, org, misc]| {
        if per + loc + org + misc == 0 {
            return Err(format!(
                "no name comes in {} articles with one label: give more text, or a smaller --articles",
                settings.articles
            ));
        }
        eprintln!("{per} PER, {loc} LOC, {org} ORG, {misc} MISC");
        Ok(())
    }))
}
