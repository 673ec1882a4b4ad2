//! Counts of a run, in memory that does not grow with it.

use crate::{
    output::Counts,
    record::{LAYERS, Label, Record, Span, Status, Zone},
};
use foldhash::HashMap;
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hasher},
};

/// Labels in the order in which they are shown.
pub const LABELS: [Label; 4] = [Label::Per, Label::Loc, Label::Org, Label::Misc];

/// Articles by status and mentions by kind.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Articles that were extracted.
    pub ok: u64,
    /// Articles in a language that was not asked for.
    pub skipped_language: u64,
    /// Articles without text.
    pub skipped_empty: u64,
    /// Articles that could not be read.
    pub error: u64,
    /// Articles left out, since their text was seen before.
    pub seen: u64,
    /// Articles that nearly repeat an earlier one.
    pub near_duplicates: u64,
    /// Bytes of decoded text, of all articles.
    pub text_bytes: u64,
    /// Articles that were extracted without knowing when they were published.
    pub undated: u64,
    /// Time expressions without a value.
    pub dates_without_value: u64,
    /// Mentions in comments and in what pages say, whose names are not counted.
    pub aside: u64,
    /// Articles with a warning, by its kind: what stands before its colon.
    pub warnings: BTreeMap<String, u64>,
    /// Mentions, in the order of [`LAYERS`] and their tallies; empty before the
    /// first article.
    counts: Vec<u64>,
    names: Names,
}

/// All that is counted apart.
fn tallies() -> impl Iterator<Item = (&'static str, &'static str)> {
    LAYERS.iter().flat_map(|l| l.tallies.iter().copied())
}

/// Whether others than the article speak there.
fn is_aside(span: &Span) -> bool {
    span.zone.is_some_and(Zone::is_aside)
}

impl Tally {
    /// Counts one record of an article of `text_bytes` bytes.
    pub fn count(&mut self, record: &Record, text_bytes: usize) {
        *self.of(record.status) += 1;
        self.text_bytes += text_bytes as u64;
        self.counts.resize(tallies().count(), 0);
        let mut base = 0;
        for layer in LAYERS {
            layer.each(record, &mut |m| {
                self.counts[base + m.tally()] += 1;
                self.aside += u64::from(is_aside(m.span()));
            });
            base += layer.tallies.len();
        }
        for entity in record.entities.iter().filter(|e| !is_aside(&e.span)) {
            self.names.add(entity.label, &entity.name, 1);
        }
        self.undated += u64::from(record.status == Status::Ok && record.published.is_none());
        let unsettled = record.dates.iter().filter(|d| d.value.is_none());
        self.dates_without_value += unsettled.count() as u64;
        let mut kinds: Vec<_> = record
            .warnings
            .iter()
            .map(|w| w.split(':').next().unwrap_or_default())
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            *self.warnings.entry(kind.to_owned()).or_default() += 1;
        }
    }

    fn of(&mut self, status: Status) -> &mut u64 {
        match status {
            Status::Ok => &mut self.ok,
            Status::SkippedLanguage => &mut self.skipped_language,
            Status::SkippedEmpty => &mut self.skipped_empty,
            Status::Error => &mut self.error,
        }
    }

    /// Adds the counts of another part of the run.
    pub fn merge(&mut self, other: &Self) {
        self.merge_counts(other);
        for (label, counts) in LABELS.iter().zip(&other.names.counts) {
            for (name, n) in counts {
                self.names.add(*label, name, *n);
            }
        }
        self.names.prune();
    }

    /// The same without the names.
    pub fn merge_counts(&mut self, other: &Self) {
        self.ok += other.ok;
        self.skipped_language += other.skipped_language;
        self.skipped_empty += other.skipped_empty;
        self.error += other.error;
        self.seen += other.seen;
        self.near_duplicates += other.near_duplicates;
        self.text_bytes += other.text_bytes;
        self.undated += other.undated;
        self.dates_without_value += other.dates_without_value;
        self.aside += other.aside;
        for (kind, n) in &other.warnings {
            *self.warnings.entry(kind.clone()).or_default() += n;
        }
        self.counts.resize(tallies().count(), 0);
        for (a, b) in self.counts.iter_mut().zip(&other.counts) {
            *a += b;
        }
    }

    /// Adds what is known of an earlier part of the run; its names are not.
    pub fn restore(&mut self, counts: &Counts, text_bytes: u64) {
        for status in Status::ALL {
            *self.of(status) += counts.of(status);
        }
        self.text_bytes += text_bytes;
        self.seen += counts.seen;
        self.near_duplicates += counts.near_duplicates;
        self.counts.resize(tallies().count(), 0);
        for (n, (key, _)) in self.counts.iter_mut().zip(tallies()) {
            *n += counts.mentions.get(key).copied().unwrap_or_default();
        }
    }

    /// The counts, without the names, as the manifest has them.
    pub fn written(&self, repeated_ids: u64) -> Counts {
        Counts::new(
            self.statuses().map(|(s, n)| (s.to_owned(), n)).into(),
            self.mentions()
                .map(|(key, _, n)| (key.to_owned(), n))
                .collect(),
            repeated_ids,
            self.seen,
            self.near_duplicates,
        )
    }

    /// Articles by the name of their status.
    pub fn statuses(&self) -> [(&'static str, u64); 4] {
        [
            (Status::Ok, self.ok),
            (Status::SkippedLanguage, self.skipped_language),
            (Status::SkippedEmpty, self.skipped_empty),
            (Status::Error, self.error),
        ]
        .map(|(status, n)| (status.name(), n))
    }

    /// Mentions: key in the manifest, word in the summary, count; in the order
    /// of [`LAYERS`].
    pub fn mentions(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> + '_ {
        let counts = self.counts.iter().copied().chain(std::iter::repeat(0));
        tallies().zip(counts).map(|((key, noun), n)| (key, noun, n))
    }

    /// All articles.
    pub fn articles(&self) -> u64 {
        self.ok + self.skipped_language + self.skipped_empty + self.error
    }

    /// The `n` most frequent names of a label with their mentions; ties in
    /// alphabetical order.
    pub fn top(&self, label: Label, n: usize) -> Vec<(&str, u64)> {
        let mut all: Vec<_> = self.names.counts[label as usize]
            .iter()
            .map(|(name, count)| (name.as_str(), *count))
            .collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        all.truncate(n);
        all
    }
}

/// Counts of names a label. Rare names are forgotten when there are too many
/// (lossy counting, Manku and Motwani 2002): the frequent ones stay, their
/// counts at most [`Names::forgotten`] too low.
#[derive(Debug, Clone, Default)]
struct Names {
    counts: [HashMap<String, u64>; 4],
    forgotten: [u64; 4],
}

/// Names kept a label.
const MOST: usize = 20_000;

impl Names {
    fn add(&mut self, label: Label, name: &str, n: u64) {
        let counts = &mut self.counts[label as usize];
        match counts.get_mut(name) {
            Some(count) => *count += n,
            None => {
                counts.insert(name.to_owned(), n);
            }
        }
    }

    fn prune(&mut self) {
        for (counts, forgotten) in self.counts.iter_mut().zip(&mut self.forgotten) {
            while counts.len() > MOST {
                *forgotten += 1;
                counts.retain(|_, n| *n > *forgotten);
            }
        }
    }
}

/// Finds ids that come again, in fixed memory: an id is remembered until
/// another one takes its slot. So nothing is said of ids that are all
/// different, and what is counted is a lower bound, exact for small runs but
/// for the rare collision of two slots.
#[derive(Debug)]
pub struct Ids {
    slots: Vec<u64>,
    /// Articles whose id had come before.
    pub repeated: u64,
    /// The first such id.
    pub example: Option<String>,
}

/// 2 MB of hashes.
const SLOTS: usize = 1 << 18;

impl Default for Ids {
    fn default() -> Self {
        Self {
            slots: vec![0; SLOTS],
            repeated: 0,
            example: None,
        }
    }
}

impl Ids {
    /// Looks at one id.
    pub fn see(&mut self, id: String) {
        let mut hasher = DefaultHasher::new();
        hasher.write(id.as_bytes());
        // Never 0, which marks a free slot.
        let hash = hasher.finish() | 1;
        let slot = &mut self.slots[(hash >> 32) as usize % SLOTS];
        if *slot == hash {
            self.repeated += 1;
            self.example.get_or_insert(id);
        } else {
            *slot = hash;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extractor, article::Article};

    #[test]
    fn frequent_names_survive_a_flood_of_rare_ones() {
        let mut whole = Tally::default();
        for i in 0..60 {
            let mut part = Tally::default();
            part.names.add(Label::Loc, "Nîmes", 50);
            part.names.add(Label::Loc, "Arles", 40);
            for j in 0..1000 {
                part.names.add(Label::Loc, &format!("Lieu {i} {j}"), 1);
            }
            whole.merge(&part);
        }
        assert_eq!(whole.top(Label::Loc, 2), [("Nîmes", 3000), ("Arles", 2400)]);
        assert!(whole.names.counts[1].len() <= MOST);
        assert!(whole.top(Label::Per, 5).is_empty());
    }

    #[test]
    fn names_of_comments_are_not_counted() {
        let article = Article::from_text(
            "a",
            "Le maire de Nîmes, Paul Garnier, a payé 30 euros lundi pour la halle de sa ville.\n\n\
             1 commentaire :\nMarius\nQue fait donc Paul Garnier pour Nîmes avec ses 40 euros ?\nRépondre",
        );
        let record = Extractor::builder().build().unwrap().extract(&article);
        let amounts: Vec<_> = record.money.iter().map(|m| m.span.zone).collect();
        assert_eq!(amounts, [None, Some(Zone::Comment)]);
        let mut tally = Tally::default();
        tally.count(&record, article.text.len());
        assert_eq!(tally.top(Label::Per, 9), [("Paul Garnier", 1)]);
        // Of the mentions none is lost.
        let money = tally.mentions().find(|(key, ..)| *key == "money");
        assert_eq!(money.map(|(.., n)| n), Some(2));
        assert!(tally.aside >= 3, "{}", tally.aside);
    }

    #[test]
    fn repeated_ids_are_counted() {
        let mut ids = Ids::default();
        for id in ["a", "b", "a", "a"] {
            ids.see(id.to_owned());
        }
        assert_eq!((ids.repeated, ids.example.as_deref()), (2, Some("a")));
    }
}
