//! The weights of a checkpoint: which files hold them, and whether they are
//! the tensors that `config.json` describes.

use super::{
    config::{Architecture, Config},
    error::{Error, WeightsError},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

/// Names and shapes of tensors.
pub type Shapes = BTreeMap<String, Vec<i64>>;

/// Formats, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `model.safetensors`, or several with `model.safetensors.index.json`.
    Safetensors,
    /// `rust_model.ot`, the format of rust-bert's own models.
    Ot,
    /// `pytorch_model.bin`.
    Pickle,
}

/// The files that hold the weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// Format of all of them.
    pub format: Format,
    /// One file, or the shards in order of their names.
    pub files: Vec<PathBuf>,
}

impl Weights {
    /// Looks for weights in the checkpoint folder `dir`.
    pub fn find(dir: &Path) -> Result<Self, Error> {
        let index = dir.join("model.safetensors.index.json");
        let one = |format, name: &str| {
            let path = dir.join(name);
            path.is_file().then(|| Self {
                format,
                files: vec![path],
            })
        };
        let found = if let Some(w) = one(Format::Safetensors, "model.safetensors") {
            w
        } else if index.is_file() {
            let files = shards(dir, &index)?;
            Self {
                format: Format::Safetensors,
                files,
            }
        } else if let Some(w) = one(Format::Ot, "rust_model.ot") {
            w
        } else if let Some(w) = one(Format::Pickle, "pytorch_model.bin") {
            w
        } else {
            return Err(Error::Missing {
                dir: dir.to_owned(),
                what: "model.safetensors (nor rust_model.ot, nor pytorch_model.bin)",
                hint: "the download may have stopped early",
            });
        };
        for file in &found.files {
            if is_lfs_pointer(file)? {
                return Err(WeightsError::LfsPointer(file.clone()).into());
            }
        }
        Ok(found)
    }

    /// Names and shapes, read from the heads of safetensors files; `None` for
    /// formats that only libtorch can read.
    pub fn shapes(&self) -> Result<Option<Shapes>, Error> {
        if self.format != Format::Safetensors {
            return Ok(None);
        }
        let mut shapes = Shapes::new();
        for file in &self.files {
            for (name, shape) in header(file)? {
                shapes.insert(canonical(&name), shape);
            }
        }
        Ok(Some(shapes))
    }
}

fn shards(dir: &Path, index: &Path) -> Result<Vec<PathBuf>, Error> {
    let text = std::fs::read_to_string(index).map_err(|source| Error::Read {
        path: index.to_owned(),
        source,
    })?;
    let json: Value = serde_json::from_str(&text).map_err(|source| Error::Json {
        path: index.to_owned(),
        source,
    })?;
    let names: BTreeSet<&str> = json
        .get("weight_map")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(_, file)| file.as_str())
        .collect();
    let files: Vec<PathBuf> = names.iter().map(|name| dir.join(name)).collect();
    if files.is_empty() || !files.iter().all(|f| f.is_file()) {
        return Err(Error::Missing {
            dir: dir.to_owned(),
            what: "file that model.safetensors.index.json names",
            hint: "the download may have stopped early",
        });
    }
    Ok(files)
}

fn is_lfs_pointer(path: &Path) -> Result<bool, Error> {
    const START: &[u8] = b"version https://git-lfs";
    let mut start = Vec::with_capacity(START.len());
    open(path)?
        .take(START.len() as u64)
        .read_to_end(&mut start)
        .map_err(|source| Error::Read {
            path: path.to_owned(),
            source,
        })?;
    Ok(start == START)
}

fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}

/// The head of a safetensors file: eight bytes of length, then JSON.
fn header(path: &Path) -> Result<Shapes, Error> {
    let odd = |what: &str| {
        Error::from(WeightsError::NotSafetensors {
            path: path.to_owned(),
            what: what.to_owned(),
        })
    };
    let mut file = open(path)?;
    let size = file.metadata().map_or(0, |m| m.len());
    let mut length = [0; 8];
    file.read_exact(&mut length)
        .map_err(|_| odd("shorter than eight bytes"))?;
    let length = u64::from_le_bytes(length);
    if length > size.saturating_sub(8) {
        return Err(odd("its head is longer than the file"));
    }
    let mut head = vec![0; length as usize];
    file.read_exact(&mut head)
        .map_err(|_| odd("it ends inside its head"))?;
    let json: Value = serde_json::from_slice(&head).map_err(|_| odd("its head is not JSON"))?;
    let tensors = json
        .as_object()
        .ok_or_else(|| odd("its head is not a map"))?;
    let mut shapes = Shapes::new();
    let mut data = 0;
    for (name, tensor) in tensors.iter().filter(|(name, _)| *name != "__metadata__") {
        let shape = tensor
            .get("shape")
            .and_then(Value::as_array)
            .and_then(|dims| dims.iter().map(Value::as_i64).collect())
            .ok_or_else(|| odd(&format!("`{name}` has no shape")))?;
        let end = tensor
            .pointer("/data_offsets/1")
            .and_then(Value::as_u64)
            .ok_or_else(|| odd(&format!("`{name}` has no offsets")))?;
        data = data.max(end);
        shapes.insert(name.clone(), shape);
    }
    if data > size - 8 - length {
        return Err(odd("it is cut short: the download may have stopped early"));
    }
    Ok(shapes)
}

/// The name that tensors have today, for those of checkpoints from before
/// 2019, which say gamma and beta.
pub fn canonical(name: &str) -> String {
    name.replace("LayerNorm.gamma", "LayerNorm.weight")
        .replace("LayerNorm.beta", "LayerNorm.bias")
}

/// Names of the tensors of one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // In the order of the computation.
pub struct LayerNames {
    pub query: String,
    pub key: String,
    pub value: String,
    pub output: String,
    pub first_norm: String,
    pub widen: String,
    pub narrow: String,
    pub second_norm: String,
}

/// Names of layer `i`, without `.weight` and `.bias`.
pub fn layer_names(architecture: Architecture, i: usize) -> LayerNames {
    let prefix = architecture.prefix();
    let distil = architecture == Architecture::DistilBert;
    let stem = if distil {
        format!("{prefix}.transformer.layer.{i}")
    } else {
        format!("{prefix}.encoder.layer.{i}")
    };
    let name =
        |usual: &str, distils: &str| format!("{stem}.{}", if distil { distils } else { usual });
    LayerNames {
        query: name("attention.self.query", "attention.q_lin"),
        key: name("attention.self.key", "attention.k_lin"),
        value: name("attention.self.value", "attention.v_lin"),
        output: name("attention.output.dense", "attention.out_lin"),
        first_norm: name("attention.output.LayerNorm", "sa_layer_norm"),
        widen: name("intermediate.dense", "ffn.lin1"),
        narrow: name("output.dense", "ffn.lin2"),
        second_norm: name("output.LayerNorm", "output_layer_norm"),
    }
}

/// The tensors that a checkpoint with this `config` must have.
pub fn expected(config: &Config) -> Shapes {
    let mut shapes = Shapes::new();
    let n = |size: usize| size as i64;
    let prefix = config.architecture.prefix();
    let mut linear = |name: &str, out: usize, within: usize| {
        shapes.insert(format!("{name}.weight"), vec![n(out), n(within)]);
        shapes.insert(format!("{name}.bias"), vec![n(out)]);
    };
    let (width, inner) = (config.width, config.inner_width);
    for i in 0..config.layers {
        let names = layer_names(config.architecture, i);
        for name in [&names.query, &names.key, &names.value, &names.output] {
            linear(name, width, width);
        }
        linear(&names.widen, inner, width);
        linear(&names.narrow, width, inner);
    }
    if config.embedding_width != width {
        linear(
            &format!("{prefix}.embeddings_project"),
            width,
            config.embedding_width,
        );
    }
    linear("classifier", config.labels.len(), width);
    let mut norm = |name: &str, width: usize| {
        shapes.insert(format!("{name}.weight"), vec![n(width)]);
        shapes.insert(format!("{name}.bias"), vec![n(width)]);
    };
    norm(
        &format!("{prefix}.embeddings.LayerNorm"),
        config.embedding_width,
    );
    for i in 0..config.layers {
        let names = layer_names(config.architecture, i);
        norm(&names.first_norm, width);
        norm(&names.second_norm, width);
    }
    for (table, rows) in [
        ("word_embeddings", config.vocabulary),
        ("position_embeddings", config.positions),
        ("token_type_embeddings", config.segments),
    ] {
        if rows > 0 {
            shapes.insert(
                format!("{prefix}.embeddings.{table}.weight"),
                vec![n(rows), n(config.embedding_width)],
            );
        }
    }
    shapes
}

/// Everything in which `found` falls short of `expected`. Tensors beyond the
/// expected ones (a pooler, stored position numbers) do no harm.
pub fn compare(expected: &Shapes, found: &Shapes) -> Vec<WeightsError> {
    let mut errors = Vec::new();
    let names: Vec<String> = expected
        .keys()
        .filter(|name| !found.contains_key(*name))
        .cloned()
        .collect();
    if !names.is_empty() {
        errors.push(WeightsError::Missing {
            names,
            expected: expected.len(),
        });
    }
    for (name, shape) in expected {
        if let Some(other) = found.get(name)
            && other != shape
        {
            errors.push(WeightsError::Shape {
                name: name.clone(),
                found: other.clone(),
                expected: shape.clone(),
            });
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn config() -> Config {
        Config::new(&json!({
            "model_type": "bert", "hidden_size": 8, "num_hidden_layers": 2,
            "num_attention_heads": 2, "intermediate_size": 16, "vocab_size": 50,
            "max_position_embeddings": 32, "id2label": {"0": "O", "1": "B-PER"}
        }))
        .unwrap()
    }

    fn write(name: &str, content: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        (dir, path)
    }

    fn safetensors(head: &str, data: usize) -> Vec<u8> {
        let mut bytes = (head.len() as u64).to_le_bytes().to_vec();
        bytes.extend(head.as_bytes());
        bytes.resize(bytes.len() + data, 0);
        bytes
    }

    #[test]
    fn lists_the_tensors_of_bert() {
        let shapes = expected(&config());
        // 3 tables, 1 norm, the head, and 6 maps and 2 norms a layer.
        assert_eq!(shapes.len(), 3 + 2 + 2 + 2 * (12 + 4));
        assert_eq!(shapes["bert.encoder.layer.1.output.dense.weight"], [8, 16]);
    }

    #[test]
    fn names_what_differs() {
        let all = expected(&config());
        assert!(compare(&all, &all).is_empty());
        let mut found = all.clone();
        found.remove("classifier.weight");
        found.remove("classifier.bias");
        let errors = compare(&all, &found);
        assert!(errors[0].to_string().contains("was not fine-tuned"));
        let mut found = all.clone();
        found.insert("classifier.bias".into(), vec![9]);
        let errors = compare(&all, &found);
        assert!(
            errors[0]
                .to_string()
                .contains("`classifier.bias` is [9] in the file, but [2]")
        );
    }

    #[test]
    fn reads_heads_and_refuses_what_is_cut() {
        let head = r#"{"__metadata__":{"format":"pt"},"a.LayerNorm.gamma":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#;
        let (_dir, path) = write("model.safetensors", &safetensors(head, 8));
        let weights = Weights::find(path.parent().unwrap()).unwrap();
        let shapes = weights.shapes().unwrap().unwrap();
        assert_eq!(shapes["a.LayerNorm.weight"], [2]);

        let refused = |content: &[u8]| {
            let (_dir, path) = write("model.safetensors", content);
            header(&path).unwrap_err().to_string()
        };
        assert!(refused(&safetensors(head, 7)).contains("cut short"));
        assert!(refused(b"abc").contains("eight bytes"));
        assert!(refused(&[0xff; 30]).contains("longer than the file"));
        assert!(refused(&safetensors("nope", 0)).contains("not JSON"));
        assert!(refused(&safetensors(r#"{"a":{}}"#, 0)).contains("no shape"));
    }

    #[test]
    fn finds_the_files() {
        let dir = tempfile::tempdir().unwrap();
        let find = || Weights::find(dir.path());
        assert!(
            find()
                .unwrap_err()
                .to_string()
                .contains("model.safetensors")
        );
        let put = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        put("pytorch_model.bin", "x");
        assert_eq!(find().unwrap().format, Format::Pickle);
        put(
            "model.safetensors.index.json",
            r#"{"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}"#,
        );
        assert!(find().unwrap_err().to_string().contains("index.json names"));
        put("model-00001-of-00002.safetensors", "x");
        put("model-00002-of-00002.safetensors", "x");
        assert_eq!(find().unwrap().files.len(), 2);
        put(
            "model.safetensors",
            "version https://git-lfs.github.com/spec/v1\n",
        );
        assert!(find().unwrap_err().to_string().contains("git lfs pull"));
    }
}
