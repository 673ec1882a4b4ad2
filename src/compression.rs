//! How files are compressed: one declaration each, for reading and for writing.

mod gzip;

pub(crate) use gzip::{Gzip, WrongChecksum};

use std::{
    fmt,
    io::{self, BufRead, Read, Write},
};

/// What opens the decoder over a stream of compressed bytes.
type Decode = fn(Box<dyn BufRead + Send>) -> io::Result<Box<dyn Read + Send>>;

/// A compression, declared once in [`ALL`].
#[non_exhaustive]
pub struct Compression {
    /// Name, as in messages.
    pub name: &'static str,
    /// Extension of compressed files in lower case, without its full stop.
    pub extension: &'static str,
    /// First bytes of a compressed stream.
    pub magic: &'static [u8],
    /// Reads through the compression.
    pub decode: Decode,
    /// Writes through the compression.
    pub encode: fn(Plain) -> io::Result<Box<dyn Encoder>>,
}

/// An error of the end of a compressed stream after all that it holds was read:
/// nothing before it is lost or in doubt.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Loose(String);

impl Loose {
    fn error(what: impl Into<String>) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, Self(what.into()))
    }

    /// What is told by an error of this kind.
    pub fn told(error: &io::Error) -> Option<&str> {
        let inner = error.get_ref()?.downcast_ref::<Self>()?;
        Some(&inner.0)
    }
}

/// What compressed bytes are written to.
pub type Plain = Box<dyn Write + Send>;

/// A file that is written through a compression.
pub trait Encoder: Write + Send {
    /// Ends the stream, and flushes what it was written to.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// No compression.
pub static NONE: Compression = Compression {
    name: "none",
    extension: "",
    magic: &[],
    decode: |plain| Ok(plain as Box<dyn Read + Send>),
    encode: |plain| Ok(Box::new(plain)),
};

/// gzip (RFC 1952), one member or several.
pub static GZIP: Compression = Compression {
    name: "gzip",
    extension: "gz",
    magic: &[0x1F, 0x8B],
    decode: |raw| Ok(Box::new(gzip::Gzip::new(raw))),
    encode: |file| {
        Ok(Box::new(flate2::write::GzEncoder::new(
            file,
            flate2::Compression::default(),
        )))
    },
};

/// Zstandard (RFC 8878), one frame or several.
pub static ZSTD: Compression = Compression {
    name: "zstd",
    extension: "zst",
    magic: &[0x28, 0xB5, 0x2F, 0xFD],
    decode: |raw| {
        let mut decoder = zstd::Decoder::with_buffer(raw)?;
        // `zstd --long=31` writes windows that are refused otherwise.
        decoder.window_log_max(31)?;
        Ok(Box::new(Told(decoder)))
    },
    encode: |file| Ok(Box::new(zstd::Encoder::new(file, 3)?)),
};

/// Zstandard, with errors that say what to do.
struct Told<R>(R);

impl<R: Read> Read for Told<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => io::Error::new(
                e.kind(),
                "the file ends in the middle of the Zstandard data: it was cut off; copy it again",
            ),
            // What the library says, and not what the system does.
            io::ErrorKind::Other => io::Error::other(format!(
                "no Zstandard data, or damaged ({e}): check the file's extension, or copy it again"
            )),
            _ => e,
        })
    }
}

/// The compressions that there are.
pub static ALL: &[&Compression] = &[&GZIP, &ZSTD];

impl Encoder for Plain {
    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.flush()
    }
}

impl Encoder for flate2::write::GzEncoder<Plain> {
    fn finish(self: Box<Self>) -> io::Result<()> {
        (*self).finish()?.flush()
    }
}

impl Encoder for zstd::Encoder<'static, Plain> {
    fn finish(self: Box<Self>) -> io::Result<()> {
        (*self).finish()?.flush()
    }
}

/// What the first bytes of a stream say.
pub fn from_magic(head: &[u8]) -> &'static Compression {
    ALL.iter()
        .find(|c| head.starts_with(c.magic))
        .unwrap_or(&&NONE)
}

/// Takes the extension of a compression off a name: `a.csv.GZ` is `a.csv`,
/// gzip.
pub fn take_off(name: &str) -> (&str, &'static Compression) {
    name.rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty() && !stem.ends_with(['/', std::path::MAIN_SEPARATOR]))
        .and_then(|(stem, extension)| {
            let known = ALL
                .iter()
                .find(|c| extension.eq_ignore_ascii_case(c.extension))?;
            Some((stem, *known))
        })
        .unwrap_or((name, &NONE))
}

impl PartialEq for Compression {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Compression {}

impl fmt::Debug for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reads_what_it_writes_and_is_known_by_name_and_by_magic() {
        let dir = tempfile::tempdir().unwrap();
        for c in ALL.iter().chain([&&NONE]) {
            let path = dir.path().join(c.name);
            let file = io::BufWriter::new(std::fs::File::create(&path).unwrap());
            let mut out = (c.encode)(Box::new(file)).unwrap();
            out.write_all("À l'été".as_bytes()).unwrap();
            out.finish().unwrap();
            let bytes = std::fs::read(&path).unwrap();
            assert_eq!(from_magic(&bytes), *c);
            let mut text = String::new();
            (c.decode)(Box::new(io::Cursor::new(bytes)))
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            assert_eq!(text, "À l'été", "{c:?}");
            if *c != &NONE {
                let name = format!("a.b.{}", c.extension.to_uppercase());
                assert_eq!(take_off(&name), ("a.b", *c));
            }
        }
        assert_eq!(take_off("d/.gz"), ("d/.gz", &NONE));
    }
}
