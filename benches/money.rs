//! Amounts and percentages per second, on one core.
//!
//! Tokens and sentences are there, as in the pipeline, where all engines share them.
//! `article` is the text below, repeated as separate articles; `dump` is the
//! articles of a real dump where one lies beside the repository.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use glane::{
    money::{Context, find},
    text::{Analysis, analyse},
};
use std::{hint::black_box, io::Read, time::Duration};

/// One article of the density that news have: an amount or a percentage about
/// every two hundred bytes, and the usual traps.
const ARTICLE: &str = "\
La filière du lin investit à Saint-Valery
L’assemblée générale de la coopérative s’est tenue vendredi 14 mars 2025 devant quelque six cents adhérents. Le chiffre d’affaires a progressé de 7,4 %, à 128,6 millions d’euros, malgré une récolte jugée décevante dans le pays de Caux. « Nous avons livré 42 000 tonnes de fibres, ce qui reste honorable », a résumé la directrice, Solène Vasseur, devant une salle acquise à sa cause.
Le conseil a validé la construction d’un troisième atelier de teillage, pour un coût compris entre 18 et 21 millions d’euros. La région apporte 2,5 M€, le département 400 000 €, et l’Union européenne devrait compléter l’enveloppe si le dossier franchit l’étape de septembre. Une cinquantaine d’emplois seront créés, dont une partie réservée aux jeunes du canton, qui compte trop de chômeurs depuis la fermeture de la filature en 2009.
Sur les marchés, la tonne s’échangeait mercredi à 6 850 euros, après avoir dépassé 9 000 dollars l’an passé à Shanghai. Les négociants indiens, eux, tablent sur une baisse de 10 à 15 % d’ici à l’été. Aucun des acheteurs présents n’a souhaité commenter ces chiffres, mais plusieurs reconnaissent que le prix du coton tire l’ensemble vers le bas.
La visite du site a suivi, sous une pluie fine. Les livres de comptes, ouverts sur une table, intéressaient moins que les machines. À la sortie, un ancien racontait volontiers qu’en 1987 il gagnait trente francs de l’heure, et que le point de rendez-vous des grévistes était le café d’en face. Le prochain rendez-vous est fixé au 3 juin, à 18 h 30, salle du Casino.
";

fn money(c: &mut Criterion) {
    let bare = Context {
        published: "2025-03-17".parse().ok(),
        ..Context::default()
    };
    let analysis = analyse(ARTICLE);
    let context = Context {
        analysis: Some(&analysis),
        ..bare
    };
    // 128,6 M€; 18 to 21 M€; 2,5 M€; 400 000 €; 6 850 €; 9 000 $; 30 F.
    let found = find(ARTICLE, &context);
    assert_eq!(found.money.len(), 7, "{:?}", found.money);
    assert_eq!(found.percents.len(), 2, "{:?}", found.percents);
    let mut group = c.benchmark_group("money");
    group.measurement_time(Duration::from_secs(5));
    group.throughput(Throughput::Bytes(ARTICLE.len() as u64));
    group.bench_function("article", |b| {
        b.iter(|| {
            let found = find(black_box(ARTICLE), &context);
            assert_eq!(found.money.len() + found.percents.len(), 9);
            found
        });
    });
    let dump: Vec<_> = dump().into_iter().map(|t| (analyse(&t), t)).collect();
    if !dump.is_empty() {
        let bytes: usize = dump.iter().map(|(_, text)| text.len()).sum();
        let count = |dump: &[(Analysis, String)]| -> usize {
            dump.iter()
                .map(|(analysis, text)| {
                    let analysis = Some(analysis);
                    find(text, &Context { analysis, ..bare })
                })
                .map(|f| f.money.len() + f.percents.len())
                .sum()
        };
        assert!(count(&dump) > 100, "a dump of news names amounts");
        group.throughput(Throughput::Bytes(bytes as u64));
        group.sample_size(10);
        group.bench_function("dump", |b| {
            b.iter(|| count(black_box(&dump)));
        });
    }
    group.finish();
}

/// The first articles of the dump, at most 8 MB.
fn dump() -> Vec<String> {
    let Ok(file) = std::fs::File::open("../shared/data/dumps/orangesum.jsonl.zst") else {
        println!("no dump beside the repository: only the article is measured");
        return Vec::new();
    };
    let mut text = Vec::new();
    let decoder = zstd::Decoder::new(file).expect("zstd");
    decoder.take(8 << 20).read_to_end(&mut text).expect("dump");
    String::from_utf8_lossy(&text)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|row| Some(row["body"].as_str()?.to_owned()))
        .collect()
}

criterion_group!(benches, money);
criterion_main!(benches);
