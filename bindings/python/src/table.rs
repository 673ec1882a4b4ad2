//! Columns of Arrow in and out, through the PyCapsule interface.

use crate::extractor::wrong;
use arrow_array::{
    RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi},
    ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader},
};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use arrow_select::concat::concat_batches;
use glane::{Extractor, article::Rows, pipeline::InOrder, table};
use pyo3::{
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
    types::PyCapsule,
};
use std::{
    ffi::CStr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// Rows of a batch that is given: each costs its reader some microseconds, whatever its rows.
const BATCH: usize = 1024;
/// How long Ctrl-C may wait.
const WAIT: Duration = Duration::from_millis(100);

type Input = Box<dyn RecordBatchReader + Send>;

/// What reads `data`.
#[allow(unsafe_code)] // The interface hands out pointers.
pub fn reader(data: &Bound<'_, PyAny>) -> PyResult<Input> {
    if data.hasattr("__arrow_c_stream__")? {
        let capsule = data.call_method0("__arrow_c_stream__")?;
        let capsule = capsule.cast_into::<PyCapsule>()?;
        let stream = capsule.pointer_checked(Some(STREAM))?.cast();
        // SAFETY: a capsule of this name holds a valid stream, which lives as long as the
        // capsule; what is moved out of it is left released, so that it is freed once.
        let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) };
        // The stream of a column alone has no schema of a table.
        return match reader {
            Ok(reader) => Ok(Box::new(reader)),
            Err(e) => Err(no_table(data, &format!(" ({e})"))?),
        };
    }
    if data.hasattr("__arrow_c_array__")? {
        let pair = data.call_method0("__arrow_c_array__")?;
        let (schema, array) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
        let (schema, array) = (
            schema.cast_into::<PyCapsule>()?,
            array.cast_into::<PyCapsule>()?,
        );
        let (from, to) = (
            schema.pointer_checked(Some(SCHEMA))?.cast(),
            array.pointer_checked(Some(ARRAY))?.cast(),
        );
        // SAFETY: capsules of these names hold a valid schema and array that belong
        // together, and live to the end of this block; the array is left released.
        let data = unsafe {
            let schema: &FFI_ArrowSchema = from.as_ref();
            from_ffi(FFI_ArrowArray::from_raw(to.as_ptr()), schema)
        };
        let data = data.map_err(wrong)?;
        if matches!(data.data_type(), DataType::Struct(_)) {
            let batch = RecordBatch::from(StructArray::from(data));
            let schema = batch.schema();
            return Ok(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        }
    }
    let hint = match data.hasattr("collect")? {
        true => ": call its `collect` first",
        false => "",
    };
    Err(no_table(data, hint)?)
}

fn no_table(data: &Bound<'_, PyAny>, hint: &str) -> PyResult<PyErr> {
    Ok(PyTypeError::new_err(format!(
        "no table: a table or a reader of pyarrow, polars, pandas or DuckDB is one (whatever has \
         `__arrow_c_stream__`), {} is none{hint}",
        data.get_type().name()?
    )))
}

/// Records of a table as record batches; made by `Extractor.arrow`, and read once.
#[pyclass(module = "glane", name = "RecordBatchReader", frozen)]
pub struct Reader {
    records: Mutex<Option<Records>>,
}

impl Reader {
    pub fn new(
        input: Input,
        rows: Rows,
        extractor: Arc<Extractor>,
        chunk: usize,
        threads: usize,
    ) -> PyResult<Self> {
        if let Some(unknown) = rows.unknown_column(&input.schema()) {
            return Err(wrong(unknown));
        }
        let records = Records {
            input,
            rows: Arc::new(rows),
            extractor,
            work: InOrder::new(threads)?,
            chunk,
            batch: None,
            row: 1,
            failed: None,
            schema: Arc::new(table::schema()),
            looked: Instant::now(),
        };
        Ok(Self {
            records: Mutex::new(Some(records)),
        })
    }
}

#[pymethods]
impl Reader {
    /// The records as a stream of the Arrow PyCapsule interface; once.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give the schema that it has.
        drop(requested_schema);
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let records = records
            .take()
            .ok_or_else(|| PyValueError::new_err("this reader was read already"))?;
        let stream = FFI_ArrowArrayStream::new(Box::new(records));
        PyCapsule::new_with_value(py, stream, STREAM)
    }

    /// The schema of the batches.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule(py)
    }
}

fn capsule(py: Python<'_>) -> PyResult<Bound<'_, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(table::schema()).map_err(wrong)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

/// A schema of the Arrow PyCapsule interface.
#[pyclass(module = "glane", frozen)]
pub struct Schema;

#[pymethods]
impl Schema {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule(py)
    }
}

/// The schema of records as columns, for `pyarrow.schema(glane.schema())`.
#[pyfunction]
pub fn schema() -> Schema {
    Schema
}

/// Reads batches, and makes batches of records of their rows.
struct Records {
    input: Input,
    rows: Arc<Rows>,
    extractor: Arc<Extractor>,
    work: InOrder<Result<RecordBatch, ArrowError>>,
    /// Rows of a piece of work.
    chunk: usize,
    /// What is left of the batch at hand.
    batch: Option<RecordBatch>,
    /// Number of the next row.
    row: u64,
    /// What the input failed with: told behind the records before it.
    failed: Option<ArrowError>,
    schema: SchemaRef,
    /// When Ctrl-C was looked for.
    looked: Instant,
}

impl Records {
    /// The next rows, as many as one piece of work has.
    fn piece(&mut self) -> Option<RecordBatch> {
        loop {
            if let Some(batch) = self.batch.take().filter(|batch| batch.num_rows() > 0) {
                let len = self.chunk.min(batch.num_rows());
                self.batch = Some(batch.slice(len, batch.num_rows() - len));
                return Some(batch.slice(0, len));
            }
            if self.failed.is_some() {
                return None;
            }
            match self.input.next()? {
                Ok(batch) => self.batch = Some(batch),
                Err(e) => self.failed = Some(e),
            }
        }
    }
}

impl Iterator for Records {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut parts, mut count) = (Vec::new(), 0);
        while count < BATCH {
            while !self.work.is_full() {
                let Some(piece) = self.piece() else { break };
                let first = self.row;
                self.row += piece.num_rows() as u64;
                let (rows, extractor) = (Arc::clone(&self.rows), Arc::clone(&self.extractor));
                self.work.give(move || {
                    let items = rows.columns(first, &piece).into_iter();
                    let records: Vec<_> = items.map(|item| extractor.row(&rows, item)).collect();
                    table::batch(&records)
                });
            }
            if self.work.is_empty() {
                break;
            }
            if self.looked.elapsed() > WAIT {
                self.looked = Instant::now();
                if let Err(e) = interrupted() {
                    return Some(Err(e));
                }
            }
            match self.work.take(WAIT) {
                None => {}
                Some(Ok(part)) => {
                    count += part.num_rows();
                    parts.push(part);
                }
                Some(Err(e)) => return Some(Err(e)),
            }
        }
        match parts.is_empty() {
            true => self.failed.take().map(Err),
            false => Some(concat_batches(&self.schema, &parts)),
        }
    }
}

/// Looks whether Ctrl-C was pressed: who reads a stream to its end would not see it before.
/// A stream has errors of Arrow alone: that of Python is told in words.
///
/// # Errors
/// When it was, or what else a handler of signals has raised.
fn interrupted() -> Result<(), ArrowError> {
    Python::attach(|py| py.check_signals())
        .map_err(|e| ArrowError::ExternalError(format!("interrupted by {e}").into()))
}

impl RecordBatchReader for Records {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
