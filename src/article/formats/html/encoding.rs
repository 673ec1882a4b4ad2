//! In which encoding a page is: what it says of itself, unless its bytes speak against
//! it.

use crate::article::decode::{self, Decoded, NotText};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// Bytes in which a page declares its encoding. Browsers look at the first 1,024; pages
/// with long comments before it are read by nobody else.
const HEAD: usize = 1 << 13;

/// Decodes a page: a byte order mark, then valid UTF-8 (no other text of a press page
/// looks like it by chance), then what the server or the page declares, then what is
/// detected.
pub(super) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Result<Decoded<'a>, NotText> {
    let marked = Encoding::for_bom(bytes).is_some() || memchr::memchr(0, bytes).is_some();
    if marked {
        return decode::decode(bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: text.into(),
            warning: None,
        });
    }
    let named = charset.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match named.or_else(|| declared(bytes)) {
        Some(encoding) if encoding != UTF_8 => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let name = encoding.name().to_ascii_lowercase();
            Ok(Decoded {
                text,
                warning: Some(format!("decoded_as:{name}")),
            })
        }
        _ => decode::decode(bytes),
    }
}

/// `<meta charset="…">`, `<meta … content="text/html; charset=…">`, `<?xml … encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let labels = ["charset", "encoding"];
    let found = labels.iter().find_map(|name| {
        let places = memmem::find_iter(&head, name);
        places.filter_map(|i| label(&head[i + name.len()..])).next()
    })?;
    // A page that can be read up to here is in no encoding of two bytes a letter.
    Some(match found {
        wide if wide == UTF_16LE || wide == UTF_16BE => UTF_8,
        other => other,
    })
}

/// `="iso-8859-1"` and the like.
fn label(rest: &[u8]) -> Option<&'static Encoding> {
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or(rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let ends =
        |b: &u8| matches!(b, b'"' | b'\'' | b';' | b'>' | b'/' | b'?') || b.is_ascii_whitespace();
    let length = rest.iter().position(ends)?;
    Encoding::for_label(&rest[..length])
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{ISO_8859_2, ISO_8859_15, WINDOWS_1252};

    fn read(bytes: &[u8], charset: Option<&str>) -> (String, Option<String>) {
        let decoded = decode(bytes, charset).unwrap();
        (decoded.text.into_owned(), decoded.warning)
    }

    #[test]
    fn what_is_declared_and_what_the_bytes_say() {
        let page = |declaration: &str| format!("<head>{declaration}</head>Le café à Nîmes");
        for (declaration, encoding) in [
            ("<meta charset=iso-8859-1>", WINDOWS_1252),
            ("<META CHARSET='latin1' />", WINDOWS_1252),
            (
                "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=ISO-8859-15\">",
                ISO_8859_15,
            ),
            ("<?xml version='1.0' encoding='iso-8859-2'?>", ISO_8859_2),
        ] {
            let page = page(declaration);
            let (bytes, _, _) = encoding.encode(&page);
            let warning = format!("decoded_as:{}", encoding.name().to_ascii_lowercase());
            assert_eq!(read(&bytes, None).1, Some(warning), "{declaration}");
            // UTF-8 that says something else of itself.
            assert_eq!(read(page.as_bytes(), None), (page.clone(), None));
        }
        // Declared as UTF-8, and is not; declared as nothing.
        for declaration in ["<meta charset=utf-8>", "", "<meta charset=utf-16>"] {
            let page = page(declaration);
            let (bytes, _, _) = WINDOWS_1252.encode(&page);
            let warning = Some("decoded_as:windows-1252".to_owned());
            assert_eq!(read(&bytes, None), (page, warning));
        }
        // The server's word comes first.
        let page = page("<meta charset=iso-8859-2>");
        let (bytes, _, _) = WINDOWS_1252.encode(&page);
        assert_eq!(read(&bytes, Some("windows-1252")).0, page);
        assert!(decode(b"\0\xff<p>", None).is_err());
    }
}
