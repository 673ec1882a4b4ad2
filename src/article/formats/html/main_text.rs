//! Where on a page its article is.

use super::{
    furniture::{self, Words},
    lines::Lines,
};
use crate::{french::sets::html as sets, kinds::ZoneSpan};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

/// Letters of the least text that an element marked as the article's body has, to be
/// believed.
const LEAST_BODY: usize = 250;
/// Bytes of the least and of the longest first paragraph that stands by itself.
const LEAD: std::ops::RangeInclusive<usize> = 40..=1500;
/// Bytes by which two texts are known to be the same.
const ALIKE: usize = 40;

/// What is found in the body of a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The article's text.
    pub text: String,
    /// What of it is a caption.
    pub zones: Vec<ZoneSpan>,
    /// Headings of the first order.
    pub headings: Vec<String>,
}

/// Finds the article in the body of a page.
pub(super) fn find(html: &str) -> Found {
    let document = Document::from(html);
    let headings = document.select("h1");
    let headings = headings.nodes().iter().map(|h| text(h).replace('\n', " "));
    let headings = headings.filter(|h| !h.is_empty()).collect();
    if let Some(body) = document.body() {
        furniture::take_out(body);
    }
    let lead = lead(&document);
    let body = document.select_single("[itemprop~='articleBody']");
    let marked = body.nodes().first().map(laid_out);
    let mut lines = marked
        .filter(|lines| lines.text().len() >= LEAST_BODY)
        .or_else(|| readable(document))
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
    }
}

/// The article as Mozilla's Readability finds it, whose rules `dom_smoothie` has.
fn readable(document: Document) -> Option<Lines> {
    let config = Config {
        // Captions are known by them.
        keep_classes: true,
        disable_json_ld: true,
        ..Config::default()
    };
    let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
    readability.parse().ok()?;
    let main = readability.doc.select_single("#readability-page-1");
    main.nodes().first().map(laid_out)
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
    let all = document.select("p, div, h2, section, span, strong");
    let mut named = all
        .nodes()
        .iter()
        .filter(|n| Words::of(n).any(&sets::LEADS));
    named.find_map(|node| Some(text(node)).filter(|text| LEAD.contains(&text.len())))
}

fn beginning(text: &str) -> &str {
    let end = text.char_indices().map(|(i, _)| i).find(|i| *i >= ALIKE);
    &text[..end.unwrap_or(text.len())]
}
