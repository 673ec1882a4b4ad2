//! What a page says about its article, out of the places where pages say it.

use super::{
    Origin,
    head::Head,
    json_ld::{self, Stated},
    main_text,
    slim::Slim,
    title,
};
use crate::{
    article::{Article, Fields, Role, dateline, field_date, fields::Used, metadata},
    kinds::{MetaValue, Published, PublishedFrom},
};

/// Fields of a page that may be asked for by name; the first four are always kept.
pub(super) const FIELDS: [&str; 10] = [
    "url",
    "site",
    "author",
    "modified",
    "title",
    "published",
    "section",
    "keywords",
    "description",
    "language",
];
/// How many of them are kept without being asked for.
const ALWAYS: usize = 4;

/// Bytes of the least text that is an article by itself, whatever JSON-LD has.
const LEAST_TEXT: usize = 200;

/// Names of a publication date in `meta` and microdata, the most telling first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "publication_date",
    "publication-date",
    "date_published",
    "publishdate",
    "publish-date",
    "pubdate",
    "date_publication",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cre-publication-date",
    "article.published",
    "ptime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "datecreated",
    "uploaddate",
    "date",
    // The element `time`, one with `pubdate` before others.
    "published",
    "time pubdate",
    "time",
];

/// Names of the date of a later version.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "dc.date.modified",
    "dcterms.modified",
    "article.updated",
    "last-modified",
    "lastmod",
    "revised",
];

const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "og:article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "twitter:data1:author",
];

/// Puts what a page holds into the article.
pub(super) fn fill(
    slim: &Slim,
    origin: &Origin,
    fields: &Fields,
    article: &mut Article,
    used: &mut Used,
) {
    let head = &slim.head;
    let stated = json_ld::read(&head.json_ld).unwrap_or_default();
    let site = site(head, &stated);
    let told = title::told(head, &stated, site.as_deref());
    let found = main_text::find(&slim.html, &told);
    let title = title::choose(&told, &found.headings);
    article.text = found.text;
    article.zones = found.zones;
    // A page that a program fills in the browser has its article there alone. Where
    // there is a beginning, the rest is what readers do not get.
    if article.text.len() < LEAST_TEXT
        && let Some(body) = stated.body.as_deref().map(main_text::plain)
        && body.len() > article.text.len()
    {
        article.text = body;
        article.zones.clear();
    }
    let url = url(head, &stated, origin);
    let date = |first: Option<&str>, names: &[&str]| -> Option<String> {
        let all = first
            .into_iter()
            .chain(names.iter().filter_map(|n| head.first(&[n])));
        all.filter(|v| field_date::read_date(v).is_some())
            .map(str::to_owned)
            .next()
    };
    let published = date(stated.published.as_deref(), PUBLISHED);
    let modified = date(stated.modified.as_deref(), MODIFIED);
    if let Some(read) = published.as_deref().and_then(field_date::read_date) {
        article.published = Some((read.published, PublishedFrom::Metadata));
        if read.ambiguous {
            article.warnings.push("published_ambiguous".to_owned());
        }
    } else if let Some(date) = dateline(&article.text) {
        article.published = Some((date, PublishedFrom::Dateline));
    } else if let Some(date) = url.as_deref().and_then(in_path) {
        article.published = Some((date, PublishedFrom::Metadata));
    }
    let author = match stated.authors.is_empty() {
        false => Some(stated.authors.join(", ")),
        true => head
            .first(AUTHOR)
            .filter(|a| !a.starts_with("http"))
            .map(str::to_owned)
            .or(found.author),
    };
    let iso =
        |value: String| field_date::read_date(&value).map_or(value, |r| r.published.to_string());
    let own = |value: Option<&str>| value.map(str::to_owned);
    let values = [
        url.clone(),
        site.or_else(|| url.as_deref().and_then(host).map(str::to_owned)),
        author,
        modified.map(iso),
        title.clone(),
        published.map(iso),
        stated.section.or(own(head.first(&["article:section"]))),
        stated
            .keywords
            .or(own(head.first(&["keywords", "news_keywords"]))),
        stated
            .description
            .or(own(head.first(&["description", "og:description"]))),
        own(head.language.as_deref()),
    ];
    for (i, (name, value)) in FIELDS.iter().zip(values).enumerate() {
        let Some(value) = value.filter(|v| !v.trim().is_empty()) else {
            continue;
        };
        if fields.given(Role::Id) == Some(*name) {
            article.id.clone_from(&value);
            used[Role::Id as usize] = Some((*name).to_owned());
        }
        if (i < ALWAYS || fields.kept().iter().any(|k| k == name))
            && let Ok(value) = MetaValue::string(&value)
        {
            article.meta.keep(name, value);
        }
    }
    article.title = title;
}

fn site(head: &Head, stated: &Stated) -> Option<String> {
    let named = head.first(&["og:site_name"]).map(str::to_owned);
    named
        .or_else(|| stated.publisher.clone())
        .or_else(|| head.first(&["application-name"]).map(str::to_owned))
}

fn url(head: &Head, stated: &Stated, origin: &Origin) -> Option<String> {
    let known = [head.saved_from.as_deref(), origin.url];
    let all = [
        head.canonical.as_deref(),
        head.first(&["og:url"]),
        stated.url.as_deref(),
        origin.url,
        head.saved_from.as_deref(),
    ];
    let base = known.into_iter().flatten().next();
    all.into_iter()
        .flatten()
        .find_map(|url| absolute(url.trim(), base))
}

/// The address that a reference means on a page of this address.
fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    if url.starts_with("http://") || url.starts_with("https://") {
        return Some(url.to_owned());
    }
    let (scheme, rest) = base?.split_once("://")?;
    if url.starts_with("//") {
        return Some(format!("{scheme}:{url}"));
    }
    let host = rest.split(['/', '?', '#']).next()?;
    url.starts_with('/')
        .then(|| format!("{scheme}://{host}{url}"))
}

fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| !h.is_empty())
}

/// The date in an address: `/2024/03/05/titre`.
fn in_path(url: &str) -> Option<Published> {
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    metadata::file_name_date(path).filter(|d| d.day.is_some())
}
