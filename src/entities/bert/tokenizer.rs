//! The checkpoint's own tokenizer: pieces with byte offsets.
//!
//! `tokenizer.json` where there is one; else the files that the slow
//! tokenizers of transformers read, converted as transformers converts them.

use super::{
    checkpoint::tokenizer_file,
    config::{Architecture, Config},
    error::{Error, TokenizerError},
    sentencepiece,
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tokenizers::{
    NormalizerWrapper, Tokenizer as Inner,
    normalizers::{Precompiled, Replace, Sequence, replace::ReplacePattern},
};

/// A tokenizer and the pieces that stand around every window.
pub struct Tokenizer {
    inner: Inner,
    /// Pieces before the text, `<s>` or `[CLS]`.
    pub prefix: Vec<i64>,
    /// Pieces after it, `</s>` or `[SEP]`.
    pub suffix: Vec<i64>,
    /// The file that it was read from.
    pub file: &'static str,
}

/// The pieces of a text, in order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// Numbers in the vocabulary.
    pub ids: Vec<i64>,
    /// Byte spans.
    pub spans: Vec<(u32, u32)>,
}

impl Tokenizer {
    /// Reads the tokenizer of the checkpoint folder `dir`.
    pub fn open(dir: &Path, config: &Config) -> Result<Self, Error> {
        let (mut inner, file) = read(dir, config)?;
        let refuse = |what: String| TokenizerError::File {
            path: dir.join(file),
            what,
        };
        // Checkpoints are saved with the truncation of their training: it
        // would drop the end of an article.
        inner
            .with_truncation(None)
            .map_err(|e| refuse(e.to_string()))?;
        inner.with_padding(None);
        let highest = inner
            .get_vocab(true)
            .into_values()
            .max()
            .map_or(0, |id| id as usize + 1);
        if highest > config.vocabulary {
            return Err(TokenizerError::Vocabulary {
                tokenizer: highest,
                network: config.vocabulary,
            }
            .into());
        }
        let (prefix, suffix) = specials(&inner, config)?;
        Ok(Self {
            inner,
            prefix,
            suffix,
            file,
        })
    }

    /// Cuts `text` into pieces, without the special ones.
    pub fn pieces(&self, text: &str) -> Result<Pieces, TokenizerError> {
        let encoding = self
            .inner
            .encode(text, false)
            .map_err(|e| TokenizerError::Encode(e.to_string()))?;
        Ok(Pieces {
            ids: encoding.get_ids().iter().map(|&id| i64::from(id)).collect(),
            spans: encoding
                .get_offsets()
                .iter()
                .map(|&(start, end)| (start as u32, end as u32))
                .collect(),
        })
    }
}

/// The special pieces: as the file's own post-processor puts them, else by
/// their usual names.
fn specials(inner: &Inner, config: &Config) -> Result<(Vec<i64>, Vec<i64>), Error> {
    let encoding = inner
        .encode("a", true)
        .map_err(|e| TokenizerError::Encode(e.to_string()))?;
    let ids: Vec<i64> = encoding.get_ids().iter().map(|&id| i64::from(id)).collect();
    let mask = encoding.get_special_tokens_mask();
    let before = mask.iter().take_while(|&&m| m == 1).count();
    let after = mask[before..].iter().rev().take_while(|&&m| m == 1).count();
    if before > 0 && after > 0 {
        return Ok((ids[..before].to_vec(), ids[ids.len() - after..].to_vec()));
    }
    let (start, end) = if config.architecture.positions_after_padding() {
        ("<s>", "</s>")
    } else {
        ("[CLS]", "[SEP]")
    };
    let id = |name: &'static str| {
        inner
            .token_to_id(name)
            .map(|id| vec![i64::from(id)])
            .ok_or(TokenizerError::Special(name))
    };
    Ok((id(start)?, id(end)?))
}

fn read(dir: &Path, config: &Config) -> Result<(Inner, &'static str), Error> {
    let file = tokenizer_file(dir, config.architecture)?;
    let bytes = fs::read(dir.join(file)).map_err(|source| Error::Read {
        path: dir.join(file),
        source,
    })?;
    let refuse = |what: String| file_error(dir.join(file), what);
    let parse_tokenizer = |json: &[u8]| Inner::from_bytes(json).map_err(|e| refuse(e.to_string()));
    let tokenizer = match file {
        "sentencepiece.bpe.model" => {
            let (json, charsmap) =
                unigram(config.architecture, &bytes).map_err(|e| refuse(e.to_string()))?;
            let mut tokenizer = parse_tokenizer(json.to_string().as_bytes())?;
            let mut steps: Vec<NormalizerWrapper> = Vec::new();
            if !charsmap.is_empty() {
                let rules = Precompiled::from(&charsmap[..]).map_err(|e| refuse(e.to_string()))?;
                steps.push(rules.into());
            }
            let spaces = Replace::new(ReplacePattern::Regex(" {2,}".into()), " ")
                .map_err(|e| refuse(e.to_string()))?;
            steps.push(spaces.into());
            tokenizer
                .with_normalizer(Some(Sequence::new(steps)))
                .map_err(|e| refuse(e.to_string()))?;
            tokenizer
        }
        "vocab.txt" => {
            let vocabulary = String::from_utf8(bytes).map_err(|e| refuse(e.to_string()))?;
            let settings = match dir.join("tokenizer_config.json").is_file() {
                true => parse(dir, "tokenizer_config.json")?,
                false => Value::Null,
            };
            let json = word_piece(&vocabulary, &settings);
            parse_tokenizer(json.to_string().as_bytes())?
        }
        "vocab.json" => {
            let json = byte_pairs(&parse(dir, "vocab.json")?, &text(dir, "merges.txt")?);
            parse_tokenizer(json.to_string().as_bytes())?
        }
        _ => parse_tokenizer(&bytes)?,
    };
    Ok((tokenizer, file))
}

fn file_error(path: PathBuf, what: String) -> Error {
    TokenizerError::File { path, what }.into()
}

fn text(dir: &Path, name: &str) -> Result<String, Error> {
    let path = dir.join(name);
    fs::read_to_string(&path).map_err(|source| Error::Read { path, source })
}

fn parse(dir: &Path, name: &str) -> Result<Value, Error> {
    serde_json::from_str(&text(dir, name)?).map_err(|source| Error::Json {
        path: dir.join(name),
        source,
    })
}

fn special(id: usize, content: &str) -> Value {
    json!({"id": id, "content": content, "special": true, "normalized": false,
           "single_word": false, "lstrip": content == "<mask>", "rstrip": false})
}

/// CamemBERT and XLM-R number their pieces in fairseq's order, which is not
/// the order of the SentencePiece file.
fn unigram(
    architecture: Architecture,
    bytes: &[u8],
) -> Result<(Value, Vec<u8>), sentencepiece::Error> {
    let model = sentencepiece::read(bytes)?;
    let (head, skip): (&[(&str, f64)], usize) = match architecture {
        Architecture::Camembert => (
            &[
                ("<s>NOTUSED", 0.0),
                ("<pad>", 0.0),
                ("</s>NOTUSED", 0.0),
                ("<unk>", 0.0),
                // Never chosen: the one above stands for it.
                ("<unk>NOTUSED", -100.0),
            ],
            1,
        ),
        _ => (
            &[("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)],
            3,
        ),
    };
    let mut vocabulary: Vec<(&str, f64)> = head.to_vec();
    vocabulary.extend(model.pieces.iter().skip(skip).map(|(p, s)| (&p[..], *s)));
    vocabulary.push(("<mask>", 0.0));
    let added: Vec<Value> = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
        .iter()
        .filter_map(|name| {
            let id = vocabulary.iter().position(|(piece, _)| piece == name)?;
            Some(special(id, name))
        })
        .collect();
    let json = json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": added,
        "normalizer": null,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"},
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
        ]},
        "post_processor": null, "decoder": null,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": false},
    });
    Ok((json, model.charsmap))
}

fn word_piece(vocabulary: &str, settings: &Value) -> Value {
    let pieces: Vec<&str> = vocabulary.lines().map(str::trim_end).collect();
    let ids: serde_json::Map<String, Value> = pieces
        .iter()
        .enumerate()
        .map(|(id, piece)| ((*piece).to_owned(), id.into()))
        .collect();
    let added: Vec<Value> = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        .iter()
        .filter_map(|name| Some(special(pieces.iter().position(|p| p == name)?, name)))
        .collect();
    let flag = |key: &str, default: bool| {
        settings
            .get(key)
            .and_then(Value::as_bool)
            .unwrap_or(default)
    };
    json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": added,
        "normalizer": {"type": "BertNormalizer", "clean_text": true,
            "handle_chinese_chars": flag("tokenize_chinese_chars", true),
            "strip_accents": settings.get("strip_accents").cloned().unwrap_or(Value::Null),
            // transformers' default, also for checkpoints that say nothing.
            "lowercase": flag("do_lower_case", true)},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": null, "decoder": null,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": ids},
    })
}

fn byte_pairs(vocabulary: &Value, merges: &str) -> Value {
    let merges: Vec<&str> = merges
        .lines()
        .filter(|line| !line.starts_with("#version") && !line.trim().is_empty())
        .collect();
    let added: Vec<Value> = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
        .iter()
        .filter_map(|name| Some(special(vocabulary.get(name)?.as_u64()? as usize, name)))
        .collect();
    json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": added,
        "normalizer": null,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
            "use_regex": true},
        "post_processor": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
            "use_regex": true},
        "decoder": null,
        "model": {"type": "BPE", "dropout": null, "unk_token": null,
            "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": false,
            "byte_fallback": false, "vocab": vocabulary, "merges": merges},
    })
}
