//! HTML left in plain text: character references and tags.

use super::patch::Mend;

/// Named character references that French pages use.
const NAMES: &[(&str, char)] = &[
    ("AElig", 'Æ'),
    ("Agrave", 'À'),
    ("Acirc", 'Â'),
    ("Ccedil", 'Ç'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Egrave", 'È'),
    ("Euml", 'Ë'),
    ("Icirc", 'Î'),
    ("Iuml", 'Ï'),
    ("OElig", 'Œ'),
    ("Ocirc", 'Ô'),
    ("Ouml", 'Ö'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Ugrave", 'Ù'),
    ("Uuml", 'Ü'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("acute", '´'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("cent", '¢'),
    ("copy", '©'),
    ("dagger", '†'),
    ("deg", '°'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("euml", 'ë'),
    ("euro", '€'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("minus", '−'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("ouml", 'ö'),
    ("pound", '£'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("sect", '§'),
    ("shy", '\u{ad}'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("szlig", 'ß'),
    ("thinsp", '\u{2009}'),
    ("times", '×'),
    ("trade", '™'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("yen", '¥'),
    ("yuml", 'ÿ'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
];

/// Elements that mark words of a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "u",
];

/// Elements that begin a new line.
const BLOCK: &[&str] = &[
    "blockquote",
    "br",
    "div",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Bytes of the longest tag that is looked at.
const LONGEST_TAG: usize = 2_000;

/// Bytes of the longest reference, `&` and `;` included: `&#x10FFFF;`.
const LONGEST_REFERENCE: usize = 10;

/// The character reference at `at`: named, decimal or hexadecimal, with its
/// semicolon; also one that was escaped twice (`&amp;nbsp;`).
pub(super) fn reference(text: &str, at: usize) -> Option<Mend> {
    let (mut meant, mut end) = one(text, at)?;
    if meant == '&'
        && let Some((inner, behind)) = one(text, end - 1)
    {
        (meant, end) = (inner, behind);
    }
    // A line break or a control character is no text.
    let with = match super::is_invisible(meant) || meant.is_control() {
        true => None,
        false => Some(meant),
    };
    Some(Mend {
        start: at,
        end,
        with,
    })
}

/// The reference whose `&` (or whose place) is `at`, and its end.
fn one(text: &str, at: usize) -> Option<(char, usize)> {
    let bytes = &text.as_bytes()[at + 1..];
    let length = bytes
        .iter()
        .take(LONGEST_REFERENCE)
        .position(|b| *b == b';')?;
    let name = text.get(at + 1..at + 1 + length)?;
    let meant = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
        None => NAMES.iter().find(|(n, _)| *n == name)?.1,
    };
    Some((meant, at + 1 + length + 1))
}

/// The tag at `at`, opening or closing.
pub(super) fn tag(text: &str, at: usize) -> Option<Mend> {
    let rest = &text.as_bytes()[at + 1..];
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    // No element has a longer name than `blockquote`, `figcaption`.
    let length = rest
        .iter()
        .take(11)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let name = std::str::from_utf8(&rest[..length]).ok()?;
    if !matches!(
        rest.get(length),
        Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r')
    ) {
        return None;
    }
    let is = |list: &[&str]| list.iter().any(|n| n.eq_ignore_ascii_case(name));
    let with = match (is(INLINE), is(BLOCK)) {
        (true, _) => None,
        (_, true) => Some('\n'),
        _ => return None,
    };
    let inside = &rest[length..];
    let close = inside
        .iter()
        .take(LONGEST_TAG)
        .position(|b| matches!(b, b'>' | b'<'))
        .filter(|n| inside[*n] == b'>')?;
    let end = text.len() - inside.len() + close + 1;
    Some(Mend {
        start: at,
        end,
        with,
    })
}
