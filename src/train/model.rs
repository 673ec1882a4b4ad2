//! From annotated files to a fitted model.

use super::{
    crf::{self, Dataset, Index, Settings, Weights},
    data::{self, Article, Sources, Words},
};
use crate::{
    entities::compact::{
        crf::{Row, Transitions},
        document::{Evidence, First, Piece},
        features::{self, Space},
        skim::Stretches,
    },
    eval::{
        entities::{self, Scores},
        gold::Doc,
    },
};
use std::{cmp::Reverse, collections::HashMap};

/// Documents with their tokens and words.
pub struct Set {
    /// The documents.
    pub docs: Vec<Doc>,
    /// The same as numbers.
    pub articles: Vec<Article>,
    /// What the first pass said of each; empty before it.
    pub first: Vec<First>,
    /// A piece of the second pass that is left out.
    pub without: Option<Piece>,
}

impl Set {
    /// Reads documents as numbers.
    pub fn new(docs: Vec<Doc>, words: &mut Words, sources: &Sources) -> Self {
        let articles = docs
            .iter()
            .map(|d| data::article(d, words, sources))
            .collect();
        Self {
            docs,
            articles,
            first: Vec::new(),
            without: None,
        }
    }

    /// Calls `each(token, word, distance)` for every word that gives a token of
    /// a document attributes; tokens count from the document's first.
    fn neighbours(&self, d: usize, each: &mut impl FnMut(usize, u32, i32)) {
        let article = &self.articles[d];
        for sentence in &article.analysis.sentences {
            let first = sentence.start as usize;
            data::neighbours(article, sentence, &mut |i, word, distance| {
                each(first + i, word, distance);
            });
        }
    }

    /// Calls `each(token, attribute)` for every attribute of a document that is
    /// not of one word alone; tokens count from the document's first. Those of
    /// the second pass come with it.
    fn each(
        &self,
        d: usize,
        words: &Words,
        sources: &Sources,
        space: &mut Space,
        each: &mut impl FnMut(usize, u64),
    ) {
        let (doc, article) = (&self.docs[d], &self.articles[d]);
        for sentence in &article.analysis.sentences {
            let first = sentence.start as usize;
            data::context(article, sentence, words, sources, space, &mut |i, a| {
                each(first + i, a)
            });
        }
        if let Some(first) = self.first.get(d) {
            let in_order = words.in_order(&article.words);
            let tokens = &article.analysis.tokens;
            let opens = |i: usize| tokens[i].of(&doc.text).starts_with('(');
            let mut evidence = Evidence::default();
            evidence.gather(in_order, opens, first);
            evidence.attributes(&article.analysis, in_order, first, |i, piece, a| {
                if self.without != Some(piece) {
                    each(i, a);
                }
            });
        }
    }

    /// Numbers the attributes that are frequent enough, the most frequent first:
    /// their weights lie together.
    pub fn count(&self, words: &Words, sources: &Sources, min: u32) -> Index {
        let mut counts: Index = Index::default();
        let mut groups: HashMap<(u32, i32), u32> = HashMap::new();
        let mut space = Space::default();
        for d in 0..self.docs.len() {
            self.neighbours(d, &mut |_, word, distance| {
                *groups.entry((word, distance)).or_insert(0) += 1;
            });
            self.each(d, words, sources, &mut space, &mut |_, a| {
                *counts.entry(a).or_insert(0) += 1;
            });
        }
        for ((word, distance), n) in groups {
            features::unary(words.attributes(word), distance, &mut |a| {
                *counts.entry(a).or_insert(0) += n;
            });
        }
        let mut kept: Vec<(u64, u32)> = counts.into_iter().filter(|(_, n)| *n >= min).collect();
        kept.sort_unstable_by_key(|(a, n)| (Reverse(*n), *a));
        kept.into_iter().map(|(a, _)| a).zip(0..).collect()
    }

    /// The documents as attribute numbers.
    pub fn dataset(&self, words: &Words, sources: &Sources, index: &Index) -> Dataset {
        let mut out = Dataset::default();
        let mut numbers: HashMap<(u32, i32), u32> = HashMap::new();
        let (mut shared, mut own): (Vec<Vec<u32>>, Vec<Vec<u32>>) = Default::default();
        let mut space = Space::default();
        for (d, article) in self.articles.iter().enumerate() {
            for rows in [&mut shared, &mut own] {
                rows.clear();
                rows.resize(article.labels.len(), Vec::new());
            }
            let groups = &mut out.groups;
            self.neighbours(d, &mut |i, word, distance| {
                let number = *numbers.entry((word, distance)).or_insert_with(|| {
                    let mut known = Vec::new();
                    features::unary(words.attributes(word), distance, &mut |a| {
                        known.extend(index.get(&a));
                    });
                    groups.push(known);
                    groups.len() as u32 - 1
                });
                shared[i].push(number);
            });
            self.each(d, words, sources, &mut space, &mut |i, a| {
                own[i].extend(index.get(&a));
            });
            let before = out.labels.len() as u32;
            for ((shared, own), label) in shared.iter().zip(&own).zip(&article.labels) {
                out.shared.push(shared.iter().copied());
                out.own.push(own.iter().copied());
                out.labels.push(*label);
            }
            for sentence in &article.analysis.sentences {
                out.sentences.push(before + sentence.end);
            }
            out.weights.extend(&article.weights);
        }
        out
    }

    /// Scores of predicted labels against the documents' own spans.
    pub fn score(&self, predicted: &[Vec<u8>]) -> Scores {
        let mut scores = Scores::default();
        for ((doc, article), labels) in self.docs.iter().zip(&self.articles).zip(predicted) {
            let tokens = &article.analysis.tokens;
            let mut found = Vec::new();
            for s in &article.analysis.sentences {
                let from = s.start as usize;
                crate::entities::compact::crf::names(
                    &labels[from..s.end as usize],
                    |a, b, label| {
                        found.push((
                            tokens[from + a].start as usize,
                            tokens[from + b - 1].end as usize,
                            label,
                        ));
                    },
                );
            }
            entities::compare(doc, &found, &mut scores, |_, _| {});
        }
        scores
    }

    /// Labels of all tokens, a list a document, from labels a sentence.
    pub fn gather(&self, data: &Dataset, rows: &[Row], t: &Transitions) -> Vec<Vec<u8>> {
        let mut flat = Vec::new();
        crf::tag(data, rows, t, |labels, _| flat.extend_from_slice(labels));
        let mut out = Vec::new();
        let mut at = 0;
        for a in &self.articles {
            out.push(flat[at..at + a.labels.len()].to_vec());
            at += a.labels.len();
        }
        out
    }
}

/// Fits sentence weights on `train`, reporting F1 on each dev set now and then.
pub fn fit(
    train: &Set,
    dev: &[(String, Set)],
    words: &Words,
    sources: &Sources,
    settings: &Settings,
) -> Weights {
    let index = train.count(words, sources, settings.min_count);
    eprintln!("{} attributes", index.len());
    let data = train.dataset(words, sources, &index);
    eprintln!(
        "{} tokens, {} attributes on them, {} groups of {} attributes",
        data.labels.len(),
        data.own.total(),
        data.groups.len(),
        data.groups.total()
    );
    let dev_data: Vec<Dataset> = dev
        .iter()
        .map(|(_, d)| d.dataset(words, sources, &index))
        .collect();
    let start = std::time::Instant::now();
    let (rows, transitions) = crf::fit(&data, index.len(), settings, |i, f, weights| {
        if i % 20 == 0 {
            let (rows, t) = weights();
            let mut line = String::new();
            for ((name, set), data) in dev.iter().zip(&dev_data) {
                let s = set.score(&set.gather(data, &rows, &t));
                line += &format!(
                    "  {name} {:.2} (span {:.2})",
                    100.0 * s.all().f1(),
                    100.0 * s.spans.f1()
                );
            }
            eprintln!(
                "{i:4} {f:12.1} {:6.1}s{line}",
                start.elapsed().as_secs_f32()
            );
        }
        true
    });
    for ((name, set), data) in dev.iter().zip(&dev_data) {
        let s = set.score(&set.gather(data, &rows, &transitions));
        eprint!("{name}\n{}", entities::table(&s));
    }
    Weights {
        index,
        rows,
        transitions,
    }
}

/// Lets given weights tag a set: what the second pass learns from.
pub fn first_pass(set: &Set, words: &Words, sources: &Sources, w: &Weights) -> Vec<First> {
    let data = set.dataset(words, sources, &w.index);
    let mut flat = First::default();
    crf::tag(&data, &w.rows, &w.transitions, |labels, marginals| {
        flat.labels.extend_from_slice(labels);
        flat.marginals.extend_from_slice(marginals);
    });
    let mut at = 0;
    set.articles
        .iter()
        .map(|a| {
            let range = at..at + a.labels.len();
            at = range.end;
            First {
                stretches: Stretches::whole(&a.analysis),
                labels: flat.labels[range.clone()].to_vec(),
                marginals: flat.marginals[range].to_vec(),
            }
        })
        .collect()
}

/// Parts of the training documents that are each tagged by weights fitted on
/// the others, so that the second pass sees a first pass as weak as it will be
/// on new text.
const FOLDS: usize = 5;

/// Fits both passes.
pub fn fit_both(
    train: &mut Set,
    dev: &mut [(String, Set)],
    words: &Words,
    sources: &Sources,
    settings: &Settings,
) -> (Weights, Weights) {
    let mut seen: Vec<Option<First>> = train.docs.iter().map(|_| None).collect();
    for fold in 0..FOLDS {
        let part = |inside: bool| {
            let mut out = Set {
                docs: vec![],
                articles: vec![],
                first: vec![],
                without: None,
            };
            for (i, (d, a)) in train.docs.iter().zip(&train.articles).enumerate() {
                if (i % FOLDS == fold) == inside {
                    out.docs.push(d.clone());
                    out.articles.push(a.clone());
                }
            }
            out
        };
        let weights = fit(&part(false), &[], words, sources, settings);
        let firsts = first_pass(&part(true), words, sources, &weights);
        for (k, f) in firsts.into_iter().enumerate() {
            seen[fold + k * FOLDS] = Some(f);
        }
    }
    let one = fit(train, dev, words, sources, settings);
    train.first = seen.into_iter().map(Option::unwrap_or_default).collect();
    for (_, set) in dev.iter_mut() {
        set.first = first_pass(set, words, sources, &one);
    }
    let two = fit(train, dev, words, sources, settings);
    (one, two)
}

/// Fits the second pass again without each of its pieces, to print what each
/// adds; after [`fit_both`].
pub fn ablate(
    train: &mut Set,
    dev: &mut [(String, Set)],
    words: &Words,
    sources: &Sources,
    settings: &Settings,
) {
    for (piece, name) in Piece::ALL {
        eprintln!("without {name}");
        train.without = Some(piece);
        dev.iter_mut()
            .for_each(|(_, set)| set.without = Some(piece));
        fit(train, dev, words, sources, settings);
    }
}
