//! From labels of words to mentions.
//!
//! One reading serves BIO, BIOES and IO: a mention goes on while words carry
//! the same type and nothing says that a new one begins. A word that should
//! go on but follows nothing begins a mention, as in the usual scorers
//! (Ramshaw and Marcus 1995; conlleval). Mentions never cross a sentence.

use super::labels::{Labels, Position};
use super::words::Prediction;
use crate::{
    entities::Mention,
    kinds::Label,
    text::{Analysis, TokenKind},
};

/// Reads mentions off the predictions, one a token of `analysis`. The score
/// of a mention is the geometric mean of its words' probabilities.
///
/// Tokens without a prediction neither begin, end nor widen a mention.
pub fn mentions(
    text: &str,
    analysis: &Analysis,
    words: &[Option<Prediction>],
    labels: &Labels,
) -> Vec<Mention> {
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        let mut open: Option<Open> = None;
        let range = sentence.start as usize..sentence.end as usize;
        for (i, word) in range.clone().zip(&words[range]) {
            let Some(word) = word else { continue };
            let Some((position, label)) = labels.tag(usize::from(word.label)) else {
                finish(text, analysis, &mut open, &mut found);
                continue;
            };
            let goes_on = matches!(position, Position::Inside | Position::End)
                && open.as_ref().is_some_and(|o| o.label == label);
            if !goes_on {
                finish(text, analysis, &mut open, &mut found);
            }
            let o = open.get_or_insert(Open {
                label,
                first: i,
                last: i,
                words: 0,
                log_probability: 0.0,
            });
            o.last = i;
            o.words += 1;
            o.log_probability += f64::from(word.log_probability);
            if matches!(position, Position::End | Position::Single) {
                finish(text, analysis, &mut open, &mut found);
            }
        }
        finish(text, analysis, &mut open, &mut found);
    }
    found
}

struct Open {
    label: Label,
    first: usize,
    last: usize,
    words: u32,
    log_probability: f64,
}

fn finish(text: &str, analysis: &Analysis, open: &mut Option<Open>, found: &mut Vec<Mention>) {
    let Some(o) = open.take() else { return };
    // A name has a letter or a figure: « , » alone is a slip of the network.
    let tokens = &analysis.tokens[o.first..=o.last];
    if tokens
        .iter()
        .all(|t| matches!(t.kind, TokenKind::Mark | TokenKind::Elision))
    {
        return;
    }
    let start = tokens[0].start as usize;
    let end = tokens[tokens.len() - 1].end as usize;
    found.push(Mention {
        start,
        end,
        label: o.label,
        score: (o.log_probability / f64::from(o.words)).exp() as f32,
        name: text[start..end].to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::analyse;

    const NAMES: [&str; 9] = [
        "O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC",
    ];

    /// Mentions of `text` when its words have these labels; `?` is a word
    /// without a prediction.
    fn read(text: &str, tags: &[&str]) -> Vec<(String, Label)> {
        read_by(&NAMES, text, tags)
    }

    fn read_by(names: &[&str], text: &str, tags: &[&str]) -> Vec<(String, Label)> {
        let all: Vec<String> = names.iter().map(|&n| n.to_owned()).collect();
        let labels = Labels::new(&all, &Default::default()).unwrap();
        let analysis = analyse(text);
        assert_eq!(analysis.tokens.len(), tags.len(), "one tag a token");
        let words: Vec<_> = tags
            .iter()
            .map(|tag| {
                names.iter().position(|n| n == tag).map(|label| Prediction {
                    label: label as u16,
                    log_probability: -0.5,
                })
            })
            .collect();
        mentions(text, &analysis, &words, &labels)
            .into_iter()
            .map(|m| {
                assert_eq!(&text[m.start..m.end], m.name);
                assert!((m.score - (-0.5f32).exp()).abs() < 1e-6);
                (m.name, m.label)
            })
            .collect()
    }

    fn mention(name: &str, label: Label) -> (String, Label) {
        (name.to_owned(), label)
    }

    #[test]
    fn bio() {
        assert_eq!(
            read("Anne Roux Nantes dort", &["B-PER", "I-PER", "B-LOC", "O"]),
            [
                mention("Anne Roux", Label::Per),
                mention("Nantes", Label::Loc)
            ]
        );
        // Two neighbours of one type.
        assert_eq!(read("Anne Paul", &["B-PER", "B-PER"]).len(), 2);
        // A lone I- begins a mention, and so does a change of type.
        assert_eq!(
            read("Anne Nantes", &["I-PER", "I-LOC"]),
            [mention("Anne", Label::Per), mention("Nantes", Label::Loc)]
        );
    }

    #[test]
    fn bioes() {
        assert_eq!(
            read(
                "Anne Roux Paul Nantes",
                &["B-PER", "E-PER", "S-PER", "S-LOC"]
            ),
            [
                mention("Anne Roux", Label::Per),
                mention("Paul", Label::Per),
                mention("Nantes", Label::Loc)
            ]
        );
        // What follows an end is another mention even if it says otherwise.
        assert_eq!(read("Anne Roux", &["E-PER", "I-PER"]).len(), 2);
    }

    /// Without B-, neighbours of one type cannot be told apart.
    #[test]
    fn io() {
        for names in [&["O", "PER", "LOC"], &["O", "I-PER", "I-LOC"]] {
            let [o, per, loc] = *names;
            assert_eq!(
                read_by(names, "Anne Roux , Nantes", &[per, per, o, loc]),
                [
                    mention("Anne Roux", Label::Per),
                    mention("Nantes", Label::Loc)
                ]
            );
            assert_eq!(
                read_by(names, "Anne Paul Nantes", &[per, per, loc]),
                [
                    mention("Anne Paul", Label::Per),
                    mention("Nantes", Label::Loc)
                ]
            );
        }
    }

    #[test]
    fn a_sentence_ends_a_mention() {
        assert_eq!(
            read(
                "Il voit Anne.\nPaul dort.",
                &["O", "O", "I-PER", "I-PER", "I-PER", "O", "O"]
            ),
            [mention("Anne.", Label::Per), mention("Paul", Label::Per)]
        );
    }

    #[test]
    fn marks_alone_are_no_name() {
        assert!(read("Il , dort", &["O", "B-PER", "O"]).is_empty());
    }

    #[test]
    fn a_word_without_prediction_is_passed_over() {
        assert_eq!(
            read("Anne Marie Roux dort", &["B-PER", "?", "I-PER", "O"]),
            [mention("Anne Marie Roux", Label::Per)]
        );
        assert_eq!(
            read("Anne Marie dort", &["B-PER", "?", "O"]),
            [mention("Anne", Label::Per)]
        );
    }
}
