//! What the page says around the article: notices on cookies and subscriptions, and
//! who owns it.

use super::lines::Line;
use crate::french::sets::zones::boilerplate as sets;

/// The longest notice, in bytes; a longer line is a paragraph.
const NOTICE: usize = 400;
/// The longest line that says who owns the page, in bytes.
const RIGHTS: usize = 200;

/// Whether a line is the page's.
pub fn is(line: &Line) -> bool {
    let text = line.text;
    text.len() <= NOTICE && sets::NOTICES.begins(text).is_some()
        || text.len() <= RIGHTS && says_rights(text)
}

fn says_rights(text: &str) -> bool {
    let mut before = ' ';
    text.char_indices().any(|(at, c)| {
        let first = c.is_alphabetic() && !before.is_alphanumeric();
        before = c;
        first && sets::RIGHTS.begins(&text[at..]).is_some()
    })
}
