//! The columns of an article, in the order of the keys of its record.

use super::{
    column::{Cell, Column, Table, Type, cells, heads},
    value,
    word::word,
};
use crate::record::{Failure, Record};
use std::borrow::Cow;

type Of = Column<Record>;

/// What stands before `error`.
pub(super) static HEAD: &[Of] = &[
    Of::always(Type::Text, "schema", |r| r.schema.as_str().into()),
    Of::always(Type::Text, "id", |r| r.id.as_str().into()),
    Of::always(Type::Text, "uid", |r| r.uid.as_str().into()),
    Of::maybe(Type::Text, "source", |r| Cell::perhaps(r.source.as_deref())),
    Of::maybe(Type::Integer, "row", |r| Cell::perhaps(r.row)),
    Of::maybe(Type::Text, "title", |r| Cell::perhaps(r.title.as_deref())),
    Of::maybe(Type::Text, "published", |r| {
        Cell::perhaps(r.published.as_deref())
    }),
    Of::maybe(Type::Text, "published_from", |r| {
        Cell::perhaps(r.published_from.as_ref().and_then(word))
    }),
    Of::always(Type::Object, "meta", |r| {
        Cell::Text(match r.meta.is_empty() {
            true => Cow::Borrowed("{}"),
            // Neither a map nor its keys can fail.
            false => serde_json::to_string(&r.meta).unwrap_or_default().into(),
        })
    }),
    Of::maybe(Type::Text, "lang", |r| Cell::perhaps(r.lang.as_deref())),
    Of::maybe(Type::Float, "lang_confidence", |r| {
        Cell::perhaps(r.lang_confidence)
    }),
    Of::always(Type::Text, "status", |r| r.status.name().into()),
];

/// `error`: a struct in a record, two columns in a flat table.
pub(super) static ERROR: &[Column<Failure>] = &[
    Column::always(Type::Text, "stage", |e: &Failure| e.stage.as_str().into()),
    Column::always(Type::Text, "message", |e: &Failure| {
        e.message.as_str().into()
    }),
];

static ERROR_FLAT: &[Of] = &[
    Of::maybe(Type::Text, "error_stage", |r| {
        Cell::perhaps(r.error.as_ref().map(|e| e.stage.as_str()))
    }),
    Of::maybe(Type::Text, "error_message", |r| {
        Cell::perhaps(r.error.as_ref().map(|e| e.message.as_str()))
    }),
];

/// What stands between `error` and the mentions.
pub(super) static TEXT: &[Of] = &[
    Of::always(Type::Integer, "chars", |r| r.chars.into()),
    Of::always(Type::Text, "sha256", |r| r.sha256.as_str().into()),
];

/// What stands behind the mentions.
pub(super) static TAIL: &[Of] = &[
    Of::always(Type::Texts, "warnings", |r| Cell::Texts(value::warnings(r))),
    Of::maybe(Type::Text, "duplicate_of", |r| {
        Cell::perhaps(r.duplicate_of.as_deref())
    }),
    Of::maybe(Type::Text, "text", |r| Cell::perhaps(r.text.as_deref())),
];

/// The articles, one row each.
pub static ARTICLES: Table = Table {
    name: "articles",
    heads: |all| {
        for columns in [HEAD, ERROR_FLAT, TEXT, TAIL] {
            heads(columns, all);
        }
    },
    rows: |record, row| {
        let mut all = Vec::new();
        for columns in [HEAD, ERROR_FLAT, TEXT, TAIL] {
            cells(columns, record, &mut all);
        }
        row(&all);
    },
};
