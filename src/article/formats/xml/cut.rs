//! Cuts a file of markup into the elements that are its articles, one in memory at a time.

use crate::article::{
    Unreadable,
    bounds::{Kept, too_long},
    container::{Body, Cut},
};
use std::io::{self, BufRead};

/// Bytes of a tag that are kept to know it by: its name, and whether it is empty.
const TAG: usize = 256;

/// What stands between `<` and `>`.
#[derive(Debug, PartialEq, Eq)]
enum Tag {
    /// `<name …>`, by the name behind its prefix.
    Opens(Vec<u8>),
    Closes(Vec<u8>),
    /// Empty elements, comments, instructions and the like.
    Other,
}

/// Rows are elements.
pub(in super::super) struct Elements {
    pub inner: Box<dyn BufRead + Send>,
    /// Names of the elements that are articles, behind their prefixes.
    pub names: &'static [&'static str],
    pub row: u64,
    /// Bytes of the longest article.
    pub most: usize,
    /// What becomes of the bytes of an element.
    pub body: Box<dyn Fn(Vec<u8>) -> Box<dyn Body> + Send>,
}

impl Elements {
    fn fill(&mut self) -> io::Result<&[u8]> {
        while let Err(e) = self.inner.fill_buf() {
            if e.kind() != io::ErrorKind::Interrupted {
                return Err(e);
            }
        }
        self.inner.fill_buf()
    }

    /// Goes behind the next tag, keeping what is passed; `None` at the end.
    fn tag(&mut self, kept: &mut Kept) -> io::Result<Option<Tag>> {
        loop {
            let chunk = self.fill()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let at = memchr::memchr(b'<', chunk);
            let used = at.unwrap_or(chunk.len());
            kept.push(&chunk[..used]);
            self.inner.consume(used);
            if at.is_some() {
                break;
            }
        }
        let mut mark = Mark::default();
        loop {
            let chunk = self.fill()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let end = chunk.iter().position(|b| mark.ends(*b));
            let used = end.map_or(chunk.len(), |i| i + 1);
            kept.push(&chunk[..used]);
            self.inner.consume(used);
            if end.is_some() {
                return Ok(Some(mark.tag()));
            }
        }
    }
}

/// Looks for the end of what begins with `<`.
#[derive(Default)]
struct Mark {
    /// The first bytes, from `<` on.
    head: Vec<u8>,
    /// The last three bytes.
    last: [u8; 3],
    quote: Option<u8>,
    /// Open brackets of a document type.
    depth: u32,
}

impl Mark {
    fn ends(&mut self, byte: u8) -> bool {
        if self.head.len() < TAG {
            self.head.push(byte);
        }
        let before = self.last;
        self.last = [before[1], before[2], byte];
        let head = &self.head[..];
        if head.starts_with(b"<!--") {
            return head.len() > 6 && self.last == *b"-->";
        }
        if head.starts_with(b"<![CDATA[") {
            return head.len() > 11 && self.last == *b"]]>";
        }
        if head.starts_with(b"<?") {
            return byte == b'>' && before[2] == b'?';
        }
        // What may still become one of them.
        if head.starts_with(b"<!") && (b"<!--".starts_with(head) || b"<![CDATA[".starts_with(head))
        {
            return false;
        }
        match (self.quote, byte) {
            (Some(quote), _) => {
                if byte == quote {
                    self.quote = None;
                }
                false
            }
            (None, b'"' | b'\'') => {
                // Only values are quoted: an apostrophe elsewhere is one.
                if before[2] == b'=' || head.starts_with(b"<!") {
                    self.quote = Some(byte);
                }
                false
            }
            (None, b'[') if head.starts_with(b"<!") => {
                self.depth += 1;
                false
            }
            (None, b']') => {
                self.depth = self.depth.saturating_sub(1);
                false
            }
            (None, b'>') => self.depth == 0,
            _ => false,
        }
    }

    fn tag(&self) -> Tag {
        let Some(rest) = self.head.strip_prefix(b"<") else {
            return Tag::Other;
        };
        let (closes, rest) = match rest.strip_prefix(b"/") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let name: Vec<u8> = rest
            .iter()
            .copied()
            .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'))
            .collect();
        let local = name.rsplit(|b| *b == b':').next().unwrap_or_default();
        let is_name = local
            .first()
            .is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
        match (is_name, closes, self.last[1] == b'/') {
            (true, true, _) => Tag::Closes(local.to_vec()),
            (true, false, false) => Tag::Opens(local.to_vec()),
            _ => Tag::Other,
        }
    }
}

impl Cut for Elements {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        // What stands before an article is nobody's, but for its own tag.
        let name = loop {
            let mut kept = Kept::up_to(self.most);
            let Some(tag) = self.tag(&mut kept)? else {
                return Ok(None);
            };
            if let Tag::Opens(name) = tag
                && self.names.iter().any(|n| n.as_bytes() == name)
            {
                let bytes = kept.end().unwrap_or_default();
                let at = memchr::memchr(b'<', &bytes).unwrap_or(bytes.len());
                break (name, bytes[at..].to_vec());
            }
        };
        self.row += 1;
        let (name, head) = name;
        let mut kept = Kept::up_to(self.most);
        kept.push(&head);
        let mut depth = 1;
        while depth > 0 {
            match self.tag(&mut kept)? {
                Some(Tag::Opens(inner)) if inner == name => depth += 1,
                Some(Tag::Closes(inner)) if inner == name => depth -= 1,
                Some(_) => {}
                None => {
                    return Ok(Some(Box::new(Unreadable::new(
                        "parse",
                        format!(
                            "the element `{}` is never closed: the file was cut off, or is no \
                             valid XML; copy it again",
                            String::from_utf8_lossy(&name)
                        ),
                    ))));
                }
            }
        }
        Ok(Some(match kept.end() {
            Ok(bytes) => (self.body)(bytes),
            Err(length) => Box::new(too_long("an element", length, self.most)),
        }))
    }

    fn row(&self) -> Option<u64> {
        Some(self.row)
    }
}

/// The name of the root element behind its prefix, and the encoding that is declared
/// before it.
pub(super) fn root(head: &[u8]) -> (Option<String>, Option<&'static encoding_rs::Encoding>) {
    let mut elements = Elements {
        inner: Box::new(io::Cursor::new(head.to_vec())),
        names: &[],
        row: 0,
        most: head.len(),
        body: Box::new(|_| Box::new(Unreadable::new("parse", ""))),
    };
    let mut kept = Kept::up_to(head.len());
    let name = loop {
        match elements.tag(&mut kept) {
            Ok(Some(Tag::Opens(name))) => break Some(name),
            Ok(Some(_)) => {}
            _ => break None,
        }
    };
    let declared = memchr::memchr(b'>', head).map(|end| &head[..end]);
    let declared = declared.filter(|d| d.trim_ascii_start().starts_with(b"<?xml"));
    let declared = String::from_utf8_lossy(declared.unwrap_or_default()).into_owned();
    let encoding = declared.split_once("encoding").and_then(|(_, rest)| {
        let label = rest.trim_start().strip_prefix('=')?.trim_start();
        let label = label.trim_start_matches(['"', '\'']);
        let end = label.find(['"', '\'', '?', ' ']).unwrap_or(label.len());
        encoding_rs::Encoding::for_label(&label.as_bytes()[..end])
    });
    let name = name.map(|name| String::from_utf8_lossy(&name).into_owned());
    (name, encoding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Fields, fields::Used};

    /// Gives its bytes as text.
    #[derive(Debug)]
    struct Raw(Vec<u8>);

    impl Body for Raw {
        fn len(&self) -> usize {
            self.0.len()
        }

        fn read(
            self: Box<Self>,
            _: &Fields,
            article: &mut Article,
            _: &mut Used,
        ) -> Result<(), Unreadable> {
            article.text = String::from_utf8_lossy(&self.0).into_owned();
            Ok(())
        }
    }

    fn cut(xml: &str, most: usize, buffer: usize) -> Vec<Result<String, String>> {
        let bytes = io::Cursor::new(xml.as_bytes().to_vec());
        let mut elements = Elements {
            inner: Box::new(io::BufReader::with_capacity(buffer, bytes)),
            names: &["item"],
            row: 0,
            most,
            body: Box::new(|bytes| Box::new(Raw(bytes))),
        };
        let mut out = Vec::new();
        while let Some(body) = elements.next().unwrap() {
            let mut article = Article::default();
            let read = body.read(&Fields::default(), &mut article, &mut Default::default());
            out.push(read.map(|()| article.text).map_err(|e| e.message));
        }
        out
    }

    #[test]
    fn elements_whatever_stands_in_them() {
        let items = [
            "<item>a</item>",
            "<item a='>' b=\"</item>\">b</item>",
            "<item><!-- </item> --><![CDATA[</item>]]></item>",
            "<x:item><x:item>c</x:item></x:item>",
            "<item>l'<b>d'e</b><item/></item>",
        ];
        let xml = format!(
            "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a \"<item>\">]><rss><!-- <item> -->\
             <item/><items>{}</items></rss>",
            items.join("\n")
        );
        for buffer in [1, 2, 7, 1000] {
            let cut = cut(&xml, 1000, buffer);
            let expected: Vec<_> = items.iter().map(|i| Ok((*i).to_owned())).collect();
            assert_eq!(cut, expected);
        }
        let cut = cut("<a><item>12345678901234567890</item><item>1", 30, 9);
        assert!(
            cut[0]
                .as_ref()
                .is_err_and(|e| e.contains("--max-article-bytes"))
        );
        assert!(cut[1].as_ref().is_err_and(|e| e.contains("never closed")));
    }

    #[test]
    fn the_root_and_what_is_declared_before_it() {
        let (name, encoding) =
            root(b"<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- <a> --><x:rss v='2'>");
        assert_eq!(name.as_deref(), Some("rss"));
        assert_eq!(encoding, Some(encoding_rs::WINDOWS_1252));
        assert_eq!(root(b"plain text").0, None);
    }
}
