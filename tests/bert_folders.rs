//! Checkpoint folders that are not whole: each is refused in words that name
//! the trouble. What needs no libtorch is tried in every build.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use glane::entities::bert::{
    LabelMap,
    checkpoint::{Checkpoint, check},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A copy of a reference checkpoint that a test may spoil.
struct Folder(tempfile::TempDir);

impl Folder {
    fn of(name: &str) -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("models/reference/architectures")
            .join(name);
        let to = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name() != "golden.jsonl" {
                fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
            }
        }
        Self(to)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn remove(self, name: &str) -> Self {
        fs::remove_file(self.path(name)).unwrap();
        self
    }

    fn write(self, name: &str, content: &[u8]) -> Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    /// Sets a key of config.json.
    fn set(self, key: &str, value: Value) -> Self {
        let mut json: Value =
            serde_json::from_slice(&fs::read(self.path("config.json")).unwrap()).unwrap();
        json[key] = value;
        self.write("config.json", json.to_string().as_bytes())
    }

    /// The first problem that `glane model check` and loading both report.
    fn problem(&self) -> String {
        let report = check(self.0.path(), &LabelMap::default());
        let first = report.problems.first().expect("a problem").to_string();
        let open = Checkpoint::open(self.0.path(), &LabelMap::default());
        // Opening stops before the tokenizer; everything else it sees too.
        if !first.contains("tokenizer.json") {
            assert_eq!(open.unwrap_err().to_string(), first);
        }
        first
    }
}

fn bert() -> Folder {
    Folder::of("bert")
}

fn expect(folder: &Folder, words: &str) {
    let problem = folder.problem();
    assert!(
        problem.contains(words),
        "« {problem} » does not say « {words} »"
    );
}

#[test]
fn whole_folders_have_no_problem() {
    for name in ["bert", "distilbert", "electra", "roberta", "xlm-roberta"] {
        let report = check(Folder::of(name).0.path(), &LabelMap::default());
        assert!(report.problems.is_empty(), "{name}: {report}");
        assert!(report.to_string().contains(name), "{report}");
    }
}

#[test]
fn config() {
    let missing = Path::new("no such folder");
    let report = check(missing, &LabelMap::default());
    assert!(report.problems[0].to_string().contains("is not a folder"));
    expect(&bert().remove("config.json"), "holds no config.json");
    expect(&bert().write("config.json", b"{"), "is not the JSON");
    expect(
        &bert().set("model_type", json!("t5")),
        "unknown architecture `t5`",
    );
    expect(
        &bert().set("model_type", json!("deberta-v2")),
        "unknown architecture",
    );
    expect(
        &bert().set("architectures", json!(["BertForMaskedLM"])),
        "fine-tuned",
    );
    expect(&bert().set("num_attention_heads", json!(3)), "3 heads");
}

#[test]
fn labels() {
    let only_dates = json!({"0":"O","1":"B-X","2":"I-X","3":"B-LOC","4":"I-LOC","5":"B-ORG",
        "6":"I-ORG","7":"B-MISC","8":"I-MISC"});
    expect(&bert().set("id2label", only_dates), "means PER");
    let unnamed: serde_json::Map<String, Value> = (0..9)
        .map(|i| (i.to_string(), format!("LABEL_{i}").into()))
        .collect();
    expect(
        &bert().set("id2label", unnamed.clone().into()),
        "does not name its labels",
    );
    // With a map the same folder is whole.
    let folder = bert().set("id2label", unnamed.into());
    let map: LabelMap = "LABEL_1=B-PER,LABEL_2=I-PER".parse().unwrap();
    assert!(check(folder.0.path(), &map).problems.is_empty());
    expect(
        &bert().set("id2label", json!({"0": "O", "5": "B-PER"})),
        "not the number 1",
    );
    // One label fewer than the weights have rows.
    expect(
        &bert().set("id2label", json!({"0": "O", "1": "B-PER"})),
        "`classifier.bias` is [9]",
    );
}

#[test]
fn weights() {
    expect(
        &bert().remove("model.safetensors"),
        "holds no model.safetensors",
    );
    expect(
        &bert().write(
            "model.safetensors",
            b"version https://git-lfs.github.com/spec/v1\noid",
        ),
        "git lfs pull",
    );
    let folder = bert();
    let bytes = fs::read(folder.path("model.safetensors")).unwrap();
    let cut = &bytes[..bytes.len() - 100];
    expect(&folder.write("model.safetensors", cut), "cut short");
    expect(
        &bert().write("model.safetensors", b"PK"),
        "not a safetensors file",
    );
    expect(
        &bert().set("num_hidden_layers", json!(3)),
        "tensors missing",
    );
    expect(&bert().set("vocab_size", json!(401)), "by config.json");
    expect(
        &bert().set("model_type", json!("electra")),
        "tensors missing",
    );
}

#[test]
fn tokenizer_files() {
    expect(&bert().remove("vocab.txt"), "holds no tokenizer.json");
    expect(
        &Folder::of("roberta").remove("merges.txt"),
        "holds no tokenizer.json",
    );
}

#[test]
fn the_command_says_it_and_fails() {
    let check = |folder: &Folder, extra: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_glane"))
            .args(["model", "check"])
            .arg(folder.0.path())
            .args(extra)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), text)
    };
    let (code, text) = check(&bert(), &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("architecture  bert"), "{text}");
    // Two problems, both told.
    let (code, text) = check(
        &bert().remove("vocab.txt").set("vocab_size", json!(401)),
        &[],
    );
    assert_eq!(code, Some(1), "{text}");
    assert_eq!(text.matches("problem").count(), 2, "{text}");
    assert!(text.contains("not usable"), "{text}");
    // Flags that make no sense: nothing could be done.
    let (code, _) = check(&bert(), &["--label-map", "PER"]);
    assert_eq!(code, Some(1));
}

#[cfg(not(feature = "bert"))]
#[test]
fn loading_skipped() {
    eprintln!("skipped: what only loading sees needs the feature `bert`");
}

#[cfg(feature = "bert")]
mod loading {
    use super::*;
    use glane::entities::bert::{Device, Options, load};

    fn refused(folder: &Folder) -> String {
        let options = Options {
            device: Device::Cpu,
            ..Options::default()
        };
        match load(folder.0.path(), &options) {
            Ok(_) => panic!("loaded"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn whole_folders_load() {
        let options = Options::default();
        load(bert().0.path(), &options).unwrap();
    }

    #[test]
    fn tokenizers() {
        let e = refused(&bert().write("tokenizer.json", b"{}"));
        assert!(
            e.starts_with("tokenizer: ") && e.contains("tokenizer.json"),
            "{e}"
        );
        let e = refused(&bert().remove("vocab.txt"));
        assert!(e.contains("holds no tokenizer.json"), "{e}");
        // One that belongs to a larger network.
        let mut vocabulary = fs::read_to_string(bert().path("vocab.txt")).unwrap();
        vocabulary.push_str("un\u{e9}deplus\n");
        let e = refused(&bert().write("vocab.txt", vocabulary.as_bytes()));
        assert!(e.contains("401 pieces, the network 400"), "{e}");
        // One without the pieces that stand around a window.
        let plain = vocabulary
            .replace("[SEP]", "[SOP]")
            .replace("un\u{e9}deplus\n", "");
        let e = refused(&bert().write("vocab.txt", plain.as_bytes()));
        assert!(e.contains("no `[SEP]` piece"), "{e}");
        let e = refused(&bert().write("vocab.txt", &[0xff, 0xfe, 0x00]));
        assert!(e.contains("vocab.txt"), "{e}");
        let xlm = Folder::of("xlm-roberta").remove("tokenizer.json");
        let e = refused(&xlm.write("sentencepiece.bpe.model", b"no protocol buffer"));
        assert!(e.contains("not a SentencePiece model"), "{e}");
    }

    #[test]
    fn other_formats_of_weights() {
        for name in ["pytorch_model.bin", "rust_model.ot"] {
            let e = refused(&bert().remove("model.safetensors").write(name, b"nothing"));
            assert!(e.starts_with("libtorch, while reading"), "{name}: {e}");
        }
        // rust-bert's own format holds the same tensors.
        let folder = bert();
        let tensors = tch::Tensor::read_safetensors(folder.path("model.safetensors")).unwrap();
        tch::Tensor::save_multi(&tensors, folder.path("rust_model.ot")).unwrap();
        let text = "Élise Vautrin a quitté Quimper pour Nîmes.";
        let analysis = glane::text::analyse(text);
        let words = |folder: &Folder| {
            let engine = load(folder.0.path(), &Options::default()).unwrap();
            engine.words(text, &analysis).unwrap().predictions
        };
        let expected = words(&folder);
        assert!(expected.iter().all(Option::is_some));
        assert_eq!(words(&folder.remove("model.safetensors")), expected);
    }

    #[test]
    fn numbers_that_are_none() {
        let folder = bert();
        let path = folder.path("model.safetensors");
        let mut tensors = tch::Tensor::read_safetensors(&path).unwrap();
        for (name, tensor) in &mut tensors {
            if name == "classifier.weight" {
                *tensor = &*tensor * f64::NAN;
            }
        }
        tch::Tensor::write_safetensors(&tensors, &path).unwrap();
        let e = refused(&folder);
        assert!(
            e.contains("`classifier.weight` holds values that are not finite"),
            "{e}"
        );
    }

    #[test]
    fn a_device_that_is_not_there() {
        let options = Options {
            device: Device::Cuda(99),
            ..Options::default()
        };
        let e = load(bert().0.path(), &options).err().unwrap().to_string();
        assert!(e.contains("no CUDA device 99"), "{e}");
    }
}
