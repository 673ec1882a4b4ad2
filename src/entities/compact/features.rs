//! From the words of a sentence to the attributes of its tokens.
//!
//! Attributes are 64-bit hashes. Those of single words are added at the places
//! around ([`unary`]); the rest ([`context`]) depends on several words, on
//! names known to the lists, or on the sentence.

use crate::fold::is_apostrophe;
use crate::french::{WordSet, sets::entities as sets};

use super::{
    hash::mix,
    lexicon::{self, Kind},
    word::{Attributes, InOrder, Knowledge, Look, NO_CLUSTER, Word},
};

/// Places a word is seen from: two before to two behind.
pub const REACH: i32 = 2;

/// An attribute seen from `offset` places away.
#[inline]
pub fn at(attribute: u64, offset: i32) -> u64 {
    mix(attribute, (offset + 16) as u64)
}

/// Calls `each` with the attributes that a word, `offset` places from a token,
/// gives to that token.
pub fn unary(word: &Attributes, offset: i32, each: &mut impl FnMut(u64)) {
    for a in &word.far {
        each(at(*a, offset));
    }
    if offset.abs() <= 1 {
        for a in &word.near {
            each(at(*a, offset));
        }
    }
    if offset == 0 {
        for a in &word.own {
            each(at(*a, 0));
        }
    }
}

/// Numbers of the templates of several words.
#[derive(Clone, Copy)]
enum T {
    Bias = 100,
    Edge,
    LowPrevLow,
    LowNextLow,
    LowPrevNext,
    LowPrev2,
    LowNext2,
    FinePrev,
    FineNext,
    MidAround,
    MidThree,
    MidPrev2,
    MidNext2,
    ShapeThree,
    ShapeNextLow,
    ShapePrevLow,
    ShapeNext,
    ShapePrev,
    KindsPrev,
    KindsNext,
    Name,
    NameShape,
    NameNext,
    NamePrev,
    HeadLow,
    HeadMid,
    TailLow,
    TailMid,
    RunLength,
    NounLow,
    NounFine,
    NounKinds,
    Noun2Kinds,
    NounOwn,
    Tail2Low,
    Tail2Fine,
    First,
    Heading,
    Caps,
    Quote,
    Bracket,
}

/// What a sentence says about all its tokens.
#[derive(Debug, Default, Clone)]
struct Frame {
    /// No closing mark: a heading, a bullet, a byline.
    heading: bool,
    /// Mostly capitals.
    capitals: bool,
    /// Most words begin with a capital.
    titled: bool,
}

/// Work space of [`context`].
#[derive(Debug, Default)]
pub struct Space {
    /// For each token, kinds of the longest known name over it and its place
    /// inside: 0 none, 1 alone, 2 first, 3 inside, 4 last.
    names: Vec<(u32, u8)>,
    /// For each token, start and end of the run of capitalised words it is in.
    runs: Vec<(u32, u32)>,
    quote: Vec<u8>,
}

/// Calls `each(i, attribute)` for every attribute that is not of one word alone, of the
/// tokens `wanted` of a sentence.
pub fn context(
    words: InOrder,
    tokens: &[&str],
    wanted: impl Iterator<Item = usize>,
    knowledge: &impl Knowledge,
    space: &mut Space,
    each: &mut impl FnMut(usize, u64),
) {
    names(words, knowledge, &mut space.names);
    runs(words, tokens, &mut space.runs);
    quotes(tokens, &mut space.quote);
    let frame = frame(words, tokens);
    let first = tokens
        .iter()
        .position(|t| t.starts_with(char::is_alphanumeric))
        .unwrap_or(0);
    for i in wanted {
        let w = &words[i];
        let mut put = |t: T, x: u64| each(i, mix(t as u64, x));
        let prev = i.checked_sub(1).map(|j| &words[j]);
        let next = words.get(i + 1);
        let (pl, pc, ps) = key(prev, 1);
        let (nl, nc, ns) = key(next, 2);
        let (p2l, p2c, _) = key(i.checked_sub(2).map(|j| &words[j]), 1);
        let (n2l, n2c, _) = key(words.get(i + 2), 2);
        let (wl, wc, ws) = key(Some(w), 0);
        put(T::Bias, 0);
        if prev.is_none() {
            put(T::Edge, 1);
        }
        if next.is_none() {
            put(T::Edge, 2);
        }
        put(T::LowPrevLow, mix(pl, wl));
        put(T::LowNextLow, mix(wl, nl));
        put(T::LowPrevNext, mix(pl, nl));
        put(T::LowPrev2, mix(p2l, pl));
        put(T::LowNext2, mix(nl, n2l));
        put(T::FinePrev, mix(pc[2], wc[2]));
        put(T::FineNext, mix(wc[2], nc[2]));
        put(T::MidAround, mix(pc[1], nc[1]));
        put(T::MidThree, mix(mix(pc[1], wc[1]), nc[1]));
        put(T::MidPrev2, mix(mix(p2c[1], pc[1]), ws));
        put(T::MidNext2, mix(mix(nc[1], n2c[1]), ws));
        put(T::ShapeThree, mix(mix(ps, ws), ns));
        put(T::ShapeNext, mix(ws, ns));
        put(T::ShapePrev, mix(ps, ws));
        put(T::ShapeNextLow, mix(ws, nl));
        put(T::ShapePrevLow, mix(pl, ws));
        if let Some(p) = prev
            && p.kinds | w.kinds != 0
        {
            put(
                T::KindsPrev,
                mix(mix(u64::from(p.kinds), u64::from(w.kinds)), w.look as u64),
            );
        }
        if let Some(x) = next
            && x.kinds | w.kinds != 0
        {
            put(
                T::KindsNext,
                mix(mix(u64::from(w.kinds), u64::from(x.kinds)), w.look as u64),
            );
        }
        for (t, j) in [
            (T::NamePrev, i.wrapping_sub(1)),
            (T::Name, i),
            (T::NameNext, i + 1),
        ] {
            let Some((kinds, place)) = space.names.get(j).copied() else {
                continue;
            };
            if place == 0 {
                continue;
            }
            let mut left = kinds;
            while left != 0 {
                let k = u64::from(left.trailing_zeros());
                left &= left - 1;
                put(t, k << 8 | u64::from(place));
                if j == i {
                    put(T::NameShape, mix(k << 8 | u64::from(place), ws));
                }
            }
        }
        let (from, to) = space.runs[i];
        if to > from {
            // The words around the run of capitals see its inner tokens too.
            let head = (from as usize).checked_sub(1).map(|j| &words[j]);
            let tail = words.get(to as usize);
            let (hl, hc, _) = key(head, 1);
            let (tl, tc, _) = key(tail, 2);
            let place = u64::from(i as u32 == from) << 1 | u64::from(i as u32 + 1 == to);
            put(T::HeadLow, mix(hl, place));
            put(T::HeadMid, mix(hc[2], place));
            put(T::TailLow, mix(tl, place));
            put(T::TailMid, mix(tc[2], place));
            put(T::RunLength, mix(u64::from((to - from).min(6)), place));
            // « l'indice boursier RTS », « le morceau « Manuela » »: the nouns
            // that announce the run, over quotation marks and articles.
            let announced = |before: usize| {
                let at = announcing(tokens, before)?;
                Some((&words[at], at))
            };
            if let Some((noun, at)) = announced(from as usize) {
                let (low, fine, _) = key(Some(noun), 3);
                put(T::NounLow, mix(low, place));
                put(T::NounFine, mix(fine[1], place));
                put(T::NounOwn, mix(low, wc[1]));
                put(T::NounKinds, mix(u64::from(noun.kinds & HEADS), place));
                if let Some((second, _)) = announced(at) {
                    put(T::Noun2Kinds, mix(u64::from(second.kinds & HEADS), place));
                }
            }
            let tail2 = words.get(to as usize + 1);
            let (low, fine, _) = key(tail2, 2);
            put(T::Tail2Low, mix(mix(tl, low), place));
            put(T::Tail2Fine, mix(mix(tc[1], fine[1]), place));
        }
        if i == first {
            put(T::First, 0);
            put(T::First, ws);
        }
        if frame.heading {
            put(T::Heading, w.look as u64);
        }
        if frame.capitals {
            put(T::Caps, 0);
            put(T::Caps, mix(1, wc[2]));
        } else if frame.titled {
            put(T::Caps, 2);
        }
        if space.quote[i] & 1 != 0 {
            put(T::Quote, ws);
        }
        if space.quote[i] & 2 != 0 {
            put(T::Bracket, ws);
        }
    }
}

/// Keys of a neighbour: lower-cased form, clusters (mid, fine, finest), shape.
/// Beyond the sentence they are the side's own.
fn key(word: Option<&Word>, side: u64) -> (u64, [u64; 3], u64) {
    match word {
        None => (side, [side << 40; 3], side),
        Some(w) => {
            // A word without clusters goes by its look.
            let c = |i: usize| {
                if w.clusters[i] == NO_CLUSTER {
                    1 << 33 | w.look as u64
                } else {
                    u64::from(w.clusters[i])
                }
            };
            (w.lower, [c(0), c(1), c(2)], w.shape)
        }
    }
}

/// The longest names of the lists, from left to right, none overlapping.
fn names(words: InOrder, knowledge: &impl Knowledge, out: &mut Vec<(u32, u8)>) {
    out.clear();
    out.resize(words.len(), (0, 0));
    let capital = |w: &Word| matches!(w.look, Look::Capital | Look::Capitals);
    // What begins too far before the next capital is no name.
    let mut next = None;
    let mut i = 0;
    while i < words.len() {
        if next.is_none_or(|n| n < i) {
            let Some(ahead) = words.part(i..words.len()).iter().position(capital) else {
                break;
            };
            next = Some(i + ahead);
        }
        i = i.max((next.unwrap_or(i) + 1).saturating_sub(lexicon::LONGEST));
        let mut best = (0, 0);
        let mut h = lexicon::START;
        let mut proper = false;
        let ahead = words.part(i..words.len());
        for (k, w) in ahead.iter().take(lexicon::LONGEST).enumerate() {
            h = mix(h, w.folded);
            proper |= capital(w);
            let kinds = match k {
                0 => w.begins.then_some(w.kinds),
                _ => knowledge.kinds(h),
            };
            match kinds {
                None => break,
                Some(kinds) if kinds != 0 && proper => best = (kinds, k + 1),
                Some(_) => {}
            }
        }
        let (kinds, len) = best;
        for k in 0..len {
            let place = match (k == 0, k + 1 == len) {
                (true, true) => 1,
                (true, false) => 2,
                (false, false) => 3,
                (false, true) => 4,
            };
            out[i + k] = (kinds, place);
        }
        i += len.max(1);
    }
}

/// Kinds of words that announce a name.
const HEADS: u32 = 1 << Kind::PersonTitle as u32
    | 1 << Kind::OrgHead as u32
    | 1 << Kind::LocHead as u32
    | 1 << Kind::MiscHead as u32
    | 1 << Kind::Demonym as u32;

/// The nearest word before `end` that may announce a name, looked for over
/// what stands between a noun and its name.
fn announcing(tokens: &[&str], end: usize) -> Option<usize> {
    let from = end.saturating_sub(5);
    (from..end).rev().find(|i| {
        let token = tokens[*i];
        !matches!(token, "«" | "\"" | "“" | "(" | "'" | "‘")
            && !is_one(token, &sets::ANNOUNCERS, &sets::ANNOUNCERS_ELIDED)
    })
}

/// Small words that may stand inside a name.
fn links(token: &str) -> bool {
    is_one(token, &sets::NAME_LINKS, &sets::NAME_LINKS_ELIDED)
}

/// Whether a token is a word of a set, or one of another with its apostrophe.
fn is_one(token: &str, words: &WordSet, elided: &WordSet) -> bool {
    match token.strip_suffix(is_apostrophe) {
        Some(word) => elided.contains(word),
        None => words.contains(token),
    }
}

fn runs(words: InOrder, tokens: &[&str], out: &mut Vec<(u32, u32)>) {
    out.clear();
    out.resize(words.len(), (0, 0));
    let capital = |i: usize| matches!(words[i].look, Look::Capital | Look::Capitals);
    let mut i = 0;
    while i < words.len() {
        if !capital(i) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        let mut ahead = end;
        while ahead < words.len() && ahead < end + 3 {
            if capital(ahead) || words[ahead].look == Look::Figure && ahead == end {
                end = ahead + 1;
                ahead = end;
            } else if links(tokens[ahead]) {
                ahead += 1;
            } else {
                break;
            }
        }
        for r in &mut out[i..end] {
            *r = (i as u32, end as u32);
        }
        i = end;
    }
}

/// Bit 0: inside quotation marks; bit 1: inside brackets.
fn quotes(tokens: &[&str], out: &mut Vec<u8>) {
    out.clear();
    let (mut quoted, mut bracket) = (false, false);
    for t in tokens {
        match *t {
            "«" | "“" => quoted = true,
            "»" | "”" => quoted = false,
            "\"" => quoted = !quoted,
            "(" | "[" => bracket = true,
            ")" | "]" => bracket = false,
            _ => {}
        }
        out.push(u8::from(quoted) | u8::from(bracket) << 1);
    }
}

fn frame(words: InOrder, tokens: &[&str]) -> Frame {
    let (mut caps, mut capital, mut all) = (0, 0, 0);
    for w in words.iter() {
        match w.look {
            Look::Capitals => {
                caps += 1;
                capital += 1;
                all += 1;
            }
            Look::Capital => {
                capital += 1;
                all += 1;
            }
            Look::Lower => all += 1,
            Look::Mark | Look::Figure => {}
        }
    }
    let closed = tokens
        .iter()
        .rev()
        .take(2)
        .any(|t| matches!(*t, "." | "!" | "?" | "…" | "..." | ";" | ":"));
    Frame {
        heading: !closed,
        capitals: all >= 3 && caps * 10 >= all * 7,
        titled: all >= 4 && capital * 10 >= all * 7,
    }
}
