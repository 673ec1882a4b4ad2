//! A page without what no reader sees: one pass over its bytes that keeps the text and
//! the tags that lay it out, and gathers what the head says.
//!
//! Scripts, styles, drawings and comments are most of the bytes of a page of the press;
//! what parses the rest into a tree gets a quarter of it. What a hostile page could
//! make of a tree is bounded here too: elements lie [`DEEPEST`] deep at most, there are
//! at most [`MOST_TAGS`], each has the few attributes that anybody asks for, and marks
//! inside a line (`b`, `i`, `font`), which a parser opens again in every block until
//! they are closed, are left out. Their text stays.

use super::head::Head;
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// Elements inside elements; pages of the press have 20 to 60. What looks for the
/// article asks of many elements what is in them, so that the time a page may take
/// grows with its depth.
const DEEPEST: usize = 120;
/// Tables inside tables: the oldest pages have five.
const DEEPEST_TABLE: usize = 8;
/// Tags that are kept; a long page of the press has 5,000.
const MOST_TAGS: usize = 200_000;
/// Bytes of the longest attribute that is kept.
const LONGEST_VALUE: usize = 4096;

/// What is left of a page.
#[derive(Debug, Default)]
pub(super) struct Slim {
    /// The body, in HTML.
    pub html: String,
    /// What the head and marks of the body say about the article.
    pub head: Head,
    /// Tags beyond the limits, whose text stands without them.
    pub tags_left_out: usize,
}

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Its tags are kept.
    Kept,
    /// Kept, and has no content.
    Void,
    /// Kept, and often not closed: it does not count for the depth.
    Open,
    /// Only its text is kept.
    Mark,
    /// Left out with all that is in it.
    Out,
    /// Left out with all that is in it, where it is closed.
    OutIfClosed,
}

fn kind(name: &str) -> Kind {
    match name {
        "br" | "hr" | "img" | "wbr" | "input" | "col" | "area" | "source" | "track" | "embed" => {
            Kind::Void
        }
        "p" | "li" | "td" | "th" | "tr" | "dt" | "dd" | "tbody" | "thead" | "tfoot" | "html"
        | "head" | "body" => Kind::Open,
        "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike"
        | "strong" | "tt" | "u" | "abbr" | "acronym" | "mark" | "bdi" | "bdo" | "center"
        | "noindex" | "meta" | "link" | "base" => Kind::Mark,
        "script" | "style" | "title" => Kind::Out,
        "svg" | "noscript" | "template" | "iframe" | "select" | "canvas" | "video" | "audio"
        | "object" | "textarea" | "math" | "datalist" | "dialog" => Kind::OutIfClosed,
        // A name is whatever stands before a blank.
        name if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => Kind::Mark,
        _ => Kind::Kept,
    }
}

/// Attributes that are kept in the body.
fn is_kept(attribute: &str) -> bool {
    matches!(
        attribute,
        "class"
            | "id"
            | "role"
            | "itemprop"
            | "itemtype"
            | "itemscope"
            | "datetime"
            | "content"
            | "hidden"
            | "placeholder"
            | "fallback"
            | "aria-hidden"
            | "style"
            | "rel"
            | "href"
    )
}

type Attributes<'a> = Vec<(Cow<'a, str>, &'a str)>;

/// A name in lower case, as nearly all are written.
fn lower(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|b| b.is_ascii_uppercase()) {
        true => name.to_ascii_lowercase().into(),
        false => name.into(),
    }
}

/// An element's opening tag.
pub(super) struct Tag<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    /// Names in lower case, values as they are written.
    pub attributes: Attributes<'a>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute as it is written, empty for one without.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        let mut all = self.attributes.iter();
        all.find(|(n, _)| n == name).map(|(_, value)| *value)
    }
}

/// Reads a page.
pub(super) fn slim(page: &str) -> Slim {
    let mut scan = Scan {
        page,
        bytes: page.as_bytes(),
        at: 0,
        open: Vec::new(),
        beyond: 0,
        tags: 0,
        never_closed: Vec::new(),
        out: Slim::default(),
    };
    scan.out.html.reserve(page.len() / 3);
    scan.run();
    scan.out.html.shrink_to_fit();
    scan.out
}

struct Scan<'a> {
    page: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Names of the elements that are open, of those that count.
    open: Vec<Cow<'a, str>>,
    /// Open elements below the deepest that is kept.
    beyond: usize,
    tags: usize,
    /// Elements that nothing closes in the rest of the page.
    never_closed: Vec<String>,
    out: Slim,
}

impl<'a> Scan<'a> {
    fn run(&mut self) {
        while let Some(text) = memchr(b'<', &self.bytes[self.at..]) {
            self.text(&self.page[self.at..self.at + text]);
            self.at += text;
            match self.bytes.get(self.at + 1) {
                Some(b'!' | b'?') => self.declaration(),
                Some(b'/') if self.letter(2) => self.end_tag(),
                Some(_) if self.letter(1) => self.start_tag(),
                _ => {
                    self.out.html.push_str("&lt;");
                    self.at += 1;
                }
            }
        }
        self.out.html.push_str(&self.page[self.at..]);
    }

    /// A piece of text. The white space at its ends is often that of the source, which shows
    /// one blank of it and gives a parser thousands of letters to read.
    fn text(&mut self, text: &str) {
        let inside = text.trim_ascii();
        let preformatted = || self.open.iter().any(|name| name == "pre");
        if text.len() - inside.len() <= 2 || preformatted() {
            return self.out.html.push_str(text);
        }
        let blank = |b: Option<&u8>| b.is_some_and(u8::is_ascii_whitespace);
        let (before, behind) = (
            blank(text.as_bytes().first()),
            blank(text.as_bytes().last()),
        );
        let html = &mut self.out.html;
        html.extend(before.then_some('\n'));
        html.push_str(inside);
        html.extend((behind && !inside.is_empty()).then_some('\n'));
    }

    fn letter(&self, ahead: usize) -> bool {
        let byte = self.bytes.get(self.at + ahead);
        byte.is_some_and(u8::is_ascii_alphabetic)
    }

    /// A comment, a document type, an instruction.
    fn declaration(&mut self) {
        let rest = &self.page[self.at..];
        let length = match rest.starts_with("<!--") {
            true => memmem::find(&rest.as_bytes()[2..], b"-->").map(|n| n + 5),
            false => memchr(b'>', rest.as_bytes()).map(|n| n + 1),
        };
        let length = length.unwrap_or(rest.len());
        self.out.head.comment(&rest[..length]);
        self.at += length;
    }

    fn name(&mut self) -> Cow<'a, str> {
        let rest = &self.bytes[self.at..];
        let ends = |b: &u8| matches!(b, b'>' | b'/') || b.is_ascii_whitespace();
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let name = &self.page[self.at..self.at + length];
        self.at += length;
        lower(name)
    }

    /// Behind the end of the tag at hand.
    fn skip_tag(&mut self) {
        let length = memchr(b'>', &self.bytes[self.at..]).map(|n| n + 1);
        self.at += length.unwrap_or(self.bytes.len() - self.at);
    }

    fn end_tag(&mut self) {
        self.at += 2;
        let name = self.name();
        self.skip_tag();
        match kind(&name) {
            Kind::Open => self.push_end(&name),
            Kind::Kept => {
                // One that nothing opened is none, as in every browser.
                let Some(place) = self.open.iter().rposition(|n| *n == name) else {
                    return;
                };
                if self.beyond > 0 {
                    // Which of them it closes nobody counts.
                    self.beyond -= 1;
                    return;
                }
                self.open.truncate(place);
                self.push_end(&name);
            }
            Kind::Void | Kind::Mark | Kind::Out | Kind::OutIfClosed => {}
        }
    }

    fn push_end(&mut self, name: &str) {
        self.out.html.push_str("</");
        self.out.html.push_str(name);
        self.out.html.push('>');
    }

    fn start_tag(&mut self) {
        self.at += 1;
        let name = self.name();
        let (attributes, closed) = self.attributes();
        let tag = Tag { name, attributes };
        let kind = kind(&tag.name);
        self.out.head.tag(&tag);
        match kind {
            Kind::Mark => {}
            Kind::Out => {
                let inside = self.inside(&tag.name).unwrap_or_else(|| {
                    let rest = &self.page[self.at..];
                    self.at = self.page.len();
                    rest
                });
                self.out.head.element(&tag, inside);
            }
            // Drawings are often written as XML.
            Kind::OutIfClosed if closed => {}
            Kind::OutIfClosed => {
                self.inside(&tag.name);
            }
            Kind::Void | Kind::Open => {
                if !self.is_full() {
                    self.push_start(&tag);
                }
            }
            Kind::Kept => {
                let tables = || self.open.iter().filter(|n| *n == "table").count();
                if self.open.len() == DEEPEST || (tag.name == "table" && tables() == DEEPEST_TABLE)
                {
                    self.beyond += 1;
                    self.out.tags_left_out += 1;
                } else if !self.is_full() {
                    self.push_start(&tag);
                    self.open.push(tag.name);
                }
            }
        }
    }

    fn is_full(&mut self) -> bool {
        let full = self.tags == MOST_TAGS;
        match full {
            true => self.out.tags_left_out += 1,
            false => self.tags += 1,
        }
        full
    }

    /// What stands before the closing tag of the element at hand; then `at` is
    /// behind it.
    fn inside(&mut self, name: &str) -> Option<&'a str> {
        if self.never_closed.iter().any(|n| n == name) {
            return None;
        }
        let start = self.at;
        let mut from = start;
        while let Some(n) = memmem::find(&self.bytes[from..], b"</") {
            let found = from + n;
            let behind = found + 2 + name.len();
            let is = |s: &str| s.eq_ignore_ascii_case(name);
            if self.page.get(found + 2..behind).is_some_and(is)
                && !self
                    .bytes
                    .get(behind)
                    .is_some_and(u8::is_ascii_alphanumeric)
            {
                self.at = behind;
                self.skip_tag();
                return Some(&self.page[start..found]);
            }
            from = found + 2;
        }
        self.never_closed.push(name.to_owned());
        None
    }

    /// Attributes up to the end of the tag, and whether it is closed at once, as in
    /// XML. One that stands twice counts once.
    fn attributes(&mut self) -> (Attributes<'a>, bool) {
        let mut out = Attributes::new();
        let bytes = self.bytes;
        loop {
            let rest = &bytes[self.at..];
            let blank = |b: &u8| b.is_ascii_whitespace() || *b == b'/';
            let skipped = rest.iter().position(|b| !blank(b)).unwrap_or(rest.len());
            let slash = rest[..skipped].last() == Some(&b'/');
            self.at += skipped;
            match bytes.get(self.at) {
                None => return (out, slash),
                Some(b'>') => {
                    self.at += 1;
                    return (out, slash);
                }
                Some(_) => {}
            }
            let start = self.at;
            let rest = &bytes[start + 1..];
            let ends = |b: &u8| matches!(b, b'=' | b'>' | b'/') || b.is_ascii_whitespace();
            let length = 1 + rest.iter().position(ends).unwrap_or(rest.len());
            self.at += length;
            // The first byte may be a letter of more.
            let name = self.page.get(start..self.at).unwrap_or_default();
            let value = self.value();
            let name = lower(name);
            if (is_kept(&name) || is_of_head(&name))
                && value.len() <= LONGEST_VALUE
                && !out.iter().any(|(n, _)| *n == name)
            {
                out.push((name, value));
            }
        }
    }

    fn value(&mut self) -> &'a str {
        let bytes = self.bytes;
        let blanks = |at: usize| {
            let rest = &bytes[at..];
            let blank = |b: &u8| b.is_ascii_whitespace();
            rest.iter().take_while(|b| blank(b)).count()
        };
        let equals = self.at + blanks(self.at);
        if bytes.get(equals) != Some(&b'=') {
            return "";
        }
        let start = equals + 1 + blanks(equals + 1);
        let (from, length, behind) = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = &bytes[start + 1..];
                let length = memchr(*quote, rest).unwrap_or(rest.len());
                (start + 1, length, 1)
            }
            _ => {
                let rest = &bytes[start..];
                let ends = |b: &u8| *b == b'>' || b.is_ascii_whitespace();
                (start, rest.iter().position(ends).unwrap_or(rest.len()), 0)
            }
        };
        self.at = (from + length + behind).min(bytes.len());
        &self.page[from..from + length]
    }

    fn push_start(&mut self, tag: &Tag) {
        let html = &mut self.out.html;
        html.push('<');
        html.push_str(&tag.name);
        for (name, value) in &tag.attributes {
            if !is_kept(name) {
                continue;
            }
            let quote = match (value.contains('"'), value.contains('\'')) {
                (false, _) => '"',
                (true, false) => '\'',
                // Without quotes of its own in the page, and nothing that anybody means.
                (true, true) => continue,
            };
            html.push(' ');
            html.push_str(name);
            html.push('=');
            html.push(quote);
            html.push_str(value);
            html.push(quote);
        }
        html.push('>');
    }
}

/// Attributes that say something about the page.
fn is_of_head(attribute: &str) -> bool {
    matches!(
        attribute,
        "name"
            | "property"
            | "http-equiv"
            | "charset"
            | "type"
            | "lang"
            | "xml:lang"
            | "pubdate"
            | "title"
    )
}
