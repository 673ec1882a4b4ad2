//! What a caller asks of the reader of articles.

use super::Fields;
use crate::kinds::Published;

/// How items become articles.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the fields of a record are.
    pub fields: Fields,
    /// Publication date of articles that do not tell their own.
    pub published: Option<Published>,
    /// Bytes of the longest article, as it lies in its file, decompressed. A longer
    /// one is unreadable, and takes no memory.
    pub max_article_bytes: usize,
    /// Archives that the one to be opened lies in.
    pub(crate) inside: u8,
}

impl Options {
    /// What an article may have unless it is said otherwise: 16 MB, 800 times the
    /// longest article of a dump of 34,228 (21 KB).
    pub const MAX_ARTICLE_BYTES: usize = 16 << 20;
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fields: Fields::default(),
            published: None,
            max_article_bytes: Self::MAX_ARTICLE_BYTES,
            inside: 0,
        }
    }
}
