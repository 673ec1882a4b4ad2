//! Text of strangers on a terminal: an id, a name or a file name may hold what a
//! terminal obeys (colours, titles, text that runs backwards).

use std::borrow::Cow;

/// `text` with what a terminal would obey written as Rust escapes it (`\u{1b}`):
/// control characters, but for line breaks and tabs, and the signs that turn the
/// direction of writing (Unicode Bidirectional Algorithm, UAX #9).
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_obeyed(c) {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_obeyed(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        for (given, shown) in [
            ("L'été\n\tà Nîmes 🙂", "L'été\n\tà Nîmes 🙂"),
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("\u{9b}2J\u{7f}\r", "\\u{9b}2J\\u{7f}\\r"),
            ("txt\u{202e}exe", "txt\\u{202e}exe"),
            ("a\0\u{7}", "a\\u{0}\\u{7}"),
        ] {
            assert_eq!(plain(given), shown);
        }
        assert!(matches!(plain("rien à changer"), Cow::Borrowed(_)));
    }
}
