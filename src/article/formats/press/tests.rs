use super::{super::settled, *};
use crate::article::{Container, Open};
use std::io::Cursor;

fn read(format: &Container, bytes: &[u8]) -> (Vec<[String; 6]>, BTreeMap<String, u64>) {
    let stream = Stream::new(Cursor::new(bytes.to_vec())).unwrap();
    let Open::Stream(open) = format.open else {
        panic!("exports are streams")
    };
    let mut cut = open(stream, &Options::default()).unwrap().cut;
    let mut out = Vec::new();
    while let Some(body) = cut.next().unwrap() {
        let mut a = Article::default();
        body.read(&Fields::default(), &mut a, &mut Default::default())
            .unwrap();
        let meta = |name: &str| {
            a.meta
                .get(name)
                .map(|v| v.as_json().trim_matches('"').to_owned())
        };
        out.push([
            a.id.clone(),
            a.title.clone().unwrap_or_default(),
            a.published.map(|p| p.0.to_string()).unwrap_or_default(),
            a.text.clone(),
            meta("site").unwrap_or_default(),
            meta("author").unwrap_or_default(),
        ]);
    }
    (out, cut.left_aside())
}

fn settles(extension: &str, text: &str) -> &'static str {
    settled(Container::named(extension).unwrap(), text.as_bytes()).name
}

const FACTIVA_LINES: &str = "\u{feff}Économie\nLa gare de Nîmes fermera en juillet\n\nPar Inès Faure\n612 mots\n\
15 mars 2024\n05:12\nLe Petit Nîmois\nPTNIMO\n12\nFrançais\n© 2024 Le Petit Nîmois. Tous droits réservés.\n\n\
La gare fermera pour travaux.\n\nElle rouvrira lundi.\n\nDocument PTNIMO0020240315ek3f0000x\n\n\
Un pont neuf\n1 204 mots\n16 mars 2024\nLe Petit Nîmois\nPTNIMO\nFrançais\n© 2024 Le Petit Nîmois\n\
Le pont est neuf.\nDocument PTNIMO0020240316ek3g00001\n\nRésumé de la recherche\nTexte gare\n";

#[test]
fn articles_of_factiva() {
    assert_eq!(settles("txt", FACTIVA_LINES), "factiva");
    let (all, left) = read(&FACTIVA, FACTIVA_LINES.as_bytes());
    assert_eq!(
        all,
        [
            [
                "PTNIMO0020240315ek3f0000x",
                "La gare de Nîmes fermera en juillet",
                "2024-03-15",
                "La gare fermera pour travaux.\nElle rouvrira lundi.",
                "Le Petit Nîmois",
                "Inès Faure"
            ],
            [
                "PTNIMO0020240316ek3g00001",
                "Un pont neuf",
                "2024-03-16",
                "Le pont est neuf.",
                "Le Petit Nîmois",
                ""
            ]
        ]
    );
    assert_eq!(left.values().sum::<u64>(), 1);
    let labelled = "HD La gare de Nîmes\nfermera\nBY Par Inès Faure\nWC 612 mots\nPD 15 mars 2024\n\
        SN Le Petit Nîmois\nLA Français\nLP\nLa gare fermera.\n\nTD\nElle rouvrira.\nUn TGV passe.\n\
        AN Document PTNIMO0020240315ek3f0000x\n";
    assert_eq!(settles("txt", labelled), "factiva");
    assert_eq!(
        read(&FACTIVA, labelled.as_bytes()).0,
        [[
            "PTNIMO0020240315ek3f0000x",
            "La gare de Nîmes fermera",
            "2024-03-15",
            "La gare fermera.\nElle rouvrira.\nUn TGV passe.",
            "Le Petit Nîmois",
            "Inès Faure"
        ]]
    );
}

#[test]
fn articles_of_nexis() {
    let old = "\n                1 of 2 DOCUMENTS\n\n           Le Petit Nîmois\n\n       15 mars 2024 vendredi\n\n\
        La gare de Nîmes fermera\n\nBYLINE: Inès Faure\n\nSECTION: ÉCONOMIE; Pg. 12\n\nLENGTH: 523 words\n\n\
        La gare fermera : c'est sûr.\n\nElle rouvrira.\n\nLOAD-DATE: March 15, 2024\n\nLANGUAGE: FRENCH\n\n\
        Copyright 2024 Le Petit Nîmois\nAll Rights Reserved\n\n                2 of 2 DOCUMENTS\n\n\
        Le Petit Nîmois\n\n16 mars 2024 samedi\n\nUn pont\n\nLONGUEUR: 20 mots\n\nLe pont est neuf.\n\n\
        LANGUE: FRANÇAIS\n";
    assert_eq!(settles("txt", old), "nexis");
    let first = [
        "",
        "La gare de Nîmes fermera",
        "2024-03-15",
        "La gare fermera : c'est sûr.\nElle rouvrira.",
        "Le Petit Nîmois",
        "Inès Faure",
    ];
    let second = [
        "",
        "Un pont",
        "2024-03-16",
        "Le pont est neuf.",
        "Le Petit Nîmois",
        "",
    ];
    assert_eq!(read(&NEXIS, old.as_bytes()).0, [first, second]);
    let uni = "La gare de Nîmes fermera\nLe Petit Nîmois\n15 mars 2024 vendredi\n\nCopyright 2024 Le Petit Nîmois \
        All Rights Reserved\n\nSection: ÉCONOMIE; Pg. 12\nLength: 523 words\nByline: Inès Faure\nBody\n\n\
        La gare fermera : c'est sûr.\n\nElle rouvrira.\n\nClassification\nLanguage: FRENCH\nLoad-Date: \
        March 15, 2024\n\nEnd of Document\n";
    assert_eq!(settles("txt", uni), "nexis");
    assert_eq!(read(&NEXIS, uni.as_bytes()).0, [first]);
}

#[test]
fn articles_of_europresse() {
    let html = "<html><head><title>Documents</title></head><body><article><header>\
        <div class='rdp__DocPublicationName'><span class='DocPublicationName'>Le Petit Nîmois</span></div>\
        <span class='DocHeader'>Économie, vendredi 15 mars 2024 612 mots, p. 12</span>\
        <div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>La gare <mark>fermera</mark></p></div>\
        <div class='docAuthors'>Inès Faure</div></header><section><div class='docOcurrContainer'>\
        <p>La gare<br>fermera.<p>Elle&nbsp;rouvrira.</p></div></section><aside>\
        <div class='publiC-lblNodoc'>news·20240315·PN·x1</div></aside></article>\
        <article><p class='titreArticle'>Un pont</p><div class='DocText clearfix'>Le pont.</div></article></body></html>";
    assert_eq!(settles("html", html), "europresse");
    assert_eq!(
        settles("html", "<html><article><p>La gare</p></article></html>"),
        "html"
    );
    let (all, _) = read(&EUROPRESSE, html.as_bytes());
    assert_eq!(
        all,
        [
            [
                "news·20240315·PN·x1",
                "La gare fermera",
                "2024-03-15",
                "La gare\nfermera.\nElle&nbsp;rouvrira.",
                "Le Petit Nîmois",
                "Inès Faure"
            ],
            ["", "Un pont", "", "Le pont.", "", ""]
        ]
    );
}

#[test]
fn plain_texts_are_none_of_them() {
    for text in [
        "La gare de Nîmes fermera\n\nLe texte compte 612 mots.\n© Le Petit Nîmois\n",
        "Titre\n12 mots\nUn poème.\n",
        "Longueur: 3 km\nLe pont est long.\n",
        "Document 1 de 2\n\nCeci est un rapport.\n",
    ] {
        assert_eq!(settles("txt", text), "txt", "{text}");
    }
}
