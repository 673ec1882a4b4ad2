//! What holds whatever comes: one function for each door through which strangers'
//! bytes enter. The fuzz targets call them, and so does `tests/fuzz_smoke.rs`.
#![allow(clippy::unwrap_used)] // A broken law ends the run, as it should.

use glane::{
    Extractor,
    article::{Article, Container, Open, Published, Stream, decode, read_date, reader::Options},
    compression,
    dates::{self, Timezone},
    entities::{
        Tagger,
        compact::{Compact, Model, hash},
        encoder::file,
    },
    money,
    record::{Field, LAYERS, Status},
    text::{analyse, view::View},
};
use std::{
    fs::File,
    io::{Cursor, Read},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// A day to resolve against, out of the data themselves.
fn published(data: &[u8]) -> Option<Published> {
    let year = 1 + (data.len() * 7919 % 9998) as i16;
    let month = 1 + data.first().copied().unwrap_or(0) % 12;
    let day = 1 + data.last().copied().unwrap_or(0) % 31;
    (!data.len().is_multiple_of(5)).then(|| Published::day(year, month as i8, day as i8))?
}

/// Decoding, the reading view, tokens, sentences.
pub fn decode_and_split(data: &[u8]) {
    for plain in [compression::GZIP.decode, compression::ZSTD.decode] {
        if let Ok(stream) = plain(Box::new(Cursor::new(data.to_vec()))) {
            let _ = stream.take(1 << 16).read_to_end(&mut Vec::new());
        }
    }
    let Ok(decoded) = decode::decode(data) else {
        return;
    };
    let text = &*decoded.text;
    let view = View::new(None, text);
    let read = view.text();
    let analysis = analyse(read);
    let mut last = 0;
    for token in &analysis.tokens {
        let (start, end) = (token.start as usize, token.end as usize);
        assert!(last <= start && start < end, "tokens in order, none empty");
        assert!(!read[start..end].trim().is_empty());
        let (field, bytes) = view.source(start, end).unwrap();
        assert_eq!(field, Field::Text);
        assert!(text.get(bytes).is_some_and(|s| !s.is_empty()));
        last = end;
    }
    let mut covered = 0;
    for sentence in &analysis.sentences {
        assert!(sentence.start == covered && sentence.start < sentence.end);
        covered = sentence.end;
    }
    assert_eq!(covered as usize, analysis.tokens.len());
}

/// The readers of rows. The first byte says which, and how long an article may be.
pub fn rows(data: &[u8]) {
    const FORMATS: [&str; 4] = ["jsonl", "csv", "tsv", "txt"];
    let Some((choice, data)) = data.split_first() else {
        return;
    };
    let container = Container::named(FORMATS[usize::from(choice % 4)]).unwrap();
    let mut options = Options::default();
    options.fields.keep("a.b");
    options.fields.keep("url");
    if choice & 4 != 0 {
        options.max_article_bytes = 64;
    }
    // UTF-16 may double.
    let read = read_all(container, data, &options);
    assert!(read <= 3 * data.len(), "no byte is read twice");
}

/// Reads all articles of `data`: their bytes.
fn read_all(container: &Container, data: &[u8], options: &Options) -> usize {
    let opened = match container.open {
        Open::Stream(open) | Open::Packed(open) => {
            open(Stream::new(Cursor::new(data.to_vec())).unwrap(), options)
        }
        Open::File(open) => open(file_of(data), options),
    };
    let Ok(mut opened) = opened else { return 0 };
    let (mut bytes, mut last, mut member) = (0, None, None);
    while let Ok(Some(body)) = opened.cut.next() {
        bytes += body.len();
        let inside = opened.cut.member().map(|m| m.name.clone());
        if let Some(name) = &inside {
            assert!(!name.starts_with('/') && name.split('/').all(|part| part != ".."));
        }
        let row = opened.cut.row();
        assert!(
            row.is_none() || row > last || inside != member,
            "rows are counted"
        );
        assert!(body.len() <= options.max_article_bytes);
        (last, member) = (row, inside);
        let _ = body.fields();
        let mut article = Article::from_text("", "");
        let _ = body.read(&options.fields, &mut article, &mut Default::default());
        for (_, value) in article.meta.iter() {
            let json: Result<serde_json::Value, _> = serde_json::from_str(value.as_json());
            // Numbers that no machine holds are kept as they are written.
            assert!(json.is_ok() || value.as_json().contains(|c: char| c.is_ascii_digit()));
            assert!(!value.as_json().contains('\n'), "a record is one line");
        }
    }
    let _ = opened.cut.left_aside();
    bytes
}

/// A file of these bytes that nobody else sees.
fn file_of(data: &[u8]) -> File {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("glane-law-{}-{number}", std::process::id());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, data).unwrap();
    let file = File::open(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    file
}

/// Crawls, archives, XML and exports: what holds articles inside something else. The first
/// byte says which.
pub fn containers(data: &[u8]) {
    const FORMATS: [&str; 8] = [
        "warc",
        "tar",
        "zip",
        "xml",
        "europresse",
        "factiva",
        "nexis",
        "parquet",
    ];
    let Some((choice, data)) = data.split_first() else {
        return;
    };
    // Parquet may not be built in.
    let Some(container) = Container::named(FORMATS[usize::from(choice % 8)]) else {
        return;
    };
    let mut options = Options::default();
    options.fields.keep("url");
    if choice & 0x80 != 0 {
        options.max_article_bytes = 64;
    }
    // A record that says a wrong length is read again from the next one on, files of
    // archives are compressed: only an end is promised.
    let _ = read_all(container, data, &options);
}

/// Pages of the web.
pub fn pages(data: &[u8]) {
    let Open::Stream(open) = Container::named("html").unwrap().open else {
        unreachable!("a page is read from a stream")
    };
    let mut options = Options::default();
    options.fields.keep("keywords");
    let stream = Stream::new(Cursor::new(data.to_vec())).unwrap();
    let mut opened = open(stream, &options).unwrap();
    let body = opened.cut.next().unwrap().unwrap();
    let mut article = Article::from_text("", "");
    if body
        .read(&options.fields, &mut article, &mut Default::default())
        .is_err()
    {
        return;
    }
    // A reference of five bytes may be a character of three, a tag of four two lines.
    assert!(
        article.text.len() <= 3 * data.len(),
        "text comes from the page"
    );
    let mut last = 0;
    for (bytes, _) in &article.zones {
        assert!(
            last <= bytes.start && bytes.start < bytes.end,
            "in order, none empty"
        );
        assert!(
            article.text.get(bytes.clone()).is_some(),
            "on borders of characters"
        );
        last = bytes.end;
    }
    for (_, value) in article.meta.iter() {
        assert!(!value.as_json().contains('\n'), "a record is one line");
    }
}

/// Amounts and percents.
pub fn amounts(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let context = money::Context {
        published: published(data),
        crypto: true,
        ..Default::default()
    };
    let found = money::find(&text, &context);
    let amounts = found.money.iter().map(|m| (m.start, m.end, &m.amount));
    let percents = found.percents.iter().map(|p| (p.start, p.end, &p.value));
    for all in [amounts.collect::<Vec<_>>(), percents.collect()] {
        let mut last = 0;
        for (start, end, _) in all {
            assert!(last <= start && start < end, "in order, none empty");
            let slice = text.get(start..end).unwrap();
            assert_eq!(slice, slice.trim());
            last = end;
        }
    }
    assert_eq!(money::find(&text, &context), found, "twice the same");
}

static PARIS: LazyLock<Timezone> = LazyLock::new(|| "Europe/Paris".parse().unwrap());

/// Time expressions, and publication dates in fields.
pub fn times(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = read_date(&text);
    let context = dates::Context {
        published: published(data),
        blocked: &[],
        timezone: (data.len() % 2 == 1).then_some(&*PARIS),
    };
    let found = dates::find(&text, &context);
    let mut last = 0;
    for date in &found.dates {
        assert!(last <= date.start && date.start < date.end);
        assert!(text.get(date.start..date.end).is_some());
        if let Some(value) = &date.value {
            assert!(!value.to_string().is_empty());
        }
        last = date.end;
    }
    assert_eq!(
        dates::explain(&text, &context).dates.len(),
        found.dates.len()
    );
}

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let builder = Extractor::builder().context(true).with_text(true);
    builder.assume_language("fra").unwrap().build().unwrap()
});

/// A whole record: spans, scores, names.
pub fn article(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut article = Article::from_text("a", text);
    if data.len() % 3 == 1 {
        article.title = article.text.lines().next_back().map(str::to_owned);
    }
    let record = EXTRACTOR.extract(&article);
    // A panic inside would be one.
    assert_ne!(record.status, Status::Error, "{:?}", record.error);
    for layer in LAYERS {
        for span in layer.spans(&record) {
            let field = match span.field {
                Field::Title => article.title.as_deref().unwrap_or_default(),
                _ => &article.text,
            };
            let bytes = span.byte_start as usize..span.byte_end as usize;
            assert_eq!(field.get(bytes), Some(&*span.text));
            let chars = field.chars().skip(span.start as usize);
            let text: String = chars.take((span.end - span.start) as usize).collect();
            assert_eq!(text, span.text, "code points");
        }
    }
    for entity in &record.entities {
        assert!((0.0..=1.0).contains(&entity.score));
        assert!(!entity.name.is_empty());
    }
}

/// Model files of strangers, their checksum made right so that the rest is read.
pub fn model(data: &[u8]) {
    /// Magic, version, checksum.
    const HEAD: usize = 8 + 4 + 8;
    let mut bytes = data.to_vec();
    if bytes.len() > HEAD {
        let sum = hash::bytes(&bytes[HEAD..]).to_le_bytes();
        bytes[HEAD - 8..HEAD].copy_from_slice(&sum);
    }
    let _ = file::read(&bytes);
    if Model::read(&bytes).is_err() {
        return;
    }
    // A tagger lives as long as the program.
    let model = Model::read(bytes.leak()).unwrap();
    let tagger = Compact::new(model, String::new());
    let text = "Anne Faure a vu M. Li (Paris). La SNCF, l'ONU et Metz ont dit oui à Jean.";
    let found = Tagger::tag(&tagger, text, &analyse(text)).unwrap();
    for mention in found {
        assert!((0.0..=1.0).contains(&mention.score), "{}", mention.score);
        assert!(text.get(mention.start..mention.end).is_some());
    }
}

/// What must hold for any bytes: it panics where they break it.
pub type Law = fn(&[u8]);

/// The laws by the names of their targets.
pub const ALL: [(&str, Law); 8] = [
    ("decode_and_split", decode_and_split),
    ("rows", rows),
    ("containers", containers),
    ("pages", pages),
    ("amounts", amounts),
    ("times", times),
    ("article", article),
    ("model", model),
];
