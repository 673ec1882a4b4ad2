//! Where a sink writes one part of a run: standard output, or files that get
//! their names when they are whole.

use super::OutputError;
use super::files::{self, Digested, Handle, PARTIAL, Written, with_suffix};
use crate::compression::{self, Compression};
use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Where a sink writes. Dropped without [`Place::publish`], it leaves its
/// `.partial` files behind.
#[derive(Debug)]
pub struct Place {
    files: Option<Files>,
}

#[derive(Debug)]
struct Files {
    /// The file that was asked for.
    main: PathBuf,
    compression: &'static Compression,
    /// Names that were created, not yet given.
    created: Vec<(PathBuf, Handle)>,
    /// What a person should know of them, a sentence each.
    notes: Vec<String>,
    /// What stands behind the stem of the main file: `.csv.gz`.
    ending: String,
}

impl Place {
    /// Standard output.
    pub fn stdout() -> Self {
        Self { files: None }
    }

    /// Makes ready to write `main`, and perhaps other files beside it.
    pub fn files(main: &Path, compression: &'static Compression) -> Self {
        Self {
            files: Some(Files {
                main: main.to_owned(),
                compression,
                created: Vec::new(),
                notes: Vec::new(),
                ending: files::ending(main),
            }),
        }
    }

    /// Opens what was asked for: standard output or the main file.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create_main(&mut self) -> Result<Output, OutputError> {
        match &mut self.files {
            None => Ok(Output {
                path: "standard output".into(),
                writer: Writer::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())),
            }),
            Some(files) => {
                let main = files.main.clone();
                files.create(&main)
            }
        }
    }

    /// Opens a file of this stem beside the main one, with the same ending and
    /// compression.
    ///
    /// # Errors
    /// As [`Self::create_main`]; and on standard output, where there is room for one.
    pub fn create_beside(&mut self, stem: &str) -> Result<Output, OutputError> {
        let Some(files) = &mut self.files else {
            return Err(OutputError::NeedsFolder { layout: "tables" });
        };
        let path = files.main.with_file_name(format!("{stem}{}", files.ending));
        files.create(&path)
    }

    /// What files are called, but for their number, that are only there while the run
    /// is: what is counted of `stem` and does not fit into memory.
    pub(super) fn spill(&self, stem: &str) -> PathBuf {
        let main = self.files.as_ref().map(|files| files.main.clone());
        main.unwrap_or_default()
            .with_file_name(format!("{SPILL}{stem}-"))
    }

    /// Says what a person should know of what is written.
    pub fn note(&mut self, note: String) {
        if let Some(files) = &mut self.files {
            files.notes.push(note);
        }
    }

    /// What was said.
    pub(super) fn notes(&self) -> &[String] {
        self.files.as_ref().map_or(&[], |files| &files.notes)
    }

    /// Removes what was written.
    ///
    /// # Errors
    /// Those of the file system.
    pub(super) fn discard(self) -> Result<(), OutputError> {
        let mut created = self.files.into_iter().flat_map(|files| files.created);
        created.try_for_each(|(path, _)| files::remove(&with_suffix(&path, PARTIAL)))
    }

    /// Looks whether the files are still where they were made.
    ///
    /// # Errors
    /// When one is not: what is written would be lost.
    pub(super) fn look(&self) -> io::Result<()> {
        let mut created = self.files.iter().flat_map(|files| &files.created);
        match created.find(|(path, handle)| !handle.is_at(&with_suffix(path, PARTIAL))) {
            None => Ok(()),
            Some(_) => Err(io::Error::new(
                io::ErrorKind::NotFound,
                "it was removed while it was being written",
            )),
        }
    }

    /// Gives the finished files their names, on the disk, and says what they
    /// hold; nothing on standard output.
    ///
    /// # Errors
    /// When a file of that name is there: it would be lost. Those of the file system.
    pub fn publish(self) -> Result<Vec<Written>, OutputError> {
        let mut written = Vec::new();
        for (path, handle) in self.files.iter().flat_map(|files| &files.created) {
            files::publish(&with_suffix(path, PARTIAL), path)?;
            written.push(handle.written(path));
        }
        Ok(written)
    }
}

impl Files {
    fn create(&mut self, path: &Path) -> Result<Output, OutputError> {
        let partial = with_suffix(path, PARTIAL);
        let (file, handle) = Digested::create(&partial).map_err(OutputError::io(&partial))?;
        let file = BufWriter::with_capacity(BUFFER, file);
        let writer =
            (self.compression.encode)(Box::new(file)).map_err(OutputError::io(&partial))?;
        self.created.push((path.to_owned(), handle.clone()));
        Ok(Output {
            path: partial,
            writer: Writer::File(writer, handle),
        })
    }
}

/// An open file, or standard output.
pub struct Output {
    path: PathBuf,
    writer: Writer,
}

enum Writer {
    Stdout(BufWriter<io::Stdout>),
    File(Box<dyn compression::Encoder>, Handle),
}

impl Output {
    /// The file while it is being written, or « standard output ».
    #[cfg_attr(not(feature = "parquet"), allow(dead_code))]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// An error of this file, with its name.
    pub(super) fn failed(&self, error: io::Error) -> OutputError {
        OutputError::io(&self.path)(error)
    }

    /// Ends it, on the disk.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(self) -> Result<(), OutputError> {
        let Self { path, writer } = self;
        let ended = match writer {
            Writer::Stdout(mut out) => out.flush(),
            Writer::File(file, handle) => file.finish().and_then(|()| handle.sync()),
        };
        ended.map_err(OutputError::io(&path))
    }
}

impl Write for Output {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::Stdout(w) => w.write(buf),
            Writer::File(w, _) => w.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Stdout(w) => w.flush(),
            Writer::File(w, _) => w.flush(),
        }
    }
}

const BUFFER: usize = 1 << 17;

/// What the names of files begin with that hold counts while the run is.
pub(super) const SPILL: &str = "spill-";
