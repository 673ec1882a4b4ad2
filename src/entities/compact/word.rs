//! What a word says by itself: its form, affixes, shape, clusters and what the
//! lists know of it, as integers.
//!
//! A word is looked at once, wherever and however often it stands: what
//! depends on one word alone is kept with the word.

use super::hash;
use crate::{
    fold::{self, is_apostrophe},
    text::composed,
};
use std::borrow::Cow;

/// Clusters of a word that has none.
pub const NO_CLUSTER: u16 = u16::MAX;

/// How many widths of clusters there are.
pub const WIDTHS: usize = 4;

/// Where clusters and lists are looked up: the model, or what it is made from.
pub trait Knowledge {
    /// Clusters of a word in normal form, from coarse to fine.
    fn clusters(&self, normal: &str) -> Option<[u16; WIDTHS]>;
    /// The set of kinds of a hash of folded tokens, `None` where no name
    /// begins that way (see [`super::lexicon`]).
    fn kinds(&self, hash: u64) -> Option<u32>;
}

/// A word seen by the feature templates.
#[derive(Debug, Clone, Default)]
pub struct Word {
    /// Hash of the lower-cased form.
    pub lower: u64,
    /// Hash of the folded form: the address in the lists.
    pub folded: u64,
    /// Hash of the collapsed shape (`Xx`, `X.`, `xx-Xx`).
    pub shape: u64,
    /// Clusters from coarse to fine.
    pub clusters: [u16; WIDTHS],
    /// What the lists know of the word alone.
    pub kinds: u32,
    /// Whether a name of the lists begins with it.
    pub begins: bool,
    /// Coarse look of the word.
    pub look: Look,
}

/// The words of tokens in a row, each kept once.
#[derive(Debug, Clone, Copy)]
pub struct InOrder<'a> {
    /// The number of the word of each token.
    pub ids: &'a [u32],
    /// Words by their number.
    pub words: &'a [Word],
}

impl<'a> InOrder<'a> {
    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The word of token `i`.
    pub fn get(&self, i: usize) -> Option<&'a Word> {
        self.words.get(*self.ids.get(i)? as usize)
    }

    /// The words of a range of the tokens.
    ///
    /// # Panics
    /// When it is not one.
    pub fn part(&self, range: std::ops::Range<usize>) -> Self {
        Self {
            ids: &self.ids[range],
            ..*self
        }
    }

    /// A hash of the folded forms of a range of the tokens.
    ///
    /// # Panics
    /// When it is not one.
    pub fn folded(&self, range: std::ops::Range<usize>) -> u64 {
        let words = self.part(range);
        words.iter().fold(1, |h, w| hash::mix(h, w.folded))
    }

    /// A hash of their spellings.
    ///
    /// # Panics
    /// When it is not one.
    pub fn spelt(&self, range: std::ops::Range<usize>) -> u64 {
        let ids = self.ids[range].iter();
        ids.fold(1, |h, id| hash::mix(h, u64::from(*id)))
    }

    /// The words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'a Word> + Clone + use<'a> {
        let Self { ids, words } = *self;
        ids.iter().map(move |id| &words[*id as usize])
    }
}

impl std::ops::Index<usize> for InOrder<'_> {
    type Output = Word;

    fn index(&self, i: usize) -> &Word {
        &self.words[self.ids[i] as usize]
    }
}

/// What a word says by itself, by how far it is heard.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// Used at the word's own place only.
    pub own: Vec<u64>,
    /// Used from the neighbours as well.
    pub near: Vec<u64>,
    /// Used from two words away as well.
    pub far: Vec<u64>,
}

/// Coarse look of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    /// No letter and no figure.
    #[default]
    Mark,
    /// Begins with a figure.
    Figure,
    /// No upper-case letter at its start.
    Lower,
    /// Upper case at its start.
    Capital,
    /// Upper case throughout, two letters or more.
    Capitals,
}

fn look(word: &str) -> Look {
    let Some(first) = word.chars().next() else {
        return Look::Mark;
    };
    if first.is_ascii_digit() {
        return Look::Figure;
    }
    if !first.is_alphanumeric() {
        return Look::Mark;
    }
    if !first.is_uppercase() {
        return Look::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let many = letters.clone().count() > 1;
    if many && letters.all(char::is_uppercase) {
        Look::Capitals
    } else {
        Look::Capital
    }
}

/// Work space for [`Word::read`].
#[derive(Debug, Default)]
pub struct Scratch {
    normal: String,
    lower: String,
    fold: String,
    shape: String,
}

/// A token with one code point a letter, and with `’` for whatever stands for it
/// inside a word.
fn usual(token: &str) -> Cow<'_, str> {
    if token.is_ascii() {
        return Cow::Borrowed(token);
    }
    let token = composed(token);
    let rare = |c: char| is_apostrophe(c) && !matches!(c, '\'' | '’');
    if token.contains(rare) && token.contains(char::is_alphabetic) {
        return Cow::Owned(token.replace(rare, "’"));
    }
    token
}

/// The form that clusters are counted under; must agree with
/// `train::clusters::normal`.
fn normal_into(word: &str, out: &mut String) {
    out.extend(word.chars().map(|c| match c {
        '0'..='9' => '0',
        '’' => '\'',
        c => c,
    }));
}

fn shape_into(word: &str, out: &mut String) {
    let mut last = '\0';
    let mut run = 0;
    for c in word.chars() {
        let s = if c.is_ascii_digit() {
            '0'
        } else if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c == '’' {
            '\''
        } else {
            c
        };
        run = if s == last { run + 1 } else { 0 };
        last = s;
        // Runs longer than two look alike.
        if run < 2 && out.len() < 24 {
            out.push(s);
        }
    }
}

/// Numbers of the templates; mixed into the hash so that the prefix « mar » is
/// not the suffix « mar ».
#[derive(Clone, Copy)]
enum T {
    Form = 1,
    Lower,
    Prefix,
    Suffix,
    Shape,
    Cluster,
    Kinds,
    Look,
    Gram,
    Length,
    Kind,
}

fn attr(t: T, x: u64) -> u64 {
    hash::mix(t as u64, x)
}

impl Word {
    /// Reads a token; what it says goes into `attributes`.
    pub fn read(
        token: &str,
        knowledge: &impl Knowledge,
        s: &mut Scratch,
        attributes: &mut Attributes,
    ) -> Self {
        let token = &*usual(token);
        s.normal.clear();
        s.lower.clear();
        s.fold.clear();
        s.shape.clear();
        normal_into(token, &mut s.normal);
        s.lower
            .extend(s.normal.chars().flat_map(char::to_lowercase));
        fold::fold_into(token, &mut s.fold);
        shape_into(token, &mut s.shape);
        let look = look(token);
        let folded = hash::text(&s.fold);
        let clusters = knowledge
            .clusters(&s.normal)
            .or_else(|| match look {
                // A heading in capitals: « PARIS » keeps the company of « Paris ».
                Look::Capitals => {
                    let mut chars = s.lower.chars();
                    let first = chars.next()?.to_uppercase();
                    let titled: String = first.chain(chars).collect();
                    knowledge.clusters(&titled)
                }
                _ => None,
            })
            .or_else(|| knowledge.clusters(&s.lower));
        let kinds = knowledge.kinds(hash::mix(super::lexicon::START, folded));
        let word = Word {
            lower: hash::text(&s.lower),
            folded,
            shape: hash::text(&s.shape),
            clusters: clusters.unwrap_or([NO_CLUSTER; WIDTHS]),
            kinds: kinds.unwrap_or(0),
            begins: kinds.is_some(),
            look,
        };
        attributes.gather(&word, s);
        word
    }

    /// A token that nothing is known of.
    #[cfg(test)]
    pub(super) fn blank(token: &str) -> Self {
        struct Nothing;
        impl Knowledge for Nothing {
            fn clusters(&self, _: &str) -> Option<[u16; WIDTHS]> {
                None
            }
            fn kinds(&self, _: u64) -> Option<u32> {
                None
            }
        }
        let (scratch, attributes) = (&mut Scratch::default(), &mut Attributes::default());
        Self::read(token, &Nothing, scratch, attributes)
    }
}

impl Attributes {
    /// All of them, each once.
    pub fn all(&self) -> impl Iterator<Item = u64> {
        let lists = [&self.own, &self.near, &self.far];
        lists.into_iter().flatten().copied()
    }

    fn gather(&mut self, word: &Word, s: &Scratch) {
        self.own.clear();
        self.near.clear();
        self.far.clear();
        let letters: Vec<(usize, char)> = s.lower.char_indices().collect();
        let n = letters.len();
        self.far.push(attr(T::Lower, word.lower));
        self.own.push(attr(T::Form, hash::text(&s.normal)));
        self.near.push(attr(T::Shape, word.shape));
        self.far.push(attr(T::Look, word.look as u64));
        if word.clusters[0] != NO_CLUSTER {
            for (width, c) in word.clusters.iter().enumerate() {
                self.far
                    .push(attr(T::Cluster, (width as u64) << 32 | u64::from(*c)));
            }
        } else {
            self.far.push(attr(T::Cluster, u64::MAX));
        }
        // The kinds as a whole and one by one; with the look, since « orange »
        // is not « Orange ».
        let with_look = |x: u64| hash::mix(x, word.look as u64);
        if word.kinds != 0 {
            self.near
                .push(attr(T::Kinds, with_look(u64::from(word.kinds))));
            for k in 0..super::lexicon::KINDS as u64 {
                if word.kinds >> k & 1 == 1 {
                    self.far.push(attr(T::Kind, with_look(k)));
                }
            }
        }
        if word.look == Look::Mark {
            return;
        }
        for k in 1..=5.min(n) {
            let end = letters.get(k).map_or(s.lower.len(), |(i, _)| *i);
            let start = letters[n - k].0;
            let h = |part: &str| hash::mix(hash::text(part), k as u64);
            let prefix = attr(T::Prefix, h(&s.lower[..end]));
            let suffix = attr(T::Suffix, h(&s.lower[start..]));
            if (2..=4).contains(&k) {
                self.near.push(suffix);
            } else {
                self.own.push(suffix);
            }
            if k == 3 {
                self.near.push(prefix);
            } else {
                self.own.push(prefix);
            }
        }
        // Pieces inside the word, for names never seen: « SoftBank », « Agritech ».
        if matches!(word.look, Look::Capital | Look::Capitals) && n > 5 {
            for i in 1..n.min(20) - 4 {
                let part = &s.lower[letters[i].0..letters[i + 4].0];
                self.own.push(attr(T::Gram, hash::text(part)));
            }
        }
        self.own.push(attr(T::Length, with_look(n.min(12) as u64)));
    }
}
