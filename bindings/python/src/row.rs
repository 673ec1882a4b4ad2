//! A row of Python as JSON, which the library reads as it reads files.

use pyo3::{
    prelude::*,
    types::{PyBytes, PyDict, PyString},
};

/// Makes JSON of rows: of dicts and texts itself, rather than by Python's encoder under the
/// interpreter's lock; all other rows and values are left to `glane._rows`.
pub struct Encoder {
    row: Py<PyAny>,
    value: Py<PyAny>,
    /// The field of rows that are a text alone.
    text: String,
}

impl Encoder {
    /// `text` is the field of rows that are a text alone.
    pub fn new(py: Python<'_>, text: Option<&str>) -> PyResult<Self> {
        let rows = py.import("glane._rows")?;
        Ok(Self {
            row: rows.getattr("row")?.unbind(),
            value: rows.getattr("value")?.unbind(),
            text: text.unwrap_or("text").to_owned(),
        })
    }

    /// A row as a JSON object.
    ///
    /// # Errors
    /// What Python raises.
    pub fn json(&self, row: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
        if row.is_instance_of::<PyString>() {
            let mut json = vec![b'{'];
            string(&self.text, &mut json);
            json.push(b':');
            self.value(row, &mut json)?;
            json.push(b'}');
            return Ok(json);
        }
        match row.cast_exact::<PyDict>() {
            Ok(dict) => self.object(dict),
            Err(_) => self.object(self.row.bind(row.py()).call1((row,))?.cast()?),
        }
    }

    fn object(&self, dict: &Bound<'_, PyDict>) -> PyResult<Vec<u8>> {
        // Taken out first: what Python does for a value may change the dict.
        let fields: Vec<_> = dict.iter().collect();
        if !fields
            .iter()
            .all(|(key, _)| key.is_exact_instance_of::<PyString>())
        {
            return python(&self.value, dict);
        }
        let mut json = Vec::new();
        for (key, value) in fields {
            json.push(if json.is_empty() { b'{' } else { b',' });
            self.value(&key, &mut json)?;
            json.push(b':');
            self.value(&value, &mut json)?;
        }
        if json.is_empty() {
            json.push(b'{');
        }
        json.push(b'}');
        Ok(json)
    }

    fn value(&self, value: &Bound<'_, PyAny>, json: &mut Vec<u8>) -> PyResult<()> {
        if value.is_none() {
            json.extend(b"null");
            return Ok(());
        }
        // Not one with a lone surrogate, of which there is no UTF-8.
        if let Ok(text) = value.cast_exact::<PyString>()
            && let Ok(text) = text.to_cow()
        {
            string(&text, json);
            return Ok(());
        }
        json.extend(python(&self.value, value)?);
        Ok(())
    }
}

/// What `glane._rows.value` makes of it.
fn python(value: &Py<PyAny>, of: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let json = value.bind(of.py()).call1((of,))?;
    Ok(json.cast_into::<PyBytes>()?.as_bytes().to_vec())
}

fn string(text: &str, json: &mut Vec<u8>) {
    json.reserve(text.len() + 2);
    // Neither a vector nor a string can fail.
    let written = serde_json::to_writer(json, text);
    debug_assert!(written.is_ok());
}
