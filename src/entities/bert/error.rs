//! What can be wrong with a checkpoint folder, in words that say what to do.

use std::{io, path::PathBuf};

/// Why a checkpoint cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The path is not a folder.
    #[error("{0} is not a folder: name the folder that holds config.json")]
    NotAFolder(PathBuf),
    /// A file that must be there is not.
    #[error("{dir} holds no {what}; {hint}")]
    Missing {
        /// The checkpoint folder.
        dir: PathBuf,
        /// The file or files that were looked for.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// A file could not be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not the JSON that it should be.
    #[error("{path} is not the JSON that was expected")]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// `config.json` describes something that cannot be run.
    #[error("config.json: {0}")]
    Config(#[from] ConfigError),
    /// The labels cannot be made PER, LOC, ORG, MISC.
    #[error("labels: {0}")]
    Labels(#[from] LabelError),
    /// The weights are not those that `config.json` describes.
    #[error("weights: {0}")]
    Weights(#[from] WeightsError),
    /// The tokenizer cannot be used.
    #[error("tokenizer: {0}")]
    Tokenizer(#[from] TokenizerError),
    /// libtorch refused.
    #[cfg(feature = "bert")]
    #[error("libtorch, while {doing}")]
    Torch {
        /// What was being done.
        doing: &'static str,
        /// What libtorch said.
        source: tch::TchError,
    },
    /// The device is not there.
    #[error("no CUDA device {0}: this libtorch sees {1}")]
    NoDevice(usize, i64),
    /// The threads that run the network are gone.
    #[error("the network stopped: {0}")]
    Stopped(String),
}

impl Error {
    /// The error and its causes in one line; of each cause the first line, for
    /// libtorch puts its call stack after it.
    pub fn in_full(&self) -> String {
        let mut out = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            let line = cause_text.lines().next().unwrap_or_default();
            // A transparent error says the same as its cause.
            if !out.ends_with(line) {
                out.push_str(": ");
                out.push_str(line);
            }
            source = cause.source();
        }
        out
    }
}

/// What is odd in `config.json`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// A key is missing or has the wrong type.
    #[error("`{0}` is missing or is not {1}")]
    Key(&'static str, &'static str),
    /// Not an architecture that glane runs.
    #[error(
        "unknown architecture `{0}`; glane runs camembert, roberta, xlm-roberta, bert, distilbert and electra"
    )]
    Architecture(String),
    /// A model of the right family without a token-classification head.
    #[error(
        "this is a {0}, not a …ForTokenClassification: a language model must first be fine-tuned for named entities"
    )]
    Head(String),
    /// An activation function that is not known.
    #[error("unknown activation `{0}`")]
    Activation(String),
    /// Relative positions in a family that has them only rarely.
    #[error("position_embedding_type `{0}` is not supported, only `absolute`")]
    Positions(String),
    /// Sizes that do not fit together.
    #[error("{0}")]
    Sizes(String),
    /// `id2label` has holes.
    #[error("id2label has {found} labels but not the number {missing}")]
    LabelIds {
        /// How many labels there are.
        found: usize,
        /// The first number that is absent.
        missing: usize,
    },
}

/// What is wrong with the labels or the label map.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum LabelError {
    /// Nothing maps to a person.
    #[error("none of {0} means PER; say which does with --label-map, e.g. `PERSONNE=PER,LIEU=LOC`")]
    NoPer(String),
    /// Only `LABEL_0`, `LABEL_1`…
    #[error(
        "the checkpoint does not name its labels ({0}); name them with --label-map, e.g. `LABEL_1=B-PER,LABEL_2=I-PER`"
    )]
    Unnamed(String),
    /// The map has a part without `=`.
    #[error("`{0}` in --label-map is not of the form NAME=PER")]
    MapSyntax(String),
    /// The map points to something else than PER, LOC, ORG, MISC or `-`.
    #[error("`{0}` in --label-map: the right side must be PER, LOC, ORG, MISC or `-` (drop)")]
    MapTarget(String),
    /// The map names a label that the checkpoint does not have.
    #[error("--label-map names `{0}`, which the checkpoint does not have; it has {1}")]
    MapUnknown(String, String),
}

/// What is wrong with the weights.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// The file is no safetensors file.
    #[error("{path} is not a safetensors file: {what}")]
    NotSafetensors {
        /// The file.
        path: PathBuf,
        /// What gave it away.
        what: String,
    },
    /// A tensor is absent.
    #[error("{} of {expected} tensors missing, first `{}`{}", names.len(), names[0], head_hint(names))]
    Missing {
        /// Names, at least one.
        names: Vec<String>,
        /// How many the architecture has.
        expected: usize,
    },
    /// A tensor has another shape than `config.json` says.
    #[error("`{name}` is {found:?} in the file, but {expected:?} by config.json")]
    Shape {
        /// Tensor.
        name: String,
        /// Shape in the file.
        found: Vec<i64>,
        /// Shape by `config.json`.
        expected: Vec<i64>,
    },
    /// A Git LFS pointer in place of the weights.
    #[error("{0} is a Git LFS pointer, not the weights: run `git lfs pull` in the folder")]
    LfsPointer(PathBuf),
    /// The weights hold numbers that are not finite.
    #[error("`{0}` holds values that are not finite")]
    NotFinite(String),
}

fn head_hint(names: &[String]) -> &'static str {
    if names.iter().all(|n| n.starts_with("classifier.")) {
        " (the classification head: these are the weights of a language model that was not fine-tuned)"
    } else {
        ""
    }
}

/// What is wrong with the tokenizer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenizerError {
    /// The `tokenizers` crate refused the file.
    #[error("{path}: {what}")]
    File {
        /// The file.
        path: PathBuf,
        /// What it said.
        what: String,
    },
    /// Pieces that the network has no embedding for.
    #[error("it has {tokenizer} pieces, the network {network}: they do not belong together")]
    Vocabulary {
        /// One past the highest piece number.
        tokenizer: usize,
        /// Rows of the embedding.
        network: usize,
    },
    /// No piece that stands at the start or end of every window.
    #[error("it has no `{0}` piece, which every window needs")]
    Special(&'static str),
    /// A text that it could not cut.
    #[error("it failed on a text: {0}")]
    Encode(String),
}
