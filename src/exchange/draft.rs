//! Records as drafts of annotations.

use super::task::Task;
use crate::{
    eval::{
        gold::{Doc, GoldSpan},
        markup,
    },
    kinds::Field,
    record::{self, Record},
};

/// The draft of an article, and how many mentions it leaves out since they share text
/// with a longer one: the mark-up holds none inside another. `title` is the title where
/// it stands outside the text; it becomes the first line, as the corpus has it. Line breaks at the end go. `None`
/// when the offsets are not those of these texts.
pub fn draft(record: &Record, title: Option<&str>, text: &str) -> Option<(Task, usize)> {
    let (whole, shift) = match title {
        Some(title) => (format!("{title}\n{text}"), title.len() + 1),
        None => (text.to_owned(), 0),
    };
    // A text file ends with a line break, and nothing is lost with it.
    let whole = whole.trim_end_matches('\n').to_owned();
    let mut found = Vec::new();
    let mut right = true;
    record::rows(record, &mut |row| {
        let Some(mut span) = markup::annotation(&row) else {
            return;
        };
        if row.span.field == Field::Text {
            span.start += shift;
            span.end += shift;
        }
        right &= whole.get(span.start..span.end) == Some(row.span.text.as_str());
        found.push((span, row.score));
    });
    if !right {
        return None;
    }
    let all = found.len();
    // The longer one first, then that which begins first.
    found.sort_by_key(|(s, _)| (std::cmp::Reverse(s.end - s.start), s.start));
    let mut kept: Vec<(GoldSpan, Option<f64>)> = Vec::new();
    for (span, score) in found {
        if kept
            .iter()
            .all(|(k, _)| k.end <= span.start || span.end <= k.start)
        {
            kept.push((span, score));
        }
    }
    kept.sort_by_key(|(s, _)| s.start);
    let left_out = all - kept.len();
    let (spans, scores) = kept.into_iter().unzip();
    let doc = Doc {
        id: record.id.clone(),
        index: 0,
        published: record.published.as_deref().and_then(|p| p.parse().ok()),
        text: whole,
        spans,
    };
    let task = Task {
        doc,
        scores,
        checked: false,
    };
    Some((task, left_out))
}
