//! Files of flat tables, whatever they are written as: rows made by any thread, written
//! in order.

use super::{Encode, Layout, Output, OutputError, Part, Place, Sink, sink};
use crate::{
    record::Record,
    table::{Cell, Head, Table},
};
use std::io;

/// Makes rows of one table.
pub(super) trait Rows {
    /// Adds a row.
    fn row(&mut self, cells: &[Cell<'_>]);

    /// The rows.
    fn part(self: Box<Self>) -> Part;
}

/// The file of one table.
pub(super) trait TableFile: Send {
    /// Writes rows.
    fn rows(&mut self, part: Part) -> io::Result<()>;

    /// Ends it, on the disk.
    fn finish(self: Box<Self>) -> Result<(), OutputError>;
}

/// How a table is written.
pub(super) struct Tabular {
    /// Begins rows of these columns.
    pub rows: fn(&[Head]) -> Box<dyn Rows>,
    /// Begins a file of these columns.
    pub open: fn(Output, &[Head]) -> Opened,
}

/// A begun file, or why there is none.
pub(super) type Opened = Result<Box<dyn TableFile>, OutputError>;

impl Tabular {
    /// The rows that these records have in a table.
    pub fn part(&self, table: &Table, records: &[Record]) -> Part {
        let mut rows = (self.rows)(&table.heads());
        for record in records {
            table.rows(record, &mut |cells| rows.row(cells));
        }
        rows.part()
    }
}

/// One file of one table.
pub(super) struct OneTable {
    place: Place,
    by: &'static Tabular,
    table: &'static Table,
    file: Box<dyn TableFile>,
}

impl OneTable {
    /// Opens it in the place of the layout, which has one table.
    pub fn open(
        mut place: Place,
        layout: &'static Layout,
        by: &'static Tabular,
    ) -> Result<Box<dyn Sink>, OutputError> {
        let table = layout.tables[0];
        let file = (by.open)(place.create_main()?, &table.heads())?;
        Ok(Box::new(Self {
            place,
            by,
            table,
            file,
        }))
    }
}

struct TableRows {
    by: &'static Tabular,
    table: &'static Table,
}

impl Encode for TableRows {
    fn part(&self, records: &[Record]) -> Part {
        // In a box of their own, so that a sink knows its parts.
        Box::new(self.by.part(self.table, records))
    }
}

impl Sink for OneTable {
    fn encoder(&self) -> Box<dyn Encode> {
        Box::new(TableRows {
            by: self.by,
            table: self.table,
        })
    }

    fn rows(&mut self, part: Part) -> io::Result<()> {
        self.file.rows(sink::own::<Part>(part)?)
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn finish(self: Box<Self>) -> Result<Place, OutputError> {
        self.file.finish()?;
        Ok(self.place)
    }
}
