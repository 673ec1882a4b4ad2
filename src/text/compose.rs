//! Letters and their accents as one code point or two (NFC and NFD), for the
//! letters of the languages of Western Europe. macOS and some PDF readers write
//! « é » as `e` and U+0301.

use std::borrow::Cow;

/// Accent, letters, letters with the accent.
const ACCENTS: [(char, &str, &str); 8] = [
    ('\u{300}', "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
    ('\u{301}', "aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝćńśź"),
    ('\u{302}', "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
    ('\u{303}', "anoANO", "ãñõÃÑÕ"),
    ('\u{308}', "aeiouyAEIOU", "äëïöüÿÄËÏÖÜ"),
    ('\u{30a}', "aA", "åÅ"),
    ('\u{30c}', "cszrenCSZ", "čšžřěňČŠŽ"),
    ('\u{327}', "cCsStT", "çÇşŞţŢ"),
];

/// `text` with one code point a letter, where it has two.
pub fn composed(text: &str) -> Cow<'_, str> {
    // U+0300 to U+036F begin with these bytes.
    if memchr::memchr2(0xCC, 0xCD, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let letter = out.chars().next_back().and_then(|base| join(base, c));
        if letter.is_some() {
            out.pop();
        }
        out.push(letter.unwrap_or(c));
    }
    Cow::Owned(out)
}

/// `word` with two code points a letter with an accent; `None` where it has none.
pub fn decomposed(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        match part(c) {
            Some((base, accent)) => out.extend([base, accent]),
            None => out.push(c),
        }
    }
    (out != word).then_some(out)
}

fn join(base: char, accent: char) -> Option<char> {
    let (_, letters, joined) = ACCENTS.iter().find(|(a, ..)| *a == accent)?;
    let at = letters.chars().position(|l| l == base)?;
    joined.chars().nth(at)
}

fn part(c: char) -> Option<(char, char)> {
    ACCENTS.iter().find_map(|(accent, letters, joined)| {
        let at = joined.chars().position(|j| j == c)?;
        Some((letters.chars().nth(at)?, *accent))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for word in ["été", "Noël", "août", "français", "À Évian", "Škoda"] {
            let apart = decomposed(word).unwrap();
            assert!(apart.chars().count() > word.chars().count(), "{word}");
            assert_eq!(composed(&apart), word);
        }
        assert_eq!(decomposed("mars"), None);
        assert!(matches!(composed("été"), Cow::Borrowed("été")));
        // What has no letter of its own keeps its accent.
        assert_eq!(composed("x\u{301}"), "x\u{301}");
        assert_eq!(composed("\u{301}e"), "\u{301}e");
    }

    #[test]
    fn each_letter_has_its_pair() {
        for (accent, letters, joined) in ACCENTS {
            assert_eq!(
                letters.chars().count(),
                joined.chars().count(),
                "{accent:?}"
            );
        }
    }
}
