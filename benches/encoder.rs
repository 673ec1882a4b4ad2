//! The encoder on one thread, on every version of its kernels that this machine
//! can run. Each must read a sentence as a reader does, and all must give the same bytes,
//! before anything is timed.
//! `scripts/encoder-speed.py` runs ONNX Runtime on the same pieces.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use glane::{
    entities::{
        compact::crf,
        encoder::{self, Encoder, kernels::Isa},
    },
    eval::gold,
    record::Label,
    text::analyse,
};
use std::{hint::black_box, path::Path};

/// Articles measured on.
const ARTICLES: usize = 6;

/// A sentence, and the words of it that are names.
const SENTENCE: &str = "Hélène Kerbrat vit à Toulouse depuis mars.";
const NAMES: [(&str, Label); 3] = [
    ("Hélène", Label::Per),
    ("Kerbrat", Label::Per),
    ("Toulouse", Label::Loc),
];

/// Asserts that the likeliest labels of [`SENTENCE`] are those of [`NAMES`].
fn assert_reads(encoder: &Encoder, isa: Isa) {
    let analysis = analyse(SENTENCE);
    let rows = encoder.read(SENTENCE, &analysis, |_| true);
    assert_eq!(rows.len(), analysis.tokens.len());
    for (token, row) in analysis.tokens.iter().zip(&rows) {
        let word = &SENTENCE[token.start as usize..token.end as usize];
        let row = row.expect("every word has a piece");
        let best = (0..crf::LABELS).max_by(|a, b| row[*a].total_cmp(&row[*b]));
        let expected = NAMES.iter().find(|(name, _)| *name == word).map(|n| n.1);
        let found = crf::kind(best.unwrap_or_default() as u8);
        assert_eq!(found, expected, "{word} on {}", isa.name());
    }
}

fn encoder(c: &mut Criterion) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/compact-fr/corpus/pol.txt");
    let docs: Vec<_> = gold::read(&file)
        .expect("annotated text")
        .into_iter()
        .take(ARTICLES)
        .map(|d| (analyse(&d.text), d.text))
        .collect();
    let mut group = c.benchmark_group("encoder");
    group.sample_size(10);
    let mut answer = None;
    for isa in Isa::all().into_iter().rev() {
        let encoder = encoder::embedded_on(isa).expect("the embedded weights");
        assert_reads(&encoder, isa);
        let pieces: usize = docs.iter().map(|(_, t)| encoder.pieces(t).len()).sum();
        let read = || -> Vec<_> {
            docs.iter()
                .map(|(a, t)| encoder.read(black_box(t), a, |_| true))
                .collect()
        };
        let rows = read();
        assert!(
            *answer.get_or_insert_with(|| rows.clone()) == rows,
            "{}",
            isa.name()
        );
        group.throughput(Throughput::Elements(pieces as u64));
        group.bench_function(format!("{}, per piece", isa.name()), |b| b.iter(read));
    }
    group.finish();
    c.bench_function("load the encoder", |b| {
        b.iter(|| encoder::embedded().expect("the embedded weights"));
    });
}

criterion_group!(benches, encoder);
criterion_main!(benches);
