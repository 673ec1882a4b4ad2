//! Encodings of old machines, Mac Roman and the DOS code page 850, that no
//! detector of the web looks for. They are told by what stands beside letters: a
//! byte that is `é` in one of them is a capital or a sign in the others.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// An old encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    MacRoman,
    Cp850,
}

/// The upper half of code page 850.
const CP850: &str = "\
ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The character of a byte in code page 850.
pub(super) fn cp850(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(i) => CP850.chars().nth(usize::from(i)).unwrap_or('\u{fffd}'),
    }
}

/// The old encoding that the bytes are certainly in: all its accents stand where
/// French has them, and in Windows-1252 some would not.
pub(super) fn sure(bytes: &[u8]) -> Option<Page> {
    let modern = Fit::of(bytes, &single(WINDOWS_1252));
    if modern.wrong == 0 {
        return None;
    }
    let mac = Fit::of(bytes, &single(MACINTOSH));
    let dos = Fit::of(bytes, &std::array::from_fn(|b| cp850(b as u8)));
    let good = |fit: &Fit| if fit.wrong == 0 { fit.right } else { 0 };
    match good(&mac).cmp(&good(&dos)) {
        std::cmp::Ordering::Greater => Some(Page::MacRoman),
        std::cmp::Ordering::Less => Some(Page::Cp850),
        std::cmp::Ordering::Equal => None,
    }
}

/// The character of each byte.
fn single(encoding: &'static Encoding) -> [char; 256] {
    std::array::from_fn(|byte| {
        let byte = [byte as u8];
        let (text, _) = encoding.decode_without_bom_handling(&byte);
        text.chars().next().unwrap_or('\u{fffd}')
    })
}

/// Bytes beside letters: French in an encoding, or not.
struct Fit {
    right: usize,
    wrong: usize,
}

impl Fit {
    fn of(bytes: &[u8], page: &[char; 256]) -> Self {
        let mut fit = Self { right: 0, wrong: 0 };
        let letter = |i: Option<usize>| {
            let byte = i.and_then(|i| bytes.get(i)).copied();
            byte.filter(u8::is_ascii_alphabetic)
        };
        for (i, b) in bytes.iter().enumerate().filter(|(_, b)| !b.is_ascii()) {
            let (before, after) = (letter(i.checked_sub(1)), letter(Some(i + 1)));
            if before.is_none() && after.is_none() {
                continue;
            }
            let inside = before.is_some() && after.is_some();
            match page[usize::from(*b)] {
                'à' | 'â' | 'ç' | 'è' | 'é' | 'ê' | 'ë' | 'î' | 'ï' | 'ô' | 'ù' | 'û' | 'œ' =>
                {
                    fit.right += 1;
                }
                // Seldom in French, and so no evidence.
                'ä' | 'ö' | 'ü' | 'ÿ' | 'æ' | 'ñ' | '’' => {}
                'À' | 'Â' | 'Ç' | 'È' | 'É' | 'Ê' | 'Î' | 'Ô' | 'Œ'
                    if !before.is_some_and(|b| b.is_ascii_lowercase()) => {}
                '«' | '»' | '“' | '”' | '‘' | '…' | '–' | '—' | '°' | '€' | '\u{a0}' if !inside =>
                    {}
                _ => fit.wrong += 1,
            }
        }
        fit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modern_pages_are_none_of_the_old_ones() {
        for phrase in [
            "L’été, l'œuvre a coûté 30 € à Nîmes, déjà très éprouvée…",
            "Žižek était « déjà » là – c’est sûr",
            "ÉTATS-UNIS : l'Élysée réagit",
            "à",
        ] {
            let (bytes, _, bad) = WINDOWS_1252.encode(phrase);
            assert!(!bad);
            assert_eq!(sure(&bytes), None, "{phrase}");
        }
        assert_eq!(cp850(0x82), 'é');
        assert_eq!(cp850(0xFF), '\u{a0}');
        assert_eq!(CP850.chars().count(), 128);
    }

    #[test]
    fn one_word_tells() {
        assert_eq!(sure(b"Pr\x8Efet"), Some(Page::MacRoman));
        assert_eq!(sure(b"Pr\x82fet"), Some(Page::Cp850));
    }
}
