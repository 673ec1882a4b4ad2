//! Reads an element by a table: which of its parts give the text, the title, the date and
//! the rest.

use crate::{
    article::{
        Article, Fields, Role, Unreadable,
        fields::{Used, Values, fill},
    },
    kinds::MetaValue,
};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::collections::BTreeMap;

/// What a part of an element gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Gives {
    Id,
    Title,
    Date,
    /// Text in elements: paragraphs become lines.
    Text,
    /// Text as it stands, with its line breaks.
    Plain,
    /// A page's markup, escaped.
    Markup,
    /// A field by this name.
    Meta(&'static str),
    /// Nothing, nor anything inside it.
    Nothing,
}

/// A part of an element: its path, innermost last, as `a/b`; `a//b` where others may
/// stand between; `.class` for an element of that class; `b@name` for an attribute. Of
/// several that give the same the first that is there counts.
pub(in super::super) type Part = (&'static str, Gives);

/// Fields kept without being asked for, as pages have them.
const ALWAYS: [&str; 4] = ["url", "site", "author", "modified"];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "p",
    "head",
    "l",
    "lg",
    "ab",
    "item",
    "list",
    "div",
    "div1",
    "div2",
    "div3",
    "row",
    "cell",
    "sp",
    "speaker",
    "opener",
    "closer",
    "dateline",
    "byline",
    "signed",
    "trailer",
    "argument",
    "epigraph",
    "figDesc",
    "figure",
    "hl1",
    "hl2",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "td",
    "br",
    "blockquote",
    "figcaption",
    "section",
    "article",
    "block",
    "media",
    "media-caption",
    "body.content",
    "title",
    "note",
];

/// Elements of pages that have no end.
const VOID: &[&str] = &["br", "img", "hr", "wbr", "input"];

/// Elements that lie in each other at most.
const DEEPEST: usize = 1000;
/// Open elements among which the one is looked for that ends.
const NEAR: usize = 64;

/// An open element.
struct Level {
    name: String,
    class: String,
    /// Captures that end with it.
    captures: usize,
}

/// What is being gathered.
struct Capture {
    /// Its place in the table.
    part: usize,
    /// Whether its line breaks are of the text, and not of the markup.
    plain: bool,
    text: String,
}

impl Capture {
    fn say(&mut self, text: &str, of_text: bool) {
        match self.plain || !of_text {
            true => self.text.push_str(text),
            false => self.text.extend(text.chars().map(|c| match c {
                '\n' | '\r' | '\t' => ' ',
                c => c,
            })),
        }
    }
}

/// What was found, by its place in the table.
type Found = BTreeMap<usize, Vec<String>>;

/// Reads `xml` by `parts` and fills `article` in.
///
/// # Errors
/// When it is no XML.
pub(super) fn read(
    xml: &str,
    parts: &[Part],
    fields: &Fields,
    article: &mut Article,
    used: &mut Used,
) -> Result<(), Unreadable> {
    let found = gather(xml, parts)?;
    let all = |gives: Gives| {
        let mut named = parts.iter().enumerate().filter(move |(_, p)| p.1 == gives);
        named.find_map(|(i, _)| found.get(&i))
    };
    let first = |gives: Gives| all(gives).and_then(|v| v.first().cloned());
    for (role, gives) in [
        (Role::Id, Gives::Id),
        (Role::Title, Gives::Title),
        (Role::Date, Gives::Date),
    ] {
        let mut named = parts.iter().enumerate().filter(|(_, p)| p.1 == gives);
        let there = named.any(|(i, _)| found.contains_key(&i));
        used[role as usize] = there.then(|| role.name().to_owned());
    }
    let mut text = None;
    for (i, (_, gives)) in parts.iter().enumerate() {
        let Some(values) = found.get(&i) else {
            continue;
        };
        text = Some(match gives {
            Gives::Text => lines(&values.join("\n")),
            Gives::Plain => values.join("\n").trim().to_owned(),
            Gives::Markup => lines(&without_tags(&values.join("\n"))),
            _ => continue,
        });
        used[Role::Text as usize] = Some(Role::Text.name().to_owned());
        break;
    }
    let one_line = |value: String| value.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut values = Values {
        text: Some(Some(text.unwrap_or_default().into())),
        id: first(Gives::Id).map(|v| one_line(v).into()),
        title: first(Gives::Title).map(|v| one_line(without_tags(&v)).into()),
        date: first(Gives::Date).map(|v| one_line(v).into()),
        kept: Vec::new(),
    };
    let mut seen = Vec::new();
    for (_, gives) in parts {
        let Gives::Meta(name) = gives else { continue };
        if seen.contains(name) {
            continue;
        }
        let Some(value) = all(*gives) else { continue };
        seen.push(name);
        let value = value
            .iter()
            .cloned()
            .map(one_line)
            .collect::<Vec<_>>()
            .join(", ");
        for (role, place) in [
            (Role::Id, &mut values.id),
            (Role::Title, &mut values.title),
            (Role::Date, &mut values.date),
        ] {
            if fields.given(role) == Some(name) {
                *place = Some(value.clone().into());
                used[role as usize] = Some((*name).to_owned());
            }
        }
        if fields.keeps(name) || ALWAYS.contains(name) {
            let kept = MetaValue::string(&value).map_err(|e| Unreadable::new("parse", e))?;
            values.kept.push(((*name).to_owned(), kept));
        }
    }
    fill(article, fields, used, values, Vec::new)
}

/// The names of the fields that `parts` may give.
pub(super) fn names(parts: &[Part]) -> Vec<String> {
    let mut out = ["text", "id", "title", "date"].map(str::to_owned).to_vec();
    for (_, gives) in parts {
        if let Gives::Meta(name) = gives
            && !out.iter().any(|n| n == name)
        {
            out.push((*name).to_owned());
        }
    }
    out
}

fn gather(xml: &str, parts: &[Part]) -> Result<Found, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    // Exports that call themselves XML are often no more than like it.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut found = Found::new();
    let (mut levels, mut captures) = (Vec::<Level>::new(), Vec::<Capture>::new());
    // Depth at which something begins that gives nothing.
    let mut silent = None;
    let say = |captures: &mut Vec<Capture>, silent: Option<usize>, text: &str, of_text: bool| {
        if silent.is_none() {
            captures.iter_mut().for_each(|c| c.say(text, of_text));
        }
    };
    loop {
        let event = reader.read_event().map_err(|e| {
            Unreadable::new(
                "parse",
                format!("no valid XML: {e}; mend the file, or write it again"),
            )
        })?;
        if levels.len() > DEEPEST {
            return Err(Unreadable::new(
                "parse",
                format!("elements lie more than {DEEPEST} deep in each other: no article does"),
            ));
        }
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let alone = matches!(event, Event::Empty(_));
                let name = local(tag);
                open(
                    tag,
                    parts,
                    &mut levels,
                    &mut captures,
                    &mut silent,
                    &mut found,
                );
                if BLOCKS.contains(&&*name) {
                    say(&mut captures, silent, "\n", false);
                } else if alone && name == "lb" && attribute(tag, "break").as_deref() != Some("no")
                {
                    say(&mut captures, silent, " ", false);
                }
                if alone || VOID.contains(&&*name) {
                    close(&mut levels, &mut captures, &mut silent, &mut found);
                }
            }
            Event::End(tag) => {
                let name = tag.local_name();
                let name: &str = name.as_ref();
                let near = levels.len().saturating_sub(NEAR);
                // What was left open inside it ends with it; an end without a beginning is
                // none.
                if let Some(at) = levels[near..].iter().rposition(|l| l.name == name) {
                    let at = near + at;
                    if BLOCKS.contains(&name) {
                        say(&mut captures, silent, "\n", false);
                    }
                    while levels.len() > at {
                        close(&mut levels, &mut captures, &mut silent, &mut found);
                    }
                }
            }
            Event::Text(text) => say(
                &mut captures,
                silent,
                &text.xml_content(XmlVersion::Implicit1_0),
                true,
            ),
            Event::CData(text) => say(
                &mut captures,
                silent,
                &text.xml_content(XmlVersion::Implicit1_0),
                true,
            ),
            Event::GeneralRef(name) => {
                let named: &str = &name;
                let sign = match name.resolve_char_ref() {
                    Ok(Some(sign)) => sign.to_string(),
                    _ => match quick_xml::escape::resolve_predefined_entity(named) {
                        Some(sign) => sign.to_owned(),
                        // One of HTML: the reading view knows it.
                        None => format!("&{named};"),
                    },
                };
                say(&mut captures, silent, &sign, true);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while !levels.is_empty() {
        close(&mut levels, &mut captures, &mut silent, &mut found);
    }
    Ok(found)
}

fn local(tag: &BytesStart) -> String {
    let name = tag.local_name();
    let name: &str = name.as_ref();
    name.to_owned()
}

/// The value of an attribute, by its name behind its prefix.
fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.html_attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|a| {
        let local = a.key.local_name();
        let local: &str = local.as_ref();
        local == name
    })?;
    let value: &str = &found.value;
    let value = quick_xml::escape::unescape(value).map_or(value.into(), |v| v.into_owned());
    Some(value)
}

fn open(
    tag: &BytesStart,
    parts: &[Part],
    levels: &mut Vec<Level>,
    captures: &mut Vec<Capture>,
    silent: &mut Option<usize>,
    found: &mut Found,
) {
    levels.push(Level {
        name: local(tag),
        class: attribute(tag, "class").unwrap_or_default(),
        captures: 0,
    });
    if silent.is_some() {
        return;
    }
    for (i, (path, gives)) in parts.iter().enumerate() {
        let (path, wanted) = path.split_once('@').unwrap_or((path, ""));
        if !matches(path, levels) {
            continue;
        }
        if *gives == Gives::Nothing {
            *silent = Some(levels.len());
            return;
        }
        if !wanted.is_empty() {
            if let Some(value) = attribute(tag, wanted).filter(|v| !v.trim().is_empty()) {
                found.entry(i).or_default().push(value);
            }
            continue;
        }
        captures.push(Capture {
            part: i,
            plain: *gives == Gives::Plain,
            text: String::new(),
        });
        if let Some(level) = levels.last_mut() {
            level.captures += 1;
        }
    }
}

fn close(
    levels: &mut Vec<Level>,
    captures: &mut Vec<Capture>,
    silent: &mut Option<usize>,
    found: &mut Found,
) {
    let Some(level) = levels.pop() else { return };
    if silent.is_some_and(|depth| depth > levels.len()) {
        *silent = None;
    }
    for _ in 0..level.captures {
        if let Some(capture) = captures.pop()
            && !capture.text.trim().is_empty()
        {
            found.entry(capture.part).or_default().push(capture.text);
        }
    }
}

/// Whether a path leads to the innermost element.
fn matches(path: &str, levels: &[Level]) -> bool {
    let is = |part: &str, level: &Level| match part.strip_prefix('.') {
        Some(class) => level.class.split_ascii_whitespace().any(|c| c == class),
        None => level.name == part,
    };
    let (mut rest, mut gap) = (levels, false);
    for (i, part) in path.rsplit('/').enumerate() {
        if part.is_empty() {
            gap = true;
            continue;
        }
        let at = match gap {
            true => rest.iter().rposition(|l| is(part, l)),
            false => rest.len().checked_sub(1).filter(|at| is(part, &rest[*at])),
        };
        debug_assert!(i > 0 || !gap, "a path ends with an element");
        let Some(at) = at else { return false };
        (rest, gap) = (&rest[..at], false);
    }
    true
}

/// Lines without blank ones, and without the blanks that indent markup.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut words = line.split_ascii_whitespace().peekable();
        if words.peek().is_none() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let from = out.len();
        for word in words {
            if out.len() > from {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// Markup without its tags: what begins or ends a line becomes a line break, and scripts
/// go. Entities stay, since the reading view knows them.
pub(super) fn without_tags(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let name = tag[1..].trim_start_matches('/');
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        let Some(end) = tag
            .find('>')
            .filter(|_| !name.is_empty() || tag.starts_with("<!"))
        else {
            out.push('<');
            rest = &tag[1..];
            continue;
        };
        if BLOCKS.contains(&&*name) {
            out.push('\n');
        }
        rest = &tag[end + 1..];
        if matches!(&*name, "script" | "style") && !tag.starts_with("</") {
            let ends = ["</script", "</style", "</SCRIPT", "</STYLE"];
            rest = ends
                .iter()
                .filter_map(|e| rest.find(e))
                .min()
                .map_or("", |at| &rest[at..]);
        }
    }
    out.push_str(rest);
    out
}
