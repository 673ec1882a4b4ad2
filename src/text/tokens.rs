//! Cutting French text into tokens.
//!
//! One pass from left to right; at each position the first rule that fits
//! takes its bytes: link, number, word, mark. Words end at white space and at
//! marks, and are then looked at once more for what French glues together:
//! elisions, inverted pronouns, « anti- » before a name.

use super::{Token, TokenKind, is_invisible};
use crate::fold::is_apostrophe;
use crate::french::sets::text as sets;

pub(super) fn cut(text: &str, out: &mut Vec<Token>) {
    out.clear();
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        if c.is_whitespace() || is_invisible(c) {
            at += c.len_utf8();
            continue;
        }
        let end = link(text, at);
        if end > at {
            push(out, at, end, TokenKind::Link);
            at = end;
        } else if c.is_ascii_digit() {
            at = number_or_word(text, at, out);
        } else if is_word(c) {
            at = word(text, at, out);
        } else {
            at = mark(text, at, c, out);
        }
    }
}

fn push(out: &mut Vec<Token>, start: usize, end: usize, kind: TokenKind) {
    out.push(Token {
        start: start as u32,
        end: end as u32,
        kind,
    });
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let b = *text.as_bytes().get(at)?;
    if b < 0x80 {
        return Some(b as char);
    }
    text[at..].chars().next()
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Combining accents belong to the letter before them.
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// The end of a link that starts at `at`, or `at`.
fn link(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let rest = &bytes[at..];
    match bytes[at] {
        b'@' | b'#' => {
            let end = text[at + 1..]
                .find(|c: char| !is_word(c) && c != '_')
                .map_or(text.len(), |n| at + 1 + n);
            return if end > at + 1 { end } else { at };
        }
        b'h' | b'H' | b'w' | b'W' => {
            let starts = |p: &[u8]| rest.len() > p.len() && rest[..p.len()].eq_ignore_ascii_case(p);
            if !(starts(b"http://") || starts(b"https://") || starts(b"www.")) {
                return mail(text, at);
            }
        }
        b if b.is_ascii_alphanumeric() => return mail(text, at),
        _ => return at,
    }
    let end = text[at..]
        .find(|c: char| {
            c.is_whitespace() || matches!(c, '«' | '»' | '"' | '<' | '>' | '“' | '”' | '’')
        })
        .map_or(text.len(), |n| at + n);
    let kept = text[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '…']);
    at + kept.len()
}

fn mail(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+');
    // Bounded, so that a very long word is not read again from every token.
    let name = bytes[at..].iter().take(64).take_while(|b| local(b)).count();
    if bytes.get(at + name) != Some(&b'@') {
        return at;
    }
    let host = bytes[at + name + 1..]
        .iter()
        .take(255)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        .count();
    let end = at + name + 1 + host;
    let host = text[at + name + 1..end].trim_end_matches(['.', '-']);
    if host.contains('.') {
        at + name + 1 + host.len()
    } else {
        at
    }
}

fn number_or_word(text: &str, at: usize, out: &mut Vec<Token>) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let first = digits(at);
    let mut end = at + first;
    if char_at(text, end).is_some_and(is_word) {
        return word(text, at, out);
    }
    let mut spaced = first <= 3;
    while let Some(c) = char_at(text, end) {
        let next = end + c.len_utf8();
        let group = digits(next.min(bytes.len()));
        let glued = char_at(text, next + group).is_some_and(is_word);
        match c {
            // « 1 234 567 »: groups of three behind a first group of one to three.
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' if spaced && group == 3 && !glued => {}
            '.' | ',' if group > 0 && !glued => spaced = spaced && group == 3,
            '\'' | '’' if spaced && group == 3 && !glued => {}
            _ => break,
        }
        end = next + group;
    }
    // « 3-Suisses », « 20-Minutes », « 2014-2015 » stay with the word rule.
    if char_at(text, end) == Some('-')
        && end == at + first
        && char_at(text, end + 1).is_some_and(|c| c.is_alphabetic())
    {
        return word(text, at, out);
    }
    push(out, at, end, TokenKind::Number);
    end
}

/// Reads a run of word characters with the marks that may stand inside.
fn word(text: &str, at: usize, out: &mut Vec<Token>) -> usize {
    let mut end = at;
    while let Some(c) = char_at(text, end) {
        if is_word(c) {
            end += c.len_utf8();
            continue;
        }
        if end == at {
            break;
        }
        let next = end + c.len_utf8();
        let after = char_at(text, next);
        let word_after = after.is_some_and(is_word);
        match c {
            '-' | '\u{2010}' | '\u{2011}' | '&' | '_' | '·' if word_after => {
                // « Paris-Londres-2 », « S&P », « auteur·rice ».
                end = next;
            }
            '\u{ad}' if word_after => end = next,
            _ if is_apostrophe(c) && word_after => {
                let so_far = &text[at..end];
                if elides(so_far, after) {
                    push(out, at, next, TokenKind::Elision);
                    return next;
                }
                end = next;
            }
            '.' => match full_stop(text, at, end, after) {
                Some(e) => end = e,
                None => break,
            },
            // « Canal+ », « Disney+ ».
            '+' if !word_after && text[at..end].starts_with(char::is_uppercase) => {
                end = next;
                break;
            }
            _ => break,
        }
    }
    if end == at {
        // A combining accent or another mark alone.
        return mark(text, at, char_at(text, at).unwrap_or(' '), out);
    }
    split(text, at, end, out);
    end
}

fn elides(word: &str, after: Option<char>) -> bool {
    // The longest, « lorsqu », has six letters.
    if word.chars().nth(6).is_some() {
        return false;
    }
    // « N'Diaye », « M'Bala », « N'Djamena » are names.
    if sets::NAME_ELISIONS.contains(word) && after.is_some_and(char::is_uppercase) {
        return false;
    }
    let lower = word.to_lowercase();
    sets::ELIDED.contains(&lower)
}

/// Decides whether the full stop at `end` belongs to the word `at..end`; gives
/// the new end.
fn full_stop(text: &str, at: usize, end: usize, after: Option<char>) -> Option<usize> {
    let so_far = &text[at..end];
    let last = &so_far[so_far.rfind(['.', '-']).map_or(0, |i| i + 1)..];
    let mut letters = last.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    if single && so_far.len() <= 24 {
        // « J.-P. », « U.S. », « David O. Russell », « C.C. Wei »; but « sur X. Le
        // patron », « l'échec de Gaia-X. »
        return (!letter_ends(text, at, end)).then_some(end + 1);
    }
    if after.is_some_and(is_word) {
        let rest = &text[end + 1..];
        let label = &rest[..rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len())];
        return sets::DOMAINS
            .contains(label)
            .then_some(end + 1 + label.len());
    }
    if so_far.len() > 6 || !after.is_none_or(|c| c.is_whitespace() || c == ',' || c == ')') {
        return None;
    }
    sets::ABBREVIATIONS
        .contains(&so_far.to_lowercase())
        .then_some(end + 1)
}

/// Whether the single capital letter before the full stop at `end` is the last
/// word of a sentence rather than an initial: no name precedes it, and the line
/// ends there or a sentence begins.
fn letter_ends(text: &str, at: usize, end: usize) -> bool {
    let word = &text[at..end];
    if word.contains('.') || sets::TITLE_LETTERS.contains(word) {
        return false;
    }
    // « Gaia-X » is no initial, « J.-P. » and « Jean-P. Dupont » are some.
    let behind_name = text[..at]
        .trim_end_matches([' ', '\u{a0}'])
        .chars()
        .rev()
        .take(40)
        .take_while(|c| is_word(*c) || matches!(c, '-' | '.'))
        .last()
        .is_some_and(char::is_uppercase);
    if behind_name && text[..at].ends_with([' ', '\u{a0}']) {
        return false;
    }
    let rest = text[end + 1..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '»', '”', '"', ')']);
    if rest.is_empty() || rest.starts_with(['\n', '\r']) {
        return true;
    }
    let word_end = |s: &str| s.find(|c: char| !is_word(c)).unwrap_or(s.len());
    let (next, after) = rest.split_at(word_end(rest));
    sets::STARTERS.contains(next)
        && after
            .trim_start_matches([' ', '\u{a0}', '\'', '’'])
            .starts_with(char::is_lowercase)
}

/// Pushes the word `at..end`, cut before an inverted pronoun and after a
/// prefix of a name.
fn split(text: &str, at: usize, end: usize, out: &mut Vec<Token>) {
    let word = &text[at..end];
    let kind = TokenKind::Word;
    let Some(hyphen) = word.find('-') else {
        push(out, at, end, kind);
        return;
    };
    let behind = &word[hyphen + 1..];
    let first = &word[..hyphen];
    if first.len() <= 6
        && behind.starts_with(char::is_uppercase)
        && sets::PREFIXES.contains(&first.to_lowercase())
    {
        push(out, at, at + hyphen + 1, kind);
        push(out, at + hyphen + 1, end, kind);
        return;
    }
    if let Some(last) = word.rfind('-')
        && sets::PRONOUNS.contains(&word[last + 1..])
    {
        let stem = &word[..last];
        let stem = match stem.rsplit_once('-') {
            Some((verb, letter)) if sets::INVERSION.contains(letter) => verb,
            _ => stem,
        };
        // « rendez-vous », « celui-ci » and names such as « Jean-Luc-Le » stay.
        if stem.starts_with(char::is_lowercase)
            && !sets::NOT_SPLIT.contains(stem)
            && !stem.contains('-')
        {
            push(out, at, at + stem.len(), kind);
            push(out, at + stem.len(), end, kind);
            return;
        }
    }
    push(out, at, end, kind);
}

fn mark(text: &str, at: usize, c: char, out: &mut Vec<Token>) -> usize {
    let mut end = at + c.len_utf8();
    if matches!(c, '.' | '-' | '!' | '?' | '*' | '_' | '=') {
        while char_at(text, end) == Some(c) {
            end += c.len_utf8();
        }
    }
    push(out, at, end, TokenKind::Mark);
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        cut(text, &mut out);
        out.iter().map(|t| t.of(text)).collect()
    }

    /// Each case is written as its tokens between `|`; the text is the case
    /// without them.
    const CASES: &[&str] = &[
        "L'|élève |d’|Évian |qu'|on |attend |aujourd'hui",
        "jusqu'|à |lorsqu’|il |puisqu'|elle",
        "Villeneuve-d'Ascq|, |Côtes-d'Armor|, |O'Brien |et |N'Diaye",
        "L’|Oréal |et |l'|Express",
        "Y |a|-t-il |un |rendez-vous |? |dit|-elle|, |peut-être",
        "donne|-le |à |celui-ci",
        "1 234,56 |euros|, |40.000 |emplois|, |12,5 |%",
        "1\u{a0}234\u{202f}567 |francs",
        "en |2024 |300 |personnes",
        "16h30|, |1er |mai|, |XVIIe |siècle|, |5e",
        "M. |Bayrou|, |J.-P. |Dupont|, |St. |Louis|, |David |O. |Russell",
        "art. |5|, |6 |nov. |2025",
        "C.C. |Wei |et |J.R.R. |Tolkien |aux |U.S.",
        "publié |sur |X|. |Le |patron |rit",
        "un |livre |de |J. |Le |Goff |et |David |O. |Le |film",
        "l'|échec |de |Gaia-X|. |Les |registres",
        "le |plan |B|. |C'|est |non",
        "elle |écrit |sur |X|.",
        "le |jeune |Mathieu |D.",
        "le |S&P |500|, |AT&T |et |la |R&D",
        "Fetch.ai |et |Booking.com |à |Paris|.",
        "Il |part|.|Elle |reste|.",
        "voir |https://exemple.fr/a?b=1|, |@camille_dev|, |#IA |(|a.b@exemple.fr|)",
        "anti-|Trump|, |ex-|URSS|, |ex-ministre|, |pro-européen",
        "« |Bien |» |!!",
        "Canal+ |diffuse |Yahoo|!",
        "bon|... |ou |…",
        "20-Minutes |et |3-Suisses",
        "10|-|12 |M|€|, |2014|-|2015",
    ];

    #[test]
    fn cases() {
        for case in CASES {
            let wanted: Vec<&str> = case.split('|').map(str::trim).collect();
            let text: String = case.replace('|', "");
            assert_eq!(tokens(&text), wanted, "help: the text was {text:?}");
        }
    }
}
