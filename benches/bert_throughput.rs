//! Pieces a second of the engine `bert`; `benches/peers/bert.py` runs it and
//! PyTorch on the same batches.
//!
//!     cargo bench --features bert --bench bert_throughput -- MODEL TEXTS [KEY=VALUE…]
//!
//! TEXTS is JSON Lines with a `text` each. Keys: `precision` (f32), `threads`
//! (1, workers), `inner` (1, threads of libtorch in each), `batch` (pieces),
//! `across` (1, articles whose windows may share a batch), `window`, `limit`
//! (texts), `rows` (a file that takes the batches).

use glane::{
    entities::bert::{self, Options},
    text::analyse,
};
use rayon::prelude::*;
use std::{collections::HashMap, fs, io::Write, num::NonZeroUsize, time::Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `cargo bench` adds --bench; run without a model there is nothing to do.
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    let [model, texts, rest @ ..] = &args[..] else {
        eprintln!("skipped: name a checkpoint folder and a file of texts");
        return Ok(());
    };
    let keys: HashMap<&str, &str> = rest.iter().filter_map(|a| a.split_once('=')).collect();
    let number = |key: &str| keys.get(key).and_then(|v| v.parse().ok());
    let threads = number("threads").unwrap_or(1);
    let options = Options {
        precision: match keys.get("precision") {
            Some(&"bf16") => bert::Precision::Bf16,
            Some(&"auto") => bert::Precision::Auto,
            _ => bert::Precision::F32,
        },
        device: keys
            .get("device")
            .map_or(Ok(bert::Device::Cpu), |d| d.parse())?,
        threads: NonZeroUsize::new(threads),
        window: number("window").and_then(NonZeroUsize::new),
        batch: number("batch").and_then(NonZeroUsize::new),
        inner_threads: number("inner").and_then(NonZeroUsize::new),
        ..Options::default()
    };
    let started = Instant::now();
    let engine = bert::load(model.as_ref(), &options)?;
    let load = started.elapsed().as_secs_f64();
    let mut articles = Vec::new();
    for line in fs::read_to_string(texts)?.lines() {
        let json: serde_json::Value = serde_json::from_str(line)?;
        let text = json["text"]
            .as_str()
            .ok_or("a line without `text`")?
            .to_owned();
        let analysis = analyse(&text);
        articles.push((text, analysis));
    }
    articles.truncate(number("limit").unwrap_or(usize::MAX));
    if let Some(path) = keys.get("rows") {
        let mut file = fs::File::create(path)?;
        for (text, analysis) in &articles {
            for batch in engine.rows(text, analysis)? {
                writeln!(file, "{}", serde_json::to_string(&batch)?)?;
            }
        }
    }
    for (text, analysis) in articles.iter().take(2) {
        engine.words(text, analysis)?;
    }
    // Callers wait for the workers: as many keep them busy, and one more.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads + 1)
        .build()?;
    let (started, cpu) = (Instant::now(), cpu_seconds());
    let done = pool.install(|| {
        articles
            .par_chunks(number("across").unwrap_or(1))
            .map(|part| {
                let part: Vec<_> = part.iter().map(|(t, a)| (t.as_str(), a)).collect();
                engine.words_of_many(&part)
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let cpu = cpu_seconds().zip(cpu).map_or(seconds, |(b, a)| b - a);
    let done = done.concat();
    let pieces: usize = done.iter().map(|w| w.pieces).sum();
    let computed: usize = done.iter().map(|w| w.computed).sum();
    println!(
        "{}",
        serde_json::json!({
            "articles": done.len(), "pieces": pieces, "computed": computed, "seconds": seconds,
            "cpu_seconds": cpu,
            "pieces_per_second": pieces as f64 / seconds,
            "load_seconds": load, "runs": engine.summary(),
        })
    );
    Ok(())
}

/// Processor time of this program; a shared machine's clock on the wall says
/// little. Linux only.
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold spaces; user and system time are fields
    // 14 and 15, in hundredths of a second.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |i: usize| fields.get(i)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}
