//! `glane explain`: a view of one run of the extractor, with the rule that found
//! each mention and the steps from its words to its value.

use super::{NOTHING, input, print, say, terminal::plain, unread};
use crate::{
    article::{Article, reader::Reader},
    kinds::PublishedFrom,
    pipeline::Explained,
    record::{self, Field, Kind, MentionRow, Status},
    view::{self, words},
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
        say!("glane: {}", unread::refused(refused));
    }
    let found_none = found.files.is_empty().then(|| unread::nothing(&found));
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
        match found_none {
            Some(nothing) => say!("glane: nothing to explain: {nothing}"),
            None => say!("glane: nothing to explain"),
        }
        return ExitCode::from(NOTHING);
    }
    ExitCode::SUCCESS
}

/// Characters of a sentence shown on either side of a mention: a terminal breaks
/// longer lines, and the mark below would stand elsewhere.
const AROUND: usize = 44;

/// The mentions of an article in reading order, each in its sentence, with its
/// value in words, the rule that found it and the steps to its value.
fn show(article: &Article, explained: &Explained) -> String {
    let record = &explained.record;
    let mut out = one_line(&record.id);
    if let Some(title) = &record.title {
        let _ = write!(out, ": {}", one_line(title));
    }
    out.push('\n');
    let _ = match (&record.published, record.published_from) {
        (Some(date), Some(from)) => {
            let from = match from {
                PublishedFrom::Metadata => "a field of its row",
                PublishedFrom::Dateline => "its first lines",
                PublishedFrom::Filename => "the name of its file",
                _ => "the flag --published",
            };
            writeln!(out, "published {date}, from {from}")
        }
        _ => writeln!(
            out,
            "without a publication date: what is relative to it has no value"
        ),
    };
    let language = record.lang.as_deref().unwrap_or("not known");
    match record.status {
        Status::Ok => {}
        Status::Error => {
            let why = record.error.as_ref().map_or("", |e| e.message.as_str());
            let _ = writeln!(out, "failed: {why}\n");
            return out;
        }
        Status::SkippedLanguage => {
            let _ = writeln!(
                out,
                "nothing was looked for: its language is {language} (--lang, --assume-lang)\n"
            );
            return out;
        }
        Status::SkippedEmpty => {
            out.push_str("nothing was looked for: it has no text\n\n");
            return out;
        }
    }
    let mut rows = Vec::new();
    record::rows(record, &mut |row| rows.push(row));
    rows.sort_by_key(|r| (r.span.field, r.span.start));
    if rows.is_empty() {
        out.push_str("nothing was found\n");
    }
    for row in &rows {
        mention(&mut out, article, explained, row);
    }
    for warning in &record.warnings {
        let _ = writeln!(out, "\nnote: {}", one_line(warning));
    }
    out.push('\n');
    out
}

/// One mention, as a paragraph.
fn mention(out: &mut String, article: &Article, explained: &Explained, row: &MentionRow) {
    let said = one_line(&row.span.text);
    let label = kind(row);
    let _ = match words::value(row) {
        Some(value) => writeln!(out, "\n{label} « {said} » is {value}"),
        None if row.kind == Kind::Entity => match row.name.as_deref().map(one_line) {
            Some(name) if name != said => {
                writeln!(out, "\n{label} « {said} », in full « {name} »")
            }
            _ => writeln!(out, "\n{label} « {said} »"),
        },
        None => writeln!(
            out,
            "\n{label} « {said} » has no value: the text does not settle it"
        ),
    };
    let (line, mark) = sentence(article, explained, row);
    let _ = writeln!(out, "    {line}\n    {mark}");
    let place = match row.span.field {
        Field::Title => "of the title",
        _ => "of the text",
    };
    match explained.trace(row.kind, row.span.field, row.span.byte_start) {
        Some(trace) => {
            let mut steps = trace.steps.iter();
            let reads = steps.next().map_or("", String::as_str);
            let _ = writeln!(out, "  rule    `{}` {reads}", trace.rule);
            for step in steps {
                let _ = writeln!(out, "  step    {step}");
            }
        }
        None => {
            let score = row.score.unwrap_or_default();
            let _ = writeln!(
                out,
                "  model   no rule: the model is sure to {:.0} %{}",
                100.0 * score,
                if score < view::DOUBTFUL {
                    ", doubtful"
                } else {
                    ""
                }
            );
        }
    }
    let _ = writeln!(
        out,
        "  record  {} to {} {place}; {}",
        row.span.start,
        row.span.end,
        values(row)
    );
}

/// What a mention is called: its label, its type, else its kind.
fn kind(row: &MentionRow) -> String {
    let name = |value: serde_json::Result<serde_json::Value>| {
        let value = value.ok()?;
        Some(value.as_str()?.to_uppercase())
    };
    row.label
        .and_then(|label| name(serde_json::to_value(label)))
        .or_else(|| row.date_type.and_then(|t| name(serde_json::to_value(t))))
        .or_else(|| name(serde_json::to_value(row.kind)))
        .unwrap_or_default()
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

/// The values of the record, named and in the order of a row of mentions:
/// `number 12.0, exact 12, currency EUR`.
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
    let values: Vec<_> = all
        .iter()
        .filter(|(key, value)| !value.is_null() && !ELSEWHERE.contains(&key.as_str()))
        .map(|(key, value)| format!("{key} {}", text(value)))
        .collect();
    values.join(", ")
}

/// The sentence of a mention on one line, cut where it is long, and below it the
/// line that marks the mention.
fn sentence(article: &Article, explained: &Explained, row: &MentionRow) -> (String, String) {
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
    let before = one_line_open(&text[from..start]);
    let said = one_line(&text[start..end]);
    let after = one_line_open(&text[end..to]);
    let before = match before.char_indices().rev().nth(AROUND) {
        Some((at, _)) => format!("…{}", &before[at..]),
        None => before,
    };
    let after = match after.char_indices().nth(AROUND) {
        Some((at, _)) => format!("{}…", &after[..at]),
        None => after,
    };
    let mark = format!(
        "{}{}",
        " ".repeat(before.chars().count()),
        "^".repeat(said.chars().count())
    );
    (format!("{before}{said}{after}"), mark)
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
        for part in [
            "published 2024-05-04, from its first lines\n",
            // In words, in its sentence, with the rule.
            "MONEY « 30 euros » is 30 EUR\n    \
             Elle a coûté 30 euros hier.\n                 ^^^^^^^^\n  rule    `name` reads ",
            "DATE « hier » is 3 May 2024\n",
            "  step    1 day before the publication date\n",
            "  rule    `day_word` reads ",
            "value 2024-05-03",
            "number 30.0, exact 30, currency EUR\n",
        ] {
            assert!(shown.contains(part), "help: no {part:?} in\n{shown}");
        }
        // No Rust in it.
        assert!(
            !shown.contains("Some(") && !shown.contains("None"),
            "{shown}"
        );
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_mention() {
        let far = "et puis encore une fois ".repeat(8);
        let article = Article::from_text(
            "a",
            format!("Il a payé {far} 30 euros {far} sans dire un mot."),
        );
        let extractor = Extractor::builder()
            .assume_language("fra")
            .unwrap()
            .build()
            .unwrap();
        let shown = show(&article, &extractor.explain(&article));
        let lines: Vec<_> = shown.lines().collect();
        let at = lines.iter().position(|l| l.trim() == "^^^^^^^^").unwrap();
        let column = |line: &str, what: &str| line.split(what).next().unwrap().chars().count();
        assert_eq!(column(lines[at], "^"), column(lines[at - 1], "30 euros"));
        assert!(lines.iter().all(|l| l.chars().count() < 110), "{shown}");
    }
}
