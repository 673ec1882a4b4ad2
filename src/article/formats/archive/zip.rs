//! Zip archives, by the directory at their end.

use super::{Archive, Entry, Files};
use crate::article::{
    container::{Articles, Container, Open, Opened},
    options::Options,
    stream::BUFFER,
};
use flate2::Crc;
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    sync::{Arc, Mutex, PoisonError},
};
use zip::{CompressionMethod, ZipArchive};

/// Files behind each other, with a directory.
pub static ZIP: Container = Container {
    name: "zip",
    aliases: &[],
    extensions: &["zip"],
    holds: "files of all these kinds, with a directory at its end",
    articles: Articles::Many,
    sniff: |head| head.starts_with(b"PK\x03\x04"),
    open: Open::File(open_zip),
};

fn open_zip(file: File, options: &Options) -> io::Result<Opened> {
    let told = |e: zip::result::ZipError| match e {
        zip::result::ZipError::Io(e) if e.kind() != io::ErrorKind::UnexpectedEof => e,
        e => io::Error::other(format!(
            "no zip archive, or damaged ({e}): check the file's extension, or copy it again"
        )),
    };
    let mut directory = ZipArchive::new(BufReader::new(file.try_clone()?)).map_err(told)?;
    // The few bytes that stand for many files are what makes a bomb of an archive: without
    // them it expands a thousandfold at most.
    if directory.has_overlapping_files().map_err(told)? {
        return Err(io::Error::other(
            "files of the archive share their bytes, as in a bomb: it is not read",
        ));
    }
    let archive = Zip {
        directory,
        file: Arc::new(Mutex::new(file)),
        next: 0,
    };
    Ok(Opened {
        cut: Box::new(Files::new(archive, options)?),
        warning: None,
    })
}

struct Zip {
    directory: ZipArchive<BufReader<File>>,
    file: Arc<Mutex<File>>,
    /// The number of the next entry.
    next: usize,
}

impl Archive for Zip {
    fn next(&mut self) -> io::Result<Option<Entry>> {
        while self.next < self.directory.len() {
            self.next += 1;
            let entry = match self.directory.by_index_raw(self.next - 1) {
                Ok(entry) => entry,
                Err(e) => {
                    let why = format!("entry {} of the directory: {e}; copy it again", self.next);
                    return Ok(Some(Entry::Damaged(why)));
                }
            };
            if entry.is_dir() {
                continue;
            }
            if entry.is_symlink() {
                return Ok(Some(Entry::NoFile("links")));
            }
            let name = match entry.name() {
                Ok(name) => name.replace('\\', "/").into_bytes(),
                Err(_) => entry.name_raw().to_vec(),
            };
            let (size, crc, method) = (entry.size(), entry.crc32(), entry.compression());
            let (packed, encrypted) = (entry.compressed_size(), entry.encrypted());
            let start = entry.data_start();
            drop(entry);
            let reader = match start {
                Some(_) if encrypted => Err(io::Error::other(
                    "it is encrypted: unpack it with its password first",
                )),
                Some(at) => {
                    let bytes = BufReader::with_capacity(
                        BUFFER,
                        Section {
                            file: Arc::clone(&self.file),
                            at,
                            left: packed,
                        },
                    );
                    unpacked(bytes, method).map(|inner| {
                        Box::new(Checked {
                            inner,
                            left: size,
                            crc: Crc::new(),
                            expected: crc,
                        }) as _
                    })
                }
                None => Err(damaged()),
            };
            return Ok(Some(Entry::File(name, reader)));
        }
        Ok(None)
    }
}

fn unpacked(
    bytes: BufReader<Section>,
    method: CompressionMethod,
) -> io::Result<Box<dyn Read + Send>> {
    Ok(match method {
        CompressionMethod::Stored => Box::new(bytes),
        CompressionMethod::Deflated => Box::new(flate2::bufread::DeflateDecoder::new(bytes)),
        // Zstandard, of which the crate knows the name only with its own decoder.
        #[allow(deprecated)]
        CompressionMethod::Unsupported(93) => Box::new(zstd::Decoder::with_buffer(bytes)?),
        other => {
            return Err(io::Error::other(format!(
                "it is compressed by {other}, which is not read: unpack it first"
            )));
        }
    })
}

fn damaged() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "damaged zip data: copy the archive again",
    )
}

/// Bytes of a file.
struct Section {
    file: Arc<Mutex<File>>,
    at: u64,
    left: u64,
}

impl Read for Section {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).map_or(buf.len(), |left| buf.len().min(left));
        if most == 0 {
            return Ok(0);
        }
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let n = file.read(&mut buf[..most])?;
        self.at += n as u64;
        self.left -= n as u64;
        Ok(n)
    }
}

/// A file of the archive: as long as the directory says, with its checksum.
struct Checked {
    inner: Box<dyn Read + Send>,
    left: u64,
    crc: Crc,
    expected: u32,
}

impl Read for Checked {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        let n = match self.inner.read(buf) {
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => return Err(e),
            Err(_) => return Err(damaged()),
        };
        self.crc.update(&buf[..n]);
        match self.left.checked_sub(n as u64) {
            Some(left) if n > 0 || (left == 0 && self.crc.sum() == self.expected) => {
                self.left = left;
                Ok(n)
            }
            _ => Err(damaged()),
        }
    }
}
