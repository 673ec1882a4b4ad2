//! A file of records or mentions whose lines are JSON.

use super::file::File;
use crate::{
    article::bounds,
    output::layout::Line,
    record::{MentionRow, Record},
};
use serde::{Serialize, de::DeserializeOwned};
use std::io::{BufReader, Read};

/// Bytes of a line that are read: of an article of 16 MB, the most that is read unless
/// somebody asks for more, text and mentions take less.
const LINE: usize = 1 << 28;

/// Reads all lines; counts what is in them.
pub(super) fn check(mut file: File<'_, '_>, plain: Box<dyn Read + Send>) {
    let mut plain = BufReader::with_capacity(1 << 17, plain);
    let mut number = 0u64;
    loop {
        let line = match bounds::line(&mut plain, LINE) {
            Ok(None) => return,
            Ok(Some(line)) => line.end(),
            Err(e) => {
                file.problem(format_args!("after line {number}: {e}"));
                return;
            }
        };
        number += 1;
        file.report.rows += 1;
        let mut wrong = Vec::new();
        match line {
            Err(bytes) => wrong.push(format!("it has {bytes} bytes, which no record has")),
            Ok(line) => {
                if !line.ends_with(b"\n") {
                    wrong.push("the line is torn".to_owned());
                }
                match file.layout.line {
                    Line::None => wrong.push("its layout has no lines".to_owned()),
                    Line::Mention => match parse::<MentionRow>(&line) {
                        Ok(row) => wrong.extend(file.mention(&row)),
                        Err(e) => wrong.push(e),
                    },
                    Line::Record => match parse::<Record>(&line) {
                        Ok(record) => wrong.extend(file.record(&record)),
                        Err(e) => wrong.push(e),
                    },
                }
            }
        }
        file.tell(&format!("line {number}"), wrong);
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
