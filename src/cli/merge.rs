//! `glane merge`: the slices of a run put together.

use super::{NOTHING, say, summary};
use crate::{output, verify};
use std::{path::PathBuf, process::ExitCode};

/// Flags of `glane merge`.
#[derive(clap::Args)]
pub struct Args {
    /// The folders of the slices, in any order.
    #[arg(required = true, value_name = "OUT")]
    slices: Vec<PathBuf>,
    /// A folder for the whole.
    #[arg(short, long = "output", alias = "out", value_name = "OUT")]
    out: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut slices = Vec::new();
    for place in &args.slices {
        let path = verify::manifest_of(place);
        match verify::read_manifest(&path) {
            Ok(manifest) => slices.push((path, manifest)),
            Err(e) => {
                say!("glane: {e}");
                return ExitCode::from(NOTHING);
            }
        }
    }
    match output::merge(slices, &args.out) {
        Ok(manifest) => {
            let articles = manifest.counts.articles.values().sum();
            say!(
                "glane: {} in {} of {}",
                summary::count(articles, "article"),
                summary::count(manifest.parts.len() as u64, "part"),
                args.out.display()
            );
            ExitCode::SUCCESS
        }
        Err(e) => {
            say!("glane: {e}");
            ExitCode::from(NOTHING)
        }
    }
}
