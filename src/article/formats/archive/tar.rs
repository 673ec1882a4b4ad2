//! Tar archives (POSIX ustar and pax, GNU), as streams.

use super::{Archive, Entry, Files};
use crate::{
    article::{
        container::{Articles, Container, Open, Opened},
        options::Options,
        stream::{BUFFER, Stream},
    },
    compression,
};
use std::{
    io::{self, BufReader, Read},
    sync::{Arc, Mutex, PoisonError},
};
use tar::{EntryType, Header, PaxExtensions};

/// Files one after another.
pub static TAR: Container = Container {
    name: "tar",
    aliases: &["tgz"],
    extensions: &["tar", "tgz"],
    holds: "files of all these kinds, one after another",
    articles: Articles::Many,
    sniff: |head| {
        let block = head.get(..BLOCK);
        block.is_some_and(|block| head[257..].starts_with(b"ustar") && is_header(block))
    },
    open: Open::Stream(open_tar),
};

/// Bytes of a block.
const BLOCK: usize = 512;
/// Longest name, and longest list of extended fields, in bytes: names are below 4,096
/// on every system.
const LONGEST: u64 = 1 << 20;

fn open_tar(stream: Stream, options: &Options) -> io::Result<Opened> {
    let packed = compression::from_magic(stream.head());
    // `.tgz` names no compression.
    let plain: Box<dyn Read + Send> = match packed == &compression::NONE {
        true => stream.into_reader(),
        false => {
            let raw = BufReader::with_capacity(BUFFER, stream.into_reader());
            (packed.decode)(Box::new(raw))?
        }
    };
    let source = Source {
        inner: BufReader::with_capacity(BUFFER, plain),
        left: 0,
        padding: 0,
        torn: false,
    };
    let archive = Tar {
        source: Arc::new(Mutex::new(source)),
        block: [0; BLOCK],
        begun: false,
        ahead: false,
    };
    Ok(Opened {
        cut: Box::new(Files::new(archive, options)?),
        warning: None,
    })
}

/// Where the archive is read.
struct Source {
    inner: BufReader<Box<dyn Read + Send>>,
    /// Bytes of the file at hand that were not read.
    left: u64,
    /// Bytes between its end and the next block.
    padding: u64,
    /// Whether it ended inside a file.
    torn: bool,
}

impl Source {
    /// Fills `block`; `false` at the end of the archive.
    fn block(&mut self, block: &mut [u8; BLOCK]) -> io::Result<bool> {
        let mut got = 0;
        while got < BLOCK {
            match self.inner.read(&mut block[got..]) {
                Ok(0) if got == 0 => return Ok(false),
                Ok(0) => return Err(cut_off()),
                Ok(n) => got += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(true)
    }

    /// Passes over what is left of the file at hand.
    fn pass(&mut self) -> io::Result<()> {
        let all = self.left + self.padding;
        if self.torn {
            return Err(cut_off());
        }
        let passed = io::copy(&mut self.inner.by_ref().take(all), &mut io::sink())?;
        // Some programs leave out the padding of the last file.
        if passed < self.left {
            return Err(cut_off());
        }
        (self.left, self.padding) = (0, 0);
        Ok(())
    }

    fn begin(&mut self, size: u64) {
        self.left = size;
        self.padding = size.next_multiple_of(BLOCK as u64) - size;
    }
}

fn cut_off() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the archive ends in the middle of a file: it was cut off; copy it again",
    )
}

struct Tar {
    source: Arc<Mutex<Source>>,
    block: [u8; BLOCK],
    /// Whether a header was met.
    begun: bool,
    /// Whether `block` is a header that is still to be looked at.
    ahead: bool,
}

impl Tar {
    /// The content of an entry that describes the next one.
    fn content(&self, size: u64) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        let mut reader = Data(Arc::clone(&self.source)).take(size.min(LONGEST));
        reader.read_to_end(&mut content)?;
        Ok(content)
    }
}

impl Archive for Tar {
    fn next(&mut self) -> io::Result<Option<Entry>> {
        let (mut name, mut size, mut lost) = (None, None, 0u64);
        loop {
            if !std::mem::take(&mut self.ahead) {
                let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
                source.pass()?;
                let there = source.block(&mut self.block)?;
                let zeros = there && self.block.iter().all(|b| *b == 0);
                if there && !zeros && !is_header(&self.block) {
                    if !self.begun {
                        return Err(io::Error::other(
                            "this is no tar archive: check the file's extension",
                        ));
                    }
                    lost += BLOCK as u64;
                    continue;
                }
                if lost > 0 {
                    self.ahead = there && !zeros;
                    return Ok(Some(Entry::Damaged(damaged(lost))));
                }
                if !there {
                    return Ok(None);
                }
                // They end an archive, behind which another one may stand.
                if zeros {
                    self.begun = true;
                    continue;
                }
            }
            self.begun = true;
            let header = Header::from_byte_slice(&self.block);
            let kind = header.entry_type();
            let path = header.path_bytes().into_owned();
            let own = header.entry_size()?;
            let bytes = match kind {
                EntryType::Regular | EntryType::Continuous => size.unwrap_or(own),
                _ => own,
            };
            // Sizes of links and folders are of no data.
            let data = !matches!(
                kind,
                EntryType::Link
                    | EntryType::Symlink
                    | EntryType::Char
                    | EntryType::Block
                    | EntryType::Directory
                    | EntryType::Fifo
            );
            self.source
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .begin(if data { bytes } else { 0 });
            match kind {
                EntryType::GNULongName => {
                    let mut long = self.content(bytes)?;
                    while long.last() == Some(&0) {
                        long.pop();
                    }
                    name = Some(long);
                    continue;
                }
                EntryType::XHeader => {
                    let fields = self.content(bytes)?;
                    for field in PaxExtensions::new(&fields).flatten() {
                        match field.key_bytes() {
                            b"path" => name = Some(field.value_bytes().to_vec()),
                            b"size" => size = field.value().ok().and_then(|v| v.parse().ok()),
                            _ => {}
                        }
                    }
                    continue;
                }
                EntryType::XGlobalHeader | EntryType::GNULongLink | EntryType::Directory => {}
                EntryType::Link | EntryType::Symlink => return Ok(Some(Entry::NoFile("links"))),
                EntryType::Char | EntryType::Block | EntryType::Fifo => {
                    return Ok(Some(Entry::NoFile("devices and pipes")));
                }
                EntryType::GNUSparse => return Ok(Some(Entry::NoFile("sparse files"))),
                // Unknown kinds are files, as POSIX has it.
                _ => {
                    let name = name.unwrap_or(path);
                    // As the oldest archives write a folder.
                    if !name.ends_with(b"/") {
                        let data = Data(Arc::clone(&self.source));
                        return Ok(Some(Entry::File(name, Ok(Box::new(data)))));
                    }
                }
            }
            (name, size) = (None, None);
        }
    }
}

fn damaged(bytes: u64) -> String {
    format!("{bytes} bytes of the archive belong to no file: it is damaged there; copy it again")
}

/// The bytes of the file at hand.
struct Data(Arc<Mutex<Source>>);

impl Read for Data {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let most = usize::try_from(source.left).map_or(buf.len(), |left| buf.len().min(left));
        if most == 0 {
            return Ok(0);
        }
        let n = source.inner.read(&mut buf[..most])?;
        if n == 0 {
            (source.left, source.torn) = (0, true);
            return Err(cut_off());
        }
        source.left -= n as u64;
        Ok(n)
    }
}

/// Whether a block is a header: its checksum says so.
fn is_header(block: &[u8]) -> bool {
    /// Where the checksum itself stands, which counts as blanks.
    const SUM: std::ops::Range<usize> = 148..156;
    let bytes = block.iter().enumerate();
    let sum: u32 = bytes
        .map(|(i, b)| u32::from(if SUM.contains(&i) { b' ' } else { *b }))
        .sum();
    Header::from_byte_slice(block)
        .cksum()
        .is_ok_and(|said| said == sum)
}
