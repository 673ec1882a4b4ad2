//! The engines that tag entities, declared once each. To add one: its
//! [`Engine`] and its line in [`ALL`].

use super::{
    Tagger,
    accurate::Accurate,
    bert,
    compact::{self, Compact},
    encoder,
};
use std::{fmt, path::PathBuf, sync::Arc};

/// An engine.
#[non_exhaustive]
pub struct Engine {
    /// Name, the value of `--engine`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Articles that a worker takes at a time: many where one is a matter of
    /// microseconds, one where it takes a second.
    pub chunk: usize,
    /// Whether this program has it.
    pub built: bool,
    /// What another engine would give, for the end of a run.
    pub hint: Option<&'static str>,
    /// Makes a tagger.
    pub load: fn(&Options) -> Result<Arc<dyn Tagger>, EngineError>,
}

/// What engines are asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A model file or a checkpoint folder, instead of the engine's own.
    pub model: Option<PathBuf>,
    /// The encoder's weight file, instead of the embedded one.
    pub encoder: Option<PathBuf>,
    /// See [`DOUBT`](super::accurate::DOUBT); 0 for the encoder to read everything.
    pub cascade: f32,
    /// How a checkpoint is run, and by how many threads.
    pub bert: bert::Options,
}

/// All engines; the first is the default.
pub static ALL: &[&Engine] = &[&COMPACT, &ACCURATE, &BERT];

/// The embedded engine.
pub static COMPACT: Engine = Engine {
    name: "compact",
    about: "The embedded model, or one that `glane train` made",
    chunk: 32,
    built: true,
    hint: if cfg!(encoder_weights) {
        Some("--engine accurate gives names 1.5 points of F1 more, 30 times slower")
    } else {
        None
    },
    load: |options| Ok(embedded(options)?),
};

fn embedded(options: &Options) -> Result<Arc<Compact>, EngineError> {
    match &options.model {
        None => Ok(compact::embedded().map_err(compact::LoadError::from)?),
        Some(path) if path.is_dir() => Err(EngineError::Folder(path.clone())),
        Some(path) => Ok(compact::load(path)?),
    }
}

/// The embedded model and the encoder.
pub static ACCURATE: Engine = Engine {
    name: "accurate",
    about: "The embedded model and a pre-trained encoder, joined: better and slower",
    chunk: 4,
    built: true,
    hint: None,
    load: |options| {
        let encoder = match &options.encoder {
            Some(path) => encoder::load(path)?,
            None => encoder::embedded()?,
        };
        let both = Accurate::new(embedded(options)?, encoder, options.cascade);
        Ok(Arc::new(both))
    },
};

/// A checkpoint of the user's.
pub static BERT: Engine = Engine {
    name: "bert",
    about: "A Hugging Face token-classification checkpoint on libtorch",
    chunk: 1,
    built: cfg!(feature = "bert"),
    hint: None,
    load: checkpoint,
};

#[cfg(feature = "bert")]
fn checkpoint(options: &Options) -> Result<Arc<dyn Tagger>, EngineError> {
    let dir = options.model.as_deref().ok_or(EngineError::NoCheckpoint)?;
    Ok(bert::load(dir, &options.bert)?)
}

#[cfg(not(feature = "bert"))]
fn checkpoint(_: &Options) -> Result<Arc<dyn Tagger>, EngineError> {
    Err(EngineError::NoBert)
}

impl Engine {
    /// The engine of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|e| e.name == name).copied()
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Why there is no tagger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The compact engine's model.
    #[error(transparent)]
    Compact(#[from] compact::LoadError),
    /// The encoder's weights.
    #[error(transparent)]
    Encoder(#[from] encoder::LoadError),
    /// A folder, which the compact engine has no use for.
    #[error("{} is a folder: a checkpoint folder needs --engine bert too", .0.display())]
    Folder(PathBuf),
    /// The checkpoint.
    #[cfg(feature = "bert")]
    #[error("{}", .0.in_full())]
    Bert(#[from] bert::Error),
    /// No checkpoint was named.
    #[cfg(feature = "bert")]
    #[error("--engine bert needs --model DIR, a checkpoint folder (see docs/BERT.md)")]
    NoCheckpoint,
    /// This program has no libtorch.
    #[cfg(not(feature = "bert"))]
    #[error(
        "this glane was built without the engine `bert`; build it with \
         `cargo build --release --features bert` (docs/BERT.md says how to get libtorch)"
    )]
    NoBert,
}
