use super::*;
use crate::{
    article::{Role, read_date},
    kinds::Zone,
};

fn page(html: &str) -> Article {
    with(html, &Fields::default())
}

fn with(html: &str, fields: &Fields) -> Article {
    let mut article = Article::default();
    let origin = Origin {
        url: Some("https://www.courrier.example/2024/03/05/halle"),
        charset: None,
    };
    read(
        html.as_bytes(),
        &origin,
        fields,
        &mut article,
        &mut Default::default(),
    )
    .unwrap();
    article
}

const FIRST: &str = "La halle de Nîmes, fermée depuis 2019, rouvrira samedi 9 mars, a annoncé la \
                     mairie, qui a consacré 4 millions d'euros à sa toiture.";
const SECOND: &str = "Les marchands reviendront lundi, selon leur présidente, Odile Ferrand : une \
                      quarantaine d'étals, contre soixante avant l'incendie.";

fn body(around: &str) -> String {
    format!(
        "<body><article><h1>La halle rouvre</h1><p>{FIRST}</p>{around}<p>{SECOND}</p></article>"
    )
}

fn text() -> String {
    format!("{FIRST}\n\n{SECOND}")
}

#[test]
fn what_is_around_the_article_is_none_of_it() {
    for around in [
        "<nav><p>Accueil, Nîmes, Arles, Uzès, abonnements et petites annonces</p></nav>",
        "<script>var a = '<p>Rien</p>';</script><style>p::after{content:'<p>'}</style>",
        "<!-- <p>Ancienne version</p> --><svg><text>Logo</text></svg>",
        "<div class='article-comments'><p>Encore une promesse, dit Marcel à Lyon.</p></div>",
        "<div id=\"lireAussi\"><p>Le marché de Lyon ferme.</p></div>",
        "<p>Lire aussi : <a href='/x'>Le marché de Lyon ferme</a></p>",
        "<p style='display: none'>Vous avez refusé les cookies de Paris.</p>",
        "<div aria-hidden=true><p>Inscrivez-vous.</p></div>",
        "<div role=dialog><p>Acceptez-vous ?</p></div>",
        "<div>Publicité</div>",
        "<video>Votre navigateur ne lit pas les vidéos.</video><noscript>Non</noscript>",
        "<div><div class=x><h3><a>Un</a></h3><p>Lyon</p></div><div class=x><h3><a>Deux</a></h3>\
         </div><div class=x><a><h3>Trois</h3></a></div></div>",
    ] {
        assert_eq!(page(&body(around)).text, text(), "{around}");
    }
}

#[test]
fn a_name_does_not_take_the_article_away() {
    // The class of all says « comments » or « sidebar »; the title is in it.
    for class in ["has-comments", "with-sidebar main", "newsletter"] {
        let html = format!("<div class='{class}'>{}</div>", body(""));
        assert_eq!(page(&html).text, text(), "{class}");
    }
}

#[test]
fn paragraphs_become_lines() {
    let html = "<body><main><p>Un <b>mot</b>\n  à&nbsp;deux&#33;</p><p>1<sup>er</sup> mars<br>2 mars</p>\
                <ul><li>un<li>deux</ul><table><tr><td>Lyon<td>12 €</table><pre>a\n  b</pre>\
                <div>fin</div></main>";
    assert_eq!(
        page(html).text,
        "Un mot à\u{a0}deux!\n\n1er mars\n2 mars\n\nun\ndeux\n\nLyon\t12 €\n\na\nb\n\nfin"
    );
}

#[test]
fn a_heading_of_a_lower_order_may_be_the_title() {
    let title = "La halle de Nîmes rouvre samedi";
    let html = format!(
        "<title>{title} - Ville de Nîmes</title><body><main><h2>Actualités</h2><h3>{title}</h3>\
         <p>{FIRST}</p><h3>Demain</h3><p>{SECOND}</p></main>"
    );
    let article = page(&html);
    assert_eq!(article.title.as_deref(), Some(title));
    let text = format!("Actualités\n\n{FIRST}\n\nDemain\n\n{SECOND}");
    assert_eq!(article.text, text);
}

#[test]
fn a_byline_names_the_author() {
    for (byline, author) in [
        (
            "<p class=byline>Par Inès Faure, à Nîmes</p>",
            Some("Inès Faure"),
        ),
        (
            "<span class='author vcard'><a class=fn>Colette</a></span>",
            Some("Colette"),
        ),
        (
            "<span itemprop=author itemscope><span itemprop=name>Urs Vonlanthen</span></span>",
            Some("Urs Vonlanthen"),
        ),
        (
            "<a rel=author href=/u>Urs Vonlanthen</a>",
            Some("Urs Vonlanthen"),
        ),
        (
            "<div class=comment><b class=comment-author>Papy</b></div>",
            None,
        ),
        ("<div class=comments><p class=author>Papy</p></div>", None),
        ("<div class=author-box>42 articles</div>", None),
    ] {
        let article = page(&body(byline));
        let found = article
            .meta
            .get("author")
            .map(|v| v.as_json().trim_matches('"'));
        assert_eq!(found, author, "{byline}");
        assert_eq!(article.text, text(), "{byline}");
    }
}

#[test]
fn the_first_paragraph_may_stand_apart() {
    let html = format!(
        "<body><header><h1>La halle rouvre</h1><p class=chapo>{FIRST}</p></header><div><div \
         itemprop=articleBody><p>{SECOND}</p><p>{SECOND}</p></div></div>"
    );
    assert_eq!(page(&html).text, format!("{FIRST}\n\n{SECOND}\n\n{SECOND}"));
}

#[test]
fn captions_are_zones() {
    let figure =
        "<figure><img><figcaption> La halle, hier.\n(Photo Jean Roux)</figcaption></figure>";
    let article = page(&body(figure));
    let zones: Vec<_> = article
        .zones
        .iter()
        .map(|(r, z)| (&article.text[r.clone()], *z))
        .collect();
    assert_eq!(
        zones,
        [("La halle, hier. (Photo Jean Roux)", Zone::Caption)]
    );
}

fn meta(article: &Article) -> Vec<(&str, &str)> {
    article
        .meta
        .iter()
        .map(|(name, value)| (name, value.as_json()))
        .collect()
}

#[test]
fn json_ld_says_most() {
    let head = r##"<head><title>Halle - Courrier</title><meta property="og:site_name" content="L&#39;Écho">
        <link rel=canonical href="/2024/03/05/halle"><script type="application/ld+json">
        {"@context": "https://schema.org", "@graph": [
          {"@type": "WebPage", "datePublished": "2020-01-01"},
          {"@id": "#p", "@type": "Person", "name": "Odile   Roux"},
          {"@type": ["NewsArticle"], "headline": "La halle rouvre", "author": [{"@id": "#p"}, "Jean Petit"],
           "datePublished": "2024-03-05T18:12:00+01:00", "dateModified": "2024-03-06T08:00:00+01:00",
           "description": "Une phrase
            sur deux lignes"}]};</script></head>"##;
    let article = page(&format!("{head}{}", body("")));
    assert_eq!(article.title.as_deref(), Some("La halle rouvre"));
    let (date, _) = article.published.unwrap();
    assert_eq!(date.to_string(), "2024-03-05T18:12+01:00");
    assert_eq!(
        meta(&article),
        [
            ("author", "\"Odile Roux, Jean Petit\""),
            ("modified", "\"2024-03-06T08:00+01:00\""),
            ("site", "\"L'Écho\""),
            ("url", "\"https://www.courrier.example/2024/03/05/halle\""),
        ]
    );
}

#[test]
fn the_text_of_json_ld_where_the_page_shows_none() {
    let script = format!(
        r#"<script type="application/ld+json">{{"@type": "Article", "headline": "La halle",
        "articleBody": "<p>{FIRST}</p><p>{SECOND}</p>"}}</script>"#
    );
    assert_eq!(
        page(&format!("{script}<body><div id=root></div>")).text,
        text()
    );
    let shown = format!("{script}<body><main><p>{FIRST}</p><p>{FIRST}</p></main>");
    assert_eq!(page(&shown).text, format!("{FIRST}\n\n{FIRST}"));
}

#[test]
fn where_pages_say_when_they_were_published() {
    for (mark, date) in [
        (
            "<meta property='article:published_time' content='2024-03-04T10:00:00+01:00'>",
            "2024-03-04T10:00+01:00",
        ),
        (
            "<meta name=DC.date.issued content=2024-03-04>",
            "2024-03-04",
        ),
        ("<meta name=pubdate content=20240304>", "2024-03-04"),
        (
            "<body><time itemprop=datePublished datetime='2024-03-04T10:00'>lundi</time>",
            "2024-03-04T10:00",
        ),
        (
            "<abbr class=published title='2024-03-04T10:00:00Z'>hier</abbr>",
            "2024-03-04T10:00Z",
        ),
        (
            "<body><time datetime='2024-03-04T10:00:00Z' pubdate>lundi</time>",
            "2024-03-04T10:00Z",
        ),
        // Not the day of a change; then the address.
        (
            "<meta property='article:modified_time' content='2024-03-04'>",
            "2024-03-05",
        ),
        ("<meta name=date content='hier soir'>", "2024-03-05"),
        (
            "<script type='application/ld+json'>{\"@type\": \"Article\", </script>",
            "2024-03-05",
        ),
    ] {
        let article = page(&format!("{mark}{}", body("")));
        let (found, _) = article.published.unwrap();
        assert_eq!(found.to_string(), date, "{mark}");
    }
}

#[test]
fn fields_that_are_asked_for() {
    let mut fields = Fields::default();
    fields.keep("section");
    fields.keep("keywords");
    fields.set(Role::Id, "url");
    let head = "<html lang=fr-CH><meta property='article:section' content=Ville><meta name=keywords content='a, b'>";
    let article = with(&format!("{head}{}", body("")), &fields);
    assert_eq!(article.id, "https://www.courrier.example/2024/03/05/halle");
    assert_eq!(article.meta.get("section").unwrap().as_json(), "\"Ville\"");
    assert_eq!(article.meta.get("keywords").unwrap().as_json(), "\"a, b\"");
    assert!(article.meta.get("language").is_none());
    assert!(read_date("2024-03-05").is_some());
}

#[test]
fn pages_that_hold_nothing_have_no_text() {
    for html in [
        "",
        " ",
        "<html></html>",
        "<body><script>1</script>",
        "<!-- ",
        "<p",
        "</p>",
    ] {
        let article = page(html);
        assert!(article.text.trim().is_empty(), "{html}: {:?}", article.text);
    }
    assert_eq!(
        page("Sans balise & sans rien").text,
        "Sans balise & sans rien"
    );
}

#[test]
fn hostile_pages_end() {
    let deep = |tag: &str, n: usize| format!("<body>{}<p>{FIRST}</p>", tag.repeat(n));
    for html in [
        deep("<div>", 100_000),
        deep("<div><b id=1><i>", 10_000),
        deep("<table><tr><td>", 10_000),
        deep("<a href=x><div>", 10_000),
        deep("<svg><video>", 20_000),
        deep("<div class='comment'></i>", 20_000),
        format!(
            "<body><p {}>{FIRST}</p>",
            (0..20_000).map(|i| format!("a{i} ")).collect::<String>()
        ),
    ] {
        let article = page(&html);
        let shown: String = html.chars().take(60).collect();
        assert!(article.text.contains(FIRST), "{shown}");
    }
    let article = page(&deep("<div>", 1000));
    assert_eq!(article.warnings, ["html_tags_left_out:880"]);
}

#[test]
fn a_page_is_told_by_how_it_begins() {
    for (head, is) in [
        ("<!DOCTYPE html>", true),
        ("\u{feff}\n<!-- saved --><HTML lang=fr>", true),
        ("<?xml version='1.0'?><!DOCTYPE html>", true),
        ("<?xml version='1.0'?><rss>", false),
        ("<p>Un mot", false),
        ("Du texte <html>", false),
    ] {
        assert_eq!(sniff(head.as_bytes()), is, "{head}");
    }
}
