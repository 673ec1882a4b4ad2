//! The flags that choose the entity tagger, shared by every command that tags.

use super::values;
use crate::entities::{
    Tagger, accurate, bert,
    engines::{self, Engine, EngineError, Options},
};
use std::{num::NonZero, path::PathBuf, sync::Arc};

const ENGINE: &str = "Engine";

/// Whether flags that only a checkpoint has are of no use in this program.
const NO_CHECKPOINTS: bool = !cfg!(feature = "bert");

/// Flags about the tagger.
#[derive(clap::Args)]
#[group(skip)]
pub struct Args {
    /// Entity tagger.
    #[arg(help_heading = ENGINE, long, value_parser = values::engines(), default_value = engines::ALL[0].name)]
    engine: &'static Engine,
    /// A model made by `glane train`, or a checkpoint folder for `--engine bert`.
    #[arg(help_heading = ENGINE, long, value_name = "PATH")]
    model: Option<PathBuf>,
    /// A weight file of `glane model pack` for `--engine accurate` [default: the
    /// embedded one].
    #[arg(help_heading = ENGINE, long, value_name = "FILE")]
    encoder: Option<PathBuf>,
    /// With `--engine accurate`: the encoder reads a sentence when the embedded
    /// model doubts its words by more than this on the mean; 0 for every sentence.
    #[arg(help_heading = ENGINE, long, value_name = "0..1", default_value_t = accurate::DOUBT, value_parser = values::score)]
    cascade: f32,
    /// What a checkpoint's labels mean, before the defaults: `PERSONNE=PER,DATE=-`.
    #[arg(
        help_heading = ENGINE, long,
        value_name = "MAP",
        default_value = "",
        hide_default_value = true,
        hide = NO_CHECKPOINTS
    )]
    label_map: bert::LabelMap,
    /// Precision of a checkpoint's network.
    #[arg(help_heading = ENGINE, long, value_parser = values::precisions(), default_value = "auto", hide = NO_CHECKPOINTS)]
    precision: bert::Precision,
    /// Pieces a window of a checkpoint, special ones included [default: as many
    /// as its network can take].
    #[arg(help_heading = ENGINE, long, value_name = "N", hide = NO_CHECKPOINTS)]
    window: Option<NonZero<usize>>,
    /// Where a checkpoint runs: auto, cpu, cuda or cuda:N.
    #[arg(help_heading = ENGINE, long, default_value = "auto", hide = NO_CHECKPOINTS)]
    device: bert::Device,
}

impl Args {
    /// Articles that a worker takes at a time, see [`Engine::chunk`].
    pub fn chunk(&self) -> usize {
        self.engine.chunk
    }

    /// See [`Engine::hint`].
    pub fn hint(&self) -> Option<&'static str> {
        self.engine.hint
    }

    /// The tagger that these flags ask for, to be used from `threads`.
    pub fn tagger(&self, threads: usize) -> Result<Arc<dyn Tagger>, EngineError> {
        (self.engine.load)(&Options {
            model: self.model.clone(),
            encoder: self.encoder.clone(),
            cascade: self.cascade,
            bert: bert::Options {
                label_map: self.label_map.clone(),
                precision: self.precision,
                device: self.device,
                threads: NonZero::new(threads),
                window: self.window,
                ..bert::Options::default()
            },
        })
    }
}
