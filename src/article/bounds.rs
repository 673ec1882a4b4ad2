//! What one article may take: its raw bytes are kept up to a limit, and only
//! counted beyond it, so that an endless line or a compressed bomb costs one
//! `error` record and no memory.

use super::Unreadable;
use std::io::{self, BufRead};

/// The bytes of one article, kept up to a limit.
#[derive(Debug)]
pub(crate) struct Kept {
    bytes: Vec<u8>,
    most: usize,
    /// All bytes, also those that were let go.
    length: u64,
}

impl Kept {
    /// At most `most` bytes.
    pub fn up_to(most: usize) -> Self {
        Self {
            bytes: Vec::new(),
            most,
            length: 0,
        }
    }

    /// The same of an article that says how long it is.
    pub fn expecting(length: u64, most: usize) -> Self {
        /// What is said may be wrong: no more memory is taken on its word.
        const TRUSTED: usize = 1 << 16;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        Self {
            bytes: Vec::with_capacity(length.min(most).min(TRUSTED)),
            ..Self::up_to(most)
        }
    }

    pub fn push(&mut self, chunk: &[u8]) {
        self.length += chunk.len() as u64;
        if self.is_over() {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(chunk);
        }
    }

    /// Passes over so many bytes that are beyond the limit.
    pub fn pass(&mut self, bytes: u64) {
        self.length += bytes;
        self.bytes = Vec::new();
    }

    /// Bytes so far, kept or not.
    pub fn length(&self) -> u64 {
        self.length
    }

    pub fn is_over(&self) -> bool {
        self.length > self.most as u64
    }

    /// The bytes, or how many there were.
    pub fn end(self) -> Result<Vec<u8>, u64> {
        match self.is_over() {
            true => Err(self.length),
            false => Ok(self.bytes),
        }
    }
}

/// The next line with its line feed; `None` at the end.
pub(crate) fn line(inner: &mut dyn BufRead, most: usize) -> io::Result<Option<Kept>> {
    let mut kept = Kept::up_to(most);
    loop {
        let chunk = match inner.fill_buf() {
            Ok(chunk) => chunk,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        let end = memchr::memchr(b'\n', chunk);
        let used = end.map_or(chunk.len(), |i| i + 1);
        kept.push(&chunk[..used]);
        let at_end = chunk.is_empty();
        inner.consume(used);
        if end.is_some() || at_end {
            return Ok((kept.length() > 0).then_some(kept));
        }
    }
}

/// What the record of an article says that is `length` bytes long, where `most` are
/// read.
pub(super) fn too_long(what: &str, length: u64, most: usize) -> Unreadable {
    Unreadable::new(
        "read",
        format!(
            "{what} of {length} bytes is more than one article may have ({most}); if it is one, \
             run again with --max-article-bytes {length}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_kept_up_to_the_limit_and_counted_beyond_it() {
        for capacity in [1, 3, 100] {
            let text = &b"abcd\n\nabcde\nab"[..];
            let mut inner = io::BufReader::with_capacity(capacity, text);
            let lines: Vec<_> = std::iter::from_fn(|| line(&mut inner, 5).unwrap())
                .map(Kept::end)
                .collect();
            assert_eq!(
                lines,
                [
                    Ok(b"abcd\n".to_vec()),
                    Ok(b"\n".to_vec()),
                    Err(6),
                    Ok(b"ab".to_vec())
                ]
            );
        }
    }

    #[test]
    fn what_is_beyond_the_limit_takes_no_memory() {
        let mut kept = Kept::up_to(1000);
        for _ in 0..10_000 {
            kept.push(&[b'a'; 999]);
        }
        assert_eq!(kept.bytes.capacity(), 0);
        assert_eq!(kept.end(), Err(9_990_000));
    }
}
