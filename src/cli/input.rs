//! The flags that say what to read and how, shared by `extract` and `bench`.

use super::{engine, say, values};
use crate::{
    Extractor,
    article::{Articles, Container, Fields, Published, Role, inputs, reader::Options},
    dates::Timezone,
    entities::engines::EngineError,
    language::{self, UnknownLanguage},
};
use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

/// Why there is no extractor.
#[derive(Debug, thiserror::Error)]
pub enum ExtractorError {
    /// The tagger.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A language.
    #[error(transparent)]
    Language(#[from] UnknownLanguage),
}

/// Flags about reading and extraction.
#[derive(clap::Args)]
#[group(skip)]
pub struct Args {
    /// Files, folders (read recursively) or `-` for standard input.
    #[arg(required_unless_present = "files_from", value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Leave links inside folders aside.
    #[arg(long)]
    no_follow: bool,
    /// A file with the names of more of them, one a line (or each ended by a zero byte,
    /// as `find -print0` writes them).
    #[arg(help_heading = "What is read", long, value_name = "FILE", value_parser = values::list)]
    files_from: Option<values::List>,
    /// Format of all inputs, instead of what their extensions say.
    #[arg(help_heading = "What is read", long, value_parser = values::formats())]
    format: Option<&'static Container>,
    /// Field or column that holds the text; a dotted path leads into objects.
    #[arg(help_heading = "What is read", long, value_name = "FIELD")]
    text_field: Option<String>,
    /// Field or column that holds the id.
    #[arg(help_heading = "What is read", long, value_name = "FIELD")]
    id_field: Option<String>,
    /// Field or column that holds the title.
    #[arg(help_heading = "What is read", long, value_name = "FIELD")]
    title_field: Option<String>,
    /// Field or column that holds the publication date.
    #[arg(help_heading = "What is read", long, value_name = "FIELD")]
    date_field: Option<String>,
    /// Fields or columns to keep in the records, under `meta`; dotted paths lead
    /// into objects.
    #[arg(
        help_heading = "What is read",
        long,
        value_name = "FIELD",
        value_delimiter = ','
    )]
    keep: Vec<String>,
    /// Longest article (64k, 16M, 1G) as it lies in its file, decompressed; a longer one
    /// gets an `error` record.
    #[arg(help_heading = "What is read", long, value_name = "SIZE", default_value = "16M", value_parser = values::article_bytes)]
    max_article_bytes: usize,
    /// Publication date of articles that do not tell their own.
    #[arg(help_heading = "What is read", long, value_name = "DATE")]
    published: Option<Published>,
    /// Languages to extract from, ISO 639-1 or 639-3.
    #[arg(help_heading = "What is looked for", long, value_name = "CODE", value_delimiter = ',', default_value = "fra", value_parser = language::recognised)]
    lang: Vec<&'static str>,
    /// Take every article for this language instead of detecting it.
    #[arg(help_heading = "What is looked for", long, value_name = "CODE", value_parser = language::code, conflicts_with = "lang")]
    assume_lang: Option<&'static str>,
    #[command(flatten)]
    engine: engine::Args,
    /// Leave out entities with a lower score.
    #[arg(help_heading = "What is looked for", long, value_name = "0..1", default_value = "0", value_parser = values::score)]
    min_score: f32,
    /// Report amounts in cryptocurrencies too (their currency is null).
    #[arg(help_heading = "What is looked for", long)]
    crypto: bool,
    /// Give times of a day their UTC offset: clock times are understood in this
    /// zone (Europe/Paris, +01:00), and those of a named zone converted to it.
    #[arg(
        help_heading = "What is looked for",
        long,
        value_name = "ZONE",
        allow_hyphen_values = true
    )]
    timezone: Option<Timezone>,
    /// Put its sentence into every mention, as `context`.
    #[arg(help_heading = "What is written", long)]
    context: bool,
    /// Put the decoded text into the records: silver data for `glane train`.
    #[arg(help_heading = "What is written", long)]
    with_text: bool,
}

impl Args {
    /// How rows become articles.
    pub fn options(&self) -> Options {
        let mut fields = Fields::default();
        for (role, name) in [
            (Role::Text, &self.text_field),
            (Role::Id, &self.id_field),
            (Role::Title, &self.title_field),
            (Role::Date, &self.date_field),
        ] {
            if let Some(name) = name {
                fields.set(role, name);
            }
        }
        for path in &self.keep {
            fields.keep(path);
        }
        Options {
            fields,
            published: self.published,
            max_article_bytes: self.max_article_bytes,
            ..Options::default()
        }
    }

    /// What was named, on the command line first.
    pub fn named(&self) -> Vec<PathBuf> {
        let more = self.files_from.iter().flat_map(|list| &list.0);
        self.inputs.iter().chain(more).cloned().collect()
    }

    /// The files to read; `output` is where this run writes.
    pub fn collect(&self, output: Option<&Path>) -> inputs::Inputs {
        self.collect_of(&self.named(), output)
    }

    /// The files to read of those that are `named`.
    pub fn collect_of(&self, named: &[PathBuf], output: Option<&Path>) -> inputs::Inputs {
        let links = match self.no_follow {
            true => inputs::Links::Leave,
            false => inputs::Links::Follow,
        };
        inputs::collect(named, self.format, output, links)
    }

    /// Flags that name fields where no input has fields, in words.
    pub fn idle(&self, found: &inputs::Inputs) -> Option<String> {
        let one = |format: &Container| format.articles == Articles::One;
        if !found.files.iter().all(|f| f.format.is_some_and(one)) {
            return None;
        }
        let named = [
            ("--text-field", self.text_field.is_some()),
            ("--id-field", self.id_field.is_some()),
            ("--title-field", self.title_field.is_some()),
            ("--date-field", self.date_field.is_some()),
            ("--keep", !self.keep.is_empty()),
        ];
        let named: Vec<_> = named
            .iter()
            .filter(|(_, is)| *is)
            .map(|(f, _)| *f)
            .collect();
        (!named.is_empty()).then(|| {
            format!(
                "without effect: {}, since files of one article have no fields",
                named.join(", ")
            )
        })
    }

    /// The folder among the inputs in which `output` lies.
    pub fn holds(&self, output: &Path) -> Option<&Path> {
        if output == Path::new("-") {
            return None;
        }
        // What is not there yet lies where its nearest folder does.
        let real = output
            .ancestors()
            .map(|p| {
                if p.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    p
                }
            })
            .find_map(|p| p.canonicalize().ok())?;
        let more = self.files_from.iter().flat_map(|list| &list.0);
        let mut folders = self.inputs.iter().chain(more).filter(|p| p.is_dir());
        folders
            .find(|folder| folder.canonicalize().is_ok_and(|f| real.starts_with(f)))
            .map(PathBuf::as_path)
    }

    /// The inputs as a person would name them together.
    pub fn title(&self) -> String {
        let names: Vec<_> = self
            .inputs
            .iter()
            .map(|p| p.display().to_string())
            .collect();
        match names.len() {
            0..=3 => names.join(", "),
            n => format!("{}, {} and {} more", names[0], names[1], n - 2),
        }
    }

    /// Whether standard input is among the inputs.
    pub fn reads_stdin(&self) -> bool {
        self.named().iter().any(|p| p == Path::new("-"))
    }

    /// Articles that a worker takes at a time, see [`crate::pipeline::batch`].
    pub fn chunk(&self) -> usize {
        self.engine.chunk()
    }

    /// What another engine would give.
    pub fn hint(&self) -> Option<&'static str> {
        self.engine.hint()
    }

    /// Has every mention carry its sentence, whatever the flags say.
    pub fn needs_context(&mut self) {
        self.context = true;
    }

    /// The extractor that these flags ask for, to be used from `threads`.
    pub fn extractor(&self, threads: usize) -> Result<Extractor, ExtractorError> {
        let mut builder = Extractor::builder()
            .languages(&self.lang)?
            .min_score(self.min_score)
            .crypto(self.crypto)
            .context(self.context)
            .with_text(self.with_text);
        if let Some(code) = &self.assume_lang {
            builder = builder.assume_language(code)?;
        }
        if let Some(zone) = &self.timezone {
            builder = builder.timezone(zone.clone());
        }
        Ok(builder.build_with(self.engine.tagger(threads)?))
    }
}

/// Threads that are used for each core, at most.
const THREADS_PER_CORE: usize = 4;
/// Threads that are used at most where cores are few.
const FEW: usize = 64;

/// Threads to use: as asked, but no more than are of use, which is said; else one a
/// core.
pub fn threads(asked: Option<NonZero<usize>>) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let most = FEW.max(cores * THREADS_PER_CORE);
    match asked.map(NonZero::get) {
        None => cores,
        Some(asked) if asked > most => {
            say!(
                "glane: -j {asked}: {most} threads are used, since {cores} cores gain nothing from more"
            );
            most
        }
        Some(asked) => asked,
    }
}
