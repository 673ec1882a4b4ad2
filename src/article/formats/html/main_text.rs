//! Where on a page its article is.

use super::{
    furniture::{self, Words},
    head, holder,
    lines::Lines,
    slim, title,
};
use crate::{article::Unreadable, french::sets::html as sets, kinds::ZoneSpan};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

/// Letters of the least text that an element marked as the article's body has, to be
/// believed.
const LEAST_BODY: usize = 250;
/// Bytes of the least and of the longest first paragraph that stands by itself.
const LEAD: std::ops::RangeInclusive<usize> = 40..=1500;
/// Bytes by which two texts are known to be the same.
const ALIKE: usize = 40;

/// Bytes of the name of an author.
const AUTHOR: std::ops::RangeInclusive<usize> = 3..=60;
/// Elements around a byline that may be a comment's.
const ABOVE: usize = 6;

/// What is found in the body of a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The article's text.
    pub text: String,
    /// What of it is a caption.
    pub zones: Vec<ZoneSpan>,
    /// Headings that may be its title.
    pub headings: Vec<String>,
    /// Who wrote it, by a byline on the page.
    pub author: Option<String>,
}

/// Finds the article in the body of a page; `told` is what the page's head calls it. A
/// heading that says the same is no part of the text: it is the title.
pub(super) fn find(html: &str, told: &[&str]) -> Found {
    let document = Document::from(html);
    let author = author(&document);
    if let Some(body) = document.body() {
        furniture::take_out(body);
    }
    let headings = headings(&document, told);
    let lead = lead(&document);
    let marked = elements(&document).find(furniture::has_article_body);
    let marked = marked.as_ref().map(laid_out);
    let named = || document.body().and_then(holder::named);
    let mut lines = marked
        .filter(|lines| lines.text().len() >= LEAST_BODY)
        .or_else(|| named().as_ref().map(laid_out))
        .or_else(|| readable(document).filter(|lines| !lines.text().is_empty()))
        .or_else(|| all(html))
        .unwrap_or_default();
    if let Some(lead) = lead
        && !lines.text().contains(beginning(&lead))
    {
        lines.put_before(&lead);
    }
    let (text, zones) = lines.finish();
    Found {
        text,
        zones,
        headings,
        author,
    }
}

/// The elements of a page in its order: a walk, where a selector is read and matched anew
/// on each page.
fn elements(document: &Document) -> impl Iterator<Item = NodeRef<'_>> {
    let all = document.root().descendants();
    all.into_iter().filter(NodeRef::is_element)
}

/// The elements of one of these names.
fn named<'d>(document: &'d Document, names: &[&str]) -> Vec<NodeRef<'d>> {
    let is = |node: &NodeRef| {
        let element = node.element_ref();
        element.is_some_and(|e| names.contains(&&*e.name.local))
    };
    elements(document).filter(is).collect()
}

/// Whether an element says of itself that it names an author.
fn is_author(node: &NodeRef) -> bool {
    let Some(element) = node.element_ref() else {
        return false;
    };
    let mut classed = false;
    for attribute in &element.attrs {
        match &*attribute.name.local {
            "itemprop" | "rel" if &*attribute.value == "author" => return true,
            "itemprop" | "rel" | "class" => classed = true,
            _ => {}
        }
    }
    classed && Words::of(node).any(&sets::AUTHORS)
}

/// The name in the first byline that is no comment's.
fn author(document: &Document) -> Option<String> {
    let is_comment = |node: &NodeRef| Words::of(node).any(&sets::COMMENTS);
    elements(document).filter(is_author).find_map(|node| {
        let text = text(&node);
        let rest = sets::BEFORE_AUTHORS.begins(&text).map(|end| &text[end..]);
        let name = rest.unwrap_or(&text);
        let name = name
            .split(['\n', ',', '·', '|'])
            .next()
            .unwrap_or_default()
            .trim();
        let is_name = AUTHOR.contains(&name.len())
            && name.starts_with(char::is_uppercase)
            && !name.contains(|c: char| c.is_ascii_digit() || c == '@' || c == ':');
        let comment = is_comment(&node) || node.ancestors(Some(ABOVE)).iter().any(is_comment);
        (is_name && !comment).then(|| name.to_owned())
    })
}

/// Headings that may be the title: those of the first order, and one of a lower order that
/// says what the head says. The title is taken out of the tree.
fn headings(document: &Document, told: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut agreed = false;
    let is_told = |text: &str| told.iter().any(|t| title::alike(text, t));
    for heading in named(document, &["h1"]) {
        let text = text(&heading).replace('\n', " ");
        // Where the head says nothing, the first is the title.
        let first = told.is_empty() && out.is_empty();
        let is_told = is_told(&text);
        if first || text.is_empty() || is_told {
            agreed |= is_told;
            heading.remove_from_parent();
        }
        out.extend(Some(text).filter(|text| !text.is_empty()));
    }
    if !agreed {
        let lower = named(document, &["h2", "h3"]);
        let told = lower.iter().find_map(|heading| {
            let text = text(heading).replace('\n', " ");
            is_told(&text).then_some((heading, text))
        });
        if let Some((heading, text)) = told {
            heading.remove_from_parent();
            out.push(text);
        }
    }
    out
}

/// The text of a body that came in another way: of JSON-LD, in lines or in HTML.
pub(super) fn plain(body: &str) -> String {
    let marked = body.contains("</") || body.contains("<br");
    if !marked {
        return head::plain(body).trim().to_owned();
    }
    let document = Document::from(&*slim::slim(body).html);
    document.body().as_ref().map(text).unwrap_or_default()
}

/// The article as Mozilla's Readability finds it, whose rules `dom_smoothie` has.
fn readable(document: Document) -> Option<Lines> {
    let config = Config {
        // Captions are known by them.
        keep_classes: true,
        disable_json_ld: true,
        ..Config::default()
    };
    // What it cannot do with a page costs its help, not the page.
    let found = Unreadable::guard("parse", || {
        let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
        readability.parse().ok()?;
        let main = readability.doc.select_single("#readability-page-1");
        main.nodes().first().map(laid_out)
    });
    found.ok().flatten()
}

/// All that the page shows: better than nothing where no rule finds an article.
fn all(html: &str) -> Option<Lines> {
    let document = Document::from(html);
    document.body().as_ref().map(laid_out)
}

fn laid_out(node: &NodeRef) -> Lines {
    let mut lines = Lines::default();
    lines.node(*node, false);
    lines
}

fn text(node: &NodeRef) -> String {
    laid_out(node).finish().0
}

/// The paragraph under the title, which pages of the press set apart from the others.
fn lead(document: &Document) -> Option<String> {
    let all = named(document, &["p", "div", "h2", "section", "span", "strong"]);
    let mut named = all.iter().filter(|n| Words::of(n).any(&sets::LEADS));
    named.find_map(|node| Some(text(node)).filter(|text| LEAD.contains(&text.len())))
}

fn beginning(text: &str) -> &str {
    let end = text.char_indices().map(|(i, _)| i).find(|i| *i >= ALIKE);
    &text[..end.unwrap_or(text.len())]
}
