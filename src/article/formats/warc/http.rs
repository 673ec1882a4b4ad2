//! What a server answered (RFC 9112): the status, the head, and the body without what
//! the transport put around it.

use super::head::Head;
use crate::article::Unreadable;
use std::{
    borrow::Cow,
    io::{self, Read},
};

/// The head of an answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub head: Head,
    /// Where the body begins.
    pub body: usize,
}

/// Reads the head of an answer; `None` where it has none.
pub(super) fn answer(bytes: &[u8]) -> Option<Answer> {
    let mut rest = bytes;
    let end = memchr::memchr(b'\n', rest)?;
    let line = std::str::from_utf8(&rest[..end]).ok()?;
    let mut words = line.split_ascii_whitespace();
    words.next().filter(|w| w.starts_with("HTTP/"))?;
    let status = words.next()?.parse().ok()?;
    rest = &rest[end + 1..];
    let head = Head::read(&mut rest).ok()??;
    Some(Answer {
        status,
        head,
        body: bytes.len() - rest.len(),
    })
}

/// The body without its transfer and content encodings. Crawlers often take them off
/// and leave the head as it was, so a body that is not what the head says is taken as
/// it lies. At most `most` bytes.
///
/// # Errors
/// When it is damaged, longer, or compressed in a way that is not read.
pub(super) fn content<'b>(
    head: &Head,
    body: &'b [u8],
    most: usize,
) -> Result<Cow<'b, [u8]>, Unreadable> {
    let mut body = Cow::Borrowed(body);
    let value = |name| head.get(name).unwrap_or_default().to_ascii_lowercase();
    if value("Transfer-Encoding").contains("chunked")
        && let Some(joined) = unchunked(&body)
    {
        body = Cow::Owned(joined);
    }
    let encodings = value("Content-Encoding");
    // The last one was put on last.
    for encoding in encodings.rsplit(',').map(str::trim) {
        let zlib = |b: &[u8]| {
            b.len() > 1 && b[0] & 0x0F == 8 && (u16::from(b[0]) << 8 | u16::from(b[1])) % 31 == 0
        };
        let plain = match encoding {
            "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
                all(flate2::bufread::MultiGzDecoder::new(&*body), most)
            }
            "deflate" if zlib(&body) => all(flate2::bufread::ZlibDecoder::new(&*body), most),
            "zstd" if body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => {
                zstd::Decoder::with_buffer(&*body)
                    .map_err(damaged)
                    .and_then(|r| all(r, most))
            }
            // Text that was decoded already has no bytes of these kinds at its start.
            "br" | "compress" if !looks_plain(&body) => Err(Unreadable::new(
                "decode",
                format!("the page is compressed by `{encoding}`, which is not read"),
            )),
            _ => continue,
        }?;
        body = Cow::Owned(plain);
    }
    Ok(body)
}

/// Whether bytes begin as a text does.
fn looks_plain(body: &[u8]) -> bool {
    let head = &body[..body.len().min(64)];
    !head.iter().any(|b| *b < b' ' && !b.is_ascii_whitespace())
        && !matches!(std::str::from_utf8(head), Err(e) if e.error_len().is_some())
}

fn damaged(e: io::Error) -> Unreadable {
    Unreadable::new("decode", format!("the body of the answer is damaged: {e}"))
}

fn all(reader: impl Read, most: usize) -> Result<Vec<u8>, Unreadable> {
    let mut plain = Vec::new();
    let mut reader = reader.take(most as u64 + 1);
    match reader.read_to_end(&mut plain) {
        Ok(n) if n > most => Err(Unreadable::new(
            "read",
            format!(
                "decompressed, the page is longer than one article may be ({most} bytes); if it \
                 is one, run again with a larger --max-article-bytes"
            ),
        )),
        Ok(_) => Ok(plain),
        Err(e) => Err(damaged(e)),
    }
}

/// Chunks joined; `None` where the body is not in chunks. A body that ends inside a chunk
/// is what there is of it.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest) = (Vec::with_capacity(body.len()), body);
    let mut chunks = 0u64;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).filter(|end| *end < 256);
        let line = end.map(|end| &rest[..end]);
        let size = line.and_then(|line| {
            let line = line.split(|b| *b == b';').next()?.trim_ascii();
            let digits = std::str::from_utf8(line).ok()?;
            usize::from_str_radix(digits, 16).ok()
        });
        let (Some(end), Some(size)) = (end, size) else {
            return (chunks > 0).then_some(out);
        };
        chunks += 1;
        if size == 0 {
            break;
        }
        rest = &rest[end + 1..];
        out.extend(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    (chunks > 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn head(text: &str) -> Head {
        Head::read(&mut format!("{text}\r\n\r\n").as_bytes())
            .unwrap()
            .unwrap()
    }

    fn gz(text: &[u8]) -> Vec<u8> {
        let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        w.write_all(text).unwrap();
        w.finish().unwrap()
    }

    #[test]
    fn an_answer_has_a_status_and_a_head() {
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>";
        let answer = answer(bytes).unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(answer.head.get("content-type"), Some("text/html"));
        assert_eq!(&bytes[answer.body..], b"<p>");
        assert!(super::answer(b"<html>\r\n\r\n").is_none());
        assert!(super::answer(b"HTTP/1.1 200 OK\r\nA: b").is_none());
    }

    #[test]
    fn encodings_are_taken_off_where_they_are_there() {
        let chunked = head("Transfer-Encoding: chunked");
        let get = |head: &Head, body: &[u8]| content(head, body, 1000).map(Cow::into_owned);
        let both = b"4;x=y\r\nL'\xc3\xa9\r\n3\r\nt\xc3\xa9\r\n0\r\nA: b\r\n\r\n";
        assert_eq!(get(&chunked, both).unwrap(), "L'été".as_bytes());
        // The last chunk is cut short; and no chunks at all.
        assert_eq!(get(&chunked, b"2\r\nab\r\n9\r\ncd").unwrap(), b"abcd");
        assert_eq!(get(&chunked, b"<p>Un texte").unwrap(), b"<p>Un texte");
        let gzip = head("Content-Encoding: gzip");
        assert_eq!(get(&gzip, &gz(b"abc")).unwrap(), b"abc");
        assert_eq!(get(&gzip, b"abc").unwrap(), b"abc");
        assert!(get(&gzip, &gz(&[b'a'; 2000])).is_err());
        assert_eq!(get(&gzip, &gz(b"abc")[..15]).unwrap_err().stage, "decode");
        let br = head("Content-Encoding: br");
        assert!(get(&br, b"\x1b\x03\x00\xf8").is_err());
        assert_eq!(get(&br, "<p>été".as_bytes()).unwrap(), "<p>été".as_bytes());
    }
}
