//! Rows of Python in, records out, in order.

use crate::{dict::Dicts, row::Encoder};
use glane::{
    Extractor,
    article::{Rows, reader::Item},
    output::Layout,
    pipeline::InOrder,
    record::Record,
};
use pyo3::{
    exceptions::{PyException, PyTypeError},
    prelude::*,
    types::{PyBytes, PyDict, PyIterator, PyString},
};
use std::{collections::VecDeque, sync::Arc, time::Duration};

/// Bytes after which a piece of work is large enough, however few its rows: as the reader
/// of files cuts them.
const PIECE: usize = 128 << 10;
/// How long Ctrl-C may wait.
const WAIT: Duration = Duration::from_millis(100);

/// What was made of a row: threads without the interpreter's lock can make lines, not dicts.
enum Done {
    Record(Box<Record>),
    Line(String),
}

/// Iterates over records; made by `Extractor.pipe`.
#[pyclass(module = "glane")]
pub struct Pipe {
    rows: Py<PyIterator>,
    encoder: Encoder,
    reader: Arc<Rows>,
    extractor: Arc<Extractor>,
    work: InOrder<Vec<Done>>,
    /// Rows of a piece of work.
    chunk: usize,
    /// What has its turn.
    ready: VecDeque<Done>,
    dicts: Dicts,
    /// Number of the next row.
    row: u64,
    ended: bool,
    /// What the caller's iterator raised: raised again behind the records before it.
    raised: Option<PyErr>,
    json: bool,
}

impl Pipe {
    pub fn new(
        rows: &Bound<'_, PyAny>,
        text: Option<&str>,
        reader: Rows,
        extractor: Arc<Extractor>,
        chunk: usize,
        threads: usize,
        json: bool,
    ) -> PyResult<Self> {
        let kind = rows.get_type().name()?;
        // Each can be iterated over, and would give letters, keys or columns.
        if rows.hasattr("__arrow_c_stream__")? {
            return Err(PyTypeError::new_err(format!(
                "no rows: {kind} is a table, which `arrow` reads"
            )));
        }
        if rows.is_instance_of::<PyString>()
            || rows.is_instance_of::<PyBytes>()
            || rows.is_instance_of::<PyDict>()
        {
            return Err(PyTypeError::new_err(format!(
                "no rows: many dicts or texts are, one {kind} is none; write `pipe([…])`, or call the \
                 extractor with one text"
            )));
        }
        Ok(Self {
            rows: rows.try_iter()?.unbind(),
            encoder: Encoder::new(rows.py(), text)?,
            reader: Arc::new(reader),
            extractor,
            work: InOrder::new(threads)?,
            chunk,
            ready: VecDeque::new(),
            dicts: Dicts::default(),
            row: 1,
            ended: false,
            raised: None,
            json,
        })
    }

    /// The next rows, as many as one piece of work has; none at the end.
    fn piece(&mut self, py: Python<'_>) -> Vec<Item> {
        let (mut items, mut bytes) = (Vec::new(), 0);
        while !self.ended && items.len() < self.chunk && bytes < PIECE {
            match self.rows.bind(py).clone().next() {
                None => self.ended = true,
                Some(Err(e)) => {
                    self.raised = Some(e);
                    self.ended = true;
                }
                Some(Ok(row)) => match self.item(&row) {
                    Ok(item) => {
                        bytes += item.len();
                        items.push(item);
                        self.row += 1;
                    }
                    Err(e) => {
                        self.raised = Some(e);
                        self.ended = true;
                    }
                },
            }
        }
        items
    }

    /// A row, whatever it is; an error is none of the row, such as Ctrl-C.
    fn item(&self, row: &Bound<'_, PyAny>) -> PyResult<Item> {
        match self.encoder.json(row) {
            Ok(json) => Ok(self.reader.json(self.row, json)),
            Err(e) if e.is_instance_of::<PyException>(row.py()) => {
                Ok(self.reader.unreadable(self.row, e.value(row.py())))
            }
            Err(e) => Err(e),
        }
    }
}

#[pymethods]
impl Pipe {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        loop {
            match self.ready.pop_front() {
                Some(Done::Record(record)) => return self.dicts.record(py, *record).map(Some),
                Some(Done::Line(line)) => return Ok(Some(PyString::new(py, &line).into_any())),
                None => {}
            }
            while !self.work.is_full() {
                let items = self.piece(py);
                if items.is_empty() {
                    break;
                }
                let (rows, extractor) = (Arc::clone(&self.reader), Arc::clone(&self.extractor));
                let done = match self.json {
                    true => |record| Done::Line(line(&record)),
                    false => |record| Done::Record(Box::new(record)),
                };
                self.work.give(move || {
                    let records = items.into_iter().map(|item| extractor.row(&rows, item));
                    records.map(done).collect()
                });
            }
            if self.work.is_empty() {
                return self.raised.take().map_or(Ok(None), Err);
            }
            let work = &mut self.work;
            if let Some(lines) = py.detach(|| work.take(WAIT)) {
                self.ready.extend(lines);
            }
            py.check_signals()?;
        }
    }
}

/// A record as the line that the command line writes, without its line break.
fn line(record: &Record) -> String {
    let mut out = Vec::new();
    Layout::ALL[0].write(record, &mut out);
    let mut line = String::from_utf8_lossy(&out).into_owned();
    line.truncate(line.trim_end_matches('\n').len());
    line
}
