//! Columns of Arrow back to rows of JSON: what a record is made of again.

use super::{
    article::{ERROR, HEAD, TAIL, TEXT},
    column::{Cell, Column, Head, Type, heads},
    json::members,
    mention::{Columns, mention_heads},
    value::{digits, moment},
};
use crate::record::{Date, Entity, Money, Percent, Record};
use arrow_array::{
    Array, ArrayRef, RecordBatch,
    cast::AsArray,
    types::{Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType},
};
use std::borrow::Cow;

/// The rows of a flat table, whose columns are these; its schema must be
/// [`super::schema_of`] of them.
pub(crate) fn flat(batch: &RecordBatch, heads: &[Head]) -> Vec<String> {
    let row = |at| {
        let mut out = "{".to_owned();
        cells(heads, batch.columns(), at, &mut out);
        out.push('}');
        out
    };
    (0..batch.num_rows()).map(row).collect()
}

/// Articles with their mentions; the schema must be [`super::schema`].
pub(crate) fn nested(batch: &RecordBatch) -> Vec<String> {
    (0..batch.num_rows()).map(|at| article(batch, at)).collect()
}

fn article(batch: &RecordBatch, at: usize) -> String {
    let mut columns = batch.columns();
    let mut out = "{".to_owned();
    part(HEAD, &mut columns, at, &mut out);
    out.push_str(",\"error\":");
    structure(&all(ERROR), next(&mut columns), at, &mut out);
    out.push(',');
    part(TEXT, &mut columns, at, &mut out);
    list::<Entity>("entities", next(&mut columns), at, &mut out);
    list::<Money>("money", next(&mut columns), at, &mut out);
    list::<Date>("dates", next(&mut columns), at, &mut out);
    list::<Percent>("percents", next(&mut columns), at, &mut out);
    out.push(',');
    part(TAIL, &mut columns, at, &mut out);
    out.push('}');
    out
}

fn all<R>(columns: &[Column<R>]) -> Vec<Head> {
    let mut names = Vec::new();
    heads(columns, &mut names);
    names
}

/// Takes the first column off.
fn next<'a>(columns: &mut &'a [ArrayRef]) -> Option<&'a ArrayRef> {
    let (first, rest) = columns.split_first()?;
    *columns = rest;
    Some(first)
}

/// Takes off as many columns as these are, and appends their cells.
fn part(of: &[Column<Record>], columns: &mut &[ArrayRef], at: usize, out: &mut String) {
    let names = all(of);
    let (first, rest) = columns.split_at(names.len().min(columns.len()));
    *columns = rest;
    cells(&names, first, at, out);
}

fn structure(heads: &[Head], of: Option<&ArrayRef>, at: usize, out: &mut String) {
    match of.filter(|of| of.is_valid(at)) {
        None => out.push_str("null"),
        Some(of) => {
            out.push('{');
            cells(heads, of.as_struct().columns(), at, out);
            out.push('}');
        }
    }
}

fn list<M: Columns>(name: &str, column: Option<&ArrayRef>, at: usize, out: &mut String) {
    let mut names = Vec::new();
    mention_heads::<M>(&mut names);
    out.push_str(&format!(",\"{name}\":["));
    if let Some(column) = column {
        let mentions = column.as_list::<i32>().value(at);
        for i in 0..mentions.len() {
            if i > 0 {
                out.push(',');
            }
            structure(&names, Some(&mentions), i, out);
        }
    }
    out.push(']');
}

/// Appends one row as the members of an object.
fn cells(heads: &[Head], columns: &[ArrayRef], at: usize, out: &mut String) {
    // Cells borrow digits and moments, which are made here.
    let words: Vec<_> = heads
        .iter()
        .zip(columns)
        .map(|(head, column)| words(head.holds, column, at))
        .collect();
    let row: Vec<_> = heads
        .iter()
        .zip(columns)
        .zip(&words)
        .map(|((head, column), words)| cell(head.holds, column, at, words.as_deref()))
        .collect();
    members(heads, &row, out);
}

/// A value that a cell has as text and the column as a number.
fn words(holds: Type, column: &ArrayRef, at: usize) -> Option<String> {
    if column.is_null(at) {
        return None;
    }
    match holds {
        Type::Decimal => Some(digits(column.as_primitive::<Decimal128Type>().value(at))),
        Type::Timestamp => {
            let micros = column.as_primitive::<TimestampMicrosecondType>().value(at);
            // What the calendar does not have is told as a record cannot have it.
            Some(moment(micros).unwrap_or_else(|| micros.to_string()))
        }
        _ => None,
    }
}

fn cell<'a>(holds: Type, column: &'a ArrayRef, at: usize, words: Option<&'a str>) -> Cell<'a> {
    if column.is_null(at) {
        return Cell::Null;
    }
    match holds {
        Type::Text | Type::Object => column.as_string::<i32>().value(at).into(),
        // A negative one is beyond every text.
        Type::Integer => {
            let number = column.as_primitive::<Int64Type>().value(at);
            u64::try_from(number).unwrap_or(u64::MAX).into()
        }
        Type::Float => column.as_primitive::<Float64Type>().value(at).into(),
        Type::Decimal => words.map_or(Cell::Null, Cell::Decimal),
        Type::Timestamp => words.map_or(Cell::Null, Cell::Timestamp),
        Type::Texts => {
            let texts = column.as_list::<i32>().value(at);
            let texts = texts.as_string::<i32>();
            let all = (0..texts.len()).map(|i| texts.value(i).to_owned());
            Cell::Texts(Cow::Owned(all.collect()))
        }
    }
}
