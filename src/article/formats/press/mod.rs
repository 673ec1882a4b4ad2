//! Exports of press databases: many articles in one text or page, cut into them. Their
//! form is known from public descriptions; what an export lacks, its articles lack.

mod europresse;
mod factiva;
mod nexis;

pub use self::{europresse::EUROPRESSE, factiva::FACTIVA, nexis::NEXIS};

use crate::article::{
    Article, Fields, Role, Unreadable,
    bounds::{self, Kept, too_long},
    container::{Body, Cut, Opened},
    decode,
    fields::{Used, Values, fill},
    options::Options,
    stream::Stream,
};
use crate::kinds::MetaValue;
use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is the first of an article.
    First,
    /// It is the last of an article.
    Last,
    Inside,
}

/// What stands in an article of an export.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts {
    id: Option<String>,
    title: Option<String>,
    date: Option<String>,
    text: String,
    site: Option<String>,
    author: Option<String>,
}

/// A kind of text export.
#[derive(Debug, Clone, Copy)]
struct Export {
    place: fn(&str) -> Place,
    /// Takes an article apart; `None` where the lines are of no article.
    parts: fn(&str) -> Option<Parts>,
}

fn open(stream: Stream, options: &Options, export: Export) -> io::Result<Opened> {
    let (inner, warning) = stream.into_rows();
    Ok(Opened {
        cut: Box::new(Exported {
            inner,
            export,
            ahead: None,
            row: 0,
            most: options.max_article_bytes,
            left_aside: BTreeMap::new(),
        }),
        warning,
    })
}

/// Rows are articles.
struct Exported {
    inner: Box<dyn BufRead + Send>,
    export: Export,
    /// The first line of the next article.
    ahead: Option<Vec<u8>>,
    row: u64,
    /// Bytes of the longest article.
    most: usize,
    left_aside: BTreeMap<String, u64>,
}

impl Exported {
    /// The lines up to the end of an article; `None` at the end of the file.
    fn lines(&mut self) -> io::Result<Option<Kept>> {
        let mut kept = Kept::up_to(self.most);
        if let Some(first) = self.ahead.take() {
            kept.push(&first);
        }
        loop {
            let Some(line) = bounds::line(&mut self.inner, self.most)? else {
                return Ok((kept.length() > 0).then_some(kept));
            };
            let line = match line.end() {
                Ok(line) => line,
                Err(length) => {
                    kept.pass(length);
                    continue;
                }
            };
            match (self.export.place)(&String::from_utf8_lossy(&line)) {
                Place::First if kept.length() > 0 => {
                    self.ahead = Some(line);
                    return Ok(Some(kept));
                }
                Place::Last => {
                    kept.push(&line);
                    return Ok(Some(kept));
                }
                _ => kept.push(&line),
            }
        }
    }
}

impl Cut for Exported {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        while let Some(lines) = self.lines()? {
            let bytes = match lines.end() {
                Ok(bytes) => bytes,
                Err(length) => {
                    self.row += 1;
                    return Ok(Some(Box::new(too_long("an article", length, self.most))));
                }
            };
            // Lists of what was searched and found stand before and behind the articles.
            if (self.export.parts)(&String::from_utf8_lossy(&bytes)).is_none() {
                if !bytes.trim_ascii().is_empty() {
                    let kind = "parts of an export that are no article".to_owned();
                    *self.left_aside.entry(kind).or_default() += 1;
                }
                continue;
            }
            self.row += 1;
            return Ok(Some(Box::new(One {
                bytes,
                export: self.export,
            })));
        }
        Ok(None)
    }

    fn row(&self) -> Option<u64> {
        Some(self.row)
    }

    fn left_aside(&self) -> BTreeMap<String, u64> {
        self.left_aside.clone()
    }
}

/// An article of a text export.
#[derive(Debug)]
struct One {
    bytes: Vec<u8>,
    export: Export,
}

impl Body for One {
    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn raw(&self) -> Option<&[u8]> {
        Some(&self.bytes)
    }

    fn fields(&self) -> Vec<String> {
        ["text", "id", "title", "date", "site", "author"]
            .map(str::to_owned)
            .to_vec()
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        let decoded = decode::decode(&self.bytes).map_err(|e| Unreadable::new("decode", e))?;
        article.warnings.extend(decoded.warning);
        let parts = (self.export.parts)(&decoded.text).unwrap_or_default();
        for (role, there) in [
            (Role::Text, true),
            (Role::Id, parts.id.is_some()),
            (Role::Title, parts.title.is_some()),
            (Role::Date, parts.date.is_some()),
        ] {
            used[role as usize] = there.then(|| role.name().to_owned());
        }
        let mut values = Values {
            text: Some(Some(parts.text.into())),
            id: parts.id.map(Into::into),
            title: parts.title.map(Into::into),
            date: parts.date.map(Into::into),
            kept: Vec::new(),
        };
        for (name, value) in [("site", parts.site), ("author", parts.author)] {
            let Some(value) = value else { continue };
            if fields.given(Role::Id) == Some(name) {
                values.id = Some(value.clone().into());
            }
            let kept = MetaValue::string(&value).map_err(|e| Unreadable::new("parse", e))?;
            values.kept.push((name.to_owned(), kept));
        }
        fill(article, fields, used, values, Vec::new)
    }
}

/// A label and what follows its colon: `LENGTH: 523 words`.
fn label(line: &str) -> Option<(&str, &str)> {
    /// Bytes of the longest label.
    const LONGEST: usize = 30;
    let (label, value) = line.trim().split_once(':')?;
    (label.len() <= LONGEST).then(|| (label.trim(), value.trim()))
}

/// A number before a word: `612 mots`, `1 612 mots`.
fn number_before(line: &str) -> Option<&str> {
    let line = line.trim();
    let word = line.find(|c: char| c.is_alphabetic())?;
    let number = line[..word].trim();
    let figures =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | ',' | '.');
    (!number.is_empty() && number.chars().all(figures)).then(|| &line[word..])
}

#[cfg(test)]
mod tests;
