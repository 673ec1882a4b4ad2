//! The lines of a text that are not blank.

/// A line without the blanks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    /// What it says.
    pub text: &'t str,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Whether a blank line stands before it.
    pub apart: bool,
}

/// The lines of `text` that are not blank, in order.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let (mut at, mut apart) = (0, false);
    while at < text.len() {
        let rest = &text[at..];
        let len = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let bare = rest[..len].trim();
        if bare.is_empty() {
            apart = true;
        } else {
            let start = at + (rest.len() - rest.trim_start().len());
            out.push(Line {
                text: bare,
                start,
                end: start + bare.len(),
                apart,
            });
            apart = false;
        }
        at += len + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_their_blanks() {
        let text = " a\r\n\n\u{a0}bé \nc";
        let found: Vec<_> = lines(text)
            .iter()
            .map(|l| (l.text, &text[l.start..l.end], l.apart))
            .collect();
        assert_eq!(
            found,
            [("a", "a", false), ("bé", "bé", true), ("c", "c", false)]
        );
        assert!(lines(" \n\n").is_empty());
    }
}
