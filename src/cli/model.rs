//! `glane model`: what a checkpoint folder is, whether the engine `bert` can use it,
//! and the encoder's weight file made from one.

use crate::entities::{
    bert::{LabelMap, checkpoint},
    encoder::pack,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Flags of `glane model`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Say what a checkpoint folder is and what is missing or odd.
    Check {
        /// A folder as the Hugging Face hub lays it out (config.json,
        /// tokenizer.json, model.safetensors).
        dir: PathBuf,
        /// What labels mean, before the defaults: `PERSONNE=PER,DATE=-`.
        #[arg(long, value_name = "MAP", default_value = "")]
        label_map: LabelMap,
    },
    /// Make the encoder's weight file from a checkpoint folder.
    Pack {
        /// A folder as `models/encoder-fr/README.md` describes it.
        dir: PathBuf,
        /// The file to write.
        #[arg(short, long = "output", alias = "out", value_name = "FILE")]
        out: PathBuf,
        /// What the model is called.
        #[arg(long, default_value = "encoder-fr")]
        name: String,
    },
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    match &args.action {
        Action::Check { dir, label_map } => check(dir, label_map),
        Action::Pack { dir, out, name } => super::done(pack(dir, out, name)),
    }
}

fn pack(dir: &Path, out: &Path, name: &str) -> Result<(), String> {
    let bytes = pack::folder(dir, name).map_err(|e| e.to_string())?;
    fs::write(out, bytes).map_err(|e| format!("{}: {e}", out.display()))
}

fn check(dir: &Path, label_map: &LabelMap) -> ExitCode {
    let mut report = checkpoint::check(dir, label_map);
    if report.problems.is_empty() {
        try_out(dir, label_map, &mut report);
    }
    print!("{report}");
    if report.problems.is_empty() {
        println!(
            "usable        glane extract --engine bert --model {}",
            dir.display()
        );
        ExitCode::SUCCESS
    } else {
        println!("not usable");
        ExitCode::from(1)
    }
}

/// Loads the checkpoint and tags one sentence.
#[cfg(feature = "bert")]
fn try_out(dir: &Path, label_map: &LabelMap, report: &mut checkpoint::Report) {
    use crate::entities::bert::{Options, load};
    const PROBE: &str = "Élise Vautrin a quitté Quimper pour le siège d'Airbus.";
    let options = Options {
        label_map: label_map.clone(),
        ..Options::default()
    };
    let tried = load(dir, &options).and_then(|engine| {
        report.facts.push(("runs in", engine.summary().to_owned()));
        engine.mentions(PROBE, &crate::text::analyse(PROBE))
    });
    match tried {
        Ok(mentions) => {
            let found: Vec<String> = mentions
                .iter()
                .map(|m| format!("{} {:?} {:.2}", m.name, m.label, m.score))
                .collect();
            report
                .facts
                .push(("finds", format!("{} in « {PROBE} »", found.join(", "))));
            if found.is_empty() {
                report
                    .remarks
                    .push("it finds no name in a sentence with three: is it trained?".into());
            }
        }
        Err(error) => report.problems.push(error),
    }
}

#[cfg(not(feature = "bert"))]
fn try_out(_: &Path, _: &LabelMap, report: &mut checkpoint::Report) {
    report.remarks.push(
        "this glane is built without the feature `bert`: the tokenizer and the numbers in the \
         weights were not tried, and --engine bert is not there (docs/BERT.md)"
            .into(),
    );
}
