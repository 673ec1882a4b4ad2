//! A record as a dict: what serde says of it, in objects of Python. Through JSON and Python's
//! `json.loads` it would keep the interpreter's lock for longer.

use glane::record::Record;
use pyo3::{
    IntoPyObjectExt,
    exceptions::PyTypeError,
    prelude::*,
    types::{PyDict, PyFloat, PyList, PyString},
};
use rustc_hash::FxHashMap;
use serde::{
    Serialize, Serializer,
    ser::{self, Impossible, SerializeMap, SerializeSeq, SerializeStruct},
};
use std::{
    cell::RefCell,
    fmt::{self, Display},
};

/// Makes dicts of records.
#[derive(Default)]
pub struct Dicts {
    /// Keys, and the words that values may be, each an object once: there are some 120,
    /// those of the schema.
    words: Words,
}

type Words = FxHashMap<Box<str>, Py<PyString>>;

impl Dicts {
    /// The keys and values of the JSON record, in its order.
    pub fn record<'py>(
        &mut self,
        py: Python<'py>,
        mut record: Record,
    ) -> PyResult<Bound<'py, PyAny>> {
        // Any JSON, with keys of the caller's: read by Python itself.
        let meta = std::mem::take(&mut record.meta);
        let words = RefCell::new(std::mem::take(&mut self.words));
        let objects = Objects {
            py,
            words: &words,
            text_is_word: false,
        };
        let dict = record.serialize(&objects);
        self.words = words.into_inner();
        let dict = dict.map_err(|Failed(e)| e)?;
        if !meta.is_empty() {
            let loads = py.import("json")?.getattr("loads")?;
            let kept = PyDict::new(py);
            for (name, value) in meta.iter() {
                kept.set_item(name, loads.call1((value.as_json(),))?)?;
            }
            dict.set_item("meta", kept)?;
        }
        Ok(dict)
    }
}

/// Gives an object for each value.
struct Objects<'a, 'py> {
    py: Python<'py>,
    words: &'a RefCell<Words>,
    /// Whether a text is a key.
    text_is_word: bool,
}

impl<'py> Objects<'_, 'py> {
    fn word(&self, word: &str) -> Bound<'py, PyString> {
        let mut words = self.words.borrow_mut();
        if let Some(known) = words.get(word) {
            return known.bind(self.py).clone();
        }
        let object = PyString::new(self.py, word);
        words.insert(word.into(), object.clone().unbind());
        object
    }
}

/// What Python raised.
#[derive(Debug)]
struct Failed(PyErr);

impl Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(why: T) -> Self {
        Self(PyTypeError::new_err(why.to_string()))
    }
}

impl From<PyErr> for Failed {
    fn from(e: PyErr) -> Self {
        Self(e)
    }
}

type Made<'py> = Result<Bound<'py, PyAny>, Failed>;

/// No record has such a value.
fn none_such<T>(what: &str) -> Result<T, Failed> {
    Err(ser::Error::custom(format!("no value of a record: {what}")))
}

/// Methods that make an object of a plain value.
macro_rules! plain {
    ($($method:ident: $type:ty,)+) => {
        $(fn $method(self, value: $type) -> Made<'py> {
            Ok(value.into_bound_py_any(self.py)?)
        })+
    };
}

impl<'a, 'py> Serializer for &'a Objects<'a, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    type SerializeSeq = List<'a, 'py>;
    type SerializeMap = Dict<'a, 'py>;
    type SerializeStruct = Dict<'a, 'py>;
    type SerializeTuple = Impossible<Self::Ok, Failed>;
    type SerializeTupleStruct = Impossible<Self::Ok, Failed>;
    type SerializeTupleVariant = Impossible<Self::Ok, Failed>;
    type SerializeStructVariant = Impossible<Self::Ok, Failed>;

    plain! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_char: char,
    }

    fn serialize_str(self, value: &str) -> Made<'py> {
        Ok(match self.text_is_word {
            true => self.word(value).into_any(),
            false => PyString::new(self.py, value).into_any(),
        })
    }

    fn serialize_f32(self, value: f32) -> Made<'py> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Made<'py> {
        // JSON has no word for the others.
        match value.is_finite() {
            true => Ok(PyFloat::new(self.py, value).into_any()),
            false => self.serialize_none(),
        }
    }

    fn serialize_bytes(self, _: &[u8]) -> Made<'py> {
        none_such("bytes")
    }

    fn serialize_none(self) -> Made<'py> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, word: &'static str) -> Made<'py> {
        Ok(self.word(word).into_any())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Made<'py> {
        none_such(variant)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List<'a, 'py>, Failed> {
        Ok(List {
            objects: self,
            list: Vec::with_capacity(len.unwrap_or_default()),
        })
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Failed> {
        none_such("a tuple")
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Failed> {
        none_such(name)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failed> {
        none_such(variant)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Dict<'a, 'py>, Failed> {
        Ok(Dict {
            objects: self,
            dict: PyDict::new(self.py),
            key: None,
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Dict<'a, 'py>, Failed> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failed> {
        none_such(variant)
    }
}

struct List<'a, 'py> {
    objects: &'a Objects<'a, 'py>,
    list: Vec<Bound<'py, PyAny>>,
}

impl<'py> SerializeSeq for List<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.list.push(value.serialize(self.objects)?);
        Ok(())
    }

    fn end(self) -> Made<'py> {
        Ok(PyList::new(self.objects.py, self.list)?.into_any())
    }
}

struct Dict<'a, 'py> {
    objects: &'a Objects<'a, 'py>,
    dict: Bound<'py, PyDict>,
    /// Of the value that comes next.
    key: Option<Bound<'py, PyAny>>,
}

impl<'py> SerializeStruct for Dict<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        let value = value.serialize(self.objects)?;
        Ok(self.dict.set_item(self.objects.word(key), value)?)
    }

    fn end(self) -> Made<'py> {
        Ok(self.dict.into_any())
    }
}

impl<'py> SerializeMap for Dict<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        let words = Objects {
            text_is_word: true,
            ..*self.objects
        };
        self.key = Some(key.serialize(&words)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        let value = value.serialize(self.objects)?;
        match self.key.take() {
            Some(key) => Ok(self.dict.set_item(key, value)?),
            None => none_such("one without a key"),
        }
    }

    fn end(self) -> Made<'py> {
        Ok(self.dict.into_any())
    }
}
