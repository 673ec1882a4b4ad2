//! `glane verify`: whether what a run has left is what it says.

use super::{NOTHING, print, say, summary};
use crate::{article::Article, output::Manifest, pipeline::batch, verify};
use std::{path::PathBuf, process::ExitCode};

/// Flags of `glane verify`.
#[derive(clap::Args)]
pub struct Args {
    /// A folder of records, a file of records with its manifest, or a manifest.
    #[arg(required = true, value_name = "OUT")]
    places: Vec<PathBuf>,
    /// Do not look at the inputs, even where they are there.
    #[arg(long)]
    no_texts: bool,
}

/// Runs the command: 0 when nothing is wrong, else 1 and a list.
pub fn run(args: &Args) -> ExitCode {
    let mut problems = 0;
    for place in &args.places {
        let path = verify::manifest_of(place);
        if !place.exists() && !path.exists() {
            say!("glane: {}: no such file or folder", place.display());
            problems += 1;
            continue;
        }
        let manifest = match verify::read_manifest(&path) {
            Ok(manifest) => manifest,
            Err(e) => {
                say!("glane: {e}");
                problems += 1;
                continue;
            }
        };
        let texts = match args.no_texts {
            true => Err("not asked for".to_owned()),
            false => texts(&manifest),
        };
        let (mut texts, why) = match texts {
            Ok(texts) => (Some(texts), None),
            Err(why) => (None, Some(why)),
        };
        let report = verify::verify(
            &path,
            &manifest,
            texts.as_mut().map(|t| &mut **t as verify::Texts),
        );
        let shown = place.display();
        for problem in &report.problems {
            say!("glane: {shown}: {problem}");
        }
        if report.more > 0 {
            say!("glane: {shown}: and {} more", report.more);
        }
        problems += report.problems.len() as u64 + report.more;
        for note in &report.notes {
            say!("glane: {shown}: {note}");
        }
        if let Some(why) = why
            && report.texts < report.rows
        {
            say!("glane: {shown}: offsets were not held against the texts: {why}");
        }
        let parts = summary::count(manifest.parts.len() as u64, "part");
        let found = report.problems.len() as u64 + report.more;
        let verdict = match found {
            0 => "all as it should be".to_owned(),
            n => summary::count(n, "problem"),
        };
        print(&format!(
            "{shown}: {parts}, {} rows read, {} with their text: {verdict}\n",
            report.rows, report.texts
        ));
    }
    match problems {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::from(NOTHING),
    }
}

/// The articles that a run was made of, as its command line names them.
fn texts(manifest: &Manifest) -> Result<Box<dyn Iterator<Item = Article>>, String> {
    let (found, options) = super::inputs_of(&manifest.arguments)
        .ok_or("its command line is not one of this version")?;
    let mut there = found.files.iter().map(|f| (f.source.as_str(), f.bytes));
    for input in &manifest.inputs {
        let Some(size) = input.size else {
            if input.sha256.is_none() {
                continue;
            }
            return Err(format!("{} cannot be read again", input.source));
        };
        match there.find(|(source, _)| *source == input.source) {
            Some((_, bytes)) if bytes == size => {}
            Some(_) => return Err(format!("{} is no longer as it was", input.source)),
            None => return Err(format!("{} is not there", input.source)),
        }
    }
    Ok(Box::new(batch::articles(
        found.files,
        &found.refused,
        options,
    )))
}
