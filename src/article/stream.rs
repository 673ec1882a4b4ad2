//! A stream whose first bytes can be looked at before it is read.

use super::decode;
use crate::compression::Loose;
use std::{
    io::{self, BufRead, BufReader, Chain, Cursor, Read},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// Size of read buffers in bytes.
pub(super) const BUFFER: usize = 1 << 17;
/// Bytes looked at to tell a format, an encoding or a delimiter.
const HEAD: usize = 1 << 13;

/// A decompressed stream.
pub struct Stream {
    head: Vec<u8>,
    inner: Box<dyn Read + Send>,
}

impl Stream {
    /// Reads the first bytes of `inner` and puts them back.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn new(inner: impl Read + Send + 'static) -> io::Result<Self> {
        let (head, inner) = peek(inner, HEAD)?;
        Ok(Self {
            head,
            inner: Box::new(inner),
        })
    }

    /// The first 8 KB, fewer in a shorter stream.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The bytes from the first.
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        self.inner
    }

    /// The bytes of a file of rows, and a remark for each: a byte order mark
    /// is taken off and UTF-16, with a mark or without, turned into UTF-8, since a row of UTF-16 cannot
    /// be told by its line feed byte.
    pub fn into_rows(self) -> (Box<dyn BufRead + Send>, Option<String>) {
        let mut plain = self.inner;
        let marked = encoding_rs::Encoding::for_bom(&self.head);
        let Some((encoding, bom)) =
            marked.or_else(|| Some((decode::utf16_without_mark(&self.head)?, 0)))
        else {
            return (Box::new(BufReader::with_capacity(BUFFER, plain)), None);
        };
        // The mark is part of the head, so these bytes are at hand.
        let mut mark = [0u8; 3];
        let _ = plain.read_exact(&mut mark[..bom]);
        if encoding == encoding_rs::UTF_8 {
            return (Box::new(BufReader::with_capacity(BUFFER, plain)), None);
        }
        let warning = format!("decoded_as:{}", encoding.name().to_ascii_lowercase());
        let decoded = ToUtf8 {
            inner: plain,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: vec![0; 1 << 14],
            out: Vec::new(),
            at: 0,
            ended: false,
        };
        (
            Box::new(BufReader::with_capacity(BUFFER, decoded)),
            Some(warning),
        )
    }
}

/// Takes up to `n` bytes off the front and puts them back. What goes wrong behind
/// the first of them is heard where it stands.
///
/// # Errors
/// When not even one byte can be read.
pub(super) fn peek<R: Read>(mut reader: R, n: usize) -> io::Result<(Vec<u8>, Joined<R>)> {
    let mut head = Vec::with_capacity(n);
    let error = match reader.by_ref().take(n as u64).read_to_end(&mut head) {
        Err(e) if head.is_empty() => return Err(e),
        read => read.err(),
    };
    let rest = Delayed {
        error,
        inner: reader,
    };
    Ok((head.clone(), Cursor::new(head).chain(rest)))
}

type Joined<R> = Chain<Cursor<Vec<u8>>, Delayed<R>>;

/// A reader that has failed, which is told when it is read again.
pub(super) struct Delayed<R> {
    error: Option<io::Error>,
    inner: R,
}

impl<R: Read> Read for Delayed<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.error.take().map_or(Ok(()), Err)?;
        self.inner.read(buf)
    }
}

impl<R: BufRead> BufRead for Delayed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.error.take().map_or(Ok(()), Err)?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.inner.consume(n);
    }
}

/// What is wrong with the end of compressed data that were read as a whole.
#[derive(Debug, Clone, Default)]
pub(super) struct End(Arc<Mutex<Option<String>>>);

impl End {
    pub fn take(&self) -> Option<String> {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        said.take()
    }
}

/// A decompressed stream that can be left at any moment (what a bomb expands to has
/// no end that anybody would wait for), and that ends where its data do.
pub(super) struct Watched<R> {
    inner: R,
    stop: Arc<AtomicBool>,
    end: End,
}

impl<R: Read> Watched<R> {
    /// Fails when `stop` is raised; what is wrong behind the data goes to `end`.
    pub fn new(inner: R, stop: Arc<AtomicBool>, end: End) -> Self {
        Self { inner, stop, end }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        self.inner.read(buf).or_else(|e| match Loose::told(&e) {
            Some(what) => {
                let mut said = self.end.0.lock().unwrap_or_else(PoisonError::into_inner);
                *said = Some(what.to_owned());
                Ok(0)
            }
            None => Err(e),
        })
    }
}

struct ToUtf8<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Read for ToUtf8<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.ended {
            let n = self.inner.read(&mut self.raw)?;
            self.ended = n == 0;
            let room = self
                .decoder
                .max_utf8_buffer_length(n)
                .ok_or_else(|| io::Error::other("a row too long to decode"))?;
            self.out.resize(room, 0);
            let (_, _, written, _) =
                self.decoder
                    .decode_to_utf8(&self.raw[..n], &mut self.out, self.ended);
            self.out.truncate(written);
            self.at = 0;
        }
        let n = buf.len().min(self.out.len() - self.at);
        buf[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
