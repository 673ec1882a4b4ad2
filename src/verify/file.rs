//! What is held against each row of a file of records, however the file is written.

use super::{Report, Texts, listed::Listed, record};
use crate::{
    output::{Counts, ErrorRow, Layout},
    record::{LAYERS, MentionRow, Record},
};
use std::collections::HashSet;

/// What is remembered from file to file.
pub(super) struct Seen {
    /// Keys of the articles: 16 bytes an article.
    pub uids: HashSet<u64>,
    /// The list of articles that failed, beside which the records are read.
    pub errors: Listed,
}

/// Problems told of one file; more are as good as none.
const EACH: usize = 20;

/// One file, and what its rows are held against.
pub(super) struct File<'a, 't> {
    pub name: &'a str,
    pub layout: &'a Layout,
    pub counts: &'a mut Counts,
    pub seen: &'a mut Seen,
    pub texts: &'a mut Option<Texts<'t>>,
    pub report: &'a mut Report,
    /// Problems told of it.
    pub told: usize,
}

impl File<'_, '_> {
    /// Tells what is wrong with the whole of it, or after a row.
    pub fn problem(&mut self, what: impl std::fmt::Display) {
        self.report.problem(format!("{}: {what}", self.name));
    }

    /// Tells what is wrong with one row.
    pub fn tell(&mut self, at: &str, wrong: Vec<String>) {
        for what in wrong {
            self.told += 1;
            if self.told <= EACH {
                self.report.problem(format!("{}, {at}: {what}", self.name));
            } else {
                self.report.more += 1;
            }
        }
    }

    /// Counts a row of the layout of mentions; what is wrong with it.
    pub fn mention(&mut self, row: &MentionRow) -> Vec<String> {
        record::check_row(row, self.counts)
    }

    /// Counts a record; what is wrong with it.
    pub fn record(&mut self, record: &Record) -> Vec<String> {
        let mut wrong = Vec::new();
        *self
            .counts
            .articles
            .entry(record.status.name().to_owned())
            .or_default() += 1;
        for layer in LAYERS {
            layer.each(record, &mut |mention| {
                let (key, _) = layer.tallies[mention.tally()];
                *self.counts.mentions.entry(key.to_owned()).or_default() += 1;
            });
        }
        if let Some(first) = &record.duplicate_of {
            self.counts.near_duplicates += 1;
            let number = u64::from_str_radix(first, 16);
            if !number.is_ok_and(|first| self.seen.uids.contains(&first)) {
                wrong.push(format!("it repeats {first}, which no record before it is"));
            }
        }
        if let Ok(uid) = u64::from_str_radix(&record.uid, 16)
            && !self.seen.uids.insert(uid)
        {
            wrong.push(format!("the key {} has come before", record.uid));
        }
        if let Some(failed) = ErrorRow::of(record) {
            self.seen.errors.meet(&failed);
        }
        wrong.extend(record::check(record, record.text.as_deref()));
        if record.text.is_some() {
            self.report.texts += 1;
        } else if let Some(articles) = self.texts {
            match articles
                .find(|a| crate::record::uid(a.source.as_deref(), a.row, &a.id) == record.uid)
            {
                None => {
                    wrong.push("no input has this article, from where the last one was".to_owned());
                    // Those behind would not be found either.
                    *self.texts = None;
                }
                Some(_) if record.error.is_some() => {}
                Some(article) => {
                    self.report.texts += 1;
                    wrong.extend(record::check_text(record, &article.text));
                }
            }
        }
        wrong
    }
}
