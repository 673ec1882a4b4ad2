//! From a tree of elements to lines of text: a paragraph becomes a line, with a blank
//! one before the next.

use super::furniture::Words;
use crate::{
    french::sets::html as sets,
    kinds::{Zone, ZoneSpan},
};
use dom_query::{NodeData, NodeRef};
use std::ops::Range;

/// How an element stands among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Inline,
    /// On a line of its own.
    Line,
    /// With a blank line around it.
    Block,
    /// Behind a tab.
    Cell,
    /// A line ends.
    Break,
    /// Lines as they are written.
    Pre,
    /// No text of the page.
    Hidden,
}

fn layout(name: &str) -> Layout {
    match name {
        "br" => Layout::Break,
        "li" | "tr" | "dt" | "dd" | "div" | "section" | "article" | "header" | "footer"
        | "main" | "tbody" | "thead" | "tfoot" | "body" | "html" | "hr" | "legend" | "nav"
        | "aside" | "form" | "summary" | "time-block" => Layout::Line,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "figure" | "figcaption"
        | "ul" | "ol" | "dl" | "table" | "caption" | "details" | "fieldset" | "address" => {
            Layout::Block
        }
        "td" | "th" => Layout::Cell,
        "pre" => Layout::Pre,
        "head" | "title" | "script" | "style" | "noscript" | "template" | "img" | "input"
        | "button" => Layout::Hidden,
        _ => Layout::Inline,
    }
}

/// Text laid out in lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    /// Line feeds that stand before the next letter.
    feeds: usize,
    /// A blank stands before the next letter of the line.
    blank: bool,
    /// A tab instead of the blank.
    tab: bool,
    /// Captions, in bytes of the text.
    zones: Vec<ZoneSpan>,
    /// Headings, in bytes of the text.
    headings: Vec<Range<usize>>,
}

impl Lines {
    /// The text, without blanks at its ends, and its captions. A heading of which
    /// nothing is left (« À lire aussi », « Notes ») goes too.
    pub fn finish(mut self) -> (String, Vec<ZoneSpan>) {
        while let Some(last) = self.headings.pop()
            && last.end == self.text.len()
            && last.start > 0
        {
            self.text.truncate(last.start);
            let end = self.text.trim_end_matches(['\n', '\t', ' ']).len();
            self.text.truncate(end);
        }
        self.zones.retain(|(bytes, _)| bytes.end <= self.text.len());
        (self.text, self.zones)
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts a paragraph before all others.
    pub fn put_before(&mut self, paragraph: &str) {
        let before = format!("{paragraph}\n\n");
        self.text.insert_str(0, &before);
        let zones = self.zones.iter_mut().map(|(bytes, _)| bytes);
        for bytes in zones.chain(&mut self.headings) {
            bytes.start += before.len();
            bytes.end += before.len();
        }
    }

    /// What was added behind byte `from`, without blanks before it.
    fn added(&self, from: usize) -> Option<Range<usize>> {
        let added = &self.text[from..];
        let blanks = added.len() - added.trim_start_matches(['\n', '\t', ' ']).len();
        let added = from + blanks..self.text.len();
        (!added.is_empty()).then_some(added)
    }

    /// Notes what an element has added to the text.
    fn note(&mut self, node: &NodeRef, name: &str, layout: Layout, from: usize) {
        let Some(added) = self.added(from) else {
            return;
        };
        if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            self.headings.push(added);
        } else if name == "figcaption"
            || (layout != Layout::Inline && Words::of(node).any(&sets::CAPTIONS))
        {
            // One around another has all of it.
            self.zones.retain(|(bytes, _)| bytes.start < added.start);
            self.zones.push((added, Zone::Caption));
        }
    }

    fn feed(&mut self, feeds: usize) {
        self.feeds = self.feeds.max(feeds);
        self.blank = false;
        self.tab = false;
    }

    /// A piece of a line, without white space of HTML.
    fn push(&mut self, letters: &str) {
        if !self.text.is_empty() {
            if self.feeds > 0 {
                self.text.extend(std::iter::repeat_n('\n', self.feeds));
            } else if self.tab {
                self.text.push('\t');
            } else if self.blank {
                self.text.push(' ');
            }
        }
        self.feeds = 0;
        self.blank = false;
        self.tab = false;
        self.text.push_str(letters);
    }

    /// A piece of a line: white space of HTML is one blank.
    pub fn words(&mut self, text: &str) {
        let is_blank = |b: u8| matches!(b, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c');
        let mut rest = text;
        while let Some(first) = rest.bytes().next() {
            let ends = |b: u8| is_blank(b) || b == 0;
            if ends(first) {
                self.blank |= is_blank(first);
                rest = &rest[1..];
                continue;
            }
            let length = rest.bytes().position(ends).unwrap_or(rest.len());
            let (mut word, behind) = rest.split_at(length);
            rest = behind;
            // Behind a line's end it would be its only letter.
            if self.feeds > 0 || self.text.is_empty() {
                word = word.trim_start_matches('\u{a0}');
            }
            if !word.is_empty() {
                self.push(word);
            }
        }
    }

    fn as_written(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.words(line);
            if line.ends_with('\n') {
                self.feed(1);
            }
        }
    }

    /// An element or text with all that is in it.
    pub fn node(&mut self, node: NodeRef, pre: bool) {
        let is_text = node.query_or(false, |n| {
            let NodeData::Text { contents } = &n.data else {
                return false;
            };
            match pre {
                true => self.as_written(contents),
                false => self.words(contents),
            }
            true
        });
        if is_text {
            return;
        }
        let Some(name) = node.element_ref().map(|e| e.name.local.clone()) else {
            return;
        };
        let layout = layout(&name);
        match layout {
            Layout::Hidden => return,
            Layout::Break => return self.feed(self.feeds.max(1)),
            Layout::Line => self.feed(1),
            Layout::Block | Layout::Pre => self.feed(2),
            Layout::Cell => self.tab = true,
            Layout::Inline => {}
        }
        let from = self.text.len();
        for child in node.children_it(false) {
            self.node(child, pre || layout == Layout::Pre);
        }
        self.note(&node, &name, layout, from);
        match layout {
            Layout::Line => self.feed(1),
            Layout::Block | Layout::Pre => self.feed(2),
            Layout::Cell => self.tab = true,
            _ => {}
        }
    }
}
