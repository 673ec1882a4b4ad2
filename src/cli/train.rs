//! `glane train`: a model from annotated files.

use crate::eval;
use crate::train::{
    crf::Settings,
    data::{self, Sources, Words},
    lists,
    model::{self, Set},
    silver, write,
};
use std::{path::PathBuf, process::ExitCode};

/// Flags of `glane train`.
#[derive(clap::Args)]
pub struct Args {
    /// Annotated files: BIO, or marked-up articles (their dev part, every sixth
    /// article, is left out; files called `NAME.train.txt` are read whole).
    #[arg(required = true)]
    train: Vec<PathBuf>,
    /// Records of `glane extract --with-text`, as silver data.
    #[arg(long)]
    silver: Vec<PathBuf>,
    /// What a silver sentence counts for; a gold one counts for 1.
    #[arg(long, default_value_t = 0.3)]
    silver_weight: f32,
    /// Files to measure on: BIO, or the dev part of marked-up articles (files
    /// called `NAME.dev.txt` as a whole).
    #[arg(long)]
    dev: Vec<PathBuf>,
    /// Where the model goes.
    #[arg(short, long, alias = "out")]
    output: Option<PathBuf>,
    /// What the model is called.
    #[arg(long, default_value = "compact-fr")]
    name: String,
    /// Fit the second pass again without each of its pieces, and print what each
    /// adds on the dev sets.
    #[arg(long)]
    ablate: bool,
    /// Only the first pass, to compare on the dev sets: no model is written.
    #[arg(long, conflicts_with = "output")]
    quick: bool,
    /// What `glane clusters` wrote.
    #[arg(long)]
    clusters: Option<PathBuf>,
    /// Folders of lists of names.
    #[arg(long)]
    lists: Vec<PathBuf>,
    /// Weight of the L1 norm.
    #[arg(long, default_value_t = Settings::default().l1)]
    l1: f64,
    /// Weight of the L2 norm.
    #[arg(long, default_value_t = Settings::default().l2)]
    l2: f64,
    /// Iterations at most.
    #[arg(long, default_value_t = Settings::default().iterations)]
    iterations: usize,
    /// Attributes seen on fewer tokens are left out.
    #[arg(long, default_value_t = Settings::default().min_count)]
    min_count: u32,
}

/// Annotated articles below which nothing is learnt: the first pass is fitted on
/// each of several folds.
const ARTICLES: usize = 10;

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    super::done(train(args))
}

fn train(args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let mut sources = Sources::default();
    if let Some(path) = &args.clusters {
        sources.clusters =
            data::read_clusters(path).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    for folder in &args.lists {
        let unknown = lists::read_folder(folder, &mut sources.lexicon)
            .map_err(|e| format!("{}: {e}", folder.display()))?;
        for name in unknown {
            eprintln!("glane: list `{name}` left out: its name is no kind of the lexicon");
        }
    }
    let mut words = Words::default();
    let mut train = Set::new(
        data::read_gold(&args.train, Some(false))?,
        &mut words,
        &sources,
    );
    let names = train.docs.iter().flat_map(|doc| &doc.spans);
    let names = names.filter(|s| eval::entities::label(&s.tag).is_some());
    let names = names.count();
    if train.docs.len() < ARTICLES || names < ARTICLES {
        return Err(format!(
            "{} annotated articles with {names} names to learn from (every sixth article is left \
             out for --dev): a model needs at least {ARTICLES}, and hundreds to be of use",
            train.docs.len()
        )
        .into());
    }
    for path in &args.silver {
        let (docs, articles) = silver::read(path, args.silver_weight, &mut words, &sources)?;
        eprintln!("{}: {} silver articles", path.display(), docs.len());
        train.docs.extend(docs);
        train.articles.extend(articles);
    }
    let mut dev = Vec::new();
    let (whole, marked): (Vec<_>, Vec<_>) = args
        .dev
        .iter()
        .cloned()
        .partition(|path| data::is_whole(path));
    for path in whole {
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned());
        let docs = data::read_gold(&[path], None)?;
        dev.push((
            name.unwrap_or_default(),
            Set::new(docs, &mut words, &sources),
        ));
    }
    if !marked.is_empty() {
        let docs = data::read_gold(&marked, Some(true))?;
        dev.push(("corpus".into(), Set::new(docs, &mut words, &sources)));
    }
    let settings = Settings {
        min_count: args.min_count,
        l1: args.l1,
        l2: args.l2,
        iterations: args.iterations,
    };
    if args.quick {
        model::fit(&train, &dev, &words, &sources, &settings);
        return Ok(());
    }
    let (one, two) = model::fit_both(&mut train, &mut dev, &words, &sources, &settings);
    if let Some(out) = &args.output {
        let parts = write::parts(&args.name, &one, &two, &sources);
        eprintln!(
            "{} rows, {} words, {} names",
            parts.weights.len(),
            parts.clusters.len(),
            parts.lexicon.len()
        );
        let measured: Vec<_> = dev.iter().flat_map(|(_, set)| &set.docs).collect();
        let bytes = write::calibrate(&parts.write(), &measured).map_err(|e| e.to_string())?;
        eprintln!("{} bytes", bytes.len());
        std::fs::write(out, bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    if args.ablate {
        model::ablate(&mut train, &mut dev, &words, &sources, &settings);
    }
    Ok(())
}
