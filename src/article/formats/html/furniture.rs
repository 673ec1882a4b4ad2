//! What stands on a page around its article: menus, links to other articles, buttons,
//! notices, comments. It is told by its element, by the words of its class, and by
//! its form, and taken out of the tree before the article is looked for.

use crate::french::sets::html as sets;
use dom_query::{Element, NodeData, NodeRef};
use std::collections::BTreeMap;

/// Bytes of a byline or a date; what is longer has more to say.
const LONGEST_BYLINE: usize = 400;
/// Bytes beside its link that a teaser of another article has.
const LONGEST_TEASER: usize = 320;
/// Teasers of one form that make a list of them.
const LEAST_TEASERS: usize = 3;
/// Bytes of a line that leads to another article.
const LONGEST_LEAD_ON: usize = 300;
/// Bytes of the least text that counts as prose where a first paragraph is looked for.
const LEAST_LEAD: usize = 40;

/// What is known of an element and all that is in it. Lengths are bytes without
/// white space.
#[derive(Debug, Clone, Copy, Default)]
struct Inside {
    text: usize,
    links: usize,
    /// Text of paragraphs, outside of links.
    prose: usize,
    /// It holds the title, or the element that says it holds the article.
    vital: bool,
    /// A heading that is a link, or a link that holds a heading.
    teaser: bool,
}

/// Bytes of what a page says where something is not shown.
const LONGEST_NOTICE: usize = 400;

/// Of the text of a block, in hundredths, what its links have where it is a list of them.
const LEAST_LINKS: usize = 75;

/// Why an element goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It goes whatever it holds.
    Surely,
    /// It stays where it holds much of the page's prose: then its name misleads.
    UnlessProse,
}

/// Takes it out of the tree. Gives the first paragraphs that stood outside of the
/// others, which are part of the article.
pub(super) fn take_out(root: NodeRef) {
    let mut walk = Walk::default();
    let all = walk.element(root, false);
    for (node, why, prose) in walk.going {
        if why == Why::Surely || prose * 2 <= all.prose {
            node.remove_from_parent();
        }
    }
}

#[derive(Default)]
struct Walk<'a> {
    going: Vec<(NodeRef<'a>, Why, usize)>,
}

/// The words of class and id, in lower case, and the places where each ends.
#[derive(Default)]
pub(super) struct Words {
    letters: String,
    ends: Vec<usize>,
}

impl Words {
    pub fn of(node: &NodeRef) -> Self {
        let mut out = Self::default();
        let Some(element) = node.element_ref() else {
            return out;
        };
        for attribute in &element.attrs {
            if matches!(&*attribute.name.local, "class" | "id") {
                out.read(&attribute.value);
            }
        }
        out
    }

    fn read(&mut self, value: &str) {
        let mut lower = false;
        self.end();
        for c in value.chars() {
            if !c.is_ascii_alphabetic() {
                self.end();
                lower = false;
                continue;
            }
            if c.is_ascii_uppercase() && lower {
                self.end();
            }
            lower = c.is_ascii_lowercase();
            self.letters.push(c.to_ascii_lowercase());
        }
        self.end();
    }

    fn end(&mut self) {
        if self.ends.last().copied().unwrap_or(0) < self.letters.len() {
            self.ends.push(self.letters.len());
        }
    }

    /// Whether a word, or up to three that follow each other, is in the set.
    pub fn any(&self, set: &crate::french::WordSet) -> bool {
        let mut start = 0;
        for (i, end) in self.ends.iter().enumerate() {
            let more = self.ends[i..].iter().take(3);
            for end in more {
                if set.contains(&self.letters[start..*end]) {
                    return true;
                }
            }
            start = *end;
        }
        false
    }
}

impl<'a> Walk<'a> {
    fn element(&mut self, node: NodeRef<'a>, in_link: bool) -> Inside {
        // Nothing changes the tree before the walk has ended.
        let Some(element) = node.element_ref() else {
            return text_of(&node, in_link);
        };
        let (name, marks) = (&*element.name.local, Marks::of(&element));
        let mut inside = Inside::default();
        let is_link = name == "a";
        let heading = matches!(name, "h2" | "h3" | "h4" | "h5");
        let mut children: Vec<(NodeRef<'a>, Inside)> = Vec::new();
        for child in node.children_it(false) {
            let part = self.element(child, in_link || is_link);
            inside.text += part.text;
            inside.links += part.links;
            inside.prose += part.prose;
            inside.vital |= part.vital;
            inside.teaser |= part.teaser;
            if child.is_element() {
                children.push((child, part));
            }
        }
        inside.teaser |= heading && inside.links > 0 && inside.links * 10 >= inside.text * 9;
        inside.teaser |= heading && in_link;
        if matches!(name, "p" | "li" | "td" | "dd" | "blockquote") || is_leaf(&children) {
            inside.prose = inside.text - inside.links;
        }
        if name == "h1" || marks.article_body {
            inside.vital = true;
        }
        self.teasers(&children);
        if let Some(why) = why(&node, name, &marks, &inside) {
            self.going.push((node, why, inside.prose));
        }
        inside
    }

    /// Elements of one form, each with a link as its heading.
    fn teasers(&mut self, children: &[(NodeRef<'a>, Inside)]) {
        let form = |node: &NodeRef| {
            let [name, class] = [node.node_name(), node.class()];
            (name.map(String::from), class.map(String::from))
        };
        let is_teaser = |inside: &Inside| {
            inside.teaser && !inside.vital && inside.text - inside.links <= LONGEST_TEASER
        };
        // The article may stand among them.
        // In an order that is the same every time.
        let mut by_form: BTreeMap<_, Vec<NodeRef<'a>>> = BTreeMap::new();
        for (node, inside) in children {
            if is_teaser(inside) {
                by_form.entry(form(node)).or_default().push(*node);
            }
        }
        let lists = by_form
            .into_values()
            .filter(|all| all.len() >= LEAST_TEASERS);
        self.going
            .extend(lists.flatten().map(|node| (node, Why::Surely, 0)));
    }
}

/// Whether an element holds no other block of text.
fn is_leaf(children: &[(NodeRef, Inside)]) -> bool {
    children.iter().all(|(child, _)| {
        child.element_ref().is_some_and(|e| {
            matches!(
                &*e.name.local,
                "a" | "span" | "br" | "sup" | "sub" | "img" | "time" | "q" | "cite"
            )
        })
    })
}

fn text_of(node: &NodeRef, in_link: bool) -> Inside {
    let text = node.query_or(0, |n| match &n.data {
        NodeData::Text { contents } => contents
            .bytes()
            .filter(|b| !b.is_ascii_whitespace())
            .count(),
        _ => 0,
    });
    Inside {
        text,
        links: if in_link { text } else { 0 },
        ..Inside::default()
    }
}

/// Whether an element says that it holds the article.
pub(super) fn has_article_body(node: &NodeRef) -> bool {
    let Some(element) = node.element_ref() else {
        return false;
    };
    let mut all = element.attrs.iter();
    all.any(|a| &*a.name.local == "itemprop" && names_article_body(&a.value))
}

fn names_article_body(property: &str) -> bool {
    let mut all = property.split_ascii_whitespace();
    all.any(|p| p == "articleBody")
}

/// What the attributes of an element say, but for the words of its class.
#[derive(Debug, Clone, Copy, Default)]
struct Marks<'e> {
    role: &'e str,
    /// It shows nothing.
    hidden: bool,
    /// It says that it holds the article.
    article_body: bool,
    /// It says that it names an author.
    author: bool,
    /// It has a class or an id.
    named: bool,
}

impl<'e> Marks<'e> {
    fn of(element: &'e Element) -> Self {
        let mut out = Self::default();
        for attribute in &element.attrs {
            let value = &*attribute.value;
            match &*attribute.name.local {
                "class" | "id" => out.named = true,
                "role" => out.role = value,
                "itemprop" => {
                    out.article_body = names_article_body(value);
                    out.author |= value == "author";
                }
                "rel" => out.author |= value == "author",
                "hidden" => out.hidden |= value != "until-found",
                "aria-hidden" => out.hidden |= value == "true",
                // What AMP shows where something else is not there.
                "placeholder" | "fallback" => {
                    out.hidden |= !matches!(&*element.name.local, "input" | "textarea");
                }
                "style" => {
                    let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                    out.hidden |=
                        style.contains("display:none") || style.contains("visibility:hidden");
                }
                _ => {}
            }
        }
        out
    }
}

fn why(node: &NodeRef, name: &str, marks: &Marks, inside: &Inside) -> Option<Why> {
    if matches!(name, "html" | "body" | "main" | "head") {
        return None;
    }
    if marks.hidden {
        return Some(if inside.vital {
            return None;
        } else {
            Why::UnlessProse
        });
    }
    let role = marks.role;
    if matches!(
        role,
        "alertdialog" | "dialog" | "search" | "menu" | "menubar" | "tablist"
    ) {
        return Some(Why::Surely);
    }
    if inside.vital {
        return None;
    }
    if matches!(
        name,
        "nav"
            | "footer"
            | "button"
            | "form"
            | "menu"
            | "amp-sidebar"
            | "amp-ad"
            | "amp-list"
            | "amp-analytics"
    ) || matches!(
        role,
        "navigation" | "contentinfo" | "banner" | "complementary"
    ) {
        return Some(Why::UnlessProse);
    }
    if matches!(name, "aside" | "address") || is_list_of_links(name, inside) {
        return Some(Why::UnlessProse);
    }
    let words = match marks.named {
        true => Words::of(node),
        false => Words::default(),
    };
    if words.any(&sets::COMMENTS) {
        return Some(Why::Surely);
    }
    let leads = inside.links == 0 && inside.text >= LEAST_LEAD && words.any(&sets::LEADS);
    if words.any(&sets::AROUND) && !leads {
        return Some(Why::UnlessProse);
    }
    if words.any(&sets::BYLINES) && inside.text <= LONGEST_BYLINE {
        return Some(Why::UnlessProse);
    }
    if inside.text > 0 && inside.text <= LONGEST_NOTICE && is_notice(node, name) {
        return Some(Why::Surely);
    }
    if marks.author {
        return Some(Why::UnlessProse);
    }
    if matches!(
        name,
        "p" | "div" | "section" | "blockquote" | "ul" | "span" | "h2" | "h3" | "h4"
    ) && inside.text <= LONGEST_LEAD_ON
        && inside.text > 0
        && leads_on(node, inside)
    {
        return Some(Why::Surely);
    }
    None
}

/// A block with next to nothing but links.
fn is_list_of_links(name: &str, inside: &Inside) -> bool {
    let block = matches!(
        name,
        "div" | "ul" | "ol" | "section" | "td" | "center" | "table"
    );
    block && inside.links > 0 && inside.links * 100 >= inside.text * LEAST_LINKS
}

/// « Ce contenu est bloqué, car vous n'avez pas accepté … »
fn is_notice(node: &NodeRef, name: &str) -> bool {
    matches!(name, "p" | "div") && sets::NOTICES.begins(node.text().trim_start()).is_some()
}

/// « Lire aussi : … » with a link, « Publicité » alone.
fn leads_on(node: &NodeRef, inside: &Inside) -> bool {
    // Looking at the text costs: most short elements have no link.
    if inside.links == 0 && inside.text > LEAST_LEAD {
        return false;
    }
    let text = node.text();
    // « >> Lire aussi ».
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '■');
    let text = text.trim_end();
    sets::ALONE.contains_folded(text)
        || (inside.links * 2 >= inside.text && sets::OPENINGS.begins(text).is_some())
}
