//! Records as a page to look at: one file without a network, in which articles
//! stand with their mentions marked, below what they hold together.
//!
//! The page carries its articles as JSON, and its script makes all that is seen
//! with text nodes, so that nothing of an article is ever read as mark-up; a
//! policy in the page allows this one script and no other.

mod embed;
pub mod errors;
mod mention;
pub mod words;

use crate::record::{Kind, MentionRow, Record, Status};
use serde::Serialize;
use std::collections::HashMap;

pub use embed::web_address;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Below this score a name is drawn as doubtful: of calibrated scores, two such
/// names in five or more are wrong.
pub const DOUBTFUL: f64 = 0.6;

/// A page that is being made.
#[derive(Default)]
pub struct Page {
    articles: Vec<Entry>,
    rules: Vec<String>,
    known: HashMap<String, usize>,
}

/// One article of a page, under short names: there may be a thousand.
#[derive(Serialize)]
struct Entry {
    #[serde(rename = "i")]
    id: String,
    /// Where it comes from: file and row.
    #[serde(rename = "o", skip_serializing_if = "String::is_empty")]
    origin: String,
    #[serde(rename = "t", skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "p", skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(rename = "l", skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(rename = "s")]
    status: Status,
    #[serde(rename = "e", skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(rename = "h", skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// Fields of the row that were kept.
    #[serde(rename = "k", skip_serializing_if = "Vec::is_empty")]
    kept: Vec<(String, String)>,
    #[serde(rename = "w", skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(rename = "x")]
    text: String,
    #[serde(rename = "m")]
    mentions: Vec<mention::Mark>,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default, Serialize)]
pub struct About {
    /// What was read: file names as they were given.
    pub title: String,
    /// One line on which of how many articles these are.
    pub choice: String,
    /// The command that makes it again.
    pub command: String,
}

impl Page {
    /// Articles so far.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Adds an article: its record, its text as it was decoded (of which the
    /// record's offsets speak), and the name of the rule that found the mention
    /// of this row, where one did.
    pub fn add(
        &mut self,
        record: &Record,
        text: &str,
        rule: impl Fn(&MentionRow) -> Option<String>,
    ) {
        let title = record.title.as_deref().unwrap_or_default();
        let mut mentions = mention::marks(record, title, text);
        for (mark, row) in &mut mentions {
            if let Some(rule) = rule(row) {
                mark.rule(self.rule(rule));
            }
        }
        let meta = || record.meta.iter();
        let plain = |json: &str| serde_json::from_str(json).unwrap_or_else(|_| json.to_owned());
        let address = meta()
            .find(|(name, _)| name.rsplit('.').next() == Some(ADDRESS))
            .map(|(_, value)| plain(value.as_json()));
        self.articles.push(Entry {
            id: record.id.clone(),
            origin: match (&record.source, record.row) {
                (Some(source), Some(row)) => format!("{source}, row {row}"),
                (Some(source), None) => source.clone(),
                _ => String::new(),
            },
            title: record.title.clone(),
            published: record.published.clone(),
            lang: record.lang.clone(),
            status: record.status,
            error: record.error.as_ref().map(|e| e.message.clone()),
            address: address.as_deref().and_then(web_address).map(str::to_owned),
            kept: meta()
                .map(|(name, value)| (name.to_owned(), plain(value.as_json())))
                .collect(),
            warnings: record.warnings.clone(),
            text: text.to_owned(),
            mentions: mentions.into_iter().map(|(mark, _)| mark).collect(),
        });
    }

    /// The number of a rule in the page's table, from 1.
    fn rule(&mut self, rule: String) -> usize {
        if let Some(known) = self.known.get(&rule) {
            return *known;
        }
        self.rules.push(rule.clone());
        self.known.insert(rule, self.rules.len());
        self.rules.len()
    }

    /// The whole page.
    pub fn html(&self, about: &About) -> String {
        #[derive(Serialize)]
        struct Data<'a> {
            about: &'a About,
            labels: &'a [&'static str],
            rules: &'a [String],
            articles: &'a [Entry],
        }
        let data = Data {
            about,
            labels: &mention::LABELS,
            rules: &self.rules,
            articles: &self.articles,
        };
        // Our types have string keys: they can always be written.
        let data = serde_json::to_string(&data).unwrap_or_else(|_| "null".to_owned());
        let head = head(&about.title, STYLE, Some(SCRIPT));
        format!(
            "{head}<body>\n<noscript><p>This page shows its articles with a script of its own; \
             allow scripts for it.</p></noscript>\n<div id=\"page\"></div>\n\
             <script type=\"application/json\" id=\"data\">{}</script>\n\
             <script>{SCRIPT}</script>\n</body>\n</html>\n",
            embed::json(&data)
        )
    }
}

/// Name of a kept field that leads to the article itself.
pub const ADDRESS: &str = "url";

/// Whether these bytes are a page that was made here.
pub fn is_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(BEGIN.len())];
    head == BEGIN.as_bytes()
}

/// What every page begins with.
const BEGIN: &str = "<!doctype html>\n<!-- made by glane -->\n";

/// The beginning of a page, up to its body.
fn head(title: &str, style: &str, script: Option<&str>) -> String {
    format!(
        "{BEGIN}<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n",
        embed::policy(style, script),
        embed::text(&format!("{title} – glane"))
    )
}

/// Whether a row is drawn as doubtful.
fn doubtful(row: &MentionRow) -> bool {
    row.kind == Kind::Entity && row.score.is_some_and(|score| score < DOUBTFUL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kinds::Label, record::Field};

    fn record() -> Record {
        let json = r#"{"schema":"glane/1","id":"a","source":"d.jsonl","row":3,"title":"</title><b>É</b>",
          "published":"2024-03-14","published_from":"metadata","meta":{"url":"javascript:alert(1)","n":12},
          "lang":"fra","lang_confidence":1.0,"status":"ok","error":null,"chars":40,"sha256":"",
          "entities":[{"start":4,"end":9,"byte_start":8,"byte_end":14,"text":"Nîmes","field":"text","sentence":0,
            "label":"LOC","score":0.41,"name":"Nîmes"}],
          "money":[],"dates":[],"percents":[],"warnings":[]}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_page_holds_its_articles_and_no_mark_up_of_theirs() {
        let mut page = Page::default();
        // 😀 is one code point, two UTF-16 units, four bytes.
        page.add(
            &record(),
            "😀 à Nîmes </script><script>alert(1)</script>",
            |row| {
                assert_eq!((row.label, row.span.field), (Some(Label::Loc), Field::Text));
                Some("essai".into())
            },
        );
        let html = page.html(&About {
            title: "a <b>".into(),
            ..About::default()
        });
        assert!(html.contains("<title>a &lt;b&gt; – glane</title>"));
        assert_eq!(html.matches("<script").count(), 2, "ours and the data");
        assert!(!html.contains("alert(1)</script>"));
        assert!(!html.contains("javascript:alert") || !html.contains("\"h\":"));
        let data = html.split("id=\"data\">").nth(1).unwrap();
        let data = data.split("</script>").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        let article = &data["articles"][0];
        assert_eq!(
            article["x"],
            "😀 à Nîmes </script><script>alert(1)</script>"
        );
        assert_eq!(article["o"], "d.jsonl, row 3");
        assert_eq!(
            article["k"][1],
            serde_json::json!(["url", "javascript:alert(1)"])
        );
        assert_eq!(article.get("h"), None);
        assert_eq!(data["rules"], serde_json::json!(["essai"]));
    }

    #[test]
    fn the_policy_allows_what_is_there_and_no_more() {
        let html = Page::default().html(&About::default());
        let policy = html.split("content=\"").nth(1).unwrap();
        let policy = policy.split('"').next().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
        assert!(!policy.contains("unsafe"), "{policy}");
        // Nothing is fetched.
        for outside in ["src=", "href=\"http", "@import", "url("] {
            assert!(!html.contains(outside), "{outside}");
        }
    }
}
