//! What a look has seen, for a person to read.

use super::{
    estimate::{in_words, rounded, thousands},
    look::{FieldSeen, Look, role},
};
use crate::{
    article::{Role, inputs::Inputs},
    cli::{summary::count, terminal::plain},
    kinds::PublishedFrom,
};
use std::fmt::Write;

/// Fields that a line lists.
const LISTED: usize = 12;

/// What the fields are taken for, and which are not taken.
pub fn fields_line(look: &Look) -> String {
    if look.formats.is_empty() {
        return "no article could be read".to_owned();
    }
    if look.with_fields == 0 && look.failed == look.rows {
        return "none of the first articles can be read: see below".to_owned();
    }
    if look.with_fields == 0 {
        return format!(
            "{}: the text is the file, title and date from its first lines{}",
            look.formats.join(", "),
            match from(look, PublishedFrom::Filename) {
                0 => "",
                _ => " or its name",
            }
        );
    }
    let mut parts = Vec::new();
    for wanted in Role::ALL {
        let names: Vec<_> = look
            .fields
            .iter()
            .filter(|f| f.taken[wanted as usize] > 0)
            .map(|f| format!("`{}`", plain(&f.name)))
            .collect();
        if !names.is_empty() {
            parts.push(format!("{} from {}", wanted.name(), names.join(" or ")));
        } else if wanted == Role::Text {
            let table = match look.tables {
                true => ", or give the table a header: a first line with the names of its columns",
                false => "",
            };
            parts.push(format!("no text: name its field with --text-field{table}"));
        }
    }
    let kept: Vec<_> = look.fields.iter().filter(|f| f.kept).collect();
    if !kept.is_empty() {
        parts.push(format!("kept {}", listed(&kept)));
    }
    let left = left(look);
    let mut line = parts.join(", ");
    if !left.is_empty() {
        let _ = write!(line, "; not taken: {} (--keep)", listed(&left));
    }
    line
}

/// How much there is, from when, in which languages, and how long it takes.
pub fn run_line(look: &Look, threads: usize) -> String {
    let estimate = &look.estimate;
    let mut line = articles(look);
    if let Some((first, last)) = &look.published {
        let _ = match first == last {
            true => write!(line, ", published {first}"),
            false => write!(line, ", published {first} to {last}"),
        };
    } else if read(look) > 0 {
        line.push_str(", without a publication date (--date-field, --published)");
    }
    match (look.failed, read(look)) {
        (0, _) => {}
        (_, 0) => line.push_str(", none that could be read"),
        (n, _) => {
            let _ = write!(line, ", {n} that could not be read");
        }
    }
    let languages: Vec<_> = look
        .languages
        .iter()
        .map(|(code, n)| format!("{} {n}", code.unwrap_or("undecided")))
        .collect();
    if !languages.is_empty() {
        let _ = write!(line, ", languages {}", languages.join(", "));
    }
    if look.estimate.articles() > look.rows {
        let _ = write!(line, " (of the first {})", thousands(look.rows));
    }
    if let Some(time) = estimate.time(threads) {
        let _ = write!(
            line,
            "; {} with {}",
            in_words(time),
            count(threads as u64, "thread")
        );
    }
    line
}

/// The whole report.
pub fn text(look: &Look, found: &Inputs, threads: usize) -> String {
    let mut out = format!("{}\n{}\n\n", fields_line(look), run_line(look, threads));
    row(
        &mut out,
        "looked at",
        &format!("{} of {}", thousands(look.rows), articles(look)),
    );
    let bytes: u64 = found.files.iter().map(|f| f.bytes).sum();
    let mut inputs = count(found.files.len() as u64, "file");
    if bytes > 0 {
        let _ = write!(inputs, ", {:.1} MB", bytes as f64 / 1e6);
    }
    let _ = write!(inputs, ", {}", look.formats.join(", "));
    for (n, what) in [
        (
            found.left_aside,
            "left aside: an extension that is not read",
        ),
        (found.records, "left aside: written by glane"),
    ] {
        if n > 0 {
            let _ = write!(inputs, "; {} {what}", count(n as u64, "file"));
        }
    }
    row(&mut out, "inputs", &inputs);
    if look.with_fields > 0 {
        out.push_str("fields\n");
        let width = look
            .fields
            .iter()
            .map(|f| plain(&f.name).chars().count())
            .max();
        for field in &look.fields {
            let _ = writeln!(
                out,
                "  {:<width$}  {:>4.0} %  {}",
                plain(&field.name),
                100.0 * field.rows as f64 / look.with_fields as f64,
                verdict(field),
                width = width.unwrap_or_default()
            );
        }
    }
    row(&mut out, "published", &published(look));
    let languages: Vec<_> = look
        .languages
        .iter()
        .map(|(code, n)| format!("{} {n}", code.unwrap_or("undecided")))
        .collect();
    row(&mut out, "languages", &or_none(languages.join(", ")));
    row(&mut out, "texts", &texts(look));
    let encodings: Vec<_> = look
        .warnings
        .iter()
        .filter(|(kind, _)| *kind == "decoded_as")
        .map(|(_, (n, example))| {
            let name = example.strip_prefix("decoded_as:").unwrap_or(example);
            format!("{} decoded as {name}", count(*n, "article"))
        })
        .collect();
    row(
        &mut out,
        "encoding",
        &match encodings.is_empty() {
            true => "UTF-8".to_owned(),
            false => format!("{}, the others UTF-8", encodings.join(", ")),
        },
    );
    let repeated = match &look.ids.example {
        Some(id) => format!(
            "{}, the first `{}`: `uid` tells them apart",
            look.ids.repeated,
            plain(id)
        ),
        None => "0".to_owned(),
    };
    row(&mut out, "repeated ids", &repeated);
    for (kind, (n, example)) in &look.warnings {
        if kind != "decoded_as" {
            row(
                &mut out,
                "warning",
                &format!("{}: {}", count(*n, "article"), plain(example)),
            );
        }
    }
    if let Some(why) = &look.first_failure {
        row(
            &mut out,
            "unreadable",
            &format!("{}, the first {}", look.failed, plain(why)),
        );
    }
    out
}

/// `34,228 articles`, or `about 34,000 articles`.
fn articles(look: &Look) -> String {
    let n = look.estimate.articles();
    match look.estimate.complete || n <= look.rows {
        true => format!(
            "{} article{}",
            thousands(n.max(look.rows)),
            if n.max(look.rows) == 1 { "" } else { "s" }
        ),
        false => format!("about {} articles", thousands(rounded(n))),
    }
}

/// Articles that could be read, of which alone it is known whether they have a date.
fn read(look: &Look) -> u64 {
    look.rows - look.failed
}

fn published(look: &Look) -> String {
    let with: u64 = look.published_from.iter().map(|(_, n)| n).sum();
    if read(look) == 0 {
        return "unknown: no article could be read".to_owned();
    }
    let Some((first, last)) = &look.published else {
        return "never: relative dates stay without a value; name the field with --date-field, \
                or give the date with --published"
            .to_owned();
    };
    let sources: Vec<_> = look
        .published_from
        .iter()
        .map(|(from, n)| {
            let from = match from {
                PublishedFrom::Metadata => "a field",
                PublishedFrom::Dateline => "the first lines",
                PublishedFrom::Filename => "the file name",
                _ => "--published",
            };
            format!("{n} from {from}")
        })
        .collect();
    format!(
        "{first} to {last}: {}{}",
        sources.join(", "),
        match read(look) - with {
            0 => String::new(),
            n => format!(", {n} without"),
        }
    )
}

fn texts(look: &Look) -> String {
    let empty = format!("{} empty", look.empty);
    let (Some(first), Some(last)) = (look.lengths.first(), look.lengths.last()) else {
        return empty;
    };
    let middle = look.lengths[look.lengths.len() / 2];
    format!(
        "{empty}; {} to {} code points, half of them up to {}",
        thousands(*first as u64),
        thousands(*last as u64),
        thousands(middle as u64)
    )
}

/// What a field is taken for, or the flag that would keep it.
fn verdict(field: &FieldSeen) -> String {
    let kept = if field.kept {
        ", kept under `meta`"
    } else {
        ""
    };
    match role(field) {
        Some(role) => format!("{}{kept}", role.name()),
        None if field.kept => "kept under `meta`".to_owned(),
        None => format!("not taken; --keep {} would keep it", plain(&field.name)),
    }
}

/// Fields that are neither taken nor kept; of an object its parts.
fn left(look: &Look) -> Vec<&FieldSeen> {
    let leads_on = |object: &str| {
        let inside = |name: &str| {
            name.strip_prefix(object)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        look.fields.iter().any(|f| inside(&f.name))
    };
    look.fields
        .iter()
        .filter(|f| role(f).is_none() && !f.kept && !leads_on(&f.name))
        .collect()
}

fn listed(fields: &[&FieldSeen]) -> String {
    let names: Vec<_> = fields
        .iter()
        .take(LISTED)
        .map(|f| format!("`{}`", plain(&f.name)))
        .collect();
    let more = match fields.len().saturating_sub(LISTED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    format!("{}{more}", names.join(", "))
}

fn from(look: &Look, wanted: PublishedFrom) -> u64 {
    let found = look.published_from.iter().find(|(from, _)| *from == wanted);
    found.map_or(0, |(_, n)| *n)
}

fn row(out: &mut String, head: &str, body: &str) {
    let _ = writeln!(out, "{head:<12}  {body}");
}

fn or_none(text: String) -> String {
    match text.is_empty() {
        true => "none".to_owned(),
        false => text,
    }
}
