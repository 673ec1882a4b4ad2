//! Tagging an article: both passes, with everything that depends on one word
//! alone looked up once.

use super::{
    consistency::{self, Span},
    crf::{self, Field, LABELS, Row},
    document::{Evidence, First},
    features::{self, REACH},
    guide, hash,
    model::{Half, Hits, Model, Sums, Wanted},
    reading::{Readings, reading},
    skim::{PLACES, Parts, Stretch},
    weights::{NAMED, WIDTH},
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
const TOGETHER: usize = 1 << 9;

/// What a word adds to the scores around it, a line of the cache for each place.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Around([Sums; PLACES]);

/// What is asked of a word whether or not it is read, in 16 bytes.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Where in [`Space::around`] it is.
    place: u32,
    /// What it adds to the score of what is read.
    parts: Parts,
    /// How often it was met again, up to the greatest number that there is.
    met: u8,
    /// A bit for each place at which it is known what it adds: of a rare word beside a name
    /// one of five is ever asked for.
    known: u8,
}

/// Of a word that nothing has been read around yet.
const NOWHERE: u32 = u32::MAX;

/// Buffers that go from article to article.
#[derive(Default)]
struct Space {
    index: hash::Map<u32>,
    words: Vec<Word>,
    seen: Vec<Seen>,
    around: Vec<Around>,
    /// Of one sentence, of what is to be read.
    scores: Vec<i32>,
    scratch: Scratch,
    attributes: Attributes,
    wanted: Wanted,
    hits: Hits,
    /// Hashes of the tokens of an article, and the numbers of their words.
    keys: Vec<u64>,
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

/// The places of token `j` from which the tokens of a stretch see it, a bit each: token `i`
/// sees it at place `j + REACH - i`.
fn seen_from(j: usize, stretch: &Stretch) -> u8 {
    let (tokens, beyond) = (stretch.tokens(), j + REACH as usize + 1);
    let below = |n: usize| (1u8 << n.min(PLACES)) - 1;
    below(beyond.saturating_sub(tokens.start)) & !below(beyond.saturating_sub(tokens.end))
}

impl Space {
    /// Forgets the words that were met least, so that half of the room is free at least, and
    /// lets what is known of the others age: a word that was common in last year's articles
    /// goes in its turn. What stays moves up where it lies: memory does not grow for it.
    fn forget(&mut self) {
        let mut by_times = [0usize; 1 + u8::MAX as usize];
        self.seen.iter().for_each(|w| by_times[w.met as usize] += 1);
        let mut kept = 0;
        let too_many = |n: &usize| {
            kept += n;
            kept > KEPT / 2
        };
        // Words stay that were met again more often than this.
        let least = by_times.iter().rposition(too_many).unwrap_or(0);
        // Places of what is known around the words that stay, in their order.
        let mut around = Vec::new();
        let mut renumbered = vec![NOWHERE; self.words.len()];
        let mut kept = 0;
        for (id, number) in renumbered.iter_mut().enumerate() {
            let mut word = self.seen[id];
            if usize::from(word.met) <= least {
                continue;
            }
            *number = kept as u32;
            word.met /= 2;
            self.seen[kept] = word;
            self.words[kept] = std::mem::take(&mut self.words[id]);
            if word.place != NOWHERE {
                around.push((word.place, kept));
            }
            kept += 1;
        }
        self.words.truncate(kept);
        self.seen.truncate(kept);
        around.sort_unstable();
        for (to, (from, id)) in around.iter().enumerate() {
            self.around[to] = self.around[*from as usize];
            self.seen[*id].place = to as u32;
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
    /// Of each pass.
    fields: [Field; 2],
    /// Whether mentions of one form are made to agree.
    consistent: bool,
    spaces: Mutex<Vec<Space>>,
}

impl Compact {
    /// A tagger over a model.
    pub fn new(model: Model<'static>, sha256: String) -> Self {
        Self {
            info: ModelInfo {
                name: model.name.to_owned(),
                sha256,
            },
            fields: model.transitions.each_ref().map(Field::new),
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
        // Each loop short, so that much of what it asks of memory is on its way at once.
        s.keys.clear();
        s.keys.extend(readings.iter().map(hash::text));
        s.ids.clear();
        let known = |key| s.index.get(key).copied().unwrap_or(NOWHERE);
        s.ids.extend(s.keys.iter().map(known));
        for i in 0..s.ids.len() {
            if let Some(word) = s.seen.get_mut(s.ids[i] as usize) {
                word.met = word.met.saturating_add(1);
            } else {
                s.ids[i] = self.meet(s.keys[i], &readings[i], s);
            }
        }
        let stretches = &mut s.first.stretches;
        stretches.clear();
        for sentence in &analysis.sentences {
            match skim {
                Some(skim) => {
                    let ids = &s.ids[sentence.start as usize..sentence.end as usize];
                    let parts = |id: u32| s.seen.get(id as usize).map(|w| &w.parts);
                    skim.stretches(ids, parts, sentence.start, &mut s.scores, stretches);
                }
                None => stretches.push(sentence.start, sentence.end),
            }
        }
    }

    /// The number of a word that was not known before the article.
    fn meet(&self, key: u64, token: &str, s: &mut Space) -> u32 {
        if let Some(id) = s.index.get(&key) {
            let word = &mut s.seen[*id as usize];
            word.met = word.met.saturating_add(1);
            return *id;
        }
        let id = s.words.len() as u32;
        let word = Word::read(token, &self.model, &mut s.scratch, &mut s.attributes);
        s.words.push(word);
        let skim = self.model.skim.as_ref();
        s.seen.push(Seen {
            place: NOWHERE,
            parts: skim.map_or([0; PLACES], |skim| skim.word(&s.attributes)),
            met: 0,
            known: 0,
        });
        s.index.insert(key, id);
        id
    }

    /// Looks up what the word of token `i` adds to the sums around it, at the places of `mask`
    /// at which it is not known yet.
    fn look_up(&self, i: usize, mask: u8, readings: &Readings, s: &mut Space) {
        let id = s.ids[i] as usize;
        let seen = &mut s.seen[id];
        if seen.place == NOWHERE {
            seen.place = s.around.len() as u32;
            s.around.push(Around([[0; WIDTH]; PLACES]));
        }
        let Around(around) = &mut s.around[seen.place as usize];
        let attributes = &mut s.attributes;
        Word::read(&readings[i], &self.model, &mut s.scratch, attributes);
        s.wanted.clear();
        for place in (0..PLACES).filter(|p| (mask & !seen.known) >> p & 1 == 1) {
            // A word `offset` places after a token.
            let offset = place as i32 - REACH;
            features::unary(attributes, offset, &mut |a| {
                s.wanted.push((place as u32, a));
            });
        }
        self.model.add(&s.wanted, &mut s.hits, around);
        seen.known |= mask;
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
            let reach = REACH as usize;
            let seen = x.tokens().start.saturating_sub(reach).max(base)
                ..(x.tokens().end + reach).min(sentence.end as usize);
            for j in seen.clone() {
                let known = s.seen[s.ids[j] as usize].known;
                if seen_from(j, &x) & !known != 0 {
                    let list = s.first.stretches.list()[which.clone()].iter();
                    let mask = list.fold(0, |mask, x| mask | seen_from(j, x));
                    self.look_up(j, mask, readings, s);
                }
            }
            for (i, at) in x.tokens().zip(x.read()) {
                let mut sum = [0; WIDTH];
                for j in i.saturating_sub(reach).max(seen.start)..(i + reach + 1).min(seen.end) {
                    let at = s.seen[s.ids[j] as usize].place as usize;
                    let around = s.around.get(at).map(|Around(rows)| &rows[j + reach - i]);
                    for (sum, x) in sum.iter_mut().zip(around.into_iter().flatten()) {
                        *sum += x;
                    }
                }
                s.sums[at - sums_from] = sum;
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
        let halves = s.sums.iter().map(|sums| sums.as_chunks::<NAMED>().0);
        s.second.extend(halves.map(|h| h[1]));
        for k in which {
            let x = stretch(s, k);
            let read = x.read();
            let sums = &s.sums[read.start - sums_from..read.end - sums_from];
            let halves = sums.iter().map(|sums| &sums.as_chunks::<NAMED>().0[0]);
            self.rows(0, halves, &x, sentence, &mut s.rows);
            let field = &self.fields[0];
            crf::viterbi(&s.rows, field, &mut s.crf, &mut s.labels);
            crf::forward_backward(&s.rows, field, &mut s.crf);
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
        rows.extend(sums.map(|s| {
            let mut row = [0.0; LABELS];
            for (x, sum) in row[usize::from(crf::OUTSIDE) + 1..].iter_mut().zip(s) {
                *x = *sum as f32 * scale;
            }
            row
        }));
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
        let field = &self.fields[1];
        let mut spans = Vec::new();
        let mut sentences = analysis.sentences.iter().peekable();
        for x in s.first.stretches.list() {
            while sentences.next_if(|s| s.end <= x.start).is_some() {}
            let Some(sentence) = sentences.peek() else {
                break;
            };
            self.rows(1, s.second[x.read()].iter(), x, sentence, &mut s.rows);
            crf::viterbi(&s.rows, field, &mut s.crf, &mut s.labels);
            if s.labels.iter().all(|y| *y == crf::OUTSIDE) {
                continue;
            }
            crf::forward_backward(&s.rows, field, &mut s.crf);
            let crf_space = &s.crf;
            let from = x.start as usize;
            crf::names(&s.labels, |a, b, label| {
                spans.push(Span {
                    start: from + a,
                    end: from + b,
                    label,
                    score: self.model.calibrate(crf_space.span(a, b, label, field)),
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
        let field = &self.fields[1];
        for (x, sentence) in space.first.stretches.list().iter().zip(&analysis.sentences) {
            let sums = space.second[x.read()].iter();
            self.rows(1, sums, x, sentence, &mut space.rows);
            crf::forward_backward(&space.rows, field, &mut space.crf);
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
