//! The engine itself: a checkpoint loaded, and articles through it.

use super::{
    Device, Error, Options, batches,
    checkpoint::Checkpoint,
    consistency, decode,
    labels::Labels,
    network::Network,
    precision,
    tokenizer::{Pieces, Tokenizer},
    windows::{self, Window},
    words::{self, Prediction},
    workers::Workers,
};
use crate::{
    entities::{Mention, ModelInfo, TagError, Tagger},
    text::Analysis,
};
use std::{path::Path, sync::Arc, thread::available_parallelism};

/// Pieces that two windows of the same long sentence share.
const OVERLAP: usize = 64;
/// Pieces a batch on a CPU: products are at full speed with this many rows,
/// and an article gives several workers something to do.
const CPU_BATCH: usize = 512;
/// Pieces a batch on CUDA.
const CUDA_BATCH: usize = 16 * 1024;

/// A checkpoint, loaded.
pub struct Engine {
    tokenizer: Tokenizer,
    labels: Labels,
    workers: Workers,
    /// Pieces of text a window, without the special ones.
    window: usize,
    batch: usize,
    info: ModelInfo,
    summary: String,
}

/// Loads the checkpoint in the folder `dir`.
pub fn load(dir: &Path, options: &Options) -> Result<Arc<Engine>, Error> {
    let checkpoint = Checkpoint::open(dir, &options.label_map)?;
    let tokenizer = Tokenizer::open(dir, &checkpoint.config)?;
    let sha256 = checkpoint.sha256()?;
    let device = device(options.device)?;
    let on_cpu = device == tch::Device::Cpu;
    let inner = options.inner_threads.map_or(1, |n| n.get() as i32);
    if on_cpu {
        // Before anything starts libtorch's own pool of threads.
        tch::set_num_threads(inner);
    }
    let network = Network::load(
        &checkpoint.weights,
        &checkpoint.config,
        &checkpoint.json,
        device,
    )?;
    let (network, kind) = precision::settle(network, options.precision, device, &tokenizer)?;
    let count = match (on_cpu, options.threads) {
        (false, _) => 1,
        (true, Some(n)) => n.get(),
        (true, None) => available_parallelism().map_or(1, usize::from),
    };
    let most = checkpoint.config.max_window();
    let window = options.window.map_or(most, |w| w.get().min(most));
    let special = tokenizer.prefix.len() + tokenizer.suffix.len();
    Ok(Arc::new(Engine {
        window: window.saturating_sub(special).max(8),
        batch: match options.batch {
            Some(pieces) => pieces.get(),
            None if on_cpu => CPU_BATCH,
            None => CUDA_BATCH,
        },
        info: ModelInfo {
            name: checkpoint.name(),
            sha256,
        },
        summary: format!("{kind} on {device:?}, {count} worker(s)"),
        workers: Workers::start(network, count, inner)?,
        labels: checkpoint.labels,
        tokenizer,
    }))
}

fn device(wanted: Device) -> Result<tch::Device, Error> {
    let count = if tch::Cuda::is_available() {
        tch::Cuda::device_count()
    } else {
        0
    };
    match wanted {
        Device::Auto if count > 0 => Ok(tch::Device::Cuda(0)),
        Device::Auto | Device::Cpu => Ok(tch::Device::Cpu),
        Device::Cuda(n) if (n as i64) < count => Ok(tch::Device::Cuda(n)),
        Device::Cuda(n) => Err(Error::NoDevice(n, count)),
    }
}

/// What was done for one text, for tests and measurements.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// One a token; `None` where the tokenizer has no piece for it.
    pub predictions: Vec<Option<Prediction>>,
    /// Pieces of the text.
    pub pieces: usize,
    /// Pieces computed: with special pieces, overlaps and padding.
    pub computed: usize,
}

/// The windows of one text.
struct Plan {
    pieces: Pieces,
    windows: Vec<Window>,
}

/// Texts made ready for the network.
struct Batches {
    plans: Vec<Plan>,
    /// Text and window of each row.
    origin: Vec<(usize, usize)>,
    rows: Vec<Vec<i64>>,
    /// Numbers of rows, longest first.
    groups: Vec<Vec<usize>>,
}

impl Batches {
    fn jobs(&self) -> Vec<Vec<Vec<i64>>> {
        let rows = |group: &Vec<usize>| group.iter().map(|&i| self.rows[i].clone()).collect();
        self.groups.iter().map(rows).collect()
    }
}

impl Engine {
    /// Precision, device and threads, for people.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Finds the mentions of one article, as the network labels its words.
    pub fn mentions(&self, text: &str, analysis: &Analysis) -> Result<Vec<Mention>, Error> {
        let words = self.words(text, analysis)?;
        Ok(decode::mentions(
            text,
            analysis,
            &words.predictions,
            &self.labels,
        ))
    }

    /// Predictions for the words of one article.
    pub fn words(&self, text: &str, analysis: &Analysis) -> Result<Words, Error> {
        let mut all = self.words_of_many(&[(text, analysis)])?;
        Ok(all.remove(0))
    }

    /// Predictions for the words of several articles, with windows of all of
    /// them in common batches.
    pub fn words_of_many(&self, texts: &[(&str, &Analysis)]) -> Result<Vec<Words>, Error> {
        let batches = self.batches(texts)?;
        let answers = self.workers.run(batches.jobs())?;
        let Batches {
            plans,
            origin,
            rows,
            groups,
        } = batches;
        let mut of_pieces: Vec<Vec<Option<Prediction>>> = plans
            .iter()
            .map(|p| vec![None; p.pieces.ids.len()])
            .collect();
        let mut computed = vec![0; texts.len()];
        let before = self.tokenizer.prefix.len();
        for (group, answer) in groups.iter().zip(answers) {
            for (&i, row) in group.iter().zip(answer) {
                let (t, w) = origin[i];
                computed[t] += rows[group[0]].len();
                let Window { pieces, owned } = &plans[t].windows[w];
                for piece in owned.clone() {
                    of_pieces[t][piece] = row.get(before + piece - pieces.start).copied();
                }
            }
        }
        Ok(texts
            .iter()
            .zip(&plans)
            .zip(of_pieces.iter().zip(computed))
            .map(|(((_, analysis), plan), (predictions, computed))| Words {
                predictions: words::first_pieces(&plan.pieces.spans, &analysis.tokens)
                    .into_iter()
                    .map(|piece| predictions[piece?])
                    .collect(),
                pieces: plan.pieces.ids.len(),
                computed,
            })
            .collect())
    }

    /// The rows of piece numbers that one article becomes, batch by batch, so
    /// that others can be measured on the same work.
    pub fn rows(&self, text: &str, analysis: &Analysis) -> Result<Vec<Vec<Vec<i64>>>, Error> {
        Ok(self.batches(&[(text, analysis)])?.jobs())
    }

    fn batches(&self, texts: &[(&str, &Analysis)]) -> Result<Batches, Error> {
        let plans = texts
            .iter()
            .map(|(text, analysis)| self.plan(text, analysis))
            .collect::<Result<Vec<_>, _>>()?;
        let origin: Vec<(usize, usize)> = plans
            .iter()
            .enumerate()
            .flat_map(|(t, plan)| (0..plan.windows.len()).map(move |w| (t, w)))
            .collect();
        let rows: Vec<Vec<i64>> = origin
            .iter()
            .map(|&(t, w)| self.row(&plans[t], &plans[t].windows[w]))
            .collect();
        let lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
        Ok(Batches {
            groups: batches::group(&lengths, self.batch),
            plans,
            origin,
            rows,
        })
    }

    fn plan(&self, text: &str, analysis: &Analysis) -> Result<Plan, Error> {
        let pieces = self.tokenizer.pieces(text)?;
        let ends: Vec<u32> = pieces.spans.iter().map(|span| span.1).collect();
        let starts: Vec<u32> = analysis
            .sentences
            .iter()
            .filter_map(|s| Some(analysis.tokens.get(s.start as usize)?.start))
            .collect();
        Ok(Plan {
            windows: windows::cut(&ends, &starts, self.window, OVERLAP),
            pieces,
        })
    }

    fn row(&self, plan: &Plan, window: &Window) -> Vec<i64> {
        let text = &plan.pieces.ids[window.pieces.clone()];
        [&self.tokenizer.prefix[..], text, &self.tokenizer.suffix].concat()
    }
}

impl Tagger for Engine {
    fn tag(&self, text: &str, analysis: &Analysis) -> Result<Vec<Mention>, TagError> {
        let mut mentions = self
            .mentions(text, analysis)
            .map_err(|e| TagError(e.in_full()))?;
        consistency::settle(text, &mut mentions);
        Ok(mentions)
    }

    fn model(&self) -> ModelInfo {
        self.info.clone()
    }
}
