//! Files that nobody should have sent: what the program does with each, by what the
//! person who sent it needs. Exit codes: 0 all is well, 1 nothing could be done, 2
//! some of it failed.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{glane, records, run, run_with, stderr};
use glane::record::{Record, Status};
use std::{fs, io::Write, path::Path, process::Output};

const FRENCH: &str = "Le maire de Nîmes a annoncé samedi la fermeture de la gare pour travaux.";

/// A bad input and what is to come of it.
#[derive(Default)]
struct Case {
    /// What is wrong, in a few words.
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    /// Behind `extract`, before `-o -`.
    args: Vec<&'static str>,
    stdin: Option<Vec<u8>>,
    code: i32,
    /// Status of each record, with the stage of its error: `ok`, `error:parse`.
    records: Vec<&'static str>,
    /// Fragments of what is said: on standard error, in messages, warnings and ids.
    says: Vec<&'static str>,
}

/// One bad file, read by its name.
fn file(name: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    Case {
        name,
        files: vec![(file, bytes.into())],
        args: vec![file],
        ..Case::default()
    }
}

/// No file but a command line.
fn line(name: &'static str, args: &[&'static str]) -> Case {
    Case {
        name,
        args: args.to_vec(),
        ..Case::default()
    }
}

impl Case {
    fn with(mut self, file: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.push((file, bytes.into()));
        self
    }

    fn args(mut self, args: &[&'static str]) -> Self {
        self.args.extend(args);
        self
    }

    fn gives(mut self, code: i32, records: &[&'static str]) -> Self {
        (self.code, self.records) = (code, records.to_vec());
        self
    }

    fn says(mut self, parts: &[&'static str]) -> Self {
        self.says = parts.to_vec();
        self
    }

    fn run(&self) -> (Output, Vec<Record>) {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in &self.files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        run_in(dir.path(), &self.args, self.stdin.as_deref())
    }
}

fn run_in(dir: &Path, args: &[&str], stdin: Option<&[u8]>) -> (Output, Vec<Record>) {
    let args = [&["extract"], args, &["-o", "-", "-j", "1"]].concat();
    let out = match stdin {
        Some(bytes) => run_with(dir, &args, bytes),
        None => run(dir, &args),
    };
    let records = records(&out.stdout);
    (out, records)
}

fn status(record: &Record) -> String {
    let name = match record.status {
        Status::Ok => "ok",
        Status::SkippedEmpty => "empty",
        Status::SkippedLanguage => "language",
        _ => "error",
    };
    match &record.error {
        Some(failure) => format!("{name}:{}", failure.stage),
        None => name.to_owned(),
    }
}

/// All that a person can read of a run.
fn said(out: &Output, records: &[Record]) -> String {
    let mut all = stderr(out);
    for record in records {
        let message = record.error.as_ref().map_or("", |e| e.message.as_str());
        all += &format!("\n{}\n{message}\n{}", record.id, record.warnings.join("\n"));
    }
    all
}

fn row(text: &str) -> String {
    format!("{{\"body\":\"{text}\"}}\n")
}

/// A good row, a bad one, a good one.
fn among(bad: impl AsRef<[u8]>) -> Vec<u8> {
    let good = row(FRENCH);
    [good.as_bytes(), bad.as_ref(), b"\n", good.as_bytes()].concat()
}

fn gz(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    w.write_all(bytes.as_ref()).unwrap();
    w.finish().unwrap()
}

fn zst(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    zstd::encode_all(bytes.as_ref(), 3).unwrap()
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(c as u32).unwrap_or(b'?'))
        .collect()
}

fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = [0xFEFF].into_iter();
    mark.chain(text.encode_utf16()).flat_map(to).collect()
}

/// Rows of JSON Lines.
fn json_lines() -> Vec<Case> {
    let one = [("ok"), "error:parse", "ok"];
    let mut cases: Vec<Case> = [
        (
            "a line that is no JSON",
            "non",
            &["row 2", "`non`", "--format"][..],
        ),
        ("a list for a row", "[1, 2]", &["row 2", "object"]),
        ("a string for a row", "\"oui\"", &["row 2", "object"]),
        ("a number for a row", "12", &["row 2", "object"]),
        ("null for a row", "null", &["row 2"]),
        ("a truth value for a row", "true", &["row 2"]),
        (
            "a number for the text",
            "{\"body\":12}",
            &["row 2", "`body`", "--text-field"],
        ),
        (
            "null for the text",
            "{\"body\":null}",
            &["row 2", "`body`", "--text-field"],
        ),
        (
            "a list for the text",
            "{\"body\":[\"a\"]}",
            &["row 2", "`body`", "--text-field"],
        ),
        (
            "an object for the text",
            "{\"body\":{\"a\":1}}",
            &["row 2", "`body`"],
        ),
        (
            "no text",
            "{\"titre\":\"x\"}",
            &["row 2", "--text-field", "titre"],
        ),
        ("no field at all", "{}", &["row 2", "none at all"]),
        (
            "a torn row",
            "{\"body\":\"Le ma",
            &["row 2", "no valid JSON"],
        ),
        (
            "two objects in a line",
            "{\"body\":\"a\"}{\"body\":\"b\"}",
            &["row 2"],
        ),
        ("a comma behind a row", "{\"body\":\"a\"},", &["row 2"]),
        (
            "a key without quotes",
            "{body:\"a\"}",
            &["row 2", "no valid JSON"],
        ),
        ("single quotes", "{'body':'a'}", &["row 2", "no valid JSON"]),
        (
            "a raw tab in a string",
            "{\"body\":\"a\tb\"}",
            &["row 2", "control character"],
        ),
        (
            "a raw NUL in a string",
            "{\"body\":\"Un article assez long\0\"}",
            &["row 2", "control character"],
        ),
        (
            "a half escape",
            "{\"body\":\"\\u00\"}",
            &["row 2", "no valid JSON"],
        ),
        (
            "an unknown escape",
            "{\"body\":\"\\x41\"}",
            &["row 2", "no valid JSON"],
        ),
        (
            "a bracket left open",
            "{\"body\":\"a\",\"tags\":[1",
            &["row 2"],
        ),
        (
            "terminal escapes for a row",
            "\u{1b}[2J\u{1b}]0;x\u{7}",
            &["row 2", "\\u{1b}[2J"],
        ),
    ]
    .into_iter()
    .map(|(name, bad, says)| file(name, "d.jsonl", among(bad)).gives(2, &one).says(says))
    .collect();
    let good = ["ok", "ok", "ok"];
    let escaped = format!("{{\"bod\\u0079\":\"{FRENCH}\"}}");
    let twice = format!("{{\"body\":\"{FRENCH}\",\"body\":\"{FRENCH}\"}}");
    let with = |field: &str| format!("{{\"body\":\"{FRENCH}\",{field}}}");
    let deep = format!("\"a\":{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    for (name, bad, says) in [
        (
            "half an emoji",
            with("\"titre\":\"\\ud83d\""),
            &["lone_surrogate"][..],
        ),
        ("NaN for a number", with("\"note\":NaN"), &["not_a_number"]),
        (
            "an id of 30 digits",
            with("\"id\":123456789012345678901234567890"),
            &["\n123456789012345678901234567890\n"],
        ),
        ("an id with an exponent", with("\"id\":1e2"), &["\n1e2\n"]),
        (
            "an id that is a fraction",
            with("\"id\":1.50"),
            &["\n1.50\n"],
        ),
        (
            "a date beyond all numbers",
            with("\"date\":1e400"),
            &["published_unreadable:1e400"],
        ),
        (
            "a date that is none",
            with("\"date\":\"jadis\""),
            &["published_unreadable:jadis"],
        ),
        (
            "a date of day 0",
            with("\"date\":\"2024-00-00\""),
            &["published_unreadable"],
        ),
        ("a list for an id", with("\"id\":[1]"), &["d.jsonl#2"]),
        ("an empty id", with("\"id\":\"\""), &["d.jsonl#2"]),
        ("a key that is escaped", escaped, &[]),
        ("a key that comes twice", twice, &[]),
        ("a hundred thousand brackets", with(&deep), &[]),
        ("an escape in an id", with("\"id\":\"\\u001b[31m\""), &[]),
    ] {
        cases.push(file(name, "d.jsonl", among(bad)).gives(0, &good).says(says));
    }
    cases.extend([
        file("an empty text", "d.jsonl", row("")).gives(0, &["empty"]),
        file("blanks for a text", "d.jsonl", row(" \\n\\u00a0")).gives(0, &["empty"]),
        file("a file without a byte", "d.jsonl", "").gives(0, &[]),
        file("blank lines alone", "d.jsonl", "\n\n \r\n").gives(0, &[]),
        file(
            "a mark before the rows",
            "d.jsonl",
            format!("\u{feff}{}", row(FRENCH)),
        )
        .gives(0, &["ok"]),
        file(
            "carriage returns",
            "d.jsonl",
            row(FRENCH).replace('\n', "\r\n").repeat(2),
        )
        .gives(0, &["ok", "ok"]),
        file("UTF-16", "d.jsonl", utf16(&row(FRENCH), u16::to_le_bytes))
            .gives(0, &["ok"])
            .says(&["decoded_as:utf-16le"]),
        file(
            "Latin-1",
            "d.jsonl",
            latin1(&row("L'été a été très sec à Nîmes, dit le maire.")),
        )
        .gives(0, &["ok"])
        .says(&["decoded_as:windows-1252"]),
        file(
            "a byte that is no UTF-8",
            "d.jsonl",
            [
                row(&format!("{FRENCH} L'été déjà, à Nîmes.")).as_bytes(),
                b"",
            ]
            .concat()
            .split(|b| *b == b'.')
            .collect::<Vec<_>>()
            .join(&b"\xff."[..]),
        )
        .gives(0, &["ok"])
        .says(&["invalid_utf8"]),
        file(
            "a table by the name of rows",
            "d.jsonl",
            format!("id,texte\n1,{FRENCH}\n"),
        )
        .gives(1, &["error:parse", "error:parse"])
        .says(&["row 1", "`id,texte`", "--format"]),
        file(
            "a picture by the name of rows",
            "d.jsonl",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01",
        )
        .gives(1, &["error:parse", "error:parse", "error:decode"])
        .says(&["binary"]),
    ]);
    cases
}

/// Arrays and objects over several lines.
fn json() -> Vec<Case> {
    let object = row(FRENCH);
    let object = object.trim_end();
    vec![
        file(
            "an array without its end",
            "d.json",
            format!("[{object},{object}"),
        )
        .gives(2, &["ok", "ok", "error:read"])
        .says(&["behind row 2", "copy it again"]),
        file(
            "an array that ends in an element",
            "d.json",
            format!("[{object},{{\"body\":\"Le"),
        )
        .gives(2, &["ok", "error:parse", "error:read"])
        .says(&["row 2", "copy it again"]),
        file(
            "text behind an array",
            "d.json",
            format!("[{object}]\n{object}"),
        )
        .gives(2, &["ok", "error:read"])
        .says(&["behind row 1", "write one array"]),
        file("an array of strings", "d.json", "[\"a\", \"b\"]")
            .gives(1, &["error:parse", "error:parse"])
            .says(&["row 2", "object"]),
        file("an array in an array", "d.json", format!("[[{object}]]"))
            .gives(1, &["error:parse"])
            .says(&["object"]),
        file("an empty array", "d.json", "[ ]").gives(0, &[]),
        file(
            "an array alone in a .jsonl",
            "d.jsonl",
            format!("[{object},\n{object}]\n"),
        )
        .gives(0, &["ok", "ok"]),
        file(
            "an indented object",
            "d.json",
            object.replace("{", "{\n  ").replace("}", "\n}"),
        )
        .gives(0, &["ok"]),
        file(
            "commas that are missing",
            "d.json",
            format!("[{object} {object}]"),
        )
        .gives(0, &["ok", "ok"]),
        file(
            "words where objects should be",
            "d.json",
            format!("[oui, {object}]"),
        )
        .gives(2, &["error:parse", "ok"])
        .says(&["row 1", "`oui`"]),
    ]
}

fn tables() -> Vec<Case> {
    vec![
        file(
            "no line of names",
            "t.csv",
            format!("1,2024-03-04,\"{FRENCH}\"\n2,2024-03-05,\"{FRENCH}\"\n"),
        )
        .gives(1, &["error:parse", "error:parse"])
        .says(&["first line", "id,date,title,text", "row 1", "--text-field"]),
        file("one line and no names", "t.tsv", format!("1\t{FRENCH}\n"))
            .gives(1, &["error:parse"])
            .says(&["first line"]),
        file("names alone", "t.csv", "id,texte\n").gives(0, &[]),
        file("a table without a byte", "t.csv", "").gives(0, &[]),
        file(
            "names that nobody knows",
            "t.csv",
            format!("no,phrase\n1,{FRENCH}\n"),
        )
        .gives(1, &["error:parse"])
        .says(&["row 1", "--text-field", "no, phrase"]),
        file(
            "a quote left open",
            "t.csv",
            format!("id,texte\n1,\"Ouvert\n2,{FRENCH}\n"),
        )
        .gives(2, &["error:parse", "ok"])
        .says(&["row 1", "line 2", "close it"]),
        file(
            "a quote out of place",
            "t.csv",
            format!("id,texte\n1,\"Il dit \"oui\". {FRENCH}\"\n"),
        )
        .gives(0, &["ok"])
        .says(&["stray_quote:2"]),
        file("a quote and nothing else", "t.csv", "\"")
            .gives(1, &["error:read"])
            .says(&["line 1", "never closed"]),
        file(
            "a row that is too short",
            "t.csv",
            format!("id,texte\n1\n2,{FRENCH}\n"),
        )
        .gives(2, &["error:parse", "ok"])
        .says(&["row 1", "`texte`"]),
        file(
            "a row that is too long",
            "t.csv",
            format!("id,texte\n1,{FRENCH},x,y\n"),
        )
        .gives(0, &["ok"])
        .says(&["extra_columns:2"]),
        file(
            "an empty cell for a text",
            "t.csv",
            format!("id,texte\n1,\n2,{FRENCH}\n"),
        )
        .gives(0, &["empty", "ok"]),
        file("NULL for a text", "t.csv", "id,texte\n1,NULL\n").gives(0, &["empty"]),
        file(
            "a column that comes twice",
            "t.csv",
            format!("texte,texte\n{FRENCH},x\n"),
        )
        .gives(0, &["ok"]),
        file("semicolons", "t.csv", format!("id;texte\n1;{FRENCH}\n")).gives(0, &["ok"]),
        file(
            "a separator that is told",
            "t.csv",
            format!("sep=|\nid|texte\n1|{FRENCH}\n"),
        )
        .gives(0, &["ok"]),
        file(
            "carriage returns alone",
            "t.csv",
            format!("id,texte\r1,{FRENCH}\r2,{FRENCH}\r"),
        )
        .gives(0, &["ok", "ok"]),
        file(
            "NUL characters in a cell",
            "t.csv",
            format!("id,texte\n1,{FRENCH}\0\n"),
        )
        .gives(0, &["ok"])
        .says(&["nul_characters:1"]),
        file("rows by the name of a table", "t.csv", row(FRENCH))
            .gives(1, &["error:parse"])
            .says(&["first line", "--format"]),
        file(
            "a table in UTF-16",
            "t.csv",
            utf16(&format!("id;texte\n1;{FRENCH}\n"), u16::to_be_bytes),
        )
        .gives(0, &["ok"])
        .says(&["decoded_as:utf-16be"]),
    ]
}

/// Pages of the web.
fn pages() -> Vec<Case> {
    let page = |around: &str| format!("<html><body>{around}<p>{FRENCH}</p></body></html>");
    vec![
        file("no byte", "a.html", "").gives(0, &["empty"]),
        file(
            "no body",
            "a.html",
            "<html><head><title>Halle</title></head></html>",
        )
        .gives(0, &["empty"]),
        file(
            "a script alone",
            "a.htm",
            "<script>document.write('Oui')</script>",
        )
        .gives(0, &["empty"]),
        file("no markup", "a.html", FRENCH).gives(0, &["ok"]),
        file(
            "no end",
            "a.html",
            format!("<body><div><p>{FRENCH}<p class=\"x"),
        )
        .gives(0, &["ok"]),
        file(
            "elements too deep",
            "a.html",
            page(&"<div>".repeat(100_000)),
        )
        .gives(0, &["ok"])
        .says(&["html_tags_left_out:"]),
        file(
            "a comment left open",
            "a.html",
            format!("<p>{FRENCH}</p><!-- <p>Oui</p>"),
        )
        .gives(0, &["ok"]),
        file(
            "a script left open",
            "a.html",
            format!("<p>{FRENCH}</p><script>a < b"),
        )
        .gives(0, &["ok"]),
        file(
            "broken UTF-8",
            "a.html",
            [page(FRENCH).as_bytes(), b"\xc3\xa9\xff"].concat(),
        )
        .gives(0, &["ok"])
        .says(&["invalid_utf8:1"]),
        file(
            "Latin-1 that says so",
            "a.html",
            latin1(&page("<meta charset=iso-8859-1>")),
        )
        .gives(0, &["ok"])
        .says(&["decoded_as:windows-1252"]),
        file(
            "JSON-LD that is none",
            "a.html",
            page("<script type=application/ld+json>{,</script>"),
        )
        .gives(0, &["ok"]),
        file("a picture", "a.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d")
            .gives(1, &["error:decode"])
            .says(&["binary", "leave it out"]),
        file("a page too long", "a.html", page(&"<br>".repeat(1000)))
            .args(&["--max-article-bytes", "2000"])
            .gives(1, &["error:read"])
            .says(&["--max-article-bytes 41"]),
    ]
}

fn texts() -> Vec<Case> {
    vec![
        file("no byte", "a.txt", "").gives(0, &["empty"]),
        file("blanks alone", "a.txt", " \n\u{a0}\t").gives(0, &["empty"]),
        file("a mark alone", "a.txt", "\u{feff}").gives(0, &["empty"]),
        file("a PDF", "a.txt", b"%PDF-1.7\n\x00\x01\x02\xff\xfe\x00")
            .gives(1, &["error:decode"])
            .says(&["binary", "leave it out"]),
        file("NUL bytes alone", "a.txt", [0; 64])
            .gives(1, &["error:decode"])
            .says(&["binary"]),
        file(
            "a block of NUL bytes at the end",
            "a.txt",
            format!("{FRENCH}{}", "\0".repeat(99)),
        )
        .gives(0, &["ok"])
        .says(&["nul_characters:99"]),
        file(
            "UTF-16 with a mark",
            "a.txt",
            utf16(FRENCH, u16::to_be_bytes),
        )
        .gives(0, &["ok"])
        .says(&["decoded_as:utf-16be"]),
        file(
            "a torn character",
            "a.txt",
            [FRENCH.as_bytes(), b"\xc3"].concat(),
        )
        .gives(0, &["ok"])
        .says(&["invalid_utf8:1"]),
        file(
            "another language",
            "a.txt",
            "The mayor said on Saturday that the station would be closed.",
        )
        .gives(0, &["language"]),
        file("figures alone", "a.txt", "12 345")
            .gives(0, &["ok"])
            .says(&["language_undecided"]),
        file(
            "terminal escapes",
            "a.txt",
            format!("\u{1b}[31m{FRENCH}\u{1b}[0m"),
        )
        .gives(0, &["ok"]),
        file("an extension that says nothing", "a.xyz", FRENCH)
            .gives(1, &[])
            .says(&["a.xyz", "--format"]),
        file("a kind that must be converted", "a.pdf", FRENCH)
            .gives(1, &[])
            .says(&["a.pdf", "pdftotext"]),
        file("no extension", "lisezmoi", FRENCH)
            .gives(1, &[])
            .says(&["--format"]),
        file("no extension, and its format told", "lisezmoi", FRENCH)
            .args(&["--format", "txt"])
            .gives(0, &["ok"]),
    ]
}

fn archives() -> Vec<Case> {
    let rows = row(FRENCH).repeat(3);
    let packed = gz(&rows);
    let mut wrong = packed.clone();
    let checksum = wrong.len() - 8;
    wrong[checksum] ^= 1;
    let frames = zst(&rows);
    let many: String = (0..4000)
        .map(|i| row(&format!("{i} {}", i * 7919 % 10_007)))
        .collect();
    let many = zst(&many);
    let all = ["ok", "ok", "ok"];
    let last = ["ok", "ok", "ok", "error:read"];
    vec![
        file(
            "a gzip without its last byte",
            "d.jsonl.gz",
            &packed[..packed.len() - 1],
        )
        .gives(2, &last)
        .says(&["behind row 3", "copy it again"]),
        file(
            "a gzip without its checksum",
            "d.jsonl.gz",
            &packed[..packed.len() - 8],
        )
        .gives(2, &last)
        .says(&["checksum"]),
        file(
            "a gzip with zeros behind",
            "d.jsonl.gz",
            [&packed[..], &[0; 1000]].concat(),
        )
        .gives(0, &all),
        file(
            "a gzip with rubbish behind",
            "d.jsonl.gz",
            [&packed[..], b"rebut"].concat(),
        )
        .gives(2, &last)
        .says(&["behind the gzip data"]),
        file("a gzip with another checksum", "d.jsonl.gz", wrong)
            .gives(2, &last)
            .says(&["damaged", "copy it again"]),
        file("a gzip of its head alone", "d.jsonl.gz", &packed[..5])
            .gives(1, &["error:read"])
            .says(&["cut off"]),
        file("two gzips in one", "d.jsonl.gz", packed.repeat(2)).gives(0, &["ok"; 6]),
        file(
            "a text by the name of a gzip",
            "d.jsonl.gz",
            rows.as_bytes(),
        )
        .gives(1, &["error:read"])
        .says(&["no gzip", "extension"]),
        file("a gzip without a byte", "d.jsonl.gz", "")
            .gives(1, &["error:read"])
            .says(&["empty", "copy it again"]),
        file("a gzip in a gzip", "a.txt.gz", gz(gz(FRENCH.repeat(40))))
            .gives(1, &["error:decode"])
            .says(&["binary"]),
        file("an article whose gzip lacks its end", "a.txt.gz", {
            let text = gz(FRENCH);
            text[..text.len() - 2].to_vec()
        })
        .gives(2, &["ok"])
        .says(&["compression:the file lacks its last bytes"]),
        file(
            "a Zstandard without its last byte",
            "d.jsonl.zst",
            &frames[..frames.len() - 1],
        )
        .gives(1, &["error:read"])
        .says(&["cut off"]),
        file(
            "a Zstandard cut in the middle",
            "d.jsonl.zst",
            &many[..many.len() / 2],
        )
        .gives(1, &["error:read"])
        .says(&["cut off", "copy it again"]),
        file(
            "a Zstandard with rubbish behind",
            "d.jsonl.zst",
            [&frames[..], b"rebut"].concat(),
        )
        .gives(2, &last)
        .says(&["Zstandard"]),
        file(
            "a text by the name of a Zstandard",
            "d.jsonl.zst",
            rows.as_bytes(),
        )
        .gives(1, &["error:read"])
        .says(&["no Zstandard", "extension"]),
        file("a Zstandard without a byte", "d.jsonl.zst", "")
            .gives(1, &["error:read"])
            .says(&["empty"]),
    ]
}

/// What is larger than anybody would write.
fn tar(files: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(text.len() as u64);
        header.set_cksum();
        builder.append(&header, text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in files {
        out.start_file(*name, options).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A text of a crawl.
fn warc(text: &str) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://exemple.fr/\r\n\
         Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        text.len()
    );
    [head.as_bytes(), text.as_bytes(), b"\r\n\r\n"].concat()
}

/// Files inside files.
fn containers() -> Vec<Case> {
    let two = [("a.txt", FRENCH), ("b.txt", FRENCH)];
    let item = format!("<item><title>La gare</title><description>{FRENCH}</description></item>");
    let mut torn = gz(warc(&FRENCH.repeat(9)));
    torn.truncate(torn.len() / 2);
    vec![
        file(
            "an archive with names that lead out of it",
            "a.tar",
            tar(&[("../../a.txt", FRENCH), ("/b.txt", FRENCH), ("c.pdf", "x")]),
        )
        .gives(0, &["ok", "ok"])
        .says(&["a.tar/a", "a.tar/b", "1 .pdf"]),
        file(
            "an archive that was cut off",
            "a.tar",
            &tar(&two)[..1024 + 520],
        )
        .gives(2, &["ok", "error:read", "error:read"])
        .says(&["cut off"]),
        file("an archive without a byte", "a.tar", "").gives(0, &[]),
        file(
            "a text by the name of an archive",
            "a.tar",
            FRENCH.repeat(20),
        )
        .gives(1, &["error:read"])
        .says(&["no tar archive", "extension"]),
        file(
            "rubbish by the name of a zip",
            "a.zip",
            "PK\u{3}\u{4}rubbish",
        )
        .gives(1, &["error:read"])
        .says(&["no zip archive"]),
        Case {
            stdin: Some(zip(&two)),
            ..line("a zip on standard input", &["-", "--format", "zip"])
        }
        .gives(1, &["error:read"])
        .says(&["regular file"]),
        file("a zip in an archive", "a.tar.gz", {
            let inner = zip(&two);
            let mut builder = tar::Builder::new(Vec::new());
            let mut header = tar::Header::new_gnu();
            header.set_size(inner.len() as u64);
            builder
                .append_data(&mut header, "x.zip", &inner[..])
                .unwrap();
            gz(builder.into_inner().unwrap())
        })
        .gives(1, &["error:read"])
        .says(&["unpack it first"]),
        file(
            "a bomb",
            "a.zip",
            zip(&[("a.txt", &"a".repeat(5_000_000)), two[1]]),
        )
        .args(&["--max-article-bytes", "1000"])
        .gives(2, &["error:read", "ok"])
        .says(&["5000000 bytes", "--max-article-bytes"]),
        file(
            "a crawl that was cut off",
            "a.warc",
            [warc(FRENCH), warc(FRENCH)[..150].to_vec()].concat(),
        )
        .gives(2, &["ok", "error:read"])
        .says(&["https://exemple.fr/", "cut off"]),
        file(
            "a crawl with half a record in its middle",
            "a.warc.gz",
            [gz(warc(FRENCH)), torn, gz(warc(FRENCH))].concat(),
        )
        .gives(2, &["ok", "error:read", "ok"])
        .says(&["damaged"]),
        file("a text by the name of a crawl", "a.warc", FRENCH)
            .gives(1, &["error:read"])
            .says(&["no WARC record"]),
        file("a text by the name of Parquet", "a.parquet", FRENCH)
            .gives(1, &["error:read"])
            .says(&["no Parquet", "extension"]),
        file("XML of no news", "a.xml", "<urlset><url>x</url></urlset>")
            .gives(1, &["error:read"])
            .says(&["`urlset`", "JSON Lines"]),
        file(
            "a feed that was cut off",
            "a.rss",
            format!("<rss>{item}<item><title>"),
        )
        .gives(2, &["ok", "error:parse"])
        .says(&["never closed"]),
    ]
}

fn giants() -> Vec<Case> {
    let long = FRENCH.repeat(30);
    let most = ["--max-article-bytes", "1k"];
    let cut = ["error:read", "ok"];
    let good = row(FRENCH);
    vec![
        file("a giant row", "d.jsonl", row(&long) + &good)
            .args(&most)
            .gives(2, &cut)
            .says(&["row 1", "--max-article-bytes"]),
        file(
            "a giant element",
            "d.json",
            format!("[{},{}]", row(&long).trim(), good.trim()),
        )
        .args(&most)
        .gives(2, &cut)
        .says(&["row 1", "--max-article-bytes"]),
        file(
            "a giant cell",
            "t.csv",
            format!("texte\n{long}\n{FRENCH}\n"),
        )
        .args(&most)
        .gives(2, &cut)
        .says(&["row 1", "--max-article-bytes"]),
        file(
            "a giant quoted cell",
            "t.csv",
            format!("texte\n\"{long}\"\n{FRENCH}\n"),
        )
        .args(&most)
        .gives(2, &cut)
        .says(&["row 1", "--max-article-bytes"]),
        file(
            "a giant line of names",
            "t.csv",
            format!("{long}\n{FRENCH}\n"),
        )
        .args(&most)
        .gives(1, &["error:read"])
        .says(&["names of columns", "--max-article-bytes"]),
        file("a giant text", "a.txt", long.clone())
            .args(&most)
            .gives(1, &["error:read"])
            .says(&["--max-article-bytes"]),
        file(
            "a line without an end",
            "d.jsonl",
            "{\"body\":\"".to_owned() + &"a".repeat(20 << 20),
        )
        .gives(1, &["error:read"])
        .says(&["row 1", "--max-article-bytes"]),
        file(
            "a row that expands",
            "d.jsonl.zst",
            zst(row(&"a".repeat(200 << 20)) + &good),
        )
        .gives(2, &cut)
        .says(&["row 1", "--max-article-bytes"]),
        file("a text that expands", "a.txt.gz", gz("a".repeat(100 << 20)))
            .gives(1, &["error:read"])
            .says(&["--max-article-bytes"]),
        file(
            "a bracket open to the end",
            "d.json",
            format!("[{}", "[".repeat(2000)),
        )
        .args(&most)
        .gives(1, &["error:read", "error:read"])
        .says(&["left open"]),
        line(
            "no bytes for an article",
            &["a.txt", "--max-article-bytes", "0"],
        )
        .with("a.txt", FRENCH)
        .gives(1, &[])
        .says(&["at least 1"]),
        line(
            "a size that is none",
            &["a.txt", "--max-article-bytes", "beaucoup"],
        )
        .with("a.txt", FRENCH)
        .gives(1, &[])
        .says(&["256M", "beaucoup"]),
    ]
}

fn command_lines() -> Vec<Case> {
    let a = |name, args: &[&'static str]| line(name, args).with("a.txt", FRENCH);
    let d = |name, args: &[&'static str]| line(name, args).with("d.jsonl", row(FRENCH));
    vec![
        a("a file that is not there", &["b.txt"])
            .gives(1, &[])
            .says(&["b.txt", "check the name"]),
        a("one of two that is not there", &["b.txt", "a.txt"])
            .gives(2, &["error:read", "ok"])
            .says(&["b.txt", "check the name"]),
        a("the same file twice", &["a.txt", "./a.txt"])
            .gives(0, &["ok"])
            .says(&["1 name of what is read already"]),
        a("a file and its folder", &[".", "a.txt"])
            .gives(0, &["ok"])
            .says(&["read already"]),
        line("a folder without articles", &["."])
            .with("a.pdf", "x")
            .gives(1, &[])
            .says(&["nothing to read"]),
        line("a folder of hidden files", &["."])
            .with(".a.txt", FRENCH)
            .gives(1, &[])
            .says(&["nothing to read"]),
        line("a folder with an extension", &["d.jsonl"])
            .with("d.jsonl/a.txt", FRENCH)
            .gives(0, &["ok"]),
        d(
            "a field that is not there",
            &["d.jsonl", "--text-field", "bodi"],
        )
        .gives(1, &[])
        .says(&["--text-field bodi", "`body`"]),
        a("a format that is none", &["a.txt", "--format", "docx"])
            .gives(1, &[])
            .says(&["jsonl", "csv"]),
        a("a date that is none", &["a.txt", "--published", "hier"])
            .gives(1, &[])
            .says(&["hier"]),
        a("a text for a model", &["a.txt", "--model", "a.txt"])
            .gives(1, &[])
            .says(&["not a glane model", "glane train"]),
        a(
            "a model that is not there",
            &["a.txt", "--model", "b.glane"],
        )
        .gives(1, &[])
        .says(&["model"]),
        a(
            "a text for weights",
            &["a.txt", "--engine", "accurate", "--encoder", "a.txt"],
        )
        .gives(1, &[])
        .says(&["not the encoder's weights"]),
        a("records for articles", &["r.jsonl"])
            .with("r.jsonl", "{\"schema\":\"glane/1\",\"id\":\"a\"}\n")
            .gives(1, &[])
            .says(&["records of glane", "made from"]),
        Case {
            stdin: Some(Vec::new()),
            ..line("nothing on standard input", &["-"]).gives(0, &["empty"])
        },
        Case {
            stdin: Some(b"%PDF\x00\x01\x02\xff".to_vec()),
            ..line("a PDF on standard input", &["-"])
                .gives(1, &["error:decode"])
                .says(&["binary"])
        },
        Case {
            stdin: Some(gz(row(FRENCH))[..40].to_vec()),
            ..line("half a gzip on standard input", &["-", "--format", "jsonl"])
                .gives(1, &["error:read"])
                .says(&["cut off"])
        },
    ]
}

fn check(case: &Case) {
    let (out, records) = case.run();
    let said = said(&out, &records);
    let name = case.name;
    assert_eq!(
        out.status.code(),
        Some(case.code),
        "help: {name}: exit code; it said\n{said}"
    );
    let found: Vec<_> = records.iter().map(status).collect();
    assert_eq!(found, case.records, "help: {name}: it said\n{said}");
    for part in &case.says {
        assert!(
            said.contains(part),
            "help: {name}: {part:?} is missing in\n{said}"
        );
    }
    assert!(!said.contains("panicked"), "help: {name}:\n{said}");
    // Whatever comes, nothing of it is obeyed by a terminal.
    assert!(
        !stderr(&out).contains('\u{1b}'),
        "help: {name}: an escape in\n{:?}",
        stderr(&out)
    );
    if out.status.code() != Some(0) {
        assert!(
            !out.stderr.is_empty(),
            "help: {name}: it failed without a word"
        );
    }
}

fn check_all(cases: Vec<Case>, least: usize) {
    assert!(cases.len() >= least, "help: only {} cases", cases.len());
    // Those that fail are told one by one.
    let failed: Vec<_> = cases
        .iter()
        .filter(|case| std::panic::catch_unwind(|| check(case)).is_err())
        .map(|case| case.name)
        .collect();
    assert!(failed.is_empty(), "help: these fail: {failed:#?}");
}

#[test]
fn bad_json_lines() {
    check_all(json_lines(), 45);
}

#[test]
fn bad_json() {
    check_all(json(), 10);
}

#[test]
fn bad_tables() {
    check_all(tables(), 19);
}

#[test]
fn bad_texts() {
    check_all(texts(), 14);
}

#[test]
fn bad_pages() {
    check_all(pages(), 12);
}

#[test]
fn bad_archives() {
    check_all(archives(), 16);
}

#[test]
fn bad_containers() {
    check_all(containers(), 12);
}

#[test]
fn giant_inputs() {
    check_all(giants(), 12);
}

#[test]
fn bad_command_lines() {
    check_all(command_lines(), 17);
}

/// What is no number is no amount.
#[test]
fn figures_that_are_no_number() {
    for text in [
        "Le kilo coûte 1\u{200b}2 € au marché de la ville.",
        "Le kilo coûte 12..5 € au marché de la ville.",
        "Le kilo coûte 1e400 € au marché de la ville.",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let (out, records) = run_in(dir.path(), &["-", "--format", "txt"], Some(text.as_bytes()));
        assert_eq!(out.status.code(), Some(0));
        assert!(
            records[0].money.is_empty(),
            "help: {text}: {:?}",
            records[0].money
        );
    }
}

/// A unit between two numbers is that of one of them.
#[test]
fn a_unit_is_of_one_amount() {
    for (text, amount) in [
        ("Il reste 1 USD$23 au compte.", "1 USD"),
        ("Il reste 4 CAD$7 au compte.", "4 CAD"),
    ] {
        let found = glane::money::find(text, &Default::default()).money;
        let spans: Vec<_> = found.iter().map(|m| &text[m.start..m.end]).collect();
        assert_eq!(spans, [amount], "help: {text}");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt, fs::symlink},
        process::Command,
    };

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), FRENCH).unwrap();
        dir
    }

    #[test]
    fn a_pipe_in_a_folder_is_named_and_not_waited_for() {
        let dir = folder();
        let made = Command::new("mkfifo")
            .arg(dir.path().join("p.jsonl"))
            .status();
        assert!(made.unwrap().success());
        let (out, records) = run_in(dir.path(), &["."], None);
        assert_eq!(out.status.code(), Some(2));
        let said = said(&out, &records);
        assert!(
            said.contains("p.jsonl") && said.contains("no regular file"),
            "{said}"
        );
        assert_eq!(records.len(), 2);
    }

    #[test]
    fn links() {
        let dir = folder();
        let at = |p: &str| dir.path().join(p);
        symlink("a.txt", at("b.txt")).unwrap();
        symlink(".", at("c")).unwrap();
        symlink("nulle-part", at("d.txt")).unwrap();
        let (out, records) = run_in(dir.path(), &["."], None);
        assert_eq!(out.status.code(), Some(2));
        let source = |r: &Record| r.source.clone().unwrap_or_default();
        let mut found: Vec<_> = records.iter().map(|r| (source(r), status(r))).collect();
        found.sort();
        let expected = [("./a.txt", "ok"), ("./d.txt", "error:read")];
        assert_eq!(found, expected.map(|(s, t)| (s.to_owned(), t.to_owned())));
        assert!(said(&out, &records).contains("2 names of what is read already"));
        let (out, records) = run_in(dir.path(), &[".", "--no-follow"], None);
        assert_eq!((out.status.code(), records.len()), (Some(0), 1));
        assert!(said(&out, &records).contains("3 names of links, as --no-follow asks"));
    }

    #[test]
    fn names_that_are_no_utf8_and_names_that_a_terminal_obeys() {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in [
            (&b"\xe9.txt"[..], FRENCH.as_bytes()),
            (b"\xe8.txt", FRENCH.as_bytes()),
            (b"x\x1b]0;titre\x07.txt", b"%PDF\0\x01"),
        ] {
            fs::write(dir.path().join(OsStr::from_bytes(name)), bytes).unwrap();
        }
        let (out, records) = run_in(dir.path(), &["."], None);
        assert_eq!(out.status.code(), Some(2));
        let ids: Vec<_> = records.iter().map(|r| r.id.as_str()).collect();
        assert_eq!(ids, ["x\u{1b}]0;titre\u{7}", "\\xE8", "\\xE9"]);
        let uids: std::collections::HashSet<_> = records.iter().map(|r| &r.uid).collect();
        assert_eq!(uids.len(), 3);
        let said = stderr(&out);
        assert!(said.contains("x\\u{1b}]0;titre\\u{7}.txt"), "{said}");
        assert!(!said.contains(['\u{1b}', '\u{7}']), "{said}");
    }

    /// A row that expands to 3 GB where there is 1 GB, and articles behind it.
    #[test]
    fn a_bomb_is_met_in_bounded_memory() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bombe.jsonl.zst");
        let mut w = zstd::Encoder::new(fs::File::create(&path).unwrap(), 1).unwrap();
        w.write_all(b"{\"body\":\"").unwrap();
        let block = vec![b'a'; 1 << 20];
        for _ in 0..3 << 10 {
            w.write_all(&block).unwrap();
        }
        w.write_all(b"\"}\n").unwrap();
        w.write_all(row(FRENCH).as_bytes()).unwrap();
        w.finish().unwrap();
        let program = glane().get_program().to_owned();
        let out = Command::new("sh")
            .current_dir(dir.path())
            .args([
                "-c",
                "ulimit -v 1048576 && exec \"$0\" extract bombe.jsonl.zst -o - -j 1",
            ])
            .arg(program)
            .output()
            .unwrap();
        assert_eq!(
            out.status.code(),
            Some(2),
            "help: it said\n{}",
            stderr(&out)
        );
        let all = records(&out.stdout);
        let found: Vec<_> = all.iter().map(status).collect();
        assert_eq!(found, ["error:read", "ok"]);
    }
}

/// A model file with a right checksum and values that mean harm.
#[test]
fn a_crafted_model_is_refused() {
    use glane::entities::compact::{hash, model::Parts};
    let parts = Parts {
        name: "essai".into(),
        scales: [f32::NAN, 0.001],
        ..Parts::default()
    };
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), FRENCH).unwrap();
    let mut scores = Parts {
        curve: [5.0; 21],
        ..Parts::default()
    }
    .write();
    let sum = hash::bytes(&scores[20..]).to_le_bytes();
    scores[12..20].copy_from_slice(&sum);
    for bytes in [parts.write(), scores] {
        fs::write(dir.path().join("m.glane"), bytes).unwrap();
        let (out, records) = run_in(dir.path(), &["a.txt", "--model", "m.glane"], None);
        assert_eq!(out.status.code(), Some(1));
        assert!(records.is_empty());
        let said = stderr(&out);
        assert!(said.contains("no training makes that"), "{said}");
    }
}
