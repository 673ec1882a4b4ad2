//! `glane bench --against`: this run beside one that `--json` printed earlier.

use super::{
    Report, Run,
    interval::{self, Interval},
};
use crate::{cli::terminal, kinds::ModelInfo};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// Default of `--at-least`, this speed ÷ that of then: what five passes can tell from
/// nothing. Their intervals are ± 7 % with one thread and ± 9 % with two where nothing
/// else runs (docs/PERFORMANCE.md), those of a ratio √2 times as wide, some 10 %.
pub const AT_LEAST: &str = "0.9";

/// What of a saved report is compared. Keys that it has besides are no matter: a later
/// version may write more.
#[derive(Debug, Deserialize)]
pub struct Saved {
    version: String,
    commit: Option<String>,
    model: ModelInfo,
    articles: u64,
    text_bytes: u64,
    tokens: u64,
    failed: u64,
    runs: Vec<SavedRun>,
}

#[derive(Debug, Deserialize)]
struct SavedRun {
    threads: usize,
    seconds: Vec<f64>,
    peak_memory: Option<u64>,
}

/// Why a file cannot be compared with.
#[derive(Debug, thiserror::Error)]
#[error(
    "--against {}: {why}; save a run first: glane bench ARTICLES --json > {}",
    .path.display(), .path.display()
)]
pub struct Unusable {
    path: PathBuf,
    why: String,
}

/// Reads what `--json` printed.
pub fn read(path: &Path) -> Result<Saved, Unusable> {
    let unusable = |why: String| Unusable {
        path: path.to_owned(),
        why,
    };
    let text = fs::read_to_string(path).map_err(|e| unusable(e.to_string()))?;
    let saved: Saved = serde_json::from_str(&text)
        .map_err(|e| unusable(format!("it is not what `glane bench --json` prints ({e})")))?;
    let positive = |s: &f64| s.is_finite() && *s > 0.0;
    let measured = |r: &SavedRun| r.seconds.len() > 1 && r.seconds.iter().all(positive);
    if saved.text_bytes == 0 || !saved.runs.iter().all(measured) {
        let why = "a run in it has no text, or fewer than two passes of more than 0 seconds";
        return Err(unusable(why.to_owned()));
    }
    Ok(saved)
}

impl Saved {
    /// Whether it has a run with one of these numbers of threads.
    pub fn has_any(&self, threads: &[usize]) -> bool {
        self.runs.iter().any(|r| threads.contains(&r.threads))
    }

    /// Its numbers of threads, in words.
    pub fn threads(&self) -> String {
        let numbers: Vec<_> = self.runs.iter().map(|r| r.threads.to_string()).collect();
        numbers.join(", ")
    }
}

/// This run beside the saved one.
#[derive(Debug, Serialize)]
pub struct Against {
    /// The saved run.
    file: String,
    version: String,
    commit: Option<String>,
    model: ModelInfo,
    /// The bound.
    at_least: f64,
    /// Whether this run is slower than the bound with some number of threads.
    slower: bool,
    /// Why the two do not compare, in words; empty when they do.
    warnings: Vec<String>,
    runs: Vec<Pair>,
}

/// Both runs with one number of threads.
#[derive(Debug, Serialize)]
struct Pair {
    threads: usize,
    text_mb_per_second_then: Interval,
    text_mb_per_second: Interval,
    /// Speed now ÷ speed then, in bytes of text a second.
    speed: Interval,
    /// Peak memory now ÷ then; null where one of them is not known.
    peak_memory: Option<f64>,
    slower: bool,
}

/// Compares. A run is slower when the whole interval of the ratio is below `at_least`: what
/// noise can explain is no regression.
pub fn compare(report: &Report, saved: Saved, file: &Path, at_least: f64) -> Against {
    let pairs: Vec<Pair> = report
        .runs
        .iter()
        .filter_map(|now| {
            let then = saved.runs.iter().find(|r| r.threads == now.threads)?;
            Some(pair(report, now, &saved, then, at_least))
        })
        .collect();
    Against {
        file: file.display().to_string(),
        at_least,
        slower: pairs.iter().any(|p| p.slower),
        warnings: warnings(report, &saved),
        runs: pairs,
        version: saved.version,
        commit: saved.commit,
        model: saved.model,
    }
}

fn pair(report: &Report, now: &Run, saved: &Saved, then: &SavedRun, at_least: f64) -> Pair {
    let speeds = |bytes: u64, seconds: &[f64]| -> Vec<f64> {
        let megabytes = bytes as f64 / 1e6;
        seconds.iter().map(|s| megabytes / s).collect()
    };
    let speeds_then = speeds(saved.text_bytes, &then.seconds);
    let speed = interval::ratio(&speeds(report.text_bytes, &now.seconds), &speeds_then);
    Pair {
        threads: now.threads,
        text_mb_per_second_then: interval::mean(&speeds_then),
        text_mb_per_second: now.text_mb_per_second,
        speed,
        peak_memory: now
            .peak_memory
            .zip(then.peak_memory.filter(|then| *then > 0))
            .map(|(now, then)| now as f64 / then as f64),
        slower: speed.high < at_least,
    }
}

/// What makes the two runs two different measurements.
fn warnings(report: &Report, saved: &Saved) -> Vec<String> {
    let mut out = Vec::new();
    for (what, then, now) in [
        ("articles", saved.articles, report.articles),
        ("articles that failed", saved.failed, report.failed),
        ("bytes of text", saved.text_bytes, report.text_bytes),
        ("tokens", saved.tokens, report.tokens),
    ] {
        if then != now {
            out.push(format!("not the same input: {then} {what} then, {now} now"));
        }
    }
    // A number of threads that only one of them has, and which.
    let mut alone: BTreeMap<usize, &str> = BTreeMap::new();
    for run in &saved.runs {
        if !report.runs.iter().any(|r| r.threads == run.threads) {
            alone.insert(run.threads, "then");
        }
    }
    for run in &report.runs {
        if !saved.runs.iter().any(|r| r.threads == run.threads) {
            alone.insert(run.threads, "now");
        }
    }
    for (threads, when) in alone {
        let threads = in_words(threads);
        out.push(format!("{threads} only {when}: not compared"));
    }
    out
}

fn in_words(threads: usize) -> String {
    match threads {
        1 => "1 thread".to_owned(),
        n => format!("{n} threads"),
    }
}

impl Against {
    /// Whether this run is slower than the bound.
    pub fn slower(&self) -> bool {
        self.slower
    }

    /// Lines for the person who waits: what does not compare, and where the bound is missed.
    pub fn said(&self) -> Vec<String> {
        let warnings = self.warnings.iter().map(|w| format!("warning: {w}"));
        let slower = self.runs.iter().filter(|p| p.slower).map(|p| {
            format!(
                "slower with {}: {:.3} times the speed of then ({:.3} to {:.3}), all below --at-least {}",
                in_words(p.threads), p.speed.mean, p.speed.low, p.speed.high, self.at_least
            )
        });
        warnings.chain(slower).collect()
    }

    /// The comparison below the table of this run.
    pub fn table(&self, report: &Report) -> String {
        let mut out = String::new();
        let run = |version: &str, commit: Option<&str>, model: &ModelInfo| {
            let commit = commit.unwrap_or("unknown");
            let line = format!(
                "glane {version}, commit {commit}, model {} ({:.12})",
                model.name, model.sha256
            );
            // The file may be anybody's.
            terminal::plain(&line).into_owned()
        };
        let then = run(&self.version, self.commit.as_deref(), &self.model);
        let now = run(report.version, report.commit, &report.model);
        let file = terminal::plain(&self.file);
        let _ = writeln!(out, "\nagainst {file}\n  then: {then}\n  now:  {now}\n");
        let _ = writeln!(
            out,
            "{:>7}  {:>16}  {:>16}  {:>24}  {:>11}",
            "threads", "MB/s then", "MB/s now", "speed now ÷ then", "peak memory"
        );
        let with = |i: &Interval| format!("{:.2} ± {:.2}", i.mean, i.high - i.mean);
        for pair in &self.runs {
            let speed = pair.speed;
            let memory = pair.peak_memory;
            let _ = writeln!(
                out,
                "{:>7}  {:>16}  {:>16}  {:>24}  {:>11}",
                pair.threads,
                with(&pair.text_mb_per_second_then),
                with(&pair.text_mb_per_second),
                format!("{:.3} ({:.3} to {:.3})", speed.mean, speed.low, speed.high),
                memory.map_or("?".to_owned(), |m| format!("× {m:.3}"))
            );
        }
        let _ = writeln!(
            out,
            "(ratio of the geometric means of the passes, its 95 % interval)"
        );
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(text: &str) -> Result<Saved, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let path = folder.path().join("old.json");
        fs::write(&path, text).map_err(|e| e.to_string())?;
        read(&path).map_err(|e| e.to_string())
    }

    /// As `--json` prints it, by hand: 4 MB in 2 s with one thread.
    const OLD: &str = r#"{"version":"0.1.0","commit":null,"model":{"name":"old","sha256":"00"},
        "articles":100,"text_bytes":4000000,"tokens":800000,"failed":0,"stages":{},
        "runs":[{"threads":1,"seconds":[2.0,2.0],"peak_memory":50000000}]}"#;

    fn report(text_bytes: u64, threads: usize, seconds: Vec<f64>) -> Report {
        let point = interval::mean(&[1.0, 1.0]);
        Report {
            version: "0.2.0",
            commit: None,
            model: ModelInfo::new("new", "11"),
            articles: 100,
            text_bytes,
            tokens: 800_000,
            runs: vec![Run {
                threads,
                seconds,
                articles_per_second: point,
                text_mb_per_second: point,
                tokens_per_second: point,
                peak_memory: Some(60_000_000),
            }],
            stages: BTreeMap::new(),
            failed: 0,
            against: None,
        }
    }

    fn against(report: &Report, at_least: f64) -> Against {
        let saved = saved(OLD).expect("a report");
        compare(report, saved, Path::new("old.json"), at_least)
    }

    #[test]
    fn half_the_time_is_twice_the_speed() {
        let found = against(&report(4_000_000, 1, vec![1.0, 1.0]), 0.9);
        assert!((found.runs[0].speed.mean - 2.0).abs() < 1e-9, "{found:?}");
        // 4 MB in 2 s, and 60 MB of memory after 50.
        assert!((found.runs[0].text_mb_per_second_then.mean - 2.0).abs() < 1e-9);
        let memory = found.runs[0].peak_memory.unwrap_or_default();
        assert!((memory - 1.2).abs() < 1e-9);
        assert!(!found.slower() && found.warnings.is_empty() && found.said().is_empty());
    }

    #[test]
    fn other_inputs_compare_by_the_byte_with_a_warning() {
        let found = against(&report(8_000_000, 1, vec![4.0, 4.0]), 0.9);
        assert!((found.runs[0].speed.mean - 1.0).abs() < 1e-9, "{found:?}");
        assert_eq!(
            found.said(),
            ["warning: not the same input: 4000000 bytes of text then, 8000000 now"]
        );
    }

    #[test]
    fn slower_is_what_noise_does_not_explain() {
        // Two and a half seconds for two: 0.8 of the speed, to the point.
        let found = against(&report(4_000_000, 1, vec![2.5, 2.5]), 0.9);
        assert!(found.slower(), "{found:?}");
        assert_eq!(
            found.said(),
            [
                "slower with 1 thread: 0.800 times the speed of then (0.800 to 0.800), \
                 all below --at-least 0.9"
            ]
        );
        assert!(!against(&report(4_000_000, 1, vec![2.5, 2.5]), 0.79).slower());
        // The same mean of passes far apart may as well be chance.
        assert!(!against(&report(4_000_000, 1, vec![1.25, 5.0]), 0.9).slower());
    }

    #[test]
    fn what_one_of_them_has_alone_is_said() {
        let found = against(&report(4_000_000, 2, vec![1.0, 1.0]), 0.9);
        assert!(found.runs.is_empty());
        assert_eq!(
            found.warnings,
            [
                "1 thread only then: not compared",
                "2 threads only now: not compared"
            ]
        );
    }

    #[test]
    fn files_that_hold_no_run() {
        for (text, why) in [
            ("", "not what `glane bench --json` prints"),
            ("[1]", "not what `glane bench --json` prints"),
            (r#"{"version":"0.1.0"}"#, "missing field"),
            (&OLD.replace("2.0,2.0", "2.0"), "fewer than two passes"),
            (&OLD.replace("2.0,2.0", "2.0,0.0"), "fewer than two passes"),
            (&OLD.replace("4000000", "0"), "no text"),
        ] {
            let said = saved(text).err().unwrap_or_default();
            assert!(said.contains(why), "{text}\n{said}");
            assert!(said.contains("glane bench ARTICLES --json > "), "{said}");
        }
    }
}
