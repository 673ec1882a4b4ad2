//! Where a mention stands in the article: from bytes of the view to the span of
//! a record.

use crate::zones;
use crate::{
    article::Article,
    kinds::{Field, ZoneSpan, zone_at},
    record::Span,
    text::{Analysis, offsets::CodePoints, view::View},
};
use std::ops::Range;

/// A sentence of an article, as the engines read it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sentence {
    /// The field that it stands in.
    pub field: Field,
    /// Its bytes in the decoded field.
    pub bytes: Range<usize>,
}

/// The fields of an article, and what maps the view to them.
pub struct Places<'a> {
    view: &'a View<'a>,
    analysis: &'a Analysis,
    title: &'a str,
    title_points: CodePoints<'a>,
    text: &'a str,
    text_points: &'a CodePoints<'a>,
    /// Sentences of the title.
    title_sentences: usize,
    context: bool,
    /// Parts of the text that are not the article.
    zones: Vec<ZoneSpan>,
}

/// Bytes of a sentence that a mention's context has on either side of it. A text without
/// full stops is one sentence: were all of it in each of its mentions, a record would
/// grow with the square of the text.
const AROUND: usize = 4096;

/// The sentence, at most [`AROUND`] bytes before the mention and behind it.
fn near<'t>(text: &'t str, sentence: Range<usize>, mention: &Span) -> &'t str {
    let (start, end) = (mention.byte_start as usize, mention.byte_end as usize);
    let mut from = sentence.start.max(start.saturating_sub(AROUND));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = sentence.end.min(end.saturating_add(AROUND));
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(from..to).unwrap_or_default()
}

impl<'a> Places<'a> {
    /// The places of `article`, whose text has the map `points`. With `context`
    /// every span carries its sentence.
    pub fn new(
        article: &'a Article,
        points: &'a CodePoints<'a>,
        view: &'a View<'a>,
        analysis: &'a Analysis,
        context: bool,
    ) -> Self {
        let title = article.title_apart().unwrap_or_default();
        let mut places = Self {
            view,
            analysis,
            title,
            title_points: CodePoints::new(title),
            text: &article.text,
            text_points: points,
            title_sentences: 0,
            context,
            zones: zones::of(article),
        };
        let in_title = |i: &usize| {
            places
                .analysis
                .sentence_bytes(*i)
                .is_some_and(|(from, to)| matches!(view.source(from, to), Some((Field::Title, _))))
        };
        places.title_sentences = match title.is_empty() {
            true => 0,
            false => (0..analysis.sentences.len()).take_while(in_title).count(),
        };
        places
    }

    /// The span of these bytes of the view; `None` when they are out of bounds.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        let place = self.view.source(start, end)?;
        let (text, points) = match place.0 {
            Field::Title => (self.title, &self.title_points),
            Field::Text => (self.text, self.text_points),
        };
        let first = self.analysis.sentence_at(start);
        let number = match place.0 {
            Field::Title => first,
            Field::Text => first.saturating_sub(self.title_sentences),
        };
        let place_field = place.0;
        let mut span = Span::new(place, text, points, number as u64)?;
        if place_field == Field::Text {
            span.zone = zone_at(&self.zones, span.byte_start as usize);
        }
        if self.context {
            let (from, to) = self.around(first, start, end);
            span.context = self
                .view
                .source(from, to)
                .map(|(_, bytes)| near(text, bytes, &span).to_owned());
        }
        Some(span)
    }

    /// All sentences, in order.
    pub fn sentences(&self) -> Vec<Sentence> {
        (0..self.analysis.sentences.len())
            .filter_map(|i| {
                let (from, to) = self.analysis.sentence_bytes(i)?;
                let (field, bytes) = self.view.source(from, to)?;
                Some(Sentence { field, bytes })
            })
            .collect()
    }

    /// The bytes of the sentences that `start..end` reaches over, the first of
    /// which is `first`.
    fn around(&self, first: usize, start: usize, end: usize) -> (usize, usize) {
        let last = self.analysis.sentence_at(end.saturating_sub(1));
        let from = self
            .analysis
            .sentence_bytes(first)
            .map_or(start, |(from, _)| from.min(start));
        let to = self
            .analysis
            .sentence_bytes(last)
            .map_or(end, |(_, to)| to.max(end));
        (from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_the_sentence_but_not_without_end() {
        let text = format!("{} Nîmes {}", "é".repeat(9_000), "à".repeat(9_000));
        let points = CodePoints::new(&text);
        let mention = Span::new((Field::Text, 18_001..18_007), &text, &points, 0).unwrap();
        let context = near(&text, 0..text.len(), &mention);
        // Both ends would be inside a character, and go inwards.
        assert_eq!(context.len(), AROUND - 1 + "Nîmes".len() + AROUND - 1);
        assert!(context.contains("é Nîmes à"));
        assert_eq!(near(&text, 18_000..18_010, &mention), " Nîmes à");
    }
}
