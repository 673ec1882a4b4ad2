//! Speed of the rules of dates over news prose, in bytes per second; each round
//! asserts that the mentions are those that a reader counts.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use glane::{
    article::Published,
    dates::{self, Context},
};
use std::hint::black_box;

/// News prose with some four mentions a kilobyte, as the dailies have.
const ARTICLE: &str = "\
Le conseil municipal de Verneuil a voté mardi soir la fermeture de la piscine, ouverte en 1974 et jugée trop coûteuse par la majorité.
Le maire, réélu en mars 2020, avait promis d'attendre la fin de l'année avant de trancher. « On ne peut plus payer le chauffage », a-t-il dit à la sortie, peu après 22 h 30.
Les travaux de démolition commenceront le 12 janvier prochain et dureront neuf mois. Une réunion publique est prévue vendredi à 18 heures, salle des fêtes.
L'association des usagers, créée il y a trois ans, réunissait chaque semaine deux cents nageurs dans le grand bassin, entre les lignes de couloir et le plongeoir de béton.
Son président rappelle que la ville s'était engagée à tenir jusqu'à l'été, et que le rapport remis au premier trimestre ne parlait que de réparations légères sur la toiture.
Pour les opposants, la décision tient moins aux finances qu'à une certaine idée de la commune, où l'on préfère les parkings aux équipements que tout le monde partage.
Dans les couloirs de la mairie, certains élus de la majorité reconnaissent leur malaise, sans vouloir être cités, et racontent une discussion menée à la hâte, sans vrai débat.
« Les enfants de l'école apprenaient à nager ici, maintenant il faudra les conduire en autocar à l'autre bout du canton », soupire une institutrice, qui a elle-même grandi dans le quartier.
Le directeur des sports, lui, défend un projet de bassin partagé avec les communes voisines, plus petit, mieux isolé, chauffé par le réseau de chaleur et ouvert aux clubs comme aux familles.
Les commerçants de la rue principale, eux, redoutent surtout les camions, la poussière et le bruit du chantier, et demandent que l'on préserve au moins les platanes qui ombragent l'entrée.
Aucune étude n'a encore été publiée sur le coût réel de la remise en état, et les chiffres avancés par les uns et les autres varient du simple au triple selon les hypothèses retenues.
À la préfecture, on indique que le dossier sera examiné « dans les prochaines semaines » et que rien n'interdit de conserver le bâtiment, dont la charpente est classée.
";

/// In one copy: mardi soir, 1974, mars 2020, fin de l'année, 22 h 30; 12 janvier
/// prochain, neuf mois, vendredi, 18 heures; il y a trois ans, chaque semaine;
/// été, premier trimestre; prochaines semaines.
const MENTIONS: usize = 14;

fn bench(c: &mut Criterion) {
    let text = ARTICLE.repeat(100);
    let context = Context {
        published: Published::day(2024, 12, 5),
        blocked: &[],
        ..Context::default()
    };
    let expected = MENTIONS * 100;
    let mut group = c.benchmark_group("dates");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("find", |b| {
        b.iter(|| {
            let found = dates::find(black_box(&text), &context);
            assert_eq!(found.dates.len(), expected);
            found
        })
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
