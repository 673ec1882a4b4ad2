//! What an output format is: parts made of records by any thread, written in
//! the order of the input by one.
//!
//! Formats are declared in [`super::formats::ALL`], one file each. All that lists them (`-o`,
//! messages, the table in the README) reads the declarations.

use super::{Layout, OutputError, Place, back::Back};
use crate::record::Record;
use std::{any::Any, fmt, io};

/// What makes a place ready for a run's records in one layout.
type Open = fn(Place, &'static Layout) -> Result<Box<dyn Sink>, OutputError>;

/// An output format, declared once.
#[non_exhaustive]
pub struct SinkFormat {
    /// Name, as in documents.
    pub name: &'static str,
    /// Extensions of file names in lower case, without their full stop; the
    /// first is that of files in an output folder.
    pub extensions: &'static [&'static str],
    /// What a file holds, in a few words.
    pub writes: &'static str,
    /// Which layouts it writes.
    pub layouts: &'static [&'static Layout],
    /// Whether its files may be compressed as a whole.
    pub compressed: bool,
    /// Makes ready to write.
    pub open: Open,
    /// Reads its columns back; `None` where a line is JSON already.
    pub(crate) back: Option<Back>,
}

/// Some records in the form that a sink writes: bytes, columns, or whatever it
/// takes back in [`Sink::rows`]. Parts need not be concatenable.
pub type Part = Box<dyn Any + Send>;

/// Turns records into parts.
pub trait Encode: Send + Sync {
    /// The part of these records, which follow each other in the input.
    fn part(&self, records: &[Record]) -> Part;
}

/// Writes parts to a place.
pub trait Sink: Send {
    /// What makes this sink's parts, to be used by any thread.
    fn encoder(&self) -> Box<dyn Encode>;

    /// Writes what stands before all rows.
    ///
    /// # Errors
    /// Those of the file system.
    fn header(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Writes one part of its own encoder; called in the order of the input.
    ///
    /// # Errors
    /// Those of the file system.
    fn rows(&mut self, part: Part) -> io::Result<()>;

    /// Passes on what a reader at the other end waits for.
    ///
    /// # Errors
    /// Those of the file system.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Where it writes.
    fn place(&self) -> &Place;

    /// Ends its files so that they can be read, still under the names of
    /// unfinished ones; [`Place::publish`] gives them their own.
    ///
    /// # Errors
    /// Those of the file system.
    fn finish(self: Box<Self>) -> Result<Place, OutputError>;
}

/// The part as the type that the sink's own encoder made.
///
/// # Errors
/// When it is another sink's, which is a bug of the caller.
pub fn own<T: 'static>(part: Part) -> io::Result<T> {
    part.downcast()
        .map(|part| *part)
        .map_err(|_| io::Error::other("a part made for another sink"))
}

impl fmt::Debug for SinkFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for SinkFormat {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for SinkFormat {}
