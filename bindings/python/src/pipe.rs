//! Rows of Python in, records out, in order.

use glane::{
    Extractor,
    article::{Rows, reader::Item},
    output::Layout,
    pipeline::InOrder,
    record::Record,
};
use pyo3::{
    exceptions::PyException,
    prelude::*,
    types::{PyBytes, PyIterator, PyString},
};
use std::{collections::VecDeque, sync::Arc, time::Duration};

/// Bytes after which a piece of work is large enough, however few its rows: as the reader
/// of files cuts them.
const PIECE: usize = 128 << 10;
/// How long Ctrl-C may wait.
const WAIT: Duration = Duration::from_millis(100);

/// Iterates over records; made by `Extractor.pipe`.
#[pyclass(module = "glane")]
pub struct Pipe {
    rows: Py<PyIterator>,
    /// Makes JSON of a row: `glane._rows.encoder`.
    encode: Py<PyAny>,
    reader: Arc<Rows>,
    extractor: Arc<Extractor>,
    work: InOrder<Vec<String>>,
    /// Rows of a piece of work.
    chunk: usize,
    /// Lines whose turn it is.
    ready: VecDeque<String>,
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
        let encoder = rows.py().import("glane._rows")?.getattr("encoder")?;
        Ok(Self {
            rows: rows.try_iter()?.unbind(),
            encode: encoder.call1((text,))?.unbind(),
            reader: Arc::new(reader),
            extractor,
            work: InOrder::new(threads)?,
            chunk,
            ready: VecDeque::new(),
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
        let py = row.py();
        let json = self
            .encode
            .bind(py)
            .call1((row,))
            .and_then(|json| Ok(json.cast_into::<PyBytes>()?.as_bytes().to_vec()));
        match json {
            Ok(json) => Ok(self.reader.json(self.row, json)),
            Err(e) if e.is_instance_of::<PyException>(py) => {
                Ok(self.reader.unreadable(self.row, e.value(py)))
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
            if let Some(line) = self.ready.pop_front() {
                return record(py, &line, self.json).map(Some);
            }
            while !self.work.is_full() {
                let items = self.piece(py);
                if items.is_empty() {
                    break;
                }
                let (rows, extractor) = (Arc::clone(&self.reader), Arc::clone(&self.extractor));
                self.work.give(move || {
                    let records = items.into_iter().map(|item| extractor.row(&rows, item));
                    records.map(|record| line(&record)).collect()
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
pub fn line(record: &Record) -> String {
    let mut out = Vec::new();
    Layout::ALL[0].write(record, &mut out);
    let mut line = String::from_utf8_lossy(&out).into_owned();
    line.truncate(line.trim_end_matches('\n').len());
    line
}

/// A line as a dict, or as it is.
pub fn record<'py>(py: Python<'py>, line: &str, json: bool) -> PyResult<Bound<'py, PyAny>> {
    match json {
        true => Ok(PyString::new(py, line).into_any()),
        false => py.import("json")?.getattr("loads")?.call1((line,)),
    }
}
