//! The element that the page itself names as its article: `article`, `main`, or one of
//! a class that says so, where it holds nearly all prose of the page and few links.
//!
//! Readability takes lists and tables that have little prose for furniture; what the
//! page says comes first.

use super::furniture::Words;
use crate::french::sets::html as sets;
use dom_query::{NodeData, NodeRef};

/// Of the prose of a page, in hundredths, what its article has.
const LEAST_PROSE: usize = 85;
/// Of the text of an article, in hundredths, what its links have at most.
const MOST_LINKS: usize = 20;
/// Bytes of the least article.
const LEAST: usize = 100;

/// Bytes without white space in an element: all, in links, in paragraphs.
#[derive(Debug, Clone, Copy, Default)]
struct Text {
    all: usize,
    links: usize,
    prose: usize,
}

/// The innermost of the elements that are named so and hold the article.
pub(super) fn named(body: NodeRef) -> Option<NodeRef> {
    let mut named = Vec::new();
    let page = measure(body, false, false, &mut named);
    let holds = |text: &Text| {
        text.all >= LEAST
            && text.prose * 100 >= page.prose * LEAST_PROSE
            && text.links * 100 <= text.all * MOST_LINKS
    };
    // Those inside come before those around them.
    named
        .into_iter()
        .find(|(_, text)| holds(text))
        .map(|(node, _)| node)
}

fn measure<'a>(
    node: NodeRef<'a>,
    in_link: bool,
    in_prose: bool,
    named: &mut Vec<(NodeRef<'a>, Text)>,
) -> Text {
    let Some(element) = node.element_ref() else {
        let all = node.query_or(0, |n| match &n.data {
            NodeData::Text { contents } => contents
                .bytes()
                .filter(|b| !b.is_ascii_whitespace())
                .count(),
            _ => 0,
        });
        return Text {
            all,
            links: if in_link { all } else { 0 },
            prose: if in_prose && !in_link { all } else { 0 },
        };
    };
    let name = &*element.name.local;
    let in_link = in_link || name == "a";
    let in_prose = in_prose || matches!(name, "p" | "li" | "td" | "dd" | "blockquote");
    let mut out = Text::default();
    for child in node.children_it(false) {
        let text = measure(child, in_link, in_prose, named);
        out.all += text.all;
        out.links += text.links;
        out.prose += text.prose;
    }
    let role = element.attrs.iter().find(|a| &*a.name.local == "role");
    let is = matches!(name, "article" | "main")
        || role.is_some_and(|role| &*role.value == "main")
        || (matches!(name, "div" | "section") && Words::of(&node).any(&sets::HOLDERS));
    if is {
        named.push((node, out));
    }
    out
}
