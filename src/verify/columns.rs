//! A file of records or mentions whose rows are columns.

use super::file::File;
use crate::{
    article::Unreadable,
    output::{RowsBack, layout::Line},
    record::{MentionRow, Record},
    table::json,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Rows of a file, until one cannot be read.
pub(super) struct Rows {
    rows: Option<RowsBack>,
    /// How many were read.
    pub number: u64,
}

impl Rows {
    pub fn new(rows: RowsBack) -> Self {
        let (rows, number) = (Some(rows), 0);
        Self { rows, number }
    }

    /// The next row as JSON.
    pub fn next(&mut self) -> Result<Option<String>, String> {
        let Some(rows) = &mut self.rows else {
            return Ok(None);
        };
        // The library that reads columns may panic on what is damaged.
        let read = Unreadable::guard("read", || rows.next());
        let after = format!("after row {}", self.number);
        let why = match read {
            Ok(Some(Ok(row))) => {
                self.number += 1;
                return Ok(Some(row));
            }
            Ok(None) => None,
            Ok(Some(Err(e))) => Some(format!("{after}: {e}")),
            Err(_) => Some(format!("{after}: damaged")),
        };
        self.rows = None;
        why.map_or(Ok(None), Err)
    }
}

/// Reads all rows; counts what is in them.
pub(super) fn check(mut file: File<'_, '_>, rows: RowsBack) {
    let mut rows = Rows::new(rows);
    loop {
        let row = match rows.next() {
            Ok(None) => return,
            Ok(Some(row)) => row,
            Err(e) => {
                file.problem(e);
                return;
            }
        };
        file.report.rows += 1;
        let wrong = match file.layout.line {
            Line::None => vec!["its layout has no rows".to_owned()],
            Line::Mention => match parse::<MentionRow>(&row, json::mention) {
                Ok(mention) => file.mention(&mention),
                Err(e) => vec![e],
            },
            Line::Record => match parse::<Record>(&row, json::record) {
                Ok(record) => file.record(&record),
                Err(e) => vec![e],
            },
        };
        file.tell(&format!("row {}", rows.number), wrong);
    }
}

/// Reads a row strictly: what is made of it gives the same columns.
pub(super) fn parse<T: DeserializeOwned>(
    row: &str,
    again: impl Fn(&T) -> String,
) -> Result<T, String> {
    let value: T = serde_json::from_str(row).map_err(|e| not_as_the_schema(&e))?;
    same(row, &again(&value)).map(|()| value)
}

/// Why a row is none, without the place in a line that nobody has.
pub(super) fn not_as_the_schema(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or_default();
    format!("not as the schema: {what}")
}

/// Whether a row is as glane writes it, which is `again`.
pub(super) fn same(row: &str, again: &str) -> Result<(), String> {
    if row == again {
        return Ok(());
    }
    let members = |json: &str| serde_json::from_str::<Map<String, Value>>(json);
    let differs = match (members(row), members(again)) {
        (Ok(row), Ok(again)) => row.into_iter().find(|(key, v)| again.get(key) != Some(v)),
        _ => None,
    };
    // A kept number may be written otherwise and be the same.
    let column = differs.map_or("meta".to_owned(), |(key, _)| key);
    Err(format!("not as glane writes it: the column `{column}`"))
}
