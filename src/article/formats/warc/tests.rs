use super::*;
use crate::article::{Article, Role, options::Options, stream::Stream};
use std::io::{Cursor, Write};

const TEXT: &str = "Le maire de Nîmes a annoncé samedi la fermeture de la gare.";

/// A record with its head and the lines behind it.
fn record(kind: &str, head: &str, block: impl AsRef<[u8]>) -> Vec<u8> {
    let block = block.as_ref();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\n{head}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn conversion(n: usize, text: &str) -> Vec<u8> {
    let head = format!(
        "WARC-Target-URI: https://exemple.fr/{n}\r\nWARC-Date: 2024-05-0{n}T06:07:08Z\r\n\
         WARC-Record-ID: <urn:uuid:{n}>\r\nContent-Type: text/plain"
    );
    record("conversion", &head, text)
}

fn response(http: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let block = [http.as_bytes(), b"\r\n\r\n", body.as_ref()].concat();
    let head = "WARC-Target-URI: https://exemple.fr/p\r\nWARC-Date: 2024-05-04T06:07:08Z\r\n\
                WARC-Record-ID: <urn:uuid:p>\r\nContent-Type: application/http; msgtype=response";
    record("response", head, block)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    w.write_all(bytes).unwrap();
    w.finish().unwrap()
}

type Read = (
    Vec<Result<Article, String>>,
    BTreeMap<String, u64>,
    Option<String>,
);

/// Articles with their rows as ids where they cannot be read, what was left aside, and why
/// the rest could not be read.
fn read_with(bytes: &[u8], options: &Options) -> Read {
    let stream = Stream::new(Cursor::new(bytes.to_vec())).unwrap();
    let Open::Packed(open) = WARC.open else {
        panic!("records are compressed one by one")
    };
    let mut cut = open(stream, options).unwrap().cut;
    let mut out = Vec::new();
    loop {
        match cut.next() {
            Ok(Some(body)) => {
                let mut article = Article {
                    row: cut.row(),
                    ..Article::default()
                };
                let read = body.read(&options.fields, &mut article, &mut Default::default());
                out.push(read.map(|()| article).map_err(|e| e.message));
            }
            Ok(None) => return (out, cut.left_aside(), None),
            Err(e) => return (out, cut.left_aside(), Some(e.to_string())),
        }
    }
}

fn read(bytes: &[u8]) -> Read {
    read_with(bytes, &Options::default())
}

fn texts(read: &Read) -> Vec<&str> {
    let texts = read.0.iter().filter_map(|a| a.as_ref().ok());
    texts.map(|a| a.text.as_str()).collect()
}

fn problems(read: &Read) -> Vec<&str> {
    let problems = read.0.iter().filter_map(|a| a.as_ref().err());
    problems.map(String::as_str).collect()
}

#[test]
fn a_text_of_a_crawl_has_its_address_and_day() {
    let bytes = [
        record("warcinfo", "A: b", "software: x\r\n"),
        conversion(3, TEXT),
    ]
    .concat();
    for bytes in [bytes.clone(), gz(&bytes)] {
        let all = read(&bytes);
        assert_eq!(texts(&all), [TEXT]);
        let article = all.0[0].as_ref().unwrap();
        assert_eq!((article.id.as_str(), article.row), ("urn:uuid:3", Some(2)));
        let meta: Vec<_> = article.meta.iter().map(|(n, v)| (n, v.as_json())).collect();
        assert_eq!(
            meta,
            [
                ("url", "\"https://exemple.fr/3\""),
                ("warc_date", "\"2024-05-03T06:07:08Z\"")
            ]
        );
        // The crawl came some day after the publication.
        assert_eq!(article.published, None);
        assert_eq!(all.1.get("warcinfo records"), Some(&1));
        assert_eq!(all.2, None);
    }
}

#[test]
fn who_names_the_day_of_the_crawl_gets_it() {
    let mut options = Options::default();
    options.fields.set(Role::Date, "warc_date");
    options.fields.set(Role::Id, "url");
    options.fields.keep("WARC-Type");
    let all = read_with(&conversion(3, TEXT), &options);
    let article = all.0[0].as_ref().unwrap();
    let published = article.published.map(|(date, _)| date.to_string());
    assert_eq!(published.as_deref(), Some("2024-05-03T06:07Z"));
    assert_eq!(article.id, "https://exemple.fr/3");
    assert_eq!(
        article.meta.get("WARC-Type").unwrap().as_json(),
        "\"conversion\""
    );
}

#[test]
fn pages_are_taken_out_of_what_servers_answered() {
    let page = format!("<html><body><p>{TEXT}</p></body></html>");
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8";
    let (head, tail) = page.split_at(20);
    let chunked = format!(
        "{:x}\r\n{head}\r\n{:x}\r\n{tail}\r\n0\r\n\r\n",
        head.len(),
        tail.len()
    );
    let all = read(
        &[
            response(html, &page),
            response(
                &format!("{html}\r\nContent-Encoding: gzip"),
                gz(page.as_bytes()),
            ),
            response(&format!("{html}\r\nTransfer-Encoding: chunked"), chunked),
            response("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", &page),
            response(
                "HTTP/1.1 200 OK\r\nContent-Type: image/png",
                b"\x89PNG\r\n\r\nWARC/1.0\r\n",
            ),
            record("request", "A: b", "GET / HTTP/1.1\r\n\r\n"),
            response(
                "HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=ISO-8859-1",
                b"L'\xe9t\xe9",
            ),
        ]
        .concat(),
    );
    assert_eq!(problems(&all), [""; 0]);
    let texts = texts(&all);
    assert_eq!(texts.len(), 4);
    assert!(texts[..3].iter().all(|t| t.contains(TEXT)), "{texts:?}");
    assert_eq!(texts[3], "L'été");
    let left: Vec<_> = all.1.iter().map(|(k, n)| (k.as_str(), *n)).collect();
    assert_eq!(
        left,
        [
            ("HTTP 404 answers", 1),
            ("image/png", 1),
            ("request records", 1)
        ]
    );
    let rows: Vec<_> = all.0.iter().flatten().filter_map(|a| a.row).collect();
    assert_eq!(rows, [1, 2, 3, 7]);
}

#[test]
fn a_damaged_record_costs_itself_only() {
    let good = [conversion(1, TEXT), conversion(2, TEXT)];
    let short = String::from_utf8(conversion(5, TEXT)).unwrap();
    let long = short.replace("Length: 61", "Length: 461").into_bytes();
    let short = short.replace("Length: 61", "Length: 30").into_bytes();
    let headless = b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\nUn texte.\r\n\r\n".to_vec();
    let rubbish = b"rubbish\r\n\r\n".to_vec();
    for bad in [&long, &short, &headless, &rubbish] {
        let all = read(&[&good[0][..], bad, &good[1]].concat());
        assert_eq!(
            texts(&all),
            [TEXT, TEXT],
            "{:?}",
            String::from_utf8_lossy(bad)
        );
        assert_eq!(problems(&all).len(), 1, "{:?}", problems(&all));
        assert_eq!(all.2, None);
    }
    // Without anything behind it.
    let all = read(&[&good[0][..], &good[1][..good[1].len() - 20]].concat());
    assert_eq!((texts(&all).len(), problems(&all).len()), (1, 1));
}

#[test]
fn a_damaged_member_costs_its_record_only() {
    let members: Vec<_> = (1..=3)
        .map(|n| gz(&conversion(n, &TEXT.repeat(20))))
        .collect();
    let mut flipped = members[1].clone();
    flipped[60] ^= 0x55;
    let torn = members[1][..members[1].len() / 2].to_vec();
    let mut checksum = members[1].clone();
    let at = checksum.len() - 6;
    checksum[at] ^= 1;
    for bad in [flipped, torn, checksum] {
        let all = read(&[&members[0][..], &bad, &members[2]].concat());
        let articles = all.0.iter().flatten();
        let (good, bad): (Vec<_>, Vec<_>) = articles.partition(|a| a.warnings.is_empty());
        assert_eq!(good.len(), 2, "{:?}", problems(&all));
        assert!(good.iter().all(|a| a.text == TEXT.repeat(20)));
        // What was read whole, and may be damaged, has a remark.
        assert!(bad.len() + problems(&all).len() > 0);
        assert_eq!(all.2, None);
    }
    // The first one too.
    let all = read(&[&members[1][..40], &members[2]].concat());
    assert_eq!(texts(&all).len(), 1);
    // What is no gzip is said so.
    let all = read(b"WAR");
    assert!(all.2.unwrap().contains("no WARC record"));
    assert_eq!(read(b"").2, None);
}

#[test]
fn long_records_take_no_memory() {
    let options = Options {
        max_article_bytes: 200,
        ..Options::default()
    };
    let image = response("HTTP/1.1 200 OK\r\nContent-Type: image/png", vec![0; 5000]);
    let page = response(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html",
        vec![b'a'; 5000],
    );
    let all = read_with(&[image, page, conversion(1, TEXT)].concat(), &options);
    assert_eq!(texts(&all), [TEXT]);
    assert!(problems(&all)[0].contains("--max-article-bytes"));
    assert_eq!(all.1.get("image/png"), Some(&1));
}
