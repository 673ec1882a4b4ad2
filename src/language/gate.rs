//! Whether a text is plainly in another language than French, seen at a glance: a crawl
//! holds twenty pages in other languages for one in French, and each of them would cost
//! more than to read it.

use super::{Detected, FEW, excerpts, words};

/// Bytes of a text from which on its small words are many enough to be counted.
pub(super) const LONG: usize = 600;
/// Small words of French alone in 1,000 bytes, up to which not a quarter of a text is French:
/// see `docs/LANGUAGE.md`.
const MARKS: usize = 1;
/// Bytes for each `<`, below which a text is markup: its words speak English.
const MARKUP: usize = 200;
/// Of the excerpts so many must speak one language, and none French.
const AGREED: usize = 3;

/// The language of a long text that is surely not French; `None` where it may be, and where
/// nothing tells what else it is. The share of excerpts that say so is the confidence.
pub fn plainly_other(text: &str) -> Option<Detected> {
    let tags = memchr::memchr_iter(b'<', text.as_bytes()).count();
    if text.len() < LONG || tags * MARKUP > text.len() {
        return None;
    }
    let (few, len) = FEW;
    let mut votes: Vec<(&str, usize)> = Vec::new();
    for excerpt in excerpts(text, few, len) {
        let code = words::detect(excerpt).code;
        if code == Some("fra") {
            return None;
        }
        let code = code?;
        match votes.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => votes.push((code, 1)),
        }
    }
    let (code, count) = votes.into_iter().max_by_key(|(_, n)| *n)?;
    let most = MARKS * text.len() / 1000;
    (count >= AGREED && words::french_marks(text, most + 1) <= most).then(|| Detected {
        code: Some(code),
        confidence: Some(count as f64 / few as f64),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The mayor said that the station would close for three weeks, and that the \
         council had asked the company to find another way for those who travel every day. ";
    const FRENCH: &str = "Le maire a dit que la gare fermerait pour trois semaines, et que la ville avait \
         demandé une autre solution dans les jours qui viennent pour ceux qui voyagent. ";

    fn code(text: &str) -> Option<&'static str> {
        plainly_other(text).and_then(|found| found.code)
    }

    #[test]
    fn what_is_plain() {
        assert_eq!(code(&ENGLISH.repeat(6)), Some("eng"));
        let russian = "Мэр заявил в понедельник, что вокзал будет закрыт на три недели. ";
        assert_eq!(code(&russian.repeat(10)), Some("rus"));
        assert_eq!(code(&FRENCH.repeat(6)), None);
        // Too short to be counted.
        assert_eq!(code(ENGLISH), None);
    }

    #[test]
    fn a_quarter_of_french_is_enough_wherever_it_stands() {
        let (french, english) = (FRENCH.repeat(3), ENGLISH.repeat(9));
        for text in [
            format!("{french}{english}"),
            format!("{english}{french}"),
            format!("{}{french}{}", ENGLISH.repeat(4), ENGLISH.repeat(5)),
        ] {
            assert_eq!(code(&text), None);
            assert_eq!(super::super::detect(&text).code, Some("fra"));
        }
    }

    #[test]
    fn markup_speaks_no_language() {
        let tags = "<div class=\"the-page for-you with-this\" id=\"the-one that-is-not-here-for-you-or-me\">";
        let text = format!("{}Le maire a dit non.{}", tags.repeat(9), tags.repeat(9));
        assert_eq!(code(&text), None);
    }

    #[test]
    fn capitals_and_letters_apart_are_left_to_who_looks_closer() {
        assert_eq!(code(&FRENCH.to_uppercase().repeat(6)), None);
        let apart: String = FRENCH.chars().flat_map(|c| [c, ' ']).collect();
        assert_eq!(code(&apart.repeat(3)), None);
    }
}
