//! The whole pipeline, and what lies around the rules. Each benchmark first
//! checks that the answer is right.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use glane::{
    Extractor,
    article::{Article, decode},
    language,
    output::layout,
    record::{Label, Status},
    text::offsets::CodePoints,
};
use std::hint::black_box;

/// Copies of the paragraph in the article.
const COPIES: usize = 7;

/// About 2 KB of news, the median of an article.
fn article() -> Article {
    let paragraph = "Le conseil régional a voté jeudi une enveloppe de 48 millions d'euros pour \
                     la rénovation des quais de Saint-Nazaire, soit 12,5 % de plus que le montant \
                     promis il y a deux ans. Les travaux commenceront début avril 2024, a précisé \
                     Hélène Kerbrat, directrice du port.\n";
    Article::from_text("bench", paragraph.repeat(COPIES))
}

fn pipeline(c: &mut Criterion) {
    let extractor = Extractor::builder().build().expect("the embedded model");
    let article = article();
    let bytes = article.text.len() as u64;
    let record = extractor.extract(&article);
    assert_eq!(record.status, Status::Ok);
    assert_eq!(record.chars as usize, article.text.chars().count());
    // In each of the copies: 48 millions, 12,5 %; jeudi, il y a deux ans, début avril; her.
    assert_eq!(record.money.len(), COPIES, "{:?}", record.money);
    assert_eq!(record.percents.len(), COPIES, "{:?}", record.percents);
    assert_eq!(record.dates.len(), 3 * COPIES, "{:?}", record.dates);
    let named = |name: &str, label| {
        let found = record.entities.iter();
        found
            .filter(|e| e.span.text == name && e.label == label)
            .count()
    };
    assert_eq!(named("Hélène Kerbrat", Label::Per), COPIES);

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
