//! Parquet: records as they are, or flat tables, compressed with Zstandard inside.
//!
//! Any thread makes columns of some records; one puts them, in the order of the input,
//! into row groups, which are cut by what is in them: the same input gives the same
//! bytes, whatever the number of threads.

mod back;

use super::{
    Encode, Output, OutputError, Part, Place, Sink, SinkFormat, layout, sink,
    tables::Tables,
    tabular::{OneTable, Rows, TableFile, Tabular},
};
use crate::{
    record::{Record, SCHEMA},
    table::{self, Cell},
};
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::{metadata::KeyValue, properties::WriterProperties},
};
use std::{io, path::PathBuf, sync::Arc};

/// Parquet.
pub static PARQUET: SinkFormat = SinkFormat {
    name: "parquet",
    extensions: &["parquet"],
    writes: "columns, typed and compressed",
    layouts: &[&layout::ARTICLES, &layout::MENTIONS, &layout::TABLES],
    compressed: false,
    open: |place, layout| match layout.tables.len() {
        0 => Nested::open(place),
        1 => OneTable::open(place, layout, &TABULAR),
        _ => Tables::open(place, layout, &TABULAR, None),
    },
    back: Some(back::rows),
};

/// Rows in a group at most: DuckDB reads groups of 100,000 to 1,000,000 rows best, and
/// a thread each.
const GROUP_ROWS: usize = 1 << 17;
/// Bytes of a group, as they are going to be written, above which it ends: what is in
/// memory of a file.
const GROUP_BYTES: usize = 16 << 20;
/// Level of Zstandard: its own default.
const LEVEL: i32 = 3;

static TABULAR: Tabular = Tabular {
    rows: |heads| Box::new(Columns(table::Builder::new(heads))),
    open: |out, heads| {
        let file = File::begin(out, table::schema_of(heads))?;
        Ok(Box::new(file))
    },
};

/// What a thread makes: columns, or why not, which is a bug.
type Batch = Result<RecordBatch, ArrowError>;

struct Columns(table::Builder);

impl Rows for Columns {
    fn row(&mut self, cells: &[Cell<'_>]) {
        self.0.row(cells);
    }

    fn part(mut self: Box<Self>) -> Part {
        Box::new(self.0.finish())
    }
}

/// Records with their mentions in one file.
struct Nested {
    place: Place,
    file: Box<File>,
}

impl Nested {
    fn open(mut place: Place) -> Result<Box<dyn Sink>, OutputError> {
        let file = Box::new(File::begin(place.create_main()?, table::schema())?);
        Ok(Box::new(Self { place, file }))
    }
}

struct Batches;

impl Encode for Batches {
    fn part(&self, records: &[Record]) -> Part {
        Box::new(table::batch(records))
    }
}

impl Sink for Nested {
    fn encoder(&self) -> Box<dyn Encode> {
        Box::new(Batches)
    }

    fn rows(&mut self, part: Part) -> io::Result<()> {
        self.file.rows(part)
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn finish(self: Box<Self>) -> Result<Place, OutputError> {
        self.file.finish()?;
        Ok(self.place)
    }
}

/// One file.
struct File {
    path: PathBuf,
    writer: ArrowWriter<Output>,
}

impl File {
    fn begin(out: Output, schema: Schema) -> Result<Self, OutputError> {
        let level = ZstdLevel::try_new(LEVEL).unwrap_or_default();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_created_by(concat!("glane ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(vec![KeyValue::new(
                "schema".to_owned(),
                SCHEMA.to_owned(),
            )]))
            .build();
        let path = out.path().to_owned();
        let writer = ArrowWriter::try_new(out, Arc::new(schema), Some(properties));
        let writer = writer.map_err(|e| OutputError::io(&path)(io_error(e)))?;
        Ok(Self { path, writer })
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), ParquetError> {
        self.writer.write(batch)?;
        match self.writer.in_progress_size() > GROUP_BYTES {
            true => self.writer.flush(),
            false => Ok(()),
        }
    }
}

impl TableFile for File {
    fn rows(&mut self, part: Part) -> io::Result<()> {
        let batch = sink::own::<Batch>(part)?.map_err(io::Error::other)?;
        self.write(&batch).map_err(io_error)
    }

    fn finish(self: Box<Self>) -> Result<(), OutputError> {
        let Self { path, writer } = *self;
        let out = writer.into_inner();
        let out = out.map_err(|e| OutputError::io(&path)(io_error(e)))?;
        out.finish()
    }
}

/// The file system's error, where it is one.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
