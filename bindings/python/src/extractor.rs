//! The extractor, and the settings of rows.

use crate::{
    dict::Dicts,
    pipe::Pipe,
    table::{Reader, reader},
};
use glane::{
    article::{Article, Fields, Published, Role, Rows, reader::Options},
    dates::Timezone,
    entities::{accurate, engines},
};
use pyo3::{
    IntoPyObjectExt,
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
    types::{PyDict, PyTuple},
};
use std::{num::NonZero, path::PathBuf, sync::Arc};

/// Turns French articles into records.
///
/// `ex(text, id="", title=None, published=None)` gives the record of one text as a dict;
/// `ex.pipe(rows)` those of many rows, `ex.arrow(table)` those of a table. `title` and `published`
/// (text, `date` or `datetime`) are looked for in the first lines where they are not given.
///
/// Loads the model once; may be used from any number of threads. A wrong setting is a
/// `ValueError` with the words of the command line. One that is pickled is its settings alone:
/// another process loads the model once, however often it is unpickled there.
#[pyclass(module = "glane", frozen)]
pub struct Extractor {
    inner: Arc<glane::Extractor>,
    /// Articles that a thread takes at a time.
    chunk: usize,
    threads: usize,
    /// What it was made with: pairs of name and value.
    settings: Py<PyTuple>,
}

/// What is wrong with a setting.
pub fn wrong(error: impl ToString) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// One word or several.
#[derive(FromPyObject)]
enum Words {
    One(String),
    Several(Vec<String>),
}

impl Words {
    fn list(self) -> Vec<String> {
        match self {
            // As the command line takes them.
            Self::One(words) => words.split(',').map(|c| c.trim().to_owned()).collect(),
            Self::Several(words) => words,
        }
    }
}

/// A date: text, or what can say itself in ISO 8601.
fn date(value: Option<Bound<'_, PyAny>>) -> PyResult<Option<String>> {
    let Some(value) = value else { return Ok(None) };
    match value.extract::<String>() {
        Ok(text) => Ok(Some(text)),
        Err(_) if value.hasattr("isoformat")? => {
            value.call_method0("isoformat")?.extract().map(Some)
        }
        Err(_) => Err(PyTypeError::new_err(format!(
            "published: a text, a date or a datetime, not {}",
            value.get_type().name()?
        ))),
    }
}

#[pymethods]
impl Extractor {
    #[new]
    #[pyo3(signature = (
        *, lang = Words::One("fra".to_owned()), assume_lang = None, min_score = 0.0,
        crypto = false, timezone = None, context = false, with_text = false,
        engine = "compact", model = None, encoder = None, cascade = accurate::DOUBT,
        threads = None
    ), text_signature = "(*, lang='fra', assume_lang=None, min_score=0.0, crypto=False, \
        timezone=None, context=False, with_text=False, engine='compact', model=None, encoder=None, \
        cascade=0.01, threads=None)")]
    #[allow(clippy::too_many_arguments)] // Each is a flag of the command line.
    fn new(
        py: Python<'_>,
        lang: Words,
        assume_lang: Option<&str>,
        min_score: f32,
        crypto: bool,
        timezone: Option<&str>,
        context: bool,
        with_text: bool,
        engine: &str,
        model: Option<PathBuf>,
        encoder: Option<PathBuf>,
        cascade: f32,
        threads: Option<NonZero<usize>>,
    ) -> PyResult<Self> {
        for (name, value) in [("min_score", min_score), ("cascade", cascade)] {
            if !(0.0..=1.0).contains(&value) {
                return Err(wrong(format!("{name}: write a number from 0 to 1")));
            }
        }
        let codes = lang.list();
        let mut builder = glane::Extractor::builder()
            .languages(&codes)
            .map_err(wrong)?
            .min_score(min_score)
            .crypto(crypto)
            .context(context)
            .with_text(with_text);
        if let Some(code) = assume_lang {
            builder = builder.assume_language(code).map_err(wrong)?;
        }
        if let Some(zone) = timezone {
            builder = builder.timezone(zone.parse::<Timezone>().map_err(wrong)?);
        }
        let Some(engine) = engines::Engine::named(engine) else {
            let names: Vec<_> = engines::ALL.iter().map(|e| e.name).collect();
            let names = names.join(", ");
            return Err(wrong(format!("no engine `{engine}`: there are {names}")));
        };
        // Another process may have another working directory.
        let absolute = |path: Option<PathBuf>| path.map(|p| std::path::absolute(&p).unwrap_or(p));
        let (model, encoder) = (absolute(model), absolute(encoder));
        let settings = PyTuple::new(
            py,
            [
                ("lang", PyTuple::new(py, &codes)?.into_any()),
                ("assume_lang", assume_lang.into_bound_py_any(py)?),
                ("min_score", min_score.into_bound_py_any(py)?),
                ("crypto", crypto.into_bound_py_any(py)?),
                ("timezone", timezone.into_bound_py_any(py)?),
                ("context", context.into_bound_py_any(py)?),
                ("with_text", with_text.into_bound_py_any(py)?),
                ("engine", engine.name.into_bound_py_any(py)?),
                ("model", model.as_deref().into_bound_py_any(py)?),
                ("encoder", encoder.as_deref().into_bound_py_any(py)?),
                ("cascade", cascade.into_bound_py_any(py)?),
                ("threads", threads.map(NonZero::get).into_bound_py_any(py)?),
            ],
        )?;
        let options = engines::Options {
            model,
            encoder,
            cascade,
            ..engines::Options::default()
        };
        let tagger = py.detach(|| (engine.load)(&options)).map_err(wrong)?;
        let threads = threads.or_else(|| std::thread::available_parallelism().ok());
        Ok(Self {
            inner: Arc::new(builder.build_with(tagger)),
            chunk: engine.chunk,
            threads: threads.map_or(1, NonZero::get),
            settings: settings.unbind(),
        })
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Py<PyTuple>,))> {
        let load = py.import("glane._shared")?.getattr("extractor")?;
        Ok((load, (self.settings.clone_ref(py),)))
    }

    fn __repr__(&self) -> String {
        let (name, threads) = (self.inner.model().name, self.threads);
        let plural = if threads == 1 { "" } else { "s" };
        format!("<glane.Extractor: {name}, {threads} thread{plural}>")
    }

    /// The record of one text, as a dict with the keys of the JSON record in their order.
    ///
    /// `title` and `published` (text, `date` or `datetime`) are looked for in the first lines
    /// where they are not given.
    #[pyo3(signature = (text, *, id = "", title = None, published = None))]
    fn __call__<'py>(
        &self,
        py: Python<'py>,
        text: &str,
        id: &str,
        title: Option<&str>,
        published: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let published = date(published)?;
        let record = py.detach(|| {
            let article = Article::with(id, text, title, published.as_deref());
            self.inner.extract(&article)
        });
        Dicts::default().record(py, record)
    }

    /// Streams rows (dicts, or texts) and gives their records in the same order.
    ///
    /// All cores work, without the interpreter's lock, and read ahead a few hundred rows at
    /// most. `text`, `id`, `title` and `date` name fields (dotted paths lead into objects);
    /// those not named are found by their usual names. A row that is none, or has no text, gets
    /// a record with `status` "error". With `source`, the name of a file, the records are those
    /// that `glane extract` makes of the same rows in a JSON Lines file of this name; with
    /// `json=True` they are its lines, as text.
    #[pyo3(signature = (
        rows, *, text = None, id = None, title = None, date = None, keep = Words::Several(Vec::new()),
        source = None, published = None, max_article_bytes = Options::MAX_ARTICLE_BYTES,
        json = false, threads = None
    ), text_signature = "($self, rows, *, text=None, id=None, title=None, date=None, keep=(), \
        source=None, published=None, max_article_bytes=16777216, json=False, threads=None)")]
    #[allow(clippy::too_many_arguments)] // Each is a flag of the command line.
    fn pipe(
        &self,
        rows: &Bound<'_, PyAny>,
        text: Option<String>,
        id: Option<String>,
        title: Option<String>,
        date: Option<String>,
        keep: Words,
        source: Option<&str>,
        published: Option<Bound<'_, PyAny>>,
        max_article_bytes: usize,
        json: bool,
        threads: Option<NonZero<usize>>,
    ) -> PyResult<Pipe> {
        let key = text.clone();
        let fields = [text, id, title, date];
        let reader = described(fields, keep, source, published, max_article_bytes)?;
        Pipe::new(
            rows,
            key.as_deref(),
            reader,
            Arc::clone(&self.inner),
            self.chunk,
            threads.map_or(self.threads, NonZero::get),
            json,
        )
    }

    /// Reads a table or a reader of record batches (pyarrow, polars, pandas, DuckDB: whatever
    /// has the Arrow PyCapsule interface) and gives a reader of record batches: one row an
    /// article, in the same order, with the columns of `glane.schema()`.
    ///
    /// Nothing passes through JSON. Give the reader to `pyarrow.RecordBatchReader.from_stream`,
    /// `pyarrow.table`, `polars.DataFrame` or DuckDB. Columns are named as fields are in
    /// `pipe`; one that is named and not there is a `ValueError`.
    #[pyo3(signature = (
        data, *, text = None, id = None, title = None, date = None, keep = Words::Several(Vec::new()),
        source = None, published = None, max_article_bytes = Options::MAX_ARTICLE_BYTES,
        threads = None
    ), text_signature = "($self, data, *, text=None, id=None, title=None, date=None, keep=(), \
        source=None, published=None, max_article_bytes=16777216, threads=None)")]
    #[allow(clippy::too_many_arguments)] // Each is a flag of the command line.
    fn arrow(
        &self,
        data: &Bound<'_, PyAny>,
        text: Option<String>,
        id: Option<String>,
        title: Option<String>,
        date: Option<String>,
        keep: Words,
        source: Option<&str>,
        published: Option<Bound<'_, PyAny>>,
        max_article_bytes: usize,
        threads: Option<NonZero<usize>>,
    ) -> PyResult<Reader> {
        let fields = [text, id, title, date];
        let rows = described(fields, keep, source, published, max_article_bytes)?;
        Reader::new(
            reader(data)?,
            rows,
            Arc::clone(&self.inner),
            self.chunk,
            threads.map_or(self.threads, NonZero::get),
        )
    }

    /// Name and SHA-256 of the model.
    #[getter]
    fn model<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let model = self.inner.model();
        let out = PyDict::new(py);
        out.set_item("name", model.name)?;
        out.set_item("sha256", model.sha256)?;
        Ok(out)
    }
}

/// How rows become articles; `fields` are in the order of [`Role::ALL`].
fn described(
    fields: [Option<String>; 4],
    keep: Words,
    source: Option<&str>,
    published: Option<Bound<'_, PyAny>>,
    max_article_bytes: usize,
) -> PyResult<Rows> {
    let mut options = Options::default();
    options.max_article_bytes = max_article_bytes;
    let mut named = Fields::default();
    for (role, field) in Role::ALL.into_iter().zip(fields) {
        if let Some(field) = field {
            named.set(role, field);
        }
    }
    keep.list().into_iter().for_each(|path| named.keep(path));
    options.fields = named;
    if let Some(text) = date(published)? {
        options.published = Some(text.parse::<Published>().map_err(wrong)?);
    }
    Ok(Rows::new(source, options))
}
