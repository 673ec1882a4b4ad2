//! Where records are read from: a stream that can go on behind damage, and take bytes
//! back that belong to the next record.

use crate::{
    article::stream::{BUFFER, Stream},
    compression::{self, Gzip},
};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// A stream that may go on behind an error.
trait Resume: BufRead + Send {
    /// Goes on behind an error; `false` where nothing follows.
    fn resume(&mut self) -> io::Result<bool>;
}

impl Resume for BufReader<Box<dyn Read + Send>> {
    fn resume(&mut self) -> io::Result<bool> {
        Ok(false)
    }
}

type Members = Gzip<BufReader<Box<dyn Read + Send>>>;

impl Resume for BufReader<Members> {
    fn resume(&mut self) -> io::Result<bool> {
        self.get_mut().resume()
    }
}

/// The records of a file, decompressed.
pub(super) struct Source {
    again: Cursor<Vec<u8>>,
    inner: Box<dyn Resume>,
}

impl Source {
    /// Undoes the compression that the first bytes tell.
    pub fn new(stream: Stream) -> io::Result<Self> {
        let packed = compression::from_magic(stream.head());
        let raw = BufReader::with_capacity(BUFFER, stream.into_reader());
        let inner: Box<dyn Resume> = if packed == &compression::GZIP {
            Box::new(BufReader::with_capacity(BUFFER, Gzip::new(raw)))
        } else if packed == &compression::NONE {
            Box::new(raw)
        } else {
            let plain = (packed.decode)(Box::new(raw))?;
            Box::new(BufReader::with_capacity(BUFFER, plain))
        };
        Ok(Self {
            again: Cursor::default(),
            inner,
        })
    }

    /// Takes bytes back, which are read next.
    pub fn take_back(&mut self, mut bytes: Vec<u8>) {
        bytes.extend(self.again.fill_buf().unwrap_or_default());
        self.again = Cursor::new(bytes);
    }

    /// Goes on behind an error; `false` where nothing follows.
    pub fn resume(&mut self) -> io::Result<bool> {
        self.inner.resume()
    }

    /// Whether the stream goes on with these bytes.
    pub fn goes_on_with(&mut self, expected: &[u8]) -> io::Result<bool> {
        if self.fill_buf()?.len() < expected.len() {
            let mut head = Vec::new();
            let read = self
                .by_ref()
                .take(expected.len() as u64)
                .read_to_end(&mut head);
            self.take_back(head);
            read?;
        }
        Ok(self.fill_buf()?.starts_with(expected))
    }
}

impl Read for Source {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.again.read(buf)?;
        match n {
            0 => self.inner.read(buf),
            n => Ok(n),
        }
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !self.again.fill_buf()?.is_empty() {
            return self.again.fill_buf();
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        if self.again.fill_buf().is_ok_and(|b| !b.is_empty()) {
            self.again.consume(n);
        } else {
            self.inner.consume(n);
        }
    }
}
