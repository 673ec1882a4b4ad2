//! JSON as some programs write it, mended to what the standard allows.

/// A line made readable, and what was mended, as warnings of its record; `None`
/// when there was nothing to mend.
pub(super) fn mend(line: &str) -> Option<(String, Vec<&'static str>)> {
    let mut warnings = Vec::new();
    let mut out = None;
    if let Some(mended) = surrogates(line) {
        warnings.push("lone_surrogate");
        out = Some(mended);
    }
    if let Some(mended) = not_numbers(out.as_deref().unwrap_or(line)) {
        warnings.push("not_a_number");
        out = Some(mended);
    }
    Some((out?, warnings))
}

/// Replaces each `\uD83D` that lacks its other half by `\uFFFD`: dumps cut inside
/// an emoji leave half a pair behind. `None` when there is none.
pub(super) fn surrogates(line: &str) -> Option<String> {
    let unit = |at: usize| {
        let hex = line.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(hex, 16).ok()
    };
    let mut out = String::with_capacity(line.len());
    let (mut at, mut kept, mut mended) = (0, 0, false);
    while let Some(i) = line[at..].find('\\') {
        at += i;
        match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str(&line[kept..at]);
                out.push_str("\\uFFFD");
                at += 6;
                (kept, mended) = (at, true);
            }
            // `\\` and the like: what follows is no escape of its own.
            _ => at += 1 + line[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    out.push_str(&line[kept..]);
    mended.then_some(out)
}

/// Replaces `NaN`, `Infinity` and `-Infinity`, which Python writes for want of a
/// number, by `null`. `None` when there is none.
fn not_numbers(line: &str) -> Option<String> {
    const WORDS: [&str; 3] = ["-Infinity", "Infinity", "NaN"];
    let mut out = String::with_capacity(line.len());
    let (mut at, mut kept, mut mended) = (0, 0, false);
    let bytes = line.as_bytes();
    let mut quoted = false;
    while let Some(b) = bytes.get(at) {
        match b {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b'N' | b'I' | b'-' if !quoted => {
                if let Some(word) = WORDS.iter().find(|w| bytes[at..].starts_with(w.as_bytes())) {
                    out.push_str(&line[kept..at]);
                    out.push_str("null");
                    at += word.len();
                    (kept, mended) = (at, true);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    out.push_str(&line[kept..]);
    mended.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_becomes_null() {
        for (given, mended) in [
            ("{\"a\":NaN}", Some("{\"a\":null}")),
            ("[-Infinity, Infinity,-1]", Some("[null, null,-1]")),
            (
                "{\"NaN\":\"NaN \\\"NaN\",\"b\":NaN}",
                Some("{\"NaN\":\"NaN \\\"NaN\",\"b\":null}"),
            ),
            ("{\"a\":\"Infinity é\\\\\"}", None),
        ] {
            assert_eq!(not_numbers(given).as_deref(), mended);
        }
        assert_eq!(mend("{\"a\":1}"), None);
        let (text, warnings) = mend("{\"a\":NaN,\"b\":\"\\ud83d\"}").unwrap();
        assert_eq!(text, "{\"a\":null,\"b\":\"\\uFFFD\"}");
        assert_eq!(warnings, ["lone_surrogate", "not_a_number"]);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(line in "[\\\\u\"D8a{}:,NI-aé]{0,40}") {
            let _ = mend(&line);
        }
    }
}
