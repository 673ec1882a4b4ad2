//! What a page says about its article outside of its text: `meta`, `link`, `title`,
//! JSON-LD, microdata in attributes.

use super::slim::Tag;
use std::borrow::Cow;

/// `meta` elements and marks that are kept of a page; one of the press has 60.
const MOST: usize = 400;

/// What was gathered, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The `title`, character references read.
    pub title: Option<String>,
    /// Names in lower case and contents of `meta` elements, of `itemprop` with a value
    /// in an attribute, and of `time`; character references read.
    pub values: Vec<(String, String)>,
    /// `link rel="canonical"`.
    pub canonical: Option<String>,
    /// Where a browser saved the page from.
    pub saved_from: Option<String>,
    /// Language that the page declares.
    pub language: Option<String>,
    /// Texts of the JSON-LD scripts.
    pub json_ld: Vec<String>,
}

/// Reads character references.
pub(super) fn plain(value: &str) -> Cow<'_, str> {
    html_escape::decode_html_entities(value)
}

impl Head {
    /// The first value under one of these names, by the order of the names.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let mut values = self.values.iter();
            let found = values.find(|(n, v)| n == name && !v.trim().is_empty());
            found.map(|(_, value)| value.trim())
        })
    }

    fn keep(&mut self, name: &str, value: &str) {
        if self.values.len() < MOST {
            self.values
                .push((name.to_ascii_lowercase(), plain(value).into_owned()));
        }
    }

    /// Browsers write where they saved a page from into a comment.
    pub(super) fn comment(&mut self, comment: &str) {
        let Some((_, rest)) = comment.split_once("saved from url=(") else {
            return;
        };
        if let Some((_, url)) = rest.split_once(')') {
            let url = url.split_whitespace().next().unwrap_or_default();
            let url = url.trim_end_matches("-->");
            self.saved_from.get_or_insert_with(|| url.to_owned());
        }
    }

    /// An element whose content is no text of the page.
    pub(super) fn element(&mut self, tag: &Tag, inside: &str) {
        match &*tag.name {
            "title" if self.title.is_none() => {
                let words: Vec<_> = inside.split_whitespace().collect();
                self.title = Some(plain(&words.join(" ")).into_owned());
            }
            "script" if tag.get("type").is_some_and(is_json_ld) => {
                self.json_ld.push(inside.to_owned());
            }
            _ => {}
        }
    }

    pub(super) fn tag(&mut self, tag: &Tag) {
        match &*tag.name {
            "meta" => {
                let names = ["property", "name", "itemprop", "http-equiv"];
                let content = tag.get("content");
                for name in names.iter().filter_map(|n| tag.get(n)) {
                    self.keep(name, content.unwrap_or_default());
                }
            }
            "link" => {
                let is = |rel: &str| rel.eq_ignore_ascii_case("canonical");
                if tag.get("rel").is_some_and(is) && self.canonical.is_none() {
                    self.canonical = tag.get("href").map(|url| plain(url).trim().to_owned());
                }
            }
            "html" => {
                let language = tag.get("lang").or(tag.get("xml:lang"));
                self.language = self.language.take().or(language.map(str::to_owned));
            }
            _ => {
                let value = tag.get("content").or(tag.get("datetime"));
                if let (Some(property), Some(value)) = (tag.get("itemprop"), value) {
                    for property in property.split_ascii_whitespace() {
                        self.keep(property, value);
                    }
                } else if tag.name == "time"
                    && let Some(value) = tag.get("datetime")
                {
                    let published = tag.get("pubdate").is_some();
                    self.keep(if published { "time pubdate" } else { "time" }, value);
                } else if tag.name == "abbr"
                    && let Some(value) = tag.get("title")
                    && tag.get("class").is_some_and(|c| c.contains("published"))
                {
                    // The microformat hAtom.
                    self.keep("published", value);
                }
            }
        }
    }
}

fn is_json_ld(kind: &str) -> bool {
    kind.trim()
        .to_ascii_lowercase()
        .starts_with("application/ld+json")
}
