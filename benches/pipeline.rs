//! The whole pipeline, and what lies around the rules. Each benchmark first
//! checks that the answer is right.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use glane::{
    Extractor,
    article::{Article, decode},
    language,
    output::layout,
    record::Status,
    text::offsets::CodePoints,
};
use std::hint::black_box;

/// About 2 KB of news, the median of an article.
fn article() -> Article {
    let paragraph = "Le conseil régional a voté jeudi une enveloppe de 48 millions d'euros pour \
                     la rénovation des quais de Saint-Nazaire, soit 12,5 % de plus que le montant \
                     promis il y a deux ans. Les travaux commenceront début avril 2024, a précisé \
                     Hélène Kerbrat, directrice du port.\n";
    Article::from_text("bench", paragraph.repeat(7))
}

fn pipeline(c: &mut Criterion) {
    let extractor = Extractor::builder().build().expect("the embedded model");
    let article = article();
    let bytes = article.text.len() as u64;
    let record = extractor.extract(&article);
    assert_eq!(record.status, Status::Ok);
    assert_eq!(record.chars as usize, article.text.chars().count());

    let mut group = c.benchmark_group("pipeline");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("extract", |b| {
        b.iter(|| extractor.extract(black_box(&article)));
    });
    group.bench_function("serialise", |b| {
        let mut out = Vec::new();
        b.iter(|| {
            out.clear();
            layout::ARTICLES.write(black_box(&record), &mut out);
            out.len()
        });
    });
    assert_eq!(language::detect(&article.text).code, Some("fra"));
    group.bench_function("language", |b| {
        b.iter(|| language::detect(black_box(&article.text)));
    });
    assert_eq!(
        CodePoints::new(&article.text).len(),
        article.text.chars().count()
    );
    group.bench_function("code points", |b| {
        b.iter(|| CodePoints::new(black_box(&article.text)).len());
    });
    assert_eq!(
        decode::decode(article.text.as_bytes()).map(|d| d.text.len()),
        Ok(article.text.len())
    );
    group.bench_function("decode", |b| {
        b.iter(|| decode::decode(black_box(article.text.as_bytes())).map(|d| d.text.len()));
    });
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
