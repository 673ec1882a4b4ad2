//! What people have annotated, made fit for the mark-up.

use super::task::Task;
use crate::eval::{gold::Doc, markup};
use std::collections::BTreeMap;

/// Articles for the mark-up, and what had to be said of them.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Settled {
    /// The articles, in order.
    pub docs: Vec<Doc>,
    /// Articles left out since nobody has checked them.
    pub unchecked: usize,
    /// Annotations that began or ended with white space, which was left out.
    pub padded: usize,
    /// Amounts, percentages and time expressions without a value.
    pub without_value: usize,
    /// Labels that the mark-up does not have, and how often: they make it unusable.
    pub unknown: BTreeMap<String, usize>,
}

/// Orders annotations, cuts white space at their ends, and leaves articles out that
/// nobody has checked, unless `unchecked` is set.
pub fn settle(tasks: Vec<Task>, unchecked: bool) -> Settled {
    let mut out = Settled::default();
    for Task {
        mut doc, checked, ..
    } in tasks
    {
        if !checked && !unchecked {
            out.unchecked += 1;
            continue;
        }
        doc.index = out.docs.len();
        for span in &mut doc.spans {
            let Some(text) = doc.text.get(span.start..span.end) else {
                continue;
            };
            let (start, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
            // Nothing but white space is said when it is written.
            if start < end && (start, end) != (0, text.len()) {
                out.padded += 1;
                (span.start, span.end) = (span.start + start, span.start + end);
            }
            let layer = markup::TAGS
                .iter()
                .position(|tags| tags.contains(&span.tag.as_str()));
            match layer {
                None => *out.unknown.entry(span.tag.clone()).or_default() += 1,
                Some(0) => {}
                Some(_) => out.without_value += usize::from(span.attrs.is_empty()),
            }
        }
        doc.spans.sort_by_key(|span| (span.start, span.end));
        out.docs.push(doc);
    }
    out
}
