//! A record that is an article.

use super::{
    head::Head,
    http::{self, Answer},
};
use crate::{
    article::{
        Article, Fields, Role, Unreadable,
        container::Body,
        decode,
        field_date::read_date,
        fields::Used,
        formats::html::{self, Origin},
        title,
    },
    kinds::{MetaValue, PublishedFrom},
};
use encoding_rs::{Encoding, UTF_8};
use std::fmt;

/// What a record holds.
#[derive(Debug)]
pub(super) struct Kind {
    /// A page, or else a text.
    pub page: bool,
    /// The encoding that the server named.
    pub charset: Option<String>,
    /// The head of what the server answered.
    pub answer: Option<Answer>,
}

/// A record that is an article.
pub(super) struct Record {
    pub head: Head,
    pub kind: Kind,
    pub bytes: Vec<u8>,
    /// A remark of what it was read from.
    pub remark: Option<String>,
    /// Bytes of the longest article.
    pub most: usize,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.head)
    }
}

/// Fields that every record has, kept without being asked for, and the names that the
/// standard has for them. The day of a crawl is not that of a publication: only who
/// names it with `--date-field` takes it for one.
const ALWAYS: &[(&str, &str)] = &[("url", "WARC-Target-URI"), ("warc_date", "WARC-Date")];
/// The field of its identifier.
const ID: (&str, &str) = ("record_id", "WARC-Record-ID");
/// What its text is taken from.
const PAYLOAD: &str = "payload";
/// Before the names of the fields of the answer.
const HTTP: &str = "http.";

impl Record {
    /// Names and values of all fields.
    fn all(&self) -> impl Iterator<Item = (String, &str)> {
        let named = ALWAYS.iter().chain([&ID]);
        let named =
            named.filter_map(|(name, field)| Some(((*name).to_owned(), self.value(field)?)));
        let own = self
            .head
            .iter()
            .map(|(name, value)| (name.to_owned(), value));
        let http = self.kind.answer.iter().flat_map(|a| a.head.iter());
        named
            .chain(own)
            .chain(http.map(|(name, value)| (format!("{HTTP}{name}"), value)))
    }

    /// A field of the record without the brackets that the standard writes around URIs.
    fn value(&self, name: &str) -> Option<&str> {
        let value = self.head.get(name)?;
        let bare = value.strip_prefix('<').and_then(|v| v.strip_suffix('>'));
        Some(bare.unwrap_or(value)).filter(|v| !v.is_empty())
    }

    /// The text of bytes that are no page.
    fn text(&self, body: &[u8], article: &mut Article) -> Result<(), Unreadable> {
        let label = self.kind.charset.as_deref();
        let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
        let decoded = match named {
            Some(encoding) if encoding != UTF_8 && Encoding::for_bom(body).is_none() => {
                decode::with(encoding, body)
            }
            _ => decode::decode(body).map_err(|e| Unreadable::new("decode", e))?,
        };
        article.warnings.extend(decoded.warning);
        article.text = decoded.text.into_owned();
        article.title = title(&article.text).map(str::to_owned);
        Ok(())
    }
}

impl Body for Record {
    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn fields(&self) -> Vec<String> {
        let named = self.all().map(|(name, _)| name);
        [PAYLOAD.to_owned()].into_iter().chain(named).collect()
    }

    fn read(
        self: Box<Self>,
        fields: &Fields,
        article: &mut Article,
        used: &mut Used,
    ) -> Result<(), Unreadable> {
        article.warnings.extend(self.remark.clone());
        let url = self.value(ALWAYS[0].1);
        if let Some(id) = self.value(ID.1) {
            article.id = id.to_owned();
        }
        let at = self.kind.answer.as_ref().map_or(0, |a| a.body);
        let body = self.bytes.get(at..).unwrap_or_default();
        let body = match &self.kind.answer {
            Some(answer) => http::content(&answer.head, body, self.most)?,
            None => body.into(),
        };
        if self.kind.page {
            let origin = Origin {
                url,
                charset: self.kind.charset.as_deref(),
            };
            html::read(&body, &origin, fields, article, used)?;
        } else {
            self.text(&body, article)?;
        }
        if used[Role::Text as usize].is_none() {
            used[Role::Text as usize] = Some(PAYLOAD.to_owned());
        }
        for (name, value) in self.all() {
            let always = ALWAYS.iter().any(|(always, _)| *always == name);
            if always || fields.keeps(&name) {
                let value = MetaValue::string(value).map_err(|e| Unreadable::new("parse", e))?;
                article.meta.keep(&name, value);
            }
            for role in [Role::Id, Role::Title, Role::Date] {
                if fields.given(role) != Some(&*name) || used[role as usize].is_some() {
                    continue;
                }
                used[role as usize] = Some(name.clone());
                match role {
                    Role::Id => article.id = value.to_owned(),
                    Role::Title => article.title = Some(value.to_owned()),
                    _ => {
                        let read = read_date(value);
                        article.published =
                            read.map(|read| (read.published, PublishedFrom::Metadata));
                    }
                }
            }
        }
        Ok(())
    }
}
