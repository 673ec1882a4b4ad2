//! Annotated articles written in the mark-up that [`super::gold`] reads, and what a
//! mention is in it.

use super::{
    doc::{Doc, GoldSpan},
    escape,
};
use crate::{
    kinds::{DateType, Label, Modifier, PercentUnit},
    record::{Kind, MentionRow},
};
use std::fmt::Write;

/// Tags of the mark-up, layer by layer: entities, money, dates.
pub const TAGS: [&[&str]; 3] = [
    &["PER", "LOC", "ORG", "MISC"],
    &["MONEY", "PCT"],
    &["DATE", "TIME", "DUR", "SET"],
];

/// Why an article cannot be written in the mark-up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unwritable {
    /// Two annotations share text.
    #[error("<{1}> at « {3} » overlaps <{0}> at « {2} »: one of them has to go")]
    Overlap(String, String, String, String),
    /// An annotation has no text, or lies outside.
    #[error("<{0}> from byte {1} to byte {2} holds no text")]
    NoText(String, usize, usize),
    /// A name that would break the mark-up.
    #[error("`{0}` is no name for a tag or an attribute")]
    Name(String),
}

/// Writes articles one below the other, a blank line between two.
///
/// # Errors
/// When annotations overlap or hold no text, with the id of the article.
pub fn write(docs: &[Doc]) -> Result<String, (String, Unwritable)> {
    let mut out = String::new();
    for doc in docs {
        if !out.is_empty() {
            out.push('\n');
        }
        one(doc, &mut out).map_err(|e| (doc.id.clone(), e))?;
    }
    Ok(out)
}

fn one(doc: &Doc, out: &mut String) -> Result<(), Unwritable> {
    let escaped = needs_escapes(doc);
    let id = match escaped {
        // Spaces at its ends, and signs of the header.
        true => escape::done(&doc.id, |c| c == '|' || (c != ' ' && blank(c))),
        false => doc.id.clone(),
    };
    let id = match id.trim() == id {
        true => id,
        false => id.replace(' ', "\\u{20}"),
    };
    let _ = write!(out, "### id: {id}");
    if let Some(date) = doc.published {
        let _ = write!(out, " | date: {date}");
    }
    if escaped {
        out.push_str(" | escaped: yes");
    }
    out.push('\n');
    let mut at = 0;
    for (i, span) in doc.spans.iter().enumerate() {
        let text = |span: &GoldSpan| doc.text.get(span.start..span.end).unwrap_or_default();
        if text(span).is_empty() {
            return Err(Unwritable::NoText(span.tag.clone(), span.start, span.end));
        }
        let Some(before) = doc.text.get(at..span.start) else {
            let last = &doc.spans[i - 1];
            return Err(Unwritable::Overlap(
                last.tag.clone(),
                span.tag.clone(),
                text(last).to_owned(),
                text(span).to_owned(),
            ));
        };
        body(before, doc, at, escaped, out);
        let mut names = span.attrs.iter().map(|(name, _)| name).chain([&span.tag]);
        if let Some(name) = names.find(|name| !is_name(name)) {
            return Err(Unwritable::Name(name.clone()));
        }
        let _ = write!(out, "<{}", span.tag);
        for (name, value) in &span.attrs {
            let value = match escaped {
                true => escape::done(value, in_tag),
                false => value.clone(),
            };
            let _ = write!(out, " {name}=\"{value}\"");
        }
        out.push('>');
        match escaped {
            true => out.push_str(&escape::done(text(span), |c| in_text(c) || c == '\n')),
            false => out.push_str(text(span)),
        }
        let _ = write!(out, "</{}>", span.tag);
        at = span.end;
    }
    body(&doc.text[at..], doc, at, escaped, out);
    out.push('\n');
    Ok(())
}

/// Text between annotations, from byte `at` on.
fn body(text: &str, doc: &Doc, at: usize, escaped: bool, out: &mut String) {
    if !escaped {
        out.push_str(text);
        return;
    }
    // Blank lines at either end are no text where they are not escaped.
    let first = doc.text.len() - doc.text.trim_start_matches('\n').len();
    let last = doc.text.trim_end_matches('\n').len();
    for (i, c) in text.char_indices() {
        let byte = at + i;
        let header = c == '#' && (byte == 0 || doc.text[..byte].ends_with('\n'));
        let edge = c == '\n' && (byte < first || byte >= last);
        match in_text(c) || header || edge || c == '\\' {
            true => out.push_str(&escape::done(&c.to_string(), |_| true)),
            false => out.push(c),
        }
    }
}

fn needs_escapes(doc: &Doc) -> bool {
    let awkward_id =
        doc.id.trim() != doc.id || doc.id.contains(|c| c == '|' || (c != ' ' && blank(c)));
    awkward_id
        || doc.text.contains(in_text)
        || doc.text.starts_with(['\n', '#'])
        || doc.text.contains("\n#")
        || doc.text.ends_with('\n')
        || doc.spans.iter().any(|span| {
            let text = doc.text.get(span.start..span.end).unwrap_or_default();
            text.contains('\n') || span.attrs.iter().any(|(_, value)| value.contains(in_tag))
        })
}

/// White space and control characters.
fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// What the text of the mark-up cannot hold.
fn in_text(c: char) -> bool {
    matches!(c, '<' | '\r')
}

/// What the value of an attribute cannot hold.
fn in_tag(c: char) -> bool {
    matches!(c, '<' | '>' | '"' | '\r' | '\n')
}

/// Whether a tag or an attribute can be called so.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Attributes on one line, as they stand in a tag: `a="3" c="EUR"`, always escaped.
pub fn attributes(span: &GoldSpan) -> String {
    let awkward = |c: char| in_tag(c) || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let all: Vec<_> = span
        .attrs
        .iter()
        .map(|(name, value)| format!("{name}=\"{}\"", escape::done(value, awkward)))
        .collect();
    all.join(" ")
}

/// What [`attributes`] wrote.
///
/// # Errors
/// Says what is no attribute.
pub fn read_attributes(written: &str) -> Result<Vec<(String, String)>, String> {
    let mut out = super::gold::attributes(written);
    let read: String = out.iter().map(|(n, v)| format!("{n}=\"{v}\"")).collect();
    let blanks = |text: &str| text.split_whitespace().collect::<String>();
    if blanks(&read) != blanks(written) || out.iter().any(|(name, _)| !is_name(name)) {
        return Err(format!(
            "« {written} » are no attributes: write them as a=\"12.5\" c=\"EUR\""
        ));
    }
    for (_, value) in &mut out {
        *value = escape::undone(value)?.into_owned();
    }
    Ok(out)
}

/// The tag under which people annotate such a mention.
pub fn tag(row: &MentionRow) -> Option<&'static str> {
    Some(match (row.kind, row.label, row.date_type) {
        (Kind::Entity, Some(Label::Per), _) => "PER",
        (Kind::Entity, Some(Label::Loc), _) => "LOC",
        (Kind::Entity, Some(Label::Org), _) => "ORG",
        (Kind::Entity, Some(Label::Misc), _) => "MISC",
        (Kind::Money, ..) => "MONEY",
        (Kind::Percent, ..) => "PCT",
        (Kind::Date, _, Some(kind)) => tag_of_date(kind),
        _ => return None,
    })
}

/// The tag of a time expression.
pub fn tag_of_date(kind: DateType) -> &'static str {
    match kind {
        DateType::Date => "DATE",
        DateType::Time => "TIME",
        DateType::Duration => "DUR",
        DateType::Set => "SET",
    }
}

/// The annotation that a mention would be, its values as attributes; bytes of the
/// field of the mention. What people do not annotate (the rate of an amount, the
/// modifier of a percentage) is not in it.
pub fn annotation(row: &MentionRow) -> Option<GoldSpan> {
    let tag = tag(row)?;
    let mut attrs = Vec::new();
    let mut put = |name: &str, value: Option<&str>| {
        attrs.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    };
    match row.kind {
        Kind::Money | Kind::Percent => {
            let exact = if row.kind == Kind::Money { "a" } else { "v" };
            put(exact, row.exact.as_deref());
            put("min", row.min.as_deref());
            put("max", row.max.as_deref());
            put("c", row.currency.as_deref());
            if row.unit == Some(PercentUnit::Point) {
                put("u", Some("point"));
            }
            if row.kind == Kind::Money {
                put("m", row.modifier.and_then(of_amount));
            }
        }
        Kind::Date => {
            put("v", row.value.as_deref());
            put("m", row.modifier.map(of_date));
        }
        _ => {}
    }
    Some(GoldSpan {
        start: row.span.byte_start as usize,
        end: row.span.byte_end as usize,
        tag: tag.to_owned(),
        attrs,
    })
}

/// How the mark-up calls the modifier of an amount, and the modifier.
const OF_AMOUNT: [(&str, Modifier); 5] = [
    ("approx", Modifier::Approx),
    ("more_than", Modifier::MoreThan),
    ("less_than", Modifier::LessThan),
    ("at_least", Modifier::EqualOrMore),
    ("at_most", Modifier::EqualOrLess),
];

fn of_amount(modifier: Modifier) -> Option<&'static str> {
    let row = OF_AMOUNT.iter().find(|(_, m)| *m == modifier);
    row.map(|(name, _)| *name)
}

/// The modifier of an amount by its name in the mark-up.
pub fn modifier_of_amount(name: &str) -> Option<Modifier> {
    let row = OF_AMOUNT.iter().find(|(n, _)| *n == name);
    row.map(|(_, modifier)| *modifier)
}

/// How the mark-up calls the modifier of a time expression.
pub fn of_date(modifier: Modifier) -> &'static str {
    match modifier {
        Modifier::Approx => "APPROX",
        Modifier::LessThan => "LESS_THAN",
        Modifier::MoreThan => "MORE_THAN",
        Modifier::EqualOrLess => "EQUAL_OR_LESS",
        Modifier::EqualOrMore => "EQUAL_OR_MORE",
        Modifier::Start => "START",
        Modifier::Mid => "MID",
        Modifier::End => "END",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::gold;
    use proptest::prelude::*;

    /// Start, end, label and attributes.
    type Marked<'a> = (usize, usize, &'a str, &'a [(&'a str, &'a str)]);

    fn doc(id: &str, text: &str, spans: &[Marked<'_>]) -> Doc {
        let own = |s: &str| s.to_owned();
        Doc {
            id: own(id),
            index: 0,
            published: "2024-05-04".parse().ok(),
            text: own(text),
            spans: spans
                .iter()
                .map(|(start, end, tag, attrs)| GoldSpan {
                    start: *start,
                    end: *end,
                    tag: own(tag),
                    attrs: attrs.iter().map(|(k, v)| (own(k), own(v))).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn what_needs_no_escape_has_none() {
        let text = "Titre\n\nÀ Évian, 3 € & plus.";
        let at = text.find("3 €").unwrap();
        let doc = doc(
            "a b",
            text,
            &[(at, at + 5, "MONEY", &[("a", "3"), ("c", "EUR")])],
        );
        assert_eq!(
            write(std::slice::from_ref(&doc)).unwrap(),
            "### id: a b | date: 2024-05-04\nTitre\n\nÀ Évian, <MONEY a=\"3\" c=\"EUR\">3 €</MONEY> & plus.\n"
        );
    }

    #[test]
    fn what_the_markup_is_made_of_comes_back() {
        let awkward = "\n### id: x\r\n<b>Jean\nPaul</b> \\n\n\n";
        let at = awkward.find("Jean").unwrap();
        let docs = [
            doc(
                " a | b\n",
                awkward,
                &[(at, at + 9, "PER", &[("v", "\"<>\\\n")])],
            ),
            doc("", "", &[]),
            doc("c", "\n", &[]),
        ];
        let written = write(&docs).unwrap();
        let mut read = gold::parse(&written).unwrap();
        read.iter_mut().for_each(|doc| doc.index = 0);
        assert_eq!(read, docs, "{written}");
    }

    #[test]
    fn what_cannot_be_written_is_said() {
        let two = doc("a", "Jean Paul", &[(0, 9, "PER", &[]), (5, 9, "LOC", &[])]);
        let (id, e) = write(&[two]).unwrap_err();
        assert_eq!(id, "a");
        assert!(e.to_string().contains("« Paul » overlaps <PER>"), "{e}");
        assert!(write(&[doc("a", "Jean", &[(1, 1, "PER", &[])])]).is_err());
        assert!(write(&[doc("a", "Jean", &[(0, 9, "PER", &[])])]).is_err());
        assert!(write(&[doc("a", "Jean", &[(0, 4, "P>R", &[])])]).is_err());
    }

    proptest! {
        #[test]
        fn every_text_comes_back(
            id in "(?s).{0,8}",
            // Signs of the mark-up more often than chance has them.
            parts in proptest::collection::vec("[<>#\\\\\n\r |\"a]{0,4}|(?s).{0,6}", 0..12),
            value in "[<>\\\\\n\" a]{0,4}|(?s).{0,4}",
        ) {
            let mut text = String::new();
            let mut spans = Vec::new();
            for (i, part) in parts.iter().enumerate() {
                if i % 2 == 1 && !part.is_empty() {
                    spans.push(GoldSpan {
                        start: text.len(),
                        end: text.len() + part.len(),
                        tag: "MISC".to_owned(),
                        attrs: vec![("v".to_owned(), value.clone())],
                    });
                }
                text.push_str(part);
            }
            let doc = Doc { id, index: 0, published: None, text, spans };
            let written = write(std::slice::from_ref(&doc)).unwrap();
            prop_assert_eq!(gold::parse(&written).unwrap(), vec![doc.clone()]);
            for span in &doc.spans {
                prop_assert_eq!(&read_attributes(&attributes(span)).unwrap(), &span.attrs);
            }
        }
    }
}
