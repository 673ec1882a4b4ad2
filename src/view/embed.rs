//! Puts texts of strangers into a page: as HTML, as JSON inside HTML, and a
//! policy under which nothing but our own style and script can run.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Text as HTML text or the value of a quoted attribute.
pub fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// JSON that may stand inside a `script` element: what could end the element, or
/// begin a comment in it, stands only in strings, and is escaped there.
pub fn json(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

/// The content of a `Content-Security-Policy` that allows this style and this
/// script and nothing else: no network, no other script, no frame.
pub fn policy(style: &str, script: Option<&str>) -> String {
    let mut out = format!("default-src 'none'; style-src 'sha256-{}'", hash(style));
    if let Some(script) = script {
        let _ = write!(out, "; script-src 'sha256-{}'", hash(script));
    }
    out.push_str("; base-uri 'none'; form-action 'none'");
    out
}

/// The address where it is one of the web, else nothing: `javascript:` and its
/// like lead nowhere.
pub fn web_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let scheme = |s: &str| {
        address
            .get(..s.len())
            .is_some_and(|a| a.eq_ignore_ascii_case(s))
    };
    let plain = !address.contains(|c: char| c.is_control() || c.is_whitespace());
    (plain && (scheme("http://") || scheme("https://"))).then_some(address)
}

fn hash(text: &str) -> String {
    base64(&Sha256::digest(text))
}

/// Base 64 of RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0u32, |word, i| {
            word << 8 | u32::from(chunk.get(i).copied().unwrap_or_default())
        });
        for i in 0..4 {
            out.push(match i <= chunk.len() {
                true => char::from(SIGNS[(word >> (18 - 6 * i)) as usize & 63]),
                false => '=',
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_mark_up() {
        assert_eq!(
            text("<script>alert('x')</script> & \"y\""),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"
        );
        let raw = serde_json::to_string("</script><!--<script>&\u{2028}\"").unwrap();
        let safe = json(&raw);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']), "{safe}");
        let back: String = serde_json::from_str(&safe).unwrap();
        assert_eq!(back, "</script><!--<script>&\u{2028}\"");
    }

    #[test]
    fn addresses_of_the_web_only() {
        for (address, is) in [
            ("https://exemple.fr/a?b=1", true),
            (" HTTP://exemple.fr ", true),
            ("javascript:alert(1)", false),
            ("java\nscript:alert(1)", false),
            ("https://exemple.fr/\u{1}", false),
            ("data:text/html,x", false),
            ("//exemple.fr", false),
            ("é", false),
            ("", false),
        ] {
            assert_eq!(web_address(address).is_some(), is, "{address}");
        }
    }

    #[test]
    fn base_64_of_the_standard() {
        // The examples of RFC 4648, section 10.
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
