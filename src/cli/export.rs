//! `glane export`: what was found, as a draft for an annotation tool.

use super::{
    NOTHING, SOME_FAILED,
    held::{self, Shown},
    input, print,
    sample::Drawn,
    say,
    summary::count,
    values, view,
};
use crate::{
    exchange::{self, File, Tool},
    record::Status,
};
use rayon::prelude::*;
use std::{
    fs,
    io::{self, Write},
    num::NonZero,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Flags of `glane export`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  glane export articles/ --to label-studio -o tasks.json
  glane export output/records.jsonl --to brat -o brat/      records made with --with-text

What people made of it comes back with glane import. docs/CORRECTING.md has the way for
each tool. Exit codes: 0 all well, 1 nothing could be done, 2 some articles were left out.")]
pub struct Args {
    #[command(flatten)]
    input: input::Args,
    /// The annotation tool.
    #[arg(long, value_name = "TOOL", value_parser = values::tools())]
    to: &'static Tool,
    /// The file to write, `-` for standard output; for brat a folder.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Articles to export, drawn from all; 0 for all.
    #[arg(long, value_name = "N", default_value = "100")]
    sample: usize,
    /// Another seed draws other articles, the same one the same.
    #[arg(long, value_name = "S", default_value = "0")]
    seed: u64,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
    /// Worker threads [default: one a core].
    #[arg(long, short = 'j', value_name = "N", value_parser = values::threads)]
    threads: Option<NonZero<usize>>,
}

/// Why nothing was exported, or imported.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} exists: choose another name with -o, or replace it with --force")]
    Exists(PathBuf),
    #[error(
        "{0} is there and not empty: choose a new folder with -o (what was annotated there is not overwritten)"
    )]
    NotEmpty(PathBuf),
    #[error("{0} is a folder: name a file with -o")]
    IsFolder(PathBuf),
    #[error("{0} is a folder of files: name a folder with -o, not standard output")]
    NoFolder(&'static str),
    #[error("{0}")]
    Extractor(#[from] input::ExtractorError),
    #[error("{0}")]
    Held(#[from] held::Error),
    #[error("{0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    #[error("{path}: {error}")]
    Write { path: PathBuf, error: io::Error },
    #[error("nothing to export: none of the {0} was extracted (see glane peek)")]
    NoneExtracted(String),
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    match export(args) {
        Ok(code) => code,
        Err(e) => {
            say!("glane: {e}");
            ExitCode::from(NOTHING)
        }
    }
}

fn export(args: &Args) -> Result<ExitCode, Error> {
    free(args.to, &args.output, args.force)?;
    let threads = input::threads(args.threads);
    let extractor = args.input.extractor(threads)?;
    let options = args.input.options();
    let mut drawn = Drawn::new(args.sample, args.seed);
    held::each(&args.input, &options, &mut |held| drawn.add(held))?;
    let all = drawn.seen();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()?;
    let taken = drawn.taken();
    let shown: Vec<Shown> = pool.install(|| {
        let held = taken.into_par_iter();
        held.map(|held| held.shown(&extractor, &options)).collect()
    });
    let (mut tasks, mut overlaps, mut failed) = (Vec::new(), 0, 0);
    for shown in &shown {
        let record = shown.record();
        if record.status != Status::Ok {
            failed += 1;
            continue;
        }
        match exchange::draft(record, shown.title(), shown.text()) {
            Some((task, left_out)) => {
                tasks.push(task);
                overlaps += left_out;
            }
            None => {
                failed += 1;
                say!(
                    "glane: {}: its offsets are not those of its text: left out",
                    record.id
                );
            }
        }
    }
    if tasks.is_empty() {
        return Err(Error::NoneExtracted(count(all, "article")));
    }
    let files = (args.to.write)(&tasks);
    let printed = match (&files[..], args.output.to_str()) {
        ([(name, bytes)], Some("-")) if name.is_empty() => {
            let code = print(&String::from_utf8_lossy(bytes));
            if code != ExitCode::SUCCESS {
                return Ok(code);
            }
            true
        }
        _ => false,
    };
    if !printed {
        put(&args.output, args.to, &files)?;
        let mentions = tasks.iter().map(|t| t.doc.spans.len() as u64).sum();
        say!(
            "glane: {}: {} of {}, with {} as drafts for {}",
            args.output.display(),
            tasks.len(),
            count(all, "article"),
            count(mentions, "mention"),
            args.to.name
        );
    }
    if overlaps > 0 {
        say!(
            "glane: {} left out: they share text with a longer one",
            count(overlaps as u64, "mention")
        );
    }
    if failed > 0 {
        say!(
            "glane: {} left out: failed, empty or in another language",
            count(failed, "article")
        );
        return Ok(ExitCode::from(SOME_FAILED));
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a place that is taken.
fn free(tool: &Tool, path: &Path, force: bool) -> Result<(), Error> {
    let stdout = path == Path::new("-");
    match tool.extension {
        None if stdout => Err(Error::NoFolder(tool.name)),
        None => {
            let empty = fs::read_dir(path).map(|mut entries| entries.next().is_none());
            match path.exists() && !empty.unwrap_or(false) {
                true => Err(Error::NotEmpty(path.to_owned())),
                false => Ok(()),
            }
        }
        Some(_) if stdout => Ok(()),
        Some(_) => free_file(path, force),
    }
}

/// Refuses a file that is there.
pub fn free_file(path: &Path, force: bool) -> Result<(), Error> {
    match path.exists() {
        true if path.is_dir() => Err(Error::IsFolder(path.to_owned())),
        true if !force => Err(Error::Exists(path.to_owned())),
        _ => Ok(()),
    }
}

/// Whole or not there: written beside, then renamed.
fn put(place: &Path, tool: &Tool, files: &[File]) -> Result<(), Error> {
    let written = |path: &Path, result: io::Result<()>| {
        result.map_err(|error| Error::Write {
            path: path.to_owned(),
            error,
        })
    };
    if tool.extension.is_some() {
        for (_, bytes) in files {
            written(place, view::write(place, bytes))?;
        }
        return Ok(());
    }
    let mut partial = place.to_owned();
    partial.set_file_name(match place.file_name() {
        Some(name) => format!("{}.partial", name.to_string_lossy()),
        None => return written(place, Err(io::Error::other("no name for a folder"))),
    });
    let all = || {
        fs::create_dir_all(&partial)?;
        for (name, bytes) in files {
            let mut file = fs::File::create(partial.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        fs::rename(&partial, place)
    };
    written(place, all())
}
