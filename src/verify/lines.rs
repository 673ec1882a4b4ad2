//! The lines of one file of records.

use super::{Report, Texts, listed::Listed, record};
use crate::{
    article::bounds,
    output::{Counts, ErrorRow, Layout, layout::Line},
    record::{LAYERS, MentionRow, Record},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    collections::HashSet,
    io::{BufReader, Read},
};

/// What is remembered from file to file.
pub(super) struct Seen {
    /// Keys of the articles: 16 bytes an article.
    pub uids: HashSet<u64>,
    /// The list of articles that failed, beside which the records are read.
    pub errors: Listed,
}

pub(super) struct Lines<'a> {
    name: &'a str,
    layout: &'a Layout,
    plain: BufReader<Box<dyn Read + Send>>,
}

/// Bytes of a line that are read: of an article of 16 MB, the most that is read unless
/// somebody asks for more, text and mentions take less.
const LINE: usize = 1 << 28;

/// Problems told of one file; more are as good as none.
const EACH: usize = 20;

impl<'a> Lines<'a> {
    pub fn new(name: &'a str, layout: &'a Layout, plain: Box<dyn Read + Send>) -> Self {
        let plain = BufReader::with_capacity(1 << 17, plain);
        Self {
            name,
            layout,
            plain,
        }
    }

    /// Reads all lines; counts what is in them.
    pub fn check(
        mut self,
        counts: &mut Counts,
        seen: &mut Seen,
        texts: &mut Option<Texts>,
        report: &mut Report,
    ) {
        let (mut number, mut told) = (0u64, 0);
        loop {
            let line = match bounds::line(&mut self.plain, LINE) {
                Ok(None) => return,
                Ok(Some(line)) => line.end(),
                Err(e) => {
                    report.problem(format!("{}: after line {number}: {e}", self.name));
                    return;
                }
            };
            number += 1;
            report.rows += 1;
            let line = match line {
                Ok(line) => line,
                Err(bytes) => {
                    report.problem(format!(
                        "{}, line {number}: it has {bytes} bytes, which no record has",
                        self.name
                    ));
                    continue;
                }
            };
            let mut wrong = Vec::new();
            if !line.ends_with(b"\n") {
                wrong.push("the line is torn".to_owned());
            }
            match self.layout.line {
                Line::None => wrong.push("its layout has no lines".to_owned()),
                Line::Mention => match parse::<MentionRow>(&line) {
                    Ok(row) => wrong.extend(record::check_row(&row, counts)),
                    Err(e) => wrong.push(e),
                },
                Line::Record => match parse::<Record>(&line) {
                    Ok(record) => self.record(&record, counts, seen, texts, report, &mut wrong),
                    Err(e) => wrong.push(e),
                },
            }
            for what in wrong {
                told += 1;
                if told <= EACH {
                    report.problem(format!("{}, line {number}: {what}", self.name));
                } else {
                    report.more += 1;
                }
            }
        }
    }

    fn record(
        &self,
        record: &Record,
        counts: &mut Counts,
        seen: &mut Seen,
        texts: &mut Option<Texts>,
        report: &mut Report,
        wrong: &mut Vec<String>,
    ) {
        *counts
            .articles
            .entry(record.status.name().to_owned())
            .or_default() += 1;
        for layer in LAYERS {
            layer.each(record, &mut |mention| {
                let (key, _) = layer.tallies[mention.tally()];
                *counts.mentions.entry(key.to_owned()).or_default() += 1;
            });
        }
        if let Some(first) = &record.duplicate_of {
            counts.near_duplicates += 1;
            let number = u64::from_str_radix(first, 16);
            if !number.is_ok_and(|first| seen.uids.contains(&first)) {
                wrong.push(format!("it repeats {first}, which no record before it is"));
            }
        }
        if let Ok(uid) = u64::from_str_radix(&record.uid, 16)
            && !seen.uids.insert(uid)
        {
            wrong.push(format!("the key {} has come before", record.uid));
        }
        if let Some(failed) = ErrorRow::of(record) {
            seen.errors.meet(&failed);
        }
        wrong.extend(record::check(record, record.text.as_deref()));
        if record.text.is_some() {
            report.texts += 1;
        } else if let Some(articles) = texts {
            match articles
                .find(|a| crate::record::uid(a.source.as_deref(), a.row, &a.id) == record.uid)
            {
                None => {
                    wrong.push("no input has this article, from where the last one was".to_owned());
                    // Those behind would not be found either.
                    *texts = None;
                }
                Some(_) if record.error.is_some() => {}
                Some(article) => {
                    report.texts += 1;
                    wrong.extend(record::check_text(record, &article.text));
                }
            }
        }
    }
}

/// Reads a line strictly: what is written again has all keys of today, in their
/// order, and no others.
fn parse<T: DeserializeOwned + Serialize>(line: &[u8]) -> Result<T, String> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let value: T = serde_json::from_slice(line).map_err(|e| format!("not as the schema: {e}"))?;
    match serde_json::to_vec(&value) {
        Ok(again) if again == line => Ok(value),
        Ok(again) => {
            let at = again.iter().zip(line).take_while(|(a, b)| a == b).count();
            Err(format!(
                "not as glane writes it, from byte {at} of the line on"
            ))
        }
        Err(e) => Err(e.to_string()),
    }
}
