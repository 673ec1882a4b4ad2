//! Articles that a rule or a tagger failed on, inside parts that are complete when a run
//! is resumed: they are not seen, and nothing repeats them.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use glane::{
    Extractor,
    article::{inputs, reader::Options},
    entities::{Mention, ModelInfo, TagError, Tagger},
    output::{Discard, Encode, ErrorRow, Layout, Mark, Part, PartDone, Target},
    pipeline::{
        batch::{self, Job, Note, Outcome, Take, Watch},
        seen::Seen,
    },
    text::Analysis,
};
use std::{collections::HashSet, fs, io, path::Path, sync::Arc};

/// Fails on what holds « panne ».
struct Moody;

impl Tagger for Moody {
    fn tag(&self, text: &str, _: &Analysis) -> Result<Vec<Mention>, TagError> {
        match text.contains("panne") {
            true => Err(TagError("no memory".into())),
            false => Ok(Vec::new()),
        }
    }

    fn model(&self) -> ModelInfo {
        ModelInfo::new("moody", "")
    }
}

struct Deaf;

impl Watch for Deaf {
    fn note(&self, _: Note) {}
    fn advance(&self, _: u64, _: u64, _: u64) {}
}

/// Remembers what a run gave.
#[derive(Default)]
struct Memory {
    lines: Vec<u8>,
    marks: Vec<Mark>,
    failed: HashSet<String>,
    /// Parts that are complete already.
    kept: usize,
}

impl Target for Memory {
    fn encoder(&self) -> Box<dyn Encode> {
        Discard::new(Layout::ALL[0]).encoder()
    }

    fn shard_bytes(&self) -> Option<u64> {
        Some(400)
    }

    fn kept(&self) -> Vec<Mark> {
        self.marks[..self.kept].to_vec()
    }

    fn kept_failures(&self) -> io::Result<HashSet<String>> {
        Ok(match self.kept {
            0 => HashSet::new(),
            _ => self.failed.clone(),
        })
    }

    fn rows(&mut self, part: Part) -> io::Result<()> {
        self.lines.extend(*part.downcast::<Vec<u8>>().unwrap());
        Ok(())
    }

    fn failed(&mut self, failure: &ErrorRow) -> io::Result<()> {
        self.failed.insert(failure.uid.clone());
        Ok(())
    }

    fn end_part(&mut self, done: PartDone) -> io::Result<()> {
        let mark = serde_json::json!({
            "part": self.marks.len(), "files": [], "articles": done.articles,
            "input_bytes": done.input_bytes, "text_bytes": done.text_bytes,
            "content": done.content, "counts": done.counts,
        });
        self.marks.push(serde_json::from_value(mark)?);
        Ok(())
    }
}

fn run(dir: &Path, extractor: &Extractor, target: &mut Memory) -> Outcome {
    let found = inputs::collect(&[dir.to_owned()], None, None, inputs::Links::Follow);
    let options = Options::default();
    let job = Job {
        extractor,
        options: &options,
        inputs: found.files,
        refused: &found.refused,
        threads: 2,
        chunk: 1,
        take: {
            let mut take = Take::default();
            take.seen = Some(Seen::default());
            take
        },
        limit: None,
        max_errors: None,
        rejects: false,
        keep_skipped: true,
        near_duplicates: true,
    };
    batch::run(&job, target, &Deaf, &Arc::default()).unwrap()
}

#[test]
fn they_are_not_seen_and_nothing_repeats_them() {
    let dir = tempfile::tempdir().unwrap();
    let text = |town: &str, what: &str| {
        let text = format!(
            "La {what} de {town} a coûté trente euros au maire de la ville de {town} hier soir, \
             et le conseil municipal de {town} en parlera lundi."
        );
        format!("{}\n", serde_json::json!({"id": town, "texte": text}))
    };
    let rows: String = [
        ("Nîmes", "panne"),
        ("Arles", "fête"),
        ("Sète", "panne"),
        ("Arles", "fête"),
        ("Lunel", "fête"),
        ("Sète", "panne"),
        ("Uzès", "fête"),
        ("Arles", "fête"),
    ]
    .iter()
    .map(|(town, what)| text(town, what))
    .collect();
    fs::write(dir.path().join("d.jsonl"), rows).unwrap();
    let extractor = Extractor::builder().build_with(Arc::new(Moody));
    let mut whole = Memory::default();
    let undisturbed = run(dir.path(), &extractor, &mut whole);
    assert_eq!(undisturbed.tally.error, 3);
    // Those of Arles, Lunel and Uzès, one of them three times.
    assert_eq!(undisturbed.texts.len(), 5);
    assert_eq!(undisturbed.tally.near_duplicates, 2);
    assert!(whole.marks.len() > 2);
    for kept in 1..=whole.marks.len() {
        let mut target = Memory {
            marks: whole.marks.clone(),
            failed: whole.failed.clone(),
            kept,
            ..Memory::default()
        };
        let resumed = run(dir.path(), &extractor, &mut target);
        assert_eq!(resumed.texts, undisturbed.texts, "{kept} parts were kept");
        assert!(whole.lines.ends_with(&target.lines));
        assert_eq!(resumed.tally.near_duplicates, 2);
    }
}
