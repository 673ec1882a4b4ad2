//! The text exports of LexisNexis: the older one, which numbers its documents and labels
//! parts in capitals, and that of Nexis Uni, with `Body` before the text and `End of
//! Document` behind it.

use super::{Export, Parts, Place, label, open};
use crate::{
    article::{
        container::{Articles, Container, Open},
        field_date::read_date,
    },
    french::sets::exports as sets,
};

/// LexisNexis, as text.
pub static NEXIS: Container = Container {
    name: "nexis",
    aliases: &["lexisnexis"],
    extensions: &[],
    holds: "a text export of LexisNexis, cut into its articles",
    articles: Articles::Many,
    sniff: |head| {
        let head = String::from_utf8_lossy(head);
        let numbered = head.lines().any(|l| place(l) == Place::First);
        let begins = || head.lines().any(|l| sets::BEGINS.contains_folded(l.trim()));
        let length = head
            .lines()
            .any(|l| is_label(l, |l| sets::LENGTH.contains_folded(l)));
        length && (numbered || begins())
    },
    open: Open::Stream(|stream, options| open(stream, options, EXPORT)),
};

const EXPORT: Export = Export { place, parts };

/// `1 of 20 DOCUMENTS`, `Document 1 de 20`, `End of Document`.
fn place(line: &str) -> Place {
    let line = line.trim();
    if sets::CLOSES.contains_folded(line) {
        return Place::Last;
    }
    let words: Vec<_> = line.split_whitespace().take(5).collect();
    let is_number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let counts = |n: &str, of: &str, all: &str, counted: &str| {
        is_number(n)
            && is_number(all)
            && sets::OF.contains_folded(of)
            && sets::COUNTED.contains_folded(counted)
    };
    let numbered = match words[..] {
        [a, b, c, d] => counts(a, b, c, d) || counts(b, c, d, a),
        _ => false,
    };
    if numbered {
        Place::First
    } else {
        Place::Inside
    }
}

fn is_label(line: &str, is: impl Fn(&str) -> bool) -> bool {
    label(line).is_some_and(|(name, _)| is(name))
}

fn parts(text: &str) -> Option<Parts> {
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let lines = match lines.first() {
        Some(first) if place(first) == Place::First => &lines[1..],
        _ => &lines[..],
    };
    let length = lines
        .iter()
        .position(|l| is_label(l, |l| sets::LENGTH.contains_folded(l)))?;
    let value = |is: fn(&str) -> bool, among: &[&str]| {
        let found = among
            .iter()
            .find_map(|l| label(l).filter(|(name, _)| is(name)));
        found
            .map(|(_, value)| value.to_owned())
            .filter(|v| !v.is_empty())
    };
    // Above the labels stand source, day and title, in an order of each export's own.
    let labelled = |l: &&str| {
        is_label(l, |l| {
            l.bytes().all(|b| !b.is_ascii_lowercase())
                || sets::LENGTH.contains_folded(l)
                || sets::AUTHOR.contains_folded(l)
        })
    };
    let plain: Vec<_> = lines[..length].iter().filter(|l| !labelled(l)).collect();
    let day = plain.iter().position(|l| read_date(l).is_some());
    let right = |l: &str| l.starts_with('©') || l.starts_with("Copyright");
    let begins = lines.iter().position(|l| sets::BEGINS.contains_folded(l));
    let (title, site) = match (begins, day) {
        // Title, source, day.
        (Some(_), Some(at)) if at > 0 => (plain.first(), plain.get(at - 1).filter(|_| at > 1)),
        // Source, day, title.
        (_, Some(at)) => (
            plain[at + 1..].iter().find(|l| !right(l)),
            plain[..at].iter().find(|l| !right(l)),
        ),
        (_, None) => (plain.last(), plain.first().filter(|_| plain.len() > 1)),
    };
    let from = begins.unwrap_or(length).max(length) + 1;
    // The author's label may stand below the length.
    let from = from
        + lines[from..]
            .iter()
            .take_while(|l| begins.is_none() && labelled(l))
            .count();
    let until = lines[from..].iter().position(|l| {
        is_label(l, |l| sets::BEHIND.contains_folded(l))
            || sets::ENDS.contains_folded(l)
            || sets::CLOSES.contains_folded(l)
            || right(l)
    });
    let text = &lines[from..until.map_or(lines.len(), |n| from + n)];
    let headline = value(|l| sets::HEADLINE.contains_folded(l), lines);
    Some(Parts {
        id: None,
        title: headline.or_else(|| title.map(|t| (**t).to_owned())),
        date: day.map(|at| (*plain[at]).to_owned()),
        text: text.join("\n"),
        site: site.map(|s| (**s).to_owned()),
        author: value(|l| sets::AUTHOR.contains_folded(l), &lines[..from]),
    })
}
