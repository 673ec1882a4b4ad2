//! Archives: files inside a file, each of them of any format, read one after another
//! as they lie. Nothing is unpacked to the disk.

mod tar;
mod zip;

pub use self::{tar::TAR, zip::ZIP};

use crate::{
    article::{
        Article, Fields, Unreadable,
        container::{Articles, Body, Container, Cut, Member},
        fields::Used,
        formats::{
            name::{Name, take_apart},
            open::{Told, open},
            ours::Ours,
        },
        options::Options,
        stream::{BUFFER, End},
        trouble,
    },
    compression::Compression,
};
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs::File,
    io::{self, BufReader, Read},
    sync::Arc,
};

/// Archives inside archives that are read: a file that holds itself would never end.
const DEEPEST: u8 = 3;

/// What an archive holds, one after another.
enum Entry {
    /// A file, by its name as it is written there.
    File(Vec<u8>, io::Result<Box<dyn Read + Send>>),
    /// What is no file: of this kind.
    NoFile(&'static str),
    /// Nothing that can be read: damage, in a few words.
    Damaged(String),
}

/// Gives what an archive holds.
trait Archive: Send {
    /// The next entry. What was not read of the last one is passed over.
    fn next(&mut self) -> io::Result<Option<Entry>>;
}

/// The file that is being read.
struct Opened {
    cut: Box<dyn Cut>,
    end: End,
    articles: Articles,
}

/// Cuts the files of an archive into articles.
struct Files<A> {
    archive: A,
    options: Options,
    opened: Option<Opened>,
    /// The last file that was met.
    member: Option<Arc<Member>>,
    row: Option<u64>,
    left_aside: BTreeMap<String, u64>,
}

impl<A: Archive> Files<A> {
    /// The files of `archive`.
    ///
    /// # Errors
    /// When it lies too deep in others.
    fn new(archive: A, options: &Options) -> io::Result<Self> {
        if options.inside >= DEEPEST {
            return Err(io::Error::other(format!(
                "an archive inside {DEEPEST} others is not read: unpack it first"
            )));
        }
        let mut options = options.clone();
        options.inside += 1;
        Ok(Self {
            archive,
            options,
            opened: None,
            member: None,
            row: None,
            left_aside: BTreeMap::new(),
        })
    }

    fn leave(&mut self, kind: String) {
        *self.left_aside.entry(kind).or_default() += 1;
    }

    /// The file is done with: what it left aside is remembered.
    fn close(&mut self) {
        if let Some(opened) = self.opened.take() {
            for (kind, n) in opened.cut.left_aside() {
                *self.left_aside.entry(kind).or_default() += n;
            }
        }
    }

    /// An article that says that something cannot be read, `row` being its place.
    fn problem(&mut self, row: Option<u64>, why: String) -> Box<dyn Body> {
        self.row = row;
        Box::new(Unreadable::new("read", why))
    }

    /// Opens a file of the archive; what cannot be opened is an article that says so.
    fn open(
        &mut self,
        name: &[u8],
        reader: io::Result<Box<dyn Read + Send>>,
    ) -> Option<Box<dyn Body>> {
        let name = inside(name);
        // As in folders.
        if name.split('/').any(|part| part.starts_with('.')) || name.is_empty() {
            return None;
        }
        let Name {
            format,
            compression,
            ..
        } = take_apart(&name);
        let Some(format) = format else {
            self.leave(extension(&name));
            return None;
        };
        let told = Told {
            format: Some(format),
            by_name: true,
            compression: Some(compression),
            not_ours: true,
        };
        let end = End::default();
        let file = |format: &Container, _: &Compression| -> io::Result<File> {
            Err(io::Error::other(format!(
                "{} is read from a file of its own, not inside an archive: unpack it first",
                format.name
            )))
        };
        let opened = reader.and_then(|reader| {
            let raw = BufReader::with_capacity(BUFFER, reader);
            open(raw, told, &self.options, Arc::default(), end.clone(), file)
        });
        let member = |format, warning| {
            Some(Arc::new(Member {
                name: name.clone(),
                format,
                warning,
            }))
        };
        match opened {
            Ok((format, opened)) => {
                self.member = member(format, opened.warning);
                self.row = None;
                self.opened = Some(Opened {
                    cut: opened.cut,
                    end,
                    articles: format.articles,
                });
                None
            }
            Err(e) if Ours::is(&e) => {
                self.leave(e.to_string());
                None
            }
            Err(e) => {
                self.member = member(format, None);
                Some(self.problem(None, trouble::told(&e)))
            }
        }
    }
}

impl<A: Archive> Cut for Files<A> {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        loop {
            if let Some(opened) = &mut self.opened {
                let read = opened.cut.next();
                self.row = opened.cut.row();
                match read {
                    Ok(Some(body)) => {
                        // A file of one article has no other place to say it.
                        let loose = match opened.articles {
                            Articles::One => opened.end.take(),
                            Articles::Many => None,
                        };
                        return Ok(Some(match loose {
                            Some(why) => Box::new(Remarked {
                                body,
                                warning: format!("compression:{why}"),
                            }),
                            None => body,
                        }));
                    }
                    Ok(None) => {
                        let loose = opened.end.take();
                        self.close();
                        if let Some(why) = loose {
                            let row = self.row.map(|r| r + 1);
                            return Ok(Some(self.problem(row, why)));
                        }
                    }
                    Err(e) => {
                        self.close();
                        let row = self.row.map(|r| r + 1);
                        return Ok(Some(self.problem(row, trouble::told(&e))));
                    }
                }
            }
            match self.archive.next()? {
                Some(Entry::File(name, reader)) => {
                    if let Some(problem) = self.open(&name, reader) {
                        return Ok(Some(problem));
                    }
                }
                Some(Entry::NoFile(kind)) => self.leave(kind.to_owned()),
                Some(Entry::Damaged(why)) => {
                    self.member = None;
                    return Ok(Some(self.problem(None, why)));
                }
                None => return Ok(None),
            }
        }
    }

    fn row(&self) -> Option<u64> {
        self.row
    }

    fn member(&self) -> Option<Arc<Member>> {
        let member = self.member.as_ref()?;
        let inner = self.opened.as_ref().and_then(|o| o.cut.member());
        Some(match inner {
            Some(inner) => Arc::new(Member {
                name: format!("{}/{}", member.name, inner.name),
                format: inner.format,
                warning: inner.warning.clone(),
            }),
            None => Arc::clone(member),
        })
    }

    fn left_aside(&self) -> BTreeMap<String, u64> {
        let mut all = self.left_aside.clone();
        for (kind, n) in self.opened.iter().flat_map(|o| o.cut.left_aside()) {
            *all.entry(kind).or_default() += n;
        }
        all
    }
}

/// An article with a remark of its archive.
#[derive(Debug)]
struct Remarked {
    body: Box<dyn Body>,
    warning: String,
}

impl Body for Remarked {
    fn len(&self) -> usize {
        self.body.len()
    }

    fn raw(&self) -> Option<&[u8]> {
        self.body.raw()
    }

    fn fields(&self) -> Vec<String> {
        self.body.fields()
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        article.warnings.push(self.warning);
        self.body.read(fields, article, used)
    }
}

/// What a file is counted under that is not read: its extension.
fn extension(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((_, extension)) => format!(".{}", extension.to_lowercase()),
        None => "files without an extension".to_owned(),
    }
}

/// A name as a path inside the archive: nothing of it leads out, as `tar` has it too,
/// and bytes that are no UTF-8 are shown as `\xE9`.
fn inside(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    let mut parts = Vec::new();
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." => parts.clear(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests;
