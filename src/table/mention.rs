//! The columns of mentions, in the order of the keys of a record.

use super::{
    column::{Cell, Column, Head, Row, Table, Type, cells, heads},
    word::word,
};
use crate::record::{self, Date, Entity, Mention, MentionRow, Money, Percent, Record, Span, Zone};

/// Where a mention stands.
static SPAN: &[Column<Span>] = &[
    Column::always(Type::Integer, "start", |s| s.start.into()),
    Column::always(Type::Integer, "end", |s| s.end.into()),
    Column::always(Type::Integer, "byte_start", |s| s.byte_start.into()),
    Column::always(Type::Integer, "byte_end", |s| s.byte_end.into()),
    Column::always(Type::Text, "text", |s| s.text.as_str().into()),
    Column::maybe(Type::Text, "field", |s| Cell::perhaps(word(&s.field))),
    Column::always(Type::Integer, "sentence", |s| s.sentence.into()),
    Column::maybe(Type::Text, "zone", |s| {
        Cell::perhaps(s.zone.map(Zone::name))
    }),
    Column::maybe(Type::Text, "context", |s| {
        Cell::perhaps(s.context.as_deref())
    }),
];

/// A type of mention with columns of its own.
pub(super) trait Columns: Mention + Sized {
    /// Those behind the ones of every span.
    const OWN: &'static [Column<Self>];
}

impl Columns for Entity {
    const OWN: &'static [Column<Self>] = &[
        Column::maybe(Type::Text, "label", |e| Cell::perhaps(word(&e.label))),
        Column::always(Type::Float, "score", |e| e.score.into()),
        Column::always(Type::Text, "name", |e| e.name.as_str().into()),
        Column::always(Type::Text, "key", |e| e.key.as_str().into()),
    ];
}

impl Columns for Money {
    const OWN: &'static [Column<Self>] = &[
        Column::maybe(Type::Float, "amount", |m| Cell::perhaps(m.amount)),
        Column::maybe(Type::Decimal, "amount_exact", |m| {
            Cell::digits(&m.amount_exact)
        }),
        Column::maybe(Type::Decimal, "amount_min", |m| Cell::digits(&m.amount_min)),
        Column::maybe(Type::Decimal, "amount_max", |m| Cell::digits(&m.amount_max)),
        Column::maybe(Type::Text, "currency", |m| {
            Cell::perhaps(m.currency.as_deref())
        }),
        Column::maybe(Type::Text, "mod", |m| {
            Cell::perhaps(m.modifier.as_ref().and_then(word))
        }),
        Column::maybe(Type::Text, "per", |m| Cell::perhaps(m.per.as_deref())),
    ];
}

impl Columns for Date {
    const OWN: &'static [Column<Self>] = &[
        Column::maybe(Type::Text, "type", |d| Cell::perhaps(word(&d.kind))),
        Column::maybe(Type::Text, "value", |d| Cell::perhaps(d.value.as_deref())),
        Column::maybe(Type::Text, "mod", |d| {
            Cell::perhaps(d.modifier.as_ref().and_then(word))
        }),
        Column::maybe(Type::Text, "grain", |d| {
            Cell::perhaps(d.grain.as_ref().and_then(word))
        }),
        Column::maybe(Type::Timestamp, "from", |d| Cell::moment(&d.from)),
        Column::maybe(Type::Timestamp, "to", |d| Cell::moment(&d.to)),
        Column::maybe(Type::Text, "anchor", |d| {
            Cell::perhaps(d.anchor.as_ref().and_then(word))
        }),
    ];
}

impl Columns for Percent {
    const OWN: &'static [Column<Self>] = &[
        Column::maybe(Type::Float, "value", |p| Cell::perhaps(p.value)),
        Column::maybe(Type::Decimal, "value_exact", |p| {
            Cell::digits(&p.value_exact)
        }),
        Column::maybe(Type::Decimal, "value_min", |p| Cell::digits(&p.value_min)),
        Column::maybe(Type::Decimal, "value_max", |p| Cell::digits(&p.value_max)),
        Column::maybe(Type::Text, "unit", |p| Cell::perhaps(word(&p.unit))),
        Column::maybe(Type::Text, "mod", |p| {
            Cell::perhaps(p.modifier.as_ref().and_then(word))
        }),
    ];
}

/// Adds the columns of a type of mention.
pub(super) fn mention_heads<M: Columns>(all: &mut Vec<Head>) {
    heads(SPAN, all);
    heads(M::OWN, all);
}

/// Adds the cells of a mention.
pub(super) fn mention_cells<'a, M: Columns>(mention: &'a M, all: &mut Vec<Cell<'a>>) {
    cells(SPAN, mention.span(), all);
    cells(M::OWN, mention, all);
}

/// The key of the article that a row of a mention belongs to.
const UID: Head = Head {
    name: "uid",
    holds: Type::Text,
    nullable: false,
};

/// The table of one layer.
const fn layer<M: Columns>(name: &'static str, rows: fn(&Record, Row)) -> Table {
    Table {
        name,
        heads: |all| {
            all.push(UID);
            mention_heads::<M>(all);
        },
        rows,
    }
}

fn each<M: Columns>(record: &Record, mentions: &[M], row: Row) {
    let mut all = Vec::new();
    for mention in mentions {
        all.clear();
        all.push(record.uid.as_str().into());
        mention_cells(mention, &mut all);
        row(&all);
    }
}

/// Named entities, one row each.
pub static ENTITIES: Table = layer::<Entity>("entities", |record, row| {
    each(record, &record.entities, row)
});
/// Amounts of money, one row each.
pub static MONEY: Table = layer::<Money>("money", |record, row| each(record, &record.money, row));
/// Time expressions, one row each.
pub static DATES: Table = layer::<Date>("dates", |record, row| each(record, &record.dates, row));
/// Percentages, one row each.
pub static PERCENTS: Table = layer::<Percent>("percents", |record, row| {
    each(record, &record.percents, row)
});

/// What a [`MentionRow`] has before its span.
static BEFORE: &[Column<MentionRow>] = &[
    Column::always(Type::Text, "id", |m| m.id.as_str().into()),
    Column::always(Type::Text, "uid", |m| m.uid.as_str().into()),
    Column::maybe(Type::Text, "source", |m| Cell::perhaps(m.source.as_deref())),
    Column::maybe(Type::Integer, "row", |m| Cell::perhaps(m.row)),
    Column::maybe(Type::Text, "published", |m| {
        Cell::perhaps(m.published.as_deref())
    }),
    Column::always(Type::Object, "meta", |m| {
        Cell::Text(serde_json::to_string(&m.meta).unwrap_or_default().into())
    }),
    Column::maybe(Type::Text, "kind", |m| Cell::perhaps(word(&m.kind))),
];

/// What it has behind it.
static BEHIND: &[Column<MentionRow>] = &[
    Column::maybe(Type::Text, "label", |m| {
        Cell::perhaps(m.label.as_ref().and_then(word))
    }),
    Column::maybe(Type::Float, "score", |m| Cell::perhaps(m.score)),
    Column::maybe(Type::Text, "name", |m| Cell::perhaps(m.name.as_deref())),
    Column::maybe(Type::Text, "key", |m| Cell::perhaps(m.key.as_deref())),
    Column::maybe(Type::Float, "number", |m| Cell::perhaps(m.number)),
    Column::maybe(Type::Decimal, "exact", |m| Cell::digits(&m.exact)),
    Column::maybe(Type::Decimal, "min", |m| Cell::digits(&m.min)),
    Column::maybe(Type::Decimal, "max", |m| Cell::digits(&m.max)),
    Column::maybe(Type::Text, "currency", |m| {
        Cell::perhaps(m.currency.as_deref())
    }),
    Column::maybe(Type::Text, "per", |m| Cell::perhaps(m.per.as_deref())),
    Column::maybe(Type::Text, "unit", |m| {
        Cell::perhaps(m.unit.as_ref().and_then(word))
    }),
    Column::maybe(Type::Text, "type", |m| {
        Cell::perhaps(m.date_type.as_ref().and_then(word))
    }),
    Column::maybe(Type::Text, "value", |m| Cell::perhaps(m.value.as_deref())),
    Column::maybe(Type::Text, "grain", |m| {
        Cell::perhaps(m.grain.as_ref().and_then(word))
    }),
    Column::maybe(Type::Timestamp, "from", |m| Cell::moment(&m.from)),
    Column::maybe(Type::Timestamp, "to", |m| Cell::moment(&m.to)),
    Column::maybe(Type::Text, "anchor", |m| {
        Cell::perhaps(m.anchor.as_ref().and_then(word))
    }),
    Column::maybe(Type::Text, "mod", |m| {
        Cell::perhaps(m.modifier.as_ref().and_then(word))
    }),
    Column::maybe(Type::Text, "duplicate_of", |m| {
        Cell::perhaps(m.duplicate_of.as_deref())
    }),
];

/// All mentions, one [`MentionRow`] each.
pub static MENTIONS: Table = Table {
    name: "mentions",
    heads: |all| {
        heads(BEFORE, all);
        heads(SPAN, all);
        heads(BEHIND, all);
    },
    rows: |record, row| {
        record::rows(record, &mut |mention| {
            row(&row_cells(&mention));
        });
    },
};

/// The cells of a row of [`MENTIONS`].
pub(super) fn row_cells(mention: &MentionRow) -> Vec<Cell<'_>> {
    let mut all = Vec::new();
    cells(BEFORE, mention, &mut all);
    cells(SPAN, &mention.span, &mut all);
    cells(BEHIND, mention, &mut all);
    all
}
