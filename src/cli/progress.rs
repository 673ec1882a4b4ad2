//! Progress on standard error: a bar on a terminal, a line now and then
//! elsewhere, nothing with `--quiet`.

use super::{peek::Told, say, summary::rate, unread};
use crate::{
    article::inputs::Inputs,
    pipeline::batch::{Note, Outcome, Watch},
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    cell::{Cell, RefCell},
    env,
    io::IsTerminal,
    time::{Duration, Instant},
};

/// Failures told one by one; the summary counts the rest.
const FAILURES: u64 = 20;
/// Between two objects for a program.
const EVERY_JSON: Duration = Duration::from_secs(1);
/// Between two lines of a log.
const EVERY: Duration = Duration::from_secs(10);

/// How a run is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum How {
    /// A bar on a terminal, else a line every ten seconds.
    Auto,
    /// One JSON object a line: `progress` every second, `note`, `failed`, `end`.
    Json,
    /// Only the summary at the end.
    None,
}

/// Tells a person how the run goes.
pub struct Progress {
    how: How,
    bar: Option<ProgressBar>,
    quiet: bool,
    total: Option<u64>,
    started: Instant,
    last: Cell<Instant>,
    failures: Cell<u64>,
    /// Roles and fields that were said before the run.
    told: RefCell<Vec<(&'static str, String)>>,
}

impl Progress {
    /// A bar over the bytes of `inputs`, where their sizes are known.
    pub fn new(how: How, quiet: bool, inputs: &Inputs) -> Self {
        let known = inputs.files.iter().all(|f| f.path.is_some());
        let total = known.then(|| inputs.files.iter().map(|f| f.bytes).sum());
        let drawn = !quiet && how == How::Auto && std::io::stderr().is_terminal();
        let bar = drawn.then(|| bar(total));
        Self {
            how,
            bar,
            quiet,
            total,
            started: Instant::now(),
            last: Cell::new(Instant::now()),
            failures: Cell::new(0),
            told: RefCell::default(),
        }
    }

    /// Says what the run is about to do.
    pub fn begin(&self, told: Told) {
        for line in &told.lines {
            self.line(line);
        }
        *self.told.borrow_mut() = told.fields;
    }

    /// Tells what of the inputs cannot be used.
    pub fn refused(&self, inputs: &Inputs) {
        if let Some(left) = unread::left_aside(inputs)
            && !self.quiet
        {
            self.line(&left);
        }
        for (n, what) in [
            (inputs.again, "of what is read already"),
            (inputs.links, "of links, as --no-follow asks"),
        ] {
            if n > 0 && !self.quiet {
                let names = super::summary::count(n as u64, "name");
                self.line(&format!("left aside: {names} {what}"));
            }
        }
        if inputs.records > 0 && !self.quiet {
            self.line(&format!(
                "left aside: {} that glane has written",
                super::summary::count(inputs.records as u64, "file")
            ));
        }
        if inputs.files.is_empty() {
            for refused in &inputs.refused {
                self.line(&unread::refused(refused));
            }
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let failures = self.failures.get();
        if failures > FAILURES && self.how != How::Json {
            say!("glane: and {} more that failed", failures - FAILURES);
        }
    }

    /// Whether a person listens.
    pub fn talks(&self) -> bool {
        !self.quiet && self.how != How::Json
    }

    /// Tells a program that the run has ended.
    pub fn end(&self, outcome: &Outcome) {
        if self.how == How::Json {
            let summary = outcome.summary();
            object(
                "end",
                &[
                    ("articles", serde_json::json!(summary.counts.articles)),
                    ("mentions", serde_json::json!(summary.counts.mentions)),
                    ("seconds", outcome.elapsed.as_secs_f64().into()),
                ],
            );
        }
    }

    fn line(&self, text: &str) {
        if self.how == How::Json {
            return object("note", &[("text", text.into())]);
        }
        match &self.bar {
            Some(bar) => bar.suspend(|| say!("glane: {text}")),
            None => say!("glane: {text}"),
        }
    }
}

impl Watch for Progress {
    fn note(&self, note: Note) {
        match note {
            Note::Failed(at, why) => {
                self.failures.set(self.failures.get() + 1);
                if self.how == How::Json {
                    object("failed", &[("at", at.into()), ("why", why.into())]);
                } else if self.failures.get() <= FAILURES {
                    self.line(&format!("{at}: {why}"));
                }
            }
            Note::Fields(source, used) if !self.quiet => {
                let told = self.told.borrow();
                let used: Vec<_> = used
                    .iter()
                    .filter(|field| !told.contains(field))
                    .map(|(role, name)| format!("{role} from `{name}`"))
                    .collect();
                if used.is_empty() {
                    return;
                }
                self.line(&format!("{source}: {}", used.join(", ")));
            }
            Note::Fields(..) => {}
        }
    }

    fn advance(&self, bytes: u64, articles: u64, text_bytes: u64) {
        let rate = rate(text_bytes as f64 / self.started.elapsed().as_secs_f64().max(1e-9));
        if self.how == How::Json {
            if self.last.get().elapsed() >= EVERY_JSON {
                self.last.set(Instant::now());
                object(
                    "progress",
                    &[
                        ("articles", articles.into()),
                        ("bytes", bytes.into()),
                        ("total_bytes", self.total.into()),
                        ("text_bytes", text_bytes.into()),
                        ("seconds", self.started.elapsed().as_secs_f64().into()),
                    ],
                );
            }
        } else if let Some(bar) = &self.bar {
            bar.set_message(format!("{articles} articles, {rate} of text"));
            bar.set_position(bytes);
        } else if !self.quiet && self.how == How::Auto && self.last.get().elapsed() >= EVERY {
            self.last.set(Instant::now());
            let share = match self.total {
                Some(total) if total > 0 => format!(" ({} %)", bytes * 100 / total),
                _ => String::new(),
            };
            self.line(&format!("{articles} articles{share}, {rate} of text"));
        }
    }
}

/// Writes one JSON object on a line of its own.
fn object(event: &str, values: &[(&str, serde_json::Value)]) {
    let mut object = serde_json::Map::new();
    object.insert("event".to_owned(), event.into());
    for (key, value) in values {
        object.insert((*key).to_owned(), value.clone());
    }
    say!("{}", serde_json::Value::Object(object));
}

fn bar(total: Option<u64>) -> ProgressBar {
    // The convention of no-color.org: set and not empty.
    let plain = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let template = match (total, plain) {
        (None, _) => "{spinner} {bytes}, {msg}",
        (Some(_), true) => "[{wide_bar}] {percent} %, {msg}, ETA {eta}",
        (Some(_), false) => "[{wide_bar:.cyan}] {percent} %, {msg}, ETA {eta}",
    };
    let bar = match total {
        Some(total) => ProgressBar::new(total),
        None => ProgressBar::no_length(),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    // Until the first articles are done; a bar is drawn when it is told something.
    bar.set_message("reading");
    bar
}
