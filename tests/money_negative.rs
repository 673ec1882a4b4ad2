//! What looks like money or a percentage and is none.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use glane::money::{Context, find};

#[test]
fn never_money() {
    let context = Context {
        published: "2024-05-02".parse().ok(),
        crypto: false,
        ..Context::default()
    };
    for text in [
        "Le plan a créé 100 000 emplois.",
        "Elle est née en 1987, à Lens.",
        "Appelez le 01 44 55 66 77.",
        "Le match s’est achevé sur le score de 3 à 1.",
        "Il faisait 12 °C, 54 °F au soleil.",
        "Il a publié trois livres et lu 12 livres d’histoire.",
        "Le club compte 42 points.",
        "Les 15 sous la barre ont été repêchés.",
        "Franc 3, Martin 2 : la partie est finie.",
        "L’Euro 2016 a réuni 24 équipes.",
        "Les 20 pays de la zone euro se réunissent.",
        "Mark 2 est sorti, puis Rand 12.",
        "Le Real Madrid mène 3 à 0 ; 12 Real ont suivi.",
        "Mme Yuan, 34 ans, habite Lyon.",
        "Livre Paris a reçu 160 000 visiteurs.",
        "Ce fut un franc succès.",
        "Deux francs-tireurs et un franc-maçon.",
        "Des millions d'euros ont disparu.",
        "Quelques millions d’euros, des centaines de milliers de dollars.",
        "Plusieurs milliards de dollars.",
        "Il n’a pas un sou, pas un centime.",
        "Nous avons couru cinq cents mètres.",
        "La COP 28, le CAC 40 et la PHP 8.",
        "Il habite 12 rue du Dollar.",
        "Le cours EUR/USD a peu varié.",
        "Un sol pauvre, deux sols riches.",
        "Un lot de 3 couronnes de fleurs.",
        "Cela pèse trois livres.",
        "Voir https://exemple.fr/?prix=%20dollars",
        "La moitié des 500 milliards a été dépensée.",
        "Trois gourdes d’eau et deux sucres.",
        "J’ai cent marques de confiance.",
        "En 2020 LE PRÉSIDENT parla.",
        "Les 3 Grands Prix de la saison, et la région 4 Grand Est.",
        "La monoplace 246 F1 est exposée.",
        "Le prix est de 12..5 € net.",
        "Le prix est de 12,,5 € net.",
        "Le prix est de 1\u{200b}2 € net.",
        "Le prix est de 1\u{2060}2 euros net.",
        "Le prix est de 1e400 € net.",
    ] {
        let found = find(text, &context);
        let seen: Vec<_> = found.money.iter().map(|m| &text[m.start..m.end]).collect();
        assert!(seen.is_empty(), "{text}: {seen:?}");
    }
}

#[test]
fn never_percentages() {
    for text in [
        "https://exemple.fr/?q=a%20b&c=100%25",
        "Le CAC 40 a fini à 8 140 points.",
        "L’équipe a pris trois points au classement.",
        "Le point 3 de l’ordre du jour.",
        "En quatre points, le programme.",
        "Il a marqué 31 points et pris 9 rebonds.",
        "Un point presse est prévu.",
        "% de réussite",
        "Il a marqué 12 points et demi par match.",
    ] {
        let found = find(text, &Context::default());
        let seen: Vec<_> = found
            .percents
            .iter()
            .map(|m| &text[m.start..m.end])
            .collect();
        assert!(seen.is_empty(), "{text}: {seen:?}");
    }
}
