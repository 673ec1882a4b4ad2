//! Tokens and names over the annotated articles of this repository, on one
//! thread and on two. The answers are checked before anything is timed.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use glane::{
    entities::compact,
    eval::{
        entities::{Scores, compare},
        gold::{self, Doc},
    },
    record::Label,
    text::{Analysis, analyse, analyse_into},
};
use std::{hint::black_box, path::Path};

fn corpus() -> Vec<Doc> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/compact-fr/corpus");
    ["ai", "cul", "local", "longs", "pol", "web"]
        .iter()
        .flat_map(|f| gold::read(&folder.join(f).with_extension("txt")).expect("annotated text"))
        .collect()
}

/// Eight tokens, the point among them, and two names.
const SENTENCE: &str = "Hélène Kerbrat vit à Toulouse depuis mars.";
const NAMES: [(&str, Label); 2] = [("Hélène Kerbrat", Label::Per), ("Toulouse", Label::Loc)];

fn entities(c: &mut Criterion) {
    let docs = corpus();
    let tagger = compact::embedded().expect("the embedded model");
    let ready: Vec<(&Doc, Analysis)> = docs.iter().map(|d| (d, analyse(&d.text))).collect();
    let tokens: usize = ready.iter().map(|(_, a)| a.tokens.len()).sum();
    let bytes: usize = docs.iter().map(|d| d.text.len()).sum();

    let analysis = analyse(SENTENCE);
    assert_eq!(analysis.tokens.len(), 8, "{:?}", analysis.tokens);
    let found: Vec<_> = tagger
        .tag(SENTENCE, &analysis)
        .iter()
        .map(|m| (&SENTENCE[m.start..m.end], m.label))
        .collect();
    assert_eq!(found, NAMES);
    // And on what people annotated: far below it something is broken.
    let mut scores = Scores::default();
    for (doc, analysis) in &ready {
        let found: Vec<_> = tagger
            .tag(&doc.text, analysis)
            .iter()
            .map(|m| (m.start, m.end, m.label))
            .collect();
        compare(doc, &found, &mut scores, |_, _| {});
    }
    assert!(scores.all().f1() > 0.8, "{:.3}", scores.all().f1());

    let mut group = c.benchmark_group("entities");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("cut into tokens and sentences", |b| {
        let mut analysis = Analysis::default();
        b.iter(|| {
            docs.iter()
                .map(|d| {
                    analyse_into(black_box(&d.text), &mut analysis);
                    analysis.tokens.len()
                })
                .sum::<usize>()
        });
    });
    group.throughput(Throughput::Elements(tokens as u64));
    let tag = |part: &[(&Doc, Analysis)]| -> usize {
        part.iter()
            .map(|(d, a)| tagger.tag(black_box(&d.text), a).len())
            .sum()
    };
    group.bench_function("tag, one thread, per token", |b| b.iter(|| tag(&ready)));
    group.bench_function("tag, two threads, per token", |b| {
        let (left, right) = ready.split_at(ready.len() / 2);
        b.iter(|| rayon::join(|| tag(left), || tag(right)));
    });
    group.finish();

    c.bench_function("load the model", |b| {
        b.iter(|| compact::embedded().expect("the embedded model"));
    });
}

criterion_group!(benches, entities);
criterion_main!(benches);
