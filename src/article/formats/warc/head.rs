//! Heads: lines `Name: value` before an empty one, of WARC records and of HTTP.

use crate::article::bounds;
use memchr::memchr;
use std::io::{self, BufRead};

/// Bytes of the longest line, and of all lines of a head.
const LONGEST: usize = 1 << 16;

/// Names and values in their order.
#[derive(Debug, Default)]
pub(super) struct Head(Vec<(String, String)>);

impl Head {
    /// The value of a name, whatever its case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.iter();
        all.find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// Reads lines up to the empty one; `None` where there is none.
    pub fn read(inner: &mut dyn BufRead) -> io::Result<Option<Self>> {
        let (mut head, mut length) = (Self::default(), 0);
        loop {
            // Nearly always the whole line lies there; else it is put together.
            let chunk = inner.fill_buf().unwrap_or_default();
            let whole = memchr(b'\n', chunk).filter(|end| length + (*end as u64) < LONGEST as u64);
            let ended = if let Some(end) = whole {
                let ended = head.line(&chunk[..end]);
                inner.consume(end + 1);
                length += end as u64 + 1;
                ended
            } else {
                let Some(line) = bounds::line(inner, LONGEST)? else {
                    return Ok(None);
                };
                length += line.length();
                if length > LONGEST as u64 {
                    return Ok(None);
                }
                head.line(&line.end().unwrap_or_default())
            };
            if ended {
                return Ok(Some(head));
            }
        }
    }

    /// Reads one line; whether it is the empty one that ends a head.
    fn line(&mut self, line: &[u8]) -> bool {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            return true;
        }
        let line = String::from_utf8_lossy(line);
        // The rest of the line before, as it was once allowed.
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.0.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            return false;
        }
        // What is no field says nothing that anybody would ask for.
        if let Some((name, value)) = line.split_once(':') {
            self.0
                .push((name.trim().to_owned(), value.trim().to_owned()));
        }
        false
    }
}

/// The kind in a `Content-Type`, in lower case, and its `charset`.
pub(super) fn media_type(value: &str) -> (String, Option<&str>) {
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let named = name.trim().eq_ignore_ascii_case("charset");
        named.then(|| value.trim().trim_matches(['"', '\'']))
    });
    (kind, charset.filter(|c| !c.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_whatever_their_case_and_lines_that_go_on() {
        let mut text =
            &b"content-TYPE : text/html; Charset=\"latin1\"\r\nA: b\r\n\tc\r\nodd\r\n\r\nx"[..];
        let head = Head::read(&mut text).unwrap().unwrap();
        let (kind, charset) = media_type(head.get("Content-Type").unwrap());
        assert_eq!((kind.as_str(), charset), ("text/html", Some("latin1")));
        assert_eq!(head.get("a"), Some("b c"));
        assert_eq!(text, b"x");
        assert!(Head::read(&mut &b"A: b\r\n"[..]).unwrap().is_none());
        assert!(Head::read(&mut &[b'a'; LONGEST + 9][..]).unwrap().is_none());
    }
}
