//! The network on libtorch: rust-bert's where rust-bert computes what the
//! checkpoint was trained with, else the encoder written out here.
//!
//! rust-bert 0.23 fixes the ε of layer normalisation at 1e-12, where
//! CamemBERT, RoBERTa and XLM-R say 1e-5, which moves their scores; and its
//! ELECTRA adds the 0/1 attention mask as it is, so that padding is read as
//! text. So the encoder of Devlin et al. (2019) is written out, with query, key
//! and value in one product and libtorch's fused attention. The tests hold
//! both against transformers and against each other.

use super::{
    config::{Activation, Config},
    error::{Error, WeightsError},
    rust_bert_network::RustBert,
    weights::{self, Format, Weights},
    words::Prediction,
};
use serde_json::Value;
use std::collections::HashMap;
use tch::{Device, Kind, TchError, Tensor};

/// A network with its weights, ready to run. Copies share the weights.
pub struct Network {
    body: Body,
    padding: i64,
    first_position: i64,
    device: Device,
}

enum Body {
    Encoder(Encoder),
    RustBert(Box<RustBert>),
}

/// Tensors by name.
pub(super) type Tensors = HashMap<String, Tensor>;

impl Network {
    /// Reads the weights and checks them against `config`; `json` is the whole
    /// of `config.json`.
    pub fn load(
        weights: &Weights,
        config: &Config,
        json: &Value,
        device: Device,
    ) -> Result<Self, Error> {
        let mut tensors = read(weights)?;
        let shapes = tensors
            .iter()
            .map(|(name, t)| (name.clone(), t.size()))
            .collect();
        if let Some(error) = weights::compare(&weights::expected(config), &shapes)
            .into_iter()
            .next()
        {
            return Err(error.into());
        }
        for (name, tensor) in &mut tensors {
            if tensor.is_floating_point() {
                *tensor = tensor
                    .f_to_device(device)
                    .and_then(|t| t.f_to_kind(Kind::Float))
                    .map_err(during("moving the weights"))?;
                let sum = tensor.f_sum(Kind::Float).and_then(f64::try_from);
                if !sum.is_ok_and(f64::is_finite) {
                    return Err(WeightsError::NotFinite(name.clone()).into());
                }
            }
        }
        let after = config.architecture.positions_after_padding();
        let body = match RustBert::new(config, json, &tensors, device)? {
            Some(network) => Body::RustBert(Box::new(network)),
            None => Body::Encoder(
                Encoder::new(config, &tensors).map_err(during("putting the weights together"))?,
            ),
        };
        Ok(Self {
            body,
            padding: config.padding as i64,
            first_position: if after { config.padding as i64 + 1 } else { 0 },
            device,
        })
    }

    /// Another handle to the same weights, for another thread.
    pub fn share(&self) -> Result<Self, Error> {
        Ok(Self {
            body: match &self.body {
                Body::Encoder(e) => Body::Encoder(e.map(&|t| Ok(t.shallow_clone()))?),
                Body::RustBert(r) => Body::RustBert(Box::new(r.share()?)),
            },
            ..*self
        })
    }

    /// The same network with its weights in another precision.
    pub fn to_kind(&self, kind: Kind) -> Result<Self, Error> {
        Ok(Self {
            body: match &self.body {
                Body::Encoder(e) => Body::Encoder(e.map(&|t| t.f_to_kind(kind))?),
                Body::RustBert(r) => Body::RustBert(Box::new(r.to_kind(kind)?)),
            },
            ..*self
        })
    }

    /// Runs one batch: rows of piece numbers, special pieces included, of at
    /// most the window's length. One prediction a piece.
    pub fn run(&self, rows: &[Vec<i64>]) -> Result<Vec<Vec<Prediction>>, Error> {
        let _no_grad = tch::no_grad_guard();
        self.forward(rows).map_err(during("running the network"))
    }

    fn forward(&self, rows: &[Vec<i64>]) -> Result<Vec<Vec<Prediction>>, TchError> {
        let count = rows.len() as i64;
        let longest = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut ids = Vec::with_capacity(rows.len() * longest);
        for row in rows {
            ids.extend_from_slice(row);
            ids.resize(ids.len() + longest - row.len(), self.padding);
        }
        let shape = [count, longest as i64];
        let ids = Tensor::f_from_slice(&ids)?
            .f_view(shape)?
            .f_to_device(self.device)?;
        let lengths: Vec<i64> = rows.iter().map(|row| row.len() as i64).collect();
        let lengths = Tensor::f_from_slice(&lengths)?
            .f_view([count, 1])?
            .f_to_device(self.device)?;
        let columns = Tensor::f_arange(longest as i64, (Kind::Int64, self.device))?;
        let mask = columns.f_unsqueeze(0)?.f_lt_tensor(&lengths)?;
        let logits = match &self.body {
            Body::Encoder(e) => e.logits(&ids, &mask, self.first_position)?,
            Body::RustBert(r) => r.logits(&ids, &mask)?,
        };
        let (best, label) = logits
            .f_log_softmax(-1, Kind::Float)?
            .f_max_dim(-1, false)?;
        let best: Vec<f32> = Vec::try_from(best.f_view([-1])?)?;
        let label: Vec<i64> = Vec::try_from(label.f_view([-1])?)?;
        Ok(rows
            .iter()
            .enumerate()
            .map(|(i, row)| {
                let from = i * longest;
                (from..from + row.len())
                    .map(|j| Prediction {
                        label: label[j] as u16,
                        log_probability: best[j],
                    })
                    .collect()
            })
            .collect())
    }
}

fn during(doing: &'static str) -> impl Fn(TchError) -> Error {
    move |source| Error::Torch { doing, source }
}

fn read(weights: &Weights) -> Result<Tensors, Error> {
    let mut tensors = Tensors::new();
    for file in &weights.files {
        let read = match weights.format {
            Format::Safetensors => Tensor::read_safetensors(file),
            Format::Ot => Tensor::load_multi(file),
            Format::Pickle => Tensor::loadz_multi(file),
        };
        let read = read.map_err(during(match weights.format {
            Format::Pickle => {
                "reading pytorch_model.bin (if it is older than PyTorch 1.6: save it again as model.safetensors, see docs/BERT.md)"
            }
            _ => "reading the weights",
        }))?;
        tensors.extend(
            read.into_iter()
                .map(|(name, tensor)| (weights::canonical(&name), tensor)),
        );
    }
    Ok(tensors)
}

/// A matrix and what is added after it.
struct Linear {
    weight: Tensor,
    bias: Tensor,
}

impl Linear {
    fn new(tensors: &Tensors, name: &str) -> Self {
        Self {
            weight: get(tensors, name, "weight"),
            bias: get(tensors, name, "bias"),
        }
    }

    fn run(&self, x: &Tensor) -> Result<Tensor, TchError> {
        x.f_linear(&self.weight, Some(&self.bias))
    }

    fn norm(&self, x: &Tensor, epsilon: f64) -> Result<Tensor, TchError> {
        x.f_layer_norm(
            self.bias.size(),
            Some(&self.weight),
            Some(&self.bias),
            epsilon,
            true,
        )
    }

    fn map(&self, f: &Change) -> Result<Self, TchError> {
        Ok(Self {
            weight: f(&self.weight)?,
            bias: f(&self.bias)?,
        })
    }
}

type Change<'f> = dyn Fn(&Tensor) -> Result<Tensor, TchError> + 'f;

/// A tensor whose presence [`weights::compare`] has seen to.
fn get(tensors: &Tensors, name: &str, part: &str) -> Tensor {
    tensors[&format!("{name}.{part}")].shallow_clone()
}

struct Layer {
    query_key_value: Linear,
    output: Linear,
    first_norm: Linear,
    widen: Linear,
    narrow: Linear,
    second_norm: Linear,
}

struct Encoder {
    words: Tensor,
    /// Position embeddings, with the one segment's embedding added.
    positions: Tensor,
    norm: Linear,
    project: Option<Linear>,
    layers: Vec<Layer>,
    classifier: Linear,
    heads: i64,
    epsilon: f64,
    activation: Activation,
}

impl Encoder {
    fn new(config: &Config, tensors: &Tensors) -> Result<Self, TchError> {
        let stem = format!("{}.embeddings", config.architecture.prefix());
        let mut positions = get(tensors, &format!("{stem}.position_embeddings"), "weight");
        if config.segments > 0 {
            // A text is all of segment 0.
            let segments = get(tensors, &format!("{stem}.token_type_embeddings"), "weight");
            positions = positions.f_add(&segments.f_narrow(0, 0, 1)?)?;
        }
        let layers = (0..config.layers)
            .map(|i| {
                let names = weights::layer_names(config.architecture, i);
                let three = [&names.query, &names.key, &names.value];
                let join =
                    |part: &str| Tensor::f_cat(&three.map(|name| get(tensors, name, part)), 0);
                Ok(Layer {
                    query_key_value: Linear {
                        weight: join("weight")?,
                        bias: join("bias")?,
                    },
                    output: Linear::new(tensors, &names.output),
                    first_norm: Linear::new(tensors, &names.first_norm),
                    widen: Linear::new(tensors, &names.widen),
                    narrow: Linear::new(tensors, &names.narrow),
                    second_norm: Linear::new(tensors, &names.second_norm),
                })
            })
            .collect::<Result<_, TchError>>()?;
        Ok(Self {
            words: get(tensors, &format!("{stem}.word_embeddings"), "weight"),
            positions,
            norm: Linear::new(tensors, &format!("{stem}.LayerNorm")),
            project: (config.embedding_width != config.width).then(|| {
                let prefix = config.architecture.prefix();
                Linear::new(tensors, &format!("{prefix}.embeddings_project"))
            }),
            layers,
            classifier: Linear::new(tensors, "classifier"),
            heads: config.heads as i64,
            epsilon: config.epsilon,
            activation: config.activation,
        })
    }

    /// `ids` is rows × pieces; `mask` true where a piece is real.
    fn logits(&self, ids: &Tensor, mask: &Tensor, first_position: i64) -> Result<Tensor, TchError> {
        let (rows, length) = ids.size2()?;
        let positions = self.positions.f_narrow(0, first_position, length)?;
        let x = Tensor::f_embedding(&self.words, ids, -1, false, false)?.f_add(&positions)?;
        let mut x = self.norm.norm(&x, self.epsilon)?;
        if let Some(project) = &self.project {
            x = project.run(&x)?;
        }
        // Broadcast over heads and queries.
        let mask = mask.f_view([rows, 1, 1, length])?;
        for layer in &self.layers {
            x = self.layer(layer, &x, &mask)?;
        }
        self.classifier.run(&x)
    }

    fn layer(&self, layer: &Layer, x: &Tensor, mask: &Tensor) -> Result<Tensor, TchError> {
        let (rows, length, width) = x.size3()?;
        let three = layer
            .query_key_value
            .run(x)?
            .f_view([rows, length, 3, self.heads, width / self.heads])?
            .f_permute([2, 0, 3, 1, 4])?;
        let attended = Tensor::f_scaled_dot_product_attention(
            &three.f_select(0, 0)?,
            &three.f_select(0, 1)?,
            &three.f_select(0, 2)?,
            Some(mask),
            0.0,
            false,
            None,
        )?
        .f_transpose(1, 2)?
        .f_reshape([rows, length, width])?;
        let x = layer
            .first_norm
            .norm(&layer.output.run(&attended)?.f_add(x)?, self.epsilon)?;
        let inner = layer.widen.run(&x)?;
        let inner = match self.activation {
            Activation::Gelu => inner.f_gelu("none")?,
            Activation::GeluTanh => inner.f_gelu("tanh")?,
            Activation::Relu => inner.f_relu()?,
            Activation::Silu => inner.f_silu()?,
        };
        layer
            .second_norm
            .norm(&layer.narrow.run(&inner)?.f_add(&x)?, self.epsilon)
    }

    fn map(&self, f: &Change) -> Result<Self, Error> {
        let map = || -> Result<Self, TchError> {
            Ok(Self {
                words: f(&self.words)?,
                positions: f(&self.positions)?,
                norm: self.norm.map(f)?,
                project: match &self.project {
                    Some(project) => Some(project.map(f)?),
                    None => None,
                },
                layers: self
                    .layers
                    .iter()
                    .map(|l| {
                        Ok(Layer {
                            query_key_value: l.query_key_value.map(f)?,
                            output: l.output.map(f)?,
                            first_norm: l.first_norm.map(f)?,
                            widen: l.widen.map(f)?,
                            narrow: l.narrow.map(f)?,
                            second_norm: l.second_norm.map(f)?,
                        })
                    })
                    .collect::<Result<_, TchError>>()?,
                classifier: self.classifier.map(f)?,
                ..*self
            })
        };
        map().map_err(during("copying the weights"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn network(dir: &str) -> Network {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("models/reference")
            .join(dir);
        let text = std::fs::read_to_string(dir.join("config.json")).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        let config = Config::new(&json).unwrap();
        Network::load(&Weights::find(&dir).unwrap(), &config, &json, Device::Cpu).unwrap()
    }

    /// A piece that the network has no embedding for: libtorch refuses, both
    /// kinds of network say so, and go on.
    #[test]
    fn what_libtorch_refuses_is_an_error() {
        for name in ["camembert-tiny", "architectures/distilbert"] {
            let network = network(name);
            let error = network.run(&[vec![2, 1_000_000, 3]]).unwrap_err().in_full();
            assert!(
                error.starts_with("libtorch, while running the network: ")
                    && error.contains("out of range"),
                "{name}: {error}"
            );
            assert!(!error.contains('\n'), "{name}: {error}");
            assert_eq!(network.run(&[vec![2, 3]]).unwrap()[0].len(), 2, "{name}");
        }
    }

    /// rust-bert's networks are an independent reading of the same papers.
    #[test]
    fn our_encoder_is_rust_berts() {
        for name in ["bert", "distilbert"] {
            let dir = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("models/reference/architectures")
                .join(name);
            let text = std::fs::read_to_string(dir.join("config.json")).unwrap();
            let mut json: Value = serde_json::from_str(&text).unwrap();
            // What the reference of BERT has otherwise, to try our own code.
            json["layer_norm_eps"] = 1e-12.into();
            json["hidden_act"] = "gelu".into();
            // transformers leaves out what is its default; rust-bert asks for it.
            json["sinusoidal_pos_embds"] = false.into();
            json["tie_weights_"] = true.into();
            for key in [
                "attention_dropout",
                "dropout",
                "qa_dropout",
                "seq_classif_dropout",
            ] {
                json[key] = 0.1.into();
            }
            let config = Config::new(&json).unwrap();
            let weights = Weights::find(&dir).unwrap();
            let theirs = Network::load(&weights, &config, &json, Device::Cpu).unwrap();
            assert!(matches!(theirs.body, Body::RustBert(_)), "{name}");
            let ours = Network {
                body: Body::Encoder(Encoder::new(&config, &read(&weights).unwrap()).unwrap()),
                ..theirs
            };
            let rows = [
                vec![2, 90, 81, 72, 63, 54, 3],
                vec![2, 99, 3],
                vec![2, 5, 6, 7, 3],
            ];
            let both = ours.run(&rows).unwrap();
            for (a, b) in both.iter().zip(theirs.run(&rows).unwrap()) {
                assert_eq!(a.len(), b.len());
                for (a, b) in a.iter().zip(b) {
                    assert_eq!(a.label, b.label, "{name}");
                    let difference = (a.log_probability - b.log_probability).abs();
                    assert!(difference < 1e-5, "{name}: {difference}");
                }
            }
        }
    }
}
