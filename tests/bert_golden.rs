//! The accurate engine against transformers, on the checkpoints of
//! models/reference (made by models/reference/make.py).
//!
//! The golden lines bring their own words and sentences, so that this holds
//! the engine alone and not how glane cuts French.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

#[cfg(not(feature = "bert"))]
#[test]
fn skipped() {
    eprintln!("skipped: built without the feature `bert` (docs/BERT.md says how to have libtorch)");
}

#[cfg(feature = "bert")]
mod golden {
    use glane::{
        entities::bert::{self, Engine, Options, Precision, labels::Labels, tokenizer::Tokenizer},
        record::Label,
        text::{Analysis, Token, TokenKind},
    };
    use serde::Deserialize;
    use std::{
        fs,
        path::{Path, PathBuf},
        sync::Arc,
    };

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Line {
        text: String,
        /// Code points.
        words: Vec<(usize, usize)>,
        /// Words.
        sentences: Vec<(u32, u32)>,
        ids: Vec<i64>,
        windows: usize,
        labels: Vec<Option<(u16, f32)>>,
    }

    fn reference(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("models/reference")
            .join(name)
    }

    fn lines(folder: &Path) -> Vec<Line> {
        let text = fs::read_to_string(folder.join("golden.jsonl")).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The words and sentences of a golden line as an analysis.
    fn analysis(line: &Line) -> Analysis {
        let mut bytes: Vec<u32> = line.text.char_indices().map(|(i, _)| i as u32).collect();
        bytes.push(line.text.len() as u32);
        let tokens = line.words.iter().map(|&(start, end)| Token {
            start: bytes[start],
            end: bytes[end],
            kind: TokenKind::Word,
        });
        Analysis {
            tokens: tokens.collect(),
            sentences: line.sentences.iter().map(|&(a, b)| a..b).collect(),
        }
    }

    fn load(folder: &Path, precision: Precision) -> Arc<Engine> {
        let options = Options {
            precision,
            device: bert::Device::Cpu,
            ..Options::default()
        };
        bert::load(folder, &options)
            .unwrap_or_else(|e| panic!("{}: {e}: {:?}", folder.display(), e))
    }

    /// Holds the predictions for one text against its golden line.
    fn compare(name: &str, line: &Line, predictions: &[Option<bert::words::Prediction>]) {
        assert_eq!(predictions.len(), line.labels.len());
        for (i, (ours, theirs)) in predictions.iter().zip(&line.labels).enumerate() {
            let (start, end) = line.words[i];
            let word: String = line.text.chars().skip(start).take(end - start).collect();
            let at = format!("{name}: word {i} « {word} » of « {} »", line.text);
            match (ours, theirs) {
                (None, None) => {}
                (Some(ours), Some((label, score))) => {
                    let ours_score = ours.log_probability.exp();
                    assert!(
                        (ours_score - score).abs() < 1e-4,
                        "{at}: score {ours_score}, transformers {score}"
                    );
                    assert_eq!(ours.label, *label, "{at}: label");
                }
                _ => panic!("{at}: {ours:?}, transformers {theirs:?}"),
            }
        }
    }

    fn hold(name: &str) {
        let folder = reference(name);
        let engine = load(&folder, Precision::F32);
        let lines = lines(&folder);
        assert!(lines.len() >= 14);
        // A third of the texts are longer than a window, or none: both occur.
        assert!(lines.iter().any(|l| l.windows > 1));
        for line in &lines {
            let words = engine.words(&line.text, &analysis(line)).unwrap();
            assert_eq!(words.pieces, line.ids.len(), "{name}: « {} »", line.text);
            compare(name, line, &words.predictions);
        }
    }

    #[test]
    fn camembert() {
        hold("camembert-tiny");
    }

    #[test]
    fn roberta() {
        hold("architectures/roberta");
    }

    #[test]
    fn xlm_roberta() {
        hold("architectures/xlm-roberta");
    }

    #[test]
    fn bert() {
        hold("architectures/bert");
    }

    #[test]
    fn distilbert() {
        hold("architectures/distilbert");
    }

    #[test]
    fn electra() {
        hold("architectures/electra");
    }

    /// The checkpoint behind the embedded encoder, where `models/encoder-fr/golden.py` has
    /// written what transformers says of it.
    #[test]
    fn encoder_fr() {
        let Some(folder) = std::env::var_os("GLANE_BERT_REFERENCE") else {
            eprintln!("skipped: GLANE_BERT_REFERENCE names no folder of golden.py");
            return;
        };
        // Joined with an absolute path the reference folder is that path.
        hold(folder.to_str().unwrap());
    }

    /// rust-bert's pipeline decodes every batch after the first against the
    /// wrong offsets; ours must not care how many texts there are.
    #[test]
    fn many_texts_in_one_batch() {
        let folder = reference("camembert-tiny");
        let engine = load(&folder, Precision::F32);
        let lines = lines(&folder);
        let analyses: Vec<Analysis> = lines.iter().map(analysis).collect();
        let texts: Vec<(&str, &Analysis)> = lines
            .iter()
            .zip(&analyses)
            .map(|(line, analysis)| (line.text.as_str(), analysis))
            .take(130)
            .collect();
        assert_eq!(texts.len(), 130);
        for (line, words) in lines.iter().zip(engine.words_of_many(&texts).unwrap()) {
            compare("in one batch", line, &words.predictions);
        }
    }

    /// Spans of mentions: what the golden labels spell under BIO, in bytes.
    #[test]
    fn mentions_have_exact_offsets() {
        let folder = reference("camembert-tiny");
        let engine = load(&folder, Precision::F32);
        let config: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(folder.join("config.json")).unwrap()).unwrap();
        let names = bert::config::Config::new(&config).unwrap().labels;
        let mut count = 0;
        for line in lines(&folder) {
            let analysis = analysis(&line);
            let expected = spell(&line, &analysis, &names);
            count += expected.len();
            let found: Vec<_> = engine
                .mentions(&line.text, &analysis)
                .unwrap()
                .into_iter()
                .map(|m| {
                    assert_eq!(m.name, line.text[m.start..m.end]);
                    assert!((0.0..=1.0).contains(&m.score));
                    (m.start, m.end, m.label)
                })
                .collect();
            assert_eq!(found, expected, "« {} »", line.text);
        }
        assert!(
            count > 300,
            "only {count} mentions: the reference is too easy"
        );
    }

    /// A second, plain reading of BIO, sentence by sentence.
    fn spell(line: &Line, analysis: &Analysis, names: &[String]) -> Vec<(usize, usize, Label)> {
        let mut out = Vec::new();
        for &(a, b) in &line.sentences {
            let mut last: Option<(&str, usize, usize)> = None;
            for i in a..=b {
                let name = if i == b {
                    "O"
                } else {
                    match line.labels[i as usize] {
                        Some((label, _)) => names[usize::from(label)].as_str(),
                        None => continue,
                    }
                };
                let class = name.get(2..).unwrap_or("");
                if let Some((open, start, end)) = last
                    && (name.starts_with("B-") || class != open)
                {
                    let label = match open {
                        "PER" => Some(Label::Per),
                        "LOC" => Some(Label::Loc),
                        "ORG" => Some(Label::Org),
                        "MISC" => Some(Label::Misc),
                        _ => None,
                    };
                    out.extend(label.map(|label| (start, end, label)));
                    last = None;
                }
                if !class.is_empty() {
                    let token = analysis.tokens[i as usize];
                    let start = last.map_or(token.start as usize, |l| l.1);
                    last = Some((class, start, token.end as usize));
                }
            }
        }
        out
    }

    /// The same bytes out whatever the number of workers and their company.
    #[test]
    fn threads_change_nothing() {
        let folder = reference("camembert-tiny");
        let run = |threads| {
            let options = Options {
                precision: Precision::F32,
                device: bert::Device::Cpu,
                threads: std::num::NonZeroUsize::new(threads),
                ..Options::default()
            };
            let engine = bert::load(&folder, &options).unwrap();
            let lines = lines(&folder);
            let results = std::sync::Mutex::new(vec![Vec::new(); lines.len()]);
            std::thread::scope(|scope| {
                for part in 0..threads {
                    let (engine, lines, results) = (&engine, &lines, &results);
                    scope.spawn(move || {
                        for (i, line) in lines.iter().enumerate().skip(part).step_by(threads) {
                            let words = engine.words(&line.text, &analysis(line)).unwrap();
                            results.lock().unwrap()[i] = words.predictions;
                        }
                    });
                }
            });
            results.into_inner().unwrap()
        };
        let one = run(1);
        assert_eq!(one, run(2));
        assert_eq!(one, run(5));
    }

    /// A small window cuts more, and still labels every word that has a piece.
    #[test]
    fn a_small_window_loses_no_word() {
        let folder = reference("camembert-tiny");
        let options = Options {
            window: std::num::NonZeroUsize::new(24),
            device: bert::Device::Cpu,
            ..Options::default()
        };
        let engine = bert::load(&folder, &options).unwrap();
        for line in lines(&folder) {
            let words = engine.words(&line.text, &analysis(&line)).unwrap();
            for (ours, theirs) in words.predictions.iter().zip(&line.labels) {
                assert_eq!(ours.is_some(), theirs.is_some(), "« {} »", line.text);
            }
        }
    }

    /// bf16 is not exact; nearly every word keeps its label.
    #[test]
    fn bf16_keeps_the_labels() {
        let folder = reference("camembert-tiny");
        let engine = load(&folder, Precision::Bf16);
        let (mut same, mut all) = (0, 0);
        for line in lines(&folder) {
            let words = engine.words(&line.text, &analysis(&line)).unwrap();
            for (ours, theirs) in words.predictions.iter().zip(&line.labels) {
                all += 1;
                same += usize::from(ours.map(|p| p.label) == theirs.map(|t| t.0));
            }
        }
        assert!(same * 1000 >= all * 990, "{same} of {all} words the same");
    }

    /// The SentencePiece file alone gives the pieces of transformers' slow
    /// tokenizer, which reads nothing else.
    #[test]
    fn sentencepiece_alone() {
        let folder = reference("camembert-tiny");
        let lonely = tempfile::tempdir().unwrap();
        fs::copy(
            folder.join("sentencepiece.bpe.model"),
            lonely.path().join("sentencepiece.bpe.model"),
        )
        .unwrap();
        let json: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(folder.join("config.json")).unwrap()).unwrap();
        let config = bert::config::Config::new(&json).unwrap();
        let whole = Tokenizer::open(&folder, &config).unwrap();
        let alone = Tokenizer::open(lonely.path(), &config).unwrap();
        assert_eq!(alone.file, "sentencepiece.bpe.model");
        assert_eq!(
            (&alone.prefix, &alone.suffix),
            (&whole.prefix, &whole.suffix)
        );
        let slow = fs::read_to_string(folder.join("slow_ids.jsonl")).unwrap();
        assert!(slow.lines().count() >= 60);
        for (line, slow) in lines(&folder).iter().zip(slow.lines()) {
            let slow: Vec<i64> = serde_json::from_str(slow).unwrap();
            assert_eq!(
                alone.pieces(&line.text).unwrap().ids,
                slow,
                "« {} »",
                line.text
            );
        }
        for line in lines(&folder) {
            assert_eq!(
                whole.pieces(&line.text).unwrap().ids,
                line.ids,
                "« {} »",
                line.text
            );
        }
    }

    /// Dates are ours: a checkpoint that knows them does not replace our rules.
    #[test]
    fn dates_of_the_checkpoint_are_left_out() {
        let json: serde_json::Value = serde_json::from_str(
            &fs::read_to_string(reference("camembert-tiny/config.json")).unwrap(),
        )
        .unwrap();
        let config = bert::config::Config::new(&json).unwrap();
        let labels = Labels::new(&config.labels, &Default::default()).unwrap();
        assert_eq!(labels.dropped, ["DATE", "MONEY"]);
    }
}
