//! What a layer of mentions is: all that counts, lists or flattens mentions
//! goes through the declarations, whatever layers there are.

use super::{Kind, MentionRow, Record, Span};

/// One mention of a layer.
pub trait Mention: 'static {
    /// What is counted apart: the key in the manifest and the word in the
    /// summary of a run.
    const TALLIES: &'static [(&'static str, &'static str)];

    /// Where it stands.
    fn span(&self) -> &Span;

    /// Which of [`Self::TALLIES`] counts it.
    fn tally(&self) -> usize {
        0
    }

    /// Fills the columns of its own in.
    fn row(&self, row: &mut MentionRow);
}

/// [`Mention`] without its type.
pub(crate) trait AnyMention {
    fn span(&self) -> &Span;
    fn tally(&self) -> usize;
    fn row(&self, row: &mut MentionRow);
}

impl<M: Mention> AnyMention for M {
    fn span(&self) -> &Span {
        Mention::span(self)
    }

    fn tally(&self) -> usize {
        Mention::tally(self)
    }

    fn row(&self, row: &mut MentionRow) {
        Mention::row(self, row);
    }
}

type Each = fn(&Record, &mut dyn FnMut(&dyn AnyMention));

/// A kind of mention, declared once.
#[non_exhaustive]
pub struct Layer {
    /// Key of the record.
    pub name: &'static str,
    /// Kind of its rows.
    pub kind: Kind,
    /// See [`Mention::TALLIES`].
    pub tallies: &'static [(&'static str, &'static str)],
    each: Each,
}

impl Layer {
    pub(super) const fn new<M: Mention>(name: &'static str, kind: Kind, each: Each) -> Self {
        Self {
            name,
            kind,
            tallies: M::TALLIES,
            each,
        }
    }

    /// Calls `each` with every mention of this layer, in order.
    pub(crate) fn each(&self, record: &Record, each: &mut dyn FnMut(&dyn AnyMention)) {
        (self.each)(record, each);
    }

    /// The spans of this layer in a record, in order.
    pub fn spans(&self, record: &Record) -> Vec<Span> {
        let mut spans = Vec::new();
        self.each(record, &mut |m| spans.push(m.span().clone()));
        spans
    }
}
