//! `glane explain`: for each mention the rule that found it, and for each time
//! expression the steps from its words to its value.

use super::{NOTHING, input, print, say};
use crate::{
    article::{Article, reader::Reader},
    dates, money,
    record::{Record, Status},
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
            let record = extractor.extract(&parsed.article);
            if print(&explain(&parsed.article, &record, &args.input)) != ExitCode::SUCCESS {
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

/// One line a mention in reading order, its steps below.
fn explain(article: &Article, record: &Record, args: &input::Args) -> String {
    let text = article.text.as_str();
    let published = article.published.map(|(date, _)| date);
    let mut out = format!("{}\n", record.id);
    if record.status != Status::Ok {
        let _ = writeln!(out, "  nothing looked for: {:?}\n", record.status);
        return out;
    }
    let money = money::find(
        text,
        &money::Context {
            published,
            crypto: args.crypto(),
        },
    );
    let blocked: Vec<_> = money.money.iter().map(|m| (m.start, m.end)).collect();
    let dates = dates::explain(
        text,
        &dates::Context {
            published,
            blocked: &blocked,
            timezone: args.timezone(),
        },
    );
    let mut lines: Vec<(u64, String)> = Vec::new();
    for e in &record.entities {
        let line = format!("{:?} {:.2} « {} »", e.label, e.score, e.span.text);
        let name = match e.name == e.span.text {
            true => String::new(),
            false => format!("\n      is {}", e.name),
        };
        lines.push((e.span.byte_start, line + &name));
    }
    for m in &record.money {
        let rule = money
            .money
            .iter()
            .find(|f| f.start as u64 == m.span.byte_start);
        let value = match (&m.amount_exact, &m.amount_min, &m.amount_max) {
            (Some(a), ..) => a.clone(),
            (None, min, max) => format!("{min:?} to {max:?}"),
        };
        lines.push((
            m.span.byte_start,
            format!(
                "MONEY « {} » = {value} {} by rule {}",
                m.span.text,
                m.currency.as_deref().unwrap_or("of unknown currency"),
                rule.map_or("?", |f| f.rule)
            ),
        ));
    }
    for p in &record.percents {
        let rule = money
            .percents
            .iter()
            .find(|f| f.start as u64 == p.span.byte_start);
        lines.push((
            p.span.byte_start,
            format!(
                "PERCENT « {} » = {} by rule {}",
                p.span.text,
                p.value_exact.as_deref().unwrap_or("a range"),
                rule.map_or("?", |f| f.rule)
            ),
        ));
    }
    for d in &record.dates {
        let known = dates
            .dates
            .iter()
            .find(|f| f.start as u64 == d.span.byte_start);
        let mut line = format!(
            "{:?} « {} » = {} by rule {}",
            d.kind,
            d.span.text,
            d.value.as_deref().unwrap_or("no value"),
            known.map_or("?", |f| f.rule)
        );
        for step in known.iter().flat_map(|f| &f.steps) {
            let _ = write!(line, "\n      {step}");
        }
        lines.push((d.span.byte_start, line));
    }
    lines.sort();
    for (at, line) in lines {
        let _ = writeln!(out, "{at:>7} {line}");
    }
    for warning in &record.warnings {
        let _ = writeln!(out, "  note  {warning}");
    }
    out.push('\n');
    out
}
