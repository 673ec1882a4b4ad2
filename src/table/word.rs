//! The word that a value of an enumeration is in a record, without making text of it.

use serde::{
    Serialize,
    ser::{Impossible, Serializer},
};
use std::fmt;

/// The name of a unit variant, as it is serialised; `None` for anything else.
pub(super) fn word(value: &impl Serialize) -> Option<&'static str> {
    value.serialize(Word).ok()
}

struct Word;

/// What is no word.
#[derive(Debug)]
struct NoWord;

impl fmt::Display for NoWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no word")
    }
}

impl std::error::Error for NoWord {}

impl serde::ser::Error for NoWord {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Methods that take a value of a type which is no word.
macro_rules! none {
    ($($method:ident($($of:ty),*))*) => {
        $(fn $method(self, $(_: $of),*) -> Result<&'static str, NoWord> {
            Err(NoWord)
        })*
    };
}

impl Serializer for Word {
    type Ok = &'static str;
    type Error = NoWord;
    type SerializeSeq = Impossible<&'static str, NoWord>;
    type SerializeTuple = Impossible<&'static str, NoWord>;
    type SerializeTupleStruct = Impossible<&'static str, NoWord>;
    type SerializeTupleVariant = Impossible<&'static str, NoWord>;
    type SerializeMap = Impossible<&'static str, NoWord>;
    type SerializeStruct = Impossible<&'static str, NoWord>;
    type SerializeStructVariant = Impossible<&'static str, NoWord>;

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<&'static str, NoWord> {
        Ok(variant)
    }

    none! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32)
        serialize_i64(i64) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32)
        serialize_u64(u64) serialize_f32(f32) serialize_f64(f64) serialize_char(char)
        serialize_str(&str) serialize_bytes(&[u8]) serialize_none() serialize_unit()
        serialize_unit_struct(&'static str)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<&'static str, NoWord> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<&'static str, NoWord> {
        Err(NoWord)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<&'static str, NoWord> {
        Err(NoWord)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, NoWord> {
        Err(NoWord)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, NoWord> {
        Err(NoWord)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, NoWord> {
        Err(NoWord)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NoWord> {
        Err(NoWord)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, NoWord> {
        Err(NoWord)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, NoWord> {
        Err(NoWord)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, NoWord> {
        Err(NoWord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{Field, Label, Modifier};

    #[test]
    fn words_are_those_of_the_record() {
        assert_eq!(word(&Label::Per), Some("PER"));
        assert_eq!(word(&Modifier::EqualOrLess), Some("EQUAL_OR_LESS"));
        assert_eq!(word(&Some(Field::Title)), Some("title"));
        assert_eq!(word(&None::<Field>), None);
        assert_eq!(word(&"title"), None);
    }
}
