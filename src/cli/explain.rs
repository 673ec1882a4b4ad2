//! `glane explain`: a view of one run of the extractor, with the rule that found
//! each mention and the steps from its words to its value.

use super::{NOTHING, input, print, say};
use crate::{
    article::{Article, reader::Reader},
    pipeline::Explained,
    record::{self, MentionRow, Status},
    text::{self, Analysis},
};
use std::{fmt::Write, process::ExitCode, sync::Arc};

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
            if print(&show(&parsed.article, &explained)) != ExitCode::SUCCESS {
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
    let analysis = text::analyse(&article.text);
    let mut rows = Vec::new();
    record::rows(record, &mut |row| rows.push(row));
    rows.sort_by_key(|r| r.start);
    for row in &rows {
        let _ = writeln!(out, "{:>7} {}", row.start, values(row));
        let _ = writeln!(out, "        {}", sentence(&article.text, &analysis, row));
        if let Some(trace) = explained.trace(row.kind, row.byte_start) {
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

/// Kind and values, named as in the record, by name: `money currency EUR, exact 12`.
fn values(row: &MentionRow) -> String {
    // Keys of the article and of the span, which stand elsewhere.
    const ELSEWHERE: [&str; 10] = [
        "id",
        "source",
        "row",
        "published",
        "kind",
        "start",
        "end",
        "byte_start",
        "byte_end",
        "text",
    ];
    let Ok(serde_json::Value::Object(all)) = serde_json::to_value(row) else {
        return String::new();
    };
    let kind = all.get("kind").and_then(|k| k.as_str()).unwrap_or_default();
    let values: Vec<_> = all
        .iter()
        .filter(|(key, value)| !value.is_null() && !ELSEWHERE.contains(&key.as_str()))
        .map(|(key, value)| match value.as_str() {
            Some(text) => format!("{key} {}", one_line(text)),
            None => format!("{key} {value}"),
        })
        .collect();
    format!("{kind} {}", values.join(", "))
}

/// The sentence of a mention on one line, the mention in brackets.
fn sentence(text: &str, analysis: &Analysis, row: &MentionRow) -> String {
    let (start, end) = (row.byte_start as usize, row.byte_end as usize);
    let bounds = |s: &std::ops::Range<u32>| {
        let tokens = &analysis.tokens[s.start as usize..s.end as usize];
        Some((tokens.first()?.start as usize, tokens.last()?.end as usize))
    };
    let around: Vec<_> = analysis
        .sentences
        .iter()
        .filter_map(bounds)
        .filter(|(from, to)| *from < end && start < *to)
        .collect();
    let from = around.first().map_or(start, |(from, _)| *from).min(start);
    let to = around.last().map_or(end, |(_, to)| *to).max(end);
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
            shown.contains("money currency EUR, exact 30, number 30.0\n"),
            "{shown}"
        );
        assert!(
            shown.contains("        Elle a coûté [30 euros] hier.\n"),
            "{shown}"
        );
        assert!(shown.contains("value 2024-05-03"), "{shown}");
        assert!(shown.contains("        rule "), "{shown}");
        // No Rust in it.
        assert!(
            !shown.contains("Some(") && !shown.contains("None"),
            "{shown}"
        );
    }
}
