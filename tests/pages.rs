//! Pages of our own in the layouts of French sites, each with the text that a
//! person would take for its article: `tests/pages/NAME.html` and `NAME.txt`, which
//! begins with what the page says about it. docs/WEB.md has the figures:
//! `cargo test --test pages -- --nocapture`.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{records, run, stderr};
use glane::{
    article::{Article, Container, Fields, Open, Stream, reader::Options},
    record::{LAYERS, Record},
};
use std::{collections::HashMap, fs, io::Cursor, path::Path};

/// Words of the pieces that are compared.
const PIECE: usize = 4;

/// What a page should give.
struct Gold {
    name: String,
    html: Vec<u8>,
    /// `title`, `published`, `author`, `site`, `url`, `modified`, where the page says it.
    says: HashMap<String, String>,
    text: String,
}

fn pages() -> Vec<Gold> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .map(|path| {
            let gold = fs::read_to_string(path.with_extension("txt")).unwrap();
            let (says, text) = gold.split_once("\n\n").unwrap();
            let says = says.lines().map(|line| {
                let (name, value) = line.split_once(": ").unwrap();
                (name.to_owned(), value.to_owned())
            });
            Gold {
                name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
                html: fs::read(&path).unwrap(),
                says: says.collect(),
                text: text.to_owned(),
            }
        })
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn read(html: &[u8]) -> Article {
    let Open::Stream(open) = Container::named("html").unwrap().open else {
        unreachable!("a page is read from a stream")
    };
    let stream = Stream::new(Cursor::new(html.to_vec())).unwrap();
    let mut opened = open(stream, &Options::default()).unwrap();
    let body = opened.cut.next().unwrap().unwrap();
    let mut article = Article::from_text("page", "");
    body.read(&Fields::default(), &mut article, &mut Default::default())
        .unwrap();
    article
}

/// How often each piece of four words stands in a text.
fn pieces(text: &str) -> HashMap<Vec<String>, usize> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    let words: Vec<_> = words.map(str::to_lowercase).collect();
    let mut out = HashMap::new();
    for piece in words.windows(PIECE.min(words.len().max(1))) {
        *out.entry(piece.to_vec()).or_default() += 1;
    }
    out
}

/// Precision, recall and F1, in hundredths.
fn score(found: &str, gold: &str) -> [f64; 3] {
    let (found, gold) = (pieces(found), pieces(gold));
    let both = found
        .iter()
        .map(|(piece, n)| n.min(gold.get(piece).unwrap_or(&0)));
    let both = both.sum::<usize>() as f64;
    let of = |all: &HashMap<_, usize>| 100.0 * both / all.values().sum::<usize>().max(1) as f64;
    let (p, r) = (of(&found), of(&gold));
    [
        p,
        r,
        if both > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        },
    ]
}

/// The text without its captions, which are neither right nor wrong here.
fn without_captions(article: &Article) -> String {
    let mut text = article.text.clone();
    for (bytes, _) in article.zones.iter().rev() {
        text.replace_range(bytes.clone(), "");
    }
    text
}

#[test]
fn the_article_is_found() {
    let (mut sums, pages) = ([0.0; 3], pages());
    let mut bad = Vec::new();
    for gold in &pages {
        let scores = score(&without_captions(&read(&gold.html)), &gold.text);
        let [p, r, f] = scores;
        println!("{:28}{p:8.1}{r:8.1}{f:8.1}", gold.name);
        if f < 80.0 {
            bad.push(&gold.name);
        }
        for (sum, one) in sums.iter_mut().zip(scores) {
            *sum += one;
        }
    }
    let [p, r, f] = sums.map(|sum| sum / pages.len() as f64);
    println!(
        "{:28}{p:8.1}{r:8.1}{f:8.1}",
        format!("{} pages", pages.len())
    );
    assert!(pages.len() >= 61, "{}", pages.len());
    assert!(bad.is_empty(), "F1 below 80: {bad:?}");
    assert!(
        p >= 96.5 && r >= 99.0 && f >= 98.0,
        "help: {p:.1} {r:.1} {f:.1}"
    );
}

#[test]
fn what_a_page_says_of_its_article() {
    let mut wrong = Vec::new();
    for gold in pages() {
        let article = read(&gold.html);
        let meta = |name: &str| -> Option<String> {
            let value = article.meta.get(name)?;
            Some(serde_json::from_str(value.as_json()).unwrap())
        };
        let published = || article.published.map(|(date, _)| date.to_string());
        // What a page does not say is not looked at.
        for (name, said) in &gold.says {
            let found = match name.as_str() {
                // Nothing on this page tells the title from the name of the site.
                "title" if ["13-tableaux-1998", "52-tableaux-2001"].contains(&&*gold.name) => {
                    continue;
                }
                "title" => article.title.clone(),
                "published" => published(),
                name => meta(name),
            };
            if found.as_ref() != Some(said) {
                wrong.push(format!("{}: {name}: {found:?}, not {said}", gold.name));
            }
        }
    }
    assert!(wrong.is_empty(), "help: {wrong:#?}");
}

/// Words and values of all mentions, in order.
fn mentions(record: &Record) -> Vec<String> {
    let mut out = Vec::new();
    for layer in LAYERS {
        let spans = layer.spans(record).into_iter();
        out.extend(spans.map(|span| format!("{}: {}", layer.name, span.text)));
    }
    out
}

#[test]
fn an_article_is_the_same_as_a_page_and_as_a_row() {
    let dir = tempfile::tempdir().unwrap();
    for gold in pages() {
        // Of these all there is is the article.
        if !["01", "05", "19", "24"]
            .iter()
            .any(|n| gold.name.starts_with(n))
        {
            continue;
        }
        let page = read(&gold.html);
        let text = without_captions(&page).trim().to_owned();
        let paragraphs = text.lines().map(str::trim).filter(|l| !l.is_empty());
        let shown: String = paragraphs.map(|p| format!("<p>{p}</p>\n")).collect();
        let (title, date) = (&gold.says["title"], &gold.says["published"]);
        let html = format!(
            "<!doctype html><meta charset=utf-8><title>{title}</title><meta name=date \
             content={date}><body><main><h1>{title}</h1>{shown}</main>"
        );
        let row = serde_json::json!({"title": title, "date": date, "text": text});
        let plain = format!("{title}\n\n{text}\n");
        fs::write(dir.path().join("a.html"), html).unwrap();
        fs::write(dir.path().join("a.jsonl"), format!("{row}\n")).unwrap();
        fs::write(dir.path().join("a.txt"), plain).unwrap();
        let of = |file: &str| {
            let args = ["extract", file, "-o", "-", "--published", date];
            let out = run(dir.path(), &args);
            assert!(out.status.success(), "{}", stderr(&out));
            let mut all = records(&out.stdout);
            all.remove(0)
        };
        let (html, row, plain) = (of("a.html"), of("a.jsonl"), of("a.txt"));
        assert!(mentions(&html).len() > 5, "{}", gold.name);
        assert_eq!(mentions(&html), mentions(&row), "{}", gold.name);
        assert_eq!(mentions(&html), mentions(&plain), "{}", gold.name);
        assert_eq!(html.published, row.published);
    }
}

/// Bytes of HTML to articles a second, on one core, before anything is looked for in
/// them: the pages as they are, and dressed with the scripts, the menu and the links of a
/// page of the press (240 KB).
#[test]
#[ignore = "a measure, for an optimised build"]
fn speed() {
    let script = "function(a){return b.push({event:'x',c:12})};".repeat(3000);
    let entry = "<li class='menu-item' data-id=1><a class='menu-link' href='/a/b' title='Rubrique' \
                 data-label='r'><span class='menu-link__text'>Rubrique du jour</span></a></li>";
    let card = "<div class='card' data-position=1><a href='/c'><img src='data:image/gif;base64,R0lGODl' \
                width=400 alt=''><h3 class='card__title'>Le titre d'un autre article</h3></a><p>Deux \
                lignes de plus sur lui.</p></div>";
    let around = format!(
        "<script>{script}</script><div class='mega-menu'><ul>{}</ul></div><div class='feed'>{}</div>",
        entry.repeat(220),
        card.repeat(60)
    );
    let plain: Vec<Vec<u8>> = pages().into_iter().map(|gold| gold.html).collect();
    let dressed: Vec<Vec<u8>> = plain
        .iter()
        .map(|html| [html.as_slice(), around.as_bytes()].concat())
        .collect();
    for (name, pages) in [("as they are", &plain), ("dressed", &dressed)] {
        let (start, mut bytes) = (std::time::Instant::now(), 0);
        while start.elapsed().as_secs() < 3 {
            for html in pages {
                read(html);
                bytes += html.len();
            }
        }
        let rate = bytes as f64 / 1e6 / start.elapsed().as_secs_f64();
        println!("{name}: {rate:.1} MB/s");
    }
}
