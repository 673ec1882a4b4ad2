//! BERT and DistilBERT as rust-bert has them.

use super::{
    config::{Architecture, Config},
    error::Error,
    network::Tensors,
};
use rust_bert::{
    bert::{BertConfig, BertForTokenClassification},
    distilbert::{DistilBertConfig, DistilBertForTokenClassification},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};
use tch::{Device, Kind, TchError, Tensor, nn};

/// The ε that rust-bert 0.23 has in all layer normalisation of these networks.
const EPSILON: f64 = 1e-12;

/// A network of rust-bert and the store of its weights.
pub struct RustBert {
    model: Model,
    store: nn::VarStore,
    config: Config,
    json: Value,
}

enum Model {
    Bert(BertForTokenClassification),
    DistilBert(DistilBertForTokenClassification),
}

impl RustBert {
    /// The network with these weights (shared, not copied); `None` where
    /// rust-bert has no network that computes what `config` says.
    pub fn new(
        config: &Config,
        json: &Value,
        tensors: &Tensors,
        device: Device,
    ) -> Result<Option<Self>, Error> {
        if config.epsilon != EPSILON {
            return Ok(None);
        }
        let store = nn::VarStore::new(device);
        let Some(model) = build(config.architecture, json, &store.root()) else {
            return Ok(None);
        };
        for (name, mut variable) in store.variables() {
            match tensors.get(&name) {
                Some(tensor) if tensor.size() == variable.size() => variable.set_data(tensor),
                // It wants a tensor that the architecture does not have.
                _ => return Ok(None),
            }
        }
        Ok(Some(Self {
            model,
            store,
            config: config.clone(),
            json: json.clone(),
        }))
    }

    /// Another handle to the same weights.
    pub fn share(&self) -> Result<Self, Error> {
        self.with(self.store.variables())
    }

    /// The same network in another precision.
    pub fn to_kind(&self, kind: Kind) -> Result<Self, Error> {
        let variables = self.store.variables().into_iter();
        self.with(variables.map(|(n, t)| (n, t.to_kind(kind))).collect())
    }

    fn with(&self, tensors: Tensors) -> Result<Self, Error> {
        Self::new(&self.config, &self.json, &tensors, self.store.device())?
            .ok_or_else(|| Error::Stopped("the network could not be copied".into()))
    }

    /// `ids` is rows × pieces, `mask` true where a piece is real.
    pub fn logits(&self, ids: &Tensor, mask: &Tensor) -> Result<Tensor, TchError> {
        let mask = mask.f_to_kind(Kind::Int64)?;
        let mask = Some(&mask);
        // What libtorch refuses is a panic in rust-bert: it ends here.
        catch_unwind(AssertUnwindSafe(|| match &self.model {
            Model::Bert(m) => Ok(m.forward_t(Some(ids), mask, None, None, None, false).logits),
            Model::DistilBert(m) => match m.forward_t(Some(ids), mask, None, false) {
                Ok(output) => Ok(output.logits),
                Err(e) => Err(TchError::Torch(e.to_string())),
            },
        }))
        .unwrap_or_else(|panic| Err(TchError::Torch(message(&*panic))))
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it gave no reason")
        .to_owned()
}

/// The network with random weights; `None` where `config.json` has something
/// that rust-bert does not know.
fn build(architecture: Architecture, json: &Value, path: &nn::Path) -> Option<Model> {
    fn config<C: DeserializeOwned>(json: &Value) -> Option<C> {
        serde_json::from_value(json.clone()).ok()
    }
    match architecture {
        Architecture::Bert => {
            let config: BertConfig = config(json)?;
            Some(Model::Bert(
                BertForTokenClassification::new(path, &config).ok()?,
            ))
        }
        Architecture::DistilBert => {
            let config: DistilBertConfig = config(json)?;
            DistilBertForTokenClassification::new(path, &config)
                .ok()
                .map(Model::DistilBert)
        }
        _ => None,
    }
}
