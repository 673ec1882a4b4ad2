//! Cuts a JSON text of many values (an array, or objects over several lines)
//! into its elements, one in memory at a time.

use crate::article::{
    bounds::{Kept, too_long},
    container::{Body, Cut},
};
use std::io::{self, BufRead};

/// Whether these first bytes are of an array or of an object over several lines,
/// rather than of one object a line.
pub(super) fn sniff(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    if head.first() == Some(&b'[') {
        return true;
    }
    let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.next().unwrap_or_default();
    let next = lines.find(|l| !l.is_empty()).and_then(|l| l.first());
    let mut scan = Scan::default();
    let whole = first.iter().any(|b| scan.ends(*b));
    // A broken line of JSON Lines has a line of its own behind it.
    first.first() == Some(&b'{') && !whole && matches!(next, Some(b'"' | b'}'))
}

/// Where an element ends.
#[derive(Default)]
struct Scan {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Scan {
    /// Whether the object, array or string at hand ends with this byte.
    fn ends(&mut self, byte: u8) -> bool {
        if self.quoted {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.quoted = false,
                _ => {}
            }
            return !self.quoted && self.depth == 0;
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// Rows are elements.
pub(super) struct Values {
    pub inner: Box<dyn BufRead + Send>,
    pub row: u64,
    /// `Some(true)` inside the array, `Some(false)` behind it.
    pub array: Option<bool>,
    /// Bytes of the longest element.
    pub most: usize,
    pub body: fn(Vec<u8>) -> Box<dyn Body>,
}

impl Values {
    /// The next byte that is no blank and no comma.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.inner.fill_buf()?;
            let blank = |b: &u8| b.is_ascii_whitespace() || *b == b',';
            match chunk.iter().position(|b| !blank(b)) {
                Some(i) => {
                    let byte = chunk[i];
                    self.inner.consume(i);
                    return Ok(Some(byte));
                }
                None if chunk.is_empty() => return Ok(None),
                None => {
                    let all = chunk.len();
                    self.inner.consume(all);
                }
            }
        }
    }

    fn element(&mut self, first: u8) -> io::Result<Box<dyn Body>> {
        let (mut out, mut scan) = (Kept::up_to(self.most), Scan::default());
        let bare = !matches!(first, b'{' | b'[' | b'"');
        loop {
            let chunk = self.inner.fill_buf()?;
            if chunk.is_empty() {
                return Ok(self.end(out, true));
            }
            let end = chunk.iter().position(|b| match bare {
                true => matches!(b, b',' | b']') || b.is_ascii_whitespace(),
                false => scan.ends(*b),
            });
            let used = match (end, bare) {
                // At least one byte, so that reading goes on.
                (Some(i), true) => i.max(usize::from(out.length() == 0)),
                (Some(i), false) => i + 1,
                (None, _) => chunk.len(),
            };
            out.push(&chunk[..used]);
            self.inner.consume(used);
            if end.is_some() {
                return Ok(self.end(out, false));
            }
        }
    }

    fn end(&self, element: Kept, at_end: bool) -> Box<dyn Body> {
        match element.end() {
            Ok(bytes) => (self.body)(bytes),
            Err(length) => {
                let mut problem = too_long("a JSON value", length, self.most);
                if at_end {
                    problem
                        .message
                        .push_str("; the file ends inside it: is a quote or a bracket left open?");
                }
                Box::new(problem)
            }
        }
    }
}

impl Cut for Values {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        if self.row == 0 && self.array.is_none() && self.peek()? == Some(b'[') {
            self.inner.consume(1);
            self.array = Some(true);
        }
        match (self.peek()?, self.array) {
            (None, Some(true)) => Err(io::Error::other(
                "the array is never closed: the file was cut off, or lacks its last `]`; copy it again",
            )),
            (None, _) => Ok(None),
            (Some(b']'), Some(true)) => {
                self.inner.consume(1);
                self.array = Some(false);
                self.next()
            }
            (Some(_), Some(false)) => Err(io::Error::other(
                "more text after the array, which was not read: write one array, or one object \
                 after another",
            )),
            (Some(first), _) => {
                self.row += 1;
                self.element(first).map(Some)
            }
        }
    }

    fn row(&self) -> Option<u64> {
        Some(self.row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_row_a_line() {
        for (head, values) in [
            ("[\n{\"a\":1}]", true),
            ("{\n  \"a\": 1\n}", true),
            ("{\n}", true),
            ("{\"a\": {\n\"b\": 1}}", true),
            ("{\"a\":1}\n{\"a\":2}", false),
            ("{\"a\":\n{\"a\":2}", false),
            ("{\"a\":\"{\"}\n{\"a\":2}", false),
            ("{\"a\":1", false),
            ("", false),
        ] {
            assert_eq!(sniff(head.as_bytes()), values, "{head}");
        }
    }
}
