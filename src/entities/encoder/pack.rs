//! Making the weight file from a checkpoint folder: `BertForTokenClassification`
//! with a unigram `tokenizer.json`, as `models/encoder-fr/README.md` describes
//! it. Maps and embeddings become bytes with one scale a row; what is small
//! stays in `f32`.

use super::{
    file::Writer,
    kernels::{BLOCK, Packed},
    network::{HEAD, LABELS, Sizes},
};
use crate::entities::bert::{
    self,
    checkpoint::Checkpoint,
    config::{Activation, Architecture},
    weights::{self, Format},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path};

/// Why a checkpoint cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The folder itself.
    #[error("{}", .0.in_full())]
    Checkpoint(#[from] bert::Error),
    /// A file of it.
    #[error("{file}: {what}")]
    File {
        /// Its name.
        file: &'static str,
        /// What is wrong.
        what: String,
    },
    /// A checkpoint of another kind.
    #[error(
        "only BertForTokenClassification over PER, LOC, ORG, MISC in BIO with a unigram tokenizer can be packed: {0}"
    )]
    Kind(String),
}

fn kind(what: impl Into<String>) -> PackError {
    PackError::Kind(what.into())
}

/// The labels, in their order.
const ORDER: [&str; LABELS] = [
    "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC",
];

/// A checkpoint in `f32`: what is packed.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the model is called.
    pub name: String,
    /// Sizes.
    pub sizes: Sizes,
    /// Added to variances.
    pub epsilon: f32,
    /// Pieces with their scores, by number.
    pub pieces: Vec<(String, f32)>,
    /// Numbers of pieces that are marks, not text.
    pub marks: Vec<usize>,
    /// Tensors by the names of `transformers`.
    pub tensors: BTreeMap<String, Vec<f32>>,
}

/// The bytes of the weight file of the checkpoint in `dir`.
///
/// # Errors
/// When the folder is no such checkpoint, or its files are damaged.
pub fn folder(dir: &Path, name: &str) -> Result<Vec<u8>, PackError> {
    open(dir, name)?.pack()
}

/// Reads the checkpoint in `dir`.
///
/// # Errors
/// As [`folder`].
pub fn open(dir: &Path, name: &str) -> Result<Source, PackError> {
    let checkpoint = Checkpoint::open(dir, &Default::default())?;
    let config = &checkpoint.config;
    if config.architecture != Architecture::Bert {
        return Err(kind(format!("it is {}", config.architecture.name())));
    }
    if config.labels != ORDER {
        return Err(kind(format!("its labels are {}", config.labels.join(", "))));
    }
    if config.width != config.heads * HEAD {
        return Err(kind(format!("its heads do not have {HEAD} numbers")));
    }
    if config.activation != Activation::Gelu {
        return Err(kind("its activation is not gelu"));
    }
    if checkpoint.weights.format != Format::Safetensors {
        return Err(kind("its weights are not safetensors"));
    }
    let mut tensors = BTreeMap::new();
    for path in &checkpoint.weights.files {
        let bytes = fs::read(path).map_err(|e| PackError::File {
            file: "model.safetensors",
            what: e.to_string(),
        })?;
        read_tensors(&bytes, &mut tensors)?;
    }
    let (pieces, marks) = tokenizer(dir)?;
    let number = |piece: &str| {
        pieces
            .iter()
            .position(|p| p.0 == piece)
            .map(|n| n as u32)
            .ok_or_else(|| kind(format!("its tokenizer has no {piece}")))
    };
    if pieces.len() > config.vocabulary {
        return Err(kind("its tokenizer has more pieces than its network"));
    }
    Ok(Source {
        name: name.to_owned(),
        sizes: Sizes {
            width: config.width,
            inner: config.inner_width,
            layers: config.layers,
            pieces: config.vocabulary,
            positions: config.positions,
            first: number("<s>")?,
            last: number("</s>")?,
            unknown: number("<unk>")?,
        },
        epsilon: config.epsilon as f32,
        pieces,
        marks,
        tensors,
    })
}

/// Adds the tensors of a safetensors file: eight bytes of length, a head in
/// JSON, then the numbers (F16 or F32).
fn read_tensors(bytes: &[u8], out: &mut BTreeMap<String, Vec<f32>>) -> Result<(), PackError> {
    let bad = |what: String| PackError::File {
        file: "model.safetensors",
        what,
    };
    let cut = || bad("it is cut short".to_owned());
    let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(cut)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
    let (head, data) = rest.split_at_checked(length).ok_or_else(cut)?;
    let head: BTreeMap<String, Value> =
        serde_json::from_slice(head).map_err(|e| bad(e.to_string()))?;
    for (name, tensor) in head.into_iter().filter(|(n, _)| n != "__metadata__") {
        let offset = |i: usize| tensor["data_offsets"][i].as_u64().map(|n| n as usize);
        let (Some(from), Some(to)) = (offset(0), offset(1)) else {
            return Err(bad(format!("`{name}` has no offsets")));
        };
        let numbers = data.get(from..to).ok_or_else(cut)?;
        let values: Vec<f32> = match tensor["dtype"].as_str() {
            Some("F32") => numbers
                .chunks_exact(4)
                .map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]]))
                .collect(),
            Some("F16") => numbers
                .chunks_exact(2)
                .map(|c| half(u16::from_le_bytes([c[0], c[1]])))
                .collect(),
            // What no layer reads: numbers of positions, say.
            _ => continue,
        };
        if !values.iter().all(|x| x.is_finite()) {
            return Err(bad(format!("`{name}` holds a number that is not finite")));
        }
        out.insert(weights::canonical(&name), values);
    }
    Ok(())
}

/// A number in half precision (IEEE 754 binary16).
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023));
    match exponent {
        0 => sign * fraction * 2f32.powi(-24),
        31 if fraction == 0.0 => sign * f32::INFINITY,
        31 => f32::NAN,
        _ => sign * (1024.0 + fraction) * 2f32.powi(exponent - 25),
    }
}

/// What [`super::normal`] does, in the tokenizer's own words.
fn normalizer() -> Value {
    let replace = |pattern: &str, content: &str| json!({"type": "Replace", "pattern": {"Regex": pattern}, "content": content});
    json!({"type": "Sequence", "normalizers": [
        replace(r"[\x{1}-\x{8}\x{b}\x{e}-\x{1f}\x{7f}\x{8f}\x{9f}]", ""),
        replace(r"\s*\n\s*", " | "),
        replace(r"[\t\n\x{c}\r\x{1680}\x{200b}-\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]", " "),
        {"type": "NFKC"},
        replace(" {2,}", " "),
    ]})
}

type Pieces = (Vec<(String, f32)>, Vec<usize>);

/// Pieces with their scores, and the numbers of those that are marks.
fn tokenizer(dir: &Path) -> Result<Pieces, PackError> {
    let bad = |what: String| PackError::File {
        file: "tokenizer.json",
        what,
    };
    let bytes = fs::read(dir.join("tokenizer.json")).map_err(|e| bad(e.to_string()))?;
    let json: Value = serde_json::from_slice(&bytes).map_err(|e| bad(e.to_string()))?;
    if json["normalizer"] != normalizer() {
        return Err(kind("its normalizer is another one"));
    }
    let split =
        json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true});
    if json["pre_tokenizer"] != split {
        return Err(kind("its pre-tokenizer is another one"));
    }
    if json["model"]["type"] != "Unigram" || json["model"]["byte_fallback"] == true {
        return Err(kind("its tokenizer is no unigram model"));
    }
    let pieces = json["model"]["vocab"]
        .as_array()
        .ok_or_else(|| bad("no vocabulary".to_owned()))?
        .iter()
        .map(|p| Some((p[0].as_str()?.to_owned(), p[1].as_f64()? as f32)))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| bad("a piece without a text or a score".to_owned()))?;
    let marks = json["added_tokens"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|t| t["id"].as_u64().map(|n| n as usize))
        .collect();
    Ok((pieces, marks))
}

impl Source {
    /// The bytes of the weight file.
    ///
    /// # Errors
    /// When a tensor is missing or of another size.
    pub fn pack(&self) -> Result<Vec<u8>, PackError> {
        let sizes = &self.sizes;
        let (width, inner) = (sizes.width, sizes.inner);
        if !width.is_multiple_of(BLOCK) || !inner.is_multiple_of(BLOCK) {
            return Err(kind(format!("its widths are not multiples of {BLOCK}")));
        }
        let mut w = Writer::default();
        w.bytes(self.name.as_bytes());
        for size in [
            width,
            inner,
            sizes.layers,
            sizes.pieces,
            sizes.positions,
            sizes.first as usize,
            sizes.last as usize,
            sizes.unknown as usize,
        ] {
            w.u32(size);
        }
        self.vocabulary(&mut w);
        w.f32s(&[self.epsilon]);
        self.embeddings(&mut w)?;
        for i in 0..sizes.layers {
            let names = weights::layer_names(Architecture::Bert, i);
            self.linear(
                &mut w,
                &[&names.query, &names.key, &names.value],
                width,
                3 * width,
            )?;
            self.linear(&mut w, &[&names.output], width, width)?;
            self.norm(&mut w, &names.first_norm)?;
            self.linear(&mut w, &[&names.widen], width, inner)?;
            self.linear(&mut w, &[&names.narrow], inner, width)?;
            self.norm(&mut w, &names.second_norm)?;
        }
        w.f32s(self.tensor("classifier.weight", LABELS * width)?);
        w.f32s(self.tensor("classifier.bias", LABELS)?);
        Ok(w.finish())
    }

    /// A tensor by its name.
    fn tensor(&self, name: &str, size: usize) -> Result<&[f32], PackError> {
        match self.tensors.get(name) {
            Some(t) if t.len() == size => Ok(t),
            Some(t) => Err(kind(format!(
                "`{name}` has {} numbers, not {size}",
                t.len()
            ))),
            None => Err(kind(format!("`{name}` is missing"))),
        }
    }

    fn vocabulary(&self, w: &mut Writer) {
        let mut pieces: Vec<(&[u8], u32, f32)> = self
            .pieces
            .iter()
            .enumerate()
            .filter(|(n, _)| !self.marks.contains(n))
            .map(|(n, (piece, score))| (piece.as_bytes(), n as u32, *score))
            .collect();
        pieces.sort_unstable_by_key(|p| p.0);
        let mut text = Vec::new();
        let mut ends = Vec::new();
        for (piece, _, _) in &pieces {
            text.extend_from_slice(piece);
            ends.push(text.len() as u32);
        }
        let least = self.pieces.iter().map(|p| p.1).fold(f32::MAX, f32::min);
        w.u32s(&ends);
        w.u32s(&pieces.iter().map(|p| p.1).collect::<Vec<_>>());
        w.f32s(&pieces.iter().map(|p| p.2).collect::<Vec<_>>());
        w.f32s(&[least]);
        w.bytes(&text);
    }

    fn embeddings(&self, w: &mut Writer) -> Result<(), PackError> {
        const STEM: &str = "bert.embeddings";
        let Sizes {
            width,
            pieces,
            positions,
            ..
        } = self.sizes;
        let words = self.tensor(&format!("{STEM}.word_embeddings.weight"), pieces * width)?;
        let mut scales = Vec::new();
        let mut bytes = Vec::with_capacity(words.len());
        for row in words.chunks_exact(width) {
            let most = row.iter().fold(0f32, |m, x| m.max(x.abs()));
            let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
            scales.push(scale);
            bytes.extend(
                row.iter()
                    .map(|x| (x / scale).round_ties_even() as i8 as u8),
            );
        }
        w.f32s(&scales);
        w.bytes(&bytes);
        let name = format!("{STEM}.token_type_embeddings.weight");
        let segment = self.tensors.get(&name).map_or(&[][..], |t| t);
        let Some(segment) = segment.get(..width) else {
            return Err(kind(format!("`{name}` is missing or too short")));
        };
        let name = format!("{STEM}.position_embeddings.weight");
        let mut table = self.tensor(&name, positions * width)?.to_vec();
        for row in table.chunks_exact_mut(width) {
            for (x, s) in row.iter_mut().zip(segment) {
                *x += s;
            }
        }
        w.f32s(&table);
        self.norm(w, &format!("{STEM}.LayerNorm"))
    }

    fn norm(&self, w: &mut Writer, name: &str) -> Result<(), PackError> {
        for part in ["weight", "bias"] {
            w.f32s(self.tensor(&format!("{name}.{part}"), self.sizes.width)?);
        }
        Ok(())
    }

    /// Maps of the same inputs, one behind the other.
    fn linear(
        &self,
        w: &mut Writer,
        names: &[&String],
        inputs: usize,
        outputs: usize,
    ) -> Result<(), PackError> {
        let each = outputs / names.len();
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for name in names {
            weights.extend_from_slice(self.tensor(&format!("{name}.weight"), each * inputs)?);
            bias.extend_from_slice(self.tensor(&format!("{name}.bias"), each)?);
        }
        let packed = Packed::new(&weights, &bias, inputs);
        w.f32s(&packed.scales);
        w.f32s(&packed.sums);
        w.f32s(&packed.bias);
        w.bytes(&packed.weights);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision() {
        // From the standard's examples.
        for (bits, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65_504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x3555, 0.333_251_95),
            (0x8000, -0.0),
        ] {
            assert_eq!(half(bits), value);
        }
        assert_eq!(half(0x7c00), f32::INFINITY);
        assert!(half(0x7e00).is_nan());
    }

    #[test]
    fn refuses_damaged_tensors() {
        let read =
            |bytes: &[u8]| read_tensors(bytes, &mut BTreeMap::new()).map_err(|e| e.to_string());
        let head = br#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#;
        let mut file = (head.len() as u64).to_le_bytes().to_vec();
        file.extend(head);
        file.extend(1f32.to_le_bytes());
        assert_eq!(read(&file), Ok(()));
        let cut = read(&file[..file.len() - 1]).unwrap_err();
        assert_eq!(cut, "model.safetensors: it is cut short");
        let n = file.len();
        file[n - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(
            read(&file)
                .unwrap_err()
                .contains("`a` holds a number that is not finite")
        );
        assert!(read(&[0xff; 40]).is_err());
    }
}
