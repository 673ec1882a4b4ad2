//! Annotated articles: the mark-up of `models/compact-fr/corpus/GUIDE.md`.
//!
//! ```text
//! ### id: eco-001 | date: 2024-03-14 | genre: dépêche
//! Titre
//! <PER>Christine Lagarde</PER> a promis <MONEY a="2500000000" c="EUR">2,5 milliards d'euros</MONEY>.
//! ```
//!
//! An article whose text the mark-up cannot hold as it is (a `<`, a carriage return, a
//! name over a line break) has `escaped: yes` in its header; then `\\` is a backslash,
//! `\<` the sign, `\n` a line break and `\u{d}` the code point 0xD, in its text, its
//! attributes and its id.

pub use super::doc::{Doc, GoldError, GoldSpan};

use super::{bio, escape};
use std::{borrow::Cow, fs, path::Path};

/// Reads a marked-up file, or a BIO file by its extension `.bio`.
pub fn read(path: &Path) -> Result<Vec<Doc>, GoldError> {
    if path.extension().is_some_and(|e| e == "bio") {
        return bio::read(path);
    }
    parse(&fs::read_to_string(path)?)
}

/// Reads marked-up text.
pub fn parse(content: &str) -> Result<Vec<Doc>, GoldError> {
    let mut docs: Vec<Doc> = Vec::new();
    // Of the document at hand: whether it is escaped, and where its last line that is
    // not blank ends.
    let (mut escaped, mut end) = (false, 0);
    for (i, line) in content.lines().enumerate() {
        let wrong = |what| GoldError::Markup { line: i + 1, what };
        if let Some(header) = line.strip_prefix("### ") {
            close(&mut docs, end);
            let (doc, is_escaped) = head(header, docs.len()).map_err(wrong)?;
            docs.push(doc);
            (escaped, end) = (is_escaped, 0);
        } else if let Some(doc) = docs.last_mut() {
            if !doc.text.is_empty() {
                doc.text.push('\n');
            }
            markup(line, doc, escaped).map_err(wrong)?;
            if !line.is_empty() {
                end = doc.text.len();
            }
        } else if !line.trim().is_empty() {
            return Err(wrong(
                "text before the first `### id: …` header: these are no annotated articles".into(),
            ));
        }
    }
    close(&mut docs, end);
    Ok(docs)
}

/// Takes the blank lines behind the last document away.
fn close(docs: &mut [Doc], end: usize) {
    if let Some(doc) = docs.last_mut() {
        doc.text.truncate(end);
    }
}

/// The document of a header, and whether it is escaped.
fn head(header: &str, index: usize) -> Result<(Doc, bool), String> {
    let field = |name: &str| {
        header
            .split(" | ")
            .find_map(|part| part.strip_prefix(name)?.strip_prefix(": "))
            .map(str::trim)
    };
    let escaped = field("escaped") == Some("yes");
    let id = field("id").unwrap_or_default();
    let doc = Doc {
        id: plain(id, escaped)?.into_owned(),
        index,
        published: field("date").and_then(|d| d.parse().ok()),
        text: String::new(),
        spans: Vec::new(),
    };
    Ok((doc, escaped))
}

/// What was written, without its escapes.
fn plain(written: &str, escaped: bool) -> Result<Cow<'_, str>, String> {
    match escaped {
        true => escape::undone(written),
        false => Ok(Cow::Borrowed(written)),
    }
}

fn markup(line: &str, doc: &mut Doc, escaped: bool) -> Result<(), String> {
    let mut open: Option<GoldSpan> = None;
    let mut rest = line;
    let opens = |rest: &str| match escaped {
        true => escape::find(rest, '<'),
        false => rest.find('<'),
    };
    while let Some(lt) = opens(rest) {
        doc.text.push_str(&plain(&rest[..lt], escaped)?);
        let gt = rest[lt..].find('>').ok_or("`<` without `>`")? + lt;
        let tag = &rest[lt + 1..gt];
        rest = &rest[gt + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let mut span = open.take().ok_or_else(|| format!("</{name}> not opened"))?;
            if span.tag != name {
                return Err(format!("</{name}> closes <{}>", span.tag));
            }
            span.end = doc.text.len();
            doc.spans.push(span);
        } else {
            if let Some(o) = &open {
                return Err(format!("<{tag}> inside <{}>", o.tag));
            }
            let (name, attrs) = tag.split_once(' ').unwrap_or((tag, ""));
            let mut attrs = attributes(attrs);
            for (_, value) in &mut attrs {
                *value = plain(value, escaped)?.into_owned();
            }
            open = Some(GoldSpan {
                start: doc.text.len(),
                end: 0,
                tag: name.to_owned(),
                attrs,
            });
        }
    }
    doc.text.push_str(&plain(rest, escaped)?);
    match open {
        Some(o) => Err(format!("<{}> not closed", o.tag)),
        None => Ok(()),
    }
}

/// Attributes as they stand in a tag: `a="3" c="EUR"`.
pub(crate) fn attributes(mut s: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    while let Some((key, tail)) = s.split_once("=\"") {
        let Some((value, next)) = tail.split_once('"') else {
            break;
        };
        out.push((key.trim().to_owned(), value.to_owned()));
        s = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_attributes_and_offsets() {
        let docs = parse(
            "### id: x-1 | date: 2024-03-14 | genre: essai\nTitre\nÀ <LOC>Évian</LOC>, <MONEY a=\"3\" c=\"EUR\">3 €</MONEY>.\n\n### id: x-2 | date: 2024-03-15 | genre: essai\nFin\n",
        )
        .unwrap();
        assert_eq!(docs.len(), 2);
        assert_eq!(docs[0].text, "Titre\nÀ Évian, 3 €.");
        let [loc, money] = &docs[0].spans[..] else {
            panic!("two spans")
        };
        assert_eq!(&docs[0].text[loc.start..loc.end], "Évian");
        assert_eq!(&docs[0].text[money.start..money.end], "3 €");
        assert_eq!(money.attr("c"), Some("EUR"));
        assert_eq!(docs[1].index, 1);
    }

    #[test]
    fn says_where_the_markup_breaks() {
        let e = parse("### id: x\n<PER>Anne").unwrap_err().to_string();
        assert_eq!(e, "line 2: <PER> not closed");
    }
}
