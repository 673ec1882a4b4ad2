//! `glane merge`: the slices of a run put together.

use super::{NOTHING, SOME_FAILED, say, summary};
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

/// Runs the command: 2 when an input of the run was not read to its end.
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
            let mut whole = true;
            for (source, why) in manifest.problems() {
                say!("glane: {source} was not read to its end: {why}");
                whole = false;
            }
            match whole {
                true => ExitCode::SUCCESS,
                false => ExitCode::from(SOME_FAILED),
            }
        }
        Err(e) => {
            say!("glane: {e}");
            ExitCode::from(NOTHING)
        }
    }
}
