//! Grouping tokens into sentences.
//!
//! A line break always ends a sentence: headings, bullets and bylines have no
//! full stop. A full stop, a question or exclamation mark or an ellipsis ends
//! one when what follows starts like a sentence. Abbreviations never do: their
//! stop is part of their token.

use super::{Token, TokenKind};
use crate::french::sets::text as sets;
use std::ops::Range;

/// A sentence of more tokens is cut: it is a list, a table or no text at all,
/// and the taggers' work space must not grow with it.
const LONGEST: usize = 400;

pub(super) fn cut(text: &str, tokens: &[Token], out: &mut Vec<Range<u32>>) {
    out.clear();
    let mut start = 0;
    for i in 0..tokens.len() {
        let last = i + 1 == tokens.len();
        if last || i + 1 - start >= LONGEST || ends(text, tokens, i) {
            out.push(start as u32..(i + 1) as u32);
            start = i + 1;
        }
    }
}

/// Whether a sentence ends after token `i`, which is not the last.
fn ends(text: &str, tokens: &[Token], i: usize) -> bool {
    let (here, next) = (tokens[i], tokens[i + 1]);
    let gap = &text[here.end as usize..next.start as usize];
    if gap.bytes().any(|b| b == b'\n' || b == b'\r') || gap.contains(['\u{2028}', '\u{85}']) {
        return true;
    }
    // Look back over closing quotes and brackets for the mark that ends.
    let mut mark = i;
    while mark > 0 && is_closing(tokens[mark].of(text)) && i - mark < 3 {
        mark -= 1;
    }
    let end = tokens[mark].of(text);
    let closed = mark < i;
    match tokens[mark].kind {
        TokenKind::Mark => {}
        // « etc. Elle part » ends although « etc. » is one token.
        TokenKind::Word if sets::MAY_END.contains(end) => {
            return starts(text, tokens, i + 1);
        }
        _ => return false,
    }
    // A closing mark that follows belongs to this sentence.
    if is_closing(next.of(text)) {
        return false;
    }
    match end {
        "." | "!" | "?" | "…" | "‼" | "⁉" => {
            // « 3.Le » and « fin.Le » end as well: gaps may be empty.
            starts(text, tokens, i + 1) && !(closed && is_lower(next.of(text)))
        }
        _ if end.len() > 1 && end.bytes().all(|b| matches!(b, b'.' | b'!' | b'?')) => {
            starts(text, tokens, i + 1)
        }
        _ => false,
    }
}

fn is_closing(t: &str) -> bool {
    matches!(t, "»" | "”" | ")" | "]" | "’" | "\"")
}

fn is_lower(t: &str) -> bool {
    t.starts_with(char::is_lowercase)
}

/// Whether token `i` can be the first of a sentence.
fn starts(text: &str, tokens: &[Token], i: usize) -> bool {
    let t = tokens[i].of(text);
    let Some(c) = t.chars().next() else {
        return false;
    };
    if c.is_lowercase() {
        return false;
    }
    c.is_uppercase()
        || c.is_numeric()
        || matches!(
            c,
            '«' | '“' | '"' | '(' | '[' | '–' | '—' | '-' | '•' | '@' | '#' | '‘'
        )
        || !c.is_ascii() && !c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use crate::text::analyse;

    /// Sentences between `‖`.
    const CASES: &[&str] = &[
        "Il pleut.‖ Elle part.",
        "Titre sans point\n‖Le texte suit.",
        "M. Bayrou et le Dr. House sont là.‖ Bien.",
        "« Il part. »‖ Elle reste.",
        "« Vraiment ? » demande-t-elle.‖ Oui !",
        "Le 6 nov. 2025 à Paris, J.-P. Martin a parlé.‖ Fin.",
        "David O. Russell tourne.‖ St. Louis attend.",
        "Il écrit sur X.‖ Le patron de J. Le Goff répond.",
        "Voir l'art. 5 de la loi.‖ Rien d'autre.",
        "Yahoo! a répondu.‖ Ah… c'est dit.",
        "Des pommes, des poires, etc.‖ Elle mange.",
        "1,5 million.‖ 200 personnes.",
        "Quoi ?!‖ Non.",
        "(Il pleut.)‖ Il vente.",
    ];

    #[test]
    fn cases() {
        for case in CASES {
            let wanted: Vec<String> = case.split('‖').map(|s| s.trim().to_owned()).collect();
            let text = case.replace('‖', "");
            let a = analyse(&text);
            let got: Vec<String> = a
                .sentences
                .iter()
                .map(|s| {
                    let from = a.tokens[s.start as usize].start as usize;
                    let to = a.tokens[s.end as usize - 1].end as usize;
                    text[from..to].to_owned()
                })
                .collect();
            assert_eq!(got, wanted, "help: the text was {text:?}");
        }
    }
}
