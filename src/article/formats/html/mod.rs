//! Pages of the web: HTML in, the article on the page out.
//!
//! [`read`] is the way in for all that holds pages, a file or the records of a crawl.

mod encoding;
mod furniture;
mod head;
mod holder;
mod json_ld;
mod lines;
mod main_text;
mod page;
mod slim;
#[cfg(test)]
mod tests;
mod title;

use super::text::whole;
use crate::article::{
    Article, Fields, Unreadable,
    container::{Articles, Body, Container, Open},
    fields::Used,
};

/// A page of the web.
pub static HTML: Container = Container {
    name: "html",
    aliases: &["htm"],
    extensions: &["html", "htm", "xhtml"],
    holds: "a page of the web, which holds one article",
    articles: Articles::One,
    sniff,
    open: Open::Stream(|stream, options| Ok(whole(stream, options, |bytes| Box::new(Page(bytes))))),
};

/// A document type or an element of a page's head before anything else.
fn sniff(head: &[u8]) -> bool {
    let mut head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    // Instructions of XML and comments may stand before it.
    while let Some(rest) = head.strip_prefix(b"<?xml").or(head.strip_prefix(b"<!--")) {
        let end = memchr::memchr(b'>', rest).map_or(rest.len(), |n| n + 1);
        head = rest[end..].trim_ascii_start();
    }
    ["<!doctype html", "<html", "<head"].iter().any(|start| {
        let begins = head.get(..start.len());
        begins.is_some_and(|b| b.eq_ignore_ascii_case(start.as_bytes()))
    })
}

#[derive(Debug)]
struct Page(Vec<u8>);

impl Body for Page {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn raw(&self) -> Option<&[u8]> {
        Some(&self.0)
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        read(&self.0, &Origin::default(), fields, article, used)
    }
}

/// What is known about a page from outside of it.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::article) struct Origin<'a> {
    /// Its address. One that the page gives of itself comes first.
    pub url: Option<&'a str>,
    /// The encoding that the server named, in `Content-Type`.
    pub charset: Option<&'a str>,
}

/// Fills `article` in from the bytes of a page: text (a paragraph a line), title,
/// publication date, and in `meta` what the page says of `url`, `site`, `author` and
/// `modified`, and whatever else of [`page::FIELDS`] is to be kept.
///
/// # Errors
/// When the bytes are no text. A page without an article is one with an empty text.
pub(in crate::article) fn read(
    bytes: &[u8],
    origin: &Origin,
    fields: &Fields,
    article: &mut Article,
    used: &mut Used,
) -> Result<(), Unreadable> {
    let decoded =
        encoding::decode(bytes, origin.charset).map_err(|e| Unreadable::new("decode", e))?;
    article.warnings.extend(decoded.warning);
    let slim = slim::slim(&decoded.text);
    if slim.tags_left_out > 0 {
        let warning = format!("html_tags_left_out:{}", slim.tags_left_out);
        article.warnings.push(warning);
    }
    page::fill(&slim, origin, fields, article, used);
    Ok(())
}
