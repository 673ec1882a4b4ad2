//! The text as the checkpoint reads it, each character with the bytes that it
//! came from.
//!
//! What XLM-R's tokenizer does, in its order: control characters go; white
//! space with a line break in it becomes « | », so that the network sees where a
//! paragraph ends; other separators become spaces; compatibility composition
//! (NFKC, Unicode Standard Annex 15); one space for several; spaces become `▁`,
//! one before the first word too. The bytes of a character that was composed,
//! widened or replaced are chosen as the crate `tokenizers` chooses them: those
//! of the base letter, of the character that was widened, of the last one
//! replaced.

use unicode_normalization_alignments::UnicodeNormalization;

/// What stands for a space.
pub const SPACE: char = '▁';

/// A character and the bytes of the text that it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Char {
    /// The character.
    pub c: char,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// The characters of `text`, which is shorter than 4 GiB.
pub fn characters(text: &str) -> Vec<Char> {
    let spaced = spaced(text);
    let composed = composed(&spaced);
    let mut out: Vec<Char> = Vec::with_capacity(composed.len() + 1);
    for c in composed {
        let space = c.c == ' ';
        let c = Char {
            c: if space { SPACE } else { c.c },
            ..c
        };
        match out.last_mut() {
            Some(last) if space && last.c == SPACE => *last = c,
            None if !space => out.extend([Char { c: SPACE, ..c }, c]),
            _ => out.push(c),
        }
    }
    out
}

/// Without control characters, line breaks and separators.
fn spaced(text: &str) -> Vec<Char> {
    let mut out: Vec<Char> = Vec::with_capacity(text.len());
    // Where the white space at the end of `out` begins, and whether a line
    // ends in it.
    let mut white: Option<(usize, bool)> = None;
    let end_white = |out: &mut Vec<Char>, white: &mut Option<(usize, bool)>| {
        if let Some((from, breaks)) = white.take() {
            if breaks {
                let last = out[out.len() - 1];
                out.truncate(from);
                out.extend([' ', '|', ' '].map(|c| Char { c, ..last }));
            } else {
                for c in &mut out[from..] {
                    c.c = separator(c.c);
                }
            }
        }
    };
    for (at, c) in text.char_indices() {
        if is_control(c) {
            continue;
        }
        let here = Char {
            c,
            start: at as u32,
            end: (at + c.len_utf8()) as u32,
        };
        if c.is_whitespace() {
            let (_, breaks) = white.get_or_insert((out.len(), false));
            *breaks |= c == '\n';
            out.push(here);
        } else {
            end_white(&mut out, &mut white);
            out.push(Char {
                c: separator(c),
                ..here
            });
        }
    }
    end_white(&mut out, &mut white);
    out
}

fn is_control(c: char) -> bool {
    matches!(
        c,
        '\u{1}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{8f}' | '\u{9f}'
    )
}

/// A space for what separates, or prints nothing.
fn separator(c: char) -> char {
    match c {
        '\t'
        | '\n'
        | '\u{c}'
        | '\r'
        | '\u{1680}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2581}'
        | '\u{feff}'
        | '\u{fffd}' => ' ',
        _ => c,
    }
}

/// Whether composition leaves a character as it is, unless a mark follows it.
fn is_inert(c: char) -> bool {
    c.is_ascii()
        || matches!(
            c,
            'À'..='ÿ'
                | 'Œ'
                | 'œ'
                | 'Ÿ'
                | '«'
                | '»'
                | '‘'
                | '’'
                | '“'
                | '”'
                | '–'
                | '—'
                | '€'
                | '•'
                | '°'
        )
}

/// Compatibility composition, stretch by stretch: most text is left as it is.
fn composed(chars: &[Char]) -> Vec<Char> {
    let mut out: Vec<Char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        if is_inert(chars[at].c) {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        // With the letter before, which a mark may join.
        let from = at.saturating_sub(1);
        if at > 0 {
            out.pop();
        }
        let length = chars[at..].iter().take_while(|c| !is_inert(c.c)).count();
        let stretch = &chars[from..at + length];
        let text: String = stretch.iter().map(|c| c.c).collect();
        let mut next = 0usize;
        for (c, change) in text.nfkc() {
            // 1: a further character of the one before. 0: instead of the
            // next. −n: instead of the next, and n more are swallowed.
            let source = if change > 0 {
                next.saturating_sub(1)
            } else {
                let here = next;
                next += 1 + change.unsigned_abs();
                here
            };
            if let Some(source) = stretch.get(source) {
                out.push(Char { c, ..*source });
            }
        }
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<(u32, u32)>) {
        let chars = characters(text);
        (
            chars.iter().map(|c| c.c).collect(),
            chars.iter().map(|c| (c.start, c.end)).collect(),
        )
    }

    #[test]
    fn spaces_and_lines() {
        assert_eq!(read("").0, "");
        assert_eq!(read("Il pleut").0, "▁Il▁pleut");
        assert_eq!(read(" Il \u{a0}\tpleut ").0, "▁Il▁pleut▁");
        assert_eq!(read("Titre\r\n\r\n Texte").0, "▁Titre▁|▁Texte");
        assert_eq!(read("a\u{7}b\u{200b}c\u{fffd}▁d").0, "▁ab▁c▁d");
        // A heading's break: all three characters come from its last byte.
        assert_eq!(
            read("a \n b").1,
            [(0, 1), (0, 1), (3, 4), (3, 4), (3, 4), (4, 5)]
        );
    }

    #[test]
    fn composed_as_one_letter() {
        // « é » in two characters takes the bytes of its letter.
        assert_eq!(
            read("e\u{301}t"),
            ("▁ét".into(), vec![(0, 1), (0, 1), (3, 4)])
        );
        assert_eq!(read("½…").0, "▁1⁄2...");
        assert_eq!(
            read("a…"),
            ("▁a...".into(), vec![(0, 1), (0, 1), (1, 4), (1, 4), (1, 4)])
        );
        assert_eq!(read("m² №5 ﬁn Ａ").0, "▁m2▁No5▁fin▁A");
        assert_eq!(read("Łódź 東京 👩‍🚀").0, "▁Łódź▁東京▁👩▁🚀");
    }

    #[test]
    fn stretches_do_as_the_whole() {
        for text in [
            "Dvor\u{30c}a\u{301}k, e\u{323}\u{301}! \u{301}a",
            "한국 가각 ㄱ",
            "ǅungla ½e\u{301}½ ﷺ ª º µ",
        ] {
            let whole: String = text.nfkc().map(|c| c.0).collect();
            let chars = spaced(text);
            let got: String = composed(&chars).iter().map(|c| c.c).collect();
            assert_eq!(got, whole);
        }
    }
}
