//! Scores of the entities layer: exact span and type, as CoNLL-2003 counts.

use super::{context::in_context, doc::Doc, reading::Reading, score::Score};
use crate::{entities::Mention, kinds::Label};
use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
};

/// Scores per label, of all labels together, and of spans whatever their label.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scores {
    /// PER, LOC, ORG, MISC.
    pub labels: [Score; 4],
    /// Spans alone.
    pub spans: Score,
}

impl Scores {
    /// All labels together.
    pub fn all(&self) -> Score {
        let mut sum = Score::default();
        self.labels.iter().for_each(|s| sum += *s);
        sum
    }
}

/// The entity label of a gold tag.
pub fn label(tag: &str) -> Option<Label> {
    Some(match tag {
        "PER" => Label::Per,
        "LOC" => Label::Loc,
        "ORG" => Label::Org,
        "MISC" => Label::Misc,
        _ => return None,
    })
}

/// A mention: first byte, one past the last byte, label.
pub type Found = (usize, usize, Label);

/// The annotated mentions of a document.
fn gold(doc: &Doc) -> impl Iterator<Item = Found> {
    doc.spans
        .iter()
        .filter_map(|s| Some((s.start, s.end, label(&s.tag)?)))
}

/// The mentions in a record.
fn found(reading: &Reading) -> Vec<Found> {
    let entities = &reading.record().entities;
    entities
        .iter()
        .map(|e| {
            let span = &e.span;
            (span.byte_start as usize, span.byte_end as usize, e.label)
        })
        .collect()
}

/// Adds one document's counts; calls `miss(gold, found)` for each difference.
pub fn compare(
    doc: &Doc,
    found: &[Found],
    scores: &mut Scores,
    mut miss: impl FnMut(Option<Found>, Option<Found>),
) {
    let gold: Vec<Found> = gold(doc).collect();
    let by_span: HashMap<(usize, usize), Label> = found.iter().map(|f| ((f.0, f.1), f.2)).collect();
    let in_gold: HashMap<(usize, usize), Label> = gold.iter().map(|g| ((g.0, g.1), g.2)).collect();
    for g in &gold {
        let got = by_span.get(&(g.0, g.1)).copied();
        if got.is_some() {
            scores.spans.hit += 1;
        } else {
            scores.spans.missed += 1;
        }
        if got == Some(g.2) {
            scores.labels[g.2 as usize].hit += 1;
        } else {
            scores.labels[g.2 as usize].missed += 1;
            miss(Some(*g), got.map(|l| (g.0, g.1, l)));
        }
    }
    for f in found {
        let truth = in_gold.get(&(f.0, f.1)).copied();
        if truth.is_none() {
            scores.spans.extra += 1;
            miss(None, Some(*f));
        }
        if truth != Some(f.2) {
            scores.labels[f.2 as usize].extra += 1;
        }
    }
}

/// Scores of the entities in these records.
pub fn score(readings: &[Reading]) -> Scores {
    let mut scores = Scores::default();
    for reading in readings {
        compare(reading.doc, &found(reading), &mut scores, |_, _| {});
    }
    scores
}

/// A table of precision, recall and F1 per label; with `errors` each miss and
/// its context before it.
pub fn report(readings: &[Reading], errors: bool) -> String {
    let mut scores = Scores::default();
    let mut out = String::new();
    for reading in readings {
        let doc = reading.doc;
        compare(doc, &found(reading), &mut scores, |gold, got| {
            if errors && let Some((start, end, _)) = gold.or(got) {
                let show = |f: Option<Found>| f.map_or("-".into(), |f| format!("{:?}", f.2));
                let _ = writeln!(
                    out,
                    "{}\tgold {}\tfound {}\t{}",
                    doc.id,
                    show(gold),
                    show(got),
                    in_context(&doc.text, start, end)
                );
            }
        });
    }
    out + &table(&scores)
}

/// The scores as a table.
pub fn table(scores: &Scores) -> String {
    let mut out = String::from("entities     P      R      F1     gold\n");
    let mut row = |name: &str, s: &Score| {
        let _ = writeln!(
            out,
            "{name:<9} {:6.2} {:6.2} {:6.2} {:8}",
            100.0 * s.precision(),
            100.0 * s.recall(),
            100.0 * s.f1(),
            s.gold()
        );
    };
    for (name, s) in ["PER", "LOC", "ORG", "MISC"].iter().zip(&scores.labels) {
        row(name, s);
    }
    row("all", &scores.all());
    row("span only", &scores.spans);
    out
}

/// The score of each mention that a tagger finds, and whether its span and
/// label are right.
pub fn scored(doc: &Doc, found: &[Mention]) -> Vec<(f32, bool)> {
    let gold: HashSet<Found> = gold(doc).collect();
    found
        .iter()
        .map(|m| (m.score, gold.contains(&(m.start, m.end, m.label))))
        .collect()
}

/// Whether a document is of the half that calibration curves are fitted on: six
/// in a row by turns, so that the dev part of marked-up files is halved as well.
pub fn calibrates(doc: &Doc) -> bool {
    (doc.index / 6).is_multiple_of(2)
}

/// A reliability table over the documents that no curve is fitted on (see
/// [`calibrates`]): mentions by score, how many of them are right, and the
/// expected calibration error (Naeini et al., 2015) over ten bins.
pub fn reliability(readings: &[Reading]) -> String {
    let mut bins = [(0usize, 0f64, 0usize); 10];
    for reading in readings.iter().filter(|r| !calibrates(r.doc)) {
        let gold: HashSet<Found> = gold(reading.doc).collect();
        for (entity, found) in reading.record().entities.iter().zip(found(reading)) {
            let bin = &mut bins[((entity.score * 10.0) as usize).min(9)];
            bin.0 += 1;
            bin.1 += entity.score;
            bin.2 += usize::from(gold.contains(&found));
        }
    }
    let all: usize = bins.iter().map(|b| b.0).sum();
    let mut out = String::from("score      mentions   mean score   right\n");
    let mut ece = 0.0;
    for (i, (n, sum, right)) in bins.iter().enumerate() {
        if *n == 0 {
            continue;
        }
        let (mean, share) = (sum / *n as f64, *right as f64 / *n as f64);
        ece += (mean - share).abs() * *n as f64 / all as f64;
        let _ = writeln!(
            out,
            "{:.1}-{:.1}    {n:8}   {mean:10.3}   {share:5.3}",
            i as f64 / 10.0,
            (i + 1) as f64 / 10.0
        );
    }
    let _ = writeln!(
        out,
        "expected calibration error {ece:.3} over {all} mentions"
    );
    out
}
