//! `glane explain`: a view of one run of the extractor, with the rule that found
//! each mention and the steps from its words to its value.

use super::{NOTHING, input, print, say, terminal::plain};
use crate::{
    article::{Article, reader::Reader},
    pipeline::Explained,
    record::{self, Field, MentionRow, Status},
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use std::{
    fmt::{self, Write},
    process::ExitCode,
    sync::Arc,
};

/// Flags of `glane explain`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: input::Args,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let extractor = match args.input.extractor(input::threads(None)) {
        Ok(extractor) => extractor,
        Err(e) => {
            say!("glane: {e}");
            return ExitCode::from(NOTHING);
        }
    };
    let options = args.input.options();
    let found = args.input.collect(None);
    for refused in &found.refused {
        say!("glane: {refused}");
    }
    let mut read = 0;
    for input in found.files {
        let source = input.source.clone();
        let reader = match Reader::open(input, &options, Arc::default(), Arc::default()) {
            Ok(reader) => reader,
            Err(e) => {
                say!("glane: {source}: {e}");
                continue;
            }
        };
        for item in reader {
            let parsed = item.article(&options);
            if let Some(problem) = parsed.problem {
                say!("glane: {source}: {}", problem.message);
                continue;
            }
            read += 1;
            let explained = extractor.explain(&parsed.article);
            let shown = show(&parsed.article, &explained);
            if print(&plain(&shown)) != ExitCode::SUCCESS {
                return ExitCode::from(NOTHING);
            }
        }
    }
    if read == 0 {
        say!("glane: nothing to explain");
        return ExitCode::from(NOTHING);
    }
    ExitCode::SUCCESS
}

/// The mentions of an article in reading order: kind and values as in the
/// record, the sentence with the mention in brackets, the rule and its steps.
fn show(article: &Article, explained: &Explained) -> String {
    let record = &explained.record;
    let mut out = format!("{}\n", record.id);
    match record.status {
        Status::Ok => {}
        Status::Error => {
            let why = record.error.as_ref().map_or("", |e| e.message.as_str());
            let _ = writeln!(out, "  failed: {why}\n");
            return out;
        }
        _ => {
            let lang = record.lang.as_deref().unwrap_or("none");
            let _ = writeln!(out, "  nothing looked for: no text, or language {lang}\n");
            return out;
        }
    }
    let mut rows = Vec::new();
    record::rows(record, &mut |row| rows.push(row));
    rows.sort_by_key(|r| (r.span.field, r.span.start));
    for row in &rows {
        let place = match row.span.field {
            Field::Title => format!("title {}", row.span.start),
            _ => row.span.start.to_string(),
        };
        let _ = writeln!(out, "{place:>7} {}", values(row));
        let _ = writeln!(out, "        {}", sentence(article, explained, row));
        if let Some(trace) = explained.trace(row.kind, row.span.field, row.span.byte_start) {
            let _ = writeln!(out, "        rule {}", trace.rule);
            for step in &trace.steps {
                let _ = writeln!(out, "          {step}");
            }
        }
    }
    for warning in &record.warnings {
        let _ = writeln!(out, "  note  {warning}");
    }
    out.push('\n');
    out
}

/// A JSON object as pairs in the order in which it was written.
struct Pairs(Vec<(String, serde_json::Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// Kind and values, named and in the order of a row of mentions:
/// `money number 12.0, exact 12, currency EUR`.
fn values(row: &MentionRow) -> String {
    // Keys of the article and of the span, which stand elsewhere.
    const ELSEWHERE: [&str; 15] = [
        "id",
        "uid",
        "source",
        "row",
        "published",
        "meta",
        "kind",
        "start",
        "end",
        "byte_start",
        "byte_end",
        "text",
        "field",
        "sentence",
        "context",
    ];
    let json = serde_json::to_string(row).unwrap_or_default();
    let Ok(Pairs(all)) = serde_json::from_str(&json) else {
        return String::new();
    };
    let text = |value: &serde_json::Value| match value.as_str() {
        Some(text) => one_line(text),
        None => value.to_string(),
    };
    let kind = all.iter().find(|(key, _)| key == "kind");
    let kind = kind.map(|(_, value)| text(value)).unwrap_or_default();
    let values: Vec<_> = all
        .iter()
        .filter(|(key, value)| !value.is_null() && !ELSEWHERE.contains(&key.as_str()))
        .map(|(key, value)| format!("{key} {}", text(value)))
        .collect();
    format!("{kind} {}", values.join(", "))
}

/// The sentence of a mention on one line, the mention in brackets.
fn sentence(article: &Article, explained: &Explained, row: &MentionRow) -> String {
    let text = match row.span.field {
        Field::Title => article.title.as_deref().unwrap_or_default(),
        _ => &article.text,
    };
    let (start, end) = (row.span.byte_start as usize, row.span.byte_end as usize);
    let around: Vec<_> = explained
        .sentences
        .iter()
        .filter(|s| s.field == row.span.field && s.bytes.start < end && start < s.bytes.end)
        .collect();
    let from = around.first().map_or(start, |s| s.bytes.start).min(start);
    let to = around.last().map_or(end, |s| s.bytes.end).max(end);
    format!(
        "{}[{}]{}",
        one_line_open(&text[from..start]),
        one_line(&text[start..end]),
        one_line_open(&text[end..to])
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// [`one_line`] that keeps a space at either end.
fn one_line_open(text: &str) -> String {
    let space = |is: bool| if is { " " } else { "" };
    let inner = one_line(text);
    if inner.is_empty() {
        return space(!text.is_empty()).to_owned();
    }
    format!(
        "{}{inner}{}",
        space(text.starts_with(char::is_whitespace)),
        space(text.ends_with(char::is_whitespace))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Extractor;

    #[test]
    fn a_mention_is_shown_in_its_sentence_with_values_rule_and_steps() {
        let article = Article::from_text(
            "a",
            "Publié le 4 mai 2024\n\nLa halle est\nfermée. Elle a coûté 30 euros hier. Fin du récit.",
        );
        let extractor = Extractor::builder().build().unwrap();
        let shown = show(&article, &extractor.explain(&article));
        assert!(
            shown.contains("money number 30.0, exact 30, currency EUR\n"),
            "{shown}"
        );
        assert!(
            shown.contains("        Elle a coûté [30 euros] hier.\n"),
            "{shown}"
        );
        assert!(shown.contains("value 2024-05-03"), "{shown}");
        // In words, for amounts as for dates.
        assert!(
            shown.contains("        rule day_word\n          reads "),
            "{shown}"
        );
        assert!(
            shown.contains("        rule name\n          reads "),
            "{shown}"
        );
        // No Rust in it.
        assert!(
            !shown.contains("Some(") && !shown.contains("None"),
            "{shown}"
        );
    }
}
