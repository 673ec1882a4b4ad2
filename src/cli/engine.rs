//! The flags that choose the entity tagger, shared by every command that tags.

use super::values;
use crate::entities::{Tagger, bert, compact};
use std::{num::NonZero, path::PathBuf, sync::Arc};

/// Which entity tagger to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    /// The embedded model, or one that `glane train` made.
    Compact,
    /// A Hugging Face token-classification checkpoint on libtorch.
    Bert,
}

/// Why there is no tagger.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The compact engine's model.
    #[error(transparent)]
    Compact(#[from] compact::LoadError),
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
        "this glane was built without the accurate engine; build it with \
         `cargo build --release --features bert` (docs/BERT.md says how to get libtorch)"
    )]
    NoBert,
}

/// Flags about the tagger.
#[derive(clap::Args)]
#[group(skip)]
pub struct Args {
    /// Entity tagger.
    #[arg(long, value_enum, default_value = "compact")]
    engine: Engine,
    /// A model made by `glane train`, or a checkpoint folder for `--engine bert`.
    #[arg(long, value_name = "PATH")]
    model: Option<PathBuf>,
    /// What a checkpoint's labels mean, before the defaults: `PERSONNE=PER,DATE=-`.
    #[arg(
        long,
        value_name = "MAP",
        default_value = "",
        hide_default_value = true
    )]
    label_map: bert::LabelMap,
    /// Precision of a checkpoint's network.
    #[arg(long, value_parser = values::precisions(), default_value = "auto")]
    precision: bert::Precision,
    /// Pieces a window of a checkpoint, special ones included [default: as many
    /// as its network can take].
    #[arg(long, value_name = "N")]
    window: Option<NonZero<usize>>,
    /// Where a checkpoint runs: auto, cpu, cuda or cuda:N.
    #[arg(long, default_value = "auto")]
    device: bert::Device,
}

impl Args {
    /// Articles that a worker takes at a time, see [`crate::pipeline::batch`].
    pub fn chunk(&self) -> usize {
        match self.engine {
            Engine::Compact => 32,
            Engine::Bert => 1,
        }
    }

    /// The tagger that these flags ask for, to be used from `threads`.
    pub fn tagger(&self, threads: usize) -> Result<Arc<dyn Tagger>, EngineError> {
        match (self.engine, &self.model) {
            (Engine::Compact, None) => Ok(compact::embedded().map_err(compact::LoadError::from)?),
            (Engine::Compact, Some(path)) if path.is_dir() => {
                Err(EngineError::Folder(path.clone()))
            }
            (Engine::Compact, Some(path)) => Ok(compact::load(path)?),
            (Engine::Bert, _) => self.checkpoint(threads),
        }
    }

    #[cfg(feature = "bert")]
    fn checkpoint(&self, threads: usize) -> Result<Arc<dyn Tagger>, EngineError> {
        let dir = self.model.as_deref().ok_or(EngineError::NoCheckpoint)?;
        let options = bert::Options {
            label_map: self.label_map.clone(),
            precision: self.precision,
            device: self.device,
            threads: NonZero::new(threads),
            window: self.window,
            ..bert::Options::default()
        };
        Ok(bert::load(dir, &options)?)
    }

    #[cfg(not(feature = "bert"))]
    fn checkpoint(&self, _threads: usize) -> Result<Arc<dyn Tagger>, EngineError> {
        Err(EngineError::NoBert)
    }
}
