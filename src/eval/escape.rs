//! Escapes of the corpus mark-up, for texts that hold what the mark-up is made of.

use std::{borrow::Cow, fmt::Write};

/// What is written for a character that stands for itself nowhere.
fn put(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '<' => out.push_str("\\<"),
        '\n' => out.push_str("\\n"),
        c => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
    }
}

/// `text` with an escape for each character for which `awkward` holds, and for the
/// backslash.
pub(super) fn done(text: &str, awkward: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c == '\\' || awkward(c) {
            true => put(&mut out, c),
            false => out.push(c),
        }
    }
    out
}

/// The text that was escaped.
///
/// # Errors
/// Names what is no escape.
pub(super) fn undone(written: &str) -> Result<Cow<'_, str>, String> {
    if !written.contains('\\') {
        return Ok(Cow::Borrowed(written));
    }
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut chars = after.chars();
        rest = match chars.next() {
            Some(c @ ('\\' | '<')) => {
                out.push(c);
                chars.as_str()
            }
            Some('n') => {
                out.push('\n');
                chars.as_str()
            }
            Some('u') => {
                let code = chars.as_str().strip_prefix('{');
                let (hex, rest) = code
                    .and_then(|c| c.split_once('}'))
                    .ok_or("`\\u` without `{…}`")?;
                let c = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
                out.push(c.ok_or_else(|| format!("`\\u{{{hex}}}` is no code point"))?);
                rest
            }
            Some(c) => return Err(format!("`\\{c}` is no escape: a backslash is `\\\\`")),
            None => return Err("a single backslash at the end: a backslash is `\\\\`".into()),
        };
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The first byte of the first `sign` without a backslash before it.
pub(super) fn find(written: &str, sign: char) -> Option<usize> {
    let mut chars = written.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            c if c == sign => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "a < b \\ c\r\nd";
        let written = done(text, |c| matches!(c, '<' | '\r' | '\n'));
        assert_eq!(written, "a \\< b \\\\ c\\u{d}\\nd");
        assert_eq!(undone(&written).unwrap(), text);
        assert_eq!(find("a\\<b<c", '<'), Some(4));
        for wrong in ["\\x", "\\", "\\u{zz}", "\\u{d800}", "\\ud"] {
            assert!(undone(wrong).is_err(), "{wrong}");
        }
    }
}
