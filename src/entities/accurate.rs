//! The accurate engine: two readers that err elsewhere.
//!
//! The embedded field sees the article, the [encoder](super::encoder) has seen
//! more language. Their probabilities of each word's labels are joined by their
//! geometric mean (a logarithmic opinion pool: Genest and Zidek, 1986), on which
//! the best path is found; the embedded engine's rules over the article follow.
//!
//! The encoder is a hundred times slower, so it reads only sentences in which
//! the field doubts some word: a cascade (Viola and Jones, 2001).

use super::{
    Mention, ModelInfo, TagError, Tagger,
    compact::{
        Compact, Span,
        crf::{self, Field, LABELS, OUTSIDE, Row},
    },
    encoder::Encoder,
    float,
};
use crate::{
    digest::hex,
    text::{Analysis, TokenKind},
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A sentence is read by the encoder when the mean doubt about its words is more than
/// this: a quarter to a third of the text of news. Over the names of the three dev sets
/// taken together the value keeps all that reading everything gains (docs/ENTITIES.md).
pub const DOUBT: f32 = 0.01;

/// Words by which a sentence counts as longer than it is: what stands around it is read
/// with it. Among 0, 10 and 25 the one that gains most for what is read.
const AROUND: f32 = 10.0;

/// The encoder's part in the geometric mean, from 0 to 1. Best on the training
/// part of the annotated news, which neither reader had seen, among 0.4, 0.5
/// and 0.6.
const SHARE: f32 = 0.5;

/// Probabilities below this count as this.
const LEAST: f32 = 1e-6;

/// Points of the calibration curve.
const POINTS: usize = 11;

/// Probability of being right at joined probabilities of 0, 0.1, … 1: what
/// `glane eval --calibration` printed for the corpus dev part and
/// `winer_split.dev` without a curve, made to rise (isotonic regression); there
/// were too few mentions below 0.4 to say anything else than that.
const CURVE: [f32; POINTS] = [0.0, 0.1, 0.2, 0.3, 0.41, 0.46, 0.54, 0.67, 0.76, 0.86, 0.98];

/// Both readers.
pub struct Accurate {
    compact: Arc<Compact>,
    encoder: Arc<Encoder>,
    doubt: f32,
    /// Which label may follow which.
    field: Field,
}

impl Accurate {
    /// Both readers; `doubt` as [`DOUBT`] says, 0 for the encoder to read
    /// everything.
    pub fn new(compact: Arc<Compact>, encoder: Arc<Encoder>, doubt: f32) -> Self {
        Self {
            compact,
            encoder,
            doubt,
            field: Field::new(&[[0.0; LABELS]; LABELS]),
        }
    }

    /// Tags one article, as [`Tagger::tag`] says; cannot fail.
    pub fn tag(&self, text: &str, analysis: &Analysis) -> Vec<Mention> {
        self.compact.tag_by(text, analysis, |field| {
            let read = self.encoder.read(text, analysis, |s| {
                let sentence = &analysis.sentences[s];
                let words = &field[sentence.start as usize..sentence.end as usize];
                self.doubt <= 0.0 || doubt(words) > self.doubt
            });
            let joined: Vec<Row> = field
                .iter()
                .zip(&read)
                .map(|(field, encoder)| join(field, encoder.as_ref()))
                .collect();
            self.names(analysis, &joined)
        })
    }

    /// Names on the best path through joined logarithms of probabilities.
    fn names(&self, analysis: &Analysis, rows: &[Row]) -> Vec<Span> {
        let (mut space, mut labels) = (crf::Space::default(), Vec::new());
        let mut spans = Vec::new();
        for sentence in &analysis.sentences {
            let from = sentence.start as usize;
            let rows = &rows[from..sentence.end as usize];
            crf::viterbi(rows, &self.field, &mut space, &mut labels);
            if labels.iter().all(|y| *y == OUTSIDE) {
                continue;
            }
            crf::forward_backward(rows, &self.field, &mut space);
            crf::names(&labels, |a, b, label| {
                let tokens = &analysis.tokens[from + a..from + b];
                let marks = |kind| matches!(kind, TokenKind::Mark | TokenKind::Elision);
                // A name has a letter or a figure.
                if !tokens.iter().all(|t| marks(t.kind)) {
                    spans.push(Span {
                        start: from + a,
                        end: from + b,
                        label,
                        score: calibrated(space.span(a, b, label, &self.field)),
                    });
                }
            });
        }
        spans
    }
}

/// What the field leaves to other labels than the likeliest, on the mean of a sentence's
/// words: what reading it may change, for what it costs. One word that is in doubt in a
/// long sentence does not pay.
fn doubt(words: &[Row]) -> f32 {
    let likeliest = |row: &Row| row.iter().copied().fold(0.0, f32::max);
    let left: f32 = words.iter().map(|row| 1.0 - likeliest(row)).sum();
    left / (words.len() as f32 + AROUND)
}

/// The logarithm of the geometric mean; the field's alone where the encoder has
/// not read.
fn join(field: &Row, encoder: Option<&Row>) -> Row {
    let log = |p: f32| float::ln(p.max(LEAST));
    match encoder {
        Some(encoder) => {
            std::array::from_fn(|y| SHARE * log(encoder[y]) + (1.0 - SHARE) * log(field[y]))
        }
        None => field.map(log),
    }
}

/// A joined probability turned into that of being right, by the curve.
fn calibrated(probability: f32) -> f32 {
    let x = probability.clamp(0.0, 1.0) * (POINTS - 1) as f32;
    let i = (x as usize).min(POINTS - 2);
    let (a, b) = (CURVE[i], CURVE[i + 1]);
    a + (b - a) * (x - i as f32)
}

impl Tagger for Accurate {
    fn tag(&self, text: &str, analysis: &Analysis) -> Result<Vec<Mention>, TagError> {
        Ok(Accurate::tag(self, text, analysis))
    }

    /// Both names, and the digest of both digests, one behind the other.
    fn model(&self) -> ModelInfo {
        let (a, b) = (Tagger::model(&*self.compact), self.encoder.model());
        ModelInfo {
            name: format!("{}+{}", a.name, b.name),
            sha256: hex(&Sha256::digest(a.sha256 + &b.sha256)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row in which label `y` has `p` and the others share the rest.
    fn row(y: usize, p: f32) -> Row {
        let mut out = [(1.0 - p) / (LABELS - 1) as f32; LABELS];
        out[y] = p;
        out
    }

    fn best(row: &Row) -> usize {
        (0..LABELS)
            .max_by(|a, b| row[*a].total_cmp(&row[*b]))
            .unwrap()
    }

    #[test]
    fn the_surer_reader_decides() {
        assert_eq!(best(&join(&row(1, 0.9), Some(&row(3, 0.6)))), 1);
        assert_eq!(best(&join(&row(1, 0.6), Some(&row(3, 0.9)))), 3);
        assert_eq!(best(&join(&row(1, 0.6), None)), 1);
        // Certainty of one is not beyond appeal: nothing is impossible.
        let mut never = [0.0; LABELS];
        never[0] = 1.0;
        assert!(
            join(&never, Some(&row(3, 0.9)))
                .iter()
                .all(|x| x.is_finite())
        );
    }

    #[test]
    fn a_long_sentence_must_be_worth_it() {
        let (sure, unsure) = (row(0, 1.0), row(1, 0.6));
        assert_eq!(doubt(&[]), 0.0);
        assert_eq!(doubt(&[sure; 5]), 0.0);
        let short = doubt(&[sure, unsure, sure]);
        assert!((short - 0.4 / 13.0).abs() < 1e-6);
        assert!(doubt(&[[unsure; 1].as_slice(), &[sure; 60]].concat()) < short / 2.0);
        assert!(doubt(&[unsure; 3]) > 2.0 * short);
    }

    #[test]
    fn the_curve_goes_through_its_points() {
        assert_eq!(calibrated(0.0), CURVE[0]);
        assert_eq!(calibrated(1.0), CURVE[POINTS - 1]);
        assert!(CURVE.is_sorted());
        let middle = calibrated(0.45);
        assert!((CURVE[4]..=CURVE[5]).contains(&middle));
    }
}
