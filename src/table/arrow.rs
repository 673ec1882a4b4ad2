//! Records as columns of Arrow.

use super::{
    article::{ERROR, HEAD, TAIL, TEXT},
    column::{Cell, Column, Head, Table, Type, cells, heads},
    mention::{Columns, mention_cells, mention_heads},
    value::{PRECISION, SCALE, decimal, micros},
};
use crate::record::{Date, Entity, Failure, Money, Percent, Record};
use arrow_array::{
    ArrayRef, ListArray, RecordBatch, StructArray,
    builder::{
        ArrayBuilder, Decimal128Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
        TimestampMicrosecondBuilder,
    },
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, TimeUnit};
use std::sync::Arc;

/// Name of the elements of a list, as Parquet wants it.
const ELEMENT: &str = "element";

/// The schema of [`batch`]: one row an article, its columns the keys of a [`Record`] in
/// their order, each layer of mentions a list of structs.
pub fn schema() -> Schema {
    let mut fields = columns(HEAD);
    fields.push(Field::new("error", DataType::Struct(error_fields()), true));
    fields.extend(columns(TEXT));
    fields.push(list("entities", mention::<Entity>()));
    fields.push(list("money", mention::<Money>()));
    fields.push(list("dates", mention::<Date>()));
    fields.push(list("percents", mention::<Percent>()));
    fields.extend(columns(TAIL));
    Schema::new(fields)
}

/// Records as rows of [`schema`], in their order.
///
/// # Errors
/// When a column does not fit the schema, which is a bug.
pub fn batch(records: &[Record]) -> Result<RecordBatch, ArrowError> {
    let mut arrays = Vec::new();
    arrays.extend(flat(HEAD, records));
    arrays.push(errors(records)?);
    arrays.extend(flat(TEXT, records));
    arrays.push(lists(records.iter().map(|r| &r.entities[..]))?);
    arrays.push(lists(records.iter().map(|r| &r.money[..]))?);
    arrays.push(lists(records.iter().map(|r| &r.dates[..]))?);
    arrays.push(lists(records.iter().map(|r| &r.percents[..]))?);
    arrays.extend(flat(TAIL, records));
    RecordBatch::try_new(Arc::new(schema()), arrays)
}

/// The schema of rows of these columns.
pub fn schema_of(heads: &[Head]) -> Schema {
    Schema::new(fields(heads))
}

impl Table {
    /// Its schema.
    pub fn schema(&self) -> Schema {
        schema_of(&self.heads())
    }

    /// The rows that these records have, in their order.
    ///
    /// # Errors
    /// When a column does not fit the schema, which is a bug.
    pub fn batch(&self, records: &[Record]) -> Result<RecordBatch, ArrowError> {
        let mut builder = Builder::new(&self.heads());
        for record in records {
            self.rows(record, &mut |row| builder.row(row));
        }
        builder.finish()
    }
}

/// Makes columns of rows.
pub struct Builder {
    fields: Vec<Field>,
    columns: Vec<Values>,
}

impl Builder {
    /// For rows of these columns.
    pub fn new(heads: &[Head]) -> Self {
        Self {
            fields: fields(heads),
            columns: heads.iter().map(|head| Values::new(head.holds)).collect(),
        }
    }

    /// Adds a row; its cells are of the types of the columns.
    pub fn row(&mut self, cells: &[Cell<'_>]) {
        debug_assert_eq!(cells.len(), self.columns.len());
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
    }

    /// Rows that it has.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Values::len)
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows; the next one is the first of others.
    ///
    /// # Errors
    /// When a column does not fit the schema, which is a bug.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let schema = Schema::new(self.fields.clone());
        RecordBatch::try_new(Arc::new(schema), self.arrays())
    }

    fn arrays(&mut self) -> Vec<ArrayRef> {
        self.columns.iter_mut().map(Values::finish).collect()
    }
}

/// The values of one column.
enum Values {
    Text(StringBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Decimal(Decimal128Builder),
    Timestamp(TimestampMicrosecondBuilder),
    Texts(ListBuilder<StringBuilder>),
}

impl Values {
    fn new(holds: Type) -> Self {
        match holds {
            Type::Text | Type::Object => Self::Text(StringBuilder::new()),
            Type::Integer => Self::Integer(Int64Builder::new()),
            Type::Float => Self::Float(Float64Builder::new()),
            Type::Decimal => Self::Decimal(
                Decimal128Builder::new().with_data_type(DataType::Decimal128(PRECISION, SCALE)),
            ),
            Type::Timestamp => Self::Timestamp(TimestampMicrosecondBuilder::new()),
            Type::Texts => Self::Texts(
                ListBuilder::new(StringBuilder::new()).with_field(Field::new(
                    ELEMENT,
                    DataType::Utf8,
                    false,
                )),
            ),
        }
    }

    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => column.append_value(text),
            (Self::Text(column), Cell::Null) => column.append_null(),
            (Self::Integer(column), Cell::Integer(n)) => {
                // Bytes of a text, which memory holds.
                column.append_value(i64::try_from(*n).unwrap_or(i64::MAX));
            }
            (Self::Integer(column), Cell::Null) => column.append_null(),
            (Self::Float(column), Cell::Float(x)) => column.append_value(*x),
            (Self::Float(column), Cell::Null) => column.append_null(),
            (Self::Decimal(column), Cell::Decimal(text)) => column.append_option(decimal(text)),
            (Self::Decimal(column), Cell::Null) => column.append_null(),
            (Self::Timestamp(column), Cell::Timestamp(text)) => {
                column.append_option(micros(text));
            }
            (Self::Timestamp(column), Cell::Null) => column.append_null(),
            (Self::Texts(column), Cell::Texts(texts)) => {
                for text in texts.iter() {
                    column.values().append_value(text);
                }
                column.append(true);
            }
            (Self::Texts(column), Cell::Null) => column.append(false),
            // A column is declared with its type beside its cells, and tested.
            (_, other) => unreachable!("no value of this column: {other:?}"),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(column) => column.len(),
            Self::Integer(column) => column.len(),
            Self::Float(column) => column.len(),
            Self::Decimal(column) => column.len(),
            Self::Timestamp(column) => column.len(),
            Self::Texts(column) => column.len(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Integer(column) => Arc::new(column.finish()),
            Self::Float(column) => Arc::new(column.finish()),
            Self::Decimal(column) => Arc::new(column.finish()),
            Self::Timestamp(column) => Arc::new(column.finish()),
            Self::Texts(column) => Arc::new(column.finish()),
        }
    }
}

/// The type of Arrow.
fn data_type(holds: Type) -> DataType {
    match holds {
        Type::Text | Type::Object => DataType::Utf8,
        Type::Integer => DataType::Int64,
        Type::Float => DataType::Float64,
        Type::Decimal => DataType::Decimal128(PRECISION, SCALE),
        Type::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, None),
        Type::Texts => DataType::List(Arc::new(Field::new(ELEMENT, DataType::Utf8, false))),
    }
}

fn fields(heads: &[Head]) -> Vec<Field> {
    let field = |head: &Head| Field::new(head.name, data_type(head.holds), head.nullable);
    heads.iter().map(field).collect()
}

fn columns<R>(columns: &[Column<R>]) -> Vec<Field> {
    let mut all = Vec::new();
    heads(columns, &mut all);
    fields(&all)
}

fn error_fields() -> Fields {
    columns(ERROR).into()
}

/// The fields of a type of mention.
fn mention<M: Columns>() -> Fields {
    let mut all = Vec::new();
    mention_heads::<M>(&mut all);
    fields(&all).into()
}

/// The element of a list of these.
fn element(fields: Fields) -> Arc<Field> {
    Arc::new(Field::new(ELEMENT, DataType::Struct(fields), false))
}

fn list(name: &str, fields: Fields) -> Field {
    Field::new(name, DataType::List(element(fields)), false)
}

/// The arrays of columns of articles.
fn flat(columns: &[Column<Record>], records: &[Record]) -> Vec<ArrayRef> {
    let array = |column: &Column<Record>| {
        let mut values = Values::new(column.head.holds);
        for record in records {
            values.push(&(column.cell)(record));
        }
        values.finish()
    };
    columns.iter().map(array).collect()
}

/// The array of the structs `error`.
fn errors(records: &[Record]) -> Result<ArrayRef, ArrowError> {
    // What is beneath a null is never read.
    let none = Failure::new("", "");
    let mut all = Vec::new();
    heads(ERROR, &mut all);
    let mut builder = Builder::new(&all);
    for record in records {
        let mut row = Vec::new();
        cells(ERROR, record.error.as_ref().unwrap_or(&none), &mut row);
        builder.row(&row);
    }
    let there = records
        .iter()
        .map(|record| record.error.is_some())
        .collect();
    let array = StructArray::try_new(error_fields(), builder.arrays(), Some(there))?;
    Ok(Arc::new(array))
}

/// The array of the lists of one layer.
fn lists<'a, M: Columns>(
    of_records: impl Iterator<Item = &'a [M]> + Clone,
) -> Result<ArrayRef, ArrowError> {
    let mut all = Vec::new();
    mention_heads::<M>(&mut all);
    let mut builder = Builder::new(&all);
    let mut row = Vec::new();
    for one in of_records.clone().flatten() {
        row.clear();
        mention_cells(one, &mut row);
        builder.row(&row);
    }
    let fields = mention::<M>();
    let structs = StructArray::try_new(fields.clone(), builder.arrays(), None)?;
    let offsets = OffsetBuffer::from_lengths(of_records.map(<[M]>::len));
    let array = ListArray::try_new(element(fields), offsets, Arc::new(structs), None)?;
    Ok(Arc::new(array) as ArrayRef)
}
