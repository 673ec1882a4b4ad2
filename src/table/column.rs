//! What a column is, and a table.

use crate::record::Record;
use std::borrow::Cow;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// UTF-8.
    Text,
    /// A JSON object, as text.
    Object,
    /// A count or an offset, which is never negative.
    Integer,
    /// A 64-bit floating-point number.
    Float,
    /// A decimal number, exact, see [`super::decimal`].
    Decimal,
    /// A point of the calendar, see [`super::micros`].
    Timestamp,
    /// A list of texts.
    Texts,
}

/// One value of a column, as the record has it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Cell<'a> {
    /// Unknown.
    Null,
    /// Of a column of [`Type::Text`] or [`Type::Object`].
    Text(Cow<'a, str>),
    /// Of a column of [`Type::Integer`].
    Integer(u64),
    /// Of a column of [`Type::Float`].
    Float(f64),
    /// The digits of a column of [`Type::Decimal`].
    Decimal(&'a str),
    /// ISO 8601, of a column of [`Type::Timestamp`].
    Timestamp(&'a str),
    /// Of a column of [`Type::Texts`].
    Texts(Cow<'a, [String]>),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl<'a> Cell<'a> {
    /// The value, or nothing.
    pub(crate) fn perhaps(value: Option<impl Into<Self>>) -> Self {
        value.map_or(Self::Null, Into::into)
    }

    /// Digits of a decimal, or nothing.
    pub(super) fn digits(value: &'a Option<String>) -> Self {
        value.as_deref().map_or(Self::Null, Self::Decimal)
    }

    /// A point of the calendar, or nothing.
    pub(super) fn moment(value: &'a Option<String>) -> Self {
        value.as_deref().map_or(Self::Null, Self::Timestamp)
    }
}

/// A column's name and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head {
    /// Its name: the key of the record.
    pub name: &'static str,
    /// What it holds.
    pub holds: Type,
    /// Whether it may be null.
    pub nullable: bool,
}

/// A column of rows that are made of an `R`.
pub(crate) struct Column<R: 'static> {
    pub head: Head,
    pub cell: for<'a> fn(&'a R) -> Cell<'a>,
}

impl<R> Column<R> {
    /// A column that always has a value.
    pub(crate) const fn always(
        holds: Type,
        name: &'static str,
        cell: for<'a> fn(&'a R) -> Cell<'a>,
    ) -> Self {
        let nullable = false;
        let head = Head {
            name,
            holds,
            nullable,
        };
        Self { head, cell }
    }

    /// A column whose values may be null.
    pub(crate) const fn maybe(
        holds: Type,
        name: &'static str,
        cell: for<'a> fn(&'a R) -> Cell<'a>,
    ) -> Self {
        let nullable = true;
        let head = Head {
            name,
            holds,
            nullable,
        };
        Self { head, cell }
    }
}

/// Takes the cells of a row, in the order of the columns.
pub(crate) type Row<'r> = &'r mut dyn FnMut(&[Cell<'_>]);

/// A flat table of what is in records, declared once.
pub struct Table {
    /// Its name, which is that of its file.
    pub name: &'static str,
    pub(super) heads: fn(&mut Vec<Head>),
    pub(super) rows: fn(&Record, Row),
}

impl Table {
    /// Its columns, in order.
    pub fn heads(&self) -> Vec<Head> {
        let mut heads = Vec::new();
        (self.heads)(&mut heads);
        heads
    }

    /// Calls `row` with the cells of each row that a record has.
    pub fn rows(&self, record: &Record, row: &mut dyn FnMut(&[Cell<'_>])) {
        (self.rows)(record, row);
    }
}

/// Adds the columns' heads.
pub(super) fn heads<R>(columns: &[Column<R>], heads: &mut Vec<Head>) {
    heads.extend(columns.iter().map(|column| column.head));
}

/// Adds the columns' cells.
pub(super) fn cells<'a, R>(columns: &[Column<R>], of: &'a R, cells: &mut Vec<Cell<'a>>) {
    cells.extend(columns.iter().map(|column| (column.cell)(of)));
}
