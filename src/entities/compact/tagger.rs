//! Tagging an article: both passes, with everything that depends on one word
//! alone looked up once.

use super::{
    consistency::{self, Span},
    crf::{self, LABELS, Row, Transitions},
    document::{Evidence, First},
    features::{self, REACH},
    guide, hash,
    model::{Half, Hits, Model, Sums, WIDTH, Wanted},
    reading::{Readings, reading},
    skim::{PLACES, Parts, Stretch},
    word::{Attributes, InOrder, Scratch, Word},
};
use crate::{
    entities::{Mention, ModelInfo, TagError, Tagger},
    text::Analysis,
};
use std::{ops::Range, sync::Mutex};

/// Tokens of the longest article whose buffers are kept for the next one.
const LONG: usize = 1 << 18;

/// Words kept before those that are rare are forgotten.
const KEPT: usize = 1 << 16;

/// Attributes looked up together: a look-up waits for memory, and many wait at once; more
/// would only need more room.
const TOGETHER: usize = 1 << 12;

/// What a word adds to the scores around it, and a bit for each place at which that is known:
/// of a rare word beside a name one of five is ever asked for.
type Around = ([Sums; PLACES], u8);

/// Of a word that nothing has been read around yet.
const NOWHERE: u32 = u32::MAX;

/// Buffers that go from article to article.
#[derive(Default)]
struct Space {
    index: hash::Map<u32>,
    words: Vec<Word>,
    /// How often each word was met, up to the greatest number that there is.
    met: Vec<u8>,
    /// What each word adds to the score of what is read.
    parts: Vec<Parts>,
    /// Where in `around` a word is.
    places: Vec<u32>,
    around: Vec<Around>,
    /// Of one sentence, of what is to be read.
    scores: Vec<i32>,
    scratch: Scratch,
    attributes: Attributes,
    wanted: Wanted,
    hits: Hits,
    ids: Vec<u32>,
    /// Of one sentence.
    sums: Vec<Sums>,
    /// Of all tokens that are read, for the second pass.
    second: Vec<Half>,
    rows: Vec<Row>,
    crf: crf::Space,
    labels: Vec<u8>,
    first: First,
    evidence: Evidence,
    context: features::Space,
}

/// The places of token `i` from which a token that is read sees it, a bit each.
fn seen_from(i: usize, stretches: &[Stretch]) -> u8 {
    let read = |token: usize| stretches.iter().any(|s| s.tokens().contains(&token));
    (0..PLACES)
        .filter(|place| (i + REACH as usize).checked_sub(*place).is_some_and(read))
        .fold(0, |mask, place| mask | 1 << place)
}

impl Space {
    /// Forgets the words that were met once since the last time, or all of them where that
    /// does not make room. What stays moves up where it lies: memory does not grow for it.
    fn forget(&mut self) {
        let again = self.met.iter().filter(|n| **n > 0).count();
        if again > KEPT / 2 {
            self.met.fill(0);
        }
        // Places of what is known around the words that stay, in their order.
        let mut around = Vec::new();
        let mut renumbered = vec![NOWHERE; self.words.len()];
        let mut kept = 0;
        for (id, number) in renumbered.iter_mut().enumerate() {
            if self.met[id] == 0 {
                continue;
            }
            *number = kept as u32;
            self.words[kept] = std::mem::take(&mut self.words[id]);
            self.parts[kept] = self.parts[id];
            self.places[kept] = self.places[id];
            if self.places[id] != NOWHERE {
                around.push((self.places[id], kept));
            }
            kept += 1;
        }
        self.words.truncate(kept);
        self.parts.truncate(kept);
        self.places.truncate(kept);
        self.met.clear();
        self.met.resize(kept, 0);
        around.sort_unstable();
        for (to, (from, id)) in around.iter().enumerate() {
            self.around[to] = self.around[*from as usize];
            self.places[*id] = to as u32;
        }
        self.around.truncate(around.len());
        self.index.retain(|_, id| {
            *id = renumbered[*id as usize];
            *id != NOWHERE
        });
    }
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

    /// Numbers the words of an article, and says which tokens are to be read.
    fn read(&self, readings: &Readings, analysis: &Analysis, skims: bool, s: &mut Space) {
        if s.words.len() > KEPT {
            s.forget();
        }
        let skim = self.model.skim.as_ref().filter(|_| skims);
        s.ids.clear();
        for token in readings.iter() {
            let key = hash::text(token);
            let id = match s.index.get(&key) {
                Some(id) => {
                    let met = &mut s.met[*id as usize];
                    *met = met.saturating_add(1);
                    *id
                }
                None => {
                    let id = s.words.len() as u32;
                    let attributes = &mut s.attributes;
                    let word = Word::read(token, &self.model, &mut s.scratch, attributes);
                    s.words.push(word);
                    s.met.push(0);
                    s.parts.push(match &self.model.skim {
                        Some(skim) => skim.word(attributes),
                        None => [0; PLACES],
                    });
                    s.places.push(NOWHERE);
                    s.index.insert(key, id);
                    id
                }
            };
            s.ids.push(id);
        }
        let stretches = &mut s.first.stretches;
        stretches.clear();
        for sentence in &analysis.sentences {
            match skim {
                Some(skim) => {
                    let ids = &s.ids[sentence.start as usize..sentence.end as usize];
                    skim.stretches(ids, &s.parts, sentence.start, &mut s.scores, stretches);
                }
                None => stretches.push(sentence.start, sentence.end),
            }
        }
    }

    /// Looks up what the word of token `i` adds to the sums around it, at the places of `mask`
    /// at which it is not known yet.
    fn look_up(&self, i: usize, mask: u8, readings: &Readings, s: &mut Space) {
        let id = s.ids[i] as usize;
        if s.places[id] == NOWHERE {
            s.places[id] = s.around.len() as u32;
            s.around.push(([[0; WIDTH]; PLACES], 0));
        }
        let (around, known) = &mut s.around[s.places[id] as usize];
        let attributes = &mut s.attributes;
        Word::read(&readings[i], &self.model, &mut s.scratch, attributes);
        s.wanted.clear();
        for place in (0..PLACES).filter(|p| (mask & !*known) >> p & 1 == 1) {
            // A word `offset` places after a token.
            let offset = place as i32 - REACH;
            features::unary(attributes, offset, &mut |a| {
                s.wanted.push((place as u32, a));
            });
        }
        self.model.add(&s.wanted, &mut s.hits, around);
        *known |= mask;
    }

    /// Reads stretches of every sentence by themselves: what the first pass says, and the
    /// emission sums of the second. Of the first only its answers are kept: an article may
    /// be long.
    fn first(&self, readings: &Readings, analysis: &Analysis, s: &mut Space) {
        s.second.clear();
        s.first.labels.clear();
        s.first.labels.resize(analysis.tokens.len(), crf::OUTSIDE);
        s.first.marginals.clear();
        let mut tokens: Vec<&str> = Vec::new();
        let mut from = 0;
        for sentence in &analysis.sentences {
            let list = s.first.stretches.list();
            let to = from + list[from..].partition_point(|x| x.end <= sentence.end);
            if from < to {
                tokens.clear();
                tokens.extend((sentence.start..sentence.end).map(|i| &readings[i as usize]));
                self.sentence(readings, sentence, &tokens, from..to, s);
            }
            from = to;
        }
    }

    /// The first pass over the stretches number `which` of a sentence.
    fn sentence(
        &self,
        readings: &Readings,
        sentence: &Range<u32>,
        tokens: &[&str],
        which: Range<usize>,
        s: &mut Space,
    ) {
        let base = sentence.start as usize;
        let stretch = |s: &Space, k: usize| s.first.stretches.list()[k];
        let (first, last) = (stretch(s, which.start), stretch(s, which.end - 1));
        let sums_from = first.at as usize;
        s.sums.clear();
        s.sums.resize(last.read().end - sums_from, [0; WIDTH]);
        for k in which.clone() {
            let x = stretch(s, k);
            for (i, at) in x.tokens().zip(x.read()) {
                for place in 0..PLACES {
                    let Some(j) = (i + place).checked_sub(REACH as usize) else {
                        continue;
                    };
                    if j < base || j >= sentence.end as usize {
                        continue;
                    }
                    let known = |s: &Space| {
                        let at = s.places[s.ids[j] as usize];
                        let (around, known) = s.around.get(at as usize)?;
                        (known >> place & 1 == 1).then_some(around[place])
                    };
                    let around = known(s).or_else(|| {
                        let list = &s.first.stretches.list()[which.clone()];
                        let mask = seen_from(j, list);
                        self.look_up(j, mask, readings, s);
                        known(s)
                    });
                    let sums = &mut s.sums[at - sums_from];
                    for (sum, x) in sums.iter_mut().zip(around.unwrap_or_default()) {
                        *sum += x;
                    }
                }
            }
        }
        let words = InOrder {
            ids: &s.ids[base..sentence.end as usize],
            words: &s.words,
        };
        let list = &s.first.stretches.list()[which.clone()];
        // Token `i` of the sentence is number `i - shift` of the sums.
        let mut shift = 0;
        let mut ahead = list.iter().peekable();
        let wanted = &mut s.wanted;
        wanted.clear();
        features::context(
            words,
            tokens,
            list.iter().flat_map(|x| x.tokens()).map(|i| i - base),
            &self.model,
            &mut s.context,
            &mut |i, a| {
                while let Some(x) = ahead.next_if(|x| x.start as usize <= base + i) {
                    shift = x.start as usize - base - (x.at as usize - sums_from);
                }
                wanted.push(((i - shift) as u32, a));
            },
        );
        self.model.add(wanted, &mut s.hits, &mut s.sums);
        let halves = s.sums.iter().map(|sums| sums.as_chunks::<LABELS>().0);
        s.second.extend(halves.map(|h| h[1]));
        for k in which {
            let x = stretch(s, k);
            let read = x.read();
            let sums = &s.sums[read.start - sums_from..read.end - sums_from];
            let halves = sums.iter().map(|sums| &sums.as_chunks::<LABELS>().0[0]);
            self.rows(0, halves, &x, sentence, &mut s.rows);
            let (closed, exp) = &self.transitions[0];
            crf::viterbi(&s.rows, closed, &mut s.crf, &mut s.labels);
            crf::forward_backward(&s.rows, exp, &mut s.crf);
            s.first.labels[x.tokens()].copy_from_slice(&s.labels);
            let crf = &s.crf;
            let marginals = (0..s.rows.len()).map(|i| crf.marginals(i));
            s.first.marginals.extend(marginals);
        }
    }

    /// Emissions of a stretch; where the sentence goes on beyond it, the words there are
    /// outside of every name, and the transitions from and to them count.
    fn rows<'s>(
        &self,
        pass: usize,
        sums: impl Iterator<Item = &'s Half>,
        stretch: &Stretch,
        sentence: &Range<u32>,
        rows: &mut Vec<Row>,
    ) {
        let scale = self.model.scales[pass];
        rows.clear();
        rows.extend(sums.map(|s| s.map(|x| x as f32 * scale)));
        let transitions = &self.model.transitions[pass];
        let outside = usize::from(crf::OUTSIDE);
        if stretch.start > sentence.start
            && let Some(first) = rows.first_mut()
        {
            for (x, t) in first.iter_mut().zip(&transitions[outside]) {
                *x += t;
            }
        }
        if stretch.end < sentence.end
            && let Some(last) = rows.last_mut()
        {
            for (x, t) in last.iter_mut().zip(transitions) {
                *x += t[outside];
            }
        }
    }

    /// Adds to the emission sums what the article says, after the first pass.
    fn article(&self, readings: &Readings, analysis: &Analysis, s: &mut Space) {
        let words = InOrder {
            ids: &s.ids,
            words: &s.words,
        };
        let opens = |i: usize| readings[i].starts_with('(');
        s.evidence.gather(words, opens, &s.first);
        let (wanted, hits, second) = (&mut s.wanted, &mut s.hits, &mut s.second);
        wanted.clear();
        s.evidence.attributes(analysis, words, &s.first, |i, _, a| {
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
        readings: &Readings,
        analysis: &Analysis,
        s: &mut Space,
        out: &mut Vec<Mention>,
    ) {
        let (closed, exp) = &self.transitions[1];
        let mut spans = Vec::new();
        let mut sentences = analysis.sentences.iter().peekable();
        for x in s.first.stretches.list() {
            while sentences.next_if(|s| s.end <= x.start).is_some() {}
            let Some(sentence) = sentences.peek() else {
                break;
            };
            self.rows(1, s.second[x.read()].iter(), x, sentence, &mut s.rows);
            crf::viterbi(&s.rows, closed, &mut s.crf, &mut s.labels);
            if s.labels.iter().all(|y| *y == crf::OUTSIDE) {
                continue;
            }
            crf::forward_backward(&s.rows, exp, &mut s.crf);
            let crf_space = &s.crf;
            let from = x.start as usize;
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

    /// For each token of an article its probability of being outside of every name in the
    /// first pass, where nothing is passed over: what `glane skim` learns from.
    pub fn outside(&self, text: &str, analysis: &Analysis) -> Vec<f32> {
        let mut space = Space::default();
        let readings = reading(text, analysis, &self.model);
        self.read(&readings, analysis, false, &mut space);
        self.first(&readings, analysis, &mut space);
        let outside = usize::from(crf::OUTSIDE);
        space.first.marginals.iter().map(|m| m[outside]).collect()
    }

    /// Tags one article as [`tag`](Self::tag) does where nothing is passed over.
    pub fn tag_whole(&self, text: &str, analysis: &Analysis) -> Vec<Mention> {
        self.tag_where(text, analysis, false)
    }

    /// What it knows of words.
    pub fn knowledge(&self) -> &Model<'static> {
        &self.model
    }
}

impl Compact {
    /// Tags one article, as [`Tagger::tag`] says; cannot fail.
    pub fn tag(&self, text: &str, analysis: &Analysis) -> Vec<Mention> {
        self.tag_where(text, analysis, self.consistent)
    }

    fn tag_where(&self, text: &str, analysis: &Analysis, skims: bool) -> Vec<Mention> {
        let pooled = self.spaces.lock().ok().and_then(|mut s| s.pop());
        let mut space = pooled.unwrap_or_default();
        let mut out = Vec::new();
        let readings = reading(text, analysis, &self.model);
        self.read(&readings, analysis, skims, &mut space);
        self.first(&readings, analysis, &mut space);
        self.article(&readings, analysis, &mut space);
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
        // The doubt about every word is wanted.
        self.read(&readings, analysis, false, &mut space);
        self.first(&readings, analysis, &mut space);
        self.article(&readings, analysis, &mut space);
        let mut marginals = Vec::with_capacity(analysis.tokens.len());
        let (_, exp) = &self.transitions[1];
        for (x, sentence) in space.first.stretches.list().iter().zip(&analysis.sentences) {
            let sums = space.second[x.read()].iter();
            self.rows(1, sums, x, sentence, &mut space.rows);
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
        readings: &Readings,
        analysis: &Analysis,
        s: &Space,
        spans: &mut Vec<Span>,
        out: &mut Vec<Mention>,
    ) {
        if self.consistent {
            let tokens = consistency::Tokens {
                analysis,
                words: InOrder {
                    ids: &s.ids,
                    words: &s.words,
                },
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

#[cfg(test)]
mod tests {
    use super::super::embedded;
    use crate::text::analyse;

    #[test]
    fn what_was_forgotten_is_looked_up_again() {
        let tagger = embedded().unwrap();
        let text = "Odile Valdon quitte la mairie de Nîmes. Odile Valdon part à Lyon.";
        let analysis = analyse(text);
        let before = tagger.tag(text, &analysis);
        assert!(!before.is_empty());
        let words = |forget: bool| {
            let mut spaces = tagger.spaces.lock().unwrap();
            let space = spaces.last_mut().unwrap();
            if forget {
                space.forget();
            }
            space.words.len()
        };
        // « Odile », « Valdon » and the full stop come again.
        assert_eq!((words(false), words(true)), (11, 3));
        assert_eq!(tagger.tag(text, &analysis), before);
        assert_eq!(words(false), 11);
    }
}
