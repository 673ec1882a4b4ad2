//! Rows of columns as JSON: what stands in them, in one form, whether it was read from a
//! file or comes from a record. Decimals and points of the calendar are as a column holds
//! them, so that both can be compared.

use super::{
    article::{ERROR, HEAD, TAIL, TEXT},
    column::{Cell, Column, Head, Type, cells, heads},
    mention::{Columns, MENTIONS, mention_cells, mention_heads, row_cells},
    value::{decimal, digits, micros, moment},
};
use crate::record::{MentionRow, Record};

/// Appends an object, one key a column.
fn object(heads: &[Head], cells: &[Cell<'_>], out: &mut String) {
    out.push('{');
    members(heads, cells, out);
    out.push('}');
}

/// What stands between the braces.
pub(super) fn members(heads: &[Head], cells: &[Cell<'_>], out: &mut String) {
    for (i, (head, cell)) in heads.iter().zip(cells).enumerate() {
        if i > 0 {
            out.push(',');
        }
        key(head.name, out);
        value(head.holds, cell, out);
    }
}

fn key(name: &str, out: &mut String) {
    string(name, out);
    out.push(':');
}

/// A string of JSON; writing one cannot fail.
fn string(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

fn value(holds: Type, cell: &Cell<'_>, out: &mut String) {
    let text = |text: Option<String>, out: &mut String| match text {
        Some(text) => string(&text, out),
        None => out.push_str("null"),
    };
    match cell {
        Cell::Null => out.push_str("null"),
        Cell::Text(object) if holds == Type::Object => out.push_str(object),
        Cell::Text(text) => string(text, out),
        Cell::Integer(n) => out.push_str(&n.to_string()),
        // What is no number is null, which no column of numbers that are always there takes.
        Cell::Float(x) => out.push_str(&serde_json::to_string(x).unwrap_or_default()),
        Cell::Decimal(exact) => text(decimal(exact).map(digits), out),
        Cell::Timestamp(at) => text(micros(at).and_then(moment), out),
        Cell::Texts(texts) => out.push_str(&serde_json::to_string(texts).unwrap_or_default()),
    }
}

/// An article with its mentions, as the columns of [`super::schema`] hold it.
pub(crate) fn record(record: &Record) -> String {
    let mut out = "{".to_owned();
    let part = |columns: &[Column<Record>], out: &mut String| {
        let (mut names, mut row) = (Vec::new(), Vec::new());
        heads(columns, &mut names);
        cells(columns, record, &mut row);
        members(&names, &row, out);
    };
    part(HEAD, &mut out);
    out.push(',');
    key("error", &mut out);
    match &record.error {
        None => out.push_str("null"),
        Some(failure) => {
            let (mut names, mut row) = (Vec::new(), Vec::new());
            heads(ERROR, &mut names);
            cells(ERROR, failure, &mut row);
            object(&names, &row, &mut out);
        }
    }
    out.push(',');
    part(TEXT, &mut out);
    list("entities", &record.entities, &mut out);
    list("money", &record.money, &mut out);
    list("dates", &record.dates, &mut out);
    list("percents", &record.percents, &mut out);
    out.push(',');
    part(TAIL, &mut out);
    out.push('}');
    out
}

fn list<M: Columns>(name: &str, mentions: &[M], out: &mut String) {
    out.push(',');
    key(name, out);
    out.push('[');
    let mut names = Vec::new();
    mention_heads::<M>(&mut names);
    for (i, mention) in mentions.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let mut row = Vec::new();
        mention_cells(mention, &mut row);
        object(&names, &row, out);
    }
    out.push(']');
}

/// A mention, as the columns of [`MENTIONS`] hold it.
pub(crate) fn mention(row: &MentionRow) -> String {
    let mut out = String::new();
    object(&MENTIONS.heads(), &row_cells(row), &mut out);
    out
}

impl super::Table {
    /// The rows that a record has, each as JSON.
    pub(crate) fn json(&self, record: &Record) -> Vec<String> {
        let (heads, mut all) = (self.heads(), Vec::new());
        self.rows(record, &mut |cells| all.push(json(&heads, cells)));
        all
    }
}

/// A row as JSON.
pub(crate) fn json(heads: &[Head], cells: &[Cell<'_>]) -> String {
    let mut out = String::new();
    object(heads, cells, &mut out);
    out
}
