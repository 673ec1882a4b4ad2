//! Case for lines that have none: a headline in capitals, a text without any.
//!
//! Such a line is read as if its names alone began with a capital (truecasing: Lita,
//! Ittycheriah, Roukos and Kambhatla, 2003); the text and its offsets stay as they are.
//! What a word is like is known from, in this order,
//!
//! - the article, where it stands in a line with case and does not begin it;
//! - the lists, for names of several words;
//! - the word clusters, which know words by their case: « reçoit » is frequent in lower
//!   case and « Reçoit » is not, of « Lyon » and « SNCF » the one form only is frequent;
//! - where both are (« orange », « Orange »), the lists again and the words beside it.

use super::{
    hash::{self, mix},
    lexicon::{self, Kind},
    word::{Knowledge, NO_CLUSTER},
};
use crate::{
    fold::{fold, is_apostrophe},
    french::sets::entities as sets,
    text::Analysis,
};
use std::{collections::HashMap, ops::Range};

/// Words that a line or an article needs for its case to say something.
const FEW: usize = 3;

/// A line with fewer words in capitals in a hundred has case.
const CAPITALS: usize = 90;

/// An article with more words in a hundred that begin with a capital has case.
const CAPITALISED: usize = 2;

/// The tokens of lines without case that are to be read otherwise, in order.
pub fn restore(text: &str, analysis: &Analysis, knowledge: &impl Knowledge) -> Vec<(u32, String)> {
    let tokens = |s: &Range<u32>| {
        let tokens = &analysis.tokens[s.start as usize..s.end as usize];
        tokens.iter().map(|t| t.of(text))
    };
    let counts: Vec<Count> = analysis
        .sentences
        .iter()
        .map(|s| Count::of(tokens(s)))
        .collect();
    let (all, capitalised) = counts.iter().fold((0, 0), |(all, capitalised), c| {
        (all + c.words, capitalised + c.capitalised)
    });
    let lower = all >= FEW && capitalised * 100 <= all * CAPITALISED;
    if !lower && !counts.iter().any(Count::capitals) {
        return Vec::new();
    }
    let mut seen: HashMap<String, HashMap<String, u32>> = HashMap::new();
    for (s, count) in analysis.sentences.iter().zip(&counts) {
        if lower || count.capitals() {
            continue;
        }
        for token in tokens(s).skip(1) {
            let spelt = seen.entry(fold(token)).or_default();
            *spelt.entry(token.to_string()).or_default() += 1;
        }
    }
    // The most frequent spelling; of equals the first in order.
    let seen: HashMap<String, String> = seen
        .into_iter()
        .filter_map(|(folded, spelt)| {
            let best = spelt
                .into_iter()
                .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
            Some((folded, best.0))
        })
        .collect();
    let mut out = Vec::new();
    for (s, count) in analysis.sentences.iter().zip(&counts) {
        if lower || count.capitals() {
            let line: Vec<&str> = tokens(s).collect();
            let line = Line::new(&line, count.capitals(), knowledge, &seen);
            line.restore(s.start, &mut out);
        }
    }
    out
}

/// Words of a line.
#[derive(Default)]
struct Count {
    words: usize,
    /// In capitals throughout.
    capitals: usize,
    /// Beginning with one.
    capitalised: usize,
}

impl Count {
    fn of<'t>(tokens: impl Iterator<Item = &'t str>) -> Self {
        let mut out = Self::default();
        for token in tokens {
            let Some(first) = token.chars().next().filter(|c| c.is_alphabetic()) else {
                continue;
            };
            out.words += 1;
            if first.is_uppercase() {
                out.capitalised += 1;
                out.capitals += usize::from(!token.contains(char::is_lowercase));
            }
        }
        out
    }

    fn capitals(&self) -> bool {
        self.words >= FEW && self.capitals * 100 >= self.words * CAPITALS
    }
}

/// How a word is written where there is case.
#[derive(Clone, Copy, PartialEq)]
enum Spelling {
    Lower,
    Titled,
    Capitals,
    /// Lower or titled: both are frequent.
    Either,
    Unknown,
}

/// Kinds that say that a word alone may be a name.
const NAMES: u32 = bits(&[
    Kind::FirstName,
    Kind::Surname,
    Kind::PersonAlone,
    Kind::Town,
    Kind::Country,
    Kind::Place,
    Kind::Company,
    Kind::Institution,
    Kind::Acronym,
    Kind::Media,
    Kind::Team,
    Kind::Event,
    Kind::Product,
]);

/// Kinds of names of several words.
const LONG: u32 = NAMES | bits(&[Kind::Person, Kind::Work, Kind::Law]);

const fn bits(kinds: &[Kind]) -> u32 {
    let (mut out, mut i) = (0, 0);
    while i < kinds.len() {
        out |= 1 << kinds[i] as u32;
        i += 1;
    }
    out
}

/// A line without case.
struct Line {
    lower: Vec<String>,
    kinds: Vec<u32>,
    spelling: Vec<Spelling>,
    /// The spelling that the article has.
    seen: Vec<Option<String>>,
    /// Inside a name of several words.
    long: Vec<bool>,
    capitals: bool,
}

impl Line {
    fn new(
        tokens: &[&str],
        capitals: bool,
        knowledge: &impl Knowledge,
        seen: &HashMap<String, String>,
    ) -> Self {
        let lower: Vec<String> = tokens.iter().map(|t| t.to_lowercase()).collect();
        let hashes: Vec<u64> = lower.iter().map(|t| hash::text(&fold(t))).collect();
        let kinds_of = |h: u64| knowledge.kinds(mix(lexicon::START, h)).unwrap_or(0);
        let mut out = Self {
            kinds: hashes.iter().map(|h| kinds_of(*h)).collect(),
            spelling: lower.iter().map(|w| spelling(w, knowledge)).collect(),
            seen: lower.iter().map(|w| seen.get(&fold(w)).cloned()).collect(),
            long: vec![false; lower.len()],
            lower,
            capitals,
        };
        out.names(&hashes, knowledge);
        out
    }

    /// Marks the longest names of the lists, from left to right.
    fn names(&mut self, hashes: &[u64], knowledge: &impl Knowledge) {
        let mut i = 0;
        while i < hashes.len() {
            let (mut h, mut best) = (lexicon::START, 0);
            for (k, token) in hashes[i..].iter().take(lexicon::LONGEST).enumerate() {
                h = mix(h, *token);
                match knowledge.kinds(h) {
                    None => break,
                    Some(kinds) if kinds & LONG != 0 && k > 0 => {
                        // « le monde », « un homme » are words before they are names.
                        let sure = kinds & (1 << Kind::Person as u32) != 0
                            || (i..=i + k).any(|j| self.is_name(j));
                        if sure {
                            best = k + 1;
                        }
                    }
                    Some(_) => {}
                }
            }
            self.long[i..i + best].fill(true);
            i += best.max(1);
        }
    }

    /// Whether a word is a name wherever it stands.
    fn is_name(&self, i: usize) -> bool {
        matches!(self.spelling[i], Spelling::Titled | Spelling::Capitals)
    }

    fn is(&self, i: usize, kind: Kind) -> bool {
        self.kinds[i] & 1 << kind as u32 != 0
    }

    /// Whether a word that may be one is a name here.
    fn name_here(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map(|j| self.lower[j].as_str());
        let next = i + 1 < self.lower.len();
        if self.is(i, Kind::Country) {
            return true;
        }
        if self.is(i, Kind::Town) && before.is_some_and(|b| sets::BEFORE_TOWNS.contains(b)) {
            return true;
        }
        let follows = |j: usize| {
            self.is_name(j) || self.spelling[j] == Spelling::Either && self.is(j, Kind::Surname)
        };
        if self.is(i, Kind::FirstName) && next && follows(i + 1) {
            return true;
        }
        let first = |j: usize| self.is(j, Kind::FirstName);
        self.is(i, Kind::Surname) && i > 0 && first(i - 1) && self.is_name(i - 1)
    }

    /// The tokens that are to be read otherwise; `first` is the number of the line's first.
    fn restore(&self, first: u32, out: &mut Vec<(u32, String)>) {
        for (at, (i, word)) in (first..).zip(self.lower.iter().enumerate()) {
            if !word.starts_with(char::is_alphabetic) {
                continue;
            }
            if let Some(seen) = &self.seen[i] {
                out.push((at, seen.clone()));
                continue;
            }
            let small = sets::NAME_LINKS.contains(word)
                || word
                    .strip_suffix(is_apostrophe)
                    .is_some_and(|w| sets::NAME_LINKS_ELIDED.contains(w));
            let name = match self.spelling[i] {
                Spelling::Capitals => {
                    out.push((at, word.to_uppercase()));
                    continue;
                }
                Spelling::Titled => !small,
                Spelling::Lower => self.long[i] && !small && self.kinds[i] & NAMES != 0,
                Spelling::Either => !small && (self.long[i] || self.name_here(i)),
                Spelling::Unknown => {
                    !small && (self.capitals || self.long[i] || self.kinds[i] & NAMES != 0)
                }
            };
            out.push((at, if name { titled(word) } else { word.clone() }));
        }
    }
}

/// What the clusters know of the case of a word, given in lower case.
fn spelling(word: &str, knowledge: &impl Knowledge) -> Spelling {
    // The coarse clusters are of frequent words, the others of many more.
    let known = |form: &str| {
        let clusters = knowledge.clusters(&form.replace('’', "'"));
        clusters.map(|c| (c[0] < NO_CLUSTER - 1, c))
    };
    let (lower, title) = (known(word), known(&titled(word)));
    let capitals = known(&word.to_uppercase());
    let frequent = |x: Option<(bool, _)>| x.is_some_and(|x| x.0);
    match (lower, title) {
        _ if frequent(capitals) && !frequent(title) && !frequent(lower) => Spelling::Capitals,
        (None, None) if capitals.is_some() => Spelling::Capitals,
        (None, None) => Spelling::Unknown,
        (None, Some(_)) => Spelling::Titled,
        (Some(_), None) => Spelling::Lower,
        (Some((true, _)), Some((false, _))) => Spelling::Lower,
        (Some((false, _)), Some((true, _))) => Spelling::Titled,
        // A word that begins sentences keeps its company.
        (Some((_, a)), Some((_, b))) if a[1..] == b[1..] => Spelling::Lower,
        _ => Spelling::Either,
    }
}

/// A capital at each part: « Saint-Étienne ».
fn titled(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        match start {
            true => out.extend(c.to_uppercase()),
            false => out.push(c),
        }
        start = matches!(c, '-' | '\u{2010}' | '\u{2011}');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{super::reading::reading, *};
    use crate::text::analyse;

    /// A few words: how they are written, and what the lists have.
    struct Few;

    impl Knowledge for Few {
        fn clusters(&self, normal: &str) -> Option<[u16; super::super::word::WIDTHS]> {
            const RARE: u16 = NO_CLUSTER - 1;
            Some(match normal {
                "reçoit" | "à" | "la" | "le" | "une" | "est" | "l'" | "dans" | "part" => {
                    [1, 2, 3, 4]
                }
                "Reçoit" | "Une" => [RARE, 2, 3, 4],
                "Valdon" | "Mersec" | "Odile" => [5, 6, 7, 8],
                "valdon" => [RARE, 6, 7, 8],
                "SNTX" => [9, 9, 9, 9],
                "orange" | "tours" | "rose" => [10, 11, 12, 13],
                "Orange" | "Tours" | "Rose" => [14, 15, 16, 17],
                _ => return None,
            })
        }

        fn kinds(&self, hash: u64) -> Option<u32> {
            let of = |words: &[&str]| {
                let hashes = words.iter().map(|w| hash::text(w));
                hashes.fold(lexicon::START, mix)
            };
            let all = [
                (of(&["tours"]), Kind::Town as u32),
                (of(&["rose"]), Kind::FirstName as u32),
                (of(&["le", "rose"]), Kind::Media as u32),
                (of(&["odile", "du", "pre"]), Kind::Person as u32),
            ];
            let begins = [of(&["le"]), of(&["odile"]), of(&["odile", "du"])];
            let found = all.iter().find(|(h, _)| *h == hash);
            let begun = begins.contains(&hash).then_some(0);
            found.map(|(_, kind)| 1 << kind).or(begun)
        }
    }

    #[test]
    fn names_alone_begin_with_a_capital() {
        for (text, wanted) in [
            (
                "VALDON REÇOIT MERSEC À LA SNTX",
                "Valdon reçoit Mersec à la SNTX",
            ),
            (
                "UNE ROSE EST À TOURS, UNE ORANGE",
                "une rose est à Tours , une orange",
            ),
            (
                "ROSE VALDON PART DANS L'ORANGE",
                "Rose Valdon part dans l' orange",
            ),
            ("ODILE DU PRÉ EST À LA ROSE", "Odile du Pré est à la rose"),
            (
                "valdon reçoit odile du pré à tours",
                "Valdon reçoit Odile du Pré à Tours",
            ),
            // Two words have no case to speak of, one capital is case enough.
            ("VALDON REÇOIT", "VALDON REÇOIT"),
            (
                "valdon reçoit Mersec à tours",
                "valdon reçoit Mersec à tours",
            ),
            // The article knows better.
            (
                "LA ROSE REÇOIT UNE ORANGE\nElle part dans la Rose, Orange est à l'orange. Une orange part.",
                "la Rose reçoit une orange Elle part dans la Rose , Orange est à l' orange . Une orange part .",
            ),
        ] {
            let analysis = analyse(text);
            let readings = reading(text, &analysis, &Few);
            let tokens: Vec<&str> = readings.iter().collect();
            assert_eq!(tokens.join(" "), wanted);
        }
    }
}
