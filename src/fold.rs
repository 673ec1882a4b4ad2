//! Spellings of one word brought together: case, accents (composed or not),
//! ligatures, apostrophes and hyphens are folded away, so that « ETATS-UNIS »
//! meets « États-Unis » and « aujourd’hui » meets « aujourd'hui ».
//!
//! The build script reads this file too, for the tables of words: the standard
//! library only, nothing of the crate.

/// The folded form of one code point: the letters of the Latin script without
/// accent in lower case, `'` for every apostrophe, `-` for every hyphen, nothing
/// for a combining accent or a soft hyphen. `None` for all else, which folding
/// puts in lower case or leaves.
#[inline]
pub fn fold_char(c: char) -> Option<&'static str> {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz";
    if c.is_ascii_alphabetic() {
        let i = usize::from(c.to_ascii_lowercase() as u8 - b'a');
        return ASCII.get(i..=i);
    }
    if is_apostrophe(c) {
        return Some("'");
    }
    Some(match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ň' => "n",
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' | 'Ō'..='ő' => "o",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ý' | 'ý' | 'ÿ' | 'Ÿ' => "y",
        'Ź'..='ž' => "z",
        'Œ' | 'œ' => "oe",
        'Æ' | 'æ' => "ae",
        'ß' => "ss",
        '-' | '\u{2010}' | '\u{2011}' => "-",
        // Combining accents of decomposed text, the soft hyphen.
        '\u{300}'..='\u{36f}' | '\u{ad}' => "",
        _ => return None,
    })
}

/// Code points that French texts use as an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '՚' | 'ꞌ' | '＇' | '′' | '‵' | 'ʹ' | '`' | '´'
    )
}

/// Appends the folded form of `text` to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match fold_char(c) {
            Some(folded) => out.push_str(folded),
            None => out.extend(c.to_lowercase()),
        }
    }
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_meet() {
        assert_eq!(fold("ÉTATS-UNIS"), fold("Etats-Unis"));
        assert_eq!(fold("e\u{301}te\u{301}"), fold("été"));
        for apostrophe in ["'", "’", "‘", "ʼ"] {
            let text = format!("aujourd{apostrophe}hui");
            assert_eq!(fold(&text), "aujourd'hui", "{text}");
        }
        assert_eq!(fold("Sœur Łucja, 3 €"), "soeur lucja, 3 €");
        assert_eq!(fold("ΑΘΉΝΑ"), "αθήνα");
    }
}
