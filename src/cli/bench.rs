//! `glane bench`: what to expect of a big job, measured on a part of it.

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
use std::{collections::BTreeMap, fmt::Write as _, io, num::NonZero, process::ExitCode, sync::Arc};

/// Flags of `glane bench`.
#[derive(clap::Args)]
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
}

/// A mean and its 95 % confidence interval (Student's t over the passes).
#[derive(Debug, Clone, Copy, Serialize)]
struct Interval {
    mean: f64,
    low: f64,
    high: f64,
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
}

/// Runs the command.
pub fn run(args: Args) -> ExitCode {
    if args.input.reads_stdin() {
        say!("glane: bench reads its input several times: give it a file, not `-`");
        return ExitCode::from(NOTHING);
    }
    match measure(&args) {
        Ok(report) if report.articles == report.failed => {
            say!("glane: no article could be read");
            ExitCode::from(NOTHING)
        }
        Ok(report) if args.json => match serde_json::to_string(&report) {
            Ok(text) => print(&(text + "\n")),
            Err(e) => {
                say!("glane: {e}");
                ExitCode::from(NOTHING)
            }
        },
        Ok(report) => print(&table(&report)),
        Err(e) => {
            say!("glane: {e}");
            ExitCode::from(NOTHING)
        }
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
    let mut runs = Vec::new();
    let mut one_thread = Times::default();
    let mut last = None;
    for threads in steps(input::threads(args.threads)) {
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
            interval(&rates)
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
    Ok(Report {
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
    })
}

/// 1, 2, 4 … and the greatest number itself.
fn steps(most: usize) -> Vec<usize> {
    let mut out: Vec<usize> = std::iter::successors(Some(1), |n| Some(n * 2))
        .take_while(|n| *n < most)
        .collect();
    out.push(most);
    out
}

/// Two-sided 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom.
const T: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
];

fn interval(values: &[f64]) -> Interval {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let t = T.get(values.len() - 2).copied().unwrap_or(1.96);
    let half = t * (variance / n).sqrt();
    Interval {
        mean,
        low: mean - half,
        high: mean + half,
    }
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

    #[test]
    fn interval_of_a_textbook_sample() {
        // Five values, mean 3, sample deviation √2.5: 2.776 · √(2.5 / 5).
        let i = interval(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert!((i.mean - 3.0).abs() < 1e-12);
        assert!((i.high - 3.0 - 2.776 * 0.5f64.sqrt()).abs() < 1e-9);
        assert!((i.mean - i.low - (i.high - i.mean)).abs() < 1e-9);
    }
}
