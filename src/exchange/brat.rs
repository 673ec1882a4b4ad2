//! brat: a folder with `NAME.txt` and `NAME.ann` (standoff) for each article, and
//! `annotation.conf`. Offsets are code points. An annotation over a line break has a
//! fragment a line. Values stand in the note of an annotation; ids, dates and scores
//! in `glane.json`, which brat does not read.

use super::{
    task::Task,
    tool::{ExchangeError, File, Tool, text_of},
    unit::{Map, Unit},
    values,
};
use crate::eval::{
    gold::{Doc, GoldSpan},
    markup::{self, TAGS},
};
use serde_json::{Value, json};
use std::{fmt::Write, fs, path::Path};

/// brat.
pub(super) static BRAT: Tool = Tool {
    name: "brat",
    about: "a folder of texts and standoff annotations of brat",
    extension: None,
    unit: Unit::CodePoints,
    write,
    read,
};

/// What the folder holds besides, for the way back.
const OWN: &str = "glane.json";
/// Characters of an id that a file name takes over.
const SHORT: usize = 40;

fn write(tasks: &[Task]) -> Vec<File> {
    let mut out = vec![
        ("annotation.conf".to_owned(), configuration().into_bytes()),
        // Without it brat allows no annotations next to each other in some versions.
        (
            "tools.conf".to_owned(),
            b"[options]\nTokens\ttokenizer:whitespace\nSentences\tsplitter:newline\nValidation\tvalidate:none\nAnnotation-log\tlogfile:<NONE>\n".to_vec(),
        ),
    ];
    let mut own = serde_json::Map::new();
    for (i, task) in tasks.iter().enumerate() {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let id: String = task.doc.id.chars().map(plain).take(SHORT).collect();
        let name = format!("{:05}-{}", i + 1, id.trim_matches('-'));
        out.push((format!("{name}.txt"), task.doc.text.clone().into_bytes()));
        out.push((format!("{name}.ann"), standoff(&task.doc).into_bytes()));
        let map = BRAT.unit.map(&task.doc.text);
        own.insert(name, values::of(task, &map));
    }
    let own = serde_json::to_vec_pretty(&own).unwrap_or_default();
    out.push((OWN.to_owned(), own));
    out
}

fn configuration() -> String {
    let mut out = String::from("[entities]\n");
    for tag in TAGS.iter().copied().flatten() {
        let _ = writeln!(out, "{tag}");
    }
    out.push_str("\n[relations]\n\n[events]\n\n[attributes]\n");
    out
}

/// Characters at which a line of standoff would end, or its columns.
fn flat(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.replace(breaks, " ")
}

fn standoff(doc: &Doc) -> String {
    let map = BRAT.unit.map(&doc.text);
    let mut out = String::new();
    for (i, span) in doc.spans.iter().enumerate() {
        let id = i + 1;
        let (mut bounds, mut said) = (Vec::new(), Vec::new());
        let mut from = span.start;
        let text = doc.text.get(span.start..span.end).unwrap_or_default();
        for line in text.split('\n') {
            if !line.is_empty() {
                bounds.push(format!(
                    "{} {}",
                    map.unit(from),
                    map.unit(from + line.len())
                ));
                said.push(flat(line));
            }
            from += line.len() + 1;
        }
        let _ = writeln!(
            out,
            "T{id}\t{} {}\t{}",
            span.tag,
            bounds.join(";"),
            said.join(" ")
        );
        if !span.attrs.is_empty() {
            let values = markup::attributes(span);
            let _ = writeln!(out, "#{id}\tAnnotatorNotes T{id}\t{values}");
        }
    }
    out
}

fn read(path: &Path) -> Result<Vec<Task>, ExchangeError> {
    let own_path = path.join(OWN);
    let own: Value = match fs::read(&own_path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_err(|e| ExchangeError::content(own_path.display().to_string(), e))?,
        // Annotated without us: the file names are the ids.
        Err(_) => json!({}),
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(ExchangeError::io(path))? {
        let name = entry.map_err(ExchangeError::io(path))?.file_name();
        let name = name.to_string_lossy();
        names.extend(name.strip_suffix(".ann").map(str::to_owned));
    }
    names.sort();
    if names.is_empty() {
        return Err(ExchangeError::content(
            path.display().to_string(),
            "no file that ends in .ann: name the folder that brat annotates",
        ));
    }
    let one = |name: String| {
        let file = path.join(format!("{name}.ann"));
        let doc = values::doc(text_of(&file.with_extension("txt"))?, &own[&name], name);
        let annotations = text_of(&file)?;
        Ok(Task::checked(with_spans(doc, &annotations, &file)?))
    };
    names.into_iter().map(one).collect()
}

fn with_spans(mut doc: Doc, annotations: &str, file: &Path) -> Result<Doc, ExchangeError> {
    let map = BRAT.unit.map(&doc.text);
    let mut ids: Vec<&str> = Vec::new();
    for (i, line) in annotations.lines().enumerate() {
        let at = || format!("{}:{}", file.display(), i + 1);
        let mut columns = line.split('\t');
        let (Some(id), Some(what)) = (columns.next(), columns.next()) else {
            continue;
        };
        let rest = columns.next().unwrap_or_default();
        if id.starts_with('T') {
            let (tag, bounds) = what.split_once(' ').unwrap_or((what, ""));
            let span = fragments(bounds, &map, &doc.text).map_err(|why| {
                ExchangeError::content(at(), format!("{tag} {bounds} « {rest} »: {why}"))
            })?;
            doc.spans.push(GoldSpan {
                start: span.0,
                end: span.1,
                tag: tag.to_owned(),
                attrs: Vec::new(),
            });
            ids.push(id);
        } else if let Some(of) = what.strip_prefix("AnnotatorNotes ") {
            let Some(noted) = ids.iter().position(|known| *known == of) else {
                continue;
            };
            doc.spans[noted].attrs =
                markup::read_attributes(rest).map_err(|e| ExchangeError::content(at(), e))?;
        }
    }
    Ok(doc)
}

/// The bytes of `0 5;6 11`: one stretch of text, but for the line breaks between its
/// fragments.
fn fragments(bounds: &str, map: &Map, text: &str) -> Result<(usize, usize), &'static str> {
    let mut whole: Option<(usize, usize)> = None;
    for fragment in bounds.split(';') {
        let (start, end) = fragment.split_once(' ').ok_or("no start and end")?;
        let byte = |unit: &str| unit.parse().ok().and_then(|unit| map.byte(unit));
        let (start, end) = byte(start).zip(byte(end)).ok_or("it is not in the text")?;
        whole = Some(match whole {
            None => (start, end),
            Some((first, last)) => {
                let between = text
                    .get(last..start)
                    .ok_or("its fragments are not in order")?;
                if !between.trim().is_empty() {
                    return Err("its fragments lie apart: the mark-up holds one stretch of text");
                }
                (first, end)
            }
        });
    }
    whole.ok_or("no start and end")
}
