//! `config.json`: which network, of which sizes, with which labels.

use super::error::ConfigError;
use serde_json::Value;

/// Families of networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it.
pub enum Architecture {
    Camembert,
    Roberta,
    XlmRoberta,
    Bert,
    DistilBert,
    Electra,
}

impl Architecture {
    /// All of them, with their `model_type` and the prefix of their tensors.
    pub const ALL: [(Architecture, &'static str, &'static str); 6] = [
        (Self::Camembert, "camembert", "roberta"),
        (Self::Roberta, "roberta", "roberta"),
        (Self::XlmRoberta, "xlm-roberta", "roberta"),
        (Self::Bert, "bert", "bert"),
        (Self::DistilBert, "distilbert", "distilbert"),
        (Self::Electra, "electra", "electra"),
    ];

    /// `model_type` in `config.json`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// First part of the names of its tensors.
    pub fn prefix(self) -> &'static str {
        self.row().2
    }

    /// Whether its position embeddings begin after the number of the padding
    /// piece, as in all that descends from RoBERTa.
    pub fn positions_after_padding(self) -> bool {
        self.prefix() == "roberta"
    }

    fn row(self) -> (Architecture, &'static str, &'static str) {
        Self::ALL[self as usize]
    }
}

/// The function between the two halves of a feed-forward layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Activation {
    Gelu,
    GeluTanh,
    Relu,
    Silu,
}

/// What `config.json` says of a token classifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Family.
    pub architecture: Architecture,
    /// Number of layers.
    pub layers: usize,
    /// Attention heads a layer.
    pub heads: usize,
    /// Width of the hidden states.
    pub width: usize,
    /// Width of the embeddings; differs from `width` in small ELECTRA models.
    pub embedding_width: usize,
    /// Width of the feed-forward layer.
    pub inner_width: usize,
    /// Rows of the piece embedding.
    pub vocabulary: usize,
    /// Rows of the position embedding.
    pub positions: usize,
    /// Rows of the segment embedding; 0 when there is none.
    pub segments: usize,
    /// Number of the padding piece.
    pub padding: usize,
    /// Added to the variance in layer normalisation.
    pub epsilon: f64,
    /// Activation of the feed-forward layers.
    pub activation: Activation,
    /// Label names, by number.
    pub labels: Vec<String>,
}

impl Config {
    /// Checks and reads the content of `config.json`.
    pub fn new(json: &Value) -> Result<Self, ConfigError> {
        let model_type = json
            .get("model_type")
            .and_then(Value::as_str)
            .ok_or(ConfigError::Key("model_type", "a string"))?;
        let architecture = Architecture::ALL
            .iter()
            .find(|row| row.1 == model_type)
            .map(|row| row.0)
            .ok_or_else(|| ConfigError::Architecture(model_type.to_owned()))?;
        if let Some(Value::Array(classes)) = json.get("architectures")
            && let Some(class) = classes.first().and_then(Value::as_str)
            && !class.ends_with("ForTokenClassification")
        {
            return Err(ConfigError::Head(class.to_owned()));
        }
        if let Some(kind) = json.get("position_embedding_type").and_then(Value::as_str)
            && kind != "absolute"
        {
            return Err(ConfigError::Positions(kind.to_owned()));
        }
        let distil = architecture == Architecture::DistilBert;
        // DistilBERT has its own names for the sizes.
        let size = |usual: &'static str, distils: &'static str| {
            number(json, if distil { distils } else { usual })
        };
        let width = size("hidden_size", "dim")?;
        let config = Self {
            architecture,
            layers: size("num_hidden_layers", "n_layers")?,
            heads: size("num_attention_heads", "n_heads")?,
            width,
            embedding_width: optional(json, "embedding_size", width)?,
            inner_width: size("intermediate_size", "hidden_dim")?,
            vocabulary: number(json, "vocab_size")?,
            positions: number(json, "max_position_embeddings")?,
            segments: if distil {
                0
            } else {
                optional(json, "type_vocab_size", 2)?
            },
            padding: optional(
                json,
                "pad_token_id",
                usize::from(architecture.positions_after_padding()),
            )?,
            epsilon: json
                .get("layer_norm_eps")
                .and_then(Value::as_f64)
                .filter(|_| !distil)
                .unwrap_or(1e-12),
            activation: activation(json, distil)?,
            labels: labels(json)?,
        };
        config.fits()?;
        Ok(config)
    }

    /// Pieces that one window can hold, the special ones at its ends included.
    pub fn max_window(&self) -> usize {
        if self.architecture.positions_after_padding() {
            self.positions.saturating_sub(self.padding + 1)
        } else {
            self.positions
        }
    }

    fn fits(&self) -> Result<(), ConfigError> {
        if self.heads == 0 || !self.width.is_multiple_of(self.heads) {
            return Err(ConfigError::Sizes(format!(
                "a width of {} cannot be shared by {} heads",
                self.width, self.heads
            )));
        }
        if self.padding >= self.vocabulary {
            return Err(ConfigError::Sizes(format!(
                "pad_token_id {} lies outside the vocabulary of {}",
                self.padding, self.vocabulary
            )));
        }
        if self.max_window() < 16 {
            return Err(ConfigError::Sizes(format!(
                "{} positions leave no room for a sentence",
                self.positions
            )));
        }
        Ok(())
    }
}

fn number(json: &Value, key: &'static str) -> Result<usize, ConfigError> {
    match json.get(key).and_then(Value::as_u64) {
        // Far above every model there is; keeps products from overflowing.
        Some(n) if (1..1 << 31).contains(&n) => Ok(n as usize),
        _ => Err(ConfigError::Key(key, "a positive number")),
    }
}

fn optional(json: &Value, key: &'static str, default: usize) -> Result<usize, ConfigError> {
    match json.get(key) {
        None | Some(Value::Null) => Ok(default),
        Some(v) => match v.as_u64() {
            Some(n) if n < 1 << 31 => Ok(n as usize),
            _ => Err(ConfigError::Key(key, "a number")),
        },
    }
}

fn activation(json: &Value, distil: bool) -> Result<Activation, ConfigError> {
    let key = if distil { "activation" } else { "hidden_act" };
    match json.get(key).and_then(Value::as_str).unwrap_or("gelu") {
        "gelu" => Ok(Activation::Gelu),
        "gelu_new" | "gelu_pytorch_tanh" => Ok(Activation::GeluTanh),
        "relu" => Ok(Activation::Relu),
        "silu" | "swish" => Ok(Activation::Silu),
        other => Err(ConfigError::Activation(other.to_owned())),
    }
}

fn labels(json: &Value) -> Result<Vec<String>, ConfigError> {
    let map = json
        .get("id2label")
        .and_then(Value::as_object)
        .filter(|m| !m.is_empty())
        .ok_or(ConfigError::Key("id2label", "a map of numbers to labels"))?;
    (0..map.len())
        .map(|i| match map.get(&i.to_string()) {
            Some(Value::String(name)) => Ok(name.clone()),
            _ => Err(ConfigError::LabelIds {
                found: map.len(),
                missing: i,
            }),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn camembert() -> Value {
        json!({
            "model_type": "camembert", "architectures": ["CamembertForTokenClassification"],
            "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
            "intermediate_size": 3072, "vocab_size": 32005, "max_position_embeddings": 514,
            "type_vocab_size": 1, "pad_token_id": 1, "layer_norm_eps": 1e-5,
            "hidden_act": "gelu", "id2label": {"0": "O", "1": "I-LOC", "2": "I-PER"}
        })
    }

    #[test]
    fn every_architecture_is_in_its_row() {
        for (architecture, name, _) in Architecture::ALL {
            assert_eq!(architecture.name(), name);
        }
    }

    #[test]
    fn two_positions_of_roberta_are_never_used() {
        let config = Config::new(&camembert()).unwrap();
        assert_eq!(config.max_window(), 512);
        assert_eq!(config.epsilon, 1e-5);
        assert_eq!(config.labels, ["O", "I-LOC", "I-PER"]);
    }

    #[test]
    fn distilbert_has_its_own_names() {
        let config = Config::new(&json!({
            "model_type": "distilbert", "dim": 64, "n_layers": 2, "n_heads": 4,
            "hidden_dim": 128, "vocab_size": 100, "max_position_embeddings": 512,
            "pad_token_id": 0, "activation": "gelu", "id2label": {"0": "O", "1": "B-PER"}
        }))
        .unwrap();
        assert_eq!((config.layers, config.segments), (2, 0));
        assert_eq!(config.max_window(), 512);
    }

    #[test]
    fn says_what_is_wrong() {
        let with = |key: &str, value: Value| {
            let mut json = camembert();
            json[key] = value;
            Config::new(&json).unwrap_err().to_string()
        };
        assert!(with("model_type", json!("t5")).contains("unknown architecture `t5`"));
        assert!(with("model_type", Value::Null).contains("`model_type` is missing"));
        assert!(with("architectures", json!(["CamembertForMaskedLM"])).contains("fine-tuned"));
        assert!(with("hidden_act", json!("maxout")).contains("maxout"));
        assert!(with("hidden_size", json!(-3)).contains("`hidden_size`"));
        assert!(with("num_attention_heads", json!(7)).contains("7 heads"));
        assert!(with("pad_token_id", json!(40000)).contains("outside the vocabulary"));
        assert!(with("max_position_embeddings", json!(10)).contains("no room"));
        assert!(with("position_embedding_type", json!("relative_key")).contains("absolute"));
        assert!(with("id2label", json!({"0": "O", "2": "I-PER"})).contains("not the number 1"));
        assert!(with("id2label", json!({})).contains("`id2label`"));
        assert!(with("vocab_size", json!(u64::MAX)).contains("`vocab_size`"));
    }
}
