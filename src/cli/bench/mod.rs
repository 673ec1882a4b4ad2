//! `glane bench`: what to expect of a big job, measured on a part of it.

mod against;
mod interval;

use self::{against::Against, interval::Interval};
use super::{NOTHING, input, print, say, unread, values};
use crate::{
    Extractor, article,
    entities::ModelInfo,
    output::{Discard, layout},
    pipeline::{
        Stage, Times,
        batch::{self, Job, Note, Outcome, Watch},
    },
};
use serde::Serialize;
use std::{
    collections::BTreeMap, fmt::Write as _, io, num::NonZero, path::PathBuf, process::ExitCode,
    sync::Arc,
};

/// Flags of `glane bench`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  glane bench my-articles
  glane bench my-articles --json > old.json
  glane bench my-articles --against old.json

Exit codes: 0 all well, 1 nothing could be measured, or it is slower than --at-least allows.")]
pub struct Args {
    #[command(flatten)]
    input: input::Args,
    /// Articles to measure on, from the first; 0 for all.
    #[arg(long, value_name = "N", default_value = "5000")]
    limit: u64,
    /// Measured passes for each number of threads, after one to warm up.
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u64).range(2..))]
    passes: u64,
    /// Greatest number of threads [default: one a core].
    #[arg(long, short = 'j', value_name = "N", value_parser = values::threads)]
    threads: Option<NonZero<usize>>,
    /// Print one JSON object, to be compared over time.
    #[arg(long)]
    json: bool,
    /// Compare with a run that `--json` printed: speed and memory of now ÷ then, with the
    /// 95 % interval of the passes.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// The speed that is slow enough for exit code 1, as a share of that of `--against`:
    /// when the whole interval is below it, for some number of threads.
    #[arg(long, value_name = "RATIO", requires = "against", default_value = against::AT_LEAST, value_parser = values::ratio)]
    at_least: f64,
}

#[derive(Debug, Serialize)]
struct Run {
    threads: usize,
    seconds: Vec<f64>,
    articles_per_second: Interval,
    text_mb_per_second: Interval,
    tokens_per_second: Interval,
    /// Peak resident memory in bytes; null where the system does not tell.
    peak_memory: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Report {
    version: &'static str,
    commit: Option<&'static str>,
    model: ModelInfo,
    articles: u64,
    text_bytes: u64,
    tokens: u64,
    runs: Vec<Run>,
    /// Share of each stage in the working time of one thread, 0 to 1.
    stages: BTreeMap<&'static str, f64>,
    /// Articles that failed in one pass.
    failed: u64,
    /// Beside the saved run, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against>,
}

/// Runs the command.
pub fn run(args: Args) -> ExitCode {
    if args.input.reads_stdin() {
        say!("glane: bench reads its input several times: give it a file, not `-`");
        return ExitCode::from(NOTHING);
    }
    let report = match measure(&args) {
        Ok(report) => report,
        Err(e) => {
            say!("glane: {e}");
            return ExitCode::from(NOTHING);
        }
    };
    if report.articles == report.failed {
        say!("glane: no article could be read");
        return ExitCode::from(NOTHING);
    }
    let text = match args.json {
        true => serde_json::to_string(&report).map(|text| text + "\n"),
        false => Ok(table(&report)),
    };
    let code = match text {
        Ok(text) => print(&text),
        Err(e) => {
            say!("glane: {e}");
            return ExitCode::from(NOTHING);
        }
    };
    for line in report.against.iter().flat_map(Against::said) {
        say!("glane: {line}");
    }
    match &report.against {
        Some(against) if against.slower() => ExitCode::from(NOTHING),
        _ => code,
    }
}

struct Deaf;

impl Watch for Deaf {
    fn note(&self, _: Note) {}
    fn advance(&self, _: u64, _: u64, _: u64) {}
}

fn measure(args: &Args) -> Result<Report, Box<dyn std::error::Error>> {
    let options = args.input.options();
    let found = args.input.collect(None);
    for refused in &found.refused {
        say!("glane: {}", unread::refused(refused));
    }
    if found.files.is_empty() {
        return Err(unread::nothing(&found).into());
    }
    if let Some(unknown) = article::unknown_field(&found.files, &options) {
        return Err(unknown.into());
    }
    let pass = |extractor: &Extractor, threads| -> io::Result<Outcome> {
        let job = Job {
            extractor,
            options: &options,
            inputs: found.files.clone(),
            refused: &found.refused,
            threads,
            chunk: args.input.chunk(),
            take: batch::Take::default(),
            limit: (args.limit > 0).then_some(args.limit),
            max_errors: None,
            rejects: false,
            keep_skipped: true,
            near_duplicates: false,
        };
        batch::run(
            &job,
            &mut Discard::new(&layout::ARTICLES),
            &Deaf,
            &Arc::default(),
        )
    };
    // What cannot be compared is said before minutes of measuring.
    let steps = steps(input::threads(args.threads));
    let saved = match &args.against {
        Some(path) => {
            let saved = against::read(path)?;
            if !saved.has_any(&steps) {
                let (path, threads) = (path.display(), saved.threads());
                let why = format!(
                    "--against {path} measured with other numbers of threads ({threads}): give -j one of them"
                );
                return Err(why.into());
            }
            Some((saved, path))
        }
        None => None,
    };
    let mut runs = Vec::new();
    let mut one_thread = Times::default();
    let mut last = None;
    for threads in steps {
        reset_peak();
        let extractor = args.input.extractor(threads)?;
        pass(&extractor, threads)?;
        let mut seconds = Vec::new();
        for _ in 0..args.passes {
            let outcome = pass(&extractor, threads)?;
            seconds.push(outcome.elapsed.as_secs_f64());
            if threads == 1 {
                one_thread.merge(&outcome.times);
            }
            last = Some((outcome, extractor.model()));
        }
        let Some((outcome, _)) = &last else { continue };
        let rate = |amount: f64| {
            let rates: Vec<f64> = seconds.iter().map(|s| amount / s).collect();
            interval::mean(&rates)
        };
        runs.push(Run {
            threads,
            articles_per_second: rate(outcome.tally.articles() as f64),
            text_mb_per_second: rate(outcome.tally.text_bytes as f64 / 1e6),
            tokens_per_second: rate(outcome.times.tokens as f64),
            peak_memory: peak(),
            seconds,
        });
    }
    let (outcome, model) = last.ok_or("no pass was made")?;
    let total = one_thread.total().as_secs_f64().max(1e-12);
    let mut report = Report {
        version: env!("CARGO_PKG_VERSION"),
        commit: option_env!("GLANE_COMMIT"),
        model,
        articles: outcome.tally.articles(),
        text_bytes: outcome.tally.text_bytes,
        tokens: outcome.times.tokens,
        runs,
        stages: Stage::ALL
            .iter()
            .map(|s| (s.name(), one_thread.of(*s).as_secs_f64() / total))
            .collect(),
        failed: outcome.tally.error,
        against: None,
    };
    report.against =
        saved.map(|(saved, path)| against::compare(&report, saved, path, args.at_least));
    Ok(report)
}

/// 1, 2, 4 … and the greatest number itself.
fn steps(most: usize) -> Vec<usize> {
    let mut out: Vec<usize> = std::iter::successors(Some(1), |n| Some(n * 2))
        .take_while(|n| *n < most)
        .collect();
    out.push(most);
    out
}

/// Peak resident memory of this process in bytes, where Linux tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kb: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kb * 1024)
}

/// Forgets the peak so far, where Linux lets us; else the peaks of later runs
/// include those before.
fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn table(report: &Report) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} articles, {:.1} MB of text, {} tokens; model {}",
        report.articles,
        report.text_bytes as f64 / 1e6,
        report.tokens,
        report.model.name
    );
    if report.failed > 0 {
        let _ = writeln!(out, "{} of them could not be read", report.failed);
    }
    let _ = writeln!(
        out,
        "\n{:>7}  {:>22}  {:>22}  {:>26}  {:>8}",
        "threads", "articles/s", "MB/s of text", "tokens/s", "peak MB"
    );
    let with =
        |i: &Interval, digits: usize| format!("{:.digits$} ± {:.digits$}", i.mean, i.high - i.mean);
    for run in &report.runs {
        let peak = run
            .peak_memory
            .map_or("?".to_owned(), |b| format!("{:.0}", b as f64 / 1e6));
        let _ = writeln!(
            out,
            "{:>7}  {:>22}  {:>22}  {:>26}  {:>8}",
            run.threads,
            with(&run.articles_per_second, 0),
            with(&run.text_mb_per_second, 2),
            with(&run.tokens_per_second, 0),
            peak
        );
    }
    let passes = report.runs.first().map_or(0, |r| r.seconds.len());
    let _ = writeln!(out, "(mean of {passes} passes ± half its 95 % interval)\n");
    let shares: Vec<_> = Stage::ALL
        .iter()
        .map(|s| format!("{} {:.1} %", s.name(), 100.0 * report.stages[s.name()]))
        .collect();
    let _ = writeln!(out, "time of one thread: {}", shares.join(", "));
    if let Some(against) = &report.against {
        out += &against.table(report);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thread_counts() {
        assert_eq!(steps(1), [1]);
        assert_eq!(steps(2), [1, 2]);
        assert_eq!(steps(6), [1, 2, 4, 6]);
        assert_eq!(steps(8), [1, 2, 4, 8]);
    }
}
