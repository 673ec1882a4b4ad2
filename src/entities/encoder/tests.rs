//! The encoder on a network of two layers made here, against a plain one in 64
//! bits that knows nothing of bytes.

use super::{
    Encoder, FileError, file,
    kernels::Isa,
    network::{HEAD, LABELS, Sizes, Space, softmax},
    pack::Source,
};
use crate::{
    entities::bert::{config::Architecture, weights::layer_names},
    text::analyse,
};
use std::{collections::BTreeMap, ops::Range};

const WIDTH: usize = 64;
const INNER: usize = 128;
const PIECES: &[&str] = &[
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁a",
    "▁le",
    "▁la",
    "▁|",
    "a",
    "b",
    "c",
    "d",
    "e",
    "i",
    "l",
    "m",
    "n",
    "o",
    "r",
    "s",
    "t",
    "u",
    "é",
    ".",
    ",",
    "▁Nantes",
    "▁Anne",
    "ville",
    "▁de",
];

fn noise(n: usize, scale: f32, seed: &mut u32) -> Vec<f32> {
    (0..n)
        .map(|_| {
            *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            scale * ((*seed >> 8) as f32 / (1 << 23) as f32 - 1.0)
        })
        .collect()
}

fn source() -> Source {
    let mut seed = 11;
    let mut tensors = BTreeMap::new();
    let mut put = |name: String, n: usize, scale: f32, around: f32| {
        let values = noise(n, scale, &mut seed)
            .iter()
            .map(|x| x + around)
            .collect();
        tensors.insert(name, values);
    };
    let mut norm = |name: &str| {
        put(format!("{name}.weight"), WIDTH, 0.3, 1.0);
        put(format!("{name}.bias"), WIDTH, 0.2, 0.0);
    };
    norm("bert.embeddings.LayerNorm");
    for i in 0..2 {
        let names = layer_names(Architecture::Bert, i);
        norm(&names.first_norm);
        norm(&names.second_norm);
    }
    let mut linear = |name: &str, inputs: usize, outputs: usize| {
        put(format!("{name}.weight"), inputs * outputs, 0.2, 0.0);
        put(format!("{name}.bias"), outputs, 0.2, 0.0);
    };
    for i in 0..2 {
        let names = layer_names(Architecture::Bert, i);
        for name in [&names.query, &names.key, &names.value, &names.output] {
            linear(name, WIDTH, WIDTH);
        }
        linear(&names.widen, WIDTH, INNER);
        linear(&names.narrow, INNER, WIDTH);
    }
    linear("classifier", WIDTH, LABELS);
    for (table, rows) in [("word", PIECES.len()), ("position", 24), ("token_type", 2)] {
        let name = format!("bert.embeddings.{table}_embeddings.weight");
        put(name, rows * WIDTH, 1.0, 0.0);
    }
    Source {
        name: "essai".into(),
        sizes: Sizes {
            width: WIDTH,
            inner: INNER,
            layers: 2,
            pieces: PIECES.len(),
            positions: 24,
            first: 0,
            last: 2,
            unknown: 3,
        },
        epsilon: 1e-12,
        pieces: PIECES
            .iter()
            .enumerate()
            .map(|(i, p)| ((*p).to_owned(), -2.0 - i as f32 / 8.0))
            .collect(),
        marks: vec![0, 1, 2, 3],
        tensors,
    }
}

fn encoder() -> Encoder {
    Encoder::new(source().pack().unwrap().leak()).unwrap()
}

/// The network of a source, number by number.
struct Plain(Source);

impl Plain {
    fn tensor(&self, name: &str) -> Vec<f64> {
        self.0.tensors[name].iter().map(|x| f64::from(*x)).collect()
    }

    fn linear(&self, x: &[Vec<f64>], name: &str) -> Vec<Vec<f64>> {
        let (w, b) = (
            self.tensor(&format!("{name}.weight")),
            self.tensor(&format!("{name}.bias")),
        );
        let dot = |row: &[f64], w: &[f64]| row.iter().zip(w).map(|(x, w)| x * w).sum::<f64>();
        x.iter()
            .map(|row| {
                b.iter()
                    .zip(w.chunks_exact(row.len()))
                    .map(|(b, w)| b + dot(row, w))
                    .collect()
            })
            .collect()
    }

    fn norm(&self, x: &mut [Vec<f64>], y: &[Vec<f64>], name: &str) {
        let (gain, bias) = (
            self.tensor(&format!("{name}.weight")),
            self.tensor(&format!("{name}.bias")),
        );
        for (row, y) in x.iter_mut().zip(y) {
            row.iter_mut().zip(y).for_each(|(x, y)| *x += y);
            let mean = row.iter().sum::<f64>() / row.len() as f64;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / row.len() as f64;
            for (i, x) in row.iter_mut().enumerate() {
                *x = (*x - mean) / variance.sqrt() * gain[i] + bias[i];
            }
        }
    }

    fn attend(&self, x: &[Vec<f64>], layer: usize) -> Vec<Vec<f64>> {
        let names = layer_names(Architecture::Bert, layer);
        let q = self.linear(x, &names.query);
        let k = self.linear(x, &names.key);
        let v = self.linear(x, &names.value);
        let mut out = vec![vec![0.0; WIDTH]; x.len()];
        for head in 0..WIDTH / HEAD {
            let part = head * HEAD..(head + 1) * HEAD;
            for (i, out) in out.iter_mut().enumerate() {
                let weights: Vec<f64> = k
                    .iter()
                    .map(|k| {
                        let products = q[i][part.clone()].iter().zip(&k[part.clone()]);
                        let score: f64 = products.map(|(a, b)| a * b).sum();
                        (score / (HEAD as f64).sqrt()).exp()
                    })
                    .collect();
                let total: f64 = weights.iter().sum();
                for c in part.clone() {
                    out[c] = weights.iter().zip(&v).map(|(w, v)| w * v[c]).sum::<f64>() / total;
                }
            }
        }
        self.linear(&out, &names.output)
    }

    fn logits(&self, ids: &[u32]) -> Vec<Vec<f64>> {
        let row = |table: &str, i: usize| -> Vec<f64> {
            self.tensor(&format!("bert.embeddings.{table}_embeddings.weight"))
                [i * WIDTH..(i + 1) * WIDTH]
                .to_vec()
        };
        let mut x: Vec<_> = ids.iter().map(|id| row("word", *id as usize)).collect();
        let y: Vec<Vec<f64>> = (0..ids.len())
            .map(|i| {
                let positions = row("position", i);
                positions
                    .iter()
                    .zip(row("token_type", 0))
                    .map(|(a, b)| a + b)
                    .collect()
            })
            .collect();
        self.norm(&mut x, &y, "bert.embeddings.LayerNorm");
        for i in 0..2 {
            let names = layer_names(Architecture::Bert, i);
            let y = self.attend(&x, i);
            self.norm(&mut x, &y, &names.first_norm);
            let mut wide = self.linear(&x, &names.widen);
            for x in wide.iter_mut().flatten() {
                *x *= 0.5 * (1.0 + erf(*x / 2f64.sqrt()));
            }
            let y = self.linear(&wide, &names.narrow);
            self.norm(&mut x, &y, &names.second_norm);
        }
        self.linear(&x, "classifier")
    }
}

/// The error function by its power series, which serves up to 4.
fn erf(x: f64) -> f64 {
    if x.abs() > 4.0 {
        return x.signum();
    }
    let (mut power, mut sum) = (x, x);
    for n in 1..80 {
        power *= -x * x / f64::from(n);
        sum += power / f64::from(2 * n + 1);
    }
    sum * std::f64::consts::FRAC_2_SQRT_PI
}

fn ids(n: usize, seed: u32) -> Vec<u32> {
    let inside = (0..n as u32).map(|i| 4 + (i * i * 7 + seed) % (PIECES.len() as u32 - 4));
    [0].into_iter().chain(inside).chain([2]).collect()
}

fn run(encoder: &Encoder, ids: &[u32], windows: &[Range<usize>]) -> Vec<[u32; LABELS]> {
    encoder
        .weights
        .network
        .run(encoder.isa, ids, windows, &mut Space::default())
        .iter()
        .map(|row| row.map(f32::to_bits))
        .collect()
}

#[test]
fn near_the_network_in_64_bits() {
    let (encoder, plain) = (encoder(), Plain(source()));
    let mut worst = 0f64;
    let mut spread = 0f64;
    for n in [1, 5, 22] {
        let ids = ids(n, n as u32);
        let got = run(&encoder, &ids, std::slice::from_ref(&(0..ids.len())));
        for (row, wanted) in got.iter().zip(plain.logits(&ids)) {
            for (x, w) in row.iter().zip(wanted) {
                worst = worst.max((f64::from(f32::from_bits(*x)) - w).abs());
                spread = spread.max(w.abs());
            }
        }
    }
    // Steps of a byte: a hundredth of what the logits span.
    assert!(spread > 1.0 && worst < 0.03 * spread, "{worst} of {spread}");
}

#[test]
fn the_same_bytes_on_every_kernel_and_beside_anything() {
    let alone: Vec<_> = [1usize, 7, 22]
        .iter()
        .map(|n| {
            let ids = ids(*n, 3);
            run(
                &encoder().with_kernels(Isa::all()[0]),
                &ids,
                std::slice::from_ref(&(0..ids.len())),
            )
        })
        .collect();
    for isa in Isa::all() {
        let encoder = encoder().with_kernels(isa);
        let (mut all, mut windows) = (Vec::new(), Vec::new());
        for n in [1usize, 7, 22] {
            let start = all.len();
            all.extend(ids(n, 3));
            windows.push(start..all.len());
        }
        assert_eq!(
            run(&encoder, &all, &windows),
            alone.concat(),
            "{}",
            isa.name()
        );
    }
}

#[test]
fn every_word_of_any_text_is_read() {
    let encoder = encoder();
    let long = "Anne de Nantes, la ville. ".repeat(200);
    let endless = "le a de ".repeat(300);
    let odd = "🦀🦀 \u{feff}e\u{301}te\u{301}\n\n\n👩‍🚀 \u{200b}";
    for text in ["", " ", "\n", "a", odd, &long, &endless] {
        let analysis = analyse(text);
        let rows = encoder.read(text, &analysis, |_| true);
        assert_eq!(rows.len(), analysis.tokens.len());
        for (token, row) in analysis.tokens.iter().zip(rows) {
            let row = row.unwrap_or_else(|| panic!("no piece for {:?}", token.of(text)));
            let total: f32 = row.iter().sum();
            assert!((total - 1.0).abs() < 1e-5);
        }
    }
}

#[test]
fn only_the_wanted_sentences_are_read() {
    let encoder = encoder();
    let text = "Anne de Nantes. La ville. Le a. ".repeat(9);
    let analysis = analyse(&text);
    let rows = encoder.read(&text, &analysis, |s| s == 0 || s == 20);
    for (i, sentence) in analysis.sentences.iter().enumerate() {
        let range = sentence.start as usize..sentence.end as usize;
        assert_eq!(
            rows[range].iter().all(Option::is_some),
            i == 0 || i == 20,
            "{i}"
        );
    }
    assert!(
        encoder
            .read(&text, &analysis, |_| false)
            .iter()
            .all(Option::is_none)
    );
}

#[test]
fn the_same_bytes_from_any_number_of_threads() {
    let encoder = encoder();
    let texts: Vec<String> = (1..40)
        .map(|n| "Anne de Nantes, la ville. Le a. ".repeat(n))
        .collect();
    let read = |t: &String| encoder.read(t, &analyse(t), |_| true);
    let wanted: Vec<_> = texts.iter().map(read).collect();
    std::thread::scope(|scope| {
        for from in 0..4 {
            let (texts, wanted) = (&texts, &wanted);
            scope.spawn(move || {
                for i in (0..texts.len()).map(|i| (i + 11 * from) % texts.len()) {
                    assert_eq!(read(&texts[i]), wanted[i]);
                }
            });
        }
    });
}

#[test]
fn refuses_damaged_weights() {
    let good = source().pack().unwrap();
    let read = |bytes: &[u8]| file::read(bytes).map(|_| ()).unwrap_err();
    assert_eq!(read(b"PK\x03\x04"), FileError::Foreign);
    assert_eq!(read(b""), FileError::Foreign);
    let mut old = good.clone();
    old[8] = 9;
    assert_eq!(read(&old), FileError::Version { found: 9 });
    for at in [13, 40, good.len() / 2, good.len() - 1] {
        let mut bad = good.clone();
        bad[at] ^= 1;
        assert_eq!(read(&bad), FileError::Damaged);
    }
    for n in (8..good.len()).step_by(977) {
        assert_eq!(read(&good[..n]), FileError::Damaged);
    }
}

#[test]
fn refuses_numbers_that_are_none_and_sizes_that_do_not_fit() {
    let with = |name: &str, change: &dyn Fn(&mut Vec<f32>)| {
        let mut source = source();
        change(source.tensors.get_mut(name).unwrap());
        source.pack().map(|bytes| file::read(&bytes).map(|_| ()))
    };
    let norm = "bert.encoder.layer.1.output.LayerNorm.bias";
    let nan = with(norm, &|t| t[5] = f32::NAN);
    assert_eq!(nan.unwrap(), Err(FileError::NotFinite("normalisation")));
    let infinite = with("classifier.weight", &|t| t[0] = f32::INFINITY);
    assert_eq!(infinite.unwrap(), Err(FileError::NotFinite("head")));
    let huge = with(norm, &|t| t[5] = -1e30);
    assert_eq!(huge.unwrap(), Err(FileError::Huge("normalisation")));
    let steep = with("bert.encoder.layer.0.output.dense.weight", &|t| t[0] = 9e3);
    assert_eq!(steep.unwrap(), Err(FileError::Huge("scales")));
    let mut flat = source();
    flat.epsilon = 0.0;
    let flat = file::read(&flat.pack().unwrap()).map(|_| ()).unwrap_err();
    assert_eq!(flat, FileError::Huge("normalisation"));
    let short = with("classifier.weight", &|t| t.truncate(9));
    assert!(
        short
            .unwrap_err()
            .to_string()
            .contains("`classifier.weight` has 9 numbers")
    );
    let mut missing = source();
    missing
        .tensors
        .remove("bert.encoder.layer.0.output.dense.weight");
    assert!(
        missing
            .pack()
            .unwrap_err()
            .to_string()
            .contains("is missing")
    );
    let mut far = source();
    far.sizes.unknown = 999;
    assert!(matches!(
        file::read(&far.pack().unwrap()),
        Err(FileError::Sizes(_))
    ));
}

#[test]
fn probabilities_of_logits() {
    let p = softmax(&[
        0.0,
        2f32.ln(),
        0.0,
        -100.0,
        -100.0,
        -100.0,
        -100.0,
        -100.0,
        -100.0,
    ]);
    for (p, wanted) in p.iter().zip([0.25, 0.5, 0.25, 0.0]) {
        assert!((p - wanted).abs() < 1e-6);
    }
}

/// The weights in the program are those of the card, read without an error.
#[cfg(encoder_weights)]
#[test]
fn the_embedded_weights_are_those_of_the_card() {
    let card = include_str!("../../../models/encoder-fr/README.md");
    let encoder = super::embedded().unwrap();
    assert!(card.contains(&encoder.model().sha256));
    let text = "Élise Vautrin a quitté Quimper.";
    let rows = encoder.read(text, &analyse(text), |_| true);
    let labels: Vec<usize> = rows
        .iter()
        .map(|row| {
            let row = row.unwrap();
            (0..LABELS)
                .max_by(|a, b| row[*a].total_cmp(&row[*b]))
                .unwrap()
        })
        .collect();
    // B-PER I-PER O O B-LOC O
    assert_eq!(labels, [1, 2, 0, 0, 3, 0]);
}
