//! The words of a short line, by what they are in a byline or a stamp.

use crate::{
    calendar,
    french::sets::{article, zones::bylines as sets},
};

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A word with a capital letter: a name, perhaps.
    Name,
    /// « 14 », « 1er », « 2024 »
    Figures,
    /// « 22/05/2024 », « 2024-05-22 »
    Date,
    /// « 14h05 », « 9:14 »
    Clock,
    /// A month or a day of the week.
    Calendar,
    /// « par », « by »
    By,
    /// « publié », « mis », « à », « le »: what stands around a date.
    Dateline,
    /// A sign between words.
    Sign(char),
    /// Any other word.
    Other,
}

/// A word or a sign of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    /// As it stands.
    pub text: &'t str,
    /// What it is.
    pub class: Class,
}

/// The words and signs of `line`, in order.
pub fn words(line: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let len = if c.is_alphanumeric() || c == '#' || c == '@' {
            word_len(rest)
        } else {
            c.len_utf8()
        };
        let (text, after) = rest.split_at(len);
        if !c.is_whitespace() {
            let class = if len > c.len_utf8() || c.is_alphanumeric() {
                class(text)
            } else {
                Class::Sign(c)
            };
            out.push(Word { text, class });
        }
        rest = after;
    }
    out
}

/// Bytes of the word at the start of `text`: letters and figures, and what joins them.
fn word_len(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = matches!(
            c,
            '-' | '\'' | '’' | '.' | '/' | ':' | '_' | '@' | '#' | '&'
        );
        let inside = joins && next.is_some_and(char::is_alphanumeric);
        if !(c.is_alphanumeric() || inside || c == '.' && is_initial(text, at)) {
            break;
        }
        end = at + c.len_utf8();
    }
    end.max(text.chars().next().map_or(0, char::len_utf8))
}

/// « P. », « J.-P. »: the full stop at byte `at` belongs to the letter before it.
pub fn is_initial(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    before.next().is_some_and(char::is_uppercase)
        && before.next().is_none_or(|c| !c.is_alphanumeric())
}

fn class(word: &str) -> Class {
    let first = word.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() {
        return figures(word);
    }
    if calendar::month(word.trim_end_matches('.')).is_some() || calendar::weekday(word).is_some() {
        return Class::Calendar;
    }
    let lower = word.to_lowercase();
    if article::BYLINES.contains(&lower) {
        Class::By
    } else if [
        &article::PUBLISHED,
        &article::UPDATED,
        &article::LINKS,
        &sets::AROUND,
    ]
    .iter()
    .any(|set| set.contains(&lower))
    {
        Class::Dateline
    } else if first.is_uppercase() || first == '@' || first == '#' {
        Class::Name
    } else {
        Class::Other
    }
}

fn figures(word: &str) -> Class {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let marks: Vec<u8> = word.bytes().filter(|b| !b.is_ascii_digit()).collect();
    match marks.as_slice() {
        [b'/' | b'.' | b'-', b'/' | b'.' | b'-'] if digits >= 4 => Class::Date,
        [b':'] | [b'h' | b'H'] | [b':', b':'] => Class::Clock,
        [] | [b'e', b'r'] => Class::Figures,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_dateline() {
        let found: Vec<_> = words("Par J.-P. Morel, le 4 mai 2024 à 14h05")
            .into_iter()
            .map(|w| (w.text, w.class))
            .collect();
        assert_eq!(
            found,
            [
                ("Par", Class::By),
                ("J.-P.", Class::Name),
                ("Morel", Class::Name),
                (",", Class::Sign(',')),
                ("le", Class::Dateline),
                ("4", Class::Figures),
                ("mai", Class::Calendar),
                ("2024", Class::Figures),
                ("à", Class::Dateline),
                ("14h05", Class::Clock),
            ]
        );
        let class = |text| words(text).first().map(|w| w.class);
        assert_eq!(class("22/05/2024"), Some(Class::Date));
        assert_eq!(class("9:14"), Some(Class::Clock));
        assert_eq!(class("12%"), Some(Class::Figures));
        assert_eq!(class("urbaniste"), Some(Class::Other));
        assert_eq!(words(" \u{a0}"), []);
    }
}
