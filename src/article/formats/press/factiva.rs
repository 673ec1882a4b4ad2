//! The text export of Factiva: articles that end with `Document CODE`, their head in lines
//! (title, author, length, date, source, code, language, copyright) or behind labels of two
//! letters (`HD`, `PD`, `LP` …).

use super::{Export, Parts, Place, number_before, open};
use crate::{
    article::{
        container::{Articles, Container, Open},
        field_date::read_date,
    },
    french::sets::exports as sets,
};

/// Factiva, as text.
pub static FACTIVA: Container = Container {
    name: "factiva",
    aliases: &[],
    extensions: &[],
    holds: "a text export of Factiva, cut into its articles",
    articles: Articles::Many,
    sniff: |head| parts(&String::from_utf8_lossy(head)).is_some(),
    open: Open::Stream(|stream, options| open(stream, options, EXPORT)),
};

const EXPORT: Export = Export { place, parts };

/// Lines of a head at most: the length of the article stands among the first.
const HEAD: usize = 12;

fn place(line: &str) -> Place {
    match code(line) {
        Some(_) => Place::Last,
        None => Place::Inside,
    }
}

/// The code of an article: capitals, the day of its coming, figures and small letters.
fn code(line: &str) -> Option<&str> {
    let (before, code) = line.trim().rsplit_once(' ')?;
    let before = before.trim_end();
    let is_label = before == "Document"
        || before
            .strip_prefix("AN")
            .is_some_and(|b| b.trim() == "Document");
    let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
    let figures = code[letters.min(code.len())..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let plain = code.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_label && plain && letters >= 2 && figures >= 8).then_some(code)
}

fn parts(text: &str) -> Option<Parts> {
    labelled(text).or_else(|| in_lines(text))
}

/// Lines that begin with a label of two capitals, or go on with the one before.
fn labelled(text: &str) -> Option<Parts> {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        let label = line
            .get(..2)
            .filter(|l| l.bytes().all(|b| b.is_ascii_uppercase()));
        let blank = line
            .get(2..)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        match label.filter(|_| blank) {
            Some(label) => fields.push((label, vec![line[2..].trim()])),
            None => {
                if let Some((_, lines)) = fields.last_mut() {
                    lines.push(line.trim());
                }
            }
        }
    }
    let get = |name: &str| {
        let field = fields.iter().find(|(label, _)| *label == name);
        let lines = field.map(|(_, lines)| lines.iter().filter(|l| !l.is_empty()).copied());
        lines.map(|lines| lines.collect::<Vec<_>>())
    };
    let one = |name: &str| {
        get(name)
            .map(|lines| lines.join(" "))
            .filter(|v| !v.is_empty())
    };
    let (title, date) = (one("HD")?, one("PD")?);
    let text = [get("LP"), get("TD")].into_iter().flatten().flatten();
    Some(Parts {
        id: one("AN").as_deref().and_then(code).map(str::to_owned),
        title: Some(title),
        date: Some(date),
        text: text.collect::<Vec<_>>().join("\n"),
        site: one("SN"),
        author: one("BY").map(|by| author(&by).unwrap_or(&by).to_owned()),
    })
}

/// What follows « Par » in a line of its author.
fn author(line: &str) -> Option<&str> {
    let (word, name) = line.split_once(' ')?;
    sets::BY.contains_folded(word).then(|| name.trim())
}

fn in_lines(text: &str) -> Option<Parts> {
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let counts =
        |line: &&str| number_before(line).is_some_and(|w| sets::LENGTH_UNIT.contains_folded(w));
    let length = lines.iter().take(HEAD).position(counts)?;
    // The right to it ends the head.
    let right = |line: &&str| line.starts_with('©') || line.starts_with("Copyright");
    let head = lines.iter().skip(length).take(HEAD).position(right)? + length;
    let above = &lines[..length];
    let by = above.iter().find_map(|line| author(line));
    // A section may stand above the title, and a name without « Par » below it.
    let title = above
        .iter()
        .filter(|line| author(line).is_none())
        .max_by_key(|line| line.chars().count())?;
    let dated = lines[length + 1..head]
        .iter()
        .position(|line| read_date(line).is_some());
    let day = dated.map(|at| lines[length + 1 + at]);
    let site = dated.and_then(|at| {
        let behind = &lines[length + 2 + at..head];
        // A time may stand before the name.
        behind.iter().find(|l| l.chars().any(char::is_alphabetic))
    });
    let end = lines.iter().rposition(|line| code(line).is_some());
    let text = &lines[(head + 1).min(end.unwrap_or(lines.len()))..end.unwrap_or(lines.len())];
    Some(Parts {
        id: end.and_then(|at| code(lines[at])).map(str::to_owned),
        title: Some((*title).to_owned()),
        date: day.map(str::to_owned),
        text: text.join("\n"),
        site: site.map(|s| (*s).to_owned()),
        author: by.map(str::to_owned),
    })
}
