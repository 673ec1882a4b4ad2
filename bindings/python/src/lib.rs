//! glane for Python: the library as it is, in Python's words. What an article, a row or a
//! record is stands there; here is only what Python needs to reach it.

mod dict;
mod extractor;
mod pipe;
mod row;
mod table;

use pyo3::prelude::*;
use std::ffi::OsString;

/// Runs the command line, its first word the name of the program; gives its exit code.
#[pyfunction]
fn run(py: Python<'_>, args: Vec<OsString>) -> u8 {
    py.detach(|| glane::cli::code(args))
}

#[pymodule]
fn _glane(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<extractor::Extractor>()?;
    module.add_class::<pipe::Pipe>()?;
    module.add_class::<table::Reader>()?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(table::schema, module)?)
}
