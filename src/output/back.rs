//! Columns of a file back to rows, for whoever checks or shows what a run has left.

use crate::{compression::Compression, table::Head};
use std::{fs::File, io};

/// What reads a file back row by row, each as [`crate::table::json`] has it.
pub(crate) type Back = fn(File, &'static Compression, Held) -> io::Result<RowsBack>;

/// Rows of a file, in their order; after an error there is nothing more.
pub(crate) type RowsBack = Box<dyn Iterator<Item = io::Result<String>>>;

/// What a file of columns holds.
#[derive(Debug)]
pub(crate) enum Held {
    /// Articles with their mentions.
    Nested,
    /// A table with these columns.
    Flat(Vec<Head>),
}
