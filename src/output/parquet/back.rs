//! Parquet back to rows.

use super::io_error;
use crate::{
    compression::Compression,
    output::back::{Held, RowsBack},
    table::{self, back},
};
use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::{fs::File, io};

/// Rows that are decoded at once: with its text an article has some 20 KB.
const BATCH: usize = 256;

/// See [`crate::output::back::Back`]; a file of Parquet is compressed inside.
pub(super) fn rows(file: File, _: &'static Compression, held: Held) -> io::Result<RowsBack> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(io_error)?;
    let expected = match &held {
        Held::Nested => table::schema(),
        Held::Flat(heads) => table::schema_of(heads),
    };
    if let Some(what) = differs(&expected, builder.schema()) {
        return Err(io::Error::other(what));
    }
    let batches = builder.with_batch_size(BATCH).build().map_err(io_error)?;
    Ok(Box::new(batches.flat_map(move |batch| match batch {
        Ok(batch) => of(&batch, &held).into_iter().map(Ok).collect(),
        Err(e) => vec![Err(io::Error::other(e))],
    })))
}

fn of(batch: &RecordBatch, held: &Held) -> Vec<String> {
    match held {
        Held::Nested => back::nested(batch),
        Held::Flat(heads) => back::flat(batch, heads),
    }
}

/// What is wrong with the columns of a file.
fn differs(expected: &Schema, found: &Schema) -> Option<String> {
    let names = |schema: &Schema| -> Vec<String> {
        let names = schema.fields().iter().map(|f| f.name().clone());
        names.collect()
    };
    if names(expected) != names(found) {
        return Some(format!(
            "its columns are {}, not {}",
            names(found).join(", "),
            names(expected).join(", ")
        ));
    }
    let same =
        |a: &Field, b: &Field| (a.data_type(), a.is_nullable()) == (b.data_type(), b.is_nullable());
    let mut pairs = expected.fields().iter().zip(found.fields());
    let (a, b) = pairs.find(|(a, b)| !same(a, b))?;
    Some(format!(
        "its column `{}` holds {}, not {}",
        a.name(),
        b.data_type(),
        a.data_type()
    ))
}
