//! What a page says about its article in JSON-LD, by the words of schema.org.

use serde_json::{Map, Value};

/// Types of schema.org that are articles, the most telling first. A page of a video or
/// a plain page may be the only thing there.
const TYPES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "LiveBlogPosting",
    "Article",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "ScholarlyArticle",
    "TechArticle",
    "Report",
    "BlogPosting",
    "SocialMediaPosting",
    "Recipe",
    "Interview",
    "PodcastEpisode",
    "VideoObject",
    "Event",
    "WebPage",
    "ItemPage",
];

/// Objects looked at; a page of the press has 40.
const MOST: usize = 2000;

/// What an object says about its article.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Stated {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub section: Option<String>,
    pub keywords: Option<String>,
    pub description: Option<String>,
    pub body: Option<String>,
}

type Object = Map<String, Value>;

/// The best article of all scripts of a page.
pub(super) fn read(scripts: &[String]) -> Option<Stated> {
    let values: Vec<Value> = scripts.iter().filter_map(|s| parse(s)).collect();
    let mut objects = Vec::new();
    for value in &values {
        gather(value, &mut objects);
    }
    let rank = |object: &&&Object| {
        let types = texts(object.get("@type"));
        let ranks = types.iter().filter_map(|t| {
            let bare = t.rsplit(['/', ':', '#']).next().unwrap_or(t);
            TYPES.iter().position(|known| *known == bare)
        });
        ranks.min()
    };
    let ranked = objects.iter().filter_map(|o| Some((rank(&o)?, *o)));
    // Of two alike the first.
    let (_, best) = ranked.min_by_key(|(rank, _)| *rank)?;
    Some(stated(best, &objects))
}

/// JSON as pages have it: in comments or CDATA, with line breaks inside strings, with a
/// semicolon at its end.
fn parse(script: &str) -> Option<Value> {
    let mut text = script.trim();
    for mark in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["] {
        text = text.strip_prefix(mark).unwrap_or(text).trim_start();
    }
    for mark in ["-->", "//]]>", "/*]]>*/", "]]>", ";"] {
        text = text.strip_suffix(mark).unwrap_or(text).trim_end();
    }
    serde_json::from_str(text).ok().or_else(|| {
        let mended: String = text
            .chars()
            .map(|c| if c.is_ascii_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&mended).ok()
    })
}

/// The objects that may be the article, those outside first.
fn gather<'v>(value: &'v Value, out: &mut Vec<&'v Object>) {
    if out.len() == MOST {
        return;
    }
    match value {
        Value::Array(all) => all.iter().for_each(|v| gather(v, out)),
        Value::Object(object) => {
            out.push(object);
            for inside in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "subjectOf",
                "author",
                "publisher",
            ] {
                if let Some(value) = object.get(inside) {
                    gather(value, out);
                }
            }
        }
        _ => {}
    }
}

fn stated(object: &Object, all: &[&Object]) -> Stated {
    let first = |names: &[&str]| {
        let mut values = names.iter().flat_map(|n| texts(object.get(*n)));
        values.find(|v| !v.trim().is_empty()).map(|v| tidy(&v))
    };
    let named = |name: &str| names(object.get(name), all, 0);
    let address = |value: Option<&Value>| match value {
        Some(Value::Object(o)) => texts(o.get("@id").or(o.get("url"))),
        other => texts(other),
    };
    let urls = address(object.get("url"))
        .into_iter()
        .chain(address(object.get("mainEntityOfPage")));
    let keywords: Vec<_> = texts(object.get("keywords"))
        .iter()
        .map(|k| tidy(k))
        .collect();
    Stated {
        headline: first(&["headline", "name", "alternativeHeadline"]),
        authors: match named("author") {
            none if none.is_empty() => named("creator"),
            some => some,
        },
        publisher: named("publisher")
            .into_iter()
            .next()
            .or(named("isPartOf").into_iter().next()),
        url: urls.into_iter().find(|u| u.starts_with("http")),
        published: first(&["datePublished", "dateCreated", "uploadDate"]),
        modified: first(&["dateModified"]),
        section: first(&["articleSection"]),
        keywords: (!keywords.is_empty()).then(|| keywords.join(", ")),
        description: first(&["description"]),
        body: texts(object.get("articleBody")).into_iter().next(),
    }
}

/// The strings that a value is or holds.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(all)) => {
            let texts = all.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// Names of persons or organisations: strings, objects with a `name`, or references to
/// such objects.
fn names(value: Option<&Value>, all: &[&Object], depth: usize) -> Vec<String> {
    let mut out = Vec::new();
    match value {
        Some(Value::String(name)) => out.push(tidy(name)),
        Some(Value::Array(list)) if depth < 2 => {
            for value in list {
                out.extend(names(Some(value), all, depth + 1));
            }
        }
        Some(Value::Object(object)) => match object.get("name") {
            Some(name) => out.extend(texts(Some(name)).iter().map(|n| tidy(n))),
            None if depth < 2 => {
                let id = object.get("@id").filter(|id| id.is_string());
                let meant = id.and_then(|id| {
                    let mut named = all.iter().filter(|o| o.contains_key("name"));
                    named.find(|o| o.get("@id") == Some(id))
                });
                out.extend(
                    texts(meant.and_then(|o| o.get("name")))
                        .iter()
                        .map(|n| tidy(n)),
                );
            }
            None => {}
        },
        _ => {}
    }
    out.retain(|name| !name.is_empty() && !name.starts_with("http"));
    out.dedup();
    out
}

/// Character references read, blanks made one.
fn tidy(text: &str) -> String {
    let plain = super::head::plain(text);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
