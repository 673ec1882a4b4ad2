//! What a person wants to know at the end of a run.

use crate::pipeline::{batch::Outcome, near, tally::LABELS};
use std::{fmt::Write, path::Path};

/// Kinds of what was left aside that are shown.
const ASIDE: usize = 8;
/// Names shown per label.
const TOP: usize = 5;

/// The summary, without a line break at its end; `hint` is a line about what
/// else could be had.
pub fn text(outcome: &Outcome, place: Option<&Path>, hint: Option<&str>) -> String {
    let tally = &outcome.tally;
    let seconds = outcome.elapsed.as_secs_f64().max(1e-9);
    let mut out = format!(
        "{} in {:.1} s: {:.0} articles/s, {} of text\n",
        count(tally.articles(), "article"),
        seconds,
        tally.articles() as f64 / seconds,
        rate(tally.text_bytes as f64 / seconds),
    );
    let statuses = [
        (tally.ok, "extracted"),
        (tally.skipped_language, "in another language"),
        (tally.skipped_empty, "empty"),
        (tally.error, "failed"),
        (tally.seen, "left out, seen before"),
    ];
    row(&mut out, "articles", &listed(statuses));
    if tally.near_duplicates > 0 {
        let what = format!(
            "{} nearly repeat an earlier one (`duplicate_of`)",
            count(tally.near_duplicates, "article")
        );
        row(&mut out, "duplicates", &what);
    }
    if outcome.forgotten > 0 {
        let what = format!(
            "each article was compared with at most {} before it: the oldest {} were forgotten",
            near::ARTICLES,
            outcome.forgotten
        );
        row(&mut out, "compared", &what);
    }
    let empty: Vec<_> = outcome
        .inputs
        .iter()
        .filter(|i| i.rows == 0 && i.problem.is_none() && i.complete)
        .map(|i| i.source.as_str())
        .collect();
    if let Some(first) = empty.first() {
        let what = match empty.len() {
            1 => format!("{first} holds no article"),
            n => format!("{n} files hold no article, the first {first}"),
        };
        row(&mut out, "warning", &what);
    }
    let kinds = tally.mentions().map(|(_, noun, n)| (n, noun));
    row(&mut out, "mentions", &listed(kinds));
    for label in LABELS {
        let names: Vec<_> = tally
            .top(label, TOP)
            .iter()
            .map(|(name, n)| format!("{} ({n})", one_line(name)))
            .collect();
        if !names.is_empty() {
            let label = format!("{label:?}").to_uppercase();
            row(&mut out, &format!("most {label}"), &names.join(", "));
        }
    }
    let mut aside: Vec<_> = outcome.left_aside.iter().map(|(k, n)| (*n, k)).collect();
    if !aside.is_empty() {
        aside.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let more = aside.len().saturating_sub(ASIDE);
        aside.truncate(ASIDE);
        let more = if more > 0 {
            format!(" and {more} more kinds")
        } else {
            String::new()
        };
        let what = format!("inside the inputs, no articles: {}{more}", listed(aside));
        row(&mut out, "left aside", &what);
    }
    if tally.aside > 0 {
        let what = format!(
            "{} of the mentions in comments and page notices; their names are not \
             counted (`zone` in the records)",
            tally.aside
        );
        row(&mut out, "comments", &what);
    }
    if tally.undated > 0 {
        let what = format!(
            "{} without a publication date: what is relative to it has no value \
             (--date-field, --published)",
            count(tally.undated, "article")
        );
        row(&mut out, "undated", &what);
    }
    if tally.dates_without_value > 0 {
        let all: u64 = tally
            .mentions()
            .filter(|(key, ..)| *key == "dates")
            .map(|(.., n)| n)
            .sum();
        let what = format!(
            "{} of {all} dates without a value",
            tally.dates_without_value
        );
        row(&mut out, "unsettled", &what);
    }
    let warnings = tally.warnings.iter().map(|(kind, n)| (*n, kind.as_str()));
    if !tally.warnings.is_empty() {
        row(&mut out, "warnings", &listed(warnings));
    }
    if let Some(id) = &outcome.ids.example {
        let n = outcome.ids.repeated;
        let what = format!(
            "{} with an id seen before, the first `{}`",
            count(n, "article"),
            one_line(id)
        );
        row(&mut out, "warning", &what);
    }
    match place {
        Some(place) => row(&mut out, "written to", &place.display().to_string()),
        None => row(&mut out, "written to", "standard output"),
    }
    if let Some(hint) = hint.filter(|_| tally.ok > 0) {
        row(&mut out, "more names", hint);
    }
    out.trim_end().to_owned()
}

/// Bytes per second: `2.4 MB/s`, below one of them `38 kB/s`.
pub fn rate(bytes: f64) -> String {
    match bytes {
        slow if slow < 1e6 => format!("{:.0} kB/s", slow / 1e3),
        fast => format!("{:.1} MB/s", fast / 1e6),
    }
}

/// `1 article`, `2 articles`.
pub fn count(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn row(out: &mut String, head: &str, body: &str) {
    let _ = writeln!(out, "  {head:<10}  {body}");
}

fn listed<S: AsRef<str>>(counts: impl IntoIterator<Item = (u64, S)>) -> String {
    let parts: Vec<_> = counts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {}", what.as_ref()))
        .collect();
    if parts.is_empty() {
        "none".to_owned()
    } else {
        parts.join(", ")
    }
}

/// A name that was broken over two lines is shown on one.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
