//! Opens a stream of bytes as what its name, or else its content, says that it is.

use super::ours::{self, Ours};
use crate::article::{
    Container,
    container::{Open, Opened},
    options::Options,
    stream::{End, Stream, Watched, peek},
};
use crate::compression::{self, Compression};
use std::{
    fs::File,
    io::{self, BufRead, Read},
    sync::{Arc, atomic::AtomicBool},
};

/// Bytes that tell a compression and, through it, a format.
const HEAD: usize = 1 << 13;
/// Bytes that tell a compression.
const MAGIC: usize = 4;

/// What is known of a stream before it is read.
#[derive(Clone, Copy)]
pub(in crate::article) struct Told {
    /// `None` where only the content can tell.
    pub format: Option<&'static Container>,
    /// Whether the name alone says so: then the content may say which format of that
    /// name it is.
    pub by_name: bool,
    /// `None` where only the content can tell.
    pub compression: Option<&'static Compression>,
    /// Whether what glane has written is refused, as [`Ours`].
    pub not_ours: bool,
}

/// Opens `raw`. Raising `stop` ends it; what is wrong behind compressed data goes to
/// `end`. A format that needs a file in any order gets `file`.
///
/// # Errors
/// When it cannot be read, or is not what is told of it.
pub(in crate::article) fn open(
    raw: impl BufRead + Send + 'static,
    told: Told,
    options: &Options,
    stop: Arc<AtomicBool>,
    end: End,
    file: impl FnOnce(&Container, &Compression) -> io::Result<File>,
) -> io::Result<(&'static Container, Opened)> {
    let looked_at = if told.format.is_some() { MAGIC } else { HEAD };
    let (head, raw) = peek(raw, looked_at)?;
    let compression = told
        .compression
        .unwrap_or_else(|| compression::from_magic(&head));
    if head.is_empty() && compression != &compression::NONE {
        return Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            format!(
                "the file is empty, and no {}: copy it again",
                compression.name
            ),
        ));
    }
    let named = match told.format {
        Some(format) => format,
        None => super::sniff(&plain_head(&head, compression)),
    };
    if let Open::Packed(open) = named.open {
        let stream = Stream::new(Watched::new(raw, stop, end))?;
        return Ok((named, open(stream, options)?));
    }
    let plain = (compression.decode)(Box::new(raw))?;
    let mut stream = Stream::new(Watched::new(plain, stop, end))?;
    if told.not_ours && ours::may_be(named) {
        let (is_ours, whole) = ours::look(named, stream)?;
        if is_ours {
            return Err(io::Error::other(Ours));
        }
        stream = whole;
    }
    let format = match told.by_name {
        true => super::settled(named, stream.head()),
        false => named,
    };
    let opened = match format.open {
        Open::Stream(open) | Open::Packed(open) => open(stream, options)?,
        Open::File(open) => {
            let file = file(format, compression)?;
            // The digest is of the file in its order.
            io::copy(&mut stream.into_reader(), &mut io::sink())?;
            open(file, options)?
        }
    };
    Ok((format, opened))
}

/// The first bytes of what is compressed, as far as they can be had from its own.
fn plain_head(head: &[u8], compression: &Compression) -> Vec<u8> {
    let mut plain = Vec::new();
    let packed = io::Cursor::new(head.to_vec());
    // It is cut short, which is no error of the file.
    if let Ok(reader) = (compression.decode)(Box::new(packed)) {
        let _ = reader.take(HEAD as u64).read_to_end(&mut plain);
    }
    plain
}
