//! Fitting what says which tokens are read ([`skim`](crate::entities::compact::skim)).
//!
//! A logistic regression over the attributes of the words around a token, fitted by
//! FTRL-Proximal, whose L1 norm leaves most attributes out (McMahan et al., 2013). What it
//! learns is what the field itself says of raw text: tokens of its names, and those that it
//! doubts, are to be read. The bias is then set on articles held out, such that hardly a
//! token of a name is passed over.

use super::data::Words;
use crate::{
    entities::compact::{
        Compact, Model,
        features::REACH,
        model,
        reading::reading,
        skim::{BEYOND, MOST, PLACES, Parts, Skim, Stretches},
    },
    eval::{
        entities::label,
        gold::{Doc, GoldSpan},
    },
    text::{Token, analyse},
};
use std::{collections::HashMap, path::PathBuf};

/// Every so many-th article is held out.
const HELD: usize = 10;

/// A token is doubted when its probability of being outside is less.
const DOUBTED: f32 = 0.9;

/// What a token of a name counts for, beside a plain one.
const NAME: f32 = 8.0;

/// What a doubted token counts for.
const DOUBT: f32 = 2.0;

/// Attributes of fewer tokens are left out.
const LEAST: u32 = 20;

/// Times that all tokens are gone over.
const EPOCHS: usize = 6;

/// Of ten thousand tokens of names held out, so many may be passed over: what the field finds
/// in them is as often wrong as right. F1 over the annotated news, Wikinews and the corpus is
/// what it is where everything is read (docs/ENTITIES.md).
const MISSED: usize = 25;

/// Fewer tokens of names held out say nothing about one in two thousand.
const NAMES: usize = 2000;

/// What a part of the score is worth, in natural-log units.
const UNIT: f32 = 1.0 / 256.0;

/// Settings of FTRL-Proximal in the paper's letters.
const ALPHA: f32 = 0.1;
const BETA: f32 = 1.0;
const L1: f32 = 0.5;
const L2: f32 = 0.3;

/// What was fitted, and what it does on the articles held out.
#[derive(Debug, Default, Clone, Copy)]
pub struct Report {
    /// Articles that were read.
    pub articles: usize,
    /// Tokens in them.
    pub tokens: usize,
    /// Attributes that were kept.
    pub attributes: usize,
    /// Tokens held out.
    pub held: usize,
    /// Those of them that are read.
    pub read: usize,
    /// Those of names.
    pub named: usize,
    /// Those of names that are passed over.
    pub missed: usize,
}

/// A sentence as numbers.
struct Sentence {
    words: Vec<u32>,
    /// Whether a token is plain, doubted, or of a name.
    what: Vec<What>,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Plain,
    Doubted,
    Name,
}

/// A weight of FTRL-Proximal.
#[derive(Default, Clone, Copy)]
struct Weight {
    z: f32,
    n: f32,
}

impl Weight {
    fn quantised(&self) -> i16 {
        // A cast of a float keeps to the range.
        (self.value() / UNIT).round() as i16
    }

    fn value(&self) -> f32 {
        if self.z.abs() <= L1 {
            return 0.0;
        }
        (self.z.signum() * L1 - self.z) / ((BETA + self.n.sqrt()) / ALPHA + L2)
    }

    fn update(&mut self, gradient: f32) {
        let squared = self.n + gradient * gradient;
        let sigma = (squared.sqrt() - self.n.sqrt()) / ALPHA;
        self.z += gradient - sigma * self.value();
        self.n = squared;
    }
}

/// Fits the score on annotated articles and on the first `limit` articles of each of some
/// raw texts; gives the model file with it.
///
/// # Errors
/// When a text cannot be read, there is too little of it, or the bytes are no model.
pub fn fit(
    bytes: &[u8],
    annotated: &[Doc],
    raw: &[PathBuf],
    limit: usize,
) -> Result<(Vec<u8>, Report), Box<dyn std::error::Error>> {
    // A tagger keeps its model for good; there is one a program.
    let kept: &'static [u8] = bytes.to_vec().leak();
    let tagger = Compact::new(Model::read(kept)?, String::new());
    let mut words = Words::default();
    let (mut train, mut held) = (Vec::new(), Vec::new());
    let mut report = Report::default();
    for path in raw {
        let mut here = 0;
        super::raw::read(path, &mut |text| {
            if here < limit {
                here += 1;
                report.articles += 1;
                let out = report.articles.is_multiple_of(HELD);
                let part = if out { &mut held } else { &mut train };
                sentences(text, &[], &tagger, &mut words, part);
            }
        })?;
    }
    for doc in annotated {
        report.articles += 1;
        let out = report.articles.is_multiple_of(HELD);
        let part = if out { &mut held } else { &mut train };
        sentences(&doc.text, &doc.spans, &tagger, &mut words, part);
    }
    report.tokens = train.iter().chain(&held).map(|s| s.words.len()).sum();
    let index = Index::new(&train, &words);
    let weights = index.fit(&train);
    let parts: Vec<(u64, Parts)> = index
        .attributes
        .iter()
        .zip(&weights)
        .map(|(a, w)| (*a, w.each_ref().map(Weight::quantised)))
        .filter(|(_, parts)| *parts != [0; PLACES])
        .collect();
    report.attributes = parts.len();
    let whole = model::with_skim(kept, 0, &parts)?;
    let bias = {
        let mut model = Model::read(&whole)?;
        let skim = model.skim.as_mut().ok_or("the score was not written")?;
        bias(skim, &held, &words, &mut report)?
    };
    Ok((model::with_skim(kept, bias, &parts)?, report))
}

/// Adds the sentences of an article with what the field, and who annotated it, say of each
/// token.
fn sentences(
    text: &str,
    annotated: &[GoldSpan],
    tagger: &Compact,
    words: &mut Words,
    out: &mut Vec<Sentence>,
) {
    let analysis = analyse(text);
    let knowledge = tagger.knowledge();
    let readings = reading(text, &analysis, knowledge);
    let ids: Vec<u32> = readings
        .iter()
        .map(|t| words.intern(t, knowledge))
        .collect();
    let mut what: Vec<What> = tagger
        .outside(text, &analysis)
        .into_iter()
        .map(|p| {
            if p < DOUBTED {
                What::Doubted
            } else {
                What::Plain
            }
        })
        .collect();
    let names = annotated.iter().filter(|s| label(&s.tag).is_some());
    let names = names.map(|s| (s.start, s.end));
    let found = tagger.tag_whole(text, &analysis);
    for (start, end) in names.chain(found.iter().map(|m| (m.start, m.end))) {
        let inside = |t: &&Token| (t.start as usize) < end;
        let from = analysis.tokens.partition_point(|t| t.end as usize <= start);
        let named = analysis.tokens[from..].iter().take_while(inside).count();
        what[from..from + named].fill(What::Name);
    }
    out.extend(analysis.sentences.iter().map(|s| {
        let range = s.start as usize..s.end as usize;
        Sentence {
            words: ids[range.clone()].to_vec(),
            what: what[range].to_vec(),
        }
    }));
}

/// The attributes that are frequent enough, by number.
struct Index {
    attributes: Vec<u64>,
    /// Those of each word.
    words: Vec<Vec<u32>>,
    /// Those of what lies beyond a sentence.
    beyond: Vec<u32>,
}

impl Index {
    fn new(train: &[Sentence], words: &Words) -> Self {
        let mut frequency = vec![0u32; words.len()];
        for id in train.iter().flat_map(|s| &s.words) {
            frequency[*id as usize] += 1;
        }
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for (id, n) in frequency.iter().enumerate() {
            for a in words.attributes(id as u32).all() {
                *counts.entry(a).or_default() += n;
            }
        }
        let mut attributes: Vec<u64> = counts
            .into_iter()
            .filter(|(_, n)| *n >= LEAST)
            .map(|(a, _)| a)
            .collect();
        attributes.push(BEYOND);
        // The same file from the same texts.
        attributes.sort_unstable();
        let numbers: HashMap<u64, u32> = attributes.iter().copied().zip(0..).collect();
        let known = |id: usize| {
            let all = words.attributes(id as u32).all();
            all.filter_map(|a| numbers.get(&a).copied()).collect()
        };
        Self {
            words: (0..words.len()).map(known).collect(),
            beyond: numbers.get(&BEYOND).copied().into_iter().collect(),
            attributes,
        }
    }

    fn fit(&self, train: &[Sentence]) -> Vec<[Weight; PLACES]> {
        let mut weights = vec![[Weight::default(); PLACES]; self.attributes.len()];
        let mut bias = Weight::default();
        let mut seen: Vec<(u32, usize)> = Vec::new();
        for s in std::iter::repeat_n(train, EPOCHS).flatten() {
            for (i, what) in s.what.iter().enumerate() {
                seen.clear();
                for place in 0..PLACES {
                    let word = (i + place)
                        .checked_sub(REACH as usize)
                        .and_then(|j| s.words.get(j));
                    let known = word.map_or(&self.beyond, |id| &self.words[*id as usize]);
                    seen.extend(known.iter().map(|a| (*a, place)));
                }
                let sum: f32 = seen
                    .iter()
                    .map(|(a, p)| weights[*a as usize][*p].value())
                    .sum();
                let p = 1.0 / (1.0 + (-(sum + bias.value())).exp());
                let gradient = match what {
                    What::Plain => p,
                    What::Doubted => DOUBT * (p - 1.0),
                    What::Name => NAME * (p - 1.0),
                };
                bias.update(gradient);
                for (a, place) in &seen {
                    weights[*a as usize][*place].update(gradient);
                }
            }
        }
        weights
    }
}

/// The least bias with which so few tokens of names are passed over as [`MISSED`] says.
fn bias(
    skim: &mut Skim,
    held: &[Sentence],
    words: &Words,
    report: &mut Report,
) -> Result<i32, &'static str> {
    let parts: Vec<Parts> = (0..words.len())
        .map(|id| skim.word(words.attributes(id as u32)))
        .collect();
    let all = || held.iter().flat_map(|s| &s.what);
    report.held = all().count();
    report.named = all().filter(|what| **what == What::Name).count();
    if report.named < NAMES {
        return Err("there are too few names in these texts to learn what is none");
    }
    let (mut low, mut high) = (-MOST, MOST);
    while low < high {
        skim.bias = low + (high - low) / 2;
        let (mut scores, mut stretches) = (Vec::new(), Stretches::default());
        (report.read, report.missed) = (0, 0);
        for s in held {
            stretches.clear();
            let parts = |id: u32| parts.get(id as usize);
            skim.stretches(&s.words, parts, 0, &mut scores, &mut stretches);
            report.read += stretches.read();
            let named = s
                .what
                .iter()
                .enumerate()
                .filter(|(_, what)| **what == What::Name);
            report.missed += named.filter(|(i, _)| stretches.find(*i).is_none()).count();
        }
        if report.missed * 10_000 <= MISSED * report.named {
            high = skim.bias;
        } else {
            low = skim.bias + 1;
        }
    }
    skim.bias = low;
    Ok(low)
}
