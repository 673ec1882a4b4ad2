//! What a whole article knows that a sentence does not.
//!
//! A first pass tags every sentence by itself. Its answers, gathered over the
//! article, become attributes of a second pass (after Krishnan and Manning,
//! 2006): how the same word was labelled elsewhere, which longer name it is a
//! part of, which long form an acronym was given, whether the word also stands
//! there in lower case.

use super::{
    crf::{self, LABELS, Row},
    hash::{Few, Map, mix},
    skim::Stretches,
    word::{InOrder, Look, Word},
};
use crate::text::Analysis;

/// Numbers of the templates of the second pass.
#[derive(Clone, Copy)]
enum T {
    Own = 200,
    OwnPrev,
    OwnNext,
    Sure,
    Same,
    SameOwn,
    SameMany,
    Alone,
    Mention,
    MentionOwn,
    Longer,
    LongerOwn,
    Acronym,
    Lower,
    Count,
    Before,
    After,
    Mix,
}

/// What the second pass learns from, apart: each can be left out to see what it
/// adds (`glane train --ablate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// The first pass at the token itself and beside it.
    First,
    /// The same word elsewhere.
    SameWord,
    /// The same name elsewhere.
    SameName,
    /// A longer name that holds the word: a surname and its full name.
    Longer,
    /// The long form of an acronym.
    Acronym,
    /// The word in lower case elsewhere.
    LowerCase,
    /// The names next to it in a row.
    Row,
    /// The labels that the article is full of.
    Mixture,
}

impl Piece {
    /// All pieces, with what they are called in tables.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::First, "the first pass's own answer"),
        (Self::SameWord, "same word elsewhere"),
        (Self::SameName, "same name elsewhere"),
        (Self::Longer, "longer name that holds it"),
        (Self::Acronym, "acronym and its long form"),
        (Self::LowerCase, "lower case elsewhere"),
        (Self::Row, "names in a row"),
        (Self::Mixture, "labels of the whole article"),
    ];
}

/// What the first pass said of an article.
#[derive(Debug, Default)]
pub struct First {
    /// What it read.
    pub stretches: Stretches,
    /// Best label of each token: [`OUTSIDE`](crf::OUTSIDE) where it did not read.
    pub labels: Vec<u8>,
    /// Probability of each label of the tokens that it read.
    pub marginals: Vec<Row>,
}

/// What stands where the first pass did not read.
const PLAIN: Row = {
    let mut row = [0.0; LABELS];
    row[crf::OUTSIDE as usize] = 1.0;
    row
};

impl First {
    /// The least probability of a type in a name that the first pass found.
    fn surest(&self, start: usize, end: usize, kind: usize) -> f32 {
        // A name lies in one stretch.
        let from = self.stretches.find(start).unwrap_or_default();
        let rows = self.marginals.get(from..from + end - start);
        let sure = rows.unwrap_or_default().iter().map(|m| votes(m)[kind]);
        sure.fold(1.0, f32::min)
    }
}

/// Sums of probability: O, PER, LOC, ORG, MISC.
type Votes = [f32; 5];

fn votes(m: &Row) -> Votes {
    let mut v = [m[0], 0.0, 0.0, 0.0, 0.0];
    for y in 1..LABELS {
        v[1 + (y - 1) / 2] += m[y];
    }
    v
}

/// The winner and how clear it is, from 0 to 3.
fn majority(v: &Votes) -> Option<(u64, u64)> {
    let sum: f32 = v.iter().sum();
    if sum < 0.5 {
        return None;
    }
    let mut best = 0;
    for (i, x) in v.iter().enumerate() {
        if *x > v[best] {
            best = i;
        }
    }
    let share = v[best] / sum;
    let clear = u64::from(share > 0.95) + u64::from(share > 0.8) + u64::from(share > 0.6);
    Some((best as u64, clear))
}

fn bucket(n: f32) -> u64 {
    match n {
        n if n < 1.5 => 0,
        n if n < 3.5 => 1,
        n if n < 8.5 => 2,
        _ => 3,
    }
}

/// Gathered over one article; kept by a worker and filled anew.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Votes by capitalised word.
    words: Map<Votes>,
    /// Votes by whole mention.
    mentions: Map<Votes>,
    /// Votes of the longer mentions that hold a word or a shorter name: from
    /// the hash of the part, the votes and whether it was the last part.
    longer: Map<(Votes, bool)>,
    /// Types of the long forms that acronyms were given.
    acronyms: Map<Votes>,
    /// Words that stand in lower case.
    lower: Map<u32>,
    spans: Vec<(usize, usize, usize)>,
    /// Folded forms of the capitalised words that are read.
    asked: Few,
}

fn capital(w: &Word) -> bool {
    matches!(w.look, Look::Capital | Look::Capitals)
}

impl Evidence {
    /// Reads the first pass of an article. `words` are those of its tokens, and a token
    /// `opens` something when it begins with an opening bracket.
    pub fn gather(&mut self, words: InOrder, opens: impl Fn(usize) -> bool, first: &First) {
        self.words.clear();
        self.mentions.clear();
        self.longer.clear();
        self.acronyms.clear();
        self.lower.clear();
        self.spans.clear();
        self.asked.clear();
        for s in first.stretches.list() {
            for w in words.part(s.tokens()).iter().filter(|w| capital(w)) {
                self.asked.add(w.folded);
            }
        }
        let mut stretches = first.stretches.list().iter().peekable();
        for (i, w) in words.iter().enumerate() {
            if !self.asked.may_have(w.folded) {
                continue;
            }
            if capital(w) {
                while stretches.next_if(|s| s.end as usize <= i).is_some() {}
                let read = stretches.peek().filter(|s| s.start as usize <= i);
                let row = read.map(|s| &first.marginals[s.at as usize + i - s.start as usize]);
                let sum = self.words.entry(w.folded).or_default();
                for (s, v) in sum.iter_mut().zip(votes(row.unwrap_or(&PLAIN))) {
                    *s += v;
                }
            } else if w.look == Look::Lower {
                *self.lower.entry(w.folded).or_insert(0) += 1;
            }
        }
        for s in first.stretches.list() {
            let from = s.start as usize;
            crf::names(&first.labels[s.tokens()], |a, b, label| {
                self.spans.push((from + a, from + b, 1 + label as usize));
            });
        }
        for (start, end, kind) in &self.spans {
            let sure = first.surest(*start, *end, *kind);
            self.mentions.entry(words.folded(*start..*end)).or_default()[*kind] += sure;
            if end - start > 1 {
                // Every shorter run inside may be how the name comes back.
                for i in *start..*end {
                    for j in i + 1..=(*end).min(i + 4) {
                        if (j - i) == end - start || !capital(&words[i]) || !capital(&words[j - 1])
                        {
                            continue;
                        }
                        let part = self.longer.entry(words.folded(i..j)).or_default();
                        part.0[*kind] += sure;
                        part.1 |= j == *end;
                    }
                }
            }
            // « Département de l'Énergie (DOE) ».
            if end - start > 1
                && let Some(w) = words.get(end + 1)
                && w.look == Look::Capitals
                && words[*end].look == Look::Mark
                && opens(*end)
            {
                self.acronyms.entry(w.folded).or_default()[*kind] += sure;
            }
        }
    }

    /// Calls `each(number, piece, attribute)` with what the article says about each token
    /// that is read, by its number among them.
    pub fn attributes(
        &self,
        analysis: &Analysis,
        words: InOrder,
        first: &First,
        mut each: impl FnMut(usize, Piece, u64),
    ) {
        let mut sentences = analysis.sentences.iter().peekable();
        for s in first.stretches.list() {
            while sentences.next_if(|x| x.end <= s.start).is_some() {}
            let range = sentences
                .peek()
                .map_or(s.tokens(), |x| x.start as usize..x.end as usize);
            for (i, read) in s.tokens().zip(s.read()) {
                let label = |j: usize| {
                    if range.contains(&j) {
                        u64::from(first.labels[j])
                    } else {
                        LABELS as u64
                    }
                };
                let w = &words[i];
                let own = label(i);
                let mut put = |p: Piece, t: T, x: u64| each(read, p, mix(t as u64, x));
                put(Piece::First, T::Own, own);
                put(Piece::First, T::OwnPrev, mix(own, label(i.wrapping_sub(1))));
                put(Piece::First, T::OwnNext, mix(own, label(i + 1)));
                let m = first.marginals[read];
                let sure = m[first.labels[i] as usize];
                let sure = u64::from(sure > 0.5)
                    + u64::from(sure > 0.8)
                    + u64::from(sure > 0.95)
                    + u64::from(sure > 0.99);
                put(Piece::First, T::Sure, mix(own, sure));
                if !capital(w) {
                    continue;
                }
                // How the other occurrences of the word were labelled.
                let mut others = self.words.get(&w.folded).copied().unwrap_or_default();
                for (o, v) in others.iter_mut().zip(votes(&m)) {
                    *o -= v;
                }
                match majority(&others) {
                    None => put(Piece::SameWord, T::Alone, own),
                    Some((kind, clear)) => {
                        put(Piece::SameWord, T::Same, mix(kind, clear));
                        put(Piece::SameWord, T::SameOwn, mix(mix(kind, clear), own));
                        put(
                            Piece::SameWord,
                            T::SameMany,
                            mix(mix(kind, clear), bucket(others.iter().sum())),
                        );
                    }
                }
                if let Some((votes, last)) = self.longer.get(&mix(1, w.folded))
                    && let Some((kind, clear)) = majority(votes)
                {
                    let x = mix(mix(kind, clear), u64::from(*last));
                    put(Piece::Longer, T::Longer, x);
                    put(Piece::Longer, T::LongerOwn, mix(x, own));
                }
                if let Some((kind, _)) = self.acronyms.get(&w.folded).and_then(majority) {
                    put(Piece::Acronym, T::Acronym, kind);
                }
                if let Some(n) = self.lower.get(&w.folded) {
                    put(Piece::LowerCase, T::Lower, u64::from(i == range.start));
                    put(
                        Piece::LowerCase,
                        T::Count,
                        mix(bucket(*n as f32), u64::from(i == range.start)),
                    );
                }
            }
        }
        // The labels that the article is full of: a page of results, a stock
        // market report.
        let mut total = [0f32; 5];
        for (_, _, kind) in &self.spans {
            total[*kind] += 1.0;
        }
        let mixture = majority(&total).map(|(k, clear)| mix(k, clear));
        for (s, (start, end, kind)) in self.spans.iter().enumerate() {
            // Names in a row, « Valeo, Forvia et Plastic Omnium », are of one
            // kind more often than not.
            let gap = |a: usize, b: usize| {
                (b >= a && b - a <= 3).then(|| {
                    words
                        .part(a..b)
                        .iter()
                        .fold(b as u64 - a as u64, |h, w| mix(h, w.lower))
                })
            };
            let before = s
                .checked_sub(1)
                .map(|p| self.spans[p])
                .and_then(|p| Some(mix(gap(p.1, *start)?, p.2 as u64)));
            let after = self
                .spans
                .get(s + 1)
                .and_then(|n| Some(mix(gap(*end, n.0)?, n.2 as u64)));
            let read = first.stretches.find(*start).unwrap_or_default();
            for i in read..read + end - start {
                let place = u64::from(i == read);
                if let Some(x) = before {
                    each(i, Piece::Row, mix(T::Before as u64, mix(x, place)));
                }
                if let Some(x) = after {
                    each(i, Piece::Row, mix(T::After as u64, mix(x, place)));
                }
                if let Some(x) = mixture {
                    each(
                        i,
                        Piece::Mixture,
                        mix(T::Mix as u64, mix(mix(x, *kind as u64), place)),
                    );
                }
            }
            let hash = words.folded(*start..*end);
            let mut sum = self.mentions.get(&hash).copied().unwrap_or_default();
            let sure = first.surest(*start, *end, *kind);
            sum[*kind] -= sure;
            if let Some((k, _)) = self.longer.get(&hash).and_then(|(v, _)| majority(v)) {
                sum[k as usize] += 1.0;
            }
            if let Some((majority, clear)) = majority(&sum) {
                for i in read..read + end - start {
                    let place = u64::from(i == read);
                    let x = mix(mix(majority, clear), place);
                    each(i, Piece::SameName, mix(T::Mention as u64, x));
                    each(
                        i,
                        Piece::SameName,
                        mix(T::MentionOwn as u64, mix(x, *kind as u64)),
                    );
                }
            }
        }
    }
}
