use super::*;
use crate::{
    article::{Article, Articles, Container, Fields, Open, Role, fields::Used, inputs},
    kinds::PublishedFrom,
};
use std::{fs, io::Write as _, path::Path};

fn read_with(path: &Path, options: &Options) -> Vec<Parsed> {
    let found = inputs::collect(&[path.to_owned()], None, None, Default::default());
    let [input] = &found.files[..] else {
        panic!("one file")
    };
    Reader::open(input.clone(), options, Arc::default(), Arc::default())
        .unwrap()
        .map(|item| item.article(options))
        .collect()
}

/// Writes `bytes` under `name` and reads the articles back.
fn read(name: &str, bytes: &[u8]) -> Vec<Parsed> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    read_with(&path, &Options::default())
}

fn ok(parsed: &Parsed) -> &Article {
    assert_eq!(parsed.problem, None);
    &parsed.article
}

fn problem(parsed: &Parsed) -> (&str, &str) {
    let p = parsed.problem.as_ref().unwrap();
    (p.stage, &p.message)
}

#[test]
fn a_text_file_is_one_article() {
    let all = read(
        "2024-05-04-halle.txt",
        "La halle\nElle a brûlé hier.".as_bytes(),
    );
    let a = ok(&all[0]);
    assert_eq!(all.len(), 1);
    assert_eq!(a.id, "2024-05-04-halle");
    assert_eq!(a.title.as_deref(), Some("La halle"));
    assert_eq!(a.row, None);
    let (date, from) = a.published.unwrap();
    assert_eq!(
        (date.to_string().as_str(), from),
        ("2024-05-04", PublishedFrom::Filename)
    );
    assert!(ok(&read("vide.txt", b"")[0]).text.is_empty());
}

#[test]
fn the_dateline_beats_the_file_name() {
    let all = read(
        "2024-05-04.md",
        "# T\n\nPublié le 2 mai 2024\n\nTexte.".as_bytes(),
    );
    let (date, from) = ok(&all[0]).published.unwrap();
    assert_eq!(
        (date.to_string().as_str(), from),
        ("2024-05-02", PublishedFrom::Dateline)
    );
}

#[test]
fn rows_of_json() {
    let all = read(
        "d.jsonl",
        "\u{feff}{\"id\":\"x\",\"title\":\"T\",\"published\":\"2024-05-04T18:12:00+02:00\",\"body\":\"Un.\"}\n\n{\"body\":\"Deux.\"}\nnon\n{\"titre\":\"sans texte\"}\n{\"body\":12}\n{\"body\":\"Dernier.\"}"
            .as_bytes(),
    );
    assert_eq!(all.len(), 6);
    let a = ok(&all[0]);
    assert_eq!((a.id.as_str(), a.row), ("x", Some(1)));
    let (date, from) = a.published.unwrap();
    assert_eq!(date.to_string(), "2024-05-04T18:12+02:00");
    assert_eq!(from, PublishedFrom::Metadata);
    // The blank line counts: rows are lines.
    assert_eq!(
        (ok(&all[1]).id.as_str(), all[1].article.row),
        ("d.jsonl#3", Some(3))
    );
    assert_eq!(problem(&all[2]).0, "parse");
    assert_eq!(all[2].article.id, "d.jsonl#4");
    let said = problem(&all[3]).1;
    assert!(said.starts_with("row 5: no text field"), "{said}");
    assert!(said.ends_with("; there are titre"), "{said}");
    let (stage, said) = problem(&all[4]);
    assert_eq!(stage, "parse");
    assert!(
        said.starts_with("row 6: the field `body` holds no string"),
        "{said}"
    );
    assert_eq!(ok(&all[5]).text, "Dernier.");
}

#[test]
fn a_lone_surrogate_costs_one_character() {
    let all = read(
        "d.jsonl",
        br#"{"body":"\\uD83D \ud83d\ude00 \ud83d fin \ude00"}"#,
    );
    assert_eq!(ok(&all[0]).text, "\\uD83D 😀 \u{fffd} fin \u{fffd}");
    assert_eq!(ok(&all[0]).warnings, ["lone_surrogate"]);
}

#[test]
fn a_latin1_row_is_decoded_by_itself() {
    let all = read(
        "d.jsonl",
        b"{\"body\":\"L'\xe9t\xe9 \xe0 N\xeemes, d\xe9j\xe0.\"}\n{\"body\":\"oui\"}\n",
    );
    assert_eq!(ok(&all[0]).text, "L'été à Nîmes, déjà.");
    assert_eq!(ok(&all[0]).warnings, ["decoded_as:windows-1252"]);
    assert!(ok(&all[1]).warnings.is_empty());
}

#[test]
fn tables() {
    for (name, content) in [
        (
            "t.csv",
            "Titre,Date,Texte\n\"A, b\",05/04/2024,\"Un\nsoir.\"\nC\n",
        ),
        (
            "t.csv",
            "Titre;Date;Texte\n\"A, b\";05/04/2024;\"Un\nsoir.\"\nC\n",
        ),
        (
            "t.tsv",
            "Titre\tDate\tTexte\nA, b\t05/04/2024\t\"Un\nsoir.\"\nC\n",
        ),
    ] {
        let all = read(name, content.as_bytes());
        assert_eq!(all.len(), 2);
        let a = ok(&all[0]);
        assert_eq!(a.text, "Un\nsoir.");
        assert_eq!(a.title.as_deref(), Some("A, b"));
        assert_eq!(a.published.unwrap().0.to_string(), "2024-04-05");
        assert_eq!(a.warnings, ["published_ambiguous"]);
        assert_eq!(a.id, format!("{name}#1"));
        let said = problem(&all[1]).1;
        assert!(
            said.starts_with("row 2: the field `Texte` holds no string"),
            "{said}"
        );
        assert!(said.ends_with("; there are Titre, Date, Texte"), "{said}");
    }
}

#[test]
fn named_fields() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("d.ndjson");
    fs::write(
        &path,
        r#"{"doc":{"corps":"Oui."},"body":"Non.","url":"u1","vu":"20240504"}
{"body":"Non."}
{"doc":{"corps":["Non."]}}"#,
    )
    .unwrap();
    let mut options = Options::default();
    for (role, name) in [
        (Role::Text, "doc.corps"),
        (Role::Id, "url"),
        (Role::Title, "url"),
        (Role::Date, "vu"),
    ] {
        options.fields.set(role, name);
    }
    let all = read_with(&path, &options);
    let a = ok(&all[0]);
    assert_eq!((a.text.as_str(), a.id.as_str()), ("Oui.", "u1"));
    assert_eq!(a.title.as_deref(), Some("u1"));
    assert_eq!(a.published.unwrap().0.to_string(), "2024-05-04");
    let (stage, said) = problem(&all[1]);
    assert_eq!(stage, "parse");
    assert_eq!(
        said,
        "row 2: no field `doc.corps`, which --text-field names; there are body"
    );
    let said = problem(&all[2]).1;
    assert!(
        said.starts_with("row 3: the field `doc.corps` holds no string"),
        "{said}"
    );
    assert!(said.contains("--text-field"), "{said}");
}

#[test]
fn compressed() {
    let plain = "{\"body\":\"Un.\"}\n{\"body\":\"Deux.\"}\n".as_bytes();
    let gz = |bytes: &[u8]| {
        let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        w.write_all(bytes).unwrap();
        w.finish().unwrap()
    };
    // Archives are often several members glued together.
    let two_gz = [gz(plain), gz(plain)].concat();
    let zst = zstd::encode_all(plain, 1).unwrap();
    let two_zst = [zst.clone(), zst.clone()].concat();
    for (name, bytes, rows) in [("d.jsonl.gz", &two_gz, 4), ("d.jsonl.zst", &two_zst, 4)] {
        let all = read(name, bytes);
        assert_eq!(all.len(), rows, "{name}");
        assert_eq!(ok(&all[3]).text, "Deux.");
    }
    // A torn archive gives what can be read, then one error.
    let long: String = (0..5000)
        .map(|i| format!("{{\"body\":\"Ligne {i}, {}.\"}}\n", i * 7919 % 10007))
        .collect();
    let blocks: Vec<u8> = long
        .as_bytes()
        .chunks(10_000)
        .flat_map(|c| zstd::encode_all(c, 1).unwrap())
        .collect();
    for (name, torn) in [("d.jsonl.gz", gz(long.as_bytes())), ("d.jsonl.zst", blocks)] {
        let all = read(name, &torn[..torn.len() / 2]);
        assert_eq!(problem(all.last().unwrap()).0, "read");
        assert_eq!(ok(&all[0]).text, "Ligne 0, 0.");
        assert!(all.len() > 1000 && all.len() < 5000, "{name}");
    }
    // What is not compressed as its name says.
    let input = |name: &str| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, b"PK\x03\x04 and so on").unwrap();
        let input = inputs::collect(&[path], None, None, Default::default())
            .files
            .remove(0);
        Reader::open(input, &Options::default(), Arc::default(), Arc::default()).is_err()
    };
    assert!(input("d.jsonl.gz") && input("d.jsonl.zst"));
}

#[test]
fn a_broken_line_names_its_column() {
    let all = read(
        "d.jsonl",
        b"{\"body\":\"Un.\"}\n{\"body\":\"coup\n{\"body\":\"Deux.\"}\n",
    );
    let (stage, said) = problem(&all[1]);
    assert_eq!(stage, "parse");
    assert!(
        said.starts_with("row 2: no valid JSON: EOF while parsing a string at line 1 column 13"),
        "{said}"
    );
    assert_eq!(ok(&all[2]).text, "Deux.");
}

#[test]
fn rows_in_utf16() {
    let text = "Titre;Texte\nÀ l'été;L’été, déjà\n";
    let bytes: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let all = read("t.csv", &bytes);
    assert_eq!(ok(&all[0]).text, "L’été, déjà");
    assert_eq!(ok(&all[0]).warnings, ["decoded_as:utf-16le"]);
}

#[test]
fn an_unreadable_date_falls_back() {
    let all = read(
        "d.jsonl",
        "{\"date\":\"jadis\",\"body\":\"Publié le 4 mai 2024\\n\\nTexte.\"}".as_bytes(),
    );
    let a = ok(&all[0]);
    assert_eq!(a.published.unwrap().0.to_string(), "2024-05-04");
    assert_eq!(a.warnings, ["published_unreadable:jadis"]);
}

#[test]
fn the_digest_is_that_of_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("d.jsonl.gz");
    let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    w.write_all(b"{\"body\":\"Un.\"}\n").unwrap();
    let bytes = w.finish().unwrap();
    fs::write(&path, &bytes).unwrap();
    let input = inputs::collect(&[path], None, None, Default::default())
        .files
        .remove(0);
    let mut reader =
        Reader::open(input, &Options::default(), Arc::default(), Arc::default()).unwrap();
    while reader.next().is_some() {}
    let expected = crate::digest::hex(&Sha256::digest(&bytes));
    assert_eq!(reader.tap().digest(), (bytes.len() as u64, expected));
}

/// A format whose rows lie in any order: the place of each article, eight
/// figures, stands at the end of the file.
static LAST_FIRST: Container = Container {
    name: "last-first",
    aliases: &[],
    extensions: &[],
    holds: "articles, the last of them first",
    articles: Articles::Many,
    sniff: |_| false,
    open: Open::File(|mut file, _| {
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let rows = text.lines().rev().map(str::to_owned).collect();
        Ok(Opened {
            cut: Box::new(LastFirst { rows, row: 0 }),
            warning: Some("backwards".to_owned()),
        })
    }),
};

struct LastFirst {
    rows: std::collections::VecDeque<String>,
    row: u64,
}

impl Cut for LastFirst {
    fn next(&mut self) -> io::Result<Option<Box<dyn Body>>> {
        self.row += 1;
        Ok(self.rows.pop_front().map(|r| Box::new(Said(r)) as _))
    }

    fn row(&self) -> Option<u64> {
        Some(self.row)
    }
}

#[derive(Debug)]
struct Said(String);

impl Body for Said {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn read(
        self: Box<Self>,
        _: &Fields,
        article: &mut Article,
        _: &mut Used,
    ) -> Result<(), Unreadable> {
        article.text = self.0;
        Ok(())
    }
}

#[test]
fn a_format_may_read_its_file_in_any_order() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("d.jsonl");
    fs::write(&path, "Un.\nDeux.\n").unwrap();
    let mut input = inputs::collect(&[path], Some(&LAST_FIRST), None, Default::default())
        .files
        .remove(0);
    let open = |input: &Input| {
        Reader::open(
            input.clone(),
            &Options::default(),
            Arc::default(),
            Arc::default(),
        )
    };
    let mut reader = open(&input).unwrap();
    let all: Vec<_> = reader
        .by_ref()
        .map(|item| item.article(&Options::default()).article)
        .collect();
    assert_eq!(all[0].text, "Deux.");
    assert_eq!((all[1].row, &*all[1].warnings[0]), (Some(2), "backwards"));
    let expected = crate::digest::hex(&Sha256::digest("Un.\nDeux.\n"));
    assert_eq!(reader.tap().digest(), (10, expected));
    // What cannot be read in any order is refused, with the reason.
    let zst = zstd::encode_all(&b"Un."[..], 1).unwrap();
    let path = dir.path().join("d.zst");
    fs::write(&path, zst).unwrap();
    input = inputs::collect(&[path], Some(&LAST_FIRST), None, Default::default())
        .files
        .remove(0);
    let error = open(&input).err().unwrap().to_string();
    assert!(error.contains("decompress it first"), "{error}");
}

#[test]
fn a_first_line_that_is_no_line_of_names_is_said() {
    let text = "Le maire de Nîmes a annoncé samedi la fermeture de la gare pour travaux.";
    let all = read(
        "t.csv",
        format!("1,2024-03-04,\"{text}\"\n2,2024-03-05,\"{text}\"\n").as_bytes(),
    );
    assert_eq!(all.len(), 2);
    let (stage, said) = problem(&all[0]);
    assert_eq!((stage, all[0].article.row), ("parse", None));
    assert!(
        said.starts_with("the first line is read as the names of columns"),
        "{said}"
    );
    assert!(said.contains("id,date,title,text"), "{said}");
    let said = problem(&all[1]).1;
    assert!(said.starts_with("row 1: no text field"), "{said}");
    // The only line is not lost in silence.
    assert_eq!(read("t.tsv", format!("1\t{text}\n").as_bytes()).len(), 1);
    // Names that nobody knows are names.
    assert_eq!(read("t.csv", b"rubrique,auteur\nSport,Faure\n").len(), 1);
}

#[test]
fn what_has_no_remedy_is_rare() {
    for (name, bytes, parts) in [
        (
            "d.jsonl",
            &b"titre,texte\n"[..],
            &["row 1", "titre,texte", "--format"][..],
        ),
        ("d.jsonl", b"\"oui\"\n", &["row 1", "object", "{\"id\""]),
        (
            "d.jsonl",
            b"{\"text\":[\"a\"]}\n",
            &["row 1", "`text`", "--text-field"],
        ),
        (
            "d.json",
            b"[{\"text\":\"Un.\"}",
            &["behind row 1", "copy it again"],
        ),
        (
            "d.json",
            b"[{\"text\":\"Un.\"}] x",
            &["behind row 1", "write one array"],
        ),
        (
            "a.txt",
            b"%PDF\x00\x01\x02\xff",
            &["binary", "leave it out"],
        ),
        (
            "t.csv",
            b"id,texte\n1,\"a\n",
            &["row 1", "line 2", "close it"],
        ),
    ] {
        let all = read(name, bytes);
        let said = problem(all.last().unwrap()).1;
        for part in parts {
            assert!(said.contains(part), "{part} in: {said}");
        }
    }
}

#[test]
fn an_archive_whose_last_bytes_are_missing_keeps_its_articles() {
    let gz = |bytes: &[u8]| {
        let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        w.write_all(bytes).unwrap();
        w.finish().unwrap()
    };
    // The last line has no line feed.
    let rows = gz(b"{\"body\":\"Un.\"}\n{\"body\":\"Deux.\"}");
    for bytes in [
        rows[..rows.len() - 1].to_vec(),
        [&rows[..], b"\0\0rebut"].concat(),
    ] {
        let all = read("d.jsonl.gz", &bytes);
        assert_eq!(all.len(), 3);
        assert_eq!(ok(&all[1]).text, "Deux.");
        let (stage, said) = problem(&all[2]);
        assert_eq!(stage, "read");
        assert!(said.starts_with("behind row 2: "), "{said}");
    }
    assert_eq!(
        read("d.jsonl.gz", &[&rows[..], &[0; 512]].concat()).len(),
        2
    );
    // A file of one article says it itself.
    let text = gz("Le maire a parlé.".as_bytes());
    let all = read("a.txt.gz", &text[..text.len() - 3]);
    assert_eq!(ok(&all[0]).text, "Le maire a parlé.");
    assert!(all[0].article.warnings[0].starts_with("compression:the file lacks"));
    assert_eq!(all.len(), 1);
}

#[test]
fn what_is_longer_than_an_article_may_be_is_counted_and_let_go() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        max_article_bytes: 40,
        ..Options::default()
    };
    let long = "a".repeat(100);
    let json = format!("{{\"body\":\"{long}\"}}");
    for (name, bytes, rows) in [
        ("a.txt", long.clone(), 1),
        ("d.jsonl", format!("{json}\n{{\"body\":\"Un.\"}}\n"), 2),
        ("d.json", format!("[{json},\n{{\"body\":\"Un.\"}}]"), 2),
        ("t.csv", format!("texte\n{long}\nUn.\n"), 2),
        ("q.csv", format!("texte\n\"{long}\"\nUn.\n"), 2),
    ] {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        let all = read_with(&path, &options);
        assert_eq!(all.len(), rows, "{name}");
        let (stage, said) = problem(&all[0]);
        assert_eq!(stage, "read");
        assert!(said.contains("--max-article-bytes 1"), "{name}: {said}");
        if rows > 1 {
            assert_eq!(ok(&all[1]).text, "Un.");
        }
    }
}
