//! Files of one article: plain text and Markdown.

use crate::article::{
    Article, Fields, Unreadable,
    bounds::{Kept, too_long},
    container::{Articles, Body, Container, Cut, Open, Opened},
    decode,
    fields::Used,
    options::Options,
    stream::{BUFFER, Stream},
};
use std::io::{self, Read};

/// Plain text.
pub static TEXT: Container = Container {
    name: "txt",
    aliases: &[],
    extensions: &["txt"],
    holds: "one article",
    articles: Articles::One,
    // Whatever is nothing else.
    sniff: |_| true,
    open: Open::Stream(open),
};

/// Markdown, read as the text that it is.
pub static MARKDOWN: Container = Container {
    name: "md",
    aliases: &[],
    extensions: &["md"],
    holds: "one article",
    articles: Articles::One,
    sniff: |_| false,
    open: Open::Stream(open),
};

fn open(stream: Stream, options: &Options) -> io::Result<Opened> {
    Ok(whole(stream, options, |bytes| Box::new(Text(bytes))))
}

/// A file that is one article, which `body` makes of its bytes.
pub(super) fn whole(stream: Stream, options: &Options, body: MakeBody) -> Opened {
    Opened {
        cut: Box::new(Whole {
            file: Some(stream.into_reader()),
            most: options.max_article_bytes,
            body,
        }),
        warning: None,
    }
}

type MakeBody = fn(Vec<u8>) -> Box<dyn Body>;

/// Gives the whole file once.
struct Whole {
    file: Option<Box<dyn Read + Send>>,
    most: usize,
    body: MakeBody,
}

impl Cut for Whole {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        let Some(mut reader) = self.file.take() else {
            return Ok(None);
        };
        let (mut buffer, mut kept) = (vec![0; BUFFER], Kept::up_to(self.most));
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => kept.push(&buffer[..n]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(Some(match kept.end() {
            Ok(bytes) => (self.body)(bytes),
            Err(length) => Box::new(too_long("a file", length, self.most)),
        }))
    }

    fn row(&self) -> Option<u64> {
        None
    }
}

#[derive(Debug)]
struct Text(Vec<u8>);

impl Body for Text {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn raw(&self) -> Option<&[u8]> {
        Some(&self.0)
    }

    fn read(
        self: Box<Self>,
        _: &Fields,
        article: &mut Article,
        _: &mut Used,
    ) -> Result<(), Unreadable> {
        // The common case, without a copy.
        match String::from_utf8(self.0) {
            Ok(text) if !text.contains(['\0', '\u{feff}']) => article.text = text,
            other => {
                let bytes = other.map_or_else(|e| e.into_bytes(), String::into_bytes);
                let decoded = decode::decode(&bytes).map_err(|e| Unreadable::new("decode", e))?;
                article.warnings.extend(decoded.warning);
                article.text = decoded.text.into_owned();
            }
        }
        Ok(())
    }
}
