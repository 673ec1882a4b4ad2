//! The HTML export of Europresse: an `article` each, its parts by their classes.

use super::super::xml::{Element, Elements, Gives, Part};
use crate::article::container::{Articles, Container, Open, Opened};
use std::io;

/// Europresse, as HTML.
pub static EUROPRESSE: Container = Container {
    name: "europresse",
    aliases: &[],
    extensions: &[],
    holds: "an HTML export of Europresse, cut into its articles",
    articles: Articles::Many,
    sniff: |head| {
        let has = |part: &str| memchr::memmem::find(head, part.as_bytes()).is_some();
        has("<article") && MARKS.iter().any(|mark| has(mark))
    },
    open: Open::Stream(|stream, options| {
        let most = options.max_article_bytes;
        let (inner, warning) = stream.into_rows();
        Ok::<_, io::Error>(Opened {
            cut: Box::new(Elements {
                inner,
                names: &["article"],
                row: 0,
                most,
                body: Box::new(|bytes| {
                    Box::new(Element {
                        bytes,
                        parts: PARTS,
                        declared: None,
                    })
                }),
            }),
            warning,
        })
    }),
};

/// Classes by which an export is known.
const MARKS: &[&str] = &[
    "DocPublicationName",
    "titreArticle",
    "docOcurrContainer",
    "publiC-lblNodoc",
];

/// The date stands in the line under the name of the paper.
const PARTS: &[Part] = &[
    ("article//script", Gives::Nothing),
    ("article//style", Gives::Nothing),
    ("article//.publiC-lblNodoc", Gives::Id),
    ("article//.rdp__articletitle", Gives::Title),
    ("article//.titreArticleVisu", Gives::Title),
    ("article//.titreArticle", Gives::Title),
    ("article//.DocHeader", Gives::Date),
    ("article//.docOcurrContainer", Gives::Text),
    ("article//.DocText", Gives::Text),
    ("article//section", Gives::Text),
    ("article//.DocPublicationName", Gives::Meta("site")),
    ("article//.rdp__DocPublicationName", Gives::Meta("site")),
    ("article//.docAuthors", Gives::Meta("author")),
    ("article//.sm-margin-bottomNews", Gives::Meta("author")),
];
