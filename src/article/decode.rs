//! Bytes to text. Offsets refer to the text that comes out of here; it is
//! never normalised or trimmed, only a byte order mark is taken off.

use super::old;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// A decoded text and, where the bytes were not plain UTF-8, a remark for the
/// record's `warnings`.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// `decoded_as:<label>`, `invalid_utf8:<count>` or `nul_characters:<count>`.
    pub warning: Option<String>,
}

/// The bytes are no text in any encoding that newspapers use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("looks like a binary file (NUL bytes and no UTF-16): turn it into text, or leave it out")]
pub struct NotText;

/// Decodes `bytes`: UTF-8 with or without a byte order mark, else UTF-16, else
/// UTF-8 with a few broken bytes (each replaced by U+FFFD), else what
/// `chardetng` recognises.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        let body = &bytes[bom..];
        return if encoding == UTF_8 {
            Ok(utf8(body).unwrap_or_else(|| legacy(body)))
        } else {
            Ok(with(encoding, body))
        };
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(with(encoding, bytes));
    }
    if memchr::memchr(0, bytes).is_some() {
        return with_nuls(bytes).ok_or(NotText);
    }
    Ok(utf8(bytes).unwrap_or_else(|| legacy(bytes)))
}

/// UTF-8 that something has sprinkled with a few NUL bytes, or ended with a block
/// of them, as a disk does after a crash. What is binary is no UTF-8.
fn with_nuls(bytes: &[u8]) -> Option<Decoded<'_>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let kept = text.trim_end_matches('\0');
    let inside = memchr::memchr_iter(0, kept.as_bytes()).count();
    (!kept.is_empty() && inside * 20 <= kept.len()).then(|| Decoded {
        text: Cow::Borrowed(text),
        warning: Some(format!(
            "nul_characters:{}",
            inside + text.len() - kept.len()
        )),
    })
}

pub(super) fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text,
        warning: Some(format!(
            "decoded_as:{}",
            encoding.name().to_ascii_lowercase()
        )),
    }
}

/// Valid UTF-8, or UTF-8 whose broken bytes are few beside its good
/// multi-byte characters: reading such a text as Windows-1252 would garble
/// every accent to save one.
fn utf8(bytes: &[u8]) -> Option<Decoded<'_>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded {
            text: Cow::Borrowed(text),
            warning: None,
        });
    }
    let (mut good, mut broken, mut torn) = (0usize, 0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
        // Half a character, with nothing behind it: the text was cut off there.
        let cut = std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
        torn = usize::from(cut && bytes.ends_with(chunk.invalid()));
    }
    (good > 0 && good >= 4 * (broken - torn)).then(|| Decoded {
        text: String::from_utf8_lossy(bytes),
        warning: Some(format!("invalid_utf8:{broken}")),
    })
}

/// UTF-16 text in a Latin script has a zero in every other byte.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 || memchr::memchr(0, head).is_none() {
        return None;
    }
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, units) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 >= units * 7 && even == 0 {
        Some(UTF_16LE)
    } else if even * 10 >= units * 7 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn legacy(bytes: &[u8]) -> Decoded<'_> {
    match old::sure(bytes) {
        Some(old::Page::MacRoman) => return with(MACINTOSH, bytes),
        Some(old::Page::Cp850) => {
            return Decoded {
                text: Cow::Owned(bytes.iter().map(|b| old::cp850(*b)).collect()),
                warning: Some("decoded_as:cp850".to_owned()),
            };
        }
        None => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let mut encoding = detector.guess(Some(b"fr"), Utf8Detection::Deny);
    if encoding == WINDOWS_1252 && is_latin9(bytes) {
        encoding = ISO_8859_15;
    }
    with(encoding, bytes)
}

/// `chardetng` does not tell ISO-8859-15 from Windows-1252. They differ where
/// French needs it: 0xBD and 0xBC are `œ` and `Œ` in the former, `½` and `¼` in
/// the latter, and so touch a letter or not; 0xA4 is `€` or the useless `¤`;
/// and bytes 0x80–0x9F are unused controls in the former, typographic quotes
/// in the latter.
fn is_latin9(bytes: &[u8]) -> bool {
    let letter = |i: Option<usize>| {
        i.and_then(|i| bytes.get(i))
            .is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xC0)
    };
    let mut seen = false;
    for (i, b) in bytes.iter().enumerate() {
        match b {
            0x80..=0x9F => return false,
            0xA4 => seen = true,
            0xBC | 0xBD if letter(i.checked_sub(1)) || letter(Some(i + 1)) => seen = true,
            _ => {}
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, warning: Option<&str>) {
        let d = decode(bytes).unwrap();
        assert_eq!(d.text, text);
        assert_eq!(d.warning.as_deref(), warning);
    }

    const PHRASE: &str = "L’été, l'œuvre a coûté 30 € à Nîmes, déjà très éprouvée.";

    #[test]
    fn utf8_with_and_without_a_mark() {
        check(PHRASE.as_bytes(), PHRASE, None);
        check(format!("\u{feff}{PHRASE}").as_bytes(), PHRASE, None);
        check(b"", "", None);
        // Nothing is trimmed or normalised.
        check(
            " e\u{301}t\r\n\u{a0}".as_bytes(),
            " e\u{301}t\r\n\u{a0}",
            None,
        );
    }

    #[test]
    fn windows_1252() {
        let (bytes, _, bad) = WINDOWS_1252.encode(PHRASE);
        assert!(!bad);
        check(&bytes, PHRASE, Some("decoded_as:windows-1252"));
    }

    #[test]
    fn iso_8859_15() {
        let phrase = "Sa sœur a payé 30 € à l'Œuvre de Besançon, où l'été s'étire.";
        let (bytes, _, bad) = ISO_8859_15.encode(phrase);
        assert!(!bad);
        check(&bytes, phrase, Some("decoded_as:iso-8859-15"));
        // ½ apart from letters stays ½.
        let phrase = "Une demi-livre (½) de beurre fondu à l'étouffée, très salé.";
        let (bytes, _, _) = WINDOWS_1252.encode(phrase);
        check(&bytes, phrase, Some("decoded_as:windows-1252"));
    }

    #[test]
    fn utf_16_with_and_without_a_mark() {
        let le: Vec<u8> = PHRASE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = PHRASE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&le, PHRASE, Some("decoded_as:utf-16le"));
        check(&be, PHRASE, Some("decoded_as:utf-16be"));
        check(
            &[&[0xFF, 0xFE], &le[..]].concat(),
            PHRASE,
            Some("decoded_as:utf-16le"),
        );
        check(
            &[&[0xFE, 0xFF], &be[..]].concat(),
            PHRASE,
            Some("decoded_as:utf-16be"),
        );
    }

    #[test]
    fn a_torn_byte_does_not_garble_the_rest() {
        let mut bytes = PHRASE.as_bytes().to_vec();
        bytes.push(0xC3);
        check(&bytes, &format!("{PHRASE}\u{fffd}"), Some("invalid_utf8:1"));
    }

    #[test]
    fn half_a_character_at_the_end_is_no_other_encoding() {
        check(b"\xc3\xa9t\xc3", "ét\u{fffd}", Some("invalid_utf8:1"));
        // Without a whole one it may well be.
        check(b"Un caf\xe9", "Un café", Some("decoded_as:windows-1252"));
    }

    #[test]
    fn a_few_nul_characters_are_kept_and_said() {
        let sprinkled = PHRASE.replacen(' ', " \0", 2);
        check(sprinkled.as_bytes(), &sprinkled, Some("nul_characters:2"));
        let padded = format!("{PHRASE}{}", "\0".repeat(400));
        check(padded.as_bytes(), &padded, Some("nul_characters:400"));
        assert_eq!(decode(&[0; 64]).unwrap_err(), NotText);
        assert_eq!(decode(b"a\0b\0\0c").unwrap_err(), NotText);
    }

    #[test]
    fn old_pages_where_their_signs_are_sure() {
        let phrase = "Les élèves de Périgueux ont été reçus à l'hôtel, où la fête s'achève.";
        let (mac, _, bad) = MACINTOSH.encode(phrase);
        // encoding_rs does not encode it where it is no encoding of the web.
        assert!(!bad);
        check(&mac, phrase, Some("decoded_as:macintosh"));
        let dos: Vec<u8> = phrase
            .chars()
            .map(|c| (0..=255).find(|b| old::cp850(*b) == c).unwrap())
            .collect();
        check(&dos, phrase, Some("decoded_as:cp850"));
    }

    #[test]
    fn binary_is_refused() {
        assert_eq!(decode(b"%PDF\x00\x01\x02\xff").unwrap_err(), NotText);
    }
}
