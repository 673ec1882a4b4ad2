//! Rows of columns in memory (Arrow): a row is read where its columns lie.

use super::pick::{Picked, Scalar};
use crate::{
    article::{Article, Fields, Unreadable, container::Body, fields::Used},
    kinds::{MetaValue, utc_offset},
};
use arrow_array::{
    Array, RecordBatch, StructArray,
    cast::AsArray,
    types::{
        ArrowDictionaryKeyType, Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type,
        Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
        TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
        UInt16Type, UInt32Type, UInt64Type,
    },
};
use arrow_schema::{DataType, Fields as Columns, Schema, TimeUnit};
use jiff::{
    Timestamp, civil,
    tz::{Offset, TimeZone},
};
use std::{borrow::Cow, fmt, sync::Arc};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// One row of a batch.
pub(in crate::article) struct Row {
    batch: Arc<StructArray>,
    at: usize,
}

/// All rows of a batch.
pub(in crate::article) fn rows(batch: &RecordBatch) -> impl Iterator<Item = Row> + use<> {
    let batch = Arc::new(StructArray::from(batch.clone()));
    (0..batch.len()).map(move |at| Row {
        batch: Arc::clone(&batch),
        at,
    })
}

/// Paths of all columns, with those inside structs.
pub(in crate::article) fn paths(schema: &Schema) -> Vec<String> {
    let mut out = Vec::new();
    inside("", &schema.fields, &mut |path| out.push(path));
    out
}

fn inside(prefix: &str, columns: &Columns, each: &mut impl FnMut(String)) {
    for column in columns {
        let path = joined(prefix, column.name());
        each(path.clone().into_owned());
        if let DataType::Struct(columns) = column.data_type() {
            inside(&path, columns, each);
        }
    }
}

fn joined<'a>(prefix: &str, name: &'a str) -> Cow<'a, str> {
    match prefix {
        "" => Cow::Borrowed(name),
        _ => Cow::Owned(format!("{prefix}.{name}")),
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {} of {}", self.at, self.batch.len())
    }
}

impl Body for Row {
    /// About: the text is nearly all of an article.
    fn len(&self) -> usize {
        self.batch
            .columns()
            .iter()
            .filter_map(|column| Some(text(column, self.at)?.len()))
            .sum()
    }

    fn fields(&self) -> Vec<String> {
        let mut out = Vec::new();
        inside("", self.batch.fields(), &mut |path| out.push(path));
        out
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        let mut picked = Picked::default();
        members("", &self.batch, self.at, fields, &mut picked)
            .map_err(|e| Unreadable::new("parse", e))?;
        picked.fill(article, fields, used, || self.fields())
    }
}

fn members<'a>(
    prefix: &str,
    object: &'a StructArray,
    at: usize,
    fields: &Fields,
    picked: &mut Picked<'a>,
) -> Result<(), serde_json::Error> {
    for (column, array) in object.fields().iter().zip(object.columns()) {
        let path = joined(prefix, column.name());
        if fields.keeps(&path) {
            let mut json = String::new();
            write_json(array, at, &mut json)?;
            let value = MetaValue::json(&json)?;
            picked.kept.push((path.clone().into_owned(), value));
        }
        if let Some(value) = scalar(array, at) {
            picked.offer_all(&path, &value, fields);
        }
        if let DataType::Struct(_) = array.data_type()
            && array.is_valid(at)
            && fields.leads_on(&path)
        {
            members(&path, array.as_struct(), at, fields, picked)?;
        }
    }
    Ok(())
}

/// The text of a cell of one of the types of text.
fn text(array: &dyn Array, at: usize) -> Option<&str> {
    if array.is_null(at) {
        return None;
    }
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(at)),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(at)),
        DataType::Utf8View => Some(array.as_string_view().value(at)),
        _ => None,
    }
}

/// A cell; `None` is null, and what is no number (NaN), which data frames have in its place.
fn scalar(array: &dyn Array, at: usize) -> Option<Scalar<'_>> {
    /// Digits.
    macro_rules! number {
        ($type:ty) => {
            Scalar::Number(array.as_primitive::<$type>().value(at).to_string().into())
        };
    }
    if let Some(text) = text(array, at) {
        return Some(Scalar::Text(Cow::Borrowed(text)));
    }
    if array.is_null(at) {
        return None;
    }
    let float = |x: f64| x.is_finite().then(|| Scalar::Number(digits(x).into()));
    Some(match array.data_type() {
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => float(array.as_primitive::<Float32Type>().value(at).into())?,
        DataType::Float64 => float(array.as_primitive::<Float64Type>().value(at))?,
        DataType::Decimal128(..) => Scalar::Number(
            array
                .as_primitive::<Decimal128Type>()
                .value_as_string(at)
                .into(),
        ),
        DataType::Date32 => day(i64::from(array.as_primitive::<Date32Type>().value(at)))?,
        DataType::Date64 => day(array.as_primitive::<Date64Type>().value(at).div_euclid(DAY))?,
        DataType::Timestamp(unit, zone) => time(array, at, *unit, zone.as_deref())?,
        DataType::Dictionary(key, _) => return coded(array, key, at),
        DataType::Null => return None,
        _ => Scalar::Other,
    })
}

/// A float as JSON has it: one that is whole as « 12.0 ».
fn digits(x: f64) -> String {
    serde_json::to_string(&x).unwrap_or_default()
}

/// A cell of a dictionary.
fn coded<'a>(array: &'a dyn Array, key: &DataType, at: usize) -> Option<Scalar<'a>> {
    fn by<K: ArrowDictionaryKeyType>(array: &dyn Array, at: usize) -> Option<Scalar<'_>> {
        let coded = array.as_dictionary::<K>();
        scalar(coded.values(), coded.key(at)?)
    }
    match key {
        DataType::Int8 => by::<Int8Type>(array, at),
        DataType::Int16 => by::<Int16Type>(array, at),
        DataType::Int32 => by::<Int32Type>(array, at),
        DataType::Int64 => by::<Int64Type>(array, at),
        DataType::UInt8 => by::<UInt8Type>(array, at),
        DataType::UInt16 => by::<UInt16Type>(array, at),
        DataType::UInt32 => by::<UInt32Type>(array, at),
        DataType::UInt64 => by::<UInt64Type>(array, at),
        _ => None,
    }
}

/// A day so many days from 1970-01-01.
fn day<'a>(days: i64) -> Option<Scalar<'a>> {
    let span = jiff::Span::new().try_days(days).ok()?;
    let day = civil::date(1970, 1, 1).checked_add(span).ok()?;
    Some(Scalar::Text(day.to_string().into()))
}

/// A time, in ISO 8601: that of the clock on the wall where it has no zone, else with the
/// offset of its zone.
fn time<'a>(
    array: &dyn Array,
    at: usize,
    unit: TimeUnit,
    zone: Option<&str>,
) -> Option<Scalar<'a>> {
    let since = match unit {
        TimeUnit::Second => {
            Timestamp::from_second(array.as_primitive::<TimestampSecondType>().value(at))
        }
        TimeUnit::Millisecond => {
            Timestamp::from_millisecond(array.as_primitive::<TimestampMillisecondType>().value(at))
        }
        TimeUnit::Microsecond => {
            Timestamp::from_microsecond(array.as_primitive::<TimestampMicrosecondType>().value(at))
        }
        TimeUnit::Nanosecond => Timestamp::from_nanosecond(
            array
                .as_primitive::<TimestampNanosecondType>()
                .value(at)
                .into(),
        ),
    };
    let since = since.ok()?;
    let text = match zone {
        None => TimeZone::UTC.to_datetime(since).to_string(),
        // `+01:00` or a name; one that is not known is told in UTC, which is no lie.
        Some(name) => {
            let zone = zone_of(name).unwrap_or(TimeZone::UTC);
            since.display_with_offset(zone.to_offset(since)).to_string()
        }
    };
    Some(Scalar::Text(text.into()))
}

fn zone_of(name: &str) -> Option<TimeZone> {
    let fixed = |minutes| Offset::from_seconds(i32::from(minutes) * 60).ok();
    match utc_offset::parse(name) {
        Some(minutes) => fixed(minutes).map(TimeZone::fixed),
        None => TimeZone::get(name).ok(),
    }
}

/// Writes a cell as JSON.
fn write_json(array: &dyn Array, at: usize, out: &mut String) -> Result<(), serde_json::Error> {
    if array.is_null(at) {
        out.push_str("null");
        return Ok(());
    }
    let list = |items: &dyn Array, out: &mut String| {
        out.push('[');
        for i in 0..items.len() {
            if i > 0 {
                out.push(',');
            }
            write_json(items, i, out)?;
        }
        out.push(']');
        Ok(())
    };
    match array.data_type() {
        DataType::Boolean => out.push_str(match array.as_boolean().value(at) {
            true => "true",
            false => "false",
        }),
        DataType::List(_) => list(&array.as_list::<i32>().value(at), out)?,
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(at), out)?,
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(at), out)?,
        DataType::Struct(_) => {
            let object = array.as_struct();
            out.push('{');
            for (i, (column, array)) in object.fields().iter().zip(object.columns()).enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::to_string(column.name())?);
                out.push(':');
                write_json(array, at, out)?;
            }
            out.push('}');
        }
        _ => match scalar(array, at) {
            Some(Scalar::Text(text)) => out.push_str(&serde_json::to_string(&text)?),
            Some(Scalar::Number(digits)) => out.push_str(&digits),
            Some(Scalar::Other) | None => out.push_str("null"),
        },
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::article::{Role, Rows, reader::Options};
    use arrow_array::{
        ArrayRef, DictionaryArray, Float64Array, Int64Array, LargeStringArray, ListArray,
        RecordBatch, StringArray, StringViewArray, StructArray, TimestampMicrosecondArray,
        types::{Int32Type, Int64Type},
    };
    use std::sync::Arc;

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter(columns).expect("a batch")
    }

    /// 2024-03-05T23:30Z, which is the 6th in Paris: 19787 days and 84 600 s, by hand.
    const LATE: i64 = (19_787 * 86_400 + 84_600) * 1_000_000;

    #[test]
    fn a_row_is_read_whatever_the_types_of_its_columns() {
        let late = TimestampMicrosecondArray::from(vec![LATE]);
        let texts: [ArrayRef; 4] = [
            Arc::new(StringArray::from(vec!["Un texte."])),
            Arc::new(LargeStringArray::from(vec!["Un texte."])),
            Arc::new(StringViewArray::from(vec!["Un texte."])),
            Arc::new(
                vec!["Un texte."]
                    .into_iter()
                    .collect::<DictionaryArray<Int32Type>>(),
            ),
        ];
        for text in texts {
            let batch = batch(vec![
                ("body", text),
                ("id", Arc::new(Int64Array::from(vec![7]))),
                (
                    "published",
                    Arc::new(late.clone().with_timezone("Europe/Paris")),
                ),
            ]);
            let rows = Rows::new(None, Options::default());
            let parsed = rows.columns(1, &batch).pop().map(|item| rows.article(item));
            let parsed = parsed.expect("a row");
            assert_eq!(parsed.problem, None);
            assert_eq!(
                (&*parsed.article.text, &*parsed.article.id),
                ("Un texte.", "7")
            );
            let (date, _) = parsed.article.published.expect("a date");
            assert_eq!(date.to_string(), "2024-03-06T00:30+01:00");
        }
    }

    #[test]
    fn nulls_objects_and_what_is_kept() {
        let names = StringArray::from(vec![Some("Faure"), None]);
        let author = StructArray::from(vec![(
            Arc::new(arrow_schema::Field::new(
                "nom",
                arrow_schema::DataType::Utf8,
                true,
            )),
            Arc::new(names) as ArrayRef,
        )]);
        let tags =
            ListArray::from_iter_primitive::<Int64Type, _, _>([Some(vec![Some(1), None]), None]);
        let batch = batch(vec![
            (
                "texte",
                Arc::new(StringArray::from(vec![Some("Un texte."), None])),
            ),
            ("titre", Arc::new(Float64Array::from(vec![f64::NAN, 1.5]))),
            ("auteur", Arc::new(author)),
            ("tags", Arc::new(tags)),
        ]);
        let mut options = Options::default();
        options.fields.set(Role::Title, "auteur.nom");
        for path in ["auteur", "tags", "titre"] {
            options.fields.keep(path);
        }
        let rows = Rows::new(Some("t"), options);
        let mut read = rows
            .columns(4, &batch)
            .into_iter()
            .map(|item| rows.article(item));
        let first = read.next().expect("a row").article;
        assert_eq!(first.id, "t#4");
        assert_eq!(first.title.as_deref(), Some("Faure"));
        let kept: Vec<_> = first.meta.iter().map(|(n, v)| (n, v.as_json())).collect();
        assert_eq!(
            kept,
            [
                ("auteur", r#"{"nom":"Faure"}"#),
                ("tags", "[1,null]"),
                ("titre", "null")
            ]
        );
        let second = read.next().expect("a row");
        let problem = second.problem.expect("a text that is null");
        assert!(
            problem
                .message
                .starts_with("row 5: the field `texte` holds no string here"),
            "{problem}"
        );
    }

    #[test]
    fn a_column_that_is_not_there_is_said_before() {
        let batch = batch(vec![(
            "corps",
            Arc::new(StringArray::from(vec!["Un texte."])),
        )]);
        let mut options = Options::default();
        options.fields.set(Role::Text, "corp");
        let rows = Rows::new(None, options);
        let unknown = rows
            .unknown_column(&batch.schema())
            .expect("an unknown one");
        assert_eq!(
            unknown.to_string(),
            "--text-field corp: no field of this name in the table; did you mean `corps`? \
             There are: corps"
        );
        assert_eq!(
            Rows::new(None, Options::default()).unknown_column(&batch.schema()),
            None
        );
    }
}
