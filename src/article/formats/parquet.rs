//! Parquet: rows in columns, of which only those are read that somebody wants.
//!
//! A row becomes an object of JSON and is read as one, so that fields are chosen as in
//! JSON Lines.

use super::jsonl;
use crate::article::{
    Article, Fields, Unreadable,
    bounds::too_long,
    container::{Articles, Body, Container, Cut, Open, Opened},
    decode,
    fields::Used,
    options::Options,
};
use parquet::{
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        reader::{FileReader, SerializedFileReader},
    },
    record::{Field, reader::RowIter},
    schema::types::Type,
};
use serde_json::{Map, Value};
use std::{fs::File, io, sync::Arc};

/// Parquet.
pub static PARQUET: Container = Container {
    name: "parquet",
    aliases: &[],
    extensions: &["parquet"],
    holds: "rows in columns, nested or not",
    articles: Articles::Many,
    sniff: |head| head.starts_with(b"PAR1"),
    open: Open::File(open),
};

/// Rows that are decoded at once: a long article has some 20 KB.
const BATCH: usize = 256;

fn open(file: File, options: &Options) -> io::Result<Opened> {
    let reader = guarded(|| SerializedFileReader::new(file))?;
    let root = reader.metadata().file_metadata().schema().clone();
    let mut names = Vec::new();
    for column in root.get_fields() {
        paths(column, "", &mut names);
    }
    let fields = &options.fields;
    let wanted = |column: &&Arc<Type>| {
        let name = column.name();
        !fields.roles(name).is_empty() || fields.keeps(name) || fields.leads_on(name)
    };
    let mut columns: Vec<_> = root.get_fields().iter().filter(wanted).cloned().collect();
    if columns.is_empty() {
        // Each row is to say that there is no text.
        columns.extend(root.get_fields().first().cloned());
    }
    let rows = guarded(|| {
        let chosen = Type::group_type_builder(root.name())
            .with_fields(columns)
            .build()?;
        let rows = RowIter::from_file_into(Box::new(reader)).project(Some(chosen))?;
        Ok(rows.with_batch_size(BATCH))
    })?;
    Ok(Opened {
        cut: Box::new(Rows {
            rows,
            row: 0,
            names: names.into(),
            most: options.max_article_bytes,
        }),
        warning: None,
    })
}

/// Whether glane has written a file, by its own word.
pub(super) fn is_ours(file: File) -> bool {
    let Ok(reader) = guarded(|| SerializedFileReader::new(file)) else {
        return false;
    };
    let told = reader.metadata().file_metadata();
    let by_glane = told.created_by().is_some_and(|by| by.starts_with("glane "));
    let values = told.key_value_metadata();
    by_glane
        && values.is_some_and(|all| {
            let value = |of: &KeyValue| of.value.as_ref().is_some_and(|v| v.starts_with("glane/"));
            all.iter().any(|of| of.key == "schema" && value(of))
        })
}

/// What the library does with a file, which may be anybody's.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> io::Result<T> {
    let told = |why: &str| {
        io::Error::other(format!(
            "no Parquet, or damaged{why}: check the file's extension, or copy it again"
        ))
    };
    match Unreadable::guard("read", work) {
        Ok(done) => done.map_err(|e| told(&format!(" ({e})"))),
        // It panics at some damages.
        Err(_) => Err(told("")),
    }
}

/// Paths of a column and of what lies in it.
fn paths(column: &Type, prefix: &str, out: &mut Vec<String>) {
    let path = match prefix {
        "" => column.name().to_owned(),
        prefix => format!("{prefix}.{}", column.name()),
    };
    out.push(path.clone());
    if column.is_group() {
        for inner in column.get_fields() {
            paths(inner, &path, out);
        }
    }
}

struct Rows {
    rows: RowIter<'static>,
    row: u64,
    /// Names of all columns, also of those that are not read.
    names: Arc<[String]>,
    /// Bytes of the longest row.
    most: usize,
}

impl Cut for Rows {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        let Some(row) = guarded(|| self.rows.next().transpose())? else {
            return Ok(None);
        };
        self.row += 1;
        let columns = row.into_columns();
        let length = columns.iter().map(|(_, field)| length(field)).sum();
        Ok(Some(match length > self.most {
            true => Box::new(too_long("a row", length as u64, self.most)),
            false => Box::new(OneRow {
                columns,
                length,
                names: Arc::clone(&self.names),
            }),
        }))
    }

    fn row(&self) -> Option<u64> {
        Some(self.row)
    }
}

/// Bytes of a value, about.
fn length(field: &Field) -> usize {
    match field {
        Field::Str(text) => text.len(),
        Field::Bytes(bytes) => bytes.len(),
        Field::Group(row) => row.get_column_iter().map(|(_, field)| length(field)).sum(),
        Field::ListInternal(list) => list.elements().iter().map(length).sum(),
        Field::MapInternal(map) => {
            let entries = map.entries().iter();
            entries
                .map(|(key, value)| length(key) + length(value))
                .sum()
        }
        _ => size_of::<u64>(),
    }
}

#[derive(Debug)]
struct OneRow {
    columns: Vec<(String, Field)>,
    length: usize,
    names: Arc<[String]>,
}

impl Body for OneRow {
    fn len(&self) -> usize {
        self.length
    }

    fn fields(&self) -> Vec<String> {
        self.names.to_vec()
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        let columns = self.columns.iter();
        let object: Map<_, _> = columns
            .map(|(name, field)| (name.clone(), value(field)))
            .collect();
        let object = Value::Object(object).to_string();
        jsonl::object(&object, fields, article, used, || self.names.to_vec())
    }
}

fn value(field: &Field) -> Value {
    /// Seconds of a day.
    const DAY: i64 = 86_400;
    let time = |time: Result<jiff::Timestamp, jiff::Error>| match time {
        Ok(time) => Value::String(time.to_string()),
        Err(_) => Value::Null,
    };
    match field {
        Field::Null => Value::Null,
        Field::Bool(is) => (*is).into(),
        Field::Byte(n) => (*n).into(),
        Field::Short(n) => (*n).into(),
        Field::Int(n) => (*n).into(),
        Field::Long(n) => (*n).into(),
        Field::UByte(n) => (*n).into(),
        Field::UShort(n) => (*n).into(),
        Field::UInt(n) => (*n).into(),
        Field::ULong(n) => (*n).into(),
        // What is no number is null.
        Field::Float(n) => f64::from(*n).into(),
        Field::Double(n) => (*n).into(),
        Field::Str(text) => text.as_str().into(),
        // Text that nobody has said to be one.
        Field::Bytes(bytes) => match decode::decode(bytes.data()) {
            Ok(decoded) => decoded.text.into_owned().into(),
            Err(_) => Value::Null,
        },
        Field::Date(days) => match jiff::Timestamp::from_second(i64::from(*days) * DAY) {
            Ok(day) => jiff::tz::Offset::UTC
                .to_datetime(day)
                .date()
                .to_string()
                .into(),
            Err(_) => Value::Null,
        },
        Field::TimestampMillis(n) => time(jiff::Timestamp::from_millisecond(*n)),
        Field::TimestampMicros(n) => time(jiff::Timestamp::from_microsecond(*n)),
        Field::Group(row) => {
            let columns = row.get_column_iter();
            Value::Object(
                columns
                    .map(|(name, field)| (name.clone(), value(field)))
                    .collect(),
            )
        }
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        Field::MapInternal(map) => {
            let key = |key: &Field| match value(key) {
                Value::String(key) => key,
                key => key.to_string(),
            };
            let entries = map.entries().iter();
            Value::Object(entries.map(|(k, v)| (key(k), value(v))).collect())
        }
        // Decimals, clock times, small floats: as they are written for people.
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Role;
    use parquet::{
        data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type},
        file::{properties::WriterProperties, writer::SerializedFileWriter},
        schema::parser::parse_message_type,
    };

    const SCHEMA: &str = "message article {
        required binary titre (UTF8);
        optional binary texte (UTF8);
        required int32 jour (DATE);
        required group meta { required binary url (UTF8); required int64 vues; }
        required binary image;
    }";

    /// Two row groups of two rows; the second text of each is null.
    fn file() -> File {
        let file = tempfile::tempfile().unwrap();
        let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
        let properties = Arc::new(WriterProperties::builder().build());
        let out = file.try_clone().unwrap();
        let mut writer = SerializedFileWriter::new(out, schema, properties).unwrap();
        for _ in 0..2 {
            let mut group = writer.next_row_group().unwrap();
            let strings = |values: &[&str]| -> Vec<ByteArray> {
                values.iter().map(|v| (*v).into()).collect()
            };
            let mut text = |values: &[&str], levels: Option<&[i16]>| {
                let mut column = group.next_column().unwrap().unwrap();
                let typed = column.typed::<ByteArrayType>();
                typed.write_batch(&strings(values), levels, None).unwrap();
                column.close().unwrap();
            };
            text(&["La gare", "Le pont"], None);
            text(&["L'été."], Some(&[1, 0]));
            let mut column = group.next_column().unwrap().unwrap();
            column
                .typed::<Int32Type>()
                .write_batch(&[19_796, 19_797], None, None)
                .unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            let urls = strings(&["https://exemple.fr/1", "https://exemple.fr/2"]);
            column
                .typed::<ByteArrayType>()
                .write_batch(&urls, None, None)
                .unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            column
                .typed::<Int64Type>()
                .write_batch(&[7, 8], None, None)
                .unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            let images = [ByteArray::from(vec![0; 50]), ByteArray::from(vec![1; 50])];
            column
                .typed::<ByteArrayType>()
                .write_batch(&images, None, None)
                .unwrap();
            column.close().unwrap();
            group.close().unwrap();
        }
        writer.close().unwrap();
        file
    }

    fn read(options: &Options) -> Vec<Result<Article, String>> {
        let mut cut = open(file(), options).unwrap().cut;
        let mut out = Vec::new();
        while let Some(body) = cut.next().unwrap() {
            assert_eq!(
                body.fields(),
                [
                    "titre",
                    "texte",
                    "jour",
                    "meta",
                    "meta.url",
                    "meta.vues",
                    "image"
                ]
            );
            let mut article = Article {
                row: cut.row(),
                ..Article::default()
            };
            let read = body.read(&options.fields, &mut article, &mut Default::default());
            out.push(read.map(|()| article).map_err(|e| e.message));
        }
        out
    }

    #[test]
    fn columns_are_chosen_as_fields_of_json() {
        let mut options = Options::default();
        options.fields.keep("meta.vues");
        options.fields.set(Role::Id, "meta.url");
        options.fields.set(Role::Date, "jour");
        let all = read(&options);
        let rows: Vec<_> = all.iter().flatten().filter_map(|a| a.row).collect();
        assert_eq!(rows, [1, 3]);
        let first = all[0].as_ref().unwrap();
        assert_eq!(
            (first.title.as_deref(), &*first.text),
            (Some("La gare"), "L'été.")
        );
        assert_eq!(first.published.unwrap().0.to_string(), "2024-03-14");
        assert_eq!(first.id, "https://exemple.fr/1");
        assert_eq!(first.meta.get("meta.vues").unwrap().as_json(), "7");
        // Null where the text is to be: all names are said.
        let why = all[1].as_ref().unwrap_err();
        assert!(why.contains("texte") && why.contains("image"), "{why}");
    }

    #[test]
    fn what_nobody_wants_is_not_read_and_what_is_wrong_is_said() {
        let options = Options {
            max_article_bytes: 60,
            ..Options::default()
        };
        // With its image a row is longer.
        assert!(read(&options)[0].is_ok());
        let mut options = Options::default();
        options.fields.set(Role::Text, "corps");
        let all = read(&options);
        assert_eq!(all.len(), 4);
        assert!(
            all[0]
                .as_ref()
                .is_err_and(|e| e.contains("`corps`") && e.contains("meta.url"))
        );
        let mut rubbish = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut rubbish, b"PAR1 rubbish PAR1").unwrap();
        let error = open(rubbish, &Options::default())
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains("no Parquet, or damaged"), "{error}");
    }
}
