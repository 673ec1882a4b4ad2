//! The reading view of an article: the one string that all engines read, and
//! the map from its bytes back to the fields of the article.
//!
//! A title that stands outside the text is read before it, as a line of its own
//! with a blank line behind. Where neither field needs anything, the view
//! borrows the text and the map is the identity.

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

/// Bytes of the view that were copied from a field.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// First byte in the view.
    view: usize,
    /// First byte in the field.
    source: usize,
}

impl<'a> View<'a> {
    /// The view of a text and of the title that is to be read with it.
    pub fn new(title: Option<&str>, text: &'a str) -> Self {
        let Some(title) = title else {
            return Self {
                text: Cow::Borrowed(text),
                pieces: Vec::new(),
                title_end: 0,
                body: 0,
            };
        };
        let mut view = String::with_capacity(title.len() + BREAK.len() + text.len());
        let mut pieces = Vec::new();
        append(title, &mut view, &mut pieces);
        let title_end = view.len();
        view.push_str(BREAK);
        let body = view.len();
        append(text, &mut view, &mut pieces);
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
        Some((
            field,
            from.source + (start - from.view)..to.source + (end - to.view),
        ))
    }

    /// The piece that holds byte `at` of the view.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let behind = self.pieces.partition_point(|p| p.view <= at);
        self.pieces.get(behind.checked_sub(1)?)
    }
}

fn append(field: &str, view: &mut String, pieces: &mut Vec<Piece>) {
    pieces.push(Piece {
        view: view.len(),
        source: 0,
    });
    view.push_str(field);
}
