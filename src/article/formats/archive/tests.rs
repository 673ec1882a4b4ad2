use super::*;
use crate::article::reader::{Options, Parsed, Reader};
use std::{collections::BTreeMap, fs, io::Write as _};

const TEXT: &str = "Le maire de Nîmes a annoncé samedi la fermeture de la gare.";

/// Articles, with what was left aside and why the rest could not be read.
type Read = (Vec<Parsed>, BTreeMap<String, u64>, Option<String>);

fn read(name: &str, bytes: &[u8]) -> Read {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    let found = crate::article::inputs::collect(&[path], None, None, Default::default());
    let mut input = found.files[0].clone();
    input.source = name.to_owned();
    let options = Options::default();
    let reader = Reader::open(input, &options, Arc::default(), Arc::default());
    let mut reader = match reader {
        Ok(reader) => reader,
        Err(e) => return (Vec::new(), BTreeMap::new(), Some(e.to_string())),
    };
    let all = reader.by_ref().map(|item| item.article(&options)).collect();
    let failure = reader.failure().map(str::to_owned);
    (all, reader.left_aside(), failure)
}

/// Source and row of what was read, or what is wrong with it.
fn told(read: &Read) -> Vec<String> {
    let one = |p: &Parsed| match &p.problem {
        Some(problem) => format!("{}: {}", p.article.id, problem.message),
        None => {
            let row = p.article.row.map(|r| format!("#{r}")).unwrap_or_default();
            format!("{}{row}", p.article.source.clone().unwrap())
        }
    };
    read.0.iter().map(one).collect()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    w.write_all(bytes).unwrap();
    w.finish().unwrap()
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let rows = format!("{{\"body\":\"{TEXT}\",\"id\":\"x\"}}\n\n{{\"body\":\"{TEXT}\"}}\n");
    vec![
        ("presse/2024-03-14-gare.txt", TEXT.as_bytes().to_vec()),
        ("presse/lignes.jsonl.gz", gz(rows.as_bytes())),
        ("presse/plan.pdf", b"%PDF".to_vec()),
        ("presse/.DS_Store", b"x".to_vec()),
        ("presse/LISEZMOI", b"x".to_vec()),
        ("../../etc/../b.md", TEXT.as_bytes().to_vec()),
    ]
}

fn tar(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut builder = tar_crate::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar_crate::Header::new_gnu();
        // As an enemy writes it: the crate refuses such names.
        if name.len() < 100 {
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        }
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        match name.len() < 100 {
            true => {
                header.set_cksum();
                builder.append(&header, &bytes[..]).unwrap();
            }
            false => builder.append_data(&mut header, name, &bytes[..]).unwrap(),
        }
    }
    builder.into_inner().unwrap()
}

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = zip_crate::ZipWriter::new(io::Cursor::new(Vec::new()));
    let options = zip_crate::write::SimpleFileOptions::default();
    for (name, bytes) in files {
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

use ::{tar as tar_crate, zip as zip_crate};

#[test]
fn files_of_an_archive_are_read_as_in_a_folder() {
    let tar = tar(&files());
    for (name, bytes) in [
        ("a.tar", tar.clone()),
        ("a.tar.gz", gz(&tar)),
        ("a.tgz", gz(&tar)),
        ("a.tar.zst", zstd::encode_all(&tar[..], 1).unwrap()),
        ("a.zip", zip(&files())),
    ] {
        let all = read(name, &bytes);
        let expected = [
            format!("{name}/presse/2024-03-14-gare.txt"),
            format!("{name}/presse/lignes.jsonl.gz#1"),
            format!("{name}/presse/lignes.jsonl.gz#3"),
            format!("{name}/b.md"),
        ];
        assert_eq!(told(&all), expected);
        assert!(all.0.iter().all(|p| p.article.text == TEXT));
        let first = &all.0[0].article;
        assert_eq!(first.id, format!("{name}/presse/2024-03-14-gare"));
        assert_eq!(first.published.unwrap().0.to_string(), "2024-03-14");
        assert_eq!(all.0[1].article.id, "x");
        let left: Vec<_> = all.1.iter().map(|(k, n)| (k.as_str(), *n)).collect();
        assert_eq!(left, [(".pdf", 1), ("files without an extension", 1)]);
        assert_eq!(all.2, None);
    }
}

#[test]
fn what_glane_has_written_is_left_aside_as_in_a_folder() {
    let record = b"{\"schema\":\"glane/1\",\"id\":\"a\",\"text\":\"Un mot.\"}\n".to_vec();
    let failed = b"{\"id\":\"a\",\"uid\":\"0\",\"source\":null,\"row\":null,\"stage\":\"read\",\
                   \"message\":\"m\"}\n"
        .to_vec();
    // Those of others, which have some of the keys.
    let theirs = b"{\"id\":\"a\",\"source\":\"b\",\"text\":\"Un mot.\"}\n".to_vec();
    let files = [
        ("out/records.jsonl", record.clone()),
        ("out/part-00000.jsonl.gz", gz(&record)),
        ("out/errors.jsonl", failed),
        ("theirs.jsonl", theirs.clone()),
        ("theirs.jsonl.gz", gz(&theirs)),
    ];
    for (name, bytes) in [("a.tar", tar(&files)), ("a.zip", zip(&files))] {
        let all = read(name, &bytes);
        let expected = ["theirs.jsonl", "theirs.jsonl.gz"].map(|file| format!("{name}/{file}#1"));
        assert_eq!(told(&all), expected);
        let left: Vec<_> = all.1.iter().map(|(k, n)| (k.as_str(), *n)).collect();
        assert_eq!(left, [("records of glane, no articles", 3)]);
    }
}

#[test]
fn archives_inside_archives_have_an_end() {
    let mut inner = tar(&[("a.txt", TEXT.into())]);
    for _ in 0..2 {
        inner = tar(&[("x.tar", inner)]);
    }
    assert_eq!(told(&read("a.tar", &inner)), ["a.tar/x.tar/x.tar/a.txt"]);
    inner = tar(&[("x.tar", inner)]);
    let all = told(&read("a.tar", &inner));
    assert!(all[0].contains("unpack it first"), "{all:?}");
    // What needs a file of its own.
    let all = told(&read(
        "a.tar",
        &tar(&[("x.zip", zip(&[])), ("b.txt", TEXT.into())]),
    ));
    assert!(
        all[0].starts_with("a.tar/x: zip is read from a file of its own"),
        "{all:?}"
    );
    assert_eq!(all[1], "a.tar/b.txt");
}

#[test]
fn names_of_any_length() {
    let long = format!("{}/{}.txt", "dossier".repeat(20), "é".repeat(60));
    let all = told(&read(
        "a.tar",
        &tar(&[(&long, TEXT.into()), ("b.txt", TEXT.into())]),
    ));
    assert_eq!(all, [format!("a.tar/{long}"), "a.tar/b.txt".to_owned()]);
}

#[test]
fn damage_costs_the_file_it_stands_in() {
    let three = [
        ("a.txt", TEXT.as_bytes().to_vec()),
        ("b.txt", TEXT.repeat(40).into_bytes()),
        ("c.txt", TEXT.as_bytes().to_vec()),
    ];
    // The head of the second.
    let mut bytes = tar(&three);
    bytes[1024 + 5] ^= 0xFF;
    let all = told(&read("a.tar", &bytes));
    assert_eq!(
        (all.len(), &*all[0], &*all[2]),
        (3, "a.tar/a.txt", "a.tar/c.txt")
    );
    assert!(all[1].contains("damaged"), "{all:?}");
    // Cut off inside the second.
    let all = read("a.tar", &tar(&three)[..1024 + 512 + 700]);
    assert_eq!(told(&all)[0], "a.tar/a.txt");
    assert!(told(&all)[1].starts_with("a.tar/b: the archive ends"));
    assert!(all.2.unwrap().contains("cut off"));
    // A byte of the second.
    let mut bytes = zip(&three);
    let at = memchr::memmem::find(&bytes, b"b.txt").unwrap() + 20;
    bytes[at] ^= 0xFF;
    let all = told(&read("a.zip", &bytes));
    assert_eq!(
        (all.len(), &*all[0], &*all[2]),
        (3, "a.zip/a.txt", "a.zip/c.txt")
    );
    assert!(all[1].contains("damaged zip data"), "{all:?}");
    for (name, bytes) in [
        ("a.zip", &b"PK\x03\x04rubbish"[..]),
        ("a.tar", &[b'x'; 2000]),
    ] {
        let all = read(name, bytes);
        assert!(all.2.unwrap().contains("check the file's extension"));
    }
}

#[test]
fn a_file_is_no_longer_than_the_directory_says() {
    // The directory of a zip file says 9 bytes where there are a thousand.
    let mut bytes = zip(&[("a.txt", vec![b'a'; 1000])]);
    let directory = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    bytes[directory + 24..directory + 28].copy_from_slice(&9u32.to_le_bytes());
    let all = told(&read("a.zip", &bytes));
    assert!(all[0].contains("damaged zip data"), "{all:?}");
}

#[test]
fn no_name_leads_out() {
    for (name, inner) in [
        (&b"a/b.txt"[..], "a/b.txt"),
        (b"./a//b.txt", "a/b.txt"),
        (b"/etc/a.txt", "etc/a.txt"),
        (b"../../a.txt", "a.txt"),
        (b"a/../../b.txt", "b.txt"),
        (b"\xe9t\xe9.txt", "\\xE9t\\xE9.txt"),
        (b"..", ""),
    ] {
        assert_eq!(inside(name), inner);
    }
    assert_eq!(extension("a.b/c.PDF"), ".pdf");
    assert_eq!(extension("a.b/c"), "files without an extension");
}
