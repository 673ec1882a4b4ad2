//! What machines have done to a text on its way here, undone for the reader:
//! invisible characters, HTML, lost apostrophes, UTF-8 taken for Windows-1252.
//!
//! A mend is made only where the sequence is sure: what could be meant as it
//! stands is read as it stands.

use super::{html, is_invisible, patch::Mend};
use crate::french::sets::text as sets;

/// Bytes that a mend may begin with: most of a text is passed over without a question.
const MAY_BEGIN: [bool; 256] = {
    let mut out = [false; 256];
    let mut rest: &[u8] = &[b'&', b'<', b'?', b'`', 0xc2, 0xc3, 0xe2, 0xef];
    while let [first, others @ ..] = rest {
        out[*first as usize] = true;
        rest = others;
    }
    out
};

/// The mends inside lines, in order, none overlapping.
pub(super) fn mends(text: &str) -> Vec<Mend> {
    let mut out = Vec::new();
    let mut garbled = Garbled { sure: None };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(n) = bytes[at..].iter().position(|b| MAY_BEGIN[usize::from(*b)]) {
        at += n;
        let found = match bytes[at] {
            b'&' => html::reference(text, at),
            b'<' => html::tag(text, at),
            b'?' | b'`' => apostrophe(text, at),
            // Of the many letters that begin with this byte, Â, Ã, Å and â.
            0xc3 if matches!(bytes.get(at + 1), Some(0x82 | 0x83 | 0x85 | 0xa2)) => {
                garbled.read(text, at)
            }
            0xc2 if matches!(bytes.get(at + 1), Some(0x80..=0x9f | 0xad)) => {
                control(text, at).or_else(|| invisible(text, at))
            }
            0xe2 if matches!(bytes.get(at + 1), Some(0x80 | 0x81)) => invisible(text, at),
            0xef => invisible(text, at).or_else(|| apostrophe(text, at)),
            _ => None,
        };
        match found {
            Some(mend) => {
                out.push(mend);
                at = mend.end;
            }
            None => at += 1,
        }
    }
    out
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Characters that print nothing, unless they part figures (« 1<U+200B>2 » is
/// no number), names run together, or make one sign of two.
fn invisible(text: &str, at: usize) -> Option<Mend> {
    let end = text
        .get(at..)?
        .find(|c| !is_invisible(c))
        .map_or(text.len(), |n| at + n);
    if end == at {
        return None;
    }
    let (before, after) = (char_before(text, at), char_at(text, end));
    let is = |c: Option<char>, test: fn(char) -> bool| c.is_some_and(test);
    // Nobody writes more than a few blanks; so the look stays short.
    let blank = |c: &char| c.is_whitespace();
    let left = text[..at].chars().rev().take(4).find(|c| !blank(c));
    let right = text[end..].chars().take(4).find(|c| !blank(c));
    let figures = is(left, |c| c.is_ascii_digit()) && is(right, |c| c.is_ascii_digit());
    let hyphen = text[at..end].contains('\u{ad}');
    let names = !hyphen && is(before, char::is_lowercase) && is(after, char::is_uppercase);
    let sign = text[at..end].contains('\u{200d}') && !is(before, char::is_alphanumeric);
    let with = None;
    (!figures && !names && !sign).then_some(Mend {
        start: at,
        end,
        with,
    })
}

/// « d?euros », « l`eau »: what stands where French elides, between an elided
/// word and a vowel, is an apostrophe.
fn apostrophe(text: &str, at: usize) -> Option<Mend> {
    let c = char_at(text, at).filter(|c| matches!(c, '?' | '`' | '\u{fffd}'))?;
    let end = at + c.len_utf8();
    let vowel = |c: char| "aeiouyhàâäéèêëîïôöùûüœæ".contains(c.to_lowercase().next().unwrap_or(c));
    if !char_at(text, end).is_some_and(vowel) {
        return None;
    }
    // The longest elided word has seven letters.
    let letters = text[..at].chars().rev().take(8);
    let length = letters
        .take_while(|c| c.is_alphabetic())
        .map(char::len_utf8)
        .sum::<usize>();
    let start = at - length;
    let apart = |c: char| c.is_whitespace() || "«»“”‘’\"'()[]-–—".contains(c);
    if length == 0 || !char_before(text, start).is_none_or(apart) {
        return None;
    }
    let word = text[start..at].to_lowercase();
    let elided = sets::ELIDED.contains(&word) || sets::ELIDED_INSIDE.contains(&word);
    elided.then_some(Mend {
        start: at,
        end,
        with: Some('\''),
    })
}

/// What Windows-1252 has at bytes 80 to 9F; U+FFFD where it has nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
    '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}',
    'ž', 'Ÿ',
];

/// A control character of Latin-1: Windows-1252 taken for it (« l<U+0092>eau »).
/// U+0085 is also a line break, and stays one.
fn control(text: &str, at: usize) -> Option<Mend> {
    let c = char_at(text, at).filter(|c| matches!(c, '\u{80}'..='\u{9f}') && *c != '\u{85}')?;
    let meant = WINDOWS_1252[c as usize - 0x80];
    Some(Mend {
        start: at,
        end: at + c.len_utf8(),
        with: (meant != '\u{fffd}').then_some(meant),
    })
}

/// The byte that Windows-1252 reads as `c`, of those that continue a character
/// in UTF-8.
fn continuation(c: char) -> Option<u32> {
    match c {
        '\u{80}'..='\u{bf}' => Some(c as u32),
        _ => WINDOWS_1252
            .iter()
            .position(|w| *w == c && c != '\u{fffd}')
            .map(|i| i as u32 + 0x80),
    }
}

/// UTF-8 that was taken for Windows-1252.
struct Garbled {
    /// Whether the field holds « Ã© » or the like, so that what is doubtful
    /// alone is no longer; known when it was asked for.
    sure: Option<bool>,
}

impl Garbled {
    fn is_sure(&mut self, text: &str) -> bool {
        *self.sure.get_or_insert_with(|| {
            ["Ã©", "Ã¨", "Ãª", "Ã§", "â€™"]
                .iter()
                .any(|sign| text.contains(sign))
        })
    }

    fn read(&mut self, text: &str, at: usize) -> Option<Mend> {
        let mut chars = text[at..].chars();
        let (lead, second, third) = (chars.next()?, chars.next()?, chars.next());
        let two = lead.len_utf8() + second.len_utf8();
        let mend = |length: usize, meant: char| Mend {
            start: at,
            end: at + length,
            with: (!is_invisible(meant)).then_some(meant),
        };
        if matches!(lead, 'Â' | 'Ã') && second == ' ' {
            // A space without break became a plain one.
            let alone = char_before(text, at).is_none_or(|c| !c.is_uppercase());
            return (alone && self.is_sure(text)).then(|| match lead {
                'Ã' => mend(two, 'à'),
                _ => mend(two, ' '),
            });
        }
        let low = continuation(second)?;
        let code = |lead: u32| char::from_u32(lead << 6 | low & 0x3f);
        match lead {
            'Â' | 'Ã' => {
                // « SÃO » has no such sign behind it; « ... CHÂ » » might.
                let capitals = char_before(text, at).is_some_and(char::is_uppercase);
                let closing = "«»‹›“”‘’–—…\u{a0}".contains(second);
                if capitals && closing && !self.is_sure(text) {
                    return None;
                }
                let meant = code(if lead == 'Â' { 2 } else { 3 })?;
                (meant >= '\u{a0}').then(|| mend(two, meant))
            }
            // « cÅ“ur »: œ, Œ and Ÿ.
            'Å' => {
                let meant = code(5).filter(|c| matches!(c, 'œ' | 'Œ' | 'Ÿ'))?;
                third.filter(|c| c.is_alphabetic())?;
                Some(mend(two, meant))
            }
            'â' => {
                let third = third?;
                let code = 0x2000 | (low & 0x3f) << 6 | continuation(third)? & 0x3f;
                let meant = char::from_u32(code)
                    .filter(|c| matches!(c, '\u{2000}'..='\u{206f}' | '€' | '™'))?;
                Some(mend(two + third.len_utf8(), meant))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::view::View;

    #[test]
    fn what_is_sure_is_mended() {
        for (text, read) in [
            // Soft hyphens and zero widths.
            ("La mi\u{ad}nistre", "La ministre"),
            ("l'\u{200b}É\u{200b}\u{200b}galité", "l'Égalité"),
            ("le \u{200b}préfet\u{feff}.", "le préfet."),
            // HTML.
            ("2&nbsp;500&nbsp;&euro;", "2\u{a0}500\u{a0}€"),
            ("l&#39;an&#x20AC; &amp;nbsp;&eacute;", "l'an€ \u{a0}é"),
            ("le 1<sup>er</sup> juin", "le 1er juin"),
            ("<p class=\"a\">Oui</p>", "\nOui\n"),
            ("<a href='x'>Lyon</a><br/>", "Lyon\n"),
            // Apostrophes.
            ("d?Angers, L?hôpital", "d'Angers, L'hôpital"),
            ("qu`il l\u{fffd}a", "qu'il l'a"),
            ("Aujourd?hui", "Aujourd'hui"),
            ("l\u{92}an \u{80}", "l’an €"),
            // UTF-8 taken for Windows-1252.
            ("Ã‰tÃ© Ã\u{a0} NÃ®mes", "Été à Nîmes"),
            (
                "Â«\u{a0}20Â â‚¬Â\u{a0}Â» dÃ¨s lâ€™an",
                "«\u{a0}20 €\u{a0}» dès l’an",
            ),
            ("le cÅ“ur", "le cœur"),
        ] {
            assert_eq!(View::new(None, text).text(), read);
        }
    }

    #[test]
    fn what_is_doubtful_stands() {
        for text in [
            "1\u{200b}2 €",
            "1 \u{ad}200",
            "le maire\u{200b}Jean",
            "👩\u{200d}🚀",
            "AT&T &c. &x; R&D;",
            "3 < 4 et <b, <3, <Paris>, <a@b.fr>",
            "Qui?Elle l?dit a?il http://x/l?a",
            "Vraiment ?",
            "SÃO Paulo, Âge, Â 20",
            "« SÂ » et âgé, pâté, Ångström",
            "a\u{85}b",
        ] {
            assert_eq!(View::new(None, text).text(), text);
        }
    }
}
