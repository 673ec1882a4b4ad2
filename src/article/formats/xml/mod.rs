//! XML of the press and of archives: feeds, TEI, NITF, NewsML. Which of them a file is
//! says its root.

mod cut;
mod feeds;
mod news;
mod read;
mod tei;

use self::read::{names, read};
pub(super) use self::{
    cut::Elements,
    read::{Gives, Part},
};

use crate::article::{
    Article, Fields, Unreadable,
    container::{Articles, Body, Container, Open, Opened},
    decode,
    fields::{Used, shortened},
    options::Options,
    stream::Stream,
};
use encoding_rs::{Encoding, UTF_8};
use std::io;

/// XML.
pub static XML: Container = Container {
    name: "xml",
    aliases: &["rss", "atom", "tei", "nitf", "newsml"],
    extensions: &["xml", "rss", "atom", "tei", "nitf", "newsml"],
    holds: "articles of RSS, Atom, TEI, NITF or NewsML",
    articles: Articles::Many,
    sniff: |head| cut::root(head).0.is_some_and(|root| kind(&root).is_some()),
    open: Open::Stream(open),
};

/// A kind of XML: names of its root, of the elements that are articles, and what they
/// hold.
struct Kind {
    roots: &'static [&'static str],
    articles: &'static [&'static str],
    parts: &'static [Part],
}

static KINDS: &[Kind] = &[
    Kind {
        roots: &["rss", "RDF"],
        articles: &["item"],
        parts: feeds::RSS,
    },
    Kind {
        roots: &["feed", "entry"],
        articles: &["entry"],
        parts: feeds::ATOM,
    },
    Kind {
        roots: &["TEI", "TEI.2", "teiCorpus", "teiCorpus.2"],
        articles: &["TEI", "TEI.2"],
        parts: tei::TEI,
    },
    Kind {
        roots: &["nitf"],
        articles: &["nitf"],
        parts: news::NITF,
    },
    Kind {
        roots: &["newsItem", "newsMessage"],
        articles: &["newsItem"],
        parts: news::NEWSML_G2,
    },
    Kind {
        roots: &["NewsML", "NewsItem"],
        articles: &["NewsItem"],
        parts: news::NEWSML_1,
    },
];

fn kind(root: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.roots.contains(&root))
}

fn open(stream: Stream, options: &Options) -> io::Result<Opened> {
    let most = options.max_article_bytes;
    let (mut inner, warning) = stream.into_rows();
    let (root, declared) = cut::root(inner.fill_buf()?);
    let Some(kind) = root.as_deref().and_then(kind) else {
        let root = match root {
            Some(root) => format!("`{}`", shortened(&root, 40)),
            None => "no element".to_owned(),
        };
        let known: Vec<_> = KINDS.iter().flat_map(|k| k.roots).copied().collect();
        return Err(io::Error::other(format!(
            "its root is {root}, and no XML that is read ({}): write its articles as JSON Lines, \
             CSV or text first",
            known.join(", ")
        )));
    };
    // UTF-16 is UTF-8 by now, whatever is declared.
    let declared = declared.filter(|_| warning.is_none());
    Ok(Opened {
        cut: Box::new(Elements {
            inner,
            names: kind.articles,
            row: 0,
            most,
            body: Box::new(move |bytes| {
                Box::new(Element {
                    bytes,
                    parts: kind.parts,
                    declared,
                })
            }),
        }),
        warning,
    })
}

/// An element that is an article.
#[derive(Debug)]
pub(super) struct Element {
    pub bytes: Vec<u8>,
    pub parts: &'static [Part],
    /// The encoding that the file declares.
    pub declared: Option<&'static Encoding>,
}

impl Body for Element {
    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn raw(&self) -> Option<&[u8]> {
        Some(&self.bytes)
    }

    fn fields(&self) -> Vec<String> {
        names(self.parts)
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        let decoded = match self.declared {
            Some(declared) if declared != UTF_8 => decode::with(declared, &self.bytes),
            _ => decode::decode(&self.bytes).map_err(|e| Unreadable::new("decode", e))?,
        };
        article.warnings.extend(decoded.warning);
        read(&decoded.text, self.parts, fields, article, used)
    }
}

#[cfg(test)]
mod tests;
