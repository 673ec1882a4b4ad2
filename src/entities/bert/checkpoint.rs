//! A checkpoint folder as the Hugging Face hub lays it out: read it, and say
//! what it is and what is wrong with it.

use super::{
    config::{Architecture, Config},
    error::Error,
    labels::{LabelMap, Labels},
    weights::{self, Weights},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// A folder whose `config.json`, labels and weights fit together.
#[derive(Debug)]
pub struct Checkpoint {
    /// The folder.
    pub dir: PathBuf,
    /// `config.json`, checked.
    pub config: Config,
    /// `config.json`, whole.
    pub json: Value,
    /// What its labels mean.
    pub labels: Labels,
    /// Its weights, not yet read.
    pub weights: Weights,
}

/// What [`check`] found.
#[derive(Debug, Default)]
pub struct Report {
    /// What the folder is, as pairs of a word and its value.
    pub facts: Vec<(&'static str, String)>,
    /// What is odd but does no harm.
    pub remarks: Vec<String>,
    /// What keeps it from being used.
    pub problems: Vec<Error>,
}

impl Checkpoint {
    /// Reads a folder, up to but not including the numbers in the weights;
    /// the first thing that is wrong is the error.
    pub fn open(dir: &Path, map: &LabelMap) -> Result<Self, Error> {
        let json = read_config(dir)?;
        let config = Config::new(&json)?;
        let labels = Labels::new(&config.labels, map)?;
        let weights = Weights::find(dir)?;
        if let Some(shapes) = weights.shapes()?
            && let Some(error) = weights::compare(&weights::expected(&config), &shapes)
                .into_iter()
                .next()
        {
            return Err(error.into());
        }
        Ok(Self {
            dir: dir.to_owned(),
            config,
            json,
            labels,
            weights,
        })
    }

    /// The folder's own name.
    pub fn name(&self) -> String {
        let full = fs::canonicalize(&self.dir).unwrap_or_else(|_| self.dir.clone());
        full.file_name()
            .map_or_else(|| "checkpoint".into(), |n| n.to_string_lossy().into_owned())
    }

    /// SHA-256 of the weights, the files one after the other.
    pub fn sha256(&self) -> Result<String, Error> {
        let mut hash = Sha256::new();
        for path in &self.weights.files {
            let mut file = fs::File::open(path).map_err(|source| Error::Read {
                path: path.clone(),
                source,
            })?;
            io::copy(&mut file, &mut hash).map_err(|source| Error::Read {
                path: path.clone(),
                source,
            })?;
        }
        Ok(format!("{:x}", hash.finalize()))
    }
}

/// The file that a checkpoint's tokenizer is read from: `tokenizer.json`, or
/// what the family was published with before there was one.
pub fn tokenizer_file(dir: &Path, architecture: Architecture) -> Result<&'static str, Error> {
    let has = |name: &str| dir.join(name).is_file();
    let older = match architecture {
        Architecture::Camembert | Architecture::XlmRoberta => "sentencepiece.bpe.model",
        Architecture::Bert | Architecture::DistilBert | Architecture::Electra => "vocab.txt",
        Architecture::Roberta => "vocab.json",
    };
    if has("tokenizer.json") {
        Ok("tokenizer.json")
    } else if has(older) && (older != "vocab.json" || has("merges.txt")) {
        Ok(older)
    } else {
        Err(Error::Missing {
            dir: dir.to_owned(),
            what: "tokenizer.json",
            hint: "nor the files that it could be made from (sentencepiece.bpe.model for CamemBERT \
                   and XLM-R, vocab.txt for BERT, vocab.json and merges.txt for RoBERTa)",
        })
    }
}

fn read_config(dir: &Path) -> Result<Value, Error> {
    if !dir.is_dir() {
        return Err(Error::NotAFolder(dir.to_owned()));
    }
    let path = dir.join("config.json");
    if !path.is_file() {
        return Err(Error::Missing {
            dir: dir.to_owned(),
            what: "config.json",
            hint: "it is not a checkpoint of the Hugging Face hub, or a snapshot's folder lies deeper",
        });
    }
    let text = fs::read_to_string(&path).map_err(|source| Error::Read {
        path: path.clone(),
        source,
    })?;
    serde_json::from_str(&text).map_err(|source| Error::Json { path, source })
}

/// Looks at everything that can be looked at without running the network, and
/// goes on after a problem where the rest still makes sense.
pub fn check(dir: &Path, map: &LabelMap) -> Report {
    let mut report = Report::default();
    let json = match read_config(dir) {
        Ok(json) => json,
        Err(error) => {
            report.problems.push(error);
            return report;
        }
    };
    let config = match Config::new(&json) {
        Ok(config) => Some(config),
        Err(error) => {
            report.problems.push(error.into());
            None
        }
    };
    if let Some(config) = &config {
        report.describe(config, map);
        match tokenizer_file(dir, config.architecture) {
            Ok(file) => report.facts.push(("tokenizer", file.to_owned())),
            Err(error) => report.problems.push(error),
        }
    }
    match Weights::find(dir) {
        Ok(found) => {
            let bytes: u64 = found
                .files
                .iter()
                .filter_map(|f| fs::metadata(f).ok())
                .map(|m| m.len())
                .sum();
            let names: Vec<_> = found
                .files
                .iter()
                .filter_map(|f| Some(f.file_name()?.to_string_lossy().into_owned()))
                .collect();
            report.facts.push((
                "weights",
                format!("{} ({:.1} MB)", names.join(", "), bytes as f64 / 1e6),
            ));
            match (found.shapes(), &config) {
                (Ok(Some(shapes)), Some(config)) => {
                    let expected = weights::expected(config);
                    let errors = weights::compare(&expected, &shapes);
                    report.problems.extend(errors.into_iter().map(Error::from));
                }
                (Ok(None), _) => report.remarks.push(
                    "the weights are not safetensors: their shapes are only seen when they are loaded"
                        .into(),
                ),
                (Err(error), _) => report.problems.push(error),
                _ => {}
            }
        }
        Err(error) => report.problems.push(error),
    }
    report
}

impl Report {
    fn describe(&mut self, config: &Config, map: &LabelMap) {
        self.facts
            .push(("architecture", config.architecture.name().to_owned()));
        self.facts.push((
            "size",
            format!(
                "{} layers of {}, {} heads, {} pieces",
                config.layers, config.width, config.heads, config.vocabulary
            ),
        ));
        self.facts
            .push(("window", format!("{} pieces at most", config.max_window())));
        self.facts.push(("labels", config.labels.join(", ")));
        match Labels::new(&config.labels, map) {
            Ok(labels) => {
                self.facts.push(("scheme", labels.scheme().to_owned()));
                if !labels.dropped.is_empty() {
                    self.remarks.push(format!(
                        "left out: {} (glane has its own rules for dates and amounts; --label-map can say otherwise)",
                        labels.dropped.join(", ")
                    ));
                }
            }
            Err(error) => self.problems.push(error.into()),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (word, value) in &self.facts {
            writeln!(f, "{word:<13} {value}")?;
        }
        for remark in &self.remarks {
            writeln!(f, "remark        {remark}")?;
        }
        for problem in &self.problems {
            writeln!(f, "problem       {}", problem.in_full())?;
        }
        Ok(())
    }
}
