//! The reading view of an article: the one string that all engines read, and
//! the map from its bytes back to the fields of the article.
//!
//! A title that stands outside the text is read before it, as a line of its own
//! with a blank line behind. What machines did to a field on its way is undone
//! in the view, and only there: invisible characters inside words, HTML, lost
//! apostrophes, UTF-8 taken for Windows-1252, lines broken at a fixed width.
//! Where neither field needs anything, the view borrows the text and the map is
//! the identity.

use super::{mend, patch::Mend, wrap};
use crate::kinds::Field;
use std::{borrow::Cow, ops::Range};

/// What parts the title from the text: a blank line ends a sentence and a
/// paragraph for every engine.
const BREAK: &str = "\n\n";

/// The view of one article.
///
/// ```
/// use glane::{record::Field, text::view::View};
/// let view = View::new(Some("Lyon"), "Le maire.");
/// assert_eq!(view.text(), "Lyon\n\nLe maire.");
/// assert_eq!(view.source(9, 14), Some((Field::Text, 3..8)));
/// ```
#[derive(Debug)]
pub struct View<'a> {
    text: Cow<'a, str>,
    /// In order of `view`; none where the map is the identity.
    pieces: Vec<Piece>,
    /// Where the title ends in the view, and where the text begins.
    title_end: usize,
    body: usize,
}

/// Bytes of the view that were copied from a field, or stand for some of it.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// First byte in the view.
    view: usize,
    /// First byte in the field.
    source: usize,
    /// One past the last byte in the field, where the bytes of the view stand
    /// for others.
    mended: Option<usize>,
}

impl<'a> View<'a> {
    /// The view of a text and of the title that is to be read with it.
    pub fn new(title: Option<&str>, text: &'a str) -> Self {
        let mends = mends(text);
        if title.is_none() && mends.is_empty() {
            return Self {
                text: Cow::Borrowed(text),
                pieces: Vec::new(),
                title_end: 0,
                body: 0,
            };
        }
        let title = title.unwrap_or_default();
        let mut view = String::with_capacity(title.len() + BREAK.len() + text.len());
        let mut pieces = Vec::new();
        append(title, &self::mends(title), &mut view, &mut pieces);
        let title_end = view.len();
        if !title.is_empty() {
            view.push_str(BREAK);
        }
        let body = view.len();
        append(text, &mends, &mut view, &mut pieces);
        Self {
            text: Cow::Owned(view),
            pieces,
            title_end,
            body,
        }
    }

    /// What engines read: title and text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What they read of the text.
    pub fn body(&self) -> &str {
        &self.text[self.body..]
    }

    /// The field that holds bytes `start..end` of the view, and where they lie
    /// in it. `None` for no bytes, and for those that reach over the break
    /// between the fields.
    pub fn source(&self, start: usize, end: usize) -> Option<(Field, Range<usize>)> {
        if start >= end || end > self.text.len() {
            return None;
        }
        let field = match start < self.body {
            true if end <= self.title_end => Field::Title,
            true => return None,
            false => Field::Text,
        };
        if self.pieces.is_empty() {
            return Some((field, start..end));
        }
        let from = self.piece(start)?;
        let to = self.piece(end - 1)?;
        let first = match from.mended {
            Some(_) => from.source,
            None => from.source + (start - from.view),
        };
        let behind = match to.mended {
            Some(behind) => behind,
            None => to.source + (end - to.view),
        };
        Some((field, first..behind))
    }

    /// The piece that holds byte `at` of the view.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let behind = self.pieces.partition_point(|p| p.view <= at);
        self.pieces.get(behind.checked_sub(1)?)
    }
}

/// All mends of a field, in order, none overlapping.
fn mends(field: &str) -> Vec<Mend> {
    let lines = wrap::mends(field);
    let mut all = mend::mends(field);
    if lines.is_empty() {
        return all;
    }
    // What a broken line takes with it is not mended apart.
    all.retain(|m| {
        let next = lines.partition_point(|l| l.end <= m.start);
        lines.get(next).is_none_or(|l| m.end <= l.start)
    });
    all.extend(lines);
    all.sort_unstable_by_key(|m| m.start);
    all
}

fn append(field: &str, mends: &[Mend], view: &mut String, pieces: &mut Vec<Piece>) {
    let mut at = 0;
    let copy = |from: usize, to: usize, view: &mut String, pieces: &mut Vec<Piece>| {
        if from < to {
            pieces.push(Piece {
                view: view.len(),
                source: from,
                mended: None,
            });
            view.push_str(&field[from..to]);
        }
    };
    for mend in mends {
        copy(at, mend.start, view, pieces);
        if let Some(with) = mend.with {
            pieces.push(Piece {
                view: view.len(),
                source: mend.start,
                mended: Some(mend.end),
            });
            view.push(with);
        }
        at = mend.end;
    }
    copy(at, field.len(), view, pieces);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every part of the view is found in the field: `name` there is `slice`.
    #[test]
    fn the_map_leads_back() {
        for (title, text, read, field, slice) in [
            (
                None,
                "la mi\u{ad}nistre",
                "ministre",
                Field::Text,
                "mi\u{ad}nistre",
            ),
            (None, "\u{feff}Oui \u{200b}", "Oui", Field::Text, "Oui"),
            (None, "a &euro;", "€", Field::Text, "&euro;"),
            (None, "<b>Metz</b>.", "Metz", Field::Text, "Metz"),
            (None, "<b>8</b> %", "8 %", Field::Text, "8</b> %"),
            (
                None,
                "trois mil-\nlions de",
                "millions",
                Field::Text,
                "mil-\nlions",
            ),
            (
                None,
                "à Saint-\nMalo",
                "Saint-Malo",
                Field::Text,
                "Saint-\nMalo",
            ),
            (Some("Ã‰tÃ©"), "hiver", "Été", Field::Title, "Ã‰tÃ©"),
            (Some("Ã‰tÃ©"), "l?hiver", "hiver", Field::Text, "hiver"),
        ] {
            let view = View::new(title, text);
            let at = view.text().find(read).expect(read);
            let (found, bytes) = view.source(at, at + read.len()).expect(read);
            let source = match found {
                Field::Title => title.unwrap_or_default(),
                _ => text,
            };
            assert_eq!((found, &source[bytes]), (field, slice));
        }
    }

    proptest! {
        /// Whatever is mended: the map is defined on every part of a field's
        /// view, keeps to characters, never goes back, and what was not mended
        /// reads as it stands.
        #[test]
        fn the_map_is_monotone_and_exact(
            title in prop::option::of("\\PC{1,6}"),
            text in prop::collection::vec(prop_oneof![
                prop::sample::select(vec![
                    "\u{ad}", "\u{200b}", "\n", "\r\n", "-\n", " ", "&nbsp;", "&euro;", "&amp;",
                    "&#39;", "<b>", "</b>", "<br>", "<a href=", "d?euros", "Ã©", "Â ", "Â\u{a0}",
                    "â‚¬", "â€™", "Ã", "cÅ“ur", "\u{92}", "12", "mil", "lions", "de", "le", "Metz",
                    ".", "%", "mars", "2024", "'",
                ]).prop_map(str::to_owned),
                "\\PC{0,4}",
            ], 0..40).prop_map(|p| p.concat()),
        ) {
            let view = View::new(title.as_deref(), &text);
            let read = view.text();
            let mut last = (Field::Title, 0);
            for (at, c) in read.char_indices() {
                let end = at + c.len_utf8();
                let Some((field, bytes)) = view.source(at, end) else {
                    prop_assert!(title.is_some() && c == '\n');
                    continue;
                };
                let source = match field {
                    Field::Title => title.as_deref().unwrap_or_default(),
                    _ => &text,
                };
                prop_assert!((field, bytes.start) >= last);
                let slice = source.get(bytes.clone());
                prop_assert!(slice.is_some_and(|s| !s.is_empty()));
                last = (field, bytes.end);
            }
            let whole = read.trim();
            if title.is_none() && !whole.is_empty() {
                let start = read.find(whole).unwrap_or_default();
                prop_assert!(view.source(start, start + whole.len()).is_some());
            }
            prop_assert!(read.ends_with(view.body()));
        }
    }

    #[test]
    fn nothing_reaches_from_the_title_into_the_text() {
        let view = View::new(Some("ab"), "cd");
        assert_eq!(view.text(), "ab\n\ncd");
        assert_eq!(view.source(0, 2), Some((Field::Title, 0..2)));
        assert_eq!(view.source(1, 5), None);
        assert_eq!(view.source(2, 4), None);
        assert_eq!(view.source(4, 7), None);
        assert_eq!(view.source(4, 6), Some((Field::Text, 0..2)));
    }
}
