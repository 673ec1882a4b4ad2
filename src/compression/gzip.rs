//! gzip (RFC 1952), one member or several, read so that what lies at the end of a
//! file costs nothing that stands before it: zeros that a tape or a disk added, a
//! checksum that was cut off, bytes that are no gzip.

use super::Loose;
use flate2::{Crc, Decompress, FlushDecompress, Status};
use std::io::{self, BufRead, Read};

/// First bytes of a member: magic and method (deflate, the only one there is).
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];
/// Bytes of a member's checksum and length, behind its data.
const TRAILER: usize = 8;
/// Flags of the header (RFC 1952, 2.3.1).
const HEADER_CRC: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAME: u8 = 1 << 3;
const COMMENT: u8 = 1 << 4;

/// The data of a member are not those that were packed. They were all given out.
#[derive(Debug, thiserror::Error)]
#[error(
    "the gzip checksum is another one than that of the data: something in the file is damaged; \
     copy it again"
)]
pub(crate) struct WrongChecksum;

impl WrongChecksum {
    /// Whether this is what is wrong.
    pub fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|e| e.is::<Self>())
    }
}

/// Where the reader stands.
enum At {
    Member,
    Data,
    Trailer,
    End,
}

/// Reads through gzip.
pub(crate) struct Gzip<R> {
    inner: Trail<R>,
    at: At,
    /// Members begun.
    members: u64,
    inflate: Decompress,
    crc: Crc,
}

impl<R: BufRead> Gzip<R> {
    pub fn new(inner: R) -> Self {
        Self {
            inner: Trail::new(inner),
            at: At::Member,
            members: 0,
            inflate: Decompress::new(false),
            crc: Crc::new(),
        }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.inner.filled()?.first().copied();
        self.inner.consume_kept(usize::from(byte.is_some()));
        Ok(byte)
    }

    fn header_byte(&mut self) -> io::Result<u8> {
        self.byte()?
            .ok_or_else(|| cut_off("inside the head of a gzip member"))
    }

    /// Reads the head of the next member, if there is one.
    fn member(&mut self) -> io::Result<bool> {
        if self.members > 0 {
            while self.inner.filled()?.first() == Some(&0) {
                self.inner.consume(1);
            }
        }
        for (i, expected) in MAGIC.into_iter().enumerate() {
            match self.byte()? {
                None if i == 0 => return Ok(false),
                Some(byte) if byte == expected => {}
                None => return Err(cut_off("inside the head of a gzip member")),
                Some(_) if self.members == 0 => {
                    return Err(invalid(
                        "these are no gzip data: check the file's extension",
                    ));
                }
                Some(_) => {
                    return Err(Loose::error(
                        "bytes that are no gzip stand behind the gzip data and were not read; \
                         all before them was",
                    ));
                }
            }
        }
        let flags = self.header_byte()?;
        self.begin(flags)?;
        Ok(true)
    }

    /// Reads the head of a member behind its magic and `flags`.
    fn begin(&mut self, flags: u8) -> io::Result<()> {
        self.members += 1;
        // Time, extra flags, system.
        for _ in 0..6 {
            self.header_byte()?;
        }
        if flags & EXTRA != 0 {
            let length = u16::from_le_bytes([self.header_byte()?, self.header_byte()?]);
            for _ in 0..length {
                self.header_byte()?;
            }
        }
        for text in [NAME, COMMENT] {
            while flags & text != 0 && self.header_byte()? != 0 {}
        }
        if flags & HEADER_CRC != 0 {
            self.header_byte()?;
            self.header_byte()?;
        }
        self.inflate.reset(false);
        self.crc.reset();
        self.inner.forget();
        Ok(())
    }

    /// Goes on with the next member behind an error; `false` where there is none.
    /// What looks like a member inside damaged data fails again, or gives bytes that
    /// are none of anybody's: who calls this must know where its records begin.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resume(&mut self) -> io::Result<bool> {
        /// Flags that RFC 1952 keeps for later.
        const RESERVED: u8 = 0xE0;
        // Bytes of the magic that were just read.
        let mut met = 0;
        self.at = At::End;
        self.inner.turn_back();
        loop {
            if met == 0 {
                let chunk = self.inner.filled()?;
                let skipped = memchr::memchr(MAGIC[0], chunk).unwrap_or(chunk.len());
                let ended = chunk.is_empty();
                self.inner.consume(skipped);
                if ended {
                    return Ok(false);
                }
            }
            let Some(byte) = self.byte()? else {
                return Ok(false);
            };
            met = match MAGIC.get(met) {
                Some(expected) if *expected == byte => met + 1,
                None if byte & RESERVED == 0 => match self.begin(byte) {
                    Ok(()) => {
                        self.at = At::Data;
                        return Ok(true);
                    }
                    Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
                    Err(e) => return Err(e),
                },
                _ => usize::from(byte == MAGIC[0]),
            };
        }
    }

    /// Inflates into `out`; `None` at the end of the member's data.
    fn data(&mut self, out: &mut [u8]) -> io::Result<Option<usize>> {
        loop {
            let chunk = self.inner.filled()?;
            let ended = chunk.is_empty();
            let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self
                .inflate
                .decompress(chunk, out, FlushDecompress::None)
                .map_err(|_| invalid("damaged gzip data: copy the file again"))?;
            let read = (self.inflate.total_in() - read) as usize;
            let written = (self.inflate.total_out() - written) as usize;
            self.inner.consume_kept(read);
            self.crc.update(&out[..written]);
            match status {
                Status::StreamEnd => self.at = At::Trailer,
                _ if written == 0 && ended => {
                    return Err(cut_off("in the middle of the gzip data"));
                }
                _ if written == 0 && read == 0 => {
                    return Err(invalid("damaged gzip data: copy the file again"));
                }
                _ => {}
            }
            if written > 0 {
                return Ok(Some(written));
            }
            if status == Status::StreamEnd {
                return Ok(None);
            }
        }
    }

    fn trailer(&mut self) -> io::Result<()> {
        let mut trailer = [0; TRAILER];
        for (i, place) in trailer.iter_mut().enumerate() {
            match self.byte()? {
                Some(byte) => *place = byte,
                None => {
                    return Err(Loose::error(format!(
                        "the file lacks its last bytes ({i} of {TRAILER} of a gzip checksum): what \
                         it holds was read, but not checked; copy it again if more is missing"
                    )));
                }
            }
        }
        let crc = u32::from_le_bytes([trailer[0], trailer[1], trailer[2], trailer[3]]);
        if crc != self.crc.sum() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, WrongChecksum));
        }
        self.inner.forget();
        Ok(())
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            // An error ends it.
            match std::mem::replace(&mut self.at, At::End) {
                At::Member => {
                    if self.member()? {
                        self.at = At::Data;
                    }
                }
                At::Data => {
                    self.at = At::Data;
                    match self.data(out) {
                        Ok(Some(n)) => return Ok(n),
                        Ok(None) => {}
                        Err(e) => {
                            self.at = At::End;
                            return Err(e);
                        }
                    }
                }
                At::Trailer => {
                    self.trailer()?;
                    self.at = At::Member;
                }
                At::End => return Ok(0),
            }
        }
    }
}

/// Bytes of a member that are kept, to look in them for the next one: a member that was
/// cut short is noticed some way into what follows it.
const KEPT: usize = 1 << 16;

/// A source that can turn back a little.
struct Trail<R> {
    inner: R,
    /// The last bytes that were taken.
    taken: Vec<u8>,
    /// Bytes to be taken once more, and how far that is.
    again: Vec<u8>,
    at: usize,
}

impl<R: BufRead> Trail<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            taken: Vec::new(),
            again: Vec::new(),
            at: 0,
        }
    }

    /// What is at hand; empty at the end.
    fn filled(&mut self) -> io::Result<&[u8]> {
        if self.at < self.again.len() {
            return Ok(&self.again[self.at..]);
        }
        loop {
            match self.inner.fill_buf() {
                Ok(_) => break,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        if self.at < self.again.len() {
            self.at += n;
        } else {
            self.inner.consume(n);
        }
    }

    /// Consumes `n` bytes of what is at hand, and keeps the last of them.
    fn consume_kept(&mut self, n: usize) {
        if self.at < self.again.len() {
            self.taken.extend(&self.again[self.at..self.at + n]);
        } else if let Ok(chunk) = self.inner.fill_buf() {
            self.taken.extend(&chunk[n.saturating_sub(KEPT)..n]);
        }
        if self.taken.len() > 2 * KEPT {
            self.taken.drain(..self.taken.len() - KEPT);
        }
        self.consume(n);
    }

    fn forget(&mut self) {
        self.taken.clear();
    }

    /// Gives what was kept once more.
    fn turn_back(&mut self) {
        let mut taken = std::mem::take(&mut self.taken);
        taken.extend(&self.again[self.at.min(self.again.len())..]);
        (self.again, self.at) = (taken, 0);
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn cut_off(place: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        format!("the file ends {place}: it was cut off; copy it again"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const TEXT: &str = "L'été à Nîmes\nL'hiver à Metz\n";

    fn packed(text: &str) -> Vec<u8> {
        let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        w.write_all(text.as_bytes()).unwrap();
        w.finish().unwrap()
    }

    /// All that could be read, and how it ended.
    fn read(bytes: &[u8], buffer: usize) -> (String, io::Result<()>) {
        let mut out = Vec::new();
        let ended = Gzip::new(io::BufReader::with_capacity(buffer, bytes)).read_to_end(&mut out);
        (String::from_utf8(out).unwrap(), ended.map(|_| ()))
    }

    fn is_loose(ended: &io::Result<()>) -> bool {
        ended.as_ref().is_err_and(|e| Loose::told(e).is_some())
    }

    #[test]
    fn members_with_every_part_of_a_head() {
        let head = flate2::GzBuilder::new()
            .filename("été.txt")
            .comment("un essai")
            .extra(*b"abcd");
        let mut w = head.write(Vec::new(), flate2::Compression::fast());
        w.write_all(TEXT.as_bytes()).unwrap();
        let bytes = [w.finish().unwrap(), packed(""), packed(TEXT)].concat();
        for buffer in [1, 3, 1000] {
            let (text, ended) = read(&bytes, buffer);
            assert_eq!(text, TEXT.repeat(2));
            ended.unwrap();
        }
        assert_eq!(read(b"", 9).0, "");
    }

    #[test]
    fn what_stands_behind_costs_nothing_before_it() {
        let good = packed(TEXT);
        let zeros = [good.clone(), vec![0; 700]].concat();
        let between = [zeros.clone(), good.clone()].concat();
        for (padded, members) in [(zeros, 1), (between, 2)] {
            let (text, ended) = read(&padded, 64);
            assert_eq!(text, TEXT.repeat(members));
            ended.unwrap();
        }
        for tail in ["rubbish", "\u{1f}x", "\0\0x"] {
            let (text, ended) = read(&[&good, tail.as_bytes()].concat(), 64);
            assert_eq!(text, TEXT);
            assert!(is_loose(&ended), "{tail:?}: {ended:?}");
        }
        for lacking in 1..=TRAILER {
            let (text, ended) = read(&good[..good.len() - lacking], 64);
            assert_eq!(text, TEXT);
            assert!(is_loose(&ended), "{lacking}: {ended:?}");
        }
    }

    #[test]
    fn what_is_damaged_is_said() {
        let good = packed(&TEXT.repeat(50));
        let torn = &good[..good.len() - TRAILER - 1];
        assert_eq!(
            read(torn, 64).1.unwrap_err().kind(),
            io::ErrorKind::UnexpectedEof
        );
        let mut wrong = good.clone();
        let at = good.len() - TRAILER;
        wrong[at] ^= 1;
        let (text, ended) = read(&wrong, 64);
        assert_eq!(text, TEXT.repeat(50));
        assert!(!is_loose(&ended));
        assert!(ended.unwrap_err().to_string().contains("checksum"));
        for bytes in [
            &b"PK\x03\x04"[..],
            b"\x1f\x8b\x07",
            b"\x1f",
            b"\x1f\x8b\x08\x08name",
        ] {
            assert!(read(bytes, 64).1.is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn it_goes_on_behind_a_damaged_member() {
        let good = packed(TEXT);
        let mut bad = packed(&"abcdefgh".repeat(400));
        let at = bad.len() / 2;
        bad[at] ^= 0xFF;
        let torn = &good[..good.len() - 12];
        for (damaged, members) in [(&bad[..], 1), (torn, 1), (b"\x1f\x1f\x8b\x1f", 1)] {
            let bytes = [&good, damaged, &good].concat();
            for buffer in [1, 3, 1000] {
                let inner = io::BufReader::with_capacity(buffer, &bytes[..]);
                let mut gzip = Gzip::new(inner);
                let mut out = Vec::new();
                assert!(gzip.read_to_end(&mut out).is_err());
                assert!(out.starts_with(TEXT.as_bytes()));
                let mut behind = Vec::new();
                let mut whole = 0;
                while gzip.resume().unwrap() {
                    behind.clear();
                    whole += usize::from(gzip.read_to_end(&mut behind).is_ok());
                }
                assert_eq!(whole, members);
                assert_eq!(behind, TEXT.as_bytes());
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn ends_whatever_comes(
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200),
            at in 0usize..40,
        ) {
            let mut broken = packed(TEXT);
            let at = at.min(broken.len());
            broken.splice(at.., bytes);
            let mut out = Vec::new();
            let _ = Gzip::new(&broken[..]).take(1 << 20).read_to_end(&mut out);
        }
    }
}
