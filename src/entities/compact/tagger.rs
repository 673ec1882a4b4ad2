//! Tagging an article: both passes, with everything that depends on one word
//! alone looked up once.

use super::{
    consistency::{self, Span},
    crf::{self, LABELS, Row, Transitions},
    document::{Evidence, First},
    features::{self, REACH},
    guide, hash,
    model::{Half, Hits, Model, Sums, WIDTH, Wanted},
    reading::reading,
    word::{Attributes, Scratch, Word},
};
use crate::{
    entities::{Mention, ModelInfo, TagError, Tagger},
    text::Analysis,
};
use std::{borrow::Cow, sync::Mutex};

/// Places a word is seen from.
const PLACES: usize = 2 * REACH as usize + 1;

/// Tokens of the longest article whose buffers are kept for the next one.
const LONG: usize = 1 << 18;

/// Words kept before the cache starts anew.
const KEPT: usize = 1 << 16;

/// Attributes looked up together: a look-up waits for memory, and many wait at once; more
/// would only need more room.
const TOGETHER: usize = 1 << 12;

/// What a word adds to the scores around it.
type Around = [Sums; PLACES];

/// Buffers that go from article to article.
#[derive(Default)]
struct Space {
    index: hash::Map<u32>,
    words: Vec<Word>,
    around: Vec<Around>,
    scratch: Scratch,
    attributes: Attributes,
    wanted: Wanted,
    hits: Hits,
    ids: Vec<u32>,
    /// Of one sentence.
    sums: Vec<Sums>,
    /// Of all tokens, for the second pass.
    second: Vec<Half>,
    rows: Vec<Row>,
    crf: crf::Space,
    labels: Vec<u8>,
    first: First,
    evidence: Evidence,
    context: features::Space,
    initials: Vec<u8>,
}

/// The embedded engine.
pub struct Compact {
    model: Model<'static>,
    info: ModelInfo,
    /// Closed transitions of each pass and their exponentials.
    transitions: [(Transitions, Transitions); 2],
    /// Whether mentions of one form are made to agree.
    consistent: bool,
    spaces: Mutex<Vec<Space>>,
}

impl Compact {
    /// A tagger over a model.
    pub fn new(model: Model<'static>, sha256: String) -> Self {
        let transitions = model.transitions.map(|t| {
            let closed = crf::closed(&t);
            (closed, crf::exponentials(&closed))
        });
        Self {
            info: ModelInfo {
                name: model.name.to_owned(),
                sha256,
            },
            transitions,
            model,
            consistent: true,
            spaces: Mutex::new(Vec::new()),
        }
    }

    /// The same without the rules behind both passes: every mention with the
    /// marginal that the field gives it, as calibration needs it.
    pub fn bare(self) -> Self {
        Self {
            consistent: false,
            ..self
        }
    }

    fn read(&self, readings: &[Cow<str>], s: &mut Space) {
        if s.words.len() > KEPT {
            s.index.clear();
            s.words.clear();
            s.around.clear();
        }
        s.ids.clear();
        s.initials.clear();
        for token in readings.iter().map(AsRef::as_ref) {
            s.initials
                .push(token.as_bytes().first().copied().unwrap_or(0));
            let key = hash::text(token);
            let id = match s.index.get(&key) {
                Some(id) => *id,
                None => {
                    let id = s.words.len() as u32;
                    let attributes = &mut s.attributes;
                    let word = Word::read(token, &self.model, &mut s.scratch, attributes);
                    s.wanted.clear();
                    for place in 0..PLACES {
                        // A word `offset` places after a token.
                        let offset = place as i32 - REACH;
                        features::unary(attributes, offset, &mut |a| {
                            s.wanted.push((place as u32, a));
                        });
                    }
                    let mut around = [[0; WIDTH]; PLACES];
                    self.model.add(&s.wanted, &mut s.hits, &mut around);
                    s.words.push(word);
                    s.around.push(around);
                    s.index.insert(key, id);
                    id
                }
            };
            s.ids.push(id);
        }
    }

    /// Reads every sentence by itself: what the first pass says, and the emission sums of
    /// the second. Of the first only its answers are kept: an article may be long.
    fn first(&self, readings: &[Cow<str>], analysis: &Analysis, s: &mut Space) {
        s.second.clear();
        s.first.labels.clear();
        s.first.marginals.clear();
        let (closed, exp) = &self.transitions[0];
        let mut words: Vec<&Word> = Vec::new();
        let mut tokens: Vec<&str> = Vec::new();
        for sentence in &analysis.sentences {
            let range = sentence.start as usize..sentence.end as usize;
            let ids = &s.ids[range.clone()];
            s.sums.clear();
            s.sums.resize(ids.len(), [0; WIDTH]);
            words.clear();
            words.extend(ids.iter().map(|i| &s.words[*i as usize]));
            tokens.clear();
            tokens.extend(readings[range].iter().map(AsRef::<str>::as_ref));
            for (i, sums) in s.sums.iter_mut().enumerate() {
                for place in 0..PLACES {
                    let Some(j) = (i + place).checked_sub(REACH as usize) else {
                        continue;
                    };
                    let Some(id) = ids.get(j) else { break };
                    let around = &s.around[*id as usize][place];
                    for (k, sum) in sums.iter_mut().enumerate() {
                        *sum += around[k];
                    }
                }
            }
            let wanted = &mut s.wanted;
            wanted.clear();
            features::context(&words, &tokens, &self.model, &mut s.context, &mut |i, a| {
                wanted.push((i as u32, a));
            });
            self.model.add(wanted, &mut s.hits, &mut s.sums);
            let halves = s.sums.iter().map(|sums| sums.as_chunks::<LABELS>().0);
            self.rows(0, halves.clone().map(|h| &h[0]), &mut s.rows);
            s.second.extend(halves.map(|h| h[1]));
            crf::viterbi(&s.rows, closed, &mut s.crf, &mut s.labels);
            crf::forward_backward(&s.rows, exp, &mut s.crf);
            s.first.labels.extend_from_slice(&s.labels);
            let crf = &s.crf;
            s.first
                .marginals
                .extend((0..s.rows.len()).map(|i| crf.marginals(i)));
        }
    }

    fn rows<'s>(&self, pass: usize, sums: impl Iterator<Item = &'s Half>, rows: &mut Vec<Row>) {
        let scale = self.model.scales[pass];
        rows.clear();
        rows.extend(sums.map(|s| s.map(|x| x as f32 * scale)));
    }

    /// Adds to the emission sums what the article says, after the first pass.
    fn article(&self, analysis: &Analysis, s: &mut Space) {
        let words: Vec<&Word> = s.ids.iter().map(|i| &s.words[*i as usize]).collect();
        s.evidence.gather(analysis, &words, &s.initials, &s.first);
        let (wanted, hits, second) = (&mut s.wanted, &mut s.hits, &mut s.second);
        wanted.clear();
        s.evidence
            .attributes(analysis, &words, &s.first, |i, _, a| {
                if wanted.len() == TOGETHER {
                    self.model.add_second(wanted, hits, second);
                    wanted.clear();
                }
                wanted.push((i as u32, a));
            });
        self.model.add_second(wanted, hits, second);
    }

    fn second(
        &self,
        readings: &[Cow<str>],
        analysis: &Analysis,
        s: &mut Space,
        out: &mut Vec<Mention>,
    ) {
        let (closed, exp) = &self.transitions[1];
        let mut spans = Vec::new();
        for sentence in &analysis.sentences {
            let from = sentence.start as usize;
            let range = from..sentence.end as usize;
            self.rows(1, s.second[range].iter(), &mut s.rows);
            crf::viterbi(&s.rows, closed, &mut s.crf, &mut s.labels);
            if s.labels.iter().all(|y| *y == crf::OUTSIDE) {
                continue;
            }
            crf::forward_backward(&s.rows, exp, &mut s.crf);
            let crf_space = &s.crf;
            crf::names(&s.labels, |a, b, label| {
                spans.push(Span {
                    start: from + a,
                    end: from + b,
                    label,
                    score: self.model.calibrate(crf_space.span(a, b, label, exp)),
                });
            });
        }
        self.settle(readings, analysis, s, &mut spans, out);
    }
}

impl Compact {
    /// Tags one article, as [`Tagger::tag`] says; cannot fail.
    pub fn tag(&self, text: &str, analysis: &Analysis) -> Vec<Mention> {
        let pooled = self.spaces.lock().ok().and_then(|mut s| s.pop());
        let mut space = pooled.unwrap_or_default();
        let mut out = Vec::new();
        let readings = reading(text, analysis, &self.model);
        self.read(&readings, &mut space);
        self.first(&readings, analysis, &mut space);
        self.article(analysis, &mut space);
        self.second(&readings, analysis, &mut space, &mut out);
        self.keep(analysis, space);
        out
    }

    /// Reads an article to the end of the second pass, has `decide` make names
    /// of the probabilities of each token's labels, and applies the rules over
    /// the article to those names.
    pub fn tag_by(
        &self,
        text: &str,
        analysis: &Analysis,
        decide: impl FnOnce(&[crf::Row]) -> Vec<Span>,
    ) -> Vec<Mention> {
        let pooled = self.spaces.lock().ok().and_then(|mut s| s.pop());
        let mut space = pooled.unwrap_or_default();
        let readings = reading(text, analysis, &self.model);
        self.read(&readings, &mut space);
        self.first(&readings, analysis, &mut space);
        self.article(analysis, &mut space);
        let mut marginals = Vec::with_capacity(analysis.tokens.len());
        let (_, exp) = &self.transitions[1];
        for sentence in &analysis.sentences {
            let range = sentence.start as usize..sentence.end as usize;
            self.rows(1, space.second[range].iter(), &mut space.rows);
            crf::forward_backward(&space.rows, exp, &mut space.crf);
            marginals.extend((0..space.rows.len()).map(|i| space.crf.marginals(i)));
        }
        let mut spans = decide(&marginals);
        let mut out = Vec::new();
        self.settle(&readings, analysis, &space, &mut spans, &mut out);
        self.keep(analysis, space);
        out
    }

    /// Applies the rules over the article and makes mentions of spans.
    fn settle(
        &self,
        readings: &[Cow<str>],
        analysis: &Analysis,
        s: &Space,
        spans: &mut Vec<Span>,
        out: &mut Vec<Mention>,
    ) {
        if self.consistent {
            let words: Vec<&Word> = s.ids.iter().map(|i| &s.words[*i as usize]).collect();
            let tokens = consistency::Tokens {
                analysis,
                ids: &s.ids,
                words: &words,
            };
            consistency::apply(&tokens, spans);
            guide::apply(&tokens, readings, spans);
        }
        out.extend(spans.iter().map(|x| Mention {
            start: analysis.tokens[x.start].start as usize,
            end: analysis.tokens[x.end - 1].end as usize,
            label: x.label,
            score: x.score,
            name: String::new(),
        }));
    }

    /// Keeps buffers for the next article.
    fn keep(&self, analysis: &Analysis, space: Space) {
        if analysis.tokens.len() <= LONG
            && let Ok(mut spaces) = self.spaces.lock()
        {
            spaces.push(space);
        }
    }
}

impl Tagger for Compact {
    fn tag(&self, text: &str, analysis: &Analysis) -> Result<Vec<Mention>, TagError> {
        Ok(Compact::tag(self, text, analysis))
    }

    fn model(&self) -> ModelInfo {
        self.info.clone()
    }
}
