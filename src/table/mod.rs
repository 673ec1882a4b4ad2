//! Records as tables: which columns there are and what each holds, declared once.
//!
//! A [`Table`] is flat: the articles, one layer of mentions with the key of its article,
//! or all mentions. With the feature `arrow`, [`schema`] and [`batch`] give records as
//! they are, a list of structs for each layer, and [`Table::schema`] with [`Builder`]
//! the flat ones. Files, Parquet and CSV, are `output`'s.
//!
//! A column is one line where its table is declared. What a record holds as text and a
//! column as a value of its own type:
//!
//! - exact decimals are `Decimal128(38, 9)`: 29 digits before the comma, as many as an
//!   amount can have, and 9 behind it; an amount with more is null there, and among the
//!   `warnings` of its article as `more_than_9_decimals:…` (its nearest `f64` stays);
//! - `from` and `to` are timestamps in microseconds of the clock on the wall, without a
//!   zone, of a year or month its beginning; an offset that a time has is in its `value`;
//! - words such as labels are text, as in the record; numbers that count are `Int64`;
//! - `meta` is the JSON object as text;
//! - `text`, `context` and `duplicate_of` are there always, and null unless they were asked for.

#[cfg(feature = "arrow")]
mod arrow;
mod article;
#[cfg(feature = "arrow")]
pub(crate) mod back;
mod column;
mod graph;
pub(crate) mod json;
mod mention;
#[cfg(test)]
#[cfg(feature = "arrow")]
mod tests;
mod value;
mod word;

#[cfg(feature = "arrow")]
pub use arrow::{Builder, batch, schema, schema_of};
pub use article::ARTICLES;
pub use column::{Cell, Head, Table, Type};
pub use graph::{CROWD, EXAMPLE, Edge, EdgeRow, Name, NameRow, Sum, Tally};
pub use mention::{DATES, ENTITIES, MENTIONS, MONEY, PERCENTS};
pub use value::{PRECISION, SCALE, decimal, micros};
pub(crate) use {
    column::Column,
    graph::{EDGE, GEPHI_EDGE, GEPHI_NODE, NAME, NEO4J_EDGE, NEO4J_NODE, pair},
    value::moment,
};
